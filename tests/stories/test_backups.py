"""A copy made beside the bot, and put back: one card a claim, and no stranger goes unnoticed."""


async def test_restored_backup(opened, tmp_path):
    """A restored backup doubles no card and names those it does not know."""
    async with opened() as newsroom:
        newsroom.take_in("The bridge is closed")
        await newsroom.start()
        await newsroom.posts(1)
        newsroom.take_in("The ferry runs")
        copy = str(tmp_path / "copy.db")

        made = await newsroom.corrobot("backup", copy)
        await newsroom.posts(1, 2)
        await newsroom.vote("Ada", 1, "Supported")
        newsroom.take_in("The pier stands")
        await newsroom.posts(3)
        stranger = newsroom.card(3)
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
        assert newsroom.numbers() == [1, 2, 3]
        (notice,) = await newsroom.until(lambda: newsroom.posted(newsroom.moderators))
        assert "posted since (1)" in newsroom.words(notice)
        assert f"/{newsroom.claims}/{stranger['id']}" in newsroom.words(notice)
        answer = await newsroom.press("Ada", stranger, "Supported")
        assert "another database" in answer.answer["data"]["content"]
        assert newsroom.number("SELECT count(*) FROM marks WHERE name = 'restored'") == 0
