"""What the check-worthiness model looks at: named features of a sentence, each readable alone.

Word classes are read from word_classes.toml. A count enters as log(1 + count), a share as such.
"""

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.resources import files

from spacy.tokens import Doc, Span, Token

Counts = Counter[str]

TAGS = {
    "NN": "noun",
    "NNS": "plural_noun",
    "VBN": "participle",
    "CD": "number",
    "IN": "preposition",
    "JJS": "superlative",
    "RBS": "superlative",
    "UH": "interjection",
    "MD": "modal",
}
ENTITIES = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "people",
    "DATE": "date",
    "TIME": "date",
    "CARDINAL": "quantity",
    "QUANTITY": "quantity",
    "ORDINAL": "order_number",
    "MONEY": "money",
    "PERCENT": "percent",
    "LAW": "law",
    "EVENT": "event",
    "PRODUCT": "product",
}
DEPENDENCIES = {"nsubjpass": "passive", "agent": "agent", "amod": "attribute"}
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "pobj", "attr"})
AUXILIARIES = frozenset({"aux", "auxpass"})
VERBS = frozenset({"VBD", "VBN", "VBZ", "VBP", "VB", "VBG", "MD"})
HAVING = frozenset({"has", "have", "'ve", "’ve"})
BEGINNING = 3
"""spaCy's code for the first token of an entity."""
LONG_WORD = 7
THINKING = frozenset(["think", "believe", "feel", "hope", "want", "guess", "know", "wish"])
PRONOUNS = {"i": "first", "we": "first", "you": "you", "he": "third", "she": "third"} | {
    "they": "third"
}
TURNS = frozenset(
    [
        *["but", "and", "so", "yet", "perhaps", "maybe", "surely", "indeed", "instead", "still"],
        *["or", "nor", "because", "no", "not", "why", "how", "what", "who", "if", "even", "rather"],
        *["oh", "such", "this", "that", "these", "there", "nothing", "nobody", "everyone", "of"],
    ]
)
"""First words of a sentence that argues with the one before."""
LIKENING = frozenset(["like", "so-called", "if", "unless", "whether", "whatever"])
JUDGING = ("loaded", "stance", "appraisal", "mental")
"""Classes of words by which a writer judges, doubts or feels."""
PERSONAL = frozenset({"talk", "soft", "voice"})
"""Kinds of words that tell of their speaker: a quotation's are not the writer's."""
MODIFIERS = frozenset({"JJ", "JJR", "JJS", "RB", "RBR", "RBS"})
OPENING = frozenset("“«")
QUOTES = OPENING | frozenset("”»") | {'"'}
TELLING_VERBS = frozenset({"rise", "fall", "enact", "create"})


def _load_classes() -> tuple[dict[str, tuple[str, ...]], dict[str, frozenset[str]]]:
    """Return the classes of each word, and the names of the classes of each kind."""
    table = tomllib.loads(files(__package__).joinpath("word_classes.toml").read_text("utf-8"))
    found: dict[str, list[str]] = {}
    for kind in table.values():
        for name, words in kind.items():
            for word in words.split():
                found.setdefault(word, []).append(name)
    kinds = {kind: frozenset(names) for kind, names in table.items()}
    return {word: tuple(names) for word, names in found.items()}, kinds


CLASSES, KINDS = _load_classes()
KIND = {name: kind for kind, names in KINDS.items() for name in names}
CONCRETE = frozenset(w for w, names in CLASSES.items() if KINDS["concrete"].intersection(names))


def extract_features(
    sentence: Doc | Span | Sequence[Token], root: Token | None = None
) -> dict[str, float]:
    """Return the named features of a sentence, or of some tokens with their main verb."""
    words = [t for t in sentence if not t.is_space]
    length = sum(1 for t in words if not t.is_punct) or 1
    quoted = _find_quoted(words)
    counts = _count_all(words, quoted)
    seen = {name: math.log1p(count) for name, count in counts.items()}
    seen.update(_count_kinds(counts, length))
    seen["long_words"] = sum(1 for t in words if len(t) > LONG_WORD) / length
    seen["noun_share"] = (counts["noun"] + counts["plural_noun"]) / length
    seen["question"] = float(any(t.text == "?" for t in words))
    seen.update(_describe_opening(root or _find_root(sentence, words)))
    seen.update(_describe_voice(words, counts, quoted))
    return seen


def _count_all(words: Iterable[Token], quoted: frozenset[int]) -> Counts:
    counts: Counts = Counter()
    for token in words:
        _count_word(token, counts, own=token.i not in quoted)
        dependency = token.dep_
        if dependency in DEPENDENCIES:
            counts[DEPENDENCIES[dependency]] += 1
        if dependency in SUBJECTS and token.head.tag_ in VERBS:
            _count_clause(token, token.head, counts)
    return counts


