"""/privacy and /forget-me: what is stored, where, how long, who sees it, and how it goes."""

import discord
from discord import app_commands, ui

from bot.i18n.labels import N_
from bot.i18n.translator import Words
from bot.ui.buttons import KeyButton
from bot.ui.context import Interaction, guild_of, readers_words, servers_only
from bot.ui.feature import Feature
from workflows.desk import privacy
from workflows.desk.privacy import ForgetResult, StoredCounts
from workflows.desk.retention import Retention

COLOUR = 0x8E6BBF


@app_commands.command(name="privacy", description="What is stored, how long, who sees it")
async def about_privacy(interaction: Interaction) -> None:
    bot = interaction.client
    about = await bot.desk.read(privacy.count_stored, guild_of(interaction), interaction.user.id)
    embed = privacy_embed(about, bot.keeping, readers_words(interaction))
    await interaction.response.send_message(embed=embed, ephemeral=True)


@app_commands.command(name="forget-me", description="Have who you are removed from here")
async def forget_me(interaction: Interaction) -> None:
    bot, words = interaction.client, readers_words(interaction)
    about = await bot.desk.read(privacy.count_stored, guild_of(interaction), interaction.user.id)
    if about is None:
        said = words.say("Nothing is stored about you here.")
        await interaction.response.send_message(said, ephemeral=True)
        return
    view = ui.View(timeout=None)
    for key in _ANSWERS:
        view.add_item(ForgetButton(key, words))
    said = "\n".join(
        (
            stored_said(about, words),
            words.say(
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

    def __init__(self, key: str, words: Words) -> None:
        style = discord.ButtonStyle.danger if key == "me" else discord.ButtonStyle.secondary
        button: ui.Button[ui.View] = ui.Button(
            label=words.say(_ANSWERS[key]), style=style, custom_id=f"forget:{key}"
        )
        super().__init__(key, button)

    async def pressed(self, interaction: Interaction) -> None:
        bot, words = interaction.client, readers_words(interaction)
        said = words.say("Nothing was changed.")
        if self.key == "me":
            forgotten = await bot.desk.write(
                privacy.forget_member, guild_of(interaction), interaction.user.id, bot.now()
            )
            bot.showing.nudge()
            said = forgotten_said(forgotten, bot.keeping, words)
        await interaction.response.edit_message(content=said, view=None)


_ANSWERS = {"me": N_("Forget me"), "not": N_("Keep it as it is")}


def stored_said(about: StoredCounts, words: Words) -> str:
    """What is stored about one person, in a sentence."""
    return words.say(
        "Stored about you here: {votes}, {links}, {texts}.",
        votes=words.count("{n} vote", "{n} votes", about.votes),
        links=words.count("{n} link", "{n} links", about.links),
        texts=words.count("{n} reason or note", "{n} reasons and notes", about.texts),
    )


def forgotten_said(forgotten: ForgetResult, keeping: Retention, words: Words) -> str:
    """What went, and when it is gone from the copies too."""
    said = words.say(
        "You are forgotten here: {votes} taken back, {texts} removed. Nothing here leads to your"
        " account any more.",
        votes=words.count("{n} vote", "{n} votes", forgotten.votes),
        texts=words.count("{n} reason or note", "{n} reasons and notes", forgotten.texts),
    )
    return f"{said} {_copies_said(keeping, words)}"


def _copies_said(keeping: Retention, words: Words) -> str:
    if keeping.backups is None:
        return words.say("This bot makes no backups by itself.")
    return words.say(
        "Backups are kept for {span} at most; what was removed is gone from them by then.",
        span=words.span(keeping.backups),
    )


def privacy_embed(about: StoredCounts | None, keeping: Retention, words: Words) -> discord.Embed:
    """All there is to know, on one screen."""
    embed = discord.Embed(
        title=words.say("What is stored, and how to have it removed"), colour=COLOUR
    )
    for name, value in (
        (words.say("Of you"), _of_you(about, words)),
        (
            words.say("What"),
            words.say(
                "The documents that are brought in and drafts of them, the claims in them, votes,"
                " reasons, links and notes, when each came, and the hour of a digest of your own."
                " No messages are read: only what a command, a form or a message's menu brings"
                " here."
            ),
        ),
        (
            words.say("Under which name"),
            words.say(
                "Votes, links and the history know you by a random key. One table leads from the"
                " key to your Discord account; nothing else about your account is kept."
            ),
        ),
        (
            words.say("Who sees it"),
            words.say(
                "Members of this server see who did what. How somebody voted is hidden from"
                " everybody until the quorum, if the team's rules say so. Exports name nobody."
                " Whoever runs this bot has the database."
            ),
        ),
        (words.say("How long"), _how_long(keeping, words)),
        (
            words.say("How to have it removed"),
            words.say(
                "`/forget-me` removes who you are from here at once. Or write to whoever runs this"
                " bot: they can do it for you."
            ),
        ),
    ):
        embed.add_field(name=name, value=value, inline=False)
    return embed


def _of_you(about: StoredCounts | None, words: Words) -> str:
    if about is None:
        return words.say("Nothing is stored about you here.")
    return stored_said(about, words)


def _how_long(keeping: Retention, words: Words) -> str:
    texts = (
        words.say("For as long as the team works with it.")
        if keeping.texts is None
        else words.say(
            "For as long as the team works with it; a document's text for {span} after the last"
            " decision on its claims.",
            span=words.span(keeping.texts),
        )
    )
    return f"{texts} {_copies_said(keeping, words)}"


PRIVACY = servers_only(about_privacy)
FORGET_ME = servers_only(forget_me)


FEATURE = Feature(commands=(PRIVACY, FORGET_ME), items=(ForgetButton,))
