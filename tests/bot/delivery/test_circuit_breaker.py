"""The breaker that opens when Discord refuses too much, and how it closes again."""

from bot.delivery.circuit_breaker import CircuitBreaker


def test_breaker_opens():
    """A circuit breaker opens at its limit of refusals, and not before."""
    fuse = CircuitBreaker(most=3, rest=60)

    assert [fuse.record_refusal(at) for at in (0, 1, 2)] == [False, False, True]
    assert fuse.wait(3) > 0
    assert fuse.wait(61.9) > 0
    assert fuse.wait(62) == 0


def test_old_refusals():
    """Refusals of more than ten minutes ago do not count."""
    fuse = CircuitBreaker(most=3)

    assert not any(fuse.record_refusal(at) for at in (0, 1, 601, 602.5, 1203))
    assert fuse.wait(1203) == 0


def test_successful_trial():
    """After a rest one request is let through, and its success closes the breaker."""
    fuse = CircuitBreaker(most=1, rest=60)
    fuse.record_refusal(0)

    assert fuse.wait(60) == 0
    assert fuse.wait(61) > 0
    assert fuse.record_success(61) == 61
    assert fuse.wait(61) == 0
    assert fuse.record_success(62) == 0


def test_refused_or_lost_trial():
    """A trial that is refused doubles the rest, and one that is lost is repeated."""
    fuse = CircuitBreaker(most=1, rest=60)
    fuse.record_refusal(0)
    fuse.wait(60)
    fuse.record_unknown(60)
    assert fuse.wait(61) == 0

    assert fuse.record_refusal(61)

    assert fuse.wait(180) > 0
    assert fuse.wait(181) == 0
