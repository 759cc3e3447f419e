"""Paths and replies: what is read from a hostile line, and what is said back."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.intake.grammar import parse_path, with_code


@pytest.mark.parametrize(
    ("arg", "address", "rest"),
    [
        ("<a@b.example>", "a@b.example", ""),
        ("<a@b.example> SIZE=10 BODY=8BITMIME", "a@b.example", "SIZE=10 BODY=8BITMIME"),
        ("a@b.example SIZE=10", "a@b.example", "SIZE=10"),
        ("<>", "<>", ""),
        ("<> SIZE=1", "<>", "SIZE=1"),
        ("<Postmaster>", "Postmaster", ""),
        ("<@relay.example,@other.example:a@b.example>", "a@b.example", ""),
        ('<"a b>c"@d.example>', '"a b>c"@d.example', ""),
        ('<"a\\"b"@d.example>', '"a\\"b"@d.example', ""),
        ("<jürgen@müller.example>", "jürgen@müller.example", ""),
        ("<a@[192.0.2.1]>", "a@[192.0.2.1]", ""),
        ("<a>", None, None),
        ("<a@>", None, None),
        ("<@b.example>", None, None),
        ("<@b.example:>", None, None),
        ("<a@b.example", None, None),
        ("<a b@c.example>", None, None),
        ("<a@b.example\r\nRCPT TO:<c@d.example>>", None, None),
        ("<a\x00@b.example>", None, None),
        ("<a\udc80@b.example>", None, None),
        ('<"a@b.example>', None, None),
        ("<(comment)a@b.example>", None, None),
        ("<" + "a" * 600 + "@b.example>", None, None),
    ],
)
def test_paths(arg: str, address: str | None, rest: str | None) -> None:
    assert parse_path(arg) == (address, rest)


@given(st.text())
def test_no_path_holds_what_ends_a_line(arg: str) -> None:
    address, rest = parse_path(arg)
    assert address is None or not set(address + str(rest)) & set("\r\n\x00")


@pytest.mark.parametrize("arg", ["<" + '"' * 50_000, '<"' + "\\" * 50_000, "<" + '"a"' * 20_000, "<" + "@a," * 20_000])
def test_no_path_is_slow(arg: str) -> None:
    start = time.process_time()
    assert parse_path(arg) == (None, None)
    assert time.process_time() - start < 0.2


@pytest.mark.parametrize(
    ("reply", "line"),
    [
        ("250 OK", "250 2.0.0 OK"),
        ("250 2.1.5 OK", "250 2.1.5 OK"),
        ("500 Error: bad syntax", "500 5.5.2 Error: bad syntax"),
        ("503 Error: need MAIL command", "503 5.5.1 Error: need MAIL command"),
        ("552 Error: message size exceeds", "552 5.3.4 Error: message size exceeds"),
        ("421 4.7.0 NOOP sent too many times", "421 4.7.0 NOOP sent too many times"),
        ("354 End data", "354 End data"),
        ("220 mx.example ESMTP", "220 mx.example ESMTP"),
        ('500 Error: command "X\r\n250 OK" not recognized', '500 5.5.2 Error: command "X  250 OK" not recognized'),
    ],
)
def test_replies_have_a_code_and_one_line(reply: str, line: str) -> None:
    assert with_code(reply) == line
