"""Clauses that the parser hangs where they can't belong, moved to the verb that they belong to.

In “police said 14 people died but later raised the toll to 16” the dead raise nothing: police do.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

from workflows.extraction.parse import Doc, Span, Token
from workflows.extraction.text.lexicon import (
    ACCOUNTS,
    DETAILS,
    OFFERING,
    REVISING,
    SHARES,
    TOLLS,
    VERB_FORMS,
    WITHHELD,
    inflect_all,
    word_set,
)
from workflows.extraction.text.syntax import HELPERS, find_subject, is_finite

SHORTEST = 6
"""Tokens before a verb that a clause with a relative one in it has at least."""
JOINING = frozenset({",", ";", ":", "—", "–", "--"})
PAIR = 2
OPEN_LIST = 3
"""Tokens of “including but not” before “limited to”."""
READING = word_set("read reads reading said says")
ADMITTED = word_set("responsibility blame credit liability")
ISSUED = word_set("released published issued completed finalised finalized leaked")
WRITTEN = word_set(
    """
    sign signs banner banners letter letters note notes placard placards poster posters message
    messages tweet tweets statement statements caption plaque memo email e-mail headline billboard
    notice post sticker
    """
)
TIMING = frozenset({"after", "before", "until", "since"})
ACTING = frozenset({"PERSON", "GPE", "ORG", "NORP"})
GIVEN = frozenset({"pobj", "dobj"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
TURNED = "turned"
FREE = frozenset({"ROOT", "parataxis"})
BECOMING = frozenset({"dobj", "attr", "oprd"})
FIRMS = word_set("Inc. Inc Ltd. Ltd Corp. LLC L.L.C. plc PLC")
TELLING = word_set(
    """
    audit study studies report reports survey surveys poll polls figures data statistics research
    analysis document documents letter email review inquiry investigation results
    """
)
"""What tells something itself: “said a study fills a gap and shows that …”."""
TELLING_TO = word_set("told said says tells added adds wrote explained noted")
FINDING = word_set("finds found shows showed suggests suggested reveals revealed concludes warns")
DASHES = frozenset({"–", "—", "--"})
ASIDE = 14
"""Tokens between two dashes."""
OWNED = frozenset({"DT", "PRP$", "NNP", "CD"})
"""What a subject begins with, where it is certainly one."""
DYING = word_set("died drowned perished killed")
SUFFERING = word_set("lost left suffered had injured wounded hurt destroyed damaged killed forced")
"""What may be told next of those who died, or of what killed them."""
SURE = word_set("certain sure confident")
SAYING = word_set("say believe believed confirmed reported announced")
"""Other verbs behind which a sentence ends with who told it."""
TELLERS = word_set(
    """
    activists authorities deputies doctors firefighters hospitals investigators lawyers medics
    ministers officers officials paramedics police prosecutors reporters rescuers residents
    sources spokesmen survivors villagers witnesses army coastguard ministry
    """
)
"""Who tells of what happened, and is seldom what it happened to."""
BLAMING = inflect_all(
    "accuse blame urge criticise criticize condemn praise thank denounce vow pledge"
)
"""What is done with words alone."""
PERSONAL = frozenset({"he", "she"})
"""Subjects of what is said that are, as a rule, the speaker once more."""


def reattach(doc: Doc) -> None:
    """Move, in place, what only the speaker can have done from what is said to who says it."""
    _join_cut_lists(doc)
    _part_sentences(doc)
    for token in doc:
        _mend_phrase(token)
        _mend_clause(token)
        if token.dep_ in {"advcl", "conj"}:
            _join_shares(token)
            _free_clause(token)
        if token.lower_ == "both" and token.dep_ == "appos" and token.head.head.i == token.i + 1:
            token.dep_ = "preconj"  # “Lee both sold and burned the mill”
            token.attach(token.nbor())
        if token.dep_ != "conj" or not token.tag_.startswith("VB"):
            continue
        if any(
            move(token)
            for move in (_join_present, _join_to_described, _join_told, _reduce_bare, _give_subject)
        ):
            continue
        _join_subjects(token)
        _join_relatives(token)
        _join_to_infinitive(token)
        _join_to_outer_passive(token)
        _join_to_relative(token)
        told = token.head
        while told.dep_ == "conj" and told.head.i < told.i:
            told = told.head
        cue = told.head
        if told.dep_ != "ccomp" or cue.i >= told.i or cue.lower_ not in VERB_FORMS:
            continue
        if find_subject(token) is None and _is_speakers(token, told):
            between = [t for t in token.head.rights if t.dep_ == "cc" and t.i < token.i]
            for moved in (*between[-1:], token):
                moved.attach(cue)


def _join_cut_lists(doc: Doc) -> None:
    """Make one sentence of two that the parser cut at the comma of a list, or behind “No.”."""
    for before, after in list(pairwise(doc.sents)):
        if _is_numbered(before, after):
            after.root.dep_ = "ccomp"
            after.root.attach(before.root)
            continue
        last = doc[before.end - 1]
        listed = after.root.tag_.startswith("NN") and not any(is_finite(t) for t in after)
        if last.text == "," and listed and before.end - 2 > before.start:
            after.root.dep_ = "conj"
            after.root.attach(doc[before.end - 2])


def _free_clause(verb: Token) -> None:
    """Give a verb the noun before it that the parser hung elsewhere, as its subject.

    In “scoured villages as the toll hit 100” behind an “as”, in “fell short of hopes and the firm
    warned of losses” behind an “and”.
    """
    if verb.tag_ not in {"VBD", "VBZ"} or verb.left_edge.i != verb.i or verb.i <= SHORTEST:
        return
    last = verb.nbor(-1)
    noun = last
    while noun.head.right_edge.i == last.i and noun.dep_ in {"pobj", "prep", "compound"}:
        if noun.dep_ == "pobj" and noun.head.lower_ == "as":
            break
        noun = noun.head
    start = noun.left_edge
    before = start.nbor(-1) if start.i else start
    if not noun.tag_.startswith("NN") or verb.head.i > start.i or start.tag_ not in OWNED:
        return
    if noun.is_ancestor(verb) or before.is_ancestor(verb):
        return
    if noun.dep_ == "pobj" and before.lower_ == "as" and noun.head.i == before.i:
        verb.dep_, before.dep_ = "advcl", "mark"
        before.attach(verb)
    elif noun.dep_ == "conj" and before.lower_ == "and" and verb.dep_ == "advcl":
        verb.dep_ = "conj"
        before.attach(verb.head)
    else:
        return
    noun.dep_ = "nsubj"
    noun.attach(verb)


def _is_numbered(before: Span, after: Span) -> bool:
    """Return True where the parser cut “The word was that mine | No. 2 would close”."""
    number = after[0].lower_ in {"no.", "no"} and any(t.tag_ == "CD" for t in after[1:3])
    return number and before[-1].is_alpha and len(before) > PAIR


def _part_sentences(doc: Doc) -> None:
    """Make two of “He left at 8 p.m. They stayed”, where the parser took the stop for no end."""
    for token in doc:
        if token.tag_ != "PRP" or not token.text.istitle() or token.lower_ == "i":
            continue
        stop = doc[token.i - 1] if token.i else token
        if stop.lower_ not in {"p.m.", "a.m."} or token.is_sent_start:
            continue
        start = token.sent.start
        tops = [t for t in doc[start : token.i] if t.head.i >= token.i]
        later = token
        while later.head.i >= token.i and later.head.i != later.i:
            later = later.head
        for top in (*tops[:1], later):
            if top.head.i != top.i:
                top.dep_ = "ROOT"
                top.attach(top)


def _join_shares(clause: Token) -> None:
    """Set “and 5 percent said no” beside “94 percent said that they agree”, not within it."""
    told = clause.head
    said, subject = told.head, find_subject(clause)
    if told.dep_ != "ccomp" or subject is None or subject.lower_ not in SHARES:
        return
    first = find_subject(said)
    beside = clause.dep_ == "conj" or any(
        c.dep_ == "mark" and c.lower_ in {"while", "whereas"} for c in clause.lefts
    )
    if beside and first is not None and first.lower_ in SHARES and clause.i > told.i > said.i:
        for joining in [c for c in told.rights if c.dep_ == "cc" and c.i < clause.i]:
            joining.attach(said)
        clause.attach(said)


def _mend_clause(verb: Token) -> None:
    """Give a verb of saying, and the main verb of a sentence, the subject that is theirs."""
    if verb.lower_ in TELLING_TO | SAYING and verb.i > SHORTEST:
        _name_teller(verb)
        _part_tellers(verb)
    if verb.dep_ in FREE and verb.lower_ in VERB_FORMS:
        _free_subject(verb)
    if verb.lower_ in FINDING:
        _give_study(verb)
    if verb.i > SHORTEST and verb.nbor(-1).text in DASHES:
        _free_dashed(verb)
    if verb.dep_ == "ROOT":
        _mend_root(verb)


def _free_dashed(verb: Token) -> None:
    """Give “has” of “believes a mill – even a small one – has no right” to the mill."""
    doc = verb.doc
    first = next(
        (i for i in range(verb.i - 2, max(0, verb.i - ASIDE), -1) if doc[i].text in DASHES), 0
    )
    noun = doc[first - 1] if first else verb
    while noun.dep_ in {"pobj", "prep", "relcl", "dobj"} and noun.head.i < noun.i:
        if noun.dep_ == "dobj" and noun.head.lower_ in VERB_FORMS:
            break
        noun = noun.head
    cue = noun.head
    if not first or noun.dep_ != "dobj" or cue.lower_ not in VERB_FORMS or not is_finite(verb):
        return
    if find_subject(verb) is not None or any(c.dep_ == "ccomp" for c in cue.rights):
        return
    if verb.is_ancestor(cue) or noun.is_ancestor(verb):
        return
    noun.dep_ = "nsubj"
    noun.attach(verb)
    verb.dep_ = "ccomp"
    verb.attach(cue)
    for mark in (doc[first], doc[verb.i - 1]):
        mark.attach(verb)


def _give_study(cue: Token) -> None:
    """Make a study what finds in “Most fraud is seen by clerks, finds a study”; it is not found."""
    told, study = cue.head, next((c for c in cue.rights if c.dep_ == "dobj"), None)
    if cue.dep_ != "conj" or not cue.i or study is None or find_subject(cue) is not None:
        return
    inverted = study.lower_ in TELLING and cue.nbor(-1).text == "," and told.dep_ == "ROOT"
    if not inverted or any(c.dep_ == "cc" for c in told.rights):
        return
    cue.dep_ = "ROOT"
    cue.attach(cue)
    told.dep_ = "ccomp"
    told.attach(cue)
    study.dep_ = "nsubj"


def _join_state(state: Token) -> None:
    """Give “has won” of “A nurse from Boise, Idaho has won” its nurse: Idaho has won nothing."""
    verb, city = state.head, state.nbor(-PAIR)
    place = city.head
    noun = place.head
    if state.nbor(-1).text != "," or city.tag_ != "NNP" or city.dep_ != "pobj":
        return
    owned = place.dep_ == "prep" and noun.tag_.startswith("NN") and noun.i < place.i < verb.i
    if not owned or not is_finite(verb) or state.left_edge.i != state.i or noun.is_ancestor(verb):
        return
    state.dep_ = "appos"
    state.attach(city)
    if not any(c.dep_ in SUBJECTS for c in verb.lefts):
        noun.dep_ = "nsubjpass" if any(c.dep_ == "auxpass" for c in verb.lefts) else "nsubj"
        noun.attach(verb)


def _name_teller(cue: Token) -> None:
    """Give “told” of “…, Ann Lee, the mayor, told the Herald” its Ann Lee, whatever else she was.

    The parser takes her for one more of a list that ends the clause before.
    """
    name, told = _find_teller(cue), cue
    if name is None or name.head.i == cue.i:
        return
    while told.dep_ == "conj" and told.head.i < told.i:
        told = told.head
    if told.i >= name.left_edge.i:
        told = next((c for c in cue.lefts if c.dep_ == "ccomp"), cue)
    if told.i == cue.i or not is_finite(told) or told.i > name.left_edge.i:
        return
    if told.dep_ == "ROOT":
        _make_root(cue)
    name.dep_ = "nsubj"
    name.attach(cue)


def _part_tellers(cue: Token) -> None:
    """Give “say” of “…, killing 14 people, officials and witnesses say” the officials alone.

    The parser takes those killed for the first of a list that ends with who tells it.
    """
    told = cue.doc[cue.i - 1]
    while told.dep_ == "conj" and told.head.dep_ == "conj":
        told = told.head
    first = told.head
    if told.dep_ != "conj" or told.lower_ not in TELLERS or first.i > told.i:
        return
    if told.left_edge.nbor(-1).text != ",":
        return
    acting = first.head
    if acting.i == cue.i:
        acting = first.left_edge.nbor(-1) if first.left_edge.i > cue.sent.start else cue
    if acting.i >= first.i or acting.tag_ not in {"VBG", "VBD"}:
        return
    for other in [c for c in cue.lefts if c.dep_ in SUBJECTS and c.i < acting.i < cue.i]:
        other.dep_ = "dobj"  # “causing walls to fall and killing nine”
        other.attach(cue.head)
    told.dep_, first.dep_ = "nsubj", "dobj"
    told.attach(cue)
    first.attach(acting)
    _make_root(cue)


def _make_root(cue: Token) -> None:
    """Hang the clause that a sentence begins with on the verb of saying at its end."""
    root = cue.sent.root
    if root.i != cue.i:
        cue.dep_ = "ROOT"
        cue.attach(cue)
        root.dep_ = "ccomp"
        root.attach(cue)


def _find_teller(cue: Token) -> Token | None:
    """Return the name between commas, with what its bearer is, right before a verb of saying."""
    doc, comma = cue.doc, cue.i - 1
    if doc[comma].text != "," or cue.tag_ not in {"VBD", "VBZ"}:
        return None
    role = next((t for t in doc[cue.sent.start : comma] if _is_role(t, comma)), None)
    name = role.head if role is not None else None
    if name is None or name.tag_ != "NNP" or doc[name.i + 1].text != ",":
        return None
    start = name.i
    while doc[start - 1].tag_ == "NNP" and start > cue.sent.start:
        start -= 1
    return name if start < name.i and doc[start - 1].text == "," else None


def _is_role(noun: Token, end: int) -> bool:
    return noun.dep_ == "appos" and noun.i > noun.head.i and noun.right_edge.i == end - 1


def _give_subject(verb: Token) -> bool:
    """Give “had” of “was trapped in his van and rescuers had to free him” its rescuers.

    Return True if it did.
    """
    start = min([verb.i, *(c.i for c in verb.lefts)])
    if not is_finite(verb) or find_subject(verb) is not None or start < PAIR:
        return False
    noun = verb.doc[start - 1]
    first = noun.left_edge.i - 1
    if noun.dep_ != "conj" or not noun.tag_.startswith("NN") or first < 1:
        return False
    joining, above = verb.doc[first], noun.head
    if joining.lower_ != "and" or above.dep_ not in GIVEN or above.i <= verb.head.i:
        return False
    noun.dep_ = "nsubj"
    noun.attach(verb)
    joining.attach(verb.head)
    return True


def _join_then(verb: Token) -> None:
    """Join “cut” of “said so, then cut it”: two acts, one after the other."""
    before = [t.lower_ for t in verb.doc[max(0, verb.i - 2) : verb.i]]
    if verb.lower_ in REVISING and before == [",", "then"]:
        verb.dep_, verb.tag_ = "conj", "VBD" if verb.tag_ == "VB" else verb.tag_
        verb.nbor(-1).attach(verb)
        verb.nbor(-2).attach(verb)


def _give_speaker(verb: Token) -> None:
    """Give “said” of “…, the chief, Ann Lee, said on Monday” the chief, hung on what is told."""
    if verb.tag_ != "VBD" or verb.lower_ not in VERB_FORMS or verb.i < PAIR:
        return
    before = verb.nbor(-2)
    joined = any(c.dep_ == "cc" and c.i < verb.i for c in verb.head.rights)
    if verb.nbor(-1).text != "," or joined or find_subject(verb) is not None:
        return
    noun = before
    while noun.dep_ == "appos" and noun.head.dep_ == "appos" and noun.head.tag_.startswith("NN"):
        noun = noun.head
    opened = noun.left_edge.i > 0 and noun.left_edge.nbor(-1).text == ","
    if noun.i == before.i or before.ent_type_ != "PERSON" or not opened:
        return
    noun.dep_ = "nsubj"
    noun.attach(verb)
    verb.dep_ = "parataxis"


def _join_to_told(noun: Token) -> None:
    """Hang “toll” of “…, the army said, a toll that nobody verified” on what is told."""
    if noun.lower_ not in TOLLS:
        return
    verb, first = noun.head, noun.left_edge
    before = first.nbor(-1) if first.i else first
    told = verb.head if verb.dep_ == "parataxis" else verb
    if before.text != "," or before.i < verb.i or told.i > verb.i:
        return
    owner = next((c for c in told.rights if c.dep_ == "dobj" and c.i < before.i), None)
    if owner is not None:
        noun.dep_ = "appos"
        noun.attach(owner)


def _join_to_told_of(verb: Token) -> None:
    """Hang “telling” of “gave an account of Lee telling Roe …” on Lee, who did it."""
    noun = verb.nbor(-1)
    of = noun.head
    if (
        verb.tag_ == "VBG"
        and noun.dep_ == "pobj"
        and of.lower_ == "of"
        and of.head.lower_ in ACCOUNTS
        and of.i
    ):
        following = [c for c in verb.head.rights if c.dep_ == "advcl" and c.i > verb.i]
        verb.dep_ = "acl"
        verb.attach(noun)
        for other in following:
            other.attach(verb)


def _join_to_teller(verb: Token) -> None:
    """Hang “showed” of “in the wake of polls that showed …” on the polls: no wake shows."""
    noun, subject = verb.head, find_subject(verb)
    if subject is None or subject.tag_ != "WDT" or noun.lower_ in TELLING | WRITTEN:
        return
    between = noun.doc[noun.i + 1 : subject.i]
    told = [t for t in between if t.lower_ in TELLING and t.dep_ == "pobj" and t.head.head == noun]
    if told and noun.ent_type_ != "PERSON":
        verb.attach(told[-1])


def _mend_phrase(token: Token) -> None:
    """Hang what belongs to a noun, a name or a sibling there, wherever the parser hung it."""
    word = token.lower_
    mend = MENDS.get(token.dep_)
    if mend is not None and token.i >= PAIR:
        mend(token)
    if word == "limited" and token.i > OPEN_LIST:
        _join_open_list(token)
    elif word == TURNED:
        _join_to_turned(token)
    elif token.tag_ == "NNP" and token.i > 0:
        if token.ent_type_ == "GPE" and token.dep_ in SUBJECTS and token.i > PAIR:
            _join_state(token)
        _join_name(token)
    elif word in SURE and token.dep_ == "amod":
        _free_sure(token)


def _free_sure(sure: Token) -> None:
    """Read “was certain money would be found” as that it would, and not as what money it was."""
    noun, be = sure.head, sure.head.head
    after = (*be.rights, *be.head.rights)
    told = next((c for c in after if c.dep_ == "ccomp" and c.i > noun.i), None)
    if noun.dep_ != "attr" or sure.i != noun.left_edge.i or told is None:
        return
    if find_subject(told) is not None or told.left_edge.i != noun.right_edge.i + 1:
        return
    sure.dep_ = "acomp"
    sure.attach(be)
    noun.dep_ = "nsubjpass" if any(c.dep_ == "auxpass" for c in told.lefts) else "nsubj"
    noun.attach(told)
    told.attach(sure)


def _mend_relative(verb: Token) -> None:
    _join_to_deed(verb)
    _join_to_document(verb)
    if verb.lower_ in READING:
        _join_to_written(verb)
    elif verb.lower_ in VERB_FORMS:
        _join_to_teller(verb)


def _join_to_deed(verb: Token) -> None:
    """Hang “killed” of “responsibility for a strike that killed nine” on the strike."""
    noun = verb.head
    if noun.lower_ not in ADMITTED:
        return
    deeds = (o for c in noun.rights for o in c.rights if c.dep_ == "prep" and o.dep_ == "pobj")
    deed = next((o for o in deeds if o.i < verb.i), None)
    if deed is not None:
        verb.attach(deed)


def _join_to_document(verb: Token) -> None:
    """Hang “released” of “an audit by the state, which was released” on the audit."""
    told = next((c for c in verb.rights if c.dep_ == "xcomp"), verb)
    by = verb.head.head
    passive = any(c.dep_ == "auxpass" for c in told.lefts)
    if told.lower_ not in ISSUED or not passive or by.lower_ != "by" or by.i > verb.i:
        return
    noun = by.head if by.head.tag_.startswith("NN") else by.head.head
    if noun.lower_ in TELLING:
        verb.attach(noun)


def _make_finite(verb: Token) -> None:
    """Make “killed” of “TV said the shelling of quarters killed nine” what the shelling did.

    The parser hangs it on the quarters; but what is done to them has no object.
    """
    noun = verb.head
    while noun.dep_ in {"pobj", "prep"}:
        noun = noun.head
    cue = noun.head
    done = any(c.dep_ == "dobj" and c.i > verb.i for c in verb.rights)
    if noun.dep_ != "ccomp" or not noun.tag_.startswith("NN") or cue.lower_ not in VERB_FORMS:
        return
    if not done or cue.i > noun.i or verb.tag_ != "VBN" or find_subject(verb) is not None:
        return
    verb.dep_, verb.tag_ = "ccomp", "VBD"
    verb.attach(cue)
    noun.dep_ = "nsubj"
    noun.attach(verb)
    for token in [c for c in cue.rights if c.i > verb.i and c.dep_ in {"cc", "conj"}]:
        token.attach(verb)


def _join_to_sibling(verb: Token) -> None:
    """Hang “broke” of “said Lee robbed a shop, broke into a church” on “robbed”, which has Lee."""
    cue = verb.head
    if (
        verb.tag_ != "VBD"
        or cue.i > verb.i
        or cue.lower_ not in VERB_FORMS
        or find_subject(verb) is not None
    ):
        return
    first = next((c for c in cue.rights if c.dep_ == "ccomp" and c.i < verb.i), None)
    if first is not None and first.tag_ == "VBD" and find_subject(first) is not None:
        verb.dep_ = "conj"
        verb.attach(first)


def _join_open_list(limited: Token) -> None:
    """Hang “but not limited to A and B” on the “including” before it: nothing is limited."""
    doc = limited.doc
    including, but, negation = doc[limited.i - 3], limited.nbor(-2), limited.nbor(-1)
    words = (including.lower_, but.lower_, negation.lower_)
    if words != ("including", "but", "not"):
        return
    children = [c for c in limited.children if c.i not in {but.i, negation.i}]
    verb = next((c for c in children if c.dep_ == "conj" and is_finite(c)), None)
    subject = find_subject(limited)
    if limited.dep_ == "ROOT" and verb is not None:
        verb.dep_ = "ROOT"
        verb.attach(verb)
        for child in (c for c in children if c.i != verb.i and c.lower_ != "to"):
            child.attach(verb)
        if subject is not None:
            subject.attach(verb)
    elif limited.dep_ == "ROOT":
        return
    for token in (but, negation, limited):
        token.dep_ = "advmod"
        token.attach(including)


def _join_to_written(verb: Token) -> None:
    """Hang “read” of “a sign at an exit that read” on the sign: no exit reads."""
    noun = verb.head
    above = (t for t in noun.ancestors if t.i < noun.i and t.dep_ != "relcl")
    for token in above:
        if token.lower_ in WRITTEN and noun.lower_ not in WRITTEN:
            verb.attach(token)
            return
        if token.tag_.startswith("VB"):
            objects = (c for c in token.rights if c.i < noun.i and c.lower_ in WRITTEN)
            verb.attach(next(objects, noun))
            return


def _join_to_turned(verb: Token) -> None:
    """Hang “turned” of “for the banker turned candidate” on the banker, who turned into one.

    The parser takes it for a verb of whoever acts in the sentence.
    """
    if verb.i < 1 or verb.i + 1 == len(verb.doc) or verb.tag_ not in {"VBD", "VBN"}:
        return
    noun, told = verb.nbor(-1), next((c for c in verb.rights if c.dep_ in BECOMING), None)
    bare = told is not None and not any(c.dep_ in {"det", "poss", "nummod"} for c in told.lefts)
    behind = told is not None and told.left_edge.i == verb.i + 1 and told.tag_ in {"NN", "NNP"}
    if noun.tag_ not in {"NN", "NNP"} or not bare or not behind:
        return
    subject = find_subject(verb)
    before = noun.left_edge.nbor(-1) if noun.left_edge.i else noun
    if subject is not None and (subject.i != noun.i or before.tag_ != "IN"):
        return
    if subject is not None:
        noun.dep_ = "pobj"
        noun.attach(before)
    if verb.dep_ == "conj":
        verb.tag_, verb.dep_ = "VBN", "acl"
        verb.attach(noun)


def _join_name(name: Token) -> None:
    """Make one of “affiliate ABC 7” and of “Norlink, Inc.”, whose parts the parser hangs apart."""
    before = name.nbor(-1)
    if name.text in FIRMS and before.text == "," and name.i > 1:
        firm = name.nbor(-2)
        if firm.tag_ == "NNP" and name.dep_ in {"nsubj", "nsubjpass", "appos", "conj"}:
            if name.dep_ in SUBJECTS:
                firm.dep_ = name.dep_
                firm.attach(name.head)
                for child in [c for c in name.children if c.i != firm.i]:
                    child.attach(firm)
            name.dep_ = "nmod"
            name.attach(firm)
            before.attach(firm)
    elif _is_named_by(before, surname := name.head if name.dep_ == "compound" else name):
        before.dep_ = "compound"
        before.attach(surname)
        for child in [c for c in before.lefts if c.i < before.i]:
            child.attach(surname)


def _is_named_by(noun: Token, name: Token) -> bool:
    both = noun.dep_ == "nsubj" and name.dep_ in SUBJECTS
    return both and noun.tag_ == "NN" and noun.head.i in {name.i, name.head.i}


def _join_to_described(verb: Token) -> bool:
    """Hang “were” of “found those with a job, who walked, were …” on “found”: the parser cuts it.

    Return True if it did.
    """
    if verb.i < SHORTEST or verb.nbor(-1).text != "," or find_subject(verb) is not None:
        return False
    noun = next((t for t in verb.nbor(-2).ancestors if t.dep_ == "dobj"), None)
    if noun is None or noun.head.lower_ not in VERB_FORMS or noun.head.i >= noun.i:
        return False
    clause = next((c for c in noun.rights if c.dep_ == "relcl"), None)
    if clause is None or noun.right_edge.i != verb.i - 2 or not is_finite(verb):
        return False
    noun.dep_, verb.dep_ = "nsubj", "ccomp"
    verb.attach(noun.head)
    noun.attach(verb)
    return True


def _join_present(verb: Token) -> bool:
    """Hang “does cut” of “found that it does not work but does cut costs” on what was found.

    Who found it in the past does nothing now.
    """
    cue = verb.head
    now = any(c.dep_ in HELPERS and c.tag_ in {"VBZ", "VBP"} for c in verb.lefts)
    if not now or cue.tag_ != "VBD" or cue.lower_ not in VERB_FORMS or find_subject(verb):
        return False
    told = next((c for c in cue.rights if c.dep_ == "ccomp" and c.i < verb.i), None)
    finite = told is not None and any(
        c.dep_ in HELPERS and c.tag_ in {"VBZ", "VBP"} for c in told.lefts
    )
    if told is None or not (finite or told.tag_ in {"VBZ", "VBP"}):
        return False
    _move(verb, told)
    return True


def _join_told(verb: Token) -> bool:
    """Hang “does” of “shows tea drinking does not harm” on “shows”, with what it is told of.

    Return True if it did.
    """
    start = min([verb.i, *(c.i for c in verb.lefts)])
    if not is_finite(verb) or find_subject(verb) is not None or start < 1:
        return False
    last = verb.doc[start - 1]
    told = next((t for t in (last, *last.ancestors) if t.dep_ == "dobj"), None)
    if told is None or told.right_edge.i != last.i or told.head.lower_ not in VERB_FORMS:
        return False
    if told.head.i > told.i or told.tag_.startswith("PRP"):
        return False
    verb.dep_ = "ccomp"
    verb.attach(told.head)
    told.dep_ = "nsubj"
    told.attach(verb)
    return True


def _reduce_bare(verb: Token) -> bool:
    """Hang “held” of “spoke of workers held by Norland and sent” on the workers: nothing joins it.

    Return True if it did.
    """
    noun, head = verb.nbor(-1), verb.head
    joined = any(t.tag_ == "CC" or t.text in JOINING for t in verb.doc[head.i + 1 : verb.i])
    done = any(c.dep_ in {"agent", "prep"} and c.lower_ == "by" for c in verb.rights)
    if joined or not done or verb.tag_ not in {"VBD", "VBN"} or find_subject(verb) is not None:
        return False
    if not noun.tag_.startswith("NN") or noun.i <= head.i:
        return False
    following = [c for c in verb.rights if c.dep_ in {"cc", "conj"}]
    for moved in following:
        moved.attach(head)
    verb.tag_, verb.dep_ = "VBN", "acl"
    verb.attach(noun)
    return True


def _join_relatives(verb: Token) -> None:
    """Join “have” of “who hope to win and who have fled” to “hope”, which tells of the same."""
    subject = find_subject(verb)
    if subject is None or not subject.tag_.startswith("W") or subject.i != verb.left_edge.i:
        return
    first = next((t for t in verb.ancestors if t.dep_ == "relcl"), None)
    if first is None or first is verb.head or first.left_edge.lower_ != subject.lower_:
        return
    for moved in (*(c for c in verb.head.rights if c.dep_ == "cc" and c.i < verb.i), verb):
        moved.attach(first)


def _join_subjects(verb: Token) -> None:
    """Read “after Pell and nine towns sued” as a clause: the parser takes “after Pell” for a time.

    Of a town or a person no time is made.
    """
    subject = find_subject(verb)
    joining = subject.left_edge.nbor(-1) if subject is not None and subject.left_edge.i else verb
    if subject is None or joining.lower_ != "and" or joining.i < PAIR or subject.tag_ == "PRP":
        return
    last = joining.nbor(-1)
    at = next((t for t in (last, *last.ancestors) if t.dep_ == "pobj"), last)
    time = at.head
    if at.dep_ != "pobj" or time.lower_ not in TIMING or at.right_edge.i != last.i:
        return
    if at.ent_type_ not in ACTING or time.i > at.i or at.tag_ != "NNP":
        return
    governor = time.head
    if governor.i != verb.head.i:
        return
    verb.dep_, at.dep_, subject.dep_, time.dep_ = "advcl", "nsubj", "conj", "mark"
    verb.attach(governor)
    at.attach(verb)
    time.attach(verb)
    for moved in (joining, subject):
        moved.attach(at)


def _join_to_infinitive(verb: Token) -> None:
    """Hang “capture” of “cheered those hoping to keep Dorn and capture Pell” on “keep”.

    Nothing in its bare form is joined to a verb in the past.
    """
    head = verb.head
    bare = verb.tag_ in {"VB", "VBP"} and not any(c.dep_ in HELPERS for c in verb.lefts)
    if not bare or head.tag_ not in {"VBD", "VBZ"} or find_subject(verb) is not None:
        return
    between = verb.doc[head.i + 1 : verb.i]
    to = next((t for t in reversed(between) if t.tag_ == "TO" and t.head.tag_ == "VB"), None)
    if to is None or not head.is_ancestor(to.head):
        return
    joining = [c for c in head.rights if to.head.i < c.i < verb.i and c.dep_ in {"cc", "punct"}]
    for moved in (*joining, verb):
        moved.attach(to.head)
    verb.tag_ = "VB"


def _join_to_outer_passive(verb: Token) -> None:
    """Hang “was” of “was thrown from the van she had driven and was taken” on “was thrown”."""
    inner = verb.head
    helper = next((c for c in verb.lefts if c.dep_ == "auxpass"), None)
    if inner.dep_ != "relcl" or helper is None or find_subject(verb) is not None:
        return
    subject = find_subject(inner)
    outer = next((t for t in inner.ancestors if t.tag_ == "VBN"), None)
    if outer is None or subject is None or subject.tag_ != "PRP" or inner.left_edge.tag_ != "PRP":
        return
    if any(c.dep_ == "auxpass" and c.lower_ == helper.lower_ for c in outer.lefts):
        for moved in (*(c for c in inner.rights if c.dep_ == "cc" and c.i < verb.i), verb):
            moved.attach(outer)


def _join_to_relative(verb: Token) -> None:
    """Hang “displaced” of “has ended the war that has killed 900, displaced half …” on “killed”.

    And “forced” of “fight a fire that has burned 40 homes, forced 900 to flee” on “burned”: nobody
    fights and forced. And “did not warrant” of “which Lee said was odd but did not warrant a fine”
    on “was”.
    """
    first = verb.head
    if find_subject(verb) is not None:
        return
    told = next((c for c in first.rights if c.dep_ == "ccomp" and c.i < verb.i), None)
    if first.dep_ == "relcl" and told is not None and first.lower_ in VERB_FORMS:
        subject = find_subject(told)
        if is_finite(told) and (subject is None or subject.tag_ in {"WDT", "WP"}):
            _move(verb, told)
        return
    if verb.nbor(-1).text != "," or any(c.dep_ in HELPERS for c in verb.lefts):
        return
    within = (t for t in verb.doc[first.i + 1 : verb.i] if t.dep_ == "relcl" and t.tag_ == "VBN")
    inner = next((t for t in within if t.head.i > first.i), None)
    helpers = {c.lower_ for c in first.lefts if c.dep_ in HELPERS}
    theirs = {c.lower_ for c in inner.lefts if c.dep_ in HELPERS} if inner is not None else set()
    present = first.tag_ in {"VBZ", "VBP"} or not helpers.isdisjoint({"is", "are"})
    perfect = not theirs.isdisjoint({"has", "have"})
    if inner is not None and (helpers & theirs or (present and perfect)):
        verb.tag_ = "VBN" if present else verb.tag_
        _move(verb, inner)


def _move(verb: Token, told: Token) -> None:
    for moved in (*(c for c in verb.head.rights if c.dep_ == "cc" and told.i < c.i < verb.i), verb):
        moved.attach(told)


def _free_subject(cue: Token) -> None:
    """Give “had closed” of “The mill, Lee said, citing a memo, had closed” its mill back."""
    subjects = [c for c in cue.lefts if c.dep_ == "nsubj"]
    if len(subjects) != PAIR or subjects[1].left_edge.nbor(-1).text != ",":
        return
    told = next((c for c in cue.rights if c.dep_ == "ccomp"), None)
    told = cue.head if cue.dep_ == "parataxis" and cue.head.i > cue.i else told
    if told is None or find_subject(told) is not None or not is_finite(told):
        return
    start = min(told.i, *(c.i for c in told.lefts if c.dep_ in {"aux", "auxpass"}), told.i)
    if told.doc[start - 1].text != ",":
        return
    if told.head.i == cue.i:
        told.dep_ = cue.dep_
        told.attach(cue.head if cue.head.i != cue.i else told)
        cue.dep_ = "parataxis"
        cue.attach(told)
    for child in [c for c in told.lefts if cue.i < c.i < start and c.dep_ not in {"aux", "neg"}]:
        child.attach(cue)
    passive = any(c.dep_ == "auxpass" for c in told.lefts)
    subjects[0].dep_ = "nsubjpass" if passive else "nsubj"
    subjects[0].attach(told)


def _mend_root(verb: Token) -> None:
    """Give a sentence its main verb where the parser took a reduced clause's for it."""
    if verb.tag_.startswith("NN"):
        _give_verb(verb)
        return
    if _give_relative(verb):
        return
    following = next((c for c in verb.rights if c.dep_ == "conj"), None)
    if following is not None and _is_reduced(verb, following):
        _reduce(verb, following)
        return
    before = next((c for c in verb.lefts if c.dep_ == "ccomp"), None)
    if before is not None and before.lower_ in VERB_FORMS and _join_listed(verb, before):
        return
    if before is not None and _is_contact_clause(verb, before):
        noun = next(c for c in before.rights if c.dep_ in {"attr", "dobj"})
        before.dep_ = "ROOT"
        before.attach(before)
        verb.dep_ = "relcl"
        verb.attach(noun)
        for mark in [c for c in verb.rights if c.dep_ == "punct"]:
            mark.attach(before)


