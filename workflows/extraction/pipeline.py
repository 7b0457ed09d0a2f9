"""From a text to its claims: the stages in order, and the only place that knows them all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from spacy.language import Language

from workflows.claims import FoundClaim
from workflows.extraction.attribution import chains
from workflows.extraction.attribution.chains import SourceChain
from workflows.extraction.attribution.find import find_attributions
from workflows.extraction.attribution.relation import CueType
from workflows.extraction.check_worthiness.model import CheckWorthiness, score_sentence
from workflows.extraction.claims import (
    build,
    corrections,
    gate,
    headlines,
    journals,
    prominence,
    rebuttals,
    standalone,
)
from workflows.extraction.claims.context import Context
from workflows.extraction.claims.headlines import is_announced
from workflows.extraction.claims.own_speech import is_naming, strip_own_saying
from workflows.extraction.decomposition import (
    appositives,
    carriers,
    circumstances,
    clauses,
    ellipsis,
    gaps,
    interrupted,
    reported_measures,
    wishes,
)
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Span, find_root
from workflows.extraction.quantities.dates import find_told_day, find_written_day
from workflows.extraction.references.resolve import ReferenceResolver
from workflows.extraction.setting import police
from workflows.extraction.setting.complete import Setting
from workflows.extraction.setting.measures import extend_name
from workflows.extraction.setting.timeline import Timeline
from workflows.extraction.text import sentences
from workflows.extraction.text.document import read_document
from workflows.extraction.text.owners import Owner, find_section
from workflows.extraction.text.parts import PartKind
from workflows.extraction.text.plain_text import make_readable
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import MARKS, TokenSpan
from workflows.extraction.text.speech_acts import find_speech_acts
from workflows.extraction.text.studies import find_study
from workflows.extraction.text.syntax import is_finite
from workflows.extraction.text.turns import write_name

CHECKABLE = 0.5
"""The check-worthiness from which a statement stands beside the others of its voice."""
FEWEST = 2
WIDE = 6
"""Tokens of an aside from which what stands before and behind it, no shorter, are two passages."""


class ScoredClause(NamedTuple):
    """A statement of a voice, and how much it is worth checking."""

    voice: SourceChain
    statement: Statement
    worth: CheckWorthiness


def extract_claims(
    nlp: Language,
    text: str,
    published: date | None,
    reached: Callable[[int], None] = lambda _: None,
) -> tuple[FoundClaim, ...]:
    """Return the claims of a text in the order in which they stand.

    `reached` is told the offset of each paragraph as it is come to.
    """
    found: list[FoundClaim] = []
    headed: list[int] = []
    headed_by: Owner | None = None
    resolver = ReferenceResolver()
    told_day: date | None = None
    document = read_document(text)
    dateline = text[slice(*document.dateline)] if document.dateline is not None else ""
    written = find_written_day(dateline, published)
    timeline = Timeline(written)
    company = document.organisation
    if company is not None:
        company = extend_name(text, company)
        resolver.introduce_company(text[slice(*company)], *company)
    study = find_study(text)
    resolver.introduce_study(study)
    if document.place is not None:
        resolver.introduce_dateline(write_name(text[slice(*document.place)]), *document.place)
    for paragraph in sentences.read_paragraphs(nlp, text, document.parts):
        reached(paragraph.start)
        section = find_section(document.sections, paragraph.start)
        if section is not None and section.head not in {None, headed_by}:
            headed_by = section.head
            resolver.introduce_company(headed_by.name, headed_by.start, headed_by.end)
        acts = find_speech_acts(paragraph)
        heard = [
            saying
            for saying in find_attributions(paragraph)
            if not any(act.withholds(saying.cue.start) for act in acts)
        ]
        context = Context.build(text, paragraph, written, heard, resolver, acts, told_day)
        told_day = find_told_day(context.dates) or told_day
        if paragraph.kind is PartKind.TEXT:
            timeline.read(paragraph, context.dates, frozenset(s.cue.start for s in heard))
        before = len(found)
        found.extend(_extract_paragraph(context, chains.build_chains(heard)))
        if paragraph.kind is PartKind.HEADING:
            headed.extend(range(before, len(found)))
    told = headlines.drop_announced(found, headed)
    place = text[slice(*document.place)] if document.place is not None else None
    whereabouts = resolver.whereabouts
    setting = Setting.read(text, written, document, company, whereabouts, told, timeline)
    force = police.find_police(text, write_name(place) if place is not None else None)
    completed = (police.name_police(setting.complete(claim), force) for claim in told)
    placed = journals.share_study([journals.name_study(claim, study) for claim in completed], text)
    prominent = prominence.weigh_prominence(placed, text, document.parts)
    return rebuttals.link_rebuttals(standalone.weigh_standalone(prominent))


def score_sentences(nlp: Language, texts: Sequence[str]) -> list[float]:
    """Return how check-worthy each sentence is, 0 to 1."""
    readable = (make_readable(text)[: sentences.LONGEST] for text in texts)
    return [score_sentence(Doc(doc)).score for doc in nlp.pipe(readable, batch_size=256)]


def _extract_paragraph(context: Context, outer: list[SourceChain]) -> Iterator[FoundClaim]:
    found = [claim for voice in outer for claim in _extract_chain(context, voice)]
    found += [
        _build_own_claim(context, cut, nested=nested)
        for statement, nested in _iter_all_own_statements(context, outer)
        if (cut := context.cut_doubt(statement)) is not None
    ]
    kept = corrections.correct(
        context.text, context.paragraph, [claim for claim in found if claim is not None]
    )
    yield from sorted(kept, key=lambda claim: (claim.quote_start, claim.start, claim.nested))


def _iter_all_own_statements(
    context: Context, outer: list[SourceChain]
) -> Iterator[tuple[Statement, bool]]:
    """Yield what is stated in a paragraph by nobody but whose paragraph it is."""
    paragraph = context.paragraph
    for sentence in paragraph.sentences:
        for statement, nested in _iter_own_statements(paragraph, sentence, outer):
            if not any(act.words.has(statement.root.i) for act in context.acts):
                yield statement, nested
    for act in context.acts:
        if act.claimed is not None:
            for statement in clauses.find_statements(paragraph, act.claimed):
                if not carriers.is_taken_up(paragraph.doc, statement.words, outer):
                    yield statement, False


def _pass_gate(claim: FoundClaim, statement: Statement) -> FoundClaim | None:
    """Return the claim if it can be posted or mended with one edit."""
    fault = gate.find_fault(claim, statement)
    if fault in gate.MENDABLE:
        return replace(claim, needs_words=True)
    return claim if fault is None else None


def _build_own_claim(context: Context, statement: Statement, *, nested: bool) -> FoundClaim | None:
    judged = build.judge_statement(context, statement)
    voice = SourceChain((), statement.words)
    claim = build.build_claim(context, statement, voice, judged, nested=nested)
    return _pass_gate(claim, statement)


def _extract_chain(context: Context, voice: SourceChain) -> Iterator[FoundClaim | None]:
    """The claims of one voice: those that stand beside each other, and those nested in them."""
    told = [
        ScoredClause(owner, statement, build.judge_statement(context, statement))
        for owner, statement in _iter_statements(context.paragraph, voice)
        if context.is_claimed(statement.root.i)
    ]
    beside = _assign_spans(context.paragraph.doc, told, voice)
    for each in told:
        span = beside.pop(each.statement.words, None)
        claim = build.build_claim(
            context, each.statement, each.voice, each.worth, span=span, nested=span is None
        )
        yield _pass_gate(claim, each.statement)


def _assign_spans(
    doc: Doc, told: list[ScoredClause], voice: SourceChain
) -> dict[TokenSpan, TokenSpan]:
    """By its words, the part of a voice's content that each statement stands for."""
    found: dict[TokenSpan, TokenSpan] = {}
    for part in _split_content(doc, told, voice):
        inside = [t for t in told if part.has(t.statement.root.i)]
        found.update(_share_content(doc, inside, part, voice.asides))
    return found


