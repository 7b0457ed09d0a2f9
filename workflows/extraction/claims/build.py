"""One claim put together from a statement, the voice that makes it and the paragraph around it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from workflows.claims import Attribution, DateMention, Figure, FoundClaim, Hedge
from workflows.extraction.attribution.chains import SourceChain
from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.attribution.source_mention import is_anonymous, mention_span
from workflows.extraction.check_worthiness.model import CheckWorthiness, score_best_clause
from workflows.extraction.claims import decontextualize, hedges
from workflows.extraction.claims.context import Context
from workflows.extraction.claims.decontextualize import Wording
from workflows.extraction.claims.hedges import HedgeMark
from workflows.extraction.claims.turns import attribute_turn, is_speaker, mark_turn
from workflows.extraction.claims.worth import weigh_card
from workflows.extraction.decomposition.circumstances import find_opening
from workflows.extraction.decomposition.relatives import is_elaboration
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token
from workflows.extraction.quantities.dates import find_verb
from workflows.extraction.references.sources import name_speaker
from workflows.extraction.text.lexicon import (
    ADVERB_FORMS,
    SEEMING,
    VERB_FORMS,
    inflect_all,
    word_set,
)
from workflows.extraction.text.reattach import TELLING
from workflows.extraction.text.spans import MARKS, TokenSpan, subtree_span
from workflows.extraction.text.syntax import FINITE, find_subject, is_finite
from workflows.extraction.text.verb_forms import find_past, form_past

RELATIVE = frozenset({"WP", "WDT"})
SPOKEN = HedgeMark(Hedge.REPORTED, None)
CONFIRMED = HedgeMark(Hedge.CONFIRMED, None)
COMPLETING = frozenset({"prep", "dobj", "dative", "npadvmod", "advmod", "prt", "xcomp", "oprd"})
ANY = frozenset({"any", "every", "no", "each"})
QUESTIONING = frozenset({"how", "why", "what", "where", "when", "who", "which"})
QUOTING = frozenset({CueType.QUOTED, CueType.STRAY, CueType.COLON})
TOLD_BY_NOUN = frozenset({CueType.NOUN, CueType.RESPONSE})
HELPERS = frozenset({"aux", "auxpass", "neg"})
ACTING = inflect_all("demand question query refer order command instruct talk speak threaten")
"""What somebody does by words, and so the document tells: “Lee questioned the need for a dam”."""
ANSWERING = word_set(
    "sent sends sending pushed pushes drove drives lifted lifts boosted boosts prompted prompts "
    "sparked sparks triggered triggers drew draws angered surprised shocked dismayed alarmed"
)
"""What news does to markets and people, so nobody tells it with the news: “…, which sent …”."""
PLANNING = inflect_all("plan intend hope expect")
BEING = frozenset({"is", "are", "was", "were", "'s", "’s", "'re", "’re"})
EXPRESSING = inflect_all("express voice signal indicate")
WISHES = word_set("interest desire willingness readiness eagerness reluctance support sympathy")
SAW = frozenset({"saw", "heard", "watched"})
SHOWING = inflect_all("show prove mean demonstrate")
READABLE = TELLING | word_set(
    """
    findings records record evidence test tests video footage paper papers book film story stories
    map list count tally filing filings statement statements transcript memo files
    """
)
"""What shows something to whoever reads it; haste only shows it to him who says so."""
PROOFS = word_set("evidence proof sign signs indication indications doubt")
GIVEN = word_set(
    """
    given awarded paid offered granted sent handed denied fined charged asked taught told shown
    promised allowed lent left named elected called made appointed issued assigned
    """
)
"""What is done to somebody with something: “a clerk fined $300”."""
PAIR = 2
CONNECTING = frozenset({"also", "then", "thus", "therefore", "subsequently", "too"})
"""Adverbs that only lead on from what stood before."""
BESIDE = 4
"""Tokens behind a cue within which a day is that of the saying, whatever the parser thinks."""


def complete_passive(statement: Statement, link: AttributionRelation) -> Statement | None:
    """Return the passive with what it tells, if this is one and its subject is certain."""
    verb = statement.root.doc[link.cue.start]
    accused = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if accused is not None and verb.text == "accused" and accused.tag_ not in RELATIVE | {"PRP"}:
        were = "were" if accused.tag_ in {"NNS", "NNPS"} else "was"  # “Clerk accused of theft”
        rest = TokenSpan(verb.i, statement.words.end)
        return Statement(verb, rest, subtree_span(accused), were)
    if link.cue_type is not CueType.VERB or verb.tag_ != "VBN" or statement.words.start < verb.i:
        return None
    subject = _find_patient(verb)
    rest = TokenSpan(find_first_auxiliary(verb), statement.words.end)
    if subject is None:
        return _lend_subject(verb, rest)
    if subject.tag_ in RELATIVE:
        return Statement(verb, rest, mention_span(verb.head)) if verb.dep_ == "relcl" else None
    if subject.left_edge.tag_ == "WP$":
        return None
    return Statement(verb, TokenSpan(subject.left_edge.i, statement.words.end))


def find_first_auxiliary(verb: Token) -> int:
    """Return where a verb begins with its helpers: "did not respond"."""
    return min([verb.i, *(c.i for c in verb.lefts if c.dep_ in HELPERS)])


def _lend_subject(verb: Token, rest: TokenSpan) -> Statement | None:
    """A bare participle with the subject before it: "clerks accused of …", "tried and accused"."""
    if rest.start < verb.i or _is_active(verb):
        return None
    if verb.dep_ == "acl" and _is_any(verb.head):
        return None
    if verb.dep_ == "acl":
        were = "were" if verb.head.tag_ in {"NNS", "NNPS"} else "was"
        return Statement(verb, rest, mention_span(verb.head, verb), were)
    subject = _find_patient(verb.head) if verb.dep_ == "conj" else None
    if subject is None or subject.tag_ in RELATIVE or subject.left_edge.tag_ == "WP$":
        return None
    helpers = " ".join(c.text for c in verb.head.lefts if c.dep_ in HELPERS)
    helpers = helpers or ("were" if subject.tag_ in {"NNS", "NNPS"} else "was")
    return Statement(verb, rest, subtree_span(subject), helpers)


def _is_active(participle: Token) -> bool:
    """Return True for “a study identified 40 mills”: a past tense, since it has an object."""
    return participle.lower_ not in GIVEN and any(c.dep_ == "dobj" for c in participle.rights)


def _is_any(noun: Token) -> bool:
    """Return True for “persons convicted of theft”, “all clerks accused of …”: nobody certain."""
    if noun.tag_ not in {"NNS", "NNPS"}:
        return any(c.lower_ in ANY for c in noun.lefts)
    certain = any(c.dep_ in {"nummod", "poss"} or c.tag_ == "CD" for c in noun.lefts)
    told = any(c.lower_ in {"the", "these", "those"} for c in noun.lefts)
    return not (certain or told) and noun.dep_ not in {"nsubj", "nsubjpass"}


def _find_patient(verb: Token) -> Token | None:
    """Return to whom a verb is done: of “Courted by banks, Lee left”, Lee."""
    patient = next((c for c in verb.lefts if c.dep_ == "nsubjpass"), None)
    opening = verb.dep_ == "advcl" and verb.tag_ == "VBN" and verb.i < verb.head.i
    return find_subject(verb.head) if patient is None and opening else patient


def build_claim(
    context: Context,
    statement: Statement,
    voice: SourceChain,
    judged: CheckWorthiness,
    *,
    nested: bool,
    span: TokenSpan | None = None,
) -> FoundClaim:
    """Return the claim of a statement.

    `span` is what it stands for, its own words if none is given.
    """
    paragraph = context.paragraph
    turn = paragraph.turn
    told, voice = voice, _leave_aside(context, statement, voice)
    voice = _leave_act(paragraph.doc, statement, voice)
    start, end = _locate(context, span or statement.words)
    quote_start, quote_end = _find_passage(context, span or statement.words, told)
    own = hedges.find_in_statement(
        statement.root, statement.clause, backshifted=_is_backshifted(paragraph.doc, voice)
    )
    doubt = context.find_doubt(statement) if not voice.links else None
    if doubt is not None:
        own = HedgeMark(Hedge.UNCONFIRMED, doubt)
    puts = [_mark_hedge(context, link) for link in voice.links]
    if puts and (_is_only_possible(voice.links[-1], own) or _is_only_alleged(puts[-1], own)):
        own = puts[-1]
    if puts:
        puts[-1] = hedges.find_weakest([puts[-1], own])
    links = tuple(
        _build_attribution(context, link, put)
        for link, put, outer in zip(voice.links, puts, (None, *voice.links), strict=False)
        if not (_is_same_source(context, link, outer) or _only_seems(context, link, outer))
        if outer is not None or not is_speaker(turn, link)
    )
    if turn is not None:
        put = CONFIRMED if turn.confirms else SPOKEN
        spoken = hedges.find_weakest([put, *puts, own] if not links else [put])
        turns = attribute_turn(context.text, turn, spoken.hedge)
        links = (*turns[:-1], _name_in_full(context, turns[-1]), *links)
        puts.append(put)
    put = hedges.find_weakest([*puts, own])
    wording = _word(context, statement, told)
    if put.hedge in {Hedge.DENIED, Hedge.UNCONFIRMED}:
        wording = wording._replace(words=decontextualize.name_any(wording.words, statement))
    judged = weigh_card(
        judged,
        _list_told(context, statement),
        _find_told_verb(paragraph.doc, statement, told),
        wording.words,
        said=turn is not None or (bool(links) and _stands_alone(paragraph.doc, statement, told)),
    )
    return FoundClaim(
        words=wording.words,
        quote=context.text[quote_start:quote_end],
        quote_start=quote_start,
        start=start,
        end=end,
        attribution=links,
        hedge=put.hedge,
        hedge_cue=put.words,
        polarity=hedges.find_polarity(statement.root, statement.clause),
        figures=_select_within(context, statement, told, context.figures),
        dates=_select_within(context, statement, told, context.dates),
        as_of=_find_as_of(links, context.published),
        check_worthiness=judged.score,
        worth_reasons=judged.reasons,
        nested=nested,
        turn=mark_turn(context.text, turn) if turn is not None else None,
        references=tuple(
            replace(put, text=context.text[put.start : put.end]) for put in wording.references
        ),
        needs_words=wording.is_open or _has_open_source(context, voice),
    )


def _leave_act(doc: Doc, statement: Statement, voice: SourceChain) -> SourceChain:
    """Return who tells of an act: not who did it, in “Lee condemned the attack”."""
    if not voice.links or _stands_alone(doc, statement, voice):
        return voice
    link, first = voice.links[-1], doc[statement.words.start]
    acted = link.source is not None and link.source.end <= link.cue.start < first.i
    bare = statement.root.dep_ == "dobj" and statement.root.head.i == link.cue.start
    told = any(
        t.dep_ in {"prep", "acl", "relcl", "conj"} or t.text in MARKS
        for t in doc[first.i : statement.words.end]
    )
    if link.cue_type is not CueType.VERB or not acted:
        return voice
    cue = doc[link.cue.start]
    wished = cue.lower_ in EXPRESSING and statement.root.lower_ in WISHES
    if cue.lower_ in ACTING or wished or _is_planning(cue) or (bare and not told):
        return SourceChain(voice.links[:-1], voice.content, voice.inner)
    return voice


def _is_planning(verb: Token) -> bool:
    """Return True for “was planning to sink it”, “had hoped to”: who tells of it is not who did."""
    tensed = {c.lower_ for c in verb.lefts if c.dep_ == "aux"}
    going = verb.tag_ == "VBG" and bool(tensed & BEING)
    return verb.lower_ in PLANNING and (going or (verb.tag_ == "VBN" and "had" in tensed))


def _find_told_verb(doc: Doc, statement: Statement, voice: SourceChain) -> Token:
    """Return the main verb of a claim: that of saying where it is worded with its source."""
    if _stands_alone(doc, statement, voice) or voice.links[-1].cue_type is not CueType.VERB:
        return statement.root
    return doc[voice.links[-1].cue.start]


def _leave_aside(context: Context, statement: Statement, voice: SourceChain) -> SourceChain:
    """Return who tells a “, who …” or “, which …”: not who says or demands what stands around it.

    In “Roe demanded that they jail Ann Lee, who has not been charged” the document tells that.
    What may be part of what is told stays its speaker's: what is quoted or alleged, and what is
    told of somebody or something without a name.
    """
    if not voice.links or statement.root.dep_ != "relcl" or not is_elaboration(statement.root):
        return voice
    link, start = voice.links[-1], statement.words.start
    if link.cue_type is CueType.ADVERB and link.cue.start >= statement.words.end:
        return SourceChain(voice.links[:-1], voice.content, voice.inner)  # “…, which …, seems”
    around = link.cue.end <= link.content.start < start - 1
    quoted = any(q.words.has(start) for q in context.paragraph.quotations)
    demanded = context.paragraph.doc[link.cue.start].lower_ in ACTING
    known = demanded or statement.root.head.tag_ in {"NNP", "NNPS"}
    known |= statement.root.lower_ in ANSWERING
    if link.cue_type is not CueType.VERB or not around or quoted or not known:
        return voice
    if link.hedge is Hedge.ALLEGED:
        return voice
    return SourceChain(voice.links[:-1], voice.content, voice.inner)


def _is_backshifted(doc: Doc, voice: SourceChain) -> bool:
    """Return True if a source tells something in words of the document's, so “would” is its "will".

    Not for what somebody came to know: “she learned that the bank would not pay”.
    """
    if not voice.links or voice.links[-1].cue_type in QUOTING:
        return False
    cue = VERB_FORMS.get(doc[voice.links[-1].cue.start].lower_)
    return cue is None or "q" in cue.frames or cue.hedge is not Hedge.REPORTED


def _has_open_source(context: Context, voice: SourceChain) -> bool:
    """Return True if "he" or "the company" says it, and nobody can tell who that is."""
    known = (context.resolved.get(link.cue.start) for link in voice.links)
    return any(source is not None and source.name is None for source in known)


def _is_only_possible(link: AttributionRelation, own: HedgeMark) -> bool:
    """“It is possible that they will leave”: a guess, and no forecast."""
    guessed = link.cue_type is CueType.ADVERB and link.hedge is Hedge.SPECULATED
    return guessed and own.hedge is Hedge.PREDICTED


def _is_only_alleged(put: HedgeMark, own: HedgeMark) -> bool:
    """“Critics claim that it would cost 300 jobs”: claimed, however sure they are of it."""
    return put.hedge is Hedge.ALLEGED and own.hedge is Hedge.PREDICTED


def _is_same_source(
    context: Context, link: AttributionRelation, outer: AttributionRelation | None
) -> bool:
    """“He voiced concern about …”, “Dodds said she feared …”: no source but its own speaker."""
    if outer is None or link.source is None or outer.source is None:
        return False
    if link.source == outer.source:
        return True
    name, other = _find_name(context, link), _find_name(context, outer)
    if name is None or other is None:
        return name == other
    return name.lower() == other.lower() or f", {name}" in other  # “Ann Lee, a clerk”


def _only_seems(
    context: Context, link: AttributionRelation, outer: AttributionRelation | None
) -> bool:
    """Return True for “Lee said that it seems safe”, “… that her haste shows that”: Lee says it.

    So she does in “Lee said they allegedly fled”, whoever may allege it beside her.
    """
    cue = context.paragraph.doc[link.cue.start]
    if outer is None or link.source is None:
        return outer is not None and cue.lower_ in SEEMING | PROOFS | ADVERB_FORMS.keys()
    head = link.head
    thing = head is not None and head.tag_ in {"NN", "NNS"} and head.lower_ not in READABLE
    return thing and cue.lower_ in SHOWING


def _name_in_full(context: Context, link: Attribution) -> Attribution:
    """Return the link of a turn's speaker with the name and office told elsewhere."""
    written = link.resolved or link.source
    if written is None:
        return link
    name = name_speaker(context.references, written)
    return replace(link, resolved=name if name != link.source else None)


