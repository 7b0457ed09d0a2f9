"""Which of several a pronoun means: a linear model over named features, that may abstain.

The coefficients stand in ranking.json beside this file, one set for each of "he" and "she", "it"
and "they". Those of persons and plurals were fitted, near to values set by hand, to six news
articles and five interviews of GUM (Zeldes 2017; annotations CC BY 4.0, texts Wikinews CC BY 2.5);
no word of those is in the model. Those of "it" are set by hand.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from workflows.extraction.references.entities import Entity, Seen
from workflows.extraction.references.kinds import OFFICES, EntityKind, Gender
from workflows.extraction.references.mention import MentionType, Role

CLEARLY = 0.9
"""How sure it must be whom "she" means where somebody whose gender is unknown is named too."""
MAIN = 10
MAIN_SHARE = 5
"""Mentions, in all and for each of another's, from which somebody is whom a text is about."""
OFTEN = 5
DOMINANT = 3
"""Times as many mentions by which one is told of far more often than another."""
FAR_AHEAD = 0.85
"""How sure it must be whom "he" means, for one who only stands by to be no rival."""
BEYOND = 0.98
"""How sure it must be whom somebody tells of, for those two sentences back to be no rivals."""
SPOKEN = 0.5
"""How sure it must be, at least, whom somebody means who speaks."""
AHEAD = 0.5
LIKELY = 0.33
UNLIKELY = 0.1
"""How sure it must be who acts, where nobody else is as likely as the other."""
BODIES = frozenset({EntityKind.ORGANISATION, EntityKind.GROUP})
COLLECTIVE = frozenset({"it", "they"})
BACK_OF_SOURCE = 2
"""Sentences before a saying in which somebody may be named of whom it tells."""
SPEAKING_ON = 3
"""Sentences back within which somebody last told of speaks on."""
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
    acts: bool = False
    """The subject of what only people and bodies do."""
    minded: bool = False
    """The subject of what only he himself can know: "Lee said he hopes to win"."""
    above: Entity | None = None
    """The subject of the clause on which its own hangs."""
    source_body: Entity | None = None
    """The body for which the source speaks: "a spokesman for the trust said it …"."""
    occurs: bool = False
    """The subject of what only events do: "it happened in May"."""
    spoken: bool = False
    """In a quotation or a speaker's turn, where less is told of who is meant."""
    answers: bool = False
    """In the first sentence of what answers the paragraph before."""


@dataclass(slots=True)
class AntecedentCandidate:
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
        self, anaphor: Anaphor, candidates: Sequence[AntecedentCandidate], memory: Memory
    ) -> list[Ranked]:
        """Return the candidates for a pronoun, the likeliest first."""
        weights = self.weights[CLASSES[anaphor.seen.mention.noun]]
        alone = weights["alone"] if len(candidates) == 1 else 0.0
        scored = [
            (
                math.exp(alone + sum(weights.get(n, 0.0) * v for n, v in described.items())),
                candidate,
            )
            for candidate in candidates
            for described in (describe(anaphor, candidate, memory),)
        ]
        whole = sum(score for score, _ in scored) + math.exp(weights["nobody"])
        ranked = [Ranked(c.entity, c.mentions, score / whole) for score, c in scored]
        return sorted(ranked, key=lambda one: -one.sure)

    def is_sure(self, anaphor: Anaphor, ranked: Sequence[Ranked]) -> bool:
        """Return True if the likeliest is likely enough to be put in a pronoun's place."""
        if not ranked:
            return False
        called = CLASSES[anaphor.seen.mention.noun]
        body = called == "plural" and ranked[0].entity.kind in BODIES  # “the team: they …”
        threshold = self.threshold["body" if body else called]
        threshold = max(threshold, SPOKEN) if anaphor.spoken else threshold
        first, *others = ranked
        alone = all(other.sure < UNLIKELY for other in others)
        return first.sure >= (LIKELY if alone and anaphor.acts else threshold)


