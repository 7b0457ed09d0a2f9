"""What the bot finds on the wire is what Discord would give it."""

import discord
import pytest
from discord import ui


def two_buttons() -> ui.View:
    view = ui.View(timeout=None)
    view.add_item(ui.Button(label="Yes", custom_id="yes"))
    view.add_item(ui.Button(label="No", custom_id="no"))
    return view


async def test_a_bot_logs_in_and_finds_the_server(world, client):
    assert client.user.id == int(world.app_id)
    assert [c.name for c in client.guilds[0].text_channels] == ["votes"]
    assert client.guilds[0].me.guild_permissions.embed_links


async def test_what_is_sent_can_be_edited_fetched_and_deleted(world, client):
    sent = await client.room(world).send("one", embed=discord.Embed(title="A card"))
    await sent.edit(content="two")

    assert (await client.room(world).fetch_message(sent.id)).content == "two"
    assert [m.id async for m in client.room(world).history()] == [sent.id]

    await sent.delete()

    with pytest.raises(discord.NotFound) as gone:
        await client.room(world).fetch_message(sent.id)
    assert gone.value.code == 10008


async def test_a_click_is_answered_by_updating_the_message(world, client):
    sent = await client.room(world).send("vote", view=two_buttons())
    client.on_click = lambda i: i.response.edit_message(content=f"{i.user} says {i.data}")
    ada, card = world.user("Ada"), world.messages[str(sent.channel.id)][str(sent.id)]

    answer = await world.click(ada, card, "yes")["future"]

    assert answer["type"] == 7
    assert card["content"].startswith("ada says") or card["content"].startswith("Ada says")


async def test_a_click_nobody_answers_times_out_and_its_token_is_dead(world, client):
    world.token_window = 0.05
    sent = await client.room(world).send("vote", view=two_buttons())
    later = []
    client.on_click = later.append
    client.on_click = lambda i: _keep(later, i)
    card = world.messages[str(sent.channel.id)][str(sent.id)]

    assert await world.click(world.user("Ada"), card, "yes")["future"] == "TIMEOUT"
    with pytest.raises(discord.NotFound) as late:
        await later[0].response.defer()
    assert late.value.code == 10062


async def _keep(later, interaction):
    later.append(interaction)
