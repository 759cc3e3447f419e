"""The errand that pays money back: what a colleague, or later a payment provider, needs for it."""

from mailbot.model.decision import Errand
from mailbot.model.order import Order


def refund_errand(order: Order, because: str) -> Errand:
    """Pays back what is left of the order's money. Its facts are the fields of payments.gateway.Refund.

    The order's version is part of its key: a refund that was called off can be asked for again.
    """
    facts = {
        "order_number": order.number,
        "customer": order.customer.name,
        "amount": order.left,
        "currency": order.currency,
        "method": order.paid_with or order.payment_method,
        "payment_id": order.payment_id,
        "paid_at": order.paid_at.isoformat() if order.paid_at else "",
        "card_last4": order.card_last4,
        "reason": because,
    }
    once = f"refund/{order.id}:{order.version}/{order.shop}/{order.number}/{order.payment_id}"[:255]
    return Errand("refund", once, order.id, facts)
