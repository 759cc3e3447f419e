"""Invoice numbers: the seller's year, the pattern, and that no two are alike."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.invoices.number import PATTERN, format_number, pattern_fault, series_of


def test_the_year_is_the_sellers() -> None:
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert series_of(new_year, "Europe/Berlin") == "2027"
    assert series_of(new_year, "America/New_York") == "2026"


@pytest.mark.parametrize(
    ("pattern", "n", "written"),
    [
        (PATTERN, 1, "R-2026-00001"),
        (PATTERN, 123456, "R-2026-123456"),
        ("{year}/{n}", 7, "2026/7"),
        ("INV-{n:03}.{year}", 7, "INV-007.2026"),
    ],
)
def test_how_a_number_is_written(pattern: str, n: int, written: str) -> None:
    assert format_number("2026", n, pattern) == written


@pytest.mark.parametrize(
    "pattern",
    ["R-{n}", "R-{year}", "{year}{n}", "{year}0{n}", "{n}{year}", "{year}-{n}-{n}", "{year}-{n} €", "", "<{year}-{n}>"],
)
def test_a_pattern_that_could_repeat_or_break_is_refused(pattern: str) -> None:
    assert pattern_fault(pattern)
    with pytest.raises(ValueError, match="invoice number"):
        format_number("2026", 1, pattern)


@pytest.mark.parametrize("n", [0, -1])
def test_numbers_count_from_one(n: int) -> None:
    with pytest.raises(ValueError, match="count from 1"):
        format_number("2026", n)


@given(
    st.sampled_from([PATTERN, "{n:02}-{year}", "{year}.{n}", "A1-{year}/X{n:09}"]),
    st.tuples(st.integers(2000, 2100), st.integers(1, 10**7)),
    st.tuples(st.integers(2000, 2100), st.integers(1, 10**7)),
)
def test_no_two_are_alike(pattern: str, one: tuple[int, int], other: tuple[int, int]) -> None:
    written = [format_number(str(year), n, pattern) for year, n in (one, other)]
    assert (written[0] == written[1]) is (one == other)
