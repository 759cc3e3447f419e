"""Money came, but not all of it: nothing is promised that is not so, and what came is not forgotten."""

from datetime import timedelta

import pytest
from bench import Bench
from kit import STAFF, make_event

from mailbot.desk import click, tick
from mailbot.desk.view import order_view
from mailbot.store.tables import errands


async def _part_paid(bench: Bench, amount: int = 5000) -> tuple[str, str]:
    number, who = await bench.placed()
    await bench.tell(make_event("payment.received", number, amount=amount))
    assert (bench.order(number).state, bench.order(number).received) == ("pending", amount)
    return number, who


@pytest.mark.parametrize("text", ["Please cancel my order.", "I want my money back."])
async def test_a_cancel_is_held_and_a_yes_pays_the_part_back(text: str, bench: Bench) -> None:
    number, who = await _part_paid(bench)
    await bench.write(text, who)
    assert bench.order(number).state == "pending"
    assert bench.post.names(who)[-1] == "case/handed_over"
    case = bench.cases(customer=who, state="open")[-1]
    clicked = bench.db.call(click.approve, bench.house, case["id"], bench.now, bench.order(number).version)
    await bench.work()
    assert (clicked.why, bench.order(number).state) == ("approved", "cancelled")
    letter = bench.sent(who, "cancel_order/done")[-1]
    assert "50.00" in letter.mail.text
    errand = bench.rows(errands, kind="refund", order_id=bench.order(number).id)[0]
    assert (errand["facts"]["amount"], errand["state"]) == (5000, "open")
    assert "50.00" in bench.sent(STAFF, "staff/refund_to_pay")[-1].mail.text

    await bench.tell(make_event("payment.refunded", number, amount=5000))
    assert (bench.order(number).state, bench.order(number).left) == ("cancelled", 0)
    assert bench.rows(errands, id=errand["id"])[0]["state"] == "closed"
    assert "50.00" in bench.sent(who, "refund/done")[-1].mail.text


async def test_the_shop_cancels_and_the_part_goes_back(bench: Bench) -> None:
    number, who = await _part_paid(bench)
    await bench.tell(make_event("order.cancelled", number))
    assert bench.order(number).state == "cancelled"
    assert "50.00" in bench.sent(who, "order/cancelled")[-1].mail.text
    assert [row["facts"]["amount"] for row in bench.rows(errands, kind="refund", order_id=bench.order(number).id)] == [
        5000
    ]
    await bench.write("I want my money back.", who)
    assert bench.post.names(who)[-1] == "refund/already"


async def test_the_cancel_button_leaves_it_to_a_person(bench: Bench) -> None:
    number, _ = await _part_paid(bench)
    clicked = bench.db.call(click.cancel, bench.house, bench.order(number).id, bench.now)
    assert (clicked.done, clicked.why, bench.order(number).state) == (False, "needs_person", "pending")


async def test_i_have_paid_is_looked_after_by_a_person(bench: Bench) -> None:
    number, who = await _part_paid(bench)
    await bench.write("I have paid.", who)
    assert bench.post.names(who)[-1] == "case/handed_over"
    assert "payment_sent" in [case["kind"] for case in bench.cases(customer=who, state="open")]


async def test_the_status_names_what_came_and_what_is_open(bench: Bench) -> None:
    number, who = await _part_paid(bench)
    await bench.write("Where is my order?", who)
    text = bench.sent(who, "order_status/status")[-1].mail.text
    assert "50.00" in text
    assert "49.92" in text


async def test_another_way_to_pay_asks_for_the_rest(bench: Bench) -> None:
    number, who = await _part_paid(bench)
    clicked = bench.db.call(click.change_method, bench.house, bench.order(number).id, "check", bench.now)
    await bench.work()
    letter = bench.sent(who, "order/awaiting_payment")[-1]
    assert clicked.done
    assert "Amount: €49.92" in letter.mail.text
    assert "charged" not in letter.mail.text


async def test_more_than_the_total_asks_for_nothing(bench: Bench) -> None:
    number, who = await _part_paid(bench, 15000)
    clicked = bench.db.call(click.change_method, bench.house, bench.order(number).id, "check", bench.now)
    assert (clicked.done, clicked.why) == (False, "needs_person")
    view = bench.db.see(order_view, bench.house, bench.order(number).id, bench.now)
    assert view is not None
    assert view.giro == ""


async def test_a_part_that_goes_back_before_the_rest_comes(own_bench: Bench) -> None:
    bench = own_bench
    number, who = await _part_paid(bench)
    await bench.tell(make_event("payment.refunded", number, amount=5000))
    order = bench.order(number)
    assert (order.state, order.received, order.open) == ("pending", 0, 9992)
    assert order.due_at is not None  # it waits for its money again
    for _ in range(12):
        bench.now += timedelta(days=1)
        bench.db.call(tick.tick, bench.house, bench.now)
        await bench.work()
    assert "reminder/first" in bench.post.names(who)
    whole = make_event("payment.received", number)
    await bench.tell({**whole, "payment": {**whole["payment"], "id": "whole"}})
    assert (bench.order(number).state, bench.order(number).left) == ("paid", 9992)
