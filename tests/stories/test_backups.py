"""A copy made beside the bot, and put back: every claim keeps its one card."""


async def test_a_backup_put_back_meets_its_own_cards_and_doubles_none(opened, tmp_path):
    async with opened() as newsroom:
        newsroom.take_in("The bridge is closed")
        await newsroom.start()
        await newsroom.posts(1)
        newsroom.take_in("The ferry runs")
        copy = str(tmp_path / "copy.db")

        made = await newsroom.corrobot("backup", copy)
        await newsroom.posts(1, 2)
        await newsroom.vote("Ada", 1, "Supported")
        served = await newsroom.corrobot("restore", copy, "--force")
        assert await newsroom.stop() == 0
        restored = await newsroom.corrobot("restore", copy, "--force")
        await newsroom.start()
        await newsroom.posts(1, 2)

        assert made.code == restored.code == 0, restored.err
        assert "verified" in made.out
        assert served.code == 1
        assert "is serving" in served.err
        await newsroom.shows(1, "0 of 3 votes")
        assert newsroom.numbers() == [1, 2]
