"""Proposes what a mail might be about where no rule found anything, by its likeness to the rules' own examples.

A linear model over words, pieces of words and pairs of words, learned by `tools/learn.py` and shipped as
`rules/reading/proposer.bin`. What it proposes is no evidence: it never stands against a rule, and never names a kind
that changes or discloses something on its own word. Without the file nothing is proposed.

The shape is that of fastText (Joulin et al. 2016): a text is the mean of its words, a word the sum of its pieces, and
every piece a row of a hashed table.
"""

import json
import math
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

FILE = "reading/proposer.bin"
MOST_WORDS = 120  # of a text: a longer one asks for more than a likeness can tell
FLOOR, HIGH_FLOOR = 0.25, 0.4  # likelihood from which a proposal is made; of what sends something, the higher one
SENDS = {"resend_key", "resend_download", "invoice_copy", "invoice_correction", "change_payment", "purchase_lookup"}
NEVER = {"unclear", "cancel_order", "refund", "withdrawal", "cancel_renewal", "change_email", "privacy_request"}
"""What is never proposed: what these kinds change is not given back by saying sorry."""
_PIECES = (3, 4, 5)  # letters of a piece of a word
_SHARED = 4  # letters from which a piece is also looked at without its language: licence, licencia, licenza
_PAIR = 6  # letters of each word of a pair

Vector = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A kind, how likely it is (0 to 1), and the words that speak for it most."""

    kind: str
    likelihood: float
    words: tuple[str, ...]

    @property
    def why(self) -> str:
        """For the `because`: the likeness, and that no rule stands behind it."""
        return f"no rule, but like the examples of {self.kind} ({self.likelihood:.2f}): {', '.join(self.words)}"


class Proposer:
    """A learned table, ready to propose with. Build it by `load`."""

    def __init__(self, kinds: Sequence[str], scale: float, rows: bytes) -> None:
        """`rows` holds a signed byte for each kind, row after row; times `scale` it is a weight."""
        self.kinds, self._scale = tuple(kinds), scale
        self._rows = array("b", rows)
        self._mask = len(self._rows) // len(self.kinds) - 1
        self._word = lru_cache(4_000)(self._fresh_word)
        self._none = (0.0,) * len(self.kinds)

    def likelihoods(self, language: str, words: Sequence[str]) -> dict[str, float]:
        """How likely each kind is, for a text in that language; `words` are folded (see tokens.tokens)."""
        sums = self._sum([self._word(language, word) for word in words] + [*self._pairs(language, words)])
        share = self._scale / math.sqrt(max(len(words), 1))
        powers = [math.exp(value * share) for value in sums]
        return dict(zip(self.kinds, (power / sum(powers) for power in powers), strict=True))

    def propose(self, language: str, tokens: Sequence[str]) -> Proposal | None:
        """The likeliest kind of a text, when it is likely enough; None for a long text, or one like nothing known."""
        words = words_of(tokens)
        if not words or len(words) > MOST_WORDS:
            return None
        likely = self.likelihoods(language, words)
        kind = max(likely, key=likely.__getitem__)
        if kind in NEVER or likely[kind] < (HIGH_FLOOR if kind in SENDS else FLOOR):
            return None
        return Proposal(kind, likely[kind], self._telling(language, words, self.kinds.index(kind)))

    def _telling(self, language: str, words: Sequence[str], kind: int) -> tuple[str, ...]:
        """The words that speak most for the kind, beside what they say for the others."""
        rated = {
            word: vector[kind] - sum(vector) / len(vector) for word in words for vector in [self._word(language, word)]
        }
        return tuple(sorted(rated, key=rated.__getitem__, reverse=True)[:3])

    def _pairs(self, language: str, words: Sequence[str]) -> Iterator[Vector]:
        for pair in pairs(language, words):
            yield self._row(pair)

    def _fresh_word(self, language: str, word: str) -> Vector:
        pieces = list(pieces_of(language, word))
        weight = 1 / math.sqrt(len(pieces))
        return tuple(value * weight for value in self._sum([self._row(piece) for piece in pieces]))

    def _row(self, piece: str) -> Vector:
        size = len(self.kinds)
        start = (zlib.crc32(piece.encode()) & self._mask) * size
        return tuple(self._rows[start : start + size])

    def _sum(self, vectors: Sequence[Vector]) -> Vector:
        return tuple(map(sum, zip(*vectors, strict=True))) if vectors else self._none


def words_of(tokens: Sequence[str]) -> list[str]:
    """The words among tokens, without marks; numbers are all alike."""
    return ["0" if token.isdigit() else token for token in tokens if token[0].isalnum() or token[0] in "\x02\x03"]


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
