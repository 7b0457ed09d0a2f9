"""Indirect speech: sayings told by a verb, a noun, "according to", an adverb or a colon."""

from workflows.claims import Hedge
from workflows.extraction.attribution.content_span import (
    PAUSES,
    find_aside_end,
    find_content,
    find_first_token,
)
from workflows.extraction.attribution.factuality import (
    HEARING,
    WHETHER,
    is_empty_telling,
    is_hearing_body,
    is_recounted,
    judge_verb,
)
from workflows.extraction.attribution.noun_cues import find_in_headline
from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.attribution.source_mention import (
    NO_ACTORS,
    SUBJECTS,
    find_beside,
    find_name_end,
    find_speaker,
    is_passive,
    is_told_of,
    mention_span,
    opens_with_cue,
)
from workflows.extraction.parse import Doc, Span, Token
from workflows.extraction.text.lexicon import (
    ADVERB_FORMS,
    PARTICIPLES,
    SEEMING,
    VERB_FORMS,
    Cue,
    inflect_all,
    word_set,
)
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import (
    MARKS,
    TokenSpan,
    find_last_word,
    subtree_span,
    trim_span,
)
from workflows.extraction.text.syntax import FINITE, SAID, find_subject, is_finite
from workflows.extraction.text.turns import HEADS

NO_VERBS = frozenset({"amod", "compound", "aux", "dobj", "pobj", "nsubj", "nsubjpass"})
"""What a verb of saying can't be to another word: the tagger took a noun for it."""
VERBS = SEEMING | VERB_FORMS.keys()
PREPOSITIONS = PARTICIPLES | {"according"}
"""Words that, like prepositions, put a source beside what is told."""
POINTING = 3
POINTERS = frozenset({"this", "that", "these", "those", "such", "the"})
"""Tokens between a saying put into what is said and the comma that closes it."""
OPENING = 2
"""Tokens before a phrase that still opens its clause: "that, according to …"."""
TENSED = frozenset({"VBD", "VBZ", "VBP"})
SUBJECTLESS = frozenset({"nsubj", "csubj", "nsubjpass", "auxpass", "expl"})
"""What a verb has by it if nobody else can be its speaker."""
NAMES = inflect_all("call dub name nickname brand label term title entitle")
AIMED = word_set("intended meant designed planned built supposed")
VOWING = inflect_all("swear vow promise pledge")
LISTENER = "you"
NAMING = word_set("named identified quoted anonymous anonymity")
"""What a source asks for who is not to be named: “asked not to be identified”."""
FOUND = inflect_all("find")
SHOWING = word_set("underscoring underlining highlighting illustrating demonstrating showing")
SHARES = word_set("percent % half third quarter thirds quarters majority")
PERCEIVING = inflect_all("see hear watch feel notice")
THOUGHT = inflect_all("think believe assume feel guess suspect imagine suppose fear know expect")
PUTTING = frozenset({"put", "puts"})
COUNTS = word_set(
    """
    number numbers toll figure total count cost costs price value damage loss losses share rate
    turnout crowd odds
    """
)
"""What somebody “puts at 31”."""
NO_SPEAKERS = word_set("it that this which they these those what")
ADDING = inflect_all("add")
CONSIDERING = inflect_all("consider")
DISCUSSING = inflect_all("discuss")
ABLE = word_set("can could should may must might")
GATHERING = inflect_all("gather")
AT = frozenset({"at", "in", "on", "outside", "inside", "for", "around", "near"})
FORESEEING = inflect_all("expect anticipate foresee predict forecast project")
DENYING = inflect_all("deny")
PLEADING = inflect_all("plead") | {"pled"}
PLEAS = word_set("guilty innocent no not")
REQUESTS = word_set(
    """
    plan plans proposal proposals request requests motion motions appeal appeals bid application
    applications permit permits petition petitions bail parole entry access visa visas licence
    license leave asylum relief rezoning variance funding loan coverage benefits service admission
    """
)
"""What is denied to somebody, and not said to be false."""
OCCASIONS = word_set(
    """
    agreement agreements deal deals bargain contract contracts treaty pact conference event
    ceremony meeting rally march protest vigil bill bills law laws act amendment ordinance motion
    resolution petition order orders plan plans programme program policy campaign sign signs banner
    banners plaque
    """
)
"""What is held, signed or carried, of which a participle tells what for."""
QUESTIONING = inflect_all("question interview interrogate quiz")
SOMEBODY = word_set(
    "man men woman women suspect suspects witness witnesses driver drivers him her them people"
)
ANYBODY = word_set("anyone anybody everyone everybody those someone somebody")
SHORT = 7
"""The subject by which a speaker talks to his listeners: no source."""


