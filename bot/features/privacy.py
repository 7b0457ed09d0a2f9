"""/privacy and /forget-me: what is stored, where, how long, who sees it, and how it goes."""

import discord
from discord import app_commands, ui

from bot.i18n.labels import gettext_noop
from bot.i18n.translator import Translator
from bot.ui.buttons import KeyButton
from bot.ui.context import Interaction, get_guild, offer_in_servers_only, reader_translator
from bot.ui.feature import Feature
from workflows.desk import privacy
from workflows.desk.privacy import ForgetResult, StoredCounts
from workflows.desk.retention import Retention

COLOUR = 0x8E6BBF


@app_commands.command(name="privacy", description="What is stored, how long, who sees it")
async def about_privacy(interaction: Interaction) -> None:
    bot = interaction.client
    about = await bot.desk.read(privacy.count_stored, get_guild(interaction), interaction.user.id)
    embed = privacy_embed(about, bot.retention, reader_translator(interaction))
    await interaction.response.send_message(embed=embed, ephemeral=True)


@app_commands.command(name="forget-me", description="Have who you are removed from here")
async def forget_me(interaction: Interaction) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    about = await bot.desk.read(privacy.count_stored, get_guild(interaction), interaction.user.id)
    if about is None:
        said = tr.text("Nothing is stored about you here.")
        await interaction.response.send_message(said, ephemeral=True)
        return
    view = ui.View(timeout=None)
    for key in _ANSWERS:
        view.add_item(ForgetButton(key, tr))
    said = "\n".join(
        (
            write_stored(about, tr),
            tr.text(
                "If you go on, your account is removed from here with every reason and note you"
                " wrote, your drafts and your own digest, and your votes on claims that are not"
                " settled are taken back. Links and settled votes stay, under a random key that"
                " leads to nobody. It cannot be undone."
            ),
        )
    )
    await interaction.response.send_message(said, view=view, ephemeral=True)


class ForgetButton(KeyButton, template=r"^forget:(?P<key>me|not)$"):
    """Forgets whoever presses it, and nobody else; or does nothing."""

    def __init__(self, key: str, tr: Translator) -> None:
        style = discord.ButtonStyle.danger if key == "me" else discord.ButtonStyle.secondary
        button: ui.Button[ui.View] = ui.Button(
            label=tr.text(_ANSWERS[key]), style=style, custom_id=f"forget:{key}"
        )
        super().__init__(key, button)

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
    return tr.text(
        "Stored about you here: {votes}, {links}, {texts}.",
        votes=tr.plural("{n} vote", "{n} votes", about.votes),
        links=tr.plural("{n} link", "{n} links", about.links),
        texts=tr.plural("{n} reason or note", "{n} reasons and notes", about.texts),
    )


def write_forgotten(forgotten: ForgetResult, keeping: Retention, tr: Translator) -> str:
    """Return what went, and when it is gone from the copies too."""
    said = tr.text(
        "You are forgotten here: {votes} taken back, {texts} removed. Nothing here leads to your"
        " account any more.",
        votes=tr.plural("{n} vote", "{n} votes", forgotten.votes),
        texts=tr.plural("{n} reason or note", "{n} reasons and notes", forgotten.texts),
    )
    return f"{said} {_write_copies(keeping, tr)}"


def _write_copies(keeping: Retention, tr: Translator) -> str:
    if keeping.backups is None:
        return tr.text("This bot makes no backups by itself.")
    return tr.text(
        "Backups are kept for {span} at most; what was removed is gone from them by then.",
        span=tr.span(keeping.backups),
    )


def privacy_embed(about: StoredCounts | None, keeping: Retention, tr: Translator) -> discord.Embed:
    """Return all there is to know, on one screen."""
    embed = discord.Embed(
        title=tr.text("What is stored, and how to have it removed"), colour=COLOUR
    )
    for name, value in (
        (tr.text("Of you"), _of_you(about, tr)),
        (
            tr.text("What"),
            tr.text(
                "The documents that are brought in and drafts of them, the claims in them, votes,"
                " reasons, links and notes, when each came, and the hour of a digest of your own."
                " No messages are read: only what a command, a form or a message's menu brings"
                " here."
            ),
        ),
        (
            tr.text("Under which name"),
            tr.text(
                "Votes, links and the history know you by a random key. One table leads from the"
                " key to your Discord account; nothing else about your account is kept."
            ),
        ),
        (
            tr.text("Who sees it"),
            tr.text(
                "Members of this server see who did what. How somebody voted is hidden from"
                " everybody until the quorum, if the team's rules say so. Exports name nobody."
                " Whoever runs this bot has the database."
            ),
        ),
        (tr.text("How long"), _how_long(keeping, tr)),
        (
            tr.text("How to have it removed"),
            tr.text(
                "`/forget-me` removes who you are from here at once. Or write to whoever runs this"
                " bot: they can do it for you."
            ),
        ),
    ):
        embed.add_field(name=name, value=value, inline=False)
    return embed


def _of_you(about: StoredCounts | None, tr: Translator) -> str:
    if about is None:
        return tr.text("Nothing is stored about you here.")
    return write_stored(about, tr)


def _how_long(keeping: Retention, tr: Translator) -> str:
    texts = (
        tr.text("For as long as the team works with it.")
        if keeping.texts is None
        else tr.text(
            "For as long as the team works with it; a document's text for {span} after the last"
            " decision on its claims.",
            span=tr.span(keeping.texts),
        )
    )
    return f"{texts} {_write_copies(keeping, tr)}"


PRIVACY = offer_in_servers_only(about_privacy)
FORGET_ME = offer_in_servers_only(forget_me)


FEATURE = Feature(commands=(PRIVACY, FORGET_ME), items=(ForgetButton,))
