"""card_declined: what a declined card may be, and the link to try again or pay another way."""

from collections.abc import Mapping
from typing import Any

from mailbot.answers import change_payment, say
from mailbot.model.case import Case
from mailbot.model.decision import Decision


def decide(case: Case, policy: Mapping[str, Any]) -> Decision:
    order = case.order
    assert order is not None
    if order.state != "pending":
        return change_payment.decide(case, policy)
    because = f"order {order.number} is unpaid: what helps with a declined card, and the link to pay, go to its address"
    return say.reply(case, because, "rules/card_declined.toml: proof", say.to_order(case, "card_declined/help"))
