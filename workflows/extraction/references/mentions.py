"""Every mention of somebody or something in a paragraph: what kind, which gender, how many."""

from collections.abc import Container, Iterator

from workflows.extraction.parse import Token
from workflows.extraction.references.binding import find_verb
from workflows.extraction.references.fates import find_fate
from workflows.extraction.references.kinds import (
    EntityKind,
    Gender,
    Nature,
)
from workflows.extraction.references.mention import (
    AMOUNTS,
    TIMES,
    Mention,
    MentionType,
    Role,
    find_role,
    index_of,
    is_first_of_two,
    is_leading,
)
from workflows.extraction.references.names import (
    build_name,
    find_name,
    has_article,
    is_common,
    is_party,
)
from workflows.extraction.references.noun_phrases import build_noun, find_age
from workflows.extraction.references.numerals import build_group
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan

WITHIN = frozenset(
    {"compound", "nmod", "amod", "nummod", "quantmod", "advmod", "punct", "det", "predet", "intj"}
)
"""How a noun hangs that is a part of another's phrase, and no mention."""
PRONOUNS = {
    "he": Nature(EntityKind.PERSON, Gender.MALE),
    "she": Nature(EntityKind.PERSON, Gender.FEMALE),
    "it": Nature(EntityKind.THING),
    "they": Nature(None),
}
CASES = {
    "him": "he",
    "his": "he",
    "himself": "he",
    "her": "she",
    "hers": "she",
    "herself": "she",
    "its": "it",
    "itself": "it",
    "them": "they",
    "their": "they",
    "theirs": "they",
    "themselves": "they",
    "'em": "they",
    "me": "i",
    "my": "i",
    "mine": "i",
    "myself": "i",
    "us": "we",
    "our": "we",
    "ours": "we",
    "ourselves": "we",
    "your": "you",
    "yours": "you",
    "yourself": "you",
    "yourselves": "you",
}
"""For each other form of a pronoun, its subject's."""
PERSONS = frozenset({"i", "you", "he", "she", "it", "we", "they"})


def find_mentions(paragraph: Paragraph, names: Container[str] = frozenset()) -> Iterator[Mention]:
    """Find the mentions of a paragraph in the order of their heads.

    `names` are the words, in lower case, that were names before: the model at times takes a
    surname at the start of a sentence for a noun.
    """
    doc = paragraph.doc
    entities = {token.i: entity for entity in doc.ents for token in entity}
    surnames: set[str] = set()
    taken = -1
    for token in paragraph.doc:
        tag = token.tag_
        if tag.startswith("PRP"):
            noun = CASES.get(token.lower_, token.lower_)
            if noun in PERSONS and not _is_pit(token):
                yield _build_pronoun(paragraph, token, noun)
        elif tag in {"CD", "DT", "CC", "PDT"}:
            group = build_group(paragraph, token)
            if group is not None:
                yield group
        elif (
            token.i > taken
            and _is_head(token)
            and (tag.startswith("NN") or _is_named(token, names) or find_age(token))
        ):
            label = token.ent_type_
            if (label in TIMES and not find_age(token)) or is_party(token):
                continue
            known = token.lower_ in names or token.lower_ in surnames
            proper = tag.startswith("NNP") or (known and not has_article(token))
            if proper and token.text[:1].isupper() and label not in AMOUNTS:
                entity = entities.get(token.i)
                span = find_name(doc, token, (entity.start, entity.end) if entity else None)
                if is_common(doc, span, token):
                    yield build_noun(paragraph, token)
                    continue
                mention = build_name(paragraph, token, span)
                taken = span.end - 1
                surnames.update(word.lower() for word in mention.name[1:][-1:])
                yield mention
            else:
                yield build_noun(paragraph, token)


def _is_named(token: Token, names: Container[str]) -> bool:
    """Return True for a known name within a sentence that the tagger takes for a verb."""
    capital = token.text[:1].isupper() and token.i > token.sent.start
    return capital and token.tag_ in {"VBG", "VBP", "VB", "JJ", "RB"} and token.lower_ in names


def _is_pit(token: Token) -> bool:
    """Return True for the first word of “Mine shut after flood”: a place, and not somebody's."""
    behind = token.doc[token.i + 1 : token.i + 2]
    first = token.text == "Mine" and token.i == token.sent.start
    return first and not any(t.is_punct for t in behind)


def _is_head(token: Token) -> bool:
    return token.dep_ not in WITHIN or is_first_of_two(token)


def _build_pronoun(paragraph: Paragraph, token: Token, noun: str) -> Mention:
    own = TokenSpan(token.i, token.i + 1)
    start, end = paragraph.locate(*own.chars(token.doc))
    return Mention(
        words=own,
        head=token.i,
        start=start,
        end=end,
        text=token.text,
        noun=noun,
        form=MentionType.PRONOUN,
        nature=PRONOUNS.get(noun, Nature(EntityKind.PERSON)),
        plural=noun in {"they", "we"} if noun != "you" else None,
        role=Role.POSSESSOR if token.tag_ == "PRP$" else find_role(token),
        verb=index_of(find_verb(token)),
        leads=is_leading(token),
        fate=find_fate(token),
    )
