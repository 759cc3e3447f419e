"""The installation that crash.py kills: forked again and again from a process that has read and imported all once.

Commands come on stdin, a line each: `start DAYS` (fork; the clock is so many days ahead), `kill` (SIGKILL), `stop`
(SIGTERM). Answers go to stdout: `open` at the beginning, `born` after a fork, `ready` when a child listens, `gone
STATUS` when it has ended. When stdin ends, so does everything. The fork happens in a process with one thread and no loop, so a child begins as a fresh one does.
"""

import asyncio
import gc
import logging
import os
import signal
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import apscheduler.executors.asyncio  # noqa: E402, F401
import uvicorn.protocols.http.auto  # noqa: E402, F401
import uvloop  # noqa: E402, F401
from crash_news import event  # noqa: E402
from crash_peers import BEGIN  # noqa: E402
from load import lost_key  # noqa: E402
from sqlalchemy import Connection, select  # noqa: E402

from mailbot import app, clock, serving, settings  # noqa: E402
from mailbot.desk import news, understand  # noqa: E402
from mailbot.house import House  # noqa: E402
from mailbot.store import schema  # noqa: E402
from mailbot.store.database import Database  # noqa: E402
from mailbot.store.tables import events  # noqa: E402
from mailbot.web import api  # noqa: E402


def main() -> None:
    chosen = settings.load(Path(sys.argv[1]), {})
    house = app.build_house(chosen)
    _warm_up(house)
    app.build_house = lambda _: house  # read once: what may be lost in a crash is built anew by every child
    clock.TIMETABLE = tuple((name, 0.1) for name, _ in clock.TIMETABLE)  # type: ignore[assignment]
    gc.freeze()
    if threading.active_count() != 1:
        sys.exit("cannot fork: another thread runs")
    begun, child = time.time(), 0
    _say("open")
    for line in sys.stdin:
        command, _, days = line.strip().partition(" ")
        if command == "start":
            ahead = BEGIN + timedelta(days=int(days)) - datetime.fromtimestamp(begun, UTC)
            child = os.fork() or _live(chosen, ahead)
            _say("born")
        else:
            os.kill(child, signal.SIGKILL if command == "kill" else signal.SIGTERM)
            _say(f"gone {_end_of(child)}")
            child = 0
    if child:
        os.kill(child, signal.SIGKILL)


def _warm_up(house: House) -> None:
    """A first letter and a first mail load much; without this a child would be killed before it has done anything.

    No invoice: its printer starts threads.
    """
    with tempfile.TemporaryDirectory(prefix="mailbot-warm-") as folder:
        db = Database(f"sqlite:///{folder}/warm.db")
        schema.upgrade(db.engine)
        with db.engine.begin() as connection:
            for kind in ("placed", "delivered"):
                _apply(connection, house, event("1", kind))
            shop = house.shops["demo"]
            understand.understand(connection, house, shop, lost_key(1), [shop.address], BEGIN)
        db.close()


def _apply(connection: Connection, house: House, body: bytes) -> None:
    shop = house.shops["demo"]
    told = api.check(house, shop, body)[0]
    assert told
    api.keep(connection, house, shop, told, body, BEGIN)
    row = connection.execute(select(events).order_by(events.c.id.desc())).mappings().first()
    assert row
    news.take_event(connection, house, row, BEGIN)


def _end_of(child: int, seconds: float = 15) -> int:
    """Its exit code, or the number of its signal as a negative; what does not end is killed, which is a fault."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(child, signal.SIGABRT)
    os.waitpid(child, 0)
    return -signal.SIGABRT


def _live(chosen: settings.Settings, ahead: timedelta) -> int:
    """The child's whole life: as `mailbot serve`, with a clock of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    code = 1
    try:
        serving._run(_serve(chosen, ahead))
        code = 0
    except BaseException:
        logging.exception("ended by an error")
    finally:
        os._exit(code)


async def _serve(chosen: settings.Settings, ahead: timedelta) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with app.running(chosen, app.ROLES, lambda: datetime.now(UTC) + ahead):
        _say("ready")
        await stop.wait()


def _say(words: str) -> None:
    os.write(1, words.encode() + b"\n")


if __name__ == "__main__":
    main()
