"""Labels of turns, and whose turn each begins."""

import pytest

from workflows.extraction.text.lines import split_lines
from workflows.extraction.text.turns import find_labels, name_speakers, write_name


def speakers(text):
    labels = find_labels(text, split_lines(text))
    return [turn.speaker for turn in name_speakers(text, labels).values()]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("MS. BRANDT: It leaks.\n\nTHE CHAIR: Thank you.", ["Ms. Brandt", "The Chair"]),
        ("SENATOR OLA BRANDT (LAB, MORROW): It leaks.", ["Senator Ola Brandt"]),
        ("DR OLA BRANDT: It leaks.\nBRANDT: It does.", ["Dr Ola Brandt", "Dr Ola Brandt"]),
        ("Q: Does it leak?\nA: It does.", [None, None]),
        ("Q. Does it leak?\nA. It does.", [None, None]),
        ("[00:01:02] Speaker 2: It leaks.", ["Speaker 2"]),
        ("Host (00:12): Does it?\nOla Brandt (00:15): It does.", ["Host", "Ola Brandt"]),
        ("Ola Brandt  0:14\nIt leaks.\n\nKit Roe  0:20\nNo.", ["Ola Brandt", "Kit Roe"]),
        ("Ola Brandt (Morrow) (Lab)\nIt leaks.\n\nKit Roe (Ind)\nNo.", ["Ola Brandt", "Kit Roe"]),
        ("ola: it leaks\nkit: no\nola: it does", ["ola", "kit", "ola"]),
        ("[18/10/2024, 10:14:03] Ola Brandt: it leaks", ["Ola Brandt"]),
        ("10:14 <ola> it leaks", ["ola"]),
        ("Ola Brandt @olab · 2h\nIt leaks.", ["Ola Brandt"]),
        ("Morrow Live, [18.10.24 10:14]\nIt leaks.", ["Morrow Live"]),
        ("RT @morrowpost: it leaks", ["@morrowpost"]),
        ("Mr. BRANDT of Morrow. Mr. Speaker, it leaks.", ["Mr. Brandt"]),
        ("CHAIR—It leaks.\nMr Roe —No, Senator.", ["Chair", "Mr Roe"]),
        (
            "Mr BRANDT (Morrow) (11.04) —It leaks.\nThe SPEAKER —Order!",
            ["Mr Brandt", "The Speaker"],
        ),
        ("**BRANDT:** It leaks.\n**ROE:** No.", ["Brandt", "Roe"]),
        (
            "Ola Brandt -- Chief Executive\nIt leaks.\n\nKit Roe -- Engineer\nNo.",
            ["Ola Brandt", "Kit Roe"],
        ),
        ("Ola Brandt\n10:14 AM\nIt leaks.\n\nKit Roe\n10:15 AM\nNo.", ["Ola Brandt", "Kit Roe"]),
        ("Speaker A: It leaks.\nSpeaker B: No.", ["Speaker A", "Speaker B"]),
        ("Brandt: It leaks.\nRoe: It does not.", ["Brandt", "Roe"]),
    ],
)
def test_labels(text, named):
    """A label is found in each of its forms, and names its speaker as a sentence would."""
    assert speakers(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "BREAKING: dam leaks",
        "Photo: Ola Brandt",
        "The storm: what we know\n\nIt rained for nine days.",
        "Weather: rain\nRoads: closed",
        "Mayor Brandt Wins Second Term\n\nThe mayor won by nine votes.",
        "There is one rule: never sail alone.",
        "At 10:15 the dam broke.",
        "A: It leaks.",
        "Mr Brandt — a lawyer from Olden — left in May.\n\nMs Roe — her aide — stayed.",
        "Mr Brandt — Morrow's mayor — left in May.",
    ],
)
def test_no_label(text):
    """A heading, a clock time and a colon within a sentence begin no turn."""
    assert speakers(text) == []


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("MR. O'NEIL", "Mr. O'Neil"),
        ("THE UN ENVOY", "The UN Envoy"),
        ("@MorrowPost", "@MorrowPost"),
        ("Kit Roe", "Kit Roe"),
        ("BBC", "BBC"),
    ],
)
def test_name_in_capitals(written, name):
    """Capital letters of a label become those of a name."""
    assert write_name(written) == name


def test_label_with_an_office(find):
    """“Ann Roe, director of Olden Zoo:” speaks, and means the zoo by "we"."""
    [claim] = find("Ann Roe, director of Olden Zoo: We fed 70 seals by hand.")

    assert claim.words == "[Olden Zoo] fed 70 seals by hand"
    assert claim.attribution[0].source == "Ann Roe"


def test_whose_firm(find):
    """Whoever is questioned or criticised keeps what is told of his firm."""
    questioned = find("Police questioned Max Roe, whose firm had sold the van.")

    assert questioned[0].words == "Police questioned Max Roe"
    assert "Whose" not in " ".join(c.words for c in questioned)


def test_each_speaks_but_once(find):
    """Two who were introduced by their full names speak behind these, though each but once."""
    text = (
        "The host Ann Roe talked with Mayor Tim Falk.\n\nAnn Roe: The city has 40 mills.\n\n"
        "Tim Falk: The county sold six mills in May."
    )

    told = [(claim.words, claim.attribution[0].resolved) for claim in find(text)[-2:]]

    assert told[0][0] == "The city has 40 mills"
    assert "Ann Roe" in str(told[0][1])
    assert "Tim Falk" in str(told[1][1])


def test_one_whole_statement(find):
    """A text with one name before a colon, and the first person below, is all hers."""
    text = (
        "The harbour plan\n\nVolume 664: debated on Monday 30 September 2019\n\n"
        "Ann Roe: With your permission, I wish to speak of the plan.\n\n"
        "We have 40 boats, and I am glad of them.\n\nThe harbour has nine cranes."
    )

    assert [claim.attribution[0].source for claim in find(text)[-2:]] == ["Ann Roe", "Ann Roe"]


def test_colon_in_a_report(find):
    """A name before a colon in a report of others is no speaker of all of it."""
    text = (
        "Ann Roe: I love Olden.\n\nOur town is growing, the mayor said.\n\n"
        "The harbour has nine cranes."
    )

    assert find(text)[-1].attribution == ()


def test_the_words_of_a_video(find):
    """Who speaks in a video is not named; each time begins the words of somebody else."""
    text = (
        "The video was posted in May.\n\n0:08 unnamed man: Nine smugglers were caught in Arden. "
        "The van was blown up.\n\n0:41 Forty crates were found in Pell."
    )

    told = {c.words: c.attribution[0] for c in find(text) if c.attribution}

    assert told["The van was blown up"].source == "unnamed man"
    assert told["Forty crates were found in Pell"].source is None
    assert all(link.anonymous for link in told.values())


def test_question_and_name(find):
    """“Question:” is the asker's, where the one who answers goes by name."""
    text = (
        "Question: Was the vote fair? I have heard of 40 faults.\n\n"
        "Ann Roe: The board counted 900 votes.\n\n"
        "Question: The fund says it has 12 watchers in Pell.\n\n"
        "Ann Roe: The fund has nine watchers in Pell."
    )

    sources = [[link.source for link in claim.attribution] for claim in find(text)]

    assert sources == [[None], ["Ann Roe"], [None, "The fund"], ["Ann Roe"]]
