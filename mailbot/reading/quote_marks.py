"""Finds quoted history in plain text: `>` lines, and all that follows an attribution, a header block or a rule."""

from dataclasses import dataclass, field

from mailbot.reading import quote_phrases as say
from mailbot.reading.quote_headings import (
    WIDTH,
    Opener,
    attribution,
    header_block,
    may_head,
    skip_blank,
    wrapped_end,
)

WRAP = 70  # characters: a quoted line this long was probably broken by a mail server
MOST_TRIES = 2000  # lines that are looked at closely: a mail of people has a few dozen
_DASHES = "-–—―‐‑_=*~+# \t"
_SIGNS = ">|»}"  # what programs put before quoted lines; all but the first count under a heading only
_GROUPWISE = ">>>"


@dataclass(slots=True)
class Marks:
    """Which lines are history. `unsure`: cut on weak evidence; `forward`: a forwarded mail is all there is."""

    history: list[bool]
    unsure: set[int] = field(default_factory=set)
    headings: set[int] = field(default_factory=set)  # attribution lines, header blocks and rules: never worth reading
    forward: bool = False
    signs: str = ">"  # what quoted lines start with
    told: bool = False  # something of the writer's own has been seen


def find_history(lines: list[str]) -> Marks:
    """Marks the lines that are quoted or forwarded. `lines` are stripped."""
    marks = Marks([False] * len(lines))
    at, tries = 0, 0
    while at < len(lines):
        line = lines[at]
        if not line:
            at += 1
            continue
        opener = None
        if tries < MOST_TRIES and (line[0] in _DASHES or may_head(line)):
            opener = _opener(lines, at)
            tries += 1
        if opener:
            at = _mark_opener(lines, opener, marks)
        elif line[0] in marks.signs:
            at = _mark_quoted(lines, at, marks)
        else:
            marks.told = True
            at += 1
    return marks


def _mark_quoted(lines: list[str], at: int, marks: Marks) -> int:
    """Marks a run of `>` lines, with the pieces of them that a server broke off."""
    history, count = marks.history, len(lines)
    while at < count and (line := lines[at]):
        if line[0] in marks.signs:
            history[at] = True
            at += 1
        elif broken := next((length for length in (1, 2) if _broken_off(lines, at, length)), 0):
            history[at : at + broken] = [True] * broken
            at += broken
        else:
            break
    return at


def _broken_off(lines: list[str], at: int, length: int) -> bool:
    """Whether unmarked lines are the tail of the quoted line before: lower case, between `>` lines, no room left."""
    before, here, after = lines[at - 1], lines[at : at + length], lines[at + length : at + length + 1]
    if len(here) < length or not all(here) or here[-1][0] == ">" or not after or after[0][:1] != ">":
        return False
    if len(here[0]) < 4 and not any(map(str.isalnum, here[0])):
        return True
    return here[0][0].islower() and len(before) + 1 + len(here[0].split(None, 1)[0]) >= WRAP


def _opener(lines: list[str], at: int) -> Opener | None:
    line = lines[at][:WIDTH]
    if line[0] == ">":
        if line.startswith(_GROUPWISE) and line.endswith(_GROUPWISE) and ":" in line:
            return Opener(at, at + 1, rest=True)
        return attribution(lines, at) if wrapped_end(line) else None
    if line[0] in _DASHES and (rule := _rule(lines, at)):
        return rule
    if block := header_block(lines, at):
        return block
    if len(line) < 60 and line.lower().rstrip(" :*.").startswith(say.FORWARDED) and line[-1] in ":*":
        return Opener(at, at + 1, forward=True, rest=True)
    return attribution(lines, at)


def _rule(lines: list[str], at: int) -> Opener | None:
    """`-----Original Message-----`, `____ reply above this line ____`, `---- Some words ----` over a header block."""
    line = lines[at][:WIDTH]
    words = line.strip(_DASHES).lower()
    if not words or line[:2].strip(_DASHES):
        return None
    closed = line[-1] in _DASHES
    for phrases, forward in ((say.FORWARDED, True), (say.ORIGINAL, False)):
        if words.rstrip(" :") in phrases or (closed and words.startswith(phrases)):
            block = header_block(lines, skip_blank(lines, at + 1))
            return Opener(at, block.end if block else at + 1, forward=forward, rest=True)
    if len(words) < 100 and any(phrase in words for phrase in say.REPLY_ABOVE):
        return Opener(at, at + 1, rest=True)
    if closed and len(words) < 60 and (block := header_block(lines, skip_blank(lines, at + 1))):
        return Opener(at, block.end, rest=True)
    return None


def _mark_opener(lines: list[str], opener: Opener, marks: Marks) -> int:
    marks.forward = marks.forward or (opener.forward and not marks.told)
    marks.headings.update(range(opener.start, opener.end))
    end = opener.end
    following = skip_blank(lines, end)
    if following < len(lines) and lines[following][0] in _SIGNS:
        marks.signs += lines[following][0]
    elif opener.rest:
        end = len(lines)
    marks.history[opener.start : end] = [True] * (end - opener.start)
    if not opener.sure:
        marks.unsure.update(range(opener.start, end))
    return end
