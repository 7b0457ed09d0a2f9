"""How a cue puts what it tells, by all that governs it: affirmed, denied, or left open.

“Did not deny that”, “refused to say whether”, “saw no sign that”, “withdrew its claim that”: none
of them says what stands behind it. A cue that can't be given a hedge is no cue (None), so that
its sentence stays whole: “Auditors found no evidence that the fund was empty.”
"""

from workflows.claims import Hedge
from workflows.extraction.parse import Token
from workflows.extraction.text.lexicon import (
    ABSTAINING,
    DIRECTIVES,
    DOUBTING,
    EXCLUDING,
    LABELLING,
    LACKING,
    NEGATIVE,
    REFUSING,
    RESPONSES,
    UNSURE_FORMS,
    UNTRUE,
    inflect_all,
    word_set,
)
from workflows.extraction.text.syntax import NEGATIONS, find_subject

OBJECTS = frozenset({"dobj", "nsubjpass", "pobj", "oprd", "attr"})
FARTHEST = 6
"""Governors looked at above a cue."""
PARTICLES_WITHIN = 7
"""Tokens behind a verb within which its particles stand: “walked his claim back”."""
CONDITIONAL = frozenset({"if", "unless", "lest"})
WONDERING = inflect_all("question query doubt")
"""Verbs whose “whether” is what somebody leaves open, and asks nobody."""
NEG_RAISING = inflect_all("believe think expect feel suppose reckon anticipate imagine")
"""Verbs whose “not” belongs to what they tell: “do not think that it fell”."""
FORETOLD = word_set("expected forecast predicted projected anticipated")
HELPING = word_set("have has had is are was were be")
WHETHER = frozenset({"whether", "if"})


def judge_verb(verb: Token, hedge: Hedge, *, asks: bool) -> Hedge | None:
    """Return the hedge a verb gives its clause; None where it tells nothing of it.

    `hedge` is the verb's own by the lexicon; `asks` says that its clause begins with “whether”.
    """
    if is_unreal(verb) or has_negative_subject(verb) or is_amazement(verb):
        return None
    if is_purpose(verb) or _is_only_come_to_know(verb) or is_undenied(verb):
        return None
    word, turned = verb.lower_, is_reversed(verb)
    if word in EXCLUDING and (word not in RULING or has_particles(verb, ("out",))):
        return Hedge.SPECULATED if turned else Hedge.DENIED
    if turned:
        return hedge if is_not_foretold(verb) else _turn(word, hedge, asks=asks)
    if asks:
        return Hedge.UNCONFIRMED if word in WONDERING else None
    return Hedge.UNCONFIRMED if word in DOUBTING or _is_regretted(verb) else hedge


def is_undenied(verb: Token) -> bool:
    """Return True for “there is no denying that”, by which it is so."""
    return verb.lower_ == "denying" and any(c.lower_ == "no" for c in verb.lefts)


def is_not_foretold(verb: Token) -> bool:
    """Return True for “is not expected to resign”: it is foretold that she won't."""
    passive = verb.lower_ in FORETOLD and any(c.dep_ == "auxpass" for c in verb.lefts)
    return passive and has_negation(verb) and any(c.dep_ == "xcomp" for c in verb.rights)


def is_amazement(verb: Token) -> bool:
    """Return True for “could not believe that”, “can hardly believe that”: it is so."""
    if verb.lower_ not in {"believe", "credit"}:
        return False
    able = any(c.lower_ in {"can", "could", "ca"} for c in verb.lefts)
    hardly = any(c.lower_ in {"hardly", "barely", "scarcely"} for c in verb.lefts)
    return able and (hardly or has_negation(verb))


