"""/privacy and /forget-me: what is stored, where, how long, who sees it, and how it goes."""

import discord
from discord import app_commands, ui

from bot.config.model import EngineConfig
from bot.i18n.escaping import escape
from bot.i18n.labels import gettext_noop
from bot.i18n.translator import Translator
from bot.ui.buttons import KeyButton
from bot.ui.context import Interaction, get_guild, offer_in_servers_only, reader_translator
from bot.ui.feature import Feature
from workflows.desk import privacy, setup
from workflows.desk.privacy import ForgetResult, StoredCounts
from workflows.desk.retention import Retention
from workflows.teams import Team

COLOUR = 0x8E6BBF


@app_commands.command(
    name="privacy", description="Show what is stored, for how long and who sees it"
)
async def about_privacy(interaction: Interaction) -> None:
    bot = interaction.client
    about = await bot.desk.read(privacy.count_stored, get_guild(interaction), interaction.user.id)
    tr, team = reader_translator(interaction), None
    if model := bot.engine.config:
        team = await bot.desk.read(setup.get_team, get_guild(interaction))
    reader = write_reader(model, team, tr) if model else ""
    said = [write_search(tr)] if bot.fact_checks.is_on else []
    if bot.snapshots.is_copying:
        said.append(tr.text("A copy of each page is kept on the bot's own machine."))
    embed = privacy_embed(about, bot.retention, tr, reader, " ".join(said))
    await interaction.response.send_message(embed=embed, ephemeral=True)


@app_commands.command(
    name="forget-me", description="Remove your identity from this server's records"
)
async def forget_me(interaction: Interaction) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    about = await bot.desk.read(privacy.count_stored, get_guild(interaction), interaction.user.id)
    if about is None:
        said = tr.text("Nothing is stored about you in this server's records.")
        await interaction.response.send_message(said, ephemeral=True)
        return
    view = ui.View(timeout=None)
    for key in _ANSWERS:
        view.add_item(ForgetButton(key, tr))
    said = "\n".join(
        (
            write_stored(about, tr),
            tr.text(
                "If you continue, your account is removed from this server's records,"
                " together with every reason and note you wrote, your drafts and your own"
                " digest, and your votes on unsettled claims are taken back. Links and"
                " settled votes stay, under a random key that can't be traced to you. This"
                " can't be undone."
            ),
        )
    )
    await interaction.response.send_message(said, view=view, ephemeral=True)


