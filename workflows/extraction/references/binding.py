"""What the syntax of a sentence says of a pronoun: what it cannot mean, and what it must."""

from workflows.extraction.parse import Token
from workflows.extraction.text.lexicon import VERB_FORMS, inflect_all, word_set
from workflows.extraction.text.syntax import find_subject

FEWEST = 2
FARTHEST = 12
"""Steps up a tree at most: what hangs deeper is a wrong parse."""
NOUNS = ("NN", "PRP", "CD", "DT", "WP")
OBJECTS = frozenset({"dobj", "dative", "iobj"})
WEATHER = frozenset({"rain", "raining", "rained", "rains", "snow", "snowed", "snowing", "snows"})
SEEMS = word_set(
    """
    seem seems seemed appear appears appeared turn turns turned happen happens happened matter
    matters mattered transpire transpired follow follows followed remain remains remained
    """
)
NAMING = word_set("identified named called known")
BE = frozenset(
    {"is", "was", "be", "been", "being", "'s", "’s", "are", "were", "remains", "becomes"}
)
TELLING = word_set(
    """
    caused drew followed forced heralded led leads marked prompted sparked triggered
    came come comes demonstrate demonstrates depend depends happen happens help helps indicate
    indicates mean means meant prove proves reflect reflects show shows showed suggest suggests
    suggested went work works worked feels felt looked looks sounds sounded hurts hurt
    """
)
"""Verbs of which an "it" before them is seldom the thing named last."""
SAYABLE = word_set(
    """
    admit admits admitted believe believed believes confirm confirmed confirms denied denies deny
    denying
    did disputed disputes do does doubt doubted forget heard know knew known knows mean meant
    mention mentioned prove proved regret regretted regrets reject rejected rejects said say says
    tell told understand understood
    """
)
"""Verbs of which an "it" behind them is most often what somebody said or did."""
ACTING = inflect_all(
    """
    accept apologise apologize appeal appoint approve arrest ask attack buy call campaign condemn
    decide decline demand deploy donate employ encourage estimate fine fire hire hope insist invest
    invite launch negotiate offer oppose order organise organize own pay plan pledge promise
    protest publish recommend recruit refuse reject request sell send sign sue urge vote vow want
    warn withdraw intend aim agree threaten try seek
    """
)
"""Verbs of which only people and bodies are the subject: what "it plans" is no thing."""
LIVING = inflect_all(
    "believe care come die do drink eat feel fight know like live love marry sleep speak talk "
    "teach think walk wish work disband marry retire graduate"
)
"""Verbs of which several are people, where "they" is their subject."""
PARTING = word_set("split splits break breaks broke broken meet meets met")
ATTITUDES = inflect_all(
    "believe think hope credit feel regret fear doubt wish trust understand consider"
)
"""Verbs that tell what only somebody himself can say: "Lee said he hopes to win"."""
PAST = frozenset({"VBD", "VBN"})
CONDITIONS = frozenset({"if", "once", "unless", "until", "when", "whenever"})
COUNTRYMEN = word_set(
    """
    ancestors borders children citizens civilisation civilization climate constitution country
    culture democracy economy environment flag forefathers freedom freedoms future generation
    history homeland justice land language laws nation planet politics republic society soil
    species state states system time times values veterans way world
    """
)
"""What is "ours" whoever speaks: the readers', as much as the speaker's."""
OCCURRING = word_set("happen happens happened occur occurs occurred")
"""Verbs of which only events are the subject."""
COMPARED_TOKENS = 3
FALLING = frozenset({"fall", "falls", "fell", "fallen"})
SPANS = frozenset({"took", "takes", "take", "taken", "taking"})
HANGING = frozenset(
    {"relcl", "advcl", "acl", "prep", "pobj", "dobj", "attr", "acomp", "advmod", "pcomp", "xcomp"}
    | {"conj"}
)
"""How a clause hangs on another whose subject it may take up."""
CLAUSES = frozenset({"ccomp", "csubj", "advcl", "xcomp", "acl", "relcl", "csubjpass", "pcomp"})
IMPERSONAL = word_set(
    """
    clear unclear likely unlikely possible impossible important crucial vital essential necessary
    obvious true untrue sad good bad better best hard difficult easy time early late reasonable
    unreasonable fair unfair common rare unknown known said believed thought reported expected
    hoped estimated understood claimed alleged suspected feared assumed agreed decided announced
    noted pity shame wonder fact surprise mistake dark cold hot warm midnight noon monday tuesday
    wednesday thursday friday saturday sunday illegal legal wrong right worth inevitable certain
    probable
    """
)
"""What "it is …" tells of the clause behind it, of the weather or of the hour."""