def _split_content(doc: Doc, told: list[ScoredClause], voice: SourceChain) -> list[TokenSpan]:
    """Return what a voice says, in the parts that a long aside breaks it into."""
    start, end = voice.content
    found: list[TokenSpan] = []
    for aside in sorted(voice.asides):
        before, after = TokenSpan(start, aside.start), TokenSpan(aside.end, end)
        width = sum(
            1 for t in doc[aside.start : aside.end] if t.text not in MARKS and not t.is_space
        )
        wide = min(before.length, width, after.length) >= WIDE
        if wide and all(
            any(part.has(t.statement.root.i) for t in told) for part in (before, after)
        ):
            found.append(before)
            start = aside.end
    return [*found, TokenSpan(start, end)]


def _share_content(
    doc: Doc, told: list[ScoredClause], part: TokenSpan, asides: tuple[TokenSpan, ...]
) -> dict[TokenSpan, TokenSpan]:
    """Several statements each worth checking share a part; else the fullest stands for it."""
    worthy = _keep_outermost([t.statement.words for t in told if t.worth.score >= CHECKABLE])
    if len(worthy) < FEWEST:
        every = [t.statement.words for t in told]
        fullest = max(every, key=lambda words: chains.count_words(doc, words), default=None)
        return {} if fullest is None else {fullest: part}
    edges = [part.start, *(words.start for words in worthy[1:]), part.end]
    return {
        words: clauses.isolate(doc, TokenSpan(*ends), asides)
        for words, ends in zip(worthy, pairwise(edges), strict=True)
    }


