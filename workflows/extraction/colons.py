"""Sayings told by a colon: “Minister: talks will go on”, “from the report: “…””."""

from spacy.tokens import Doc, Span

from workflows.claims import Hedge
from workflows.extraction.contents import FINITE
from workflows.extraction.sayings import Manner, Saying
from workflows.extraction.sentences import Paragraph
from workflows.extraction.sources import mention
from workflows.extraction.stretches import Stretch, last_word, trimmed
from workflows.extraction.wordlists import listed

HEADLINE_NAME = 6
"""Tokens of a headline within which its colon stands."""
DASHES = frozenset({"-", "–", "—", "--"})
LABELS = listed(
    """
    a address answer article background breaking caption comment contact correction credit date
    email example exclusive fact figure file headline image key kind list live location more name
    note notes opinion phone photo photos picture place point price q question reason related
    result results review rule section source step subject summary table task text time tip title
    topic total type update updated video views warning watch why how what when where who
    """
)
"""Words before a colon that head what follows and speak nothing."""


def by_colon(sentence: Span) -> list[Saying]:
    """“Minister: talks will go on”, as headlines and transcripts have it."""
    doc = sentence.doc
    if sentence.start != 0:
        return []
    for i in range(sentence.start + 1, min(sentence.start + HEADLINE_NAME, sentence.end - 2)):
        if doc[i].text == ":":
            source = _named(doc, sentence.start, i)
            said = trimmed(doc, i + 1, sentence.end)
            if (
                source is None
                or said is None
                or not any(t.tag_ in FINITE for t in doc[i + 1 : sentence.end])
            ):
                return []
            cue = Stretch(i, i + 1)
            return [Saying(Manner.COLON, cue, source, said, Hedge.REPORTED, doc[i - 1])]
    return []


def _named(doc: Doc, start: int, end: int) -> Stretch | None:
    """The speaker's name before a colon: capital letters throughout, and no mere label."""
    for i in range(end - 1, start, -1):
        if doc[i].text in DASHES:
            start = i + 1
    words = doc[start:end]
    if not words or words[-1].lower_ in LABELS or not words[-1].text[:1].isupper():
        return None
    if all(
        t.text[:1].isupper() or t.tag_ in {"POS", "IN", "CC", "HYPH", "."} for t in words
    ) and any(t.tag_.startswith("NN") for t in words):
        return Stretch(start, end)
    return None


def by_colon_before(paragraph: Paragraph, words: Stretch) -> Saying | None:
    """“From the report: “…””; “Mayor Lee: “…””: a name and a colon."""
    doc = paragraph.doc
    colon = last_word(doc, words.start)
    if colon is None or colon.text != ":" or colon.i == paragraph.sentence_of(colon.i).start:
        return None
    head = doc[colon.i - 1]
    if not head.tag_.startswith("NN") or head.head.i > colon.i:
        return None
    cue = Stretch(colon.i, colon.i + 1)
    return Saying(Manner.COLON, cue, mention(head), words, Hedge.REPORTED, head)