def _join_listed(verb: Token, cue: Token) -> bool:
    """Set the second of “They found that tea helps, coffee harms, and …” beside the first.

    Return True if it did.
    """
    told = next((c for c in cue.rights if c.dep_ == "ccomp"), None)
    subject = find_subject(verb)
    if told is None or subject is None or verb.lower_ in VERB_FORMS:
        return False  # “They found that tea helps, the authors said”
    if not told.i < subject.left_edge.i < verb.i:
        return False
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in told.lefts)
    if not marked or subject.left_edge.nbor(-1).text != "," or find_subject(cue) is None:
        return False
    cue.dep_ = "ROOT"
    cue.attach(cue)
    verb.dep_ = "conj"
    verb.attach(told)
    return True


def _give_verb(noun: Token) -> None:
    """Make “burned” the main verb of “The tower, whose bells rang in 1912, burned in May.”

    The parser hangs it on the noun or on what is told in the relative clause.
    """
    clause = next((c for c in noun.rights if c.dep_ == "relcl" and is_finite(c)), None)
    if clause is None or noun.sent[-1].text != "." or clause.left_edge.nbor(-1).text != ",":
        return
    hung = (*(c for c in noun.rights if c.dep_ == "acl"), *_iter_joined(clause))
    verb = next((v for v in hung if v.i > clause.i and _follows_comma(v)), None)
    if verb is None or not verb.tag_.startswith("VB") or find_subject(verb) is not None:
        return
    before = verb.head
    verb.tag_ = "VBD" if verb.tag_ == "VBN" and not _has_helper(verb) else verb.tag_
    verb.dep_ = "ROOT"
    verb.attach(verb)
    noun.dep_ = "nsubj"
    noun.attach(verb)
    for child in [c for c in before.rights if c.i > verb.i]:
        child.attach(verb)


