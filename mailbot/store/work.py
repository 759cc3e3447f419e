"""Claiming queue rows and settling them: the same few lines for mails, events and errands.

A claim is written ahead: `attempts` goes up and `next_try` into the future before the work begins. That is the lease:
a worker that dies leaves a row that comes up again by itself, with the attempt already counted.
`working` is the state of a claimed row; a row that is claimed in that state was interrupted by a crash.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select, update

LEASE = timedelta(minutes=10)


def claim(connection: Connection, table: Table, states: Sequence[str], now: datetime, most: int) -> list[Any]:
    """Takes up to `most` due rows in these states, and abandoned ones, oldest first; returns them as they were."""
    due = (
        select(table)
        .where(table.c.state.in_((*states, "working")), table.c.next_try <= now)
        .order_by(table.c.next_try, table.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    rows = list(connection.execute(due))
    if rows:
        ahead = (
            update(table)
            .where(table.c.id.in_([row.id for row in rows]))
            .values(state="working", attempts=table.c.attempts + 1, next_try=now + LEASE)
        )
        connection.execute(ahead)
    return rows


def release(connection: Connection, table: Table, now: datetime) -> None:
    """Ends every lease at once. Only for a process that knows that it is alone: nobody else works on these rows."""
    connection.execute(update(table).where(table.c.state == "working").values(next_try=now))


def settle(connection: Connection, table: Table, row_id: int, **values: Any) -> None:
    """Writes how the work on a row ended."""
    connection.execute(_settling(table, tuple(sorted(values))), {"row_id": row_id, **values})


def next_due(connection: Connection, table: Table, states: Sequence[str]) -> datetime | None:
    """When the next row in these states is due; None when there is none."""
    found: datetime | None = connection.scalar(select(func.min(table.c.next_try)).where(table.c.state.in_(states)))
    return found


_statements: dict[tuple[str, tuple[str, ...]], Any] = {}


def _settling(table: Table, names: tuple[str, ...]) -> Any:
    key = (table.name, names)
    if key not in _statements:
        _statements[key] = (
            update(table).where(table.c.id == bindparam("row_id")).values({name: bindparam(name) for name in names})
        )
    return _statements[key]
