"""resend_key: the licence keys go to the order's address, and nowhere else, so anybody may ask."""

from collections.abc import Mapping
from typing import Any

from mailbot.answers import say
from mailbot.model.case import Case
from mailbot.model.decision import Decision


def decide(case: Case, policy: Mapping[str, Any]) -> Decision:
    order = case.order
    assert order is not None
    if order.state == "pending" and not any(item.keys for item in order.items):
        because = f"order {order.number} is not paid yet, so there is no key to send"
        return say.reply(case, because, "rules/resend_key.toml: paid", say.to_order(case, "resend_key/not_yet"))
    if order.state in ("refunded", "cancelled", "expired", "refunding"):
        because = f"order {order.number} is {order.state}: whether its key may be sent is a person's decision"
        return say.to_person(case, because, "rules/resend_key.toml: paid", "case/handed_over")
    if not any(item.keys for item in order.items):
        because = f"order {order.number} is paid, but no key was delivered for it"
        return say.to_person(case, because, "rules/resend_key.toml: delivered", "resend_key/no_key")
    because = f"the keys of order {order.number} go to the order's own address"
    return say.reply(case, because, "rules/resend_key.toml: proof", say.to_order(case, "resend_key/sent"))