def _find_name(context: Context, saying: AttributionRelation) -> str | None:
    resolved = context.resolved.get(saying.cue.start)
    if resolved is not None and resolved.name is not None:
        return resolved.name
    return saying.source.text(context.paragraph.doc) if saying.source is not None else None


def _mark_hedge(context: Context, link: AttributionRelation) -> HedgeMark:
    unsure = context.unsure.get(link.cue.start)
    if unsure is not None and link.hedge is not Hedge.DENIED:
        return HedgeMark(Hedge.UNCONFIRMED, unsure)
    return hedges.find_in_cue(context.paragraph.doc, link.cue, link.hedge)


def _build_attribution(
    context: Context, saying: AttributionRelation, put: HedgeMark
) -> Attribution:
    doc = context.paragraph.doc
    cue = _locate(context, saying.cue)
    source = _locate(context, saying.source) if saying.source is not None else None
    resolved = context.resolved.get(saying.cue.start)
    if resolved is not None and resolved.at is not None:
        source = resolved.at
    name = _find_name(context, saying)  # as it reads, where a line ends inside of it
    written = context.text[slice(*source)] if source is not None else None
    return Attribution(
        source=written,
        start=source[0] if source is not None else None,
        end=source[1] if source is not None else None,
        cue=context.text[slice(*cue)],
        cue_start=cue[0],
        cue_end=cue[1],
        anonymous=resolved.anonymous if resolved is not None else is_anonymous(doc, saying.source),
        date=_find_said_on(context, saying),
        hedge=put.hedge,
        resolved=name if name != written else None,
    )


