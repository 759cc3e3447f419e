"""Runs all rules of one language over a text, and says which of them matched, and where.

A rule is tried only on sentences that hold all the words it needs: an index answers that for all rules at once. (One
big re2.Set took 1.3 ms a sentence with these rules, because the gaps in them multiply its states; this takes 0.02.)
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any
from zlib import compress, decompress

import re2

from mailbot.reading.searching import places
from mailbot.reading.tokens import tokens
from mailbot.reading.vocabulary import WIDTH, Vocabulary

LONGEST = 18  # words: what stands farther apart than this was not said together
MOST = 20  # places at which one rule is looked at in one sentence
MAX_CHARACTERS = 16_000  # of a text: what comes after is a log or a book, not a request
ASKING = ("says", "hints")
ASKING_GROUP = "can_you"  # of words.toml
_NEEDS = 4  # of the words that a rule needs, how many the index knows
_LAST_HARD, _LAST_BREAK = "\u1007", "\u10ff"
_SENTENCE = re.compile("[^\u1000-\u1007]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern: `role` is says, hints, unless or the name of a frame; `place` is its file and line.

    `own` is a rule that the shop wrote itself.
    """

    kind: str
    role: str
    pattern: str
    place: str
    own: bool = False


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
    spans: Sequence[tuple[int, int]]  # of all sentences, each with the marks before and after it
    met: dict[tuple[int, int], int] = field(default_factory=dict, compare=False)  # what was found of a span, once
    polite: frozenset[str] = frozenset()  # letters of words that only ask: please, can you

    def sentence(self, hit: Hit) -> tuple[int, int]:
        """The first and the last token (exclusive) of the sentence in which the hit begins."""
        return self._around(hit, _LAST_HARD)

    def clause(self, hit: Hit) -> tuple[int, int]:
        """The same for its clause."""
        return self._around(hit, _LAST_BREAK)

    def _around(self, hit: Hit, last_break: str) -> tuple[int, int]:
        letters = self.letters
        start = hit.start
        while start < hit.end and letters[start] <= last_break:
            start += 1
        start = end = start if start < hit.end else hit.start
        while start > 0 and letters[start - 1] > last_break:
            start -= 1
        while end < len(letters) and letters[end] > last_break:
            end += 1
        return start, end

    def after_asking(self, hit: Hit) -> int:
        """The first token of the hit that is more than "please" or "can you": "do not" may stand between."""
        start = hit.start
        while start < hit.end and self.letters[start] in self.polite:
            start += 1
        return start

    def words(self, hit: Hit) -> str:
        return " ".join(token for token in self.tokens[hit.start : hit.end] if token[0] not in "\n.,!;:(?")


