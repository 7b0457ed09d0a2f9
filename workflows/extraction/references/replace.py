"""A claim's words with what its references mean put in, in square brackets.

“She closed 40 branches” becomes “[Ms Lee] closed 40 branches”. Nothing is put in where the claim
itself tells what is meant, and nothing where it is not certain: such a reference stays open.
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from workflows.claims import Reference
from workflows.extraction.parse import Doc, Token, read_text
from workflows.extraction.references.entities import AGED, Antecedent, Entity
from workflows.extraction.references.exclusions import REFLEXIVE
from workflows.extraction.references.frames import EVENT_NOUNS
from workflows.extraction.references.kinds import TITLES, EntityKind, find_nature, make_singular
from workflows.extraction.references.mention import Mention, MentionType
from workflows.extraction.references.readable import (
    is_acting,
    is_left_open,
)
from workflows.extraction.references.repeats import PRONOUNS, find_repeat
from workflows.extraction.references.resolved import ParagraphReferences, ResolvedReference
from workflows.extraction.text.lexicon import inflect

PAIR = 2
LONGEST = 9
"""Words at most that are put in."""
LONGEST_NAME = 14
OTHERS = re.compile(
    r"\b(?:he|him|his|she|her|hers|it|its|they|them|their|i|me|my|we|us|our|you|your|this|that|these|those)\b",
    re.IGNORECASE,
)
"""Words by which a phrase is no clearer than what it would stand for."""
BRACKETS = re.compile(r"\[([^\[\]]+)\]")
FIRST_ARTICLES = frozenset({"a", "an", "one"})
"""Words with which something is first told of, and "the" is said later."""
TELLING = re.compile(r"[A-Z0-9]|\s(?:for|that|to|who)\s")
"""Of a phrase with a name or figure, or an aim, a reader knows which is meant: "the mill in Olden".

Else "the mill" would be one he has not heard of, and "a mill" is what he can know.
"""
SOME = frozenset(
    {"about", "all", "any", "around", "both", "dozens", "fewer", "few", "hundreds", "many", "more"}
    | {"least", "less", "over", "than", "at"}
    | {"most", "much", "nearly", "other", "others", "roughly", "several", "some", "such"}
    | {"thousands", "up"}
)
"""Words with which several are first told of, that do not stand behind "the"."""
EVENTS = frozenset({"this", "that"})
QUOTES = frozenset({"“", "”", '"'})
FIRST_AND_SECOND = frozenset({"i", "we", "you"})
OWNING = frozenset({"mine", "ours", "yours", "hers", "theirs"})
OWNERS = ("'s", "’s")
CHOOSING = frozenset({"elected", "named", "made", "appointed", "elects", "names", "appoints"})
THIRD_SINGULAR = {
    "am": "is",
    "are": "is",
    "were": "was",
    "have": "has",
    "do": "does",
    "'m": " is",
    "’m": " is",
    "'re": " is",
    "’re": " is",
    "'ve": " has",
    "’ve": " has",
}
ONLY_ACTIVE = frozenset({"been", "gone", "come", "become", "had", "got", "grown", "fallen", "left"})
"""Participles before which "’s" is "has"."""
EXPANDED = {
    "'ll": " will",
    "’ll": " will",
    "'d": " would",
    "’d": " would",
    "'ve": " have",
    "’ve": " have",
    "'re": " are",
    "’re": " are",
}


@dataclass(frozen=True, slots=True)
class Replacement:
    """By token the words in its place, what they stand for, and whether a reference stayed open."""

    edits: Mapping[int, str]
    references: tuple[Reference, ...]
    is_open: bool


def replace_references(
    doc: Doc,
    references: ParagraphReferences,
    told: Sequence[int],
    edits: Mapping[int, str],
) -> Replacement:
    """Return what to put in for the references among the tokens that a claim tells, in its order.

    `edits` are the words that already stand for tokens; a verb among them is put in agreement.
    """
    made: dict[int, str] = {}
    found: list[Reference] = []
    named: set[int] = set()
    seen: list[Entity | None] = []
    shown = set(told)
    is_open = False
    for index in told:
        reference = references.by_head.get(index)
        if reference is None:
            is_open = is_open or _points_out(references, doc[index])
            continue
        mention, entity = reference.mention, reference.entity
        token = doc[index]
        seen.append(entity)
        own = mention.form is MentionType.PRONOUN and mention.noun in FIRST_AND_SECOND
        known = id(entity) in named or _is_beside_pair(doc, reference, shown)
        known = known or _is_in_scene(references, reference, told, named)
        if known and entity is not None and not own:
            named.add(id(entity))
            continue
        if token.lower_ in REFLEXIVE:
            continue
        antecedent = reference.antecedent
        certain = entity is not None or mention.headless
        if certain and antecedent is not None and _is_clear(antecedent):
            put = antecedent.text if reference.beside else _find_words(antecedent, mention)
            if own and entity is not None and id(entity) in named:
                put = find_repeat(antecedent, entity, token, seen)
            named.add(id(entity))
            if not reference.beside and (
                _is_told(doc, put, told) or _is_no_clearer(doc, put, mention)
            ):
                continue
            if mention.words.start in shown:
                named.add(id(reference.scene))
                found += _put_in(doc, reference, antecedent._replace(text=put), made, told)
                made.update(_agree(token, antecedent, {**edits, **made}))
                continue
        if mention.form is not MentionType.PRONOUN and entity is not None:
            named.add(id(entity))
        is_open = is_open or is_left_open(doc, reference, shown)
    return Replacement(made, tuple(found), is_open)


def _is_beside_pair(doc: Doc, reference: ResolvedReference, shown: AbstractSet[int]) -> bool:
    """Return True for the "their" of “Roe and Lee told of their meeting”, who both stand there."""
    if reference.mention.noun != "they":
        return False
    token = doc[reference.mention.head]
    likeliest = reference.candidates[:1]
    pairs = (doc[head] for head in likeliest if head in shown and head < token.i)
    return any(c.dep_ == "conj" and c.i in shown for head in pairs for c in head.rights)


def _is_in_scene(
    references: ParagraphReferences,
    reference: ResolvedReference,
    told: Sequence[int],
    named: AbstractSet[int],
) -> bool:
    """Return True for a part of an event that the claim tells of itself."""
    scene = reference.scene
    if scene is None:
        return False
    others = (references.by_head.get(i) for i in told)
    return id(scene) in named or any(
        other is not None
        and other is not reference
        and (other.entity is scene or other.mention.noun in EVENT_NOUNS)
        for other in others
    )


def _points_out(references: ParagraphReferences, token: Token) -> bool:
    """Return True for a word that points out of what is told, where its noun is not put in."""
    if token.i not in references.pointing:
        return token.i in references.open_words
    reference = references.by_head.get(token.head.i)
    antecedent = reference.antecedent if reference is not None else None
    return antecedent is None or not _is_clear(antecedent)


def finish_references(words: str, references: Sequence[Reference]) -> tuple[Reference, ...]:
    """Return the references that stand in a claim's finished words, spelled as there."""
    put = BRACKETS.findall(words)
    found: list[Reference] = []
    for reference in references:
        same = (word for word in put if word.lower() == reference.stands_for.lower())
        spelled = next(same, None)
        if spelled is not None:
            put.remove(spelled)
            found.append(replace(reference, stands_for=spelled))
    return tuple(found)


