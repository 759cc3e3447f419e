"""The desk at work: claims mails and news some at a time, hands each to its function, and counts what fails.

A piece of work that raises is rolled back and comes up again later; after the last attempt it is marked `failed`,
staff hear of it, and it can be replayed. Nothing is ever dropped.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, Table

from mailbot.desk import mail, news
from mailbot.desk.understand import Understood, understand
from mailbot.house import House
from mailbot.proof.verdict import Sender
from mailbot.store import mails as mail_queries
from mailbot.store import work
from mailbot.store.database import Database
from mailbot.store.tables import events, mails
from mailbot.trouble import told

log = logging.getLogger("mailbot.desk")

AT_ONCE = 64
ATTEMPTS = 6
CRASHES = 30  # how often a row may be found in the hands of a process that died, before it is taken for the cause
Prove = Callable[[RowMapping, bytes], Awaitable[Sender]]


async def work_once(db: Database, house: House, prove: Prove, now: Callable[[], datetime]) -> int:
    """Works on what is due, some at a time: news first, because mail speaks of it. Returns how many rows it claimed."""
    claimed = sorted(await db.run(_claim, events, now()), key=lambda row: row["at"])  # as it happened, not as it came
    for some in _portions(await _without_culprit(db, house, events, claimed, news.give_up, now)):
        await asyncio.gather(*(_take(db, house, row, now) for row in some))
    letters = await db.run(_claim, mails, now())
    for some in _portions(await _without_culprit(db, house, mails, letters, mail.give_up, now)):
        await _answer_all(db, house, prove, some, now)
    return len(claimed) + len(letters)


def _claim(connection: Connection, table: Table, now: datetime) -> list[RowMapping]:
    return [row._mapping for row in work.claim(connection, table, ("new",), now, AT_ONCE)]


def _portions(rows: Sequence[RowMapping]) -> list[list[RowMapping]]:
    """What a crash interrupted is worked on one by one, so that its cause hurts nothing else; the rest together."""
    rest = [row for row in rows if row["state"] != "working"]
    return [[row] for row in rows if row["state"] == "working"] + ([rest] if rest else [])


async def _without_culprit(
    db: Database, house: House, table: Table, rows: Sequence[RowMapping], give_up: Callable[..., None],
    now: Callable[[], datetime],
) -> list[RowMapping]:  # fmt: skip
    """The rows without the first of those that were interrupted too often: that one kills whoever works on it."""
    culprit = next((row for row in rows if row["state"] == "working"), None)
    if culprit is None or culprit["attempts"] < CRASHES:
        return list(rows)
    log.error("%s %s ended the process %s times: given up", table.name, culprit["id"], culprit["attempts"])
    await db.run(give_up, house, culprit, "whoever works on it is killed", now())
    return [row for row in rows if row is not culprit]


async def _take(db: Database, house: House, row: RowMapping, now: Callable[[], datetime]) -> None:
    try:
        await db.run(news.take_event, house, row, now())
    except Exception as error:
        await _failed(db, house, events, row, error, news.give_up, now())


async def _answer_all(
    db: Database, house: House, prove: Prove, rows: Sequence[RowMapping], now: Callable[[], datetime]
) -> None:
    """Understanding needs no lock and happens before; deciding and acting share the writer's commits."""
    raws = [_opened(house, row) for row in rows]
    proofs, known = await asyncio.gather(
        asyncio.gather(*(_proof(prove, row, raw) for row, raw in zip(rows, raws, strict=True)), return_exceptions=True),
        db.look(_understand_all, house, rows, raws),
    )
    await asyncio.gather(
        *(_answer(db, house, row, one, proof, now) for row, one, proof in zip(rows, known, proofs, strict=True))
    )


def _opened(house: House, row: RowMapping) -> bytes | Exception:
    try:
        return mail_queries.open_raw(house.sealer, row)
    except Exception as error:  # counts for this mail alone
        return error


async def _proof(prove: Prove, row: RowMapping, raw: bytes | Exception) -> Sender:
    if isinstance(raw, Exception):
        raise raw
    return await prove(row, raw)


def _understand_all(
    connection: Connection, house: House, rows: Sequence[RowMapping], raws: Sequence[bytes | Exception]
) -> list[Understood | Exception]:
    results: list[Understood | Exception] = []
    for row, raw in zip(rows, raws, strict=True):
        try:
            if isinstance(raw, Exception):
                raise raw
            shop = house.shops[row["shop"]]
            results.append(understand(connection, house, shop, raw, row["rcpt_to"], row["received_at"]))
        except Exception as error:
            results.append(error)
    return results


async def _answer(
    db: Database,
    house: House,
    row: RowMapping,
    understood: Understood | Exception,
    sender: Sender | BaseException,
    now: Callable[[], datetime],
) -> None:
    try:
        for fact in (understood, sender):
            if isinstance(fact, BaseException):
                raise fact
        await db.run(mail.answer_mail, house, row, understood, sender, now())
    except Exception as error:
        await _failed(db, house, mails, row, error, mail.give_up, now())


async def _failed(
    db: Database,
    house: House,
    table: Table,
    row: RowMapping,
    error: Exception,
    give_up: Callable[..., None],
    now: datetime,
) -> None:
    """Counts the attempt, or gives up after the last. The log names the row and the kind of error, not the content."""
    log.error(
        "%s %s failed (attempt %s): %s",
        table.name,
        row["id"],
        row["attempts"] + 1,
        told(error),
    )
    said = f"{type(error).__name__}: {error}"[:1000]
    if row["attempts"] + 1 >= ATTEMPTS:
        await db.run(give_up, house, row, said, now)
        return
    wait = timedelta(seconds=min(2 ** (2 * row["attempts"]), 3600))
    await db.run(_later, table, row["id"], {"state": "new", "next_try": now + wait, "error": said})


def _later(connection: Connection, table: Table, row_id: int, values: dict[str, Any]) -> None:
    work.settle(connection, table, row_id, **values)
