"""A mail's body is taken apart into its parts (RFC 2046), limits first: no recursion, no copies, in linear time."""

import re
from dataclasses import dataclass, field

from mailbot.reading import headers as header_lines
from mailbot.reading.limits import Limits

_GUESSED_BOUNDARY = re.compile(rb"(?<=[\r\n])--([^\s-][^\r\n]{0,69})\r?\n[Cc]ontent-")
_MEDIA_TYPE = re.compile(r"^[\w.+-]{1,60}/[\w.+-]{1,100}$", re.A)

_LONGEST_DELIMITER = 200  # bytes after the boundary: RFC 2046 allows blanks only


@dataclass(slots=True)
class Part:
    """One part: where its body lies in the raw mail, and what its headers say of it."""

    start: int
    end: int
    headers: header_lines.Raw
    media_type: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    encoding: str = "7bit"
    disposition: str = ""
    name: str = ""
    alternative: int = 0  # number of the outermost multipart/alternative around it; 0: none
    depth: int = 0
    inside: str = ""  # media type of the multipart around it
    head: int = 0  # where its headers start


def split_mail(raw: bytes, limits: Limits) -> tuple[header_lines.Raw, int]:
    """The headers of a mail and where its body starts. A mail without any header is all body."""
    start = _skip_envelope(raw)
    head, body = _split_block(raw, start, min(len(raw), limits.size), limits.header_block)
    found = header_lines.split(head, limits)
    return (found, body) if found else (found, start)


def _skip_envelope(raw: bytes) -> int:
    """Past blank lines, a byte order mark, and the `From ` line of an mbox."""
    start = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    while raw[start : start + 1] in (b"\r", b"\n"):
        start += 1
    if raw.startswith((b"From ", b">From "), start):
        line_end = raw.find(b"\n", start, start + 2000)
        start = line_end + 1 if line_end >= 0 else start
    return start


def _split_block(raw: bytes, start: int, end: int, most: int) -> tuple[bytes, int]:
    """The header block that starts here, and where the body after it starts."""
    if raw.startswith((b"\n", b"\r\n"), start):
        return b"", raw.index(b"\n", start) + 1
    longest = min(end, start + most)
    feeds, returns = raw.find(b"\n\n", start, longest), raw.find(b"\n\r\n", start, longest)
    if max(feeds, returns) >= 0:
        short = feeds >= 0 and (returns < 0 or feeds < returns)
        first = feeds if short else returns
        before = first - (first > start and raw[first - 1] == 13)
        return raw[start:before], first + (2 if short else 3)
    for blank in (b"\n\r\n", b"\n\n"):
        if (position := raw.find(blank, longest, end)) >= 0:
            return raw[start:longest], position + len(blank)
    return raw[start:longest], end


def leaves(raw: bytes, top: header_lines.Raw, start: int, limits: Limits) -> list[Part]:
    """The parts that are no multiparts, in the order of the mail. The first may be the whole body."""
    end = min(len(raw), limits.size)
    hint = header_lines.charset_hint(top)
    budget = _Budget(limits.parts, limits.delimiters)
    root = _part(top, start, end, "text/plain", hint, limits)
    found: list[Part] = []
    open_parts = [root]
    while open_parts:
        part = open_parts.pop()
        spans = []
        if part.media_type.startswith("multipart/") and part.depth < limits.depth:
            spans = _children(raw, part, budget)
        if not spans:
            found.append(_as_leaf(part, limits))
            continue
        open_parts.extend(_read_child(raw, span, part, hint, limits, len(found) + 1) for span in reversed(spans))
    return found


