"""Words that say the same, or say nothing, when claims are compared. Lists, read once."""

import re

from babel import Locale


def _word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _pairs(lines: str) -> dict[str, str]:
    """From "one: a b c" to each of a, b, c as one."""
    found: dict[str, str] = {}
    for line in lines.strip().splitlines():
        one, _, many = line.strip().partition(": ")
        found |= dict.fromkeys(many.split(), one)
    return found


def _spell(one: str, *many: str) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf"(?<!\w){pattern}(?!\w)"), one) for pattern in many]


ONE_WORD: list[tuple[re.Pattern[str], str]] = [
    *_spell("North Korea", r"(?:the )?DPRK", r"Democratic People's Republic of Korea"),
    *_spell("South Korea", r"(?:the )?ROK", r"(?<!People's )Republic of Korea"),
    *_spell("USA", r"U\.S\.A?\.?", "US", "United States(?: of America)?"),
    *_spell("Britain", "UK", r"U\.K\.", "United Kingdom", "Great Britain"),
    *_spell("EU", "European Union", r"E\.U\."),
    *_spell("UN", "United Nations", r"U\.N\."),
    *_spell("percent", "per cent", "percentage points?"),
    (re.compile(r"(?<=\d)\s?%"), " percent"),
    *_spell("cannot", "can not"),
    *_spell("several", "[Aa] few", "[Aa] couple of"),
    *_spell("", "so far", "as well(?! as)", "in fact", "at present", "as of now", "up to now"),
    (re.compile(r"(?<=\w)n't\b"), " not"),
    (re.compile(r"\bcannot\b"), "can not"),
    (re.compile(r"\b(?:wo) not\b"), "will not"),
]
"""What is written in several words, or abbreviated, in one way."""
COUNTRIES = _word_set("America Britain Turkey") | {
    name for name in Locale("en").territories.values() if name.isalpha()
}
"""Countries of one word, by which a name is known even where every word has a capital."""
LIGHT = _word_set(
    """
    the a an already also currently now then thus therefore however meanwhile reportedly recently
    itself themselves himself herself indeed moreover yet
    """
)
"""Words whose absence changes nothing that could be checked."""
NEGATIONS = _word_set("not no never none nobody nothing neither nor")
SPOKEN_ONLY_IN_NEGATION = _word_set("do does did any ever anybody anything")
AUXILIARIES = _word_set("has have had having")
BEING = _word_set("is are was were be been am 're")
POINTING = _word_set(
    """
    he she it they this these those that others such its their his her both we i you our my your
    """
)
"""A claim that begins with one of these is about something named elsewhere."""
ROLES = _word_set(
    """
    country government minister president agency company official officials group man woman men
    women city town region party team court bank ministry army village spokesman spokeswoman
    spokesperson leader source sources report reports figure number capital district province state
    police authorities suspect driver victim victims attack incident accident police mayor governor
    """
)
"""Heads that stand for somebody a document has named before."""
TITLES = _word_set(
    "president minister premier chancellor secretary general mr mrs ms dr sir"
    " senator governor mayor spokesman spokeswoman spokesperson prime king queen pope"
)
DEICTIC = _word_set("today yesterday tomorrow tonight overnight week month year weekend morning")
"""Times that move with the day on which they are said."""
UNCOUNTED = _word_set("is are was were be been has have had will would and or of to in on at")
BOUNDS: dict[str, str] = {
    **dict.fromkeys(
        ["about", "around", "roughly", "approximately", "some", "nearly", "almost", "close to"],
        "about",
    ),
    **dict.fromkeys(["an estimated", "estimated", "approx"], "about"),
    **dict.fromkeys(["more than", "over", "at least", "no fewer than", "no less than"], "least"),
    **dict.fromkeys(["above", "greater than", "not less than", "upwards of"], "least"),
    **dict.fromkeys(["less than", "fewer than", "under", "at most", "no more than"], "most"),
    **dict.fromkeys(["up to", "below", "as many as", "as much as"], "most"),
}
"""What stands before a figure, by what it makes of it."""
PARTICIPLES = _word_set(
    """
    sent gone come become begun broken brought built bought caught chosen cut done drawn driven
    fallen fought found flown given grown held hit kept known led left lost made met paid put read
    risen run said seen set shot shown shut sold spent spread stood struck taken taught told thrown
    understood won withdrawn written got gotten heard hurt laid lain meant spoken stolen sunk
    """
)
BASES = _pairs(
    """
    send: send sends sent
    go: goes went gone
    come: came comes
    begin: begins began begun
    break: breaks broke broken
    bring: brings brought
    build: builds built
    buy: buys bought
    catch: catches caught
    choose: chooses chose chosen
    do: does did done
    draw: draws drew drawn
    drive: drives drove driven
    fall: falls fell fallen
    fight: fights fought
    find: finds
    fly: flies flew flown
    give: gives gave given
    grow: grows grew grown
    hold: holds held
    keep: keeps kept
    know: knows knew known
    lead: leads led
    lose: loses lost lose
    make: makes made make
    meet: meets met
    pay: pays paid
    rise: rises rose risen rise
    run: runs ran
    say: says said
    see: sees saw seen
    sell: sells sold
    shoot: shoots shot
    show: shows showed shown
    spend: spends spent
    stand: stands stood
    strike: strikes struck strike
    take: takes took taken take
    tell: tells told
    win: wins won
    write: writes wrote written write
    have: has had having
    will: would shall
    man: men
    woman: women
    child: children
    person: people persons
    """
)
"""One form for irregular words, as far as no other word is spelled so."""
SYNONYMS = _pairs(
    """
    soldier: troop troops soldiers serviceman servicemen
    send: dispatch
    usa: america
    start: begin commenc
    """
)
"""Words that mean the same in every claim; each in the form that `base` gives it."""
UNNAMED = _word_set(
    """
    there what who which when where why how if in on at by for from with and but or as after before
    people everybody somebody everyone someone something everything trade turnout demand output
    supply traffic power water revenue income profit growth rain snow fire work aid evidence debt
    crime support interest attendance employment construction production talk talks peace war fuel
    gas oil bread rent land time money food electricity gold steel two three four five six seven
    eight nine ten no not one all some many most more few several
    """
)
"""Bare singulars and openings at the head of a claim that name nobody."""
EMPTY = LIGHT | NEGATIONS | AUXILIARIES | BEING | SPOKEN_ONLY_IN_NEGATION
"""Words by which no candidate is looked for."""
DEMONYMS = _pairs(
    """
    korea: korean
    russia: russian
    ukraine: ukrainian
    usa: american
    china: chinese
    japan: japanese
    britain: british
    france: french
    germany: german
    iran: iranian
    israel: israeli
    belarus: belarusian
    poland: polish
    europe: european
    """
)
"""An adjective as the place it belongs to; its people in the plural are another actor."""
