"""A claim put into words by hand: the form for it, and what is answered."""

from collections.abc import Mapping

from discord import app_commands, ui

from bot.features.search import show_claim
from bot.i18n.labels import HEDGES, gettext_noop
from bot.i18n.translator import Translator
from bot.ui.context import Interaction, get_acting, get_guild, get_person, reader_translator
from bot.ui.feature import Feature
from bot.ui.modals import ModalValues, hedge_field, open_form, parse_day, read_hedge, text_field
from bot.ui.waiting_posts import add_waiting
from workflows.claims import Hedge
from workflows.desk import claim_views, manual_claims
from workflows.desk.manual_claims import ManualClaim
from workflows.desk.moderation import LONGEST
from workflows.teams import require_voter

QUOTE, SOURCE, LINK = 1000, 100, 512
FIELDS = (
    ("source", gettext_noop("Who says so"), "", SOURCE),
    ("link", gettext_noop("Link"), "https://", LINK),
)


def claim_form(tr: Translator, given: Mapping[str, str]) -> ui.Modal:
    """Return a claim and where it is said; `given` fills what the command's options said already.

    A form holds five fields at most; the day stands in its id.
    """
    form = ui.Modal(title=tr.text("Add a claim"), custom_id=f"claim:{given.get('date', '')}")
    about = tr.text("One sentence that is true or false and makes sense on its own.")
    form.add_item(
        text_field(tr.text("The claim"), "words", description=about, most=LONGEST, long=True)
    )
    form.add_item(
        text_field(
            tr.text("The passage that says so, word for word"),
            "quote",
            required=False,
            default=given.get("quote"),
            most=QUOTE,
            long=True,
        )
    )
    for field, label, hint, most in FIELDS:
        form.add_item(
            text_field(
                tr.text(label),
                field,
                required=False,
                placeholder=hint,
                default=given.get(field),
                most=most,
            )
        )
    form.add_item(hedge_field(tr, given.get("hedge")))
    return form


async def _claim(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    await add_claim(interaction, {**sent, "date": carried[0]})


async def add_claim(interaction: Interaction, sent: Mapping[str, str]) -> None:
    """Put it before the team, and say privately what became of it."""
    bot, tr = interaction.client, reader_translator(interaction)
    given = ManualClaim(
        words=sent.get("words", ""),
        quote=sent.get("quote", ""),
        source=sent.get("source", ""),
        link=sent.get("link", ""),
        hedge=read_hedge(sent.get("hedge", "")),
        as_of=parse_day(sent.get("date", "")),
    )
    acting = get_acting(interaction)
    met = await bot.desk.read(manual_claims.match_ahead, acting, given)
    added = await bot.desk.write(manual_claims.add_claim, acting, given, met)
    bot.outbox.wake()
    bot.card_sync.wake()
    number = added.view.claim.number
    if added.known:
        said = tr.text("The team already has this claim as #{number}.", number=number)
        await show_claim(interaction, added.view, added.card, said)
        return
    channel = added.view.team.settings.claims_channel
    if bot.channel_health.find_problem(channel):
        said = tr.text("#{number} was added, but its card has to wait.", number=number)
    else:
        said = tr.text("#{number} was added; its card is on its way.", number=number)
    said = await add_waiting(interaction, said)
    await interaction.response.send_message(said, ephemeral=True)


@app_commands.command(name="add", description="Add a claim by hand")
@app_commands.describe(
    words="The claim as one sentence that is true or false; leave empty to open a form",
    source="Who says so",
    link="The page that says so; it can't count as evidence",
    quote="The passage that says so, word for word",
    hedge="How firmly they say it",
    date="The day the claim refers to, as YYYY-MM-DD; today if left empty",
)
@app_commands.choices(
    hedge=[app_commands.Choice(name=HEDGES[each], value=each.value) for each in Hedge]
)
async def add(
    interaction: Interaction,
    words: app_commands.Range[str, 1, LONGEST] | None = None,
    source: app_commands.Range[str, 1, SOURCE] | None = None,
    link: app_commands.Range[str, 1, LINK] | None = None,
    quote: app_commands.Range[str, 1, QUOTE] | None = None,
    hedge: str | None = None,
    date: app_commands.Range[str, 10, 10] | None = None,
) -> None:
    parse_day(date or "")
    given = {
        "source": source or "",
        "link": link or "",
        "quote": quote or "",
        "hedge": hedge or "",
        "date": date or "",
    }
    if words:
        await add_claim(interaction, {**given, "words": words})
        return
    team = await interaction.client.desk.read(claim_views.get_team, get_guild(interaction))
    require_voter(team, get_person(interaction))
    await open_form(interaction, claim_form(reader_translator(interaction), given))


FEATURE = Feature(claim_commands=(add,), modals={r"claim:[\s\S]*": _claim})
