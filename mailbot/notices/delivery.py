"""What was ordered was delivered: keys, downloads, and for how long. Also: a subscription is about to renew."""

from mailbot.model.decision import Change, Decision, Letter
from mailbot.model.event import OrderCancelled, OrderDelivered, SubscriptionRenewing
from mailbot.model.order import Item, Order
from mailbot.model.refunds import refund_errand
from mailbot.notices.outcome import Late, Outcome, refused


def delivered(order: Order, event: OrderDelivered, language: str, once: str) -> Outcome:
    """The delivery letter: keys and links, and for a consumer the consent and acknowledgement with their times."""
    if not order.allows("deliver"):
        return refused(order, "deliver")
    items = tuple(Item(item.sku, item.keys, item.download_url, item.download_days, event.at) for item in event.items)
    change = Change(order.id, "deliver", {"delivered_at": order.delivered_at or event.at}, items)
    letter = Letter(
        "delivery/keys",
        order.customer.email,
        f"{once}/delivery/keys",
        language,
        order.id,
        facts={"skus": [item.sku for item in items]},
        unasked=True,
    )
    return Decision(
        "change", "the shop delivered the order", "event: order.delivered", changes=(change,), letters=(letter,)
    )


def cancelled(order: Order, event: OrderCancelled, language: str, once: str) -> Outcome:
    """The shop cancelled an unpaid order; a part that was paid goes back.

    A paid order is refunded, not cancelled: that is refused and seen by staff.
    """
    if order.state == "cancelled":
        return Late(f"order {order.number} is cancelled already")
    if not order.allows("cancel"):
        return refused(order, "cancel")
    change = Change(order.id, "cancel", {"ended_at": event.at})
    letter = Letter(
        "order/cancelled",
        order.customer.email,
        f"{once}/order/cancelled",
        language,
        order.id,
        facts={"by": "shop", "reason": event.reason},
        unasked=True,
    )
    because = "the shop cancelled the order"
    errands = (refund_errand(order, because),) if order.part_paid else ()
    return Decision("change", because, "event: order.cancelled", changes=(change,), letters=(letter,), errands=errands)


def renewing(order: Order, event: SubscriptionRenewing, language: str, once: str) -> Outcome:
    """The notice before a renewal: when, how much, and how to stop it."""
    if not order.allows("renew"):
        return refused(order, "renew")
    coming = event.subscription
    change = Change(order.id, "renew", {"renews_on": coming.renews_on})
    letter = Letter(
        "subscription/renewing",
        order.customer.email,
        f"{once}/subscription/renewing",
        language,
        order.id,
        facts={"renews_on": coming.renews_on, "amount": coming.amount, "currency": coming.currency},
        unasked=True,
    )
    return Decision(
        "change",
        f"the subscription renews on {coming.renews_on}",
        "event: subscription.renewing",
        changes=(change,),
        letters=(letter,),
    )
