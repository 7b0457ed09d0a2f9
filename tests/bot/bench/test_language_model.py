"""A language model's reading is measured beside the rules'."""

import asyncio

from bot.bench import language_model
from bot.config.read import read_config
from tests.model_server import MODEL, ModelServer, claim, write_claims

SAID = "The mayor said that 12 towns were hit."


async def read(tmp_path, say):
    text, config = tmp_path / "rain.txt", tmp_path / "config.toml"
    text.write_text(SAID)
    async with ModelServer(say) as server:
        config.write_text(
            f'[engine]\nkind = "llm"\nbase_url = "{server.url}"\nmodel = "{MODEL}"\n'
            'timeout = "5s"\n'
        )
        return await asyncio.to_thread(language_model.measure, read_config(config), text)


async def test_share_dropped(tmp_path):
    """What the model invented is a share of what it answered; its tokens are counted."""
    good = claim(SAID, "12 towns were hit", "12 towns were hit")
    reading = await read(tmp_path, lambda _: write_claims(good, {**good, "quote": "Nobody."}))

    assert (reading.requests, reading.tokens_shown, reading.tokens_written) == (1, 100, 10)
    assert (reading.claims, reading.dropped, reading.fell_back) == (1, 0.5, False)
    assert reading.seconds > 0 < reading.rules
