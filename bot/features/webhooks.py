"""/webhook: other programs that are told of the team's verdicts, for moderators."""

import discord
from discord import app_commands, ui

from bot.i18n.escaping import cut, escape, plain
from bot.i18n.labels import gettext_noop
from bot.i18n.translator import Translator, make_timestamp
from bot.ui.buttons import KeyButton
from bot.ui.context import (
    Interaction,
    get_acting,
    get_guild,
    get_person,
    offer_in_servers_only,
    reader_translator,
)
from bot.ui.feature import Feature
from workflows.desk import webhooks
from workflows.desk.webhooks import WebhookView
from workflows.errors import CorrobotError, Unavailable
from workflows.urls import find_origin, normalize
from workflows.webhooks import Topic, Webhook

TOPICS = {
    Topic.SETTLED: gettext_noop("settled and reopened claims"),
    Topic.CHANGED_MIND: gettext_noop("changed verdicts"),
    Topic.NEW_CLAIM: gettext_noop("new claims"),
    Topic.DIGEST: gettext_noop("digests"),
}
_CHOICES = 25
_LABEL = 100

WEBHOOK = offer_in_servers_only(
    app_commands.Group(
        name="webhook",
        description="Programs notified of the team's verdicts (moderators)",
        default_permissions=discord.Permissions(manage_messages=True),
    )
)


@WEBHOOK.command(name="add", description="Notify a program of the team's verdicts")
@app_commands.describe(
    url="The address that receives the messages",
    settled="When a claim is settled or reopened; yes if left empty",
    changed="When the team changes its verdict; yes if left empty",
    new="When a claim is posted; no if left empty",
    digest="The daily digest, without the lists of open votes; no if left empty",
)
async def add(
    interaction: Interaction,
    url: app_commands.Range[str, 1, 512],
    settled: bool = True,
    changed: bool = True,
    new: bool = False,
    digest: bool = False,
) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    bot.reader.require_fetchable(normalize(url))
    chosen = zip(Topic, (settled, changed, new, digest), strict=True)
    topics = [topic for topic, wanted in chosen if wanted]
    kept = await bot.desk.write(webhooks.add_webhook, get_acting(interaction), url, topics)
    said = tr.text(
        "Webhook {number} will be notified of: {topics}. Save its signing secret now; it"
        " won't be shown again:",
        number=kept.number,
        topics=_list_topics(kept, tr),
    )
    view = ui.View(timeout=None)
    view.add_item(TestButton(str(kept.number), tr))
    await interaction.response.send_message(
        f"{said}\n```\n{kept.secret}\n```", view=view, ephemeral=True
    )


def _list_topics(webhook: Webhook, tr: Translator) -> str:
    return tr.join([tr.text(label) for topic, label in TOPICS.items() if topic in webhook.topics])


@WEBHOOK.command(name="list", description="Show the team's webhooks and whether they work")
async def list_webhooks(interaction: Interaction) -> None:
    tr = reader_translator(interaction)
    kept = await interaction.client.desk.read(
        webhooks.list_webhooks, get_guild(interaction), get_person(interaction)
    )
    if not kept:
        said = tr.text("There are no webhooks. Add one with `/webhook add`.")
        await interaction.response.send_message(said, ephemeral=True)
        return
    embed = discord.Embed(
        title=tr.text("Webhooks"),
        description="\n".join(_describe(each, tr) for each in kept),
        colour=0x5B6472,
    )
    await interaction.response.send_message(embed=embed, ephemeral=True)


def _describe(view: WebhookView, tr: Translator) -> str:
    """Return a webhook in a line; of its address only the site, for the rest may be a secret."""
    webhook = view.webhook
    if webhook.failing_since:
        state = tr.text(
            "not answering since {when}", when=make_timestamp(webhook.failing_since, "R")
        )
    elif webhook.told_at:
        state = tr.text("last message {when}", when=make_timestamp(webhook.told_at, "R"))
    else:
        state = tr.text("nothing sent yet")
    line = f"**{webhook.number}** · {_name(webhook)} · {_list_topics(webhook, tr)} · {state}"
    if view.waiting:
        line += " · " + tr.plural("{n} message waiting", "{n} messages waiting", view.waiting)
    return line


def _name(webhook: Webhook) -> str:
    return escape(find_origin(webhook.url), 100)


@WEBHOOK.command(name="remove", description="Stop notifying a program")
@app_commands.describe(webhook="The webhook")
async def remove(interaction: Interaction, webhook: int) -> None:
    tr = reader_translator(interaction)
    gone = await interaction.client.desk.write(
        webhooks.remove_webhook, get_acting(interaction), webhook
    )
    said = tr.text(
        "Webhook {number} is no longer notified: {site}", number=gone.number, site=_name(gone)
    )
    await interaction.response.send_message(said, ephemeral=True)


@WEBHOOK.command(name="test", description="Send a program a test message")
@app_commands.describe(webhook="The webhook")
async def test(interaction: Interaction, webhook: int) -> None:
    await _test(interaction, webhook)


async def _test(interaction: Interaction, number: int) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    found = await bot.desk.read(
        webhooks.get_webhook, get_guild(interaction), number, get_person(interaction)
    )
    await interaction.response.defer(ephemeral=True, thinking=True)
    try:
        await bot.webhooks.send_test(found)
    except Unavailable as error:
        await interaction.edit_original_response(content=tr.error_text(error))
        return
    said = tr.text("Webhook {number} accepted the test message.", number=number)
    await interaction.edit_original_response(content=said)


class TestButton(KeyButton, template=r"^webhook:(?P<key>\d{1,9})$"):
    """Sends a test message. Its id holds the webhook's number."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Send a test"), custom_id=f"webhook:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        await _test(interaction, int(self.key))


@remove.autocomplete("webhook")
@test.autocomplete("webhook")
async def complete_webhook(interaction: Interaction, typed: str) -> list[app_commands.Choice[int]]:
    try:
        kept = await interaction.client.desk.read(
            webhooks.list_webhooks, get_guild(interaction), get_person(interaction)
        )
    except CorrobotError:  # a stranger, or a server without a team: the command itself says so
        return []
    names = ((each.webhook.number, plain(find_origin(each.webhook.url))) for each in kept)
    return [
        app_commands.Choice(name=cut(f"{number} · {site}", _LABEL), value=number)
        for number, site in names
        if typed.casefold() in f"{number} {site}".casefold()
    ][:_CHOICES]


FEATURE = Feature(commands=(WEBHOOK,), items=(TestButton,))
