"""What a shop's order numbers look like, learned from the shop's own numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from mailbot.reading.folding import fold
from mailbot.reading.phrases import NEVER, Pattern, compiled

LONGEST = 40
"""Characters of an order number."""
_MOST_SHAPES = 200
_RUNS = re.compile(r"[0-9]+|[^\W\d_]+|[\W_]+")
_CLASSES = {"#": rb"[0-9]", "@": rb"[a-z]", "*": rb"[a-z0-9]"}


def shape_of(number: str) -> str:
    """`#` for a digit, `@` for a letter, `*` for either; the letters in front and all other signs stay.

    Examples: `10023` → `#####`, `R-2026-0815` → `R-####-####`, `77120-B` → `#####-@`, `X7K2P9` → `******`.
    The same signs serve a shop that writes its shapes down.
    """
    number = number.strip().lstrip("#")[:LONGEST]
    parts = re.split(r"([\W_]+)", number)
    return "".join(_part(part, first=n == 0) for n, part in enumerate(parts))


def _part(part: str, *, first: bool) -> str:
    runs = _RUNS.findall(part)
    if len(runs) > 3:
        return "*" * len(part)
    return "".join(
        "#" * len(run) if run.isdigit() else run if not run.isalpha() or (first and n == 0) else "@" * len(run)
        for n, run in enumerate(runs)
    )


class Shapes:
    """The shapes of one shop's numbers, and the numbers themselves as far as they are known."""

    def __init__(self, known: Sequence[str], shapes: Sequence[str]) -> None:
        self.known = {_bare(number): number for number in known if number.strip("# ")}
        self.shapes = tuple(dict.fromkeys([*shapes, *(shape_of(number) for number in known)]))[:_MOST_SHAPES]
        self._lower_case = any(any(c.islower() for c in s) for s in self.shapes)
        exact = [_pattern(shape, spare=False) for shape in self.shapes if len(shape) <= LONGEST]
        loose = [_pattern(shape, spare=True) for shape in self.shapes if len(shape) <= LONGEST]
        self._exact, self._loose = _whole(exact), _whole(loose)
        self._spaced = compiled(rb"\b(?:" + (rb"|".join(_spaced_forms(known)) or NEVER) + rb")\b")

    def __bool__(self) -> bool:
        return bool(self.shapes)

    def spelled(self, number: str) -> str:
        """The number as the shop writes it: `r 2026 0815` is the known `R-2026-0815`; else in the shop's case."""
        known = self.known.get(_bare(number))
        return known.strip().lstrip("#") if known else number if self._lower_case else number.upper()

    def knows(self, token: str) -> bool:
        """It is one of the known numbers, signs between and upper case apart."""
        return _bare(token) in self.known

    def spaced(self, folded: bytes) -> list[tuple[int, int]]:
        """Where known numbers stand with spaces for their signs: "R 2026 0815"."""
        return [match.span() for match in islice(self._spaced.finditer(folded), _MOST_SHAPES)]

    def fits(self, folded: bytes, *, grown: bool = False) -> bool:
        """It has one of the shapes; `grown`: or has one digit more somewhere, as numbers grow in time."""
        return (self._loose if grown else self._exact).search(folded) is not None


def _bare(number: str) -> str:
    return "".join(c for c in number.upper() if c.isalnum())


def _pattern(shape: str, *, spare: bool) -> bytes:
    """The shape's pattern; with `spare` each run of digits may be one digit longer."""
    pattern = b""
    for run in re.findall(r"#+|@+|\*+|[^#@*]+", shape):
        if run[0] not in _CLASSES:
            pattern += re.escape(fold(run))
        else:
            more = b"," + str(len(run) + 1).encode() if spare and run[0] == "#" else b""
            pattern += _CLASSES[run[0]] + b"{" + str(len(run)).encode() + more + b"}"
    return pattern


def _spaced_forms(known: Iterable[str]) -> Iterator[bytes]:
    """Patterns for the numbers that have several parts, with one space or sign, or none, between them."""
    for number in islice(known, _MOST_SHAPES):
        parts = re.findall(r"[0-9]+|[a-z]+", fold(number[:LONGEST]).decode("latin-1"))
        if len(parts) > 1 and sum(map(len, parts)) >= 5:
            yield rb"[\s/_.-]?".join(part.encode() for part in parts)


def _whole(patterns: Iterable[bytes]) -> Pattern:
    return compiled(rb"^(?:" + (rb"|".join(patterns) or NEVER) + rb")$")


@lru_cache(maxsize=256)
def shapes(known: tuple[str, ...], written: tuple[str, ...]) -> Shapes:
    """The shapes of these numbers, compiled once for each set of them."""
    return Shapes(known, written)
