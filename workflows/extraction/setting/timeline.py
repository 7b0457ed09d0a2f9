"""The day of a report, and which of its sentences without a time of their own tell of that day.

A report opens with a day: “The council met on Tuesday.” What it then tells in the simple past
happened on that day too, until it tells of another time. Of 280 such verbs of real reports that we
read, with the day of each, half were of another time. Of those that keep to all the rules here nine
in ten were of that day; a linear model over fifty features of the same verbs chose no better.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from workflows.claims import DateMention
from workflows.extraction.parse import Doc, Span, Token
from workflows.extraction.quantities.dates import find_verb
from workflows.extraction.text.lexicon import inflect_all, word_set
from workflows.extraction.text.plain_text import CharSpan
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.syntax import find_subject

RECENT_DAYS = 8
"""Days before its publication within which a report's own day lies."""
LEDE = 4
"""Sentences at the start of a report within which its day is told."""
OFTEN = 2
"""Times that a report tells its day to come back to it after another time."""
LONGEST = 15
"""Sentences for which a day holds that is not told again."""
STEPS = 4
HELPERS = frozenset({"aux", "auxpass"})
NOT_SIMPLE = word_set("had 'd ’d has have 've ’ve be been is are 's ’s")
SAYING = inflect_all(
    """
    say tell add report announce state note explain confirm write warn argue acknowledge declare ask
    reply testify identify release publish post reveal disclose
    """
) | word_set("told said wrote")
"""Verbs whose day is that on which something was told, and not when it was."""
ADDRESSING = inflect_all(
    """
    blame criticise criticize accuse praise condemn denounce urge demand vow pledge promise defend
    dismiss reject blast mock thank apologise apologize welcome congratulate repeat reiterate refuse
    decline question challenge vote
    """
)
"""What is done by words, and so on the day that words were said."""
AT_TRIAL = inflect_all(
    """
    sentence order plead rule set impose grant deny convict acquit testify appear argue dismiss
    adjourn deliberate arraign indict recommend object ask call reject refuse admit appeal
    """
) | word_set("set sat pled")
"""What is done in court; else a trial's report tells of what was done long before."""
STATES = inflect_all(
    """
    know believe think want like own live work feel seem appear remain include contain stand belong
    exist need consist cost weigh love hate fear hope expect mean depend deserve lack look sound
    understand support oppose prefer resemble matter involve represent concern account refer apply
    relate
    """
) | word_set("was were had did be been is are has have being felt stood knew thought meant")
LASTING = inflect_all(
    """
    raise donate earn employ finance contribute expand help give spend cost lead reach become launch
    found hire fund own run build rebuild maintain compile span mark draw spark result prompt bring
    show reflect depict describe focus prove limit force cause attribute exclude grow rise fall
    increase decrease gain generate produce develop create serve teach study train plan consider
    struggle fight face emerge come change
    """
) | word_set(
    """
    gave spent led built ran held brought drew grew rose fell became fought came taught found showed
    """
)
"""What takes longer than a day, or tells what came of something."""
OLD = re.compile(
    r"(?<!-)\b(?:(?:1[5-9]|20)\d\d\b(?!,)|\d0s|ago|previous(?:ly)?|formerly|once|originally|initially"
    r"|recent(?:ly)?|since|(?:last|past)\s(?!minute)|weeks?|months?|years?|decades?|century|career"
    r"|history|childhood|eve|ever|never|over\stime|used\sto|born|often|usually|always|regularly"
    r"|routinely|repeatedly|typically|occasionally|sometimes|generally|mostly|gradually)\b(?!-)",
    re.IGNORECASE,
)
"""Words of a sentence that tells of another time, or of no single one."""
ADVERBS = word_set(
    """
    earlier later then eventually ultimately subsequently soon first already previously recently
    once originally finally gradually
    """
)
EVENT = re.compile(
    r"(?:[’']s)?\s(?:[\w-]+\s){0,3}(?:meeting|hearing|session|debate|vote|rally|speech|primary"
    r"|caucus(?:es)?|contests?|elections?|game|match|race|ceremony|show|summit|protest)\b"
)
"""What behind a day makes it the day of a report: “at Tuesday's meeting”."""
TIMES_OF_DAY = word_set("morning afternoon evening night noon midnight day a.m. p.m. am pm")
COUNTED = re.compile(r"\b(?:ago|earlier)$|^(?:last|this|next)\s(?:week|month)")


class Told(NamedTuple):
    """A day, and where a text tells it."""

    day: date
    span: CharSpan


class Happening(NamedTuple):
    """A verb of what a report tells: its offset, the word, and its day if that is the report's."""

    start: int
    verb: str
    told: Told | None


