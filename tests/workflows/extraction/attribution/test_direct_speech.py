"""Whose words a quotation is, where others stand beside it."""


def test_quotation_beside(find):
    """A whole quotation is its speaker's, though a quoted word stands right before it."""
    told = find(
        "Renn called the plan “reckless.” “The port is full. It takes no coal. Lund built it in "
        "1962,” Ann Lee, the mayor, said."
    )
    sources = {claim.words: [link.source for link in claim.attribution] for claim in told}

    assert sources["The port is full"] == ["Ann Lee"]


def test_but_behind_a_quotation(find):
    """“…”, but she warned: what she warned of is what comes next, and not the quotation."""
    text = "Ann Roe said the dam was “safe and sound”, but she warned that the gate had rusted."

    assert [link.source for claim in find(text) for link in claim.attribution] == ["Ann Roe", "she"]


def test_according_to_source(find):
    """“According to Lee, she … “…”.”: the claim begins behind the source."""
    text = "According to Ann Lee, she was once part of the club, but is now “the worst foe of all.”"

    assert "[Ann Lee] was once part of the club" in {claim.words for claim in find(text)}


def test_before_the_that(find):
    """“Announced on Monday, after a meeting, that …”: what is told begins at the “that”."""
    text = (
        "Norlink announced on Monday, after a long meeting of its board, that the mill will close."
    )

    assert [claim.words for claim in find(text)] == ["The mill will close"]


def test_third_quotation(find):
    """A quotation that has its own speaker behind it is not the one's who spoke before."""
    text = (
        "“The dam was built in 1962,” two officials said. “It leaks.” “The fund kept its word,” "
        "Tim Falk told her."
    )

    assert [claim.attribution[0].source for claim in find(text)][-1] == "Tim Falk"
