"""The day of a report, and which of its sentences without a time of their own tell of that day.

A report opens with a day: “The council met on Tuesday.” What it then tells in the simple past
happened on that day too, until it tells of another time. We read 323 such verbs of real texts, with
the day of each: every second was of another time. Of the 83 that keep to all the rules here 82 were
of that day, and 24 of 25 in 105 texts that we had not read before. A linear model over fifty
features of the same verbs, which it was fitted to, found four in five.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from workflows.claims import DateMention
from workflows.extraction.parse import Span
from workflows.extraction.quantities.dates import find_verb
from workflows.extraction.setting.clause_times import (
    HAD,
    SAYING,
    Clause,
    is_past,
    is_perfect,
    is_time_quoted,
    read_clauses,
)
from workflows.extraction.text.lexicon import inflect_all, word_set
from workflows.extraction.text.plain_text import CharSpan
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.syntax import HELPERS, find_subject

RECENT_DAYS = 8
"""Days before its publication within which a report's own day lies."""
LEDE = 5
"""Sentences at the start of a report within which its day is told."""
SOON = 2
"""Sentences at the start whose day is the report's even where it is told of a noun."""
OFTEN = 2
"""Times that a report tells its day to come back to it after another time."""
LONGEST = 15
"""Sentences for which a day holds that is not told again."""
ADDRESSING = inflect_all(
    """
    blame criticise criticize accuse praise condemn denounce urge demand vow pledge promise defend
    dismiss reject blast mock thank apologise apologize welcome congratulate repeat reiterate refuse
    decline question challenge vote boo applaud cheer jeer heckle
    """
)
"""What is done by words, or to a speaker, and so on the day that words were said."""
AT_TRIAL = inflect_all(
    """
    sentence order plead rule set impose grant deny convict acquit testify appear argue dismiss
    adjourn deliberate arraign indict recommend object ask call reject refuse admit appeal
    """
) | word_set("set sat pled")
"""What is done in court; else a trial's report tells of what was done long before."""
VERDICTS = word_set("sentenced convicted acquitted pleaded pled indicted arraigned jailed")
"""What was done in court long before, where a text is no report from it."""
AT_ONCE = frozenset({"as", "when", "while"})
TRIERS = frozenset({"jury", "jurors", "court", "judge"})
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
    hire fund own run build rebuild maintain compile span mark draw spark result prompt bring
    show reflect depict describe focus prove limit force cause attribute exclude grow rise fall
    increase decrease gain generate produce develop create serve teach study train plan consider
    struggle fight face emerge come change design commission install
    """
) | word_set(
    """
    gave spent led built ran held brought drew grew rose fell became fought came taught showed
    founded drawn written grown known
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
            if (often or not returned) and _may_be(happening.verb.lower(), court=court)
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
                clauses = read_clauses(paragraph, sentence, times, cues)
                times = [m for m in times if not is_time_quoted(paragraph, m)]
                self._read_sentence(paragraph, sentence, clauses, times)

    def _read_sentence(
        self,
        paragraph: Paragraph,
        sentence: Span,
        clauses: Sequence[Clause],
        times: Sequence[DateMention],
    ) -> None:
        if self.told is None:
            self._open(paragraph, sentence, clauses, times)
        if self.told is not None:
            dated = [c for c in clauses if c.is_past and self._find_day(c) == self.told.day]
            away = self._is_away(paragraph, sentence, times)
            away = away or (bool(times) and all(c.says for c in dated))
            for clause in clauses:
                start, _ = paragraph.locate(clause.verb.idx, clause.verb.idx + len(clause.verb))
                joined = _is_joined(clause, dated)
                told = paragraph.turn is None and clause.is_past and not clause.timed
                told = told and (joined or (not away and self._is_of_day(clause)))
                told = told and _is_deed(clause, joined=joined)
                happening = Happening(start, clause.verb.text, self.told if told else None)
                self._found.append((happening, self._left is not None and not joined))
            self._go_on(sentence, times, again=bool(dated))

    def _open(
        self,
        paragraph: Paragraph,
        sentence: Span,
        clauses: Sequence[Clause],
        times: Sequence[DateMention],
    ) -> None:
        """Take the first day of a report, by what happened then rather than who said so then.

        Not where its sentence tells of two days.
        """
        recent = [m for m in times if self._is_recent(m)]
        past = [c for c in clauses if c.is_past]
        happened = [m for c in past if not c.says for m in c.times if m in recent]
        if past and past[0].verb.i == sentence.root.i:
            happened += [m for m in recent if EVENT.match(paragraph.text, m.end)]
        timed = [c for c in past if c.timed]
        if self._sentence <= SOON and timed and not any(c.says for c in timed):
            happened += recent
        if self._sentence <= SOON:
            going_on = not is_past(sentence.root)
            happened += [m for m in recent if _is_aside_past(paragraph, m, going_on=going_on)]
        said = [m for c in past for m in c.times if m in recent]
        chosen = next(iter([*happened, *said]), None)
        if chosen is not None and chosen.first is not None and len({m.first for m in recent}) == 1:
            self.told = Told(chosen.first, paragraph.locate(chosen.start, chosen.end))
            self._said = not happened

    def _find_day(self, clause: Clause) -> date | None:
        """Return the recent day that a clause tells as its own."""
        return next((m.first for m in clause.times if self._is_recent(m)), None)

    def _is_away(self, paragraph: Paragraph, sentence: Span, times: Sequence[DateMention]) -> bool:
        """Return True for a sentence of another time, or beside one, or far from the day."""
        if self._paragraph in {self._left, self._aside} or self._since > LONGEST:
            return True
        if any(not self._is_told(m) for m in times):
            return True
        had = any(t.lower_ in HAD and t.dep_ in HELPERS for t in sentence)
        return had or OLD.search(paragraph.text, sentence.start_char, sentence.end_char) is not None

    def _is_of_day(self, clause: Clause) -> bool:
        """Return True for what the report tells itself, or what the police and the like do.

        Where its day is only that of a saying, for what is done by words.
        """
        if clause.reported:
            subject = find_subject(clause.verb)
            himself = subject is not None and subject.tag_ == "PRP"
            return not (himself or self._said or self._left is not None)
        return not self._said or (clause.verb.lower_ in ADDRESSING and self._left is None)

    def _go_on(self, sentence: Span, times: Sequence[DateMention], *, again: bool) -> None:
        """Note whether a sentence tells the report's day again, or leaves it."""
        self._tellings += any(self._is_told(m) for m in times)
        other = any(not self._is_told(m) for m in times)
        self._since += 1
        if again:
            self._left = self._aside = None
            self._since = 0
        elif is_perfect(sentence.root) or (other and is_past(sentence.root)):
            self._left = self._paragraph
        elif other or sentence.root.lower_ in LASTING:
            self._aside = self._paragraph

    def _is_told(self, mention: DateMention) -> bool:
        return self.told is not None and mention.first == mention.last == self.told.day

    def _is_recent(self, mention: DateMention) -> bool:
        day = mention.first
        if day is None or day != mention.last or COUNTED.search(mention.text.lower()):
            return False
        return self.published is None or 0 <= (self.published - day).days <= RECENT_DAYS


