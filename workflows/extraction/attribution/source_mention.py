"""Who says it: the mention of a source that belongs to a cue."""

from collections.abc import Iterator

from workflows.extraction.attribution.factuality import is_hearing_body
from workflows.extraction.parse import Doc, Token, find_root
from workflows.extraction.text.lexicon import (
    ACCOUNTS,
    DIRECTIVES,
    VERB_FORMS,
    inflect_all,
    word_set,
)
from workflows.extraction.text.spans import MARKS, TokenSpan, trim_span
from workflows.extraction.text.syntax import FINITE
from workflows.extraction.text.turns import TITLES

SUBJECTS = frozenset({"nsubj", "csubj"})
LENDING = frozenset(
    {"conj", "xcomp", "advcl", "ccomp", "dep", "pcomp", "prep", "parataxis", "acomp"}
)
"""How a verb without a subject of its own may hang on one that has it."""
RELATIVES = frozenset({"relcl", "acl", "appos"})
ENDING = frozenset({"relcl", "appos", "punct", "advcl", "acl"})
"""How what ends the mention of a source hangs on its head."""
SLIPPED_IN = frozenset({'"', "“", "”", ";", ":", "''", "``", ")"})
EMPTY = frozenset({"there", "what", "this"})
FARTHEST = 6
NEAREST = 14
"""Tokens between a verb and who is named beside it."""
BLAMING = frozenset({"for", "of", "from", "against", "into", "about"})
QUOTES = frozenset({'"', "“", "”", "''", "``"})
LINKING = word_set("the our of and for in a an all from on")
CAMPAIGNING = word_set(
    """
    ban build defeat defend elect end free impeach keep preserve promote protect reclaim reduce
    re-elect reelect reform repeal restore save stop study support
    """
)
"""What a body of citizens is to do by its name."""
CLOSING = frozenset({'"', "”", "''"})
PAIRED = MARKS - {"'", "’"}
NICKNAMED = 2
"""Quotation marks in “Tom “Fox” Lee”."""
LONGEST_TITLE = 8
"""Tokens behind a mention within which a quotation in it is closed."""
OPENINGS = {")": "(", ",": ","}
NAMING = frozenset({"NN", "NNP", "NNPS", "POS", "HYPH"})
PLACES = frozenset({"GPE", "LOC"})
LONGEST_NAME = 12
LONGEST_OUTLET = 4
LEAST = 2
"""Tokens before “saying” in “Lee as saying”."""
RANKS = word_set(
    "sheriff trooper constable superintendent marshal commander major coroner agent manager "
    "executive investigator supervisor administrator"
)
"""Offices before a name, beside the titles of those who speak by turns."""
PARTICIPLES = frozenset({"VBN", "VBD"})
BEFORE_NOUN = frozenset({"DT", "JJ", "JJR", "JJS", "PRP$", "RB", "POS", "HYPH", "VBN"})
CAUSING = inflect_all(
    """
    force make let get help lead drive prompt cause compel oblige allow enable persuade convince
    bring permit induce provoke shame bully
    """
)
"""Verbs whose object does what the infinitive behind it tells."""
SPEAKING = frozenset({"PERSON", "NORP"})
TELLING = word_set(
    "report study poll article story survey account book paper column reports studies"
)
RESEARCH = word_set(
    """
    report study poll survey research analysis review paper investigation inquiry audit memo
    document documents figures data researchers scientists experts economists doctors analysts
    reports studies
    """
)
"""What “finds” something behind the news: “Sales fell, finds a study”."""
AUTHORING = inflect_all(
    """
    send issue release publish write post make give sign file tweet deliver submit distribute email
    produce draft read put
    """
)
"""What whoever says something does with the text in which it stands."""
NO_ACTORS = word_set(
    """
    way ways chance opportunity effort efforts attempt attempts bid move ability right time reason
    need desire decision place place moment
    """
)
"""“A way to say that”: no way says anything."""
ANSWERS = word_set(
    "answer reply response reaction defence defense argument message advice excuse explanation"
)
SPEAKING = frozenset({"PERSON", "ORG", "NORP", "GPE"})
"""Kinds of names of those who may speak."""
UNNAMED = word_set(
    """
    source sources official officials expert experts analyst analysts observer observers insider
    insiders critic critics aide aides person people some many others report reports media
    witness witnesses authorities officer officers diplomat diplomats adviser advisers advisor
    advisors spokesman spokeswoman spokesperson employee employees individual individuals resident
    residents lawyer lawyers reporter reporters journalist journalists outlet outlets newspaper
    newspapers poll polls survey study studies researcher researchers scientist scientists
    commentator commentators rumor rumors rumour rumours
    """
)
"""Heads of a mention that names nobody by itself."""


