"""The timetable: which desk function runs when. APScheduler only ticks; what is due stands in rows."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from mailbot.desk import news, tick
from mailbot.house import House
from mailbot.store.database import Database
from mailbot.trouble import told

log = logging.getLogger("mailbot.clock")

TIMETABLE: tuple[tuple[str, int], ...] = (
    ("reminders", 60),  # seconds: unpaid orders whose time has come
    ("waiting news", 900),  # news whose order has not come for a day
)


class Clock:
    """Runs the timetable on a database. A tick that is missed or comes twice changes nothing."""

    def __init__(self, db: Database, house: House, now: Callable[[], datetime], wake: Callable[[str], None]) -> None:
        self._db, self._house, self._now, self._wake = db, house, now, wake
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._at_work = asyncio.Lock()
        self._failed: set[str] = set()  # the jobs whose last run failed
        jobs: dict[str, Callable[[], Awaitable[object]]] = {"reminders": self.remind, "waiting news": self.tell}
        for name, seconds in TIMETABLE:
            trigger = IntervalTrigger(seconds=seconds, timezone=UTC)
            self._scheduler.add_job(self._run, trigger, [name, jobs[name]], name=name)

    def start(self) -> None:
        self._scheduler.start()

    async def stop(self) -> None:
        """Lets the function that runs come to its end; no other is begun."""
        self._scheduler.pause()
        await asyncio.sleep(0)  # one that was due in this moment has begun now
        async with self._at_work:
            self._scheduler.shutdown(wait=False)

    @property
    def well(self) -> bool:
        """Whether it ticks, and nothing failed when it last did."""
        return bool(self._scheduler.running) and not self._failed

    async def _run(self, name: str, job: Callable[[], Awaitable[object]]) -> None:
        """A tick that fails is told and comes again with the next one."""
        async with self._at_work:
            try:
                await job()
            except Exception as error:
                log.error("%s: %s; trying again at the next tick", name, told(error))
                self._failed.add(name)
            else:
                self._failed.discard(name)

    async def remind(self) -> list[str]:
        """Each due order in a transaction of its own. Returns a line for each thing done."""
        lines: list[str] = []
        seen: set[int] = set()  # an order that cannot be worked on must not keep the clock in a circle
        while due := set(await self._db.look(tick.look, self._house, self._now())) - seen:
            seen |= due
            for order_id in sorted(due):
                line = await self._db.run(tick.remind_or_tell, self._house, order_id, self._now())
                lines += [line] if line else []
        if lines:
            self._wake("outbox")
        return lines

    async def tell(self) -> list[str]:
        """Staff hear of news that waits for an order that has not come."""
        lines = await self._db.run(news.tell_of_waiting, self._house, self._now())
        if lines:
            self._wake("outbox")
        return lines
