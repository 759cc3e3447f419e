"""The demo's stage: the sample shop running for real on free loopback ports, and a clock that can be moved."""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from mailbot.app import Running, running
from mailbot.demo import sample
from mailbot.demo.http import post_json
from mailbot.demo.post_office import Post, PostOffice
from mailbot.settings import LetterSettings, Relay, Settings, Smtp, Trust, Web
from mailbot.store.tables import errands, events, mails

_START = timedelta(days=45)  # the sample's news begins so long ago


@dataclass
class DemoClock:
    """A clock that runs like the real one, and can be set forward."""

    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class Stage:
    """Everything that is on stage."""

    app: Running
    office: PostOffice
    clock: DemoClock
    made: int = 0
    placed: list[str] = field(default_factory=list)

    @property
    def smtp_port(self) -> int:
        return self.app.smtp_port

    @property
    def url(self) -> str:
        return self.app.settings.web.url

    async def tell(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The shop tells its news over HTTP, as a real shop would. Returns status and answer."""
        return await post_json("127.0.0.1", self.app.web_port, "/api/events", body, sample.TOKEN)

    async def settle(self, seconds: float = 10.0) -> bool:
        """Waits until nothing is left to be done now: no mail, no news, no letter due."""
        deadline = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < deadline:
            if not await self.app.db.look(_open_work, self.clock.now()):
                return True
            self.app.bells.ring("desk")
            self.app.bells.ring("outbox")
            await asyncio.sleep(0.02)
        return False

    async def answer(self, post: Post, text: str) -> Post:
        """The owner of the mailbox answers a letter."""
        subject = post.mail.subject if post.mail.subject.lower().startswith("re:") else f"Re: {post.mail.subject}"
        name = next((name for name, address in sample.people() if address == post.box), "")
        sender = f"{name} <{post.box}>" if name else post.box
        return await self.office.write(self.smtp_port, sender, post.reply_to, subject, text, post)

    def bounce_address(self, post: Post) -> str:
        """The envelope sender that the letter had, to which a bounce goes."""
        links, shop = self.app.house.links, self.app.settings.shop[0]
        return links.bounce_address(shop.address, post.mail.message_id.strip("<").partition(".")[0])

    async def pass_days(self, days: int) -> list[str]:
        """Days pass one by one, so that what falls due on each of them happens on it. Returns what the clock did."""
        lines: list[str] = []
        for _ in range(days):
            self.clock.ahead += timedelta(days=1)
            lines += await self.app.clock.remind()
            lines += await self.app.clock.tell()
            await self.settle()
        return lines

    async def rehearse(self) -> None:
        """The last weeks of the sample shop happen, quickly."""
        today = datetime.now(UTC)
        self.clock.ahead = -_START
        for at, body in sample.news(today):
            while self.clock.now() + timedelta(days=1) < at:
                await self.pass_days(1)
            self.clock.ahead += max(at - self.clock.now(), timedelta(0))
            await self.tell(body)
            await self.settle()
        self.clock.ahead = timedelta(0)
        await self.app.clock.remind()
        await self.settle()
        await self._first_answer()

    async def _first_answer(self) -> None:
        """One conversation is there already, so that a newcomer sees a finished story first."""
        letter = next(post for post in self.office.box("maria@cliente.example") if "delivery/keys" in post.letter)
        await self.answer(letter, "Grazie! Potete mandarmi di nuovo la fattura? Mi serve per il commercialista.")
        await self.settle()


@asynccontextmanager
async def stage(keep: Path | None = None) -> AsyncIterator[Stage]:
    """Starts the sample shop and its mailboxes; ends them in order, and leaves nothing behind unless asked to."""
    folder = keep or Path(tempfile.mkdtemp(prefix="mailbot-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("demo.db*"):
        old.unlink()
    clock = DemoClock()
    office = PostOffice(clock.now)
    port = await office.open()
    try:
        async with running(_settings(folder / "demo.db", port, _free_port()), now=clock.now) as app:
            yield Stage(app, office, clock)
    finally:
        await office.close()
        if keep is None:
            with contextlib.suppress(OSError):
                shutil.rmtree(folder)


def _settings(database: Path, relay_port: int, web_port: int) -> Settings:
    web = f"127.0.0.1:{web_port}"
    return Settings(
        secret="demo secret, known to everybody, only for loopback",  # noqa: S106
        database=f"sqlite:///{database}",
        smtp=Smtp(listen="127.0.0.1:0"),
        relay=Relay(host="127.0.0.1", port=relay_port, tls="none"),
        letters=LetterSettings(hold_confirmation=timedelta(0), budget=100),
        web=Web(listen=web, url=f"http://{web}"),
        trust=Trust(authserv_id="mx.shop.example", relays=("127.0.0.1",)),
        shop=(sample.SHOP,),
    )


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _open_work(connection: Connection, now: datetime) -> int:
    total = 0
    for table, states in ((mails, ("new", "working")), (events, ("new", "working")), (errands, ("ready", "working"))):
        query = select(func.count()).select_from(table).where(table.c.state.in_(states), table.c.next_try <= now)
        busy = select(func.count()).select_from(table).where(table.c.state == "working")
        total += int(connection.scalar(query) or 0) + int(connection.scalar(busy) or 0)
    return total