def find_by_verb(token: Token, sentence: Span) -> AttributionRelation | None:
    """“The ministry said that …”, “it is believed that …”, “they vowed to …”."""
    if not token.tag_.startswith("VB") or token.dep_ in NO_VERBS:
        return None
    if token.lower_ in SEEMING:
        return _find_seeming(token)
    cue = VERB_FORMS.get(token.lower_)
    if cue is None or (token.lower_ in PARTICIPLES and token.tag_ == "VBG"):
        return None
    if any(is_none(token) for is_none in NO_SAYING):
        return None
    said = find_content(token, cue, sentence)
    if said is None or _is_only_mentioned(said, sentence):
        return None
    return find_in_headline(token, sentence, said) or _judge_told(token, cue, said)


def find_estimate(verb: Token, sentence: Span) -> AttributionRelation | None:
    """“Officials put the number of dead at 31”: it is their figure."""
    noun = next((c for c in verb.rights if c.dep_ == "dobj" and c.lower_ in COUNTS), None)
    if noun is None or verb.tag_ not in FINITE:
        return None
    holders = (noun, verb)
    at = next((c for h in holders for c in h.rights if c.dep_ == "prep" and c.lower_ == "at"), None)
    head = find_speaker(verb)
    counted = at is not None and any(t.tag_ == "CD" for t in at.subtree)
    if at is None or not counted or head is None or head.lower_ in NO_SPEAKERS:
        return None
    said = trim_span(verb.doc, noun.left_edge.i, min(at.right_edge.i + 1, sentence.end))
    if said is None:
        return None
    own = TokenSpan(verb.i, verb.i + 1)
    source = mention_span(head, verb)
    if verb.doc[source.end - 1].tag_ == "IN":  # “officials at first put”
        source = TokenSpan(source.start, source.end - 1)
    return AttributionRelation(CueType.VERB, own, source, said, Hedge.REPORTED, head)


def _judge_told(token: Token, cue: Cue, said: TokenSpan) -> AttributionRelation | None:
    """Return a saying with the hedge its verb gives it; none where what is told was not said."""
    asks = said.length > 1 and _is_question(token.doc[said.start], token)
    hedge = judge_verb(token, cue.hedge, asks=asks)
    if hedge is None:
        return None
    if _is_heard(token):
        hedge = Hedge.ALLEGED
    if asks or is_recounted(token.doc[said.start], token):
        said = TokenSpan(said.start + 1, said.end)
    told = any(t.tag_ in FINITE for t in token.doc[said.start : said.end])
    told |= token.lower_ in FORESEEING and any(
        c.dep_ in {"ccomp", "xcomp"} and find_subject(c) is not None for c in token.rights
    )  # “does not expect her to resign”
    if hedge is Hedge.DENIED and not told:
        hedge = Hedge.REPORTED  # “denied the charge”: so it is told, in full
    if hedge is Hedge.PREDICTED and token.lower_ in VOWING and _is_told_of_now(token):
        hedge = Hedge.REPORTED  # “swore that the door was locked”
    return _build_told(token, hedge, said)


def _is_aimed(verb: Token) -> bool:
    """Return True for “is intended to make sure that”: what something is for, and no saying."""
    aimed = verb.lower_ in AIMED and is_passive(verb)
    return aimed and any(c.dep_ == "xcomp" for c in verb.rights)


def _is_naming(verb: Token) -> bool:
    """Return True for “a drug called Xaltor”, “is called the Fox”: a name, and no saying."""
    if verb.lower_ not in NAMES:
        return False
    if verb.tag_ == "VBN" and not any(c.dep_ == "agent" for c in verb.rights):
        return True
    told = [c for c in verb.rights if c.dep_ in {"oprd", "attr", "dobj", "ccomp", "xcomp"}]
    return bool(told) and told[-1].tag_ in {"NNP", "NNPS"}