PROOF = inflect_all(
    """
    prove show demonstrate guarantee determine establish discover find illustrate ensure convince
    persuade verify confirm document
    """
)
MANAGING = inflect_all("seem appear manage happen continue begin help serve go use") | word_set(
    "able enough"
)
HEARING = word_set("hear hears heard hearing told")
KNOWING = inflect_all("see learn notice know realise realize discover understand recognise")
BODIES = word_set(
    """
    court courts tribunal inquest inquiry hearing jury jurors panel committee judge judges
    magistrate magistrates commission parliament council senate assembly trial
    """
)
"""Who hears what is alleged: what a court heard was told to it."""
ANYBODY = word_set("people everyone everybody readers viewers listeners fans we you anyone voters")
WHOEVER = frozenset({"anyone", "anybody", "whoever"})
QUANTIFIERS = word_set("many most some all countless millions thousands few several every")


RECOUNTING = inflect_all(
    "explain describe recount recall tell relate narrate reveal detail outline hear show remember"
)
ASKED = word_set("what which who whom whose where when how why")
EXPRESSING = inflect_all("express voice vent")
BLAMING = inflect_all(
    "criticise criticize attack blast slam praise condemn denounce challenge question fault"
)
VAGUE = word_set(
    "front fronts ground grounds count counts point points issue issues matter matters"
)


def is_recounted(first: Token, verb: Token) -> bool:
    """Return True for “explained why the port had closed”, by which it had."""
    if first.lower_ not in {"how", "why"} or first.dep_ != "advmod":
        return False
    clause = first.head
    told = clause.tag_.startswith(("VB", "MD")) and find_subject(clause) is not None
    return verb.lower_ in RECOUNTING and told and clause.head.i == verb.i


def is_empty_telling(verb: Token) -> bool:
    """Return True where somebody speaks and nothing is told: “explained what it was”.

    Nor by “expressed frustration”, “criticised the mayor on two fronts”.
    """
    if is_reversed(verb):
        return False
    if verb.lower_ in RECOUNTING:
        clause = next((c for c in verb.rights if c.dep_ == "ccomp"), None)
        first = clause.left_edge if clause is not None else None
        return first is not None and first.lower_ in ASKED and not is_recounted(first, verb)
    objects = [c for c in verb.rights if c.dep_ == "dobj"]
    if verb.lower_ in EXPRESSING:
        return bool(objects) and not any(
            c.dep_ in {"prep", "acl", "relcl", "ccomp", "xcomp", "conj"}
            for c in (*objects[0].rights, *verb.rights)
        )
    phrases = [
        c for top in (verb, *objects) for c in top.rights if c.dep_ == "prep" and c.lower_ == "on"
    ]
    vague = any(o.lower_ in VAGUE for p in phrases for o in p.rights if o.dep_ == "pobj")
    return verb.lower_ in BLAMING and vague


def is_purpose(verb: Token) -> bool:
    """Return True for “designed to show that”, “working to prove that”: it isn't shown yet."""
    if verb.lower_ not in PROOF or not _is_infinitive(verb) or verb.tag_ != "VB":
        return False
    return verb.dep_ in {"xcomp", "advcl", "acl", "ccomp"} and verb.head.lower_ not in MANAGING


def is_hearing_body(noun: Token) -> bool:
    """Return True for a court, a jury, an inquiry: what it hears is what is alleged before it."""
    return noun.lower_ in BODIES


def _is_only_come_to_know(verb: Token) -> bool:
    """Return True for “many have heard that”: no hearer is a source but a court."""
    subject = find_subject(verb)
    if subject is None or verb.lower_ == "told":
        return False
    if verb.lower_ in HEARING:
        return not is_hearing_body(subject)
    many = any(c.lower_ in QUANTIFIERS for c in subject.lefts) or subject.lower_ in QUANTIFIERS
    anybody = many or subject.lower_ in ANYBODY or subject.ent_type_ == "NORP"
    return verb.lower_ in KNOWING and anybody


