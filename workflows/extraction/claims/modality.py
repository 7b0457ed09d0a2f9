"""What a helping verb tells: that something is in doubt, is to come, or plainly is or was so."""

from workflows.extraction.attribution.factuality import has_negative_subject
from workflows.extraction.parse import Token
from workflows.extraction.text.lexicon import inflect_all, word_set
from workflows.extraction.text.syntax import find_subject, is_negated

HABIT = word_set(
    """
    always often usually sometimes regularly routinely repeatedly typically normally
    occasionally every each daily nightly weekly monthly yearly annually whenever child childhood
    boy girl boyhood youth constantly continually continuously perpetually invariably forever
    frequently habitually
    """
)
ABILITY = word_set(
    "see hear feel smell taste speak brag boast read write swim walk afford remember understand"
)
HAPPENING = inflect_all(
    """
    rise fall grow shrink climb drop decline increase decrease slow spread burn leak flood collapse
    die suffer lose face near approach reach cost last take become happen occur begin start end
    come go kill hit hurt affect cause lead result hide live stay sit hold remain head wait lie
    close run carry
    """
) | word_set(
    "rising falling growing dying hiding lying losing hitting running sitting beginning coming "
    "going becoming losing holding costing hurting leading"
)
"""What comes about or goes on by itself; what else one "could be doing", one is not doing."""
COMPARATIVES = frozenset({"JJR", "RBR"})
LATER = word_set("later eventually ultimately soon subsequently afterwards afterward thereafter")
"""What tells that a "would" looks forward from a day that is past."""
PLANS = word_set(
    """
    act agreement amendment ban bill budget change cut deal law legislation measure merger move
    package plan program programme project proposal provision reform rule scheme tariff tax treaty
    idea option step vote
    """
)
"""What "would" do something if it came about."""
YEAR_DIGITS = 4
PRESENT = "2000"
"""A year before it is past, whenever the document was written."""
WHEN_LAST = word_set("first last only")


def is_fact(root: Token, modal: Token, *, backshifted: bool = False) -> bool:
    """Return True if a helping verb leaves nothing in doubt and nothing to come.

    So it is with what one could do but does not (“could be doing more”), a habit of the past
    (“would come every year”), a refusal (“would not pay”) and what came later (“would later
    become mayor”). `backshifted` says that a source said it in the past, of what was then to come.
    """
    if modal.lower_ == "could":
        return _is_ability(root)
    if modal.lower_ not in {"would", "'d", "’d"} or _has_condition(root):
        return False
    if any(t.lower_ in HABIT for t in root.subtree) or _is_put_mildly(root):
        return True
    return not backshifted and _is_told_of_the_past(root)


def is_unrealized(root: Token, modal: Token) -> bool:
    """Return True for what could or might have been: that it was so is not what is told."""
    if not any(c.lower_ == "have" and c.dep_ == "aux" for c in root.lefts):
        return False
    return modal.lower_ == "could" or _has_condition(root)


def is_going(root: Token) -> bool:
    """Return True for “was going to”: what had been to come on a day that is past."""
    return root.lower_ == "going" and any(
        c.lower_ in {"was", "were"} and c.dep_ == "aux" for c in root.lefts
    )


def _is_ability(root: Token) -> bool:
    negated = any(
        c.dep_ == "neg" or c.lower_ in {"hardly", "barely", "scarcely"} for c in root.lefts
    ) or has_negative_subject(root)
    perfect = any(c.lower_ == "have" and c.dep_ == "aux" for c in root.lefts)
    aspect = any(c.lower_ in {"have", "be"} and c.dep_ in {"aux", "auxpass"} for c in root.lefts)
    if (negated and not perfect) or (root.lower_ in ABILITY and not aspect):
        return True
    if _is_of_the_past(root) or any(t.lower_ == "only" for c in root.rights for t in (c, *c.lefts)):
        return True
    if root.lower_ in HAPPENING or root.lower_ == "be":
        return False
    doing = root.tag_ == "VBG" and aspect
    return doing or any(_is_compared(child) for child in root.rights)


def _is_of_the_past(root: Token) -> bool:
    """Return True for “in 1970 a family could …”, “could swim at the age of three”."""
    if any(c.lower_ == "have" and c.dep_ == "aux" for c in root.lefts):
        return False
    words = [t.lower_ for c in root.children if c.dep_ in {"prep", "advmod"} for t in c.subtree]
    aged = "age" in words and "of" in words
    years = (word.removesuffix("s") for word in words)
    return aged or any(len(y) == YEAR_DIGITS and y < PRESENT and y.isdigit() for y in years)


def _is_compared(child: Token) -> bool:
    """Return True for “more” in “could do more”, not for one that tells how many."""
    if child.tag_ not in COMPARATIVES or child.dep_ not in {"advmod", "dobj", "npadvmod"}:
        return False
    return child.i + 1 == len(child.doc) or child.nbor().lower_ != "than"


def _has_condition(root: Token) -> bool:
    return any(
        c.dep_ == "advcl"
        and (any(m.lower_ == "if" for m in c.lefts) or c.left_edge.lower_ == "had")
        for c in root.children
    )


def _is_put_mildly(root: Token) -> bool:
    """Return True for “I would say that”, by which somebody says it."""
    subject = find_subject(root)
    first = subject is not None and subject.lower_ in {"i", "we"}
    return first and any(c.dep_ == "ccomp" for c in root.rights)


def _is_told_of_the_past(root: Token) -> bool:
    subject = find_subject(root)
    if root.dep_ == "relcl" and find_subject(root) is not None and root.head.tag_ != "NNP":
        noun = root.head
        return any(c.lower_ in WHEN_LAST for c in noun.lefts) and noun.lower_ not in PLANS
    if subject is None or subject.lower_ in PLANS:
        return False
    near = {c.lower_ for c in root.children if c.dep_ in {"advmod", "npadvmod", "prt"}}
    if _is_of_the_past(root):
        return True
    return bool(near & LATER) or (root.lower_ == "go" and "on" in near) or is_negated(root)
