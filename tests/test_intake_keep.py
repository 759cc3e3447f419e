"""The one door: a mail is kept once, for the shops it is for, after its secrets are gone."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from bench import Bench, make_bench
from hypothesis import given
from hypothesis import strategies as st
from kit import NOW, OURS, SHOP, make_house, make_raw, somebody

from mailbot.intake.keep import Keeper, mail_key
from mailbot.intake.received import Received
from mailbot.store.tables import mails

RAW = b"From: a@b.example\r\nSubject: x\r\nMessage-ID: <1@b.example>\r\n\r\nHello\r\n"
TRACES = ["Received: from a by b", "received: x", "Return-Path: <a@b.example>", "Delivered-To: x@y.example",
          "X-Original-To: x@y.example", "Authentication-Results: mx; spf=pass",
          "Received-SPF: pass", "X-Received: by x", "X-Spam-Status: No", "X-Spam-Score: 1", "ARC-Seal: i=1; a=rsa",
          "ARC-Authentication-Results: i=1; mx", "X-Envelope-To: x@y.example", "X-Google-Smtp-Source: a"]  # fmt: skip

CHANGES: list[tuple[str, Callable[[bytes], bytes], bool]] = [
    *((line, lambda raw, line=line: line.encode() + b"\r\n" + raw, True) for line in TRACES),
    ("a folded trace", lambda raw: b"Received: from a\r\n\tby b\r\n with c\r\n" + raw, True),
    ("bare line feeds in the head", lambda raw: raw.replace(b"\r\n", b"\n"), False),
    ("another header", lambda raw: b"X-Virus-Scanned: yes\r\n" + raw, True),
    ("a Message-ID folded by a relay", lambda raw: raw.replace(b"ID: <1", b"ID:\r\n <1"), True),
    ("a second Message-ID", lambda raw: b"Message-ID: <2@b.example>\r\n" + raw, False),
    ("another body", lambda raw: raw + b"!", False),
    ("another subject", lambda raw: raw.replace(b"Subject: x", b"Subject: y"), False),
    ("another sender", lambda raw: raw.replace(b"a@b", b"c@b"), False),
    ("another id", lambda raw: raw.replace(b"<1@", b"<2@"), False),
    ("a trace in the body", lambda raw: raw + b"Received: x\r\n", False),
]


@pytest.mark.parametrize(("what", "change", "same"), CHANGES, ids=[row[0] for row in CHANGES])
def test_the_key_leaves_out_what_each_relay_adds(what: str, change: Callable[[bytes], bytes], same: bool) -> None:
    assert (mail_key("demo", change(RAW)) == mail_key("demo", RAW)) is same


BARE = RAW.replace(b"Message-ID: <1@b.example>\r\n", b"")


@pytest.mark.parametrize("line", TRACES)
def test_without_a_message_id_the_other_headers_count(line: str) -> None:
    assert mail_key("demo", line.encode() + b"\r\n" + BARE) == mail_key("demo", BARE)
    assert mail_key("demo", BARE.replace(b"Subject: x", b"Subject: y")) != mail_key("demo", BARE)
    assert mail_key("demo", b"Message-ID: \r\n" + BARE.replace(b"Subject: x", b"")) != mail_key("demo", BARE)


def test_a_message_id_used_again_hides_no_other_mail() -> None:
    assert mail_key("demo", RAW.replace(b"Hello", b"Cancel it")) != mail_key("demo", RAW)


def test_each_shop_has_its_own_copy() -> None:
    assert mail_key("a", RAW) != mail_key("b", RAW)


@given(st.binary(max_size=200), st.binary(max_size=60))
def test_any_bytes_have_a_key_and_a_hop_does_not_change_it(raw: bytes, hop: bytes) -> None:
    line = b"Received: " + hop.replace(b"\r", b"").replace(b"\n", b"") + b"\r\n"
    head = b"A: 1\r\n" + raw
    assert len(mail_key("demo", raw)) == 64
    assert mail_key("demo", line + head) == mail_key("demo", head)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A bench of two shops."""
    shops = {"demo": SHOP, "two": replace(SHOP, id="two", address="sales@two.example", token="another-token-of-16")}
    bench = make_bench(tmp_path_factory.mktemp("two"), shops=shops)
    yield bench
    bench.db.close()


async def _keep(bench: Bench, raw: bytes, *to: str, sender: str = "a@b.example") -> None:
    await bench.keeper.keep(Received(raw, sender, to, "127.0.0.1"))