def _turn(word: str, hedge: Hedge, *, asks: bool) -> Hedge | None:
    """The hedge of a verb that is negated: neither to deny nor to confirm leaves a thing open."""
    if asks or hedge is Hedge.DENIED or word in UNSURE_FORMS:
        return Hedge.UNCONFIRMED
    return Hedge.DENIED if word in NEG_RAISING else None


def _is_regretted(verb: Token) -> bool:
    """Return True for “apologised for saying that”."""
    regretted = verb.dep_ == "pcomp" and verb.head.lower_ == "for"
    return regretted and verb.head.head.lower_ in APOLOGIES


APOLOGIES = inflect_all("apologise apologize")
RULING = inflect_all("rule")


def judge_noun(noun: Token, hedge: Hedge) -> Hedge | None:
    """Return the hedge a noun gives its clause; None where there is no such thing as it names."""
    if is_lacking(noun):
        return None
    if noun.dep_ == "pobj" and "contrary" in {noun.head.lower_, noun.head.head.lower_}:
        return Hedge.DENIED
    governor = find_response(noun)
    if governor is not None and governor[1] is Hedge.UNCONFIRMED:
        return Hedge.UNCONFIRMED
    return hedge


def is_reversed(verb: Token) -> bool:
    """Return True if a verb, by what negates and governs it, did not take place."""
    turned = False
    token = verb
    for _ in range(FARTHEST):
        turned ^= has_negation(token)
        head = token.head
        if head.i == token.i:
            break
        if token.dep_ == "conj" and is_alternative(token):
            token = head
        elif token.dep_ in {"xcomp", "ccomp", "advcl", "acl"} and _is_infinitive(token):
            turned ^= _is_refusal(head) or _has_nothing(head, token) or _is_none(head, token)
            token = head
        elif token.dep_ == "xcomp" and token.tag_ == "VBG":
            turned ^= head.lower_ in REFUSING
            token = head
        elif token.dep_ == "acomp":
            token = head
        elif token.dep_ == "pcomp":
            governor = head.head if head.head.lower_ != "short" else head.head.head
            return turned ^ (head.lower_ == "without" or governor.lower_ in ABSTAINING)
        else:
            break
    return turned or (token.dep_ in {"acl", "relcl"} and is_negative(token.head))


def is_alternative(token: Token) -> bool:
    """Return True if a verb is one of two that share a negation: “neither … nor”, “not … or”."""
    between = token.doc[token.head.i + 1 : token.i]
    return find_subject(token) is None and any(t.lower_ in {"or", "nor"} for t in between)


def _is_infinitive(token: Token) -> bool:
    return any(t.tag_ == "TO" for t in token.lefts)


def _is_refusal(head: Token) -> bool:
    if head.lower_ in REFUSING or any(
        c.dep_ == "acomp" and c.lower_ in REFUSING for c in head.rights
    ):
        return True
    return head.lower_ in HELPING and any(t.lower_ == "yet" for t in head.children)


def _has_nothing(verb: Token, infinitive: Token) -> bool:
    """Return True for “uncovered nothing to suggest that”, “there was little to show that”."""
    return any(
        c.dep_ in {"dobj", "attr"} and c.i < infinitive.i and is_negative(c) for c in verb.rights
    )


def _is_none(noun: Token, infinitive: Token) -> bool:
    """Return True for “no evidence to suggest that”, “any sign to show that” that nobody saw."""
    return infinitive.dep_ == "acl" and not has_negation(noun) and is_lacking(noun)


def has_negation(token: Token) -> bool:
    """Return True if a verb or adjective is negated by a word of its own."""
    doc, first = token.doc, token.i
    if first > 1 and doc[first - 1].lower_ == "than" and doc[first - 2].lower_ == "rather":
        return True
    return any(
        c.dep_ == "neg"
        or (c.lower_ == "longer" and doc[c.i - 1].lower_ == "no")
        or c.lower_ in NEGATIONS
        or (c.dep_ == "preconj" and c.lower_ == "neither")
        for c in token.lefts
    ) or any(c.dep_ == "neg" for c in token.rights)


