"""What is said: the stretch of text that belongs to a verb of saying, by the verb's frames."""

from collections.abc import Callable, Iterator

from workflows.claims import Hedge
from workflows.extraction.attribution.adjective_cues import find_by_adjective
from workflows.extraction.attribution.factuality import is_negative
from workflows.extraction.attribution.noun_cues import find_by_noun
from workflows.extraction.attribution.source_mention import (
    SUBJECTS,
    find_named_before,
    find_teller_behind,
    is_passive,
    mention_span,
)
from workflows.extraction.parse import Doc, Span, Token
from workflows.extraction.text.lexicon import NOUN_FORMS, PARTICIPLES, VERB_FORMS, Cue, word_set
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import FINITE, find_subject

CHANCES = word_set(
    """
    possibility possibilities chance chances risk risks danger likelihood fear fears hope hopes
    suspicion suspicions concern concerns
    """
)
DAYS = frozenset(f"{day}day" for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun"))
DAYS_BEHIND = frozenset({"on", *(day.lower() for day in DAYS)})
BACKSHIFTED = frozenset({"had", "was", "were", "would", "could"})
"""Verbs in which what somebody said goes on after “and”."""
BEING = frozenset({"is", "are", "was", "were", "'s", "’s"})
CONJUNCTIONS = frozenset({"but", "and"})
LONGEST = 7
"""Tokens from "there" to the noun: "there is still a very small chance"."""


def include_chance(said: TokenSpan, sentence: Span) -> TokenSpan:
    """Return what is said in a clause, with the chances weighed right behind it."""
    doc = sentence.doc
    at = said.end
    while at < sentence.end and doc[at].text == ",":
        at += 1
    verb = at + 2
    if verb >= sentence.end or doc[at].lower_ not in CONJUNCTIONS:
        return said
    weighed = _find_chance(doc, at + 1)
    if weighed is None or not (
        find_by_noun(weighed, sentence) or find_by_adjective(weighed, sentence)
    ):
        return said
    end = min(doc[verb].right_edge.i + 1, sentence.end)
    return trim_span(doc, said.start, max(end, said.end)) or said


def _find_chance(doc: Doc, start: int) -> Token | None:
    """Return the noun of “there is a chance that”, the adjective of “it is possible that”."""
    opening = doc[start : start + LONGEST + 1]
    that = next((token.i for token in opening if token.lower_ == "that"), None)
    if that is None or that < start + 3 or doc[start + 1].lower_ not in BEING:
        return None
    last = doc[that - 1]
    there = doc[start].lower_ == "there" and last.lower_ in CHANCES
    possible = doc[start].lower_ == "it" and last.lower_ == "possible" and that == start + 3
    return last if there or possible else None


CLAUSES = frozenset({"ccomp", "csubj"})
SPOKEN = frozenset({Hedge.REPORTED, Hedge.ALLEGED, Hedge.CONFIRMED})
TELLING = frozenset({"told", "tell", "tells", "telling"})
CONTRASTING = frozenset({"while", "whereas", "though", "although"})
PAUSES = frozenset({",", "—", "–", "--", "-"})
LONGEST_ASIDE = 12
ASIDES = frozenset({"according", "citing", "quoting"})
WITH_VERB = frozenset({"prep", "npadvmod", "advmod", "nsubj", "tmod", "dobj", "dative", "prt"})
COMPLETING = frozenset({"for", "as", "of", "to", "with", "against", "from"})
THAT_WITHIN = 18
"""Tokens between a verb and a "that" the parser did not join to it."""

type_rule = Callable[[Token, Cue, Span], TokenSpan | None]


def find_content(verb: Token, cue: Cue, sentence: Span) -> TokenSpan | None:
    """Return what the verb introduces in its sentence without regard to quotation marks."""
    for frame, rules in RULES:
        if frame in cue.frames:
            for rule in rules:
                found = rule(verb, cue, sentence)
                if found is not None:
                    if frame == "c" and found.start > verb.i:
                        found = _cut_main_clause(verb, found)
                        return include_chance(_cut_narration(verb.doc, found), sentence)
                    return found
    return None


def _cut_narration(doc: Doc, said: TokenSpan) -> TokenSpan:
    """Return what is said without what the text goes on to tell itself.

    “…, while others said that …”; “… “by June,” referring to the vote”.
    """
    for token in doc[said.start + 1 : said.end]:
        if token.dep_ != "advcl" or token.head.i >= token.i or token.left_edge.i <= said.start:
            continue
        marked = any(t.dep_ == "mark" and t.lower_ in CONTRASTING for t in token.lefts)
        other = marked and token.lower_ in VERB_FORMS and _has_subject(token)
        before = [t for t in doc[token.left_edge.i - 2 : token.left_edge.i] if not t.is_space]
        aside = token.tag_ == "VBG" and any(t.text in {"”", '"'} for t in before)
        if other or aside:
            return trim_span(doc, said.start, token.left_edge.i) or said
    return said


def _cut_main_clause(verb: Token, said: TokenSpan) -> TokenSpan:
    """“While Roe claimed that it burst, engineers …”: up to the comma, whatever the parser says."""
    conceded = any(c.dep_ == "mark" and c.lower_ in CONTRASTING for c in verb.lefts)
    if not conceded or verb.dep_ != "ROOT":
        return said
    clause = next((c for c in verb.rights if c.dep_ in CLAUSES), verb)
    rest = verb.doc[max(clause.i, said.start) : said.end]
    comma = next((t.i for t in rest if t.text == ","), said.end)
    return trim_span(verb.doc, said.start, comma) or said


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS for c in verb.lefts)


