"""What people see: one language, and nothing from outside that is more than text."""

import ast
import re
import string
import unicodedata
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import bot
import workflows
from bot.i18n.escaping import cut, escape, plain
from bot.i18n.translator import Translator, make_timestamp, translator_for
from workflows.errors import BadInput, NotAllowed, NotFound, Refused

GALLERY = [
    pytest.param("<@123> <@!123> <@&5> <#9>", r"\<@123\> \<@!123\> \<@&5\> \<\#9\>", id="mentions"),
    pytest.param("@everyone @HERE", "@\u200beveryone @\u200bHERE", id="everyone"),
    pytest.param("@\u200beveryone @\x00here", "@\u200beveryone @\u200bhere", id="in disguise"),
    pytest.param("<t:1700000000:R>", r"\<t:1700000000:R\>", id="a time"),
    pytest.param("</cmd:1>", r"\</cmd:1\>", id="a command"),
    pytest.param("<:evil:1> <id:home>", r"\<:evil:1\> \<id:home\>", id="emoji and places"),
    pytest.param("[safe](https://evil.com)", r"\[safe\]\(https\://evil.com\)", id="a masked link"),
    pytest.param("[a\nb](<https://x.y>)", r"\[a b\]\(\<https\://x.y\>\)", id="over two lines"),
    pytest.param("https://evil.com/a_b", r"https\://evil.com/a\_b", id="a bare link"),
    pytest.param("join discord.gg/abc", r"join discord.gg\/abc", id="a bare invitation"),
    pytest.param("Discord.GG/a", r"Discord.GG\/a", id="in capitals"),
    pytest.param(
        "https://discord.com/invite/abc", r"https\://discord.com/invite\/abc", id="an invitation"
    ),
    pytest.param(
        "ptb.discordapp.com/invite/a", r"ptb.discordapp.com/invite\/a", id="by an older host"
    ),
    pytest.param("discord\u200b.gg/a", r"discord.gg\/a", id="one in disguise"),
    pytest.param("discord.gift/abc dsc.gg/x", r"discord.gift\/abc dsc.gg\/x", id="a gift"),
    pytest.param("discord.gg is a host", "discord.gg is a host", id="its host alone"),
    pytest.param(
        "**b** _i_ ~~s~~ `c` ||x||", r"\*\*b\*\* \_i\_ \~\~s\~\~ \`c\` \|\|x\|\|", id="marks"
    ),
    pytest.param("```py\nx\n```", r"\`\`\`py x \`\`\`", id="a fence"),
    pytest.param("# big", r"\# big", id="a heading"),
    pytest.param("-# small", r"-\# small", id="small print"),
    pytest.param("> said", r"\> said", id="a block quote"),
    pytest.param(">>> said", r"\>\>\> said", id="a long one"),
    pytest.param("- item", r"\- item", id="a list"),
    pytest.param("+ item", r"\+ item", id="another list"),
    pytest.param("1. item", r"1\. item", id="a numbered list"),
    pytest.param("1.28 million", "1.28 million", id="a number"),
    pytest.param("\\", r"\\", id="a backslash at the end"),
    pytest.param("\\*", r"\\\*", id="an escape of theirs"),
    pytest.param("\u202egpj.exe\u2066", "gpj.exe", id="bidi"),
    pytest.param("a\u200b\u2060\ufeff\u00adb\u3164", "ab", id="zero-width"),
    pytest.param("a\U000e0041\U000e0042b", "ab", id="hidden tags"),
    pytest.param("e" + "\u0301" * 50 + "!", "é" + "\u0301" * 3 + "!", id="zalgo"),
    pytest.param("x" + "\u200d" * 500, "x" + "\u200d" * 3, id="a flood of joiners"),
    pytest.param("\x1b[31mred\x07\x9b0m", r"\[31mred0m", id="terminal controls"),
    pytest.param("a\ud800b\ue000c", "abc", id="surrogates and private use"),
    pytest.param("a\ufffeb\uffffc\ufdd0d\U0001ffffe", "abcde", id="what XML cannot hold"),
    pytest.param("\u1fefcode\u1fef", r"\`code\`", id="a backtick by another name"),
    pytest.param("a\u2028b\x85c\td", "a b c d", id="every kind of white space"),
    pytest.param(
        "👨\u200d👩\u200d👧 ❤️ می\u200cخواهم",
        "\u2068👨\u200d👩\u200d👧 ❤️ می\u200cخواهم\u2069",
        id="real joiners",
    ),
    pytest.param(
        "Đà Nẵng · “10,000” — 3°C & 50%", "Đà Nẵng · “10,000” — 3°C & 50%", id="plain text"
    ),
    pytest.param("أغلق", "\u2068أغلق\u2069", id="from the right"),
    pytest.param("", "", id="nothing"),
]


@pytest.mark.parametrize(("text", "shown"), GALLERY)
def test_outside_text_is_text(text, shown):
    """Text from outside is text and nothing more."""
    assert escape(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n# b\n- c\n2. d\n> e", "a\n\\# b\n\\- c\n2\\. d\n\\> e"),
        ("a\r\n\r\n   - b", "a\n\n\\- b"),
        ("\x00- a\n\u200b+ b", "\\- a\n\\+ b"),
    ],
)
def test_kept_lines(text, shown):
    """Each line that is kept is plain text too."""
    assert escape(text, lines=True) == shown


def unescaped(shown: str) -> str:
    """What a reader of the escaped text would see; fails where markup is left standing."""
    seen: list[str] = []
    marks = iter(shown)
    for mark in marks:
        if mark == "\\":
            mark = next(marks)  # noqa: PLW2901  # a backslash takes the next mark with it
        else:
            assert mark not in "*_~`|[]()<>#", shown
        seen.append(mark)
    return "".join(seen)


