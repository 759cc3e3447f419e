"""Clicks on pages: the world is looked at again under the lock, and nothing is done twice."""

from datetime import timedelta
from typing import Any

import pytest
from bench import Bench
from kit import STAFF, make_event, somebody

from mailbot.desk import asking, click
from mailbot.desk.case_view import case_view
from mailbot.desk.view import choices, order_view
from mailbot.store.tables import errands, hits

PAID = ("payment.received",)


def _click(bench: Bench, what: Any, number: str, *args: Any) -> tuple[bool, str]:
    found = bench.db.call(what, bench.house, bench.order(number).id, *args, bench.now)
    return found.done, found.why


@pytest.mark.parametrize(
    ("before", "done", "why"),
    [((), True, "cancelled"), (PAID, False, "not_paid"), (("order.cancelled",), False, "not_cancelled")],
)
async def test_the_cancel_button(before: tuple[str, ...], done: bool, why: str, bench: Bench) -> None:
    number, who = await bench.placed("", *before)
    known = len(bench.sent(who))
    assert _click(bench, click.cancel, number) == (done, why)
    assert _click(bench, click.cancel, number)[0] is False
    await bench.work()
    assert bench.post.names(who)[known:] == (["cancel_order/done"] if done else [])


@pytest.mark.parametrize(
    ("before", "days", "done", "why"),
    [
        (PAID, 0, True, "refunding"),
        (PAID, 43, True, "refunding"),  # the mail came in time, and the link lives two weeks
        (PAID, 45, False, "too_late"),
        ((), 0, False, "not_pending"),
        ((*PAID, "payment.refunded"), 0, False, "not_refunded"),
    ],
)
async def test_the_refund_button(before: tuple[str, ...], days: int, done: bool, why: str, own_bench: Bench) -> None:
    bench = own_bench
    number, _ = await bench.placed("", *before)
    bench.now += timedelta(days=days)
    assert _click(bench, click.start_refund, number) == (done, why)
    assert _click(bench, click.start_refund, number)[0] is False
    await bench.work()
    assert len(bench.rows(errands, kind="refund")) == int(done)
    assert len(bench.sent(STAFF, "staff/refund_to_pay")) == int(done)


async def test_the_refund_button_does_not_reach_beyond_the_limit(bench: Bench) -> None:
    line = {"sku": "S", "name": "Suite", "quantity": 1, "unit_net": 42000, "tax_rate": "22"}
    number, _ = await bench.placed(lines=[line], total_net=42000, total_tax=9240, total=51240)
    await bench.tell(make_event("payment.received", number, amount=51240))
    assert _click(bench, click.start_refund, number) == (False, "needs_person")
    assert bench.order(number).state == "paid"


async def test_more_than_the_total_goes_back_by_a_person_alone(bench: Bench) -> None:
    number, who = await bench.placed()
    await bench.tell(make_event("payment.received", number, amount=15000))
    again = make_event("payment.received", number)
    await bench.tell({**again, "payment": {**again["payment"], "id": "again"}})
    assert (bench.order(number).state, bench.order(number).left) == ("paid", 24992)
    assert "249.92" in bench.sent(STAFF, "staff/case")[-1].mail.text  # it joins the case about the first payment
    assert _click(bench, click.start_refund, number) == (False, "needs_person")
    view = bench.db.see(order_view, bench.house, bench.order(number).id, bench.now)
    assert view is not None
    assert view.refund == "person"
    await bench.write("I want my money back.", who)
    case = bench.cases(customer=who, kind="refund")[-1]
    assert case["held"]["errands"][0]["facts"]["amount"] == 24992
    seen = bench.db.see(case_view, bench.house, case["id"], bench.now)
    assert seen is not None
    assert [(check.found, check.asks) for check in seen.checks if check.name == "amount"] == [(24992, True)]


@pytest.mark.parametrize(
    ("method", "done", "why"),
    [
        ("check", True, "changed"),
        ("paypal", True, "changed"),
        ("wire", True, "same_method"),
        ("barter", False, "not_offered"),
        ("purchase_order", False, "not_offered"),
        ("", False, "not_offered"),
    ],
)
async def test_another_way_to_pay(method: str, done: bool, why: str, bench: Bench) -> None:
    number, who = await bench.placed()
    assert _click(bench, click.change_method, number, method) == (done, why)
    await bench.work()
    assert bench.post.names(who) == ["order/awaiting_payment"] * (2 if why == "changed" else 1)
    assert bench.order(number).payment_method == (method if done else "wire")


