"""Finds legal notices, pleas for the trees and the warnings of mail servers: text that nobody wrote to us."""

import re2

from mailbot.reading import signature_phrases as say
from mailbot.reading.searching import holds

_quiet = re2.Options()
_quiet.log_errors = False
_quiet.case_sensitive = False
_LEGAL = re2.compile("|".join(f"({stems})" for stems in say.LEGAL.values()), _quiet)
_sounds_legal = holds(_LEGAL)
_NAMES = tuple(say.LEGAL)
_BANNERS = tuple(word.lstrip("*[ ") for word in say.BANNER_STARTS)
_LEAST = 60  # characters of a legal notice


def skip_banner(lines: list[str]) -> int:
    """How many lines at the top are a warning that a mail server put there ("CAUTION: external …")."""
    at = next((at for at, line in enumerate(lines) if line), len(lines))
    if at == len(lines) or not lines[at][:60].lower().lstrip("*[ ").startswith(_BANNERS):
        return 0
    end = at
    while end < len(lines) and lines[end] and end - at < 5:
        end += 1
    words = " ".join(lines[at:end])[:600].lower()
    return end if any(word in words for word in say.BANNER_WORDS) else 0


def sounds_legal(lines: list[str]) -> bool:
    """Whether a few lines use any word of legal notices."""
    return _LEGAL.search(" ".join(lines)[:1000]) is not None


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
        hits = (match.groups() for match in _LEGAL.finditer(paragraph))
        notions = {name for groups in hits for name, hit in zip(_NAMES, groups, strict=True) if hit}
        legal = notions & {"secret", "mail"} and notions & {"reader", "forbidden", "spread"}
        if len(notions) >= 3 and legal and _LEGAL.search(lines[start]):
            return start, len(notions)
    return None
