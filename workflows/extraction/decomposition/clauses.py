"""Statements in a stretch of text: coordinated, contrasted and accompanying clauses, each alone."""

from collections.abc import Iterator
from dataclasses import replace

from workflows.extraction.attribution.factuality import is_negative
from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.decomposition.appositives import split_opening
from workflows.extraction.decomposition.circumstances import share_circumstances
from workflows.extraction.decomposition.coordination import (
    FEWEST,
    find_clause_span,
    find_coordinated,
    is_alternative,
    is_joined_verb,
    is_long_enough,
    is_telling,
    lend_helpers,
    shares_object,
)
from workflows.extraction.decomposition.ellipsis import find_elliptic
from workflows.extraction.decomposition.measured import MEASURED
from workflows.extraction.decomposition.relatives import (
    RELATIVE_SUBJECT,
    find_described,
    find_relative,
    is_elaboration,
    is_sentential,
    is_told_of,
)
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token, find_root
from workflows.extraction.text.lexicon import SHARES, VERB_FORMS, word_set
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan, is_edge, subtree_span, trim_span
from workflows.extraction.text.syntax import FINITE, HELPERS, SUBJECTS, find_subject, is_finite
from workflows.extraction.text.verb_forms import find_past, form_past

CONTRAST = frozenset({"while", "although", "though", "whereas"})
HINTS = frozenset({"relcl", "ccomp", "mark", "conj"})
CLOSING = {"”": "“", '"': '"', "’’": "‘‘"}
RELATIVES = frozenset({"which", "who", "whose"})
SOURCELESS = word_set("giving citing naming elaborating providing specifying offering identifying")
"""What one who tells something does, and not what is told of."""
LASTING = word_set(
    "remained waited slept worked stayed lay sat stood searched watched looked listened"
)
"""What somebody did “while” something happened."""
DECIDING = word_set(
    """
    accepting adopting approving awarding choosing dismissing electing passing refusing rejecting
    upholding voting winning
    """
)
"""What is done at once, and not while something else is."""


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
    hints = [t for t in paragraph.doc[inside.start : inside.end] if t.dep_ in HINTS]
    found = {
        clause.root.i: clause
        for verb in (root, *_find_further_verbs(root, inside, hints))
        for clause in _find_clauses(verb, inside, hints)
    }
    clauses = sorted(found.values(), key=lambda c: c.words.start)
    relative = {t.i for t in hints if t.dep_ == "relcl"}
    relative |= {t.head.i for t in hints if t.lower_ == "after"}
    cut = [_cut_others(doc, _cut_sentential(doc, each, hints), clauses) for each in clauses]
    if "without" in paragraph.words[inside.start : inside.end]:
        cut = [_cut_sourceless(doc, each) for each in cut]
    straight = [_set_straight(doc, each) for each in cut]
    named = [part for statement in straight for part in split_opening(doc, statement)]
    told = _lend_base(find_elliptic(paragraph, inside, named))
    return share_circumstances(doc, inside, told, relative)


def _lend_base(statements: list[Statement]) -> list[Statement]:
    """Return the statements of a sentence, those of a bare share with what the last was a share of.

    “62 percent of those were Lee’s supporters, while 10 percent were Roe’s”: of those, too.
    """
    subjects = [(each, find_subject(each.root)) for each in statements]
    shares = [share for _, share in subjects if share is not None and _is_share(share)]
    bases = [
        (share.i, base)
        for share in sorted(shares, key=lambda share: share.i)
        if (base := _find_base(share)) is not None
    ]
    found: list[Statement] = []
    for statement, share in subjects:
        own = share in shares and not (statement.parts or statement.subject)
        before = [base for at, base in bases if share is not None and at < share.i]
        bare = own and share is not None and _find_base(share) is None and not any(share.rights)
        if before and share is not None and bare and statement.words.start < share.i:
            words, end, base = statement.words, share.i + 1, before[-1]
            parts = (
                TokenSpan(words.start, end),
                "of",
                TokenSpan(base.start + 1, base.end),
                TokenSpan(end, words.end),
            )
            found.append(replace(statement, parts=parts))
        else:
            found.append(statement)
    return found


