"""The gate: what is no claim a reader could use is not posted, with the reason why."""

import re
from enum import StrEnum
from itertools import pairwise

from workflows.claims import FoundClaim
from workflows.extraction.attribution.factuality import is_empty_telling
from workflows.extraction.claims.news_value import FINDINGS, WITHOUT_EXCEPTION
from workflows.extraction.claims.worth import has_consequence
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Token, find_root
from workflows.extraction.text.lexicon import SHARES, VERB_FORMS, inflect_all, word_set
from workflows.extraction.text.syntax import FINITE, find_subject

WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
FEWEST = 3
HELPING = word_set(
    """
    is are was were am be been has have had will would shall can could may might must should do
    does did isn't aren't wasn't weren't hasn't haven't hadn't won't wouldn't can't couldn't don't
    doesn't didn't
    """
)
RELATIVE = frozenset({"which", "whose", "whom", "who"})
ASKING = frozenset({"whether", "what", "why", "how"})
PHRASE_FROM = 4
"""Words of a source that are worth a person's edit though they are no sentence."""
INVERTED = word_set("is are was were do does did has have had can could will would should shall am")
"""What a question begins with; no statement does."""
SUPPOSED = frozenset({"should", "had", "were"})
"""What a condition begins with: “Should Lee win”."""
ASKED_IN_IT = re.compile(
    r"\bquestions?\s(?:\w+\s)?(?:is|was|are|remains?)[,:]?\s"
    r"(?:can|could|will|would|whether|how|what|who|why|if|when|where|which|do|does|should)\b",
    re.IGNORECASE,
)
"""“The real question is whether the dam holds”."""
TOLL = word_set("dead toll missing injured wounded hurt killed arrested")
SPOKE = word_set(
    """
    said says say told tells added adds stated states wrote writes replied replies asked asks
    explained explains noted notes announced continued recalled insisted joked concluded
    """
)
NOTHING_TOLD = re.compile(
    r"""\b(?:requests?|reached|available|asked|calls?|messages?|emails?|seeking)\b[^.]{0,60}\b(?:for\s)?comment\b
    |\b(?:declin|refus)(?:ed|es|ing)\sto\s(?:comment|be\s(?:named|identified|interviewed))\b
    |\b(?:declin|refus)(?:ed|es|ing)\s(?:(?:an?|all|our|the|several)\s)?(?:[\w-]+\s)?interviews?\b
    |\bask(?:ed|s|ing)?\s(?:not\s)?to\s(?:not\s)?(?:be\s(?:named|identified|quoted)|(?:remain|stay)\sanonymous)\b
    |\b(?:spoke|speaking|speaks)\s(?:on|under)\s(?:the\s)?condition\sof\s(?:their\s|his\s|her\s)?anonymity\b
    |\b(?:requested|insisted\son)\sanonymity\b
    |\bcontributed\s(?:reporting|to\s(?:this|the)\s(?:report|story|article))\b
    |\b(?:photo(?:graph)?|picture|image|video|chart|map|graphic)s?\s(?:above|below)\b
    |^[^,]{2,60}\s(?:said|reported|announced|added|wrote)(?:\son)?\s(?:\w+day|[a-z]{3,9}\.?\s\d{1,2})$
    |\bhon\.?\s(?:friend|gentleman|lady|member)\b.{0,30}\b(?:right|wrong|correct)$
    |\bsaid\s(?:so|as\smuch)\b
    |\b(?:talk(?:s|ed)|sp(?:oke|eaks)|chat(?:s|ted)|s(?:at|its)\sdown)\s(?:with|to)\b.{2,80}?\babout\s(?:how|what|why)\b
    |\b(?:your|readers['’]|listeners['’])\squestions\b
    |\bgrateful\sto\b[^.]{0,60}\b(?:friend|gentleman|lady|member|senator|minister)\b
    |\bis\san?\s(?:[\w-]+\s){0,2}(?:reporter|correspondent|columnist)\s(?:for|at|with)\sthe\s[A-Z]
    |^story\s(?:refiled|corrects|updates)\b
    |^here(?:['’]s|\sis|\sare)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What a report tells of how it came about, and no fact that anybody would check."""
SIGNS_OF_NOTHING = word_set(
    """
    comment named identified interviewed interview interviews reporting report story article
    above below said reported announced added wrote friend gentleman lady member senator reporter
    correspondent columnist
    minister talks talked spoke speaks chats chatted sat sits questions here here's here’s
    """
)
"""Words of which one stands wherever that is told: they are looked for first, which is quick."""
ATTRIBUTES = frozenset({"reported", "alleged", "claimed", "suspected", "stated"})
NEVER_LAST = word_set("the a an of and or but nor than its their his my our your into per whose")
"""Words with which no sentence ends."""
TRANSITIVE = inflect_all(
    """
    want need take make give get put bring find film shoot record capture seize release obtain
    publish post photograph describe require read include involve contain provide
    """
) | word_set("taken made given put brought found shot got")
"""Verbs that tell nothing without their object, in all forms."""
LINKING = word_set("became become becomes seemed seems remained")
"""Verbs behind which it must be told what somebody was."""
MADE = word_set(
    """
    video videos photo photos photograph photographs picture pictures image images footage film
    films recording recordings clip clips document documents letter letters samples sample
    """
)
"""What does nothing itself: “videos shot in Olden” has no verb in a tense."""
HANGING = word_set("as except if unless because although though whereas lest until since")
LEFT_OUT = frozenset({"although", "though", "whereas"})
TIMING = frozenset({"after", "before", "until"})
MOST_OPENING = 4
"""Words of “Just a week after”."""
FRONTED = word_set("what whatever which whom who that than as how where")
"""Words by which an object may stand before its verb."""
EASY = frozenset({"JJ", "JJR", "JJS"})
CITED = word_set("quoted cited reported heard")
PERSONAL = word_set("he she they it i we you him her them this that these those who one")
ECHOING = frozenset({"so", "neither", "nor"})
NAMELESS_WORTH = 0.3
"""The check-worthiness from which a claim may name nobody: “Sleep lengthens life”."""
NAMING = frozenset({"NNP", "NNPS", "CD"})
AROUND = frozenset({"prep", "npadvmod", "advmod", "punct"})
"""What stands behind a verb and is not its object."""
OBJECTS = frozenset(
    {"dobj", "ccomp", "attr", "acomp", "xcomp", "dative", "oprd", "auxpass", "parataxis", "neg"}
)


APPROVING = inflect_all("approve disapprove")
HAVING = inflect_all("have hold own get need want") | word_set("has had held got")
SCENES = inflect_all(
    """
    react speak stand walk attend gather march wave pose arrive leave look watch carry sit inspect
    work shake hug embrace pray protest rally perform celebrate address listen greet demonstrate
    clash clean search investigate wait rest chant shout talk smile gesture testify enter exit
    board comfort mourn salute rise billow
    """
)
"""What people in a picture do."""
LISTED = re.compile(
    r"\bthe\sfollowing\b(?!\s(?:\w+\s)?(?:day|night|morning|evening|week|weekend|month|quarter|year|season"
    r"|spring|summer|autumn|fall|winter|decade|century|[A-Z]))"
)
"""“It has to do the following”: what that is stands elsewhere."""


class GateReason(StrEnum):
    """Why a claim is not posted by itself."""

    SHORT = "fewer than three words"
    BARE = "only a subject and a verb"
    QUESTION = "a question"
    RELATIVE_FIRST = "begins with a relative pronoun"
    ASKED = "what somebody asked or explained"
    NO_VERB = "no verb in a tense"
    CUT = "breaks off"
    DISAGREES = "the verb's number is not that of the subject it was lent"
    HANGING = "a clause that hangs on another"
    PHRASE = "what somebody said is no sentence"
    NO_SUBJECT = "no subject"
    LIST_ONLY = "only that a list follows"
    SAYING_ONLY = "only that somebody spoke"
    TELLING = "that somebody told something, but not what"
    CAPTION = "what a picture shows"
    OPEN_SOURCE = "the source is a pronoun that nobody is found for"
    ELLIPTIC = "leaves out what was done"
    NAMELESS = "names and counts nothing, and is hardly worth checking"


MENDABLE = frozenset(
    {
        GateReason.BARE,
        GateReason.ASKED,
        GateReason.PHRASE,
        GateReason.OPEN_SOURCE,
        GateReason.ELLIPTIC,
        GateReason.NAMELESS,
    }
)
"""Faults that a person mends with one edit: such a claim is kept, and shelved."""


def find_fault(claim: FoundClaim, statement: Statement) -> GateReason | None:
    """Find what keeps a claim from being posted, the gravest first; None if nothing does."""
    words = WORD.findall(claim.words)
    if len(words) < FEWEST and not (words and words[0].lower() in RELATIVE):
        told = words[0].lower() != "that" if words else False
        told = told and statement.root.lower_ not in VERB_FORMS  # “We hope”
        whole = told and len(words) > 1 and find_subject(statement.root) is not None
        return GateReason.BARE if whole else GateReason.SHORT
    said = bool(claim.attribution)
    tokens = _list_tokens(statement)
    asked, stated = _is_asked(words, statement), _has_verb(words, statement, tokens)
    faults = {
        GateReason.QUESTION: claim.words.endswith("?")
        or _is_inverted(words, statement)
        or ("question" in claim.words and ASKED_IN_IT.search(claim.words) is not None),
        GateReason.RELATIVE_FIRST: _is_relative_first(words, statement) or (asked and not said),
        GateReason.HANGING: _is_hanging(statement, tokens),
        GateReason.ASKED: asked,
        GateReason.PHRASE: not stated and said and len(words) >= PHRASE_FROM,
        GateReason.NO_VERB: not stated,
        GateReason.CUT: words[-1].lower() in NEVER_LAST
        or _lacks_object(words, statement, tokens)
        or _lacks_antecedent(statement),
        GateReason.DISAGREES: _disagrees(statement),
        GateReason.NO_SUBJECT: _lacks_subject(claim, statement, tokens),
        GateReason.LIST_ONLY: LISTED.search(claim.words) is not None,
        GateReason.SAYING_ONLY: _is_saying_only(words, claim, statement),
        GateReason.TELLING: statement.root.lower_ == "referring"
        or (is_empty_telling(statement.root) and not statement.parts),
        GateReason.CAPTION: _is_caption(claim, statement, tokens),
        GateReason.OPEN_SOURCE: _is_source_open(claim),
        GateReason.ELLIPTIC: _is_elliptic(words) or _is_bare_count(statement.root),
        GateReason.NAMELESS: claim.check_worthiness < NAMELESS_WORTH
        and _is_nameless(claim, statement, tokens),
    }
    return next((fault for fault, holds in faults.items() if holds), None)


def _is_inverted(words: list[str], statement: Statement) -> bool:
    """Return True for "Has the dam burst"; not for "Will Smith left", "Are still missing"."""
    first = words[0].lower()
    if first not in INVERTED or not words[1:] or find_subject(statement.root) is None:
        return False
    opening = statement.root.doc[statement.words.start]
    helping = opening.dep_ in {"aux", "auxpass"} and opening.head.i == statement.root.i
    supposed = opening.lower_ == first in SUPPOSED and (helping or opening.i == statement.root.i)
    return words[1][:1].islower() or supposed


def _is_relative_first(words: list[str], statement: Statement) -> bool:
    """Return True for "Which killed nine", "That had been recalled"."""
    first, root = words[0].lower(), statement.root
    if _is_subject_clause(statement):
        return True
    if first == "that":
        opened = root.doc[statement.words.start].tag_ == "WDT"
        relative = root.dep_ == "relcl" or opened
        return relative and statement.subject is None and not statement.parts
    second = words[1].lower() if len(words) > 1 else ""
    if second in RELATIVE - {"who"} and root.doc[statement.words.start].tag_ == "IN":
        return not statement.parts  # “In which nine died”
    return first in RELATIVE and words[0] != "WHO" and not _is_clause_subject(root)


def _is_subject_clause(statement: Statement) -> bool:
    """Return True for “That two mayors sold it is odd”, no sentence without its “that”."""
    first = statement.root.doc[statement.words.start]
    if first.text != "That" or statement.subject is not None or statement.parts:
        return False
    return first.dep_ == "mark" or (first.dep_ == "det" and first.head.tag_ in {"NNS", "NNPS"})


def _is_hanging(statement: Statement, tokens: list[Token]) -> bool:
    """Return True for "If the dam had held", "Even though Lee owns it", with no main clause."""
    if statement.parts or statement.lead or statement.subject is not None:
        return False
    words = [t for t in tokens if t.is_alpha][:MOST_OPENING]
    later = [t for t in words if t.lower_ in TIMING and t.dep_ == "mark"]
    if any(t.head.i == statement.root.i < statement.words.end for t in later):
        return True  # “A week after Lee left”
    words = words[:2]
    opened = words[0] if words else statement.root
    if opened.lower_ == "when" and opened.dep_ == "advmod" and opened.head.i == statement.root.i:
        return True
    mark = next((t for t in words if t.lower_ not in {"even", "only"}), None)
    marks = mark is not None and mark.dep_ == "mark" and mark.lower_ in HANGING
    if not marks or mark is None or mark.head.i != statement.root.i:
        return False
    if mark.lower_ == "as":  # not “As night fell nine men left”
        later = [t for t in tokens if t.i > mark.head.i and find_subject(t) is not None]
        return statement.root.dep_ == "advcl" and not later
    # “Although sales rose 4 percent, …” is told without it
    counted = any(t.tag_ in NAMING for t in tokens)
    return not (mark.lower_ in LEFT_OUT and mark.i == statement.words.start and counted)


def _is_clause_subject(root: Token) -> bool:
    return any(c.dep_ == "csubj" for c in root.lefts)


def _is_asked(words: list[str], statement: Statement) -> bool:
    """Return True for "Why the dam broke"; not for "What they built has made a difference"."""
    first = statement.root.doc[statement.words.start]
    place = first.lower_ == "where" and first.head.i == statement.root.i  # “Where Lee stood on tax”
    return (words[0].lower() in ASKING or place) and not _is_clause_subject(statement.root)


def _list_tokens(statement: Statement) -> list[Token]:
    doc = statement.root.doc
    return [t for span in statement.stretches for t in doc[span.start : span.end]]


def _has_verb(words: list[str], statement: Statement, tokens: list[Token]) -> bool:
    """Return True if a verb stands in a tense, or a toll or arrest is told without one."""
    if statement.parts or statement.lead:
        return True
    first = statement.root.i == statement.words.start
    if first and statement.root.tag_ == "VBG" and not statement.subject:
        return False
    if (
        _is_reduced(statement, tokens)
        or _is_only_relative(statement)
        or _is_attribute(statement.root)
        or _is_only_marked(statement.root)
    ):
        return False
    told = statement.subject is not None or any(t.i == statement.root.i for t in tokens)
    if find_subject(statement.root) is not None and told:
        return True
    said = {word.lower() for word in words}
    sentence = statement.root.sent
    if said & HELPING or said & {t.lower_.lstrip("'’") for t in sentence if t.tag_ in FINITE}:
        return True
    counted = any(t.tag_ == "CD" for t in tokens)
    return counted and any(t.lower_ in TOLL or t.tag_ == "VBN" for t in tokens)


def _is_only_marked(root: Token) -> bool:
    """Return True for “Nine men fewer, though the town has grown”: the men do nothing."""
    subjects = [c.i for c in root.lefts if c.dep_ in {"nsubj", "nsubjpass"}]
    marks = [c.i for c in root.lefts if c.dep_ == "mark" and c.lower_ in LEFT_OUT]
    return len(subjects) > 1 and any(subjects[0] < mark < subjects[-1] for mark in marks)


def _is_attribute(root: Token) -> bool:
    """Return True for “reported” in “the strikes’ reported aftermath”: no verb."""
    return (
        root.lower_ in ATTRIBUTES and root.i > 0 and root.nbor(-1).lower_ in {"’", "'", "’s", "'s"}
    )


def _is_only_relative(statement: Statement) -> bool:
    """Return True for "The movement that is sweeping the country", which has no main verb."""
    root, subject = statement.root, find_subject(statement.root)
    if subject is not None and root.i > 0 and root.lower_ in {"did", "do", "does"}:
        joined = root.nbor(-1)  # “A list of those who could have run but did n’t”
        if joined.tag_ == "CC" and joined.head.dep_ == "relcl":
            return True
    if subject is not None and subject.i + 1 < root.i and root.tag_ == "VBG":
        relative = subject.nbor()  # “The movement that ’s sweeping”, taken for a main clause
        return relative.tag_ in {"WDT", "WP"} and relative.head.head.i == root.i
    if root.dep_ != "relcl" or statement.subject is not None or subject is None:
        return False
    return subject.lower_ in {"that", "which", "who"} and statement.words.start < subject.i < root.i


def _is_reduced(statement: Statement, tokens: list[Token]) -> bool:
    """Return True for "Videos shot in Olden": a participle that only looks like a past tense."""
    verb, subject = statement.root, find_subject(statement.root)
    if any(t.tag_ in FINITE and t.i != verb.i for t in tokens):
        return False
    made = subject is not None and subject.lower_ in MADE
    bare = not any(c.dep_ in OBJECTS | {"aux"} for c in verb.children)
    return made and bare and verb.lower_ in TRANSITIVE and verb.tag_ in {"VBD", "VBN"}


def _lacks_object(words: list[str], statement: Statement, tokens: list[Token]) -> bool:
    """Return True for "All anyone has to do", "The board wants"; not for "what the bank wants"."""
    said = [word.lower() for word in words]
    if statement.parts or any(word in FRONTED for word in said[:-1]):
        return False
    having = statement.root.lower_ in {"have", "has", "had"} and statement.subject is None
    if having and all(c.dep_ in AROUND for c in statement.root.rights):
        return statement.root.tag_ in {"VB", "VBP", "VBZ"}  # “any effect it may have in May”
    linking = said[-1] == statement.root.lower_ and said[-1] in LINKING
    if linking or said[-1] == "do":
        return linking or said[-2] == "to"
    if said[-1] not in TRANSITIVE:
        return False
    last = next((t for t in reversed(tokens) if t.is_alpha), None)
    if last is None or any(t.tag_ in EASY for t in last.ancestors):
        return False  # “difficult to find”: the object stands before it
    verbal = last.tag_ in {"VBD", "VBZ", "VBP", "VB"}
    return verbal and not any(c.dep_ == "auxpass" for c in last.lefts)


def _lacks_antecedent(statement: Statement) -> bool:
    """Return True for “the district has yielded” of “the savings the district has yielded”."""
    root, start = statement.root, statement.words.start
    if statement.parts or statement.lead or statement.subject is not None or root.dep_ != "relcl":
        return False
    subject = find_subject(root)
    bare = subject is not None and not subject.tag_.startswith("W") and root.head.i == start - 1
    return (
        bare
        and not any(c.dep_ in OBJECTS | {"prep", "advmod"} for c in root.lefts)
        and not any(c.dep_ in OBJECTS for c in root.rights)
    )


def _lacks_subject(claim: FoundClaim, statement: Statement, tokens: list[Token]) -> bool:
    """Return True for "Are still missing", "Sign up for our letter"."""
    opening = claim.words.lower()
    if statement.lead and opening.startswith(f"{statement.lead} "):
        return True  # “Was taken somewhere in Pell”: the verb was lent, and nobody to go with it
    if statement.subject is not None or statement.parts or statement.lead:
        return False
    told = [t for t in tokens if t.is_alpha][:2]  # “reportedly” may have been left out before it
    first = next((t for t in told if opening.startswith(t.lower_)), None)
    if first is None:
        return False
    helper = first.head.i == statement.root.i and first.dep_ in {"aux", "auxpass"}
    verbal = first.tag_ in FINITE or (
        first.i == statement.root.i and first.tag_ in {"VB", "VBG", "VBN"}
    )
    own = first.i == statement.root.i or helper
    return own and verbal and find_subject(statement.root) is None


def _disagrees(statement: Statement) -> bool:
    """Return True for "Some members has been fined": told of a noun that cannot be meant."""
    if statement.subject is None or statement.parts:
        return False
    doc = statement.root.doc
    noun = find_root(doc[statement.subject.start : statement.subject.end])
    joined = any(c.dep_ in {"conj", "cc"} for c in noun.children)
    verbs = [statement.root, *statement.root.lefts]
    single = any(t.tag_ == "VBZ" or t.lower_ == "was" for t in verbs if not statement.lead)
    several = any(c.dep_ == "conj" and c.ent_type_ == "PERSON" for c in noun.children)
    return single and (several if joined else noun.tag_ in {"NNS", "NNPS"})


def _is_saying_only(words: list[str], claim: FoundClaim, statement: Statement) -> bool:
    """Return True for "The coast guard said on Tuesday", "Lee was quoted as saying"."""
    root = statement.root
    if not SIGNS_OF_NOTHING.isdisjoint(map(str.lower, words)) and NOTHING_TOLD.search(claim.words):
        return True
    if root.lower_ in CITED and any(_says_nothing(c) for c in root.rights if c.lower_ == "as"):
        return True
    if root.lower_ not in SPOKE or claim.attribution or statement.parts or statement.lead:
        return False
    told = [c for c in root.children if statement.words.has(c.i)]
    return not any(c.dep_ in OBJECTS for c in told)


def _says_nothing(preposition: Token) -> bool:
    """Return True for "as saying on Monday", behind which nothing is said."""
    saying = next((c for c in preposition.rights if c.tag_ == "VBG"), None)
    return saying is not None and not any(c.dep_ in OBJECTS for c in saying.rights)


def _is_elliptic(words: list[str]) -> bool:
    """Return True for “31 percent did not”, “So did Kit Roe”: done is what another claim tells."""
    if words[0].lower() in ECHOING and words[1] in HELPING:
        return True
    last = words[-2] if words[-1] == "not" else words[-1]  # “in May” has its capital
    return last.replace("’", "'") in HELPING and words[-2:] != ["to", "be"]


def _is_bare_count(verb: Token) -> bool:
    """Return True for “also has 30”, “approve 75-5”: of what is told elsewhere."""
    behind = next((c for c in verb.rights if c.dep_ in {"dobj", "npadvmod"}), None)
    if verb.lower_ in APPROVING:
        return behind is not None and behind.lower_ in SHARES and not _has_of(verb)
    if behind is None or verb.lower_ not in HAVING:
        return False
    if behind.tag_ != "CD" and not (
        behind.tag_ == "JJR" and any(c.tag_ == "CD" for c in behind.lefts)
    ):
        return False
    return behind.ent_type_ != "MONEY" and not _has_of(behind)


def _has_of(token: Token) -> bool:
    return any(c.lower_ == "of" for c in token.rights)


def _is_caption(claim: FoundClaim, statement: Statement, tokens: list[Token]) -> bool:
    """Return True for “Lee speaks at a rally on March 6”, told in the present though it is past."""
    root = statement.root
    if root.lower_ not in SCENES or root.tag_ not in {"VBZ", "VBP"} or claim.attribution:
        return False
    if root.dep_ != "ROOT" or any(c.tag_ in FINITE for c in root.lefts if c.dep_ == "aux"):
        return False
    dated = any(
        a.tag_ == "NNP" and a.ent_type_ == "DATE" and b.tag_ == "CD" and b.i == a.i + 1
        for a, b in pairwise(tokens)
    )
    today = claim.as_of
    going_on = any(c.lower_ == "during" for c in root.rights)
    return dated and (
        going_on
        or not any(
            today is not None and day.first is not None and day.first > today for day in claim.dates
        )
    )


def _is_nameless(claim: FoundClaim, statement: Statement, tokens: list[Token]) -> bool:
    """Return True for “The criticism is fair game”: nothing in it can be looked up by itself."""
    if "[" in claim.words or any(t.tag_ in NAMING or t.ent_type_ or t.is_digit for t in tokens):
        return False
    if has_consequence(statement.root):
        return False
    told = {t.lower_ for t in tokens}
    return FINDINGS.isdisjoint(told) and WITHOUT_EXCEPTION.isdisjoint(told)


def _is_source_open(claim: FoundClaim) -> bool:
    outer = next((link for link in claim.attribution if link.source is not None), None)
    if outer is None:
        return False
    return (outer.resolved or outer.source or "").lower() in PERSONAL
