"""/claim take and release: "I look into it", with a day if one is named."""

from datetime import timedelta

from discord import app_commands

from bot.i18n.translator import Translator
from bot.ui.claim_option import BeforeTheTeam, NotOut
from bot.ui.context import Interaction, get_acting, reader_translator
from bot.ui.feature import Feature
from bot.ui.modals import parse_day
from workflows.desk import assignments
from workflows.desk.claim_views import ClaimView

NUMBER = "Its number, such as 15, or words from it"


@app_commands.command(name="take", description="Say that you're looking into a claim")
@app_commands.describe(
    number=NUMBER,
    day="Until which day, as YYYY-MM-DD; you're reminded once, then it's free again",
)
async def take(
    interaction: Interaction,
    number: BeforeTheTeam,
    day: app_commands.Range[str, 10, 10] | None = None,
) -> None:
    bot = interaction.client
    view = await bot.desk.write(
        assignments.take_claim, get_acting(interaction), number, parse_day(day or "")
    )
    bot.card_sync.wake()
    await bot.alarm_clock.ring()
    await interaction.response.send_message(
        _write_taken(view, reader_translator(interaction)), ephemeral=True
    )


def _write_taken(view: ClaimView, tr: Translator) -> str:
    number, day = view.claim.number, view.claim.assigned_day
    if day is None:
        return tr.text(
            "You're looking into #{number}. Use `/claim release` to free it.", number=number
        )
    return tr.text(
        "You're looking into #{number} until {day}. I'll remind you once that day; after"
        " that, the claim is free again.",
        number=number,
        day=tr.day(day),
    )


@take.autocomplete("day")
async def _complete_days(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    today, tr = interaction.client.now().date(), reader_translator(interaction)
    days = [today + timedelta(days=ahead) for ahead in range(8)]
    names = {f"{tr.weekday(day.weekday())}, {day.isoformat()}": day.isoformat() for day in days}
    sought = typed.strip().casefold()
    return [
        app_commands.Choice(name=name, value=value)
        for name, value in names.items()
        if sought in name.casefold()
    ]


@app_commands.command(name="release", description="Say that you're no longer looking into a claim")
@app_commands.describe(number=NUMBER)
async def release(interaction: Interaction, number: NotOut) -> None:
    bot = interaction.client
    view = await bot.desk.write(assignments.release_claim, get_acting(interaction), number)
    bot.card_sync.wake()
    said = reader_translator(interaction).text("#{number} is free again.", number=view.claim.number)
    await interaction.response.send_message(said, ephemeral=True)


FEATURE = Feature(claim_commands=(take, release))
