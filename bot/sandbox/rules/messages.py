"""What Discord accepts as a message: its lengths, its embeds, its buttons, its flags."""

from bot.sandbox.attachments import MOST_FILES, Uploads
from bot.sandbox.ids import Json
from bot.sandbox.rules.codes import Flag
from bot.sandbox.rules.components import components_form
from bot.sandbox.rules.forms import FormErrors, Where
from bot.sandbox.rules.refusals import empty_message

CONTENT = 2000
NONCE = 25
EMBEDS = 10
EMBEDS_TOGETHER = 6000
FIELDS = 25
COLOUR = 0xFFFFFF
PINGED = 100
WEB = ("http", "https")
PICTURE = ("http", "https", "attachment")
_SAYS_SOMETHING = ("content", "embeds", "components", "attachments", "sticker_ids", "poll")
_EMBED_LENGTHS = (
    (("title",), 256),
    (("description",), 4096),
    (("author", "name"), 256),
    (("footer", "text"), 2048),
)


def check_message(
    body: Json, uploads: Uploads, *, at: Where = (), before: Json | None = None
) -> None:
    """`before`: the message that the body changes. `at`: where in the request the body stands."""
    form = FormErrors()
    after = {**(before or {}), **body}
    form.text((*at, "content"), body.get("content"), CONTENT)
    _nonce(form, (*at, "nonce"), body.get("nonce"))
    form.most((*at, "attachments"), body.get("attachments") or [], MOST_FILES)
    _embeds(form, (*at, "embeds"), body.get("embeds") or [])
    _mentions(form, (*at, "allowed_mentions"), body.get("allowed_mentions") or {})
    v2 = bool((after.get("flags") or 0) & Flag.COMPONENTS_V2)
    components_form(form, (*at, "components"), body.get("components") or [], v2=v2)
    if v2:
        _without_words(form, at, after)
    form.settle()
    if not uploads and not any(after.get(part) for part in _SAYS_SOMETHING):
        raise empty_message()


def _nonce(form: FormErrors, where: Where, nonce: object) -> None:
    if nonce is not None and len(str(nonce)) > NONCE:
        form.wrong(where, "NONCE_TYPE_TOO_LONG", f"Must be {NONCE} or fewer in length.")


def _embeds(form: FormErrors, where: Where, embeds: list[Json]) -> None:
    form.most(where, embeds, EMBEDS)
    for i, embed in enumerate(embeds):
        _embed(form, (*where, i), embed)
    if sum(map(embed_length, embeds)) > EMBEDS_TOGETHER:
        said = f"Embed size exceeds maximum size of {EMBEDS_TOGETHER}"
        form.wrong(where, "MAX_EMBED_SIZE_EXCEEDED", said)


def embed_length(embed: Json) -> int:
    """Return what counts of it towards the 6,000 of all embeds together."""
    texts = [_inside(embed, path) for path, _ in _EMBED_LENGTHS]
    for field in embed.get("fields") or []:
        texts += [field.get("name"), field.get("value")]
    return sum(len(str(text).strip()) for text in texts if text is not None)


def _embed(form: FormErrors, where: Where, embed: Json) -> None:
    for path, most in _EMBED_LENGTHS:
        form.text((*where, *path), _inside(embed, path), most)
    fields = embed.get("fields") or []
    form.most((*where, "fields"), fields, FIELDS)
    for i, field in enumerate(fields):
        form.text((*where, "fields", i, "name"), field.get("name"), 256, needed=True)
        form.text((*where, "fields", i, "value"), field.get("value"), 1024, needed=True)
    form.number((*where, "color"), embed.get("color"), COLOUR)
    form.link((*where, "url"), embed.get("url"), WEB)
    form.link((*where, "author", "url"), _inside(embed, ("author", "url")), WEB)
    for part in ("image", "thumbnail"):
        form.link((*where, part, "url"), _inside(embed, (part, "url")), PICTURE)
    for part in ("author", "footer"):
        form.link((*where, part, "icon_url"), _inside(embed, (part, "icon_url")), PICTURE)
    shown = (*(path[0] for path, _ in _EMBED_LENGTHS), "fields", "image", "thumbnail")
    if not any(embed.get(part) for part in shown):
        form.required((*where, "description"), None)


def _mentions(form: FormErrors, where: Where, allowed: Json) -> None:
    parsed = allowed.get("parse") or []
    for i, kind in enumerate(parsed):
        form.choice((*where, "parse", i), kind, ("roles", "users", "everyone"))
    for kind in ("users", "roles"):
        named = allowed.get(kind) or []
        form.most((*where, kind), named, PINGED)
        if named and kind in parsed:
            said = f"parse:[{kind!r}] and {kind}: [ids...] are mutually exclusive."
            form.wrong(where, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", said)


def _without_words(form: FormErrors, at: Where, after: Json) -> None:
    for part in ("content", "embeds", "poll"):
        if after.get(part):
            said = "The message cannot have this together with components of version 2."
            form.wrong((*at, part), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", said)


def _inside(embed: Json, path: tuple[str, ...]) -> object:
    value: object = embed
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value