def _locate(context: Context, stretch: TokenSpan) -> tuple[int, int]:
    """Return where a stretch of the paragraph stands in the text."""
    return context.paragraph.locate(*stretch.chars(context.paragraph.doc))


def _find_said_on(context: Context, saying: AttributionRelation) -> date | None:
    """Return the day a source spoke: the date beside the cue, outside of what is said."""
    if saying.cue_type not in {CueType.VERB, CueType.QUOTED}:
        return None
    doc = context.paragraph.doc
    sentence = context.paragraph.get_sentence(saying.cue.start)
    for day in context.dates:
        token = doc.char_span(day.start, day.end)
        if token is None or not (sentence.start <= token.start < sentence.end):
            continue
        aside = any(inserted.has(token.start) for inserted in saying.asides)
        if (
            (saying.content.has(token.start) and not aside)
            or day.first is None
            or day.first != day.last
        ):
            continue
        future = context.published is not None and day.first > context.published
        if future and not _is_to_come(doc[saying.cue.start]):
            continue
        beside = 0 <= token.start - saying.cue.end < BESIDE
        verb = find_verb(doc, day.start, day.end)
        if beside or (verb is not None and saying.cue.has(verb.i)):
            return day.first
    return None


def _is_to_come(verb: Token) -> bool:
    """Return True if something will be said: “will tell parliament on Friday that …”."""
    return any(c.tag_ == "MD" for c in verb.lefts) or any(c.tag_ == "TO" for c in verb.lefts)


