"""Claims in what a sentence leaves out: "including …", "women at 65", "up 5 percent", "killing …".

Each is worded from the sentence's own words, in another order; what it adds is a helping word.
"""

from collections.abc import Callable
from dataclasses import replace

from workflows.extraction.decomposition.comparisons import COMPARING, find_comparisons
from workflows.extraction.decomposition.followers import find_followers
from workflows.extraction.decomposition.gapping import (
    CONTRASTING,
    find_contrasted,
    find_gaps,
    find_joined,
)
from workflows.extraction.decomposition.holders import BEFORE_RESULT, Found, cut_part
from workflows.extraction.decomposition.inclusions import (
    OF_THEM,
    find_including,
    find_of_them,
)
from workflows.extraction.decomposition.listings import find_listed
from workflows.extraction.decomposition.moves import NOUNS_OF_MOVES, SIGNS, find_changes, find_moves
from workflows.extraction.decomposition.results import (
    find_earlier,
    find_records,
    find_results,
)
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import FINITE, find_subject


def find_elliptic(
    paragraph: Paragraph, inside: TokenSpan, known: list[Statement]
) -> list[Statement]:
    """The known statements of a sentence, cut free of what is elliptic, and those made of it."""
    doc = paragraph.doc
    said = paragraph.words[inside.start : inside.end]
    tags = {token.tag_ for token in doc[inside.start : inside.end]}
    made: list[Statement] = []
    for find, signs in FINDERS:
        if signs.isdisjoint(said) or NEEDED.get(find) not in {None, *tags}:
            continue
        cut: list[TokenSpan] = []
        fresh: list[Statement] = []
        for statement, gap in find(doc, inside, known + made):
            whole = not any(gap.overlaps(other) for other in cut)
            if whole and (find is not find_results or _is_closed(doc, gap, inside)):
                fresh.append(statement)
                cut.append(gap)
        if cut:
            known = [_cut_gaps(doc, statement, cut) for statement in known]
            made = [_cut_gaps(doc, statement, cut) for statement in made] + fresh
    return known + made


def split_followers(doc: Doc, statement: Statement) -> list[Statement]:
    """Return a statement without those who followed, and who did."""
    found = list(find_followers(doc, statement.words, [statement]))
    return [_cut_gaps(doc, statement, [gap for _, gap in found]), *(made for made, _ in found)]


def _is_closed(doc: Doc, gap: TokenSpan, inside: TokenSpan) -> bool:
    """Return True if a mark or a conjunction stands behind what came of something."""
    if gap.end >= inside.end:
        return True
    last, following = doc[gap.end - 1], doc[gap.end]
    return last.is_punct or following.is_punct or following.tag_ in {"CC", "IN"}


def _cut_gaps(doc: Doc, statement: Statement, gaps: list[TokenSpan]) -> Statement:
    """Return a statement without the stretches that became others'."""
    words = statement.words
    without = list(statement.without)
    for gap in sorted(gaps, reverse=True):
        if not words.overlaps(gap) or gap.has(statement.root.i) or gap.contains(words):
            continue
        if gap.end >= words.end or not any(_is_word(t) for t in doc[gap.end : words.end]):
            words = trim_span(doc, words.start, gap.start) or words
        else:
            without.append(gap)
    for gap in sorted(without, reverse=True):
        if words.has(gap.start) and words.end <= gap.end and not gap.has(statement.root.i):
            words = trim_span(doc, words.start, gap.start) or words
    if not statement.parts and _is_torn(doc, statement.words, words, without):
        return statement
    parts = tuple(p for part in statement.parts for p in cut_part(doc, part, gaps))
    return replace(statement, words=words, without=tuple(without), parts=parts)


def _is_torn(doc: Doc, whole: TokenSpan, words: TokenSpan, without: list[TokenSpan]) -> bool:
    """Return True if a verb in a tense would stand without its subject, that was cut out."""
    kept = {i for i in range(*words) if not any(gap.has(i) for gap in without)}
    for token in doc[words.start : words.end]:
        if token.tag_ in FINITE and token.i in kept:
            verb = token.head if token.dep_ in {"aux", "auxpass"} else token
            subject = find_subject(verb)
            if subject is not None and whole.has(subject.i) and subject.i not in kept:
                return True
    return False


def _is_word(token: Token) -> bool:
    return not token.is_punct and not token.is_space


Finder = Callable[[Doc, TokenSpan, list[Statement]], Found]
FINDERS: tuple[tuple[Finder, frozenset[str]], ...] = (
    (find_moves, SIGNS),
    (find_results, BEFORE_RESULT),
    (find_records, BEFORE_RESULT),
    (find_earlier, frozenset({"after"})),
    (find_changes, frozenset(NOUNS_OF_MOVES)),
    (find_comparisons, COMPARING),
    (find_followers, frozenset({"followed"})),
    (find_listed, frozenset({";"})),
    (find_joined, frozenset({"and"})),
    (find_contrasted, CONTRASTING),
    (find_gaps, frozenset({",", ";", "and"})),
    (find_of_them, OF_THEM),
    (find_including, frozenset({"including", "among"})),
)
"""Each rule with the words of which one must stand in the sentence."""
OF_FIGURES: tuple[Finder, ...] = (
    find_moves,
    find_changes,
    find_comparisons,
    find_contrasted,
    find_gaps,
    find_followers,
)
NEEDED = dict.fromkeys(OF_FIGURES, "CD") | {
    find_results: "VBG",
    find_earlier: "VBG",
    find_records: "JJS",
}
"""Rules that find nothing without a figure, or without a participle."""
