"""From text to letters: each word that the rules know becomes one letter, and a rule a short pattern over letters.

Words are compared in lower case, without accents, and with small typing mistakes forgiven. A text of any size costs
time in proportion to its length: words seen before are remembered (up to a limit), and what is not known is one letter.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from mailbot.reading.tokens import fold

WIDTH = 3  # bytes of every letter in UTF-8, so that byte offsets are word offsets times three
SENTENCE_END, QUESTION, PARAGRAPH, COMMA = "\u1000", "\u1001", "\u1002", "\u1008"
BREAK_WORDS = 0x1009  # words that part clauses, such as "but": up to 0x10ff
BREAKS, HARD_BREAKS = "\u1000-\u10ff", "\u1000-\u1007"
NUMBER, SMALL_NUMBER, EMAIL, LINK, CURRENCY, OTHER = (chr(0x1100 + i) for i in range(6))
FIRST_WORD, LAST_LETTER = 0x1110, 0xD7FF
ANY_WORD, ANYTHING = "[\u1100-\ud7ff]", "[\u1008-\ud7ff]"  # inside a clause; inside a sentence

_MARKS = {"?": QUESTION, "\n": PARAGRAPH, ",": COMMA}
_REMEMBERED = 20_000
_TYPO_SEARCHES = 300  # fresh words of one text that typing mistakes are looked for in: the rest is taken as it is


_LETTERS: dict[str, str] = {}


def shared(letter: str) -> str:
    """The letter as the one object of it: all languages use the same few thousand, each in many places."""
    return _LETTERS.setdefault(letter, letter)


class Vocabulary:
    """The words that the rules of one language know, and the letter of each.

    `entries` are folded words; `cancel*` stands for every word with that beginning, `*rechnung` for every ending.
    `break_words` part clauses. Typing mistakes are looked for in the `forgiven` entries, but not where the word is one
    of the ordinary `exact_only` words.
    """

    def __init__(
        self,
        entries: Iterable[str],
        *,
        break_words: Sequence[str] = (),
        forgiven: Iterable[str] = (),
        exact_only: Iterable[str] = (),
    ) -> None:
        self._letters: dict[str, str] = {"\x02": EMAIL, "\x03": LINK} | dict.fromkeys("$€£", CURRENCY)
        breaks = dict.fromkeys(fold(word) for word in break_words)
        self._letters |= {word: chr(BREAK_WORDS + i) for i, word in enumerate(breaks)}
        fresh = (entry for entry in dict.fromkeys(entries) if entry not in self._letters)
        self._letters |= {entry: shared(chr(FIRST_WORD + i)) for i, entry in enumerate(fresh)}
        self._stems = sorted((e[:-1] for e in self._letters if e.endswith("*")), key=len, reverse=True)
        self._stem_set = frozenset(self._stems)
        self._endings = sorted((e[1:] for e in self._letters if e.startswith("*")), key=len, reverse=True)
        self._exact_only = frozenset(map(fold, exact_only))
        self._near = [word for word in dict.fromkeys(forgiven) if word in self._letters and word not in breaks]
        self._known: dict[str, str] = {}

    @property
    def letters(self) -> Mapping[str, str]:
        """The letter of each entry."""
        return self._letters

    @cached_property
    def _near_words(self) -> dict[str, list[str]]:
        return _deletions(word for word in self._near if len(word) >= 5 and "*" not in word)

    @cached_property
    def _near_stems(self) -> dict[str, list[str]]:
        return _deletions(word[:-1] for word in self._near if len(word) >= 7 and word.endswith("*"))

    def rest(self) -> None:
        """Forgets what can be made again: a megabyte for each language, and few shops are written to in all of them."""
        for name in ("_near_words", "_near_stems"):
            self.__dict__.pop(name, None)
        self._known = {}

    def encode(self, words: Sequence[str]) -> bytes:
        """The letters of a text as UTF-8, three bytes for each token."""
        known = self._known
        fresh = [word for word in set(words) if word not in known]
        if fresh and len(known) > _REMEMBERED:
            known = self._known = {}  # a new one: another thread may still be reading the old one
            fresh = list(set(words))
        for count, word in enumerate(fresh):
            known[word] = self._letter(word, forgiving=count < _TYPO_SEARCHES)
        return "".join([known[word] for word in words]).encode()

    def _letter(self, word: str, *, forgiving: bool) -> str:
        if word[0] in "?,\n":
            return _MARKS[word]
        if word[0] in ".!;:(":
            return SENTENCE_END if word[0] in ".!;" else COMMA
        found = self._plain(word)
        if found:
            return found
        if any(c.isdigit() for c in word):
            return NUMBER if sum(c.isdigit() for c in word) >= 3 else SMALL_NUMBER
        return (self._mistyped(word) if forgiving and word not in self._exact_only else "") or OTHER

    def _plain(self, word: str) -> str:
        if letter := self._letters.get(word):
            return letter
        for length in range(min(len(word), 20), 1, -1):
            if word[:length] in self._stem_set:
                return self._letters[word[:length] + "*"]
        for ending in self._endings:
            if len(word) > len(ending) and word.endswith(ending):
                return self._letters["*" + ending]
        return ""

    def _mistyped(self, word: str) -> str:
        """The letter of the word that was meant: letters held down, ue for ü, one slip, two words run together."""
        if not 3 <= len(word) <= 30:
            return ""
        for variant in dict.fromkeys((_unrepeat(word, 2), _unrepeat(word, 1), _umlauts(word))):
            if variant != word and (letter := self._plain(variant)):
                return letter
        if len(word) < 5:
            return ""
        meant = _nearest(word, self._near_words)
        if meant:
            return self._letters[meant]
        for length in range(min(len(word), 14), 4, -1):
            stem = _nearest(word[:length], self._near_stems)
            if stem:
                return self._letters[stem + "*"]
        return self._run_together(word)

    def _run_together(self, word: str) -> str:
        """Of two known words without a space between them, the longer one."""
        for at in range(2, len(word) - 1):
            first, second = word[:at], word[at:]
            if first in self._letters and second in self._letters:
                longer = max(first, second, key=len)
                return self._letters[longer] if longer in self._near_words else ""
        return ""


def _deletions(words: Iterable[str]) -> dict[str, list[str]]:
    """An index from every word with one letter left out (and the word itself) to the words."""
    index: dict[str, list[str]] = {}
    for word in words:
        for form in {word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))}:
            index.setdefault(form, []).append(word)
    return index


def _nearest(word: str, index: dict[str, list[str]]) -> str:
    """The word that is one slip away (a letter too many, missing, changed, or two swapped), with the same beginning."""
    for form in (word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))):
        for meant in index.get(form, ()):
            if _one_slip(word, meant):
                return meant
    return ""


def _one_slip(a: str, b: str) -> bool:
    if a[0] != b[0]:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    if len(a) == len(b):
        same_rest = a[start + 1 :] == b[start + 1 :]
        swapped = a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
        return same_rest or swapped
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) - len(shorter) == 1 and longer[start + 1 :] == shorter[start:]


def _unrepeat(word: str, most: int) -> str:
    """`pleeease` with at most so many of the same letter in a row."""
    kept: list[str] = []
    for letter in word:
        if len(kept) < most or any(k != letter for k in kept[-most:]):
            kept.append(letter)
    return "".join(kept)


def _umlauts(word: str) -> str:
    return word.replace("ue", "u").replace("oe", "o").replace("ae", "a")