QUOTING = inflect_all("quote cite")
HAPPENINGS = word_set(
    """
    incident incidents accident crash collision shooting stabbing fire blaze explosion blast attack
    raid robbery storm flood earthquake quake protest march rally game match race clash arrest
    """
)
"""What nobody hears speak, though it may show something."""
WORKS = word_set("report reports poll polls survey study studies newspaper newspapers outlet media")
"""What is known by whose it is: “a Norlink poll”."""


def find_speaker(verb: Token) -> Token | None:
    """Return the head of the noun phrase that says, thinks or knows what this verb introduces."""
    unseen = find_teller_behind(verb) or _find_unseen_quoted(verb) or find_named_before(verb)
    return unseen if unseen is not None else _find_parsed_speaker(verb)


def _find_parsed_speaker(verb: Token) -> Token | None:
    """Return whoever says it by the parser's word."""
    token = verb
    for _ in range(FARTHEST):
        found = _find_own_subject(token)
        if found is not None and not (_is_accused(token) and found.i < token.i):
            who = _find_outer_speaker(found, token, verb) or _find_answering(found, token) or found
            return who if _is_somebody(who, verb) else None
        if _is_accused(token) or _is_done_to_another(token):
            return None
        if is_passive(token):
            return _find_raised(token, verb)
        if (made := find_blamed(token) or _find_made(token)) is not None:
            return made
        if token.dep_ in LENDING and token.head.i != token.i and _is_predicate(token.head):
            token = token.head
        elif token.dep_ in RELATIVES:
            owner = _find_actor(token)
            to_do = token.dep_ in {"acl", "relcl"} and any(c.tag_ == "TO" for c in token.lefts)
            none = owner is None and to_do and token.head.lower_ in NO_ACTORS
            return None if none else owner if owner is not None else token.head
        else:
            break
    return next(iter_outer_subjects(verb), None) if verb.tag_ == "VBG" else None


def find_unseen_quoting(verb: Token) -> Token | None:
    """Return “saying” of “site Pell.de quoted clerk Ann Lee as saying”, where no verb was seen.

    The parser takes “quoted” for what the clerk was.
    """
    doc, i = verb.doc, verb.i
    if verb.dep_ != "amod" or i == 0 or doc[i - 1].tag_ not in NAMING | {"CD"}:
        return None
    for token in doc[i + 1 : i + NEAREST]:
        if token.lower_ == "as" and token.i + 1 < len(doc):
            behind = token.nbor()
            return behind if behind.tag_ == "VBG" and behind.lower_ in VERB_FORMS else None
        if token.tag_ not in NAMING | {"DT", "JJ"}:
            return None
    return None


def _find_unseen_quoted(saying: Token) -> Token | None:
    """Return the clerk of “quoted clerk Ann Lee as saying”, whom the parser didn't see there."""
    if saying.dep_ != "pcomp" or saying.i < LEAST or saying.nbor(-1).lower_ != "as":
        return None
    before = saying.doc[max(0, saying.i - NEAREST) : saying.i - 1]
    quoting = next((t for t in before if t.lower_ == "quoted"), None)
    known = quoting is not None and find_unseen_quoting(quoting)
    return saying.nbor(-2) if known else None


