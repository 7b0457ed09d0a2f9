"""Every text a person sees goes through the one localisation path, and every catalogue is sound."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po
from discord import Client, Intents, app_commands

from bot import catalogues
from bot.client import COMMANDS
from bot.command_access import RIGHTS
from bot.i18n import command_names, translator
from bot.i18n.command_names import CommandNames
from bot.i18n.translator import LANGUAGES, Translator
from bot.sandbox.rules.commands import check_commands
from workflows.errors import BadInput
from workflows.policy import PRESETS

ROOT = Path(__file__).resolve().parents[2]
KEPT = sorted(folder.name for folder in translator.CATALOGUES.iterdir())


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def faults(catalogue: Catalog) -> list[str]:
    """What would break a sentence, or lose something of it, where it is translated."""
    found = []
    for message in (message for message in catalogue if message.id):
        *_, most = message.id if isinstance(message.id, tuple) else (message.id,)
        translated = forms(message)
        if any(translated) and not all(translated):
            found.append(f"a form is missing of: {most}")
        if isinstance(message.id, tuple) and len(translated) != catalogue.num_plurals:
            found.append(f"{len(translated)} forms of: {most}")
        found += [
            f"other places in: {form}"
            for form in translated
            if form and places(form) != places(most)
        ]
        if message.fuzzy:
            found.append(f"only guessed: {most}")
    return found


@cache
def said_today() -> Catalog:
    return catalogues.extract_sentences()


def holes(catalogue: Catalog) -> list[str]:
    """What is not translated, or not said by the program any more."""
    said = said_today()
    missing = [
        str(message.id)
        for message in said
        if message.id
        and not ((kept := catalogue.get(message.id, message.context)) and all(forms(kept)))
    ]
    gone = [str(m.id) for m in catalogue if m.id and said.get(m.id, m.context) is None]
    return missing + gone + [str(message) for message in catalogue.obsolete]


def test_within_an_f_string(tmp_path, monkeypatch):
    """A sentence is found wherever it stands, also within an f-string."""
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "a.py").write_text(
        """said = f"🔎 {tr.text('Plain {n}', n=tr.plural('{n} claim', '{n} claims', 2))}"\n"""
    )
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)

    found = catalogues.extract_sentences()

    assert found.get("Plain {n}").locations == [("bot/a.py", 0)]
    assert found.get("{n} claim").id == ("{n} claim", "{n} claims")


@pytest.mark.parametrize("language", KEPT)
def test_values_and_plurals(language):
    """No translation loses a value or a plural."""
    assert faults(catalogues.read_catalogue(language)) == []


def test_languages_are_complete():
    """Each language that is offered is complete."""
    found = {
        language: holes(catalogues.read_catalogue(language))
        for language in LANGUAGES
        if language != "en"
    }

    assert [language for language, missing in found.items() if missing] == [], found


def test_faults_are_found():
    """What is broken or missing is found."""
    catalogue = Catalog(locale="ko", fuzzy=False)
    catalogue.add("Added to #{number}.", "#{nummer}에 추가했습니다.")
    catalogue.add(("{n} goose", "{n} geese"), ("거위 {n}", "거위 {n}"))

    assert faults(catalogue) == [
        "other places in: #{nummer}에 추가했습니다.",
        "2 forms of: {n} geese",
    ]
    assert "Add evidence" in holes(catalogue)
    assert "('{n} goose', '{n} geese')" in holes(catalogue)


def test_languages_translated():
    """A text's language is named in the reader's own."""
    refused = BadInput("{name} seems to be in {language}.", name="a", language="German")

    assert Translator("ko").error_text(refused) == "a seems to be in 독일어."
    assert str(refused) == "a seems to be in German."


def test_korean_commands_exist():
    """A Korean sentence names commands as Discord shows them in Korean, and only those."""
    korean = catalogues.read_catalogue("ko")
    names = {message.id: message.string for message in korean if message.context == "command"}
    known = {
        "/" + " ".join(names[part] for part in [*parents, command.name])
        for parents, command in _walk_commands()
    }
    sentences = [form for message in korean if message.id for form in forms(message)]
    named = {
        found
        for sentence in sentences
        for found in re.findall(r"(?:^|[ `])(/[가-힣a-z-]+(?: [가-힣a-z-]+)?)", sentence)
    }

    assert named
    for each in named:
        assert any(each.startswith(name) for name in known), each


def _walk_commands() -> Iterator[tuple[list[str], app_commands.Command | app_commands.Group]]:
    for command in COMMANDS:
        if isinstance(command, app_commands.Group):
            yield from (([command.name], inner) for inner in command.commands)
        elif isinstance(command, app_commands.Command):
            yield [], command


def test_korean_particles_fixed():
    """No Korean sentence leaves the choice of a particle to its reader, as in 은(는)."""
    korean = catalogues.read_catalogue("ko")

    paired = [
        form
        for message in korean
        if message.id
        for form in forms(message)
        if re.search(r"은\(는\)|이\(가\)|을\(를\)|\(으\)로|와\(과\)", form)
    ]
    assert paired == []


def test_sentences_are_found():
    """Sentences are found wherever they are used."""
    said = said_today()

    for sentence, context in (
        ("Only moderators can do that.", None),  # an error's
        ("Provisionally supported", None),  # a constant
        ("Find the team's claims and work on them", None),  # a command's description
        ("claim", "command"),
        ("number", "option"),
    ):
        assert said.get(sentence, context), sentence
    assert said.get("{n} claim is on the shelf, not posted.").pluralizable


# ------------------------------------------------------------------------------------ the reading


@pytest.fixture
def korean(tmp_path, monkeypatch):
    """A few words of Korean as the only catalogue, offered beside English."""
    catalogue = Catalog(locale="ko", fuzzy=False)
    catalogue.add("Added to #{number}.", "#{number}에 추가했습니다.")
    catalogue.add(("{n} goose", "{n} geese"), ("거위 {n}마리",))
    catalogue.add("claim", "주장", context="command")
    catalogue.add("number", "번호", context="option")
    catalogue.add("Show one claim, only to you", "주장 하나를 나에게만 보여 줍니다")
    monkeypatch.setattr(translator, "CATALOGUES", tmp_path)
    monkeypatch.setattr(translator, "LANGUAGES", ("en", "ko"))
    monkeypatch.setattr(command_names, "LANGUAGES", ("en", "ko"))
    file = translator.get_catalogue_file("ko")
    file.parent.mkdir(parents=True)
    with file.open("wb") as target:
        write_po(target, catalogue)
    translator.translator_for.cache_clear()
    yield Translator("ko")
    translator.translator_for.cache_clear()


def test_english_fallback(korean):
    """A sentence is shown in the language, and else in English."""
    assert korean.text("Added to #{number}.", number=7) == "#7에 추가했습니다."
    assert korean.plural("{n} goose", "{n} geese", 1234) == "거위 1,234마리"
    assert korean.text("Only moderators can do that.") == "Only moderators can do that."
    assert translator.translator_for("ko-KR").language == "ko"


async def synced() -> list[dict]:
    """The commands as Discord gets them."""
    tree = app_commands.CommandTree(Client(intents=Intents.none()))
    return [await command.get_translated_payload(tree, CommandNames()) for command in COMMANDS]


async def test_commands_in_each_language(korean):
    """Commands are given to Discord in each language."""
    del korean
    sent = await synced()

    check_commands(sent)
    claim = next(command for command in sent if command["name"] == "claim")
    show = next(option for option in claim["options"] if option["name"] == "show")
    assert claim["name_localizations"] == {"ko": "주장"}
    assert show["description_localizations"] == {"ko": "주장 하나를 나에게만 보여 줍니다"}
    assert show["options"][0]["name_localizations"] == {"ko": "번호"}
    assert show["name_localizations"] == {}


async def test_names_fit_discord():
    """The names in every offered language are taken by Discord.

    Lower case, no spaces, 32 characters, and none twice among its like.
    """
    sent = await synced()

    for language in LANGUAGES[1:]:
        check_commands([_in(language, command) for command in sent])


def _in(language: str, command: dict) -> dict:
    named = {
        key: (command.get(f"{key}_localizations") or {}).get(language, command[key])
        for key in ("name", "description")
        if key in command
    }
    inner = {
        key: [_in(language, each) for each in command[key]]
        for key in ("options", "choices")
        if command.get(key)
    }
    return {**command, **named, **inner}


def test_update_keeps_translations(korean, monkeypatch):
    """An update keeps what is translated and drops what is gone."""
    del korean
    monkeypatch.setattr(catalogues, "extract_sentences", said_today)

    catalogue = catalogues.update_catalogue("ko")

    assert (
        catalogues.read_catalogue("ko").get("Added to #{number}.").string
        == "#{number}에 추가했습니다."
    )
    assert [message.id for message in catalogue.obsolete.values()] == [("{n} goose", "{n} geese")]
    assert "Only moderators can do that." in holes(catalogues.read_catalogue("ko"))


# --------------------------------------------------------------------------- nothing goes round it

SHOWN = {"content", "title", "description", "label", "placeholder", "text", "default"}
"""What Discord's objects call the texts they show."""
NAMED = {"add_field": {"name", "value"}, "set_author": {"name"}, "Choice": {"name"}}
"""Where names and values are texts too."""
SENDS = {"send_message", "send", "edit_message", "edit", "SelectOption"}
"""What takes a text first."""
SAYS = {"text", "plural", "BadInput", "NotFound", "NotAllowed", "Refused", "Unavailable"}
TOLD_TO_DISCORD = {"command", "Group", "describe", "context_menu", "ContextMenu"}
"""discord.py has these translated by `CommandNames`."""
SOURCES = sorted(
    path
    for path in (ROOT / "bot").rglob("*.py")
    if not str(path.relative_to(ROOT)).startswith(catalogues.ENGLISH)
)