def _part(found: header_lines.Raw, start: int, end: int, default: str, hint: str, limits: Limits) -> Part:
    part = Part(start, end, found, default)
    for name, value in reversed(found):  # the first of each counts
        if not name.startswith("content-"):
            continue
        if name == "content-type":
            main, part.parameters = header_lines.parameters(value, hint, limits)
            part.media_type = media_type(main, default)
        elif name == "content-transfer-encoding":
            part.encoding = value.partition(";")[0].strip().lower()
        elif name == "content-disposition":
            part.disposition, more = header_lines.parameters(value, hint, limits)
            part.name = more.get("filename", "")
    part.name = (part.name or part.parameters.get("name", ""))[:250]
    return part


def media_type(value: str, default: str) -> str:
    """The media type in lower case that a Content-Type names, or the default where it names none."""
    value = value.partition(";")[0].strip(" \t\"'").lower()
    if value in ("text", "plain", "html"):
        return "text/html" if value == "html" else "text/plain"
    return value if _MEDIA_TYPE.match(value) else default


def _as_leaf(part: Part, limits: Limits) -> Part:
    """A multipart in which no part was found is read as text; one that is too deep is not read at all."""
    if part.media_type.startswith("multipart/"):
        part.media_type = "text/plain" if part.depth < limits.depth else "application/octet-stream"
    return part


@dataclass(slots=True)
class _Budget:
    """What is left of the limits that count for the whole mail."""

    parts: int
    delimiters: int


def _read_child(raw: bytes, span: tuple[int, int], parent: Part, hint: str, limits: Limits, alternative: int) -> Part:
    start, end = span
    head, body = _split_block(raw, start, end, limits.part_headers)
    default = "message/rfc822" if parent.media_type == "multipart/digest" else "text/plain"
    found = header_lines.split(head, limits)
    if head and not found:
        body = start  # no headers and no blank line before the text: it is all text
    child = _part(found, body, end, default, hint, limits)
    child.head = start
    child.depth, child.inside, child.alternative = parent.depth + 1, parent.media_type, parent.alternative
    if parent.media_type == "multipart/alternative" and not parent.alternative:
        child.alternative = alternative
    return child


def _children(raw: bytes, parent: Part, budget: _Budget) -> list[tuple[int, int]]:
    """Where the parts of a multipart start and end."""
    boundary = parent.parameters.get("boundary", "").encode("latin-1", "replace")[:200].rstrip()
    spans = _cut(raw, parent, boundary, budget) if boundary else []
    if not spans and (guess := _GUESSED_BOUNDARY.search(raw, parent.start, min(parent.end, parent.start + 4096))):
        spans = _cut(raw, parent, guess[1].rstrip(), budget)
    return spans


def _cut(raw: bytes, parent: Part, boundary: bytes, budget: _Budget) -> list[tuple[int, int]]:
    marker = b"--" + boundary
    spans: list[tuple[int, int]] = []
    opened = -1
    position = raw.find(marker, parent.start, parent.end)
    while position >= 0 and budget.delimiters > 0 and budget.parts > 0:
        budget.delimiters -= 1
        after = position + len(marker)
        line_end = raw.find(b"\n", after, min(parent.end, after + _LONGEST_DELIMITER))
        line_end = min(parent.end, after + _LONGEST_DELIMITER) if line_end < 0 else line_end
        rest = raw[after:line_end].strip()
        at_line_start = position == parent.start or raw[position - 1] in b"\r\n"
        if at_line_start and (not rest or rest.startswith(b"--")):
            if opened >= 0:
                spans.append((opened, _before_line_break(raw, opened, position)))
                budget.parts -= 1
            opened = min(line_end + 1, parent.end)
            if rest:
                return spans
        position = raw.find(marker, after, parent.end)
    if opened >= 0 and budget.parts > 0:
        spans.append((opened, parent.end))
        budget.parts -= 1
    return spans


def _before_line_break(raw: bytes, start: int, position: int) -> int:
    """A delimiter's own line break belongs to the delimiter (RFC 2046 section 5.1.1)."""
    if position > start and raw[position - 1] == 10:
        position -= 1
    if position > start and raw[position - 1] == 13:
        position -= 1
    return position