def _find_passage(context: Context, span: TokenSpan, voice: SourceChain) -> tuple[int, int]:
    """Return the sentences, whole, from which the claim and its sources come."""
    doc = context.paragraph.doc
    cues = [link.cue for link in voice.links if link.cue_type is not CueType.STRAY]
    first = min([span.start, *(c.start for c in cues)])
    last = max([span.end, *(c.end for c in cues)])
    start = context.paragraph.get_sentence(first).start
    end = context.paragraph.get_sentence(last - 1).end
    passage = TokenSpan(start, end)
    start, end = context.paragraph.locate(*passage.chars(doc))
    quote = context.text[start:end]
    return end - len(quote.lstrip()), start + len(quote.rstrip())


def _word(context: Context, statement: Statement, voice: SourceChain) -> Wording:
    doc = context.paragraph.doc
    statement = _tell_seen(doc, statement, voice)
    if not _stands_alone(doc, statement, voice):
        return _word_whole(context, statement, voice)
    return decontextualize.word_claim(doc, statement, voice.asides, context.references)


def _tell_seen(doc: Doc, statement: Statement, voice: SourceChain) -> Statement:
    """Return “Two men enter a bank”, which a guard saw, in the past."""
    root = statement.root
    seen = bool(voice.links) and doc[voice.links[-1].cue.start].lower_ in SAW
    bare = root.tag_ in {"VB", "VBP"} and not any(c.dep_ in {"aux", "auxpass"} for c in root.lefts)
    if not (seen and bare) or statement.parts or root.i + 1 >= statement.words.end:
        return statement
    start, end = statement.words
    parts = (TokenSpan(start, root.i), find_past(root.lower_), TokenSpan(root.i + 1, end))
    return replace(statement, parts=parts) if start < root.i else statement


