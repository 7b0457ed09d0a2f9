"""The web page's server side: its files, its socket, its uploads; all behind one token."""

import html
import secrets
from pathlib import Path

from aiohttp import BodyPartReader, web

from bot.sandbox.ids import Json
from bot.sandbox.languages import nearest
from bot.sandbox.visitor import Visitor
from bot.sandbox.world import World

STATIC = Path(__file__).parent / "static"
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
LARGEST_UPLOAD = 10 * 2**20
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

_WEB_PAGE = """\
<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<link rel="stylesheet" href="/static/web.css">
<title>{title}</title>
<h1>{title}</h1>
{body}"""


class PageServer:
    """Who has the token is trusted to act as anybody in this world."""

    def __init__(self, world: World, token: str) -> None:
        self.world, self.token = world, token
        self.files = {p.name: p.read_bytes() for p in STATIC.iterdir() if p.suffix in KINDS}

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/", self.index)
        app.router.add_get("/static/{name}", self.static)
        app.router.add_get("/page/socket", self.socket)
        app.router.add_get("/page/web", self.elsewhere)
        app.router.add_post("/page/upload", self.upload)

    async def index(self, request: web.Request) -> web.Response:
        """The token of the address is kept in a cookie, so that a reload needs it no more."""
        self._let_in(request)
        answer = self._file("index.html")
        answer.set_cookie(
            self._cookie, self.token, httponly=True, samesite="Strict", max_age=30 * 86400
        )
        return answer

    async def static(self, request: web.Request) -> web.Response:
        self._let_in(request)
        return self._file(request.match_info["name"])

    async def socket(self, request: web.Request) -> web.StreamResponse:
        self._let_in(request)
        people = {user["id"]: user for user in self.world.people()}
        me = people.get(request.query.get("person", ""), self.world.owner)
        if locale := nearest(request.query.get("language", "")):
            self.world.reads(me, locale)
        return await Visitor(self.world, me).serve(request)

    async def elsewhere(self, request: web.Request) -> web.Response:
        """Return a page of another site, as far as this world has its text."""
        self._let_in(request)
        text = self.world.web.get(request.query.get("at", ""))
        if text is None:
            raise web.HTTPNotFound(headers=HEADERS)
        title, *paragraphs = (html.escape(part) for part in text.strip().split("\n\n"))
        body = "".join(f"<p>{part}</p>\n" for part in paragraphs)
        page = _WEB_PAGE.format(title=title, body=body)
        return web.Response(text=page, content_type="text/html", charset="utf-8", headers=HEADERS)

    async def upload(self, request: web.Request) -> web.Response:
        """Return a file for a command's option or a form, before that is sent."""
        self._let_in(request)
        part = await (await request.multipart()).next()
        if not isinstance(part, BodyPartReader) or part.filename is None:
            raise web.HTTPBadRequest
        content = bytes(await part.read(decode=True))
        if len(content) > LARGEST_UPLOAD:
            raise web.HTTPRequestEntityTooLarge(LARGEST_UPLOAD, len(content))
        kind = part.headers.get("Content-Type", "application/octet-stream")
        kept: Json = {"id": self.world.upload("0", part.filename, content, kind)}
        return web.json_response(kept, headers=HEADERS)

    def _let_in(self, request: web.Request) -> None:
        given = request.query.get("token") or request.cookies.get(self._cookie, "")
        if not secrets.compare_digest(given.encode(), self.token.encode()):
            sentence = "Open the address that the program printed: it has the token in it."
            raise web.HTTPForbidden(text=sentence, headers=HEADERS)

    def _file(self, name: str) -> web.Response:
        if name not in self.files:
            raise web.HTTPNotFound(headers=HEADERS)
        kind = KINDS[Path(name).suffix]
        return web.Response(
            body=self.files[name], content_type=kind, charset="utf-8", headers=HEADERS
        )

    @property
    def _cookie(self) -> str:
        """Cookies do not tell ports apart, so the name does."""
        return f"sandbox_{self.world.port}"
