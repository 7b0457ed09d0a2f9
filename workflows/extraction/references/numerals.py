"""Numbers in a paragraph: how many a noun is told of, and those that have no noun."""

from workflows.extraction.parse import Token
from workflows.extraction.references.kinds import EntityKind, Nature
from workflows.extraction.references.mention import (
    POINTING,
    Mention,
    MentionType,
    find_role,
    is_leading,
)
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan

NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        2,
    )
}
ORDINALS = {"first": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "latest": 2, "other": 2}
"""Words by which one of several told of before is meant, with how many there are at least."""
PLACES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
AMOUNTS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"})
TELLING = frozenset({"prep", "relcl", "acl", "nummod", "amod"})


def read_number(token: Token) -> int | None:
    """Return the whole number that a token tells, if it is one from 2."""
    low = token.lower_
    if low.isascii() and low.isdigit():
        return int(low) if int(low) > 1 else None
    return 2 if low == "both" else NUMBERS.get(low)


def find_number(noun: Token) -> int | None:
    """Return how many a noun is told of: "two bridges"."""
    numbers = (c for c in noun.lefts if c.dep_ == "nummod" and c.tag_ == "CD")
    return next((number for c in numbers if (number := read_number(c)) is not None), None)


def build_group(paragraph: Paragraph, token: Token) -> Mention | None:
    """Return the mention of a number that has no noun: "the two", "both", "(310 of) those"."""
    doc = paragraph.doc
    pointed = token.tag_ == "DT" and token.lower_ in {"those", "these"}
    if token.dep_ not in PLACES or token.ent_type_ in AMOUNTS:
        return None
    if pointed and not (token.head.lower_ == "of" and token.head.head.tag_ == "CD"):
        return None
    if any(c.dep_ in TELLING for c in token.children):
        return None
    number = None if pointed else read_number(token)
    if number is None and not pointed:
        return None
    opened = next((c for c in token.lefts if c.lower_ in {"the", *POINTING}), None)
    definite = pointed or opened is not None or token.lower_ == "both"
    counting = any(t.tag_.startswith(("NN", "JJ")) for t in doc[token.i + 1 : token.i + 2])
    if not definite and (token.dep_ not in SUBJECTS or counting):
        return None
    words = TokenSpan(opened.i if opened is not None else token.i, token.i + 1)
    start, end = paragraph.locate(*words.chars(doc))
    return Mention(
        words=words,
        head=token.i,
        start=start,
        end=end,
        text=words.text(doc),
        noun="",
        form=MentionType.DEFINITE if definite else MentionType.INDEFINITE,
        nature=Nature(EntityKind.FIGURE),
        plural=True,
        role=find_role(token),
        verb=-1,
        leads=is_leading(token),
        bare=definite,
        referring=False,
        number=number,
        headless=True,
    )
