"""What an answer says of posts that a channel doesn't take: whoever queues one is told at once."""

from bot.rendering.waiting_posts import write_waiting
from bot.ui.context import Interaction, get_guild, reader_translator
from workflows.desk import outbox


async def list_waiting_lines(interaction: Interaction) -> list[str]:
    """Return a line for each of the team's channels whose posts are held up. Raises NotFound."""
    bot, tr = interaction.client, reader_translator(interaction)
    found = await bot.desk.read(outbox.list_waiting, get_guild(interaction))
    problems = [(each, bot.channel_health.find_problem(each.channel)) for each in found]
    return [
        write_waiting(each, problem, tr)
        for each, problem in problems
        if outbox.is_waiting(each, bot.now(), hindered=problem is not None)
    ]


async def add_waiting(interaction: Interaction, said: str) -> str:
    """Return what is said of something queued, with what its channel has not taken below it."""
    return "\n".join((said, *await list_waiting_lines(interaction)))
