"""Finds where in a raw mail a text stands that may hold a secret, and writes only those places anew."""

import base64
import binascii
import re

from mailbot.reading import charsets, mime, secrets_glance, secrets_headers, secrets_html, secrets_text, transfer
from mailbot.reading.limits import LIMITS
from mailbot.reading.mime import Part
from mailbot.reading.secrets_headers import Edit

_MOST_TEXT = 8 << 20  # bytes of text looked at in one mail
_DEPTH = 5  # mails inside mails
_UNLIKE_ASCII = frozenset(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "iso2022_jp_ext", "iso2022_kr", "hz"))
_TEXT_TYPES = (
    "application/json", "application/xml", "application/rtf", "application/csv", "application/x-ndjson",
    "application/yaml", "application/x-yaml", "application/sql", "application/javascript",
)  # fmt: skip
_TEXT_NAME = re.compile(
    r"\.(?:txt|text|csv|tsv|eml|md|log|json|xml|html?|xhtml|svg|rtf|ics|vcf|ya?ml|ini|cfg|conf|sql|mht(?:ml)?)\W*$",
    re.I,
)
_NO_TEXT = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "multipart/")
_HEADERS_FIRST = re.compile(rb"\s{0,20}(?:From |[A-Za-z][\w-]{1,60}:)")
_CONTROLS = bytes(octet for octet in range(32) if octet not in b"\t\n\r\f\x1b")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")  # UTF-16 says so in its first two bytes
_LOOKED_AT = 4000  # bytes of an attachment that tell whether it is text


def rewrite(raw: bytes, depth: int = 0) -> tuple[bytes, int]:
    """The mail with every text in it scrubbed; the identical object when nothing changed. Never raises."""
    top, body = mime.split_mail(raw, LIMITS)
    parts = mime.leaves(raw, top, body, LIMITS)
    edits: list[Edit] = []
    count = secrets_headers.edit(raw, 0, body, edits)
    budget = _MOST_TEXT
    for part in parts:
        if part.head:
            count += secrets_headers.edit(raw, part.head, part.start, edits)
        if part.end <= part.start or not budget or not _is_text(raw, part):
            continue
        if part.end - part.start > budget:  # the rest of such a text is never read by anybody either
            part.end = raw.rfind(b"\n", part.start, part.start + budget) + 1 or part.start + budget
        budget -= min(budget, part.end - part.start)
        count += _edit_body(raw, part, edits, depth)
    count += _edit_gaps(raw, body, parts, edits)
    return (_apply(raw, edits), count) if edits else (raw, 0)


def _is_text(raw: bytes, part: Part) -> bool:
    """By the type, else by the name, else by the bytes: many programs send every attachment as octets."""
    kind = part.media_type
    if kind.startswith(("text/", "message/")) or kind.endswith(("+xml", "+json")) or kind in _TEXT_TYPES:
        return True
    if kind.startswith(_NO_TEXT) or not (_TEXT_NAME.search(part.name) or kind == "application/octet-stream"):
        return False
    beginning = transfer.decode(raw[part.start : min(part.end, part.start + _LOOKED_AT)], part.encoding)
    if beginning.startswith(_WIDE_MARKS):
        return True
    return b"%PDF-" not in beginning[:1024] and len(beginning.translate(None, _CONTROLS)) == len(beginning)


def _is_mail(data: bytes, part: Part) -> bool:
    if part.media_type in ("message/rfc822", "message/global", "text/rfc822"):
        return True
    return part.name.lower().endswith((".eml", ".mht", ".mhtml")) and _HEADERS_FIRST.match(data) is not None


def _charset(data: bytes, part: Part) -> str:
    return part.parameters.get("charset", "") or ("utf-16" if data.startswith(_WIDE_MARKS) else "")


def _apply(raw: bytes, edits: list[Edit]) -> bytes:
    pieces, position = [], 0
    for start, end, new in sorted(edits):
        if start >= position:
            pieces += [raw[position:start], new]
            position = end
    return b"".join([*pieces, raw[position:]])


def _edit_body(raw: bytes, part: Part, edits: list[Edit], depth: int) -> int:
    source = raw[part.start : part.end]
    data = transfer.decode(source, part.encoding)
    charset, is_mail = _charset(data, part), _is_mail(data, part)
    worth_it = secrets_glance.may_hold if is_mail or part.media_type.startswith("message/") else secrets_glance.in_text
    if charsets.codec_for(charset) not in _UNLIKE_ASCII and not worth_it(data):
        return 0
    new, count = rewrite(data, depth + 1) if is_mail and depth < _DEPTH else _scrub_bytes(data, part, charset)
    if count:
        edits.append((part.start, part.end, _encode(new, part.encoding, source)))
    return count


def _scrub_bytes(data: bytes, part: Part, charset: str) -> tuple[bytes, int]:
    """In the part's own charset where that goes there and back, else byte by byte: digits are nearly always ASCII."""
    text, codec = charsets.to_text(data, charset), ""
    for candidate in (charsets.codec_for(charset), "utf-8", "cp1252", "latin-1"):
        try:
            if candidate and text.encode(candidate) == data:
                codec = candidate
                break
        except UnicodeError:
            continue
    if not codec:
        text, codec = data.decode("latin-1"), "latin-1"
    is_html = part.media_type in ("text/html", "application/xhtml+xml", "image/svg+xml") or "</" in text[:4000]
    new, count = secrets_html.scrub(text) if is_html else secrets_text.scrub(text)
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
            new, found = secrets_text.scrub(line.decode("latin-1"))
            if found:
                edits.append((start, start + len(line), new.encode("latin-1", "replace")))
                count += found
        start += len(line) + 1
    return count
