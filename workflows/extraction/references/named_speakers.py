"""Those whom a label, signature or title names, as mentions."""

from workflows.extraction.references.kinds import (
    TITLES,
    EntityKind,
    Nature,
    find_nature,
    make_singular,
)
from workflows.extraction.references.mention import Mention, MentionType, Role
from workflows.extraction.references.names import guess_gender, read_titles
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan

SPEAKING_FOR = frozenset(
    {"ceo", "chair", "chairman", "chairperson", "chairwoman", "chief", "co-founder", "director"}
    | {
        "executive",
        "founder",
        "manager",
        "officer",
        "owner",
        "president",
        "spokesman",
        "spokesperson",
    }
    | {"spokeswoman"}
)
"""Those who mean by "we" the body in their title."""


def mention_speaker(name: str, start: int, end: int) -> Mention:
    """Return the mention of the speaker whom a turn's label names.

    Of “activists and the Olden Observatory” the second is one that is meant again.
    """
    unnamed, joint, named = name.rpartition(" and ")
    if joint and unnamed == unnamed.lower():
        name, start = named, end - len(named)
    words = [word for word in name.split() if any(c.isalnum() for c in word)] or [name]
    titles: list[str] = []
    while len(words) > 1 and words[0].lower().strip(".") in TITLES:
        titles.append(words.pop(0).lower().strip("."))
    gender = read_titles(titles) or guess_gender(words, titled=bool(titles))
    body = None if titles else _find_body([word.lower() for word in words])
    if body is not None and words[0].lower() == "the" and len(words) > 1:
        words = words[1:]
    nowhere = TokenSpan(0, 0)
    return Mention(
        words=nowhere,
        head=-1,
        start=start,
        end=end,
        text=name,
        noun=words[-1].lower(),
        form=MentionType.NAME,
        nature=body or Nature(EntityKind.PERSON, gender),
        plural=False,
        role=Role.SUBJECT,
        verb=-1,
        name=tuple(words),
        titles=tuple(titles),
    )


def mention_body(paragraph: Paragraph, person: Mention) -> Mention | None:
    """Return the body in a title: "Olden News vice president Ann Lee"."""
    doc = paragraph.doc
    first = min(doc[person.head].left_edge.i, person.words.start)
    for entity in doc.find_entities(first, person.words.end):
        behind = doc[entity.end : person.words.end]
        titled = any(t.lower_ in SPEAKING_FOR for t in behind)
        if entity.label_ != "ORG" or not titled:
            continue
        words = tuple(t.text for t in entity if t.tag_ != "POS" and t.lower_ != "the")
        if not words or any(word.lower() in TITLES for word in words):
            return None
        start, end = paragraph.locate(entity.start_char, entity.end_char)
        return person._replace(
            words=TokenSpan(entity.start, entity.end),
            head=entity.root.i,
            start=start,
            end=end,
            text=entity.text,
            noun=words[-1].lower(),
            nature=Nature(EntityKind.ORGANISATION),
            name=words,
            titles=(),
            guessed=True,
        )
    return None


def mention_named_body(name: str, start: int, end: int) -> Mention:
    """Return the mention of a body that a title or label names."""
    person = mention_speaker(name, start, end)
    words = person.name[person.name[0].lower() == "the" and len(person.name) > 1 :]
    return person._replace(nature=Nature(EntityKind.ORGANISATION), titles=(), name=words)


def _find_body(words: list[str]) -> Nature | None:
    """Return what a speaker is who is nobody: "the Ministry of Water", "the Pell fire service"."""
    head = next((at for at, word in enumerate(words) if word in {"of", "for"}), len(words)) - 1
    nature = find_nature(make_singular(words[max(head, 0)]))
    return nature if nature.kind in {EntityKind.ORGANISATION, EntityKind.GROUP} else None
