"""Defects that a walk through the finished product found, each kept from coming back."""

from datetime import UTC, datetime, timedelta

import pytest
from bench import Bench
from kit import SHOP, make_event, make_house

from mailbot.answers import policies
from mailbot.desk import click
from mailbot.desk.gather import promise
from mailbot.store.tables import cases, errands

PAID = ("payment.received", "order.delivered")
BIG = {"lines": [{"sku": "S", "name": "Studio Suite", "quantity": 1, "unit_net": 42000, "tax_rate": "22"}],
       "total_net": 42000, "total_tax": 9240, "total": 51240}  # fmt: skip


async def test_a_colleagues_answer_is_never_swallowed_by_the_budget(bench: Bench) -> None:
    _, who = await bench.placed("", *PAID)
    for _ in range(12):
        await bench.write("Where is my order?", who)
    await bench.write("A human, please!", who)
    case = bench.cases(customer=who)[-1]
    clicked = bench.db.call(click.answer, bench.house, case["id"], "It is on its way.", bench.now)
    await bench.work()
    assert clicked.done
    assert "It is on its way." in bench.sent(who, "case/answer")[0].mail.text


async def test_what_a_click_did_is_confirmed_later_when_the_budget_is_used_up(own_bench: Bench) -> None:
    bench = own_bench
    number, who = await bench.placed()
    for _ in range(12):
        await bench.write("Where is my order?", who)
    bench.db.call(click.cancel, bench.house, bench.order(number).id, bench.now)
    await bench.work()
    assert bench.sent(who, "cancel_order/done") == []
    await bench.later(hours=4)
    assert len(bench.sent(who, "cancel_order/done")) == 1


async def test_two_payments_that_make_up_the_total_pay_the_order(bench: Bench) -> None:
    number, who = await bench.placed()
    await bench.tell(make_event("payment.received", number, amount=5000))
    await bench.tell(make_event("payment.received", number, amount=5000))  # the same money, told once more
    assert (bench.order(number).paid_amount, bench.order(number).state) == (5000, "pending")
    rest = make_event("payment.received", number, amount=4992)
    await bench.tell({**rest, "payment": {**rest["payment"], "id": "the rest"}})
    assert (bench.order(number).state, bench.order(number).paid_amount) == ("paid", 9992)
    assert len(bench.sent(who, "payment/received")) == 1


async def test_money_for_a_cancelled_order_is_named_with_its_amount(bench: Bench) -> None:
    number, _ = await bench.placed("", "order.cancelled")
    await bench.tell(make_event("payment.received", number))
    case = bench.cases(order_id=bench.order(number).id)[0]
    assert f"99.92 EUR came as payment pay_{number} and is not booked" in case["reason"]


async def test_what_went_back_already_is_not_paid_back_again(bench: Bench) -> None:
    number, who = await bench.placed("", *PAID)
    await bench.tell(make_event("payment.refunded", number, amount=1000))
    await bench.write("I want my money back.", who)
    order = bench.order(number)
    assert bench.db.call(click.start_refund, bench.house, order.id, bench.now).why == "needs_person"
    case = bench.cases(order_id=order.id)[0]
    assert bench.db.call(click.approve, bench.house, case["id"], bench.now, order.version).done
    assert bench.rows(errands, kind="refund", order_id=order.id)[0]["facts"]["amount"] == 8992


async def test_a_held_refund_is_not_approved_when_a_part_went_back_meanwhile(bench: Bench) -> None:
    number, who = await bench.placed(**BIG)
    await bench.tell(make_event("payment.received", number, amount=51240))
    await bench.write("Please refund my order.", who)
    await bench.tell(make_event("payment.refunded", number, amount=1000))
    order, case = bench.order(number), bench.rows(cases, customer=who)[0]
    assert bench.db.call(click.approve, bench.house, case["id"], bench.now, order.version).why == "order_changed"


async def test_saying_i_have_paid_again_and_again_puts_nothing_off(own_bench: Bench) -> None:
    number, who = await own_bench.placed()
    await own_bench.write("I paid yesterday.", who)
    until = own_bench.order(number).paused_until
    await own_bench.later(days=2)
    await own_bench.write("I paid yesterday.", who, verified="")
    assert own_bench.order(number).paused_until == until


def test_a_promise_leaves_a_business_day_to_keep_it() -> None:
    sunday = datetime(2026, 11, 15, 4, 0, tzinfo=UTC)
    by = {day: promise(make_house(), SHOP, sunday + timedelta(days=day)).strftime("%a %H") for day in (-2, -1, 0, 1)}
    assert by == {-2: "Mon 04", -1: "Tue 04", 0: "Tue 04", 1: "Tue 04"}


@pytest.mark.parametrize(
    ("kind", "policy", "wrong"),
    [
        ("refund", {"window_days": 30, "limit": {"EUR": 1}}, ""),
        ("refund", {"window_days": "forty"}, "window_days"),
        ("refund", {"windowdays": 40}, "windowdays"),
        ("refund", {"limit": {"EUR": "ten"}}, "limit"),
        ("cancel_order", {"proof": "button"}, "proof"),
        ("thanks", {"x": 1}, "x"),
    ],
)
def test_a_slip_in_a_policy_is_named(kind: str, policy: dict[str, object], wrong: str) -> None:
    found = policies.faults(kind, policy)
    assert [key for key, _ in found] == ([wrong] if wrong else [])