def describe(anaphor: Anaphor, candidate: AntecedentCandidate, memory: Memory) -> dict[str, float]:
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
        "by_pronoun": float(MentionType.PRONOUN in forms),
        "in_title": float(entity.in_title),
        "meant_last": float(memory.last_meant.get(noun) is entity),
        "actor": float(anaphor.actor is entity),
        "source_body": float(anaphor.source_body is entity),
        "above": float(anaphor.above is entity and anaphor.actor is None),
        "source": float(anaphor.source is entity and anaphor.actor is None),
        "spoke_last": float(anaphor.is_source and memory.last_speaker is entity),
        "other_voice": float(own.quote != latest.quote),
        "other_paragraph": float(own.paragraph != latest.paragraph),
    }
    if noun in {"he", "she"}:
        found["gender_known"] = float(entity.gender is not None)
        found["body"] = float(kind is EntityKind.ORGANISATION)
        found["only_quoted"] = float(
            anaphor.is_source and all(seen.quote for seen in candidate.mentions)
        )
        found["kind_known"] = float(kind is EntityKind.PERSON or (entity.named and kind is None))
        found["only_person"] = float(memory.only_person)
    else:
        found["organisation"] = float(kind is EntityKind.ORGANISATION)
        found["place"] = float(kind is EntityKind.PLACE)
        body = kind in BODIES or (kind is EntityKind.PLACE and entity.named)
        found["body_subject"] = float(body and Role.SUBJECT in roles)
        found["group"] = float(kind is EntityKind.GROUP)
        found["person"] = float(kind is EntityKind.PERSON)
        found["event"] = float(kind in {EntityKind.EVENT, EntityKind.FIGURE})
        found["partitive"] = float(anaphor.partitive)
        found["thing"] = float(kind in {EntityKind.THING, None})
        found["mass"] = float(latest.mention.mass)
        found["singular"] = float(True not in {entity.plural, latest.mention.plural})
        found["indefinite"] = float(latest.mention.form is MentionType.INDEFINITE)
    return {name: value for name, value in found.items() if value}


def find_continued(anaphor: Anaphor, ranked: Sequence[Ranked]) -> Ranked | None:
    """Return the subject of the sentence before, if "it" or "they" goes on about it.

    Both lead their sentences, and nothing else there could do what the pronoun does: “The ship sank
    off Olden. It was built in 1962.”
    """
    own = anaphor.seen
    if own.mention.noun not in COLLECTIVE or not own.mention.leads or not ranked:
        return None
    before = own.sentence - 1
    here = [
        (one, seen)
        for one in ranked
        for seen in one.mentions
        if seen.sentence == before
        and (anaphor.answers or (seen.paragraph, seen.quote) == (own.paragraph, own.quote))
    ]
    told = next(((one, seen) for one, seen in here if seen.mention.leads), None)
    if told is None or (told[0] is not ranked[0] and ranked[0].sure >= AHEAD):
        return None
    best, last = told
    event = best.entity.kind is EntityKind.EVENT and not anaphor.occurs
    event = event and "poll" not in best.entity.nouns
    if event or any(seen.sentence == own.sentence for one in ranked for seen in one.mentions):
        return None
    others = [seen for one, seen in here if one is not best]
    rivals = any(
        seen.mention.role is Role.SUBJECT
        or (seen.mention.role is Role.OBJECT and seen.mention.verb == last.mention.verb)
        for seen in others
    )
    return None if rivals else best


