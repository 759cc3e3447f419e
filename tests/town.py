"""A town: a whole installation on loopback with real servers, and the mail server of its customers and staff."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import aiosmtplib
from bench import Books, Box, Letter
from kit import NOW, OURS, TOKEN, make_house, make_raw, make_settings
from sqlalchemy import Connection, func, select

from mailbot import app
from mailbot.intake.received import Received
from mailbot.intake.smtp import Server, serve_smtp
from mailbot.settings import Relay
from mailbot.store.database import Database
from mailbot.store.tables import errands, events, mails


@dataclass
class Town(Books):
    """A whole installation on loopback with real servers, and a real mail server where all its letters arrive."""

    running: app.Running
    box: Box
    clock: "Clock"

    @property
    def db(self) -> Database:  # type: ignore[override]
        return self.running.db

    async def tell(self, body: dict[str, Any], token: str = TOKEN) -> tuple[int, dict[str, Any]]:
        """POST /api/events. Returns the status and the answer."""
        data = json.dumps(body).encode()
        head = f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        status, _, text = await self.http("POST", "/api/events", data, head)
        return status, json.loads(text)

    async def http(self, method: str, path: str, body: bytes = b"", head: str = "") -> tuple[int, str, str]:
        """Status, Location and body. Forms are posted as the pages do it."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.running.web_port)
        if body and not head:
            head = "Content-Type: application/x-www-form-urlencoded\r\n"
        length = f"Content-Length: {len(body)}\r\n" if method == "POST" else ""
        writer.write(
            f"{method} {path} HTTP/1.1\r\nHost: mail.shop.example\r\n{head}{length}Connection: close\r\n\r\n".encode()
        )
        writer.write(body)
        answer = (await reader.read()).decode()
        writer.close()
        top, _, rest = answer.partition("\r\n\r\n")
        location = re.search(r"(?im)^location: (\S+)", top)
        return int(top.split()[1]), location[1] if location else "", rest

    async def write(self, text: str, sender: str, to: str = OURS, **headers: str) -> bytes:
        """Somebody writes by real SMTP."""
        raw = make_raw(text, sender, to, **headers)
        await self.hand_in(raw, sender, to)
        return raw

    async def hand_in(self, raw: bytes, sender: str, *to: str) -> None:
        port = self.running.smtp_port
        await aiosmtplib.send(raw, sender=sender, recipients=list(to), hostname="127.0.0.1", port=port, start_tls=False)

    async def answer(self, letter: Letter, text: str, **headers: str) -> bytes:
        """The addressee answers a letter, with the letter quoted below."""
        quoted = "\n".join(f"> {line}" for line in letter.mail.text.splitlines())
        body = f"{text}\n\nOn Mon, 16 Nov 2026 at 10:30, Nimbus Software wrote:\n\n{quoted}\n"
        references = {"In_Reply_To": letter.mail.message_id, "References": letter.mail.message_id}
        subject = f"Re: {letter.mail.subject}"
        return await self.write(body, letter.to, letter.reply_to, **{"subject": subject, **references, **headers})

    async def letter(self, to: str, name: str, seconds: float = 10) -> Letter:
        """The newest letter of that name to that address, waited for."""
        await self.until(
            lambda: bool(self.box.sent(to, name)), seconds, f"{name} to {to}; there are {self.box.names(to)}"
        )
        return self.box.sent(to, name)[-1]

    async def until(self, true: Callable[[], bool], seconds: float = 10, what: str = "it") -> None:
        deadline = asyncio.get_running_loop().time() + seconds
        while not true():
            assert asyncio.get_running_loop().time() < deadline, f"in vain waited for {what}"
            await asyncio.sleep(0.01)

    async def calm(self, seconds: float = 10) -> None:
        """Waits until everything that is due has been done."""
        await self.until(lambda: not self.db.see(_open_work, self.clock()), seconds, "calm")

    async def days(self, days: int) -> list[str]:
        """Days pass, one after the other. Returns what the clock did."""
        lines = []
        for _ in range(days):
            self.clock.ahead += timedelta(days=1)
            lines += await self.running.clock.remind() + await self.running.clock.tell()
            await self.calm()
        return lines


def _open_work(connection: Connection, now: datetime) -> int:
    """How many rows are due or being worked on."""
    total = 0
    for table, waiting in ((mails, "new"), (events, "new"), (errands, "ready")):
        due = (table.c.state == "working") | ((table.c.state == waiting) & (table.c.next_try <= now))
        total += connection.scalar(select(func.count()).select_from(table).where(due)) or 0
    return total


@dataclass
class Clock:
    """The town's clock: stands at NOW until it is set forward."""

    ahead: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return NOW + self.ahead


@asynccontextmanager
async def make_town(folder: Path, **changes: Any) -> AsyncIterator[Town]:
    """Starts an installation and the customers' mail server; ends both. `changes` as for make_settings."""
    box, clock = Box(), Clock()
    sink = await open_sink(box)
    settings = make_settings(folder, **{"relay": Relay(host="127.0.0.1", port=sink.port), **changes})
    house = replace(
        make_house(), shops={shop.id: shop for shop in settings.shop}, hold=settings.letters.hold_confirmation
    )
    try:
        with mock.patch.object(app, "build_house", return_value=house):
            async with app.running(settings, now=clock) as running:
                yield Town(running, box, clock)
    finally:
        await sink.close(grace=1)


async def open_sink(box: Box) -> Server:
    """A mail server that takes everything."""

    async def keep(received: Received) -> None:
        for address in received.rcpt_to:
            box.put(received.raw, received.mail_from, address)

    return await serve_smtp(listen="127.0.0.1:0", accepts=lambda _: True, keep=keep, hostname="mailboxes.example")
