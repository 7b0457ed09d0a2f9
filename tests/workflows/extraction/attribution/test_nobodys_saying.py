"""What is nobody's saying: amazement, ascribed thoughts, what hearers heard, purposes."""

import pytest

from workflows.claims import Hedge


def put(find, text):
    """Each claim's words without square brackets, its sources and its hedge."""
    return [
        (
            claim.words.replace("[", "").replace("]", ""),
            [link.resolved or link.source for link in claim.attribution],
            claim.hedge,
        )
        for claim in find(text)
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Lee could not believe that the bank had closed 40 branches.",
            ("The bank had closed 40 branches", [], Hedge.ASSERTED),
        ),
        (
            "Lee could hardly believe that the bank had closed 40 branches.",
            ("The bank had closed 40 branches", [], Hedge.ASSERTED),
        ),
        (
            "“My sister couldn't believe that the bank had closed 40 branches,” Lee said.",
            ("The bank had closed 40 branches", ["Lee"], Hedge.REPORTED),
        ),
        (
            "Anybody who says the dam had burst is lying.",
            ("Anybody who says the dam had burst is lying", [], Hedge.ASSERTED),
        ),
        (
            "Nobody could believe that the dam had burst.",
            ("Nobody could believe that the dam had burst", [], Hedge.ASSERTED),
        ),
        (
            "Lee did not believe that the dam had burst.",
            ("The dam had burst", ["Lee"], Hedge.DENIED),
        ),
    ],
)
def test_amazement_affirms(find, text, told):
    """Who cannot believe a thing doubts nothing, and is no source of it."""
    assert put(find, text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "Lee accused Roe of thinking that voters are stupid.",
        "Lee mocked the mayor for thinking that the dam would hold.",
        "Lee warned the mayor against believing that the dam is safe.",
        "Lee urged Roe not to be so sure about thinking that the vote is won.",
    ],
)
def test_an_ascribed_thought_is_nobodys(find, text):
    """A thought that one person ascribes to another is not told as either's."""
    assert [claim.words for claim in find(text)] == [text.removesuffix(".")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Police have charged a man over an attack on a bus in Olden that left two men hurt.",
            (
                "Police have charged a man over an attack on a bus in Olden that left two men hurt",
                [],
            ),
        ),
        (
            "Roe on 9 May added the towns to the list she included in a decree on 8 May.",
            ("Roe on 9 May added the towns to the list she included in a decree on 8 May", []),
        ),
        ("Roe said on Friday he met Ann Kit this week.", ("He met Ann Kit this week", ["Roe"])),
        ("Roe said that talk of a split hid a rift.", ("Talk of a split hid a rift", ["Roe"])),
        (
            "The BBC reported, citing sources from the Far East, that 900 men had left Norland.",
            ("900 men had left Norland", ["The BBC", "sources from the Far East"]),
        ),
    ],
)
def test_where_a_saying_begins(find, text, told):
    """Relative clauses are not said, a day behind “said” is none of what is, who cites tells."""
    assert told in [(words, sources) for words, sources, _ in put(find, text)]


@pytest.mark.parametrize(
    "text",
    [
        "The crack raised the risk that the dam will fail.",
        "The rise is due to the increased likelihood that tea drinkers smoke.",
        "Norlink is running a high risk that the bridge will sink.",
    ],
)
def test_a_measured_chance_is_no_saying(find, text):
    """How likely a thing is does not tell that it is so, or will be."""
    assert [claim.words for claim in find(text)] == [text.removesuffix(".")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "In Dorn, 70 percent believe their children will be rich.",
            ("In Dorn, 70 percent believe their children will be rich", []),
        ),
        (
            "While Roe claimed that the tapes exist, foreign policy experts affirm that it is so.",
            ("The tapes exist", ["Roe"]),
        ),
    ],
)
def test_shares_and_concessions(find, text, told):
    """How many believe a thing is told whole; what is granted first ends at its comma."""
    assert told in [(words, sources) for words, sources, _ in put(find, text)]