def _find_clause(verb: Token, _cue: Cue, sentence: Span) -> TokenSpan | None:
    """“said (that) …”: the clause the verb governs, after it."""
    for child in verb.rights:
        if child.dep_ in CLAUSES or (child.dep_ == "advcl" and _has_that(child)):
            start = _skip_day(verb, child)
            if _is_added(verb, child):
                return None
            if child.i > verb.i:
                more = (c for c in verb.rights if c.i > child.i and _is_told_too(c, verb))
                end = max([child.right_edge.i, *(c.right_edge.i for c in more)])
                end = max(end, _find_list_end(verb, end + 1))
                return _clip(verb.doc, max(start, verb.i + 1), end + 1, sentence)
    return None


def _find_list_end(verb: Token, end: int) -> int:
    """Return the last word of “they found that A, B, and C”, whose A the parser set apart.

    It takes the verb of saying for a clause of B, and B for the sentence.
    """
    told, doc = verb.head, verb.doc
    if verb.dep_ != "ccomp" or told.i < end or told.lower_ in VERB_FORMS or doc[end].text != ",":
        return end - 1
    own = find_subject(told)
    more = [c for c in told.rights if c.dep_ == "conj" and find_subject(c) is not None]
    joined = any(c.dep_ == "cc" and c.lower_ == "and" for c in told.rights)
    listed = own is not None and own.left_edge.i == end + 1 and bool(more) and joined
    return more[-1].right_edge.i if listed else end - 1


def _skip_day(verb: Token, clause: Token) -> int:
    """Return where a clause begins behind “said on Friday she met”, for that is when it was said.

    So is what stands before a “that”: “announced, after a meeting, that …”. Or “say when they found
    Lee, he had fled”: there it begins.
    """
    doc, start = verb.doc, clause.left_edge.i
    that = next((c.i for c in clause.lefts if c.dep_ == "mark" and c.lower_ == "that"), start)
    if that > start:
        return that
    first = doc[start]
    if start != verb.i + 1 or first.head.i != clause.i or first.dep_ not in {"prep", "npadvmod"}:
        return start
    end = first.right_edge.i + 1
    day = doc[first.i + (first.dep_ == "prep")].text in DAYS and first.lower_ in DAYS_BEHIND
    return end if day and doc[end].text != "," and end < clause.i else start


def _is_added(verb: Token, clause: Token) -> bool:
    """Return True for “added the town to the list she kept”: no more was told by it."""
    objects = [c for c in verb.rights if c.dep_ == "dobj" and c.i < clause.i]
    to = any(c.dep_ == "prep" and c.lower_ == "to" and c.i < clause.i for c in verb.rights)
    return verb.lower_ in {"added", "adds", "adding", "add"} and bool(objects) and to


def _is_told_too(clause: Token, verb: Token) -> bool:
    """Return True for a further clause of what is told: “said it rained, the sea rose and …”."""
    if clause.dep_ == "conj":
        return _is_joined(clause, verb)
    quoted = clause.doc[clause.left_edge.i].text.startswith(("“", '"'))
    return clause.dep_ == "ccomp" and _has_finite_verb(clause) and not quoted


