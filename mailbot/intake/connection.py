"""One SMTP connection: aiosmtpd's state machine with its traps closed."""

import asyncio
import contextlib
import ssl
from typing import AnyStr, cast

from aiosmtpd.smtp import SMTP, syntax

from mailbot.intake.content import Content, EndlessMail
from mailbot.intake.door import Door, describe, log
from mailbot.intake.grammar import (
    BUSY,
    CONTROL,
    GOODBYE,
    KEPT,
    STRANGE,
    TIRED,
    TOO_BIG,
    TRY_AGAIN,
    parse_path,
    with_code,
)
from mailbot.intake.hooks import COMMAND_LENGTH, Hooks, SameForAll
from mailbot.intake.received import Received

READ_AHEAD = 64 * 1024
"""Bytes read in one piece; a connection buffers at most twice as much before its peer is slowed down."""

CALLS = {"*": 100, "MAIL": 10_000, "RCPT": 100_000, "DATA": 10_000, "RSET": 10_000}
"""How often one connection may use a command before it is told 421."""


class Connection(SMTP):
    """An SMTP connection. Its replies carry neither an exception's text nor what the peer sent."""

    line_length_limit = READ_AHEAD
    command_size_limit = COMMAND_LENGTH
    command_size_limits = SameForAll()
    word = "ESMTP"
    _reader: asyncio.StreamReader
    _writer: asyncio.StreamWriter

    def __init__(self, door: Door, tls: ssl.SSLContext | None, loop: asyncio.AbstractEventLoop) -> None:
        self.door, self.busy, self.peer, self.refusals = door, False, "", 0
        self._heard = self._deadline = loop.time()
        super().__init__(
            Hooks(),
            data_size_limit=door.max_size,
            enable_SMTPUTF8=True,
            hostname=door.hostname,
            ident=self.word,
            tls_context=tls,
            timeout=door.idle_seconds,
            command_call_limit=CALLS,
            loop=loop,
        )

    # Coming and going

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        name = transport.get_extra_info("peername")
        self.peer = str(name[0]) if isinstance(name, tuple) else ""
        if self.door.admit(self):
            super().connection_made(transport)
            return
        stranger = cast(asyncio.Transport, transport)
        stranger.set_protocol(asyncio.Protocol())
        stranger.write(BUSY.encode() + b"\r\n")
        stranger.close()

    async def _handle_client(self) -> None:
        with contextlib.suppress(ConnectionError):  # a peer that is gone was promised nothing
            await super()._handle_client()

    def data_received(self, data: bytes) -> None:
        self._heard = self.loop.time()
        super().data_received(data)

    def connection_lost(self, error: Exception | None) -> None:
        self.door.leave(self)
        super().connection_lost(error)

    def dismiss(self, reply: str = GOODBYE) -> None:
        """Close with a last word; a peer that does not even read is cut off."""
        transport = cast("asyncio.Transport | None", self.transport)
        if transport is None or transport.is_closing():
            return
        if transport.get_write_buffer_size():
            transport.abort()
        else:
            transport.write(reply.encode() + b"\r\n")
            transport.close()

    def expel(self) -> None:
        if self.transport is not None:
            cast(asyncio.Transport, self.transport).abort()

    # Time: the library limits a whole command, however busy; here it is silence, and a last hour for the patient

    def _reset_timeout(self, duration: float | None = None) -> None:
        self._heard = self.loop.time()
        self._deadline = self._heard + (duration or self.door.idle_seconds)
        super()._reset_timeout(self.door.idle_seconds)

    def _timeout_cb(self) -> None:
        left = min(self._heard + self.door.idle_seconds, self._deadline) - self.loop.time()
        if left > 0:
            self._timeout_handle = self.loop.call_later(left, self._timeout_cb)
        else:
            self.dismiss(TIRED)

    # Replies

    async def push(self, status: AnyStr) -> None:
        if self.transport is None or self.transport.is_closing():
            raise ConnectionResetError  # uvloop would raise RuntimeError, which ends in the log
        await super().push(with_code(status) if isinstance(status, str) else status)

    async def answer(self, status: str, recipients: int) -> None:
        """The reply to a mail: one, whatever the number of its recipients."""
        await self.push(status)

    async def handle_exception(self, error: Exception) -> str:
        if isinstance(error, EndlessMail):
            self.dismiss(TOO_BIG)
        elif not isinstance(error, asyncio.IncompleteReadError):
            log.error("a connection met an error: %s", describe(error))
        return TRY_AGAIN

    def count_refusal(self) -> str:
        self.refusals += 1
        if self.refusals > self.door.max_refusals:
            self.dismiss(STRANGE)
        return "550 5.1.1 Nobody of that name here"

    # Commands

    @syntax("EHLO hostname")
    async def smtp_EHLO(self, hostname: str) -> None:
        if await self._greeted(hostname, extended=True):
            assert self.session is not None
            lines = [self.hostname, f"SIZE {self.door.max_size}", "8BITMIME", "SMTPUTF8", "PIPELINING"]
            if self.tls_context and self.session.ssl is None:
                lines.append("STARTTLS")
            await self.push(("".join(f"250-{line}\r\n" for line in lines) + "250 ENHANCEDSTATUSCODES").encode())

    @syntax("HELO hostname")
    async def smtp_HELO(self, hostname: str) -> None:
        if await self._greeted(hostname, extended=False):
            await self.push(f"250 {self.hostname}".encode())

    async def _greeted(self, hostname: str | None, *, extended: bool) -> bool:
        if not hostname or CONTROL.search(hostname):
            await self.push("501 Say who you are")
            return False
        self._set_rset_state()  # type: ignore[no-untyped-call]
        assert self.session is not None
        self.session.host_name, self.session.extended_smtp = hostname, extended
        return True

    @syntax("STARTTLS", when="tls_context")
    async def smtp_STARTTLS(self, arg: str) -> None:
        assert self.session is not None
        if arg or self.tls_context is None or self.session.ssl is not None:
            await self.push("503 STARTTLS is not possible now")
            return
        await self.push("220 Ready to start TLS")
        self._reader._buffer.clear()  # type: ignore[attr-defined]  # said in clear, so never said (RFC 3207 4.2)
        tls = await self.loop.start_tls(
            cast(asyncio.Transport, self.transport), self, self.tls_context, server_side=True, ssl_handshake_timeout=60
        )
        self.transport = self._reader._transport = self._writer._transport = tls  # type: ignore[attr-defined]
        session = self._create_session()
        session.peer, session.ssl = self.session.peer, {"context": self.tls_context}
        self.session = session
        self._set_rset_state()  # type: ignore[no-untyped-call]

    @syntax("VRFY address")
    async def smtp_VRFY(self, arg: str) -> None:
        await self.push("252 2.5.0 Cannot say, but will take mail for those who live here")

    @syntax("HELP")
    async def smtp_HELP(self, arg: str) -> None:
        await self.push("214 2.0.0 Mail for those who live here, RFC 5321")

    async def smtp_AUTH(self, arg: str) -> None:
        await self.push("502 AUTH is not offered here")

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        assert self.envelope is not None
        recipients = len(self.envelope.rcpt_tos)
        if arg or not recipients:
            await self.push("501 Syntax: DATA" if arg else "503 Nobody to deliver to: need RCPT")
            return
        self.busy = True
        try:
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            self._reset_timeout(self.door.data_seconds)
            status = await self._take()
        finally:
            self.busy = False
        self._set_post_data_state()  # type: ignore[no-untyped-call]
        self._reset_timeout()
        await self.answer(status, recipients)
        if self.door.closing:
            self.dismiss()

    async def _take(self) -> str:
        content = Content(self.door)
        try:
            await content.read(self._reader)
            return content.refusal or await self._keep(content)
        finally:
            content.release()

    async def _keep(self, content: Content) -> str:
        """Say yes only when it is kept. A mail kept after we gave up waiting comes again, and is a duplicate."""
        assert self._timeout_handle is not None
        self._timeout_handle.cancel()
        task = self.door.start_keeping(self._received(content))
        done, _ = await asyncio.wait({task}, timeout=self.door.keep_seconds)
        return KEPT if done and not task.cancelled() and task.exception() is None else TRY_AGAIN

    def _received(self, content: Content) -> Received:
        assert self.envelope is not None
        assert self.session is not None
        sender = self.envelope.mail_from or ""
        return Received(
            raw=content.unstuffed(),
            mail_from="" if sender == "<>" else sender,
            rcpt_to=tuple(dict.fromkeys(self.envelope.rcpt_tos)),
            peer=self.peer,
            helo=self.session.host_name or "",
        )

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """Address and parameters of a path (RFC 5321 4.1.2). The library's reader is slow and recurses on comments."""
        return parse_path(arg)
