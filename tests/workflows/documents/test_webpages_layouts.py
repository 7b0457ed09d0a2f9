"""Pages as sites lay them out: nearly all of the article is read, and next to nothing else."""

import json
import re
from collections import Counter

import pytest

from workflows.documents.webpages import read_page

_ARTICLE = """
The harbour authority closed two of its nine berths on Monday after divers had found cracks in
the quay wall, a spokeswoman said.

Ferries to the islands will leave from the northern pier until the end of the month, according
to the timetable that the operator published.

“We don't expect any delays,” said the operator's director, Ines Holm. She added that about
1,400 passengers use the ferries on a weekday.

The quay was last repaired in 1987. The city has put aside 12 million euros for a new one, a
fifth more than it had planned a year ago.
"""
A = tuple(" ".join(paragraph.split()) for paragraph in re.split(r"\n\n", _ARTICLE))
"""An article's paragraphs."""
REST = (
    "Storm damages greenhouse roofs in three villages",
    "Subscribe to our morning newsletter and never miss a story",
    "Nina says: I saw a seal there yesterday, it was enormous",
    "Accept cookies to continue. We and our 214 partners store data",
    "Tram drivers vote on strike",
    "Follow us on social media",
)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(body: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>Quay closed</title>{head}</head>"
        f"<body>{body}</body></html>"
    )


NEWS = page(
    f"""<header><nav><a href=/>Home</a><a href=/s>{REST[4]}</a></nav></header>
<div class="cookie-banner"><p>{REST[3]}</p></div><main><article><h1>Quay closed</h1>
<div class="share-tools"><a href=#>{REST[5]}</a></div>{paragraphs(*A[:2])}
<aside class="related"><h3>More on this</h3><a href=/x>{REST[0]}</a></aside>{paragraphs(*A[2:])}
<div class="newsletter-signup"><p>{REST[1]}</p></div></article></main>
<section id="comments"><h2>3 comments</h2><p>{REST[2]}</p></section>
<footer><p>© 2024 The Harbour Post. All rights reserved.</p></footer>"""
)
AMP = (
    "<!doctype html><html amp lang=en><head><meta charset=utf-8><title>Quay closed</title>"
    "<style amp-custom>.ampstart-hidden{display:none}</style></head><body>"
    f"<amp-sidebar><ul><li>{REST[4]}</li></ul></amp-sidebar><article class=amp-article>"
    f"<h1>Quay closed</h1>{paragraphs(*A)}<p class=ampstart-hidden>{REST[2]}</p></article>"
    f"<div class=recommended><a href=/x>{REST[0]}</a></div></body></html>"
)
LIVE_BLOG = page(
    '<main><h1>Quay closed</h1><div class="live-blog">'
    + "".join(
        f"<article class='post'><time datetime='2024-10-14T0{n}:00'></time><p>{text}</p></article>"
        for n, text in enumerate(A)
    )
    + f"</div></main><aside><p>{REST[1]}</p></aside>"
)
BLOG = page(
    f"""<div id="sidebar"><ul><li><a href=/a>{REST[0]}</a></li></ul></div>
<div class="post-content entry"><h1>Quay closed</h1>{paragraphs(*A)}</div>
<div class="author-bio"><p>Tom writes about boats.</p></div><div id="respond">
<h3>Leave a reply</h3><ol class="commentlist"><li><p>{REST[2]}</p></li></ol></div>"""
)
PRESS_RELEASE = page(
    f"""<div class="breadcrumb"><a href=/>Press</a></div><div class="content"><h1>Quay closed</h1>
{paragraphs(*A)}</div>
<div class="footer-links"><a href=/x>{REST[4]}</a><a href=/y>{REST[0]}</a></div>"""
)
FORUM = page(
    f"""<div class="menu"><a href=/>Board</a></div><main><h1>Quay closed</h1>
<div class="message-body">{"<br><br>".join(A)}</div></main>
<div class="replies"><div class="message-body">{REST[2]}</div></div>"""
)
TABLE = page(
    f"""<article><h1>Quay closed</h1>{paragraphs(*A)}<table><tr><th>Berth</th><th>State</th></tr>
<tr><td>Four</td><td>closed</td></tr></table></article><nav><a href=/x>{REST[0]}</a></nav>"""
)
PAYWALL = page(
    f"<article><h1>Quay closed</h1><p>{A[0]}</p><div class='paywall'><p>{REST[1]}</p></div>"
    "</article>",
    head="<script type='application/ld+json'>"
    + json.dumps(
        {
            "@type": "NewsArticle",
            "headline": "Quay closed",
            "isAccessibleForFree": "False",
            "articleBody": "\n".join(A),
        }
    )
    + "</script>",
)
KOREAN_TEXT = (
    "항만 당국은 안벽에서 균열을 발견한 뒤 아홉 개 선석 가운데 두 개를 닫았다고 밝혔다.",
    "섬으로 가는 여객선은 이달 말까지 북쪽 부두에서 출발한다고 운영사가 공개한 시간표에 나와 있다.",
)
KOREAN = page(
    f"<div class='gnb'><a href=/>{REST[4]}</a></div><div id='articleBody' itemprop='articleBody'>"
    f"{paragraphs(*KOREAN_TEXT)}</div><div class='related-news'><a href=/x>{REST[0]}</a></div>"
)
ARABIC_TEXT = (
    "أغلقت سلطة الميناء يوم الاثنين رصيفين من أصل تسعة بعد أن عثر الغواصون على شقوق في الجدار.",
    "ستغادر العبارات إلى الجزر من الرصيف الشمالي حتى نهاية الشهر وفقا للجدول الذي نشرته الشركة.",
)
RIGHT_TO_LEFT = (
    "<!DOCTYPE html><html dir=rtl lang=ar><head><meta charset=utf-8><title>x</title></head><body>"
    f"<nav><a href=/>{REST[4]}</a></nav><article>{paragraphs(*ARABIC_TEXT)}</article></body></html>"
)
SINGLE_PAGE_APP = page(
    f'<div id="__next"><div class="css-1a"><div class="css-2b"><h1>Quay closed</h1>'
    f"<section class='css-9'>{paragraphs(*A)}</section></div></div></div>"
    f'<script id="__NEXT_DATA__" type="application/json">{{"x": "{REST[2]}"}}</script>'
)
GALLERY = page(
    "<article><h1>Quay closed</h1>"
    + "".join(f"<figure><img src=/{n}.jpg></figure><p>{text}</p>" for n, text in enumerate(A))
    + f"</article><div class='promo-grid'><a href=/x>{REST[0]}</a><a href=/y>{REST[4]}</a></div>"
)