def find_teller_behind(verb: Token) -> Token | None:
    """Return the study of “Sales fell in May, finds a study”, whatever the parser takes it for."""
    doc, i = verb.doc, verb.i
    if verb.tag_ not in {"VBZ", "VBD"} or i == 0 or doc[i - 1].text != ",":
        return None
    if any(c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for c in verb.lefts):
        return None
    behind = next((c for c in verb.rights if c.dep_ in {"dobj", "nsubj"}), None)
    if behind is None or behind.left_edge.i != i + 1 or behind.lower_ not in RESEARCH:
        return None
    return behind


def _find_answering(noun: Token, verb: Token) -> Token | None:
    """“Her answer was to say that …”: she says it, and not her answer."""
    if verb.lower_ not in {"is", "was"} or noun.lower_ not in ANSWERS:
        return None
    return next((c for c in noun.lefts if c.dep_ == "poss"), None)


def find_beside(verb: Token) -> Token | None:
    """“…,” said the minister: the noun right behind a verb without subject, or right before it."""
    doc = verb.doc
    forward = range(verb.i + 1, min(verb.i + NEAREST, len(doc)))
    return _find_first_noun(doc, forward) or _find_first_noun(doc, range(_skip_aside(verb), -1, -1))


def find_named_before(verb: Token) -> Token | None:
    """Return the Reyes of “…, State Patrol Officer Axel Reyes said.”, where no subject was seen.

    The parser took him for one more place or thing of the list before. Between the comma and the
    verb stands but his name, with his office.
    """
    doc = verb.doc
    if verb.tag_ != "VBD" or any(c.dep_ in SUBJECTS | {"auxpass"} for c in verb.children):
        return None
    last = doc[verb.i - 1] if verb.i > 1 else verb
    if last.tag_ != "NNP" or last.ent_type_ in PLACES:
        return None
    first = last.i
    while first > verb.sent.start + 1 and doc[first - 1].tag_ in NAMING:
        first -= 1
    titled = any(t.lower_.rstrip(".") in TITLES | RANKS for t in doc[first : last.i])
    stopped = doc[first - 1].text == ","
    return last if stopped and titled and last.i - first < LONGEST_NAME else None


def _skip_aside(verb: Token) -> int:
    """The token before a verb, or before its aside: “Ann Lee (Arden) said”, “Lee, 40, said”."""
    before = verb.i - 1
    opening = OPENINGS.get(verb.doc[before].text) if before > 0 else None
    if opening is None:
        return before
    for token in reversed(verb.doc[max(0, before - NEAREST) : before]):
        if token.text == opening:
            return token.i - 1
        if token.tag_ in FINITE or token.text in MARKS or token.is_sent_end:
            break
    return before


def _find_first_noun(doc: Doc, run: range) -> Token | None:
    named: Token | None = None
    for i in run:
        token = doc[i]
        if token.ent_type_ in {"DATE", "TIME"}:
            break
        if token.tag_.startswith(("NN", "PRP", "CD")) or token.tag_ == "POS":
            named = token if named is None or run.step > 0 else named
        elif (named is not None and named.tag_ != "POS") or token.tag_ not in BEFORE_NOUN:
            break
    return named if named is not None and named.tag_ != "POS" else None


def _find_raised(passive: Token, verb: Token) -> Token | None:
    """“The council is expected to say …”: who is to; but nobody in “was held and told …”."""
    patient = next((c for c in passive.lefts if c.dep_ == "nsubjpass"), None)
    if verb.tag_ in PARTICIPLES or verb.i == passive.i:
        told = patient is not None and verb.lower_ == "told" and is_hearing_body(patient)
        return patient if told else None  # “the court was told that”
    return patient


