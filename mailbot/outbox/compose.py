"""Assembles the bytes of a letter from parts that are encoded one by one: ASCII, CRLF, no line over 76 octets.

The standard library's generator does the same many times slower; what we send is always of one shape.
"""

import re
from base64 import b64encode
from binascii import b2a_base64, b2a_qp
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256

from mailbot.outbox.render import Image, Rendered
from mailbot.outbox.text import short, tidy

Attachment = tuple[str, str, bytes]
"""The name to show, the media type, the content."""

NAME_LIMIT = 75
_WIDTH = 76
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]+")
_NOT_FOR_NAMES = str.maketrans("", "", '@:,"<>\\\\;()[]')
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]{1,80}")
_FILE_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_PLAIN = re.compile(r"[ A-Za-z0-9!#$%&'*+/=?^_`{|}~-]*")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}@[A-Za-z0-9.-]{1,255}")


def compose(rendered: Rendered, *, headers: Mapping[str, str], attachments: Sequence[Attachment] = ()) -> bytes:
    """The whole mail. `headers` in order, as text (see `mailbox`); Subject and MIME headers are added here.

    multipart/mixed(multipart/alternative(text, multipart/related(HTML, pictures)), attachments), each level only where
    it is needed. Boundaries come from the Message-ID: the same letter gives the same bytes. Raises ValueError for a
    header name or media type that is none.
    """
    seed = headers.get("Message-ID", rendered.subject)
    html = _text_part("html", rendered.html)
    if rendered.images:
        html = _multipart("related", seed, [html, *map(_image, rendered.images)], '; type="text/html"')
    body = _multipart("alternative", seed, [_text_part("plain", rendered.text), html])
    if attachments:
        body = _multipart("mixed", seed, [body, *map(_attachment, attachments)])
    head = "".join(header(name, value) for name, value in headers.items() if name.lower() != "subject")
    return f"{head}{header('Subject', rendered.subject)}MIME-Version: 1.0\r\n".encode("ascii") + body


@lru_cache(maxsize=1024)
def mailbox(name: str, address: str) -> str:
    """An address with its display name, ready for a header; the name loses what mail programs stumble over, and is cut.

    Raises ValueError for an address that is none (RFC 5321 dot-string; no quoted local parts, no Unicode).
    """
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"not a mail address: {short(address, 60)!r}")
    shown = " ".join(tidy(name).translate(_NOT_FOR_NAMES).split())
    shown = short(shown, NAME_LIMIT)
    if not shown:
        return address
    if not shown.isascii():
        return f"{_encoded(shown, 0)} <{address}>"
    return f"{shown} <{address}>" if _PLAIN.fullmatch(shown) else f'"{shown}" <{address}>'


def header(name: str, value: str) -> str:
    """One header line with its CRLF, folded at spaces; text beyond ASCII as encoded words (RFC 2047)."""
    if not _HEADER_NAME.fullmatch(name):
        raise ValueError(f"not a header name: {name!r}")
    value = _UNSAFE.sub(" ", value).strip(" ")
    if not value.isascii() or ("=?" in value and not value.startswith("=?utf-8?b?")):
        value = _encoded(value, len(name) + 2)
    return _folded(f"{name}: {value}") + "\r\n"


def _encoded(text: str, used: int) -> str:
    """The text as base64 encoded words of at most 75 characters each, the first shorter by `used`."""
    words, now, room = [], b"", (_WIDTH - 12 - used) // 4 * 3
    for character in text:
        raw = character.encode("utf-8", "replace")
        if len(now) + len(raw) > room:
            words.append(now)
            now, room = b"", 45
        now += raw
    words.append(now)
    return " ".join(f"=?utf-8?b?{b64encode(word).decode()}?=" for word in words if word)


def _folded(line: str) -> str:
    """The header folded before words (RFC 5322, 2.2.3). A word longer than a line stays whole: an address."""
    if len(line) <= _WIDTH:
        return line
    lines, now = [], ""
    for word in line.split(" "):
        if now.strip(" ") and len(now) + 1 + len(word) > _WIDTH and not now.endswith(":"):
            lines.append(now)
            now = ""
        now = f"{now} {word}" if now or lines else word
    return "\r\n".join([*lines, now])


def _text_part(subtype: str, text: str) -> bytes:
    """A text as quoted-printable, which stays readable in the source and keeps every space and long line whole."""
    encoded = b2a_qp(text.encode("utf-8", "replace") + b"\n", istext=True).replace(b"\n", b"\r\n")
    return (
        f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".encode()
        + encoded
    )


def _image(image: Image) -> bytes:
    if not _MEDIA_TYPE.fullmatch(image.media_type):
        raise ValueError(f"not a media type: {image.media_type!r}")
    return (
        f"Content-Type: {image.media_type}\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <{image.cid}>\r\n"
        "Content-Disposition: inline\r\n\r\n"
    ).encode("ascii") + _base64(image.data)


def _attachment(attachment: Attachment) -> bytes:
    name, media_type, data = attachment
    if not _MEDIA_TYPE.fullmatch(media_type):
        raise ValueError(f"not a media type: {media_type!r}")
    safe = _FILE_NAME.sub("-", name).strip("-.")[:60] or "attachment"
    return (
        f'Content-Type: {media_type};\r\n name="{safe}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment;\r\n filename="{safe}"\r\n\r\n'
    ).encode("ascii") + _base64(data)


def _base64(data: bytes) -> bytes:
    encoded = b2a_base64(data, newline=False)
    return b"\r\n".join([encoded[at : at + _WIDTH] for at in range(0, len(encoded), _WIDTH)]) + b"\r\n"


def _multipart(subtype: str, seed: str, parts: Sequence[bytes], parameters: str = "") -> bytes:
    """The parts between boundaries. `=_` occurs in neither quoted-printable nor base64, so no content can hold one."""
    boundary = f"=_{subtype[0]}{sha256(seed.encode('utf-8', 'replace')).hexdigest()[:24]}"
    start, between = f"--{boundary}\r\n".encode(), f"\r\n--{boundary}\r\n".encode()
    head = f'Content-Type: multipart/{subtype}{parameters};\r\n boundary="{boundary}"\r\n\r\n'.encode()
    return head + start + between.join(parts) + f"\r\n--{boundary}--\r\n".encode()