@dataclass(slots=True)
class Timeline:
    """Reads the paragraphs of a report in order; `told` is its day."""

    published: date | None
    told: Told | None = None
    _found: list[tuple[Happening, bool]] = field(default_factory=list)
    """Each with whether another time was told between its day and it."""
    _said: bool = False
    """The day is only told as when something was said."""
    _tellings: int = 0
    _since: int = 0
    """Sentences since the day was told."""
    _sentence: int = 0
    _paragraph: int = 0
    _left: int | None = None
    """The paragraph that told of another time since the day was told last."""
    _aside: int | None = None
    """The paragraph that named another time in the present: “He is known for the fire of 2004.”"""

    def list_happenings(self, *, court: bool) -> tuple[Happening, ...]:
        """Return what a report tells, in order; of a trial's day is only what is done in court."""
        often = self._tellings >= OFTEN
        return tuple(
            happening
            if (often or not returned) and (not court or happening.verb.lower() in AT_TRIAL)
            else happening._replace(told=None)
            for happening, returned in self._found
        )

    def read(
        self, paragraph: Paragraph, dates: Sequence[DateMention], cues: frozenset[int]
    ) -> None:
        """Take in the next paragraph, with its times and the tokens that tell a saying."""
        self._paragraph += 1
        for sentence in paragraph.sentences:
            self._sentence += 1
            if self.told is None and self._sentence > LEDE:
                return
            times = [m for m in dates if sentence.start_char <= m.start < sentence.end_char]
            if self.told is not None or times:
                self._read_sentence(paragraph, sentence, times, cues)

    def _read_sentence(
        self,
        paragraph: Paragraph,
        sentence: Span,
        times: Sequence[DateMention],
        cues: frozenset[int],
    ) -> None:
        doc = paragraph.doc
        unquoted = [m for m in times if not _is_quoted(paragraph, m)]
        verbs = [
            each for each in _iter_verbs(sentence.root, cues) if not _is_inside(paragraph, each[0])
        ]
        own = {m.start: _find_owner(doc, m, cues) for m in times}
        dated: dict[int, DateMention] = {}
        for mention in unquoted:
            verb = own[mention.start]
            between = verb is not None and verb.idx < mention.start and _says(verb, cues)
            hangs = verb is not None and (between or _hangs_on(doc, mention, verb))
            if verb is not None and hangs and self._is_recent(mention):
                dated.setdefault(verb.i, mention)
        days = [
            (verb, reported, dated[verb.i])
            for verb, reported in verbs
            if verb.i in dated and is_past(verb)
        ]
        if self.told is None:
            self._open(paragraph, sentence, days, unquoted, cues)
        if self.told is not None:
            timed = {verb.i for verb in own.values() if verb is not None}
            self._find_happenings(paragraph, sentence, verbs, days, unquoted, timed, cues)
            self._go_on(sentence, days, unquoted)

    def _open(
        self,
        paragraph: Paragraph,
        sentence: Span,
        days: Sequence[tuple[Token, bool, DateMention]],
        times: Sequence[DateMention],
        cues: frozenset[int],
    ) -> None:
        """Take the first day of a report, by what happened then rather than who said so then."""
        happened = [m for verb, _, m in days if not _says(verb, cues)]
        named = [
            mention
            for mention in times
            if self._is_recent(mention)
            and EVENT.match(paragraph.text, mention.end) is not None
            and is_past(sentence.root)
        ]
        chosen = next(iter([*happened, *named, *(m for _, _, m in days)]), None)
        if len({m.first for m in times if self._is_recent(m)}) > 1:
            return
        if chosen is not None and chosen.first is not None:
            self.told = Told(chosen.first, paragraph.locate(chosen.start, chosen.end))
            self._said = not happened and not named

    def _find_happenings(
        self,
        paragraph: Paragraph,
        sentence: Span,
        verbs: Sequence[tuple[Token, bool]],
        days: Sequence[tuple[Token, bool, DateMention]],
        times: Sequence[DateMention],
        timed: set[int],
        cues: frozenset[int],
    ) -> None:
        told = self.told
        if told is None or paragraph.turn is not None:
            return
        text = paragraph.text[sentence.start_char : sentence.end_char]
        ours = [verb for verb, _, m in days if m.first == told.day and not _says(verb, cues)]
        away = self._paragraph in {self._left, self._aside} or self._since > LONGEST
        away = away or any(m.first != told.day or m.last != told.day for m in times)
        away = away or OLD.search(text) is not None or _is_interrupted(sentence)
        away = away or (bool(times) and not ours)
        for verb, reported in verbs:
            joined = any(day.i < verb.i and verb in day.conjuncts for day in ours)
            done = verb.i not in timed and is_past(verb) and (joined or not away)
            sure = done and self._is_of_day(verb, reported=reported, joined=joined, cues=cues)
            start, _ = paragraph.locate(verb.idx, verb.idx + len(verb))
            happening = Happening(start, verb.text, told if sure else None)
            self._found.append((happening, self._left is not None and not joined))

    def _is_of_day(
        self, verb: Token, *, reported: bool, joined: bool, cues: frozenset[int]
    ) -> bool:
        """Return True for a verb of something done, told by the report itself or by its police."""
        word = verb.lower_
        if word in STATES or word in LASTING or word in SAYING:
            return False
        if any(c.lower_ in ADVERBS for c in verb.children):
            return joined
        if reported:
            subject = find_subject(verb)
            himself = subject is not None and subject.tag_ == "PRP"
            return not (himself or self._said or self._left is not None)
        return joined or not self._said or (word in ADDRESSING and self._left is None)

    def _go_on(
        self,
        sentence: Span,
        days: Sequence[tuple[Token, bool, DateMention]],
        times: Sequence[DateMention],
    ) -> None:
        """Note whether a sentence tells the report's day again, or leaves it."""
        told = self.told
        if told is None:
            return
        self._tellings += any(m.first == m.last == told.day for m in times)
        other = any(not m.first == m.last == told.day for m in times)
        self._since += 1
        if any(m.first == told.day for _, _, m in days):
            self._left = self._aside = None
            self._since = 0
        elif is_perfect(sentence.root) or (other and is_past(sentence.root)):
            self._left = self._paragraph
        elif other or sentence.root.lower_ in LASTING:
            self._aside = self._paragraph

    def _is_recent(self, mention: DateMention) -> bool:
        day = mention.first
        if day is None or day != mention.last or COUNTED.search(mention.text.lower()):
            return False
        return self.published is None or 0 <= (self.published - day).days <= RECENT_DAYS