def _stands_alone(doc: Doc, statement: Statement, voice: SourceChain) -> bool:
    """Return True unless a claim is worded with its source: "Two-thirds of voters backed …"."""
    if not voice.links:
        return True
    link = voice.links[-1]
    if _is_proposition(statement) and not _is_what_is_told(doc, statement, link):
        return True
    return _is_foretold(doc, statement, link)


def _is_proposition(statement: Statement) -> bool:
    root = statement.root
    return bool(statement.lead or statement.whole or statement.parts) or (
        is_finite(root) and (find_subject(root) or statement.subject) is not None
    )


def _is_what_is_told(doc: Doc, statement: Statement, link: AttributionRelation) -> bool:
    """Return True for “explained how it was done”: a clause that can't be read without its verb."""
    first = doc[statement.words.start]
    if first.dep_ == "advmod" and first.head.dep_ == "advcl" and first.head.i < statement.root.i:
        return False  # “say when they found Lee, he had fled”
    behind = link.source is not None and link.source.end <= link.cue.start < first.i
    return link.cue_type is CueType.VERB and behind and first.lower_ in QUESTIONING


def _is_foretold(doc: Doc, statement: Statement, link: AttributionRelation) -> bool:
    """“They expect sales to rise”: what is to happen, with a subject of its own."""
    root = statement.root
    to_do = root.tag_ == "VB" and any(c.tag_ == "TO" for c in root.lefts)
    return (
        to_do
        and doc[link.cue.start].lower_ in decontextualize.FORETELLING
        and find_subject(root) is not None
    )


