"""The clock looks: reminders, ends and second looks of the orders that are due, each decided again under its lock."""

import logging
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from mailbot.act import act, schedule
from mailbot.desk.gather import promise
from mailbot.desk.news import tell_of_waiting
from mailbot.house import House
from mailbot.mailing import Occasion, tell_staff
from mailbot.model.decision import Decision
from mailbot.model.order import Order
from mailbot.notices import waiting
from mailbot.payments.schedule import due_now, expected_by, may_remind
from mailbot.store import cases, events, orders
from mailbot.trouble import told

log = logging.getLogger("mailbot.clock")

AT_ONCE = 200


def look(connection: Connection, house: House, now: datetime) -> list[int]:
    """The ids of the orders whose time has come, some at a time. An index answers; nothing is due nearly always."""
    return list(orders.due(connection, now, AT_ONCE))


def remind(connection: Connection, house: House, order_id: int, now: datetime) -> str | None:
    """Does what is due for one order. Returns a line that says what was done, or None."""
    order = orders.get(connection, order_id, lock=True)
    if order is None or order.due_at is None or order.due_at > now:
        return None
    shop = house.shops.get(order.shop)
    if shop is None:
        return None
    occasion = Occasion(shop, "clock", now, language=house.language_of(shop, order))
    decision = _decide(connection, house, occasion, order)
    if decision and not decision.case and _money_is_looked_at(connection, order):
        decision = None
    if decision is None:
        _put_off(connection, house, occasion, order)
        return None
    act(connection, house, occasion, [decision])
    what = ", ".join(letter.name for letter in decision.letters) or "to a person"
    return f"order {order.number}: {what}: {decision.because}"


def _money_is_looked_at(connection: Connection, order: Order) -> bool:
    """No reminder, and no end, while a colleague looks for the money, or news of it is here and not yet booked."""
    return cases.open_about(connection, order.id, "payment_missing") or events.payment_unsettled(
        connection, order.shop, order.number
    )


def remind_or_tell(connection: Connection, house: House, order_id: int, now: datetime) -> str | None:
    """`remind`, for which one order's trouble is no reason to stop the clock: staff hear of it, once."""
    try:
        with connection.begin_nested():
            return remind(connection, house, order_id, now)
    except Exception as error:
        log.error("order row %s: %s", order_id, told(error))
        _tell_of_trouble(connection, house, order_id, error, now)
        return None


def _tell_of_trouble(connection: Connection, house: House, order_id: int, error: Exception, now: datetime) -> None:
    order = orders.get(connection, order_id)
    if order is None or order.shop not in house.shops:
        return
    what, because = f"the clock stumbles over order {order.number}", f"{type(error).__name__}: {error}"[:500]
    occasion = Occasion(house.shops[order.shop], "clock", now)
    tell_staff(connection, house, occasion, "staff/notice", f"order:{order_id}/clock", None, what=what, because=because)


def tick(connection: Connection, house: House, now: datetime) -> list[str]:
    """All that the clock does at that time, in one transaction. Returns a line for each thing done."""
    lines: list[str] = []
    seen: set[int] = set()
    while due := set(look(connection, house, now)) - seen:
        seen |= due
        done = [remind_or_tell(connection, house, order_id, now) for order_id in sorted(due)]
        lines += [line for line in done if line]
    return lines + tell_of_waiting(connection, house, now)


def _decide(connection: Connection, house: House, occasion: Occasion, order: Order) -> Decision | None:
    """None: nothing to do now; the order's next look is worked out anew."""
    now, place = occasion.now, house.place(occasion.shop)
    due = due_now(order, house.methods, place, now)
    if due is None or due.at > now:
        return None
    if due.step == "look_again":
        return waiting.look_again(order, promise(house, occasion.shop, now))
    if due.step == "expire":
        return waiting.expire(order, occasion.language, now)
    same_customer = orders.by_email(connection, order.shop, order.customer.email)
    ordered = max((one.placed_at for one in same_customer), default=None)
    if may_remind(order, house.methods, now, ordered):
        return None
    expected = expected_by(order, house.methods, place, now)
    return waiting.remind(order, due.number, due.last, occasion.language, expected)


def _put_off(connection: Connection, house: House, occasion: Occasion, order: Order) -> None:
    """Nothing is to be done: the next look is set, and it lies ahead, so that the clock cannot run in circles."""
    later = schedule(house, occasion.shop, order, occasion.now, "look")
    orders.save(connection, replace(later, version=order.version + 1))
