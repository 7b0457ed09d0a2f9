"""Whose a bare measure is, and where an accident was."""

import pytest

RELEASE = (
    "Roe Foods Reports Record Quarter\n\nOLDEN, Texas--Roe Foods, Inc. (NYSE: ROE) today reported "
    "results for the quarter.\n\n"
)
WIRE = "OLDEN, May 3 (Wire) -- A bus hit a wall on Friday, police said.\n\n"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Sales rose 9% to $3.26 million.", "[Roe Foods]'s sales rose 9% to $3.26 million"),
        ("Net income was $5.4 million.", "[Roe Foods]'s net income was $5.4 million"),
        (
            "Cash flows from operating activities totaled $9 million.",
            "[Roe Foods]'s cash flows from operating activities totaled $9 million",
        ),
        ("EBITDA grew 4 percent.", "[Roe Foods]'s EBITDA grew 4 percent"),
        (
            "For the full year, sales increased 10% to $14 billion.",
            "For the full year, [Roe Foods]'s sales increased 10% to $14 billion",
        ),
        (
            "Preliminary earnings before interest and taxes (EBIT) rose 4 percent.",
            "[Roe Foods]'s preliminary earnings before interest and taxes (EBIT) rose 4 percent",
        ),
        ("Revenue growth was 6 percent.", "[Roe Foods]'s revenue growth was 6 percent"),
        ("Online sales jumped 49 percent.", "[Roe Foods]'s online sales jumped 49 percent"),
        (
            "Pre-tax profit of £3.0bn was down 15.6%.",
            "[Roe Foods]'s pre-tax profit of £3.0bn was down 15.6%",
        ),
        (
            "Profit for the three months ended Nov. 1 fell to $369 million.",
            "[Roe Foods]'s profit for the three months ended Nov. 1 fell to $369 million",
        ),
        (
            "For the year ended May 31, 2012 net income was $6 million.",
            "For the year ended May 31, 2012 [Roe Foods]'s net income was $6 million",
        ),
        ("Wheat sales rose 9 percent.", "Wheat sales rose 9 percent"),
        ("Retail sales rose 9 percent.", "Retail sales rose 9 percent"),
        ("Nordbank's sales rose 9 percent.", "Nordbank's sales rose 9 percent"),
    ],
)
def test_owner(find, sentence, words):
    """In a company's release a bare measure is the company's; any other stays as it is."""
    assert words in [claim.words for claim in find(RELEASE + sentence)]


def test_the_company(find):
    """“The Company” is the one whose release it is, by its name without “Inc.”."""
    found = find(f"{RELEASE}Mills in the north were sold.\n\nThe Company has 401 stores.")

    assert "[Roe Foods] has 401 stores" in [claim.words for claim in found]


@pytest.mark.parametrize(
    "text",
    [
        "Nordbank said on Monday that it would merge with Calder.\n\n",
        "Roe Foods, Inc. said on Monday that it grew. Kit Dunn, CEO of Calder, left.\n\n",
        "The county has a mill.\n\n",
    ],
)
def test_no_owner(find, text):
    """Where a text may be of several companies, nobody's name is put in."""
    assert "Sales rose 9 percent" in [claim.words for claim in find(f"{text}Sales rose 9 percent.")]


@pytest.mark.parametrize(
    "lede",
    [
        "Norlink 2Q profit falls\n\nTwo mills were shut by floods.",
        "Shares of Norlink Inc. fell on Monday after weak results.",
    ],
)
def test_whose_results(find, lede):
    """The company is known by the title, or by its shares, too."""
    body = (
        "Norlink posted earnings of 40 cents. Norlink's revenue was $9 million. Net income was $2 "
        "million. Norlink's sales rose 9%.\n\nGross margin was 41%."
    )

    assert find(f"{lede}\n\n{body}")[-1].words.startswith("[Norlink]'s gross margin")


def test_name_like_an_owner(find):
    """A name that ends as an owner does takes no second mark."""
    text = (
        "Falk's quarterly profit fell.\n\nFalk's has 40 mills. Earnings were 40 cents. Sales rose "
        "9%. Net income was $2 million. Revenue was $9 million. Falk's said so."
        "\n\nGross margin was 41%."
    )

    assert find(text)[-1].words.startswith("[Falk's] gross margin was 41%")


def test_two_companies(find):
    """Below the heading of another company, figures are that one's."""
    text = (
        "Norlink posted earnings of 40 cents.\n\nNorlink's revenue was $9 million. Norlink's sales "
        "rose 9%.\n\nCalder Services\n\nNet income was $2 million. Gross margin was 41%."
    )

    assert find(text)[-1].words == "[Calder Services]'s gross margin was 41%"


