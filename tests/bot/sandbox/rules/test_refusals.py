"""What Discord would refuse is refused here, in the same words and at the same place."""

import pytest
from discord import app_commands

from bot.sandbox.rules.commands import check_commands
from bot.sandbox.rules.messages import check_message
from bot.sandbox.rules.modals import check_modal
from bot.sandbox.rules.refusals import RefusalError


def embed(**parts):
    return {"embeds": [{"title": "t", **parts}]}


def rows(*components, times=1):
    return {"content": "x", "components": [{"type": 1, "components": list(components)}] * times}


def button(**parts):
    return {"type": 2, "style": 1, "label": "Yes", "custom_id": "a", **parts}


def select(**parts):
    return {"type": 3, "custom_id": "s", "options": [{"label": "a", "value": "a"}], **parts}


def options(count):
    return [{"label": str(i), "value": str(i)} for i in range(count)]


MESSAGES = {
    "content": ({"content": "x" * 2001}, "content"),
    "title": (embed(title="x" * 257), "embeds.0.title"),
    "description": (embed(description="x" * 4097), "embeds.0.description"),
    "footer": (embed(footer={"text": "x" * 2049}), "embeds.0.footer.text"),
    "author": (embed(author={"name": "x" * 257}), "embeds.0.author.name"),
    "26 fields": (embed(fields=[{"name": "n", "value": "v"}] * 26), "embeds.0.fields"),
    "field without words": (embed(fields=[{"name": "n", "value": " "}]), "embeds.0.fields.0.value"),
    "field value": (embed(fields=[{"name": "n", "value": "x" * 1025}]), "embeds.0.fields.0.value"),
    "empty embed": ({"embeds": [{}]}, "embeds.0.description"),
    "6000 together": ({"embeds": [{"description": "x" * 3001}] * 2}, "embeds"),
    "11 embeds": ({"embeds": [{"title": "x"}] * 11}, "embeds"),
    "address of an embed": (embed(url="javascript:alert(1)"), "embeds.0.url"),
    "picture": (embed(image={"url": "file:///etc"}), "embeds.0.image.url"),
    "colour": (embed(color=1 << 24), "embeds.0.color"),
    "nonce": ({"content": "x", "nonce": "n" * 26}, "nonce"),
    "parse and ids": (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
    ),
    "6 rows": (rows(button(), times=6), "components"),
    "6 buttons": (rows(*(button(custom_id=str(i)) for i in range(6))), "components.0.components"),
    "label": (rows(button(label="x" * 81)), "components.0.components.0.label"),
    "no label": (rows(button(label=None)), "components.0.components.0.label"),
    "no id": (rows(button(custom_id=None)), "components.0.components.0.custom_id"),
    "long id": (rows(button(custom_id="x" * 101)), "components.0.components.0.custom_id"),
    "one id twice": (rows(button(), button()), "components"),
    "link and id": (
        rows(button(style=5, url="https://a.b")),
        "components.0.components.0.custom_id",
    ),
    "style": (rows(button(style=9)), "components.0.components.0.style"),
    "button outside a row": ({"content": "x", "components": [button()]}, "components.0.type"),
    "26 options": (rows(select(options=options(26))), "components.0.components.0.options"),
    "no options": (rows(select(options=[])), "components.0.components.0.options"),
    "same value": (rows(select(options=options(1) * 2)), "components.0.components.0.options"),
    "placeholder": (rows(select(placeholder="x" * 151)), "components.0.components.0.placeholder"),
    "select beside a button": (rows(select(), button()), "components.0.components.0"),
    "words with version 2": (
        {"content": "x", "flags": 1 << 15, "components": [{"type": 10, "content": "y"}]},
        "content",
    ),
    "41 of version 2": (
        {"flags": 1 << 15, "components": [{"type": 10, "content": "y"}] * 41},
        "components",
    ),
}


