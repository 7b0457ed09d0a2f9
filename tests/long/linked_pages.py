"""What is read of the pages behind links: `python -m tests.long.linked_pages [--wrong]`.

200 pages of our own making: ten stories in twenty shapes that sites have, with menus, teasers of
other stories, cookie notices and other dates around them. Of each the title, the day and the best
sentence on a claim are known. Prints the share that is right, by what is read and by shape; with
`--wrong` also what was read instead. Ends with code 1 where a share is below what it was.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from bot.background.snapshots import describe_page
from workflows.documents.reading import read_document
from workflows.snapshots import PageRead

LEAST = {"title": 0.98, "published": 0.98, "passage": 0.98}
"""A little below the shares that were reached."""
FIRST_DAY = date(2024, 2, 3)
SITES = ("The Harbour Post", "Olden Gazette", "Morna Daily", "Radio Ladoga", "North Bay Times")
PEOPLE = ("Ada Reyes", "Jon Brandt", "Mina Okafor", "Lea Sorensen", "Tomas Vidal")


@dataclass(frozen=True)
class Story:
    """What a page tells: `said` is what it says about the claim, in other words."""

    title: str
    claim: str
    said: str
    others: tuple[str, ...]


STORIES = (
    Story(
        "Bridge at Ladoga shut after storm",
        "The Ladoga bridge is closed to all traffic",
        "All traffic has been barred from the bridge at Ladoga since Thursday, a spokesman for the"
        " council said.",
        (
            "The council met on Thursday evening to talk about the storm and what it had done.",
            "Traffic in the old town was slow for most of the morning.",
            "A second bridge, at Morna, was repaired last year for 3 million crowns.",
            "Commuters were told to take the ferry, which runs every half hour.",
            "Shopkeepers near the market said that few people had come.",
        ),
    ),
    Story(
        "Olden hospital to lose its night ward",
        "The hospital in Olden will close 40 beds",
        "Forty beds at Olden hospital are to go by the autumn, according to a plan that its board"
        " approved.",
        (
            "The hospital was built in 1962 and has been enlarged twice since.",
            "Nurses gathered in front of the main entrance with banners.",
            "The board will meet again in two weeks, its chair said.",
            "In Morna, a new clinic with its own garden opened last spring.",
            "Patients who need care at night will be driven to the county seat.",
        ),
    ),
    Story(
        "Ferry company raises fares again",
        "Ferry tickets between Olden and Morna cost 15 percent more since January",
        "Since January passengers have paid 15 percent more for a ticket on the ferry from Olden to"
        " Morna.",
        (
            "The company said that fuel had become dearer.",
            "A ticket for a bicycle is free on weekdays.",
            "The island of Morna has about 4,000 inhabitants.",
            "Last winter two ferries were out of service for a month.",
            "The county wants to talk with the company about a cheaper pass for pupils.",
        ),
    ),
    Story(
        "Pupils to learn in containers",
        "Pupils of the Brandt school are taught in containers",
        "Three hundred pupils of the Brandt school have had their lessons in containers since mould"
        " was found in its walls.",
        (
            "The mayor visited the site on Monday and shook many hands.",
            "Mould had been found in two other public buildings before.",
            "A teacher said that it was cold in the mornings.",
            "The county has set aside money for a new gymnasium.",
            "Parents have written an open letter to the minister.",
        ),
    ),
    Story(
        "Drought halves wheat harvest",
        "The wheat harvest in the valley fell by half",
        "Farmers in the valley brought in only half as much wheat as the year before, the growers'"
        " union reported.",
        (
            "It rained on six days between April and August.",
            "The price of bread has hardly changed so far.",
            "Grapes did better, since their roots reach deeper.",
            "The union asks the government for a loan without interest.",
            "In the hills, some farmers have turned to chickpeas.",
        ),
    ),
    Story(
        "Cracks found in Verin dam",
        "Engineers found cracks in the dam at Verin",
        "Two cracks, each about nine metres long, were discovered in the Verin dam by engineers who"
        " dived along its wall.",
        (
            "The lake behind it is a favourite place for anglers.",
            "There is no danger for people in the villages below, the operator said.",
            "The wall was finished in 1971 after six years of work.",
            "Divers will come back next month with better lamps.",
            "The operator also runs a small plant near the coast.",
        ),
    ),
    Story(
        "Museum returns bronze head",
        "The city museum gave a bronze head back to Benin",
        "A bronze head that had stood in the city museum for ninety years was handed to a"
        " delegation from Benin on Friday.",
        (
            "The museum has about 20,000 visitors a year.",
            "A new wing with a café will open in the summer.",
            "The ceremony was held in front of a small crowd.",
            "Schools can book guided tours on its website.",
            "Its director came to the city from Vienna six years ago.",
        ),
    ),
    Story(
        "Airport bans night flights",
        "No planes may land at Kestrel airport between 11 p.m. and 5 a.m.",
        "From the first of May on, no planes will be allowed to land at Kestrel airport between 11"
        " p.m. and 5 a.m., the ministry decided.",
        (
            "The airport is a 20-minute drive from the centre.",
            "Airlines called the decision short-sighted.",
            "People who live near it had collected 8,000 signatures.",
            "The number of passengers grew by 3 percent last year.",
            "The ministry also promised money for thicker windows.",
        ),
    ),
    Story(
        "Bus drivers walk out for third day",
        "Bus drivers in Olden are on strike",
        "For a third day, drivers of Olden's buses refused to work, and only every fifth bus left"
        " the depot because of the strike.",
        (
            "Talks are to go on at the weekend, a mediator said.",
            "Taxis were hard to find at the station.",
            "The company offers 4 percent, spread over two years.",
            "Some people rode to work by bicycle in light rain.",
            "Trains run as usual, the railway said.",
        ),
    ),
    Story(
        "Reactor at Norvik goes back online",
        "The reactor in Norvik produces electricity again",
        "After eleven months of repairs the reactor in Norvik began to feed electricity into the"
        " grid again on Sunday night.",
        (
            "The operator had found a leak in a pump last spring.",
            "A group of neighbours went to court against the restart.",
            "The price of electricity fell a little on Monday.",
            "Norvik has a harbour, a brewery and a well-known choir.",
            "Two more reactors are to be built by 2040, if parliament agrees.",
        ),
    ),
)


@dataclass(frozen=True)
class Page:
    """A story as a site tells it."""

    story: Story
    site: str
    author: str
    day: date
    lines: tuple[str, ...]

    @property
    def body(self) -> str:
        return "\n".join(f"<p>{escape(line)}</p>" for line in self.lines)

    @property
    def title(self) -> str:
        return escape(self.story.title)

    @property
    def english_day(self) -> str:
        return f"{self.day:%B} {self.day.day}, {self.day.year}"

    @property
    def british_day(self) -> str:
        return f"{self.day.day} {self.day:%B %Y}"

    @property
    def other_day(self) -> str:
        """A day that is another story's."""
        other = self.day + timedelta(days=9)
        return f"{other:%B} {other.day}, {other.year}"


