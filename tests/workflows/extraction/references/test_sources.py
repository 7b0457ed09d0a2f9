"""Who says it, by the name that the text has for them."""

import pytest


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("Anna Dahl arrived. She said the dam had failed.", "Anna Dahl"),
        ("Mayor Anna Dahl arrived. The mayor said the dam had failed.", "Mayor Anna Dahl"),
        ("A baker in Olden was fined. The baker said the oven failed.", "a baker in Olden"),
        ("Halden Bank closed. The bank said 40 people had lost work.", "Halden Bank"),
        ("Its head, Anna Dahl, said the dam had failed.", "Anna Dahl"),
        ("Tim Hay met Bob Ray. He said the dam had failed.", None),
    ],
)
def test_resolved_source(find, text, resolved):
    """A pronoun, a noun or a surname as source is resolved where that is certain."""
    assert find(text)[-1].attribution[0].resolved == resolved


def test_same_speaker_goes_on(find):
    """“He added” is whoever spoke last."""
    claims = find("“The dam failed,” Tim Falk said. “It was old,” he added. “It leaked,” he added.")

    assert {claim.attribution[0].resolved or claim.attribution[0].source for claim in claims} == {
        "Tim Falk"
    }
