"""The short cut below google-re2's wrapper finds what the wrapper finds, and does without it where it is gone."""

from typing import Any

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from mailbot.reading.searching import holds, places

PATTERNS = ("ab", "a+b?", "(?:a|bc)+", "(a)|(b)", "[^a]c", "aé")


class Wrapped:
    """A pattern of a release in which nothing below the wrapper can be reached."""

    def __init__(self, pattern: Any) -> None:
        self.search = pattern.search


class Changed(Wrapped):
    """A pattern of a release in which what lies below answers otherwise."""

    class _Inner:
        def Match(self, *_: object) -> bool:
            return True

    _regexp = _Inner()


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text("abcé ", max_size=30))
def test_it_finds_what_the_wrapper_finds(pattern: str, text: str) -> None:
    compiled, data = re2.compile(pattern), text.encode()
    expected = [match.span() for match in compiled.finditer(data)]
    for way in (compiled, Wrapped(compiled), Changed(compiled)):
        assert places(way, 100)(data) == expected
        assert holds(way)(text) is holds(way)(data) is bool(expected)


def test_it_stops_after_the_most_that_are_asked_for() -> None:
    assert places(re2.compile("a"), 2)(b"aaaa") == [(0, 1), (1, 2)]


def test_the_short_cut_is_there() -> None:
    """Fails when an update of google-re2 takes it away: then reading is right but slower."""
    assert "match" in holds(re2.compile("a")).__code__.co_freevars
