"""Canonical forms: the examples of RFC 6376 3.4, and inputs that make others slow."""

import time

import pytest

from mailbot.proof import canon


def test_the_example_of_the_rfc() -> None:
    """RFC 6376 3.4.5."""
    body = b" C \r\nD \t E\r\n\r\n\r\n"
    assert canon.field(b"A", b" X", relaxed=True) == b"a:X"
    assert canon.field(b"B ", b" Y\t\r\n\tZ  ", relaxed=True) == b"b:Y Z"
    assert canon.field(b"B ", b" Y\t\r\n\tZ  ", relaxed=False) == b"B : Y\t\r\n\tZ  "
    assert canon.body(body, relaxed=True) == b" C\r\nD E\r\n"
    assert canon.body(body, relaxed=False) == b" C \r\nD \t E\r\n"


@pytest.mark.parametrize(
    ("body", "simple", "relaxed"),
    [
        (b"", b"\r\n", b""),
        (b"\r\n\r\n", b"\r\n", b""),
        (b" \t\r\n\r\n", b" \t\r\n", b""),
        (b"a", b"a\r\n", b"a\r\n"),
        (b"a\r\n", b"a\r\n", b"a\r\n"),
        (b"a\r\n \r\n\r\n", b"a\r\n \r\n", b"a\r\n"),
        (b"a\r\r\n\r\n", b"a\r\r\n", b"a\r\r\n"),
        (b"\r\na", b"\r\na\r\n", b"\r\na\r\n"),
        (b"a \t b\t\r\n", b"a \t b\t\r\n", b"a b\r\n"),
    ],
)
def test_bodies(body: bytes, simple: bytes, relaxed: bytes) -> None:
    assert canon.body(body, relaxed=False) == simple
    assert canon.body(body, relaxed=True) == relaxed


@pytest.mark.parametrize("body", [b" ", b"\t", b"\r\n", b" \r\n", b" \ta", b"\r", b" \r"])
def test_no_body_is_slow(body: bytes) -> None:
    start = time.process_time()
    for relaxed in (True, False):
        canon.body(body * (5_000_000 // len(body)), relaxed)
    assert time.process_time() - start < 1.5