def find_speaking_on(anaphor: Anaphor, ranked: Sequence[Ranked]) -> Ranked | None:
    """Return the subject of the sentence before, if a "he" who says something goes on about him.

    “Ann Lee met the board in May. “It is full,” she said.” Whoever is told of only in quotations
    stands back, and where two acted there, or two spoke, nobody is clearly ahead.
    """
    own = anaphor.seen
    free = anaphor.is_source and anaphor.source is None and not own.quote
    if own.mention.noun not in {"he", "she"} or not free or not ranked:
        return None
    told = [(one.entity, seen) for one in ranked for seen in one.mentions]
    speaking = find_speaking(own, told)
    best = next((one for one in ranked if one.entity is speaking), None)
    if best is None or ranked[0] is best or ranked[0].sure < AHEAD:
        return best
    since = max(seen.sentence for seen in ranked[0].mentions)
    return best if since < max(seen.sentence for seen in best.mentions) else None


def find_body_speaking_on(
    anaphor: Anaphor, ranked: Sequence[Ranked], last_speaker: Entity | None
) -> Ranked | None:
    """Return the body that spoke last, if an "it" that says something goes on for it.

    “Norlink said it lost 90 million. It also said …”: nobody else acted since.
    """
    own = anaphor.seen
    free = anaphor.is_source and anaphor.source is None and not own.quote
    best = next((one for one in ranked if one.entity is last_speaker), None)
    if own.mention.noun != "it" or not free or best is None or best.entity.kind not in BODIES:
        return None
    since = max(seen.sentence for seen in best.mentions)
    rivals = any(
        seen.sentence >= since and seen.mention.role is Role.SUBJECT and _may_act("it", other)
        for other in ranked
        if other is not best
        for seen in other.mentions
    )
    return None if rivals else best


def find_speaking(own: Seen, told: Sequence[tuple[Entity, Seen]]) -> Entity | None:
    """Return who spoke last of those `told` of just before, or who alone acted there."""
    told = [
        pair for pair in told if not pair[1].quote and pair[1].mention.start < own.mention.start
    ]
    last = max((seen.sentence for _, seen in told), default=-SPEAKING_ON)
    beside = [pair for pair in told if pair[1].sentence == last]
    if own.sentence - last > SPEAKING_ON:
        return None
    speaking = [entity for entity, seen in beside if seen.speaks]
    chosen = speaking or [entity for entity, seen in beside if seen.mention.leads]
    if len({id(entity) for entity in chosen}) != 1 or not _has_name(chosen[0]):
        return None
    rivals = any(
        entity is not chosen[0]
        and seen.mention.role in {Role.SUBJECT, Role.OBJECT}
        and may_speak(entity)
        for entity, seen in beside
    )
    return None if rivals and not speaking else chosen[0]


def _has_name(entity: Entity) -> bool:
    """Return True for Ann Lee, and not for “the Republican”, who has a name elsewhere."""
    told = entity.find_words()
    return told is not None and bool(told.name) and told.name[-1].lower() not in OFFICES


def may_speak(entity: Entity) -> bool:
    """Return True for somebody, as against a body or thing."""
    return entity.kind is EntityKind.PERSON or (entity.named and entity.kind is None)


