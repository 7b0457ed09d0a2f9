"""What stands around a text: adverts, credits, bylines, captions, corrections."""

import re

from workflows.extraction.text.parts import PartKind

NOTICE = re.compile(
    r"""
    (?:advert(?:isement|ising|orial)?|sponsored(?:\scontent|\sby)?|promoted|partner\scontent)\s*$
    |(?:read|see|watch|listen|more|hear)\s(?:more|next|also|on\sthis|about\sthis|the\sfull)\b.{0,120}$
    |(?:also\sread|read|related(?:\s(?:stor(?:y|ies)|articles?|links?|topics?|content))?
    |you\smay\salso\slike|most\s(?:read|popular)|trending|recommended(?:\sfor\syou)?|more\sstories
    |tags?|topics?|filed\sunder|see\salso|watch|listen|video|share)(?:\s*:.*)?$
    |(?:sign\sup|subscribe|register\s(?:now|here|for|to)|log\sin|donate|become\sa\s(?:member|subscriber)|support\s(?:us|our)
    |you(?:['’]ve|\shave)\s(?:read|reached|used|viewed|\d+)\b.{0,60}\b(?:free|your|monthly)\b.{0,30}
    \b(?:articles?|stories|limit)
    |already\sa\s(?:subscriber|member)\?|start\syour\sfree\strial
    |follow\s(?:us|our)|join\s(?:us|our\s(?:newsletter|channel|community|whatsapp|telegram))
    |download\s(?:the|our)\sapp|click\s(?:here|on)|tap\s(?:here|to)|scroll\s|skip\s(?:to|past)
    |continue\sreading|share\sthis|get\s(?:the|our)\s(?:latest|newsletter|app|morning|daily|weekly|best)
    |(?:to\s)?contact\sus|have\sa\s(?:tip|story)|got\sa\s(?:tip|story)|send\s(?:us\s)?(?:your|a\stip))\b
    |(?:photo(?:s|graph)?s?|image|picture|credit|illustration|graphic|cover)(?:\s(?:by|credit|courtesy
    (?:\sof)?))?\s*[:/].*$|\(?(?:photo|photograph|image|picture)s?\sby\s
    |(?:copyright|©|all\srights\sreserved|this\s(?:material|content)\smay\snot\sbe)
    |(?:this|the)\s(?:story|article|report|piece|post|interview|conversation)\s(?:was\s|has\sbeen\s)?
    (?:originally\s|first\s)?(?:appeared|published|edited|condensed|produced|is\sfrom|is\spart\sof)\b
    |(?:additional\s)?(?:reporting|editing|writing|compiled|translated|edited)\sby\s[A-Z]
    |(?:with\s)?(?:additional\s)?(?:reporting|files|inputs)\s(?:by|from)\s[A-Z]
    |(?:media|press|investor)?\s?(?:contacts?|enquiries|inquiries)\b\s*(?::.*)?$
    |for\s(?:more|further)\s(?:information|details|stories)\b
    |\(?(?:(?:this|the)\s(?:version\sof\sthe\s)?(?:story|article|report|item|version)\s)?(?:(?:has\sbeen|was|is)\s)?
    (?:correct(?:s|ed)|fix(?:es|ed)|clarif(?:ies|ied)|updat(?:es|ed)|adds?|recasts?|refiles?|restores?|removes?|amend(?:s|ed))\s
    (?:to\s(?:\w+\s){0,2}(?:show|say|add|fix|correct|clarify|remove|reflect|include|make|refile|restate|read|delete|attribute)\b
    |(?:\w+\s){0,3}?(?:headline|paragraph|paragraphs|para|lede?|spelling|typo|day|date|name|title|quote|quotes|background|details?
    |comment|comments|byline|dateline|slug|graf|grafs|figure|links?|photos?|bullet|reaction|analyst|context)\b)
    [^()\n]{0,240}\)$
    |source:\s|view\soriginal\b|
    (?:first\s)?(?:published|updated|posted|created|modified)\s*(?:on\b|at\b|:|\d|[A-Z][a-z]{2,8}\s\d).{0,60}$
    |last\s(?:updated|modified|changed)\b.{0,60}$
    |\d{1,3}[\s-](?:min(?:ute)?s?|mins?)\sread|\d{1,2}\s?(?:m|min|mins|minutes?|h|hours?|days?)\sago\s*$
    |(?:key\sevents?|comments?(?:\s\(\d+\))?|ends|-\sends\s-|[-–—]\s?ends\s?[-–—]?|\#{2,}|[*_=~-]{3,}
    |notes\sto\seditors|editor['’]?s?\s?note|page\s\d+(?:\sof\s\d+)?|\d{1,4})\s*:?$
    |(?:tel|phone|fax|e-?mail|web(?:site)?)\s*:.*$
    |follow\s.{2,60}\son\s(?:twitter|x|facebook|instagram|telegram|whatsapp)\b
    |[\W_]+$
    |\[?\(?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?(?:\d{1,2}\s[a-z]{3,9}|[a-z]{3,9}\.?\s\d{1,2}
    |\d{1,4}[./-]\d{1,2}[./-]\d{1,4})?(?:,?\s?\d{4})?(?:,?\s?(?:at\s)?\d{1,2}[:.]\d\d(?::\d\d)?)?
    (?:\s?[ap]\.?m\.?:?)?(?:\s[a-z]{2,4})?\]?\)?:?$|\d{1,2}\s?(?:am|pm|a\.m\.|p\.m\.):?$|\d{1,2}\s?[hm]$
    |(?:https?://|www\.)\S+$|\S+@\S+\.\w+$
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""“Advertisement”, “Read more: …”, “Photo: …”, “Published on …”, an address alone."""
BYLINE = re.compile(
    r"(?:By|Words by|Story by|Text by|Written by|Interview by)[:]? (?:[A-Z]|@)[^.!?\n]{2,100}$"
)
AGENCY = (
    r"(?:AP|AFP|EPA|PA|TASS|Xinhua|Reuters|Getty(?:\sImages)?|Shutterstock|Unsplash|Handout|Alamy)"
)
CAPTION = re.compile(
    rf"""(?:\((?:[^()\n]{{0,60}}\b)?{AGENCY}\b[^()\n]{{0,30}}\)
    |\([A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+)*\s?/\s?[A-Z][^()\n\d]{{1,40}}\)
    |[A-Z]\w+(?:\s[A-Z]\w+)*\s?/\s?{AGENCY}[^.\n]{{0,20}}
    |[|.(]\s?(?:Photo(?:graph)?|Image|Picture|Credit|Illustration)s?(?:\s(?:by|credit|courtesy))?
    \s?(?::|of\b|/)?\s?[^.\n]{{2,60}}\)?)\.?$""",
    re.VERBOSE,
)
"""“A bus in the river near Pell. (Jo Reyes/AP)”: it tells what a picture shows."""
AUTHOR = re.compile(
    r"[A-Z][\w.’'-]+ [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)? "
    r"(?:covers|reports on|writes (?:about|for|on)"
    r"|is (?:an? |our |the )(?:[\w’'-]+ ){0,6}?(?:reporter|correspondent|columnist|journalist"
    r"|editor|freelancer|contributor|producer|writer)\b)"
)
"""What a paper says of who wrote: “Jo Reyes covers local government.”"""
CORRECTION = re.compile(
    r"""(?:correction|clarification|corrects|editor['’]?s?\snote|amendment)\b\s*(?:[:(–—-]|,\s[^:\n]{1,30}:|$)
    |th(?:is|e)\s(?:article|story|post|page|piece|headline|(?:photo\s)?caption)\s(?:was|has\sbeen)\s(?:\w+\s)?
    (?:amended|corrected|updated|clarified|revised|changed|edited)
    |(?s:.{0,400}?)\b(?:(?:earlier|previous|prior|original|initial)\s(?:version|edition)s?\b
    (?!\sof\b(?!\s(?:this|our|the)\s(?:article|story|report|post|page|piece|headline|text|item)))
    |an\s(?:editing|production|editorial|transcription)\serror\b)
    |we\s(?:wrongly|incorrectly|mistakenly|erroneously)\b|we\sapologi[sz]e\sfor\s(?:the|this)\serror
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What a document takes back of itself."""
MISSTATED = re.compile(
    r"(?:An?|The)\s(?:article|story|report|column|headline|caption|obituary|review|picture|chart)"
    r"\s.{1,400}?\b(?:mis(?:stated|identified|spelled|spelt|attributed|quoted)|incorrectly|erroneously)\b",
    re.DOTALL,
)
"""“An article on Thursday about the mill misstated its age.”"""
DIRECTION = re.compile(r"[\[(][^\[\]()]{1,80}[\])][.!]?$")


def tell_kind(body: str) -> PartKind:
    """Return what a paragraph is by its words alone; most are text."""
    if NOTICE.match(body) or BYLINE.match(body) or MISSTATED.match(body):
        return PartKind.NOTICE
    if DIRECTION.match(body):
        return PartKind.DIRECTION
    if CORRECTION.match(body):
        return PartKind.CORRECTION
    if CAPTION.search(body, max(0, len(body) - 120)):
        return PartKind.NOTICE
    return PartKind.TEXT


def is_about_author(body: str) -> bool:
    """Return True if a paragraph tells who wrote what stands before it."""
    return AUTHOR.match(body) is not None