def going_round(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts with letters in them that are shown as they stand in the source."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        first = call.args[:1]
        if name in SAYS:
            shown = [arg for arg in first if isinstance(arg, ast.JoinedStr | ast.BinOp)]
        elif name in TOLD_TO_DISCORD:
            shown = []
        else:
            texts = SHOWN | NAMED.get(name, set())
            shown = [word.value for word in call.keywords if word.arg in texts]
            shown += first if name in SENDS else []
        yield from ((part.lineno, part.value) for arg in shown for part in _parts(arg))


def _parts(node: ast.expr) -> Iterator[ast.Constant]:
    match node:
        case ast.Constant(value=str(text)) if re.search(r"[^\W\d_]{2}(?!\w*://)", text):
            yield node
        case ast.JoinedStr(values=inner):
            yield from (part for value in inner for part in _parts(value))
        case ast.BinOp(left=left, right=right):
            yield from (*_parts(left), *_parts(right))
        case ast.IfExp(body=body, orelse=other):
            yield from (*_parts(body), *_parts(other))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_no_untranslated_text(source):
    """No text bypasses the catalogues."""
    tree = ast.parse(source.read_text(encoding="utf-8"))

    assert [(line, text) for line, text in going_round(tree)] == []


SENTENCE = re.compile(r"[^\W\d_]{2,}[,;:.]? [^\W\d_]{2,}")
FOR_OTHERS = {
    "catalogues", "commands_docs", "problems", "read", "health", "outbox", "command_sync",
    "schedule",
}  # fmt: skip
"""Modules that also write to the log, the terminal or the documentation, in English."""
QUIET = {
    "info", "warning", "error", "exception", "compile", "getLogger", "create_task",
    "format_datetime", "keep_going", "one_of_many",
    "AssertionError", "LookupError", "ValueError", "TypeError", "RuntimeError",
}  # fmt: skip
"""Calls whose texts nobody is shown."""
NO_SENTENCES = {*PRESETS, *RIGHTS, "an interaction", "WARC File Format 1.0"}
"""Names that look like sentences; one is for the log, one for a file."""


def standing_alone(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Sentences that are neither said, nor known to the catalogues, nor for the log."""
    unseen = {id(part) for call in ast.walk(tree) for part in _unseen(call)}
    known = {message.id for message in said_today()} | NO_SENTENCES
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if SENTENCE.search(text):
                if id(node) not in unseen and text not in known:
                    yield node.lineno, text


def _unseen(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Expr(value=ast.Constant() as docstring):
            yield docstring
        case ast.Call(func=func):
            name = getattr(func, "attr", getattr(func, "id", ""))
            if name in SAYS | QUIET | {"gettext_noop"}:
                yield from ast.walk(node)


@pytest.mark.parametrize(
    "source", [each for each in SOURCES if each.stem not in FOR_OTHERS], ids=lambda path: path.stem
)
def test_no_loose_sentence(source):
    """No sentence stands outside the catalogues.

    Whatever becomes of it afterwards: this finds what is put together before it is sent.
    """
    assert list(standing_alone(ast.parse(source.read_text(encoding="utf-8")))) == []


def test_loose_sentence_found():
    """A sentence outside the catalogues is found."""
    code = 'def told():\n    """No text."""\n    lines = ["You may not vote."]\n    return lines'

    assert list(standing_alone(ast.parse(code))) == [(3, "You may not vote.")]


@pytest.mark.parametrize(
    "code",
    [
        'ui.Button(label="Add evidence")',
        'discord.Embed(title=f"Claim {n}")',
        'interaction.response.send_message("Done." if ok else said)',
        'tr.text(f"Claim {n}")',
        'embed.add_field(name=tr.text("Votes"), value="none " + left)',
        'raise BadInput("No " + what)',
    ],
)
def test_untranslated_text_found(code):
    """A text that would bypass them is found."""
    assert list(going_round(ast.parse(code)))


def test_other_strings():
    """A string that is no sentence is not taken for one."""
    code = 'ui.Button(label=tr.text("Add"), emoji="x", custom_id=f"add:{key}", value=f"<#{n}>")'

    assert list(going_round(ast.parse(code))) == []