def _put_in(
    doc: Doc,
    reference: ResolvedReference,
    antecedent: Antecedent,
    made: dict[int, str],
    told: Sequence[int],
) -> list[Reference]:
    """Put the words for a mention in its place, and say what they stand for.

    "My" that becomes "her" is in agreement, like the verb, and stands in no brackets but within a
    quotation, whose words are somebody's very own.
    """
    mention = reference.mention
    if antecedent.text in PRONOUNS and not _is_quoted(doc, mention.head, told):
        made[mention.head] = antecedent.text
        return []
    first, last = mention.words.start, mention.words.end - 1
    that = "that " if mention.noun in EVENTS else ""
    put = f"[{that}{antecedent.text}]"
    head = doc[mention.head]
    if reference.beside:
        made[last] = f"{doc[last].text} {put}"
    else:
        owning = head.tag_ == "PRP$" and not _is_chosen(head)
        if antecedent.text not in PRONOUNS and (owning or head.lower_ in OWNING):
            plural = antecedent.text.endswith("s") and antecedent.plural
            if not antecedent.text.endswith(OWNERS):  # “Luby's”
                put += "'" if plural else "'s"
        partitive = first > 0 and doc[first - 1].lower_ == "of" and antecedent.counted
        if partitive and mention.form is MentionType.PRONOUN:
            put = f"the {put}"
        made.update(dict.fromkeys(range(first, last + 1), ""))
        made[last] = put
    return [
        Reference(
            mention.text
            if mention.form is MentionType.PRONOUN
            else read_text(doc[first : last + 1]),
            mention.start,
            mention.end,
            antecedent.start,
            antecedent.end,
            f"{that}{antecedent.text}",
        )
    ]


def _is_quoted(doc: Doc, index: int, told: Sequence[int]) -> bool:
    """Return True for a word of a quotation that a claim keeps: “told them to “back me””."""
    marks = [i for i in told if doc[i].text in QUOTES]
    return sum(i < index for i in marks) % 2 == 1 and any(i > index for i in marks)


