"""/privacy and /setup say what reads a team's texts, and where they go for it."""

from datetime import timedelta

import pytest
from yarl import URL

from bot.config.model import EngineConfig
from bot.features.privacy import privacy_embed, write_reader
from bot.features.setup import find_host
from bot.i18n.translator import translator_for
from bot.rendering.setup_panel import write_reader_setting
from tests.builders import build_settings, build_team
from tests.expect import refuses
from workflows.desk.retention import Retention
from workflows.errors import BadInput

WORDS = translator_for("en")
KEEPING = Retention(None, None)


def model(url="https://model.example/v1"):
    return EngineConfig(URL(url), "small-1b", "", timedelta(seconds=60), 1000, 2, 0)


@pytest.mark.parametrize(
    ("url", "sent_to", "privacy", "panel"),
    [
        ("http://localhost/v1", None, "bot's own machine", "bot's own machine"),
        ("https://model.example/v1", None, "No text is sent", "`/setup send_texts:True`"),
        ("https://model.example/v1", "other.example", "No text is sent", "send_texts:True"),
        (
            "https://model.example/v1",
            "model.example",
            "are sent to model.example",
            "texts are sent to model.example",
        ),
    ],
)
def test_where_texts_go(url, sent_to, privacy, panel):
    """Texts are sent to the one host that was allowed, and both places say so."""
    team = build_team(send_texts_to=sent_to)
    said = write_reader(model(url), team, WORDS)

    assert privacy in said
    assert panel in write_reader_setting(team.settings, model(url), WORDS)
    fields = {field.name: field.value for field in privacy_embed(None, KEEPING, WORDS, said).fields}
    assert fields["What reads the texts"] == said


def test_rules_only():
    """Where there is no model, /privacy needn't name one."""
    fields = [field.name for field in privacy_embed(None, KEEPING, WORDS).fields]
    assert "What reads the texts" not in fields
    assert "English" in write_reader_setting(build_settings(), None, WORDS)


def test_nowhere_to_send():
    """Texts can be sent to a model on another machine only."""
    assert find_host(model()) == "model.example"
    for none in (None, model("http://127.0.0.1:9/v1")):
        with refuses(BadInput):
            find_host(none)