def _is_joined(clause: Token, verb: Token) -> bool:
    """Return True for “says it rained, and the dam has burst”, “said it was old and it had burst”.

    In the time of what is told: “said 14 had died, and police are looking” tells of police.
    """
    if _has_that(clause) and find_subject(clause) is not None:
        return True  # “said that the mill burned, but that nobody was hurt”
    joined = clause.doc[clause.left_edge.i - 1].lower_ == "and"
    if (
        not joined
        or clause.lower_ in VERB_FORMS
        or not any(c.dep_ in SUBJECTS for c in clause.lefts)
    ):
        return False
    finite = next((c for c in clause.lefts if c.dep_ in {"aux", "auxpass"}), clause)
    if verb.tag_ == "VBZ":
        return finite.tag_ in {"VBZ", "VBP"} or finite.lower_ in {"will", "can"}
    return verb.tag_ == "VBD" and finite.lower_ in BACKSHIFTED


def _find_behind_aside(verb: Token, _cue: Cue, sentence: Span) -> TokenSpan | None:
    """Return the clause behind an aside: “The Post reported, according to clerks, Lee had left”."""
    doc, i = verb.doc, verb.i
    if i + 2 >= sentence.end or doc[i + 1].text != "," or doc[i + 2].lower_ not in ASIDES:
        return None
    for clause in verb.rights:
        subject = find_subject(clause) if clause.dep_ in {"conj", "advcl"} else None
        if subject is None or clause.i < subject.i or not _has_finite_verb(clause):
            continue
        if doc[subject.left_edge.i - 1].text == "," and subject.left_edge.i > i + 2:
            return _clip(doc, subject.left_edge.i, clause.right_edge.i + 1, sentence)
    return None


def _find_loose_that(verb: Token, _cue: Cue, sentence: Span) -> TokenSpan | None:
    """“revealed on Monday that …”, where the parser hung the clause elsewhere."""
    doc = verb.doc
    for i in range(verb.i + 1, min(verb.i + THAT_WITHIN, sentence.end)):
        token = doc[i]
        if token.lower_ == "that" and token.dep_ in {"mark", "dobj", "nsubj", "nsubjpass"}:
            if _is_told_elsewhere(token.head, verb) or _is_of_noun(token):
                return None
            if token.head.i > i and _has_finite_verb(token.head):
                return _clip(doc, i, token.head.right_edge.i + 1, sentence)
        elif token.tag_ in FINITE and token.i != verb.i:
            return None
    return None


BESIDE = frozenset({"appos", "npadvmod"})
"""How “a toll” hangs on what is told before it: “…, they said, a toll that nobody checked”."""


def _is_of_noun(that: Token) -> bool:
    """Return True for “charged a man over a raid that left”: the raid did."""
    if that.i == 0:
        return False
    clause = that.head
    subject = that.dep_ in SUBJECTS | {"nsubjpass"} and clause.dep_ == "relcl"
    noun = that.nbor(-1)
    subject |= clause.dep_ == "relcl" and clause.head.i == noun.i and noun.dep_ in BESIDE
    return subject and noun.tag_ in {"NN", "NNS", "NNP"} and noun.ent_type_ not in {"DATE", "TIME"}


def _iter_between(clause: Token, verb: Token) -> Iterator[Token]:
    """Yield the words between a clause and a verb that it hangs on, if it does."""
    steps: list[Token] = []
    for above in clause.ancestors:
        if above.i == verb.i:
            yield from steps
            return
        steps.append(above)


