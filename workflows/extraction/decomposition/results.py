"""What came of an event, told behind it: "A bus overturned, killing three"."""

from collections.abc import Iterator

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.decomposition.holders import (
    AMOUNT,
    BEFORE_RESULT,
    NAMES,
    NOUNS,
    Found,
    Parts,
    cut_part,
    find_end,
    find_holder,
    find_verb_start,
    make_statement,
    skip_comma,
)
from workflows.extraction.decomposition.measured import MEASURED
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token, find_root
from workflows.extraction.text.lexicon import VERB_FORMS, word_set
from workflows.extraction.text.spans import TokenSpan, subtree_span, trim_span
from workflows.extraction.text.syntax import FINITE, find_subject
from workflows.extraction.text.verb_forms import form_past

RESULTS = word_set(
    """
    severing flattening levelling
    killing wounding injuring hurting destroying damaging displacing leaving forcing causing
    prompting triggering sparking bringing raising cutting burning flooding trapping burying
    blocking closing disrupting delaying costing stranding capturing seizing striking hitting
    sinking toppling halting shutting rescuing saving adding ending sending taking driving
    affecting infecting polluting freeing arresting sweeping washing drowning maiming crushing
    crippling igniting spilling unleashing grounding paralysing paralyzing
    """
)
"""What comes of an event, whoever or whatever caused it."""
RAISING = frozenset({"raising", "bringing", "taking", "lifting", "pushing"})
TOTALS = frozenset({"toll", "total", "number", "count", "tally"})
LEADING = word_set("prompting forcing causing leading allowing enabling")
"""What makes somebody do something, which is told with “to”."""
NO_RESULTS = word_set(
    """
    citing saying telling calling quoting naming asking warning including according being having
    using depending following regarding concerning pending considering owing excluding starting
    beginning ranging assuming judging referring speaking barring notwithstanding going trying
    hoping wanting seeming looking standing sitting lying leading resulting showing depicting
    featuring reading
    """
)
"""What stands behind a comma like a participle, and tells nothing of what the subject did."""
EVENTS = word_set(
    """
    attack raid strike bombing shooting crash accident disaster fire blaze flood flooding storm
    earthquake quake outbreak massacre clash incident explosion blast collision assault battle
    offensive protest protests spill outage
    """
)
"""What one that killed or burned was the worst of."""
PERSONS = word_set(
    """
    man woman boy girl driver gunman gunmen men women people soldier soldiers officer officers
    rebels militants protesters attackers fighters police workers students residents crowd
    """
)
CHARGES = word_set(
    "charge charges charged offence offences offense offenses count counts crimes guilty convicted"
)
DEFINITE = word_set("the its their his her our")
STATED = 4
"""Tokens of what things were left as, behind a comma: "leaving 12, including two girls, dead"."""
NEARBY = word_set("near in at outside off along across beside inside")