def has_negative_subject(verb: Token) -> bool:
    """Return True for “nobody said”, “no official confirmed”, “few believe”."""
    subject = find_subject(verb)
    return subject is not None and is_negative(subject)


def is_negative(noun: Token) -> bool:
    """Return True if a noun phrase names nobody or nothing: “no sign”, “few experts”, “nobody”."""
    return noun.lower_ in NEGATIVE or any(
        c.lower_ in NEGATIVE or c.dep_ == "neg" for c in noun.lefts
    )


def is_unreal(verb: Token) -> bool:
    """Return True if nothing was told: “if he says that”, “anyone who says that”."""
    token = verb
    for _ in range(FARTHEST):
        if token.dep_ in {"relcl", "acl"} and token.head.lower_ in WHOEVER:
            return True
        if token.dep_ == "advcl" and any(
            c.dep_ == "mark" and c.lower_ in CONDITIONAL for c in token.lefts
        ):
            return True
        if token.dep_ not in {"xcomp", "ccomp", "conj"} or token.head.i == token.i:
            return False
        if _is_infinitive(token) and token.head.lower_ in DIRECTIVES:
            return True
        token = token.head
    return False


def is_lacking(noun: Token) -> bool:
    """Return True if what a noun names is said to be missing: “no proof”, “lacks any proof”."""
    token = noun
    for _ in range(FARTHEST):
        if is_negative(token):
            return True
        if token.dep_ == "conj":
            token = token.head
            continue
        head = token.head
        if token.dep_ == "pobj":
            return head.lower_ == "without" or head.head.lower_ in LACKING or is_negative(head.head)
        if token.dep_ in {"dobj", "attr"}:
            return head.lower_ in LACKING or is_reversed(head) or has_negative_subject(head)
        return token.dep_ in {"nsubj", "nsubjpass"} and has_negation(head)
    return False


def find_response(noun: Token) -> tuple[Token, Hedge] | None:
    """Return the verb that denies, doubts, confirms or takes back what a noun tells, and how.

    “Dismissed reports that”, “the claim that … was withdrawn”, “cast doubt on the theory that”,
    “the retraction of the claim that”.
    """
    token = noun
    for _ in range(3):
        head = token.head
        if head.i == token.i or token.dep_ not in {*OBJECTS, "prep", "advmod", "prt"}:
            return None
        known = RESPONSES.get(head.lower_, ())
        for particles, hedge in known:
            if has_particles(head, particles):
                return head, hedge
        if head.lower_ in LABELLING and _is_called_untrue(head, noun):
            return head, Hedge.DENIED
        token = head
    return None


def _is_called_untrue(verb: Token, noun: Token) -> bool:
    """Return True for “called the claim a lie”, “was described as fake by”."""
    last = max(noun.right_edge.i, verb.right_edge.i)
    near = [t for t in verb.doc[verb.i + 1 : last + 1] if t.lower_ in UNTRUE]
    return any(
        t.i == last
        or t.dep_ in {"oprd", "attr", "acomp"}
        or t.head.dep_ == "prep"
        or t.head.lower_ == "as"
        for t in near
    )


def respond(verb: Token, hedge: Hedge, noun_hedge: Hedge) -> Hedge | None:
    """Return the hedge of what a noun tells under a verb of response, negated or not."""
    if is_unreal(verb) or has_negative_subject(verb):
        return None
    if not is_reversed(verb):
        return hedge
    return Hedge.UNCONFIRMED if hedge in {Hedge.DENIED, Hedge.CONFIRMED} else noun_hedge


def has_particles(verb: Token, particles: tuple[str, ...]) -> bool:
    """Return True if words stand behind a verb in this order: “poured cold water on”."""
    near = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 1 + PARTICLES_WITHIN]]
    for particle in particles:
        if particle not in near:
            return False
        near = near[near.index(particle) + 1 :]
    return True
