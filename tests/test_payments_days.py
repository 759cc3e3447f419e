"""Business days: holidays, the banks' own calendar, and the laws that adding days must keep."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.payments.days import TARGET, Place, add_business_days, is_business_day, next_business_day

CALENDARS = st.sampled_from(["DE", "FR", "US", "AE", "CN", "XX", TARGET])
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "calendar", "open_"),
    [
        (date(2026, 11, 2), "DE", True),
        (date(2026, 11, 1), "DE", False),  # a Sunday
        (date(2026, 10, 3), "DE", False),  # a Saturday, and German Unity Day
        (date(2025, 10, 3), "DE", False),
        (date(2025, 10, 3), TARGET, True),  # national holidays do not close the euro banks
        (date(2026, 4, 3), TARGET, False),  # Good Friday does
        (date(2026, 4, 3), "FR", True),  # but not in France
        (date(2026, 12, 26), TARGET, False),
        (date(2027, 5, 1), TARGET, False),
        (date(2026, 7, 14), "FR", False),
        (date(2026, 11, 26), "US", False),  # Thanksgiving
        (date(2026, 11, 26), "XX", True),  # nobody described this country: weekends only
        (date(2026, 11, 28), "XX", False),
        (date(2026, 2, 14), "CN", True),  # a Saturday that is worked to make a holiday longer
    ],
)
def test_is_business_day(day: date, calendar: str, open_: bool) -> None:
    assert is_business_day(day, calendar) is open_


@pytest.mark.parametrize(
    ("day", "n", "calendar", "then"),
    [
        (date(2026, 11, 2), 0, "DE", date(2026, 11, 2)),
        (date(2026, 11, 2), 5, "DE", date(2026, 11, 9)),
        (date(2026, 11, 7), 0, "DE", date(2026, 11, 9)),
        (date(2026, 11, 7), 1, "DE", date(2026, 11, 9)),
        (date(2026, 12, 23), 2, "DE", date(2026, 12, 28)),  # over Christmas
        (date(2026, 12, 30), 2, TARGET, date(2027, 1, 4)),  # over the year's end
        (date(2026, 4, 2), 1, TARGET, date(2026, 4, 7)),  # over Easter
    ],
)
def test_add_business_days(day: date, n: int, calendar: str, then: date) -> None:
    assert add_business_days(day, n, calendar) == then


@pytest.mark.parametrize("n", [-1, 1001, 10**9])
def test_a_count_out_of_range_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="0 to 1000"):
        add_business_days(date(2026, 11, 2), n, "DE")


@settings(max_examples=150, deadline=None)
@given(DAYS, st.integers(0, 60), st.integers(1, 60), CALENDARS)
def test_laws_of_adding(day: date, n: int, m: int, calendar: str) -> None:
    there = add_business_days(day, n, calendar)
    assert is_business_day(there, calendar)
    assert there >= day
    between = (day + timedelta(days=i) for i in range(1, (there - day).days + 1))
    if n:
        assert add_business_days(there, m, calendar) == add_business_days(day, n + m, calendar)
        assert sum(is_business_day(one, calendar) for one in between) == n


@settings(max_examples=100, deadline=None)
@given(DAYS, CALENDARS, CALENDARS)
def test_the_next_common_day_is_the_first(day: date, one: str, other: str) -> None:
    found = next_business_day(day, one, other)
    assert is_business_day(found, one)
    assert is_business_day(found, other)
    skipped = [day + timedelta(days=i) for i in range((found - day).days)]
    assert not any(is_business_day(d, one) and is_business_day(d, other) for d in skipped)


def test_a_place_keeps_its_own_clock() -> None:
    berlin, new_york = Place("DE", "Europe/Berlin"), Place("US", "America/New_York")
    late = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
    assert berlin.day(late) == date(2026, 11, 3)
    assert new_york.day(late) == date(2026, 11, 2)
    assert berlin.moment(date(2026, 7, 1), time(9)) == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert berlin.moment(date(2026, 12, 1), time(9)) == datetime(2026, 12, 1, 8, tzinfo=UTC)
