"""Finds where in a raw mail a text stands that may hold a secret, and writes only those places anew."""

import base64
import binascii
import re

from mailbot.reading import charsets, headers, mime, secrets_glance, secrets_html, secrets_text, transfer
from mailbot.reading.limits import LIMITS
from mailbot.reading.mime import Part

Edit = tuple[int, int, bytes]
"""raw[start:end] becomes these bytes."""

_MOST_TEXT = 8 << 20  # bytes of text looked at in one mail
_DEPTH = 5  # mails inside mails
_UNLIKE_ASCII = frozenset(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "iso2022_jp_ext", "iso2022_kr", "hz"))
_NAMED_HEADERS = frozenset(
    (
        "subject", "from", "to", "cc", "reply-to", "sender", "comments", "keywords", "thread-topic",
        "organization", "content-type", "content-disposition", "content-description", "x-original-subject",
        "resent-from", "resent-to", "x-sender-name",
    )
)  # fmt: skip
_PARAMETERS = re.compile(r"^(content-type|content-disposition)$")


def rewrite(raw: bytes, depth: int = 0) -> tuple[bytes, int]:
    """The mail with every text in it scrubbed; the identical object when nothing changed. Never raises."""
    top, body = mime.split_mail(raw, LIMITS)
    parts = mime.leaves(raw, top, body, LIMITS)
    edits: list[Edit] = []
    count = _edit_headers(raw, 0, body, edits)
    budget = _MOST_TEXT
    for part in parts:
        if part.head:
            count += _edit_headers(raw, part.head, part.start, edits)
        if part.end <= part.start or not budget or not _is_text(part):
            continue
        if part.end - part.start > budget:  # the rest of such a text is never read by anybody either
            part.end = raw.rfind(b"\n", part.start, part.start + budget) + 1 or part.start + budget
        budget -= min(budget, part.end - part.start)
        count += _edit_body(raw, part, edits, depth)
    count += _edit_gaps(raw, body, parts, edits)
    return (_apply(raw, edits), count) if edits else (raw, 0)


def _scrub(text: str) -> tuple[str, int]:
    found = secrets_text.find(text)
    return (secrets_text.without(text, found), len(found)) if found else (text, 0)


def _is_text(part: Part) -> bool:
    return part.media_type.startswith(("text/", "message/")) or part.media_type in (
        "application/json", "application/xml", "application/xhtml+xml", "application/rtf",
    )  # fmt: skip


def _apply(raw: bytes, edits: list[Edit]) -> bytes:
    pieces, position = [], 0
    for start, end, new in sorted(edits):
        if start >= position:
            pieces += [raw[position:start], new]
            position = end
    return b"".join([*pieces, raw[position:]])


def _worth_it(data: bytes, part: Part) -> bool:
    return secrets_glance.may_hold(data) if part.media_type.startswith("message/") else secrets_glance.in_text(data)


def _edit_body(raw: bytes, part: Part, edits: list[Edit], depth: int) -> int:
    source = raw[part.start : part.end]
    data = transfer.decode(source, part.encoding)
    if charsets.codec_for(part.parameters.get("charset", "")) not in _UNLIKE_ASCII and not _worth_it(data, part):
        return 0
    if part.media_type in ("message/rfc822", "message/global", "text/rfc822") and depth < _DEPTH:
        new, count = rewrite(data, depth + 1)
    else:
        new, count = _scrub_bytes(data, part)
    if count:
        edits.append((part.start, part.end, _encode(new, part.encoding, source)))
    return count


def _scrub_bytes(data: bytes, part: Part) -> tuple[bytes, int]:
    """In the part's own charset where that goes there and back, else byte by byte: digits are nearly always ASCII."""
    text, codec = charsets.to_text(data, part.parameters.get("charset", "")), ""
    for candidate in (charsets.codec_for(part.parameters.get("charset", "")), "utf-8", "cp1252", "latin-1"):
        try:
            if candidate and text.encode(candidate) == data:
                codec = candidate
                break
        except UnicodeError:
            continue
    if not codec:
        text, codec = data.decode("latin-1"), "latin-1"
    is_html = part.media_type in ("text/html", "application/xhtml+xml") or "</" in text[:4000]
    new, count = secrets_html.scrub(text) if is_html else _scrub(text)
    return (new.encode(codec, "replace"), count) if count else (data, 0)


