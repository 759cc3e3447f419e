"""News came from the shop: it is applied to its order, waits for it, or is refused by name and seen by staff."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, RowMapping

from mailbot.act import act, schedule
from mailbot.house import House
from mailbot.invoices.pdf import PressFault
from mailbot.invoices.tax import TaxMismatch, breakdown
from mailbot.mailing import Occasion, tell_staff
from mailbot.model.decision import Decision, OpenCase
from mailbot.model.event import (
    EVENT,
    Event,
    OrderCancelled,
    OrderDelivered,
    OrderPlaced,
    PaymentDeclined,
    PaymentReceived,
    PaymentRefunded,
    SubscriptionRenewing,
)
from mailbot.model.order import Order
from mailbot.notices import delivery, order_placed, payment
from mailbot.notices.outcome import Late, Outcome, Refused, Waits
from mailbot.store import events, orders, work
from mailbot.store.tables import events as events_table

PATIENCE = timedelta(days=1)
"""How long news waits for its order before staff are told."""


def take_event(connection: Connection, house: House, row: RowMapping, now: datetime) -> str:
    """Applies one kept event and settles its row. Returns the row's state then: done, waiting or refused."""
    event = EVENT.validate_json(house.sealer.open(row["sealed"], "events.sealed"))
    shop = house.shops[row["shop"]]
    occasion = Occasion(shop, "shop", now)
    order = orders.by_number(connection, shop.id, event.order_number, lock=True)
    if isinstance(event, OrderPlaced):
        outcome = _placed(connection, house, occasion, event, order)
    elif order is None:
        outcome = Waits(f"order {event.order_number} is not known yet")
    else:
        outcome = _decide(house, occasion, event, order)
    try:
        with connection.begin_nested():
            return _settle(connection, house, occasion, row, order, outcome)
    except PressFault as fault:  # nothing of it is written, and no number taken; the money counts all the same
        if order is None:
            raise
        return _settle(connection, house, occasion, row, order, _decide(house, occasion, event, order, str(fault)))


def _placed(
    connection: Connection, house: House, occasion: Occasion, event: OrderPlaced, order: Order | None
) -> Outcome:
    if order is not None:
        return Refused("place", f"order {order.number} exists already")
    shop, now = occasion.shop, occasion.now
    added = orders.add(connection, schedule(house, shop, order_placed.new_order(event), now, "place"))
    events.wake(connection, shop.id, added.number, now)
    once = _once(shop.id, event.id)
    return order_placed.decide(added, house.language_of(shop, added), now, house.hold, once)


def _decide(house: House, occasion: Occasion, event: Event, order: Order, press_fault: str = "") -> Outcome:
    """The notice that speaks of this news. With `press_fault` the payment is booked without its invoice."""
    language = house.language_of(occasion.shop, order)
    once = _once(occasion.shop.id, event.id)
    match event:
        case PaymentReceived():
            return payment.received(order, event, language, once, press_fault or _invoice_fault(order))
        case PaymentDeclined():
            return payment.declined(order, event, language, once)
        case PaymentRefunded():
            return payment.refunded(order, event, language, once)
        case OrderDelivered():
            return delivery.delivered(order, event, language, once)
        case OrderCancelled():
            return delivery.cancelled(order, event, language, once)
        case SubscriptionRenewing():
            return delivery.renewing(order, event, language, once)
        case OrderPlaced():
            return Refused("place", f"order {order.number} exists already")


def _once(shop: str, event_id: str) -> str:
    """The prefix of the once keys of an event's effects; ids that are too long for it are told apart by their sum."""
    name = event_id if len(event_id) <= 100 else sha256(event_id.encode()).hexdigest()
    return f"event:{shop}:{name}"


def _invoice_fault(order: Order) -> str:
    """Why no invoice can be made of this order, or "": found before a number is taken, so that there is no gap."""
    try:
        breakdown(order)
    except TaxMismatch as fault:
        return str(fault)
    return ""


def _settle(
    connection: Connection,
    house: House,
    occasion: Occasion,
    row: RowMapping,
    order: Order | None,
    outcome: Outcome,
) -> str:
    match outcome:
        case Decision():
            act(connection, house, occasion, [outcome])
            state, because = "done", outcome.because
        case Waits():
            state, because = "waiting", outcome.because
        case Late():
            state, because = "done", outcome.because
        case Refused():
            state, because = "refused", outcome.because
            _tell_refused(connection, house, occasion, row, order, outcome)
    work.settle(connection, events_table, row["id"], state=state, because=because[:1000], error="")
    return state


def _tell_refused(
    connection: Connection, house: House, occasion: Occasion, row: RowMapping, order: Order | None, outcome: Refused
) -> None:
    """A refused step stands in the order's history and opens a case; the money of a late payment is not forgotten."""
    because = f"{row['type']} ({row['event_id']}): {outcome.because}"
    opened = OpenCase("illegal_step", because, order_id=order.id if order else None)
    act(connection, house, occasion, [Decision("hold", because, f"model/order.py: {outcome.step}", case=opened)])


def tell_of_waiting(connection: Connection, house: House, now: datetime) -> list[str]:
    """News whose order has not come after a day is shown to staff, once. Returns a line for each."""
    lines = []
    for row in events.waiting_since(connection, now - PATIENCE):
        shop = house.shops.get(row["shop"])
        if shop is None:
            continue
        because = f"{row['type']} ({row['event_id']}) came a day ago: {row['because'] or 'it waits for its order'}"
        tell_staff(
            connection,
            house,
            Occasion(shop, "clock", now),
            "staff/notice",
            f"event:{row['id']}/waiting",
            None,
            what=f"news for order {row['order_number']} is waiting",
            because=because,
        )
        events.told(connection, row["id"])
        lines.append(f"order {row['order_number']}: staff told that {row['type']} is waiting")
    return lines


def give_up(connection: Connection, house: House, row: RowMapping, error: str, now: datetime) -> None:
    """The last attempt failed: the news stays, is marked, and staff hear of it, once a day however often it is sent.

    A payment that is not booked holds back the order's reminders and its end (see store/events.py: UNSETTLED).
    """
    work.settle(connection, events_table, row["id"], state="failed", error=error[:1000])
    order = orders.by_number(connection, row["shop"], row["order_number"])
    rests = "; until then the order is neither reminded nor ended" if row["type"] == "payment.received" else ""
    again = f"when the cause is removed: mailbot replay --event {row['event_id']}{rests}"
    tell_staff(
        connection,
        house,
        Occasion(house.shops[row["shop"]], "mailbot", now),
        "staff/notice",
        f"event:{row['id']}/failed:{now:%Y-%m-%d}",
        None,
        order_id=order.id if order else None,
        what=f"news {row['event_id']} could not be applied",
        because=f"{row['type']} for order {row['order_number']}: {error[:500]}; {again}",
    )
