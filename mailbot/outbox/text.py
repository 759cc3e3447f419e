"""Makes values from outside safe to print on one line, and wraps the text part of a letter."""

import re

VERBATIM = "\x02"
"""Marks a line of a text part that stays as it is: a URL, a key. No value contains it, `tidy` removes controls."""

LIMIT = 160
"""Characters of one value in a letter: long enough for any name, short enough that no value can drown the letter."""

# Controls, soft hyphens, zero-width and direction-changing characters: invisible, and able to make a text lie.
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_UNTIDY = re.compile(_ODD.pattern + r"|^ |  | $|://|[wW]{3}\.")
_NOT_A_NAME = re.compile(r"[:/\\@<>{}\[\]|=%$#*_\"\d]|\.\w\w")
_STUFFED = ("-", ">", "From ")


class Ready(str):
    """Text with line breaks of its own that was already made safe: the output of a component."""

    __slots__ = ()


def tidy(value: str, limit: int = LIMIT) -> str:
    """The value on one line: no controls, no doubled spaces, no working web address, cut at `limit`."""
    if len(value) <= limit and not _UNTIDY.search(value):
        return value
    # split(" "), not split(): no-break spaces belong to amounts of money.
    words = filter(None, _ODD.sub(" ", value[: 8 * limit]).split(" "))
    return short(" ".join(map(_disarm, words)), limit)


def _disarm(word: str) -> str:
    """A web address that no mail program will turn into a link: a name is no place for one."""
    if "://" in word or "www." in word.lower():
        return word.replace("://", ": //").replace(".", "[.]")
    return word


def short(value: str, limit: int) -> str:
    """At most `limit` characters, the last of them an ellipsis where something was cut."""
    return value if len(value) <= limit else value[: limit - 1].rstrip() + "…"


def greeting_name(name: str) -> str:
    """The name to greet by, or "" when it does not look like a name: advertisers sign up as their URL."""
    name = tidy(name)
    return "" if len(name) > 60 or _NOT_A_NAME.search(name) else name


def paragraphs(text: str, limit: int = 6000) -> list[list[str]]:
    """A plain text of several lines as paragraphs of tidy lines; at most `limit` characters are shown."""
    cut = short(text.replace("\r\n", "\n").replace("\r", "\n"), limit)
    found: list[list[str]] = [[]]
    for raw in cut.split("\n"):
        line = " ".join(_ODD.sub(" ", raw).split())
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [lines for lines in found if lines]


def wrap(text: str, columns: int = 76) -> str:
    """The rendered text part, one paragraph a line, as mail text: wrapped, single blank lines, none at either end.

    No line starts with `-`, `>` or `From `, which mail programs treat in their own ways; such a line gets a space in
    front (RFC 3676, space-stuffing). Words longer than a line are not broken: they are addresses or keys.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        if not line or line.isspace():
            if lines and lines[-1]:
                lines.append("")
        elif line == "-- ":
            lines.append(line)  # the signature mark of RFC 3676: what follows is not quoted in answers
        elif line.startswith(VERBATIM):
            lines.append(_stuff(line[1:]))
        elif len(line) <= columns:
            lines.append(_stuff(line.rstrip(" ")))
        else:
            lines.extend(_fold(line, columns))
    return "\n".join(lines).strip("\n")


def _fold(line: str, columns: int) -> list[str]:
    """One long line as several; the mark of a list item or an indent stays, and what follows hangs below it."""
    rest = line.strip(" ")
    now = line[: len(line) - len(line.lstrip(" "))]
    hang = now + "  " if rest.startswith("* ") else now
    lines = []
    while len(now) + len(rest) >= columns:  # one column is kept free for stuffing
        cut = rest.rfind(" ", 2, columns - len(now))
        cut = cut if cut > 0 else rest.find(" ", 2)
        if cut < 0:
            break
        lines.append(_stuff(now + rest[:cut]))
        now, rest = hang, rest[cut + 1 :]
    return [*lines, _stuff(now + rest)]


def _stuff(line: str) -> str:
    return " " + line if line.startswith(_STUFFED) else line