def _word_whole(context: Context, statement: Statement, voice: SourceChain) -> Wording:
    """For what is no proposition by itself: what happened, or who said what of it."""
    doc, link = context.paragraph.doc, voice.links[-1]
    event = statement.root.tag_.startswith("NN") and link.cue_type in TOLD_BY_NOUN
    if event and doc[statement.words.start].lower_ != "that":
        verb = "have" if statement.root.tag_ in {"NNS", "NNPS"} else "has"
        return _join(context, f"There {verb} been", statement.words)
    suffered = complete_passive(statement, link) if link.source is None else None
    if suffered is not None:
        return decontextualize.word_claim(doc, suffered, voice.asides, context.references)
    if (
        link.source is None
        or _is_apart(context, statement, link)
        or _is_stated_before(statement, link)
    ):
        return decontextualize.word_claim(doc, statement, voice.asides, context.references)
    source = _find_source_words(context, link, link.source)
    if link.source.end <= link.cue.start < statement.words.start:
        cue = doc[link.cue.start]
        when = _find_when(context, statement, link.source, cue)
        end = max(statement.words.end, _find_end(cue))
        joined = next((c for c in cue.rights if c.dep_ == "conj" and c.tag_ == cue.tag_), None)
        if joined is not None and cue.tag_ == "VBG" and joined.nbor(-1).tag_ == "CC":
            end = min(end, joined.i - 1)
        rest = TokenSpan(_find_adverbs(cue, link.source.end), end)
        if cue.tag_ == "VBG" and rest.start == cue.i:  # “…, vowing to stay”
            one = link.head is not None and link.head.tag_ in {"NN", "NNP"}
            lasting = ("was" if one else "were", rest)  # “Democrats hoping to win”
            done = (form_past(cue.lower_), TokenSpan(cue.i + 1, end))
            return _join(context, source, *(lasting if cue.lower_ in GOING_ON else done))
        return _join(context, *when, source, rest)
    return _join(context, source, link.cue, statement.words)


def _find_when(
    context: Context, statement: Statement, source: TokenSpan, cue: Token
) -> Iterator[TokenSpan | str]:
    """Yield the “Last week,” of “Last week, Roe told the board to resign”."""
    sentence = context.paragraph.get_sentence(cue.i)
    inside = TokenSpan(sentence.start, sentence.end)
    for span in statement.opening or find_opening(cue.doc, cue, inside):
        if span.end <= source.start:
            yield from (span, ",")


