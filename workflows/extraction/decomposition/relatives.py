"""Relative clauses told of their noun: "the mill, which burned in May"."""

from collections.abc import Iterator

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.decomposition.coordination import NOMINAL, is_long_enough
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Token
from workflows.extraction.text.lexicon import inflect_all, word_set
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import SUBJECTS, find_subject, is_finite

RELATIVE_SUBJECT = frozenset({"who", "which"})
RELATIVE_OBJECT = frozenset({"who", "whom", "which"})
NO_PERSONS = frozenset({"GPE", "LOC", "FAC", "DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"})
COMPARING = inflect_all("compare")
MEANING = inflect_all("mean make leave suggest indicate imply") | {"meant", "made", "left"}
LEADING = inflect_all("lead cause prompt trigger contribute result") | {"led"}
HARMING = inflect_all("kill injure wound destroy damage claim hurt displace") | {"hurt"}
"""What an event does, and no place or building."""
PLACING = word_set("on of in at near against from")
BEING = word_set("is was are were")
PEOPLE = word_set("those people persons women men patients children adults pupils workers")
WORKING = inflect_all(
    "employ create produce manufacture process supply treat serve house seat cost cover provide"
    " hold carry"
)
NAMES = frozenset({"NNP", "NNPS"})
LEFT = word_set("on at for with to of about from against into")
OFTEN = word_set("every each all")
"""Words of a time that no “on” stands before: “focuses on every day”."""
CHAMBERS = word_set("house senate parliament congress assembly commons lords knesset dáil")
PERIODS = word_set("period quarter year half season month week decade")
LASTING = inflect_all("end begin start close run cover")
PAIR = 2
NOBODY = word_set("lifetime memory history life career time years century age")
PICKING = word_set("first last only one next")
DOING = word_set("do does did done doing")
NO_PLACES = word_set(
    "help care work aid support advice therapy surgery training research time fun talks evidence"
)
DISPUTES = word_set(
    """
    debate dispute row fight argument battle war feud disagreement controversy conflict clash
    standoff discussion lawsuit quarrel negotiation
    """
)
"""“A debate over space, which has set tenants against builders”: the debate has."""
YEAR_DIGITS = 4


def is_elaboration(clause: Token) -> bool:
    """Return True if a relative clause stands after a comma, and so adds rather than picks out."""
    before = clause.left_edge.i - 1
    apart = before >= 0 and clause.doc[before].text in {",", "—", "–"} and is_finite(clause)
    return apart and not _is_picked_out(clause, before)


def _is_picked_out(clause: Token, comma: int) -> bool:
    """Return True for “the first mayor, at least in Dorn, who …”: the comma is an aside's."""
    noun = clause.head
    only = any(c.lower_ in PICKING or c.tag_ == "JJS" for c in noun.lefts)
    return only and comma > noun.i + 1 and clause.doc[noun.i + 1].text == ","


def is_sentential(clause: Token) -> bool:
    """Return True for "which led to a strike": told of all before it, not of its last noun."""
    first, noun = clause.left_edge, clause.head
    if first.lower_ != "which" or first.dep_ not in SUBJECTS or clause.dep_ != "relcl":
        return False
    if clause.lower_ in COMPARING:
        return True
    if noun.ent_type_ in {"DATE", "TIME"}:
        return clause.lower_ not in BEING
    stated = any(c.dep_ in {"ccomp", "oprd", "xcomp"} for c in clause.rights)
    return (clause.lower_ in MEANING and stated) or (
        clause.lower_ in LEADING and noun.dep_ in {"dobj", "attr"}
    )


def find_relative(clause: Token, inside: TokenSpan) -> Iterator[Statement]:
    """Yield a relative clause as a statement of what it hangs on: "the mill, which burned …"."""
    doc = clause.doc
    first = clause.left_edge
    words = trim_span(doc, first.i + 1, _find_relative_end(clause, inside))
    if words is None or not is_long_enough(doc, TokenSpan(words.start - 1, words.end)):
        return
    described = _span_all(clause, first) or mention_span(find_described(clause.head, first))
    denied = doc[described.start].lower_ == "not"  # “in Pell and not Dorn, whose port …”
    start = described.start + denied
    noun = trim_span(doc, start, min(described.end, max(first.i, start + 1)))
    if noun is None or not is_told_of(first, clause) or _has_outer_noun(first, clause):
        return
    if is_sentential(clause) or _is_place_who(first, clause):
        return
    if first.lower_ == "where" and find_subject(clause) is not None:
        amount = clause.head.tag_ == "CD" or clause.head.ent_type_ in {"MONEY", "PERCENT"}
        # “$3 million, where $4 million was expected” is at no place
        at = () if amount else (_choose_preposition(clause.head), noun)
        yield Statement(clause, words, parts=(words, *at))
    elif first.lower_ == "when" and find_subject(clause) is not None:
        told = _find_day(clause.head)
        if told is not None:  # “when Lee took office” alone says nothing that one could check
            yield Statement(clause, words, parts=(words, *told))
    elif first.tag_ == "WP$":
        owner = "’" if doc[noun.end - 1].tag_ == "NNS" else "’s"
        yield Statement(clause, words, parts=(noun, owner, words))
    elif first.lower_ in RELATIVE_SUBJECT and first.dep_ in SUBJECTS:
        yield Statement(clause, words, noun)
    elif _is_object(first, clause):
        left = _find_left_preposition(clause)
        verbal = [clause.i, *(c.i for c in clause.rights if c.dep_ == "prt")]
        gap = (left.i if left is not None else max(verbal)) + 1
        parts = (TokenSpan(words.start, gap), noun, TokenSpan(gap, words.end))
        yield Statement(clause, words, parts=tuple(p for p in parts if p.start < p.end))