async def test_another_way_to_pay_restarts_the_reminders_and_ends_a_pause(own_bench: Bench) -> None:
    bench = own_bench
    number, who = await bench.placed()
    await bench.write("I sent the transfer this morning.", who)
    assert bench.order(number).paused_until
    bench.now += timedelta(days=3)
    _click(bench, click.change_method, number, "check")
    order = bench.order(number)
    assert order.paused_until is None
    assert order.due_at is not None
    assert order.due_at > bench.now + timedelta(days=5)


async def test_a_paid_order_takes_no_other_method(bench: Bench) -> None:
    number, _ = await bench.placed("", *PAID)
    assert _click(bench, click.change_method, number, "check") == (False, "not_paid")


@pytest.mark.parametrize(
    ("peers", "limited"),
    [
        ([f"2001:db8:1:2::{n:x}" for n in range(1, 12)], True),
        ([f"2001:db8:1:{n:x}::1" for n in range(1, 12)], False),
        ([f"192.0.2.{n}" for n in range(1, 12)], False),
        (["192.0.2.7", "::ffff:192.0.2.7"] * 6, True),
        (["fe80::1%eth0", "fe80::2%eth0"] * 6, True),
        (["testclient"] * 12, True),
    ],
    ids=["one /64", "many /64", "IPv4", "mapped", "scoped", "no address"],
)
async def test_a_line_asks_ten_times_an_hour_whatever_its_address(
    peers: list[str], limited: bool, own_bench: Bench
) -> None:
    shop = own_bench.house.shops["demo"]
    asked = [
        own_bench.db.call(asking.lookup, own_bench.house, shop, somebody(), peer, "en", own_bench.now) for peer in peers
    ]
    assert all(asked[:10])
    assert all(asked) is not limited


async def test_a_lookup_is_mailed_once_an_hour_and_tells_the_asker_nothing(own_bench: Bench) -> None:
    bench = own_bench
    _, who = await bench.placed()

    def look(email: str, peer: str) -> bool:
        return bench.db.call(asking.lookup, bench.house, bench.house.shops["demo"], email, peer, "en", bench.now)

    assert [look(who, "10.0.0.1"), look(somebody(), "10.0.0.1"), look(who, "10.0.0.2")] == [True] * 3
    await bench.work()
    assert bench.post.names(who).count("purchase_lookup/list") == 1
    assert [look(somebody(), "10.0.0.1") for _ in range(9)] == [True] * 8 + [False]
    bench.now += timedelta(minutes=61)
    assert look(who, "10.0.0.1")
    await bench.work()
    assert bench.post.names(who).count("purchase_lookup/list") == 2
    assert b"10.0.0.1" not in repr(bench.rows(hits)).encode()


async def test_closing_a_case_writes_to_nobody(bench: Bench) -> None:
    _, who = await bench.placed("", *PAID)
    await bench.write("I want to talk to a person.", who)
    case = bench.cases(customer=who)[0]
    known = len(bench.sent(who))
    assert bench.db.call(click.close, bench.house, case["id"], bench.now).done
    assert not bench.db.call(click.close, bench.house, case["id"], bench.now).done
    assert not bench.db.call(click.approve, bench.house, case["id"], bench.now, None).done
    await bench.work()
    assert len(bench.sent(who)) == known
    assert bench.cases(customer=who)[0]["state"] == "closed"


async def test_what_pages_show_is_true_and_changes_nothing(bench: Bench) -> None:
    number, who = await bench.placed("", "payment.declined")
    order = bench.order(number)
    view = bench.db.see(order_view, bench.house, order.id, bench.now)
    assert view is not None
    assert view.declined
    assert view.iban == "DE02 1203 0000 0000 2020 51"
    assert view.giro.startswith("data:image/png;base64,")
    assert [one.what for one in view.happened] == ["decline", "place"]
    ways = choices(bench.house, view, bench.now)
    assert [way.method.id for way in ways if way.present] == ["wire"]
    assert {"card", "paypal", "check"} <= {way.method.id for way in ways}
    assert all(way.first <= way.last for way in ways)
    await bench.tell(make_event("payment.received", number))
    paid = bench.db.see(order_view, bench.house, order.id, bench.now)
    assert paid is not None
    assert (paid.refund, paid.iban, bool(paid.invoice)) == ("button", "", True)
    assert bench.db.see(order_view, bench.house, 10**9, bench.now) is None
    await bench.write("I want to talk to a person about my order.", who)
    case = bench.cases(customer=who)[0]
    shown = bench.db.see(case_view, bench.house, case["id"], bench.now)
    assert shown is not None
    assert shown.written is not None
    assert "talk to a person" in shown.written.text
    assert shown.open
    assert bench.db.see(case_view, bench.house, 10**9, bench.now) is None
