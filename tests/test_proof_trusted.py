"""Authentication-Results: believed from our own mail server alone, and only its topmost field."""

import time

import pytest

from mailbot.proof import trusted
from mailbot.proof.verdict import Verdict

OURS = "mx.shop.example"


def mail(*results: str, sender: str = "anna@home.example") -> bytes:
    fields = "".join(f"Authentication-Results: {result}\r\n" for result in results)
    return f"{fields}From: {sender}\r\nSubject: x\r\n\r\nbody\r\n".encode()


@pytest.mark.parametrize(
    ("results", "verdict"),
    [
        ("mx.shop.example; dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=home.example", "pass"),
        ("MX.Shop.Example; dmarc=pass header.from=Home.Example", "pass"),
        ("mx.shop.example 1; dmarc=pass header.from=home.example", "pass"),
        ("mx.shop.example;\r\n\tdkim=pass header.d=home.example;\r\n\tdmarc=fail header.from=home.example", "fail"),
        ("mx.shop.example; dmarc=pass header.from=evil.example", "unknown"),
        ("mx.shop.example; dmarc=pass", "unknown"),
        ("mx.shop.example; dmarc=none header.from=home.example", "none"),
        ("mx.shop.example; dmarc=none header.from=home.example; dkim=pass header.d=home.example", "pass"),
        ("mx.shop.example; dkim=pass header.i=@home.example header.s=x", "pass"),
        ("mx.shop.example; dkim=pass header.d=evil.example", "none"),
        ("mx.shop.example; dkim=pass header.d=sub.home.example", "none"),
        ("mx.shop.example; dkim=fail header.d=home.example", "none"),
        ("mx.shop.example; dkim=fail header.d=evil.example; dkim=pass header.d=home.example", "pass"),
        ("mx.shop.example; spf=pass smtp.mailfrom=bounce@home.example", "pass"),
        ("mx.shop.example; spf=pass smtp.mailfrom=home.example", "pass"),
        ("mx.shop.example; spf=pass smtp.mailfrom=evil.example", "none"),
        ("mx.shop.example; spf=softfail smtp.mailfrom=home.example", "none"),
        ("mx.shop.example; spf=pass smtp.helo=home.example", "none"),
        ("mx.shop.example; dkim=temperror header.d=home.example", "unknown"),
        ("mx.shop.example; none", "none"),
    ],
)
def test_the_verdict_of_our_own_server(results: str, verdict: Verdict) -> None:
    sender = trusted.read(mail(results), OURS, from_trusted_relay=True)
    assert sender is not None
    assert (sender.verdict, sender.domain, sender.by) == (verdict, "home.example", "trusted header")
    assert sender.email == "anna@home.example"


@pytest.mark.parametrize(
    "results",
    [
        (),
        ("mx.evil.example; dmarc=pass header.from=home.example",),
        ("mx.shop.example.evil.example; dmarc=pass header.from=home.example",),
        ("mx.other.example; none", "mx.shop.example; dmarc=pass header.from=home.example"),
        ("spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=home.example; dmarc=pass header.from=home.example",),
        ("mx.shop.example 2; dmarc=pass header.from=home.example",),
        ("mx.shop.example; dmarc=pass header.from=home.example; =broken",),
        ("mx.shop.example; dmarc=pass header.from=home.example" + " " * 9_000,),
    ],
)
def test_all_else_says_nothing(results: tuple[str, ...]) -> None:
    sender = trusted.read(mail(*results), OURS, from_trusted_relay=True)
    assert sender is None or sender.verdict != "pass"


def test_it_counts_only_from_our_relay_and_with_a_name() -> None:
    good = mail("mx.shop.example; dmarc=pass header.from=home.example")
    assert trusted.read(good, OURS, from_trusted_relay=False) is None
    assert trusted.read(good, "", from_trusted_relay=True) is None


def test_only_the_topmost_counts() -> None:
    raw = mail(
        "mx.shop.example; dmarc=fail header.from=home.example", "mx.shop.example; dmarc=pass header.from=home.example"
    )
    sender = trusted.read(raw, OURS, from_trusted_relay=True)
    assert sender is not None
    assert sender.verdict == "fail"


def test_a_from_in_doubt_is_unknown() -> None:
    raw = mail("mx.shop.example; dmarc=pass header.from=home.example", sender="a@home.example, b@home.example")
    sender = trusted.read(raw, OURS, from_trusted_relay=True)
    assert sender is not None
    assert sender.verdict == "unknown"


@pytest.mark.parametrize(
    "results",
    ["mx.shop.example; " + "(" * 8_000, "mx.shop.example; " + "()" * 4_000, "mx.shop.example; " + "a=b " * 2_000,
     "mx.shop.example; dkim=pass " + "header.d=x " * 700, '"' + "\\a" * 4_000, "mx.shop.example;" + ";" * 8_000,
     "mx.shop.example; " + "(" * 99 + ")" * 99, "a" * 8_000, "mx.shop.example; dkim=pass reason=" + '"' * 8_000],
)  # fmt: skip
def test_no_field_is_slow(results: str) -> None:
    start = time.process_time()
    sender = trusted.read(mail(results), OURS, from_trusted_relay=True)
    assert sender is None or sender.verdict != "pass"
    assert time.process_time() - start < 0.5
