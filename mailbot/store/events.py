"""Queries about news from the shop."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, bindparam, insert, or_, select, update

from mailbot.store.tables import events

_by_id = select(events.c.id, events.c.state).where(events.c.shop == bindparam("s"), events.c.event_id == bindparam("e"))
_insert = insert(events)
_wake = (
    update(events)
    .where(events.c.shop == bindparam("s"), events.c.order_number == bindparam("n"), events.c.state == "waiting")
    .values(state="new", next_try=bindparam("t"), attempts=0)
)
UNSETTLED = ("new", "working", "waiting", "failed")
"""The states of news that has not had its effect yet, and still may."""
_unsettled = (
    select(events.c.id)
    .where(
        events.c.shop == bindparam("s"),
        events.c.order_number == bindparam("n"),
        events.c.state.in_(UNSETTLED),
        events.c.type == "payment.received",
    )
    .limit(1)
)


def find(connection: Connection, shop: str, event_id: str) -> Any | None:
    """The kept event's id and state, or None."""
    return connection.execute(_by_id, {"s": shop, "e": event_id}).first()


def keep(connection: Connection, **values: Any) -> int:
    return int(connection.execute(_insert, values).inserted_primary_key[0])  # type: ignore[index]


def wake(connection: Connection, shop: str, number: str, now: datetime) -> None:
    """The order is known now, or went a step on: its waiting news is tried again."""
    connection.execute(_wake, {"s": shop, "n": number, "t": now})


def revive(connection: Connection, event_id: str, now: datetime, shop: str = "") -> list[tuple[str, str]]:
    """Failed news of that id is tried again. Returns shop and state, as they were, of each news that has the id."""
    same = events.c.event_id == event_id if not shop else and_(events.c.event_id == event_id, events.c.shop == shop)
    found = [(row.shop, row.state) for row in connection.execute(select(events.c.shop, events.c.state).where(same))]
    again = update(events).where(same, events.c.state == "failed")
    connection.execute(again.values(state="new", attempts=0, next_try=now, error=""))
    return found


def payment_unsettled(connection: Connection, shop: str, number: str) -> bool:
    """Whether news that the order was paid is kept and has not had its effect: it waits, or could not be applied."""
    return connection.scalar(_unsettled, {"s": shop, "n": number}) is not None


def waiting_since(connection: Connection, before: datetime) -> list[RowMapping]:
    """News kept before that time whose order has still not come, of which staff were not told yet."""
    query = select(events).where(
        events.c.state == "waiting", events.c.received_at <= before, events.c.told_staff.is_(False)
    )
    return list(connection.execute(query.limit(200)).mappings())


def told(connection: Connection, row_id: int) -> None:
    connection.execute(update(events).where(events.c.id == row_id).values(told_staff=True))


def troubled(connection: Connection, shop: str) -> list[RowMapping]:
    """Refused and failed news, and news that waits, newest first."""
    query = select(events).where(
        events.c.shop == shop, or_(events.c.state == "refused", events.c.state == "failed", events.c.state == "waiting")
    )
    return list(connection.execute(query.order_by(events.c.id.desc()).limit(100)).mappings())