def _is_only_done(verb: Token) -> bool:
    """Return True for “found Lee guilty”, “hopes of finding …”, “marched to protest …”."""
    if verb.lower_ in FOUND:
        clause = next((c for c in verb.rights if c.dep_ == "ccomp"), None)
        if verb.dep_ == "pcomp" and verb.head.head.tag_ in {"NN", "NNS"}:
            return clause is None or not any(c.lower_ == "that" for c in clause.lefts)
        return clause is not None and clause.tag_ == "JJ" and not is_finite(clause)
    told = any(c.dep_ in {"ccomp", "xcomp"} for c in verb.rights)
    acted = any(c.dep_ == "dobj" for c in verb.rights) and verb.head.lower_ != "as"
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp" and acted and not told:
        return verb.nbor().text not in MARKS  # “by comparing the two”, “for praising the plan”
    purpose = verb.tag_ == "VB" and verb.dep_ == "advcl"
    aimed = purpose and any(c.tag_ == "TO" for c in verb.lefts)
    return aimed and not told


def _is_gathering(verb: Token) -> bool:
    """Return True for “Democrats gathered in Olden”: they met, and learned nothing."""
    if verb.lower_ not in GATHERING:
        return False
    return any(c.dep_ == "prep" and c.i == verb.i + 1 and c.lower_ in AT for c in verb.rights)


def _is_growth(verb: Token) -> bool:
    """Return True for “added to her lead”: nothing is said."""
    behind = verb.doc[verb.i + 1 : verb.i + 2]
    told = any(c.dep_ in {"ccomp", "xcomp", "dobj"} for c in verb.rights)
    return verb.lower_ in ADDING and any(t.lower_ == "to" for t in behind) and not told


def _is_only_attempted(verb: Token) -> bool:
    """Return True for “led an effort to paint Lee as a liar”: what it is for, and no saying."""
    to_do = verb.tag_ == "VB" and verb.dep_ in {"acl", "relcl"} and verb.head.lower_ in NO_ACTORS
    return to_do and not any(c.dep_ == "ccomp" for c in verb.rights)


def _is_read_out(verb: Token) -> bool:
    """Return True for “participants were read a text”, “were asked about their habits”."""
    if not is_passive(verb):
        return False
    told = any(c.dep_ in {"ccomp", "xcomp"} for c in verb.rights)
    return verb.lower_ == "read" or (verb.lower_ in {"asked", "told"} and not told)


def _is_anybodys(verb: Token) -> bool:
    """Return True for “people who believe that …”: who does is told, and not that anybody does."""
    noun = verb.head
    if verb.dep_ != "relcl":
        return False
    believed = verb.lower_ in THOUGHT and is_passive(verb)  # “officials who are believed to …”
    subject = noun.dep_ == "ROOT" or (noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.i > verb.i)
    if not subject and not believed:
        return False
    first = verb.left_edge
    if first.tag_ != "WP" or first.i == 0 or first.nbor(-1).i != noun.i:
        return False
    bare = noun.tag_ == "NNS" and not any(c.dep_ in {"det", "nummod", "poss"} for c in noun.lefts)
    return (bare or noun.lower_ in ANYBODY) and (verb.lower_ in THOUGHT or is_passive(verb))


def _is_interrogation(verb: Token) -> bool:
    """Return True for “police questioned Lee”: what he was asked is not told."""
    if verb.lower_ not in QUESTIONING:
        return False
    asked = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    return asked is not None and (asked.ent_type_ == "PERSON" or asked.lower_ in SOMEBODY)


def _is_only_perceived(verb: Token) -> bool:
    """Return True for “see the work pay off”, “are used to seeing that”: nobody tells it."""
    seen = verb.dep_ == "ccomp" and verb.head.lower_ in PERCEIVING and verb.tag_ == "VB"
    if seen and find_subject(verb) is not None and not is_finite(verb):
        return True  # “see the sign warn of fog”
    if verb.lower_ not in PERCEIVING:
        return False
    if verb.i > verb.sent.start and verb.nbor(-1).ent_type_ == "DATE":
        return True  # “last year saw 19 fires”
    clause = next((c for c in verb.rights if c.dep_ == "ccomp"), None)
    used = verb.dep_ == "pcomp" and verb.head.head.lower_ in {"used", "accustomed"}
    if used or clause is None:
        return used
    bare = clause.tag_ in {"VB", "VBG"} and not is_finite(clause)
    return bare and find_subject(clause) is not None