def _count_word(token: Token, counts: Counts, *, own: bool) -> None:
    tag = TAGS.get(token.tag_)
    if tag is not None:
        counts[tag] += 1
    if token.ent_iob == BEGINNING and token.ent_type_ in ENTITIES:
        counts[ENTITIES[token.ent_type_]] += 1
        counts["names_and_numbers"] += 1
    word = token.lower_
    for name in CLASSES.get(word, ()):
        if own or KIND[name] not in PERSONAL:
            counts[name] += 1
            counts[KIND[name]] += 1
    if not word.isalpha() and any(c.isdigit() for c in word):
        counts["digits"] += 1
    if token.dep_ in OBJECTS and word in CONCRETE:
        counts["concrete_object"] += 1


def _count_clause(subject: Token, verb: Token, counts: Counts) -> None:
    """In which tense a clause stands, of whom it tells, and whether its verb tells a deed."""
    tense = _find_tense(verb)
    counts[tense] += 1
    counts[f"{_find_person(subject)}_{tense}"] += 1
    if tense in {"past", "perfect"}:
        for name in CLASSES.get(verb.lower_, ()):
            if name in TELLING_VERBS:
                counts[f"past_{name}"] += 1


def _find_tense(verb: Token) -> str:
    helpers = [c for c in verb.children if c.dep_ in AUXILIARIES]
    if any(c.tag_ == "MD" for c in helpers):
        return "with_modal"
    if verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in helpers):
        return "past"
    if verb.tag_ == "VBN" and any(c.lower_ in HAVING for c in helpers):
        return "perfect"
    return "present"


def _find_person(subject: Token) -> str:
    word = subject.lower_
    if word in PRONOUNS:
        return PRONOUNS[word]
    if subject.tag_ in {"NNP", "NNPS"}:
        return "third"
    return "noun" if subject.tag_ in {"NN", "NNS"} else "other"


def _count_kinds(counts: Counts, length: int) -> dict[str, float]:
    """Return how much of a sentence is talk, how much soft words, and how much can be looked up."""
    return {
        "talk_share": counts["talk"] / length,
        "soft_share": counts["soft"] / length,
        "concrete_share": counts["concrete"] / length,
        "concrete_kinds": math.log1p(len(KINDS["concrete"] & counts.keys())),
        "concrete_object": float(counts["concrete_object"] > 0),
        "name_or_number": float(counts["names_and_numbers"] > 0),
    }


def _describe_opening(root: Token | None) -> dict[str, float]:
    """Return the main verb with its subject and object, and whether the sentence is an order."""
    if root is None:
        return {}
    subject = next((c for c in root.lefts if c.dep_ in SUBJECTS), None)
    return {
        "root_past": float(root.tag_ == "VBD"),
        "root_thinks": float(root.lower_ in THINKING),
        "order": float(root.tag_ == "VB" and subject is None),
        "object": float(any(c.dep_ == "dobj" for c in root.rights)),
        "subject_name": float(subject is not None and subject.tag_ in {"NNP", "NNPS"}),
        "subject_noun": float(subject is not None and subject.tag_ in {"NN", "NNS"}),
        "subject_he_she": float(subject is not None and subject.lower_ in {"he", "she"}),
        "subject_they": float(subject is not None and subject.lower_ == "they"),
    }


def _describe_voice(words: list[Token], counts: Counts, quoted: frozenset[int]) -> dict[str, float]:
    """Signs of a writer who argues, or who reports what others did and said."""
    first = next((t.lower_ for t in words if t.is_alpha), "")
    marks = Counter(t.text for t in words if t.is_punct)
    own = [t for t in words if t.i not in quoted]
    told = counts["past"] or counts["perfect"] or counts["passive"]
    judged = Counter(name for t in own for name in CLASSES.get(t.lower_, ()) if name in JUDGING)
    length = len(own) or 1
    return {f"own_{name}": math.log1p(judged[name]) for name in JUDGING} | {
        "modifier_share": sum(t.tag_ in MODIFIERS for t in own) / length,
        "exclamation": float(marks["!"] > 0),
        "turn_first": float(first in TURNS and not quoted),
        "broken": float(any(marks[m] for m in ("—", "–", "--", ";", "…", "..."))),
        "quoted_speech": float(bool(quoted)),
        "reported_speech": float(counts["speech"] > 0 and not counts["i_me"]),
        "general": float(not told and not counts["names_and_numbers"]),
        "likening": float(any(t.lower_ in LIKENING for t in own)),
    }


def _find_quoted(words: list[Token]) -> frozenset[int]:
    """The words in quotation marks beside a verb of saying: another's, no sign of the writer."""
    if not any("speech" in CLASSES.get(t.lower_, ()) for t in words):
        return frozenset()
    found: set[int] = set()
    inside = False
    for token in words:
        if token.text in QUOTES:
            inside = not inside if token.text == '"' else token.text in OPENING
        elif inside:
            found.add(token.i)
    return frozenset(found)


def _find_root(sentence: Doc | Span | Sequence[Token], words: list[Token]) -> Token | None:
    if isinstance(sentence, Span):
        return sentence.root
    return next((t for t in words if t.dep_ == "ROOT"), None)
