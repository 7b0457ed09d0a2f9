"""Statements in a stretch of text: coordinated, contrasted and accompanying clauses, each alone."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from workflows.extraction.attribution.factuality import is_negative
from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.claims.circumstances import share_circumstances
from workflows.extraction.claims.ellipsis import find_elliptic
from workflows.extraction.claims.statement import Statement
from workflows.extraction.text.lexicon import VERB_FORMS, inflect_all, word_set
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan, is_edge, trim_span
from workflows.extraction.text.syntax import SUBJECTS, find_subject, is_finite

CONTRAST = frozenset({"while", "although", "though", "whereas"})
HELPERS = frozenset({"aux", "auxpass"})
HINTS = frozenset({"relcl", "ccomp", "mark"})
NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "CD"})
RELATIVE_SUBJECT = frozenset({"who", "which"})
RELATIVES = frozenset({"which", "who", "whose"})
RELATIVE_OBJECT = frozenset({"who", "whom", "which"})
NO_PERSONS = frozenset({"GPE", "LOC", "FAC", "DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"})
COMPARING = inflect_all("compare")
MEANING = inflect_all("mean make leave suggest indicate imply") | {"meant", "made", "left"}
LEADING = inflect_all("lead cause prompt trigger contribute result") | {"led"}
BEING = word_set("is was are were")
COUNTED = frozenset({"CD", "NN", "NNS"})
TOLLS = word_set(
    """
    wounded injured hurt killed arrested detained rescued evacuated destroyed damaged fined jailed
    dismissed charged infected displaced captured seized sentenced released hospitalised
    hospitalized treated
    """
)
"""What is done to those who are counted: “21 wounded” is a passive, whatever the parser thinks."""
AGREEING = {True: {"were": "was", "have": "has"}, False: {"was": "were", "has": "have"}}
"""Helping verbs lent to one, and to several."""
YEAR_DIGITS = 4
FEWEST = 4
"""Words a statement needs at least."""


ONLY_PARTICIPLES = word_set(
    """
    taken given seen driven shown written spoken broken chosen stolen frozen known grown thrown
    flown drawn blown worn torn sworn begun sunk done gone been fallen eaten beaten hidden ridden
    risen forgotten shaken woven bitten forbidden forgiven mistaken overtaken withdrawn undertaken
    """
)
"""Irregular participles that are no past tense."""


def find_statements(
    paragraph: Paragraph, content: TokenSpan, asides: tuple[TokenSpan, ...] = ()
) -> list[Statement]:
    """Return the statements in a stretch, in order; the first part of each sentence comes first."""
    found: list[Statement] = []
    doc = paragraph.doc
    for sentence in paragraph.get_sentences(content):
        start, end = max(sentence.start, content.start), min(sentence.end, content.end)
        start, end = _cut_asides(start, end, asides)
        inside = trim_span(doc, start, end)
        if inside is not None:
            found.extend(_find_in_sentence(paragraph, inside))
    return found


def _cut_asides(start: int, end: int, asides: tuple[TokenSpan, ...]) -> tuple[int, int]:
    """Return a stretch cut free of the asides at its ends: what stands there is not said."""
    for aside in asides:
        if start < aside.start < end <= aside.end:
            end = aside.start
        elif aside.start <= start < aside.end < end:
            start = aside.end
    return start, end


def _find_in_sentence(paragraph: Paragraph, inside: TokenSpan) -> list[Statement]:
    doc = paragraph.doc
    root = _find_main_verb(doc, inside)
    if root is None:
        return []
    hints = [t for t in paragraph.tokens[inside.start : inside.end] if t.dep_ in HINTS]
    found = {
        clause.root.i: clause
        for verb in (root, *_find_further_verbs(root, inside, hints))
        for clause in _find_clauses(verb, inside, hints)
    }
    clauses = sorted(found.values(), key=lambda c: c.words.start)
    relative = {t.i for t in hints if t.dep_ == "relcl"}
    relative |= {t.head.i for t in hints if t.lower_ == "after"}
    cut = [_cut_others(doc, _cut_sentential(doc, each, hints), clauses) for each in clauses]
    return share_circumstances(doc, inside, find_elliptic(paragraph, inside, cut), relative)


def _find_main_verb(doc: Doc, inside: TokenSpan) -> Token | None:
    """Return the finite verb (or its participle) that heads a stretch."""
    root = doc[inside.start : inside.end].root
    if is_finite(root):
        return root
    if root.tag_ == "VB" and any(c.tag_ == "TO" for c in root.lefts):
        return None  # “urged him to admit that …”: what is to be admitted was not told
    if is_negative(root):
        return None  # “no proof that it sank”: that it sank was not told
    for token in doc[inside.start : inside.end]:
        hangs_on_it = token.dep_ in {"ccomp", "acl", "relcl", "conj"} and token.head.i == root.i
        subject = find_subject(token) if hangs_on_it and is_finite(token) else None
        if subject is not None and subject.lower_ not in RELATIVES:
            return token
    return None


def _find_further_verbs(root: Token, inside: TokenSpan, hints: list[Token]) -> Iterator[Token]:
    """“Said it rained, the sea rose and …”: clauses that hang, like the first, on what is around.

    Or on the last of them, before it.
    """
    for token in hints:
        if token.dep_ != "ccomp" or token.i == root.i or not is_finite(token):
            continue
        beside = not inside.has(token.head.i) and token.i > root.i
        before = token.head.i > token.i and token.head.lower_ not in VERB_FORMS
        if before and token.lower_ in VERB_FORMS:
            continue  # “Lee told the council, the port had closed”
        if (beside or before) and find_subject(token) is not None:
            yield token


def _find_clauses(root: Token, inside: TokenSpan, hints: list[Token]) -> Iterator[Statement]:
    """Yield the main clause and all that can be told apart from it.

    `hints` are the clauses and conjunctions inside: looked for once, not for each verb.
    """
    yield Statement(root, _get_span(root, inside))
    lent = find_subject(root)
    subject = TokenSpan(lent.left_edge.i, lent.right_edge.i + 1) if lent is not None else None
    verb: Token | None = root
    whole = _is_alternative(root)
    while verb is not None:
        yield from _find_beside(verb, subject, inside, hints)
        following = next((c for c in verb.rights if c.dep_ == "conj" and _is_verb(c)), None)
        if following is not None and inside.has(following.i) and not whole:
            yield from _find_coordinated(root, following, subject, inside)
        verb = following
    yield from _find_second_that(root, inside, hints)


def _is_verb(token: Token) -> bool:
    return is_finite(token) or _shares_helper(token)


def _shares_helper(verb: Token) -> bool:
    """Return True for "cut" in "has closed 40 branches and cut 300 jobs"."""
    first = verb.head
    helped = any(c.dep_ in HELPERS for c in first.lefts)
    own = any(c.dep_ in HELPERS for c in verb.lefts) or find_subject(verb) is not None
    tag = "VBN" if verb.lower_ in ONLY_PARTICIPLES else verb.tag_  # the tagger takes some for VBD
    return tag in {"VBN", "VB", "VBG"} and tag == first.tag_ and helped and not own


def _is_alternative(verb: Token) -> bool:
    """Return True if "or" joins a verb to another: who says one or the other says neither."""
    return any(
        token.lower_ in {"or", "nor", "either"} and token.dep_ in {"cc", "preconj"}
        for link in _iter_chain(verb)
        for token in link.children
    )


def _iter_chain(verb: Token) -> Iterator[Token]:
    """Yield a verb and those coordinated with it."""
    link: Token | None = verb
    while link is not None:
        yield link
        link = next((c for c in link.rights if c.dep_ == "conj" and c.tag_.startswith("VB")), None)


def _find_coordinated(
    root: Token, verb: Token, subject: TokenSpan | None, inside: TokenSpan
) -> Iterator[Statement]:
    own = find_subject(verb)
    if own is None and subject is None:
        return
    words = _get_span(verb, inside)
    if not _is_telling(verb, words) and not _is_countered(verb):
        return
    if own is not None and _lacks_helper(root, verb, own):
        yield Statement(verb, words, parts=_lend_to_count(root, verb, own, words))
    elif own is not None:
        yield Statement(verb, words)
    else:
        yield Statement(verb, words, subject, _lend_helpers(root, verb))


def _is_countered(verb: Token) -> bool:
    """Return True for "denied the offence" behind "but": short, and yet the other half."""
    but = any(c.dep_ == "cc" and c.lower_ == "but" for c in verb.head.rights if c.i < verb.i)
    told = verb.lower_ in VERB_FORMS  # “denied it” is a saying of its own
    return but and not told and any(c.dep_ == "dobj" and c.tag_ in NOMINAL for c in verb.rights)


def _lacks_helper(first: Token, verb: Token, own: Token) -> bool:
    """Return True for "21 wounded" in "four soldiers had been killed and 21 wounded"."""
    passive = any(c.dep_ == "auxpass" for c in first.lefts)
    bare = not any(c.dep_ in HELPERS for c in verb.lefts)
    bare = bare and not any(c.dep_ == "dobj" for c in verb.rights)
    return passive and bare and verb.lower_ in TOLLS and own.i < verb.i and own.tag_ in COUNTED


def _lend_to_count(
    first: Token, verb: Token, own: Token, words: TokenSpan
) -> tuple[TokenSpan | str, ...]:
    """Return a count with the noun and the helping verbs of the clause before it."""
    counted = find_subject(first)
    noun: tuple[TokenSpan, ...] = ()
    if own.tag_ == "CD" and not list(own.children) and counted is not None:
        noun = (TokenSpan(counted.i, counted.i + 1),) if counted.tag_ == "NNS" else ()
    single = own.lower_ == "one" or own.tag_ == "NN"
    agreeing = AGREEING[single]
    helpers = [agreeing.get(c.lower_, c.text) for c in first.lefts if c.dep_ in HELPERS]
    return (
        TokenSpan(words.start, own.i + 1),
        *noun,
        " ".join(helpers),
        TokenSpan(verb.i, words.end),
    )


def _lend_helpers(first: Token, verb: Token) -> str:
    """The helping verbs of the first of two verbs, where the second has none: "was … and sold"."""
    if not _shares_helper(verb):
        return ""
    return " ".join(c.text for c in first.lefts if c.dep_ in HELPERS)


def _is_telling(verb: Token, words: TokenSpan) -> bool:
    """Return True if a clause is long enough, or short with a figure or name: "killed 14 men"."""
    tokens = verb.doc[words.start : words.end]
    told = any(t.tag_ in {"CD", "NNP"} for t in tokens) and words.length > 1
    return told or _is_long_enough(verb.doc, words)


def _find_second_that(root: Token, inside: TokenSpan, hints: list[Token]) -> Iterator[Statement]:
    """“…, and that …”: a further clause of the same content, wherever the parser hung it."""
    doc = root.doc
    for token in hints:
        if not inside.start < token.i < inside.end - FEWEST:
            continue
        joined = doc[token.i - 1].dep_ == "cc" and doc[token.i - 1].lower_ != "or"
        if token.lower_ == "that" and token.dep_ == "mark" and joined:
            verb = token.head
            if verb.i > token.i and verb.i != root.i and is_finite(verb) and find_subject(verb):
                words = trim_span(doc, token.i + 1, min(verb.right_edge.i + 1, inside.end))
                if words is not None:
                    yield Statement(verb, words)


def _find_beside(
    verb: Token, subject: TokenSpan | None, inside: TokenSpan, hints: list[Token]
) -> Iterator[Statement]:
    """Clauses that accompany a verb: contrasts, "with … doing", times and persons told more of."""
    for child in verb.children:
        if not inside.has(child.i):
            continue
        if child.dep_ == "advcl" and _is_contrast(child):
            yield Statement(child, _get_span(child, inside))
        elif child.dep_ == "advcl" and _is_told_before(child):
            told = _get_span(child, inside)
            yield Statement(child, told, parts=(TokenSpan(told.start + 1, told.end),))
        elif child.dep_ == "prep" and child.lower_ == "with":
            yield from _find_with_phrase(child, subject, inside)
    words = _get_span(verb, inside)
    for token in hints:
        if not words.has(token.i):
            continue
        if (
            token.dep_ == "relcl"
            and _is_attached_beside(token.head, verb)
            and is_elaboration(token)
        ):
            yield from find_relative(token, inside)
            yield from _find_second_relative(token, inside)


def _find_second_relative(clause: Token, inside: TokenSpan) -> Iterator[Statement]:
    """“The fire, which began in a bakery and killed nine”: the second half as well."""
    verb = next((c for c in clause.rights if c.dep_ == "conj" and _is_verb(c)), None)
    first = clause.left_edge
    if verb is None or _is_alternative(clause) or find_subject(verb) is not None:
        return
    if first.lower_ in RELATIVE_SUBJECT and first.dep_ in SUBJECTS and _is_told_of(first, clause):
        words = _get_span(verb, inside)
        noun = mention_span(_find_described(clause.head, first))
        if _is_telling(verb, words):
            yield Statement(verb, words, noun, _lend_helpers(clause, verb))


def _is_attached_beside(noun: Token, verb: Token) -> bool:
    """Return True if a noun stands behind a verb, or in its subject."""
    subject = find_subject(verb)
    return noun.i > verb.i or (
        subject is not None and subject.left_edge.i <= noun.i <= subject.right_edge.i
    )


def _is_told_before(clause: Token) -> bool:
    """Return True for ", after claims rose to 900": what had happened, with its figure."""
    first = clause.left_edge
    behind_comma = first.i > 0 and first.nbor(-1).text == ","
    past = clause.tag_ == "VBD" or any(c.lower_ == "had" and c.dep_ == "aux" for c in clause.lefts)
    return (
        first.lower_ == "after"
        and first.dep_ == "mark"
        and behind_comma
        and past
        and find_subject(clause) is not None
        and any(t.tag_ == "CD" for t in clause.subtree)
    )


def _is_contrast(clause: Token) -> bool:
    marked = any(t.dep_ == "mark" and t.lower_ in CONTRAST for t in clause.lefts)
    return marked and is_finite(clause) and find_subject(clause) is not None


def _find_with_phrase(
    preposition: Token, subject: TokenSpan | None, inside: TokenSpan
) -> Iterator[Statement]:
    """“With some forty of them repairing …”; “with 900 in its reserve”."""
    doc = preposition.doc
    for child in preposition.rights:
        if child.dep_ == "pcomp" and child.tag_ == "VBG":
            own = next((c for c in child.lefts if c.dep_ == "nsubj"), None)
            if own is not None:
                lead = "is" if own.tag_ in {"NN", "NNP"} else "are"
                words = TokenSpan(child.left_edge.i, min(child.right_edge.i + 1, inside.end))
                yield Statement(child, words, lead=lead)
        elif child.dep_ == "pobj" and child.tag_ == "CD" and subject is not None:
            having = trim_span(
                doc, preposition.i + 1, min(preposition.right_edge.i + 1, inside.end)
            )
            if having is not None and _is_long_enough(doc, having):
                lead = "have" if doc[subject.start : subject.end].root.tag_.endswith("S") else "has"
                yield Statement(child, having, subject, lead)


def is_elaboration(clause: Token) -> bool:
    """Return True if a relative clause stands after a comma, and so adds rather than picks out."""
    before = clause.left_edge.i - 1
    return before >= 0 and clause.doc[before].text in {",", "—", "–"} and is_finite(clause)


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


def _cut_sentential(doc: Doc, statement: Statement, hints: list[Token]) -> Statement:
    """Return a statement without what is told of all of it at its end: nobody could read it alone.

    “The firm cut 300 jobs, which led to a strike”.
    """
    for clause in hints:
        start = clause.left_edge.i
        behind = statement.root.i < start < statement.words.end <= clause.right_edge.i + 1
        if behind and is_elaboration(clause) and is_sentential(clause):
            words = trim_span(doc, statement.words.start, start)
            return replace(statement, words=words or statement.words)
    return statement


def find_relative(clause: Token, inside: TokenSpan) -> Iterator[Statement]:
    """Yield a relative clause as a statement of what it hangs on: "the mill, which burned …"."""
    doc = clause.doc
    first = clause.left_edge
    words = trim_span(doc, first.i + 1, _find_relative_end(clause, inside))
    if words is None or not _is_long_enough(doc, TokenSpan(words.start - 1, words.end)):
        return
    noun = mention_span(_find_described(clause.head, first))
    if not _is_told_of(first, clause) or _has_outer_noun(first, clause):
        return
    if is_sentential(clause):
        return
    if first.lower_ == "where" and find_subject(clause) is not None:
        yield Statement(clause, words, parts=(words, _choose_preposition(clause.head), noun))
    elif first.lower_ == "when" and find_subject(clause) is not None:
        told = _find_day(clause.head)
        if told is not None:  # “when Lee took office” alone says nothing that one could check
            yield Statement(clause, words, parts=(words, *told))
    elif first.tag_ == "WP$":
        owner = "’" if doc[noun.end - 1].tag_ == "NNS" else "’s"
        yield Statement(clause, words, parts=(noun, owner, words))
    elif first.lower_ in RELATIVE_SUBJECT and first.dep_ in SUBJECTS:
        yield Statement(clause, words, noun)
    elif first.lower_ in RELATIVE_OBJECT and first.dep_ == "dobj" and first.head.i == clause.i:
        gap = max([clause.i, *(c.i for c in clause.rights if c.dep_ == "prt")]) + 1
        parts = (TokenSpan(words.start, gap), noun, TokenSpan(gap, words.end))
        yield Statement(clause, words, parts=tuple(p for p in parts if p.start < p.end))


def _choose_preposition(place: Token) -> str:
    """“Unemployment in Pell, where …”: in Pell; else in a place of its own name, at any other."""
    if place.dep_ == "pobj" and place.head.lower_ in {"in", "at", "on", "near"}:
        return place.head.lower_
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


def _is_told_of(relative: Token, clause: Token) -> bool:
    """Return True if a relative clause can tell of its noun: by its kind and number."""
    noun = clause.head
    if noun.tag_ not in NOMINAL:
        return False
    if relative.lower_ == "which" and noun.ent_type_ == "PERSON":
        return False  # “a meeting with Lee, which took place in May”
    if relative.lower_ == "who" and noun.ent_type_ in NO_PERSONS and noun.dep_ != "pobj":
        return False
    if relative.dep_ not in SUBJECTS:
        return True
    verbs = [t for t in (clause, *clause.lefts) if t.tag_ in {"VBZ", "VBP"}]
    plural = noun.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "conj" for c in noun.rights)
    if noun.tag_ not in {"NN", "NNS"}:
        return True
    return not any((t.tag_ == "VBZ") == plural for t in verbs)


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


def _find_described(noun: Token, relative: Token) -> Token:
    """Of what a relative clause tells: "who" is no event, but those at it."""
    if relative.lower_ != "who" or noun.ent_type_ == "PERSON" or noun.dep_ != "pobj":
        return noun
    before = noun.doc[max(0, noun.head.i - 1)]  # the parser hangs "during the war" anywhere
    return before if noun.tag_ == "NNP" and before.tag_ == "NNS" else noun


def _get_span(verb: Token, inside: TokenSpan) -> TokenSpan:
    start, end = max(verb.left_edge.i, inside.start), min(verb.right_edge.i + 1, inside.end)
    return trim_span(verb.doc, start, end) or TokenSpan(verb.i, verb.i + 1)


def _is_long_enough(doc: Doc, words: TokenSpan) -> bool:
    return sum(1 for t in doc[words.start : words.end] if not t.is_punct) >= FEWEST


def _cut_others(doc: Doc, clause: Statement, all_of_them: list[Statement]) -> Statement:
    """Return a clause cut free of the clauses that became statements of their own."""
    others = [
        o.words
        for o in all_of_them
        if o is not clause and clause.words.contains(o.words) and o.words != clause.words
    ]
    start, end = clause.words
    within: list[TokenSpan] = []
    for other in sorted(others, key=lambda w: w.start):
        if other.start > clause.root.i and _is_inserted(doc, other, clause.words, others):
            within.append(TokenSpan(other.start - 1, other.end))
        elif other.start > clause.root.i:
            end = min(end, other.start)
        elif other.end < clause.root.i and other.start <= start + 1:
            start = max(start, other.end)
        elif other.end < clause.root.i:
            within.append(TokenSpan(other.start - 1, other.end))
    words = trim_span(doc, start, end) or clause.words
    bare = _cut_loose_ends(doc, words)
    kept = tuple(gap for gap in within if bare.contains(gap))
    if (bare, kept) == (clause.words, clause.without):
        return clause
    return replace(clause, words=bare, without=kept)


def _is_inserted(doc: Doc, other: TokenSpan, words: TokenSpan, others: list[TokenSpan]) -> bool:
    """Return True if a clause goes on behind a relative one: "sold the mill, which burned, to"."""
    closed = other.end < words.end and doc[other.end].text in {",", "—", "–"}
    if not closed or not doc[other.start - 1].tag_.startswith("W"):
        return False
    rest = [t for t in doc[other.end : words.end] if not t.is_punct and not t.is_space]
    beside = any(
        o.start > other.start and o.overlaps(TokenSpan(other.end, words.end)) for o in others
    )
    return bool(rest) and not beside


LOOSE = frozenset(
    {"that", "and", "but", "or", "with", "who", "whose", "whom", "which", "when", "where", "while"}
    | {"though"}
)


def _cut_loose_ends(doc: Doc, words: TokenSpan) -> TokenSpan:
    """Without the conjunction left at the end."""
    end = words.end
    while end > words.start + 1 and (doc[end - 1].lower_ in LOOSE or is_edge(doc[end - 1])):
        end -= 1
    return TokenSpan(words.start, end)


def isolate(doc: Doc, stretch: TokenSpan, asides: tuple[TokenSpan, ...]) -> TokenSpan:
    """A stretch as what it says can be read alone: without asides and loose words at its ends."""
    start, end = _cut_asides(stretch.start, stretch.end, asides)
    inside = trim_span(doc, start, end) or stretch
    return _cut_loose_ends(doc, inside)
