"""Our lexicon of words by which somebody says, thinks, knows, wants or judges something.

A row of `VERBS` holds the hedge that its verbs bring along, their frames, and the verbs. Frames
say where what is said may stand: `c` in a clause ("said that …"), `q` between quotation marks, `i`
in an infinitive ("vowed to …"), `o` in the object ("denied the charge"), `s` in object and
complement ("called it a lie"), `p:of` after "of" ("warned of …", "accused X of …"). The first row
of a verb gives its hedge.
"""

import re
from dataclasses import dataclass

from workflows.claims import Hedge


@dataclass(frozen=True, slots=True)
class Cue:
    """`frames` and `prepositions` as the lexicon explains them."""

    hedge: Hedge
    frames: str
    prepositions: frozenset[str] = frozenset()


SHORT_VERB = re.compile(r"[^aeiou]+[aeiou][^aeiouwxy]")
"""A verb that doubles its last letter: “shrugged”."""


def inflect(verb: str) -> list[str]:
    """Return the forms of a verb, itself first."""
    if verb in IRREGULAR:
        return [verb, *IRREGULAR[verb].split()]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2] not in "aeou":
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    stem = verb + verb[-1] if SHORT_VERB.fullmatch(verb) else verb
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return [verb, third, stem + "ed", stem + "ing"]


def inflect_all(verbs: str) -> frozenset[str]:
    """Return all forms of several verbs."""
    return frozenset(form for verb in verbs.split() for form in inflect(verb))


def _read_verbs() -> dict[str, Cue]:
    """Return every form of every verb of saying; later lines add frames to earlier ones."""
    known: dict[str, Cue] = {}
    for line in VERBS.strip().splitlines():
        hedge, frame, *verbs = line.split()
        for entry in verbs:
            name, _, own = entry.partition(":")
            frames, _, preposition = frame.partition(":")
            for form in inflect(name.partition("_")[0]):
                known[form] = _join_cues(known.get(form), Hedge(hedge), own or frames, preposition)
    return known


def _join_cues(cue: Cue | None, hedge: Hedge, frames: str, preposition: str) -> Cue:
    extra = frozenset({preposition} if preposition else ())
    if cue is None:
        return Cue(hedge, frames, extra)
    merged = "".join(sorted({*cue.frames, *frames}))
    return Cue(cue.hedge, merged, cue.prepositions | extra)


def _read_words(table: str) -> dict[str, Hedge]:
    rows = (line.split() for line in table.strip().splitlines())
    return {word: Hedge(hedge) for hedge, *words in rows for word in words}


def _add_plurals(nouns: dict[str, Hedge]) -> dict[str, Hedge]:
    plural = {
        (noun[:-1] + "ies" if noun.endswith("y") else noun + "s"): hedge
        for noun, hedge in nouns.items()
    }
    return {**nouns, **plural}


VERBS = """
reported   cqi       advise ask caution counsel exhort remind tell urge warn volunteer
reported   cqo       admit announce argue attest cite disclose emphasise emphasize explain highlight
reported   cqo       lament mention note protest recall recount reiterate repeat report reveal
reported   cqo       stress suggest underline underscore
reported   c         agree convince persuade
reported   c         consider
reported   c         accept calculate communicate convey demonstrate determine discover document
reported   c         find guarantee hear illustrate judge learn notice perceive prove publish
reported   c         recognise recognize record relay show
reported   cq        add answer assure bark begin begrudge bellow blurt boom brief chime chirp
reported   cq        clarify comment complain conclude continue counter croon crow cry declare
reported   cq        elaborate exclaim fume gloat gripe growl grumble gush hiss indicate inform
reported   cq        insist interject interrupt intone joke laugh lecture mumble murmur muse mutter
reported   cq        narrate notify observe opine plead point post preach proclaim quip rage rant
reported   cq        rave read reason reflect relate remark reply respond retort say scream shout
reported   cq        sigh signal snap sob specify state tease testify thunder tweet vent wail
reported   cq        whisper write yell
reported   c         boast brag concur decree deduce demand gather intimate know propose realise
reported   c         realize recollect recommend regret rejoice remember request rule see stipulate
reported   c         understand
reported   s         call brand dub label
reported   i         beg command entreat implore instruct order
reported   o         admonish advocate applaud articulate assail bemoan berate blast castigate
reported   o         censure chide commend compliment condemn congratulate criticise criticize
reported   o         decry denigrate denounce deplore deride discuss downplay excoriate express
reported   o         extol fault hail justify lambast lambaste laud malign mock pillory
reported   o         compare echo liken outline praise propose question rebuke refute reprimand
reported   o         ridicule slam tout voice welcome
confirmed  cqo       acknowledge certify concede confirm corroborate verify
confirmed  c         authenticate substantiate
alleged    cq        assert charge claim contend maintain
alleged    cqo       allege purport
speculated cqo       estimate
speculated cq        fear ponder wonder
speculated c         doubt hint hypothesize imply infer posit surmise theorize
speculated cq        assume believe feel guess presume reckon speculate suspect think
speculated c         figure imagine sense suppose worry
predicted  cqio      anticipate expect forecast foresee predict project
predicted  cqi       pledge promise swear threaten vow
predicted  ci        hope intend plan
predicted  c         decide
denied     cqo       deny disavow dispute rebut refute
denied     cq        gainsay
denied     c         exclude
reported   p:about   boast brag complain gripe grumble joke rant speak talk testify warn
reported   p:against argue speak warn
reported   p:as      bill brand cast characterize denounce depict describe hail paint portray
reported   p:for     advocate apologize appeal call criticize plead praise
reported   p:of      boast complain remind speak tell warn
reported   p:on      comment elaborate insist opine
reported   p:to      admit allude point refer
alleged    p:of      accuse
speculated p:at      hint
"""

IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "quit": "quits quitting",
    "dispel": "dispels dispelled dispelling",
    "write": "writes wrote written writing",
    "read": "reads read reading",
    "find": "finds found finding",
    "show": "shows showed shown showing",
    "hear": "hears heard hearing",
    "see": "sees saw seen seeing",
    "know": "knows knew known knowing",
    "understand": "understands understood understanding",
    "think": "thinks thought thinking",
    "feel": "feels felt feeling",
    "swear": "swears swore sworn swearing",
    "foresee": "foresees foresaw foreseen foreseeing",
    "speak": "speaks spoke spoken speaking",
    "forecast": "forecasts forecast forecasted forecasting",
    "cast": "casts cast casting",
    "beg": "begs begged begging",
    "brag": "brags bragged bragging",
    "quip": "quips quipped quipping",
    "plan": "plans planned planning",
    "refer": "refers referred referring",
    "admit": "admits admitted admitting",
    "infer": "infers inferred inferring",
    "rebut": "rebuts rebutted rebutting",
    "prefer": "prefers preferred preferring",
    "slam": "slams slammed slamming",
    "dub": "dubs dubbed dubbing",
    "label": "labels labeled labelled labeling labelling",
    "signal": "signals signaled signalled signaling signalling",
    "debunk": "debunks debunked debunking",
    "sense": "senses sensed sensing",
    "guess": "guesses guessed guessing",
    "seek": "seeks sought seeking",
    "sob": "sobs sobbed sobbing",
    "snap": "snaps snapped snapping",
    "begin": "begins began begun beginning",
    "extol": "extols extolled extolling",
    "rethink": "rethinks rethought rethinking",
    "concur": "concurs concurred concurring",
    "forget": "forgets forgot forgotten forgetting",
    "regret": "regrets regretted regretting",
    "fret": "frets fretted fretting",
    "abhor": "abhors abhorred abhorring",
    "commit": "commits committed committing",
    "dwell": "dwells dwelt dwelled dwelling",
    "hum": "hums hummed humming",
    "marvel": "marvels marveled marvelled marveling marvelling",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "make": "makes made making",
    "let": "lets letting",
    "get": "gets got gotten getting",
    "lead": "leads led leading",
    "drive": "drives drove driven driving",
    "permit": "permits permitted permitting",
    "bring": "brings brought bringing",
    "have": "has had having",
    "give": "gives gave given giving",
    "take": "takes took taken taking",
    "throw": "throws threw thrown throwing",
    "shoot": "shoots shot shooting",
    "lay": "lays laid laying",
    "cut": "cuts cutting",
    "set": "sets setting",
    "raise": "raises raised raising",
    "put": "puts put putting",
    "hit": "hits hit hitting",
    "swat": "swats swatted swatting",
    "bat": "bats batted batting",
    "drop": "drops dropped dropping",
    "bear": "bears bore borne bearing",
    "fall": "falls fell fallen falling",
    "stop": "stops stopped stopping",
    "omit": "omits omitted omitting",
    "hold": "holds held holding",
    "shy": "shies shied shying",
    "back-pedal": "back-pedals back-pedalled back-pedaled back-pedalling",
    "backpedal": "backpedals backpedalled backpedaled backpedalling backpedaling",
    "forbear": "forbears forbore forborne forbearing",
    "counsel": "counsels counseled counselled counseling counselling",
}


