"""Queries about orders, what was delivered for them, and what happened to them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, insert, select, update

from mailbot.model.order import Item, Order
from mailbot.store import pack
from mailbot.store.seal import Sealer
from mailbot.store.tables import deliveries, history, orders

_columns = select(orders.c.id, orders.c.data)
_by_id = _columns.where(orders.c.id == bindparam("i"))
_by_number = _columns.where(orders.c.shop == bindparam("s"), orders.c.number == bindparam("n"))
_by_email = (
    _columns.where(orders.c.shop == bindparam("s"), orders.c.email == bindparam("e"))
    .order_by(orders.c.id.desc())
    .limit(100)
)
_due = select(orders.c.id).where(orders.c.due_at <= bindparam("t")).order_by(orders.c.due_at).limit(bindparam("m"))
_insert = insert(orders)
_update = (
    update(orders)
    .where(orders.c.id == bindparam("i"), orders.c.version == bindparam("v"))
    .values({name: bindparam("new_" + name) for name in ("state", "email", "due_at", "version", "data")})
)
_delivered = select(deliveries.c.sealed).where(deliveries.c.order_id == bindparam("i")).order_by(deliveries.c.id)
_remember = insert(history)


class Overtaken(Exception):
    """Somebody else changed the order since it was read; the work is done again from the start."""


def add(connection: Connection, order: Order) -> Order:
    """Inserts the order and returns it with its id. The caller has looked that the number is new."""
    result = connection.execute(_insert, {**_row(order), "shop": order.shop, "number": order.number})
    return replace(order, id=int(result.inserted_primary_key[0]))  # type: ignore[index]


def save(connection: Connection, order: Order) -> None:
    """Writes a changed order, whose version was raised by one. Raises Overtaken."""
    values = {"new_" + name: value for name, value in _row(order).items()}
    if connection.execute(_update, {"i": order.id, "v": order.version - 1, **values}).rowcount != 1:
        raise Overtaken(f"order {order.number} was changed meanwhile")


def get(connection: Connection, order_id: int, *, lock: bool = False) -> Order | None:
    """The order; with `lock`, nobody else changes it until this transaction ends."""
    return _first(connection, _by_id, {"i": order_id}, lock)


def by_number(connection: Connection, shop: str, number: str, *, lock: bool = False) -> Order | None:
    return _first(connection, _by_number, {"s": shop, "n": number}, lock)


def by_email(connection: Connection, shop: str, email: str) -> list[Order]:
    """The orders of an address (lower case), newest first, a hundred at most."""
    return [_order(row) for row in connection.execute(_by_email, {"s": shop, "e": email})]


def due(connection: Connection, now: datetime, most: int) -> Sequence[int]:
    """The ids of orders that the clock should look at, earliest first."""
    return connection.scalars(_due, {"t": now, "m": most}).all()


def deliver(connection: Connection, sealer: Sealer, order_id: int, items: tuple[Item, ...], at: datetime) -> None:
    """Keeps what was delivered, encrypted."""
    sealed = sealer.seal(pack.items_bytes(items), "deliveries.sealed")
    connection.execute(insert(deliveries), {"order_id": order_id, "sealed": sealed, "delivered_at": at})


def with_items(connection: Connection, sealer: Sealer, order: Order) -> Order:
    """The order with everything that was ever delivered for it, newest last."""
    found: list[Item] = []
    for sealed in connection.scalars(_delivered, {"i": order.id}):
        found.extend(pack.items_from(sealer.open(sealed, "deliveries.sealed")))
    return replace(order, items=tuple(found)) if found else order


def remember(connection: Connection, **values: Any) -> None:
    """A line of history: at, shop, what, because, and what it belongs to."""
    connection.execute(_remember, values)


def history_of(connection: Connection, order_id: int) -> list[RowMapping]:
    query = select(history).where(history.c.order_id == order_id).order_by(history.c.id)
    return list(connection.execute(query).mappings())


def _first(connection: Connection, query: Select[Any], values: dict[str, Any], lock: bool) -> Order | None:
    row = connection.execute(query.with_for_update() if lock else query, values).first()
    return _order(row) if row else None


def _order(row: Any) -> Order:
    return replace(pack.order_from(row.data), id=row.id)


def _row(order: Order) -> dict[str, Any]:
    return {
        "state": order.state,
        "email": order.customer.email,
        "due_at": order.due_at,
        "version": order.version,
        "data": pack.order_bytes(order),
    }