def _is_place_who(relative: Token, clause: Token) -> bool:
    """Return True for “a clerk on Long Island, who gave $900”: the island gave nothing."""
    described = find_described(clause.head, relative)
    return relative.lower_ == "who" and described.ent_type_ in NO_PERSONS


def _is_object(relative: Token, clause: Token) -> bool:
    """Return True for “which Lee sold”; not for “saw the mill close, which it has done”."""
    told = relative.lower_ in RELATIVE_OBJECT and relative.dep_ == "dobj"
    return told and relative.head.i == clause.i and clause.lower_ not in DOING


def _find_left_preposition(clause: Token) -> Token | None:
    """Return the “on” of “which the press focuses on every day”, behind which its noun belongs."""
    for child in clause.rights:
        if child.dep_ == "prep" and child.lower_ in LEFT and child.i == clause.i + 1:
            held = next((c for c in child.rights if c.dep_ == "pobj"), None)
            often = held is not None and any(c.lower_ in OFTEN for c in held.lefts)
            return child if held is None or often else None
    return None


def _is_place(noun: Token) -> bool:
    """Return True unless something is told to be “where” that is no place: “for help, where”."""
    return noun.lower_ not in NO_PLACES and not noun.lower_.endswith(("ment", "tion", "ness"))


def _choose_preposition(place: Token) -> str:
    """“Unemployment in Pell, where …”: in Pell; else in a place of its own name, at any other."""
    if place.dep_ == "pobj" and place.head.lower_ in {"in", "at", "on", "near"}:
        return place.head.lower_
    if place.lower_ in CHAMBERS:
        return "in"
    named = place.tag_ == "NNP" and place.ent_type_ not in {"ORG", "FAC"}
    return "in" if named or place.ent_type_ == "GPE" else "at"


def _find_day(head: Token) -> tuple[str, TokenSpan] | None:
    """“Since 2019, when …”: in 2019; “on Monday, when …”: on Monday."""
    if head.ent_type_ != "DATE" or not (head.tag_ == "NNP" or head.like_num):
        return None
    day = mention_span(head)
    numbers = [t for t in head.doc[day.start : day.end] if t.like_num]
    dated = any(len(number) < YEAR_DIGITS for number in numbers)
    return ("on" if dated or head.lower_.endswith("day") else "in"), day


def _find_relative_end(clause: Token, inside: TokenSpan) -> int:
    """Return where a clause between commas ends: "the hall, where 400 can sit, on Friday"."""
    end = min(clause.right_edge.i + 1, inside.end)
    for token in clause.doc[clause.i + 1 : end - 1]:
        if token.text == "," and token.nbor().tag_ == "IN":
            return token.i
    return end


def is_told_of(relative: Token, clause: Token) -> bool:
    """Return True if a relative clause can tell of its noun: by its kind and number."""
    noun = clause.head
    if relative.lower_ == "where" and not _is_place(noun):
        return False
    last = relative.nbor(-PAIR) if relative.i >= PAIR else noun
    if last.lower_ in PERIODS and last.i != noun.i and clause.lower_ in LASTING:
        return False  # “Revenue in the period, which ended in May”: the period did
    if noun.tag_ not in NOMINAL or _is_of_another_kind(relative, noun):
        return False
    if relative.dep_ not in SUBJECTS:
        return True
    verbs = [t for t in (clause, *clause.lefts) if t.tag_ in {"VBZ", "VBP"}]
    plural = noun.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "conj" for c in noun.rights)
    if noun.tag_ not in {"NN", "NNS"}:
        one = noun.tag_ == "NNP" and noun.dep_ == "pobj" and relative.lower_ == "which"
        return not (one and not plural and any(t.tag_ == "VBP" for t in verbs))
    past = next((t.lower_ for t in (clause, *clause.lefts) if t.lower_ in {"was", "were"}), None)
    disagrees = past is not None and (past == "was") == plural
    return not disagrees and not any((t.tag_ == "VBZ") == plural for t in verbs)


