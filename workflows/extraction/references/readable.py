"""What can be read alone though nothing is put in for it, and what stays open."""

from collections.abc import Set as AbstractSet

from workflows.extraction.parse import Doc, Token
from workflows.extraction.references.binding import (
    find_actor,
    find_clause_verb,
    find_partner,
    is_afterthought,
    is_everybodys,
    is_generic,
    is_within,
)
from workflows.extraction.references.counted import is_estimate
from workflows.extraction.references.kinds import (
    EntityKind,
    Gender,
    find_nature,
    is_human,
    make_singular,
)
from workflows.extraction.references.mention import POINTING, SUBJECTS, Mention, MentionType, Role
from workflows.extraction.references.numerals import ORDINALS
from workflows.extraction.references.resolved import ResolvedReference, is_bare
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.syntax import find_subject

NOUN_PLACES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative"})
ANYBODY = frozenset(
    {"anybody", "anyone", "everybody", "everyone", "nobody", "no-one", "somebody", "someone"}
    | {"those", "whoever", "all", "many", "most", "some", "few", "others", "none", "both"}
)
"""What "they" and "their" mean in the same sentence, though it is no noun."""
PERCENT = frozenset({"percent", "cent", "%"})
NATIONAL = word_set(
    """
    adversary ally army border city constitution country currency democracy economy enemy military
    nation navy shore soldier taxpayer troop veteran
    """
)
"""What a people has together: “our border” is read without its text."""
BEARINGS = frozenset({"east", "north", "south", "west"})
BESIDE = frozenset({"advcl", "relcl", "acl", "pcomp"})
SHARES = frozenset({"most", "both", "neither", "none"})
ONES = frozenset({"one", "another"})
PLACE = frozenset({"here", "there"})
POINTING_OUT = POINTING | PLACE | ORDINALS.keys() | SHARES | ONES | {"others", "such"}
"""Words of which one stands wherever something is meant that was told of before."""
TIMES = frozenset({"DATE", "TIME"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
VAGUE = frozenset({"out", "over", "up", "down"})
"""“Out there” is nowhere in particular."""
GENDERS = {"he": Gender.MALE, "she": Gender.FEMALE}


def is_left_open(doc: Doc, reference: ResolvedReference, shown: AbstractSet[int]) -> bool:
    """Return True for a mention that is not replaced, and that no reader could understand.

    `shown` are the tokens that the claim tells. A noun after "the" is open only where it acts and
    tells no more than a kind; a pronoun is not where it means what stands in the same claim,
    everybody, or nobody in particular.
    """
    mention = reference.mention
    token = doc[mention.head]
    if mention.headless:
        counted = mention.form is MentionType.DEFINITE and not _is_counted_here(doc, mention, shown)
        return counted or is_of_several(token)
    if mention.form is not MentionType.PRONOUN:
        told_before = is_bare(mention) or (reference.points_back and not _is_told_behind(token))
        acts = is_acting(doc, mention) or is_estimate(token)
        return (told_before and acts) or is_remainder(token)
    if any(head in shown for head in reference.candidates[:1]) or _is_in_name(token):
        return False
    if mention.noun == "you":
        return not is_generic(token)
    if mention.noun == "we":
        return not is_everybodys(token) and not _is_national(token)
    bound = _is_bound(token, mention.noun, shown) or _is_ahead(token, shown)
    return not (bound or _is_beside(token, shown) or _has_companion(token, shown))


def is_acting(doc: Doc, mention: Mention) -> bool:
    """Return True for the subject of a clause, or what stands in its phrase."""
    above = doc[mention.head].head
    if above.lower_ == "of" and above.head.i < above.i:
        above = above.head  # “the owner of the firm”
    return mention.role is Role.SUBJECT or above.dep_ in SUBJECTS


def _is_told_behind(noun: Token) -> bool:
    """Return True for “the decision was made to sell”, which tells what the noun means.

    And for what stands in a clause beside the one that tells more: “… after the results came out”.
    """
    verb = noun.head
    if verb.dep_ in BESIDE and noun.dep_ in SUBJECTS:
        return True
    told = noun.dep_ == "nsubjpass" or verb.lower_ in {"is", "was"}
    return told and any(
        c.dep_ in {"xcomp", "ccomp", "advcl", "acl"}
        and any(g.lower_ in {"to", "that", "whether"} for g in c.lefts)
        for c in verb.rights
    )


def find_open_words(paragraph: Paragraph) -> tuple[frozenset[int], frozenset[int]]:
    """Return the tokens that point out of what is told, and those which do so with their noun."""
    signs = [paragraph.doc[i] for i, word in enumerate(paragraph.words) if word in POINTING_OUT]
    alone = (t.i for t in signs if any(is_open(t) for is_open in POINTING_ALONE))
    return frozenset(alone), frozenset(t.i for t in signs if points_at(t) or is_ranked(t))


def _is_counted_here(doc: Doc, mention: Mention, shown: AbstractSet[int]) -> bool:
    """Return True if a claim itself counts them: "Roe and Lee met, and the two agreed"."""
    before = [i for i in shown if i < mention.words.start]
    return any(doc[i].lower_ == "and" or doc[i].tag_ == "CD" for i in before)


def is_remainder(token: Token) -> bool:
    """Return True for "the other", "the others", whose whole was told of before."""
    if token.lower_ not in {"other", "others"} or token.dep_ not in NOUN_PLACES:
        return False
    return any(c.lower_ == "the" for c in token.lefts) and not any(token.rights)


def is_of_several(token: Token) -> bool:
    """Return True for “One was a mill”, “Another said”: of those told of before.

    Not for “one in five”, nor for “one” as anybody.
    """
    if token.dep_ not in SUBJECTS or token.tag_ == "PRP":
        return False
    if token.lower_ in SHARES:
        past = token.head.tag_ in {"VBD", "VBN"}
        return past and not any(c.dep_ in {"prep", "relcl", "acl", "appos"} for c in token.rights)
    if token.lower_ not in ONES:
        return False
    anybody = token.lower_ == "one" and any(c.tag_ == "MD" for c in token.head.lefts)
    return not anybody and not any(
        c.dep_ in {"prep", "relcl", "acl", "appos"} for c in token.rights
    )


def is_ranked(token: Token) -> bool:
    """Return True for “the second crash”, “the other van”, “such a charge”: one of several.

    Of which, is told before. Not for a time, nor for what is told behind its noun.
    """
    noun = token.head
    if (
        token.dep_ not in {"amod", "predet", "det"}
        or noun.i < token.i
        or not noun.tag_.startswith("NN")
    ):
        return False
    if token.lower_ == "such":
        return not any(c.lower_ == "as" for c in noun.rights)
    if token.lower_ not in ORDINALS or noun.dep_ not in SUBJECTS or noun.tag_.startswith("NNP"):
        return False
    definite = any(c.lower_ == "the" for c in noun.lefts)
    told = any(c.dep_ in {"prep", "relcl", "acl", "appos"} and not _is_time(c) for c in noun.rights)
    kind = find_nature(make_singular(noun.lower_)).kind
    return definite and not told and kind not in {EntityKind.TIME, EntityKind.FIGURE}


def _is_time(token: Token) -> bool:
    return any(c.ent_type_ in TIMES for c in token.rights)


def points_back(token: Token) -> bool:
    """Return True for a "this" or "that" which stands for something told before."""
    if token.lower_ not in POINTING or token.tag_ != "DT" or token.dep_ not in NOUN_PLACES:
        return False
    if (
        token.lower_ == "that"
        and token.i
        and token.nbor(-1).tag_ == "NNS"
        and token.dep_ in SUBJECTS
    ):
        return False  # “mothers that smoke”
    return not any(
        child.i > token.i and child.dep_ in {"prep", "relcl", "acl"} for child in token.children
    )


def points_there(token: Token) -> bool:
    """Return True for “flats were built there”, where its sentence has told of no place before."""
    if token.lower_ not in PLACE or (token.tag_, token.dep_) != ("RB", "advmod"):
        return False
    before = token.doc[token.sent.start : token.i]
    told = any(t.ent_type_ in PLACES for t in before) or any(c.dep_ == "prep" for c in token.rights)
    return not told and not any(t.lower_ in VAGUE for t in before[-1:])


POINTING_ALONE = (points_back, points_there, is_remainder, is_of_several)


def points_at(token: Token) -> bool:
    """Return True for "those problems", "that assertion": a noun told of before.

    Not for a time ("this year"), nor for what its own words tell ("those living in Pell").
    """
    noun = token.head
    if token.lower_ not in POINTING or (token.dep_, token.tag_) != ("det", "DT"):
        return False
    beside = noun.doc[noun.i + 1 : noun.i + 2]
    if not noun.tag_.startswith("NN") or any(t.lower_ in BEARINGS for t in beside):
        return False
    if noun.i < token.i or noun.ent_type_ in TIMES:
        return False
    if any(t.lower_ == "all" for t in token.doc[max(token.i - 2, 0) : token.i]):
        return noun.i == token.i + 1  # “all of this election stuff”
    return not any(c.dep_ in {"prep", "relcl", "acl", "appos", "advmod"} for c in noun.rights)


def _is_national(our: Token) -> bool:
    """Return True for “our borders”: of the country of whoever speaks."""
    if our.tag_ != "PRP$":
        return False
    if our.head.lower_ == "own":  # “our border before their own”
        before = (t for t in our.sent if t.i < our.i and t.tag_ == "PRP$" and t.lower_ == "our")
        return any(make_singular(t.head.lower_) in NATIONAL for t in before)
    return make_singular(our.head.lower_) in NATIONAL


def _is_in_name(token: Token) -> bool:
    """Return True for the "Our" of "Our Olden Fund"."""
    if token.tag_ != "PRP$" or not token.text.istitle():
        return False
    behind = token.doc[token.i + 1 : token.i + 3]
    capitals = [t.text[:1].isupper() for t in behind]
    return any(capitals[:1]) and (
        not token.is_sent_start or (all(capitals) and token.lower_ == "our")
    )


def _is_beside(token: Token, shown: AbstractSet[int]) -> bool:
    """Return True for “miners, some of them women”, where a claim tells of the miners."""
    before = token.doc[token.sent.start : token.i]
    return is_afterthought(token) and any(t.i in shown for t in before if t.tag_ == "NNS")


def _is_ahead(token: Token, shown: AbstractSet[int]) -> bool:
    """Return True for “before casting their votes, sailors …”, which tells of several by itself."""
    subjects = (find_subject(verb) for verb in token.ancestors)
    subject = next((s for s in subjects if s is not None and s.i > token.i), None)
    if token.lower_ != "their" or subject is None:
        return False
    several = subject.tag_ in {"NNS", "NNPS"} or subject.lower_ in PERCENT
    return several and subject.i in shown


def _is_anybody(token: Token) -> bool:
    """Return True for the "those" of “those who …”, and the share of “40 percent said they …”."""
    if token.lower_ in PERCENT:
        return token.dep_ in SUBJECTS
    return token.lower_ in ANYBODY and token.tag_ != "DT"


def _has_companion(token: Token, shown: AbstractSet[int]) -> bool:
    """Return True for “Lee came with his wife to raise their sons”: both are told of."""
    verb = find_clause_verb(token)
    owner = find_actor(verb) if verb is not None else None
    if token.lower_ != "their" or owner is None or owner.i > token.i or owner.i not in shown:
        return False
    beside = (t for t in token.doc[owner.i + 1 : token.i] if t.lower_ == "with" and t.i in shown)
    people = (c for preposition in beside for c in preposition.rights if c.dep_ == "pobj")
    return any(is_human(make_singular(c.lower_)) for c in people)


def _is_bound(token: Token, noun: str, shown: AbstractSet[int]) -> bool:
    """Return True for a pronoun that its own sentence explains: "each city has its mayor"."""
    doc = token.doc
    sentence = token.sent
    if noun == "they":
        before = doc[sentence.start : token.i]
        if any(_is_anybody(t) and t.i in shown for t in before):
            return True
    if token.tag_ != "PRP$":
        return False
    verb = find_clause_verb(token)
    partner = find_partner(token)
    owner = partner or (find_actor(verb) if verb is not None else None)
    told = owner is not None and owner.i < token.i and owner.i in shown
    if owner is None or not told or (partner is None and is_within(token, owner)):
        return False
    own = partner is not None or any(
        t.lower_ == "own" for t in token.doc[token.i + 1 : token.i + 2]
    )
    if not owner.tag_.startswith("NN") or (own and owner.tag_ == "NNP"):
        return own or (noun == "they" and owner.lower_ in ANYBODY)
    joined = partner is None and any(c.dep_ == "conj" for c in owner.rights)
    several = joined or owner.tag_ in {"NNS", "NNPS"}
    if noun in GENDERS:
        nature = find_nature(make_singular(owner.lower_))
        return not several and nature.gender is GENDERS[noun]
    return several == (noun == "they")