def _find_actor(verb: Token) -> Token | None:
    """“He has a plan to …”, “she sent a letter saying …”: whoever has or sends it.

    For a verb that hangs on what somebody has, uses or makes.
    """
    if verb.dep_ != "acl" or not (verb.tag_ == "VBG" or any(t.tag_ == "TO" for t in verb.lefts)):
        return None
    noun = verb.head
    if noun.dep_ == "pobj" and verb.tag_ != "VBG":
        noun = noun.head
    if noun.dep_ not in {"dobj", "attr", "prep"} or noun.head.i == noun.i:
        return None
    if noun.ent_type_ in SPEAKING and noun.dep_ == "dobj":
        return None  # “cheered Democrats hoping to win”
    if noun.dep_ == "dobj" and noun.head.lower_ in QUOTING and verb.tag_ == "VBG":
        return None  # “quoted an official saying that”: he says it
    found = _find_own_subject(noun.head)
    if verb.tag_ == "VBG" and noun.lower_ in TELLING and noun.head.lower_ not in AUTHORING:
        return None  # “called a report saying that … odd”: the report says it
    return found if found is not None and _is_somebody(found, noun.head) else None


def find_blamed(verb: Token) -> Token | None:
    """“Accused Roe of saying”, “thanked her for admitting”: whoever is said to have done it."""
    if verb.dep_ != "pcomp" or verb.head.lower_ not in BLAMING:
        return None
    governor = verb.head.head
    if governor.dep_ in {"dobj", "nsubjpass"}:
        return governor
    whom = {"dobj", "nsubjpass", "dative"}
    return next((c for c in governor.children if c.dep_ in whom and c.i < verb.i), None)