VERB_FORMS = _read_verbs()

NOUNS = """
reported    report statement announcement remark comment testimony message news word account
reported    finding conclusion assessment argument warning reminder revelation disclosure
reported    article story
reported    acknowledgment acknowledgement admission recognition explanation suggestion
reported    complaint criticism evidence proof sign indication signal
confirmed   confirmation
alleged     allegation claim accusation assertion contention charge
speculated  speculation rumor rumour belief suspicion fear concern possibility chance view idea
speculated  notion theory hypothesis assumption opinion worry impression thought doubt perception
predicted   prediction forecast expectation promise pledge vow hope threat
denied      denial
reported    praise endorsement call demand request question response reaction attack
reported    proposal opposition condemnation description
predicted   plan decision desire wish intention offer willingness refusal commitment
predicted   reluctance eagerness determination readiness unwillingness resolve ambition
reported    sense feeling sentiment consensus refrain conviction confidence certainty faith
reported    disappointment frustration anger outrage enthusiasm skepticism scepticism optimism
reported    pessimism surprise disbelief advice observation
reported    reasoning critique denunciation defense defence rejection approval
reported    disapproval distrust mistrust condemnation admiration disdain contempt
speculated  intuition hunch guess estimate uncertainty prediction projection
speculated  risk danger likelihood
"""
NOUN_FORMS = _add_plurals(_read_words(NOUNS))

ADVERBS = """
reported    reportedly
alleged     allegedly purportedly supposedly ostensibly
"""
ADVERB_FORMS = _read_words(ADVERBS)


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


UNSURE_FORMS = inflect_all(
    """
    confirm verify corroborate substantiate authenticate check prove validate ascertain establish
    determine
    """
)
"""What a source says it could not do when it leaves a claim unconfirmed."""

ACCOUNTS = word_set("account accounts story stories tale tales memory memories video footage")
"""What tells of somebody doing something: “footage of Lee leaving”."""
DOUBTING = inflect_all("doubt question query")
EXCLUDING = inflect_all("rule exclude")
"""Verbs that call something impossible; the first only with "out"."""
REFUSING = inflect_all(
    """
    refuse decline fail neglect omit forget hesitate forbear avoid resist struggle evade dodge stop
    cease quit discontinue
    """
) | word_set(
    """
    unable unwilling reluctant powerless impossible difficult hard premature early hesitant loath
    cagey coy wrong incorrect inaccurate misleading untrue false absurd ridiculous dishonest
    irresponsible unfair
    """
)
"""What governs an infinitive that does not come about."""
ABSTAINING = inflect_all(
    "stop fall refrain abstain shy hold desist steer back shrink balk"
) | word_set("far instead")
"""Words before "short of saying", "from saying"."""
DIRECTIVES = inflect_all(
    """
    ask urge want press call tell order instruct invite push beg implore lobby request demand wish
    advise encourage challenge dare expect need
    """
)
"""Verbs by which somebody is to say something, and has not."""
LACKING = inflect_all("lack miss need want") | word_set("lack absence dearth want shortage without")
NEGATIVE = word_set(
    """
    no none nobody nothing neither few little scant insufficient hardly scarcely zero nil noone
    inconclusive
    """
)
"""Words of a noun phrase that say there is no such thing, or hardly any."""


LABELLING = inflect_all(
    "call brand label dub term describe characterise characterize denounce condemn paint slam"
)
BASIS = word_set("basis foundation merit substance truth grounds support validity")
"""What a claim has not got that is called untrue."""
UNTRUE = word_set(
    """
    false untrue wrong incorrect baseless unfounded groundless fabricated fake bogus nonsense lie
    lies myth misconception fallacy hoax fiction falsehood fabrication invention untruth propaganda
    disinformation misinformation rubbish garbage bunk absurd ridiculous preposterous ludicrous
    erroneous inaccurate mistaken misleading laughable
    """
)
TRUE = word_set("true correct accurate right case fact truth")
"""What, said of a claim, denies it; the second row with "not"."""


