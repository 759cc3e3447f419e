"""Finds the products that a text names, of those on the customer's orders: with or without version and edition."""

import re
from collections.abc import Iterable
from functools import lru_cache

from mailbot.reading.folding import Page, fold
from mailbot.reading.phrases import Pattern, compiled

MOST = 20
_MOST_PRODUCTS = 500
_SHORTEST = 4
"""Letters that a shortened name keeps at least: a shop's "Pro 5" is not found in every "pro"."""
_VERSION = re.compile(rb"(?:\s+(?:version|v\.?|ver\.?|vers\.?))?\s+(?:v?[0-9]+(?:\.[0-9x]+)*|20[0-9]{2}|[ivx]{1,4})$")
_EDITIONS = frozenset(
    b"pro professional premium home standard deluxe ultimate personal business enterprise edition plus family basic "
    b"student lite full upgrade update lizenz license licence version windows mac win macos linux bundle suite".split()
)


class Products:
    """The names of some products, ready to be found."""

    def __init__(self, names: Iterable[str]) -> None:
        self._meant: dict[bytes, dict[str, None]] = {}
        for name in [n for n in names if n.strip()][:_MOST_PRODUCTS]:
            for short in _ways_to_say(name):
                self._meant.setdefault(short, {})[name] = None
        self._pattern = _pattern(self._meant)

    def find(self, page: Page) -> list[str]:
        """The products' own names, in the order of the text. A name that several share stands for all of them."""
        found: dict[str, None] = {}
        for match in self._pattern.finditer(page.folded) if self._pattern else ():
            found.update(self._meant.get(b" ".join(match.group().split()), {}))
            if len(found) >= MOST:
                break
        return list(found)[:MOST]


def _ways_to_say(name: str) -> list[bytes]:
    """The folded name, without its version, and without its edition. A bare common word is no name."""
    full = b" ".join(fold(re.sub(r"\([^()]*\)|[®™©,]", " ", name)).split())[:200]
    ways = [full]
    without = _VERSION.sub(b"", full)
    ways.append(without)
    words = without.split()
    while len(words) > 1 and words[-1].strip(b"()") in _EDITIONS:
        words = words[:-1]
        ways.append(_VERSION.sub(b"", b" ".join(words)))
    return [way for n, way in enumerate(dict.fromkeys(ways)) if _is_name(way) or (n == 0 and len(way) > 1)]


def _is_name(way: bytes) -> bool:
    return len(way) >= _SHORTEST and not all(word in _EDITIONS for word in way.split())


def _pattern(ways: Iterable[bytes]) -> Pattern | None:
    patterns = [rb"\s+".join(re.escape(word) for word in way.split()) for way in sorted(ways, key=len, reverse=True)]
    return compiled(rb"(?:^|\b)(?:" + rb"|".join(patterns) + rb")(?:\b|$)") if patterns else None


@lru_cache(maxsize=256)
def products(names: tuple[str, ...]) -> Products:
    """The products of these names, compiled once for each set of them."""
    return Products(names)
