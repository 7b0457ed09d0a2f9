"""More servers than one connection may serve: as many shards as Discord asks for."""

from bot.sandbox.world import World


async def test_two_shards(opened):
    """Each shard serves its servers, and one that is cut off comes back alone."""
    async with opened() as newsroom:
        others = newsroom.world.other_guilds = World(other_guilds=30).other_guilds
        newsroom.world.shards = 2
        newsroom.take_in("The bridge is closed")
        await newsroom.start()
        await newsroom.posts(1)

        shards = sorted(session.shard for session in newsroom.world.sessions.values())
        assert shards == [[0, 2], [1, 2]]
        assert f"in {1 + len(others)} servers" in newsroom.said()

        home = (int(newsroom.world.guild_id) >> 22) % 2
        kept = [each for each in newsroom.world.sessions.values() if each.shard[0] != home]
        await newsroom.world.drop_gateway(shard=home)
        await newsroom.until(lambda: any("replayed" in what for _, what in newsroom.world.gw_log))
        await newsroom.vote("Ada", 1, "Supported")

        assert kept[0] in newsroom.world.sessions.values()
        assert await newsroom.stop() == 0


async def test_too_many_for_one(opened):
    """Discord takes no more than 2,500 servers on one shard; the offline one neither."""
    async with opened() as newsroom:
        newsroom.world.other_guilds = World(other_guilds=2500).other_guilds
        ran = await newsroom.corrobot("run")

        assert ran.code == 1
        assert "4011" in ran.err