def _keep_outermost(every: list[TokenSpan]) -> list[TokenSpan]:
    """Return those that lie in no other, in order."""
    found: list[TokenSpan] = []
    for words in sorted(every, key=lambda words: (words.start, -words.end)):
        if not found or words.start >= found[-1].end:
            found.append(words)
    return found


def _iter_statements(
    paragraph: Paragraph, voice: SourceChain
) -> Iterator[tuple[SourceChain, Statement]]:
    """Yield each statement of a voice, those of the voices within it in their place."""
    doc = paragraph.doc
    inside = [inner for inner in voice.inner if _is_speaking(paragraph, inner)]
    own = (
        (_is_headline(paragraph) and headlines.find_news(paragraph, voice.content, headed=True))
        or reported_measures.find_statements(paragraph, voice)
        or interrupted.find_statements(paragraph, voice.content, voice.asides)
        or clauses.find_statements(paragraph, voice.content, voice.asides)
        or (_is_spoken(voice) and headlines.find_news(paragraph, voice.content, headed=False))
        or _take_whole(doc, voice)
    )
    own = _add_news(paragraph, voice.content, _lend_condition(doc, voice, own))
    beside = list(appositives.find_appositives(paragraph, voice.content, own))
    own = appositives.cut_appositives(own, beside)
    claimed: list[TokenSpan] = []
    lent = map(wishes.complete_wish, map(gaps.lend_antecedent, own))
    for statement in map(strip_own_saying, lent):
        if is_naming(statement):
            continue
        attitude = bool(inside) and not statement.lead and not is_finite(statement.root)
        taken = carriers.is_taken_up(doc, statement.words, inside)
        if not attitude and (not taken or carriers.is_within_noun(doc, statement, inside)):
            yield voice, statement
            claimed.append(statement.words)
    for statement in beside:
        # Only what stands in a longer statement: it is never to stand for all that is said.
        says = any(inner.links[-1].cue.has(statement.root.i) for inner in voice.inner)
        within = _is_left_within(statement, claimed)
        if within and not says and not carriers.is_taken_up(doc, statement.words, inside):
            yield voice, statement
    for inner in inside:
        yield from _iter_statements(paragraph, inner)


