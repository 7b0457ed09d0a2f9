"""The claim in words that can be read alone: the statement bare of hedges, its subject in place.

Nothing is invented: every content word stands in the text, or in a name it certainly refers to.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from workflows.claims import Reference
from workflows.extraction.claims.connectives import find_connective_end
from workflows.extraction.claims.hedges import ADVERBS
from workflows.extraction.claims.modality import is_fact, is_unrealized
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token
from workflows.extraction.references.replace import finish_references, replace_references
from workflows.extraction.references.resolved import ParagraphReferences
from workflows.extraction.text.lexicon import CONDITIONS, SEEMING, VERB_FORMS, inflect, word_set
from workflows.extraction.text.spans import MARKS, TokenSpan
from workflows.extraction.text.syntax import find_subject

SPACES = re.compile(r"\s+")
LOOSE_COMMAS = re.compile(r"\s*,(?:\s*[,.;])+|\s+,")
ONE_PEOPLE = re.compile(r"\b([Oo]ne|1) people(?=\s(?:was|is|has)\b)")
"""What “Two people were killed and one injured” leaves of its second half: one is a person."""
NOTES = re.compile(r"(?<=[a-z])(?:\(\d{1,2}\)){1,3}(?=\s)")
"""“Cash flow(1)(3) rose”: the numbers of notes."""
SMALL_NAME = re.compile(r"[a-z]\d?[A-Z\d]")
"""“eBay”, “iPhone” and “j2”, which begin no sentence with a capital."""
LOOSE_DASHES = re.compile(r"\s*(?:—|–|--)\s*(?:—|–|--)(?=\s)")
BEFORE_MARK = re.compile(r" ([,.;:!?%)]|’s?(?=\s))")
SINGLE_OPEN = re.compile(r"(?<![\w’'\])])['‘](?=[^\W\d_])(?!(?:em|til|tis|twas|cause|n|s)\b)")
SINGLE_CLOSE = re.compile(r"['’](?!\w)")
SHORT = 8
"""Words at the end of a claim that a mark which was cut off may close."""
LONG = 24
"""So many in brackets, whose last mark alone was cut off."""
STOPPED = re.compile(r"[.,]([”\"])$")
"""The stop of a sentence that stands within the quotation marks at its end."""
EDGES = " \t,;:–—-.…"
LEADING = frozenset(
    {"that", "and", "but", "while", "although", "though", "whereas", "also", "however"}
)
CONTRASTING = frozenset({"while", "although", "though", "whereas"})
FORETELLING = frozenset(
    {
        form
        for verb in ("expect", "forecast", "predict", "project", "anticipate", "foresee")
        for form in inflect(verb)
    }
)
"""Verbs by which something is said to be going to happen."""
OPENERS = frozenset(
    tuple(opener.split("-"))
    for opener in word_set(
        """
        so moreover furthermore unfortunately fortunately sadly indeed besides thus luckily
        nevertheless nonetheless surprisingly interestingly incidentally clearly obviously frankly
        honestly crucially notably importantly regrettably to-be-sure in-all all-in-all turns-out
        it-turns-out in-addition to-be-clear to-be-fair of-course in-fact in-other-words in-short
        for-the-record to-set-the-record-straight after-all by-the-way as-a-result what-is-more
        for-instance for-example instead despite-that despite-this despite-all-that even-so
        most-important perhaps-most-important perhaps-most-importantly most-importantly
        more-important perhaps-more-important perhaps-more-importantly most-significantly
        more-significantly perhaps-most-significantly perhaps-more-significantly
        needless-to-say on-top-of-that more-importantly not-surprisingly
        """
    )
)
"""What sentences begin with, before a comma, that tells nothing of its own."""
OPENING_WORDS = frozenset(opener[0] for opener in OPENERS)
LONGEST_OPENER = 9
NEAR = 4
"""Tokens before a “that” within which a verb of saying makes it a conjunction."""
BEGINNING = frozenset({"PRP", "PRP$", "DT", "NNP", "NNPS"})
"""What a subject begins with behind “so”: not that of “so many people” or “so far”."""
DOUBTFUL = frozenset({"may", "might", "could"})
PLURAL = frozenset({"NNS", "NNPS"})
MASS = word_set(
    """
    revenue income profit growth inflation unemployment output production traffic demand trade
    evidence water traffic research work money spending turnover consumption tourism pollution
    """
)
"""Nouns that need no “the”: behind “said”, a “that” before them points at nothing."""
SEVERAL = frozenset({"some", "many", "most", "several", "few", "both", "all", "two", "three"})
"""What with "of" is more than one."""
KEPT_CAPITALS = frozenset({"NNP", "NNPS"})


class Wording(NamedTuple):
    """A claim's words, what stands in square brackets in them, and whether a reference is open."""

    words: str
    references: tuple[Reference, ...] = ()
    is_open: bool = False