nasty = st.lists(
    st.one_of(
        st.sampled_from(
            [*r"\*_~`|[]()<>#-+.:/@ !&", "\n", "1", "://", "@everyone", "here", "\u200b", "\u0301"]
        ),
        st.characters(),
    ),
    max_size=40,
).map("".join)


@settings(max_examples=200)
@given(nasty, st.booleans())
@example("\\", False)
@example("@\u200deveryone", False)
def test_no_markup_survives(text, lines):
    """No text leaves markup standing."""
    shown = escape(text, lines=lines)

    seen = unescaped(shown)
    assert re.sub("[\u200b\u2068\u2069]", "", seen) == plain(text, lines=lines)
    assert not re.search(r"(?<!\\)://", shown)
    assert not re.search("@(everyone|here)", shown, re.IGNORECASE)
    assert not re.search(r"^\s*([-+]|\d+\.)(\s|$)", shown, re.MULTILINE)
    assert not any(unicodedata.category(mark) in ("Cc", "Cs") for mark in shown if mark != "\n")
    assert lines or "\n" not in shown
    shown.encode()


@settings(max_examples=100)
@given(nasty, st.integers(0, 12))
def test_length_limit(text, most):
    """No more is shown than there is room for."""
    assert len(cut(plain(text), most)) <= most
    assert len(escape(text, most)) <= 3 * most + 2  # an escape each, @everyone, isolates


def test_long_word():
    """One long word is cut like any text."""
    shown = escape("a" * 4000, 300)

    assert len(shown) == 300
    assert shown.endswith("a…")


# --------------------------------------------------------------------------------------- language


@pytest.mark.parametrize("locale", ["en", "en-US", "en_GB", "de", "zh-TW", "xx", "", "!?"])
def test_missing_catalogue(locale):
    """A language without its catalogue falls back to English."""
    words = translator_for(locale)

    assert words.language == "en"
    assert words.text("Settled {when}.", when="now") == "Settled now."


@pytest.mark.parametrize(
    ("n", "said"), [(0, "0 votes"), (1, "1 vote"), (2, "2 votes"), (1234, "1,234 votes")]
)
def test_plural(n, said):
    """A count takes the form of its number."""
    assert Translator("en").plural("{n} vote", "{n} votes", n) == said


def test_local_formats():
    """Values are written as the language writes them."""
    words = Translator("en")

    assert words.number(1280000) == "1,280,000"
    assert words.percent(0.67) == "67%"
    assert words.day(date(2026, 3, 2)) == "Mar 2, 2026"
    assert words.span(timedelta(hours=24)) == "24 hours"
    assert words.join(["a", "b", "c"]) == "a, b, and c"
    assert words.moment(datetime(2026, 3, 2, 9, 5, tzinfo=UTC)) == "2026-03-02 09:05 UTC"
    assert make_timestamp(datetime(2026, 3, 2, tzinfo=UTC), "R") == "<t:1772409600:R>"


@pytest.mark.parametrize(
    ("error", "shown", "plainly"),
    [
        pytest.param(
            Refused("Settled since {since}.", since=datetime(2026, 3, 2, tzinfo=UTC)),
            "Settled since <t:1772409600:f>.",
            "Settled since 2026-03-02 00:00 UTC.",
            id="a time",
        ),
        pytest.param(
            NotAllowed("One of {roles}.", roles=frozenset({7, 5})),
            "One of <@&5> <@&7>.",
            "One of 5 7.",
            id="roles",
        ),
        pytest.param(
            BadInput("{name} is {value}.", name="tally", value="**<@1>**"),
            r"tally is \*\*\<@1\>\*\*.",
            "tally is **<@1>**.",
            id="somebody's words",
        ),
        pytest.param(
            BadInput("{name} is broken.", name="\x1b]0;owned\x07a.pdf"),
            "]0;owneda.pdf is broken.".replace("]", r"\]"),
            "]0;owneda.pdf is broken.",
            id="a file that steers terminals",
        ),
        pytest.param(
            NotFound("No claim #{number}.", number=1015),
            "No claim #1,015.",
            "No claim #1,015.",
            id="a number",
        ),
        pytest.param(
            NotFound("No server {guild}.", guild=1234567890123456789),
            "No server 1234567890123456789.",
            "No server 1234567890123456789.",
            id="an id",
        ),
        pytest.param(
            BadInput("{value} and {other}.", value=True, other="{braces}"),
            "True and {braces}.",
            "True and {braces}.",
            id="braces of theirs",
        ),
    ],
)
def test_error_with_values(error, shown, plainly):
    """An error is a sentence with its values."""
    words = Translator("en")

    assert words.error_text(error) == shown
    assert words.error_text(error, plain=True) == plainly


FAMILY = {"BadInput", "NotFound", "NotAllowed", "Refused", "Unavailable", "ReasonNeeded"}


def errors_in(package) -> list[tuple[str, str, set[str]]]:
    """Every error that is built with a literal sentence: where, the sentence, its values' names."""
    found = []
    for path in Path(next(iter(package.__path__))).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in FAMILY and node.args:
                sentence = node.args[0]
                if isinstance(sentence, ast.Constant) and all(key.arg for key in node.keywords):
                    values = {key.arg for key in node.keywords} - {"code"}
                    found.append((f"{path.name}:{node.lineno}", sentence.value, values))
    return found


def test_errors_give_their_values():
    """Every error gives the values that its sentence names."""
    errors = errors_in(workflows) + errors_in(bot)

    wrong = [
        where
        for where, sentence, values in errors
        if {name for _, name, _, _ in string.Formatter().parse(sentence) if name} != values
    ]
    assert len(errors) > 30
    assert wrong == []
