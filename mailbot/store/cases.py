"""Queries about cases: what was left to a person."""

from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from mailbot.store.tables import cases, history


def add(connection: Connection, **values: Any) -> int:
    return int(connection.execute(insert(cases), values).inserted_primary_key[0])  # type: ignore[index]


def get(connection: Connection, case_id: int, *, lock: bool = False) -> RowMapping | None:
    query = select(cases).where(cases.c.id == case_id)
    return connection.execute(query.with_for_update() if lock else query).mappings().first()


def change(connection: Connection, case_id: int, **values: Any) -> None:
    connection.execute(update(cases).where(cases.c.id == case_id).values(**values))


def open_for(connection: Connection, shop: str, customer: str, order_id: int | None, kind: str) -> RowMapping | None:
    """The open case of that customer about the same thing: another mail joins it, it does not open a second one."""
    query = select(cases).where(
        cases.c.shop == shop, cases.c.customer == customer, cases.c.kind == kind, cases.c.state == "open"
    )
    query = query.where(cases.c.order_id == order_id) if order_id else query.where(cases.c.order_id.is_(None))
    return connection.execute(query.order_by(cases.c.id.desc())).mappings().first()


def open_about(connection: Connection, order_id: int, kind: str) -> bool:
    """Whether a case of that kind about that order is open."""
    query = select(cases.c.id).where(cases.c.order_id == order_id, cases.c.kind == kind, cases.c.state == "open")
    return connection.scalar(query) is not None


def waiting(connection: Connection, shop: str) -> list[RowMapping]:
    """Open cases, the earliest promise first."""
    query = select(cases).where(cases.c.shop == shop, cases.c.state == "open")
    return list(connection.execute(query.order_by(cases.c.promised_by, cases.c.id).limit(500)).mappings())


def count(connection: Connection, shop: str) -> dict[str, int]:
    query = select(cases.c.state, func.count()).where(cases.c.shop == shop).group_by(cases.c.state)
    return dict(connection.execute(query).tuples().all())


def history_of(connection: Connection, case_id: int) -> list[RowMapping]:
    query = select(history).where(history.c.case_id == case_id).order_by(history.c.id)
    return list(connection.execute(query).mappings())