def _is_shown_by_itself(verb: Token) -> bool:
    """Return True for “…, underscoring the limits of the truce”: what happened shows it."""
    shown = verb.lower_ in SHOWING and verb.tag_ == "VBG" and verb.dep_ in {"advcl", "conj"}
    return shown and not any(c.dep_ in {"ccomp", "xcomp"} for c in verb.rights)


def _is_wording(verb: Token) -> bool:
    """Return True for “held for what police described as theft”: only how it is worded."""
    what = any(c.lower_ == "what" and c.dep_ in {"dobj", "nsubj", "nsubjpass"} for c in verb.lefts)
    return what and verb.dep_ == "pcomp" and any(c.lower_ == "as" for c in verb.rights)


def _is_counted(verb: Token) -> bool:
    """Return True for “70 percent believe that”, “39 said that”: how many do is what is told."""
    subject = find_subject(verb)
    if subject is None or is_passive(verb):
        return False
    return subject.lower_ in SHARES or (subject.tag_ == "CD" and subject.lower_ != "one")


def _is_advice(verb: Token) -> bool:
    """Return True for “suggesting how to win”: what is told is nothing that is so."""
    clause = next((c for c in verb.rights if c.dep_ in {"xcomp", "ccomp"}), None)
    return (
        clause is not None
        and clause.left_edge.lower_ in {"how", "where", "what", "when", "which"}
        and any(c.tag_ == "TO" for c in clause.lefts)
    )


def _is_attitude(verb: Token) -> bool:
    """Return True for “considers the bank her enemy”: what she holds it for, and no saying."""
    if verb.lower_ not in CONSIDERING:
        return False
    return not any(c.dep_ == "ccomp" and is_finite(c) for c in verb.rights)


def _is_to_be_expected(verb: Token) -> bool:
    """Return True for “drivers can expect delays”: whoever writes it foretells them."""
    modal = any(c.tag_ == "MD" and c.lower_ in ABLE for c in verb.lefts)
    return verb.lower_ == "expect" and modal


def _is_pleading(verb: Token) -> bool:
    """Return True for “pleaded guilty to theft”: done in court, and told by the document."""
    return verb.lower_ in PLEADING and any(c.lower_ in PLEAS for c in verb.rights)


def _is_set_between(verb: Token) -> bool:
    """Return True for “a jet — later revealed to be hers — left”: nobody there reveals it."""
    before = verb.doc[max(0, verb.i - 2) : verb.i]
    return verb.dep_ == "dep" and verb.tag_ == "VBN" and any(t.text in DASHES for t in before)


def _is_refusing(verb: Token) -> bool:
    """Return True for “denied the permit”, “denied her a loan”: a decision, and no saying."""
    if verb.lower_ not in DENYING or is_passive(verb):
        return False
    refused = [c for c in verb.rights if c.dep_ == "dobj"]
    given = any(c.dep_ == "dative" for c in verb.rights)
    return bool(refused) and (given or refused[0].lower_ in REQUESTS)


def _is_only_named_by(verb: Token) -> bool:
    """Return True for “a deal calling for six years”, “a fair marking …”: nobody says it by that.

    But a letter saying that, or a motion demanding that something be done, tells it.
    """
    if verb.tag_ != "VBG" or verb.dep_ != "acl" or verb.head.lower_ not in OCCASIONS:
        return False
    return not any(c.dep_ == "ccomp" for c in verb.rights)


def _is_discussing(verb: Token) -> bool:
    """Return True for “discussed the flood with Lee”: what was said of it is not told."""
    return verb.lower_ in DISCUSSING and not any(c.dep_ == "ccomp" for c in verb.rights)


