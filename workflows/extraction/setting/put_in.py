"""Words put into a claim in square brackets, with the words of its document that they explain."""

import re
from dataclasses import replace

from workflows.claims import FoundClaim, Reference


def put_in(
    claim: FoundClaim, at: int, words: str, reference: Reference | None = None
) -> FoundClaim:
    """Return a claim with words of ours at a place in its own, told among its references.

    `words` hold the square brackets and the spaces around them.
    """
    put = f"{claim.words[:at]}{words}{claim.words[at:]}"
    told = claim.references if reference is None else (*claim.references, reference)
    return replace(claim, words=put, references=told)


LOWER = re.compile(
    r"(?:An?|The|Their|Its|His|Her|These|Those|This|That|At\sleast|At\smost|About|Some|Several|Many|More|Few|Fewer|One"
    r"|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Another|No|All|Both|Most|Dozens|Hundreds"
    r"|Thousands|Police|Officers|Deputies|Firefighters|Crews|Authorities|Residents|Witnesses|Troopers"
    r"|Investigators|Detectives|Prosecutors|Officials|Volunteers|Students|Teachers|Council|Councill?ors|Selectmen|Aldermen|Soldiers|Troops|Rebels|Gunmen|Protesters|People|Nearly|Almost|Only|Neither|None|Each|Every|Other|Others|There|It|He|She|They|We)\b"
)
"""What a claim may begin with that is no name."""
NAMES = re.compile(r"[A-Z][\w’'-]+\s[A-Z]")


def open_with(claim: FoundClaim, words: str, text: str, told: tuple[int, int]) -> FoundClaim | None:
    """Return a claim with words of ours in front: “[In Olden,] two men were hurt”.

    `told` are the offsets of what tells it. None where nobody can say whether the claim's first
    word is a name, which keeps its capital.
    """
    at = 1 if claim.words.startswith("[") else 0
    own = claim.words[at:]
    first = own.split(maxsplit=1)[0].strip(",.’'\"“”[]")
    if own[:1].isalpha() and first != "I":
        named = _is_named(first, text) or NAMES.match(own) is not None
        within = rf"(?<![\w-]){re.escape(first.lower())}(?![\w-])"
        if LOWER.match(own) or (not named and re.search(within, text)):
            low = claim.words[:at] + own[0].lower() + own[1:]
            claim = replace(claim, words=low, references=_lower(claim, own))
        elif not named:
            return None
    reference = Reference("", claim.start, claim.start, *told, words)
    return put_in(claim, 0, f"[{words}] ", reference)


def _lower(claim: FoundClaim, own: str) -> tuple[Reference, ...]:
    """Return what a claim's brackets stand for, the first of them with its small letter."""
    put = own.partition("]")[0]
    return tuple(
        replace(each, stands_for=each.stands_for[:1].lower() + each.stands_for[1:])
        if each.stands_for == put
        else each
        for each in claim.references
    )


def _is_named(word: str, text: str) -> bool:
    """Return True for a word that has its capital within sentences too, or is short for some."""
    short = "." in word or word[1:2].isupper()
    return short or re.search(rf"(?:^|\s)[a-z][\w’'-]*,? {re.escape(word)}\b", text) is not None
