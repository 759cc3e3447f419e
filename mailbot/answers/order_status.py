"""order_status: what is known of the order, with dates."""

from collections.abc import Mapping
from typing import Any

from mailbot.answers import say
from mailbot.model.case import Case
from mailbot.model.decision import Decision, Letter


def decide(case: Case, policy: Mapping[str, Any]) -> Decision:
    order = case.order
    assert order is not None
    because = f"order {order.number} is {order.state}; what is known of it goes to its address"
    return say.reply(case, because, "rules/order_status.toml: proof", status_letter(case))


def status_letter(case: Case) -> Letter:
    """The letter that says how the order stands."""
    expected = case.outlook.expected
    return say.to_order(
        case,
        "order_status/status",
        expected_from=expected[0].isoformat() if expected else None,
        expected_by=expected[1].isoformat() if expected else None,
    )