def _iter_joined(verb: Token) -> Iterator[Token]:
    for child in verb.rights:
        if child.dep_ == "conj":
            yield child
            yield from _iter_joined(child)


def _has_helper(verb: Token) -> bool:
    return any(c.dep_ in HELPERS for c in verb.lefts)


def _follows_comma(verb: Token) -> bool:
    """Return True if a verb, with its helpers, stands right behind a comma."""
    first = min([verb.i, *(c.i for c in verb.lefts if c.dep_ in HELPERS | {"neg", "advmod"})])
    return verb.doc[first - 1].text == ","


def _give_relative(verb: Token) -> bool:
    """Give “was” of “Lee, whose husband, a clerk, was one of nine killed, spoke” to the husband.

    Return True if it did: the sentence's verb is the one behind.
    """
    name, later = find_subject(verb), next((c for c in verb.rights if c.dep_ == "ccomp"), None)
    if name is None or later is None or not is_finite(later):
        return False
    owned = next((c for c in name.rights if any(g.tag_ == "WP$" for g in c.lefts)), None)
    told = find_subject(later)
    if owned is None or owned.dep_ != "appos" or told is None or told.i < verb.i:
        return False
    later.dep_ = "ROOT"
    later.attach(later)
    verb.dep_ = "relcl"
    name.attach(later)
    verb.attach(name)
    owned.dep_ = "nsubj"
    owned.attach(verb)
    told.dep_ = "attr"
    told.attach(verb)
    for mark in [c for c in verb.rights if c.dep_ == "punct" and c.i > told.i]:
        mark.attach(later)
    return True


