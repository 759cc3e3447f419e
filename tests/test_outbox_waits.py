"""The waits between attempts: they grow, they are jittered, and they end."""

from datetime import timedelta

import pytest

from mailbot.outbox.waits import SHORTEST, WAITS, next_wait


def test_the_table_grows_and_lasts_two_to_five_days() -> None:
    assert list(WAITS) == sorted(WAITS)
    assert timedelta(days=2) <= sum(WAITS, timedelta()) <= timedelta(days=5)


@pytest.mark.parametrize(
    ("attempts", "random", "wait"),
    [
        (1, 0.0, SHORTEST),
        (1, 0.5, timedelta(seconds=15)),
        (5, 0.999, timedelta(seconds=3596.4)),
        (12, 0.5, timedelta(hours=12)),
        (13, 0.5, None),
        (10_000, 0.5, None),
    ],
)
def test_the_wait_after_so_many_attempts(attempts: int, random: float, wait: timedelta | None) -> None:
    assert next_wait(attempts, random) == wait


def test_there_is_no_wait_before_the_first_attempt() -> None:
    with pytest.raises(ValueError, match="start at 1"):
        next_wait(0, 0.5)
