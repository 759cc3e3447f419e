"""The grammar of SMTP lines: the path of MAIL and RCPT, our replies, and the shape of a reply."""

import re

BUSY = "421 4.3.2 Too many connections, try again later"
GOODBYE = "421 4.3.2 Closing down, try again later"
TIRED = "421 4.4.2 Nothing heard for too long"
TRY_AGAIN = "451 4.3.0 Could not be kept, try again later"
KEPT = "250 2.6.0 Kept"
STRANGE = "421 4.7.0 Too many unknown recipients"
TOO_BIG = "552 5.3.4 Message is too big"
NO_ROOM = "452 4.3.1 Too much in hand, try again later"

ENHANCED = {"500": "5.5.2", "501": "5.5.4", "502": "5.5.1", "503": "5.5.1", "552": "5.3.4", "555": "5.5.4"}
"""Enhanced status codes (RFC 3463) for the library's own replies, which lack them; any other is X.0.0."""

LONGEST = 512
"""Octets of a path, source route and all; RFC 5321 4.5.3.1.3 promises 256."""

_PATH = re.compile(r'<((?:[^<>()"\\\s]|"(?:[^"\\]|\\.)*")*)>(.*)', re.DOTALL)
_HAS_ENHANCED = re.compile(r"[245]\d\d [245]\.\d{1,3}\.\d{1,3} ")
CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def parse_path(arg: str) -> tuple[str | None, str | None]:
    """`<a@b.c> SIZE=1` is ("a@b.c", "SIZE=1") and `<>` is ("<>", ""); (None, None) when malformed. No source route."""
    if not arg.startswith("<"):
        bare, _, rest = arg.partition(" ")
        arg = f"<{bare}> {rest}"
    match = _PATH.fullmatch(arg)
    if match is None or len(match[1]) > LONGEST or CONTROL.search(arg):
        return None, None
    address, rest = match[1], match[2].strip()
    if address.startswith("@"):
        address = address.partition(":")[2] or "@"
    local, at, domain = address.rpartition("@")
    if address and not (at and local and domain) and address.lower() != "postmaster":
        return None, None
    return (address or "<>"), rest


def with_code(status: str) -> str:
    """The same reply on one line, with an enhanced status code (RFC 2034) where it lacks one."""
    line = CONTROL.sub(" ", status)
    if line[:1] not in ("2", "4", "5") or line.startswith("220") or _HAS_ENHANCED.match(line):
        return line
    return f"{line[:3]} {ENHANCED.get(line[:3], line[0] + '.0.0')} {line[4:]}"