TEASERS = """<aside class="related"><h3>More news</h3><ul>
<li><a href="/a">Bridge, ferry and dam: a year in pictures</a>
<time datetime="{iso}">{day}</time></li>
<li><a href="/b">What the council of Olden wants with the school</a></li>
<li><a href="/c">Electricity, wheat and tickets: all prices</a></li></ul></aside>"""
MENU = """<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li>
<li><a href="/traffic">Traffic</a></li><li><a href="/weather">Weather</a></li></ul></nav>"""
COOKIES = """<div id="cookie-banner" class="cookie-consent"><p>We and our 412 partners use cookies
to measure how you use this site. You can change your mind at any time in our privacy settings.</p>
<button>Accept all</button></div>"""
FOOT = """<footer><p>© {year} {site}. All rights reserved. Contact the newsroom at the harbour.</p>
</footer>"""


def _wrap(page: Page, head: str, main: str, *, around: bool = True) -> str:
    other = page.day + timedelta(days=9)
    aside = TEASERS.format(iso=other.isoformat(), day=page.other_day) if around else ""
    foot = FOOT.format(year=2026, site=escape(page.site)) if around else ""
    top = MENU if around else ""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head>'
        f"<body>{top}{main}{aside}{foot}</body></html>"
    )


def _tag_title(page: Page, form: str = "{title} | {site}") -> str:
    return f"<title>{form.format(title=page.title, site=escape(page.site))}</title>"


def _make_linked_data(page: Page) -> str:
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.story.title,
        "datePublished": f"{page.day.isoformat()}T08:30:00+00:00",
        "dateModified": f"{(page.day + timedelta(days=2)).isoformat()}T10:00:00+00:00",
        "author": {"@type": "Person", "name": page.author},
        "publisher": {"@type": "Organization", "name": page.site},
    }
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


def _open_graph(page: Page, *, day: bool = True) -> str:
    made = (
        f'<meta property="og:title" content="{page.title}">'
        f'<meta property="og:site_name" content="{escape(page.site)}">'
        '<meta property="og:type" content="article">'
    )
    if day:
        made += f'<meta property="article:published_time" content="{page.day}T06:00:00Z">'
    return made


def newspaper(page: Page) -> str:
    """JSON-LD and Open Graph, as large newspapers have them."""
    head = _tag_title(page) + _open_graph(page) + _make_linked_data(page)
    main = (
        f"<main><article><h1>{page.title}</h1><p>By {page.author}</p>{page.body}</article></main>"
    )
    return _wrap(page, head, main)


