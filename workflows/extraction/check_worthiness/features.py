"""What the check-worthiness model looks at: named features of a sentence, each readable alone.

Word classes are read from word_classes.toml. A count enters as log(1 + count), a share as such.
"""

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib.resources import files

from workflows.extraction.parse import Doc, Span, Token

Counts = defaultdict[str, int]
"""Read with `get`: to ask for what is not there must not count it."""


Word = tuple[Token, str, str]
"""A token with its form in lower case and its tag, which spaCy looks up anew each time."""
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
BREAKS = frozenset({"—", "–", "--", ";", "…", "..."})
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
SPEECH = frozenset(word for word, names in CLASSES.items() if "speech" in names)
CONCRETE = frozenset(w for w, names in CLASSES.items() if KINDS["concrete"].intersection(names))


def extract_features(
    sentence: Doc | Span | Sequence[Token], root: Token | None = None
) -> dict[str, float]:
    """Return the named features of a sentence, or of some tokens with their main verb."""
    words = [(token, token.lower_, token.tag_) for token in sentence if not token.is_space]
    marks = [lower for token, lower, _ in words if token.is_punct]
    length = len(words) - len(marks) or 1
    quoted = _find_quoted(words)
    counts = _count_all(words, quoted)
    seen = {name: math.log1p(count) for name, count in counts.items()}
    seen.update(_count_kinds(counts, length))
    seen["long_words"] = sum(len(lower) > LONG_WORD for _, lower, _ in words) / length
    seen["noun_share"] = (counts.get("noun", 0) + counts.get("plural_noun", 0)) / length
    seen["question"] = float("?" in marks)
    seen.update(_describe_opening(root or _find_root(sentence, words)))
    seen.update(_describe_voice(words, counts, quoted, frozenset(marks)))
    return seen


def _count_all(words: Iterable[Word], quoted: frozenset[int]) -> Counts:
    counts: Counts = defaultdict(int)
    for word in words:
        token, lower, _ = word
        _count_word(word, counts, own=token.i not in quoted)
        dependency = token.dep_
        if dependency in DEPENDENCIES:
            counts[DEPENDENCIES[dependency]] += 1
        elif dependency in OBJECTS and lower in CONCRETE:
            counts["concrete_object"] += 1
        if dependency in SUBJECTS and token.head.tag_ in VERBS:
            _count_clause(token, token.head, counts)
    return counts


def _count_word(word: Word, counts: Counts, *, own: bool) -> None:
    token, lower, tag = word
    if tag in TAGS:
        counts[TAGS[tag]] += 1
    if token.ent_iob_ == "B" and token.ent_type_ in ENTITIES:
        counts[ENTITIES[token.ent_type_]] += 1
        counts["names_and_numbers"] += 1
    for name in CLASSES.get(lower, ()):
        if own or KIND[name] not in PERSONAL:
            counts[name] += 1
            counts[KIND[name]] += 1
    if not lower.isalpha() and any(c.isdigit() for c in lower):
        counts["digits"] += 1


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
    tag = verb.tag_
    helpers = [c for c in verb.children if c.dep_ in AUXILIARIES]
    tags = [c.tag_ for c in helpers]
    if "MD" in tags:
        return "with_modal"
    if tag == "VBD" or "VBD" in tags:
        return "past"
    if tag == "VBN" and any(c.lower_ in HAVING for c in helpers):
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
        "talk_share": counts.get("talk", 0) / length,
        "soft_share": counts.get("soft", 0) / length,
        "concrete_share": counts.get("concrete", 0) / length,
        "concrete_kinds": math.log1p(len(KINDS["concrete"] & counts.keys())),
        "concrete_object": float("concrete_object" in counts),
        "name_or_number": float("names_and_numbers" in counts),
    }


def _describe_opening(root: Token | None) -> dict[str, float]:
    """Return the main verb with its subject and object, and whether the sentence is an order."""
    if root is None:
        return {}
    subject = next((c for c in root.lefts if c.dep_ in SUBJECTS), None)
    tag = root.tag_
    subject_tag = subject.tag_ if subject is not None else ""
    subject_word = subject.lower_ if subject is not None else ""
    return {
        "root_past": float(tag == "VBD"),
        "root_thinks": float(root.lower_ in THINKING),
        "order": float(tag == "VB" and subject is None),
        "object": float(any(c.dep_ == "dobj" for c in root.rights)),
        "subject_name": float(subject_tag in {"NNP", "NNPS"}),
        "subject_noun": float(subject_tag in {"NN", "NNS"}),
        "subject_he_she": float(subject_word in {"he", "she"}),
        "subject_they": float(subject_word == "they"),
    }


def _describe_voice(
    words: list[Word], counts: Counts, quoted: frozenset[int], marks: frozenset[str]
) -> dict[str, float]:
    """Signs of a writer who argues, or who reports what others did and said."""
    first = next((lower for token, lower, _ in words if token.is_alpha), "")
    own = [word for word in words if word[0].i not in quoted] if quoted else words
    told = "past" in counts or "perfect" in counts or "passive" in counts
    length = len(own) or 1
    return {f"own_{name}": math.log1p(counts.get(name, 0)) for name in JUDGING} | {
        "modifier_share": sum(tag in MODIFIERS for _, _, tag in own) / length,
        "exclamation": float("!" in marks),
        "turn_first": float(first in TURNS and not quoted),
        "broken": float(not BREAKS.isdisjoint(marks)),
        "quoted_speech": float(bool(quoted)),
        "reported_speech": float("speech" in counts and "i_me" not in counts),
        "general": float(not told and "names_and_numbers" not in counts),
        "likening": float(any(lower in LIKENING for _, lower, _ in own)),
    }


def _find_quoted(words: list[Word]) -> frozenset[int]:
    """The words in quotation marks beside a verb of saying: another's, no sign of the writer."""
    if not any(lower in SPEECH for _, lower, _ in words):
        return frozenset()
    found: set[int] = set()
    inside = False
    for token, lower, _ in words:
        if lower in QUOTES:
            inside = not inside if lower == '"' else lower in OPENING
        elif inside:
            found.add(token.i)
    return frozenset(found)


def _find_root(sentence: Doc | Span | Sequence[Token], words: list[Word]) -> Token | None:
    if isinstance(sentence, Span):
        return sentence.root
    return next((token for token, _, _ in words if token.dep_ == "ROOT"), None)
