"""/claim place: where and when what a claim or a link tells of happened."""

from discord import app_commands

from bot.i18n.escaping import cut, plain
from bot.rendering.scenes import format_scene
from bot.ui.claim_option import CHOICE, BeforeTheTeam
from bot.ui.context import (
    Interaction,
    get_acting,
    get_guild,
    get_person,
    reader_translator,
)
from bot.ui.feature import Feature
from workflows.claims import EvidenceKey
from workflows.desk import scenes
from workflows.errors import CorrobotError
from workflows.scenes import LONGEST_PLACE
from workflows.search import find_number

MOST_CHOICES = 25
TIME = "2024-10-18 14:30+00:00"


@app_commands.command(name="place", description="Say where and when it happened")
@app_commands.describe(
    number="Its number, such as 15, or words from it",
    place="A name, coordinates such as 48.2082, 16.3738, or a link to a map",
    time="YYYY-MM-DD or YYYY-MM-DD HH:MM, in the team's time zone unless it ends in +02:00",
    link="The link that shows it; the claim itself if left empty",
)
async def place_claim(
    interaction: Interaction,
    number: BeforeTheTeam,
    place: app_commands.Range[str, 1, LONGEST_PLACE] | None = None,
    time: app_commands.Range[str, len("2024-10-18"), len(TIME) + 4] | None = None,
    link: app_commands.Range[str, 1, 100] | None = None,
) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    done = await bot.desk.write(
        scenes.set_scene,
        get_acting(interaction),
        number,
        place or "",
        time or "",
        EvidenceKey(link) if link else None,
    )
    bot.card_sync.wake()
    number = done.view.claim.number
    said = tr.text("Removed from #{number}.", number=number)
    if done.scene:
        scene = format_scene(done.scene, tr)
        said = tr.text("Now on #{number}: {scene}", number=number, scene=scene)
    await interaction.response.send_message(said, ephemeral=True)


@place_claim.autocomplete("link")
async def _complete_links(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    number = find_number(str(getattr(interaction.namespace, "number", "") or ""))
    if number is None:
        return []
    try:
        links = await interaction.client.desk.read(
            scenes.list_links, get_guild(interaction), get_person(interaction), number
        )
    except CorrobotError:  # the command itself says so
        return []
    sought = typed.strip().casefold()
    return [
        app_commands.Choice(name=cut(plain(url), CHOICE), value=key)
        for url, key in links
        if sought in url.casefold()
    ][:MOST_CHOICES]


FEATURE = Feature(claim_commands=(place_claim,))