LAYOUTS = {
    "news": (NEWS, A),
    "amp": (AMP, A),
    "live blog": (LIVE_BLOG, A),
    "blog": (BLOG, A),
    "press release": (PRESS_RELEASE, A),
    "forum": (FORUM, A),
    "table": (TABLE, A),
    "paywall with JSON-LD": (PAYWALL, A),
    "Korean": (KOREAN, KOREAN_TEXT),
    "right to left": (RIGHT_TO_LEFT, ARABIC_TEXT),
    "single-page app": (SINGLE_PAGE_APP, A),
    "gallery": (GALLERY, A),
}
BESIDE = Counter(["Quay", "closed", "Berth", "State", "Four", "closed"])
"""Words of headlines and tables, which may be read or not."""


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


@pytest.mark.parametrize(("html", "article"), LAYOUTS.values(), ids=LAYOUTS)
def test_layouts(html, article):
    """At least 95 in 100 of the article's words are read, and under 5 in 100 of the rest."""
    read = words(read_page(html.encode(), "page.html").text)
    wanted = words(" ".join(article))
    rest = words(" ".join(REST)) - wanted

    assert (wanted & read).total() >= 0.95 * wanted.total()
    assert (rest & (read - wanted - BESIDE)).total() < 0.05 * rest.total()
    assert (read - wanted - BESIDE).total() < 0.05 * wanted.total()


@pytest.mark.parametrize(
    "hidden",
    [
        *("hidden", "style='display:none'", "style='visibility: hidden'", "style='opacity:0'"),
        *("style='font-size:0px'", "style='position:absolute;left:-9999px'", "class='sr-only'"),
        *("style='height:0;overflow:hidden'", "style='clip:rect(0,0,0,0)'", "class='x-gone'"),
        *(
            "style='text-indent:-9999px'",
            "class='d-none'",
            "style='color:transparent'",
            "id='gone'",
        ),
        *("style='transform:scale(0)'", "class='visually-hidden'", "style='max-height:0'"),
    ],
)
def test_hidden_paragraphs(hidden):
    """What a reader cannot see is not read, by whatever means it is hidden."""
    head = "<style>.x-gone, #gone { color: red; display: none } .shown{display:block}</style>"
    html = page(f"<article>{paragraphs(*A)}<p {hidden}>{REST[2]}</p></article>", head)

    read = read_page(html.encode(), "page.html").text

    assert "seal" not in read
    assert "1987" in read


