"""Check-worthiness: a linear model over named features of word class, entities, syntax and shape.

Its coefficients stand in model.json beside this file. They were fitted to the ClaimBuster debate
sentences (Arslan, Hassan, Li and Tremayne 2020, CC BY 4.0); no word of those is in the model. Each
coefficient was held to the sign that its feature has by its meaning, so that none is an accident of
debates.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from spacy.tokens import Doc, Span

from workflows.extraction.check_worthiness.features import extract_features

STRONGEST = 5


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
        """What each feature adds where a sentence has none of it, strongest first."""
        parts = {name: -weight * self.usual[name] for name, weight in self.weights.items()}
        return dict(sorted(parts.items(), key=lambda part: -abs(part[1])))

    @cached_property
    def nothing(self) -> float:
        """The logit of a sentence with no feature at all."""
        return self.intercept + sum(self.absent.values())

    def judge(self, seen: Mapping[str, float]) -> CheckWorthiness:
        """Most features are absent from most sentences: only the others are reckoned anew."""
        added = {
            name: self.weights[name] * seen[name] for name in self.weights.keys() & seen.keys()
        }
        score = 1 / (1 + math.exp(-self.nothing - sum(added.values())))
        parts = {name: part + self.absent[name] for name, part in added.items()}
        lacking = (name for name in self.absent if name not in added)
        parts.update((name, self.absent[name]) for name in islice(lacking, STRONGEST))
        strongest = sorted(parts.items(), key=lambda part: (-abs(part[1]), part[0]))[:STRONGEST]
        return CheckWorthiness(
            round(score, 4), tuple((name, round(part, 3)) for name, part in strongest)
        )


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