REVISING = inflect_all(
    """
    raise lower revise cut update correct increase reduce adjust amend double put change trim
    scale upgrade downgrade restate
    """
)
TOLLS = word_set(
    """
    toll tolls number numbers figure figures estimate estimates count counts tally tallies total
    totals forecast forecasts sum sums statement statements account accounts story stories version
    """
)
"""What somebody who speaks revises, and nobody he speaks of."""
SHARES = word_set("percent % half third quarter fifth")
"""Nouns of what is a part of something told with “of”."""
OFFERING = inflect_all("give offer provide present produce supply show cite")
DETAILS = word_set(
    """
    evidence proof detail details reason reasons explanation comment name names timeline
    information timetable figure figures date example examples
    """
)
"""What somebody who speaks gives, or doesn't, beside what he says."""
WITHHELD = word_set(
    """
    say give comment name elaborate provide specify identify confirm disclose discuss answer deny
    explain detail reveal release speculate describe respond
    """
)
"""What somebody who speaks declines to do."""


def _read_responses() -> dict[str, list[tuple[tuple[str, ...], Hedge]]]:
    found: dict[str, list[tuple[tuple[str, ...], Hedge]]] = {}
    for line in RESPONSE_VERBS.strip().splitlines():
        hedge, *entries = line.split()
        for entry in entries:
            verb, *particles = entry.split("_")
            for form in inflect(verb):
                found.setdefault(form, []).append((tuple(particles), Hedge(hedge)))
    return found


RESPONSE_VERBS = """
denied      deny dismiss reject refute rebut dispute contradict debunk disprove discredit discount
denied      rubbish quash scotch repudiate disavow deride ridicule gainsay contest negate disclaim
denied      dispel allay assuage quell squash trash pooh-pooh rebuff belie
denied      brush_aside brush_off wave_away wave_aside wave_off laugh_off shrug_off shoot_down
denied      knock_down bat_away bat_down swat_away swat_down push_back hit_back fire_back scoff_at
denied      sneer_at laugh_at pour_water throw_water put_rest lay_rest take_issue write_off
denied      pour_scorn heap_scorn
unconfirmed withdraw retract recant rescind revoke abandon drop renounce unsay disown delete pull
unconfirmed remove correct take_back walk_back row_back roll_back back_away back_off back_down
unconfirmed backtrack_on back-pedal_on backpedal_on climb_down step_back pull_back retreat_from
unconfirmed distance_from apologise_for apologize_for
unconfirmed doubt question query challenge cast_doubt throw_doubt raise_doubt raise_doubts
unconfirmed raise_question raise_questions call_question bring_question
confirmed   confirm verify corroborate substantiate authenticate validate prove bear_out
"""
"""What is done to somebody's claim, with the particles that make the verb mean it."""
RESPONSES = (
    _read_responses()
    | {
        noun: [((), Hedge.UNCONFIRMED)]
        for noun in ("retraction", "withdrawal", "disavowal", "renunciation", "recantation")
    }
    | {
        noun: [((), Hedge.DENIED)]
        for noun in ("rejection", "dismissal", "denial", "rebuttal", "refutation", "repudiation")
    }
)

PARTICIPLES = word_set("citing quoting")
"""Participles whose object is a further source: "the BBC reported, citing officials, that …"."""

OCCURRING = word_set(
    """
    report reports rumor rumors rumour rumours allegation allegations accusation accusations claim
    claims fear fears speculation denial denials complaint complaints warning warnings criticism
    account accounts suspicion suspicions
    """
)
"""Nouns after which "of" tells what is said to have happened."""

SEEMING = word_set("seem seems seemed seeming appear appears appeared appearing")
"""Verbs by which the document itself holds back."""

CONDITIONS = word_set(
    """
    exaggerated overstated understated overestimated underestimated overvalued undervalued
    overrated underrated inflated mistaken misguided misplaced founded justified
    warranted biased flawed rigged doctored faked fabricated forged staged involved implicated
    motivated interested concerned worried prepared tempted intended designed meant located
    situated based stationed related linked connected associated affiliated aligned tied
    married divorced armed equipped trained trapped stranded hidden buried infected
    contaminated owned inhabited made composed needed required allowed permitted supposed
    """
)
"""Participles that tell how something is, not what happens to it: "the number is exaggerated"."""

ACCORDING = frozenset({"according", "per"})