def _is_share(noun: Token) -> bool:
    """Return True for “a third”, “12 percent”; not for “the second half”."""
    return noun.lower_ in SHARES and not any(c.lower_ == "the" for c in noun.lefts)


def _find_base(share: Token) -> TokenSpan | None:
    """Return the “of those” of a share, also where it opens the clause: “Of those, 40 …”."""
    near = (*share.rights, *share.head.lefts)
    of = next((c for c in near if c.lower_ in {"of", "among"} and c.dep_ == "prep"), None)
    return subtree_span(of) if of is not None else None


def _is_condition(clause: Token) -> bool:
    """Return True for “were Lee to win, …”, which only says on what condition something is."""
    first, subject = clause.left_edge, find_subject(clause)
    inverted = first.lower_ in {"were", "had", "should"} and subject is not None
    return inverted and subject is not None and first.i < subject.i and clause.head.i > clause.i


def _find_main_verb(doc: Doc, inside: TokenSpan) -> Token | None:
    """Return the finite verb (or its participle) that heads a stretch."""
    root = find_root(doc[inside.start : inside.end])
    if is_finite(root):
        return root
    if root.tag_ == "VB" and any(c.tag_ == "TO" for c in root.lefts):
        return None  # “urged him to admit that …”: what is to be admitted was not told
    if is_negative(root):
        return None  # “no proof that it sank”: that it sank was not told
    for token in doc[inside.start : inside.end]:
        hangs_on_it = token.dep_ in {"ccomp", "acl", "relcl", "conj"} and token.head.i == root.i
        subject = find_subject(token) if hangs_on_it and is_finite(token) else None
        owned = subject is not None and any(c.tag_ == "WP$" for c in subject.lefts)
        if subject is not None and subject.lower_ not in RELATIVES and not owned:
            return token
    return None


def _find_further_verbs(root: Token, inside: TokenSpan, hints: list[Token]) -> Iterator[Token]:
    """“Said it rained, the sea rose and …”: clauses that hang, like the first, on what is around.

    Or on the last of them, before it.
    """
    for token in hints:
        if token.i == root.i or not is_finite(token) or _is_condition(token):
            continue
        if token.dep_ == "conj" and token.head.i < inside.start and token.tag_.startswith("VB"):
            if find_subject(token) is not None:  # “says it rained, and the sea has risen”
                yield token
            continue
        if token.dep_ != "ccomp":
            continue
        beside = not inside.has(token.head.i) and token.i > root.i
        before = token.head.i > token.i and token.head.lower_ not in VERB_FORMS
        parted = any(t.text == ";" for t in token.doc[token.i : max(token.i, token.head.i)])
        if before and token.lower_ in VERB_FORMS and not parted:
            continue  # “Lee told the council, the port had closed”
        if (beside or before) and find_subject(token) is not None:
            yield token


def _find_clauses(root: Token, inside: TokenSpan, hints: list[Token]) -> Iterator[Statement]:
    """Yield the main clause and all that can be told apart from it.

    `hints` are the clauses and conjunctions inside: looked for once, not for each verb.
    """
    yield Statement(root, find_clause_span(root, inside))
    lent = find_subject(root)
    subject = _span_subject(lent, root) if lent is not None else None
    verb: Token | None = root
    first = root
    whole = is_alternative(root)
    while verb is not None:
        yield from _find_beside(verb, subject, inside, hints)
        following = next((c for c in verb.rights if c.dep_ == "conj" and is_joined_verb(c)), None)
        joined = following is not None and not whole and not shares_object(verb, following)
        if joined and following is not None and inside.has(following.i):
            yield from find_coordinated(first, following, subject, inside)
        verb = following
        own = find_subject(verb) if verb is not None else None
        if verb is not None and own is not None:  # whose the verbs behind it are, too
            first, subject = verb, _span_subject(own, verb)
    yield from _find_second_that(root, inside, hints)