def _is_reduced(verb: Token, following: Token) -> bool:
    """Return True for “involved” in “the car involved, a red van, was damaged”."""
    subject = find_subject(verb)
    joined = any(c.dep_ == "cc" and c.i < following.i for c in verb.rights)
    own = any(c.dep_ in {"aux", "auxpass"} for c in verb.lefts)
    if verb.tag_ != "VBD" or not verb.lower_.endswith("ed") or joined or own:
        return False
    helped = any(c.dep_ in {"aux", "auxpass"} and c.tag_ != "MD" for c in following.lefts)
    first = min([following.i, *(c.i for c in following.lefts)])
    commas = verb.i > 0 and verb.nbor(-1).text == verb.doc[first - 1].text == ","
    # “The role, started in 1789, carries no powers”; “Sales in the quarter, ended May 1, fell”
    now = commas and (following.tag_ in {"VBZ", "VBP"} or verb.lower_ == "ended")
    helped = helped or now
    told = any(c.dep_ in {"dobj", "ccomp", "xcomp", "prt"} for c in verb.rights)
    near = verb.i - 1
    near -= verb.doc[near].text == ","
    bare = subject is not None and subject.tag_.startswith("NN")
    bare = bare and subject is not None and (subject.i == near or (now and _holds(subject, near)))
    return bare and helped and not told and find_subject(following) is None


