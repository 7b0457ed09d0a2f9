"""What each paragraph of a document is, and whose words it holds."""

import pytest

from workflows.extraction.text.document import read_document
from workflows.extraction.text.parts import PartKind


def turns(text):
    return [
        (part.turn.speaker, text[part.start : part.end])
        for part in read_document(text).parts
        if part.turn is not None and part.kind is PartKind.TEXT
    ]


def kinds(text):
    return [part.kind.value for part in read_document(text).parts]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        (
            "MS. ROE: It leaks.\n\nIt did so.\n\nMR. DUNN: No.\n\nThe hearing resumes on Monday.",
            [("Ms. Roe", "It leaks."), ("Ms. Roe", "It did so."), ("Mr. Dunn", "No.")],
        ),
        (
            "Q&A with Kit Roe\n\nQ: Well?\n\nA: It leaks.",
            [(None, "Well?"), ("Kit Roe", "It leaks.")],
        ),
        (
            "Interview with Kit Roe\n\nDoes it leak?\n\nI saw it leak.\n\nAnd now?\n\nIt is dry.",
            [
                (None, "Does it leak?"),
                ("Kit Roe", "I saw it leak."),
                (None, "And now?"),
                ("Kit Roe", "It is dry."),
            ],
        ),
        ("ROE (LAB): Mr. Speaker, it leaks.", [("Roe", "it leaks.")]),
        ("> It leaks.\n>\n> -- Kit Roe", [("Kit Roe", "It leaks.")]),
        ("“It leaks.” — Kit Roe, engineer", [("Kit Roe", "It leaks.")]),
        ("'It leaks.'\n\n– Kit Roe", [("Kit Roe", "It leaks.")]),
        ("“It leaks.”\nKit Roe, engineer", [("Kit Roe", "It leaks.")]),
        ("“It leaks.” (Kit Roe)", [("Kit Roe", "It leaks.")]),
        ("«It leaks.» – police spokeswoman", [("police spokeswoman", "It leaks.")]),
        ("Minister Roe said:\n\nWe saw it leak.", [("Minister Roe", "We saw it leak.")]),
        ("In a statement the port wrote:\n\n> It leaks.", [("the port", "It leaks.")]),
        ("> It leaks.", [(None, "It leaks.")]),
        ("From the Morrow Post:\nIt leaks.", [("the Morrow Post", "It leaks.")]),
        ("It leaks badly\n— Kit Roe (@kit) October 18, 2024", [("Kit Roe", "It leaks badly")]),
        ("Dam kills 12 in Morrow - minister", [("minister", "Dam kills 12 in Morrow")]),
        ("Twelve dead in Morrow (via @morrow)", [("@morrow", "Twelve dead in Morrow")]),
        ("Twelve dead in Morrow, per police.", [("police", "Twelve dead in Morrow")]),
        ("Twelve dead in Morrow: officials", [("officials", "Twelve dead in Morrow")]),
    ],
)
def test_spoken(text, spoken):
    """A turn's words are its speaker's, whatever tells who that is, and only until it ends."""
    assert turns(text) == spoken


def test_posts_of_live_page():
    """A post that a live page shows ends where the next entry begins."""
    text = "10:14\n\nIt rains.\n\nKit Roe (@kit)\n\nIt leaks.\n\n10:20\n\nIt is dry.\n"

    assert turns(text) == [("Kit Roe", "It leaks.")]
    assert turns(f"{text}\n10:31 @jo Two died.\n\n10:32 All left.")[1:] == [("@jo", "Two died.")]


@pytest.mark.parametrize(
    "text",
    [
        "“It leaks,” Roe said. “It does.”",
        "The ferry goes to Olden via Morrow.",
        "Beer costs 4 euros per litre.",
        "The mayor has a plan - a good one.",
        "The report lists three causes:\n\nRust weakened the gate.",
        "Is it safe?\n\nI think so.\n\nWho paid?\n\nThe county did.",
    ],
)
def test_unspoken(text):
    """What stands in a sentence of the document's own is nobody's turn."""
    assert turns(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("(This story corrects to show that nine died)", "notice"),
        ("(Corrects headline to say nine, not ten.)", "notice"),
        ("(Adds quote, background)", "notice"),
        ("(The story corrects itself in the second act.)", "direction"),
        ("Read more: How the dam broke", "notice"),
        ("Sign up for our newsletter: 40,000 readers already have.", "notice"),
        ("Photo: Kit Roe/AFP", "notice"),
        ("A crane lifts the gate in Morrow. (Kit Roe/Reuters)", "notice"),
        ("By Kit Roe", "notice"),
        ("Published on 18 October 2024 at 10:14", "notice"),
        ("[Applause]", "direction"),
        ("Correction: an earlier version gave a wrong date.", "correction"),
        ("This article was amended on 18 October 2024.", "correction"),
        ("Published figures show a fall of 4 percent.", "text"),
        ("An earlier version of the bill would have cost more.", "text"),
        ("Subsidies by the state rose in May.", "text"),
    ],
)
def test_kinds(text, kind):
    """What stands around a text is told apart by its words."""
    assert kinds(text) == [kind]


