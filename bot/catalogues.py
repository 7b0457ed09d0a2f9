"""`python -m bot.catalogues` brings the catalogues up to date with the program's sentences.

A translation whose sentence is gone is kept as a comment in its catalogue; a new sentence stands
there untranslated, and people read it in English until it is translated.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.client import COMMANDS
from bot.i18n.command_names import iter_texts
from bot.i18n.translator import CATALOGUES, LANGUAGES, get_catalogue_file
from bot.rendering.setup_panel import name_language

ROOT = Path(__file__).resolve().parents[1]
_ERRORS = ("BadInput", "NotFound", "NotAllowed", "Refused", "Unavailable")
_SAYING = frozenset(("text", "gettext_noop", *_ERRORS, "__init__"))  # an error's own sentence
"""The names by which sentences are found in the source."""
ENGLISH = (
    "bot/app.py",
    "bot/bench/",
    "bot/cli/",
    "bot/demo.py",
    "bot/background/publishing.py",
    "bot/sandbox/",
    "workflows/desk/backups.py",
    "workflows/extraction/model.py",
    "workflows/store/connections.py",
    "workflows/store/backups.py",
)
"""What only the terminal and the offline Discord say."""


def extract_sentences() -> Catalog:
    """Return every sentence that a person may see, with the files it stands in."""
    found = Catalog(project="corrobot", version="", charset="utf-8")
    for place in ("bot", "workflows"):
        for file in sorted((ROOT / place).rglob("*.py")):
            name = file.relative_to(ROOT).as_posix()
            if not name.startswith(ENGLISH):
                for said in _list_said(ast.parse(file.read_text(encoding="utf-8"))):
                    found.add(said, None, [(name, 0)])
    own = {name_language(language) for language in LANGUAGES}  # never translated
    for kind, text in _commands():
        if text in own:
            continue
        found.add(text, None, [("bot/commands", 0)], context=kind)
    return found


def _list_said(source: ast.Module) -> Iterator[str | tuple[str, str]]:
    """Yield the sentences of a file, also those within an f-string, which babel passes over."""
    for call in (node for node in ast.walk(source) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", None) or getattr(call.func, "id", None)
        given = [arg.value if isinstance(arg, ast.Constant) else None for arg in call.args]
        match given:
            case [str(one), str(several), *_] if name == "plural":
                yield one, several
            case [str(said), *_] if name in _SAYING:
                yield said


def _commands() -> Iterator[tuple[str | None, str]]:
    for command in COMMANDS:
        yield from iter_texts(command)


def read_catalogue(language: str) -> Catalog:
    """Return a language's catalogue as it is kept; a new one has nothing translated."""
    file = get_catalogue_file(language)
    if not file.exists():
        return Catalog(locale=language, project="corrobot", charset="utf-8", fuzzy=False)
    with file.open("rb") as written:
        return read_po(written, locale=language)


def update_catalogue(language: str) -> Catalog:
    """Return the language's catalogue with the sentences of today, written back."""
    catalogue = read_catalogue(language)
    begun = catalogue.creation_date  # or every update would differ from the last
    catalogue.update(extract_sentences(), no_fuzzy_matching=True)
    catalogue.header_comment = f"# Corrobot in {catalogue.locale.english_name}."
    catalogue.fuzzy, catalogue.creation_date = False, begun
    for gone in [key for key, said in catalogue.obsolete.items() if not all(_texts(said.string))]:
        del catalogue.obsolete[gone]
    file = get_catalogue_file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_po(
            target, catalogue, width=100, sort_output=True, include_lineno=False, omit_header=False
        )
    return catalogue


@click.command()
@click.argument("languages", nargs=-1)
def main(languages: tuple[str, ...]) -> None:
    """Bring these languages' catalogues up to date; all of them where none is named."""
    for language in languages or sorted(folder.name for folder in CATALOGUES.iterdir()):
        catalogue = update_catalogue(language)
        missing = sum(not all(_texts(message.string)) for message in catalogue if message.id)
        click.echo(f"{language}: {len(catalogue)} sentences, {missing} to translate")


def _texts(string: object) -> tuple[object, ...]:
    return string if isinstance(string, tuple) else (string,)


if __name__ == "__main__":
    main()