def _span_subject(subject: Token, verb: Token) -> TokenSpan:
    """Return the words of a subject up to its verb, whatever the parser hung on it behind that."""
    span = TokenSpan(subject.left_edge.i, subject.right_edge.i + 1)
    if not subject.i < verb.i < span.end:
        return span
    helpers = (c.i for c in verb.lefts if c.dep_ in HELPERS and c.i > subject.i)
    return TokenSpan(span.start, min([verb.i, *helpers]))


def _find_second_that(root: Token, inside: TokenSpan, hints: list[Token]) -> Iterator[Statement]:
    """“…, and that …”: a further clause of the same content, wherever the parser hung it."""
    doc = root.doc
    for token in hints:
        if not inside.start < token.i < inside.end - FEWEST:
            continue
        before = doc[token.i - 1]
        listed = before.text == "," and any(
            t.lower_ == "that" and t.nbor(-1).lower_ == "and" for t in hints if t.i > token.i
        )
        joined = listed or (before.dep_ == "cc" and before.lower_ != "or")
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
    opening = (c for told in verb.lefts if told.dep_ == "csubj" for c in told.lefts)
    for child in (*opening, *verb.children):
        if not inside.has(child.i):
            continue
        if child.dep_ == "advcl" and _is_contrast(child):
            yield Statement(child, find_clause_span(child, inside))
        elif child.dep_ == "advcl" and (_is_told_before(child) or _is_told_meanwhile(child)):
            told = find_clause_span(child, inside)
            yield Statement(child, told, parts=(TokenSpan(told.start + 1, told.end),))
        elif child.dep_ == "prep" and child.lower_ == "with":
            yield from _find_with_phrase(child, subject, inside)
    words = find_clause_span(verb, inside)
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
    verb = next((c for c in clause.rights if c.dep_ == "conj" and is_joined_verb(c)), None)
    first = clause.left_edge
    if verb is None or is_alternative(clause):
        return
    own = find_subject(verb)
    again = own is not None and own.lower_ == first.lower_ and own.i == verb.left_edge.i
    if own is not None and not again:
        return
    if first.lower_ in RELATIVE_SUBJECT and first.dep_ in SUBJECTS and is_told_of(first, clause):
        words = find_clause_span(verb, inside)
        words = TokenSpan(words.start + again, words.end)
        noun = mention_span(find_described(clause.head, first))
        if is_telling(verb, words):
            yield Statement(verb, words, noun, lend_helpers(clause, verb))


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


def _is_told_meanwhile(clause: Token) -> bool:
    """Return True for “as the death toll passed 900”: a measure, with its figure."""
    first, subject = clause.left_edge, find_subject(clause)
    if first.lower_ != "as" or first.dep_ != "mark" or subject is None or not is_finite(clause):
        return False
    behind = first.i > clause.head.i and subject.lower_ in MEASURED
    return behind and any(t.tag_ == "CD" for t in clause.subtree if t.i > clause.i)


def _is_contrast(clause: Token) -> bool:
    marked = any(t.dep_ == "mark" and t.lower_ in CONTRAST for t in clause.lefts)
    told = marked and is_finite(clause) and find_subject(clause) is not None
    return told and not _is_meanwhile(clause)


def _is_meanwhile(clause: Token) -> bool:
    """Return True for “while police were searching the mill, a shot fell”: it tells when."""
    main, first = clause.head, clause.left_edge
    if first.lower_ != "while" or _is_lasting(main):
        behind = first.i > main.i and first.nbor(-1).text != "," and main.lower_ in LASTING
        return behind and first.lower_ == "while" and clause.tag_ == "VBD"
    past = main.tag_ == "VBD" or any(c.tag_ == "VBD" for c in main.lefts if c.dep_ in HELPERS)
    return past and _is_lasting(clause)


def _is_lasting(verb: Token) -> bool:
    """Return True for “was searching”, “remained at large”, “was in custody”."""
    helper = next((c for c in verb.lefts if c.dep_ in HELPERS and c.tag_ == "VBD"), None)
    if helper is not None:
        return verb.tag_ == "VBG"
    placed = verb.lower_ in {"was", "were"} and not any(
        c.dep_ in {"attr", "acomp"} for c in verb.rights
    )
    return verb.tag_ == "VBD" and (placed or verb.lower_ in LASTING)