def word_claim(
    doc: Doc,
    statement: Statement,
    asides: tuple[TokenSpan, ...],
    references: ParagraphReferences,
) -> Wording:
    """Return the wording of a statement, with its references put in."""
    edits: dict[int, str] = {}
    _drop_asides(statement, (*asides, *statement.without), edits)
    _drop_leading(doc, statement, edits)
    _drop_hedges(statement, edits)
    told = _order_pieces(statement)
    if isinstance(told[0], TokenSpan):
        edits |= dict.fromkeys(range(told[0].start, find_connective_end(doc, told[0])), "")
    if statement.subject is not None:
        edits = {i: edit for i, edit in edits.items() if not statement.subject.has(i)}
    edits |= _lower_capitals(doc, told)
    return join_pieces(doc, told, references, edits)


def _order_pieces(statement: Statement) -> tuple[TokenSpan | str, ...]:
    """Return what a claim is worded from, in order, with the time and place that it shares."""
    words, root = statement.words, statement.root.i
    pieces: tuple[TokenSpan | str, ...] = (words,)
    if statement.parts:
        pieces = statement.parts
    elif statement.subject is not None:
        pieces = (statement.subject, statement.lead, words)
    elif statement.lead:
        # “Roughly forty of them repairing …” with the verb that makes it a sentence.
        pieces = (TokenSpan(words.start, root), statement.lead, TokenSpan(root, words.end))
    opening = [piece for span in statement.opening for piece in (span, _close(statement, span))]
    return (*opening, *pieces, *statement.closing)


def _close(statement: Statement, span: TokenSpan) -> str:
    doc = statement.root.doc
    return "," if span == statement.opening[-1] or doc[span.end].text == "," else ""


def _lower_capitals(doc: Doc, pieces: Sequence[TokenSpan | str]) -> dict[int, str]:
    """Return what no longer begins its sentence, without its capital, but for names."""
    first = (doc[piece.start] for piece in pieces[1:] if isinstance(piece, TokenSpan))
    return {
        token.i: token.text[:1].lower() + token.text[1:]
        for token in first
        if token.is_sent_start and token.tag_ not in KEPT_CAPITALS
        if token.text == "A" or token.text[1:].islower()
    }


def join_pieces(
    doc: Doc,
    pieces: Sequence[TokenSpan | str],
    references: ParagraphReferences,
    edits: Mapping[int, str] = MappingProxyType({}),
) -> Wording:
    """Return stretches of a paragraph and words of ours as one sentence, references put in."""
    told = [
        index
        for piece in pieces
        if isinstance(piece, TokenSpan)
        for index in range(*piece)
        if edits.get(index) != ""
    ]
    put = replace_references(doc, references, told, edits)
    final = {**edits, **put.edits}
    final |= _restore_brackets(doc, set(told), final)
    words = polish(
        " ".join(
            piece if isinstance(piece, str) else _join_tokens(doc, piece, final) for piece in pieces
        )
    )
    return Wording(words, finish_references(words, put.references), put.is_open)


