"""Runs all rules of one language over a text, and says which of them matched, and where.

A rule is tried only on sentences that hold all the words it needs: an index answers that for all rules at once. (One
big re2.Set took 1.3 ms a sentence with these rules, because the gaps in them multiply its states; this takes 0.02.)
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any

import re2

from mailbot.reading.vocabulary import WIDTH, Vocabulary, tokens

LONGEST = 18  # words: what stands farther apart than this was not said together
MOST = 20  # places at which one rule is looked at in one sentence
MAX_CHARACTERS = 16_000  # of a text: what comes after is a log or a book, not a request
ASKING = ("says", "hints")
_NEEDS = 4  # of the words that a rule needs, how many the index knows
_LAST_HARD, _LAST_BREAK = "\u1007", "\u10ff"
_SENTENCE = re.compile("[^\u1000-\u1007]+")


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
        for match in _SENTENCE.finditer(self.letters):
            yield match.start() - 1, match.end() + 1

    def words(self, hit: Hit) -> str:
        return " ".join(token for token in self.tokens[hit.start : hit.end] if token[0] not in "\n.,!;:(?")


class Matcher:
    """The rules of one language: an index over the words they need, and each compiled when first needed.

    `rules` come with their RE2 source and the sets of letters of which they need one each; `common` says how often each
    letter stands in ordinary texts; `scopes` names the roles that take
    requests back: whether they do so from anywhere in a mail, and of which kinds besides their own.
    """

    def __init__(
        self,
        language: str,
        words: Vocabulary,
        rules: Sequence[tuple[Rule, str, Sequence[frozenset[str]]]],
        common: Mapping[str, int],
        scopes: Mapping[str, tuple[bool, frozenset[str]]],
    ) -> None:
        self.language, self._words = language, words
        self.rules = tuple(rule for rule, _, _ in rules)
        self._sources = tuple(source for _, source, _ in rules)
        self._gates: dict[int, Any] = {}
        self._single: dict[int, Any] = {}
        self._index, self._undemanding = _index([needs for _, _, needs in rules], common)
        self._asking = _bits(rule.role in ASKING for rule in self.rules)
        self._triggers = frozenset(letter for letter, bits in self._index.items() if bits & self._asking)
        self._concern = {
            (kind, anywhere): _bits(
                scopes.get(rule.role, (None,))[0] is anywhere and (rule.kind == kind or kind in scopes[rule.role][1])
                for rule in self.rules
            )
            for kind in {rule.kind for rule in self.rules}
            for anywhere in (True, False)
        }

    def look(self, text: str) -> Text:
        """The text in letters."""
        found = [".", *tokens(text[:MAX_CHARACTERS]), "."]
        data = self._words.encode(found)
        return Text(found, data.decode(), data)

    def requests(self, text: Text) -> list[Hit]:
        """Every place where something is asked for, or hinted at, in the order of the text."""
        spans = [span for span in text.sentences() if not self._triggers.isdisjoint(text.letters[span[0] : span[1]])]
        return sorted(self._find(text, spans, self._asking), key=lambda hit: (hit.start, hit.end))

    def circumstances(self, text: Text, requests: Sequence[Hit]) -> list[Hit]:
        """What may take requests back: in their own sentences, and what counts wherever it stands in the mail."""
        kinds = {hit.rule.kind for hit in requests}
        near, anywhere = (reduce(or_, (self._concern[kind, where] for kind in kinds), 0) for where in (False, True))
        spans = list(text.sentences())
        theirs = [span for span in spans if any(span[0] < hit.end and hit.start < span[1] for hit in requests)]
        return [*self._find(text, theirs, near), *self._find(text, spans, anywhere)]

    def _find(self, text: Text, spans: Iterable[tuple[int, int]], wanted: int) -> Iterator[Hit]:
        wanted = self._met(text.letters, wanted)
        for start, end in spans if wanted else ():
            data = text.data[start * WIDTH : end * WIDTH]
            for number in _numbers(self._met(text.letters[start:end], wanted)):
                gate = self._gates.get(number) or self._gate(number)
                if gate.Match(data):
                    yield from self._hits(data, number, start)

    def _met(self, letters: str, wanted: int) -> int:
        """Which of the wanted rules find all they need among these letters, as bits."""
        index, size = self._index, len(self.rules)
        met = reduce(or_, [index[letter] for letter in set(letters) if letter in index], self._undemanding)
        return wanted & met & met >> size & met >> 2 * size & met >> 3 * size

    def _hits(self, data: bytes, number: int, offset: int) -> Iterator[Hit]:
        """Where one rule matches in a sentence; what lies too far apart is left out."""
        single = self._single.get(number)
        if single is None:
            single = self._single[number] = re2.compile(self._sources[number], _options())
        for match in islice(single.finditer(data), MOST):
            start, end = match.start() // WIDTH, match.end() // WIDTH
            if end - start <= LONGEST:
                yield Hit(self.rules[number], offset + start, offset + end)

    def _gate(self, number: int) -> Any:
        """A set of this rule alone: it says in a third of the time whether looking for places is worth it."""
        gate = re2.Set.SearchSet(_options())
        gate.Add(self._sources[number])
        gate.Compile()
        self._gates[number] = gate
        return gate


def _index(needs: Sequence[Sequence[frozenset[str]]], common: Mapping[str, int]) -> tuple[dict[str, int], int]:
    """For every letter the needs it meets, as bits (need * rules + rule); and the bits of needs that a rule has not.

    The rarest need comes first; rare is what stands seldom in `common`.
    """
    index: dict[str, int] = {}
    undemanding = 0
    for number, sets in enumerate(needs):
        rarest = sorted(sets, key=lambda letters: sum(common.get(letter, 0) for letter in letters))[:_NEEDS]
        for slot in range(_NEEDS):
            bit = 1 << slot * len(needs) + number
            if slot >= len(rarest):
                undemanding |= bit
                continue
            for letter in rarest[slot]:
                index[letter] = index.get(letter, 0) | bit
    return index, undemanding


def _numbers(bits: int) -> Iterator[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def _bits(flags: Iterable[bool]) -> int:
    return sum(1 << number for number, flag in enumerate(flags) if flag)


def _options() -> Any:
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    return options