def linked_data_alone(page: Page) -> str:
    """JSON-LD and nothing else."""
    head = _tag_title(page, "{title} - {site}") + _make_linked_data(page)
    return _wrap(page, head, f"<div class='story'><h1>{page.title}</h1>{page.body}</div>")


def open_graph_alone(page: Page) -> str:
    """Open Graph and nothing else."""
    head = _tag_title(page, "{site}: {title}") + _open_graph(page)
    return _wrap(page, head, f"<div id='content'><h1>{page.title}</h1>{page.body}</div>")


def weblog(page: Page) -> str:
    """An entry of a weblog, its day in a <time>."""
    main = (
        f"<article class='post hentry'><h2 class='entry-title'>{page.title}</h2>"
        f"<div class='entry-meta'>Posted on <time class='entry-date published'"
        f" datetime='{page.day}T09:00:00+01:00'>{page.english_day}</time> by {page.author}</div>"
        f"<div class='entry-content'>{page.body}</div></article>"
        f"<div id='comments'><h3>2 comments</h3><p>Sam, {page.other_day}: The bridge and the ferry"
        " are both a disgrace, I say.</p></div>"
    )
    return _wrap(page, _tag_title(page, "{title} – {site}"), main)


def plain_old(page: Page) -> str:
    """A page of tables, as in 1999: no word of its day but in the text."""
    main = (
        f"<table width='100%'><tr><td>{MENU}</td><td><font size='5'><b>{page.title}</b></font><br>"
        f"<i>{escape(page.site)}, {page.english_day}</i>{page.body}</td></tr></table>"
    )
    return f"<html><head><title>{page.title}</title></head><body>{main}</body></html>"


def press_release(page: Page) -> str:
    """A release, its day in the dateline."""
    lines = f"<p>OLDEN, {page.british_day} – {escape(page.lines[0])}</p>" + "".join(
        f"<p>{escape(line)}</p>" for line in page.lines[1:]
    )
    main = (
        f"<main><h4>Press release</h4><h1>{page.title}</h1>{lines}<p>### Press contact</p></main>"
    )
    return _wrap(page, _tag_title(page), main, around=False)


def ministry(page: Page) -> str:
    """A ministry's page, Dublin Core in its head."""
    head = (
        _tag_title(page, "{site} - News - {title}")
        + f'<meta name="DC.title" content="{page.title}">'
        + f'<meta name="DC.date.issued" content="{page.day}">'
    )
    day = f"<p>Published: {page.british_day}</p>"
    main = f"<div role='main'><h1>{page.title}</h1>{day}{page.body}</div>"
    return _wrap(page, head, main)


def microdata(page: Page) -> str:
    """Schema.org in the elements themselves."""
    main = (
        "<article itemscope itemtype='https://schema.org/NewsArticle'>"
        f"<h1 itemprop='headline'>{page.title}</h1>"
        f"<meta itemprop='datePublished' content='{page.day}'>"
        f"<span itemprop='author'>{page.author}</span>"
        f"<div itemprop='articleBody'>{page.body}</div></article>"
    )
    return _wrap(page, _tag_title(page), main)


def day_in_address(page: Page) -> str:
    """The day in the page's own address alone."""
    address = f"https://news.example.org/{page.day:%Y/%m/%d}/story.html"
    head = _tag_title(page) + f'<link rel="canonical" href="{address}">'
    return _wrap(page, head, f"<article><h1>{page.title}</h1>{page.body}</article>", around=False)


def byline(page: Page) -> str:
    """Author and day in one line below the title."""
    main = (
        f"<article><header><h1>{page.title}</h1><p class='byline'>By {page.author} · "
        f"{page.british_day} · 3 min read</p></header>{page.body}</article>"
    )
    return _wrap(page, _tag_title(page), main)


def updated(page: Page) -> str:
    """Published one day, updated another: the first counts."""
    later = page.day + timedelta(days=3)
    head = (
        _tag_title(page)
        + f'<meta property="article:published_time" content="{page.day}T06:00:00Z">'
        + f'<meta property="article:modified_time" content="{later}T06:00:00Z">'
    )
    main = (
        f"<article><h1>{page.title}</h1><p>Updated {later:%B} {later.day}, {later.year}</p>"
        f"{page.body}</article>"
    )
    return _wrap(page, head, main)


def cookie_wall(page: Page) -> str:
    """A notice about cookies before everything."""
    head = _tag_title(page) + _open_graph(page)
    return _wrap(page, head, f"{COOKIES}<article><h1>{page.title}</h1>{page.body}</article>")


def accelerated(page: Page) -> str:
    """An AMP page."""
    head = _tag_title(page, "{title}") + _make_linked_data(page)
    main = f"<amp-sidebar>{MENU}</amp-sidebar><article><h1>{page.title}</h1>{page.body}</article>"
    return _wrap(page, head, main).replace("<html", "<html amp", 1)


