"""Finds what stands under a message and is none: closing and name, "-- " signature, phone footer, legal notice.

Works on one run of lines between quotations. When in doubt a line stays: words too many harm less than words lost.
"""

from dataclasses import dataclass, field

import re2

from mailbot.reading import closings, footers, notice_phrases, notices_legal, sentences
from mailbot.reading import signature_phrases as say

_RULES = frozenset("-–—―_=*~#+")
_CARD = 80  # lines from the end of a run in which a visiting card or the footer of a list may start
_NOTICES = notice_phrases.NOTICE_STARTS + notice_phrases.NOTICE_HEADS
_STARTS = frozenset(phrase[:4] for phrase in say.FOOTER_STARTS + _NOTICES)
_options = re2.Options()
_options.log_errors = False
_options.case_sensitive = False
_LISTS = re2.compile("|".join(re2.escape(phrase) for phrase in say.LIST_FOOTERS), _options)


@dataclass(slots=True)
class Signed:
    """Which lines of a run are the message. `unsure` are cut lines that may have been part of it."""

    kept: list[bool]
    unsure: set[int] = field(default_factory=set)


def strip_signature(lines: list[str], *, told: bool = False) -> Signed:
    """Marks what of a run of stripped lines is message.

    `told`: the message stands above already, so that this run may be nothing but a signature.
    """
    signed = Signed([True] * len(lines))
    first = next((at for at, line in enumerate(lines) if line), len(lines)) - told
    end = _cut_footers(lines, first, signed)
    closing = closings.find_closing(lines, first, end)
    if closing >= 0:
        cut, unsure = closings.signature_lines(lines, closing, end)
        for at in cut:
            signed.kept[at] = False
        signed.unsure |= unsure & cut
    return signed


def _cut_footers(lines: list[str], first: int, signed: Signed) -> int:
    """Cuts at the first "-- ", phone footer, notice, list footer; returns where the message ends."""
    legal = notices_legal.find_notices(lines)
    last = next((at for at in range(len(lines) - 1, -1, -1) if lines[at]), -1)
    for at, line in enumerate(lines):
        if not line or not signed.kept[at] or not (reason := _footer(lines, at, legal.get(at, 0))):
            continue
        if at == first and reason in ("delimiter", "rule", "doubtful notice"):
            continue
        end = _paragraph(lines, at) if reason == "notice" else at + 1
        if at == first and end <= last:  # the message stands below it
            signed.kept[at:end] = [False] * (end - at)
            signed.unsure.update(range(at, end) if reason == "notice" else ())
            first = next(here for here in range(end, len(lines)) if lines[here])
            continue
        for here in range(at, len(lines)):
            signed.kept[here] = reason in ("delimiter", "footer") and here > at and closings.tells(lines[here])
        signed.unsure.update(_doubts(lines, at, end, reason))
        return at
    return len(lines)


def _doubts(lines: list[str], at: int, end: int, reason: str) -> list[int]:
    """The lines that a footer hides and that are worth reading; a line or two under "-- " is a motto."""
    below = [here for here in range(end, min(len(lines), at + 400)) if lines[here]]
    if reason == "notice":
        return [here for here in below if notices_legal.is_typed(lines, here)]
    texts = [lines[here] for here in below if _footer(lines, here, 0) != "footer"]
    if reason == "doubtful notice" or not sentences.has_prose(texts):
        return below if reason == "doubtful notice" else []
    motto = reason == "delimiter" and len(below) < 4 and not any(map(sentences.pleads, texts))
    return [] if motto else [*([at] if reason == "footer" else []), *below]


def _paragraph(lines: list[str], at: int) -> int:
    return next((here for here in range(at, len(lines)) if not lines[here]), len(lines))


def _footer(lines: list[str], at: int, notions: int) -> str:
    """Why the message ends at this line, or ""."""
    line = lines[at]
    if notions:
        return "notice" if notions > 3 else "doubtful notice"
    if line[0] in _RULES:
        if not line.strip("-–—―_=*~#+ "):
            return _rule(lines, at)
        named = line.startswith("-- ") and len(line) < 50 and line[3:4].isupper() and not any(lines[at + 3 : at + 40])
        return "delimiter" if named and not sentences.is_prose(line) else ""
    if line[:4].lower() in _STARTS:
        low = line[:300].lower()
        if low.startswith(notice_phrases.NOTICE_HEADS):
            return "notice" if len(line) < 40 or notices_legal.sounds_legal(lines[at : at + 4]) else ""
        if low.startswith(notice_phrases.NOTICE_STARTS):
            return "" if notices_legal.is_personal(line) else "notice"
        return "footer" if low.startswith(say.FOOTER_STARTS) and footers.is_phone_footer(line) else ""
    return ""


def _rule(lines: list[str], at: int) -> str:
    """A line of dashes: "-- " always ends a message, others only over the footer of a list or a visiting card."""
    line, below = lines[at], [text for text in lines[at + 1 : at + 40] if text]
    if line in ("--", "- -"):
        return "delimiter"
    if not below:
        return "end"
    if at < len(lines) - _CARD:
        return ""
    if _LISTS.search("\n".join(below)[:2000]):
        return "list"
    end = next((here for here in range(at + 2, len(lines)) if not lines[here] or here > at + 40), len(lines))
    card = lines[at + 1 : end]
    return "rule" if line[0] == "_" and any(map(sentences.has_contact, card)) and not _talks(card) else ""


def _talks(card: list[str]) -> bool:
    """Whether a line is a sentence and no advertisement with a link."""
    return any(sentences.is_prose(line) and not sentences.has_address(line) for line in card)