def _is_apart(context: Context, statement: Statement, link: AttributionRelation) -> bool:
    """Return True if a cue cannot be told with the words: they would not read as one sentence."""
    start = statement.words.start
    if link.cue_type is CueType.ACCORDING and link.cue.start < start:
        return True
    return start >= context.paragraph.get_sentence(link.cue.start).end


def _find_adverbs(cue: Token, source_end: int) -> int:
    """Return where a verb begins with its helpers and what stands before: “at first put”."""
    first = find_first_auxiliary(cue)
    between = cue.doc[source_end:first]
    told = 0 < len(between) <= PAIR and all(t.tag_ in {"RB", "IN", "JJ"} for t in between)
    told = told and between[0].lower_ not in CONNECTING
    return source_end if told else first


def _find_end(verb: Token) -> int:
    """Return where what belongs to a verb ends: “criticised the plan in May for its cost”."""
    return max((c.right_edge.i + 1 for c in verb.rights if c.dep_ in COMPLETING), default=verb.i)


def _join(context: Context, *pieces: TokenSpan | str) -> Wording:
    return decontextualize.join_pieces(context.paragraph.doc, pieces, context.references)


def _find_source_words(
    context: Context, link: AttributionRelation, source: TokenSpan
) -> TokenSpan | str:
    """Return the mention of a source; for a "who", the words that it belongs to."""
    known = context.resolved.get(link.cue.start)
    relative = link.head is not None and link.head.tag_ in RELATIVE
    return known.name if relative and known is not None and known.name is not None else source


def _is_stated_before(statement: Statement, link: AttributionRelation) -> bool:
    """Return True if what is said stands before its cue, a sentence that the parser didn't see."""
    words = statement.words
    doc = statement.root.doc
    before = words.end <= link.cue.start
    return before and any(t.tag_ in FINITE for t in doc[words.start : words.end])


GOING_ON = word_set("hoping expecting fearing planning considering wondering trying")
"""Participles of what somebody has in mind, which is done on no one day."""
Mention = TypeVar("Mention", Figure, DateMention)


def _select_within(
    context: Context, statement: Statement, voice: SourceChain, found: list[Mention]
) -> tuple[Mention, ...]:
    """The figures or dates of a statement, moved to their place in the text, in its own words."""
    doc = context.paragraph.doc
    stretches = list(statement.stretches)
    if statement.subject is not None and not statement.parts:
        stretches.append(statement.subject)
    source = voice.links[-1].source if voice.links else None
    if source is not None and not _stands_alone(doc, statement, voice):
        stretches.append(source)
    told = [stretch.chars(doc) for stretch in stretches]
    apart = [words.chars(doc) for words in (*statement.without, *voice.asides)]
    return tuple(
        _place(context, mention)
        for mention in found
        if any(start <= mention.start and mention.end <= end for start, end in told)
        if not any(first <= mention.start < last for first, last in apart)
    )


def _place(context: Context, mention: Mention) -> Mention:
    """Return a figure or date of the paragraph as it stands in the document."""
    start, end = context.paragraph.locate(mention.start, mention.end)
    return replace(mention, text=context.text[start:end], start=start, end=end)


def _find_as_of(links: tuple[Attribution, ...], published: date | None) -> date | None:
    """Return the day the outermost dated source spoke, else the day of publication."""
    said = next((link.date for link in links if link.date is not None), published)
    return min(said, published) if said is not None and published is not None else said


def judge_statement(context: Context, statement: Statement) -> CheckWorthiness:
    """Judge how much a statement is worth checking, by the best clause of all it is worded from."""
    return score_best_clause(_list_told(context, statement), statement.root)


def _list_told(context: Context, statement: Statement) -> list[Token]:
    """Return the tokens that a statement is worded from, in order."""
    stretches = statement.stretches
    if statement.subject is not None:
        stretches = (*stretches, statement.subject)
    told = {i for stretch in stretches for i in range(*stretch)}
    told.difference_update(*(range(*stretch) for stretch in statement.without))
    return [context.paragraph.doc[i] for i in sorted(told)]