def test_who_defends_a_notion_holds_it(find):
    """Whoever defends a notion is the source of what it tells."""
    told = put(find, "Roe continued to defend the notion that a video caused the riots.")

    assert ("A video caused the riots", ["Roe"], Hedge.SPECULATED) in told


def test_a_rivals_thought_stays_hers(find):
    """What a speaker says that another thinks keeps who thinks it in its words."""
    told = put(find, "“Ann Roe thinks that the dam is safe,” Lee said.")

    assert told == [("Ann Roe thinks that the dam is safe", ["Lee"], Hedge.REPORTED)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Lee criticised Roe for saying that the dam is safe.",
            ("The dam is safe", ["Lee", "Roe"], Hedge.REPORTED),
        ),
        (
            "Lee thanked Roe for admitting that the dam was cracked.",
            ("The dam was cracked", ["Roe"], Hedge.REPORTED),
        ),
    ],
)
def test_the_blamed_one_said_it(find, text, told):
    """What somebody is blamed or thanked for saying is his, not his critic's."""
    assert told in put(find, text)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Arden Crown Court heard that Franklin stole 40 rings.",
            "Arden Crown Court",
        ),
        ("Franklin stole 40 rings, Arden Crown Court heard.", "Arden Crown Court"),
        ("The jury heard that Franklin stole 40 rings.", "the jury"),
        ("The inquest was told that Franklin stole 40 rings.", "the inquest"),
        ("An inquiry heard that Franklin stole 40 rings.", "an inquiry"),
    ],
)
def test_a_court_hears_what_is_alleged(find, text, source):
    """What a court hears is alleged before it, by somebody who is not named."""
    before = [f"someone before {source}"]
    assert put(find, text) == [("Franklin stole 40 rings", before, Hedge.ALLEGED)]


@pytest.mark.parametrize(
    "text",
    [
        "Many Norlanders have heard by now that 20 soldiers die each day.",
        "Lee heard that the port had closed.",
        "Most readers know that the dam is unsafe.",
        "Everybody has seen that the dam is unsafe.",
        "Most Americans have learned that the bank failed.",
        "Roe's plan is intended to make sure that the wealthiest citizens pay more.",
        "The law is designed to guarantee that every child gets a meal.",
        "The rule is meant to ensure that no one pays twice.",
        "The firm is working to prove that the drug is safe.",
        "The fund aims to show that trams cut traffic by 40 percent.",
    ],
)
def test_hearers_and_purposes_say_nothing(find, text):
    """Who has heard a thing is no source, and what is aimed at is not so yet."""
    assert put(find, text) == [(text.removesuffix("."), [], Hedge.ASSERTED)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("To Ann Lee, Roe is the hero of Arden.", ("Roe is the hero of Arden", "Ann Lee")),
        ("In Lee's view, the dam is unsafe.", ("The dam is unsafe", "Lee's")),
        (
            "Roe has been frank in her acknowledgment that the city lost 40 million dollars.",
            ("The city lost 40 million dollars", "Roe"),
        ),
        ("Roe was clear in her warning that the dam was unsafe.", ("The dam was unsafe", "Roe")),
        (
            "Roe was candid in admitting that the city lost 40 million dollars.",
            ("The city lost 40 million dollars", "Roe"),
        ),
    ],
)
def test_views_have_their_holder(find, text, told):
    """A view or an openness has its holder for a source."""
    assert [(words, *sources) for words, sources, _ in put(find, text)] == [told]


@pytest.mark.parametrize(
    "text",
    ["To the west, the road is closed.", "To Ann Lee, the money went in May."],
)
def test_a_way_is_no_view(find, text):
    """Where and to whom something goes is no view."""
    assert all(not claim.attribution for claim in find(text))


