"""Letters leave the house: claimed, looked at once more, sent by the relay, and settled: done, later or never.

The claim is committed before the wire is touched. A letter that is found claimed after a crash may have gone out: it
is sent again under the same Message-ID and marked, because SMTP cannot tell (the final dot was or was not answered).
"""

import asyncio
import logging
import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping
from sqlalchemy.exc import OperationalError

from mailbot.house import House
from mailbot.mailing import Occasion, staff_unreached, tell_staff
from mailbot.outbox.replies import Outcome
from mailbot.outbox.send import Relay
from mailbot.outbox.waits import next_wait
from mailbot.store import errands, orders, work
from mailbot.store.database import Database
from mailbot.store.tables import errands as table
from mailbot.trouble import told

log = logging.getLogger("mailbot.outbox")

AT_ONCE = 16
IN_HAND = 8  # letters on the wire, or not settled yet: so many may arrive twice when the process is killed
AGAIN = 2.0  # seconds
TWICE = "may arrive twice: it was interrupted while it was being sent"


async def carry_out(db: Database, house: House, relay: Relay, now: Callable[[], datetime]) -> int:
    """Sends what is due, some at a time. Returns how many letters were claimed."""
    letters = await db.run(_claim, house, now())
    hands = asyncio.Semaphore(IN_HAND)
    endings = [_carry(db, house, relay, letter, now, hands) for letter in letters]
    for failure in await asyncio.gather(*endings, return_exceptions=True):
        if isinstance(failure, BaseException):
            raise failure
    return len(letters)


def _claim(connection: Connection, house: House, now: datetime) -> list[RowMapping]:
    """Due letters, without those that their order has overtaken."""
    rows = [row._mapping for row in work.claim(connection, table, ("ready",), now, AT_ONCE)]
    stale = errands.stale(connection, [row["id"] for row in rows if row["only_while"]])
    if stale:
        errands.settled(connection, list(stale), "superseded", now, "the order has gone on since it was written")
    return [row for row in rows if row["id"] not in stale]


async def _carry(
    db: Database, house: House, relay: Relay, letter: RowMapping, now: Callable[[], datetime], hands: asyncio.Semaphore
) -> None:
    """Sent, and settled as soon as the relay has answered: after a crash only what had no answer yet is sent again."""
    async with hands:
        outcome = await _send(relay, house, letter)
        while True:
            try:
                return await db.note(_settle, house, letter, outcome, now(), random.random)
            except OperationalError as error:  # the disk is full; what is not written down would be sent again
                log.error("letter %s cannot be settled: %s; trying again", letter["id"], type(error).__name__)
                await asyncio.sleep(AGAIN)


async def _send(relay: Relay, house: House, letter: RowMapping) -> Outcome:
    """How it went. A letter that cannot even be opened comes again later; it must not stop or repeat the others."""
    try:
        message = house.sealer.open(letter["sealed"], "errands.sealed")
        return (await relay.send(message, letter["mail_from"], [letter["to_address"]]))[0]
    except Exception as error:
        log.error("letter %s could not be handed over: %s", letter["id"], told(error))
        return Outcome(letter["to_address"], "later", 0, f"{type(error).__name__}: {error}"[:300])


def _settle(
    connection: Connection,
    house: House,
    letter: RowMapping,
    outcome: Outcome,
    now: datetime,
    chance: Callable[[], float],
) -> None:
    values = _ending(letter, outcome, now, chance)
    work.settle(connection, table, letter["id"], **values)
    if values["state"] == "never":
        _tell(connection, house, letter, values["error"], now)


def _ending(letter: RowMapping, outcome: Outcome, now: datetime, chance: Callable[[], float]) -> dict[str, Any]:
    """How a letter's row looks after this attempt."""
    reply = f"{outcome.code} {outcome.text}".strip()[:1000]
    twice = TWICE if letter["state"] == "working" or letter["error"] == TWICE else ""
    if outcome.verdict == "done":
        return {"state": "done", "settled_at": now, "reply": reply, "error": twice, "next_try": now}
    wait = next_wait(letter["attempts"] + 1, chance()) if outcome.verdict != "never" else None
    if wait is None:
        return {"state": "never", "settled_at": now, "reply": reply, "error": reply or "gave up", "next_try": now}
    error = TWICE if outcome.verdict == "uncertain" or twice else reply
    return {"state": "ready", "settled_at": None, "reply": reply, "error": error, "next_try": now + wait}


def _tell(connection: Connection, house: House, letter: RowMapping, why: str, now: datetime) -> None:
    """A letter that never left is seen by staff and stands in the order's history."""
    shop = house.shops.get(letter["shop"])
    if shop is None:
        return
    because = f"{letter['letter']} to {letter['to_address']}: {why}"
    if house.is_staff(shop, letter["to_address"]):
        occasion = Occasion(shop, "outbox", now)
        staff_unreached(connection, house, occasion, letter["to_address"], letter["id"], because)
        return
    orders.remember(
        connection,
        at=now,
        shop=shop.id,
        order_id=letter["order_id"],
        actor="outbox",
        what="never sent",
        because=because,
    )
    tell_staff(
        connection,
        house,
        Occasion(shop, "outbox", now),
        "staff/notice",
        f"letter:{letter['id']}/never",
        None,
        order_id=letter["order_id"],
        what="a letter could not be sent",
        because=because,
    )
