"""What goes over the wire: a tap before an SMTP server, which hands every byte on and notes the dialogue.

It notes the commands and the answers. The mail itself is only counted, and the signed part of our own addresses is
left out: whoever knows it can answer in the customer's name.
"""

import asyncio
import contextlib
import re
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

_SIGNED = re.compile(r"\+([rb])[a-z2-7]{12,}@", re.IGNORECASE)
_MESSAGE_ID = re.compile(rb"^message-id:[ \t]*(?:\r\n[ \t]+)?(<[^>\r\n]{1,300}>)", re.IGNORECASE | re.MULTILINE)
_MOST = 200  # dialogues that are remembered
_BROKEN = "(the connection broke: there was no answer)"


@dataclass
class Dialogue:
    """One mail's way over the wire, from the greeting or the mail before it up to the last answer."""

    way: str
    lines: list[tuple[str, str]] = field(default_factory=list)  # who says it (C, the client, or S), and what
    message_id: str = ""


@dataclass
class Wire:
    """All dialogues, oldest first."""

    dialogues: deque[Dialogue] = field(default_factory=lambda: deque(maxlen=_MOST))

    def about(self, message_ids: Collection[str]) -> list[Dialogue]:
        """The dialogues in which these mails went over the wire; more than one where a mail was sent again."""
        return [one for one in self.dialogues if one.message_id in message_ids]


def unsigned(text: str) -> str:
    """The text with the signed part of our reply and bounce addresses left out."""
    return _SIGNED.sub(r"+\1…@", text)


class Tap:
    """Listens on a loopback port of its own, in front of the server at `target()`, which may come and go."""

    def __init__(self, way: str, target: Callable[[], int], wire: Wire) -> None:
        self._way, self._target, self._wire = way, target, wire
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server:
            self._server.close()
        self.cut()

    def cut(self) -> None:
        """Cuts every connection at once, as a crash does."""
        for writer in list(self._open):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = _Talk(self._way, self._wire)
        self._open.add(writer)
        try:
            inside, outside = await asyncio.open_connection("127.0.0.1", self._target())
            self._open.add(outside)
            try:
                await asyncio.gather(
                    _pass_on(reader, outside, talk.client_says), _pass_on(inside, writer, talk.server_says)
                )
            finally:
                self._open.discard(outside)
                outside.close()
        except OSError:
            pass  # nobody listens inside, or one side is gone: the other one sees it
        finally:
            self._open.discard(writer)
            writer.close()
            talk.end()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, note: Callable[[bytes], None]) -> None:
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
            note(data)
    finally:
        with contextlib.suppress(OSError, RuntimeError):
            writer.write_eof() if writer.can_write_eof() else writer.close()


class _Talk:
    """The dialogue of one connection, mail by mail. SMTP takes turns, so what is noted first was said first."""

    def __init__(self, way: str, wire: Wire) -> None:
        self._way, self._wire = way, wire
        self._now = Dialogue(way)
        self._halves = {"C": b"", "S": b""}
        self._in_mail = self._waiting = False
        self._size, self._head = 0, b""

    def client_says(self, data: bytes) -> None:
        for line in self._lines("C", data):
            if self._in_mail:
                self._mail(line)
            else:
                self._command(line)

    def server_says(self, data: bytes) -> None:
        for line in self._lines("S", data):
            self._note("S", line)
            self._in_mail = self._in_mail or line.startswith(b"354")
            self._waiting = self._waiting and line[3:4] != b" "

    def end(self) -> None:
        if self._waiting:
            self._now.lines.append(("S", _BROKEN))

    def _lines(self, who: str, data: bytes) -> list[bytes]:
        *whole, self._halves[who] = (self._halves[who] + data).split(b"\r\n")
        return whole

    def _command(self, line: bytes) -> None:
        if line[:10].upper() == b"MAIL FROM:":
            if any(text[:10].upper() == "MAIL FROM:" for _, text in self._now.lines):
                self._now = Dialogue(self._way)  # the next mail over the same connection
            self._size, self._head = 0, b""
            self._wire.dialogues.append(self._now)
        self._waiting = True
        self._note("C", line)

    def _mail(self, line: bytes) -> None:
        if line == b".":
            found = _MESSAGE_ID.search(self._head)
            self._now.message_id = found[1].decode("ascii", "replace") if found else ""
            self._now.lines.append(("C", f"(the mail itself: {self._size:,} bytes)"))
            self._in_mail, self._waiting = False, True
            self._note("C", line)
            return
        self._size += len(line) + 2
        if len(self._head) < 20_000:
            self._head += line + b"\r\n"

    def _note(self, who: str, line: bytes) -> None:
        text = line[:500].decode("utf-8", "replace")
        secret = "AUTH (left out)" if text[:5].upper() == "AUTH " else unsigned(text)
        self._now.lines.append((who, secret))
