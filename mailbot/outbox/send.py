"""Letters leave by the shop's relay: a few connections, used again and again, and one outcome for each recipient."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Literal

import aiosmtplib

from mailbot.outbox.addresses import envelope_form
from mailbot.outbox.line import Away, Line, Stale, dial, outcome, transact
from mailbot.outbox.replies import Outcome

log = logging.getLogger("mailbot.outbox")

REST = {"connect": 5.0, "login": 60.0}
"""Seconds without another try after the relay was away: its absence costs one wait, not one for each letter, and a
wrong password does not lock the account."""

Tls = Literal["tls", "starttls", "none"]


class Relay:
    """The relay (smart host) that takes all our letters. Safe to use from many tasks of one event loop.

    `tls` is implicit TLS (465), STARTTLS which must succeed (587), or none. `hostname` is what we call ourselves.
    At most `connections` are open, each for `letters_per_connection` mails, closed after `idle_seconds` without one.
    An attempt lasts at most `connect_seconds`, `command_seconds` a command, and `final_seconds` after the final dot.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        tls: Tls = "starttls",
        username: str = "",
        password: str = "",
        hostname: str = "localhost",
        context: ssl.SSLContext | None = None,
        connections: int = 4,
        letters_per_connection: int = 1000,
        idle_seconds: float = 30,
        connect_seconds: float = 10,
        command_seconds: float = 30,
        final_seconds: float = 300,
    ) -> None:
        self.host, self.port, self.tls, self.hostname, self.context = host, port, tls, hostname, context
        self._login = (username, password)
        self._letters, self._idle_seconds, self._connect_seconds = letters_per_connection, idle_seconds, connect_seconds
        self._command_seconds, self._final_seconds = command_seconds, final_seconds
        self._places = asyncio.Semaphore(connections)
        self._idle: list[Line] = []
        self._away: tuple[float, Away] | None = None
        self._sweeper: asyncio.TimerHandle | None = None
        self._closed = False

    async def send(self, message: bytes, mail_from: str, rcpt_to: Sequence[str]) -> list[Outcome]:
        """Send one mail; returns one outcome for each recipient, in order. Never raises for what the relay does.

        `mail_from` "" is the null sender. A cancelled call may have sent the letter: let it end, or count it uncertain.
        """
        sender, forms = envelope_form(mail_from), {name: envelope_form(name) for name in rcpt_to}
        good = list(dict.fromkeys(form for form in forms.values() if form))
        if sender is None:
            return [Outcome(name, "never", 0, "our sender address is not an address") for name in rcpt_to]
        found = {o.recipient: o for o in await self._send(message, sender, good)} if good else {}
        return [_named(name, found.get(form) if form else None) for name, form in forms.items()]

    async def _send(self, message: bytes, sender: str, rcpt_to: list[str]) -> list[Outcome]:
        try:
            for _ in range(2):
                async with self._line() as line:
                    try:
                        return await self._fitting(line, message, sender, rcpt_to)
                    except Stale:
                        self._drop_idle()  # the relay has restarted: the others are gone too
            raise Away("connect", 0, "the relay hangs up at once")
        except Away as away:
            return [outcome(name, away.reply, away.stage) for name in rcpt_to]

    async def _fitting(self, line: Line, message: bytes, sender: str, rcpt_to: list[str]) -> list[Outcome]:
        """Addresses beyond ASCII need a relay that takes them (RFC 6531); the others need not wait for them."""
        plain = [name for name in rcpt_to if name.isascii() and sender.isascii()]
        if line.client.supports_extension("smtputf8") or plain == rcpt_to:
            return await transact(line, message, sender, rcpt_to)
        odd = [
            Outcome(name, "never", 0, "the relay takes ASCII addresses only") for name in rcpt_to if name not in plain
        ]
        return odd + (await transact(line, message, sender, plain) if plain else [])

    @asynccontextmanager
    async def _line(self) -> AsyncIterator[Line]:
        """A connection of our own for one mail; it goes back to the idle ones when it is still in order."""
        async with self._places:
            line = self._rested_line() or await self._new_line()
            try:
                yield line
            except BaseException:
                line.close()
                raise
            self._rest(line)

    def _rested_line(self) -> Line | None:
        while self._idle:
            line = self._idle.pop()
            if line.client.is_connected:
                return line
        return None

    async def _new_line(self) -> Line:
        now = asyncio.get_running_loop().time()
        if self._away is not None and now < self._away[0]:
            raise self._away[1]
        try:
            line = await dial(self._client(), self._command_seconds, self._final_seconds, self._connect_seconds)
        except Away as away:
            log.warning("the relay %s:%s is away (%s): %s %s", self.host, self.port, away.stage, *away.reply)
            self._away = (asyncio.get_running_loop().time() + REST[away.stage], away)
            raise
        self._away = None
        return line

    def _client(self) -> aiosmtplib.SMTP:
        username, password = self._login
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=username or None,
            password=password or None,
            local_hostname=self.hostname,
            timeout=self._connect_seconds,
            use_tls=self.tls == "tls",
            start_tls=self.tls == "starttls",
            tls_context=self.context,
        )

    def _rest(self, line: Line) -> None:
        loop = asyncio.get_running_loop()
        if self._closed or line.used >= self._letters or not line.client.is_connected:
            line.close()
            return
        line.rested = loop.time()
        self._idle.append(line)
        if self._sweeper is None:
            self._sweeper = loop.call_later(self._idle_seconds, self._sweep)

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        self._sweeper = None
        limit = loop.time() - self._idle_seconds
        for line in [line for line in self._idle if line.rested <= limit]:
            self._idle.remove(line)
            line.close()
        if self._idle:
            self._sweeper = loop.call_later(self._idle[0].rested - limit, self._sweep)

    def _drop_idle(self) -> None:
        while self._idle:
            self._idle.pop().close()

    async def close(self) -> None:
        """Close the idle connections; those in use close after their mail."""
        self._closed = True
        if self._sweeper is not None:
            self._sweeper.cancel()
        self._drop_idle()


def _named(recipient: str, found: Outcome | None) -> Outcome:
    if found is None:
        return Outcome(recipient, "never", 0, "not an address that mail can be sent to")
    return Outcome(recipient, found.verdict, found.code, found.text)
