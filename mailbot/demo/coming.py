"""What the shop's clock will do next, and when: the thing that the demo's time can jump to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from mailbot.house import House
from mailbot.model.order import Order
from mailbot.payments.schedule import due_now
from mailbot.store import orders
from mailbot.store.tables import errands
from mailbot.store.tables import orders as order_table


@dataclass(frozen=True)
class Coming:
    """A thing that falls due: when, and in words."""

    at: datetime
    what: str


def next_coming(connection: Connection, house: House, now: datetime) -> Coming | None:
    """The first thing that falls due: a letter that is tried again, or an order's reminder, end or second look."""
    found = [one for one in (_letter(connection), _order(connection, house, now)) if one]
    return min(found, key=lambda one: one.at, default=None)


def _letter(connection: Connection) -> Coming | None:
    query = select(errands).where(errands.c.kind == "letter", errands.c.state == "ready")
    row = connection.execute(query.order_by(errands.c.next_try).limit(1)).mappings().first()
    return Coming(row["next_try"], f"the next try of {row['letter']}") if row else None


def _order(connection: Connection, house: House, now: datetime) -> Coming | None:
    query = select(order_table.c.id).where(order_table.c.due_at.is_not(None)).order_by(order_table.c.due_at).limit(1)
    order_id = connection.scalar(query)
    order = orders.get(connection, order_id) if order_id else None
    if order is None or order.due_at is None:
        return None
    return Coming(order.due_at, _step(house, order, max(now, order.due_at)))


def _step(house: House, order: Order, at: datetime) -> str:
    due = due_now(order, house.methods, house.place(house.shops[order.shop]), at)
    match due and due.step:
        case "remind":
            return f"{'last ' if due and due.last else ''}reminder for order {order.number}"
        case "expire":
            return f"order {order.number} lapses"
        case _:
            return f"a look at order {order.number}"