def _is_to_do(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and any(t.tag_ == "TO" for t in verb.lefts)


def _is_told_elsewhere(clause: Token, verb: Token) -> bool:
    """Return True if a clause is told by another word behind the verb: “found no proof that”."""
    if any(step.dep_ == "pcomp" or _is_to_do(step) for step in _iter_between(clause, verb)):
        return True
    citing = clause.head.lower_ in PARTICIPLES  # “reported, citing Lee, that”: both tell it
    told = clause.head.lower_ in VERB_FORMS and not citing
    if clause.dep_ == "ccomp" and clause.head.i > verb.i and told:
        return True
    return (
        clause.dep_ in {"acl", "relcl"}
        and clause.head.i > verb.i
        and (clause.head.lower_ in NOUN_FORMS or is_negative(clause.head))
    )


def _find_before(verb: Token, cue: Cue, sentence: Span) -> TokenSpan | None:
    """“…, officials said”; “the plan, he said, would fail”: the sentence around the verb."""
    if "q" not in cue.frames or cue.hedge not in SPOKEN:
        return None
    doc = verb.doc
    first = find_first_token(verb)
    if first - 1 <= sentence.start or not _is_pause(doc[first - 1]):
        return None
    if (
        any(c.dep_ in {"dobj", "attr", "acomp", "oprd"} for c in verb.rights)
        and verb.lower_ not in TELLING
    ):
        return None
    end = find_aside_end(verb)
    after = doc[end].text if end < sentence.end else "."
    closed = end >= sentence.end - 1 or after in {".", ";", "”", '"'}
    if closed or _is_followed_by_participle(verb, end):
        where = closed and _is_only_where(doc, sentence.start, first)
        start = find_clause_start(doc, sentence, first)
        return None if where else _clip(doc, start, first, sentence)
    if after in PAUSES and _is_pause(doc[end]) and end - first <= LONGEST_ASIDE:
        return _clip(doc, find_clause_start(doc, sentence, first), sentence.end, sentence)
    return None


def _is_only_where(doc: Doc, start: int, end: int) -> bool:
    """Return True for “In the debates” before “Roe argued with …”: it is not what she said."""
    verbal = any(t.tag_.startswith(("VB", "MD")) for t in doc[start:end])
    return doc[start].tag_ == "IN" and not verbal


def _is_followed_by_participle(verb: Token, end: int) -> bool:
    """Return True for “…, the Post reported, citing officials”: its own, and nothing said.

    But not where what is said goes on behind: “the mill, Lee said, citing a memo, had closed”.
    """
    return any(
        c.dep_ == "advcl" and c.tag_ == "VBG" and end <= c.left_edge.i <= end + 1
        for c in verb.rights
        if not any(_has_finite_verb(inner) for inner in c.rights if inner.dep_ == "conj")
        and not (verb.dep_ == "parataxis" and verb.head.i > c.right_edge.i + 1)
    )


def _find_inverted(verb: Token, _cue: Cue, sentence: Span) -> TokenSpan | None:
    """Return the clause the parser itself sees before its verb."""
    if find_teller_behind(verb) is not None:
        start = find_clause_start(verb.doc, sentence, verb.i)
        told = verb.doc[start : verb.i - 1]
        finite = any(t.tag_ in FINITE for t in told)
        return _clip(verb.doc, start, verb.i - 1, sentence) if finite else None
    if any(child.dep_ == "dobj" for child in verb.rights):
        return None
    for child in verb.lefts:
        if child.dep_ in CLAUSES:
            end = min(child.right_edge.i + 1, find_first_token(verb))
            return _clip(verb.doc, child.left_edge.i, end, sentence)
    return None


def _find_before_quoting(verb: Token, _cue: Cue, sentence: Span) -> TokenSpan | None:
    """“The mill had burned, the ministry was quoted as saying”: what stands before."""
    quoting = verb.head.head
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as" or not is_passive(quoting):
        return None
    who = find_subject(quoting)
    said = next((c for c in quoting.lefts if c.dep_ in CLAUSES), None)
    if said is None or who is None:
        return None
    end = min(said.right_edge.i + 1, who.left_edge.i)
    return _clip(verb.doc, said.left_edge.i, end, sentence)


def _find_in_headline(verb: Token, _cue: Cue, sentence: Span) -> TokenSpan | None:
    """“Mayor denies mill was sold”: the parser takes what is told for what the verb belongs to."""
    told = verb.head
    if verb.tag_ != "VBZ" or verb.dep_ not in {"csubj", "csubjpass"} or told.i < verb.i:
        return None
    return _clip(verb.doc, verb.i + 1, told.right_edge.i + 1, sentence)


def find_aside_end(verb: Token) -> int:
    """Behind "officials said on Monday": the words of the verb up to the next pause."""
    doc = verb.doc
    behind = next((c for c in verb.rights if c.dep_ in SUBJECTS), None)
    if behind is not None:
        return behind.right_edge.i + 1
    end = verb.i + 1
    last = max((c.right_edge.i for c in verb.rights if c.dep_ in WITH_VERB), default=verb.i)
    while end <= last and not _is_pause(doc[end]):
        end += 1
    return end


def _is_pause(token: Token) -> bool:
    """Return True for a comma or dash; not for the hyphen of “eight-minute”."""
    return token.text in PAUSES and token.tag_ != "HYPH"


def find_clause_start(doc: Doc, sentence: Span, before: int) -> int:
    """Return where the clause begins that an inserted "he said" belongs to."""
    for i in range(before - 2, sentence.start, -1):
        if doc[i].text == ";":
            return i + 1
    return sentence.start


def _find_raised(verb: Token, _cue: Cue, sentence: Span) -> TokenSpan | None:
    """“They are believed to be …”: what is believed has its subject before the verb."""
    subject = next((c for c in verb.lefts if c.dep_ == "nsubjpass"), None)
    clause = next((c for c in verb.rights if c.dep_ == "xcomp"), None)
    if subject is None or clause is None or not any(t.tag_ == "TO" for t in clause.lefts):
        return None
    return _clip(verb.doc, subject.left_edge.i, clause.right_edge.i + 1, sentence)


def _find_infinitive(verb: Token, _cue: Cue, sentence: Span) -> TokenSpan | None:
    """“vowed to …”, “urged them to …”."""
    for child in verb.rights:
        if child.dep_ in {"xcomp", "ccomp"} and any(t.tag_ == "TO" for t in child.lefts):
            return _clip(verb.doc, child.left_edge.i, child.right_edge.i + 1, sentence)
    return None


def _find_object(verb: Token, _cue: Cue, sentence: Span) -> TokenSpan | None:
    """“denied the charge”, “praised the mayor for her courage”."""
    for child in verb.rights:
        if _is_object(child) and child.tag_ not in {"WP", "WDT"}:
            more = [c for c in verb.rights if c.i > child.i and _is_completing(c)]
            if child.tag_ == "PRP" and not more:
                return None
            end = max(c.right_edge.i for c in (child, *more)) + 1
            return _clip(verb.doc, child.left_edge.i, end, sentence)
    return None


def _is_object(child: Token) -> bool:
    """Return True if a word is what a verb is about: also “what she called a mistake”."""
    return child.dep_ in {"dobj", "xcomp"} or (
        child.dep_ == "ccomp" and child.left_edge.lower_ == "what"
    )


def _find_criticised(verb: Token, _cue: Cue, sentence: Span) -> TokenSpan | None:
    """“The plan was criticised by residents”: what it was that they criticised."""
    subject = next((c for c in verb.lefts if c.dep_ == "nsubjpass"), None)
    if subject is None or subject.tag_ in {"PRP", "WP", "WDT"}:
        return None
    if not any(c.dep_ == "agent" for c in verb.rights):
        return None
    return _clip(verb.doc, subject.left_edge.i, subject.right_edge.i + 1, sentence)


def _is_completing(child: Token) -> bool:
    """Return True if a phrase says what is thought of the object before it."""
    return child.dep_ == "prep" and child.lower_ in COMPLETING


def _find_after_preposition(verb: Token, cue: Cue, sentence: Span) -> TokenSpan | None:
    """“warned of …”, “accused X of …”: from the object, if any, to the end of the phrase."""
    start: int | None = None
    if "as" in cue.prepositions and any(x.dep_ == "auxpass" for x in verb.lefts):
        return None  # “was described as fake”: what was, stands before
    for child in verb.rights:
        if child.dep_ in {"prep", "dative"} and child.lower_ in cue.prepositions:
            first = child.i + 1 if start is None else start
            return _clip(verb.doc, first, child.right_edge.i + 1, sentence)
        if child.dep_ == "dobj":
            for inner in child.rights:
                if inner.dep_ == "prep" and inner.lower_ in cue.prepositions:
                    return _clip(verb.doc, child.left_edge.i, inner.right_edge.i + 1, sentence)
            start = child.left_edge.i
    return None


def _find_small_clause(verb: Token, _cue: Cue, sentence: Span) -> TokenSpan | None:
    """“called it a lie”: object and complement together."""
    for child in verb.rights:
        if child.dep_ in {"oprd", "ccomp", "xcomp"}:
            start = min(verb.i + 1, child.left_edge.i)
            return _clip(verb.doc, start, child.right_edge.i + 1, sentence)
    return None


def _clip(doc: Doc, start: int, end: int, sentence: Span) -> TokenSpan | None:
    return trim_span(doc, max(start, sentence.start), min(end, sentence.end))


def _has_that(clause: Token) -> bool:
    return any(t.dep_ == "mark" and t.lower_ == "that" for t in clause.lefts)


def _has_finite_verb(token: Token) -> bool:
    return token.tag_ in FINITE or any(c.dep_ in {"aux", "auxpass"} for c in token.lefts)


def find_first_token(verb: Token) -> int:
    """Return where the verb's own phrase begins: its subject, or itself."""
    if verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD"} and verb.head.i < verb.i:
        return verb.head.left_edge.i
    own = [c.left_edge.i for c in verb.children if c.dep_ in SUBJECTS]
    if not own and (named := find_named_before(verb)) is not None:
        own.append(mention_span(named, verb).start)
    return min([verb.i, *own])


RULES: tuple[tuple[str, tuple[type_rule, ...]], ...] = (
    (
        "c",
        (
            _find_clause,
            _find_behind_aside,
            _find_in_headline,
            _find_loose_that,
            _find_raised,
            _find_before,
            _find_inverted,
            _find_before_quoting,
        ),
    ),
    ("i", (_find_infinitive,)),
    ("s", (_find_small_clause,)),
    ("p", (_find_after_preposition,)),
    ("o", (_find_object, _find_criticised)),
)
