"""Header and body as signers see them, and the one address in From; all doubt is refused."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.proof.message import Unreadable, ascii_domain, from_address, split


@pytest.mark.parametrize(
    ("header", "address"),
    [
        ("From: anna@home.example", "anna@home.example"),
        ("From: Anna <Anna.B@Home.Example>", "Anna.B@home.example"),
        ('From: "Berg, Anna" <anna@home.example>', "anna@home.example"),
        ('From: "x@evil.example" <anna@home.example>', "anna@home.example"),
        ("From: anna@home.example (Anna <x@evil.example>)", "anna@home.example"),
        ("From: =?utf-8?q?=22x=40evil=2Eexample=22?= <anna@home.example>", "anna@home.example"),
        ("From: anna@home.example <anna@home.example>", "anna@home.example"),
        ("From:\r\n Anna\r\n\t<anna@home.example>", "anna@home.example"),
        ("FROM : Anna <anna@müller.example>", "anna@xn--mller-kva.example"),
        ("from: anna@home.example.", "anna@home.example"),
    ],
)
def test_the_address_in_from(header: str, address: str) -> None:
    assert from_address(split(f"X: y\r\n{header}\r\n\r\nbody".encode())) == address


@pytest.mark.parametrize(
    "header",
    [
        "To: anna@home.example",
        "From: a@home.example\r\nFrom: a@home.example",
        "From: a@home.example\r\nfrom : b@home.example",
        "From: a@home.example, b@home.example",
        "From: A <a@home.example>, B <b@home.example>",
        "From: Berg, Anna <a@home.example>",
        "From: x@evil.example <a@home.example>",
        "From: <x@evil.example> <a@home.example>",
        "From: friends: a@home.example;",
        "From: a@b@home.example",
        "From: a b@home.example",
        'From: "a b"@home.example',
        'From: "open <a@home.example>',
        "From: (open <a@home.example>",
        "From: a@localhost",
        "From: a@[192.0.2.1]",
        "From: @home.example",
        "From: a@-home.example",
        "From:",
        "From: " + "(" * 5_000 + "a@home.example",
        "X-Odd: a\rFrom: x@home.example\r\nFrom: a@home.example",
        "no colon here\r\nFrom: a@home.example",
        "X Y: z\r\nFrom: a@home.example",
        "From: a@home.example\r\nSubject: one\r\nSubject: two",
        "From: a@home.example\r\nContent-Type: text/plain\r\ncontent-type: multipart/mixed",
    ],
)
def test_doubt_is_refused(header: str) -> None:
    with pytest.raises(Unreadable):
        from_address(split(f"{header}\r\n\r\nbody".encode()))


def test_fields_and_body_stay_byte_for_byte() -> None:
    message = split(b"A: 1\r\n\t2\r\nb :3\r\n\r\n\r\nbody\r\n")
    assert message.fields == ((b"A", b" 1\r\n\t2"), (b"b ", b"3"))
    assert message.body == b"\r\nbody\r\n"
    assert split(b"A: 1\n\nx\n") == split(b"A: 1\r\n\r\nx\r\n")
    assert split(b"\r\nx").body == b"x"
    assert split(b"").fields == ()


@pytest.mark.parametrize(
    "raw",
    [
        b"A: b\r\n" * 3_000 + b"\r\n",
        b"A: " + b"x" * 600_000 + b"\r\n\r\n",
        b"A:" + b"\r\n " * 200_000,
        b"\n" * 10_000_000,
        b"From: " + b'"' * 100_000 + b"\r\n\r\n",
        b"From: " + b"a@" * 100_000 + b"\r\n\r\n",
    ],
)
def test_hostile_mails_are_refused_quickly(raw: bytes) -> None:
    start = time.process_time()
    with pytest.raises(Unreadable):
        from_address(split(raw))
    assert time.process_time() - start < 1


@given(st.binary())
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        address = from_address(split(raw))
    except Unreadable:
        return
    assert address.count("@") == 1


@pytest.mark.parametrize(
    ("domain", "name"),
    [("Home.Example.", "home.example"), ("müller.example", "xn--mller-kva.example"), ("localhost", ""), ("", ""),
     ("a..b", ""), ("a b.example", ""), ("a" * 64 + ".example", ""), (".".join(["abc"] * 80), ""), ("\ud800.x", "")],
)  # fmt: skip
def test_domains_have_one_form(domain: str, name: str) -> None:
    assert ascii_domain(domain) == name
