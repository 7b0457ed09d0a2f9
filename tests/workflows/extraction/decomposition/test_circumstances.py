"""Time and place of a sentence hold for each claim out of it."""

import pytest


@pytest.mark.parametrize(
    ("text", "second"),
    [
        (
            "On 9 May, in the port of Dorn, guards found 12 crates, and the captain was arrested.",
            "On 9 May, in the port of Dorn, the captain was arrested",
        ),
        (
            "In Dorn county on 9 May, police arrested six men and seized nine guns.",
            "In Dorn county on 9 May, police seized nine guns",
        ),
        (
            "In 2023, Lee said, the yard lost 40 jobs and closed two shops.",
            "In 2023, the yard closed two shops",
        ),
        (
            "In 2023 the yard lost 40 jobs, and in 2024 it closed two shops.",
            "In 2024 [the yard] closed two shops",
        ),
        (
            "The army shelled Dorn on 9 May and killed nine guards.",
            "The army killed nine guards on 9 May",
        ),
        (
            "Exports rose 4 percent in May, while imports fell 2 percent.",
            "Imports fell 2 percent in May",
        ),
        ("She was born in May and leads 40 people.", "She leads 40 people"),
        (
            "The board met last night and passed the tax of 4 percent.",
            "The board passed the tax of 4 percent last night [17 October 2024]",
        ),
        (
            "The bus left the road on Monday and caught fire, killing nine people in Dorn.",
            "On Monday [14 October 2024], the bus caught fire, killing nine people in Dorn",
        ),
        (
            "A man was shot in Olden on Monday and taken to a hospital in Dorn.",
            "A man was taken to a hospital in Dorn on Monday [14 October 2024]",
        ),
        (
            "In 2019, the mill closed, and Kit Roe is now mayor of Olden.",
            "Kit Roe is now mayor of Olden",
        ),
        (
            "The guards gathered at the gate before the match, but refused to sell tickets.",
            "The guards refused to sell tickets",
        ),
        (
            "For the full year, sales rose 4 percent, and profits fell 2 percent.",
            "For the full year, profits fell 2 percent",
        ),
        (
            "The mill closed 40 lines in May, after orders fell by 9 percent.",
            "Orders fell by 9 percent",
        ),
    ],
)
def test_time_and_place_go_along(find, text, second):
    """What stands at the head, or behind the first verb, is told of the second as well."""
    assert [claim.words for claim in find(text)][1] == second


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "Four guards had been killed and 21 wounded since the truce began on 9 May.",
            "Four guards had been killed since the truce began on 9 May",
        ),
        (
            "The two boys were beaten and kicked in the park on 9 May.",
            "The two boys were beaten on 9 May",
        ),
        (
            "Three boys were screaming and crying at the sight of the guard.",
            "Three boys were screaming at the sight of the guard",
        ),
        ("Lee was arrested in March and fined $900 in April.", "Lee was arrested in March"),
        ("Lee was tried in Dorn and jailed in April.", "Lee was tried in Dorn"),
    ],
)
def test_time_at_the_end_is_of_both(find, text, first):
    """What stands behind two verbs that share a helper is told of the first as well."""
    assert find(text)[0].words == first


def test_lent_days(find):
    """A day that is lent is among the claim's dates."""
    _, second = find("On 9 May, guards found 12 crates, and the captain was arrested.")

    assert [day.text for day in second.dates] == ["9 May"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Unless the mill closes, Norlink will lose $3 million, and Dorn will sell the hall.",
            [
                "Unless the mill closes, Norlink will lose $3 million",
                "Unless the mill closes, Dorn will sell the hall",
            ],
        ),
        (
            "After the vote failed, Lee resigned and Roe took over the ministry.",
            [
                "After the vote failed, Lee resigned",
                "After the vote failed, Roe took over the ministry",
            ],
        ),
        (
            "During the strike, the mill lost $3 million and closed two of its four plants.",
            [
                "During the strike, the mill lost $3 million",
                "During the strike, the mill closed two of its four plants",
            ],
        ),
    ],
)
def test_condition_of_both(find, text, words):
    """A condition, and what tells when, hold for all that is joined behind them."""
    assert [claim.words for claim in find(text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "If the dam breaks, Lee said the town will be flooded.",
            "If the dam breaks, the town will be flooded",
        ),
        (
            "Unless the bank pays, the council warned that 300 jobs will go.",
            "Unless the bank pays, 300 jobs will go",
        ),
        (
            "When doctors looked at risks -- such as smoking -- they found the link had gone.",
            "When doctors looked at risks -- such as smoking, the link had gone",
        ),
        ("When Lee toured Olden in May, he said the Olden dam is safe.", "The Olden dam is safe"),
        ("When asked about the vote, Lee said Olden is safe.", "Olden is safe"),
    ],
)
def test_a_condition_before_the_speaker(find, text, words):
    """A condition before who speaks is one of what he tells; when he spoke is not."""
    assert words in [claim.words for claim in find(text)]


def test_a_past_year_stays_in_the_past(find):
    """What has been done since is of no past year that an earlier verb was of."""
    text = "In 2008, Cooper gave $750 to Roe, and has spoken out in favor of gun control."

    assert [claim.words for claim in find(text)] == [
        "In 2008, Cooper gave $750 to Roe",
        "Cooper has spoken out in favor of gun control",
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "Jurors heard two experts and visited the mill on Tuesday.",
            "Jurors heard two experts on Tuesday [15 October 2024]",
        ),
        (
            "A clerk shot two guards and wounded a nurse today in Olden.",
            "A clerk shot two guards today [18 October 2024] in Olden",
        ),
        ("Norlink bought the mill and sold it in 2010.", "Norlink bought the mill"),
        ("Kit Roe once owned the mill and died on Friday.", "Kit Roe once owned the mill"),
        ("Kit Roe owned the mill, and sold it on Friday.", "Kit Roe owned the mill"),
    ],
)
def test_near_day_is_of_both(find, text, first):
    """A weekday behind the second verb is that of the first; a year, or one set apart, is not."""
    assert find(text)[0].words == first


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "For the quarter ending in March, Norlink expects its costs to reach 40 million euros.",
            "For the quarter ending in March, [Norlink]'s costs will reach 40 million euros",
        ),
        (
            "On Monday, Norlink predicted that sales would fall 4 percent.",
            "Sales would fall 4 percent",
        ),
        (
            "Last week, Kit Roe told nine guards to leave the mill.",
            "Last week, Kit Roe told nine guards to leave the mill",
        ),
    ],
)
def test_time_before_the_speaker(find, text, words):
    """Forecasts keep the period before their speaker, and an order the day that it was given."""
    assert [claim.words for claim in find(text)] == [words]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("While police were searching the mill, the mayor closed nine schools in Olden.", 1),
        ("While the gunman was at large, 300 pupils were kept inside the school in Olden.", 1),
        ("While exports rose 4 percent, imports fell 9 percent.", 2),
        ("While Roe was a member of the board, Lee was its chairman.", 2),
    ],
)
def test_while_tells_when(find, text, count):
    """What went on meanwhile stays with what happened; a contrast is two claims."""
    found = find(text)
    assert len(found) == count
    assert found[0].words.startswith("While") == (count == 1)
