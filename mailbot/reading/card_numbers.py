"""Finds payment card numbers in a text, and leaves order numbers, telephone numbers, IBANs and keys alone.

A number is a card's when it has an issuer's first digits and length (ISO/IEC 7812) and a right check digit (Luhn), and
when the words around it do not say that it is something else. Lengths and issuers that other numbers share need a word
such as "card" beside them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from mailbot.reading import card_words

MOST = 5_000  # groups of digits looked at in one text of a mail; a person's has some dozens
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"  # soft hyphens, zero-width blanks and the like: nobody sees them
_BLANKS = rf"[ \t\r\n\u00a0\u2007\u2009\u202f{_UNSEEN}]{{0,60}}+"
_SIGN = r"[.,*|>/_\u2010-\u2015-]"
_GAP = rf"{_BLANKS}(?:{_SIGN}{_BLANKS}){{0,6}}+"  # signs and blanks are disjoint and nothing is given back: linear
_RUN = re.compile(rf"\d(?:{_GAP}\d){{11,60}}+")
_GROUP = re.compile(rf"\d++(?:[{_UNSEEN}]{{1,4}}+\d++)*+")
_NARROW = re.compile(r"[ \t\r\n\u00a0\u2007\u2009\u202f._/\u2010-\u2015-]{0,3}")
# What is written right behind a number without a blank. A single letter, or letters and digits, make it a key.
_BEHIND = re.compile(
    r"(?:exp\w{0,6}|valid\w{0,8}|g[üu]ltig|cv[vcn]2?|eur|usd|gbp|chf|visa)(?![^\W\d_])|[^\W\d_]{2,20}(?![\w-])", re.I
)

# (first digits from, to, lengths, certain without a word beside it)
_ISSUERS = (
    ("4", "4", (16,), True),
    ("51", "55", (16,), True),
    ("2221", "2720", (16,), True),
    ("34", "34", (15,), True),
    ("37", "37", (15,), True),
    ("3528", "3589", (16,), True),
    ("6011", "6011", (16,), True),
    ("644", "659", (16,), True),
    ("62", "62", (16, 19), True),
    ("2200", "2204", (16,), True),
    ("9792", "9792", (16,), True),
    ("4", "4", (13, 19), False),
    ("300", "305", (14, 16), False),
    ("3095", "3095", (14, 16), False),
    ("36", "36", (14, 16), False),
    ("38", "39", (14, 16), False),
    ("35", "35", (16,), False),
    ("3528", "3589", (17, 18, 19), False),
    ("1800", "1800", (15,), False),
    ("2131", "2131", (15,), False),
    ("0604", "0604", (12, 13, 14, 15, 16, 17, 18, 19), False),
    ("50", "50", (12, 13, 14, 15, 16, 17, 18, 19), False),
    ("56", "69", (12, 13, 14, 15, 16, 17, 18, 19), False),
    ("81", "82", (16,), False),
)
_IN_LINK = re.compile(r"(?:://|www\.)[^\s\"'<>]{0,80}(?<![cC]ard=)(?<![nN]umber=)(?<![cC]c=)$")
_DIALLED = re.compile(r"(?:\+|\b00)[1-9]\d{0,2}[ ./-]?(?:\(0\))?[ ./-]?$")
_IBAN = re.compile(r"\b[A-Z]{2}\d\d(?: [A-Z\d]{4}){0,7} $")
_ATTACHED = re.compile(r"[^\W\d_]{1,40}$")


@dataclass(frozen=True, slots=True)
class Found:
    """A card number at text[start:end]; `last4` are its last digits."""

    start: int
    end: int
    last4: str


def find(text: str) -> list[Found]:
    """The card numbers of a text, in order, without overlaps. Linear in its length."""
    found: list[Found] = []
    left = MOST
    for run in _RUN.finditer(text):
        end = run.end()
        groups = [(match.start(), match.end()) for match in _GROUP.finditer(text, run.start(), end)]
        left -= len(groups)
        if left < 0:
            break
        if end < len(text) and (text[end].isdigit() or (text[end].isalpha() and not _BEHIND.match(text, end))):
            groups.pop()  # the beginning of something longer
        found += _in_run(text, groups)
    return found


def _in_run(text: str, groups: list[tuple[int, int]]) -> Iterator[Found]:
    """A card number may stand between other numbers: windows of whole groups are tried, the longest first."""
    first = 0
    while first < len(groups):
        last = _card_from(text, groups, first)
        if last is not None:
            begin, stop = groups[first][0], groups[last][1]
            yield Found(begin, stop, _digits(text[begin:stop])[-4:])
            first = last
        first += 1


def _card_from(text: str, groups: list[tuple[int, int]], first: int) -> int | None:
    """The last group of the longest card number that starts with the given group."""
    total, best = 0, None
    for last in range(first, len(groups)):
        total += len(_digits(text[groups[last][0] : groups[last][1]]))
        if total > 19:
            break
        if total >= 12 and _is_card(text, groups[first : last + 1]):
            best = last
    return best


def _is_card(text: str, groups: list[tuple[int, int]]) -> bool:
    start, end = groups[0][0], groups[-1][1]
    digits = _digits(text[start:end])
    certain = _issued(digits)
    if certain is None or not luhn(digits):
        return False
    before, after = text[max(0, start - card_words.SEEN) : start], text[end : end + 40]
    if not _may_start(before) or card_words.named_otherwise(before, after, certain=certain):
        return False
    lengths = [len(_digits(text[begin:stop])) for begin, stop in groups]
    if not _narrow(text, groups):  # columns of a table, or a card number over two lines: only in fours
        return _in_fours(lengths)
    return (certain and _card_shape(lengths)) or card_words.spoken_of(before[-80:], after)


def _digits(text: str) -> str:
    return "".join(str(int(character)) for character in text if character.isdecimal())


def luhn(digits: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812-1 annex B); all zeros are no number."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) << (place & 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(digits)) > 1


def _issued(digits: str) -> bool | None:
    """Whether a card network gives out such numbers: True for certain, False where others use them too, else None."""
    verdict: bool | None = None
    for low, high, lengths, certain in _ISSUERS:
        if len(digits) in lengths and low <= digits[: len(low)] <= high:
            if certain:
                return True
            verdict = False
    return verdict


def _may_start(before: str) -> bool:
    """Not the middle of something longer: a telephone number with +, a decimal, an IBAN, a link, a key with letters."""
    if before.endswith("+") or (
        before[-1:] in ".,-/_" and before[-2:-1].isalnum() and not card_words.CARD.search(before[-20:])
    ):
        return False
    if _IN_LINK.search(before) or _DIALLED.search(before) or _IBAN.search(before):
        return False
    attached = _ATTACHED.search(before)
    return not attached or bool(card_words.CARD.fullmatch(attached[0]))


def _narrow(text: str, groups: list[tuple[int, int]]) -> bool:
    """Whether the groups stand as close together as those of one number mostly do."""
    return all(_NARROW.fullmatch(text, one[1], following[0]) for one, following in pairwise(groups))


def _in_fours(lengths: list[int]) -> bool:
    return all(length % 4 == 0 for length in lengths) or lengths in ([4, 6, 5], [4, 6, 4])


def _card_shape(lengths: list[int]) -> bool:
    """How people write card numbers: in one piece, in fours, as American Express and Diners print them, or spelt."""
    if _in_fours(lengths) or len(lengths) == 1:
        return True
    return (all(length == 4 for length in lengths[:-1]) and lengths[-1] <= 4) or len(set(lengths)) == 1
