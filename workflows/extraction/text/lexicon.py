"""Our lexicon of words by which somebody says, thinks, knows, wants or judges something.

A row of `VERBS` holds the hedge that its verbs bring along, their frames, and the verbs. Frames
say where what is said may stand: `c` in a clause ("said that …"), `q` between quotation marks, `i`
in an infinitive ("vowed to …"), `o` in the object ("denied the charge"), `s` in object and
complement ("called it a lie"), `p:of` after "of" ("warned of …", "accused X of …"). The first row
of a verb gives its hedge.
"""

from dataclasses import dataclass

from workflows.claims import Hedge


@dataclass(frozen=True, slots=True)
class Cue:
    """`frames` and `prepositions` as the lexicon explains them."""

    hedge: Hedge
    frames: str
    prepositions: frozenset[str] = frozenset()


def inflect(verb: str) -> list[str]:
    """The forms of a verb, itself first."""
    if verb in IRREGULAR:
        return [verb, *IRREGULAR[verb].split()]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2] not in "aeou":
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return [verb, third, verb + "ed", verb + "ing"]


def _read_verbs() -> dict[str, Cue]:
    """Every form of every verb of saying; later lines add frames to earlier ones."""
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
reported   cqio      caution urge
reported   cqi       advise ask counsel exhort remind tell volunteer warn
reported   cqo       admit announce argue cite disclose emphasise emphasize explain highlight
reported   cqo       lament mention note protest recall recount reiterate repeat report reveal
reported   cqo       stress suggest underline underscore
reported   ci        agree convince persuade
reported   co        accept calculate communicate convey demonstrate determine discover document
reported   co        find guarantee hear illustrate judge learn notice perceive prove publish
reported   co        recognise recognize record relay show
reported   cq        add answer assure bark begin begrudge bellow blurt boom brief chime chirp
reported   cq        clarify comment complain conclude continue counter croon crow cry declare
reported   cq        elaborate exclaim fume gloat gripe growl grumble gush hiss indicate inform
reported   cq        insist interject interrupt intone joke laugh lecture mumble murmur muse mutter
reported   cq        narrate notify observe opine plead point post preach proclaim quip rage rant
reported   cq        rave read reason reflect relate remark reply respond retort say scream shout
reported   cq        sigh signal snap sob specify state tease testify thunder tweet vent wail
reported   cq        whisper write yell
reported   io        desire petition
reported   is        call
reported   c         concur decree deduce gather intimate know realise realize recollect remember
reported   c         rule stipulate understand
reported   i         beg command dare direct dream encourage entreat implore instruct invite lobby
reported   i         order press pressure push vote
reported   o         abhor address admire admonish advocate applaud appreciate approve articulate
reported   o         assail assess attack back belittle bemoan berate blame blast castigate catalog
reported   o         celebrate censure challenge champion chastise cheer chide chronicle commend
reported   o         compare compliment condemn congratulate contrast covet crave criticise
reported   o         criticize debate decry defend demand demonize denigrate denounce deplore
reported   o         deride describe despise detail detest disapprove discuss disdain dislike
reported   o         dismiss disown disparage downplay echo embrace endorse enjoy enumerate envy
reported   o         equate espouse evaluate examine excoriate explore express extol fault favor
reported   o         favour frame glorify hail hate heckle herald honor honour idolize ignore jeer
reported   o         justify lambast lambaste lampoon laud like liken list loathe love malign mock
reported   o         mourn oppose outline parody pillory praise prefer present probe promote
reported   o         propose question quote rank rate rationalize rebuke recommend reconsider
reported   o         reference regret renounce reprimand repudiate request resent respect rethink
reported   o         ridicule romanticize rue salute satirize savage scold scorn second see skewer
reported   o         slam smear support thank tout trumpet trust upbraid utter vilify voice welcome
reported   s         brand deem dub label regard term view
confirmed  cqo       acknowledge attest certify concede confirm corroborate verify
alleged    cqo       allege assert charge claim contend purport
alleged    cq        maintain
speculated cqo       estimate fear ponder wonder
speculated co        consider doubt hint hypothesize imply infer posit surmise theorize
speculated cq        assume believe feel guess presume reckon speculate suspect think
speculated c         figure imagine sense suppose worry
predicted  cqio      anticipate expect forecast foresee pledge predict project promise
predicted  cqi       swear threaten vow
predicted  ci        decide hope intend plan
predicted  i         aim decline hesitate long offer prepare refuse resolve seek undertake want
predicted  i         wish yearn
denied     cqo       deny disavow dispute rebut refute
denied     o         contradict debunk reject
reported   p:about   ask boast brag care complain forget fret gripe grumble hear joke know lecture
reported   p:about   muse rant rave speak talk testify think tweet weigh worry write
reported   p:against argue lobby protest rail speak vote warn
reported   p:as      bill brand cast characterize define denounce depict describe dismiss frame
reported   p:as      hail paint portray present regard see view
reported   p:at      balk bridle bristle chafe lash laugh marvel scoff sneer
reported   p:for     advocate apologize appeal argue ask blame call criticize lobby petition plead
reported   p:for     plump praise press push thank vote vouch
reported   p:in      delight rejoice revel
reported   p:of      approve boast complain convince disapprove dream inform persuade rave
reported   p:of      remind speak tell think warn
reported   p:on      attack comment dwell elaborate expand focus harp insist lecture opine reflect
reported   p:on      seize touch weigh
reported   p:over    agonize brood fret worry
reported   p:to      admit allude object pivot point react refer respond
reported   p:with    agree concur disagree grapple quarrel sympathize
alleged    p:of      accuse
speculated p:at      hint
speculated p:in      believe
predicted  p:to      commit
"""

IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
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
    "counsel": "counsels counseled counselled counseling counselling",
}


VERB_FORMS = _read_verbs()

NOUNS = """
reported    report statement announcement remark comment testimony message news word account
reported    finding conclusion assessment argument warning reminder revelation disclosure
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


