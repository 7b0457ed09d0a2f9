"""Verbs joined to another one, each told with what it shares: "was fined and jailed"."""

from collections.abc import Iterator

from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token
from workflows.extraction.text.lexicon import VERB_FORMS, word_set
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import HELPERS, UNCHANGED, find_subject, is_finite

NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "CD"})
COUNTED = frozenset({"CD", "NN", "NNS"})
TOLLS = word_set(
    """
    wounded injured hurt killed arrested detained rescued evacuated destroyed damaged fined jailed
    dismissed charged infected displaced captured seized sentenced released hospitalised
    hospitalized treated
    """
)
"""What is done to those who are counted: “21 wounded” is a passive, whatever the parser thinks."""
AGREEING = {True: {"were": "was", "have": "has"}, False: {"was": "were", "has": "have"}}
"""Helping verbs lent to one, and to several."""
FEWEST = 4
"""Words a statement needs at least."""
ONLY_PARTICIPLES = word_set(
    """
    taken given seen driven shown written spoken broken chosen stolen frozen known grown thrown
    flown drawn blown worn torn sworn begun sunk done gone been fallen eaten beaten hidden ridden
    risen forgotten shaken woven bitten forbidden forgiven mistaken overtaken withdrawn undertaken
    """
)
"""Irregular participles that are no past tense."""


DONE_BY_ITSELF = word_set(
    """
    died escaped resigned returned remained stayed appeared collapsed arrived lived worked served
    recovered retired appealed apologised apologized complained happened occurred vanished
    disappeared emerged survived agreed refused tried failed pleaded succeeded continued ended
    lasted walked travelled traveled talked listened waited looked reappeared
    collided skidded swerved veered
    """
)
"""Verbs that nothing is done by to anybody: "was jailed and escaped"."""


WITHOUT_OBJECT = DONE_BY_ITSELF | word_set(
    """
    met came went fell rose gathered stood sat ran fled spoke voted marched crashed flipped slept
    overturned landed stopped turned
    """
)
"""Verbs that stand without an object: “met and passed the budget” is two."""
JOINED_BY = frozenset({"cc", "punct", "advmod", "conj", "aux"})
DIRECTED = word_set("ordered told asked forced required allowed advised instructed urged compelled")
LEAVING = word_set("left leave leaves leaving")
PERCEIVING = word_set("watched saw heard let made helped")


def shares_object(first: Token, verb: Token) -> bool:
    """Return True for “shot and killed nine men”: whom Lee shot stands behind the second verb."""
    if first.lower_ in WITHOUT_OBJECT or any(c.dep_ not in JOINED_BY for c in first.rights):
        return False
    if any(c.dep_ == "auxpass" for c in (*first.lefts, *verb.lefts)):
        return False
    past = {first.tag_, verb.tag_} <= {"VBD", "VBN"}
    if not (past or first.tag_ == verb.tag_) or find_subject(verb):
        return False
    between = first.doc[first.i + 1 : verb.i]
    if any(t.tag_ not in {"CC", "RB", ",", "MD"} and not t.tag_.startswith("VB") for t in between):
        return False
    said = verb.lower_ in VERB_FORMS and any(c.dep_ == "ccomp" for c in verb.rights)
    return not said and any(c.dep_ in {"dobj", "xcomp", "ccomp"} for c in verb.rights)


def is_joined_verb(token: Token) -> bool:
    if token.lower_ == "limited" and token.nbor(-1).lower_ == "not":
        return False  # “including but not limited to”
    return is_finite(token) or _shares_helper(token)


