"""A rush of votes is told from a lively minute."""

from bot.delivery.bursts import BURST_VOTES_IN_ALL, BurstDetector


def record(detector, at, cards):
    return [detector.record(card, at) for card in cards]


def test_one_card():
    """A fourth write to a card within a second is a burst; another card has none."""
    detector = BurstDetector()

    assert record(detector, 100.2, [1, 1, 1, 1, 1, 2]) == [False] * 3 + [True] * 2 + [False]


def test_all_cards():
    """Many writes are a burst on whichever cards they are."""
    bursts = record(BurstDetector(), 100.2, range(BURST_VOTES_IN_ALL + 1))

    assert bursts == [False] * BURST_VOTES_IN_ALL + [True]


def test_a_rush_that_lasts():
    """It goes on in the second after a crowded one, and is over after a quiet one."""
    detector = BurstDetector()
    record(detector, 100.2, [1] * 4)

    assert detector.record(1, 101.1)
    assert not detector.record(1, 102.9)


def test_a_pause():
    """Seconds without any write end it."""
    detector = BurstDetector()
    record(detector, 100.2, [1] * 4)

    assert not detector.record(1, 105.0)
