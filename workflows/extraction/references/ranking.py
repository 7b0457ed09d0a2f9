"""Which of several a pronoun means: a linear model over named features, that may abstain.

The coefficients stand in ranking.json beside this file, one set for each of "he" and "she", "it"
and "they". They were fitted, near to what we held for likely, to six news articles and five
interviews of GUM (Zeldes 2017; annotations CC BY 4.0, texts Wikinews CC BY 2.5); no word of those
is in the model.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from workflows.extraction.references.entities import Entity, Seen
from workflows.extraction.references.kinds import Gender, Kind
from workflows.extraction.references.mentions import Form, Role

CLASSES = {"he": "person", "she": "person", "it": "thing", "they": "plural"}


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun in its place, and what the sentence around it says of it.

    `actor` is the subject of its clause, where it is a possessor; `source` says or thinks what the
    pronoun stands in, in other than its own words. `is_source` is true of a pronoun that tells who
    says something.
    """

    seen: Seen
    actor: Entity | None
    source: Entity | None
    is_source: bool
    partitive: bool
    """“Of them”: several of those counted before."""


@dataclass(slots=True)
class Candidate:
    """An entity with its mentions in the last sentences, the latest first."""

    entity: Entity
    mentions: list[Seen]


class Ranked(NamedTuple):
    """A candidate, and how sure it is that it is meant (0 to 1)."""

    entity: Entity
    mentions: list[Seen]
    sure: float


@dataclass(frozen=True, slots=True)
class Memory:
    """Whom the last pronouns of each class meant, and who spoke last."""

    last_meant: Mapping[str, Entity]
    last_speaker: Entity | None
    only_person: bool


@dataclass(frozen=True)
class RankingModel:
    """For each class of pronouns the weights of the features, and how sure the first must be."""

    weights: Mapping[str, Mapping[str, float]]
    threshold: Mapping[str, float]

    def rank(
        self, anaphor: Anaphor, candidates: Sequence[Candidate], memory: Memory
    ) -> list[Ranked]:
        """Return the candidates for a pronoun, the likeliest first."""
        weights = self.weights[CLASSES[anaphor.seen.mention.noun]]
        scored = [
            (math.exp(sum(weights.get(n, 0.0) * v for n, v in described.items())), candidate)
            for candidate in candidates
            for described in (describe(anaphor, candidate, memory),)
        ]
        whole = sum(score for score, _ in scored) + math.exp(weights["nobody"])
        ranked = [Ranked(c.entity, c.mentions, score / whole) for score, c in scored]
        return sorted(ranked, key=lambda one: -one.sure)

    def is_sure(self, noun: str, sure: float) -> bool:
        """Return True if the likeliest is likely enough to be put in a pronoun's place."""
        return sure >= self.threshold[CLASSES[noun]]


def describe(anaphor: Anaphor, candidate: Candidate, memory: Memory) -> dict[str, float]:
    """Return the named features of a candidate for a pronoun."""
    own, entity = anaphor.seen, candidate.entity
    latest = candidate.mentions[0]
    away = own.sentence - latest.sentence
    roles = {seen.mention.role for seen in candidate.mentions if seen.sentence == latest.sentence}
    forms = {seen.mention.form for seen in candidate.mentions if seen.sentence == latest.sentence}
    kind, noun = entity.kind, own.mention.noun
    found = {
        "sentences_back": float(min(away, 4)),
        "same_sentence": float(away == 0),
        "subject": float(Role.SUBJECT in roles),
        "oblique": float(roles <= {Role.OBLIQUE}),
        "possessor": float(roles <= {Role.POSSESSOR}),
        "subject_here": float(away == 0 and Role.SUBJECT in roles),
        "same_role": float(own.mention.role in roles),
        "mentions": math.log1p(len(candidate.mentions) - 1),
        "named": float(entity.named),
        "by_pronoun": float(Form.PRONOUN in forms),
        "in_title": float(entity.in_title),
        "meant_last": float(memory.last_meant.get(noun) is entity),
        "actor": float(anaphor.actor is entity),
        "source": float(anaphor.source is entity and anaphor.actor is None),
        "spoke_last": float(anaphor.is_source and memory.last_speaker is entity),
        "other_voice": float(own.quote != latest.quote),
        "other_paragraph": float(own.paragraph != latest.paragraph),
    }
    if noun in {"he", "she"}:
        found["gender_known"] = float(entity.gender is not None)
        found["kind_known"] = float(kind is Kind.PERSON or entity.named)
        found["only_person"] = float(memory.only_person)
    else:
        found["organisation"] = float(kind is Kind.ORGANISATION)
        found["place"] = float(kind is Kind.PLACE)
        found["group"] = float(kind is Kind.GROUP)
        found["person"] = float(kind is Kind.PERSON)
        found["event"] = float(kind in {Kind.EVENT, Kind.FIGURE})
        found["partitive"] = float(anaphor.partitive)
        found["thing"] = float(kind in {Kind.THING, None})
        found["mass"] = float(latest.mention.mass)
        found["singular"] = float(entity.plural is not True)
        found["indefinite"] = float(latest.mention.form is Form.INDEFINITE)
    return {name: value for name, value in found.items() if value}


def has_rival(anaphor: Anaphor, ranked: Sequence[Ranked]) -> bool:
    """Return True if "he" or "she" may mean another person who was named beside the likeliest.

    “Renn dismissed Tallis. He …” is left open, whoever is likelier: a wrong person is far worse
    than an open pronoun. Only "his" and "her" have in the subject of their own clause one who is
    meant.
    """
    if anaphor.seen.mention.noun not in {"he", "she"} or ranked[0].entity is anaphor.actor:
        return False
    best = ranked[0]
    return any(_is_rival(best, other) for other in ranked[1:])


def _is_rival(best: Ranked, other: Ranked) -> bool:
    if other.entity.kind is None and not other.entity.named:
        return False
    sentences = {seen.sentence for seen in best.mentions}
    beside = {seen.mention.role for seen in other.mentions if seen.sentence in sentences}
    later = other.mentions[0].sentence > best.mentions[0].sentence
    told_apart = best.entity.gender is not None and other.entity.gender is None
    if told_apart and beside <= {Role.OBLIQUE, Role.POSSESSOR}:
        beside = set()
    return bool(beside) or later


def may_mean(noun: str, entity: Entity) -> bool:
    """Return True if a pronoun agrees with an entity in kind, gender and number."""
    if noun in {"he", "she"}:
        gender = Gender.MALE if noun == "he" else Gender.FEMALE
        person = entity.kind in {Kind.PERSON, None}
        return person and entity.plural is not True and entity.gender in {gender, None}
    if entity.kind in {Kind.TIME, Kind.FIGURE}:
        return False
    if noun == "it":
        return entity.plural is not True and entity.kind is not Kind.PERSON
    return entity.plural is True or entity.kind in {Kind.ORGANISATION, Kind.GROUP}


@cache
def load_ranking() -> RankingModel:
    """Return the model that ships with the program."""
    table = json.loads(files(__package__).joinpath("ranking.json").read_text(encoding="utf-8"))
    return RankingModel(table["weights"], table["threshold"])
