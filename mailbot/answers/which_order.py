"""Which order is meant? Never a guess: two candidates lead to a question, none to an answer that tells nothing."""

from mailbot.answers import say
from mailbot.model.case import Case
from mailbot.model.decision import Decision
from mailbot.model.order import Order

# Kinds whose answer goes to the order's address whoever asks, so that the number alone is enough.
_BY_NUMBER = {"resend_key", "resend_download", "invoice_copy"}


def settle_order(case: Case) -> Decision | None:
    """None when the order is clear (or the kind is for a person anyway); else the question, or the empty answer."""
    if case.order is None and case.candidates:
        numbers = [order.number for order in case.candidates]
        because = f"the sender has {len(numbers)} orders that could be meant, so the answer is a question"
        letter = say.to_asker(
            case,
            "which_order/ask",
            kind=case.request.kind,
            orders=[order_row(order) for order in case.candidates[:20]],
        )
        return say.reply(case, because, "which order is meant: two candidates are asked about", letter)
    if case.order is None:
        because = "no order is known to belong to this sender; the answer tells nothing about anybody's orders"
        return say.reply(case, because, "which order is meant: none", say.to_asker(case, "proof/asked"))
    if case.found_by == "number" and case.request.kind not in _BY_NUMBER:
        because = f"order {case.order.number} is named, but the mail does not come from the order's address"
        return say.reply(case, because, f"rules/{case.request.kind}.toml: proof", say.to_asker(case, "proof/asked"))
    return None


def order_row(order: Order) -> dict[str, object]:
    """An order as the letters list it: plain values only."""
    return {
        "number": order.number,
        "placed_at": order.placed_at.isoformat(),
        "product": order.lines[0].name if order.lines else "",
        "total": order.total,
        "currency": order.currency,
        "state": order.state,
    }
