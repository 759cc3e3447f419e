"""An unpaid order that waits: its reminders, its end, and the look again after a customer said "I have paid"."""

from datetime import date, datetime

from mailbot.model.decision import Change, Decision, Letter, OpenCase
from mailbot.model.order import Order

_NAMES = {1: "reminder/first", 2: "reminder/second"}


def remind(order: Order, number: int, last: bool, language: str, expected: tuple[date, date]) -> Decision:
    """Reminder `number`. Its letter makes sense only while the order is still unpaid."""
    name = "reminder/last" if last else _NAMES.get(number, "reminder/second")
    letter = Letter(
        name,
        order.customer.email,
        f"order:{order.id}/reminder:{order.version}",
        language,
        order.id,
        facts={
            "number": number,
            "expires_at": order.expires_at.isoformat() if order.expires_at else None,
            "expected_by": expected[1].isoformat(),
        },
        only_while="pending",
        unasked=True,
    )
    return Decision(
        "change",
        f"reminder {number}: the payment of {order.money} by {order.payment_method} has not come yet",
        f"rules/payment_methods.toml: {order.payment_method}.reminders",
        changes=(Change(order.id, "remind", {"reminders": number, "paused_until": None}),),
        letters=(letter,),
    )


def expire(order: Order, language: str, now: datetime) -> Decision:
    """The order lapses, and says so; but not to somebody whose money came before the letter left."""
    letter = Letter(
        "order/expired",
        order.customer.email,
        f"order:{order.id}/expired",
        language,
        order.id,
        only_while="expired",
        unasked=True,
    )
    return Decision(
        "change",
        f"the payment of {order.money} did not come in time",
        f"rules/payment_methods.toml: {order.payment_method}.expires_after",
        changes=(Change(order.id, "expire", {"ended_at": now}),),
        letters=(letter,),
    )


def look_again(order: Order, by: datetime) -> Decision:
    """The money should be here by now: a person looks for it."""
    said = "its customer said that it is paid" if order.paused_until else "it does not lapse by itself"
    because = f"order {order.number}: {order.money} by {order.payment_method} should be here by now and is not; {said}"
    opened = OpenCase("payment_missing", because, by, order_id=order.id)
    change = Change(order.id, "pause", {"paused_until": None})
    rule = f"rules/payment_methods.toml: {order.payment_method}.patience"
    return Decision("hold", because, rule, changes=(change,), case=opened)
