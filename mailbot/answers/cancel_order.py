"""cancel_order: an unpaid order is cancelled and confirmed; of a paid one, "cancel" means the refund path."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mailbot.answers import refund, say
from mailbot.model.case import Case
from mailbot.model.decision import Change, Decision, Proof


def decide(case: Case, policy: Mapping[str, Any]) -> Decision:
    order = case.order
    assert order is not None
    if order.state in ("paid", "refunding", "refunded"):
        decision = refund.decide(case, policy.get("refund", policy))
        return replace(
            decision, because=f"order {order.number} is {order.state}, so cancelling is a refund: {decision.because}"
        )
    if order.state in ("cancelled", "expired"):
        because = f"order {order.number} is {order.state} already"
        return say.reply(case, because, "rules/cancel_order.toml: state", say.to_order(case, "cancel_order/already"))
    if order.part_paid:
        part = refund.part_of(order)
        because = f"order {order.number} is paid in part ({part}): a person cancels it and pays the part back"
        return refund.of_part(case, because, "rules/cancel_order.toml: state")
    if case.request.guess:
        because = f"order {order.number} is unpaid; that it shall be cancelled is a guess, so its address gets a button"
        return say.reply(case, because, "rules/cancel_order.toml: proof", say.to_order(case, "cancel_order/confirm"))
    if not case.by_customer or case.proof < needed(policy):
        because = f"order {order.number} is unpaid; who asks is not proven, so the order's address gets a button"
        return say.reply(case, because, "rules/cancel_order.toml: proof", say.to_order(case, "cancel_order/confirm"))
    because = f"order {order.number} is unpaid and its customer asks to cancel it"
    return say.change(
        case,
        because,
        "rules/cancel_order.toml: state",
        (Change(order.id, "cancel"),),
        say.to_order(case, "cancel_order/done"),
    )


def needed(policy: Mapping[str, Any]) -> Proof:
    """The least proof that cancels at once; with less, the order's address gets a button."""
    return Proof[str(policy.get("proof", "verified_sender")).upper()]
