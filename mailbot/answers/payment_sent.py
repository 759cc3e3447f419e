"""payment_sent: "I have paid" is thanked, and the reminders wait for the time that the method takes."""

from collections.abc import Mapping
from typing import Any

from mailbot.answers import say
from mailbot.answers.order_status import status_letter
from mailbot.answers.refund import part_of
from mailbot.model.case import Case
from mailbot.model.decision import Change, Decision


def decide(case: Case, policy: Mapping[str, Any]) -> Decision:
    order = case.order
    assert order is not None
    if order.state in ("paid", "refunding"):
        because = f"the payment of order {order.number} is here already"
        letter = say.to_order(case, "payment_sent/already_received")
        return say.reply(case, because, "rules/payment_sent.toml: state", letter)
    if order.state == "expired":
        because = (
            f"order {order.number} has expired, and its customer says that it is paid: a person looks for the money"
        )
        return say.to_person(case, because, "rules/payment_sent.toml: state", "case/handed_over")
    if order.state != "pending" or not case.by_customer:
        because = f"order {order.number} is {order.state}; what is known of it goes to its address"
        return say.reply(case, because, "rules/payment_sent.toml: state", status_letter(case))
    if order.part_paid:
        because = (
            f"{part_of(order)} came for order {order.number}, and its customer says that it is paid: a person looks "
            "for the rest"
        )
        return say.to_person(case, because, "rules/payment_sent.toml: state", "case/handed_over")
    resting = order.paused_until is not None and order.paused_until > case.now
    until = order.paused_until if resting else case.outlook.pause_until  # saying it again puts nothing off any further
    expected = case.outlook.expected
    because = (
        f"the customer says that order {order.number} is paid: reminders wait until {until:%Y-%m-%d}" if until else ""
    )
    change = Change(order.id, "pause", {"paused_until": until})
    letter = say.to_order(
        case,
        "payment_sent/thanks",
        expected_by=expected[1].isoformat() if expected else None,
        paused_until=say.stamp(until),
    )
    return say.change(case, because, "rules/payment_sent.toml: pause", (change,), letter)
