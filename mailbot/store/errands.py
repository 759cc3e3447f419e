"""Queries about errands: letters and other work that leaves the house."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, bindparam, func, insert, select, update

from mailbot.store.events import UNSETTLED
from mailbot.store.tables import Moment, errands, events, orders

_exists = select(errands.c.id).where(errands.c.once == bindparam("o"))
_insert = insert(errands)
_by_ref = select(errands).where(errands.c.ref == bindparam("r"))
_leaves = func.coalesce(errands.c.settled_at, errands.c.next_try, type_=Moment)  # when a letter left, or will leave
_to = (
    select(_leaves)
    .where(
        errands.c.to_address == bindparam("a"),
        errands.c.created_at > bindparam("old"),
        errands.c.kind == "letter",
        errands.c.state.not_in(("superseded", "never")),
    )
    .order_by(_leaves.desc())
)
_latest_to = _to.offset(bindparam("n")).limit(1)
_OLD = timedelta(days=30)  # no letter waits so long


def exists(connection: Connection, once: str) -> bool:
    return connection.scalar(_exists, {"o": once}) is not None


def add(connection: Connection, **values: Any) -> int:
    return int(connection.execute(_insert, values).inserted_primary_key[0])  # type: ignore[index]


def by_ref(connection: Connection, ref: str) -> RowMapping | None:
    """The letter of that name."""
    return connection.execute(_by_ref, {"r": ref}).mappings().first()


def by_refs(connection: Connection, refs: Sequence[str]) -> list[RowMapping]:
    if not refs:
        return []
    query = select(errands).where(errands.c.ref.in_(refs)).order_by(errands.c.id.desc()).limit(20)
    return list(connection.execute(query).mappings())


def get(connection: Connection, errand_id: int) -> RowMapping | None:
    return connection.execute(select(errands).where(errands.c.id == errand_id)).mappings().first()


def letters_to(connection: Connection, address: str, since: datetime) -> int:
    """How many letters left for that address since then, or are waiting to: what the budget counts."""
    query = _to.where(_leaves > bindparam("t"))
    return len(connection.scalars(query, {"a": address, "t": since, "old": since - _OLD}).all())


def nth_latest(connection: Connection, address: str, number: int, now: datetime) -> datetime | None:
    """When the letter before the last `number - 1` to that address left, or will leave; None when there are fewer."""
    found: datetime | None = connection.scalar(_latest_to, {"a": address, "n": number - 1, "old": now - _OLD})
    return found


def of_order(connection: Connection, order_id: int) -> list[RowMapping]:
    query = select(errands).where(errands.c.order_id == order_id).order_by(errands.c.id)
    return list(connection.execute(query).mappings())


def open_refund(connection: Connection, order_id: int) -> RowMapping | None:
    """The refund that a person still has to carry out for that order."""
    query = select(errands).where(errands.c.order_id == order_id, errands.c.kind == "refund", errands.c.state == "open")
    return connection.execute(query).mappings().first()


def stale(connection: Connection, ids: Sequence[int]) -> set[int]:
    """Which of these letters no longer make sense, because their order has gone on since they were written.

    A reminder makes none either while news of the payment is here that has not had its effect.
    """
    if not ids:
        return set()
    paying = select(events.c.id).where(
        events.c.shop == orders.c.shop,
        events.c.order_number == orders.c.number,
        events.c.state.in_(UNSETTLED),
        events.c.type == "payment.received",
    )
    query = (
        select(errands.c.id)
        .join(orders, orders.c.id == errands.c.order_id)
        .where(
            errands.c.id.in_(ids),
            errands.c.only_while != "",
            (errands.c.only_while != orders.c.state)
            | and_(errands.c.only_version.is_not(None), errands.c.only_version != orders.c.version)
            | and_(errands.c.letter.startswith("reminder/"), paying.exists()),
        )
    )
    return set(connection.scalars(query))


def supersede(connection: Connection, order_id: int, letter: str, now: datetime) -> int:
    """The letters of that name about that order that have not left yet never will. Returns how many there were."""
    waiting = (errands.c.order_id == order_id, errands.c.letter == letter, errands.c.state == "ready")
    why = "a newer letter says it as it is now"
    return connection.execute(
        update(errands).where(*waiting).values(state="superseded", settled_at=now, error=why, sealed=None)
    ).rowcount


def settled(connection: Connection, ids: Sequence[int], state: str, now: datetime, why: str) -> None:
    """Ends several errands in the same way."""
    connection.execute(
        update(errands).where(errands.c.id.in_(ids)).values(state=state, settled_at=now, error=why, sealed=None)
    )


def never_to(connection: Connection, addresses: Sequence[str], since: datetime) -> int:
    """How many letters to these addresses were given up or came back since then."""
    query = select(func.count()).where(
        errands.c.state == "never", errands.c.next_try > since, errands.c.to_address.in_(addresses)
    )
    return int(connection.scalar(query) or 0)


def troubled(connection: Connection, shop: str) -> list[RowMapping]:
    """Letters that could not be sent or whose fate is unknown, newest first."""
    query = select(errands).where(errands.c.shop == shop, errands.c.state.in_(("never", "uncertain")))
    return list(connection.execute(query.order_by(errands.c.id.desc()).limit(100)).mappings())
