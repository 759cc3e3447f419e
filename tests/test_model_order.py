"""The table of legal steps, and what a step does to an order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import NOW, make_order

from mailbot.model.order import STEPS, IllegalStep, Line, State, take

STATES = ("pending", "paid", "refunding", "refunded", "cancelled", "expired")
NAMES = sorted({step for _, step in STEPS})
ENDS = ("refunded", "cancelled")


@pytest.mark.parametrize(("state", "step", "then"), [(state, step, then) for (state, step), then in STEPS.items()])
def test_a_legal_step_leads_where_the_table_says(state: State, step: str, then: str) -> None:
    order = make_order(state=state)
    assert order.allows(step)
    after = take(order, step)
    assert (after.state, after.version) == (then, order.version + 1)


@pytest.mark.parametrize(
    ("state", "step"), [(state, step) for state in STATES for step in NAMES if (state, step) not in STEPS]
)
def test_an_illegal_step_is_refused_by_name(state: State, step: str) -> None:
    order = make_order("10023", state=state)
    assert not order.allows(step)
    with pytest.raises(IllegalStep) as refused:
        take(order, step, paid_at=NOW)
    assert (refused.value.number, refused.value.state, refused.value.step) == ("10023", state, step)
    assert all(word in str(refused.value) for word in ("10023", state, step))


@given(st.lists(st.sampled_from([*NAMES, "no such step"]), max_size=30))
def test_any_steps_end_in_a_known_state_and_money_is_never_lost(steps: list[str]) -> None:
    order = make_order()
    paid = False
    for step in steps:
        try:
            after = take(order, step)
        except IllegalStep:
            continue
        paid = paid or step == "pay"
        order = after
        assert order.state in STATES
        assert not paid or order.state in ("paid", "refunding", "refunded")  # only a refund undoes a payment
    assert order.version == 1 + sum(1 for _ in _legal(steps))


def _legal(steps: list[str]):  # type: ignore[no-untyped-def]
    state: State = "pending"
    for step in steps:
        if (state, step) in STEPS:
            state = STEPS[state, step]
            yield step


@pytest.mark.parametrize("end", ENDS)
def test_the_end_is_the_end(end: State) -> None:
    assert {step for state, step in STEPS if state == end} <= {"refund_part"}  # what had come of it still goes back


@pytest.mark.parametrize(
    ("state", "paid", "back", "received", "open_", "part_paid", "left"),
    [
        ("pending", 0, 0, 0, 9992, False, 0),
        ("pending", 5000, 0, 5000, 4992, True, 5000),
        ("pending", 5000, 5000, 0, 9992, False, 0),
        ("pending", 15000, 0, 15000, 0, True, 15000),
        ("paid", 9992, 1000, 8992, 1000, False, 8992),
        ("cancelled", 5000, 0, 5000, 4992, False, 5000),
        ("cancelled", 0, 0, 0, 9992, False, 0),
    ],
)
def test_an_order_knows_what_came_what_is_open_and_what_can_go_back(
    state: State, paid: int, back: int, received: int, open_: int, part_paid: bool, left: int
) -> None:
    order = make_order(state=state, paid_amount=paid, refund_amount=back)
    assert (order.received, order.open, order.part_paid, order.left) == (received, open_, part_paid, left)


def test_a_line_and_an_order_know_their_money() -> None:
    assert Line("A", "A", 3, 4095, "22", "VAT").net == 12285
    assert str(make_order().money) == "99.92 EUR"


@pytest.mark.parametrize(
    ("vat_id", "business", "consumer"), [("", False, True), ("DE136695976", False, False), ("", True, False)]
)
def test_who_is_a_consumer(vat_id: str, business: bool, consumer: bool) -> None:
    from dataclasses import replace

    order = make_order()
    order = replace(order, customer=replace(order.customer, vat_id=vat_id, business=business))
    assert order.consumer is consumer