class ForgetButton(KeyButton, template=r"^forget:(?P<key>me|not)$"):
    """Forgets whoever presses it, and nobody else; or does nothing."""

    def __init__(self, key: str, tr: Translator) -> None:
        style = discord.ButtonStyle.danger if key == "me" else discord.ButtonStyle.secondary
        super().__init__(key, label=tr.text(_ANSWERS[key]), style=style, custom_id=f"forget:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        bot, tr = interaction.client, reader_translator(interaction)
        said = tr.text("Nothing was changed.")
        if self.key == "me":
            forgotten = await bot.desk.write(
                privacy.forget_member, get_guild(interaction), interaction.user.id, bot.now()
            )
            bot.card_sync.wake()
            bot.withdraw()
            said = write_forgotten(forgotten, bot.retention, tr)
        await interaction.response.edit_message(content=said, view=None)


_ANSWERS = {"me": gettext_noop("Forget me"), "not": gettext_noop("Keep it as it is")}


def write_stored(about: StoredCounts, tr: Translator) -> str:
    """Return what is stored about one person, in a sentence."""
    said = tr.text(
        "In this server's records: {votes}, {links}, {texts}.",
        votes=tr.plural("{n} vote", "{n} votes", about.votes),
        links=tr.plural("{n} link", "{n} links", about.links),
        texts=tr.plural("{n} reason or note", "{n} reasons and notes", about.texts),
    )
    if not about.messages:
        return said
    messages = tr.plural(
        "{n} message of yours was brought in as a text. If you are forgotten, your name and the"
        " link to the message are removed from it.",
        "{n} messages of yours were brought in as texts. If you are forgotten, your name and the"
        " links to the messages are removed from them.",
        about.messages,
    )
    return f"{said} {messages}"


def write_forgotten(forgotten: ForgetResult, keeping: Retention, tr: Translator) -> str:
    """Return what went, and when it is gone from the copies too."""
    said = tr.text(
        "You are forgotten here: {votes} taken back, {texts} removed. Nothing here leads"
        " to your account any longer.",
        votes=tr.plural("{n} vote", "{n} votes", forgotten.votes),
        texts=tr.plural("{n} reason or note", "{n} reasons and notes", forgotten.texts),
    )
    return f"{said} {_write_copies(keeping, tr)}"


def _write_copies(keeping: Retention, tr: Translator) -> str:
    if keeping.backups is None:
        return tr.text("This bot doesn't make backups itself.")
    return tr.text(
        "Backups are kept for {span} at most, so anything removed is gone from them by then.",
        span=tr.span(keeping.backups),
    )


def write_reader(model: EngineConfig, team: Team | None, tr: Translator) -> str:
    """Return who reads the texts besides people, and where they go for it."""
    names = {"model": escape(model.model, 60), "host": escape(model.host, 80)}
    kept = tr.text("Its answers are kept as long as the text.")
    if model.is_here:
        said = tr.text("The language model {model}, on the bot's own machine.", **names)
        return f"{said} {kept}"
    if team and team.settings.send_texts_to == model.host:
        said = tr.text(
            "Texts that are brought in are sent to {host}, where the language model {model} reads"
            " them; whoever runs it may keep them. An administrator of this server has allowed"
            " it.",
            **names,
        )
        return f"{said} {kept}"
    return tr.text("The built-in rules only. No text is sent to another machine to be read.")


def write_search(tr: Translator) -> str:
    """Return what Google is sent, where the host has a key for its fact-check search."""
    return tr.text(
        "Whoever presses *Checked before?* has the claim's words sent to Google's search for"
        " fact-checks."
    )


def privacy_embed(
    about: StoredCounts | None,
    keeping: Retention,
    tr: Translator,
    reader: str = "",
    more: str = "",
) -> discord.Embed:
    """Return all there is to know, on one screen; `reader` says which machine reads the texts.

    `more` says what is sent and kept where the host has turned it on.
    """
    embed = discord.Embed(title=tr.text("Stored data, and how to have it removed"), colour=COLOUR)
    for name, value in (
        (tr.text("Your data here"), _of_you(about, tr)),
        (
            tr.text("Stored data"),
            tr.text(
                "Documents you bring in and their drafts, the claims in them, votes,"
                " reasons, links and notes, the time of each, and the hour of your own"
                " digest, with its e-mail address if you gave one. I don't read messages:"
                " only what is brought to me with a command, a form or a message's menu."
            ),
        ),
        (
            tr.text("How you appear"),
            tr.text(
                "Votes, links and the history identify you by a random key. One table"
                " links that key to your Discord account and, once you vote, to the time you"
                " joined this server; nothing else about your account is kept."
            ),
        ),
        (
            tr.text("Who can see it"),
            tr.text(
                "Members of this server can see who did what. If the team's rules say so,"
                " votes are hidden from everyone until enough people have voted. Exports"
                " and public pages contain no names. Whoever runs this bot has the database."
            ),
        ),
        (
            tr.text("What leaves this server"),
            tr.text(
                "Pages whose links you bring in or add as evidence are opened, unless you"
                " mark them as private. Evidence pages are opened again about once a day"
                " while the claim is open, and for a month after. Their sites see this"
                " bot's address, not yours. If whoever runs this bot has turned it on, the"
                " Wayback Machine is asked for a public copy of each."
            )
            + (f" {more}" if more else ""),
        ),
        *([(tr.text("What reads the texts"), reader)] if reader else []),
        (tr.text("How long it's kept"), _how_long(keeping, tr)),
        (
            tr.text("How to have it removed"),
            tr.text(
                "Use `/forget-me` to remove your identity from this server's records right"
                " away. Whoever runs this bot can also do it for you."
            ),
        ),
    ):
        embed.add_field(name=name, value=value, inline=False)
    return embed


def _of_you(about: StoredCounts | None, tr: Translator) -> str:
    if about is None:
        return tr.text("Nothing is stored about you in this server's records.")
    return write_stored(about, tr)


def _how_long(keeping: Retention, tr: Translator) -> str:
    texts = (
        tr.text("As long as the team needs it.")
        if keeping.texts is None
        else tr.text(
            "As long as the team needs it. A document's text is kept for {span} after the"
            " last decision on its claims.",
            span=tr.span(keeping.texts),
        )
    )
    return f"{texts} {_write_copies(keeping, tr)}"


PRIVACY = offer_in_servers_only(about_privacy)
FORGET_ME = offer_in_servers_only(forget_me)


FEATURE = Feature(commands=(PRIVACY, FORGET_ME), items=(ForgetButton,))
