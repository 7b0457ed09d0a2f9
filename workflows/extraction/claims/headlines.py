"""News told without a verb, and headlines that only announce what the text tells in full."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from workflows.claims import FoundClaim
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token, find_root
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.news_words import BEING, BY, DONE, HELPERS, KNOWN
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import find_subject

WITHOUT = frozenset({"without"})
TOLLS = word_set("toll total tally count turnout unemployment inflation")
STANDING = frozenset({"now", "at"})
CHANGED = frozenset({"up", "down"})
LEADING = DONE | BY | KNOWN | BEING | WITHOUT | STANDING | CHANGED
TENSED = frozenset({"VBZ", "VBP", "MD"})
OBJECTS = frozenset({"DT", "PRP", "PRP$", "NNP", "NNS", "CD", "NN", "JJ"})
STOPS = (".", "!", "?")
LONGEST_NEWS_TOKENS = 30
ONE = frozenset({"1", "one", "a", "an"})


def find_news(paragraph: Paragraph, words: TokenSpan, *, headed: bool) -> list[Statement]:
    """Return what words without a verb of their own tell: “14 killed in Olden”.

    `headed` tells that they stand in a headline: there a past tense may be a participle too.
    """
    if not 1 < words.length <= LONGEST_NEWS_TOKENS:
        return []
    if not HELPERS.isdisjoint(paragraph.words[words.start : words.end]):
        return []
    doc, tokens = paragraph.doc, paragraph.doc[words.start : words.end]
    stopped = words.text(doc).rstrip().endswith(STOPS)
    tensed = TENSED if headed or not stopped else TENSED | {"VBD"}
    if any(t.tag_ in tensed for t in tokens):
        return []
    root = find_root(doc[words.start : words.end])
    if root.tag_ == "VBD" and root.lower_ not in LEADING and find_subject(root) is not None:
        return []  # “The toll rose to 143 with 100 others missing”
    if is_announced(root):
        bare = trim_span(doc, *words)
        return [Statement(root, bare)] if bare is not None else []
    found: list[Statement] = []
    start = words.start
    for end in (*(t.i for t in tokens if t.text in {",", ";"}), words.end):
        statement = _read_news(doc, TokenSpan(start, end))
        if statement is not None:
            found.append(statement)
            start = end + 1
    return found


def find_added(paragraph: Paragraph, words: TokenSpan) -> list[Statement]:
    """Return the news without a verb behind a headline's own: “Ferries collide, nine hurt”."""
    doc, tokens = paragraph.doc, paragraph.doc[words.start : words.end]
    commas = [t.i for t in tokens if t.text in {",", ";"}]
    if not commas or words.length > LONGEST_NEWS_TOKENS or words.text(doc).rstrip().endswith(STOPS):
        return []
    found: list[Statement] = []
    for start, end in pairwise([*commas, words.end]):
        part = doc[start + 1 : end]
        counts = len(part) > 1 and (part[0].like_num or part[0].lower_ in {"several", "dozens"})
        if counts and not any(t.tag_ in TENSED for t in part):
            statement = _read_news(doc, TokenSpan(start + 1, end))
            found += [statement] if statement is not None else []
    return found


def is_announced(root: Token) -> bool:
    """Return True for “Nordbank to close 40 branches”."""
    return (
        root.tag_ == "VB"
        and any(c.tag_ == "TO" for c in root.lefts)
        and any(c.dep_ == "nsubj" for c in root.lefts)
    )


def _read_news(doc: Doc, part: TokenSpan) -> Statement | None:
    words = trim_span(doc, *part)
    if words is None:
        return None
    for index in range(words.start + 1, words.end):
        lead = _find_lead(doc, words, index)
        if lead is not None:
            return Statement(doc[index], words, lead=lead)
    return None


def _find_lead(doc: Doc, words: TokenSpan, index: int) -> str | None:
    """Return the verb that a word lacks to tell news of what stands before it."""
    token, before = doc[index], doc[index - 1]
    if token.lower_ not in LEADING:
        return None
    following = doc[index + 1] if index + 1 < words.end else None
    start = max([words.start, *(t.i + 1 for t in doc[words.start : index] if t.text == ",")])
    plural = _is_plural(doc, start, index)
    acting = _has_object(token)
    done = token.lower_ in DONE and (following is None or following.tag_ not in OBJECTS)
    done = done and not acting  # “Floods cut off 14 villages”
    done = done and before.tag_ not in {"DT", "JJ", "IN"}  # “not by a long shot”
    done = done and not any(_has_object(t) for t in doc[start:index])
    by = token.lower_ in BY and following is not None and following.lower_ == "by"
    known = token.lower_ in KNOWN and following is not None and following.lower_ in BEING
    if done or by or known:
        return "were" if plural else "was"
    # “Blamed the firm for running it without a licence”: without belongs to the verb before it.
    acts = token.lower_ in WITHOUT and any(t.tag_.startswith("VB") for t in doc[start:index])
    if token.lower_ in BEING | WITHOUT and before.tag_ not in {"DT", "IN"} and not acts:
        return "are" if plural else "is"
    counted = following is not None and (following.tag_ == "CD" or following.like_num)
    if counted and before.lower_ in TOLLS and token.lower_ in STANDING:
        return "is"
    money = following is not None and following.tag_ in {"CD", "$"}
    if money and token.lower_ in CHANGED and before.tag_.startswith("NN"):
        return "are" if plural else "is"
    return None


def _has_object(verb: Token) -> bool:
    """Return True for a past tense: “banned the sale of cars made in Pell”."""
    return verb.tag_ in {"VBD", "VBN"} and any(c.dep_ == "dobj" for c in verb.rights)


def _is_plural(doc: Doc, start: int, end: int) -> bool:
    """Return True if what stands before a word is more than one."""
    nouns = [token for token in doc[start:end] if token.tag_.startswith(("NN", "CD"))]
    prepositions = [token.i for token in doc[start:end] if token.tag_ == "IN"]
    first = [token for token in nouns if not prepositions or token.i < prepositions[0]]
    if not first:
        return bool(nouns)
    last = first[-1]
    return last.tag_ in {"NNS", "NNPS"} or (last.tag_ == "CD" and last.lower_ not in ONE)


CONTENT = re.compile(r"[^\W\d_]{3,}")
EMPTY = word_set(
    """
    the and for with from after over into has have had was were will are its his her their that
    this than says said new amid who what when where why how not but more
    """
)
STEM_CHARS = 4
MOSTLY = 0.5
"""Share of a headline's words that a claim of the text holds, if it says the same in full."""


def drop_announced(found: Sequence[FoundClaim], headed: Iterable[int]) -> list[FoundClaim]:
    """Return the claims without those, at the places `headed`, of headlines told again in full.

    What only a headline says needs words: it is told in short, and nobody below stands by it.
    """
    places = set(headed)
    if not places:
        return list(found)
    full = [
        _read_content(f"{claim.quote} {claim.words}", claim)
        for place, claim in enumerate(found)
        if place not in places
    ]
    return [
        replace(claim, needs_words=True) if place in places else claim
        for place, claim in enumerate(found)
        if place not in places or not _is_told(_read_content(claim.words, claim), full)
    ]


def _is_told(headline: set[str], full: list[set[str]]) -> bool:
    return any(len(headline & words) >= len(headline) * MOSTLY for words in full)


def _read_content(text: str, claim: FoundClaim) -> set[str]:
    """Return the words and figures that tell what a claim is about."""
    words = {
        word.lower()[:STEM_CHARS] for word in CONTENT.findall(text) if word.lower() not in EMPTY
    }
    return words | {str(figure.value) for figure in claim.figures}