NO_SAYING = (
    _is_pleading,
    _is_set_between,
    _is_refusing,
    _is_only_named_by,
    _is_attitude,
    _is_to_be_expected,
    _is_discussing,
    _is_interrogation,
    _is_only_perceived,
    _is_advice,
    _is_shown_by_itself,
    _is_counted,
    _is_wording,
    is_empty_telling,
    _is_aimed,
    _is_naming,
    _is_only_done,
    is_told_of,
    _is_read_out,
    _is_gathering,
    _is_only_attempted,
    _is_growth,
    _is_anybodys,
)
"""What a verb of saying may tell without a saying."""


def _is_heard(verb: Token) -> bool:
    """Return True for “the court heard that”, “the jury was told that”."""
    subject = find_subject(verb) or find_speaker(verb)
    heard = verb.lower_ in HEARING and (verb.lower_ != "told" or is_passive(verb))
    return heard and subject is not None and is_hearing_body(subject)


def _is_told_of_now(verb: Token) -> bool:
    """Return True if a verb tells how things are or were, and nothing that is to come."""
    clause = next((c for c in verb.rights if c.dep_ == "ccomp"), None)
    if clause is None or not is_finite(clause) or clause.lower_ == "going":
        return False
    return not any(c.tag_ == "MD" for c in clause.lefts)


def _is_question(first: Token, verb: Token) -> bool:
    """Return True for “whether”, and for an “if” that is no condition: “would not say if”."""
    if first.lower_ == "if":
        return first.dep_ == "mark" and first.head.head.i == verb.i and first.head.dep_ == "ccomp"
    return first.lower_ in WHETHER


def _build_told(token: Token, hedge: Hedge, said: TokenSpan) -> AttributionRelation | None:
    head = find_speaker(token) or _find_named_beside(token, said)
    if head is not None and head.lower_ == LISTENER:
        return None
    if (
        any(t.lower_ in NAMING for t in token.doc[said.start : said.end][-2:])
        and said.length < SHORT
    ):
        return None
    source = mention_span(head, token) if head is not None else None
    inserted = said.has(token.i)
    if source is not None and source.overlaps(said) and not inserted:
        return None
    own = TokenSpan(token.i, token.i + 1)
    asides = (_span_aside(token, source),) if inserted else ()
    return AttributionRelation(CueType.VERB, own, source, said, hedge, head, asides)


def _find_named_beside(verb: Token, said: TokenSpan) -> Token | None:
    """Return who stands right beside a verb for which the parser saw no subject."""
    if verb.tag_ not in TENSED or any(c.dep_ in SUBJECTLESS for c in verb.children):
        return None
    head = find_beside(verb)
    return head if head is not None and not mention_span(head, verb).overlaps(said) else None


def _is_only_mentioned(said: TokenSpan, sentence: Span) -> bool:
    """“Verify these claims”: what is pointed at, not said."""
    words = sentence.doc[said.start : said.end]
    return len(words) <= POINTING and words[0].lower_ in POINTERS and words[-1].lower_ in SAID


def _span_aside(verb: Token, source: TokenSpan | None) -> TokenSpan:
    """“…, the Gazette reported on Friday, …”: the cue with all that belongs to it."""
    start, end = verb.i, verb.i + 1
    if verb.doc[find_first_token(verb) - 1].text in PAUSES:
        start, end = find_first_token(verb), find_aside_end(verb)
    if source is not None:
        start, end = min(start, source.start), max(end, source.end)
    return TokenSpan(start, end)


def _find_seeming(token: Token) -> AttributionRelation | None:
    """“It seems that …”, “the bridge appears to be safe”: the document's own holding back.

    In “she seemed to say that …” the verb within tells more, and is left to tell it.
    """
    clause = next((c for c in token.rights if c.dep_ in {"xcomp", "ccomp", "oprd", "acomp"}), None)
    if clause is None or clause.lower_ in VERB_FORMS:
        return None
    subject = next((c for c in token.lefts if c.dep_ in SUBJECTS and c.lower_ != "it"), clause)
    first = min(subject.left_edge.i, clause.left_edge.i)
    said = trim_span(token.doc, first, clause.right_edge.i + 1)
    if said is None:
        return None
    return AttributionRelation(
        CueType.ADVERB, TokenSpan(token.i, token.i + 1), None, said, Hedge.SPECULATED
    )


