"""What a document puts first is worth more; in talk nothing does."""

NEWS = (
    "Norlink shuts mill in Pell\n\n"
    "Norlink shut its mill in Pell after a fire on the night of 3 May.\n\n"
    "The firm sells paper to printers all over Morrow and the islands.\n\n"
    "The mayor opened a hall in Olden at the end of a long summer.\n\n"
    "The fund bought a bridge in Tarn with the money of its members."
)


def weigh(find, text):
    return {c.words: c.check_worthiness for c in find(text)}


def test_headline_counts(find):
    """A claim of the headline and the first paragraph gains, one further down does not."""
    told = weigh(find, NEWS)
    alone = weigh(find, NEWS.partition("\n\n")[2].partition("\n\n")[0])
    [lead] = [words for words in told if words.startswith("Norlink shut its mill")]
    [last] = [words for words in told if "bridge in Tarn" in words]

    assert told[lead] > alone[lead]
    assert told[last] == weigh(find, NEWS.rpartition("\n\n")[2])[last]


def test_short_text_unweighed(find):
    """Where everything stands at the beginning nothing does."""
    short = "\n\n".join(NEWS.split("\n\n")[1:3])

    assert all("first_paragraph" not in dict(c.worth_reasons) for c in find(short))


def test_talk_unweighed(find):
    """Nobody's turn in a conversation is its headline."""
    turns = "\n".join(
        f"MS. ROE: {p}" if i % 2 else f"MR. LEE: {p}" for i, p in enumerate(NEWS.split("\n\n")[1:])
    )

    assert all("first_paragraph" not in dict(c.worth_reasons) for c in find(turns))
