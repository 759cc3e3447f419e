"""Recognises what mail programs put over quoted mail: attribution lines and header blocks, in any of many languages.

Every function looks at a few neighbouring lines, each cut at `WIDTH`, so the time is linear in the text.
"""

import re
from dataclasses import dataclass

from mailbot.reading import quote_phrases as say

WIDTH = 400  # characters of a line that are looked at
_MOST_FLAT = 20_000  # characters in which an attribution in the middle of a line is looked for
_MOST_HEADERS = 24  # lines of a header block
_EDGES = "*_ \t"
_ENDS = (":", "：")


def _any_of(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


ROLES: dict[str, str] = {label: role for role, labels in say.HEADINGS.items() for label in labels.split()}
ROLES.update(say.LONG_HEADINGS)
_LABELS = re.compile(r"(?:^|\s)\*?(" + _any_of(tuple(ROLES)) + r")\s?\*?\s?[:：]")
_DATED = re.compile(r"\d[:.h]\d\d|\b(?:19|20)\d\d\b|\d[./-]\d\d?[./-]\d\d|\d\d?[.]? \w{3,12}[.]? \d\d")
_CLOCK = re.compile(r"(?<![\d.])\d\d?[:.h]\d\d(?![.\d])|\d ?(?:uhr|h|am|pm|a\.m|p\.m)\b")
_OWN_ADDRESS = re.compile(r"\W{0,3}(?:(?:my|meine|mon|mi|mijn|o meu|la mia) )?(?:e-?mail|mail|courriel|correo|posta)\b")
_WROTE = re.compile(r"(?:^|[\s>)\]\d])(?:" + _any_of(say.WROTE) + r")(?![\w(])")
_ADDRESS_END = re.compile(r"<[^<>\s]{0,200}@[^<>\s]{1,200}>[^<>\d]{0,20}[:：]$|@[^\s<>]{1,200}>{1,2}\s*[:：]$")
_ADDRESS = re.compile(r"<[^<>\s]{1,200}@[^<>\s]{1,200}>")
_DATE_AND_ADDRESS = re.compile(r"\d{4}[-/]\d\d?[-/]\d\d?\b[^<>]{0,120}<[^<>\s]{1,200}@[^<>\s]{1,200}>$")
_LONE_FROM = re.compile(r":\s?[^:<\[]{1,80}(?:<(?:mailto:)?|\[mailto:)[^<>\[\]\s]{1,200}@[^<>\[\]\s]{1,200}[>\]]{1,2}$")
_OPENER = re.compile(r"[\"'*_\s]*(?:(?:" + _any_of(say.OPENERS) + r")\b|\d)")
_MIDDLE = ("schrieb", "schreef", "skrev")  # verbs that come before the name
_BARE_ENDS = ("wrote", "schrieb", "écrit", "escribió", "scritto", "escreveu", "schreef", "skrev")
_FLAT = re.compile(
    r"(^|[\s.!?])((?:On|Am|Le|El|Il|Em|Op|No dia) [^<>\n]{5,120}<[^<>\s]{1,120}@[^<>\s]{1,120}>\)?[^<>:\n]{0,30}:) > ",
    re.M,
)
_ON_HEADING = re.compile(  # Yahoo on Android: the letter starts on the line of the attribution, three spaces behind it
    r"^((?:On|Am|Le|El|Il|Em|Op) [^<>\n]{5,120}<[^<>\s]{1,120}@[^<>\s]{1,120}>[^<>:\n]{0,30}:)[ \xa0]{2,9}(?=[^\s>])",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Opener:
    """Where history begins: lines `start` to `end` (exclusive) announce it. `rest`: all that follows belongs to it."""

    start: int
    end: int
    sure: bool = True
    forward: bool = False
    rest: bool = False


def unflatten(text: str) -> str:
    """Gives an attribution its own line where a program made one line of all (`… Shop <a@b> wrote: > Hello > …`)."""
    head = text[:_MOST_FLAT]
    if ":  " in head and "@" in head:
        text = _ON_HEADING.sub(r"\1\n", head) + text[_MOST_FLAT:]
    if ": >" not in text[:_MOST_FLAT]:
        return text
    return _FLAT.sub(r"\1\n\2\n> ", text[:_MOST_FLAT]) + text[_MOST_FLAT:]


def skip_blank(lines: list[str], at: int) -> int:
    """The next line at or after `at` that is not blank; the number of lines when there is none."""
    while at < len(lines) and not lines[at]:
        at += 1
    return at


def wrapped_end(line: str) -> bool:
    """`>:` alone on a line: the end of `<orders@shop.example>:`, not a quotation."""
    return len(line) < 24 and line.endswith(_ENDS) and line[1:2] not in (" ", ">")


def may_head(line: str) -> bool:
    """A quick look whether a line can be (the last line of) a heading at all."""
    return ":" in line or "：" in line or line.endswith(_BARE_ENDS) or (line[-1] == ">" and line[0].isdigit())


def starts_header(text: str) -> bool:
    """Whether a text opens with a label such as `From:` or `Gesendet am:`."""
    return _role(text) in ("from", "date", "subject")


def header_block(lines: list[str], at: int) -> Opener | None:
    """`From: / Sent: / To: / Subject:` in any language, each perhaps wrapped twice, perhaps all in one line."""
    if at >= len(lines) or not _role(lines[at]):
        return None
    roles: set[str] = set()
    address, wraps, end, here = False, 0, at, at
    while here < min(len(lines), at + _MOST_HEADERS):
        line = lines[here][:WIDTH]
        found = _roles(line)
        if not found and (not line or wraps == 2):
            here = skip_blank(lines, here)
            if here - end > 2 or here >= len(lines) or not _role(lines[here]):
                break
            continue
        if not found and _sentence(line):
            break
        wraps = 0 if found else wraps + 1
        if found or "@" in line or line[0] in "<[(" or len(lines[here - 1]) < 14:
            end = here + 1
        roles |= found
        address = address or ("@" in line and not _OWN_ADDRESS.match(line.lower()))
        here += 1
    return _weigh_block(lines, at, end, roles, address)


def _weigh_block(lines: list[str], at: int, end: int, roles: set[str], address: bool) -> Opener | None:
    """A trip ("From: Rome, To: Paris, Date: …") is none, nor is a contact form that has only From and Subject.

    Programs name an address or the time of day; people who head a form of their own mostly do neither.
    """
    if "from" not in roles:
        return None
    if roles == {"from"}:
        lone = end == at + 1 and at and not lines[at - 1] and _LONE_FROM.search(lines[at][:WIDTH])
        return Opener(at, end, sure=False, rest=True) if lone else None
    program = address or any(_CLOCK.search(line[:WIDTH].lower()) for line in lines[at:end])
    if not program and _own_form(lines, at):
        return None
    if "date" in roles and (address or "subject" in roles):
        return Opener(at, end, sure=len(roles) > 2 and program, rest=True)
    return Opener(at, end, sure=program, rest=True) if {"to", "subject"} <= roles else None


def _own_form(lines: list[str], at: int) -> bool:
    """Whether a block starts as no program starts it: with To, inside, at the top, or announced ("My details:")."""
    if _role(lines[at]) == "to" or (at and _role(lines[at - 1])):
        return True
    before = next((lines[here] for here in range(at - 1, max(-1, at - _MOST_HEADERS), -1) if lines[here]), ":")
    return before.endswith(_ENDS)


def _role(line: str) -> str:
    head = line[:40]
    if ":" not in head and "：" not in head:
        return ""
    return ROLES.get(head.replace("：", ":").partition(":")[0].strip(_EDGES).lower(), "")


def _roles(line: str) -> set[str]:
    """All roles labelled in a line that starts with a label: some programs put two or all of them in one line."""
    first = _role(line)
    return {first, *(ROLES[label] for label in _LABELS.findall(line.lower()))} if first else set()


def _sentence(line: str) -> bool:
    return line[-1] in ".!?" and "@" not in line and len(line) > 30


def attribution(lines: list[str], at: int) -> Opener | None:
    """`On Tue, … Shop <orders@…> wrote:`, whole or wrapped over up to four lines; `at` is its last line."""
    low = lines[at][:WIDTH].lower()
    tail = low.rstrip(" -–—_*") if low.endswith(">") else low.rstrip(" -–—_*>")
    if not tail.endswith(_ENDS) and not tail.endswith(_BARE_ENDS):
        return Opener(at, at + 1, rest=not _marked(lines, at + 1)) if _DATE_AND_ADDRESS.match(low) else None
    joined = ""
    for start in range(at, max(-1, at - 4), -1):
        line = lines[start][:WIDTH]
        if not line or (start < at and (line[0] == ">" or line.endswith(_ENDS))):
            break
        joined = f"{line} {joined}".strip()
        if _says_who_and_when(joined.lower().strip("-–—_* ")):
            return _weigh_attribution(lines, _widen(lines, start), at, "@" in joined)
    return Opener(at, at + 1) if _says_who(low) and _marked(lines, at + 1) else None


def _says_who_and_when(low: str) -> bool:
    if any(phrase in low for phrase in say.NOT_A_PROGRAM):
        return False
    dated = _DATED.search(low) is not None
    if low.startswith(say.QUOTING):
        return "@" in low or dated
    if "@" in low:
        if _WROTE.search(low):
            return dated or _OPENER.match(low) is not None or _ADDRESS.search(low) is not None
        return dated and _ADDRESS_END.search(low) is not None
    said = _WROTE.search(low) if _OPENER.match(low) else None
    return dated and said is not None and (said[0].strip(" >)") in _MIDDLE or not low[said.end() :].strip(" :：-_*"))


def _says_who(low: str) -> bool:
    """`Shop wrote:` or `Shop schrieb am 2.11.:` and no more: enough when marked lines follow."""
    said = _WROTE.search(low) if low.count(" ") < 8 else None
    if said is None or any(phrase in low for phrase in say.NOT_A_PROGRAM):
        return False
    return not low[said.end() :].strip(" :：") or _DATED.search(low) is not None


def _widen(lines: list[str], start: int) -> int:
    """Takes in the line before, when the date itself was wrapped (`Am Sonntag, 1. Januar` / `2023 um …`)."""
    before = lines[start - 1] if start else ""
    if before.endswith(("<", "(")) and len(before) < 120:
        return start - 1
    if not before or (_OPENER.match(lines[start].lower()) and not lines[start][:4].isdigit()):
        return start
    fits = before[-1] not in ".!?:>" and len(before) + len(lines[start].split(None, 1)[0]) > 30
    return start - 1 if fits and _OPENER.match(before.lower()) else start


def _weigh_attribution(lines: list[str], start: int, at: int, address: bool) -> Opener:
    """With marked lines below, the marks decide; else the rest is history, surely so when an address is named."""
    marked = _marked(lines, at + 1)
    return Opener(start, at + 1, sure=marked or address or skip_blank(lines, at + 1) == len(lines), rest=not marked)


def _marked(lines: list[str], at: int) -> bool:
    following = skip_blank(lines, at)
    return following < len(lines) and lines[following][0] == ">"
