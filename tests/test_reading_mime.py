"""A mail is taken apart into its parts."""

import pytest

from mailbot.reading import mime
from mailbot.reading.limits import LIMITS, Limits


def bodies(raw: bytes, limits: Limits = LIMITS) -> list[tuple[str, bytes]]:
    top, start = mime.split_mail(raw, limits)
    return [(part.media_type, raw[part.start : part.end]) for part in mime.leaves(raw, top, start, limits)]


def mixed(*lines: str, boundary: str = "x") -> bytes:
    return "\r\n".join([f"Content-Type: multipart/mixed; boundary={boundary}", "", *lines]).encode()


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        (b"A: b\r\n\r\nbody", [("text/plain", b"body")]),
        (b"A: b\r\n", [("text/plain", b"")]),
        (b"no header\n\nat all", [("text/plain", b"no header\n\nat all")]),
        (b"Content-Type: IMAGE/png\r\n\r\nx", [("image/png", b"x")]),
        (b"Content-Type: text\r\n\r\nx", [("text/plain", b"x")]),
        (b"Content-Type: nonsense; x\r\n\r\nx", [("text/plain", b"x")]),
        (
            mixed("pre", "--x", "", "one", "--x", "Content-Type: text/html", "", "two", "--x--", "post"),
            [("text/plain", b"one"), ("text/html", b"two")],
        ),
        (
            mixed("--x", "", "one", "--xy", "--x  ", "", "two", "--x--"),
            [("text/plain", b"one\r\n--xy"), ("text/plain", b"two")],
        ),
        (mixed("--x", "", "one --x--"), [("text/plain", b"one --x--")]),
        (
            mixed(
                "--x",
                "Content-Type: multipart/mixed; boundary=xx",
                "",
                "--xx",
                "",
                "in",
                "--xx--",
                "--x",
                "",
                "out",
                "--x--",
            ),
            [("text/plain", b"in"), ("text/plain", b"out")],
        ),
        (mixed("--x--"), [("text/plain", b"--x--")]),
        (mixed("--x", "no headers", "--x--"), [("text/plain", b"no headers")]),
        (mixed("--a b", "", "one", "--a b--", boundary='"a b"'), [("text/plain", b"one")]),
        (
            b"Content-Type: multipart/digest; boundary=x\r\n\r\n--x\r\n\r\nSubject: s\r\n\r\nt\r\n--x--",
            [("message/rfc822", b"Subject: s\r\n\r\nt")],
        ),
    ],
)
def test_leaves(raw: bytes, parts: list[tuple[str, bytes]]) -> None:
    assert bodies(raw) == parts


def test_limits_of_parts_depth_and_size() -> None:
    raw = mixed(*["--x", "", "one"] * 50)
    assert len(bodies(raw, Limits(parts=7))) == 7
    deep = (
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(9)) + b"\r\nin"
    )
    assert bodies(deep, Limits(depth=3))[0][0] == "application/octet-stream"
    assert bodies(b"A: b\r\n\r\n" + b"x" * 100, Limits(size=20)) == [("text/plain", b"x" * 12)]


def test_the_alternatives_of_one_group_are_known_as_such() -> None:
    raw = (
        b"Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n\r\none\r\n"
        b"--x\r\nContent-Type: multipart/related; boundary=y\r\n\r\n"
        b"--y\r\nContent-Type: text/html\r\n\r\ntwo\r\n--y--\r\n--x--"
    )
    top, start = mime.split_mail(raw, LIMITS)
    parts = mime.leaves(raw, top, start, LIMITS)
    assert len({part.alternative for part in parts}) == 1
    assert parts[0].alternative
