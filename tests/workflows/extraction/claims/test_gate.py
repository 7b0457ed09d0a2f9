"""The gate: what no reader could use is not posted, and says why."""

from dataclasses import replace

import pytest

from workflows.extraction.claims.gate import GateReason, find_fault
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.text.spans import TokenSpan


@pytest.fixture
def judge(paragraph, find):
    """Judges some words as the claim of a whole paragraph."""
    [made] = find("The old mill burned in 2019.")

    def fault(text):
        doc = paragraph(text).doc
        root = next(t for t in doc if t.dep_ == "ROOT")
        words = TokenSpan(0, len(doc) - doc[-1].is_punct * (doc[-1].text != "?"))
        return find_fault(replace(made, words=words.text(doc)), Statement(root, words))

    return fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Heavy losses.", GateReason.SHORT),
        ("Sales fell.", GateReason.BARE),
        ("Has the quarry poisoned the wells?", GateReason.QUESTION),
        ("Did the dam hold in May", GateReason.QUESTION),
        ("Which killed nine people in May.", GateReason.RELATIVE_FIRST),
        ("Why the dam broke in May.", GateReason.RELATIVE_FIRST),
        ("A long and quiet road to the old port.", GateReason.NO_VERB),
        ("Are still missing in the hills.", GateReason.NO_SUBJECT),
        ("Join the strike in Dorn today.", GateReason.NO_VERB),
        ("Story refiled to correct that shares rose 9 percent.", GateReason.SAYING_ONLY),
        ("The coast guard said on Tuesday.", GateReason.SAYING_ONLY),
        ("It was the beginning of a long quarrel with the.", GateReason.CUT),
        ("All anyone in Dorn has to do.", GateReason.CUT),
        ("Nine clerks in Dorn did not.", GateReason.ELLIPTIC),
        ("Nine clerks in Dorn didn’t.", GateReason.ELLIPTIC),
        ("Neither did Kit Roe.", GateReason.ELLIPTIC),
        ("The board of the mill wants.", GateReason.CUT),
        ("The guards near the port found.", GateReason.CUT),
        ("Lee was quoted as saying on Monday.", GateReason.SAYING_ONLY),
        ("Photos shot in the old port of Olden.", GateReason.NO_VERB),
        ("The mayor has to do the following.", GateReason.LIST_ONLY),
        ("The mayor has the following tasks ahead of her.", GateReason.LIST_ONLY),
        ("Where the mayor stood on the tax in May.", GateReason.RELATIVE_FIRST),
        ("When the mill had 400 workers and Pell was rich.", GateReason.HANGING),
        ("Except it was no joke in Olden.", GateReason.HANGING),
        ("Should Kit Roe win Dorn.", GateReason.QUESTION),
        ("In which nine men of Olden drowned.", GateReason.RELATIVE_FIRST),
        ("The new dam of Olden may have in May.", GateReason.CUT),
        ("The real question is whether Kit Roe can win Dorn.", GateReason.QUESTION),
        ("Kit Roe speaks during a rally in Dorn on March 6.", GateReason.CAPTION),
        ("Guards react to a blast at the mill in Dorn May 21, 2019.", GateReason.CAPTION),
        ("Dorn and two others also have 30.", GateReason.ELLIPTIC),
        ("Even the farmers approve 75 - 5 percent.", GateReason.ELLIPTIC),
        ("The mill closed the following Monday.", None),
        ("The mayor left the following year.", None),
        ("Photos shot in Olden showed nine tanks.", None),
        ("These old parts are often too costly or difficult to find.", None),
        ("The board does what the bank wants.", None),
        ("The banks of the river will not hold.", None),
        ("A bus overturned near the old port.", None),
        ("The mill employs 40 people.", None),
        ("Will Smith left the firm in May.", None),
        ("When the dam broke, 12 people died.", None),
        ("The mayor told the council a lie.", None),
        ("WHO closed its office in Dorn.", None),
        ("Which.", GateReason.RELATIVE_FIRST),
    ],
)
def test_what_is_no_claim_says_why(judge, text, fault):
    """A fragment, a question or a bare saying is kept back with its reason."""
    assert judge(text) == fault


@pytest.mark.parametrize(
    ("text", "shelved"),
    [
        ("The criticism is fair game.", True),
        ("The plan has its charms.", True),
        ("The criticism in Olden is fair game.", False),
        ("The plan is unlawful.", False),
        ("The dam has collapsed.", False),
    ],
)
def test_nameless(only, text, shelved):
    """What names and counts nothing, and tells no risk or deed, cannot be looked up."""
    assert only(text).needs_words == shelved


def test_an_open_source_needs_words(find):
    """A claim whose source is a pronoun that stays open is kept, and waits for a person."""
    [claim] = find("He said that the dam had burst in May.")

    assert claim.needs_words


@pytest.mark.parametrize(
    "text",
    [
        "A village in the hills caught between two rival camps.",
        "A bridge over the Orn built in 1921.",
        "The depot near Dorn surrounded by nine tanks.",
        "Videos filmed in the old port of Olden.",
    ],
)
def test_a_participle_is_no_verb(find, text):
    """A noun with what was done to it is no sentence, though the participle looks like a verb."""
    assert find(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Kit Roe could not be reached for comment.",
        "Kit Roe declined an interview request.",
        "A message seeking comment was left for the mayor.",
        "Ann Lee contributed to this report.",
        "Here is a picture of the flood in Olden.",
        "The map below shows the roads that are closed.",
        "The Pay Board said so in March.",
        "An article on Thursday about the mill in Olden misstated the year in which it burned.",
    ],
)
def test_how_a_report_was_made(find, text):
    """What a report tells of itself is no claim."""
    assert not find(text)
