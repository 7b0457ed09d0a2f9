"""The words that tell who says something, and how firmly: our lexicon of cues.

A verb's frames say where what is said may stand: `c` in a clause ("said that …"), `q` between
quotation marks, `i` in an infinitive ("vowed to …"), `o` in its object ("denied the charge"),
`p` after a preposition ("warned of …", "accused X of …"), `s` in object and complement
("called it a lie").
"""

from dataclasses import dataclass

from workflows.claims import Hedge
from workflows.extraction.wordlists import listed


@dataclass(frozen=True, slots=True)
class Cue:
    hedge: Hedge
    frames: str
    prepositions: frozenset[str] = frozenset()


VERBS = """
reported cq       say state add note explain mention remark comment announce declare write tweet
reported cq       post testify recall reply respond answer observe emphasize emphasise stress
reported cq       reiterate repeat continue reveal disclose point_out underscore underline
reported cq       highlight signal indicate caution clarify elaborate lament quip joke read
reported cq       tell inform remind assure advise brief notify exclaim shout whisper murmur
reported cq       insist conclude opine proclaim recount narrate relate chime_in
reported cqo      report cite
reported o        describe detail outline reference quote
reported co       find show demonstrate prove illustrate determine discover learn hear
reported o        see
reported c        know understand realize realise remember
reported co       recognize recognise
reported o        discuss address praise applaud laud hail welcome tout defend criticize criticise
reported o        condemn denounce slam blast mock ridicule attack decry deplore support back
reported o        endorse favor favour oppose blame thank congratulate urge question challenge
reported o        echo express voice propose recommend suggest advocate demand request prefer
reported o        like love hate appreciate respect admire trust regret
reported s        call label brand dub deem term view regard
reported p:of     warn:cqp boast complain:cqp remind inform tell accuse convince persuade
reported p:about  talk speak complain brag boast joke ask worry think tweet write
reported p:for    call push argue ask advocate criticize praise blame thank apologize
reported p:against warn argue rail speak
reported p:on     comment insist attack touch elaborate
reported p:to     refer point allude object admit
reported p:as     describe portray characterize depict cast see view regard denounce paint
reported p:with   agree disagree
reported o        note mention announce reveal disclose explain emphasize emphasise stress
reported o        underscore underline highlight reiterate repeat recall recount assess
reported o        embrace champion commend salute extol celebrate cheer promote approve oppose
reported o        denigrate disparage deride belittle berate rebuke scold chide lambast lambaste
reported o        assail repudiate downplay justify protest resent detest despise dislike abhor
reported o        enjoy disapprove caution second
reported p:for    appeal plead press vouch
reported p:of     approve disapprove dream speak
reported p:about  testify fret joke rave
reported p:at     lash scoff sneer
speculated p:in   believe
reported p:to     respond react
reported i        urge ask tell order call:i invite encourage advise beg implore instruct
confirmed cqo     confirm verify acknowledge concede admit corroborate certify attest
alleged cqo       allege claim assert contend argue charge purport
alleged cq        complain protest maintain
speculated cq     believe think suspect speculate suggest guess assume presume reckon feel
speculated co     imply hint posit hypothesize theorize surmise infer doubt
speculated cqo    wonder fear ponder estimate
speculated o      consider fear doubt question
predicted  o      promise pledge predict propose
speculated c      worry consider suppose imagine figure sense
predicted cqio    predict forecast expect anticipate project foresee
predicted ciq     promise vow pledge swear threaten
predicted ci      hope plan intend agree decide
predicted i       want wish aim seek offer refuse decline
denied cqo        deny dispute refute rebut disavow
denied o          reject dismiss contradict debunk
"""

PARTICIPLES = listed("citing quoting referencing")
"""Participles whose object is a further source: "the BBC reported, citing officials, that …"."""

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
"""

OCCURRING = listed(
    """
    report reports rumor rumors rumour rumours allegation allegations accusation accusations claim
    claims fear fears speculation denial denials complaint complaints warning warnings criticism
    account accounts suspicion suspicions
    """
)
"""Nouns after which "of" tells what is said to have happened."""

UNDERTAKINGS = listed(
    """
    promise promises pledge pledges vow vows hope hopes threat threats plan plans decision
    decisions desire wish wishes intention intentions offer offers willingness refusal commitment
    demand demands request requests call calls proposal proposals
    """
)
"""Nouns after which "to …" tells what somebody is to do."""

ABOUT = frozenset({"about", "on", "regarding", "over", "concerning"})
TOPICS = {
    **dict.fromkeys(
        listed(
            """
            statement statements remark remarks comment comments view opinion opinions question
            questions concern concerns worry worries complaint complaints warning warnings doubt
            doubts testimony
            """
        ),
        ABOUT,
    ),
    **dict.fromkeys(listed("praise call calls demand demands request"), frozenset({"for"})),
    **dict.fromkeys(
        listed("criticism condemnation description endorsement assessment"), frozenset({"of"})
    ),
    **dict.fromkeys(listed("opposition response reaction"), frozenset({"to"})),
    **dict.fromkeys(listed("attack attacks"), frozenset({"on", "against"})),
}
"""What stands before the matter that an owned noun of saying is about."""

ADVERBS = """
reported    reportedly
alleged     allegedly purportedly supposedly ostensibly
speculated  apparently seemingly presumably
"""

SEEMING = listed("seem seems seemed seeming appear appears appeared appearing")
"""Verbs by which the document itself holds back."""

ACCORDING = frozenset({"according", "per"})

UNSURE_VERBS = listed("confirm verify corroborate substantiate authenticate check prove")
"""What a source says it could not do when it leaves a claim unconfirmed."""

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
}


def inflected(verb: str) -> list[str]:
    """The forms of a verb, itself first."""
    if verb in IRREGULAR:
        return [verb, *IRREGULAR[verb].split()]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2] not in "aeou":
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return [verb, third, verb + "ed", verb + "ing"]


def _verbs() -> dict[str, Cue]:
    """Every form of every verb of saying; later lines add frames to earlier ones."""
    known: dict[str, Cue] = {}
    for line in VERBS.strip().splitlines():
        hedge, frame, *verbs = line.split()
        for entry in verbs:
            name, _, own = entry.partition(":")
            frames, _, preposition = frame.partition(":")
            for form in inflected(name.partition("_")[0]):
                known[form] = _joined(known.get(form), Hedge(hedge), own or frames, preposition)
    return known


def _joined(cue: Cue | None, hedge: Hedge, frames: str, preposition: str) -> Cue:
    extra = frozenset({preposition} if preposition else ())
    if cue is None:
        return Cue(hedge, frames, extra)
    merged = "".join(sorted({*cue.frames, *frames}))
    return Cue(cue.hedge, merged, cue.prepositions | extra)


def _words(table: str) -> dict[str, Hedge]:
    rows = (line.split() for line in table.strip().splitlines())
    return {word: Hedge(hedge) for hedge, *words in rows for word in words}


def _plurals(nouns: dict[str, Hedge]) -> dict[str, Hedge]:
    plural = {
        (noun[:-1] + "ies" if noun.endswith("y") else noun + "s"): hedge
        for noun, hedge in nouns.items()
    }
    return {**nouns, **plural}


VERB_FORMS = _verbs()
NOUN_FORMS = _plurals(_words(NOUNS))
ADVERB_FORMS = _words(ADVERBS)
UNSURE_FORMS = frozenset(form for verb in UNSURE_VERBS for form in inflected(verb))