def typed(**parts):
    inner = {"type": 4, "custom_id": "a", "style": 1, **parts}
    return {"type": 18, "label": "Link", "component": inner}


def labelled(**inner):
    return {"type": 18, "label": "Link", "component": {"custom_id": "a", **inner}}


FILES = {"type": 19, "custom_id": "file", "max_values": 1}


def modal(*parts, **more):
    return {"title": "t", "custom_id": "m", "components": list(parts), **more}


MODALS = {
    "files": (
        modal({"type": 18, "label": "File", "component": {**FILES, "max_values": 11}}),
        "components.0.component.max_values",
    ),
    "fewer files than needed": (
        modal({"type": 18, "label": "File", "component": {**FILES, "min_values": 2}}),
        "components.0.component.min_values",
    ),
    "title": (modal(typed(), title="x" * 46), "title"),
    "no id": (modal(typed(), custom_id=""), "custom_id"),
    "nothing in it": (modal(), "components"),
    "6 parts": (modal(*(typed(custom_id=str(i)) for i in range(6))), "components"),
    "label": (modal({**typed(), "label": "x" * 46}), "components.0.label"),
    "description": (modal({**typed(), "description": "x" * 101}), "components.0.description"),
    "placeholder": (modal(typed(placeholder="x" * 101)), "components.0.component.placeholder"),
    "value": (modal(typed(value="x" * 4001)), "components.0.component.value"),
    "one id twice": (modal(typed(), typed()), "components"),
    "one radio option": (
        modal(labelled(type=21, options=options(1))),
        "components.0.component.options",
    ),
    "11 checkboxes": (
        modal(labelled(type=22, options=options(11))),
        "components.0.component.options",
    ),
    "required checkbox": (
        modal(labelled(type=23, required=True)),
        "components.0.component.required",
    ),
    "button inside": (modal(labelled(type=2)), "components.0.component.type"),
    "disabled select": (
        modal(labelled(type=3, options=options(1), disabled=True)),
        "components.0.component.disabled",
    ),
}


def command(**parts):
    return [{"name": "claim", "description": "d", "type": 1, **parts}]


def option(**parts):
    return {"name": "o", "description": "d", "type": 3, **parts}


LONG_CHOICES = [{"name": "y" * 100, "value": "z" * 100}] * 2
COMMANDS = {
    "name": (command(name="Claim"), "0.name"),
    "blank in the name": (command(name="a b"), "0.name"),
    "no description": (command(description=""), "0.description"),
    "description": (command(description="x" * 101), "0.description"),
    "26 options": (command(options=[option(name=f"o{i}") for i in range(26)]), "0.options"),
    "same option": (command(options=[option(), option()]), "0.options"),
    "26 choices": (
        command(options=[option(choices=[{"name": str(i), "value": "v"} for i in range(26)])]),
        "0.options.0.choices",
    ),
    "optional first": (command(options=[option(), option(name="p", required=True)]), "0.options"),
    "subcommand beside an option": (command(options=[option(), option(type=1)]), "0.options"),
    "8000 together": (
        command(options=[option(name=f"o{i}", choices=LONG_CHOICES) for i in range(25)]),
        "0",
    ),
    "menu with words": ([{"name": "A menu", "type": 3, "description": "d"}], "0.description"),
    "16 menus": ([{"name": f"m{i}", "type": 3} for i in range(16)], ""),
}


def refused_at(check, *arguments) -> list[str]:
    with pytest.raises(RefusalError) as refusal:
        check(*arguments)
    assert refusal.value.status == 400
    assert refusal.value.body["code"] == 50035
    return list(places(refusal.value.body["errors"]))


def places(errors, before=()):
    for step, inner in errors.items():
        if step == "_errors":
            yield ".".join(before)
        else:
            yield from places(inner, (*before, step))


@pytest.mark.parametrize(("body", "where"), MESSAGES.values(), ids=MESSAGES)
def test_wrong_message(body, where):
    """A message is refused where it is wrong."""
    assert where in refused_at(check_message, body, {})


