"""How a value from outside is printed in a letter: tidy, escaped, never a link unless it was checked to be one."""

import re
from html import escape
from typing import Any

from markupsafe import Markup

from mailbot.outbox.text import VERBATIM, Ready, short, tidy

_ADDRESS = re.compile(
    r"https?://[^\s\x00-\x20\"<>\\^`{|}]{1,2000}|mailto:[^\s\x00-\x20\"<>\\^`{|}@:,;?&]{1,64}@[A-Za-z0-9.-]{1,255}"
)
_KEY_LIMIT = 8000  # characters: whole licence files of some products


def html_value(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Markup):
        return tidy(value)
    if value is None:
        raise TypeError("a value to be printed is null")
    return value


def text_value(value: Any) -> Any:
    if isinstance(value, str):
        return value if isinstance(value, Ready) else tidy(value)
    if value is None:
        raise TypeError("a value to be printed is null")
    return value


def is_web(value: object) -> bool:
    """Whether the value is an http, https or mailto address without any odd character."""
    return isinstance(value, str) and _ADDRESS.fullmatch(value) is not None


def html_href(value: str) -> Markup:
    if not is_web(value):
        raise ValueError(f"not a web address: {short(str(value), 60)!r}")
    return Markup(escape(value))  # noqa: S704 - escaped here


def text_link(value: str) -> Ready:
    """A web address on a line of its own in the text part."""
    if not is_web(value):
        raise ValueError(f"not a web address: {short(str(value), 60)!r}")
    return Ready(VERBATIM + value.removeprefix("mailto:"))


def _key_lines(value: str) -> list[str]:
    """A key as given, never cut: a shortened key is a wrong key."""
    if len(value) > _KEY_LIMIT:
        raise ValueError(f"a key of {len(value)} characters is too long for a letter")
    return [line for raw in value.splitlines() if (line := _printable(raw))]


def _printable(value: str) -> str:
    return "".join(character for character in value.strip() if character.isprintable())


def html_key(value: str) -> Markup:
    lines = (Markup(escape(line)) for line in _key_lines(value))  # noqa: S704 - escaped here
    return Markup("<br>").join(lines)


def text_key(value: str) -> Ready:
    return Ready("\n".join(VERBATIM + line for line in _key_lines(value)))
