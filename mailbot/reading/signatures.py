"""Finds what stands under a message and is none: closing and name, "-- " signature, phone footer, legal notice.

Works on one run of lines between quotations. When in doubt a line stays: words too many harm less than words lost.
"""

import re
from dataclasses import dataclass, field

import re2

from mailbot.reading import closings, notices_legal
from mailbot.reading import signature_phrases as say

_RULES = frozenset("-–—―_=*~#+")
_CARD = 80  # lines from the end of a run in which a visiting card or the footer of a list may start
_LINK = re.compile(r"\s?[<\[(]\s?(?:https?|mailto):[^<>\s]{0,400}[>\])]?|\]\(https?:[^<>\s]{0,400}\)")
_STARTS = frozenset(phrase[:4] for phrase in say.FOOTER_STARTS + say.NOTICE_STARTS + say.NOTICE_HEADS)
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
    for at, line in enumerate(lines):
        if not line or not (reason := _footer(lines, at, legal.get(at, 0))):
            continue
        if at == first and reason in ("delimiter", "rule", "doubtful notice"):
            continue
        for here in range(at, len(lines)):
            signed.kept[here] = reason == "delimiter" and here > at and closings.tells(lines[here])
        if not _is_sure(lines, at, reason):
            signed.unsure.update(here for here in range(at + 1, len(lines)) if lines[here])
        return at
    return len(lines)


def _is_sure(lines: list[str], at: int, reason: str) -> bool:
    """Whether what a footer hides is not worth reading; a line or two under "-- " is a motto."""
    if reason in ("notice", "list"):
        return True
    below = [line for line in lines[at + 1 : at + 60] if line]
    return reason != "doubtful notice" and ((reason == "delimiter" and len(below) < 4) or not closings.has_prose(below))


def _footer(lines: list[str], at: int, notions: int) -> str:
    """Why the message ends at this line, or ""."""
    line = lines[at]
    if notions:
        return "notice" if notions > 3 else "doubtful notice"
    if line[0] in _RULES:
        if not line.strip("-–—―_=*~#+ "):
            return _rule(lines, at)
        named = line.startswith("-- ") and len(line) < 50 and line[3:4].isupper() and not any(lines[at + 3 : at + 40])
        return "delimiter" if named and not closings.is_prose(line) else ""
    if line[:4].lower() in _STARTS:
        low = line[:300].lower()
        if low.startswith(say.NOTICE_HEADS):
            return "notice" if len(line) < 40 or notices_legal.sounds_legal(lines[at : at + 4]) else ""
        if low.startswith(say.NOTICE_STARTS):
            return "notice"
        return "footer" if low.startswith(say.FOOTER_STARTS) and is_phone_footer(line) else ""
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
    return "rule" if line[0] == "_" and any(map(closings.has_contact, card)) and not closings.has_prose(card) else ""


def is_phone_footer(line: str) -> bool:
    """Whether a phone or a mail program wrote this line about itself ("Sent from my iPhone")."""
    low = _LINK.sub("", line[:300]).strip(" .*_>").lower()
    advertising = "yahoo" in low or "proton" in low
    if len(low) > 110 or (not advertising and any(mark in low for mark in ",?!;")):
        return False
    if any(word in low for word in say.NOT_A_FOOTER):
        return False
    if any(name in low for name in say.FOOTER_NAMES):
        return True
    words = low.split()
    return len(words) < 9 and (low.startswith("sent from") or any(word in say.POSSESSIVES for word in words))
