"""Statements in a stretch of text: coordinated, contrasted and accompanying clauses, each alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from workflows.extraction.attribution.source_mention import mention
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import Stretch, is_edge, trimmed
from workflows.extraction.text.syntax import SUBJECTS, is_finite, subject_of

CONTRAST = frozenset({"while", "although", "though", "whereas"})
RELATIVE_TIME = frozenset({"when", "where"})
RELATIVE_SUBJECT = frozenset({"who", "which"})
FEWEST = 4
"""Words a statement needs at least."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause that can stand alone: `subject` and `lead` are lent to it where it lacks them.

    `without` are clauses inside of it that are statements of their own.
    """

    root: Token
    words: Stretch
    subject: Stretch | None = None
    lead: str = ""
    without: tuple[Stretch, ...] = ()


def statements(
    paragraph: Paragraph, content: Stretch, asides: tuple[Stretch, ...] = ()
) -> list[Statement]:
    """The statements in a stretch, in order; the first part of each sentence comes first."""
    found: list[Statement] = []
    doc = paragraph.doc
    for sentence in paragraph.sentences_of(content):
        start, end = max(sentence.start, content.start), min(sentence.end, content.end)
        start, end = _without_asides(start, end, asides)
        inside = trimmed(doc, start, end)
        if inside is not None:
            found.extend(_of_sentence(doc, inside))
    return found


def _without_asides(start: int, end: int, asides: tuple[Stretch, ...]) -> tuple[int, int]:
    """A stretch cut free of the asides at its ends: what stands there is not said."""
    for aside in asides:
        if start < aside.start < end <= aside.end:
            end = aside.start
        elif aside.start <= start < aside.end < end:
            start = aside.end
    return start, end


def _of_sentence(doc: Doc, inside: Stretch) -> list[Statement]:
    root = _main_verb(doc, inside)
    if root is None:
        return []
    hints = [t for t in doc[inside.start : inside.end] if t.dep_ in {"relcl", "mark"}]
    found = {clause.root.i: clause for clause in _clauses(root, inside, hints)}
    clauses = sorted(found.values(), key=lambda c: c.words.start)
    return [_without_others(doc, clause, clauses) for clause in clauses]


def _main_verb(doc: Doc, inside: Stretch) -> Token | None:
    """The finite verb (or its participle) that heads a stretch."""
    root = doc[inside.start : inside.end].root
    if is_finite(root):
        return root
    for token in doc[inside.start : inside.end]:
        hangs_on_it = token.dep_ in {"ccomp", "acl", "relcl", "conj"} and token.head.i == root.i
        if hangs_on_it and is_finite(token) and subject_of(token) is not None:
            return token
    return None


def _clauses(root: Token, inside: Stretch, hints: list[Token]) -> Iterator[Statement]:
    """The main clause and all that can be told apart from it.

    `hints` are the relative clauses and conjunctions inside: looked for once, not for each verb.
    """
    yield Statement(root, _span(root, inside))
    lent = subject_of(root)
    subject = Stretch(lent.left_edge.i, lent.right_edge.i + 1) if lent is not None else None
    verb: Token | None = root
    while verb is not None:
        yield from _beside(verb, subject, inside, hints)
        following = next((c for c in verb.rights if c.dep_ == "conj" and is_finite(c)), None)
        if following is not None and inside.has(following.i):
            own = subject_of(following)
            if own is not None or subject is not None:
                words = _span(following, inside)
                if _long_enough(following.doc, words):
                    yield Statement(following, words, subject if own is None else None)
        verb = following
    yield from _second_that(root, inside, hints)


def _second_that(root: Token, inside: Stretch, hints: list[Token]) -> Iterator[Statement]:
    """“…, and that …”: a further clause of the same content, wherever the parser hung it."""
    doc = root.doc
    for token in hints:
        if not inside.start < token.i < inside.end - FEWEST:
            continue
        if token.lower_ == "that" and token.dep_ == "mark" and doc[token.i - 1].dep_ == "cc":
            verb = token.head
            if verb.i > token.i and verb.i != root.i and is_finite(verb) and subject_of(verb):
                words = trimmed(doc, token.i + 1, min(verb.right_edge.i + 1, inside.end))
                if words is not None:
                    yield Statement(verb, words)


def _beside(
    verb: Token, subject: Stretch | None, inside: Stretch, hints: list[Token]
) -> Iterator[Statement]:
    """Clauses that accompany a verb: contrasts, "with … doing", times and persons told more of."""
    for child in verb.children:
        if not inside.has(child.i):
            continue
        if child.dep_ == "advcl" and _contrasts(child):
            yield Statement(child, _span(child, inside))
        elif child.dep_ == "prep" and child.lower_ == "with":
            yield from _with(child, subject, inside)
    words = _span(verb, inside)
    for token in hints:
        if not words.has(token.i):
            continue
        if token.dep_ == "relcl" and _hangs_beside(token.head, verb) and told_more(token):
            yield from relative(token, inside)


def _hangs_beside(noun: Token, verb: Token) -> bool:
    """Whether a noun stands behind a verb, or is its subject."""
    return noun.i > verb.i or (noun.dep_ in SUBJECTS and noun.head.i == verb.i)


def _contrasts(clause: Token) -> bool:
    marked = any(t.dep_ == "mark" and t.lower_ in CONTRAST for t in clause.lefts)
    return marked and is_finite(clause) and subject_of(clause) is not None


def _with(preposition: Token, subject: Stretch | None, inside: Stretch) -> Iterator[Statement]:
    """“With some forty of them repairing …”; “with 900 in its reserve”."""
    doc = preposition.doc
    for child in preposition.rights:
        if child.dep_ == "pcomp" and child.tag_ == "VBG":
            own = next((c for c in child.lefts if c.dep_ == "nsubj"), None)
            if own is not None:
                lead = "is" if own.tag_ in {"NN", "NNP"} else "are"
                words = Stretch(child.left_edge.i, min(child.right_edge.i + 1, inside.end))
                yield Statement(child, words, lead=lead)
        elif child.dep_ == "pobj" and child.tag_ == "CD" and subject is not None:
            having = trimmed(doc, preposition.i + 1, min(preposition.right_edge.i + 1, inside.end))
            if having is not None and _long_enough(doc, having):
                lead = "have" if doc[subject.start : subject.end].root.tag_.endswith("S") else "has"
                yield Statement(child, having, subject, lead)


def told_more(clause: Token) -> bool:
    """Whether a relative clause stands after a comma, and so adds rather than picks out."""
    before = clause.left_edge.i - 1
    return before >= 0 and clause.doc[before].text in {",", "—", "–"} and is_finite(clause)


def relative(clause: Token, inside: Stretch) -> Iterator[Statement]:
    """A relative clause as a statement of what it hangs on: "the mill, which burned …"."""
    doc = clause.doc
    first = clause.left_edge
    words = trimmed(doc, first.i + 1, min(clause.right_edge.i + 1, inside.end))
    if words is None or not _long_enough(doc, Stretch(words.start - 1, words.end)):
        return
    if first.lower_ in RELATIVE_TIME and subject_of(clause) is not None:
        yield Statement(clause, words)
    elif first.lower_ in RELATIVE_SUBJECT and first.dep_ in SUBJECTS:
        yield Statement(clause, words, mention(_told_of(clause.head, first)))


def _told_of(noun: Token, relative: Token) -> Token:
    """Of what a relative clause tells: "who" is no event, but those at it."""
    if relative.lower_ != "who" or noun.ent_type_ == "PERSON" or noun.dep_ != "pobj":
        return noun
    before = noun.doc[max(0, noun.head.i - 1)]  # the parser hangs "during the war" anywhere
    return before if noun.tag_ == "NNP" and before.tag_ == "NNS" else noun


def _span(verb: Token, inside: Stretch) -> Stretch:
    start, end = max(verb.left_edge.i, inside.start), min(verb.right_edge.i + 1, inside.end)
    return trimmed(verb.doc, start, end) or Stretch(verb.i, verb.i + 1)


def _long_enough(doc: Doc, words: Stretch) -> bool:
    return sum(1 for t in doc[words.start : words.end] if not t.is_punct) >= FEWEST


def _without_others(doc: Doc, clause: Statement, all_of_them: list[Statement]) -> Statement:
    """A clause cut free of the clauses that became statements of their own."""
    others = [
        o.words
        for o in all_of_them
        if o is not clause and clause.words.contains(o.words) and o.words != clause.words
    ]
    start, end = clause.words
    within: list[Stretch] = []
    for other in sorted(others, key=lambda w: w.start):
        if other.start > clause.root.i:
            end = min(end, other.start)
        elif other.end < clause.root.i and other.start <= start + 1:
            start = max(start, other.end)
        elif other.end < clause.root.i:
            within.append(Stretch(other.start - 1, other.end))
    words = trimmed(doc, start, end) or clause.words
    bare = _cut_loose(doc, words)
    return Statement(clause.root, bare, clause.subject, clause.lead, tuple(within))


LOOSE = frozenset(
    {"that", "and", "but", "or", "with", "who", "which", "when", "where", "while", "though"}
)


def _cut_loose(doc: Doc, words: Stretch) -> Stretch:
    """Without the conjunction left at the end."""
    end = words.end
    while end > words.start + 1 and (doc[end - 1].lower_ in LOOSE or is_edge(doc[end - 1])):
        end -= 1
    return Stretch(words.start, end)


def alone(doc: Doc, stretch: Stretch, asides: tuple[Stretch, ...]) -> Stretch:
    """A stretch as what it says can be read alone: without asides and loose words at its ends."""
    start, end = _without_asides(stretch.start, stretch.end, asides)
    inside = trimmed(doc, start, end) or stretch
    return _cut_loose(doc, inside)