def find_verb(token: Token) -> Token | None:
    """Return the verb that a noun or pronoun is an argument of; None within a noun's phrase."""
    at = token
    for _ in range(FARTHEST):
        up = at.head
        if up.i == at.i:
            return None
        tag = up.tag_
        if tag.startswith("VB") or tag == "MD" or up.dep_ == "ROOT":
            return up
        if tag.startswith(NOUNS) and at.dep_ not in {"conj", "appos"}:
            return None
        at = up
    return None


def find_clause_verb(token: Token) -> Token | None:
    """Return the nearest verb above a token, however deep it stands within a noun's phrase."""
    at = token
    for _ in range(FARTHEST):
        at = at.head
        if at.tag_.startswith("VB") or at.tag_ == "MD":
            return at
        if at.head.i == at.i:
            return None
    return None


def find_actor(verb: Token) -> Token | None:
    """Return who does what a verb tells: its subject, or the one that a verb without any takes."""
    at = verb
    for _ in range(FARTHEST):
        subject = find_subject(at)
        if subject is not None:
            relative = subject.tag_ in {"WDT", "WP"} and at.dep_ == "relcl"
            return at.head if relative else subject
        if at.head.i == at.i:
            return None
        if at.dep_ == "acl" and at.tag_ == "VBG" and at.head.dep_ == "dobj":
            at = at.head.head
            continue
        if at.dep_ in {"acl", "relcl"}:
            return at.head if at.head.tag_.startswith("NN") else None
        if at.dep_ == "xcomp":
            controller = next((c for c in at.head.children if c.dep_ in OBJECTS), None)
            if controller is not None and controller.i < at.i:
                return controller
        if at.dep_ == "prep" or at.dep_ in {"conj", "xcomp", "advcl", "pcomp", "aux", "auxpass"}:
            at = at.head
        else:
            return None
    return None


def is_agent(token: Token) -> bool:
    """Return True for the subject of what only people and bodies do: "it plans", "they said".

    A report says something too, but several who "say" are people or bodies.
    """
    verb = token.head
    if token.dep_ != "nsubj" or any(c.dep_ == "auxpass" for c in verb.lefts):
        return False
    cue = VERB_FORMS.get(verb.lower_) if token.lower_ == "they" else None
    told = any(c.dep_ == "ccomp" for c in verb.rights)
    parting = verb.lower_ in PARTING and any(c.lower_ == "up" for c in verb.rights)
    living = token.lower_ == "they" and (verb.lower_ in LIVING or parting)
    return living or verb.lower_ in ACTING or (cue is not None and "c" in cue.frames and told)


def is_minded(token: Token) -> bool:
    """Return True for the subject of what only he himself can know: "he hopes"."""
    return token.dep_ == "nsubj" and token.head.lower_ in ATTITUDES


def find_subject_above(token: Token) -> Token | None:
    """Return the subject of the clause on which a subject's own hangs.

    “The pump ran until it burst”, “the dam holds all the water it can”; not who says it.
    """
    if token.dep_ not in {"nsubj", "nsubjpass"}:
        return None
    at = token.head
    for _ in range(FARTHEST):
        if at.head.i == at.i or at.dep_ not in HANGING:
            return None
        at = at.head
        found = find_subject(at) if at.tag_.startswith(("VB", "MD")) else None
        if found is not None:
            return found if found.i < token.i else None
    return None


def find_compared(pronoun: Token) -> Token | None:
    """Return the tea of “tea does not harm women as it does men”: the same does both, or not."""
    doc, at = pronoun.doc, pronoun
    around = doc[max(pronoun.i - 1, 0) : pronoun.i + 2]
    if len(around) != COMPARED_TOKENS or around[0].lower_ not in {"as", "than"}:
        return None
    if around[2].lower_ not in {"does", "did", "do"}:
        return None
    for _ in range(FARTHEST):
        if at.head.i == at.i:
            return None
        at = at.head
        found = find_subject(at) if at.tag_.startswith("VB") else None
        if found is not None and found.i < pronoun.i:
            return found
    return None


def find_partner(possessor: Token) -> Token | None:
    """Return whose "his" is in "Renn and his wife"."""
    owned = possessor.head
    if possessor.dep_ != "poss" or owned.dep_ != "conj" or not owned.head.tag_.startswith("NN"):
        return None
    return owned.head


def is_afterthought(them: Token) -> bool:
    """Return True for “white men, some of them miners”: of those named right before it."""
    beside = them.doc[them.i + 1 : them.i + 3]
    told = len(beside) > 0 and beside[0].tag_.startswith("NN")
    return them.head.lower_ == "of" and told


def is_within(token: Token, head: Token) -> bool:
    """Return True if a token stands in a noun's phrase, but not in a clause that tells of it."""
    at = token
    for _ in range(FARTHEST):
        if at.i == head.i:
            return True
        if at.head.i == at.i or at.tag_.startswith("VB"):
            return False
        at = at.head
    return False