def _shares_helper(verb: Token) -> bool:
    """Return True for "cut" in "has closed 40 branches and cut 300 jobs"."""
    first = verb.head
    helped = any(c.dep_ in HELPERS for c in first.lefts)
    own = any(c.dep_ in HELPERS for c in verb.lefts) or find_subject(verb) is not None
    # The tagger takes some participles for a past tense.
    taken = verb.lower_ in ONLY_PARTICIPLES or _is_suffered(first, verb)
    tag = "VBN" if taken else verb.tag_
    if tag == "VBD" and verb.lower_ in UNCHANGED and first.tag_ == "VB":
        tag = "VB"  # “will close the mill and cut 340 jobs”
    if verb.lower_ in DONE_BY_ITSELF and any(c.dep_ == "auxpass" for c in first.lefts):
        tag = "VBD"  # “was thrown off and collided with a van”
    return tag in {"VBN", "VB", "VBG"} and tag == first.tag_ and helped and not own


def _is_suffered(first: Token, verb: Token) -> bool:
    """Return True for "modernised" in "was built in 1970 and modernised in 1999"."""
    if verb.tag_ != "VBD" or not verb.lower_.endswith("ed") or verb.lower_ in DONE_BY_ITSELF:
        return False
    passive = any(c.dep_ == "auxpass" for c in first.lefts)
    objects = {"dobj", "ccomp", "acomp", "attr"}
    if verb.lower_ not in DIRECTED:  # “was fined and ordered to pay”: nobody else is ordered
        objects |= {"xcomp"}
    return passive and not any(c.dep_ in objects for c in verb.rights)


def is_alternative(verb: Token) -> bool:
    """Return True if "or" joins a verb to another: who says one or the other says neither."""
    return any(
        token.lower_ in {"or", "nor", "either"} and token.dep_ in {"cc", "preconj"}
        for link in _iter_chain(verb)
        for token in link.children
    )


def _iter_chain(verb: Token) -> Iterator[Token]:
    """Yield a verb and those coordinated with it."""
    link: Token | None = verb
    while link is not None:
        yield link
        link = next((c for c in link.rights if c.dep_ == "conj" and c.tag_.startswith("VB")), None)


def find_coordinated(
    root: Token, verb: Token, subject: TokenSpan | None, inside: TokenSpan
) -> Iterator[Statement]:
    own = find_subject(verb)
    if own is None and subject is None:
        return
    words = find_clause_span(verb, inside)
    if own is not None and root.lower_ in PERCEIVING and verb.tag_ in {"VB", "VBP"}:
        return  # “watched nine clubs and 300 children march”
    if not _is_joined(verb) or (not is_telling(verb, words) and not _is_countered(verb)):
        return
    if own is not None and _is_left(root, verb, own):
        yield Statement(verb, words, parts=_lend_leaving(root, own, words))
    elif own is not None and _lacks_helper(root, verb, own):
        yield Statement(verb, words, parts=_lend_to_count(root, verb, own, words))
    elif own is not None:
        yield Statement(verb, words)
    else:
        yield Statement(verb, words, subject, lend_helpers(root, verb))


def _is_joined(verb: Token) -> bool:
    """Return True unless nothing joins a clause: in “saw nine men entered” it is what was seen."""
    first = verb.left_edge
    before = first.nbor(-1) if first.i else first
    if any(t.is_punct or t.tag_ == "CC" or t.lower_ == "then" for t in (before, first)):
        return True
    return any(c.dep_ == "cc" and c.i < verb.i for c in verb.head.rights)


def _is_countered(verb: Token) -> bool:
    """Return True for "denied the offence" behind "but": short, and yet the other half."""
    but = any(c.dep_ == "cc" and c.lower_ == "but" for c in verb.head.rights if c.i < verb.i)
    told = verb.lower_ in VERB_FORMS  # “denied it” is a saying of its own
    return but and not told and any(c.dep_ == "dobj" and c.tag_ in NOMINAL for c in verb.rights)


def _is_left(first: Token, verb: Token, own: Token) -> bool:
    """Return True for “10 others injured” in “left three people dead and 10 others injured”."""
    counted = own.tag_ == "CD" or any(c.tag_ == "CD" for c in own.lefts)
    acts = any(c.dep_ in {*HELPERS, "dobj"} for c in verb.children)
    left = any(c.dep_ == "dobj" for c in first.rights) and find_subject(first) is not None
    done = verb.lower_ in TOLLS or (
        verb.lower_.endswith("ed") and verb.lower_ not in WITHOUT_OBJECT
    )
    return first.lower_ in LEAVING and left and counted and done and not acts


