"""The demo's stage: the sample shop running for real on free loopback ports, and a clock that can be moved."""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select, union_all

from mailbot.app import Running, running
from mailbot.demo import sample
from mailbot.demo.coming import Coming, next_coming
from mailbot.demo.http import post_json
from mailbot.demo.installation import as_toml, free_port, make_settings
from mailbot.demo.kept import Folder
from mailbot.demo.post_office import Post, PostOffice
from mailbot.demo.wire import Tap, Wire
from mailbot.settings import Settings
from mailbot.store.tables import errands, events, mails

_LOOK, _RING = 0.008, 0.25  # seconds between looking whether all is done, and between waking the workers


@dataclass
class DemoClock:
    """A clock that runs like the real one, and can be set forward."""

    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class Stage:
    """Everything that is on stage. `app` is the shop's process, so to say: it can die and be started again."""

    settings: Settings
    folder: Folder
    office: PostOffice
    clock: DemoClock
    wire: Wire
    made: int = 0  # orders placed by button
    has_story: bool = False
    app: Running = field(init=False)
    door: Tap = field(init=False)  # where mail to the shop goes in; the port stays when the shop starts again
    _life: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def start(self) -> None:
        """The shop opens, on the database that it has."""
        self.app = await self._life.enter_async_context(running(self.settings, now=self.clock.now))

    async def stop(self) -> None:
        await self._life.aclose()

    async def restart(self) -> None:
        """What a crash leaves of the shop is cleared away, and the same shop opens again on its database."""
        for worker in self.app.workers:
            worker.cancel()
        self.door.cut()
        await self.stop()
        await self.start()

    @property
    def smtp_port(self) -> int:
        return self.door.port

    @property
    def url(self) -> str:
        return self.settings.web.url

    async def tell(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The shop tells its news over HTTP, as a real shop would. Returns status and answer."""
        return await post_json("127.0.0.1", self.app.web_port, "/api/events", body, sample.TOKEN)

    async def settle(self, seconds: float = 10.0) -> bool:
        """Waits until nothing is left to be done now: no mail, no news, no letter due."""
        loop = asyncio.get_running_loop()
        deadline, ring = loop.time() + seconds, loop.time()
        while loop.time() < deadline:
            if not await self.app.db.look(_is_work_left, self.clock.now()):
                return True
            if loop.time() >= ring:  # new rows ring by themselves; what became due because the clock was moved does not
                self.app.bells.ring("desk")
                self.app.bells.ring("outbox")
                ring = loop.time() + _RING
            await asyncio.sleep(_LOOK)
        return False

    async def answer(self, post: Post, text: str) -> Post:
        """The owner of the mailbox answers a letter."""
        subject = post.mail.subject if post.mail.subject.lower().startswith("re:") else f"Re: {post.mail.subject}"
        name = next((name for name, address in sample.people() if address == post.box), "")
        sender = f"{name} <{post.box}>" if name else post.box
        return await self.office.write(self.smtp_port, sender, post.reply_to, subject, text, post)

    def bounce_address(self, post: Post) -> str:
        """The envelope sender that the letter had, to which a bounce goes."""
        links, shop = self.app.house.links, self.settings.shop[0]
        return links.bounce_address(shop.address, post.mail.message_id.strip("<").partition(".")[0])

    async def pass_days(self, days: int) -> list[str]:
        """Days pass one by one, so that what falls due on each of them happens on it. Returns what the clock did."""
        lines: list[str] = []
        for _ in range(days):
            lines += await self.pass_until(self.clock.now() + timedelta(days=1))
        return lines

    async def pass_until(self, at: datetime) -> list[str]:
        """Time passes; what falls due on the way happens in its moment. Returns what the clock did."""
        lines: list[str] = []
        last = self.clock.now()
        while (one := await self.coming()) and last < one.at <= at:
            last = one.at
            lines += await self._be(one.at)
        return lines + await self._be(at)

    async def coming(self) -> Coming | None:
        """What falls due next."""
        return await self.app.db.look(next_coming, self.app.house, self.clock.now())

    async def _be(self, at: datetime) -> list[str]:
        """It is that time now, or later; the clock does what is due."""
        self.clock.ahead += max(at - self.clock.now(), timedelta(0))
        lines = await self.app.clock.remind() + await self.app.clock.tell()
        await self.settle()
        return lines

    def save(self) -> None:
        """Notes how the demo stands, for a next start that keeps it."""
        self.folder.save(self.clock.ahead, int(self.settings.web.listen.rpartition(":")[2]), self.made)


@asynccontextmanager
async def stage(keep: Path | None = None) -> AsyncIterator[Stage]:
    """Starts the sample shop and its mailboxes; ends them in order. Leaves nothing behind, unless there is a folder
    to keep it in: then the next start in that folder goes on where this one ended."""
    folder = Folder(keep or Path(tempfile.mkdtemp(prefix="mailbot-demo-")))
    folder.path.mkdir(parents=True, exist_ok=True)
    kept = folder.state()
    if not kept["story"]:
        folder.clear()
    clock, wire = DemoClock(timedelta(seconds=kept["ahead"])), Wire()
    office = PostOffice(clock.now)
    for mail in folder.mails():
        office.put(*mail)
    if keep:
        office.note = lambda post: folder.add(post.box, post.at, post.raw, post.sent)
    port = await office.open()
    out = Tap("shop → customer", lambda: port, wire)
    await out.open()
    settings = make_settings(folder.database, out.port, free_port(kept["web_port"]))
    folder.config.write_text(as_toml(settings), encoding="utf-8")
    on_stage = Stage(settings, folder, office, clock, wire, kept["made"], kept["story"])
    on_stage.door = Tap("customer → shop", lambda: on_stage.app.smtp_port, wire)
    await on_stage.door.open()
    try:
        await on_stage.start()
        yield on_stage
    finally:
        await on_stage.stop()
        await on_stage.door.close()
        await out.close()
        await office.close()
        if keep is None:
            with contextlib.suppress(OSError):
                shutil.rmtree(folder.path)


def _is_work_left(connection: Connection, now: datetime) -> bool:
    parts = [
        select(func.count()).select_from(table).where((table.c.state == "working") | ready)
        for table, state in ((mails, "new"), (events, "new"), (errands, "ready"))
        for ready in [(table.c.state == state) & (table.c.next_try <= now)]
    ]
    return any(connection.scalars(union_all(*parts)))
