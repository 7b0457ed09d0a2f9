"""Check-worthiness: what can be looked up ranks above what can only be felt, and says why."""

import pytest

from workflows.extraction.check_worthiness.features import CLASSES, extract_features
from workflows.extraction.check_worthiness.model import (
    load_model,
    score_best_clause,
    score_sentence,
)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("Unemployment fell by 4 percent last year.", "We must never give up hope."),
        ("The senate passed the bill in 2019.", "I believe in the good of this bill."),
        ("She voted against the treaty three times.", "What would you do about the treaty?"),
        ("The mill employed 1,200 workers.", "Let us move forward with courage."),
        ("He has raised taxes twice.", "He might be a wonderful man."),
    ],
)
def test_checkable_is_worth_more(nlp, more, less):
    """What can be looked up is worth more."""
    assert score_sentence(nlp(more)).score > score_sentence(nlp(less)).score + 0.2


def test_reasons_strongest_first(nlp):
    """What drove a score is named, the strongest first."""
    reasons = score_sentence(nlp("Unemployment fell by 4 percent last year.")).reasons

    assert {"digits", "percent"} <= {name for name, _ in reasons}
    assert [abs(part) for _, part in reasons] == sorted((abs(p) for _, p in reasons), reverse=True)


def test_features_can_occur(nlp):
    """Every feature of the model can occur in a sentence.

    A coefficient whose feature has no rule or word class any more would be dead weight.
    """
    text = (
        "Will they ask? Oh, let us hope if we must: I think he was told by Ann Lee of Acme that "
        "the worst 5 percent, 3 tons and $12 million of new taxes rose, fell and cut coal jobs. "
        "They act today. "
        "The Clean Air Act has been passed in Congress and schools; reports know one war crime."
    )
    classes = {name for names in CLASSES.values() for name in names}
    seen = set(extract_features(nlp(text))) | classes

    derived = {
        name for name in load_model().weights if name.startswith(("past_", "first_", "third_"))
    }
    assert set(load_model().weights) - derived - {"noun_perfect", "perfect"} <= seen


@pytest.mark.parametrize(
    ("reported", "argued"),
    [
        ("The court fined the yard in May.", "The court's shameful farce cost the yard dearly."),
        ("Lee said that the yard was closed.", "Surely even Lee knows that the yard is doomed."),
        ("“I feel ashamed,” said Lee.", "I feel ashamed of this wretched council."),
        ("The party won 40 seats.", "The party, drunk on its 40 seats, sneers at the voters."),
        ("The rules apply to all ships.", "The rules are an absurd and cowardly joke!"),
        ("The yard was shut for repairs.", "But what a pathetic excuse for a yard it was."),
        ("The talks ended without a deal.", "The talks were a charade from start to finish."),
    ],
)
def test_opinions_are_worth_less(nlp, reported, argued):
    """What a writer reports ranks above what a writer only thinks of it."""
    assert score_sentence(nlp(reported)).score > score_sentence(nlp(argued)).score


@pytest.mark.parametrize(
    ("long", "best"),
    [
        (
            "Sales fell by 4 percent in May and everybody hopes for something better.",
            "Sales fell by 4 percent in May",
        ),
        (
            "The yard lost 40 jobs in 2022, but its owner thinks that things are fine.",
            "The yard lost 40 jobs in 2022",
        ),
    ],
)
def test_best_clause(nlp, long, best):
    """A statement is worth its best clause.

    Several clauses do not add up.
    """
    whole, part = nlp(long), nlp(best)

    worth = score_best_clause(list(whole), next(t for t in whole if t.dep_ == "ROOT"))

    assert worth.score <= score_sentence(part).score + 0.1
