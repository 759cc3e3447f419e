"""change_payment: the link to the page on which the payment method is changed, as long as the order is unpaid."""

from collections.abc import Mapping
from typing import Any

from mailbot.answers import say
from mailbot.answers.order_status import status_letter
from mailbot.model.case import Case
from mailbot.model.decision import Decision


def decide(case: Case, policy: Mapping[str, Any]) -> Decision:
    order = case.order
    assert order is not None
    if order.state == "pending":
        because = f"order {order.number} is unpaid: the link to change how it is paid goes to its address"
        return say.reply(case, because, "rules/change_payment.toml: proof", say.to_order(case, "change_payment/link"))
    if order.state == "paid":
        because = f"order {order.number} is paid already"
        letter = say.to_order(case, "change_payment/already_paid")
        return say.reply(case, because, "rules/change_payment.toml: state", letter)
    because = f"order {order.number} is {order.state}: nothing is to be paid"
    return say.reply(case, because, "rules/change_payment.toml: state", status_letter(case))