def find_by_preposition(token: Token, sentence: Span) -> AttributionRelation | None:
    """“According to the ministry, …”; “…, citing two officials”."""
    if token.lower_ in PARTICIPLES and token.tag_ == "VBG":
        return _find_citing(token, sentence)
    if token.lower_ != "according":
        return None
    head = next((o for to in token.rights for o in to.rights if o.dep_ == "pobj"), None)
    if head is None:
        return None
    phrase = TokenSpan(token.i, _find_last_source(head, sentence))
    said = _find_governed(token, phrase, sentence)
    if said is None:
        return None
    cue = TokenSpan(token.i, token.i + 2)
    asides = (phrase,) if said.contains(phrase) else ()
    return AttributionRelation(
        CueType.ACCORDING, cue, mention_span(head), said, Hedge.REPORTED, head, asides
    )


def _find_last_source(head: Token, sentence: Span) -> int:
    """Return where “according to Ann Lee, the mayor, and two other officials” ends."""
    end = find_name_end(head.doc, head.right_edge.i + 1)
    rest = [t for t in head.doc[end : sentence.end] if not t.is_punct and not t.is_space]
    joined = bool(rest) and rest[0].lower_ == "and" and any(t.lower_ == "other" for t in rest[1:3])
    verbal = any(t.tag_ in FINITE for t in rest)
    return rest[-1].i + 1 if joined and not verbal else end


def _find_governed(token: Token, phrase: TokenSpan, sentence: Span) -> TokenSpan | None:
    """The clause a phrase like "according to …" belongs to, without the phrase at its ends."""
    doc = token.doc
    clause = _find_clause(token)
    while clause.dep_ == "conj" and clause.head.i < clause.i and is_finite(clause.head):
        clause = clause.head
    if phrase.end >= sentence.end - 1 and doc[phrase.start - 1].text == ",":
        clause = _find_whole(clause, sentence)
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    if phrase.start - max(start, sentence.start) <= OPENING:
        return trim_span(doc, phrase.end, max(end, phrase.end))
    if phrase.end >= end - 2:
        return trim_span(doc, start, phrase.start)
    return trim_span(doc, min(start, phrase.start), end)


def _find_whole(clause: Token, sentence: Span) -> Token:
    """Return the clause that “…, according to police.” at a sentence's end tells whole.

    Of “Lee said it burned, according to police” that is what Lee said.
    """
    whole = clause
    while whole.dep_ in {"ccomp", "advcl", "relcl", "acl", "xcomp"}:
        above = whole.head
        if above.i < sentence.start or above.lower_ in VERB_FORMS or above.i == whole.i:
            return clause
        whole = above
    return whole if whole.tag_.startswith("VB") else clause


def _find_clause(token: Token) -> Token:
    """Return the verb of the clause in which a token stands."""
    head = token.head
    while head.head.i != head.i and not (head.tag_.startswith("VB") or head.tag_ == "MD"):
        head = head.head
    return head


def _find_citing(token: Token, sentence: Span) -> AttributionRelation | None:
    """Return the source within the source: its content is that of the verb it hangs on."""
    head = next((c for c in token.rights if c.dep_ == "dobj"), None)
    if head is None or token.head.i == token.i:
        return None
    phrase = TokenSpan(token.i, head.right_edge.i + 1)
    inner = next((c for c in token.rights if c.dep_ == "ccomp" and c.i > head.i), None)
    owner = token.head
    if token.dep_ == "acl" and owner.dep_ == "nsubj" and owner.head.lower_ in VERB_FORMS:
        owner = owner.head  # “The Post, citing a memo, reported that …”
    main = VERB_FORMS.get(owner.lower_)
    said = subtree_span(inner) if inner is not None else None
    that = next((c for c in token.head.lefts if c.dep_ == "mark" and c.i > head.i), None)
    if said is None and that is not None:  # the parser hung it on the clause that is told
        said = trim_span(token.doc, that.i, token.head.right_edge.i + 1)
    if said is None and main is not None:
        said = find_content(owner, main, sentence)
    if said is None:
        said = _find_governed(token, phrase, sentence)
    if said is None:
        return None
    cue = TokenSpan(token.i, token.i + 1)
    asides = (phrase,) if said.contains(phrase) else ()
    return AttributionRelation(
        CueType.CITING, cue, mention_span(head), said, Hedge.REPORTED, head, asides
    )


