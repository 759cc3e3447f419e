"""Queries about invoices: numbers without gaps, and bytes that never change."""

from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from mailbot.store.tables import counters, invoices

_of_order = select(invoices).where(invoices.c.order_id == bindparam("o"))
_raise = (
    update(counters)
    .where(counters.c.shop == bindparam("s"), counters.c.series == bindparam("r"))
    .values(last=counters.c.last + 1)
    .returning(counters.c.last)
)


def of_order(connection: Connection, order_id: int) -> RowMapping | None:
    return connection.execute(_of_order, {"o": order_id}).mappings().first()


def next_number(connection: Connection, shop: str, series: str) -> int:
    """The next number of the series, from 1. Taken in the caller's transaction: when that fails, so does the taking."""
    found = connection.scalar(_raise, {"s": shop, "r": series})
    if found is None:
        try:
            with connection.begin_nested():
                connection.execute(insert(counters), {"shop": shop, "series": series, "last": 1})
            found = 1
        except IntegrityError:  # another worker began the series in the same moment
            found = connection.scalar(_raise, {"s": shop, "r": series})
    return int(found or 1)


def add(connection: Connection, **values: Any) -> int:
    return int(connection.execute(insert(invoices), values).inserted_primary_key[0])  # type: ignore[index]
