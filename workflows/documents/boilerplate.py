"""What stands on a web page and is not the article: hidden text, teasers, comments, newsletters.

It is taken out of the page's tree before the main text is looked for, so that a short article is
not outdone by a long teaser, and its last lines are looked through afterwards.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

Element = Any
"""An element of lxml, which has no types."""
_Selector = tuple[str, frozenset[str]]
"""A tag, or "", and the classes and ids that an element of it must have."""

_INVISIBLE_TAGS = frozenset(
    {
        *("template", "noscript", "dialog", "object", "embed", "iframe", "svg", "canvas", "audio"),
        *("video", "map", "form", "button", "select", "textarea", "datalist", "del", "s", "strike"),
        *("nav", "aside", "footer", "menu"),
    }
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    r"|(?:^|[;\s{])opacity\s*:\s*0?\.?0*(?:[;%\s}!]|$)"
    r"|font-size\s*:\s*0*\.?0+(?:[a-z%]*)\s*(?:[;}!]|$)|font\s*:[^;]*\b0(?:px|em|rem|pt)?/"
    r"|(?:^|[;\s{])(?:max-)?(?:height|width)\s*:\s*[01]?(?:px|em|rem|pt|%)?\s*(?:[;}!]|$)"
    r"|(?:^|[;\s{])color\s*:\s*transparent"
    r"|clip\s*:\s*rect\(\s*[01]?(?:px)?[\s,]+[01]?(?:px)?[\s,]+[01]?(?:px)?[\s,]+[01]?(?:px)?\s*\)"
    r"|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(0)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|right|top|bottom)\s*:\s*-\d{3,}"
    r"|margin-(?:left|top)\s*:\s*-\d{4,}|transform\s*:\s*(?:scale[xy]?\(\s*0|translate[xy]?\(\s*-\d{4,})",
    re.IGNORECASE,
)
"""Declarations of a style that leave nothing to be seen."""
_HIDDEN_CLASSES = re.compile(
    r"(?:^|\s)(?:sr-only|screen-?reader(?:-text|-only)?|visually-?hidden|u-visually-?hidden|a11y-hidden"
    r"|off-?screen|(?:is-|u-|js-)?hidden|hide|d-none|invisible|element-invisible|assistive-text)(?:$|\s)",
    re.IGNORECASE,
)
_SHOWN_ON_SOME = re.compile(
    r"(?:sm|md|lg|xl|xxl|2xl)[:-](?:block|flex|inline\S*|grid|table|contents)"
)
"""Hidden on small screens only."""
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,2000})\}")
_CSS_ASIDE = re.compile(
    r"/\*.*?\*/|@media[^{]*\bprint\b[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.DOTALL
)
"""Comments, and what holds for paper only."""
_MAX_SHEETS = 300_000
"""Characters of a page's style sheets that are looked through."""
_MAX_ATTRIBUTE = 1000
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_OTHER = re.compile(
    r"(?:^|[\s_-])(?:related|recirc\w*|recommend\w*|more-?(?:stories|news|on|from|articles|links)"
    r"|most-?(?:read|popular|viewed|shared)|trending|popular|read-?(?:next|more|also)|also-?read"
    r"|see-?also|up-?next|next-?(?:up|article|story)|you-?(?:may|might)\w*|around-the-web"
    r"|newsletter\w*|subscri(?:be|ption)\w*|sign-?up\w*|signup|mailing-?list|promo\w*|paid\w*"
    r"|advert\w*|ads?|ad-?(?:slot|unit|wrapper|container)|sponsor\w*|outbrain|taboola|revcontent"
    r"|comments?|comment-?(?:list|section|area|thread)|commentlist|respond|disqus\w*|replies"
    r"|share|sharing|share-?(?:bar|tools|buttons)|social\w*|follow-?us|bread-?crumbs?|cookies?\w*"
    r"|consent\w*|gdpr\w*|author-?(?:bio|box|info|card|note|about)|about-?(?:the-?)?author|bio"
    r"|byline-?bio|contributor-?(?:bio|info)|tags?|tag-?list|topics|pagination|pager|skip-?links?"
    r"|site-?(?:header|footer|nav)|nav|navigation|navbar|menu|side-?bar|teasers?|teaser-?list"
    r"|onward|donate|donation|support-?us|membership|feedback|correct(?:ions)?-?form|toc)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OTHER_HEADINGS = re.compile(
    r"""\s*(?:
    related\b.* | see\ also | trending\b.* | recommended\b.* | sponsored\b.* | tags | topics
    | more\ (?:from|on|in|about|stories|news|like|to\ read|coverage)\b.*
    | (?:also\ )?read\ (?:more|next|also|this\ next|on|in)\b.* | also\ (?:read|on|in)\b.*
    | most\ (?:read|popular|viewed|shared|commented)\b.*
    | you\ (?:may|might)\ (?:also|like|be\ interested)\b.* | (?:up|what\ to\ read)\ next
    | (?:latest|top|other|popular|further|recent)(?:\ \w+)?
      \ (?:stories|news|articles|headlines|posts|reading|coverage)
    | in\ other\ news | elsewhere(?:\ on\ .*)? | don['’]t\ miss\b.* | editor['’]?s['’]?\ picks?
    | from\ the\ archives? | around\ the\ web | keep\ reading\b.*
    | (?:\d+\ )?(?:comments?|replies|responses)(?:\ \(?\d+\)?)? | leave\ a\ (?:comment|reply)
    | join\ the\ (?:conversation|discussion) | what\ do\ you\ think\?? | what\ readers\ say
    | share\ this\b.* | follow\ us\b.* | (?:sign\ up|subscribe|get\ our|newsletter)\b.*
    | about\ (?:us|the\ authors?)
    )\s*:?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
"""Headings under which other things than the article stand."""
_LONGEST_HEADING = 80
_READERS_WORDS = re.compile(
    r"comment|repl(?:y|ies)|response|conversation|discussion|readers", re.IGNORECASE
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MOSTLY = 0.5
"""The share of the words from which something is mostly that."""

_PITCH = re.compile(
    r"""\W*(?:
    sign\ up\ (?:for|to|here|now) | subscribe\ (?:to|now|here|today|for)
    | (?:our|free|daily|weekly|morning)\ newsletter | advertisement$
    | follow\ (?:us|me|him|her|them|@?\w+)\ on | (?:like|find|join)\ us\ on
    | download\ (?:the|our)\ app | click\ here | (?:in|to)\ your\ inbox
    | get\ (?:the|our)\ (?:latest|best|top)\b.{0,40}(?:inbox|delivered|email)
    | you(?:['’]ve|\ have)\ (?:read|reached|used|viewed|\d+)\b.{0,60}\b(?:articles?|stories|limit)\b
    | (?:this|the\ rest\ of\ this)\ (?:article|story)\ is\ (?:only\ )?(?:for|available\ to)
      \ (?:\w+\ )?(?:subscribers|members)
    | (?:already\ (?:a\ (?:subscriber|member)|subscribed)|have\ an\ account)\?
    | start\ your\ free\ trial | become\ a\ (?:member|subscriber|supporter)
    | support\ (?:our|independent)\ \w+
    | share\ this\ (?:story|article|post|page)
    | (?:also\ )?(?:read|see|watch)\ (?:more|also|next)\s*:
    | also\ read\s*: | related\s*(?:story|stories|articles?)?\s*: | got\ a\ tip
    | do\ you\ have\ (?:a\ tip|information|a\ story|more)
    | contact\ (?:the|this)\ (?:reporter|author|writer|newsroom)
    | have\ your\ say | leave\ a\ comment | join\ the\ (?:conversation|discussion)
    | comments\ are\ closed | sponsored\ content
    | this\ (?:article|story|post)\ (?:was\ )?(?:first|originally)\ (?:appeared|published)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""What asks the reader for something: how such a paragraph begins."""
_LEGAL = re.compile(
    r"all rights reserved|terms (?:of (?:use|service)|and conditions) apply|privacy policy|©"
    r"|cookie policy|\(c\) \d{4}|copyright \d{4}",
    re.IGNORECASE,
)
_LONGEST_PITCH = 200
_CREDIT = re.compile(
    r"""\(?(?:
    (?:additional\ )?(?:reporting|writing|editing|edited|written|compiled|translated|produced
      |research|photographs?)(?:\ and\ \w+)?\ by\ [A-Z].{0,200}
    | with\ (?:reporting|files|additional\ reporting)\ (?:by|from)\ .{0,200}
    | (?:source|tags?|topics?|photos?|pictures?|images?|video|graphics?)(?:\ credits?)?\s*:.{0,200}
    | filed\ under\b.{0,200} | .{1,80}\ contributed\ (?:reporting|to\ this\ \w+)\W*
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_NAME = r"(?:[A-Z][\w.'’-]+\ ){1,4}"
_AUTHOR = re.compile(
    rf"""(?:{_NAME}(?:
    covers?\ (?!her|his|their|its|the\ costs?) | writes?\ (?:about|on|for)\b
    | reports?\ (?:on|for|from)\b | (?:edits|blogs|tweets|hosts|lectures|teaches)\b
    | joined\ (?:the|us|our)\b | has\ (?:covered|reported|written\ for)\b
    | has\ been\ (?:covering|reporting|writing|with)\b
    | is\ (?:an?|the|our|[A-Z][\w.]*['’]s|the\ [A-Z][\w.\ ]*['’]s)\ (?:[\w'’-]+\ ){{0,4}}
      (?:reporter|correspondent|editor|journalist|writer|columnist|author|producer|contributor
      |fellow|professor|lecturer|photographer|freelancer?|blogger|analyst|critic|intern)\b
    ) | The\ (?:author|writer)s?\b,?.{{0,80}}?\b(?:is|are)\b)""",
    re.VERBOSE,
)
"""How a note about the author begins: a full name, and what they do."""
_BEAT = re.compile(
    r"""\b(?:
    awards? | prizes? | newsletter | books? | author | professor
    | the\ (?:post|times|paper|newsroom|desk)
    | local | politics | government | crime | business | technology | science | health | education
    | climate | sports? | culture | courts? | transport | here | us | since\ \d{4} | based\ in
    | reach\ (?:him|her|them) | email | reporter | correspondent | columnist
    )\b | @\w+""",
    re.IGNORECASE | re.VERBOSE,
)
"""What such a note goes on to tell."""
_SAYS = re.compile(r"\b(?:said|says|told|added|according to)\b")
_LONGEST_NOTE = 400
_LAST = 6
"""Paragraphs at an article's end that may be something else."""


def prune(page: Element) -> None:
    """Take out of a page's tree what is hidden, and what stands around the article."""
    body = page.find(".//body")
    body = page if body is None else body
    _remove(body, list(_find_hidden(page, body)), meant=True)
    _remove(body, list(_find_surroundings(body)))
    _remove(body, list(_find_teasers(body)))


def _find_hidden(page: Element, body: Element) -> Iterator[Element]:
    rules = _read_hiding_rules(page)
    for element in body.iterdescendants():
        if not isinstance(element.tag, str):
            continue
        style, hidden = (element.get("style") or "")[:_MAX_ATTRIBUTE], element.get("hidden")
        if (
            (hidden is not None and hidden != "until-found")
            or (style and _HIDING.search(style))
            or _has_hidden_class((element.get("class") or "")[:_MAX_ATTRIBUTE])
            or _is_under(rules, element)
        ):
            yield element


def _has_hidden_class(names: str) -> bool:
    return bool(_HIDDEN_CLASSES.search(names)) and not _SHOWN_ON_SOME.search(names)


def _read_hiding_rules(page: Element) -> dict[str, set[_Selector]]:
    """Read what the page's own style sheets hide, by the last class or id of a selector."""
    sheets = "\n".join(style.text or "" for style in page.iter("style"))[:_MAX_SHEETS]
    sheets = _CSS_ASIDE.sub("", sheets)
    rules: dict[str, set[_Selector]] = {}
    for selectors, declarations in _RULE.findall(sheets):
        if not _HIDING.search(declarations):
            continue
        for selector in selectors.split(","):
            match = _SELECTOR.fullmatch(selector.strip())
            if match and match[2]:
                names = re.findall(r"[.#][\w-]+", match[2])
                rules.setdefault(names[-1], set()).add((match[1] or "", frozenset(names)))
    return rules


def _is_under(rules: Mapping[str, set[_Selector]], element: Element) -> bool:
    """Return True if one of the rules is for this element."""
    own = {f".{name}" for name in (element.get("class") or "").split()}
    if element.get("id"):
        own.add(f"#{element.get('id')}")
    return any(
        wanted <= own and tag in ("", element.tag)
        for name in own & rules.keys()
        for tag, wanted in rules[name]
    )


def _find_surroundings(body: Element) -> Iterator[Element]:
    for element in body.iterdescendants():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "footer" and next(element.iterancestors("blockquote"), None) is not None:
            element.tag = "p"  # it signs what is quoted
        names = " ".join(element.get(name) or "" for name in ("class", "id", "role"))
        if element.tag in _INVISIBLE_TAGS or _OTHER.search(names[:_MAX_ATTRIBUTE]):
            yield element


def _find_teasers(body: Element) -> Iterator[Element]:
    """Headings such as "Related", and what stands under them."""
    for heading in body.iter(*_HEADINGS, "strong", "b", "p", "div"):
        said = _get_short_text(heading)
        if not said or not _is_other_heading(said):
            continue
        top = _find_outermost(heading, body)
        if _opens(top):  # a box of its own: all of it
            yield top.getparent()
            continue
        yield top
        is_last = bool(_READERS_WORDS.search(said))  # nothing of the article comes after them
        for below in top.itersiblings():
            if not is_last and (
                _is_as_high(below, top) or not (_is_teaser(below) or _is_card(below))
            ):
                break
            yield below


def _get_short_text(element: Element) -> str:
    """Return the text of an element; nothing for a text longer than a heading."""
    text = ""
    for piece in element.itertext():
        text += piece
        if len(text) > _LONGEST_HEADING:
            return ""
    return text.strip()


def _find_outermost(element: Element, body: Element) -> Element:
    """Return the largest element that holds nothing but this one."""
    said, parent = _get_short_text(element), element.getparent()
    while parent is not None and parent is not body and _get_short_text(parent) == said:
        element, parent = parent, parent.getparent()
    return element


def _opens(element: Element) -> bool:
    """Return True if a box with more in it begins with this element."""
    parent = element.getparent()
    return (
        parent is not None
        and parent.tag in ("section", "div", "ul", "ol", "dl", "table", "center")
        and not (parent.text or "").strip()
        and element.getprevious() is None
        and element.getnext() is not None
    )


def _is_as_high(element: Element, heading: Element) -> bool:
    return element.tag in _HEADINGS and not (heading.tag in _HEADINGS and element.tag > heading.tag)


def _is_teaser(element: Element) -> bool:
    """Return True for what is mostly links, or lists."""
    said = "".join(element.itertext()).strip() if isinstance(element.tag, str) else ""
    linked = sum(len("".join(link.itertext()).strip()) for link in element.iter("a"))
    is_card = element.tag in ("div", "li", "article", "section", "figure") and linked > 0
    is_list = element.tag in ("ul", "ol", "dl")
    return is_list or is_card or not said or linked >= len(said) * _MOSTLY


def _is_card(element: Element) -> bool:
    """Return True for a box that begins with a headline of its own."""
    first = next(iter(element), None) if element.tag in ("div", "li", "article") else None
    return first is not None and first.tag in _HEADINGS and not (element.text or "").strip()


def _remove(body: Element, elements: Sequence[Element], *, meant: bool = False) -> None:
    """Take these out with all that is in them; what seems to be the article only if it is `meant`.

    The names of elements say what is around an article, and sometimes what it is about.
    """
    named = next(body.iter("article", "main", "h1"), None) is not None
    articles = [(len("".join(each.itertext())), each) for each in body.iter("article")]
    main = [max(articles, key=itemgetter(0))[1]] if articles else []
    most = 0 if named else int(_MOSTLY * len("".join(body.itertext())))
    for element in elements:
        parent = element.getparent()
        if parent is None or element.tag in ("body", "html", "main") or element in main:
            continue
        if not meant and _seems_the_article(element, main, most):
            continue
        if element.tail:  # text behind it stays
            before = element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + " " + element.tail
            else:
                parent.text = (parent.text or "") + " " + element.tail
        parent.remove(element)


def _seems_the_article(element: Element, main: Sequence[Element], most: int) -> bool:
    """Return True if it has the headline, or more characters than `most` where there is none."""
    if next(element.iter("h1", "main"), None) is not None or any(
        each in main for each in element.iter("article")
    ):
        return True
    return bool(most) and len("".join(element.itertext())) > most


def strip_interruptions(paragraphs: Sequence[str]) -> list[str]:
    """Return an article's paragraphs without what interrupts it, and what stands behind its end."""
    kept = [each for each in paragraphs if not _is_pitch(each)]
    whole = len(kept)
    while len(kept) > 1 and whole - len(kept) < _LAST and is_ending(kept[-1]):
        kept.pop()
    return kept


def is_ending(paragraph: str) -> bool:
    """Return True for a paragraph that is no article's: a pitch, a credit, a note on the author."""
    if _is_pitch(paragraph) or _CREDIT.fullmatch(paragraph) or _is_other_heading(paragraph):
        return True
    if len(paragraph) <= _LONGEST_PITCH and _LEGAL.search(paragraph):
        return True
    is_note = _AUTHOR.match(paragraph) and _BEAT.search(paragraph) and not _SAYS.search(paragraph)
    return bool(is_note) and len(paragraph) <= _LONGEST_NOTE


def _is_pitch(paragraph: str) -> bool:
    return len(paragraph) <= _LONGEST_PITCH and bool(_PITCH.match(paragraph))


def _is_other_heading(text: str) -> bool:
    """Return True for a heading under which other things stand; it is no sentence."""
    is_short = len(text) <= _LONGEST_HEADING and not text.rstrip().endswith(".")
    return is_short and bool(_OTHER_HEADINGS.fullmatch(text))