def _find_made(verb: Token) -> Token | None:
    """“Forced him to admit”, “led the banker to say”: whoever was made to."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as":  # “quoted an aide as saying”
        whom = {"dobj", "nsubjpass"}
        return next((c for c in verb.head.head.children if c.dep_ in whom), None)
    if verb.dep_ != "xcomp" or verb.head.lower_ not in CAUSING | DIRECTIVES:
        return None
    return next((c for c in verb.head.rights if c.dep_ == "dobj" and c.i < verb.i), None)


def is_told_of(verb: Token) -> bool:
    """Return True for “an account of Lee telling Roe to go”: an act that is told of."""
    if verb.dep_ in {"advcl", "conj"} and verb.head.tag_ == verb.tag_ == "VBG":
        verb = verb.head  # “… while telling Dahl to stay”
    if verb.tag_ != "VBG" or verb.dep_ not in {"acl", "pcomp"}:
        return False
    of = verb.head if verb.dep_ == "pcomp" else verb.head.head
    own = verb.dep_ == "acl" or any(c.dep_ == "nsubj" for c in verb.lefts)
    return own and of.lower_ == "of" and of.head.lower_ in ACCOUNTS


def is_passive(verb: Token) -> bool:
    return any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)


def _is_accused(verb: Token) -> bool:
    """“The clerks accused of fraud”: after no noun does this participle tell who accuses.

    Nor in a headline: “Clerk accused of fraud”.
    """
    behind = verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
    return verb.lower_ == "accused" and (verb.dep_ == "acl" or behind == "of")


def _is_done_to_another(verb: Token) -> bool:
    """Return True for “expected” of “Courted by banks and expected to win, Lee …”: not by banks."""
    return (
        verb.tag_ == "VBN"
        and verb.dep_ == "conj"
        and verb.head.tag_ == "VBN"
        and any(c.dep_ == "agent" for c in verb.head.rights)
        and not any(c.dep_ in {"aux", "auxpass"} for c in verb.lefts)
    )


def _is_somebody(subject: Token, verb: Token) -> bool:
    """Not the empty subject of "it is said", "there is", "what is known"."""
    if subject.lower_ in EMPTY:
        return False
    if subject.lower_ == "it":
        return subject.head.i == verb.i
    cue = VERB_FORMS.get(verb.lower_)
    return subject.lower_ not in HAPPENINGS or cue is None or "q" not in cue.frames


def _find_outer_speaker(subject: Token, clause: Token, verb: Token) -> Token | None:
    """“The minister said that exports had fallen, adding that …”: the minister adds, no exports.

    The parser hangs the participle on what is said. A person or body that is told of there may
    itself have spoken: only "adding" is then surely the speaker's.
    """
    teller = clause.head
    told = clause.dep_ == "ccomp" and teller.lower_ in VERB_FORMS
    if verb.tag_ != "VBG" or clause.i == verb.i or not told:
        return None
    quoted = any(t.text in CLOSING for t in verb.doc[subject.i : verb.i])
    if subject.ent_type_ in SPEAKING and verb.lower_ != "adding" and not quoted:
        return None
    return _find_own_subject(teller)


def iter_outer_subjects(verb: Token) -> Iterator[Token]:
    """For "…, adding that": the subjects before it of the clauses around, the nearest first."""
    around = verb
    for _ in range(FARTHEST):
        if around.head.i == around.i:
            return
        around = around.head
        found = next((c for c in around.lefts if c.dep_ in SUBJECTS), None)
        if found is not None and found.i < verb.i and found.lower_ not in EMPTY | HAPPENINGS:
            yield found


def _find_own_subject(verb: Token) -> Token | None:
    """Return the subject (or, in the passive, the agent) of this very verb."""
    agent = next((child for child in verb.children if child.dep_ == "agent"), None)
    if agent is not None:
        return next((c for c in agent.children if c.dep_ == "pobj"), None)
    return next((child for child in verb.children if child.dep_ in SUBJECTS), None)


def _is_predicate(token: Token) -> bool:
    return token.tag_.startswith("VB") or token.tag_ == "MD" or token.dep_ in {"prep", "acomp"}


def mention_span(head: Token, cue: Token | None = None) -> TokenSpan:
    """Return the noun phrase of a source, without the clauses and asides that follow it."""
    doc = head.doc
    start, end = head.left_edge.i, head.right_edge.i + 1
    if cue is not None and head.i < cue.i:
        end = min(end, cue.i)
        if _is_named_behind(head, end, cue):
            return TokenSpan(_skip_past_stop(doc, start, head.i), cue.i)
    named = _find_quoted_name(head)
    for child in head.rights:
        dependency = child.dep_
        if dependency in ENDING and not (named is not None and named.has(child.i)):
            if dependency == "acl" and (child.tag_ == "VBN" or _is_in_name(child)):
                continue
            if dependency == "appos" and not doc[child.left_edge.i - 1].is_punct:
                continue  # "their neighbour Ann Lee": one name
            end = min(end, child.left_edge.i)
    start = _skip_past_stop(doc, start, head.i)
    if start < head.i and opens_with_cue(doc[start]):
        start += 1
    if named is not None:
        return TokenSpan(start, named.end)
    end = find_name_end(doc, _close_quotation(doc, start, max(end, head.i + 1)))
    if cue is not None and head.dep_ == "poss" and doc[end - 1].tag_ == "POS":
        end -= 1  # “the ministry's claim”
    end = max(_close_bracket(doc, start, end), head.i + 1)
    return trim_span(doc, start, end, keep_quotes=False) or TokenSpan(head.i, head.i + 1)


def _is_named_behind(head: Token, end: int, cue: Token) -> bool:
    """Return True for “the newspaper | Carrow Post | reported”, which the parser set apart."""
    name = head.doc[end : cue.i]
    return (
        head.tag_ == "NN"
        and end == head.i + 1
        and 0 < len(name) <= LONGEST_OUTLET
        and all(t.tag_.startswith("NNP") and t.ent_type_ not in {"DATE", "TIME"} for t in name)
    )


def _close_bracket(doc: Doc, start: int, end: int) -> int:
    """Return where a mention ends with the bracket that is opened in it: “Ann Lee (D-Olden)”."""
    opened = max((t.i for t in doc[start:end] if t.text == "("), default=None)
    closed = opened is None or any(t.text == ")" for t in doc[opened:end])
    if opened is None or closed:
        return end
    named = (
        any(t.text[:1].isupper() for t in doc[opened + 1 : opened + 2])
        and end < len(doc)
        and doc[end].text == ")"
    )
    return end + 1 if named else opened  # “Ann Lee (pictured)”


def find_name_end(doc: Doc, end: int) -> int:
    """Return where “the Committee to Elect Ann Roe” ends, of which a mention ends before “to”."""
    if end + 1 >= len(doc) or doc[end].text != "to" or not _is_in_name(doc[end + 1]):
        return end
    last = end + 2
    for token in doc[last : last + LONGEST_TITLE]:
        if token.text[:1].isupper():
            last = token.i + 1
        elif token.lower_ not in LINKING:
            break
    return last


def _is_in_name(verb: Token) -> bool:
    """Return True for the verb of “Citizens to Protect the Dam”."""
    named = verb.i > 1 and verb.nbor(-1).text == "to" and verb.nbor(-2).text[:1].isupper()
    return named and verb.text[:1].isupper() and (verb.tag_ == "VB" or verb.lower_ in CAMPAIGNING)


def _find_quoted_name(noun: Token) -> TokenSpan | None:
    """Return the name, with its marks, of “the group “Homes for Olden””."""
    doc, start = noun.doc, noun.i + 1
    if start + 1 >= len(doc) or doc[start].text not in QUOTES or not noun.tag_.startswith("NN"):
        return None
    if not doc[start + 1].text[:1].isupper() or not doc[start].nbor(-1).whitespace_:
        return None
    behind = doc[start + 1 : start + LONGEST_TITLE]
    end = next((t.i + 1 for t in behind if t.text in QUOTES), None)
    inside = doc[start + 1 : end] if end is not None else behind
    said = any(t.tag_ in FINITE or t.text in {",", ".", "?", "!"} for t in inside)
    return TokenSpan(start, end) if end is not None and not said else None


def opens_with_cue(token: Token) -> bool:
    """Return True for the verb of “Continued Lee: …”, which the tagger takes for a name's."""
    cue = VERB_FORMS.get(token.lower_)
    said = cue is not None and "q" in cue.frames and token.lower_.endswith("ed")
    begins = said and token.is_sent_start and token.i + 1 < len(token.doc)
    return begins and token.nbor().tag_.startswith("NNP")