def _restore_brackets(doc: Doc, told: set[int], edits: Mapping[int, str]) -> dict[int, str]:
    """Return the ends of what stands in square brackets in the document, and is told as it is."""
    found: dict[int, str] = {}
    for start, end in doc.inserted:
        put = doc.char_span(start, end)
        exact = put is not None and (put.start_char, put.end_char) == (start, end)
        if put is not None and exact and all(t.i in told and t.i not in edits for t in put):
            found[put[0].i] = f"[{put[0].text}"
            found[put[-1].i] = f"{found.get(put[-1].i, put[-1].text)}]"
    return found


def polish(body: str) -> str:
    """Plain spacing, no loose marks, a capital at the start."""
    text = LOOSE_DASHES.sub("", NOTES.sub("", SPACES.sub(" ", body)))
    text = BEFORE_MARK.sub(r"\1", LOOSE_COMMAS.sub(",", text)).strip(EDGES)
    text = ONE_PEOPLE.sub(r"\1 person", STOPPED.sub(r"\1", _balance_marks(text)))
    first = 1 if text.startswith(("[", "“", '"')) else 0
    if SMALL_NAME.match(text, first):
        return text
    return text[:first] + text[first : first + 1].upper() + text[first + 1 :]


def name_any(words: str, statement: Statement) -> str:
    """Return what is denied of any one as it would be claimed: “Any ship sank” is “A ship sank”."""
    words = words.replace(" anything to do with ", " something to do with ")
    first = statement.root.doc[statement.words.start]
    if first.lower_ != "any" or not words.startswith("Any ") or first.head.i == first.i:
        return words
    rest = words.removeprefix("Any ")
    if first.head.tag_ in PLURAL:
        return rest[:1].upper() + rest[1:]
    return f"{'An' if rest[:1].lower() in 'aeiou' else 'A'} {rest}"


def _find_lone_mark(text: str) -> re.Match[str] | None:
    """Return a single quotation mark that nothing closes."""
    if "'" not in text and "‘" not in text:
        return None
    closed = max((mark.start() for mark in SINGLE_CLOSE.finditer(text)), default=-1)
    return SINGLE_OPEN.search(text, closed + 1)


