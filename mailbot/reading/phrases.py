"""Turns the words of the rules files into linear-time patterns over folded text."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

import re2

from mailbot.reading.folding import fold

NEVER = rb"(?:[^\x00-\xff])"
"""A pattern that matches nothing."""


class Match(Protocol):
    """What google-re2 finds; spans are places in the bytes."""

    def group(self, group: int = 0, /) -> bytes: ...
    def groups(self) -> tuple[Any, ...]: ...
    def span(self, group: int = 0, /) -> tuple[int, int]: ...
    def start(self, group: int = 0, /) -> int: ...
    def end(self, group: int = 0, /) -> int: ...


class Pattern(Protocol):
    """A compiled pattern of google-re2, which exports no name and no types for it."""

    def search(self, text: bytes, pos: int = 0, /) -> Match | None: ...
    def finditer(self, text: bytes, /) -> Iterator[Match]: ...


def phrase(words: str) -> bytes:
    """A pattern for the words as whole words; a `*` at the end stands for any ending. Example: `"par carte"`."""
    folded = fold(words.strip())
    open_end = folded.endswith(b"*")
    body = rb"\s+".join(re.escape(word) for word in folded.rstrip(b"*").split())
    start = rb"\b" if folded[:1].isalnum() else b""
    end = rb"[a-z]*\b" if open_end else rb"\b" if folded[-1:].isalnum() else b""
    return start + body + end


def any_of(phrases: Iterable[str]) -> bytes:
    """A pattern for any of the phrases, the longest first; one that never matches when there are none.

    A phrase with a sign that has no folded form ("₹") is left out: it would match every other such sign.
    """
    sound = {words for words in phrases if words.strip() and (b"?" in fold(words)) == ("?" in words)}
    patterns = sorted({phrase(words) for words in sound}, key=lambda p: (-len(p), p))
    return b"(?:" + b"|".join(patterns) + b")" if patterns else NEVER


def compiled(pattern: bytes) -> Pattern:
    """The pattern over folded bytes (one byte is one character). Raises re2.error."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.log_errors = False
    pattern_of_bytes: Pattern = re2.compile(pattern, options)
    return pattern_of_bytes
