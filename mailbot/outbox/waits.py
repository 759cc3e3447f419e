"""The waits between the attempts of an errand: a table to read, and the jitter that keeps errands apart."""

from datetime import timedelta

WAITS = (
    timedelta(seconds=30),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=2),
    timedelta(hours=4),
    timedelta(hours=8),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
    timedelta(hours=24),
)
"""The longest wait after the first, second, third … failed attempt: four days in all, two on average (RFC 5321
4.5.4.1 asks for 4–5 days of a relay; ours has its own queue behind us, and a person is told after the last)."""

SHORTEST = timedelta(seconds=5)


def next_wait(attempts: int, random: float) -> timedelta | None:
    """How long to wait after `attempts` (1 and up) have failed; None means never again.

    `random` in [0, 1) is full jitter: anything up to the table's wait, so that a thousand errands that failed
    together do not come back together.
    """
    if attempts < 1:
        raise ValueError(f"attempts start at 1, not {attempts}")
    if attempts > len(WAITS):
        return None
    return max(SHORTEST, WAITS[attempts - 1] * random)