def _find_words(antecedent: Antecedent, mention: Mention) -> str:
    """Return the words to put in: what was first "a mill" is "the mill" from then on."""
    first, _, rest = antecedent.text.partition(" ")
    if mention.noun in EVENTS:
        return antecedent.text
    if AGED.match(rest):
        return antecedent.text  # “the 24-year-old man” would be one that the reader knows
    if first in FIRST_ARTICLES and rest and not rest.startswith("of "):
        return f"the {rest}" if TELLING.search(rest) else antecedent.text
    called = mention.form is MentionType.NAME and mention.nature.kind is not EntityKind.PERSON
    if called and mention.text.startswith("the ") and first.lower() != "the":
        return f"the {antecedent.text}"
    if antecedent.counted and mention.form is MentionType.DEFINITE and mention.bare:
        return mention.text if first in SOME else f"the {antecedent.text}"
    return antecedent.text


def _is_told(doc: Doc, put: str, told: Sequence[int]) -> bool:
    """Return True if a claim has the words already that would be put in."""
    return f" {put.lower()} " in f" {' '.join(doc[index].lower_ for index in told)} "


def _is_no_clearer(doc: Doc, put: str, mention: Mention) -> bool:
    """Return True for “a house” in place of “the house”, but where it is told what it does."""
    bare = mention.form is MentionType.DEFINITE and len(put.split()) <= PAIR
    return bare and put.split(maxsplit=1)[0] in FIRST_ARTICLES and not is_acting(doc, mention)


def _is_clear(antecedent: Antecedent) -> bool:
    """Return True if words can be put in: short, and without references of their own."""
    text = antecedent.text
    if text.endswith((" and", " or")) or text.lower().startswith("all "):
        return False
    longest = LONGEST_NAME if antecedent.named else LONGEST
    text = text.lstrip("$€£¥")
    if OTHERS.search(text) or len(text.split()) > longest or not text[:1].isalnum():
        return False
    if " or " in text:
        return False
    return not any(mark in text for mark in '[]"“”') and text.count("(") == text.count(")")


def _is_chosen(her: Token) -> bool:
    """Return True for "elected her chair": somebody, whom the parser took for an owner."""
    owned = her.head
    kind = find_nature(make_singular(owned.lower_)).kind
    role = kind is EntityKind.PERSON or owned.lower_ in TITLES
    return role and owned.dep_ in {"dobj", "oprd"} and owned.head.lower_ in CHOOSING


def _agree(pronoun: Token, antecedent: Antecedent, edits: Mapping[int, str]) -> dict[int, str]:
    """Return the forms that the verb of a replaced subject takes: "we have" is "[the bank] has"."""
    if pronoun.tag_ != "PRP" or pronoun.dep_ not in {"nsubj", "nsubjpass"}:
        return {}
    made: dict[int, str] = {}
    singular = not antecedent.plural and pronoun.lower_ in {"i", "we", "you", "they"}
    verb: Token | None = pronoun.head
    while verb is not None:
        finite = _find_finite(verb)
        if finite is not None:
            form = _find_form(finite, edits.get(finite.i, finite.text), singular=singular)
            if form is not None:
                made[finite.i] = form
        verb = next(
            (
                c
                for c in verb.rights
                if c.dep_ == "conj" and not any(g.dep_ in {"nsubj", "nsubjpass"} for g in c.lefts)
            ),
            None,
        )
    return made


def _find_finite(verb: Token) -> Token | None:
    """Return the word of a verb that agrees with its subject."""
    helpers = [c for c in verb.lefts if c.dep_ in {"aux", "auxpass"}]
    tensed = next((h for h in helpers if h.tag_ in {"VBP", "VBZ", "VBD", "MD"}), None)
    return tensed if tensed is not None else verb


def _find_form(finite: Token, form: str, *, singular: bool) -> str | None:
    low = form.lower()
    if low in {"'d", "’d"}:
        following = next((t for t in finite.doc[finite.i + 1 :] if t.tag_ != "RB"), None)
        return " had" if following is not None and following.tag_ == "VBN" else " would"
    if low in OWNERS:  # “he’s left” is “[Lee] has left”: "[Lee]’s left" could be his
        verb = finite.head
        acted = finite.dep_ == "aux" or verb.lower_ in ONLY_ACTIVE
        acted = acted or any(c.dep_ in {"dobj", "xcomp"} for c in verb.rights)
        done = verb.tag_ in {"VBN", "VBD"} and verb.i > finite.i
        done = done and not any(c.lower_ == "being" for c in verb.lefts)
        return " has" if acted and done else " is"
    if singular and low in THIRD_SINGULAR:
        return THIRD_SINGULAR[low]
    if low in EXPANDED:
        return EXPANDED[low]
    if singular and finite.tag_ == "VBP" and form == finite.text and form.isalpha():
        return _make_third(low)
    return None


def _make_third(verb: str) -> str:
    return f"{verb}es" if verb.endswith("o") else inflect(verb)[1]
