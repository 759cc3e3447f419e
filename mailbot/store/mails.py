"""Queries about kept mails."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, insert, select

from mailbot.store.tables import mails

_by_key = select(mails.c.id).where(mails.c.key == bindparam("k"))
_insert = insert(mails)
_one = select(mails).where(mails.c.id == bindparam("i"))


def keep(connection: Connection, **values: Any) -> int | None:
    """Inserts a mail under its unique key. Returns its id, or None when it is kept already."""
    if connection.scalar(_by_key, {"k": values["key"]}) is not None:
        return None
    return int(connection.execute(_insert, values).inserted_primary_key[0])  # type: ignore[index]


def get(connection: Connection, mail_id: int) -> RowMapping | None:
    return connection.execute(_one, {"i": mail_id}).mappings().first()


def of_order(connection: Connection, order_id: int) -> list[RowMapping]:
    query = select(mails).where(mails.c.order_id == order_id).order_by(mails.c.id)
    return list(connection.execute(query).mappings())


def failed(connection: Connection, shop: str) -> list[RowMapping]:
    query = select(mails).where(mails.c.state == "failed", mails.c.shop == shop).order_by(mails.c.id.desc()).limit(100)
    return list(connection.execute(query).mappings())


def count(connection: Connection, since: datetime | None = None) -> dict[str, int]:
    """How many mails there are in each state."""
    query = select(mails.c.state, func.count()).group_by(mails.c.state)
    if since:
        query = query.where(mails.c.received_at >= since)
    return dict(connection.execute(query).tuples().all())
