"""The table of platforms: under which addresses each shows the same post, video or file.

One row for each platform: the site that stands for it, its hosts, and how a post is known by its
address. A host is written whole, or with `*.` for every host below it. A post's pattern is looked
for in the path with its query; what it captures names the post. Pure values.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_Patterns = tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Platform:
    """`posts` are pairs of a kind and the pattern whose groups name one of that kind."""

    site: str
    hosts: tuple[str, ...]
    posts: _Patterns
    ignores_case: bool = False

    def has_host(self, host: str) -> bool:
        """Return True if this host, without www and the like, is one of the platform's."""
        return any(
            host.endswith(each[1:]) if each.startswith("*.") else host == each
            for each in self.hosts
        )

    def name_post(self, address: str) -> str | None:
        """Return the name of the post at this path with its query; None where it is no post's."""
        for kind, pattern in self.posts:
            if match := pattern.search(address):
                name = "/".join(part for part in match.groups() if part)
                return f"{kind}/{name.lower() if self.ignores_case else name}"
        return None


def _platform(
    site: str, hosts: str, posts: Iterable[tuple[str, str]], *, ignores_case: bool = False
) -> Platform:
    patterns = tuple((kind, re.compile(pattern)) for kind, pattern in posts)
    return Platform(site, (site, *hosts.split()), patterns, ignores_case)


PLATFORMS = (
    _platform(
        "x.com",
        "twitter.com vxtwitter.com fxtwitter.com fixupx.com fixvx.com twittpr.com xcancel.com"
        " nitter.net nitter.poast.org nitter.privacydev.net nitter.it *.nitter.net",
        [("status", r"^/(?:i/web|\w+)/status(?:es)?/(\d+)")],
    ),
    _platform(
        "youtube.com",
        "youtu.be youtube-nocookie.com music.youtube.com gaming.youtube.com yewtu.be piped.video"
        " invidious.io",
        [
            ("video", r"[?&]v=([\w-]{11})"),
            ("video", r"^/(?:shorts|embed|live|v|e)/([\w-]{11})(?:[/?&]|$)"),
            ("video", r"^/([\w-]{11})(?:[?&]|$)"),
            ("playlist", r"^/playlist\?(?:.*&)?list=([\w-]+)"),
        ],
    ),
    _platform(
        "t.me",
        "telegram.me telegram.dog",
        [
            ("post", r"^/(c/\d+)/(?:\d+/)?(\d+)"),
            ("post", r"^/(?:s/)?(\w+)/(?:\d+/)?(\d+)"),
            ("channel", r"^/s/(\w+)$"),
        ],
        ignores_case=True,
    ),
    _platform(
        "instagram.com",
        "instagr.am ddinstagram.com kkinstagram.com instagramez.com",
        [("post", r"^/(?:[\w.]+/)?(?:p|reels?|tv)/([\w-]+)")],
    ),
    _platform(
        "facebook.com",
        "*.facebook.com fb.com fb.me fb.watch"
        "  facebookwkhpilnemxj7asaniu7vnjjbiltxjqhye3mhbshg7kx5tfyd.onion",
        [
            ("post", r"[?&]story_fbid=(\w+)"),
            ("photo", r"[?&]fbid=(\d+)"),
            ("video", r"^/(?:watch/?(?:live/?)?|video\.php)\?(?:.*&)?v=(\d+)"),
            ("video", r"^/(?:[^/?]+/videos/(?:[^/?]+/)?|reel/|videos/)(\d+)"),
            ("post", r"^/groups/[^/?]+/(?:posts|permalink)/(?:[^/?]+/)?(\d+|pfbid\w+)"),
            ("post", r"^/[^/?]+/posts/(?:[^/?]+/)?(\d+|pfbid\w+)"),
            ("photo", r"^/[^/?]+/photos/(?:[^/?]+/)?(\d+)"),
        ],
    ),
    _platform(
        "bsky.app",
        "fxbsky.app vxbsky.app bskx.app bskyx.app psky.app main.bsky.dev deer.social",
        [("post", r"^/profile/[^/?]+/post/(\w+)")],
    ),
    _platform(
        "reddit.com",
        "*.reddit.com redd.it rxddit.com vxreddit.com teddit.net redlib.catsarch.com libreddit.de",
        [
            ("comment", r"/comments/\w+/[^/?]*/(\w+)"),
            ("comment", r"/comments/\w+/comment/(\w+)"),
            ("post", r"/comments/(\w+)"),
            ("post", r"^/gallery/(\w+)"),
            ("share", r"^/(?:r|u|user)/\w+/s/(\w+)"),
            ("post", r"^/(\w{4,9})(?:[?&]|$)"),
        ],
    ),
    _platform(
        "tiktok.com",
        "vxtiktok.com tnktok.com tfxktok.com tiktxk.com",
        [("video", r"^/(?:@[\w.-]*/(?:video|photo)|embed(?:/v2)?|player/v1|v|share/video)/(\d+)")],
    ),
    _platform(
        "threads.com",
        "threads.net fixthreads.net vxthreads.net",
        [("post", r"^/(?:@[\w.]+/post|t)/([\w-]+)")],
    ),
    _platform(
        "vk.com",
        "vk.ru vkontakte.ru vkvideo.ru",
        [
            ("wall", r"(?:^/|[?&][wz]=)wall(-?\d+_\d+)"),
            ("video", r"(?:^/|[?&]z=)(?:video|clip)(-?\d+_\d+)"),
            ("photo", r"(?:^/|[?&]z=)photo(-?\d+_\d+)"),
        ],
    ),
    _platform(
        "linkedin.com",
        "",
        [
            ("post", r"urn(?::|%3[Aa])li(?::|%3[Aa])(?:activity|share|ugcPost)(?::|%3[Aa])(\d+)"),
            ("post", r"^/posts/[^?]*-(?:activity|share|ugcPost)-(\d+)"),
        ],
    ),
    _platform(
        "discordapp.com",
        "cdn.discordapp.com media.discordapp.net cdn.discord.com images-ext-1.discordapp.net",
        [("file", r"^/(?:ephemeral-)?attachments/(\d+)/(\d+)/")],
    ),
    _platform(
        "vimeo.com",
        "player.vimeo.com",
        [("video", r"^/(?:video/|channels/\w+/|groups/\w+/videos/|showcase/\d+/video/)?(\d+)")],
    ),
    _platform(
        "dailymotion.com",
        "dai.ly geo.dailymotion.com",
        [
            ("video", r"^/(?:embed/)?video/(\w+)"),
            ("video", r"^/player[^?]*\?(?:.*&)?video=(\w+)"),
            ("video", r"^/(x\w{5,7})(?:[?&]|$)"),
        ],
    ),
    _platform(
        "twitch.tv",
        "clips.twitch.tv player.twitch.tv",
        [
            ("video", r"^/videos/(\d+)"),
            ("video", r"[?&]video=v?(\d+)"),
            ("clip", r"^/(?:\w+/clip/)([\w-]+)"),
            ("clip", r"^/([A-Z][\w-]{11,})"),
        ],
    ),
    _platform(
        "truthsocial.com",
        "",
        [("post", r"^/(?:@[\w.]+/(?:posts/)?|users/[\w.]+/statuses/)(\d+)")],
    ),
    _platform(
        "drive.google.com",
        "docs.google.com",
        [
            ("file", r"^/(?:\w+/)?(?:u/\d+/)?d/([\w-]{10,})"),
            ("file", r"^/(?:open|uc)\?(?:.*&)?id=([\w-]{10,})"),
        ],
    ),
    _platform("imgur.com", "i.imgur.com", [("image", r"^/(\w{7})(?:\.\w+)?$")]),
)
"""A platform's posts; a path that is no post's stands for itself under the platform's site."""


