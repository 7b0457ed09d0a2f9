"""What a page says about a claim: its best sentence, verbatim, with its place. Pure.

A sentence is offered, not believed: whoever attaches the link reads it and says what it shows.
"""

import re
from collections.abc import Iterator, Sequence

from workflows.claims import PagePassage, Place
from workflows.documents.document import find_places
from workflows.matching.ranking import Query, list_terms, measure_cover, score_texts

LONGEST_PAGE = 400_000
"""Characters of a page that are looked through."""
LONGEST = 480
"""Characters of a passage: it fits into a note."""
LEAST_COVER, FEWEST = 0.34, 2
"""The share of a claim's weight, and how many of its words, that a passage must hold."""
_SHORTEST = 4
"""Words of a sentence; fewer are a heading or a link."""
_PARAGRAPH = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?…]+[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9À-Þ])")
_NO_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Gov|Sen|Rep|St|Jr|Sr|vs|No|Inc|Ltd|Co|Corp"
    r"|approx|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec)|\b[A-Z](?:\.[A-Z])*)\.\s*$"
)


def find_best_passage(
    words: str, text: str, places: Sequence[Place] = (), title: str = ""
) -> PagePassage | None:
    """Return the sentence of a page that says most about a claim; None where none does.

    Its place is the page's own, or else its paragraph's number. That the `title` says it is seen
    anyway: where it stands in the text again, it is no passage.
    """
    query, page = Query.of(words), text[:LONGEST_PAGE]
    spans = [span for span in iter_sentences(page) if page[slice(*span)] != title.strip()]
    terms = [list_terms(page[start:end]) for start, end in spans]
    scores = score_texts(query, terms)
    best = max(range(len(spans)), key=scores.__getitem__, default=None)
    if best is None or measure_cover(query, terms[best]) < LEAST_COVER:
        return None
    if len(set(terms[best]) & set(query.weights)) < FEWEST:
        return None
    start, end = spans[best]
    said = page[start:end]
    if len(said) > LONGEST:
        said = said[:LONGEST].rpartition(" ")[0]
    (place,) = find_places(text, places, [start])
    return PagePassage(said, start, place)


def iter_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each sentence of a text that is more than a heading."""
    for paragraph in _PARAGRAPH.finditer(text):
        begin = paragraph.start()
        for end in _iter_ends(paragraph[0]):
            stop = paragraph.start() + end
            said = text[begin:stop]
            lead = len(said) - len(said.lstrip())
            if len(said.split()) >= _SHORTEST:
                yield begin + lead, begin + len(said.rstrip())
            begin = stop


def _iter_ends(paragraph: str) -> Iterator[int]:
    begin = 0
    for end in _END.finditer(paragraph):
        if not _NO_END.search(paragraph, begin, end.end()):
            yield end.end()
            begin = end.end()
    yield len(paragraph)
