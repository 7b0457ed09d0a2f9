"""Which event "the driver" had a part in."""

import pytest

CRASH = "Two men were killed in a head-on crash on Route 9 near Olden on Friday, police said.\n\n"
SHOT = "A baker was shot outside a bar in Olden on Friday, police said.\n\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            f"{CRASH}The driver of a van saw it. The other driver fled.",
            "The other driver [in the head-on crash on Route 9 near Olden on 18 October 2024] fled",
        ),
        (
            f"{SHOT}The gunman wore a mask.",
            "The gunman [in the shooting in Olden on 18 October 2024] wore a mask",
        ),
        (
            f"{SHOT}The victim, who had no family, died in May.",
            "The victim [in the shooting in Olden] died in May",
        ),
        (
            f"{SHOT}The motive is not known.",
            "The motive [of the shooting in Olden on 18 October 2024] is not known",
        ),
        (
            f"{CRASH}The crash closed three lanes.",
            "[On 18 October 2024,] [the head-on crash on Route 9 near Olden] closed three lanes",
        ),
        (
            "An earthquake struck Ecuador on Friday, police said.\n\nThe epicentre lay deep.",
            "The epicentre [in the earthquake in Ecuador on 18 October 2024] lay deep",
        ),
        (
            "Ann Lee pleaded guilty to fraud in May.\n\nThe judge will rule in June.",
            "The judge [in the case against Ann Lee] will rule in June",
        ),
        (
            "Norlink agreed to buy its rival Roe Foods.\n\nThe deal will close in June.",
            "[The purchase of Roe Foods] will close in June",
        ),
        (
            f"{SHOT}The suspect's name is not known.",
            "[The suspect in the shooting in Olden on 18 October 2024]'s name is not known",
        ),
        (
            f"{CRASH}The head-on crash shut three lanes.",
            "[On 18 October 2024,] the head-on crash [on Route 9 near Olden] shut three lanes",
        ),
        (
            "OLDEN - A man accused of stabbing a nurse was arrested.\n\nThe victim had no family.",
            "The victim [in the stabbing in Olden] had no family",
        ),
        (
            f"{SHOT}The shooting shut a road. The gunman wore a mask.",
            "The gunman [in the shooting in Olden on 18 October 2024] wore a mask",
        ),
        ("OLDEN - A mill burned on Friday. The city has 40 mills.", "[Olden] has 40 mills"),
    ],
)
def test_part(find, text, words):
    """Who or what has a part in the only event told of is told with it."""
    assert words in [claim.words for claim in find(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"{SHOT}Ann Lee, a gunman, fled.",
        f"{SHOT}Roe sang. Lee danced. A nurse was shot in Chicago in June. The gunman fled.",
        "Tim Falk was arrested in Olden on a charge of Aggravated Assault. The victim sang.",
        f"{CRASH}A nurse sat in the passenger's seat.",
        "A baker had a heart attack in Olden. The victim died in May.",
        f"{SHOT}The victim of a robbery in Pell sold 40 vans.",
        f"{SHOT}The gunman saw the shooting of a nurse.",
        "The council spoke of crashes in Olden. The driver wore a mask.",
    ],
)
def test_no_part(find, text):
    """Nothing is put in where the claim tells of it, or several events may be meant."""
    assert not any("[in the" in claim.words for claim in find(text))


def test_source(find):
    """A source that has a part in it is told with it as well."""
    told = find(f"{CRASH}The driver said the van had no lights.")[-1]

    assert told.attribution[0].resolved == "The driver in the head-on crash on Route 9 near Olden"