def _find_with_phrase(
    preposition: Token, subject: TokenSpan | None, inside: TokenSpan
) -> Iterator[Statement]:
    """“With some forty of them repairing …”; “…, with 900 in its reserve”.

    What stands with a verb without a comma is its own: “was saddled with 900”.
    """
    doc = preposition.doc
    set_off = doc[preposition.i - 1].text in {",", "–", "—"} if preposition.i else False
    for child in preposition.rights:
        if child.dep_ == "pcomp" and child.tag_ == "VBG":
            yield from _find_doing(child, inside.end, past=preposition.head.tag_ == "VBD")
        elif set_off and child.dep_ == "pobj" and child.tag_ == "CD" and subject is not None:
            having = trim_span(
                doc, preposition.i + 1, min(preposition.right_edge.i + 1, inside.end)
            )
            if having is not None and is_long_enough(doc, having):
                plural = find_root(doc[subject.start : subject.end]).tag_.endswith("S")
                lead = "have" if plural else "has"
                yield Statement(child, having, subject, lead)


def _find_doing(verb: Token, end: int, *, past: bool) -> Iterator[Statement]:
    """Yield each of “40 men repairing the dam and the army bringing sand”, with its verb."""
    own = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if own is None and verb.dep_ == "conj" and verb.nbor(-1).dep_ == "conj":
        own = verb.nbor(-1)  # the parser joined “the army” to “the dam”
    if own is None or own.left_edge.i == 0:
        return
    joined = next((c for c in verb.rights if c.dep_ == "conj" and c.tag_ == "VBG"), None)
    last = min(verb.right_edge.i + 1, end)
    for statement in _find_doing(joined, end, past=past) if joined is not None else ():
        yield statement
        last = min(last, statement.words.start)
    share = _find_joined_share(verb.doc, verb.i, last)
    if share is not None:  # “… and only 6 percent undecided”
        be = "were" if past else "are"
        state = TokenSpan(share.end - 1, share.end)
        parts = (TokenSpan(share.start, state.start), be, state)
        yield Statement(verb.doc[state.start], share, parts=parts)
        last = share.start
    while verb.doc[last - 1].tag_ == "CC":
        last -= 1
    words = trim_span(verb.doc, own.left_edge.i, last)
    if _is_particular(own) and words is not None:
        several = own.tag_ not in {"NN", "NNP"} or own.lower_ in SHARES
        be = {True: ("was", "were"), False: ("is", "are")}[past][several]
        rest = TokenSpan(verb.i + 1, words.end)
        if past and verb.lower_ in DECIDING:  # “… with the board rejecting the plan”
            who = TokenSpan(words.start, verb.i)
            yield Statement(verb, words, parts=(who, form_past(verb.lower_), rest))
        elif verb.lower_ == "having":
            have = "had" if past else "have" if several else "has"
            yield Statement(verb, words, parts=(TokenSpan(words.start, verb.i), have, rest))
        else:
            yield Statement(verb, words, lead=be)


def _find_joined_share(doc: Doc, start: int, end: int) -> TokenSpan | None:
    """Return the “only 6 percent undecided” behind an “and”."""
    joining = next((i for i in range(end - 1, start, -1) if doc[i].tag_ == "CC"), None)
    words = trim_span(doc, joining + 1, end) if joining is not None else None
    if words is None or doc[words.end - 1].tag_ not in {"JJ", "VBN"}:
        return None
    return words if doc[words.end - 2].lower_ in SHARES else None


def _is_particular(noun: Token) -> bool:
    """Return True unless a noun is bare: “with doors missing” tells of the houses before it."""
    named = noun.tag_ not in {"NN", "NNS"}
    return named or any(c.dep_ in {"det", "poss", "nummod"} for c in noun.lefts)


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
        lead = doc[other.start - 1].text != ","  # the “which” of a clause, which is no part of it
        if other.start > clause.root.i and _is_inserted(doc, other, clause.words, others):
            within.append(TokenSpan(other.start - 1, other.end))
        elif other.start > clause.root.i:
            end = min(end, other.start)
        elif other.end < clause.root.i and other.start <= start + 1:
            start = max(start, other.end)
        elif other.end < clause.root.i:
            within.append(TokenSpan(other.start - lead, other.end))
    words = trim_span(doc, start, end) or clause.words
    bare = _cut_loose_ends(doc, words)
    kept = tuple(gap for gap in within if bare.contains(gap))
    if (bare, kept) == (clause.words, clause.without):
        return clause
    return replace(clause, words=bare, without=kept)