UNSURE_VERBS = word_set("confirm verify corroborate substantiate authenticate check prove")
"""What a source says it could not do when it leaves a claim unconfirmed."""
UNSURE_FORMS = frozenset(form for verb in UNSURE_VERBS for form in inflect(verb))

PARTICIPLES = word_set("citing quoting referencing")
"""Participles whose object is a further source: "the BBC reported, citing officials, that …"."""

OCCURRING = word_set(
    """
    report reports rumor rumors rumour rumours allegation allegations accusation accusations claim
    claims fear fears speculation denial denials complaint complaints warning warnings criticism
    account accounts suspicion suspicions
    """
)
"""Nouns after which "of" tells what is said to have happened."""

UNDERTAKINGS = word_set(
    """
    promise promises pledge pledges vow vows hope hopes threat threats plan plans decision
    decisions desire wish wishes intention intentions offer offers willingness refusal commitment
    demand demands request requests call calls proposal proposals reluctance eagerness
    determination readiness unwillingness resolve ambition ambitions
    """
)
"""Nouns after which "to …" tells what somebody is to do."""

ABOUT = frozenset({"about", "on", "regarding", "over", "concerning"})
TOPICS = {
    **dict.fromkeys(
        word_set(
            """
            statement statements remark remarks comment comments view opinion opinions question
            questions concern concerns worry worries complaint complaints warning warnings doubt
            doubts testimony advice skepticism scepticism uncertainty frustration anger outrage
            optimism pessimism disappointment
            """
        ),
        ABOUT,
    ),
    **dict.fromkeys(
        word_set("praise call calls demand demands request disdain contempt admiration"),
        frozenset({"for"}),
    ),
    **dict.fromkeys(
        word_set(
            """
            criticism condemnation description endorsement assessment critique denunciation defense
            defence rejection approval disapproval distrust mistrust
            """
        ),
        frozenset({"of"}),
    ),
    **dict.fromkeys(word_set("opposition response reaction"), frozenset({"to"})),
    **dict.fromkeys(word_set("attack attacks"), frozenset({"on", "against"})),
}
"""What stands before the matter that an owned noun of saying is about."""

SEEMING = word_set("seem seems seemed seeming appear appears appeared appearing")
"""Verbs by which the document itself holds back."""

CONDITIONS = word_set(
    """
    exaggerated overstated understated overestimated underestimated overvalued undervalued
    overrated underrated inflated mistaken misguided misplaced founded attributed justified
    warranted biased flawed rigged doctored faked fabricated forged staged involved implicated
    motivated interested concerned worried prepared tempted intended designed meant located
    situated based stationed related linked connected associated affiliated aligned tied
    married divorced armed equipped trained trapped stranded hidden buried infected
    contaminated owned inhabited made composed needed required allowed permitted supposed
    """
)
"""Participles that tell how something is, not what happens to it: "the number is exaggerated"."""

ACCORDING = frozenset({"according", "per"})
