"""Tells the line that a phone or a mail program writes about itself ("Sent from my iPhone") from a sentence."""

import re

from mailbot.reading import sentences
from mailbot.reading import signature_phrases as say

_LINK = re.compile(r"\s?[<\[(]\s?(?:https?|mailto):[^<>\s]{0,400}[>\])]?|\]\(https?:[^<>\s]{0,400}\)")
_WORD = re.compile(r"[^\W\d_]+")
_BRAND = re.compile(
    r"\b[A-Z][\w.-]{1,20} Mail\b|\b[A-Z]\w{0,12}Mail\b|\bmy?Mail\b|\b[Mm]ail[- ](?:[Aa]pp|[A-Z])|\bMail\."
)
_PROGRAMS = ("outlook", "gmx", "typeapp", "bluemail", "provenance")
_STARTS = tuple(sorted(say.FOOTER_STARTS, key=len, reverse=True))
_SENT = ("gesendet", "geschickt", "verschickt", "versendet")


def is_phone_footer(line: str) -> bool:
    """Whether a line that starts as such footers do is one: it names a program, and tells of nothing else."""
    bare = _LINK.sub("", line[:300]).strip(" .*_>")
    low = bare.lower()
    start = next((phrase for phrase in _STARTS if low.startswith(phrase)), "")
    rest = low[len(start) :]
    words = _WORD.findall(low)
    if len(low) > 110 or any(word in low for word in say.NOT_A_FOOTER) or not say.TOLD.isdisjoint(words):
        return False
    if start == "yahoo mail":
        slogan = rest.lstrip()[:1] == ":" and "," in rest
        return slogan or any(name in rest for name in ("android", "iphone", "ipad"))
    proton = "proton" in low or "smartphone" in rest or "yahoo" in low
    if any(mark in low for mark in "?!;") or ("," in low and not proton):
        return False
    if start.startswith("von ") and not any(sent in words for sent in _SENT):
        return len(words) < 4 and _names_program(rest)
    if start.endswith(_PROGRAMS) or _names_program(rest) or _BRAND.search(bare[len(start) :]):
        return True
    own = len(words) < 9 and any(word in say.POSSESSIVES for word in words)
    return own or (start == "sent from" and len(words) < 6 and not sentences.says_i(bare))


def _names_program(rest: str) -> bool:
    return any(name in rest for name in say.FOOTER_NAMES)
