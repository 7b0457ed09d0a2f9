"""What somebody is called when a claim names him again: “[Ann Lee] sold her shop”.

Only for the words of a speaker ("I", "our"): in other words the document's own pronoun stays.
"""

from collections.abc import Sequence

from workflows.extraction.parse import Token
from workflows.extraction.references.entities import SUFFIXES, Antecedent, Entity
from workflows.extraction.references.kinds import EntityKind, Gender
from workflows.extraction.text.syntax import SUBJECTS

OWN_FORMS = frozenset({"mine", "ours", "yours"})
SEVERAL = ("they", "them", "their", "theirs")
BODY = ("it", "it", "its", "its")
FORMS = {
    Gender.FEMALE: ("she", "her", "her", "hers"),
    Gender.MALE: ("he", "him", "his", "his"),
}
"""For one who does, one to whom it is done, an owner before what is owned, and one alone."""
PRONOUNS = frozenset(form for forms in (*FORMS.values(), SEVERAL, BODY) for form in forms)


def find_repeat(
    antecedent: Antecedent, entity: Entity, pronoun: Token, told: Sequence[Entity | None]
) -> str:
    """Return the short words for somebody whom a claim has named: a pronoun, else a surname.

    `told` are those the claim tells of before: no pronoun is put in that could mean another.
    """
    rivals = [other for other in told if other is not None and other is not entity]
    if entity.kind is EntityKind.PERSON and not antecedent.plural:
        rivals = [r for r in rivals if r.kind in {EntityKind.PERSON, None} and not r.plural]
        alike = [r for r in rivals if r.gender in {entity.gender, None}]
        if entity.gender is not None and not alike:
            return _choose_form(pronoun, FORMS[entity.gender])
        last = antecedent.text.split()[-1]
        surname = (
            antecedent.named and last[:1].isupper() and last.lower().strip(".") not in SUFFIXES
        )
        return last if surname else antecedent.text
    if antecedent.plural:
        alike = [r for r in rivals if r.plural is not False]
        return antecedent.text if alike else _choose_form(pronoun, SEVERAL)
    alike = [r for r in rivals if r.kind is not EntityKind.PERSON and not r.plural]
    return antecedent.text if alike else _choose_form(pronoun, BODY)


def _choose_form(pronoun: Token, forms: tuple[str, str, str, str]) -> str:
    subject, object_, owner, alone = forms
    if pronoun.lower_ in OWN_FORMS:
        return alone
    if pronoun.tag_ == "PRP$":
        return owner
    does = pronoun.head if pronoun.dep_ == "conj" else pronoun  # “more than Roe and I have”
    return subject if does.dep_ in SUBJECTS else object_
