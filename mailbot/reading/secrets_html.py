"""Secrets in HTML, also where tags and entities stand between their digits."""

import html as entities
import re
from array import array

from mailbot.reading import secrets_text

_TOKEN = re.compile(r"<!--.*?-->|<[^<>]{0,5000}>|&(?:#x?[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});", re.S)
_LINE_TAG = re.compile(r"</?(?:p|div|br|tr|td|th|li|h[1-6]|table|blockquote)\b", re.I)
_CELL = re.compile(r"</?t[dh]\b", re.I)


def scrub(source: str) -> tuple[str, int]:
    """Takes secrets out of HTML source, first where they stand plainly, then as they are seen. Linear."""
    plain = secrets_text.find(source)
    if plain:
        source = secrets_text.without(source, plain)
    hidden = secrets_text.find(_TOKEN.sub(lambda token: _character(token[0]), source))
    return (_without(source, hidden) if hidden else source), len(plain) + len(hidden)


def _places(source: str) -> tuple["array[int]", "array[int]"]:
    """For each character of the text as it is seen, where it starts and ends in the source."""
    starts, ends = array("L"), array("L")
    position = 0
    for token in [*_TOKEN.finditer(source), None]:
        end = token.start() if token else len(source)
        starts.extend(range(position, end))
        ends.extend(range(position + 1, end + 1))
        if token:
            position = token.end()
            for _ in _character(token[0]):
                starts.append(token.start())
                ends.append(token.end())
    return starts, ends


def _character(token: str) -> str:
    if token.startswith("&"):
        return entities.unescape(token)[:1].replace("\xad", "").replace("\u200b", "")
    if _CELL.match(token):
        return "\t"
    return "\n" if _LINE_TAG.match(token) else ""


def _without(source: str, found: list[secrets_text.Secret]) -> str:
    """Takes the seen characters out of the source; the tags between them stay."""
    starts, ends = _places(source)
    pieces: list[str] = []
    position = 0
    for one in found:
        instead = one.instead
        for place in range(one.start, one.end):
            begin, stop = starts[place], ends[place]
            if begin < position or source.startswith("<", begin):
                continue
            pieces += [source[position:begin], instead]
            position, instead = stop, ""
    return "".join([*pieces, source[position:]])