def find_results(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“A bus overturned near Olden, killing three”: the bus that overturned near Olden killed."""
    for token in doc[inside.start + 3 : inside.end - 1]:
        if not _is_result(token):
            continue
        first = _find_first(token)
        joined = doc[first - 1].tag_ == "CC"
        comma = next((i for i in range(token.i - 1, inside.start, -1) if _opens(doc[i])), None)
        if comma is None or (not joined and comma != first - 1):
            continue
        holder = find_holder(known, token.i) or find_holder(known, comma - 1)
        event = _find_event(doc, holder, comma, doc[comma + 1] if joined else token)
        if holder is None or event is None or (first < token.i and not _is_past(holder.root)):
            continue
        end = _skip_place(doc, _find_result_end(doc, token, inside), inside)
        if any(t.tag_ == "VBG" and doc[t.i - 1].tag_ == "CC" for t in doc[token.i + 1 : end]):
            continue  # “wounding and capturing two men”
        rest = trim_span(doc, token.i + 1, end)
        if rest is None or not any(t.tag_ in NOUNS | {"CD"} for t in doc[rest.start : rest.end]):
            continue
        toll = _find_toll(token, rest)
        if toll is not None:
            yield make_statement(holder, rest, toll), TokenSpan(first - 1, end)
            continue
        before, behind = event
        words = TokenSpan(first, rest.end)
        how = (TokenSpan(first, token.i),) if first < token.i else ()
        parts = (*before, *how, form_past(token.lower_), rest, *behind)
        yield make_statement(holder, words, parts), TokenSpan(first - 1, end)


def _is_past(verb: Token) -> bool:
    """Return True unless it goes on: “is on air, now earning 40 million”."""
    return verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in verb.lefts if c.dep_ == "auxpass")


def _find_first(participle: Token) -> int:
    """Return where a participle begins with its adverbs: “and badly hurting six”."""
    first = participle
    while first.i > 0 and first.nbor(-1).tag_ == "RB":
        first = first.nbor(-1)
    return first.i


def _find_toll(verb: Token, rest: TokenSpan) -> Parts | None:
    """“…, raising the death toll to 24”: it rose to 24, and nobody raised it."""
    toll = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    to = next((t for t in verb.doc[rest.start : rest.end] if t.lower_ == "to"), None)
    if verb.lower_ not in RAISING or toll is None or to is None or toll.lower_ not in TOTALS:
        return None
    if toll.i > to.i or to.nbor().tag_ not in AMOUNT | {"JJR", "RB", "IN", "JJS"}:
        return None
    return (TokenSpan(rest.start, to.i), "rose", TokenSpan(to.i, rest.end))


def _opens(token: Token) -> bool:
    if token.text not in BEFORE_RESULT:
        return False
    told = next((t for t in token.doc[token.i + 1 : token.i + 4] if t.tag_ != "RB"), None)
    return told is not None and _is_result(told)


def _is_result(token: Token) -> bool:
    """Return True for what an event caused, and for what its subject did with a figure or name."""
    if token.tag_ != "VBG" or token.lower_ in NO_RESULTS or token.i + 1 == len(token.doc):
        return False
    if token.nbor().tag_ == "PRP":
        return False  # “making it the largest”
    if any(t.lower_ in CHARGES for t in token.doc[token.sent.start : token.i]):
        return False  # “pleaded guilty to offences including theft, driving without care”
    if _is_listed_behind(token) or any(c.dep_ == "neg" for c in token.lefts):
        return False
    if token.lower_ in RESULTS:
        return True
    said = token.lower_ in VERB_FORMS and not any(c.dep_ == "dobj" for c in token.rights)
    beside = token.dep_ in {"advcl", "conj"} and not said
    own = find_subject(token) is not None or any(c.dep_ in {"aux", "mark"} for c in token.lefts)
    told = (t for t in token.subtree if t.i > token.i)
    # “… but disappointing investors” is told beside what it is set against
    but = token.dep_ == "conj" and token.nbor(-1).lower_ == "but"
    return beside and not own and (but or any(t.tag_ in {"CD", "NNP", "JJS"} for t in told))


def _is_listed_behind(gerund: Token) -> bool:
    """Return True for “seeking” in “signals on cutting costs, mending roofs and seeking a loan”."""
    while gerund.dep_ == "conj" and gerund.head.tag_ == "VBG":
        gerund = gerund.head
    return gerund.dep_ in {"pcomp", "xcomp"}


def _skip_place(doc: Doc, end: int, inside: TokenSpan) -> int:
    """Return the end with the place behind it: “… driving south to Olden, near the border”."""
    rest = doc[end + 1 : inside.end]
    if not len(rest) or doc[end].text != "," or rest[0].lower_ not in NEARBY:
        return end
    told = any(t.tag_ in FINITE or t.ent_type_ in {"DATE", "TIME"} or t.text == "," for t in rest)
    return end if told or doc[end - 1].tag_ not in NOUNS else inside.end


def _find_result_end(doc: Doc, verb: Token, inside: TokenSpan) -> int:
    end = _skip_clause(verb, find_end(doc, verb.i + 1, inside), inside)
    if verb.lower_ in LEADING and not any(t.tag_ == "TO" for t in doc[verb.i : end]):
        to = any(t.tag_ == "TO" for t in doc[end : inside.end])
        end = inside.end if to else end  # “prompting Roe, the mayor, to resign”
    for token in doc[verb.i + 1 : end]:
        behind = (t for t in doc[token.i + 1 : min(end, token.i + 4)] if t.tag_ != "RB")
        if token.tag_ == "CC" and _is_result(next(behind, token)):
            return token.i
    dashes = [t.i for t in doc[end : inside.end] if t.text in BEFORE_RESULT - {","}]
    if dashes == [end]:
        return inside.end  # “becoming the largest in Dorn — a title it still holds”
    rest = doc[end + 1 : inside.end]
    stated = (
        0 < len(rest) <= STATED and doc[end].text == "," and rest[0].tag_ in {"JJ", "VBN", "VBG"}
    )
    return inside.end if stated else end


def _skip_clause(verb: Token, end: int, inside: TokenSpan) -> int:
    """Return the end with a clause that belongs to the result: “beating a man who had won”."""
    doc, last = verb.doc, min(verb.right_edge.i + 1, inside.end)
    within = end < last and doc[end].tag_ in FINITE and verb.is_ancestor(doc[end])
    return last if within else end


def _find_event(
    doc: Doc, holder: Statement | None, comma: int, told: Token
) -> tuple[Parts, Parts] | None:
    """Return what stands before and behind a result: its cause, with verb, time and place.

    “The bus that overturned near Olden” killed three; “Norland” killed three “in Olden on Monday”.
    """
    who = _find_agent(holder, comma)
    if holder is None or who is None:
        return None
    verb, head = holder.root, find_root(doc[who.start : who.end])
    named = head.tag_ in NAMES | {"PRP", "DT"} or head.ent_type_ == "PERSON"
    named = named or any(c.dep_ == "poss" and c.tag_ in NAMES for c in head.lefts)
    named = named or any(t.ent_type_ == "PERSON" for t in doc[who.start : who.end])
    named = named or any(c.ent_type_ in {"NORP", "GPE"} for c in head.lefts)  # “Dorn forces”
    if told.lower_ not in RESULTS:
        definite = doc[who.start].lower_ in DEFINITE and head.lower_ not in PERSONS
        measured = head.lower_ in MEASURED and any(t.tag_ == "CD" for t in told.subtree)
        times = [s for s in _find_adjuncts(verb, comma) if _is_time(doc, s)]
        behind = () if any(t.ent_type_ == "DATE" for t in told.subtree) else tuple(times)
        return ((who,), behind) if named or definite or measured else None
    if named:
        return (who,), tuple(_find_adjuncts(verb, comma))
    earlier = (t.i for t in doc[verb.i : comma] if _opens(t))
    event = TokenSpan(find_verb_start(verb, head), min(comma, holder.words.end, *earlier))
    if event.start < who.end and holder.subject is None:
        return None
    if any(t.dep_ == "conj" and t.tag_.startswith("VB") for t in doc[event.start : event.end]):
        return None  # “five were jammed and two hit a mill, leaving …”
    happened = cut_part(doc, event, list(holder.without))
    return (who, "who" if head.lower_ in PERSONS else "that", *happened), ()


def _find_agent(holder: Statement | None, comma: int) -> TokenSpan | None:
    """Return who or what acts in a clause before a comma."""
    if holder is None or holder.lead or holder.parts:
        return None
    verb, subject = holder.root, find_subject(holder.root)
    if any(c.dep_ in {"auxpass", "neg"} or c.tag_ == "MD" for c in verb.children):
        return None  # “trees could fall, causing power cuts”: none has
    if verb.i > comma:
        return None
    if subject is not None and subject.lower_ in MEASURED:
        return holder.subject or subtree_span(subject)  # with the day it is of
    return holder.subject or (mention_span(subject) if subject is not None else None)


def _is_time(doc: Doc, span: TokenSpan | str) -> bool:
    return not isinstance(span, str) and any(t.ent_type_ == "DATE" for t in doc[slice(*span)])


def _find_adjuncts(verb: Token, before: int) -> Iterator[TokenSpan | str]:
    """Yield the time and place of a verb, behind it; what it struck is where it happened."""
    for child in verb.rights:
        if child.right_edge.i >= before:
            return
        if child.dep_ in {"prep", "npadvmod"}:
            yield subtree_span(child)
        elif child.dep_ == "dobj" and child.ent_type_ == "GPE":
            yield from ("in", subtree_span(child))


def find_records(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“Killed 14 men, the deadliest raid since May”: the raid in which it did was the deadliest."""
    for comma in doc[inside.start + 3 : inside.end - 3]:
        if comma.text not in BEFORE_RESULT:
            continue
        start = comma.i + 1 + (comma.nbor().lower_ == "in")
        words = trim_span(doc, start, find_end(doc, start, inside))
        noun = _find_ranked(doc, words) if words is not None else None
        holder = find_holder(known, comma.i)
        if words is None or noun is None or holder is None or _find_agent(holder, comma.i) is None:
            continue
        verb, subject = holder.root, find_subject(holder.root)
        if (
            verb.tag_ != "VBD"
            or subject is None
            or subject.i > verb.i
            or holder.subject is not None
        ):
            continue
        gap = TokenSpan(comma.i, skip_comma(doc, words.end, holder.words.end))
        who, ranked = mention_span(subject), TokenSpan(words.start, noun.i)
        behind = TokenSpan(noun.i + 1, words.end)
        if subject.lower_ == noun.lower_:
            yield make_statement(holder, words, (who, "was", words)), gap
            continue
        event = TokenSpan(who.start, comma.i)
        named = TokenSpan(noun.i, noun.i + 1)
        parts: Parts = ("the", named, "in which", event, "was", ranked, behind)
        yield make_statement(holder, words, parts), gap


def _find_ranked(doc: Doc, words: TokenSpan) -> Token | None:
    """Return the “raid” of “the deadliest raid on the city since May”."""
    told = doc[words.start : words.end]
    noun = next((t for t in told if t.tag_ == "NN"), None)
    if told[0].lower_ != "the" or noun is None or noun.i + 1 >= words.end:
        return None
    if not any(t.tag_ == "JJS" for t in doc[words.start : noun.i]):
        return None
    if doc[noun.i + 1].tag_ == "IN" and noun.lower_ in EVENTS:
        return noun
    return None


def find_earlier(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“The council sold the hall, after rejecting two offers”: it rejected two offers."""
    for token in doc[inside.start + 3 : inside.end - 1]:
        if not _is_earlier(token):
            continue
        holder = find_holder(known, token.i)
        if holder is None or holder.parts or holder.lead or token.i < holder.root.i:
            continue
        subject = find_subject(holder.root)
        who = holder.subject or (mention_span(subject) if subject is not None else None)
        rest = trim_span(doc, token.i + 1, min(token.right_edge.i + 1, inside.end))
        if who is None or rest is None:
            continue
        words = TokenSpan(token.i, rest.end)
        parts = (who, form_past(token.lower_), rest)
        yield make_statement(holder, words, parts), TokenSpan(token.i - 2, rest.end)


def _is_earlier(token: Token) -> bool:
    """Return True for "rejecting" in ", after rejecting two offers"."""
    if token.tag_ != "VBG" or token.nbor(-1).lower_ != "after" or token.lower_ in NO_RESULTS:
        return False
    told = token.lower_ in VERB_FORMS and any(c.dep_ == "ccomp" for c in token.rights)
    acted = any(c.dep_ == "dobj" and c.tag_ in NOUNS for c in token.rights)
    return token.nbor(-2).text == "," and acted and not told
