"""Pronouns and "the country" inside what is said, where they can mean only one thing."""

from spacy.tokens import Doc, Token

from workflows.extraction.references import SINGULAR, Reference, is_person
from workflows.extraction.sayings import Saying
from workflows.extraction.sentences import Paragraph
from workflows.extraction.sources import mention
from workflows.extraction.stretches import MARKS, Stretch

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
PLURAL = frozenset({"they", "them"})
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
LONGEST = 6
"""Tokens of a noun phrase that may stand in for a pronoun."""


def names(
    paragraph: Paragraph, heard: list[Saying], resolved: dict[int, Reference]
) -> dict[int, str]:
    """By token, the words that certainly stand for it; an empty string for one that goes."""
    doc = paragraph.doc
    country = doc.vocab.strings["country"]
    found: dict[int, str] = {}
    if any(token.lower == country for token in paragraph.tokens):
        for sentence in paragraph.sentences:
            found.update(_country(doc, Stretch(sentence.start, sentence.end)))
    for saying in heard:
        found.update(_speaker_himself(doc, saying, resolved.get(saying.cue.start)))
        found.update(_they(doc, saying.content))
    return found


def _speaker_himself(doc: Doc, saying: Saying, who: Reference | None) -> dict[int, str]:
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


def _they(doc: Doc, content: Stretch) -> dict[int, str]:
    """“They” and “of them”, when just one noun in the plural stands before them."""
    candidates: list[Token] = []
    found: dict[int, str] = {}
    for token in doc[content.start : content.end]:
        if token.lower_ in PLURAL and len(candidates) == 1 and _stands_alone(token):
            found[token.i] = _definite(candidates[0])
        elif token.tag_ in PLURAL_TAGS and token.dep_ in SUBJECTS | {"dobj"}:
            candidates.append(token)
    return found


def _stands_alone(pronoun: Token) -> bool:
    return pronoun.dep_ in SUBJECTS or pronoun.nbor(-1).lower_ == "of"


def _definite(noun: Token) -> str:
    phrase = mention(noun)
    if phrase.end - phrase.start > LONGEST:
        phrase = Stretch(noun.i, noun.i + 1)
    text = phrase.text(noun.doc)
    bare = noun.doc[phrase.start].tag_ in {"CD", "NNS", "JJR", "RB", "IN"}
    return f"the {text}" if bare else text


def _country(doc: Doc, sentence: Stretch) -> dict[int, str]:
    """“The country”, when just one is named before it in the sentence."""
    named: set[str] = set()
    for token in doc[sentence.start : sentence.end]:
        if token.lower_ == "country" and token.dep_ in SUBJECTS:
            article = token.nbor(-1) if token.i else token
            if article.lower_ == "the" and len(named) == 1:
                return {article.i: "", token.i: named.pop()}
            return {}
        if token.ent_type_ == "GPE":
            named.add(_name(token))
    return {}


def _name(token: Token) -> str:
    """The whole name of the place a token belongs to."""
    place = next((e for e in token.doc.ents if e.start <= token.i < e.end), None)
    name = place.text if place is not None else token.text
    return name.removesuffix("’s").removesuffix("'s").removesuffix("’").removesuffix("'")
