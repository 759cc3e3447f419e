"""Runs all rules of one language over a text, and says which of them matched, and where.

A rule is tried only on sentences that hold all the words it needs: an index answers that for all rules at once. (One
big re2.Set took 1.3 ms a sentence with these rules, because the gaps in them multiply its states; this takes 0.02.)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import re2

from mailbot.reading.vocabulary import WIDTH, Vocabulary, tokens

LONGEST = 18  # words: what stands farther apart than this was not said together
MOST = 20  # places at which one rule is looked at in one sentence
MAX_CHARACTERS = 16_000  # of a text: what comes after is a log or a book, not a request
_NEEDS = 4  # of the words that a rule needs, how many the index knows
_LAST_HARD, _LAST_BREAK = "\u1007", "\u10ff"


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern: `role` is says, hints, unless or the name of a frame; `place` is its file and line."""

    kind: str
    role: str
    pattern: str
    place: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule matched the tokens from `start` up to `end`."""

    rule: Rule
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text as the rules see it: its tokens, and the same as letters."""

    tokens: Sequence[str]
    letters: str
    data: bytes

    def sentence(self, hit: Hit) -> tuple[int, int]:
        """The first and the last token (exclusive) of the sentence in which the hit begins."""
        return self._around(hit, _LAST_HARD)

    def clause(self, hit: Hit) -> tuple[int, int]:
        """The same for its clause."""
        return self._around(hit, _LAST_BREAK)

    def _around(self, hit: Hit, last_break: str) -> tuple[int, int]:
        start = end = next((i for i in range(hit.start, hit.end) if self.letters[i] > last_break), hit.start)
        while start > 0 and self.letters[start - 1] > last_break:
            start -= 1
        while end < len(self.letters) and self.letters[end] > last_break:
            end += 1
        return start, end

    def sentences(self) -> Iterator[tuple[int, int]]:
        """All sentences, each with the marks before and after it."""
        start = 0
        for position, letter in enumerate(self.letters):
            if letter <= _LAST_HARD:
                if position > start + 1:
                    yield start, position + 1
                start = position

    def words(self, hit: Hit) -> str:
        return " ".join(token for token in self.tokens[hit.start : hit.end] if token[0] not in "\n.,!;:(?")


class Matcher:
    """The rules of one language: an index over the words they need, and each compiled when first needed.

    `rules` come with their RE2 source and the sets of letters of which they need one each.
    """

    def __init__(
        self, language: str, words: Vocabulary, rules: Sequence[tuple[Rule, str, Sequence[frozenset[str]]]]
    ) -> None:
        self.language, self._words = language, words
        self.rules = tuple(rule for rule, _, _ in rules)
        self._sources = tuple(source for _, source, _ in rules)
        self._single: dict[int, Any] = {}
        self._index, self._undemanding = _index([needs for _, _, needs in rules])
        self._roles = {role: sum(1 << i for i, r in enumerate(self.rules) if r.role == role) for role in ("says", "hints")}
        self._others = ((1 << len(self.rules)) - 1) & ~self._roles["says"] & ~self._roles["hints"]

    def look(self, text: str) -> Text:
        """The text in letters."""
        found = [".", *tokens(text[:MAX_CHARACTERS]), "."]
        data = self._words.encode(found)
        return Text(found, data.decode(), data)

    def find(self, text: Text, role: str) -> list[Hit]:
        """Every place where a rule of a role matches, in the order of the text: says, hints, or "" for all others."""
        wanted = self._roles.get(role, self._others)
        found = [
            hit
            for start, end in text.sentences()
            for number in self._candidates(text.letters[start:end], wanted)
            for hit in self._hits(text, number, start, end)
        ]
        return sorted(found, key=lambda hit: (hit.start, hit.end))

    def _candidates(self, letters: str, wanted: int) -> Iterator[int]:
        """The numbers of the wanted rules whose needs are all met by a sentence."""
        met = self._undemanding
        for bits in map(self._index.get, set(letters)):
            if bits:
                met |= bits
        size = len(self.rules)
        left = wanted & met & met >> size & met >> 2 * size & met >> 3 * size
        while left:
            low = left & -left
            yield low.bit_length() - 1
            left ^= low

    def _hits(self, text: Text, number: int, first: int, last: int) -> Iterator[Hit]:
        """Where one rule matches in a sentence; what lies too far apart is left out."""
        single = self._single.get(number)
        if single is None:
            single = self._single[number] = re2.compile(self._sources[number], _options())
        for match in islice(single.finditer(text.data, first * WIDTH, last * WIDTH), MOST):
            start, end = match.start() // WIDTH, match.end() // WIDTH
            if end - start <= LONGEST:
                yield Hit(self.rules[number], start, end)


def _index(needs: Sequence[Sequence[frozenset[str]]]) -> tuple[dict[str, int], int]:
    """For every letter the needs that it meets, and the needs that nobody has, as bits: need * rules + rule."""
    index: dict[str, int] = {}
    undemanding = 0
    for number, sets in enumerate(needs):
        rarest = sorted(sets, key=len)[:_NEEDS]
        for slot in range(_NEEDS):
            bit = 1 << slot * len(needs) + number
            if slot >= len(rarest):
                undemanding |= bit
                continue
            for letter in rarest[slot]:
                index[letter] = index.get(letter, 0) | bit
    return index, undemanding


def _options() -> Any:
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    return options
