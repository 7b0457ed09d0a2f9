"""The tests are found where their modules are, and say what they hold."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ROOT = TESTS.parent


def list_files() -> list[Path]:
    """All that mirror a module; those of extraction are cut by what a reader sees instead."""
    return sorted(
        path
        for folder in ("bot", "workflows")
        for path in (TESTS / folder).rglob("test_*.py")
        if "extraction" not in path.parts
    )


def subjects(path: Path) -> Iterator[str]:
    """The modules that a file may be about: from its whole name to the name's first word."""
    words = path.stem.removeprefix("test_").split("_")
    for count in range(len(words), 0, -1):
        yield "_".join(words[:count])


@pytest.mark.parametrize("path", list_files(), ids=lambda path: str(path.relative_to(TESTS)))
def test_module_of_each_file(path):
    """A test file bears the name of a module, in the folder that mirrors the module's."""
    folder = ROOT / path.parent.relative_to(TESTS)

    assert any(
        (folder / f"{name}.py").exists() or (folder / name).is_dir() or name == "main"
        for name in subjects(path)
    )


@pytest.mark.parametrize(
    "path", sorted(TESTS.rglob("test_*.py")), ids=lambda path: str(path.relative_to(TESTS))
)
def test_promises(path):
    """Each test has a short name, and its promise in a docstring."""
    tests = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    ]

    assert [test.name for test in tests if ast.get_docstring(test) is None] == []
    assert [test.name for test in tests if test.name.count("_") > 8] == []
