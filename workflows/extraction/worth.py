"""Check-worthiness: a linear model over named features of word class, entities, syntax and shape.

Its coefficients stand in worth.json beside this file. They were fitted to the ClaimBuster debate
sentences (Arslan, Hassan, Li and Tremayne 2020, CC BY 4.0); no word of those is in the model.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

Counts = Counter[str]

TAGS = {
    "VBD": "past",
    "VBN": "participle",
    "VBZ": "present",
    "VBP": "present_plural",
    "VB": "base_verb",
    "VBG": "ing_verb",
    "MD": "modal",
    "CD": "number",
    "JJ": "adjective",
    "JJR": "comparison",
    "RBR": "comparison",
    "JJS": "superlative",
    "RBS": "superlative",
    "RB": "adverb",
    "NN": "noun",
    "NNS": "plural_noun",
    "NNP": "name",
    "NNPS": "name",
    "UH": "interjection",
    "EX": "existential",
    "IN": "preposition",
    "DT": "determiner",
    "CC": "conjunction",
    "POS": "possessive",
}
ENTITIES = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "NORP": "people",
    "DATE": "date",
    "TIME": "date",
    "CARDINAL": "quantity",
    "QUANTITY": "quantity",
    "MONEY": "money",
    "PERCENT": "percent",
    "LAW": "law",
    "EVENT": "event",
}
CLASSES = {
    "i_me": "i me my mine myself",
    "we_us": "we us our ours",
    "you": "you your yours yourself",
    "he_she": "he she him her his hers",
    "they_it": "they them their it its",
    "this_that": "this that these those",
    "duty": "should must ought need needs shall",
    "future": "will 'll ’ll wo going",
    "possible": "may might could would can",
    "opinion": "think believe feel hope want wish guess know like love",
    "negation": "not n't n’t no never nothing nobody none",
    "degree": "more less most least fewer over half double twice than",
    "universal": "all every each only always ever any first last",
    "question_word": "what who why how when where which whether",
    "condition": "if unless",
    "being": "is are was were be been being 's ’s",
    "having": "has have had 've ’ve",
    "time": "ago since year years month months today yesterday now",
}
WORD_CLASS = {word: name for name, words in CLASSES.items() for word in words.split()}
LONG_WORD = 7
STRONGEST = 5


class Worth(NamedTuple):
    """A check-worthiness from 0 to 1 and what drove it, strongest first."""

    score: float
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Intercept, and for each feature its coefficient and its usual value."""

    intercept: float
    weights: Mapping[str, float]
    usual: Mapping[str, float]

    def judge(self, seen: Mapping[str, float]) -> Worth:
        parts = {
            name: weight * (seen.get(name, 0.0) - self.usual[name])
            for name, weight in self.weights.items()
        }
        score = 1 / (1 + math.exp(-self.intercept - sum(parts.values())))
        strongest = sorted(parts.items(), key=lambda part: -abs(part[1]))[:STRONGEST]
        return Worth(round(score, 4), tuple((name, round(part, 3)) for name, part in strongest))


@cache
def model() -> LinearModel:
    read = json.loads(files(__package__).joinpath("worth.json").read_text(encoding="utf-8"))
    rows = read["features"]
    return LinearModel(
        read["intercept"],
        {name: row["weight"] for name, row in rows.items()},
        {name: row["usual"] for name, row in rows.items()},
    )


def worth(sentence: Doc | Span) -> Worth:
    return model().judge(features(sentence))


def features(sentence: Doc | Span) -> dict[str, float]:
    """The named features of a sentence: counts in its own scale, and a few of its shape."""
    words: list[Token] = [t for t in sentence if not t.is_space]
    counts = _counts(words)
    length = sum(1 for t in words if not t.is_punct) or 1
    seen = {name: math.log1p(count) for name, count in counts.items()}
    seen["length"] = math.log(length)
    seen["long"] = max(0.0, math.log(length / 25))
    seen["short"] = 1.0 if length < LONG_WORD else 0.0
    seen["long_words"] = sum(1 for t in words if len(t) > LONG_WORD) / length
    seen["name_share"] = counts["name"] / length
    seen["question"] = 1.0 if words and words[-1].text == "?" else 0.0
    seen.update(_opening(words))
    return seen


def _counts(words: Iterable[Token]) -> Counts:
    counts: Counts = Counter()
    for token in words:
        tag = TAGS.get(token.tag_)
        if tag is not None:
            counts[tag] += 1
        if token.ent_iob == 3:  # noqa: PLR2004  spaCy's code for the first token of an entity
            entity = ENTITIES.get(token.ent_type_)
            if entity is not None:
                counts[entity] += 1
        word_class = WORD_CLASS.get(token.lower_)
        if word_class is not None:
            counts[word_class] += 1
        if token.dep_ in {"nsubjpass", "neg", "ccomp", "advcl", "relcl", "agent"}:
            counts["syntax_" + token.dep_] += 1
        if token.like_num and any(c.isdigit() for c in token.text):
            counts["digits"] += 1
    return counts


def _opening(words: list[Token]) -> dict[str, float]:
    """The subject of the main verb, and whether the sentence is an order."""
    root = next((t for t in words if t.dep_ == "ROOT"), None)
    if root is None:
        return {}
    subject = next((c for c in root.lefts if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return {
        "root_past": float(root.tag_ == "VBD"),
        "root_noun": float(root.tag_.startswith("NN")),
        "order": float(root.tag_ == "VB" and subject is None),
        "subject_name": float(subject is not None and subject.tag_.startswith("NNP")),
        "subject_noun": float(subject is not None and subject.tag_ in {"NN", "NNS"}),
        "subject_first": float(subject is not None and subject.lower_ in {"i", "we"}),
        "object": float(any(c.dep_ == "dobj" for c in root.rights)),
    }