def test_an_aside_of_the_writers(find):
    """Who was or can't be named in court is the writer's aside, said by nobody."""
    for aside in ("who was named in court", "who cannot be named for legal reasons"):
        [claim] = find(f"The man, {aside}, stole 40 rings, the prosecutor said.")

        assert claim.words == "The man stole 40 rings"


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "Lee said the results were “very encouraging” saying: “The drug cured 40 patients.”",
            {"Lee"},
        ),
        (
            "“It failed,” Lee said. “The dam cost 40 million dollars.” The mayor did not answer.",
            {"Lee"},
        ),
        ("'The plan failed,' Lee said - 'the dam cost 40 million dollars.'", {"Lee"}),
        (
            "'It burned,' Ann Lee said. 'The residents' homes were lost in May.' The sea rose.",
            {"Ann Lee"},
        ),
    ],
)
def test_a_quotation_has_its_speaker(find, text, sources):
    """No result, dash, apostrophe or silent mayor says what a speaker said."""
    said = {link.source for claim in find(text) for link in claim.attribution}

    assert said == sources


@pytest.mark.parametrize(
    "text",
    [
        "People who believe they are at risk may take the drug.",
        "Women who were asked to imagine a high risk were more likely than men to agree.",
        "Residents marched to the hall to protest the handling of the flood.",
        "The jury went home after finding Roe guilty of theft.",
        "Clerks were read a text describing a pill.",
    ],
)
def test_told_of_anybody(find, text):
    """What anybody believes, is asked or does is told of them, and by nobody."""
    (claim,) = find(text)
    assert not claim.attribution
    assert claim.words.split()[:2] == text.split()[:2]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Roe demanded that the state jail Ann Lee, who has not been charged with a crime.",
            "Ann Lee has not been charged with a crime",
        ),
        (
            "Roe said on Monday that he would sue Ann Lee, who won the vote in May.",
            "Ann Lee won the vote in May",
        ),
    ],
)
def test_an_aside_is_the_documents(find, text, words):
    """A “, who …” tells what the document knows of somebody, and not what is said or demanded."""
    assert (words, [], Hedge.ASSERTED) in put(find, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lee said: “Roe sued Ann Dahl, who won the vote in May.”", "Ann Dahl won the vote in May"),
        (
            "Lee alleged that Roe had bribed Ann Dahl, who took $5,000 in May.",
            "Ann Dahl took $5,000 in May",
        ),
        ("Lee said Roe had sold a mill, which burned in May.", "A mill burned in May"),
    ],
)
def test_a_speakers_own_aside(find, text, words):
    """An aside that is quoted, may be alleged or tells of no name stays its speaker's."""
    assert {sources[0] for told, sources, _ in put(find, text) if told == words} == {"Lee"}


@pytest.mark.parametrize(
    "text",
    [
        "Residents were angry that the mill had closed in May.",
        "Voters were upset he had never paid a fine.",
        "Roe was surprised that the dam had burst in May.",
        "Roe questioned the integrity of the voting system.",
        "Roe expressed an interest in buying the mill.",
        "Roe considers the bank her enemy.",
        "Roe discussed the flood with Lund.",
        "Roe sat for an interview on Lund's show, “Olden Tonight.”",
    ],
)
def test_feelings_and_acts_are_no_sayings(find, text):
    """Who is angry or surprised, demands, questions or is interested is the source of nothing."""
    told = put(find, text)

    assert told
    assert all(not sources and hedge is Hedge.ASSERTED for _, sources, hedge in told)