class Matcher:
    """The rules of one language: an index over the words they need, and each compiled when first needed.

    `rules` come with their RE2 source and the sets of letters of which they need one each; `common` says how often each
    letter stands in ordinary texts; `scopes` names the roles that take requests back: whether they do so from anywhere
    in a mail, and of which kinds besides their own; `ideas` names the groups of words that a letter stands in.
    """

    def __init__(
        self,
        language: str,
        words: Vocabulary,
        rules: Sequence[tuple[Rule, str, Sequence[frozenset[str]]]],
        common: Mapping[str, int],
        scopes: Mapping[str, tuple[bool, frozenset[str]]],
        ideas: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.language, self._words, self._ideas = language, words, ideas
        self._polite = frozenset(letter for letter, names in ideas.items() if ASKING_GROUP in names)
        self.rules = tuple(rule for rule, _, _ in rules)
        self._sources = tuple(compress(source.encode()) for _, source, _ in rules)  # most are never needed
        self._searches: dict[int, Callable[[bytes], list[tuple[int, int]]]] = {}
        self._index, self._undemanding = _index([needs for _, _, needs in rules], common)
        self._asking = _bits(rule.role in ASKING for rule in self.rules)
        self._needed, self._every = frozenset(self._index), (1 << len(rules)) - 1
        self._triggers = frozenset(letter for letter, bits in self._index.items() if bits & self._asking)
        self._concern = _concern(self.rules, scopes)

    def look(self, text: str) -> Text:
        """The text in letters."""
        found = [".", *tokens(text[:MAX_CHARACTERS]), "."]
        data = self._words.encode(found)
        letters = data.decode()
        return Text(
            found,
            letters,
            data,
            [(m.start() - 1, m.end() + 1) for m in _SENTENCE.finditer(letters)],
            polite=self._polite,
        )

    def ideas(self, text: Text) -> list[str]:
        """The groups that a text's words stand in, such as refund or lost: the same names in every language."""
        ideas = self._ideas
        return [name for letter in text.letters if letter in ideas for name in ideas[letter]]

    def requests(self, text: Text) -> list[Hit]:
        """Every place where something is asked for, or hinted at, in the order of the text."""
        spans = [span for span in text.spans if not self._triggers.isdisjoint(text.letters[span[0] : span[1]])]
        return sorted(self._find(text, spans, self._asking), key=lambda hit: (hit.start, hit.end)) if spans else []

    def circumstances(self, text: Text, requests: Sequence[Hit]) -> list[Hit]:
        """What may take requests back: in their own sentences, and what counts wherever it stands in the mail."""
        kinds = {hit.rule.kind for hit in requests}
        near, anywhere = (reduce(or_, (self._concern[kind, where] for kind in kinds), 0) for where in (False, True))
        theirs = [span for span in text.spans if any(span[0] < hit.end and hit.start < span[1] for hit in requests)]
        return [*self._find(text, theirs, near), *self._find(text, text.spans, anywhere)]

    def _find(self, text: Text, spans: Iterable[tuple[int, int]], wanted: int) -> Iterator[Hit]:
        wanted &= self._met(text, (0, len(text.letters)))
        for start, end in spans if wanted else ():
            if numbers := wanted & self._met(text, (start, end)):
                data = text.data[start * WIDTH : end * WIDTH]
                for number in _numbers(numbers):
                    yield from self._hits(data, number, start)

    def _met(self, text: Text, span: tuple[int, int]) -> int:
        """Which rules find all they need among these letters, as bits."""
        met = text.met.get(span)
        if met is None:
            index, size = self._index, len(self.rules)
            letters = self._needed.intersection(text.letters[span[0] : span[1]])
            met = reduce(or_, [index[letter] for letter in letters], self._undemanding)
            met &= met >> 2 * size
            met = text.met[span] = met & met >> size & self._every
        return met

    def _hits(self, data: bytes, number: int, offset: int) -> list[Hit]:
        """Where one rule matches in a sentence; what lies too far apart is left out."""
        search = self._searches.get(number)
        if search is None:
            pattern = re2.compile(decompress(self._sources[number]).decode(), _options())
            search = self._searches[number] = places(pattern, MOST)
        return [
            Hit(self.rules[number], offset + start // WIDTH, offset + end // WIDTH)
            for start, end in search(data)
            if end - start <= LONGEST * WIDTH
        ]


def _concern(rules: Sequence[Rule], scopes: Mapping[str, tuple[bool, frozenset[str]]]) -> dict[tuple[str, bool], int]:
    """For every kind, and whether from anywhere in the mail: the rules that may take it back, as bits."""
    alike: dict[tuple[str, str], int] = {}
    for number, rule in enumerate(rules):
        if rule.role in scopes:
            alike[rule.role, rule.kind] = alike.get((rule.role, rule.kind), 0) | 1 << number
    found = {(rule.kind, anywhere): 0 for rule in rules for anywhere in (True, False)}
    for (role, own), bits in alike.items():
        anywhere, kinds = scopes[role]
        for kind in {own, *kinds}:
            if (kind, anywhere) in found:
                found[kind, anywhere] |= bits
    return found


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
    same: dict[int, int] = {}  # the letters of one group meet the same needs: one number for all of them
    return {letter: same.setdefault(bits, bits) for letter, bits in index.items()}, undemanding


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
