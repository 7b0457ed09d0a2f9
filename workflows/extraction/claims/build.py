"""One claim put together from a statement, the voice that makes it and the paragraph around it."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

from spacy.tokens import Doc, Token

from workflows.claims import Attribution, DateMention, Figure, FoundClaim, Hedge
from workflows.extraction.attribution.chains import Voice
from workflows.extraction.attribution.relation import Manner, Saying
from workflows.extraction.attribution.source_mention import is_anonymous, mention
from workflows.extraction.check_worthiness.model import Worth, worth
from workflows.extraction.claims import decontextualize, hedges
from workflows.extraction.claims.clauses import Statement
from workflows.extraction.claims.context import Context
from workflows.extraction.claims.hedges import Put
from workflows.extraction.text.spans import Stretch, subtree
from workflows.extraction.text.syntax import FINITE, is_finite, subject_of

RELATIVE = frozenset({"WP", "WDT"})
HELPERS = frozenset({"aux", "auxpass", "neg"})


def whole(statement: Statement, link: Saying) -> Statement | None:
    """The passive with what it tells, if this is one and its subject is certain."""
    verb = statement.root.doc[link.cue.start]
    if link.manner is not Manner.VERB or verb.tag_ != "VBN" or statement.words.start < verb.i:
        return None
    subject = _sufferer(verb)
    rest = Stretch(first_helper(verb), statement.words.end)
    if subject is None:
        return _lent(verb, rest)
    if subject.tag_ in RELATIVE:
        return Statement(verb, rest, mention(verb.head)) if verb.dep_ == "relcl" else None
    if subject.left_edge.tag_ == "WP$":
        return None
    return Statement(verb, Stretch(subject.left_edge.i, statement.words.end))


def first_helper(verb: Token) -> int:
    """Where a verb begins with its helpers: "did not respond"."""
    return min([verb.i, *(c.i for c in verb.lefts if c.dep_ in HELPERS)])


def _lent(verb: Token, rest: Stretch) -> Statement | None:
    """A bare participle with the subject before it: "clerks accused of …", "tried and accused"."""
    if rest.start < verb.i:
        return None
    if verb.dep_ == "acl":
        were = "were" if verb.head.tag_ in {"NNS", "NNPS"} else "was"
        return Statement(verb, rest, mention(verb.head, verb), were)
    subject = _sufferer(verb.head) if verb.dep_ == "conj" else None
    if subject is None or subject.tag_ in RELATIVE or subject.left_edge.tag_ == "WP$":
        return None
    helpers = " ".join(c.text for c in verb.head.lefts if c.dep_ in HELPERS)
    return Statement(verb, rest, subtree(subject), helpers)


def _sufferer(verb: Token) -> Token | None:
    return next((c for c in verb.lefts if c.dep_ == "nsubjpass"), None)


def claim(
    context: Context,
    statement: Statement,
    voice: Voice,
    judged: Worth,
    *,
    nested: bool,
    span: Stretch | None = None,
) -> FoundClaim:
    """The claim of a statement; `span` is what it stands for, its own words if none is given."""
    paragraph = context.paragraph
    doc, offset = paragraph.doc, paragraph.start
    start, end = (span or statement.words).chars(doc)
    quote_start, quote_end = _passage(context, span or statement.words, voice)
    own = hedges.of_statement(statement.root, statement.words)
    puts = [_put(context, link) for link in voice.links]
    if puts:
        puts[-1] = hedges.weakest([puts[-1], own])
    links = tuple(
        _link(context, link, put)
        for link, put, outer in zip(voice.links, puts, (None, *voice.links), strict=False)
        if not _same_voice(link, outer)
    )
    put = hedges.weakest([*puts, own])
    return FoundClaim(
        words=_words(context, statement, voice),
        quote=context.text[quote_start:quote_end],
        quote_start=quote_start,
        start=start + offset,
        end=end + offset,
        attribution=links,
        hedge=put.hedge,
        hedge_cue=put.words,
        polarity=hedges.polarity(statement.root, statement.words),
        figures=_within(context, statement, context.figures),
        dates=_within(context, statement, context.dates),
        as_of=_as_of(links, context.published),
        check_worthiness=judged.score,
        worth_reasons=judged.reasons,
        nested=nested,
    )


def _same_voice(link: Saying, outer: Saying | None) -> bool:
    """“He voiced concern about …”: the noun adds no source to its own speaker."""
    return outer is not None and link.source is not None and link.source == outer.source


def _put(context: Context, link: Saying) -> Put:
    unsure = context.unsure.get(link.cue.start)
    if unsure is not None:
        return Put(Hedge.UNCONFIRMED, unsure)
    return hedges.of_cue(context.paragraph.doc, link.cue, link.hedge)


def _link(context: Context, saying: Saying, put: Put) -> Attribution:
    doc = context.paragraph.doc
    cue = _place(context, saying.cue)
    source = _place(context, saying.source) if saying.source is not None else None
    resolved = context.resolved.get(saying.cue.start)
    return Attribution(
        source=context.text[slice(*source)] if source is not None else None,
        start=source[0] if source is not None else None,
        end=source[1] if source is not None else None,
        cue=context.text[slice(*cue)],
        cue_start=cue[0],
        cue_end=cue[1],
        anonymous=resolved.anonymous if resolved is not None else is_anonymous(doc, saying.source),
        date=_said_on(context, saying),
        hedge=put.hedge,
        resolved=resolved.name if resolved is not None else None,
    )


def _place(context: Context, stretch: Stretch) -> tuple[int, int]:
    """Where a stretch of the paragraph stands in the text."""
    start, end = stretch.chars(context.paragraph.doc)
    return start + context.paragraph.start, end + context.paragraph.start


def _said_on(context: Context, saying: Saying) -> date | None:
    """The day a source spoke: the date beside the cue, outside of what is said."""
    doc = context.paragraph.doc
    sentence = context.paragraph.sentence_of(saying.cue.start)
    for day in context.dates:
        token = doc.char_span(day.start, day.end, alignment_mode="expand")
        if token is None or not (sentence.start <= token.start < sentence.end):
            continue
        if saying.content.has(token.start) or day.first != day.last:
            continue
        if saying.manner in {Manner.VERB, Manner.QUOTED}:
            return day.first
    return None


def _passage(context: Context, span: Stretch, voice: Voice) -> tuple[int, int]:
    """The sentences, whole, from which the claim and its sources come."""
    doc, offset = context.paragraph.doc, context.paragraph.start
    cues = [link.cue for link in voice.links if link.manner is not Manner.STRAY]
    first = min([span.start, *(c.start for c in cues)])
    last = max([span.end, *(c.end for c in cues)])
    start = context.paragraph.sentence_of(first).start
    end = context.paragraph.sentence_of(last - 1).end
    passage = doc[start:end]
    start, end = offset + passage.start_char, offset + passage.end_char
    quote = context.text[start:end]
    return end - len(quote.lstrip()), start + len(quote.rstrip())


def _words(context: Context, statement: Statement, voice: Voice) -> str:
    doc = context.paragraph.doc
    if voice.links and not (_proposes(statement) or _foretold(doc, statement, voice.links[-1])):
        return _whole(context, statement, voice)
    return decontextualize.words(doc, statement, voice.asides, context.names)


def _proposes(statement: Statement) -> bool:
    root = statement.root
    return bool(statement.lead) or (
        is_finite(root) and (subject_of(root) or statement.subject) is not None
    )


def _foretold(doc: Doc, statement: Statement, link: Saying) -> bool:
    """“They expect sales to rise”: what is to happen, with a subject of its own."""
    root = statement.root
    to_do = root.tag_ == "VB" and any(c.tag_ == "TO" for c in root.lefts)
    return (
        to_do
        and doc[link.cue.start].lower_ in decontextualize.FORETELLING
        and subject_of(root) is not None
    )


def _whole(context: Context, statement: Statement, voice: Voice) -> str:
    """For what is no proposition by itself: what happened, or who said what of it."""
    doc, link = context.paragraph.doc, voice.links[-1]
    if link.manner is Manner.NOUN and statement.root.tag_ != "VBG":
        verb = "have" if statement.root.tag_ in {"NNS", "NNPS"} else "has"
        return decontextualize.polished(f"There {verb} been {statement.words.text(doc)}")
    suffered = whole(statement, link) if link.source is None else None
    if suffered is not None:
        return decontextualize.words(doc, suffered, voice.asides, context.names)
    if link.source is None or _states_before(statement, link):
        return decontextualize.polished(statement.words.text(doc))
    known = context.resolved.get(link.cue.start)
    source = known.name if known is not None else link.source.text(doc)
    if link.source.end <= link.cue.start < statement.words.start:
        rest = doc[first_helper(doc[link.cue.start]) : statement.words.end].text
        return decontextualize.polished(f"{source} {rest}")
    return decontextualize.polished(f"{source} {link.cue.text(doc)} {statement.words.text(doc)}")


def _states_before(statement: Statement, link: Saying) -> bool:
    """Whether what is said stands before its cue as a sentence, though the parser saw none."""
    words = statement.words
    doc = statement.root.doc
    before = words.end <= link.cue.start
    return before and any(t.tag_ in FINITE for t in doc[words.start : words.end])


Mention = TypeVar("Mention", Figure, DateMention)


def _within(context: Context, statement: Statement, found: list[Mention]) -> tuple[Mention, ...]:
    """The figures or dates of a statement, moved to their place in the text, in its own words."""
    start, end = statement.words.chars(context.paragraph.doc)
    offset = context.paragraph.start
    apart = [words.chars(context.paragraph.doc) for words in statement.without]
    return tuple(
        replace(
            mention,
            text=context.text[mention.start + offset : mention.end + offset],
            start=mention.start + offset,
            end=mention.end + offset,
        )
        for mention in found
        if start <= mention.start and mention.end <= end
        if not any(first <= mention.start < last for first, last in apart)
    )


def _as_of(links: tuple[Attribution, ...], published: date | None) -> date | None:
    """The day the outermost dated source spoke, else the day of publication."""
    return next((link.date for link in links if link.date is not None), published)


def judged(context: Context, statement: Statement) -> Worth:
    doc = context.paragraph.doc
    return worth(doc[statement.words.start : statement.words.end])
