"""What finds the claims: the built-in rules, or a language model, and how a reading went."""

from dataclasses import dataclass

RULES = "rules"
_LLM = "llm"


@dataclass(frozen=True, slots=True)
class EngineRecord:
    """What read a document. All is empty for the rules.

    `prompts` is the version of what the model was asked, `host` the machine that the text was sent
    to, empty for the bot's own.
    """

    model: str = ""
    prompts: str = ""
    host: str = ""

    @property
    def is_model(self) -> bool:
        return bool(self.model)


BUILT_IN = EngineRecord()


def write_engine(engine: EngineRecord) -> str:
    """Return an engine as it is stored: "rules", or "llm MODEL PROMPTS" with the host behind it."""
    if not engine.is_model:
        return RULES
    return " ".join(filter(None, (_LLM, engine.model, engine.prompts, engine.host)))


def read_engine(written: str) -> EngineRecord:
    kind, *parts = written.split(" ")
    return EngineRecord(*parts) if kind == _LLM else BUILT_IN


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """How a text was read: by which engine, and in which language (ISO 639).

    `dropped` counts claims of a model that do not stand in the text. `fell_back`: a model was to
    read it and could not.
    """

    engine: EngineRecord = BUILT_IN
    language: str = "en"
    dropped: int = 0
    fell_back: bool = False


BY_RULES = ReadingReport()
