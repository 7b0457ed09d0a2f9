"""Files that came with a message or an option: kept in memory, each with an address."""

import dataclasses
import json
import re
import secrets
from urllib.parse import parse_qs, quote, urlsplit

from aiohttp import web

from bot.sandbox.ids import Json, snowflake
from bot.sandbox.rules.forms import FormErrors
from bot.sandbox.state import State

MOST_FILES = 10
IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")


@dataclasses.dataclass(frozen=True)
class Upload:
    """One part of a multipart body."""

    filename: str
    content_type: str
    content: bytes


Uploads = dict[str, Upload]  # "0" for files[0], and so on


def keep(state: State, channel: str, upload: Upload, description: str | None = None) -> Json:
    """Return the attachment as the wire shows it. Its address carries a key, as Discord's do."""
    attachment_id = snowflake()
    name = re.sub(r"[^\w.()-]+", "_", upload.filename) or "file"
    path = f"/attachments/{channel}/{attachment_id}/{quote(name)}?hm={secrets.token_hex(16)}"
    attachment = {
        "id": attachment_id,
        "filename": name,
        "size": len(upload.content),
        "content_type": upload.content_type,
        "url": state.address(path),
        "proxy_url": state.address(path),
        **({"description": description} if description else {}),
    }
    state.files[attachment_id] = (attachment, upload.content)
    return attachment


def attached(
    state: State, channel: str, body: Json, uploads: Uploads, before: list[Json]
) -> list[Json]:
    """Return those that stay and those that are new, as `attachments` in the body names them."""
    kept = {a["id"]: a for a in before}
    named = body.get("attachments") if "attachments" in body else [{"id": key} for key in uploads]
    form, found = FormErrors(), []
    for i, wanted in enumerate(named or []):
        key = str(wanted.get("id"))
        if key in kept:
            found.append(kept[key])
        elif key in uploads:
            upload = uploads[key]
            renamed = dataclasses.replace(upload, filename=wanted.get("filename", upload.filename))
            found.append(keep(state, channel, renamed, wanted.get("description")))
        else:
            form.wrong(("attachments", i), "ATTACHMENT_NOT_FOUND", "Uploaded attachment not found.")
    form.most(("attachments",), found, MOST_FILES)
    form.settle()
    return found


def place_in_embeds(embeds: list[Json], attachments: list[Json]) -> list[Json]:
    """Points attachment:// at its address. What an embed shows is not listed again."""
    by_name = {f"attachment://{a['filename']}": a for a in attachments}
    shown = set()
    for embed in embeds:
        for part in ("image", "thumbnail", "author", "footer"):
            key = "url" if part in ("image", "thumbnail") else "icon_url"
            if (found := by_name.get((embed.get(part) or {}).get(key, ""))) is not None:
                embed[part] = {**embed[part], key: found["url"]}
                shown.add(found["id"])
    return [a for a in attachments if a["id"] not in shown]


def serve(state: State, request: web.Request) -> web.Response:
    """Pictures are shown, all else is offered as a download."""
    attachment, content = state.files.get(request.match_info["attachment"], ({}, b""))
    key = parse_qs(urlsplit(attachment.get("url", "")).query).get("hm", [""])[0]
    if not key or not secrets.compare_digest(key, request.query.get("hm", "")):
        raise web.HTTPNotFound
    kind = attachment["content_type"] if attachment["content_type"] in IMAGES else None
    headers = {
        "Content-Type": kind or "application/octet-stream",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        **({} if kind else {"Content-Disposition": "attachment"}),
    }
    return web.Response(body=content, headers=headers)


def move(state: State, port: int) -> None:
    """After a restart on another port: addresses that were given out name the old one."""
    old, new = (f"http://127.0.0.1:{p}/attachments/" for p in (state.port, port))
    for channel in state.messages.values():
        for key, message in channel.items():
            as_text = json.dumps(message)
            if old in as_text:
                channel[key] = json.loads(as_text.replace(old, new))
    for attachment, _ in state.files.values():
        for name in ("url", "proxy_url"):
            attachment[name] = attachment[name].replace(old, new)