def test_headings():
    """A short line without a stop heads the text below it, and is none in a transcript."""
    news = "Dam leaks\n\nThe dam leaks, police said.\n\nWhat comes next\n\nIt will be drained."
    transcript = "MS. ROE: It leaks.\n\nThank you\n\nMR. DUNN: No."

    assert kinds(news) == ["heading", "text", "heading", "text"]
    assert kinds(transcript) == ["text", "text", "text"]


@pytest.mark.parametrize(
    ("text", "place", "begins"),
    [
        ("OLDEN, March 3 (Wire) -- Two died.", "OLDEN", "Two"),
        ("LOWER OLDEN, Oct. 17, 2024 /PRNewswire/ -- Nordbank fell.", "LOWER OLDEN", "Nordbank"),
        ("OLDEN--(BUSINESS WIRE)--Nordbank fell.", "OLDEN", "Nordbank"),
        ("Olden, 17 October 2024 – Two died.", "Olden", "Two"),
        ("New Olden, Oct 17 (PTI): Two died.", "New Olden", "Two"),
        ("Olden — Two died.", "Olden", "Two"),
        ("Olden, Texas --Nordbank fell.", "Olden", "Nordbank"),
        ("OLDEN, Wash. - May 3, 2004 - Nordbank fell.", "OLDEN", "Nordbank"),
        ("May 3, 2004 - OLDEN, Wash. - Nordbank fell.", "OLDEN", "Nordbank"),
        (
            "OLDEN: Two people died in a fire that burned for nine hours on Monday.",
            "OLDEN",
            "Two",
        ),
        ("Pell, Ohio - Two died.", "Pell", "Two"),
        ("ROE: We are glad that it has burned for nine hours and no more.", None, "ROE"),
        ("Kit Roe -- Olden's mayor -- left.", None, "Kit"),
        ("Key points: Two died.", None, "Two"),
        ("10:14 @kitroe Two died.", None, "Two"),
        ("(Reuters) - Two died.", None, "Two"),
        ("14:05 Two died.", None, "Two"),
        ("- Two died.", None, "Two"),
        ("🚨 BREAKING: Two died.", None, "Two"),
        ("UN-backed talks failed.", None, "UN-backed"),
        ("Olden, a town, fell.", None, "Olden"),
    ],
)
def test_openings(text, place, begins):
    """A dateline, a clock time or an alarm is no word of the first sentence."""
    document = read_document(text)

    assert (text[slice(*document.place)] if document.place else None) == place
    assert text[document.parts[0].start :].startswith(begins)


def test_signature_without_marks(find):
    """A name behind a dash, alone below a paragraph, signs it though nothing quotes it."""
    text = "The valley flooded.\n\nOur kiln lost 70 pots.\n\n— Eva Roe, potter\n\nIt rained again."

    by = {c.words: [link.source for link in c.attribution] for c in find(text)}

    assert ["Eva Roe"] in by.values()
    assert by["The valley flooded"] == []


def test_byline_below_a_report():
    """A name alone below a whole report is its writer's, and nobody's who speaks."""
    text = "The mill closed.\n\nThe council met.\n\nIt sold the park.\n\n- Kit Roe"

    assert turns(text) == []


def test_quotation_of_many_paragraphs(find):
    """Each further paragraph of a quotation is its speaker's, whatever marks it begins with."""
    text = 'The post said:\n\n"It leaks.\n\n"It is 9 years old.\n\n"The mill closed in May."'

    assert {link.source for claim in find(text) for link in claim.attribution} == {"The post"}