def find_by_adverb(token: Token, sentence: Span) -> AttributionRelation | None:
    """“Reportedly”: the document tells it at second hand, from nobody named."""
    hedge = ADVERB_FORMS.get(token.lower_)
    if hedge is None or token.tag_ != "RB" or token.head.dep_ == "amod":
        return None  # “the allegedly stolen vans” are called so, whatever was done with them
    around = [t.text for t in token.doc[max(token.i - 1, 0) : token.i + 2]]
    if around[:1] == ["("] and around[-1:] == [")"]:
        return None  # “a fire in (allegedly) Olden”: of one word alone
    clause = _find_clause(token)
    said = trim_span(token.doc, clause.left_edge.i, min(clause.right_edge.i + 1, sentence.end))
    if said is None:
        return None
    cue = TokenSpan(token.i, token.i + 1)
    return AttributionRelation(CueType.ADVERB, cue, None, said, hedge, None, (cue,))


HEADLINE_NAME = 6
"""Tokens of a headline within which its colon stands."""
DASHES = frozenset({"-", "–", "—", "--"})
LABELS = HEADS | word_set(
    """
    a address allegation answer article background breaking caption claim comment conclusion
    contact correction credit date email example exclusive fact figure file headline how image
    key kind list live location more name note notes opinion phone photo photos picture place
    point price q question rating reason related result results review rule ruling section
    source statement step subject summary table task text time tip title topic total type update
    updated verdict video views warning watch what when where who why
    """
)
"""Words before a colon that head what follows and speak nothing."""


def find_by_colon(sentence: Span) -> list[AttributionRelation]:
    """“Minister: talks will go on”, as headlines and transcripts have it."""
    doc = sentence.doc
    if sentence.start != 0:
        return []
    for i in range(sentence.start + 1, min(sentence.start + HEADLINE_NAME, sentence.end - 2)):
        if doc[i].text == ":":
            start = sentence.start + opens_with_cue(doc[sentence.start])
            source = _find_named(doc, start, i)
            said = trim_span(doc, i + 1, sentence.end)
            if (
                source is None
                or said is None
                or not any(t.tag_ in FINITE for t in doc[i + 1 : sentence.end])
            ):
                return []
            cue = TokenSpan(i, i + 1)
            return [
                AttributionRelation(CueType.COLON, cue, source, said, Hedge.REPORTED, doc[i - 1])
            ]
    return []


def _find_named(doc: Doc, start: int, end: int) -> TokenSpan | None:
    """Return the speaker's name before a colon: capital letters throughout, and no mere label."""
    for i in range(end - 1, start, -1):
        if doc[i].text in DASHES:
            start = i + 1
    words = doc[start:end]
    if not words or words[-1].lower_ in LABELS or not words[-1].text[:1].isupper():
        return None
    if all(
        t.text[:1].isupper() or t.tag_ in {"POS", "IN", "CC", "HYPH", "."} for t in words
    ) and any(t.tag_.startswith("NN") for t in words):
        return TokenSpan(start, end)
    return None


def _find_presented(sentence: Span) -> Token | None:
    """Return the Roe of “Here is Ann Roe, speaking in Olden on Monday:”."""
    first = sentence.doc[sentence.start]
    if first.lower_ != "here" or first.head.i != first.i + 1:
        return None
    shown = next((c for c in first.head.rights if c.dep_ in {"nsubj", "attr"}), None)
    return shown if shown is not None and shown.tag_.startswith("NNP") else None


def find_by_colon_before(paragraph: Paragraph, words: TokenSpan) -> AttributionRelation | None:
    """“From the report: “…””; “Mayor Lee: “…””: a name and a colon."""
    doc = paragraph.doc
    colon = find_last_word(doc, words.start)
    if colon is None or colon.text != ":" or colon.i == paragraph.get_sentence(colon.i).start:
        return None
    head = _find_presented(paragraph.get_sentence(colon.i)) or doc[colon.i - 1]
    if not head.tag_.startswith("NN") or head.head.i > colon.i:
        return None
    if head.ent_type_ in {"DATE", "TIME"}:
        return None
    cue = TokenSpan(colon.i, colon.i + 1)
    return AttributionRelation(CueType.COLON, cue, mention_span(head), words, Hedge.REPORTED, head)
