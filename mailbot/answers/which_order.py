"""Which order is meant? Never a guess: two candidates lead to a question, none to an answer that tells nothing."""

from dataclasses import replace

from mailbot.answers import say
from mailbot.model.case import Case
from mailbot.model.decision import Decision
from mailbot.model.order import Order

WHICH_ORDER = "which order is meant: two candidates are asked about"
"""The rule of a decision that asks the customer."""

# Kinds whose answer goes to the order's address whoever asks, so that the number alone is enough.
_BY_NUMBER = {"resend_key", "resend_download", "invoice_copy"}


def settle_order(case: Case) -> Decision | None:
    """None when the order is clear (or the kind is for a person anyway); else the question, or the empty answer."""
    strange = case.found_by == "number"
    if case.order is not None and (not strange or case.request.kind in _BY_NUMBER):
        return None
    if case.candidates:
        numbers = [order.number for order in case.candidates]
        because = f"the sender has {len(numbers)} orders that could be meant and named none of them: we ask"
        letter = say.to_asker(
            case,
            "which_order/ask",
            kind=case.request.kind,
            orders=[order_row(order) for order in case.candidates[:20]],
        )
        return say.reply(case, because, WHICH_ORDER, letter)
    if not strange:
        because = "no order is known to belong to this sender; the answer tells nothing about anybody's orders"
        return say.reply(case, because, "which order is meant: none", say.to_asker(case, "proof/asked"))
    because = "an order is named, but the mail does not come from the order's address"
    return say.reply(case, because, f"rules/{case.request.kind}.toml: proof", say.to_asker(case, "proof/asked"))


def tell_stranger_nothing(case: Case, decision: Decision) -> Decision:
    """The asker of a decision about somebody else's order hears what they would hear if there were no such order."""
    if case.found_by != "number":
        return decision
    unknown = settle_order(replace(case, order=None, found_by=""))
    assert unknown is not None
    others = tuple(letter for letter in decision.letters if letter.to != case.sender)
    return replace(decision, letters=(*others, *unknown.letters))


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
