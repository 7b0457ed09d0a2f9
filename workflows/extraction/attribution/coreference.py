"""Who "he", "the minister" or a bare surname is, where that is certain."""

from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Doc, Token

from workflows.extraction.attribution.relation import AttributionRelation
from workflows.extraction.attribution.source_mention import is_anonymous, mention_span
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import MARKS, TokenSpan

SINGULAR = frozenset({"he", "she"})
RELATIVE = frozenset({"who", "which", "that"})
THINGS = frozenset({"EVENT", "DATE", "WORK_OF_ART", "LAW", "PRODUCT", "FAC"})
"""Kinds of names that "who" cannot mean."""
PERSONS = word_set(
    """
    official source expert analyst observer insider critic aide witness officer diplomat adviser
    advisor spokesman spokeswoman spokesperson employee resident lawyer reporter journalist
    researcher scientist commentator minister president leader general commander director chief
    """
)
OTHERS = frozenset({"ORG", "GPE", "NORP", "LOC", "DATE"})
"""Kinds of names by which "he" is not meant."""
TITLES = frozenset({"mr.", "mrs.", "ms.", "dr.", "mr", "mrs", "ms", "dr"})


class Reference(NamedTuple):
    """Whom a mention certainly means, and whether that one is named."""

    name: str
    anonymous: bool


@dataclass(slots=True)
class EntityTracker:
    """The named speakers a text has brought on so far, and the one who spoke last."""

    full_names: dict[str, str] = field(default_factory=dict)
    last_speaker: Reference | None = None
    paragraphs_ago: int = 0
    seen_at: int = -1

    def start_paragraph(self) -> None:
        self.paragraphs_ago += 1
        self.seen_at = -1

    def resolve(self, saying: AttributionRelation) -> Reference | None:
        """Whom a mention certainly refers to, if that is another; remembers who speaks."""
        if saying.source is None or saying.head is None:
            return None
        head = saying.head
        if head.lower_ in SINGULAR:
            return self._resolve_pronoun(head)
        if head.lower_ in RELATIVE and head.dep_ in {"nsubj", "nsubjpass"}:
            return _find_antecedent(head)
        return self._introduce(saying.source, head)

    def _introduce(self, source: TokenSpan, head: Token) -> Reference | None:
        """One who is named, or an unnamed person: the next "he" may mean him."""
        text = source.text(head.doc)
        named = _find_appositive(head)
        if named is not None:
            self._remember(Reference(named, anonymous=False), head)
            return self.last_speaker
        if is_person(head):
            fuller = self._find_full_name(text)
            self._remember(Reference(fuller, anonymous=False), head)
            return self.last_speaker if fuller != text else None
        if head.tag_ == "NN" and head.lower_ in PERSONS:
            self._remember(Reference(text, anonymous=True), head)
        return None

    def _resolve_pronoun(self, pronoun: Token) -> Reference | None:
        """The one who spoke last, unless somebody else has done something since."""
        doc = pronoun.doc
        since = [
            mention_span(t).text(doc)
            for t in doc[self.seen_at + 1 : pronoun.i]
            if t.dep_ in {"nsubj", "nsubjpass"} and t.tag_ == "NNP" and t.ent_type_ not in OTHERS
        ]
        fullest_first = sorted(since, key=len, reverse=True)  # a surname is looked up in them
        names = {self._find_full_name(name) for name in fullest_first}
        if self.last_speaker is not None:
            names -= {self.last_speaker.name}
        if not names:
            return self.last_speaker if self.paragraphs_ago <= 1 else None
        return Reference(names.pop(), anonymous=False) if len(names) == 1 else None

    def _remember(self, who: Reference, head: Token) -> None:
        self.last_speaker, self.paragraphs_ago, self.seen_at = who, 0, head.i

    def _find_full_name(self, name: str) -> str:
        """A surname alone stands for the full name it was brought on with."""
        bare = [word for word in name.split() if word.lower() not in TITLES]
        surname = bare[-1] if bare else name
        if len(bare) > 1:
            self.full_names[surname] = name
        return self.full_names.get(surname, name)


def is_person(head: Token) -> bool:
    return head.tag_.startswith("NNP") and head.ent_type_ == "PERSON"


