"""Queries about kept mails."""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Insert, RowMapping, bindparam, func, select

from mailbot.store.seal import Sealer
from mailbot.store.tables import mails

_one = select(mails).where(mails.c.id == bindparam("i"))


def keep(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Inserts mails, each under its unique key; one that is kept already is passed over."""
    connection.execute(_insert(connection.dialect.name), rows)


@lru_cache(maxsize=2)
def _insert(dialect: str) -> Insert:
    """Each imports its own database's half of SQLAlchemy only: PostgreSQL's takes 5 MB."""
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(mails).on_conflict_do_nothing(index_elements=["key"])
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(mails).on_conflict_do_nothing(index_elements=["key"])


def get(connection: Connection, mail_id: int) -> RowMapping | None:
    return connection.execute(_one, {"i": mail_id}).mappings().first()


def open_raw(sealer: Sealer, row: RowMapping) -> bytes:
    """The mail as it was kept. Raises Unsealable."""
    return sealer.open(row["sealed"], "mails.sealed")


def seal_text(sealer: Sealer, outcome: Mapping[str, Any]) -> dict[str, Any]:
    """What was understood, for the row: the customer's words are encrypted, because people quote their keys."""
    sealed = sealer.seal(str(outcome.get("text", "")).encode(errors="replace"), "mails.text")
    return {**outcome, "text": b64encode(sealed).decode()}


def text_of(sealer: Sealer, outcome: Mapping[str, Any]) -> str:
    """What the customer wrote, from a row's outcome; "" where there is none."""
    sealed = outcome.get("text", "")
    return sealer.open(b64decode(sealed), "mails.text").decode() if sealed else ""


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
