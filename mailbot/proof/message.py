"""A mail as signers see it: header fields byte for byte, the body, and the one address in From."""

import re
from dataclasses import dataclass

MAX_HEADER = 512 * 1024
MAX_FIELDS = 2_000
MAX_FROM = 4_096

SINGLE = ("From", "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")

Field = tuple[bytes, bytes]
"""Name and value of a header field, as written: folded, without its last CRLF."""

_NAME = re.compile(rb"[!-9;-~]+[ \t]*")
_DOMAIN = re.compile(r"[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?)+")


class Unreadable(Exception):
    """The mail cannot be judged; the text says why, in words for staff."""


@dataclass(frozen=True, slots=True)
class Message:
    fields: tuple[Field, ...]
    body: bytes

    def named(self, name: bytes) -> list[Field]:
        return [field for field in self.fields if field[0].rstrip(b" \t").lower() == name]


def split(raw: bytes) -> Message:
    """Header fields and body (RFC 5322 2.1), bare LF read as CRLF. Raises Unreadable beyond the limits."""
    if raw.count(b"\n") != raw.count(b"\r\n"):
        raw = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    if not raw or raw.startswith(b"\r\n"):
        return Message((), raw[2:])
    head, _, body = raw.partition(b"\r\n\r\n")
    if len(head) > MAX_HEADER:
        raise Unreadable("its header is too long")
    lines: list[list[bytes]] = []
    for line in head.removesuffix(b"\r\n").split(b"\r\n"):
        if line[:1] in (b" ", b"\t") and lines:
            lines[-1].append(line)
        else:
            lines.append([line])
    if len(lines) > MAX_FIELDS:
        raise Unreadable("its header has too many fields")
    return Message(tuple(_field(b"\r\n".join(line)) for line in lines), body)


def _field(line: bytes) -> Field:
    """One field. A line that some reader could take for the end of the header, or for two lines, is refused:
    whoever passes a signed mail on may add such lines, and so put words or another From into it."""
    name, colon, value = line.partition(b":")
    if not colon or not _NAME.fullmatch(name) or b"\r" in line.replace(b"\r\n", b""):
        raise Unreadable("its header cannot be read without doubt")
    return name, value


def from_address(message: Message) -> str:
    """The only address in the only From field; its domain in ASCII and lower case.

    Raises Unreadable for none, several, or one that two readers could read differently; and when a field is there
    twice that decides how the mail is read, of which a signature may cover but one.
    """
    for name in SINGLE:
        if len(message.named(name.lower().encode())) > 1:
            raise Unreadable(f"it has more than one {name}")
    fields = message.named(b"from")
    if not fields:
        raise Unreadable("it has no From")
    if len(fields[0][1]) > MAX_FROM:
        raise Unreadable("its From is too long")
    bare = _without_names(fields[0][1].decode("utf-8", "replace"))
    if "<" in bare:
        before, _, bare = bare.partition("<")
        bare, closed, after = bare.partition(">")
        before = before.strip().removesuffix(bare.strip())  # many programs write the address as its own name
        if not closed or after.strip() or set(before) & set("@,;:<>"):
            raise Unreadable("its From cannot be read without doubt")
    return _address(bare.strip())


def _without_names(text: str) -> str:
    """The text without quoted strings and comments, in one walk. A quoted local part leaves an empty one."""
    kept: list[str] = []
    depth, quoted, escaped = 0, False, False
    for character in text:
        if escaped:
            escaped = False
        elif character == "\\" and (quoted or depth):
            escaped = True
        elif quoted:
            quoted = character != '"'
        elif character == '"' and not depth:
            quoted = True
        elif character in "()":
            depth = max(0, depth + (1 if character == "(" else -1))
        elif not depth:
            kept.append(character)
    if quoted or depth:
        raise Unreadable("its From cannot be read without doubt")
    return "".join(kept).replace("\r\n", "")


def _address(address: str) -> str:
    local, _, domain = address.rpartition("@")
    if not local or "@" in local or any(character in " \t,;:<>" for character in address):
        raise Unreadable("its From cannot be read without doubt")
    name = ascii_domain(domain)
    if not name:
        raise Unreadable("its From has no usable domain")
    return f"{local}@{name}"


def ascii_domain(domain: str) -> str:
    """A domain in ASCII and lower case, or "" when it is none. `MÜLLER.example.` is `xn--mller-kva.example`."""
    name = domain.strip().rstrip(".").lower()
    try:
        name = name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return name if len(name) <= 253 and _DOMAIN.fullmatch(name) else ""
