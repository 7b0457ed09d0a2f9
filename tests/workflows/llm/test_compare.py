"""What a model and the rules read otherwise is marked."""

from dataclasses import replace

from tests.builders import build_found_claim
from workflows.claims import Figure, Hedge, ModelDoubt, Polarity
from workflows.llm.compare import hold_against_rules

FORTY = Figure("40", 40, None, "men", None, 0, 2)


def test_differences():
    """A difference in hedge, polarity or figure is told; the rules' figure stands."""
    ours = build_found_claim("40 men left", figures=(FORTY,))
    theirs = replace(
        ours,
        hedge=Hedge.DENIED,
        polarity=Polarity.NEGATED,
        figures=(replace(FORTY, value=41),),
    )
    [held] = hold_against_rules([ours], [theirs])
    assert held.doubts == (ModelDoubt.HEDGE, ModelDoubt.POLARITY, ModelDoubt.FIGURES)
    assert held.figures == theirs.figures


def test_agreement():
    """Where both agree, or the rules have nothing there, nothing is marked."""
    ours = build_found_claim("40 men left", figures=(FORTY,))
    elsewhere = replace(ours, start=200, end=211, hedge=Hedge.DENIED)
    assert hold_against_rules([ours], [ours]) == (ours,)
    assert hold_against_rules([ours], [elsewhere]) == (ours,)
