"""Finds legal notices and pleas for the trees: text that nobody wrote to us."""

import re2

from mailbot.reading import notice_phrases as say
from mailbot.reading import sentences
from mailbot.reading.searching import holds

_quiet = re2.Options()
_quiet.log_errors = False
_quiet.case_sensitive = False
_LEGAL = re2.compile("|".join(f"({stems})" for stems in say.LEGAL.values()), _quiet)
_STRANGERS = re2.compile(say.TO_STRANGERS, _quiet)
_PRIVACY = re2.compile(say.PRIVACY, _quiet)
_PROCESSING = re2.compile(say.PROCESSING, _quiet)
_sounds_legal = holds(_LEGAL)
_NAMES = tuple(say.LEGAL)
_LEAST = 60  # characters of a legal notice


def sounds_legal(lines: list[str]) -> bool:
    """Whether a few lines use any word of legal notices."""
    return _LEGAL.search(" ".join(lines)[:1000]) is not None


def is_personal(line: str) -> bool:
    """Whether somebody speaks of themselves or of an order: no plea for the trees."""
    low = line[:300].lower()
    return sentences.says_i(line[:300]) or any(word in low for word in say.ORDERS)


def is_typed(lines: list[str], at: int) -> bool:
    """Whether a line under a notice is a sentence, and its paragraph no further notice (in another language)."""
    start, end = at, at + 1
    while start > 0 and lines[start - 1] and at - start < 20:
        start -= 1
    while end < len(lines) and lines[end] and end - at < 20:
        end += 1
    paragraph = " ".join(lines[start:end])[:3000]
    if not sentences.has_prose(lines[start:end]) or lines[start].lower().startswith(say.NOTICE_STARTS):
        return False
    if is_boilerplate(paragraph):
        return False
    return sentences.says_i(paragraph) or sentences.says_mine(paragraph) or len(_notions(paragraph)) < 2


def _notions(paragraph: str) -> set[str]:
    hits = (match.groups() for match in _LEGAL.finditer(paragraph))
    return {name for groups in hits for name, hit in zip(_NAMES, groups, strict=True) if hit}


def is_boilerplate(text: str) -> bool:
    """Whether a paragraph is a short notice, or tells what a firm does with data; nobody asks for anything in it."""
    text = text[:3000]
    if sentences.says_i(text) or sentences.says_mine(text):
        return False
    private = _PRIVACY.search(text) is not None
    if _STRANGERS.search(text) and len(_notions(text)) + private > 1:
        return True
    return private and _PROCESSING.search(text) is not None and not sentences.wishes(text)


def find_notices(lines: list[str]) -> dict[int, int]:
    """The first line of each legal notice, with the number of notions (secrecy, reader, error …) that it touches."""
    found: dict[int, int] = {}
    if not _sounds_legal("\n".join(lines)):
        return found
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end]:
            end += 1
        if end > at and (start := _start(lines, at, end)):
            found[start[0]] = start[1]
        at = end + 1
    return found


def _start(lines: list[str], at: int, end: int) -> tuple[int, int] | None:
    """Where in this paragraph a legal notice starts: at its first sentence, which may follow a name or an address."""
    for start in range(at, min(end, at + 6)):
        paragraph = " ".join(lines[start:end])[:3000]
        if len(paragraph) < _LEAST:
            return None
        if not _LEGAL.search(paragraph[:160]):
            continue
        notions = _notions(paragraph)
        legal = notions & {"secret", "mail"} and notions & {"reader", "forbidden", "spread"}
        if len(notions) >= 3 and legal and _LEGAL.search(lines[start]) and not sentences.says_i(paragraph):
            return start, len(notions)
    return None