def has_rival(
    anaphor: Anaphor, ranked: Sequence[Ranked], *, somebody_open: bool, speaks_on: bool
) -> bool:
    """Return True if a pronoun may mean another who was named beside the likeliest.

    “Renn dismissed Tallis. He …” is left open, whoever is likelier, and so is “Police held Tallis.
    Renn said he …”: a wrong person is far worse than an open pronoun. `somebody_open` is true where
    a pronoun just before was left open: whoever it means may be meant again. Where the one who
    spoke last speaks on (`speaks_on`), only another who spoke is a rival.
    """
    best = ranked[0]
    own = anaphor.seen
    doubts = (_is_one_for_several, _is_body_for_thing)
    if any(is_doubtful(anaphor, ranked) for is_doubtful in doubts):
        return True
    others = [other for other in ranked[1:] if _may_act(own.mention.noun, other)]
    others = [other for other in others if not _is_no_match(anaphor, best, other)]
    if best.entity is anaphor.actor:
        since = max(s.mention.start for s in best.mentions)
        return any(seen.mention.start > since for other in others for seen in other.mentions)
    if somebody_open and (best.sure < BEYOND or own.mention.role is Role.POSSESSOR):
        return True
    if speaks_on:
        others = [o for o in others if any(seen.speaks for seen in o.mentions)]
    told_of = best.entity is anaphor.source
    if told_of and own.mention.noun == "it":
        beside = any(
            seen.sentence == own.sentence and not seen.speaks and not _is_owned(best, seen)
            for other in others
            for seen in other.mentions
        )
        return beside or (own.mention.role is Role.OBJECT and len(ranked) > 1)
    if not told_of and best.sure >= FAR_AHEAD and own.mention.noun in {"he", "she"}:
        others = [other for other in others if _is_nearer(best, other)]
    himself = told_of and anaphor.minded
    if himself:  # not whom he tells it: “Lee told Roe he hopes to win”
        others = [
            o
            for o in others
            if any(
                s.mention.role is not Role.OBJECT or s.sentence < own.sentence for s in o.mentions
            )
        ]
    back = 1 if best.sure >= BEYOND else BACK_OF_SOURCE
    since = own.sentence - back if told_of and not himself else own.sentence
    last = max((seen for seen in best.mentions), key=lambda s: (s.sentence, s.mention.start))
    return any(_is_rival(best, last, other, since) for other in others)


def _is_nearer(best: Ranked, other: Ranked) -> bool:
    """Return True if another was named later, or does or suffers the same as the first."""
    last = max(seen.sentence for seen in best.mentions)
    near = [seen for seen in other.mentions if seen.sentence >= last]
    verbs = {seen.mention.verb for seen in best.mentions if seen.sentence == last} - {-1}
    acting = any(
        seen.mention.role in {Role.SUBJECT, Role.OBJECT} and seen.mention.verb in verbs
        for seen in near
    )
    return acting or any(seen.sentence > last for seen in near)


def _is_one_for_several(anaphor: Anaphor, ranked: Sequence[Ranked]) -> bool:
    """Return True for a "they" that is likeliest a body, where several were told of as late.

    “The board has nine pumps. It said they were old.”
    """
    own, best = anaphor.seen, ranked[0].entity
    if own.mention.noun != "they" or best.plural is True or best is anaphor.actor:
        return False
    if ranked[0].mentions[0].mention.plural is True:
        return False
    beside = best is not anaphor.source and not anaphor.spoken
    since = ranked[0].mentions[0].sentence if beside else own.sentence - 1
    return any(
        other.entity.plural is True and other.mentions[0].sentence >= since for other in ranked[1:]
    )


def _is_body_for_thing(anaphor: Anaphor, ranked: Sequence[Ranked]) -> bool:
    """Return True for an "it" that something is done to, and as likely a thing as the body named.

    “Lowe Brothers made the drug. Doctors tested it.”
    """
    own, best = anaphor.seen, ranked[0].entity
    done_to = own.mention.noun == "it" and own.mention.role in {Role.OBJECT, Role.POSSESSOR}
    told_of = best in {anaphor.actor, anaphor.source, anaphor.source_body}
    if not done_to or told_of or best.kind is not EntityKind.ORGANISATION:
        return False
    since = own.sentence - 1
    near = (seen for other in ranked[1:] for seen in other.mentions if seen.sentence >= since)
    if own.mention.role is Role.OBJECT:
        return any(True for _ in near)
    led = any(seen.mention.leads and seen.sentence >= since for seen in ranked[0].mentions)
    return not led and any(seen.mention.role is Role.SUBJECT for seen in near)


def _is_no_match(anaphor: Anaphor, best: Ranked, other: Ranked) -> bool:
    """Return True for another who is hardly meant: an alias, or nobody in particular beside him.

    Where the one told of is known to be a woman, “President Roe” is no rival for a "she"; and an
    employee whom a man threatens is none for a "he" in the next sentence.
    """
    if _is_within(best, other):
        return True
    if anaphor.seen.mention.noun not in {"he", "she"} or best.sure < CLEARLY:
        return False
    if best.entity.gender is None or other.entity.gender is not None:
        return False
    if anaphor.seen.mention.noun == "she":
        return True
    nobody = not other.entity.named and other.entity.count == 1 and best.entity.count > 1
    return nobody and all(seen.mention.role is not Role.SUBJECT for seen in other.mentions)


