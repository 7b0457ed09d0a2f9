"""The past tense of a verb told as a participle: "winning" is "won"."""

IRREGULAR_PASTS = dict(
    pair.split("-")
    for pair in [
        "killing-killed",
        "beating-beat",
        "becoming-became",
        "beginning-began",
        "bending-bent",
        "biting-bit",
        "blowing-blew",
        "breaking-broke",
        "bringing-brought",
        "building-built",
        "burning-burned",
        "buying-bought",
        "casting-cast",
        "catching-caught",
        "choosing-chose",
        "coming-came",
        "costing-cost",
        "cutting-cut",
        "dealing-dealt",
        "digging-dug",
        "doing-did",
        "drawing-drew",
        "drinking-drank",
        "driving-drove",
        "dying-died",
        "eating-ate",
        "falling-fell",
        "feeding-fed",
        "feeling-felt",
        "fighting-fought",
        "finding-found",
        "fleeing-fled",
        "flying-flew",
        "forbidding-forbade",
        "forcing-forced",
        "forgetting-forgot",
        "freezing-froze",
        "getting-got",
        "giving-gave",
        "going-went",
        "growing-grew",
        "hanging-hung",
        "having-had",
        "hearing-heard",
        "hiding-hid",
        "hitting-hit",
        "holding-held",
        "hurting-hurt",
        "keeping-kept",
        "knowing-knew",
        "laying-laid",
        "leading-led",
        "leaving-left",
        "lending-lent",
        "letting-let",
        "losing-lost",
        "lying-lay",
        "making-made",
        "meaning-meant",
        "meeting-met",
        "outselling-outsold",
        "overcoming-overcame",
        "overtaking-overtook",
        "paying-paid",
        "putting-put",
        "quitting-quit",
        "reading-read",
        "riding-rode",
        "ringing-rang",
        "rising-rose",
        "running-ran",
        "saying-said",
        "seeing-saw",
        "seeking-sought",
        "selling-sold",
        "sending-sent",
        "setting-set",
        "shaking-shook",
        "shooting-shot",
        "showing-showed",
        "shrinking-shrank",
        "shutting-shut",
        "sinking-sank",
        "sitting-sat",
        "sleeping-slept",
        "speaking-spoke",
        "spending-spent",
        "splitting-split",
        "spreading-spread",
        "standing-stood",
        "stealing-stole",
        "sticking-stuck",
        "striking-struck",
        "sweeping-swept",
        "swimming-swam",
        "taking-took",
        "teaching-taught",
        "tearing-tore",
        "telling-told",
        "thinking-thought",
        "throwing-threw",
        "tying-tied",
        "understanding-understood",
        "undergoing-underwent",
        "waking-woke",
        "wearing-wore",
        "winning-won",
        "withdrawing-withdrew",
        "writing-wrote",
        "undertaking-undertook",
        "upsetting-upset",
        "shedding-shed",
        "bidding-bid",
        "betting-bet",
        "ridding-rid",
        "bursting-burst",
        "broadcasting-broadcast",
        "forecasting-forecast",
        "spinning-spun",
        "swinging-swung",
        "flinging-flung",
        "clinging-clung",
        "binding-bound",
        "grinding-ground",
        "winding-wound",
        "sliding-slid",
        "arising-arose",
        "striving-strove",
        "speeding-sped",
        "bleeding-bled",
        "breeding-bred",
        "creeping-crept",
        "weeping-wept",
        "foreseeing-foresaw",
        "overseeing-oversaw",
        "undoing-undid",
        "withholding-withheld",
        "upholding-upheld",
        "withstanding-withstood",
        "mistaking-mistook",
        "retaking-retook",
        "rebuilding-rebuilt",
        "reselling-resold",
        "repaying-repaid",
        "rewriting-rewrote",
        "misleading-misled",
        "overthrowing-overthrew",
        "overriding-overrode",
        "swearing-swore",
        "bearing-bore",
        "singing-sang",
        "thrusting-thrust",
        "lighting-lit",
        "offsetting-offset",
        "resetting-reset",
        "outrunning-outran",
    ]
)
VOWELS = "aeiou"
SHORT = 4
"""Letters of a verb that may double its last one."""


def form_past(participle: str) -> str:
    """Return the past tense of a verb that ends in "ing"."""
    known = IRREGULAR_PASTS.get(participle)
    if known is not None:
        return known
    stem = participle.removesuffix("ing")
    if stem.endswith("y") and stem[-2:-1] not in VOWELS:
        return f"{stem[:-1]}ied"
    return f"{stem}d" if stem.endswith("e") else f"{stem}ed"


def find_past(base: str) -> str:
    """Return the past tense of a verb told as an infinitive: "lose" is "lost"."""
    last = base[-1]
    for participle in (f"{base}ing", f"{base[:-1]}ing", f"{base}{last}ing"):
        if participle in IRREGULAR_PASTS:
            return IRREGULAR_PASTS[participle]
    short = len(base) <= SHORT and base[-2:-1] in VOWELS and last not in f"{VOWELS}wxy"
    if short and base[-3:-2] not in VOWELS:
        return f"{base}{last}ed"  # “stopped”
    return form_past(f"{base}ing")


NO_SURE_PAST = frozenset(
    {
        "bet",
        "bid",
        "bound",
        "broadcast",
        "burst",
        "cast",
        "cost",
        "forecast",
        "ground",
        "lay",
        "let",
    }
    | {"offset", "quit", "read", "reset", "rid", "shed", "split", "spread", "thrust", "wound"}
)
"""What is a noun or a present as well."""
TOLD_PAST = {"was", "were", "had", "did", *IRREGULAR_PASTS.values()} - NO_SURE_PAST
"""Words that tell of the past, of whatever ending."""
PRESENT = frozenset(
    {"is", "are", "has", "have", "does", "do", "will", "would"}
    | {"can", "could", "should", "may", "might", "must"}
)
