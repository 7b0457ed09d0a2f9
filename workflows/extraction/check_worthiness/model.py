"""Check-worthiness: a linear model over named features of word class, entities, syntax and shape.

Its coefficients stand in model.json beside this file. They were fitted to the ClaimBuster debate
sentences (Arslan, Hassan, Li and Tremayne 2020; published as open access, under CC BY 4.0 as it
says, which we have not verified); no word of those is in the model. Each coefficient was held to
the sign that its feature has by its meaning, so that none is an accident of debates. Those of the
last features, which tell a writer who argues from one who reports, were set by hand, with classes
of words of our own.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from workflows.extraction.check_worthiness.features import extract_features
from workflows.extraction.parse import Doc, Span, Token

STRONGEST = 5
SHORTEST = 4
"""Tokens from which a clause is judged by itself."""
TENSED = frozenset({"VBD", "VBP", "VBZ", "MD"})
DEEPEST = 12
"""Steps up from a token to the verb of its clause."""


class CheckWorthiness(NamedTuple):
    """A check-worthiness from 0 to 1 and what drove it, strongest first."""

    score: float
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class LinearModel:
    """Intercept, and for each feature its coefficient and its usual value."""

    intercept: float
    weights: Mapping[str, float]
    usual: Mapping[str, float]

    @cached_property
    def absent(self) -> dict[str, float]:
        """Return what each feature adds where a sentence has none of it, strongest first."""
        parts = {name: -weight * self.usual[name] for name, weight in self.weights.items()}
        return dict(sorted(parts.items(), key=lambda part: -abs(part[1])))

    @cached_property
    def nothing(self) -> float:
        """The logit of a sentence with no feature at all."""
        return self.intercept + sum(self.absent.values())

    def judge(self, seen: Mapping[str, float]) -> CheckWorthiness:
        """Most features are absent from most sentences: only the others are reckoned anew."""
        added = self._weigh(seen)
        parts = {name: part + self.absent[name] for name, part in added.items()}
        lacking = (name for name in self.absent if name not in added)
        parts.update((name, self.absent[name]) for name in islice(lacking, STRONGEST))
        strongest = sorted((-abs(part), name, part) for name, part in parts.items())[:STRONGEST]
        return CheckWorthiness(
            self._score(added), tuple((name, round(part, 3)) for _, name, part in strongest)
        )

    def score(self, seen: Mapping[str, float]) -> float:
        """Return the check-worthiness alone."""
        return self._score(self._weigh(seen))

    def _score(self, added: Mapping[str, float]) -> float:
        return round(1 / (1 + math.exp(-self.nothing - sum(added.values()))), 4)

    def _weigh(self, seen: Mapping[str, float]) -> dict[str, float]:
        weights = self.weights
        return {
            name: weights[name] * value for name, value in seen.items() if value and name in weights
        }


@cache
def load_model() -> LinearModel:
    read = json.loads(files(__package__).joinpath("model.json").read_text(encoding="utf-8"))
    rows = read["features"]
    return LinearModel(
        read["intercept"],
        {name: row["weight"] for name, row in rows.items()},
        {name: row["usual"] for name, row in rows.items()},
    )


def score_sentence(sentence: Doc | Span) -> CheckWorthiness:
    return load_model().judge(extract_features(sentence))


def score_best_clause(tokens: Sequence[Token], root: Token) -> CheckWorthiness:
    """Score what the best clause among some tokens is worth: several do not add up."""
    model = load_model()
    clauses = [extract_features(words, verb) for verb, words in _split_clauses(tokens, root)]
    return model.judge(clauses[0] if len(clauses) == 1 else max(clauses, key=model.score))


def _split_clauses(tokens: Sequence[Token], root: Token) -> list[tuple[Token, list[Token]]]:
    """Return the clauses among some tokens, each with its verb.

    A short one stays with the first.
    """
    verbs = {root.i: root} | {t.i: t for t in tokens if _heads_clause(t)}
    if len(verbs) == 1:
        return [(root, list(tokens))]
    groups: dict[int, list[Token]] = {root.i: []}
    heads: dict[int, int] = {}
    for token in tokens:
        index = token.i
        for _ in range(DEEPEST):
            if index in verbs:
                break
            if index not in heads:
                heads[index] = root.doc[index].head.i
            index = heads[index]
        groups.setdefault(index if index in verbs else root.i, []).append(token)
    long = {i: words for i, words in groups.items() if len(words) >= SHORTEST}
    if len(long) < len(groups):
        first = root.i if root.i in long else next(iter(long), None)
        if first is None or len(long) == 1:
            return [(root, list(tokens))]
    return [(verbs[i], words) for i, words in long.items()]


def _heads_clause(token: Token) -> bool:
    if token.dep_ not in {"conj", "advcl", "ccomp", "relcl", "parataxis"}:
        return False
    return token.tag_ in TENSED or any(c.tag_ in TENSED for c in token.lefts)
