"""Tells what a mail is like: how near it is to the examples of each kind, whatever the rules say.

A linear model over words, pieces of words, pairs of words and the groups of words.toml, learned by `tools/learn.py`
and shipped as `rules/reading/proposer.bin`. weigh.py says what it may do. Without the file nothing is proposed.

The shape is that of fastText (Joulin et al. 2016): a text is the mean of its words, a word the sum of its pieces, and
every piece a row of a hashed table. The groups have the same names in all languages: each learns from the others.
"""

import json
import math
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

FILE = "reading/proposer.bin"
MOST_WORDS = 160  # of a text: a longer one asks for more than a likeness can tell
MOST_TOKENS = 3 * MOST_WORDS  # words and marks: of more, the words need not be counted
_REMEMBERED, _LONGEST = 12_000, 40  # words, and letters of a word
_FINE = 16  # parts of a weight: words are kept as small integers
UNCLEAR = 0.5  # of its weight: most that is learned of it is of other trades, which seldom write to a shop
_PIECES = (3, 4, 5)  # letters of a piece of a word
_SHARED = 4  # letters from which a piece is also looked at without its language: licence, licencia, licenza
_PAIR = 6  # letters of each word of a pair


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely each kind is for a text of so many words (they sum to 1), and for each the words that speak for it."""

    kinds: Mapping[str, float]
    words: int
    telling: Callable[[str], tuple[str, ...]]

    @property
    def best(self) -> str:
        """The likeliest kind."""
        return max(self.kinds, key=self.kinds.__getitem__)


class Proposer:
    """A learned table, ready to be asked. Build it by `load`."""

    def __init__(self, kinds: Sequence[str], scale: float, rows: bytes) -> None:
        """`rows` holds a signed byte for each kind, row after row; times `scale` it is a weight."""
        self.kinds, self._scale = tuple(kinds), scale
        self._rows = memoryview(array("b", rows))
        self._mask = len(self._rows) // len(self.kinds) - 1
        self._word = lru_cache(_REMEMBERED)(self._fresh_word)
        self._idea = lru_cache(500)(lambda idea: self._row(idea_of(idea)))
        self._none = (0,) * len(self.kinds)
        self._unclear = self.kinds.index("unclear") if "unclear" in self.kinds else -1

    def likelihoods(self, language: str, words: Sequence[str], ideas: Sequence[str] = ()) -> dict[str, float]:
        """How likely each kind is, for a text in that language; `words` are folded (see tokens.tokens)."""
        by_word = self._sum([self._word(language, word) for word in words])
        others = self._sum([*map(self._row, pairs(language, words)), *map(self._idea, ideas)])
        share = self._scale / math.sqrt(max(len(words), 1))
        powers = [math.exp((word / _FINE + other) * share) for word, other in zip(by_word, others, strict=True)]
        if self._unclear >= 0:
            powers[self._unclear] *= UNCLEAR
        whole = sum(powers)
        return dict(zip(self.kinds, (power / whole for power in powers), strict=True))

    def liken(self, language: str, tokens: Sequence[str], ideas: Sequence[str] = ()) -> Likeness | None:
        """What a text is like; None for a long text, or one without words. `ideas` are the groups of its words."""
        words = words_of(tokens)
        if not words or len(words) > MOST_WORDS:
            return None
        return Likeness(
            self.likelihoods(language, words, ideas), len(words), lambda kind: self._telling(language, words, kind)
        )

    def _telling(self, language: str, words: Sequence[str], name: str) -> tuple[str, ...]:
        """The words that speak most for the kind, beside what they say for the others."""
        kind = self.kinds.index(name)
        rated = {
            word: vector[kind] - sum(vector) / len(vector) for word in words for vector in [self._word(language, word)]
        }
        return tuple(sorted(rated, key=rated.__getitem__, reverse=True)[:3])

    def _fresh_word(self, language: str, word: str) -> Sequence[int]:
        """The sum of its pieces by the root of their number, times _FINE."""
        pieces = list(pieces_of(language, word))
        weight = _FINE / math.sqrt(len(pieces))
        return array("h", [round(value * weight) for value in self._sum([self._row(piece) for piece in pieces])])

    def _row(self, piece: str) -> Sequence[int]:
        size = len(self.kinds)
        start = (zlib.crc32(piece.encode()) & self._mask) * size
        return self._rows[start : start + size]

    def _sum(self, rows: Sequence[Sequence[int]]) -> Sequence[int]:
        return tuple(map(sum, zip(*rows, strict=True))) if rows else self._none


def words_of(tokens: Sequence[str]) -> list[str]:
    """The words among tokens, without marks; numbers are all alike."""
    return [
        "0" if token.isdigit() else token[:_LONGEST] for token in tokens if token[0].isalnum() or token[0] in "\x02\x03"
    ]


def pieces_of(language: str, word: str) -> Iterator[str]:
    """What is looked up for a word: itself and its pieces in its language, and longer pieces in any."""
    yield f"{language}:{word}"
    fenced = f"<{word[:30]}>"
    for length in _PIECES:
        for start in range(len(fenced) - length + 1):
            piece = fenced[start : start + length]
            yield f"{language}#{piece}"
            if length >= _SHARED:
                yield f"#{piece}"


def pairs(language: str, words: Sequence[str]) -> Iterator[str]:
    """What is looked up for words that stand side by side."""
    for first, second in pairwise(words):
        yield f"{language}:{first[:_PAIR]} {second[:_PAIR]}"


def idea_of(name: str) -> str:
    """What is looked up for a group of words."""
    return f"@{name}"


def load(folders: Sequence[Path]) -> Proposer | None:
    """The proposer of the first rules folder that has one; None where there is none, or none that can be read."""
    path = next((path for folder in folders if (path := folder / FILE).is_file()), None)
    if path is None:
        return None
    head, _, packed = path.read_bytes().partition(b"\n")
    about = json.loads(head)
    return Proposer(about["kinds"], about["scale"], zlib.decompress(packed))


def save(path: Path, kinds: Sequence[str], scale: float, rows: bytes) -> None:
    """Writes what `load` reads: a line of JSON, and the table."""
    head = json.dumps({"kinds": list(kinds), "scale": scale}).encode()
    path.write_bytes(head + b"\n" + zlib.compress(rows, 9))