def _encode(data: bytes, encoding: str, source: bytes) -> bytes:
    """Back into the part's transfer encoding, with the line ends that it had."""
    if encoding == "base64":
        data = base64.encodebytes(data)
    elif encoding == "quoted-printable":
        data = binascii.b2a_qp(data.replace(b"\r\n", b"\n"), istext=True)
    elif encoding in ("x-uuencode", "x-uue", "uuencode", "uue"):
        lines = [binascii.b2a_uu(data[place : place + 45]) for place in range(0, len(data), 45)]
        data = b"".join([b"begin 644 text\n", *lines, b"`\nend\n"])
    else:
        return data
    return data.replace(b"\n", b"\r\n") if b"\r\n" in source[:4000] else data


def _edit_headers(raw: bytes, start: int, end: int, edits: list[Edit]) -> int:
    """The header lines of one block that say something to people: subject, names, file names."""
    count, position = 0, start
    stop = min(end, start + LIMITS.header_block)
    block = raw[start:stop]
    if b"*" not in block and not secrets_glance.in_headers(block):
        return 0
    for _ in range(2 * LIMITS.headers):
        if position >= stop:
            break
        line_end = _field_end(raw, position, stop)
        line = raw[position:line_end]
        name = line[:40].partition(b":")[0].strip().lower().decode("latin-1")
        if name in _NAMED_HEADERS or name.endswith("subject"):
            new, found = _scrub_field(line, name)
            if found:
                edits.append((position, line_end, new))
                count += found
        position = line_end
    return count


def _field_end(raw: bytes, start: int, stop: int) -> int:
    """Where a header ends that may go on over several lines."""
    position = start
    for _ in range(1000):
        line_end = raw.find(b"\n", position, stop)
        if line_end < 0:
            return stop
        position = line_end + 1
        if raw[position : position + 1] not in (b" ", b"\t"):
            return position
    return position


def _scrub_field(line: bytes, name: str) -> tuple[bytes, int]:
    """One header: what stands in it plainly is replaced in place; what is encoded makes the value be written anew."""
    ending = b"\r\n" if line.endswith(b"\r\n") else b"\n" if line.endswith(b"\n") else b""
    label, _, value = line[: 8 * LIMITS.header_value].decode("latin-1").partition(":")
    plain, count = _scrub(value)
    value = " ".join(plain.split("\n")) if count else value
    flat = headers.clean(value.strip()) if "\n" in value or "\r" in value else value.strip()
    if _PARAMETERS.match(name):
        new, found = _scrub_parameters(flat)
    else:
        shown = headers.readable(flat, "", LIMITS)
        new, found = _scrub(shown) if shown != flat else (flat, 0)
        new = _encoded(new, flat) if found else flat
    if not (count or found):
        return line, 0
    return f"{label}: {new if found else flat}".encode("latin-1", "replace") + ending, count + found


def _scrub_parameters(value: str) -> tuple[str, int]:
    """Content-Type and Content-Disposition: the file's name."""
    main, parameters = headers.parameters(value, "", LIMITS)
    count = 0
    for name in ("name", "filename"):
        new, found = _scrub(parameters.get(name, ""))
        if found:
            parameters[name] = new.encode("ascii", "replace").decode().replace('"', "'")
            count += found
    return "; ".join([main, *(f'{name}="{text}"' for name, text in parameters.items())]), count


def _encoded(text: str, before: str) -> str:
    """A header's value as encoded words of at most 75 characters (RFC 2047); an address in brackets stays readable."""
    shown, bracket, address = text.partition(" <") if "<" in before else (text, "", "")
    octets = shown.encode("utf-8", "replace")
    words = [base64.b64encode(octets[place : place + 42]).decode() for place in range(0, len(octets), 42)]
    return " ".join(f"=?utf-8?b?{word}?=" for word in words) + bracket + address


def _edit_gaps(raw: bytes, body: int, parts: list[Part], edits: list[Edit]) -> int:
    """What stands between the parts, where mailers put nothing to read: lines that are no delimiters."""
    count, position = 0, body
    for part in [*sorted(parts, key=lambda one: one.head), None]:
        end = (part.head or part.start) if part else min(len(raw), position + LIMITS.text)
        if end - position > 12:
            count += _edit_gap(raw, position, min(end, position + LIMITS.text), edits)
        position = max(position, part.end) if part else position
    return count


def _edit_gap(raw: bytes, start: int, end: int, edits: list[Edit]) -> int:
    count = 0
    for line in raw[start:end].split(b"\n"):
        if not line.startswith(b"--") and b"oundary" not in line and secrets_glance.in_text(line):
            new, found = _scrub(line.decode("latin-1"))
            if found:
                edits.append((start, start + len(line), new.encode("latin-1", "replace")))
                count += found
        start += len(line) + 1
    return count
