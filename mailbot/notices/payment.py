"""Money: it came, it was declined, or it went back."""

from datetime import timedelta

from mailbot.model.decision import Change, Decision, Letter, OpenCase
from mailbot.model.event import PaymentDeclined, PaymentReceived, PaymentRefunded
from mailbot.model.money import Money
from mailbot.model.order import Order
from mailbot.notices.outcome import Late, Outcome, Refused, Waits, refused

_FOREIGN = timedelta(days=30)  # how long money of another currency holds the clock back


def received(order: Order, event: PaymentReceived, language: str, once: str, invoice_fault: str = "") -> Outcome:
    """The payment letter with the invoice. Another amount than the total is a person's matter: money is not guessed.

    `invoice_fault` is why no invoice can be made of the order: then the payment counts, and a person makes it.
    """
    paid = event.payment
    known = order.payment_id == paid.id
    counted = paid.id in order.payment_ids and not known  # an earlier part, told once more as news of its own
    if counted or (known and (order.state != "pending" or paid.amount != order.total)):
        return Late(f"payment {paid.id} is booked already")
    so_far = paid.amount if known else order.paid_amount + paid.amount
    if not order.allows("pay"):
        money = f"{Money(paid.amount, paid.currency)} came as payment {paid.id} and is not booked"
        return Refused("pay", f"{money}: order {order.number} is {order.state}")
    if paid.currency != order.currency or order.total not in (paid.amount, so_far - order.refund_amount):
        return _differs(order, event, language, once)
    change = Change(
        order.id,
        "pay",
        {
            "paid_at": paid.received_at or event.at,
            "paid_amount": so_far,
            "paid_with": paid.method,
            "payment_id": paid.id,
            "payment_ids": (*order.payment_ids, paid.id)[-100:],
            "card_last4": paid.card_last4,
            "paused_until": None,
        },
    )
    letter = Letter(
        "payment/received",
        order.customer.email,
        f"{once}/payment/received",
        language,
        order.id,
        attach_invoice=not invoice_fault,
        unasked=True,
    )
    because = f"the shop says that {order.money} was received for it"
    opened = OpenCase("invoice_fault", invoice_fault, order_id=order.id) if invoice_fault else None
    if (here := so_far - order.refund_amount) > order.total:
        too_much = f"{Money(here, order.currency)} came for order {order.number}, whose total is {order.money}"
        why = "; ".join(filter(None, (f"{too_much}: what is too much is to go back", invoice_fault)))
        opened = OpenCase("payment_differs", why, order_id=order.id)
    return Decision("change", because, "event: payment.received", changes=(change,), letters=(letter,), case=opened)


def declined(order: Order, event: PaymentDeclined, language: str, once: str) -> Outcome:
    """What it may be, and the link to try again. A decline that comes after the payment changes nothing."""
    if order.state in ("paid", "refunding", "refunded"):
        return Late(f"order {order.number} is {order.state}: the decline is overtaken")
    if not order.allows("decline"):
        return refused(order, "decline")
    last4 = event.payment.card_last4
    change = Change(order.id, "decline", {"card_last4": last4})
    letter = Letter(
        "payment/declined",
        order.customer.email,
        f"{once}/payment/declined",
        language,
        order.id,
        facts={"card_last4": last4, "method": event.payment.method},
        only_while="pending",
        replaces="order/awaiting_payment",  # a confirmation that still waits would ask for the money once more
        unasked=True,
    )
    return Decision(
        "change", "the payment was declined", "event: payment.declined", changes=(change,), letters=(letter,)
    )


def refunded(order: Order, event: PaymentRefunded, language: str, once: str) -> Outcome:
    """The money is on its way back. A part of it leaves the order as it is; the whole of a paid order ends it."""
    refund = event.refund
    if refund.id in order.refund_ids:
        return Late(f"refund {refund.id} is booked already")
    if order.state == "pending" and not order.received:
        return Waits(f"order {order.number} is not known as paid yet; the payment has to come first")
    if not order.allows("refund") and not (order.allows("refund_part") and order.received):
        return refused(order, "refund")
    if refund.currency != order.currency:
        return _refund_differs(order, event)
    whole = order.refund_amount + refund.amount >= order.paid_amount
    letter = Letter(
        "refund/done",
        order.customer.email,
        f"{once}/refund/done",
        language,
        order.id,
        facts={"amount": refund.amount, "currency": refund.currency, "at": event.at.isoformat(), "partial": not whole},
        unasked=True,
    )
    because = f"the shop says that {Money(refund.amount, refund.currency)} was paid back"
    ends = whole and order.allows("refund")
    fields = {
        "refund_amount": order.refund_amount + refund.amount,
        "refund_ids": (*order.refund_ids, refund.id)[-100:],
        **({"ended_at": event.at} if ends else {}),
    }
    change = Change(order.id, "refund" if ends else "refund_part", fields)
    return Decision("change", because, "event: payment.refunded", changes=(change,), letters=(letter,))


def _refund_differs(order: Order, event: PaymentRefunded) -> Decision:
    """Money of another currency is not counted against the order's: a person sees what was meant."""
    gone = Money(event.refund.amount, event.refund.currency)
    because = (
        f"{gone} was paid back as refund {event.refund.id} for order {order.number}, which was paid in "
        f"{order.currency}: nothing is booked, a person decides"
    )
    opened = OpenCase("refund_differs", because, order_id=order.id)
    return Decision("hold", because, "event: payment.refunded", case=opened)


def _differs(order: Order, event: PaymentReceived, language: str, once: str) -> Decision:
    """Nobody is reminded or told that the order lapses while a person looks at money that came.

    A confirmation that still waits to leave would ask for the whole: one that says what came takes its place.
    """
    got = Money(event.payment.amount, event.payment.currency)
    because = f"{got} was received for order {order.number}, whose total is {order.money}: a person decides"
    opened = OpenCase("payment_differs", because, order_id=order.id)
    fields: dict[str, object] = {
        "paid_amount": order.paid_amount + event.payment.amount,
        "payment_id": event.payment.id,
        "payment_ids": (*order.payment_ids, event.payment.id)[-100:],
        "paid_with": event.payment.method,
        "card_last4": event.payment.card_last4,
    }
    if event.payment.currency != order.currency:
        fields = {"paused_until": event.at + _FOREIGN}
    changes = (Change(order.id, "pause", fields),) if order.allows("pause") and event.payment.amount else ()
    confirmation = Letter(
        "order/awaiting_payment",
        order.customer.email,
        f"{once}/order/awaiting_payment",
        language,
        order.id,
        only_while="pending",
        replaces="order/awaiting_payment",
        only_replacing=True,
        unasked=True,
    )
    letters = (confirmation,) if changes and "paid_amount" in fields else ()
    return Decision("hold", because, "event: payment.received", changes=changes, letters=letters, case=opened)
