"""Addresses go on the envelope as they are, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.outbox.addresses import envelope_form


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("", ""),
        ("anna@home.example", "anna@home.example"),
        ("Anna.B+c'd@Home.Example", "Anna.B+c'd@Home.Example"),
        ("a..b.@docomo.example", "a..b.@docomo.example"),
        ("anna@localhost", "anna@localhost"),
        ("anna@müller.example", "anna@xn--mller-kva.example"),
        ("jürgen@müller.example", "jürgen@xn--mller-kva.example"),
        ("anna", None),
        ("@home.example", None),
        ("anna@", None),
        ("a\r\n.\r\nb@c.example", None),
        ("a@b.example\r\nRCPT TO:<x@y.z>", None),
        ("a b@c.example", None),
        ("a@b@c.example", None),
        ("<a@b.example>", None),
        ('"a b"@c.example', None),
        ("a@[127.0.0.1]", None),
        ("a@-b.example", None),
        ("a@b..example", None),
        ("a@b.example>", None),
        ("a\x00@b.example", None),
        ("a\ud800@b.example", None),
        ("a@" + "ü" * 100 + ".example", None),
        ("a" * 65 + "@b.example", None),
        ("a@" + "b" * 254, None),
    ],
)
def test_the_form_of_an_address(address: str, form: str | None) -> None:
    assert envelope_form(address) == form


@given(st.text())
def test_no_form_breaks_a_command(address: str) -> None:
    form = envelope_form(address)
    assert form is None or not any(character in "<> \r\n\x00" or ord(character) < 32 for character in form)