def test_what_one_can_expect(find):
    """What somebody can expect is foretold by the text, and not by him."""
    told = put(find, "Norlink can expect to pay 4 million in fines.")

    assert told == [("Norlink can expect to pay 4 million in fines", [], Hedge.PREDICTED)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The panel said the army held two towns, and also accused Lund of firing gas.",
            ("The panel accused Lund of firing gas", ["The panel"], Hedge.ALLEGED),
        ),
        (
            "Roe said the mayor had closed the mill and urged the council to open it.",
            ("Roe urged the council to open it", ["Roe"], Hedge.REPORTED),
        ),
        (
            "Police said the man broke in and blamed the clerk.",
            ("The man blamed the clerk", ["Police"], Hedge.REPORTED),
        ),
        (
            "Stated Ann Roe: “The stakes are high in May. The north has 40 tanks.”",
            ("The north has 40 tanks", ["Ann Roe"], Hedge.REPORTED),
        ),
        (
            "Lund, which has lost 60 men in Olden, seems unlikely to fight.",
            ("Lund has lost 60 men in Olden", [], Hedge.ASSERTED),
        ),
        (
            "“Her haste in May shows that Roe is not fit for the job,” Lund said.",
            ("Roe is not fit for the job", ["Lund"], Hedge.REPORTED),
        ),
        (
            "Lund said that the audit shows that the mill lost 9 million crowns.",
            ("The mill lost 9 million crowns", ["Lund", "the audit"], Hedge.REPORTED),
        ),
        (
            "Of the clerks, 39 have said they back Roe.",
            ("Of the clerks, 39 have said they back Roe", [], Hedge.ASSERTED),
        ),
    ],
)
def test_who_blames(find, text, told):
    """Who says something also accuses and urges, where tense tells; a number says nothing."""
    assert told in put(find, text)


def test_only_seeming_adds_nobody(find):
    """Who says that something seems so holds back by himself."""
    told = put(find, "Lee said that the mill seems to have closed.")

    assert told == [("The mill has closed", ["Lee"], Hedge.SPECULATED)]


@pytest.mark.parametrize(
    "text",
    [
        "Lund led an effort to paint Roe as unfit for the job.",
        "Voters gathered in Olden for a march that ended in May.",
        "The Pale refers to the nine villages east of Olden.",
    ],
)
def test_not_said(find, text):
    """An aim, a meeting and a name's meaning are nobody's saying."""
    [claim] = find(text)

    assert claim.words == text.removesuffix(".")
    assert not claim.attribution


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Officials put the toll at 31.", "Officials put the toll at 31", "Officials"),
        (
            "The port at first put the loss at 20 million dollars.",
            "The port at first put the loss at 20 million dollars",
            "The port",
        ),
        ("Clerk accused of stealing nine vans", "Clerk was accused of stealing nine vans", None),
    ],
)
def test_whose_figure(find, text, words, source):
    """Who puts a figure at so much is its source; the accused is none of the accusation."""
    [claim] = find(text)

    assert claim.words == words
    assert claim.attribution[0].source == source


@pytest.mark.parametrize(
    ("text", "words", "sources"),
    [
        (
            "The Olden Post, quoting a memo, reported that the bank had lost 9 million crowns.",
            "The bank had lost 9 million crowns",
            ["The Olden Post", "a memo"],
        ),
        (
            "The navy sank 40 boats, the port office said, a toll that crews could not verify.",
            "The navy sank 40 boats",
            ["the port office"],
        ),
        (
            "Olden bought nine ploughs for 2 million euros, the mayor, Ann Roe, said on Monday.",
            "Olden bought nine ploughs for 2 million euros",
            ["Ann Roe, the mayor"],
        ),
        ("9 arrested in Olden, per port police #news", "9 were arrested in Olden", ["port police"]),
        ("Mine shut after flood - union chief", "Mine was shut after flood", ["union chief"]),
        (
            "«The dam», Ann Roe said on Sunday, «holds 300 fish a day».",
            "The dam holds 300 fish a day",
            ["Ann Roe"],
        ),
    ],
)
def test_who_says_it(find, text, words, sources):
    """Asides, appositions and hashtags leave a saying whole, its outermost source first."""
    [claim] = find(text)

    assert claim.words == words
    assert [link.resolved or link.source for link in claim.attribution] == sources


def test_a_share_says_nothing(find):
    """A figure from which something follows suggests it to nobody."""
    text = "A Norlink poll found that 23 percent chose Lee, suggesting that Roe lost 40 votes."

    sources = [source for _, sources, _ in put(find, text) for source in sources]

    assert not any("percent" in (source or "") for source in sources)