def _find_appositive(head: Token) -> str | None:
    """The name in "its secretary-general, Mark Rutte,"."""
    if head.tag_.startswith("NNP"):
        return None
    for child in head.rights:
        if child.dep_ == "appos" and is_person(child):
            return mention_span(child).text(head.doc)
    return None


def _find_antecedent(relative: Token) -> Reference | None:
    clause = relative.head
    if clause.dep_ != "relcl":
        return None
    head = clause.head
    found = mention_span(head)
    if found.has(relative.i) or (relative.lower_ == "who" and head.ent_type_ in THINGS):
        return None
    return Reference(found.text(relative.doc), is_anonymous(relative.doc, found))


SUBJECTS = frozenset({"nsubj", "nsubjpass"})
PLURAL = frozenset({"they", "them"})
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
LONGEST = 6
"""Tokens of a noun phrase that may stand in for a pronoun."""


def find_replacements(
    paragraph: Paragraph, heard: list[AttributionRelation], resolved: dict[int, Reference]
) -> dict[int, str]:
    """By token, the words that certainly stand for it; an empty string for one that goes."""
    doc = paragraph.doc
    country = doc.vocab.strings["country"]
    found: dict[int, str] = {}
    if any(token.lower == country for token in paragraph.tokens):
        for sentence in paragraph.sentences:
            found.update(_replace_country(doc, TokenSpan(sentence.start, sentence.end)))
    for saying in heard:
        found.update(_replace_speaker(doc, saying, resolved.get(saying.cue.start)))
        found.update(_replace_they(doc, saying.content))
    return found


def _replace_speaker(
    doc: Doc, saying: AttributionRelation, who: Reference | None
) -> dict[int, str]:
    """“He” as first subject of what one named man says, when nobody else is named before it."""
    head = saying.head
    if saying.source is None or head is None:
        return {}
    person = who.name if who is not None else None
    found: dict[int, str] = {}
    if head.lower_ in SINGULAR and person is not None:
        found[head.i] = person
    elif is_person(head):
        person = person or saying.source.text(doc)
    if person is None or saying.content.start < saying.source.start:
        return found
    for token in doc[saying.content.start : saying.content.end]:
        if token.ent_type_ == "PERSON" or token.text in MARKS:
            break
        if token.lower_ in SINGULAR and token.dep_ in SUBJECTS:
            return found | {token.i: person}
    return found


def _replace_they(doc: Doc, content: TokenSpan) -> dict[int, str]:
    """“They” and “of them”, when just one noun in the plural stands before them."""
    candidates: list[Token] = []
    found: dict[int, str] = {}
    for token in doc[content.start : content.end]:
        if token.lower_ in PLURAL and len(candidates) == 1 and _stands_alone(token):
            found[token.i] = _make_definite(candidates[0])
        elif token.tag_ in PLURAL_TAGS and token.dep_ in SUBJECTS | {"dobj"}:
            candidates.append(token)
    return found


def _stands_alone(pronoun: Token) -> bool:
    return pronoun.dep_ in SUBJECTS or pronoun.nbor(-1).lower_ == "of"


def _make_definite(noun: Token) -> str:
    phrase = mention_span(noun)
    if phrase.end - phrase.start > LONGEST:
        phrase = TokenSpan(noun.i, noun.i + 1)
    text = phrase.text(noun.doc)
    bare = noun.doc[phrase.start].tag_ in {"CD", "NNS", "JJR", "RB", "IN"}
    return f"the {text}" if bare else text


def _replace_country(doc: Doc, sentence: TokenSpan) -> dict[int, str]:
    """“The country”, when just one is named before it in the sentence."""
    named: set[str] = set()
    for token in doc[sentence.start : sentence.end]:
        if token.lower_ == "country" and token.dep_ in SUBJECTS:
            article = token.nbor(-1) if token.i else token
            if article.lower_ == "the" and len(named) == 1:
                return {article.i: "", token.i: named.pop()}
            return {}
        if token.ent_type_ == "GPE":
            named.add(_name_entity(token))
    return {}


def _name_entity(token: Token) -> str:
    """The whole name of the place a token belongs to."""
    place = next((e for e in token.doc.ents if e.start <= token.i < e.end), None)
    name = place.text if place is not None else token.text
    return name.removesuffix("’s").removesuffix("'s").removesuffix("’").removesuffix("'")