def _add_news(paragraph: Paragraph, words: TokenSpan, own: list[Statement]) -> list[Statement]:
    """Return the statements with the news behind them: “Ferries collide, nine hurt”."""
    if not _is_headline(paragraph):
        return own
    added = headlines.find_added(paragraph, words)
    kept = [s for s in own if not any(news.words.contains(s.words) for news in added)]
    told = [statement.words for statement in kept]
    return kept + [news for news in added if not any(each.overlaps(news.words) for each in told)]


def _lend_condition(doc: Doc, voice: SourceChain, own: list[Statement]) -> list[Statement]:
    link = voice.links[-1]
    if link.cue_type is not CueType.VERB or link.cue.start > voice.content.start:
        return own
    return circumstances.lend_condition(doc[link.cue.start], own)


def _take_whole(doc: Doc, voice: SourceChain) -> list[Statement]:
    """Return what a voice says, which is no clause, and who followed in “found Lee the winner”."""
    whole = Statement(find_root(doc[voice.content.start : voice.content.end]), voice.content)
    verb = doc[voice.links[-1].cue.start] if voice.links else whole.root
    if not is_finite(verb) or verb.i >= whole.words.start:
        return [whole]
    cut, *followers = ellipsis.split_followers(doc, replace(whole, root=verb))
    return [replace(cut, root=whole.root), *followers]


def _is_spoken(voice: SourceChain) -> bool:
    """Return True unless a verb takes what is told as its object: “called for the jailing of”."""
    return not voice.links or voice.links[-1].cue_type not in {CueType.VERB, CueType.NOUN}


def _is_headline(paragraph: Paragraph) -> bool:
    """Return True if a paragraph ends without a stop, as headlines do."""
    return not paragraph.text.endswith((".", "!", "?", "”", '"', "’", "'", ")"))


def _is_speaking(paragraph: Paragraph, voice: SourceChain) -> bool:
    """Return True if a voice within another tells something of its own, not just an attitude."""
    if voice.links[-1].cue_type is not CueType.VERB:
        return True
    told = clauses.find_statements(paragraph, voice.content)
    return any(is_finite(statement.root) for statement in told)


def _iter_own_statements(
    paragraph: Paragraph, sentence: Span, outer: list[SourceChain]
) -> Iterator[tuple[Statement, bool]]:
    """Yield what the document itself states in a sentence, and whether within another claim."""
    whole = TokenSpan(sentence.start, sentence.end)
    headed = paragraph.kind is PartKind.HEADING
    # What was asked and confirmed has lost its question mark, but is no headline.
    confirmed = paragraph.turn is not None and paragraph.turn.confirms
    stated = [] if confirmed else headlines.find_news(paragraph, whole, headed=headed)
    stated = stated or [
        strip_own_saying(statement) for statement in clauses.find_statements(paragraph, whole)
    ]
    stated = _add_news(paragraph, whole, stated)
    beside = list(appositives.find_appositives(paragraph, whole, stated))
    claimed: list[TokenSpan] = []
    for statement in (*appositives.cut_appositives(stated, beside), *beside):
        lent = bool(statement.lead or statement.parts)
        states = lent or is_finite(statement.root) or is_announced(statement.root)
        if states and not carriers.is_told(paragraph, statement, outer):
            told = carriers.cut_carrier(paragraph.doc, statement, outer)
            yield told, _is_left_within(told, claimed)
            claimed.append(told.words)


def _is_left_within(statement: Statement, claimed: Sequence[TokenSpan]) -> bool:
    """Return True if an apposition or relative clause was left standing in the words of a claim."""
    return any(words != statement.words and words.contains(statement.words) for words in claimed)
