"""Those who talk to the installation that is killed: a mail server, a shop and browsers that ask until they are answered.

Each does what a real peer does when a connection dies: it says the same again, byte for byte, until it has an answer.
Some are nervous and say it once more although they were answered.
"""

import asyncio
import re
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from random import Random
from typing import Any

BEGIN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""A Monday: the shop's own time, so that business days and invoice years do not depend on when this runs."""

TOKEN = "crash-token-0123456789"
LOST = (OSError, asyncio.IncompleteReadError, TimeoutError)
_PATIENCE = 60  # seconds for any one answer or letter, restarts included


class Wrong(Exception):
    """The installation gave an answer that no crash excuses."""


@dataclass
class Peers:
    """The outside world. `up` is set while the installation listens; `heard` is rung for every message handed over."""

    smtp: int
    web: int
    chance: Random
    heard: Callable[[str], Awaitable[None]]
    up: asyncio.Event = field(default_factory=asyncio.Event)
    counts: Counter[str] = field(default_factory=Counter)
    letters: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))  # by Message-ID, as they came
    boxes: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    _came: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def arrived(self, data: bytes) -> None:
        """A letter is at the sink; its final dot is not yet answered."""
        head = data.partition(b"\r\n\r\n")[0].decode()
        found = {name: _header(head, name) for name in ("Message-ID", "To", "X-Mailbot-Letter")}
        async with self._came:
            self.letters[found["Message-ID"]].append(data)
            if len(self.letters[found["Message-ID"]]) == 1:
                self.boxes[found["To"], found["X-Mailbot-Letter"]].append(found["Message-ID"])
            self._came.notify_all()
        await self.heard("letter")

    async def letter(self, to: str, name: str, nth: int = 1) -> EmailMessage:
        """Waits until somebody has got that letter, and opens it."""
        async with asyncio.timeout(_PATIENCE), self._came:
            await self._came.wait_for(lambda: len(self.boxes[to, name]) >= nth)
        data = self.letters[self.boxes[to, name][nth - 1]][0].removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
        return message_from_bytes(data, policy=policy.default)

    async def mail(self, sender: str, recipient: str, data: bytes) -> None:
        """Hands a mail over until it is answered with 250."""
        await self._until_answered("mails", lambda: self._mail(sender, recipient, data))

    async def post(self, path: str, body: bytes, *, kind: str, welcome: tuple[int, ...]) -> tuple[int, bytes]:
        """Posts until there is an answer; it should be one of the welcome."""
        status, answer = await self._until_answered(kind, lambda: self._post(path, body))
        if status not in welcome:
            raise Wrong(f"POST {path.split('/')[1]} was answered with {status}: {answer[:300]!r}")
        return status, answer

    async def _until_answered(self, kind: str, say: Callable[[], Awaitable[Any]]) -> Any:
        async with asyncio.timeout(_PATIENCE):
            answer = await self._persist(kind, say)
            self.counts[kind] += 1
            if self.chance.random() < 0.1:
                self.counts[f"{kind} said again although answered"] += 1
                await self._persist(kind, say)
        return answer

    async def _persist(self, kind: str, say: Callable[[], Awaitable[Any]]) -> Any:
        while True:
            await self.up.wait()
            try:
                return await say()
            except LOST:
                self.counts[f"{kind} said again after a lost connection"] += 1
                await asyncio.sleep(0.01 + self.chance.random() * 0.03)

    async def _mail(self, sender: str, recipient: str, data: bytes) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.smtp)
        hop = f"Received: from hop{self.chance.randrange(9)}.example by mx.shop.example; now\r\n".encode()
        try:
            await _expect(reader, b"220")
            commands = f"EHLO load.example\r\nMAIL FROM:<{sender}>\r\nRCPT TO:<{recipient}>\r\nDATA\r\n"
            writer.write(commands.encode())
            for code in (b"250", b"250", b"250", b"354"):
                await _expect(reader, code)
            writer.write(hop + data + b"\r\n.\r\n")
            await self.heard("mail")
            await _expect(reader, b"250")
        finally:
            writer.close()

    async def _post(self, path: str, body: bytes) -> tuple[int, bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.web)
        form = b"" if path.startswith("/api/") else b"application/x-www-form-urlencoded"
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nConnection: close\r\n".encode()
        head += b"Content-Type: " + (form or b"application/json") + f"\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        try:
            writer.write(head + body)
            await self.heard("post")
            top = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", top)
            return int(top[9:12]), await reader.readexactly(int(length[1]) if length else 0)
        finally:
            writer.close()


def _header(head: str, name: str) -> str:
    found = re.search(rf"(?im)^{name}:\s*(.*(?:\r\n[ \t].*)*)", head)
    return " ".join(found[1].split()) if found else ""


async def _expect(reader: asyncio.StreamReader, code: bytes) -> None:
    while True:
        line = await reader.readline()
        if not line or line[:1] == b"4":
            raise ConnectionResetError(f"lost or put off: {line!r}")
        if not line.startswith(code):
            raise Wrong(f"expected {code!r}, got {line[:200]!r}")
        if line[3:4] != b"-":
            return