def _lend_leaving(first: Token, own: Token, words: TokenSpan) -> tuple[TokenSpan | str, ...]:
    """Return what was left so, with who or what left it so, and whom a bare count is of."""
    subject = find_subject(first)
    who = TokenSpan(first.left_edge.i, first.i + 1)
    if subject is not None:
        who = TokenSpan(subject.left_edge.i, first.i + 1)
    left = next((c for c in first.rights if c.dep_ == "dobj"), own)
    if own.tag_ != "CD" or left.tag_ not in COUNTED - {"CD"}:
        return (who, words)
    return (
        who,
        TokenSpan(words.start, own.i + 1),
        TokenSpan(left.i, left.i + 1),
        TokenSpan(own.i + 1, words.end),
    )


def _lacks_helper(first: Token, verb: Token, own: Token) -> bool:
    """Return True for "21 wounded" in "four soldiers had been killed and 21 wounded"."""
    passive = any(c.dep_ == "auxpass" for c in first.lefts)
    bare = not any(c.dep_ in HELPERS for c in verb.lefts)
    bare = bare and not any(c.dep_ == "dobj" for c in verb.rights)
    meant = any(c.tag_ == "MD" for c in first.lefts) and verb.tag_ in {"VBD", "VBN"}
    counted = verb.lower_ in TOLLS and own.tag_ in COUNTED
    # “The mill should be sold and the workers moved to Dorn”
    return passive and bare and own.i < verb.i and (counted or meant)


def _lend_to_count(
    first: Token, verb: Token, own: Token, words: TokenSpan
) -> tuple[TokenSpan | str, ...]:
    """Return a count with the noun and the helping verbs of the clause before it."""
    counted = find_subject(first)
    noun: tuple[TokenSpan, ...] = ()
    if own.tag_ == "CD" and not list(own.children) and counted is not None:
        noun = (TokenSpan(counted.i, counted.i + 1),) if counted.tag_ == "NNS" else ()
    single = own.lower_ == "one" or own.tag_ == "NN"
    agreeing = AGREEING[single]
    helpers = [agreeing.get(c.lower_, c.text) for c in first.lefts if c.dep_ in HELPERS]
    return (
        TokenSpan(words.start, own.i + 1),
        *noun,
        " ".join(helpers),
        TokenSpan(verb.i, words.end),
    )


def lend_helpers(first: Token, verb: Token) -> str:
    """The helping verbs of the first of two verbs, where the second has none: "was … and sold"."""
    if not _shares_helper(verb):
        return ""
    return " ".join(c.text for c in first.lefts if c.dep_ in HELPERS)


def is_telling(verb: Token, words: TokenSpan) -> bool:
    """Return True if a clause is long enough, or short with a figure or name: "killed 14 men"."""
    tokens = verb.doc[words.start : words.end]
    told = any(t.tag_ in {"CD", "NNP"} for t in tokens) and words.length > 1
    saying = verb.lower_ in VERB_FORMS  # “denied the offence” is told by its own rule
    acted = (
        verb.tag_ == "VBD"
        and not saying
        and any(c.dep_ == "dobj" and c.tag_ in NOMINAL for c in verb.rights)
    )
    harmed = verb.lower_ in TOLLS
    return (
        told
        or ((acted or harmed) and words.length >= FEWEST - 1)
        or is_long_enough(verb.doc, words)
    )


def find_clause_span(verb: Token, inside: TokenSpan) -> TokenSpan:
    start, end = max(verb.left_edge.i, inside.start), min(verb.right_edge.i + 1, inside.end)
    return trim_span(verb.doc, start, end) or TokenSpan(verb.i, verb.i + 1)


def is_long_enough(doc: Doc, words: TokenSpan) -> bool:
    return sum(1 for t in doc[words.start : words.end] if not t.is_punct) >= FEWEST
