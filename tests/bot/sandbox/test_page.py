"""The page is for whoever has its address, on this machine, and for nobody else."""

import asyncio
import contextlib

import aiohttp
import pytest

from bot.sandbox.server import OfflineDiscord
from bot.sandbox.world import World


@pytest.fixture
async def discord():
    world = World(channels=("general",), owner="Ada")
    discord = OfflineDiscord(world, page_token="t0ken")
    await discord.start()
    yield discord
    await discord.stop()


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as session:
        yield session


def socket_of(discord, query="?token=t0ken"):
    return f"ws://127.0.0.1:{discord.world.port}/page/socket{query}"


@pytest.fixture
def visit(discord, session):
    """A page's own line, as the person of that id: its hello, and how to ask."""

    @contextlib.asynccontextmanager
    async def come(person=""):
        address = socket_of(discord, f"?token=t0ken&person={person}")
        async with session.ws_connect(address) as socket:
            hello = await socket.receive_json()

            async def ask(**wish):
                await socket.send_json({**wish, "ref": 1})
                while (told := await socket.receive_json(timeout=5)).get("ref") != 1:
                    pass
                return told

            yield hello, ask

    return come


async def test_browser_language(discord, session):
    """A person reads in the language of their browser."""
    named = {"name": "help", "type": 1, "description": "What you can do here"}
    korean = {**named, "description_localizations": {"ko": "할 수 있는 일"}}
    discord.world.commands["global"] = [korean]
    for language, read, description in (
        ("ko-KR", "ko", "할 수 있는 일"),
        ("de-AT", "de", "What you can do here"),
        ("tlh", "de", "What you can do here"),
    ):
        address = socket_of(discord, f"?token=t0ken&language={language}")
        async with session.ws_connect(address) as socket:
            hello = await socket.receive_json()

        assert discord.world.locales[hello["me"]] == read
        assert hello["commands"][0]["description"] == description


async def test_address_and_cookie(discord, session):
    """The address opens the page, and a cookie keeps it open."""
    async with session.get(discord.page_address) as answer:
        assert answer.status == 200
        assert "<title>" in await answer.text()
        cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    kept = answer.cookies[f"sandbox_{discord.world.port}"].value
    headers = {"Cookie": f"sandbox_{discord.world.port}={kept}"}
    async with session.get(discord.world.address("/"), headers=headers) as again:
        assert again.status == 200


@pytest.mark.parametrize("path", ["/", "/?token=wrong", "/static/app.js", "/page/socket"])
async def test_no_token_no_page(discord, session, path):
    """Without the token nothing is shown."""
    async with session.get(discord.world.address(path)) as answer:
        assert answer.status == 403


async def test_no_token_no_upload(discord, session):
    """Without the token nothing can be uploaded."""
    async with session.post(discord.world.address("/page/upload"), data={"a": "b"}) as answer:
        assert answer.status == 403


async def test_other_host_name(discord, session):
    """Another name for this machine is refused."""
    for host in ("evil.example", f"evil.example:{discord.world.port}", "127.0.0.1:1"):
        async with session.get(discord.page_address, headers={"Host": host}) as answer:
            assert answer.status == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_other_sites(discord, session, origin):
    """A page of another site is refused on every path."""
    headers = {"Origin": origin, "Authorization": "Bot x"}
    for path in ("/?token=t0ken", "/api/v10/users/@me"):
        async with session.get(discord.world.address(path), headers=headers) as answer:
            assert answer.status == 403
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await session.ws_connect(socket_of(discord), headers=headers)
    assert refused.value.status == 403


async def test_own_socket(discord, session):
    """A page of our own may use its socket."""
    headers = {"Origin": discord.world.address("")}
    async with session.ws_connect(socket_of(discord), headers=headers) as socket:
        assert (await socket.receive_json())["event"] == "hello"


async def test_nothing_from_elsewhere(discord, session):
    """The page may load nothing from elsewhere."""
    async with session.get(discord.page_address) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["../page.py", "..%2Fpage.py", "nothing.js", "%2Fetc%2Fpasswd"])
async def test_own_files_only(discord, session, name):
    """Only the page's own files are served."""
    address = discord.world.address(f"/static/{name}?token=t0ken")
    async with session.get(address) as answer:
        assert answer.status == 404


async def test_uploaded_page(discord, session):
    """An uploaded page cannot run as ours."""
    channel = next(iter(discord.world.channels))
    file = discord.world.upload(channel, "a.html", b"<script>1</script>", "text/html")
    async with session.get(discord.world.files[file][0]["url"]) as answer:
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_taken_port(discord):
    """A taken port is an OSError."""
    with pytest.raises(OSError, match="address already in use"):
        await OfflineDiscord(World()).start(discord.world.port)


async def test_loopback_only(discord):
    """It listens on loopback only."""
    with pytest.raises(OSError, match="Connect call failed"):
        await asyncio.open_connection("127.0.0.2", discord.world.port)


async def test_own_channels(discord, visit):
    """A person sees only the channels that are theirs."""
    world = discord.world
    role = world.role("moderators", 1 << 13)
    world.add_channel("moderators", only=(role,))
    ben, eve = world.user("Ben", (role,)), world.user("Eve")

    async with visit(ben["id"]) as (hello, _):
        assert [c["name"] for c in hello["channels"]] == ["general", "moderators"]
    async with visit(eve["id"]) as (hello, ask):
        assert [c["name"] for c in hello["channels"]] == ["general"]
        told = await ask(do="say", channel=world.channel_named("moderators"), text="hi")
        assert told["text"] == "There is no such channel."
    assert {p["name"]: p["moderator"] for p in hello["people"]} == {
        "Ada": True,
        "Ben": True,
        "Eve": False,
    }


async def test_own_commands(discord, visit):
    """Commands are offered only to those who may use them."""
    world = discord.world
    world.commands["global"] = [
        {"name": "setup", "type": 1, "default_member_permissions": "8"},
        {"name": "help", "type": 1, "default_member_permissions": None},
    ]
    async with visit(world.user("Eve")["id"]) as (hello, _):
        assert [c["name"] for c in hello["commands"]] == ["help"]
    async with visit() as (hello, _):
        assert [c["name"] for c in hello["commands"]] == ["setup", "help"]


@pytest.mark.parametrize(
    "wish",
    [
        {"do": "nothing"},
        {"do": "click", "channel": "1", "message": "2", "custom_id": "x"},
        {"do": "command", "line": "help", "values": {}},
        {"do": "form", "shown": "1", "values": None},
        {"do": "person", "name": " "},
        {},
    ],
    ids=["unknown", "no message", "no channel", "no form", "no name", "empty"],
)
async def test_nonsense(visit, wish):
    """A request that makes no sense is answered with a sentence."""
    async with visit() as (_, ask):
        told = await ask(**wish)
        assert told["event"] == "failed"
        assert (await ask(do="person", name="Zoë"))["event"] == "done"


async def test_others_private_message(discord, visit):
    """Somebody else's private message is out of reach."""
    world = discord.world
    eve, general = world.user("Eve"), world.channel_named("general")
    secret = world.say(world.owner, general, "secret")
    secret["flags"] = 64
    world.only_for[secret["id"]] = world.owner["id"]

    async with visit(eve["id"]) as (hello, ask):
        assert hello["messages"][general] == []
        told = await ask(do="dismiss", channel=general, message=secret["id"])
        assert told["text"] == "That message is gone."
