"""A text from Discord on its way in: extraction, then the desk; the person sees how far it is."""

from datetime import date

import discord

from bot.client_of import corrobot
from bot.people import guild_of, person_of, readers_words
from bot.words import Words, escape
from workflows import documents, languages
from workflows.desk import sheets, taking_in
from workflows.desk.taking_in import Taken
from workflows.intake import Intake
from workflows.links import normalised
from workflows.teams import require_intake


async def take_in(
    interaction: discord.Interaction,
    text: str,
    *,
    title: str,
    publisher: str,
    published: date | None,
    link: str,
) -> None:
    """Find the text's claims and have them posted by the team's rule; answered privately."""
    bot = corrobot(interaction)
    guild, person, words = guild_of(interaction), person_of(interaction), readers_words(interaction)
    url = normalised(link) if link else None
    name = words.say("The text")
    text = documents.read(text.encode(), name)
    team = await bot.desk.read(sheets.team_of, guild)
    require_intake(team, person)
    await interaction.response.defer(ephemeral=True, thinking=True)
    claims = await bot.extractor.claims(text, published, name)
    intake = Intake(
        title=title or documents.title_of(text, name),
        publisher=publisher or None,
        url=url,
        published=published,
        language=languages.READ,
        text=text,
        claims=claims,
    )
    taken = await bot.desk.write(taking_in.take_in, guild, intake, person, bot.now())
    bot.outbox.wake()
    await interaction.followup.send(
        taken_sentence(taken, team.settings.claims_channel, words), ephemeral=True
    )


def taken_sentence(taken: Taken, channel: int, words: Words) -> str:
    """What became of a document, for the person who brought it."""
    title = escape(taken.document.title, 120)
    if taken.known:
        return words.count(
            "The team has “{title}” already, with {n} claim posted.",
            "The team has “{title}” already, with {n} claims posted.",
            taken.posted,
            title=title,
        )
    if not taken.posted and not taken.shelved and not taken.shared:
        return words.say("No checkable claim was found in “{title}”.", title=title)
    said = words.count(
        "“{title}”: {n} claim goes to {channel}.",
        "“{title}”: {n} claims go to {channel}.",
        taken.posted,
        title=title,
        channel=f"<#{channel}>",
    )
    if taken.shelved:
        said += " " + words.count(
            "{n} more is on the shelf.", "{n} more are on the shelf.", taken.shelved
        )
    if taken.shared:
        said += " " + words.count(
            "{n} claim was known already and stands here too.",
            "{n} claims were known already and stand here too.",
            taken.shared,
        )
    return said
