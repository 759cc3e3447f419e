"""What the command line does with an installation: run it, tick it once, replay what failed, tell of its orders."""

import asyncio
import contextlib
import ctypes
import gc
import logging
import signal
import sys
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from mailbot.app import build_house, running, utc_now
from mailbot.desk import tick as clockwork
from mailbot.model.order import Order
from mailbot.opening import existing_database, open_database
from mailbot.settings import Settings
from mailbot.store import events, work
from mailbot.store import orders as order_queries
from mailbot.store.tables import mails, orders

_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h


class _Stop(Exception):
    """Rolls back a dry run."""


def serve(settings: Settings, roles: Sequence[str]) -> int:
    """Runs until SIGINT or SIGTERM. Returns the exit code."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for chatty in ("apscheduler", "alembic", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    for warning in warnings(settings):
        print(f"warning: {warning}", file=sys.stderr)
    try:
        _run(_serve(settings, roles))
    except OSError as error:
        print(f"mailbot: cannot start: {error.strerror or error}; is another one running?", file=sys.stderr)
        return 1
    return 0


def warnings(settings: Settings) -> list[str]:
    """What is no fault, and yet will hurt: said at every start."""
    found = []
    if settings.secret.startswith("change-me"):
        found.append("secret is the sample's, so anybody can forge links: `openssl rand -hex 32` makes a better one")
    if settings.imap:
        found.append("[imap] is reserved, mail is not fetched yet: have it delivered to [smtp]")
    found += [
        f"shop '{shop.id}' has no [[shop.staff]]: nobody will hear of what is left to people"
        for shop in settings.shop
        if not shop.staff
    ]
    found += [
        f"shop '{shop.id}' has no pay_url: nobody can pay by card or PayPal from letters and pages, or change to them"
        for shop in settings.shop
        if not shop.pay_url
    ]
    return found


async def _serve(settings: Settings, roles: Sequence[str]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(settings, roles) as app:
        if app.smtp_port:
            print(f"mail comes in at {settings.smtp.listen} ({settings.smtp.protocol})", flush=True)
        if app.web_port:
            print(f"pages and API at {settings.web.listen}, for customers at {settings.web.url}", flush=True)
        print(f"running: {', '.join(roles)}; Ctrl-C ends it", flush=True)
        _settle_memory()
        await stop.wait()


def _run(work: object) -> None:
    """Runs a coroutine on uvloop where it is installed."""
    with contextlib.suppress(OSError, AttributeError):  # with a heap for each thread, what one frees no other can use
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
    assert asyncio.iscoroutine(work)
    try:
        import uvloop
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)


def _settle_memory() -> None:
    """What starting left behind is freed, and what was loaded is never looked at again: so collecting is cheap, and
    can be done before much has piled up."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(2_000, 10, 10)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def tick(settings: Settings, now: datetime, dry_run: bool) -> list[str]:
    """Does, or only says, what the clock would do at that time. Returns a line for each thing done.

    A dry run raises SettingsError when there is no database: it makes none.
    """
    db = existing_database(settings) if dry_run else open_database(settings)
    house = build_house(settings)
    lines: list[str] = []

    def do(connection: Connection) -> None:
        lines.extend(clockwork.tick(connection, house, now))
        if dry_run:
            raise _Stop

    try:
        db.call(do)
    except _Stop:
        pass
    finally:
        db.close()
    return lines or ["nothing is due"]


def replay_news(settings: Settings, event_ids: Sequence[str]) -> tuple[list[str], bool]:
    """Puts failed news back in line, by the shop's ids. Returns a line for each, and whether all of them had failed."""
    db = open_database(settings)

    def again(connection: Connection) -> tuple[list[str], bool]:
        lines, good = [], True
        for event_id in event_ids:
            found = events.revive(connection, event_id, utc_now())
            good = good and any(state == "failed" for _, state in found)
            lines += [_replayed(f"news {event_id} of shop '{shop}'", state) for shop, state in found]
            lines += [] if found else [_replayed(f"news {event_id}", None)]
        return lines, good

    try:
        return db.call(again)
    finally:
        db.close()


def replay(settings: Settings, mail_ids: Sequence[str]) -> tuple[list[str], bool]:
    """Puts failed mails back in line. Returns a line for each, and whether all of them were failed mails."""
    db = open_database(settings)

    def again(connection: Connection) -> tuple[list[str], bool]:
        lines, good = [], True
        for mail_id in map(int, mail_ids):
            state = connection.scalar(select(mails.c.state).where(mails.c.id == mail_id))
            if state == "failed":
                work.settle(connection, mails, mail_id, state="new", attempts=0, next_try=utc_now(), error="")
            good = good and state == "failed"
            lines.append(_replayed(f"mail {mail_id}", state))
        return lines, good

    try:
        return db.call(again)
    finally:
        db.close()


def _replayed(what: str, state: str | None) -> str:
    if state is None:
        return f"{what}: there is no such {what.partition(' ')[0]}"
    if state != "failed":
        return f"{what}: is {state}, not failed; left as it is"
    return f"{what}: will be worked on again by the running service"


def orders_lines(settings: Settings, shop: str, number: str | None) -> tuple[list[str], bool]:
    """The newest orders, or the history of one; and whether the one that was asked for is known."""
    known = [one.id for one in settings.shop]
    if shop and shop not in known:
        return [f"shop '{shop}' is not in the configuration; known: {', '.join(known)}"], False
    db = open_database(settings)
    try:
        lines = db.see(_history, shop, number) if number else db.see(_list, shop)
    finally:
        db.close()
    return lines or [f"order {number} is not known" if number else "no orders yet"], bool(lines or not number)


def _list(connection: Connection, shop: str) -> list[str]:
    query = select(orders.c.id).order_by(orders.c.id.desc()).limit(50)
    if shop:
        query = query.where(orders.c.shop == shop)
    found = [order_queries.get(connection, order_id) for order_id in connection.scalars(query)]
    return [_line(order) for order in found if order]


def _line(order: Order) -> str:
    return f"{order.placed_at:%Y-%m-%d} {order.number} {order.state} {order.money} {order.payment_method}"


def _history(connection: Connection, shop: str, number: str) -> list[str]:
    query = select(orders.c.id).where(orders.c.number == number)
    if shop:
        query = query.where(orders.c.shop == shop)
    lines = []
    for order_id in connection.scalars(query.limit(10)):
        order = order_queries.get(connection, order_id)
        lines += [_line(order)] if order else []
        for row in order_queries.history_of(connection, order_id):
            lines.append(f"  {row['at']:%Y-%m-%d %H:%M} {row['actor']}: {row['what']}, because {row['because']}")
    return lines