def _is_owned(best: Ranked, other: Seen) -> bool:
    """Return True for the store of “Norlink, which sells books at its store, said it …”."""
    phrase = other.mention
    return any(
        phrase.start <= seen.mention.start and seen.mention.end <= phrase.end
        for seen in best.mentions
    )


def _is_within(best: Ranked, other: Ranked) -> bool:
    """Return True for the Ann of “Ann's mother”, who stands nowhere but in the other's phrase."""
    phrases = [seen.mention for seen in best.mentions if seen.mention.owned]
    return all(
        any(p.start <= seen.mention.start and seen.mention.end <= p.end for p in phrases)
        for seen in other.mentions
    )


def _may_act(noun: str, other: Ranked) -> bool:
    """Return True for somebody or some body, as against a thing."""
    entity = other.entity
    if noun in {"he", "she"}:
        return may_speak(entity)
    if noun == "it" and entity.kind is EntityKind.PLACE:
        return any(seen.mention.role in {Role.SUBJECT, Role.OBJECT} for seen in other.mentions)
    if noun == "it":
        return entity.kind is EntityKind.ORGANISATION or entity.named
    return entity.plural is True and entity.kind in {
        EntityKind.PERSON,
        EntityKind.GROUP,
        EntityKind.ORGANISATION,
    }


def _is_rival(best: Ranked, last: Seen, other: Ranked, since: int) -> bool:
    """Return True if another was named beside the likeliest, or since the sentence given.

    `last` is where the likeliest was mentioned last.

    One who just stands by is none where the likeliest is told of far more often, or is known to be
    a man or woman and the other is not.
    """
    near = [seen for seen in other.mentions if seen.sentence >= last.sentence]
    beside = {seen.mention.role for seen in near}
    if beside & {Role.SUBJECT, Role.OBJECT}:
        main = best.entity.count >= max(MAIN, MAIN_SHARE * other.entity.count)
        before = all(
            seen.mention.start < last.mention.start
            and seen.mention.role is not Role.OBJECT
            and not seen.mention.leads
            for seen in near
        )
        return not (main and before)
    if not beside and all(seen.sentence < since for seen in other.mentions):
        return False
    roles = {seen.mention.role for seen in other.mentions if seen.sentence >= since}
    told_apart = best.entity.gender is not None and other.entity.gender is None
    told_apart = told_apart and not roles & {Role.SUBJECT, Role.OBJECT}
    if told_apart and (other.entity.kind is not EntityKind.PERSON or best.sure >= CLEARLY):
        return False
    often = max(OFTEN, DOMINANT * other.entity.count)
    return best.entity.count < often


def may_mean(noun: str, entity: Entity) -> bool:
    """Return True if a pronoun agrees with an entity in kind, gender and number."""
    if noun in {"he", "she"}:
        gender = Gender.MALE if noun == "he" else Gender.FEMALE
        person = entity.kind in {EntityKind.PERSON, None} or entity.may_be_person
        return person and entity.plural is not True and entity.gender in {gender, None}
    if entity.kind in {EntityKind.TIME, EntityKind.FIGURE}:
        return False
    if noun == "it":
        return entity.plural is not True and entity.kind is not EntityKind.PERSON
    if any(m.plural is True for m in entity.mentions):
        return True
    return entity.plural is True or entity.kind in {EntityKind.ORGANISATION, EntityKind.GROUP}


@cache
def load_ranking() -> RankingModel:
    """Return the model that ships with the program."""
    table = json.loads(files(__package__).joinpath("ranking.json").read_text(encoding="utf-8"))
    return RankingModel(table["weights"], table["threshold"])