def in_lists(page: Page) -> str:
    """The text in list items below headings."""
    items = "".join(f"<li>{escape(line)}</li>" for line in page.lines)
    main = f"<article><h1>{page.title}</h1><h2>What we know</h2><ul>{items}</ul></article>"
    return _wrap(page, _tag_title(page) + _open_graph(page), main)


def in_lines(page: Page) -> str:
    """No paragraphs, but line ends."""
    lines = "<br><br>".join(map(escape, page.lines))
    main = f"<article><h1>{page.title}</h1><div class='text'>{lines}</div></article>"
    return _wrap(page, _tag_title(page) + _open_graph(page), main)


def one_paragraph(page: Page) -> str:
    """All in one paragraph."""
    main = f"<article><h1>{page.title}</h1><p>{escape(' '.join(page.lines))}</p></article>"
    return _wrap(page, _tag_title(page) + _open_graph(page), main)


def german_day(page: Page) -> str:
    """The day as 03.02.2024."""
    main = (
        f"<article><h1>{page.title}</h1><p class='datum'>{page.day:%d.%m.%Y}, {page.author}</p>"
        f"{page.body}</article>"
    )
    return _wrap(page, _tag_title(page), main, around=False)


def with_pictures(page: Page) -> str:
    """Pictures with captions that share the claim's words."""
    caption = (
        f"<figure><img src='a.jpg' alt=''><figcaption>{page.title}: a file photo from last year."
    )
    figure = f"{caption} Photo: {page.author}</figcaption></figure>"
    main = f"<article><h1>{page.title}</h1>{figure}{page.body}</article>"
    return _wrap(page, _tag_title(page) + _open_graph(page), main)


def front_matter(page: Page) -> str:
    """The site's name as its first heading, the story's as a second."""
    main = (
        f"<header><h1>{escape(page.site)}</h1></header><article><h2>{page.title}</h2>"
        f"<time datetime='{page.day}'>{page.british_day}</time>{page.body}</article>"
    )
    return _wrap(page, _tag_title(page), main)


def undated(page: Page) -> str:
    """No day anywhere: none may be made up, from the teasers either."""
    main = f"<article><h1>{page.title}</h1>{page.body}</article>"
    return _wrap(page, _tag_title(page), main)


SHAPES: Mapping[str, Callable[[Page], str]] = {
    shape.__name__: shape
    for shape in (
        *(newspaper, linked_data_alone, open_graph_alone, weblog, plain_old, press_release),
        *(ministry, microdata, day_in_address, byline, updated, cookie_wall, accelerated),
        *(in_lists, in_lines, one_paragraph, german_day, with_pictures, front_matter, undated),
    )
}


def iter_pages() -> Iterator[tuple[str, Page]]:
    """Yield each story in each shape; what it says about the claim stands in another place each."""
    for number, shape in enumerate(SHAPES):
        for place, story in enumerate(STORIES):
            at = 1 + (number + place) % len(story.others)
            lines = (*story.others[:at], story.said, *story.others[at:])
            day = FIRST_DAY + timedelta(days=37 * place + 11 * number)
            site, author = SITES[place % len(SITES)], PEOPLE[number % len(PEOPLE)]
            yield shape, Page(story, site, author, day, lines)


def read(shape: str, page: Page) -> PageRead:
    """Return what is kept of a page."""
    document = read_document(SHAPES[shape](page).encode(), "story.html", "text/html")
    return describe_page(page.story.claim, document, 200)


def judge(shape: str, page: Page, found: PageRead) -> dict[str, tuple[bool, object]]:
    """Return whether each part is right, and what was read."""
    day = None if shape == "undated" else page.day
    passage = " ".join(found.passage.text.split()) if found.passage else None
    return {
        "title": (found.title == page.story.title, found.title),
        "published": (found.published == day, found.published),
        "passage": (passage is not None and page.story.said in passage, passage),
    }


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--wrong", action="store_true")
    options = asked.parse_args()
    right: dict[tuple[str, str], int] = {}
    count = 0
    for shape, page in iter_pages():
        count += 1
        for part, (is_right, read_instead) in judge(shape, page, read(shape, page)).items():
            right[shape, part] = right.get((shape, part), 0) + is_right
            if options.wrong and not is_right:
                _print({"shape": shape, "part": part, "read": str(read_instead)})
    shares = {
        part: sum(n for (_, each), n in right.items() if each == part) / count for part in LEAST
    }
    for shape in SHAPES:
        _print({"shape": shape, **{part: right[shape, part] for part in LEAST}})
    _print({"pages": count, **{part: round(share, 3) for part, share in shares.items()}})
    return int(any(shares[part] < least for part, least in LEAST.items()))


def _print(line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)  # noqa: T201  # what this is run for


if __name__ == "__main__":
    sys.exit(main())
