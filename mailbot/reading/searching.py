"""Asks google-re2 whether and where a pattern matches, without the objects that its Python wrapper makes.

The wrapper costs about 5 µs a search, more than most searches take. What it is built on is no public interface: where
a later release has it no more, the wrapper does the same.
"""

from collections.abc import Callable
from typing import Any

import re2

_ANCHOR = getattr(getattr(re2, "_Anchor", None), "UNANCHORED", None)


def holds(pattern: Any) -> Callable[[str | bytes], bool]:
    """A function that says whether the compiled pattern matches anywhere in a text."""
    match = _match_of(pattern)
    if match is None:
        return lambda text: pattern.search(text) is not None

    def search(text: str | bytes) -> bool:
        data = text.encode() if isinstance(text, str) else text
        return bool(match(_ANCHOR, data, 0, len(data))[0][0] >= 0)

    return search


def places(pattern: Any, most: int) -> Callable[[bytes], list[tuple[int, int]]]:
    """A function that finds the first `most` matches in bytes, as (start, end), of a pattern that needs a character."""
    match = _match_of(pattern)

    def search(data: bytes) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        at, end = 0, len(data)
        while at < end and len(found) < most:
            span = match(_ANCHOR, data, at, end)[0] if match else _wrapped(pattern, data, at)
            if span[0] < 0:
                break
            found.append(span)
            at = max(span[1], at + 1)
        return found

    return search


def _match_of(pattern: Any) -> Any:
    """The matching function below the wrapper, None where it does not answer as expected."""
    match = getattr(getattr(pattern, "_regexp", None), "Match", None)
    try:
        return match if match is not None and len(match(_ANCHOR, b"", 0, 0)[0]) == 2 else None
    except (TypeError, IndexError):
        return None


def _wrapped(pattern: Any, data: bytes, at: int) -> tuple[int, int]:
    found = pattern.search(data, at)
    return found.span() if found else (-1, -1)