async def test_a_mail_for_two_shops_is_kept_for_both(two: Bench) -> None:
    sender = somebody()
    await _keep(two, make_raw("Hello", sender), OURS, "sales+x@two.example", "nobody@else.example", sender=sender)
    rows = two.rows(mails, mail_from=sender)
    assert [(row["shop"], row["rcpt_to"]) for row in rows] == [("demo", [OURS]), ("two", ["sales+x@two.example"])]


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        (OURS, True),
        ("ORDERS@Shop.Example", True),
        ("orders+rabc@shop.example", True),
        ("orders@other.example", False),
        ("order@shop.example", False),
        ("", False),
        ("orders", False),
        ("+@shop.example", False),
        ("postmaster@shop.example", False),
    ],
)
def test_whose_addresses_are_accepted(address: str, taken: bool, two: Bench) -> None:
    assert two.keeper.accepts(address) is taken


async def test_many_at_once_are_one_when_they_are_the_same(two: Bench) -> None:
    sender = somebody()
    raw = make_raw("Hello", sender)
    await asyncio.gather(*(_keep(two, raw, OURS, sender=sender) for _ in range(20)))
    assert len(two.rows(mails, mail_from=sender)) == 1


@pytest.mark.parametrize("size", [100, 200_000])
async def test_secrets_are_gone_and_the_proof_was_taken_before(size: int, two: Bench) -> None:
    sender = somebody()
    raw = make_raw("My card: 4111 1111 1111 1111. " + "x\n" * size, sender, verified="pass")
    await _keep(two, raw, OURS, sender=sender)
    row = two.rows(mails, mail_from=sender)[0]
    assert b"4111" not in two.raw(row)
    assert row["secrets_removed"] == 1
    assert row["sender"]["verdict"] == "pass"


async def test_a_mail_without_secrets_is_kept_to_the_byte(two: Bench) -> None:
    sender = somebody()
    raw = make_raw("Grüße, phone +49 40 1234567, key AAAA-BBBB", sender)
    await _keep(two, raw, OURS, sender=sender)
    row = two.rows(mails, mail_from=sender)[0]
    assert two.raw(row) == f"Return-Path: <{sender}>\r\n".encode() + raw
    assert row["sender"] is None


@pytest.mark.parametrize("sender", ["", "a\r\nBcc: x@y.example", "<a@b.example>", "\ud800@b.example", "x" * 900])
async def test_an_odd_envelope_cannot_bend_the_mail(sender: str, two: Bench) -> None:
    raw = make_raw(f"Hello {len(sender)}", somebody())
    before = len(two.rows(mails))
    await _keep(two, raw, OURS, sender=sender)
    row = two.rows(mails)[-1]
    assert len(two.rows(mails)) == before + 1
    assert two.raw(row).endswith(raw)
    assert two.raw(row).count(b"\n") == raw.count(b"\n") + 1


async def test_one_that_cannot_be_kept_takes_nobody_along(two: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from mailbot.store import mails as mail_queries

    good, bad = [somebody() for _ in range(5)], somebody()
    real = mail_queries.keep

    def keep(connection: Any, rows: list[dict[str, Any]]) -> Any:
        if any(row["mail_from"] == bad for row in rows):
            raise ValueError("this one")
        return real(connection, rows)

    monkeypatch.setattr(mail_queries, "keep", keep)
    people = [*good[:3], bad, *good[3:]]
    results = await asyncio.gather(
        *(_keep(two, make_raw("Hello", who), OURS, sender=who) for who in people), return_exceptions=True
    )
    assert [type(one) for one in results if one] == [ValueError]
    assert all(len(two.rows(mails, mail_from=who)) == 1 for who in good)
    assert two.rows(mails, mail_from=bad) == []


async def test_what_cannot_be_kept_is_not_acknowledged(two: Bench) -> None:
    class Full:
        async def run(self, *args: Any) -> None:
            raise OSError("the disk is full")

    woken: list[str] = []
    house, prove = make_house(), two.prover.before_scrubbing
    keeper = Keeper(Full(), house.shop_at, lambda: NOW, prove, woken.append, house.sealer)  # type: ignore[arg-type]
    with pytest.raises(OSError, match="full"):
        await keeper.keep(Received(RAW, "a@b.example", (OURS,), ""))
    assert woken == []