def test_news_of_results(find):
    """News of results is about the company that it begins with."""
    text = (
        "Norlink lifted its full-year outlook.\n\nNorlink posted earnings of 40 cents. Its "
        "revenue was $9 million. Net income was $2 million. Norlink's sales rose 9%.\n\n"
        "Gross margin was 41%."
    )

    assert find(text)[-1].words.startswith("[Norlink]'s gross margin was 41%")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("Three people were killed.", "Three people were killed [in Olden on 3 May 2024]"),
        ("At least 12 houses collapsed.", "At least 12 houses collapsed [in Olden on 3 May 2024]"),
        (
            "Two children drowned on Friday.",
            "Two children drowned [in Olden] on Friday [3 May 2024]",
        ),
        (
            "Three people were killed near Pell.",
            "[On 3 May 2024,] three people were killed near Pell",
        ),
        (
            "Four Morrow soldiers were killed.",
            "[On 3 May 2024,] four Morrow soldiers were killed",
        ),
        ("The bus was in Pell in May. Two men died.", "Two men died"),
        ("Three people were fined.", "[In Olden on 3 May 2024,] three people were fined"),
    ],
)
def test_place(find, told, words):
    """Casualties without a place are the dateline's, unless another place was named just before."""
    assert words in [claim.words for claim in find(WIRE + told)]


QUARTERLY = (
    "Roe Foods Reports Record Quarter\n\nRoe Foods, Inc. (NYSE: ROE) today announced its results "
    "for the second quarter of fiscal 2019.\n\nNet income was $5 million, compared with $4 "
    "million in the second quarter of fiscal 2018. "
)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "Gross margin rose to 41%.",
            "[Roe Foods]'s gross margin rose to 41% [in the second quarter of fiscal 2019]",
        ),
        (
            "It predicted that prices would fall in the third quarter. Sales rose 9%.",
            "[Roe Foods]'s sales rose 9% [in the second quarter of fiscal 2019]",
        ),
        (
            "Sales rose 9% year-on-year.",
            "[Roe Foods]'s sales rose 9% year-on-year [in the second quarter of fiscal 2019]",
        ),
        ("Sales rose 9% in May.", "[Roe Foods]'s sales rose 9% in May"),
        ("Sales rose in all channels.", "[Roe Foods]'s sales rose in all channels"),
    ],
)
def test_period(find, sentence, words):
    """A bare measure without a time has the release's period, never the one it is compared with."""
    assert words in [claim.words for claim in find(QUARTERLY + sentence)]


def test_the_quarter(find):
    """“For the quarter” is told with the only one that a release reports on."""
    text = f"{RELEASE}Net income was $5.4 million in the second quarter ended June 26. "
    told = find(f"{text}Sales were $97 million for the quarter.")

    assert "[Roe Foods]'s sales were $97 million for [the second quarter ended June 26]" in {
        claim.words for claim in told
    }


def test_titled(find):
    """A title may tell whose results a text is about."""
    text = (
        "Norlink Announces Third Quarter Results\n\nSales were $48 million. The Company has "
        "40 ships."
    )
    assert "[Norlink]'s sales were $48 million [in the third quarter]" in {
        claim.words for claim in find(text)
    }


ISSUER = (
    "Norlink Water Company (NYSE: NLW) announced today its results for the third quarter.\n\n"
    "Adjusted operating profit (defined below) was $9 million in 2024. "
    "The Company had net debt of $40 million in 2024.\n\n"
    "“We added 20,000 homes in 2024,” said Ann Lee, chairwoman, Norlink Water Company."
)


def test_issuer(find):
    """A release's company owns its figures, is "the Company", and its chairwoman's "we"."""
    told = [claim.words for claim in find(ISSUER)][-3:]

    assert told == [
        "[Norlink Water Company]'s adjusted operating profit was $9 million in 2024",
        "[Norlink Water Company] had net debt of $40 million in 2024",
        "[Norlink Water Company] added 20,000 homes in 2024",
    ]


def test_described_in_its_section(find):
    """Below its heading “the soap maker” and “the lender” are the company."""
    text = (
        "Norlink posted earnings of 40 cents.\n\nCalder Financial Services\n\nThe card company "
        "says its net income fell to $2 million, as the lender shut branches."
    )
    words = [claim.words for claim in find(text)]

    assert any("[Calder Financial Services]'s net income fell" in each for each in words)


def test_issuer_described(find):
    """“The phone company” is the one that all of the text is about."""
    text = (
        "Shares of Norlink Inc. were up 2% on Thursday after the phone company topped profit "
        "forecasts for its latest quarter.\n\nThe company posted income of $6 million, or 79 cents "
        "a share. Analysts polled by Norpoll expected 61 cents of Norlink’s earnings."
    )

    assert "[Norlink Inc.] posted income of $6 million" in find(text)[1].words


def test_told_by_another(find):
    """What another company tells of its sales is its own."""
    text = (
        "Norlink's profit fell 8%. Norlink's revenue was $9 million. It came a day after rival "
        "Calder Corp. reported sales in old shops fell slightly."
    )

    assert not any("[Norlink]'s sales" in claim.words for claim in find(text))


def test_share_has_its_day(find):
    """A share's price is of no quarter."""
    text = (
        "Norlink reported a third-quarter profit of $9 million. Norlink's stock fell 2.9% to $69."
    )

    assert "[in the" not in find(text)[-1].words