@pytest.mark.parametrize(("body", "where"), MODALS.values(), ids=MODALS)
def test_wrong_form(body, where):
    """A form is refused where it is wrong."""
    assert where in refused_at(check_modal, body)


@pytest.mark.parametrize(("body", "where"), COMMANDS.values(), ids=COMMANDS)
def test_wrong_command(body, where):
    """A command is refused where it is wrong."""
    assert where in refused_at(check_commands, body)


@pytest.mark.parametrize(
    "body",
    [
        {"content": "x" * 2000, "nonce": 12345},
        embed(title=" " + "x" * 256 + " ", description="y" * 4096),
        rows(*(button(custom_id=str(i), label="x" * 80) for i in range(5))),
        rows(button(style=5, custom_id=None, url="https://a.b"), button()),
        rows(select(options=options(25))),
        {"flags": 1 << 15, "components": [{"type": 10, "content": "y"}]},
    ],
    ids=["content", "embed", "buttons", "link", "select", "version 2"],
)
def test_just_within_limits(body):
    """What is just within the limits passes."""
    check_message(body, {})


def test_outer_whitespace():
    """Outer whitespace is not counted."""
    check_message({"content": "x" * 2000 + "\n"}, {})


def test_empty_message():
    """An empty message is refused."""
    with pytest.raises(RefusalError, match="50006"):
        check_message({"content": ""}, {})


async def test_reaches_the_bot(world, rest):
    """A refusal reaches the bot as "Invalid Form Body"."""
    here = next(iter(world.channels))
    status, body = await rest("POST", f"/channels/{here}/messages", {"content": "x" * 2001})

    assert (status, body["code"], body["message"]) == (400, 50035, "Invalid Form Body")
    assert body["errors"]["content"]["_errors"][0]["code"] == "BASE_TYPE_MAX_LENGTH"


@pytest.mark.parametrize(
    ("answer", "where"),
    [
        ({"type": 8, "data": {"choices": []}}, "type"),
        ({"type": 4, "data": {"content": "x" * 2001}}, "data"),
        ({"type": 9, "data": {"title": "", "custom_id": "m", "components": []}}, "data"),
    ],
    ids=["choices for a command", "long words", "empty form"],
)
async def test_wrong_reply(world, client, rest, answer, where):
    """A wrong reply is refused, and the interaction stays open."""

    @client.tree.command(name="help", description="d")
    async def helped(_): ...

    client.tree.on_error = lambda *_: None
    await client.tree.sync()
    asked = world.run(world.user("Ada"), next(iter(world.channels)), "help")
    path = f"/interactions/{asked.id}/{asked.token}/callback"

    status, body = await rest("POST", path, answer)

    assert (status, body["code"], list(body["errors"])) == (400, 50035, [where])
    assert (await rest("POST", path, {"type": 4, "data": {"content": "ok"}}))[0] == 204


async def test_too_many_completions(world, client, rest):
    """More than 25 completions are refused."""

    @client.tree.command(name="find", description="d")
    async def find(_, what: str): ...

    await client.tree.sync()
    here = next(iter(world.channels))
    asked = world.complete(world.user("Ada"), here, "find", "what")
    choices = [{"name": str(i), "value": str(i)} for i in range(26)]

    status, body = await rest(
        "POST",
        f"/interactions/{asked.id}/{asked.token}/callback",
        {"type": 8, "data": {"choices": choices}},
    )

    assert (status, body["code"]) == (400, 50035)


async def test_too_many_choices(client):
    """Too many choices fail at sync."""

    @client.tree.command(name="pick", description="d")
    @app_commands.choices(what=[app_commands.Choice(name=str(i), value=str(i)) for i in range(26)])
    async def pick(_, what: str): ...

    with pytest.raises(app_commands.CommandSyncFailure, match="25 or fewer"):
        await client.tree.sync()
