"""News agencies whose reports stand on many sites: by which site a report counts. Pure.

A page names the agency beside its author, in brackets in its title or dateline ("(Reuters)"), or
behind a dash at the title's end ("— AP").
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

WIRES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "reuters.com": ("Reuters", "REUTERS"),
        "apnews.com": ("AP", "The Associated Press", "Associated Press"),
        "afp.com": ("AFP", "Agence France-Presse"),
        "dpa.com": ("dpa", "DPA", "Deutsche Presse-Agentur"),
        "efe.com": ("EFE", "Agencia EFE"),
        "ansa.it": ("ANSA",),
        "apa.at": ("APA", "Austria Presse Agentur"),
        "yna.co.kr": ("Yonhap", "Yonhap News Agency", "연합뉴스"),
        "kyodonews.net": ("Kyodo", "Kyodo News", "共同通信"),
        "xinhuanet.com": ("Xinhua", "新华社"),
        "tass.com": ("TASS", "ТАСС"),
        "interfax.com": ("Interfax", "Интерфакс"),
        "ukrinform.net": ("Ukrinform", "Укрінформ"),
        "ptinews.com": ("PTI", "Press Trust of India"),
        "aap.com.au": ("AAP", "Australian Associated Press"),
        "pa.media": ("PA Media", "Press Association"),
        "upi.com": ("UPI", "United Press International"),
        "bloomberg.com": ("Bloomberg", "Bloomberg News"),
    }
)
"""By the agency's own site, what it is called."""
OPENING = 200
"""Characters of a text in which its dateline stands."""
_SITES = {name: site for site, names in WIRES.items() for name in names}
_NAME = "|".join(re.escape(name) for name in sorted(_SITES, key=len, reverse=True))
_IN_BRACKETS = re.compile(rf"[(（\[]\s*({_NAME})\s*[)）\]]")
_BEHIND_A_DASH = re.compile(rf"\s[—–|-]\s*({_NAME})\s*$")
_AS_AUTHOR = re.compile(rf"(?<!\w)({_NAME})(?!\w)")


def find_wire(title: str, author: str | None, text: str) -> str | None:
    """Return the site of the agency whose report a page is; None where it names none."""
    found = (
        _AS_AUTHOR.search(author or "")
        or _IN_BRACKETS.search(title)
        or _BEHIND_A_DASH.search(title)
        or _IN_BRACKETS.search(text[:OPENING])
    )
    return _SITES[found[1]] if found else None