def _set_straight(doc: Doc, statement: Statement) -> Statement:
    """Return “Not only did Lee lose the vote” as “Lee lost the vote”, where no “but” follows."""
    start, verb = statement.words.start, statement.root
    words = doc[start : statement.words.end]
    if [t.lower_ for t in words[:2]] != ["not", "only"] or any(t.lower_ == "but" for t in words):
        return statement
    subject, helper = find_subject(verb), words[2]
    if subject is None or helper.tag_ not in FINITE or subject.left_edge.i != helper.i + 1:
        return statement
    who = TokenSpan(subject.left_edge.i, subject.right_edge.i + 1)
    if helper.lower_ == "did" and verb.i >= who.end and verb.tag_ in {"VB", "VBP"}:
        between = (TokenSpan(who.end, verb.i),) if who.end < verb.i else ()
        told = (*between, find_past(verb.lower_), TokenSpan(verb.i + 1, statement.words.end))
    else:
        told = (helper.text, TokenSpan(who.end, statement.words.end))
    parts = (who, *(part for part in told if isinstance(part, str) or part.start < part.end))
    return replace(statement, parts=parts)


def _cut_sourceless(doc: Doc, statement: Statement) -> Statement:
    """Return “Pell lost 40 jobs” of “… that Pell lost 40 jobs, without giving a source”."""
    start, end = statement.words
    for token in doc[start + 1 : end - 1]:
        if token.lower_ != "without" or token.nbor().lower_ not in SOURCELESS:
            continue
        last = min(max(token.right_edge.i, token.nbor().right_edge.i) + 1, end)
        if last == end and token.nbor(-1).text == ",":
            return replace(statement, words=TokenSpan(start, token.i - 1))
        return replace(statement, without=(*statement.without, TokenSpan(token.i, last)))
    return statement


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
    | {"though", "so", "yet"}
)


def _is_loose(token: Token) -> bool:
    """Return True for a conjunction; not for the “so” of “the council thinks so”."""
    told = token.lower_ == "so" and token.dep_ in {"advmod", "acomp", "attr"}
    ends = token.i + 1 < len(token.doc) and token.nbor().text != ":"  # “also found that:”
    told |= token.lower_ == "that" and token.dep_ in {"dobj", "pobj", "attr", "dative"} and ends
    return token.lower_ in LOOSE and not (told and token.head.i < token.i)


def _cut_loose_ends(doc: Doc, words: TokenSpan) -> TokenSpan:
    """Without the conjunction left at the end."""
    end = words.end
    while end > words.start + 1 and (_is_loose(doc[end - 1]) or is_edge(doc[end - 1])):
        if doc[end - 1].text in CLOSING and _is_opened(doc, words.start, end - 1):
            break
        end -= 1
    if doc[end - 1].lower_ == "also" and end - 2 > words.start and doc[end - 2].lower_ == "but":
        end -= 2
    return TokenSpan(words.start, end)


def _is_opened(doc: Doc, start: int, closing: int) -> bool:
    """Return True if what a mark closes is opened in the same words: “held for “theft””."""
    opening = CLOSING[doc[closing].text]
    marks = [t.text for t in doc[start:closing] if t.text in {opening, doc[closing].text}]
    return len(marks) % 2 == 1 and marks[-1] == opening


def isolate(doc: Doc, stretch: TokenSpan, asides: tuple[TokenSpan, ...]) -> TokenSpan:
    """A stretch as what it says can be read alone: without asides and loose words at its ends."""
    start, end = _cut_asides(stretch.start, stretch.end, asides)
    inside = trim_span(doc, start, end) or stretch
    return _cut_loose_ends(doc, inside)
