"""Finds the closing formula and the name under a message, and what under them is text after all."""

import re
import unicodedata

from mailbot.reading import notices_legal
from mailbot.reading import signature_phrases as say
from mailbot.reading.sentences import asks, has_address, has_prose, is_prose, may_tell

MOST = 32  # lines: more than this under a formula is no signature
_LONG = 90  # characters of a line that are looked at
_TRIM = " \t,.!;:*_-–—"
_PARTICLES = frozenset(("de", "van", "von", "der", "den", "di", "da", "do", "dos", "and", "und", "et", "y", "e", "en"))
_TELLS = re.compile(r"\b(?:" + "|".join(say.ORDER_WORDS) + r")\w{0,14}[^\d\n]{0,40}\d{3}|^\W{0,3}\d{4,9}\W{0,3}$", re.I)
_THANKS = re.compile(say.THANKS)
_FORMAL = re.compile(say.FORMAL, re.I)


def _folded(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def _by_first_word(phrases: set[str]) -> dict[str, tuple[str, ...]]:
    table: dict[str, set[str]] = {}
    for phrase in phrases:
        for form in (phrase, _folded(phrase)):
            table.setdefault(form.split(None, 1)[0].rstrip(",."), set()).add(form)
    return {word: tuple(sorted(found, key=len, reverse=True)) for word, found in table.items()}


_CLOSINGS = _by_first_word({phrase for phrases in say.CLOSINGS.values() for phrase in phrases.split("|")})


def find_closing(lines: list[str], first: int, end: int) -> int:
    """The line of the closing formula after line `first` and not too far from the end, or -1."""
    start, below = end, 0
    while start > max(first + 1, 0) and below <= MOST:
        start -= 1
        below += bool(lines[start])
    return next((at for at in range(start, end) if lines[at] and is_closing(lines[at])), -1)


def is_closing(line: str) -> bool:
    """Whether a whole line is a closing formula, perhaps with the name behind it."""
    if len(line) > 200 or (len(line) > 70 and not _FORMAL.match(line)):
        return False
    bare = line.strip(_TRIM)
    low = bare.lower()
    if _FORMAL.fullmatch(low):
        return True
    if (thanks := _THANKS.match(low)) and thanks.end() < len(low):
        bare, low = bare[thanks.end() :], low[thanks.end() :]
    first = "".join(low.split(None, 1)[:1]).rstrip(",.!")  # none where only control characters are left
    for phrase in _CLOSINGS.get(first, ()):
        if low == phrase:
            return True
        if low.startswith(phrase) and not low[len(phrase)].isalnum():
            rest = bare[len(phrase) :].strip(" /|,")
            if low[len(phrase) :].lstrip()[:1] in "/|," and is_closing(rest):
                return True  # the same in a second language
            return _is_name(rest, separated=low[len(phrase)] != " ", short=len(phrase) < 5)
    return False


def _is_name(rest: str, *, separated: bool, short: bool) -> bool:
    words = rest.strip(_TRIM).replace(".", " ").split()
    if not words or len(words) > 5 or any(map(str.isdigit, rest)):
        return False
    if words[0].lower() in say.CLOSING_TAILS:
        return True
    capital = all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
    return capital and len(words) <= 3 and (separated or not short or words[0][1:].islower())


def signature_lines(lines: list[str], at: int, end: int) -> tuple[set[int], set[int]]:
    """The lines of the signature that the closing at `at` opens, and those of them that may be text after all.

    A postscript, sentences without contact data and an order number stay: they are for us.
    """
    cut: set[int] = set()
    unsure: set[int] = {at} if asks(lines[at]) else set()
    here = at
    while here < end:
        stop = next((line for line in range(here, end) if not lines[line]), end)
        paragraph = range(here, stop)
        below = [line for line in paragraph if line > at]
        if notices_legal.is_boilerplate(" ".join(lines[line] for line in below)):
            said = []
        else:
            said = [line for line in below if not notices_legal.is_boilerplate(lines[line])]
        prose = has_prose([lines[line] for line in said])
        if here == at or not _stays(lines, paragraph, prose):
            kept = {line for line in below if _TELLS.search(lines[line][:_LONG])}
            if here == at and below and is_prose(lines[below[0]]):
                kept.update(below)
            cut.update(set(range(here, stop + 1)) - kept)
            unsure.update(said if prose else _odd(lines, at, said))
        here = stop + 1
    return cut & set(range(at, end)), unsure


def _odd(lines: list[str], at: int, below: list[int]) -> list[int]:
    """The lines that are no name, title or address; a few words right under the formula are the name."""
    name = next((line for line in range(at + 1, len(lines)) if lines[line]), -1)
    return [line for line in below if may_tell(lines[line], named=line != name)]


def _stays(lines: list[str], paragraph: range, prose: bool) -> bool:
    if not paragraph:
        return False
    if lines[paragraph[0]].lower().split(None, 1)[0].rstrip(":-)") in say.POSTSCRIPT:
        return True
    return prose and not any(has_address(lines[line]) for line in paragraph)


def tells(line: str) -> bool:
    """Whether a line names an order, an invoice or the like with its number, or is a number alone."""
    return _TELLS.search(line[:_LONG]) is not None