def _balance_marks(text: str) -> str:
    """Without quotation marks that have lost their partner."""
    for left, right in (("(", ")"), ("“", "”")):
        opened = text.rfind(left)
        alone = text.count(left) == text.count(right) + 1 and opened > text.rfind(right)
        longest = SHORT if left == "“" else LONG
        if alone and opened > 0 and text.count(" ", opened) < longest:
            text += right  # it was the last mark of the sentence
    lone = _find_lone_mark(text)
    if lone is not None and text.count(" ", lone.start()) < SHORT:
        text += {"‘": "’"}.get(lone[0], lone[0])
    elif lone is not None:
        text = text[: lone.start()] + text[lone.end() :]
    for left, right in (("“", "”"), ("(", ")"), ("[", "]")):
        if text.count(left) != text.count(right):
            text = text.replace(left, "").replace(right, "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    for left, right in (("“", "”"), ('"', '"')):
        if text.startswith(left) and text.endswith(right) and text.count(left) <= len(left + right):
            text = text[1:-1].strip(EDGES)
    return text.strip(EDGES)


def _join_tokens(doc: Doc, stretch: TokenSpan, edits: dict[int, str]) -> str:
    return "".join(
        edits[t.i] + t.whitespace_ if t.i in edits else t.text_with_ws
        for t in doc[stretch.start : stretch.end]
    )


def _drop_asides(
    statement: Statement, asides: tuple[TokenSpan, ...], edits: dict[int, str]
) -> None:
    doc = statement.root.doc
    for aside in asides:
        is_cue = aside.has(statement.root.i) and aside.length == 1
        if is_cue or aside.contains(statement.words):
            continue
        edits.update(dict.fromkeys(range(*aside), ""))
        before, after = aside.start - 1, aside.end
        if before >= 0 and doc[before].text == ",":
            edits[before] = ""
            subject = find_subject(statement.root)
            opening = subject is not None and after <= subject.left_edge.i
            if after < len(doc) and doc[after].text == "," and not opening:
                edits[after] = ""


def _drop_opener(doc: Doc, statement: Statement, edits: dict[int, str]) -> None:
    """Drop what only leads from one sentence to the next: “Moreover,”, “As for tax,”, “So he …”."""
    start, last = statement.words.start, min(statement.words.end, statement.root.i)
    while start < last and (doc[start].is_punct or doc[start].lower_ in {"that", "and", "but"}):
        start += 1
    said = [token.lower_ for token in doc[start : min(last, start + LONGEST_OPENER)]]
    openers = OPENERS if said and said[0] in OPENING_WORDS else ()
    end = max((len(each) for each in openers if tuple(said[: len(each)]) == each), default=0)
    subject = find_subject(statement.root)
    if said[:2] == ["as", "for"] and "," in said and subject is not None:
        end = said.index(",") if subject.tag_ not in {"PRP", "DT"} else 0  # “…, it was sold”
    if 0 < end < len(said) and said[end] == ",":
        edits.update(dict.fromkeys(range(start, start + end + 1), ""))
    elif said[:1] == ["so"] and start + 1 < last and doc[start + 1].tag_ in BEGINNING:
        edits[start] = ""


def _drop_leading(doc: Doc, statement: Statement, edits: dict[int, str]) -> None:
    _drop_opener(doc, statement, edits)
    for token in doc[statement.words.start : statement.words.end]:
        if token.lower_ not in LEADING and not token.is_punct and edits.get(token.i) != "":
            return
        linking = token.lower_ == "that" and token.head.tag_ in PLURAL  # “that mills closed”
        phrase = token.lower_ == "that" and any(
            c.dep_ in {"prep", "acl"} for c in token.head.rights
        )
        told = any(t.lower_ in VERB_FORMS for t in doc[max(token.i - NEAR, 0) : token.i])
        unique = any(c.dep_ == "compound" for c in token.head.lefts) or token.head.lower_ in MASS
        linking |= (phrase or unique) and told  # “said that talk of a split hid a rift”
        if token.dep_ in {"nsubj", "nsubjpass", "det"} and not linking:
            return
        if token.text in MARKS and _is_all_quoted(doc, statement, token):
            continue
        if token.text in MARKS or _is_subordinate(token, statement.root):
            return
        edits[token.i] = ""


def _is_all_quoted(doc: Doc, statement: Statement, mark: Token) -> bool:
    """Return True if a statement begins with a mark, and no other stands before its end."""
    inside = doc[mark.i + 1 : statement.words.end - 1]
    return mark.i == statement.words.start and not any(t.text in MARKS for t in inside)


def _is_subordinate(conjunction: Token, root: Token) -> bool:
    """Return True for the “while” of a clause that hangs on what is told, and comes before it."""
    clause = conjunction.head
    contrasts = conjunction.lower_ in CONTRASTING and conjunction.dep_ == "mark"
    return contrasts and clause.i != root.i and root.is_ancestor(clause)


def _drop_hedges(statement: Statement, edits: dict[int, str]) -> None:
    """Without the modal verbs and adverbs by which a source holds back."""
    root = statement.root
    if root.lower_ in SEEMING or (
        root.lower_ in VERB_FORMS and any(c.dep_ == "auxpass" for c in root.lefts)
    ):
        _drop_raising_verb(root, edits)
    to = next((c for c in root.lefts if c.tag_ == "TO"), None)
    if to is not None and _find_subject(root) is not None:
        edits[to.i] = "will"
    for child in root.children:
        both = child.lower_ == "both" and child.dep_ == "preconj"
        if both and not any(c.dep_ == "cc" and statement.words.has(c.i) for c in root.rights):
            edits[child.i] = ""  # “both wrote mails and forwarded …”, of which only one is told
        if child.dep_ == "advmod" and child.lower_ in ADVERBS:
            edits[child.i] = ""
        elif child.i > root.i:
            continue  # “… more than any tax might”
        elif child.tag_ == "MD" and child.lower_ in DOUBTFUL and not _is_kept(root, child):
            _firm_modal(root, child, edits)


def _is_kept(root: Token, modal: Token) -> bool:
    return is_fact(root, modal) or is_unrealized(root, modal)


def _drop_raising_verb(cue: Token, edits: dict[int, str]) -> None:
    """“Are believed to have left” becomes “have left”, where no verb needs a new form."""
    clause = next((c for c in cue.rights if c.dep_ == "xcomp"), None)
    to = next((c for c in clause.lefts if c.tag_ == "TO"), None) if clause is not None else None
    if clause is None or to is None:
        return
    subject = _find_subject(cue)
    if subject is not None and subject.tag_ in {"WP", "WDT"} and cue.dep_ == "relcl":
        subject = cue.head
    plural = _is_plural(subject)
    verb = cue.doc[to.i + 1]
    if cue.lower_ in FORETELLING:
        negated = [c.i for c in cue.lefts if c.dep_ == "neg"]
        edits.update({c.i: "" for c in cue.lefts if c.dep_ in {"aux", "auxpass", "neg"}})
        edits.update({cue.i: "", to.i: "will not" if negated else "will"})
        return
    if verb.lower_ not in {"be", "have"}:
        return
    edits[verb.i] = {"be": ("is", "are"), "have": ("has", "have")}[verb.lower_][plural]
    for denial in (c for c in cue.lefts if c.dep_ == "neg"):  # “does not seem to be”: “is not”
        edits[denial.i], edits[verb.i] = "", f"{edits[verb.i]} not"
    edits.update({c.i: "" for c in cue.lefts if c.dep_ in {"aux", "auxpass"}})
    edits.update({cue.i: "", to.i: ""})


def _find_subject(verb: Token) -> Token | None:
    return next((c for c in verb.lefts if c.dep_ in {"nsubj", "nsubjpass"}), None)


def _firm_modal(root: Token, modal: Token, edits: dict[int, str]) -> None:
    """“May have sent” becomes “has sent”, “might be” “is”.

    What may come stays “may move”, “might be moved”: nobody said that it will. “Could not” stays
    as well: it tells of being unable, not of doubt.
    """
    following = next((t for t in root.doc[modal.i + 1 : root.i + 1] if t.dep_ != "neg"), root)
    plural = _is_plural(find_subject(root))
    negated = any(c.dep_ == "neg" for c in root.children)
    if following.lower_ == "have" and following.i != root.i:
        edits[modal.i], edits[following.i] = "", "have" if plural else "has"
        if negated:
            edits[modal.i], edits[following.i] = "have" if plural else "has", ""
    elif negated and modal.lower_ == "could":
        return
    elif following.lower_ == "be" and not _is_done(root, following):
        edits[modal.i], edits[following.i] = "are" if plural else "is", ""


def _is_done(participle: Token, be: Token) -> bool:
    """Return True if “be” makes a passive of an event: “be moved”, not “be involved”."""
    passive = be.dep_ == "auxpass" and be.head.i == participle.i
    return passive and participle.lower_ not in CONDITIONS


def _is_plural(subject: Token | None) -> bool:
    if subject is None:
        return False
    joined = any(c.dep_ == "conj" for c in subject.rights)
    return (
        joined
        or subject.tag_ in PLURAL
        or (subject.lower_ in SEVERAL and any(c.lower_ == "of" for c in subject.rights))
        or subject.lower_ in {"they", "we", "you", "i", "these", "those"}
    )