@pytest.mark.parametrize(
    "shown",
    [
        *(
            "class='overflow-hidden'",
            "style='opacity:0.9'",
            "class='hidden md:block'",
            "class=lead",
        ),
        *("style='height:20px'", "style='font-size:0.9em'", "style='margin-left:-1px'", "id=shown"),
    ],
)
def test_shown_paragraphs(shown):
    """What only looks like hiding is read."""
    html = page(f"<article>{paragraphs(*A[1:])}<p {shown}>{A[0]}</p></article>")

    assert "divers" in read_page(html.encode(), "page.html").text


AFTER = {
    "teasers in a list": "<h3>More from this section</h3>"
    "<ul><li><a href=/a>Goats seized</a></li></ul>",
    "teasers as cards": "<h2>Read next</h2><div><a href=/a>Goats seized at port</a>"
    "<p>Goats were seized at the port, officers said.</p></div>"
    "<div><a href=/b>Goats again</a><p>Goats.</p></div>",
    "teasers as articles": "<section><h2>Latest stories</h2><article><h3>Goats seized</h3>"
    "<p>Goats were seized at the port, officers said.</p></article></section>",
    "teasers under headlines": "<h2>Recommended for you</h2><div><h3>Goats seized</h3>"
    "<p>Goats were seized at the port, officers said.</p></div>",
    "a meter": "<p>You have read 3 of your 5 free articles about goats this month.</p>",
    "a box without a name": "<div><h4>You may also like</h4>"
    "<p>Goats were seized on Monday.</p></div>",
    "comments": "<h3>2 comments</h3><div><b>seal7</b><p>Goats ate my hat, honestly.</p></div>"
    "<div><b>hat</b><p>Goats? Never.</p></div>",
    "a newsletter": "<p>Sign up for our newsletter: 40,000 goats already have.</p>",
    "a note": "<p>Jo Goats covers local government and has won two awards since 2018.</p>",
    "another note": "<p><em>Jo Goats is the Post's transport reporter, based in Aven.</em></p>",
    "the author": "<p>The author, Jo Goats, is a professor of law at Aven University.</p>",
    "credits": "<p>Additional reporting by Jo Goats</p><p>Photo: Goats/AFP</p>",
    "a contributor": "<p>Jo Goats contributed reporting.</p>",
    "a tip line": "<p>Do you have a tip? Write to goats@post.example.</p>",
    "a call": "<p>Support our journalism: become a member today, says Jo Goats.</p>",
}


@pytest.mark.parametrize("after", AFTER.values(), ids=AFTER)
def test_what_follows_the_end(after):
    """What stands behind an article's end, within the same element, is not the article."""
    html = page(f"<main><article><h1>Quay closed</h1>{paragraphs(*A)}{after}</article></main>")

    read = read_page(html.encode(), "page.html").text

    assert "oats" not in read
    assert read.endswith("a year ago.")


INSIDE = {
    "a pitch": "<p>Sign up for our newsletter to get goats every morning.</p>",
    "a link": "<p><strong>Read more:</strong> <a href=/a>Goats seized at port</a></p>",
    "also": "<p>ALSO READ: <a href=/a>Goats seized at port</a></p>",
    "a box": "<div class=inline-promo><h4>Related</h4><a href=/a>Goats seized at port</a></div>",
    "an advertisement": "<p>Advertisement</p><div class=ad-slot>Goats, cheap</div>",
}


@pytest.mark.parametrize("inside", INSIDE.values(), ids=INSIDE)
def test_what_stands_in_the_middle(inside):
    """What interrupts an article is left out, and the article goes on behind it."""
    middle = f"{paragraphs(*A[:2])}{inside}{paragraphs(*A[2:])}"
    html = page(f"<main><article><h1>Quay closed</h1>{middle}</article></main>")

    read = read_page(html.encode(), "page.html").text

    assert "oats" not in read
    assert "Advertisement" not in read
    assert all(paragraph in read for paragraph in A)


@pytest.mark.parametrize(
    "last",
    [
        "Nadia Holm has won two awards for the bridge, which she designed in 2018.",
        "The council asked residents to sign up for the hearing by Friday, and 300 did.",
        "Ines Holm covers her costs herself, she said.",
        "The photo was published by the ministry on Monday.",
    ],
)
def test_endings_that_belong_to_it(last):
    """An article's own last paragraph stays, though it speaks of people and of signing up."""
    html = page(f"<main><article><h1>Quay closed</h1>{paragraphs(*A, last)}</article></main>")

    assert read_page(html.encode(), "page.html").text.endswith(last)
