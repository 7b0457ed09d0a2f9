"""What is said without being claimed: questions, greetings, thanks, requests.

A question that only asks to be agreed with (“Is it not a fact that the pool leaks?”) claims what it
asks.
"""

import re
from typing import NamedTuple

from workflows.extraction.parse import Doc, Span, Token, read_text
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan

ASKING = word_set(
    "ask asks asked asking wonder wonders wondered wondering inquire inquired enquire enquired"
)
OPEN = word_set("whether if who whom what when where why how which")
STOPS = frozenset({".", "!", "?", "…", ":", ";", "“", '"', "‘", "«", "„", "``", "''"})
"""Where a question begins behind."""
LEADING = re.compile(
    r"""(?:and\s|but\s|so\s|well,\s|now,\s)?
    (?:is\sit\snot|is\snot\sit|was\snot\sit|is\s?n['’]t\sit|was\sit\snot|was\s?n['’]t\sit
    |(?:do|does|did)\s(?:[\w.’'-]+\s){1,5}?not\s(?:know|agree|accept|see|recogni[sz]e|reali[sz]e|admit)
    |(?:do|does|did)\s?n['’]t\s(?:[\w.’'-]+\s){1,5}?(?:know|agree|accept|see|recogni[sz]e|reali[sz]e))
    \s(?:also\s)?(?:(?:a|the)\s)?(?:fact\s|true\s|case\s|correct\s|right\s|clear\s|so\s)?that\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""“Is it not a fact that …”, “Does the minister not accept that …”: he himself says it."""
TAG = re.compile(
    r"""(?P<claimed>.+?),\s(?:(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could)
    (?:\s?n['’]t)?\s(?:it|he|she|they|we|you|there|i)(?:\snot)?|(?:and\s)?is\sthat\s(?:correct|right|so|true)|am\si\sright|right|correct|no|yes|eh)
    \s?\?$""",
    re.VERBOSE | re.IGNORECASE,
)
"""“The dam was inspected in 2012, wasn't it?”"""
TABLED = re.compile(r"(?:[^:“”\"]{2,60}:\s*)?[Tt]o\sask\s(?:the|my|Her|His)\b")
"""“To ask the Minister for Trade if he will make a statement”: a question on paper."""
COURTESY = re.compile(
    r"""[“"‘'\s]*(?:(?:thank(?:s|\syou)|good\s(?:morning|afternoon|evening|night|day)|hello|hi
    |welcome(?!\s(?:news|move|step))|dear|ladies\sand\sgentlemen|(?:may\s)?god\sbless|congratulations
    |let\s(?:me|us)\s(?:begin|start|thank|turn|move)|i(?:['’]d|\swould|\swill)?\s(?:(?:just|also)\s)?
    (?:like|want|wish)\sto\s(?:thank|welcome|begin|start|ask|congratulate)|i\s(?:also\s)?
    (?:thank|beg\sto\smove|yield|congratulate)|may\si|excuse\sme|over\sto\s(?:you|our)|next\s(?:question
    |slide)|please|you(?:['’]re|\sare)\s(?:welcome|listening\sto|watching)|happy\s\w+day|hear,?\shear
    |our\s(?:first|next|last|final)\s(?:question|speaker|guest)
    |(?:(?:mr|mrs|ms|dr|senator|governor|councillor|counsel|sir|madam)\.?(?:\s\w+)?,\s)?
    (?:please\s)?(?:you\s(?:may|can)\s(?:now\s)?(?:please\s)?)?(?:proceed|go\sahead|continue|begin|sit\sdown|step\sdown)
    (?=[.!”"]|$)
    |(?:this|the|our)\s(?:\w+\s)?(?:interview|conversation|transcript|q&a|exchange|answers?|questions?|remarks)\s
    (?:has|have|was|were|is|are)\s(?:been\s)?(?:\w+ly\s)?(?:edited|condensed|shortened|abridged|translated|transcribed|conducted)
    )\b|order[,!.]|(?:mr\.?\s|madam\s)\w+[.,!]?\s*$)""",
    re.VERBOSE | re.IGNORECASE,
)
"""What people say to each other before they say something."""


AGREED = re.compile(
    r"""[“"\s]*(?:(?:yes|no|yeah|well|okay|sure|absolutely|exactly|indeed|correct|right|certainly)\b[,.!;—–\s]*)*
    (?:(?:that|it)(?:['’]s|\sis|\swas)\s(?:not\s)?(?:absolutely\s|quite\s|also\s)?(?:correct|right|true|so|it)
    |that\s(?:is|was)\sthe\s(?:value|figure|number|amount|sum|total|case|position)(?:\sof\s[^.,;]{1,40})?
    |(?:i|we|he|she|they|it)\s(?:did|do|does|have|has|was|were|am|is|are|would|will|can)
    (?:\s?n['’]t|\snot)?|i\s(?:think|believe)\s(?:so|not))?
    (?:,\s(?:mr|mrs|ms|dr|senator|minister|chair|sir|madam|ma['’]am)\b[^.,]{0,30})?[.!”"]*$""",
    re.VERBOSE | re.IGNORECASE,
)
"""“Yes, that is correct, Senator.”, “I did.”: it agrees with what another said."""


class SpeechAct(NamedTuple):
    """The words of a question or courtesy, and those of them that are claimed all the same."""

    words: TokenSpan
    claimed: TokenSpan | None = None

    def withholds(self, index: int) -> bool:
        """Return True if a token is said, but not claimed."""
        return self.words.has(index) and not (self.claimed and self.claimed.has(index))


def find_speech_acts(paragraph: Paragraph) -> list[SpeechAct]:
    """Return the questions and the courtesies of a paragraph, and “What we know” as its head."""
    found = [
        SpeechAct(TokenSpan(sentence.start, sentence.end))
        for sentence in paragraph.sentences
        if _is_courtesy(paragraph.text[sentence.start_char : sentence.end_char])
    ]
    if _is_heading(paragraph):
        found.append(SpeechAct(TokenSpan(0, len(paragraph.doc))))
    asking = (paragraph.doc[i] for i, word in enumerate(paragraph.words) if word in ASKING)
    found += [act for token in asking if (act := _read_asked(token)) is not None]
    if "?" in paragraph.text:
        marks = (token.i for token in paragraph.doc if token.text.startswith("?"))
        found += [_read_question(paragraph.doc, paragraph.get_sentence(i), i) for i in marks]
    return found


def _is_courtesy(said: str) -> bool:
    """Return True for thanks and greetings, “I did.” and “To ask the Minister …”."""
    if COURTESY.match(said) is not None or TABLED.match(said) is not None:
        return True
    return AGREED.match(said.rstrip()) is not None


def _is_heading(paragraph: Paragraph) -> bool:
    """Return True for “What we know so far”: it tells what the text below will tell."""
    stopped = paragraph.text.rstrip().endswith((".", "!", "?", "”", '"'))
    return not stopped and bool(paragraph.doc) and paragraph.doc[0].lower_ in OPEN


def _read_asked(verb: Token) -> SpeechAct | None:
    """Return what somebody “asked whether”, “wondered how”."""
    if not verb.tag_.startswith("VB"):
        return None
    for child in verb.rights:
        if child.dep_ in {"ccomp", "advcl"} and child.left_edge.lower_ in OPEN:
            return SpeechAct(TokenSpan(child.left_edge.i, child.right_edge.i + 1))
    return None


def _read_question(doc: Doc, sentence: Span, mark: int) -> SpeechAct:
    start = sentence.start
    for index in range(mark - 1, sentence.start - 1, -1):
        if doc[index].text in STOPS:
            start = index + 1
            break
    words = TokenSpan(start, mark + 1)
    return SpeechAct(words, _find_claimed(doc, words))


def _find_claimed(doc: Doc, words: TokenSpan) -> TokenSpan | None:
    """Return what a question claims that only asks to be agreed with."""
    asked = doc[words.start : words.end]
    text, first = read_text(asked), asked[0].idx
    leading = LEADING.match(text)
    if leading is not None:
        said = next((t.i for t in asked if t.idx >= first + leading.end()), words.end)
        return TokenSpan(said, words.end - 1) if said < words.end - 1 else None
    tag = TAG.match(text)
    if tag is None:
        return None
    end = first + tag.end("claimed")
    claimed = [token.i for token in asked if token.idx < end]
    return TokenSpan(words.start, claimed[-1] + 1) if claimed else None