def _is_aside_past(paragraph: Paragraph, mention: DateMention, *, going_on: bool) -> bool:
    """Return True for the day of “are investigating after two men were shot on Monday”.

    Beside a past tense only where both were at once: “were hurt as miners marched on Monday”.
    """
    verb = find_verb(paragraph.doc, mention.start, mention.end)
    if verb is None or not is_past(verb) or verb.lower_ in SAYING:
        return False
    at_once = any(c.dep_ in {"mark", "advmod"} and c.lower_ in AT_ONCE for c in verb.lefts)
    return going_on or (verb.dep_ == "advcl" and at_once)


def _may_be(verb: str, *, court: bool) -> bool:
    return verb in AT_TRIAL if court else verb not in VERDICTS


def _is_joined(clause: Clause, dated: Sequence[Clause]) -> bool:
    """Return True for “left” of “met on Tuesday and left”."""
    before = (each for each in dated if not each.says and each.verb.i < clause.verb.i)
    return any(clause.verb in each.verb.conjuncts for each in before)


def _is_deed(clause: Clause, *, joined: bool) -> bool:
    """Return True for something done in a day, and not “later” or “once”."""
    word = clause.verb.lower_
    subject = find_subject(clause.verb)
    if word == "found" and subject is not None and subject.lower_ in TRIERS:
        return False  # a verdict, which reports tell of for years
    if word in STATES or word in LASTING or word in SAYING:
        return False
    return joined or not any(c.lower_ in ADVERBS for c in clause.verb.children)
