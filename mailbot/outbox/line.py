"""One connection to the relay, and one mail transaction on it, each step of which knows what a failure means."""

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass

import aiosmtplib
from aiosmtplib.protocol import SMTPProtocol, normalize_message_line_endings

from mailbot.outbox.replies import Outcome, Stage, explain

LOST = (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError, aiosmtplib.SMTPResponseException, OSError)
"""A connection that ended, fell silent, or spoke no SMTP."""


class Stale(Exception):
    """The connection was gone before it heard of this mail: another one may be tried at once."""


@dataclass(slots=True)
class Line:
    """A connection in use. `used` counts its mails, `rested` is the loop's time when it fell idle."""

    client: aiosmtplib.SMTP
    command_seconds: float
    final_seconds: float
    used: int = 0
    rested: float = 0.0

    async def command(self, *words: bytes) -> tuple[int, str]:
        code, text = await self.client.execute_command(*words, timeout=self.command_seconds)
        return code, " ".join(text.split())[:500]

    def content(self, message: bytes) -> SMTPProtocol:
        """Hand over the mail and its final dot; raises SMTPServerDisconnected when none of it went out."""
        protocol = self.client.protocol
        if protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("Connection lost")
        protocol.write(stuffed(message))
        return protocol

    async def answer(self, protocol: SMTPProtocol) -> tuple[int, str]:
        """The answer to the final dot; it may take minutes (RFC 5321 4.5.3.2.6)."""
        code, text = await protocol.read_response(timeout=self.final_seconds)
        return code, " ".join(text.split())[:500]

    def close(self) -> None:
        self.client.close()


def stuffed(message: bytes) -> bytes:
    """The mail as it goes over the wire: CRLF line ends, dots at line starts doubled, the lone dot last."""
    lines = message.count(b"\r\n")
    if not (message.endswith(b"\r\n") and lines == message.count(b"\n") == message.count(b"\r")):
        message = normalize_message_line_endings(message)
    if message.startswith(b"."):
        message = b"." + message
    return message.replace(b"\r\n.", b"\r\n..") + b".\r\n"


async def transact(line: Line, message: bytes, mail_from: str, rcpt_to: Sequence[str]) -> list[Outcome]:
    """One mail to several recipients: one outcome each, in no order. Raises Stale when nothing was begun.

    Only a connection lost after the final dot leaves a recipient `uncertain`; before it, nothing was handed over.
    """
    stage: Stage = "mail"
    decided: list[Outcome] = []
    accepted: list[str] = []
    line.used += 1
    try:
        reply = await line.command(b"MAIL", *_mail_words(line, message, mail_from, rcpt_to))
        if reply[0] == 421 and line.used > 1:
            raise Stale  # it has served this connection long enough
        if reply[0] // 100 != 2:
            return await _refused(line, rcpt_to, reply, "mail")
        stage = "rcpt"
        for recipient in rcpt_to:
            reply = await line.command(b"RCPT", b"TO:<%s>" % recipient.encode())
            if reply[0] // 100 == 2:
                accepted.append(recipient)
            else:
                decided.append(outcome(recipient, reply, "rcpt"))
        if not accepted:
            return decided + await _refused(line, [], reply, "rcpt")
        stage = "data"
        reply = await line.command(b"DATA")
        if reply[0] != 354:
            return decided + await _refused(line, accepted, reply, "data")
        sent = line.content(message)
        stage = "final"
        reply = await line.answer(sent)
        return decided + [outcome(recipient, reply, "final") for recipient in accepted]
    except Stale:
        raise
    except Exception as error:  # whatever it is, we know how far we were, and the letter must not be lost
        line.close()
        if stage == "mail" and line.used > 1 and isinstance(error, aiosmtplib.SMTPServerDisconnected):
            raise Stale from error
        named = {outcome.recipient for outcome in decided}
        return decided + [_lost(recipient, stage, error) for recipient in rcpt_to if recipient not in named]


def _mail_words(line: Line, message: bytes, mail_from: str, rcpt_to: Sequence[str]) -> list[bytes]:
    words = [b"FROM:<%s>" % mail_from.encode()]
    offers = line.client.supports_extension
    if offers("size"):
        words.append(b"SIZE=%d" % len(message))
    if offers("8bitmime") and not message.isascii():
        words.append(b"BODY=8BITMIME")
    if offers("smtputf8") and not (mail_from + "".join(rcpt_to)).isascii():
        words.append(b"SMTPUTF8")
    return words


async def _refused(line: Line, rcpt_to: Sequence[str], reply: tuple[int, str], stage: Stage) -> list[Outcome]:
    """Everybody in `rcpt_to` gets this reply; the connection is made ready for another mail, or given up."""
    try:
        if (await line.command(b"RSET"))[0] // 100 != 2:
            line.close()
    except LOST:
        line.close()
    return [outcome(recipient, reply, stage) for recipient in rcpt_to]


def outcome(recipient: str, reply: tuple[int, str], stage: Stage) -> Outcome:
    code, text = reply
    row = explain(code, text, stage)
    return Outcome(recipient, row.verdict, max(code, 0), text if row.verdict == "done" else f"{row.because}: {text}")


def _lost(recipient: str, stage: Stage, error: BaseException) -> Outcome:
    if stage == "final":
        return Outcome(recipient, "uncertain", 0, "the connection was lost after the final dot: it may have arrived")
    return Outcome(recipient, "later", 0, f"the connection was lost at {stage.upper()}: {type(error).__name__}")


async def dial(client: aiosmtplib.SMTP, command_seconds: float, final_seconds: float, seconds: float) -> Line:
    """Connect, secure, log in and say EHLO. Raises Away with the reason; nothing was sent yet."""
    try:
        async with asyncio.timeout(seconds):
            await client.connect()
            if client.is_ehlo_or_helo_needed:
                await client.ehlo()
    except BaseException as error:
        client.close()
        raise (_away(error) or error) from error
    return Line(client, command_seconds, final_seconds)


def _away(error: BaseException) -> "Away | None":
    match error:
        case aiosmtplib.SMTPAuthenticationError():
            return Away("login", error.code, error.message)
        case aiosmtplib.SMTPResponseException():
            return Away("connect", error.code, error.message)
        case ssl.SSLError():
            return Away("connect", 0, f"TLS failed: {error}")
        case aiosmtplib.SMTPException() | OSError() | ValueError():
            return Away("connect", 0, str(error) or type(error).__name__)
    return None


class Away(Exception):
    """The relay could not be reached, trusted or logged in to."""

    def __init__(self, stage: Stage, code: int, text: str) -> None:
        super().__init__(text)
        self.stage: Stage = stage
        self.reply = (code, " ".join(text.split())[:500])