def find_called(name: Token) -> Token | None:
    """Return whom a name is told to be of: “a woman later identified as Ann Lee”."""
    verb = name.head.head if name.head.lower_ == "as" else name.head
    if verb.lower_ not in NAMING or name.dep_ not in {"pobj", "oprd", "attr", "dobj"}:
        return None
    objects = [c for c in verb.children if c.dep_ in {"nsubjpass", "dobj"} and c.i < name.i]
    if objects:
        return objects[0]
    if verb.dep_ == "acl":
        return verb.head
    return find_subject(verb) if name.head.lower_ == "as" and verb.dep_ == "ROOT" else None


def is_everybodys(token: Token) -> bool:
    """Return True for "our country", "our economy"."""
    owned = token.head.lower_
    return token.tag_ == "PRP$" and (owned in COUNTRYMEN or owned == "countries")


def is_generic(you: Token) -> bool:
    """Return True for a "you" that is anybody: "you can see it from the pier".

    What "you" did, have done or are doing is told of somebody.
    """
    verb = find_clause_verb(you)
    if verb is None or you.dep_ not in {"nsubj", "nsubjpass"}:
        return True
    helpers = [c for c in verb.lefts if c.dep_ in {"aux", "auxpass"}]
    if any(c.tag_ == "MD" for c in helpers) or any(c.lower_ in CONDITIONS for c in verb.lefts):
        return True
    return not helpers and verb.tag_ not in PAST


def is_pleonastic(it: Token) -> bool:
    """Return True if an "it" means nothing: "it is clear that", "it rained"."""
    if it.dep_ == "expl":
        return True
    verb = it.head
    if _opens_clause(it):
        return True
    if it.dep_ in {"nsubj", "nsubjpass"}:
        return _is_impersonal(verb)
    following = it.doc[it.i + 1 : it.i + 5]
    opens = next((t for t in following if t.lower_ in {"to", "that"}), None)
    judged = any(t.lower_ in IMPERSONAL or t.tag_.startswith("JJ") for t in following[:2])
    return opens is not None and judged


def find_complement(it: Token) -> Token | None:
    """Return the noun that "it" is said to be: "it was a loss"."""
    verb = it.head
    if it.dep_ != "nsubj" or verb.lower_ not in BE:
        return None
    return next((c for c in verb.rights if c.dep_ == "attr" and c.tag_.startswith("NN")), None)


def is_deictic(it: Token) -> bool:
    """Return True if "it" is as likely all that was told before: "it shows that", "90% of it"."""
    if it.dep_ == "pobj" and it.head.lower_ == "of":
        return True
    if it.dep_ == "dobj" and it.head.lower_ in SAYABLE:
        return True
    return it.dep_ == "nsubj" and it.head.lower_ in TELLING


def _opens_clause(it: Token) -> bool:
    """Return True for "it was 'damning' that", told by the order of the words alone."""
    following = [t for t in it.doc[it.i + 1 : it.i + 9] if not t.is_punct and t.tag_[:2] != "RB"]
    while following and following[0].tag_ == "MD":
        del following[0]
    if following and following[0].lower_ not in BE:
        return False
    while following and following[0].lower_ in BE:
        del following[0]
    if len(following) < FEWEST:
        return False
    judged, opens = following[:FEWEST]
    word = judged.tag_.startswith(("JJ", "VBG", "VBN")) or judged.lower_ in IMPERSONAL
    return word and opens.lower_ in {"that", "to", "whether", "if", "when", "for", "how", "why"}


def _is_impersonal(verb: Token) -> bool:
    if verb.lower_ in WEATHER:
        return True
    if verb.lower_ in SEEMS:
        return any(c.dep_ in CLAUSES | {"acomp", "oprd", "prt", "attr"} for c in verb.rights)
    if verb.lower_ in FALLING:  # “it falls to the mayor to decide”
        to = any(c.lower_ in {"to", "on", "upon"} for c in verb.rights)
        return to and any(c.dep_ in CLAUSES for c in verb.rights)
    if verb.lower_ in SPANS:
        return any(c.dep_ in CLAUSES or c.ent_type_ in {"TIME", "DATE"} for c in verb.children)
    if verb.lower_ in BE:
        told = [c for c in verb.children if c.dep_ in {"acomp", "attr", "prep"} and c.i > verb.i]
        clause = any(c.dep_ in CLAUSES and c.i > verb.i for c in verb.children)
        inner = any(g.dep_ in CLAUSES and g.tag_ != "VBN" for c in told for g in c.children)
        named = any(c.lower_ in IMPERSONAL or c.ent_type_ in {"TIME", "DATE"} for c in told)
        return clause or named or (inner and any(c.dep_ in {"acomp", "attr"} for c in told))
    passive = verb.tag_ == "VBN" and verb.lower_ in IMPERSONAL
    return passive and any(c.dep_ in CLAUSES and c.i > verb.i for c in verb.children)
