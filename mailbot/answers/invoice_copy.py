"""invoice_copy: the invoice as it was issued, to the order's address; before the payment there is none."""

from collections.abc import Mapping
from typing import Any

from mailbot.answers import say
from mailbot.model.case import Case
from mailbot.model.decision import Decision


def decide(case: Case, policy: Mapping[str, Any]) -> Decision:
    order = case.order
    assert order is not None
    if case.has_invoice:
        because = f"the invoice of order {order.number} goes to the order's own address"
        letter = say.to_order(case, "invoice_copy/sent", attach_invoice=True)
        return say.reply(case, because, "rules/invoice_copy.toml: proof", letter)
    if order.state == "pending":
        because = f"order {order.number} is not paid yet; its invoice comes with the payment"
        return say.reply(case, because, "rules/invoice_copy.toml: paid", say.to_order(case, "invoice_copy/not_yet"))
    because = f"no invoice was issued here for order {order.number}, which is {order.state}"
    return say.to_person(case, because, "rules/invoice_copy.toml: issued", "case/handed_over")