def _find_owner(doc: Doc, mention: DateMention, cues: frozenset[int]) -> Token | None:
    """Return the verb of a time: of “said on Friday he met Lee” it is the first, whatever is parsed."""
    verb = find_verb(doc, mention.start, mention.end)
    if verb is None or verb.dep_ != "ccomp" or not _says(verb.head, cues):
        return verb
    subject = find_subject(verb)
    before = subject if subject is not None else verb
    return verb.head if verb.head.idx < mention.start < before.left_edge.idx else verb


def is_past(verb: Token) -> bool:
    """Return True for the simple past: “voted”, “was shot”, “did not vote”."""
    helpers = {c.lower_ for c in verb.lefts if c.dep_ in HELPERS}
    if helpers & NOT_SIMPLE or any(c.tag_ == "MD" for c in verb.lefts):
        return False
    if verb.tag_ == "VBN":
        lent = verb.dep_ == "conj" and not helpers and verb.head.i != verb.i
        return bool(helpers & {"was", "were", "got"}) or (lent and is_past(verb.head))
    return verb.tag_ == "VBD" or (verb.tag_ == "VB" and "did" in helpers)


def is_perfect(verb: Token) -> bool:
    """Return True for “had voted”, which lies before what is told around it."""
    return any(c.dep_ in HELPERS and c.lower_ in {"had", "'d", "’d"} for c in verb.lefts)


def _iter_verbs(root: Token, cues: frozenset[int]) -> Iterator[tuple[Token, bool]]:
    """Yield the verbs of a sentence's main clauses and of what it reports, told which."""
    waiting = [(root, False)]
    for verb, reported in waiting:
        yield verb, reported
        joined = (c for c in verb.rights if c.dep_ == "conj" and c.tag_.startswith("VB"))
        waiting.extend((c, reported) for c in joined)
        if _says(verb, cues):
            waiting.extend((c, True) for c in verb.children if c.dep_ == "ccomp")


def _says(verb: Token, cues: frozenset[int]) -> bool:
    return verb.i in cues or verb.lower_ in SAYING


def _is_interrupted(sentence: Span) -> bool:
    """Return True if anything in a sentence had been before: “who had left”."""
    return any(t.lower_ == "had" and t.dep_ in HELPERS for t in sentence)


def _hangs_on(doc: Doc, mention: DateMention, verb: Token) -> bool:
    """Return True if a time is its verb's, and not a noun's: “his speech on Tuesday”."""
    span = doc.char_span(mention.start, mention.end)
    token = span.root if span is not None else verb
    for _ in range(STEPS):
        if token.head.i == verb.i:
            return True
        inside = span is not None and span.start <= token.head.i < span.end
        inside = inside or token.head.lower_ in TIMES_OF_DAY
        if token.head.i == token.i or (token.head.tag_.startswith("N") and not inside):
            return False
        token = token.head
    return False


def _is_quoted(paragraph: Paragraph, mention: DateMention) -> bool:
    span = paragraph.doc.char_span(mention.start, mention.end)
    return span is not None and _is_inside(paragraph, span.root)


def _is_inside(paragraph: Paragraph, token: Token) -> bool:
    """Return True for a word in quotation marks."""
    return any(each.words.has(token.i) for each in paragraph.quotations)