def _is_of_another_kind(relative: Token, noun: Token) -> bool:
    """Return True for “a meeting with Lee, which”, “the consulate in Dorn, which employs 34”."""
    if relative.lower_ == "which" and _find_event(noun, relative) is None:
        if _is_place_of(noun):
            return not _is_of_works(relative)
        return noun.ent_type_ in {"PERSON", "MONEY", "PERCENT"}
    if relative.lower_ == "who" and noun.lower_ in NOBODY:
        return True
    return relative.lower_ == "who" and noun.ent_type_ in NO_PERSONS and noun.dep_ != "pobj"


def _is_of_works(relative: Token) -> bool:
    """Return True if a clause tells what a plant, an office or a hall does, and no town."""
    return relative.head.lower_ in WORKING and relative.dep_ in SUBJECTS


def _is_place_of(noun: Token) -> bool:
    """Return True if a name only tells where another noun stands, which may be meant as well."""
    if (
        noun.dep_ != "pobj"
        or noun.tag_ not in NAMES
        or noun.head.lower_ not in {"in", "at", "near"}
    ):
        return False
    before = noun.head.nbor(-1) if noun.head.i else noun
    return before.tag_ in {"NN", "NNS"} and before.dep_ != "pobj"


def _has_outer_noun(relative: Token, clause: Token) -> bool:
    """Return True if a clause may as well tell of a noun farther off.

    “Loopholes that let firms pay no tax, which cost the state …”: the loopholes, or the tax.
    """
    if relative.lower_ != "which" or relative.dep_ not in SUBJECTS:
        return False
    at = clause.head
    while at.head.i < at.i and at.dep_ != "relcl":
        at = at.head
    outer, verb = at.head, relative.head
    if at.dep_ != "relcl" or outer.tag_ not in NOMINAL:
        return False
    finite = next((c for c in verb.lefts if c.dep_ in {"aux", "auxpass"}), verb)
    one = finite.tag_ == "VBZ" or finite.lower_ == "was"
    several = finite.tag_ == "VBP" or finite.lower_ == "were"
    return not (one or several) or (outer.tag_ in {"NNS", "NNPS"}) == several


def _find_event(noun: Token, relative: Token) -> Token | None:
    """Return the head of “the raid on the mill in Dorn, which led to nine deaths”: the raid did.

    None where a clause tells nothing that only an event does, or its noun stands alone.
    """
    verb, outer = relative.head, noun.head.head
    if noun.dep_ == "pobj" and noun.head.lower_ in {"over", "about"} and outer.lower_ in DISPUTES:
        return outer
    if verb.lower_ not in LEADING | HARMING or relative.dep_ not in SUBJECTS:
        return None
    at = noun
    while at.dep_ == "pobj" and at.head.i > 0:
        before = at.head.nbor(-1)
        if at.head.lower_ not in PLACING or before.tag_ not in NOMINAL or before.tag_ == "CD":
            break
        at = before
    return at if at.i != noun.i and at.tag_ in {"NN", "NNS"} else None


def _span_all(clause: Token, relative: Token) -> TokenSpan | None:
    """Return “a charge and a fee” before “which were paid”: one of them alone was not."""
    noun = clause.head
    finite = next((c for c in clause.lefts if c.dep_ in {"aux", "auxpass"}), clause)
    several = finite.lower_ in {"were", "are", "have"} and relative.dep_ in SUBJECTS
    if not several or noun.tag_ != "NN" or not any(c.dep_ == "conj" for c in noun.rights):
        return None
    return TokenSpan(noun.left_edge.i, relative.i)


def find_described(noun: Token, relative: Token) -> Token:
    """Of what a relative clause tells: "who" is no event, but those at it."""
    event = _find_event(noun, relative) if relative.lower_ == "which" else None
    if event is not None:
        return event
    if relative.lower_ == "which" and _is_place_of(noun) and _is_of_works(relative):
        return noun.head.nbor(-1)  # “a plant in Ohio, which employs 34”
    if relative.lower_ != "who" or noun.ent_type_ == "PERSON" or noun.dep_ != "pobj":
        return noun
    holder = noun.head.head
    if holder.lower_ in PEOPLE:
        return holder  # “those with good habits, who don’t smoke”
    if noun.tag_ in NAMES and noun.head.lower_ in {"of", "from"} and holder.tag_ == "NNP":
        return holder  # “Ann Lee of the Olden Trust, who …”
    before = noun.doc[max(0, noun.head.i - 1)]  # the parser hangs "during the war" anywhere
    return before if noun.tag_ == "NNP" and before.tag_ == "NNS" else noun
