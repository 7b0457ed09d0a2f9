"""Who the unnamed one of a text's first sentence is: "A clerk was jailed. Ann Lee, 27, …"."""

from workflows.extraction.parse import Doc, Token
from workflows.extraction.references.entities import Entity, EntityTable, Seen
from workflows.extraction.references.kinds import EntityKind
from workflows.extraction.references.mention import Mention, MentionType, Role
from workflows.extraction.text.lexicon import inflect_all

SOON = 3
"""The sentence by which somebody is named whom the first one tells of."""
FULL_NAME = 2
OLDEST_YEARS = 110
AGE_TOKENS = 3
WATCHING = inflect_all("add feel hear live recall say see smell tell think wake watch witness")
"""Verbs of those who only tell what befell another."""
ACTING = frozenset({Role.SUBJECT, Role.OBJECT})


def find_introduced(doc: Doc, table: EntityTable, mention: Mention, sentence: int) -> Entity | None:
    """Return the only one told of in the first sentence, whom a full name with an age is of.

    Not where another was told of there or named since, nor where what befalls them differs.
    """
    full = mention.form is MentionType.NAME and len(mention.name) >= FULL_NAME
    if not full or mention.titles or mention.nature.kind is not EntityKind.PERSON:
        return None
    if not 1 < sentence <= SOON or not mention.leads or not find_age_behind(doc, mention):
        return None
    if _only_watches(doc[mention.head]):
        return None
    if table.find_name(mention) is not None:
        return None
    people = [seen for seen in table.recent if _is_somebody(seen)]
    told = {id(seen.entity): seen.entity for seen in people}
    found = next(iter(told.values())) if len(told) == 1 else None
    return found if found is not None and _may_be_named(found, mention) else None


def _is_somebody(seen: Seen) -> bool:
    person = seen.entity.kind is EntityKind.PERSON
    return person and (seen.entity.named or seen.mention.role in ACTING)


def _may_be_named(entity: Entity, mention: Mention) -> bool:
    """Return True for one without a name who leads the first sentence, and may be meant."""
    first = entity.mentions[0]
    introduced = first.form is MentionType.INDEFINITE and first.leads and entity.plural is False
    if entity.named or not introduced or entity.first_sentence != 1:
        return False
    genders = {entity.gender, mention.nature.gender} - {None}
    fates = entity.fates | ({mention.fate} if mention.fate is not None else set())
    return len(genders) <= 1 and len(fates) <= 1


def _only_watches(name: Token) -> bool:
    """Return True for who tells of it: “Ann Lee, 27, who lives nearby, heard shots”."""
    return name.head.lower_ in WATCHING or any(c.dep_ == "relcl" for c in name.rights)


def find_age_behind(doc: Doc, name: Mention) -> str:
    """Return the age of “Ann Lee, 27, …”, where there is one."""
    behind: list[Token] = list(doc[name.words.end : name.words.end + AGE_TOKENS])
    if len(behind) < AGE_TOKENS or behind[0].text != "," or behind[2].text not in {",", "."}:
        return ""
    age = behind[1].text
    return age if age.isdigit() and int(age) < OLDEST_YEARS else ""