def _holds(noun: Token, index: int) -> bool:
    return any(t.i == index for t in noun.subtree)


def _reduce(verb: Token, following: Token) -> None:
    subject = find_subject(verb)
    if subject is None:
        return
    start = min([following.i, *(c.i for c in following.lefts)])
    children = [c for c in verb.children if c.i not in {subject.i, following.i}]
    passive = any(c.dep_ == "auxpass" for c in following.lefts)
    following.dep_ = "ROOT"
    following.attach(following)
    subject.dep_ = "nsubjpass" if passive else "nsubj"
    subject.attach(following)
    verb.tag_, verb.dep_ = "VBN", "acl"
    verb.attach(subject)
    for child in children:
        child.attach(subject if child.i < start else following)
        if child.dep_ == "npadvmod" and child.i < start:
            child.dep_ = "appos"


def _is_contact_clause(verb: Token, before: Token) -> bool:
    """Return True for “He is not the mayor | we need”: no mark parts it from its noun."""
    subject = find_subject(verb)
    if verb.lower_ in VERB_FORMS or subject is None or subject.i < before.i or verb.tag_ == "VB":
        return False
    noun = next((c for c in before.rights if c.dep_ in {"attr", "dobj"}), None)
    adjacent = before.right_edge.i == subject.left_edge.i - 1
    opened = noun is not None and noun.right_edge.i == before.right_edge.i
    return adjacent and opened and is_finite(before) and noun is not None and not noun.is_punct