def find_platform(host: str) -> Platform | None:
    """Return the platform that this host belongs to."""
    return next((each for each in PLATFORMS if each.has_host(host)), None)


TRACKING = re.compile(
    r"""(?:
    utm_\w+ | (?:fb|g|d|tw|y|ys|tt)clid | msclkid | gbraid | wbraid | li_fat_id | irclickid
    | rb_clickid | gclsrc
    | igshid | igsh | mibextid | rdid | sfnsn | share_id | __(?:cft|tn|xts)__.* | fb_\w+ | fbc
    | mc_[ce]id | mkt_tok | _hs\w+ | __hs\w+ | hsctatracking | vero_\w+ | oly_\w+_id | wickedid
    | (?:ga|gaa|itm|mtm|ml|pk|piwik|matomo|hsa|ns|at|wt|sfmc|dm_i|ss)_\w+ | _ga | _gl
    | wt\.\w+ | xtor | cmp | cmpid | cmp_id | icid | ncid | ocid | cvid | s_cid | ito | itid
    | smid | smtyp | sref | ref | referr?er | ref_(?:src|url|source) | reflink | source_ref
    | soc_(?:src|trk) | guccounter | guce_\w+ | share | shared | sharetype | share_\w+ | spm
    | trk | trk\w+ | trackingid | ftcamp | ftag | tpcc | nr_email_referer | emc | emci | emdi
    | unlocked_article_code | pwapi_token | giftcopy | accesstoken | embedded-checkout
    | __twitter_impression | amp | amp_\w+ | usqp | epik | partner | leadsource | linkid
    | campaign | campaign_id | adid | ad_id | ved | ei | usg | wprov | taid | s_kwcid | ef_id
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""Parameters that tell who passed a link on, and nothing of the page: the whole of their names."""

_ADDRESS = r"((?:https?(?::|%3a)|www\.)[^&]+)"
"""An address in a query, in plain or percent-encoded."""

WRAPPERS = tuple(
    (re.compile(host), re.compile(inside, re.IGNORECASE))
    for host, inside in (
        # redirects
        (r"google(?:\.[a-z]{2,3}){1,2}", rf"/url\?(?:.*&)?(?:q|url)={_ADDRESS}"),
        (r"(?:l|lm)\.(?:facebook|instagram|threads|messenger)\.(?:com|net)", rf"[?&]u={_ADDRESS}"),
        (r"facebook\.com", rf"/(?:l|flx/warn/?)(?:\.php)?\?(?:.*&)?u={_ADDRESS}"),
        (r"youtube\.com", rf"/redirect\?(?:.*&)?q={_ADDRESS}"),
        (r"out\.reddit\.com", rf"[?&]url={_ADDRESS}"),
        (r"(?:away\.)?vk\.(?:com|ru)", rf"/away(?:\.php)?\?(?:.*&)?to={_ADDRESS}"),
        (r"linkedin\.com", rf"/(?:redir/redirect|safety/go|redir/\w+)\?(?:.*&)?url={_ADDRESS}"),
        (r"(?:html\.|lite\.)?duckduckgo\.com", rf"/l/\?(?:.*&)?uddg={_ADDRESS}"),
        (r"t\.umblr\.com", rf"/redirect\?(?:.*&)?z={_ADDRESS}"),
        (r"[\w.]+\.safelinks\.protection\.outlook\.com", rf"[?&]url={_ADDRESS}"),
        (r"urldefense(?:\.proofpoint)?\.com", r"/v3/__(https?:/.+?)__;"),
        (r"slack-redir\.net|exit\.sc|disq\.us|getpocket\.com", rf"[?&]url={_ADDRESS}"),
        (r"href\.li|anonym\.to|nullrefer\.com", rf"/\?{_ADDRESS}"),
        (r"steamcommunity\.com", rf"/linkfilter/\?(?:.*&)?u(?:rl)?={_ADDRESS}"),
        # archives, with their flags
        (r"(?:web\.|wayback\.)?archive\.org", r"/web/(?:\d{1,14}[a-z_]*|\*)/(.+)"),
        (r"(?:web\.)?archive\.org", r"/(?:web|save)/((?:https?:/|www\.).+)"),
        (r"archive\.(?:ph|is|today|fo|li|md|vn)", r"^https?://[^/]+/(https?:/.+)"),
        (r"archive\.(?:ph|is|today|fo|li|md|vn)", r"/(?:o/\w+|[\d.-]{4,20}|newest|oldest)/(.+)"),
        (r"arquivo\.pt", r"/(?:noFrame/replay|wayback)/\d+[a-z_]*/(.+)"),
        (r"webarchive\.nationalarchives\.gov\.uk", r"/(?:ukgwa/)?(?:\d+[a-z_]*|\*)/(.+)"),
        (r"webarchive\.loc\.gov", r"/all/\d+[a-z_]*/(.+)"),
        (r"timetravel\.mementoweb\.org", r"/(?:memento|list|reconstruct)/\d+/(.+)"),
        # caches, translations, readers
        (r"google(?:\.[a-z]{2,3}){1,2}", r"/amp/(?:s/)?(.+)"),
        (r"(?:[\w-]+\.)?cdn\.ampproject\.org", r"/[a-z]/(?:s/)?(.+)"),
        (r"bing-amp\.com", r"/[a-z]/(?:s/)?(.+)"),
        (r"webcache\.googleusercontent\.com", r"[?&]q=cache:(?:[\w-]{12}:)?([^+&]+)"),
        (r"translate\.google(?:\.[a-z]{2,3}){1,2}", r"[?&]u=([^&]+)"),
        (r"translate\.yandex\.(?:com|ru|net)", rf"[?&]url={_ADDRESS}"),
        (r"(?:[\w-]+\.)?turbopages\.org", r"^https?://[^/]+/([\w.-]+)/s(/.+)"),
        (r"yandex\.(?:com|ru)", rf"/turbo\?(?:.*&)?text={_ADDRESS}"),
        (r"(?:12ft|txtify)\.i[ot]|r\.jina\.ai|smry\.ai", r"^https?://[^/]+/(?:proxy\?q=)?(.+\..+)"),
        (r"cc\.bingj\.com", rf"/cache\.aspx\?(?:.*&)?u={_ADDRESS}"),
        (r"textise\.net", rf"[?&]strURL={_ADDRESS}"),
        # whoever has a whole address for a path shows what stands there: new readers come each year
        (r".+", r"^https?://[^/]+/(https?:/.+)"),
    )
)
"""Sites that lead to other pages or show copies of them, and where the page's own address is."""
