"""Header values: encoded words, parameters, Message-IDs, dates."""

from datetime import UTC, datetime

import pytest

from mailbot.reading import headers
from mailbot.reading.limits import LIMITS


@pytest.mark.parametrize(
    ("block", "found"),
    [
        (b"A: 1\r\nB:2\r\n", [("a", "1"), ("b", "2")]),
        (b"A: one\r\n two\r\n\tthree\r\n", [("a", "one two three")]),
        (b"A : spaced\nno header here\nB: x", [("a", "spaced"), ("b", "x")]),
        (b"A: 1\rB: 2", [("a", "1"), ("b", "2")]),
        (b": no name\nA b: no\nC:", [("c", "")]),
    ],
)
def test_split(block: bytes, found: list[tuple[str, str]]) -> None:
    assert headers.split(block, LIMITS) == found


def test_split_keeps_to_its_limits() -> None:
    found = headers.split(b"A: " + b"x" * 100_000 + b"\n" + b"B: y\n" * 100_000, LIMITS)
    assert len(found) == LIMITS.headers
    assert len(found[0][1]) <= LIMITS.header_value


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"plain", "plain"),
        (b"=?utf-8?q?Caf=C3=A9_noir?=", "Café noir"),
        (b"=?UTF-8?B?w7xiZXI=?= und", "über und"),
        (b"=?utf-8?q?one?= =?utf-8?q?two?=", "onetwo"),
        (b"=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"),
        (b"=?us-ascii?Q?ABC / 123?=", "ABC / 123"),
        (b"=?iso-8859-1?q?=FC?==?utf-8?q?=C3=BC?=", "üü"),
        (b"=?utf-8*en?q?tagged?=", "tagged"),
        (b"=?x-unknown?q?=FC?=", "ü"),
        (b"=?gb2312?b?tqm1pQ==?=", "订单"),
        (b"=?unicode-1-1-utf-7?q?+ADw-b+AD4-?=", "+ADw-b+AD4-"),
        (b"=?utf-8?q?never closed", "=?utf-8?q?never closed"),
        (b"=?not a word?=", "=?not a word?="),
        (b"gr\xc3\xbcn", "grün"),
        (b"gr\xfcn", "grün"),
        (b"a\x00b\x1bc", "a b c"),
        (b"=?utf-8?q?line=0D=0Abreak?=", "line break"),
        (b"=?utf-8?b?4oCu?=evil", " evil"),
    ],
)
def test_readable(raw: bytes, shown: str) -> None:
    assert headers.readable(raw.decode("latin-1"), "", LIMITS) == shown


def test_unlabelled_octets_are_read_like_the_body() -> None:
    raw = "заказ".encode("koi8-r").decode("latin-1")
    assert headers.readable(raw, "koi8-r", LIMITS) == "заказ"
    assert headers.readable("请帮我查订单".encode("gb18030").decode("latin-1"), "", LIMITS) == "请帮我查订单"


@pytest.mark.parametrize(
    ("value", "main", "found"),
    [
        ("Text/Plain", "text/plain", {}),
        ('text/plain; charset="utf-8"; x=1', "text/plain", {"charset": "utf-8", "x": "1"}),
        ('a/b; name="x; \\"y\\".pdf"', "a/b", {"name": 'x; "y".pdf'}),
        ("a/b; name*=utf-8''gr%C3%BCn.pdf", "a/b", {"name": "grün.pdf"}),
        ("a/b; name*1=two; name*0=one", "a/b", {"name": "onetwo"}),
        ("a/b; name*0*=utf-8'en'%C3; name*1*=%BC", "a/b", {"name": "ü"}),
        ('a/b; name="=?utf-8?q?gr=C3=BCn?="', "a/b", {"name": "grün"}),
        ('a/b; boundary="=?utf-8?q?x?="', "a/b", {"boundary": "=?utf-8?q?x?="}),
        ('a/b; name="never closed', "a/b", {"name": "never closed"}),
        (";;;=;a=", "", {"a": ""}),
    ],
)
def test_parameters(value: str, main: str, found: dict[str, str]) -> None:
    assert headers.parameters(value, "", LIMITS) == (main, found)


@pytest.mark.parametrize(
    ("value", "one"),
    [("<a@b>", "<a@b>"), ("x <a@b> y", "<a@b>"), ("a@b", "<a@b>"), ("<@>", "<@>"), ("", ""), ("<>", ""), (" < ", "")],
)
def test_message_id(value: str, one: str) -> None:
    assert headers.message_id(value) == one


def test_too_many_references_keep_the_first_and_the_newest() -> None:
    found = headers.message_ids(" ".join(f"<{n}@x>" for n in range(500)), 5)
    assert found == ("<0@x>", "<496@x>", "<497@x>", "<498@x>", "<499@x>")


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("Mon, 02 Nov 2026 10:00:00 +0100", datetime(2026, 11, 2, 9, tzinfo=UTC)),
        ("2 Nov 2026 10:00:00 -0530", datetime(2026, 11, 2, 15, 30, tzinfo=UTC)),
        ("Mon, 2 Nov 26 10:00 GMT", datetime(2026, 11, 2, 10, tzinfo=UTC)),
        ("Mon, 02 Nov 2026 10:00:60 +0000 (UTC)", datetime(2026, 11, 2, 10, 0, 59, tzinfo=UTC)),
        ("Mon, 31 Feb 2026 10:00:00 +0000", None),
        ("Mon, 02 Nov 2026 10:00:00 +9999", None),
        ("9" * 5000, None),
        ("", None),
        ("soon", None),
    ],
)
def test_date(value: str, moment: datetime | None) -> None:
    assert headers.date(value) == moment