def _is_speakers(verb: Token, told: Token) -> bool:
    """Return True if a verb tells what is done with words, and its neighbour what is told."""
    word = verb.lower_
    if word in REVISING:
        return any(c.dep_ == "dobj" and c.lower_ in TOLLS for c in verb.rights)
    if word in OFFERING and any(c.dep_ == "dobj" and c.lower_ in DETAILS for c in verb.rights):
        return True
    infinitive = next((c for c in verb.rights if c.dep_ == "xcomp"), None)
    withheld = infinitive is not None and infinitive.lower_ in WITHHELD
    if withheld or (word in BLAMING and _is_beside(verb, told)) or _is_of_living(verb, told):
        return True
    subject = find_subject(told)
    if word not in VERB_FORMS or subject is None:
        return False
    if subject.lower_ in PERSONAL:
        return any(c.dep_ in {"ccomp", "dobj", "oprd"} for c in verb.rights)
    named = subject.ent_type_ == "PERSON" or subject.tag_ == "NNP" or told.lower_ in VERB_FORMS
    named |= subject.lower_ in TELLING
    return not named and any(c.dep_ == "ccomp" for c in verb.rights)


def _is_of_living(verb: Token, told: Token) -> bool:
    """Return True for “said nine were killed and arrested two men”: the dead arrest nobody."""
    if told.lower_ not in DYING or verb.tag_ != "VBD" or verb.lower_ in SUFFERING:
        return False
    return any(c.dep_ in {"dobj", "ccomp"} for c in verb.rights) and not _has_helper(verb)


def _is_beside(verb: Token, told: Token) -> bool:
    """Return True for “said it had closed and blamed the mayor”, “…, and also accused the mayor”.

    Who said it blames and accuses: in another tense than what is told, or behind a comma.
    """
    acts = any(c.dep_ in {"dobj", "xcomp", "ccomp", "prep"} for c in verb.rights)
    alone = not any(c.dep_ in HELPERS for c in verb.lefts)
    also = any(c.lower_ == "also" for c in verb.lefts)
    joined = next((c for c in told.rights if c.dep_ == "cc" and c.i < verb.i), None)
    paused = joined is not None and joined.nbor(-1).text == ","
    before = any(c.lower_ == "had" and c.dep_ == "aux" for c in told.lefts)
    return acts and alone and (before or (also and paused))


MENDS: dict[str, Callable[[Token], None]] = {
    "acl": _make_finite,
    "ccomp": _join_to_sibling,
    "relcl": _mend_relative,
    "advcl": _join_to_told_of,
    "conj": _give_speaker,
    "dobj": _join_to_told,
    "dep": _join_then,
}
"""By how a word hangs, what hangs it elsewhere."""