def _close_quotation(doc: Doc, start: int, end: int) -> int:
    """Return where a mention ends with the mark that closes what is quoted in it."""
    if sum(t.text in PAIRED for t in doc[start:end]) % 2 == 0:
        return end
    behind = doc[end : end + LONGEST_TITLE]
    return next((t.i + 1 for t in behind if t.text in CLOSING), end)


def _skip_past_stop(doc: Doc, start: int, head: int) -> int:
    """Return the phrase's begin, past a quotation or a dateline that slipped in before its head."""
    marks = [t.i for t in doc[start:head] if t.text in QUOTES]
    if len(marks) == NICKNAMED and marks[0] == start + 1 and doc[start].tag_ == "NNP":
        return start
    for i in range(head - 1, start - 1, -1):
        if doc[i].lower_ == "quoted" and find_unseen_quoting(doc[i]) is not None:
            return i + 1
        closes = doc[i].text == ")" and any(t.text == "(" for t in doc[start:i])
        if doc[i].text in SLIPPED_IN and not closes:  # “the Olden Agency (OA) sign” is whole
            return i + 1
    return start


def is_anonymous(doc: Doc, source: TokenSpan | None) -> bool:
    """Return True if it names nobody: no proper name, or only as an attribute of the unnamed."""
    if source is None:
        return True
    tokens = doc[source.start : source.end]
    head = find_root(tokens)
    if head.tag_ in {"PRP", "WP"}:
        return False
    if any(t.ent_type_ == "PERSON" for t in tokens):
        return False
    named = any(t.tag_.startswith("NNP") or t.ent_type_ in {"NORP", "GPE", "ORG"} for t in tokens)
    called = head.tag_.startswith("NNP") and len(tokens) > 1  # “the Olden Water Survey”
    return not named or (head.lower_ in UNNAMED - WORKS and not called)
