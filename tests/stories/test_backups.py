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


async def test_a_restored_database_names_the_cards_it_knows_nothing_of(opened, tmp_path):
    async with opened() as newsroom:
        newsroom.take_in("The bridge is closed")
        await newsroom.start()
        await newsroom.posts(1)
        copy = str(tmp_path / "copy.db")
        await newsroom.corrobot("backup", copy)
        newsroom.take_in("The ferry runs")
        await newsroom.posts(2)
        stranger = newsroom.card(2)["id"]
        assert await newsroom.stop() == 0
        await newsroom.corrobot("restore", copy, "--force")

        await newsroom.start()

        await newsroom.until(lambda: newsroom.posted(newsroom.moderators))
        (notice,) = newsroom.posted(newsroom.moderators)
        assert "posted since (1)" in newsroom.words(notice)
        assert f"/{newsroom.claims}/{stranger}" in newsroom.words(notice)
        answer = await newsroom.press("Ada", newsroom.cards()[1], "Supported")
        assert "another database" in answer.answer["data"]["content"]
        assert await newsroom.stop() == 0
        await newsroom.start()
        assert len(newsroom.posted(newsroom.moderators)) == 1
