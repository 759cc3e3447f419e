"""The content of one mail while it comes in: read in big pieces up to the lone dot, counted, and dot-unstuffed."""

import asyncio

from mailbot.intake.door import Door
from mailbot.intake.grammar import NO_ROOM, TOO_BIG

END = b"\r\n.\r\n"
OVERHEAD = len(b"\r\n" + b".\r\n")  # what is read beside the content itself

DRAIN = 10
"""A mail that is too big is read on, so that its sender hears why; but only so many times the limit."""


class EndlessMail(Exception):
    """The peer went on far beyond the limit; there is no use in listening."""


class Content:
    """What has been read so far of one mail; empty once it is refused. `refusal` is the reply, or ""."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.data = bytearray()
        self.size = 0
        self.refusal = ""

    async def read(self, reader: asyncio.StreamReader) -> None:
        """Read to the end of the mail. Only CRLF.CRLF is the end: a bare LF or CR smuggles nothing behind it."""
        # The CRLF of the DATA command is the first half of the end of an empty mail: give it back to the reader.
        reader._buffer[:0] = b"\r\n"  # type: ignore[attr-defined]
        while True:
            try:
                self.add(await reader.readuntil(END))
                return
            except asyncio.LimitOverrunError as over:
                self.add(await reader.read(over.consumed))

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size > DRAIN * self.door.max_size + OVERHEAD:
            raise EndlessMail
        if self.size > self.door.max_size + OVERHEAD:
            self._refuse(TOO_BIG)
        elif self.door.in_flight + len(piece) > self.door.max_in_flight:
            self._refuse(NO_ROOM)
        if not self.refusal:
            self.data += piece
            self.door.in_flight += len(piece)

    def _refuse(self, reply: str) -> None:
        self.refusal = reply
        self.release()

    def release(self) -> None:
        self.door.in_flight -= len(self.data)
        self.data = bytearray()

    def unstuffed(self) -> bytes:
        """The content as its writer meant it: a dot that opens a line is dropped (RFC 5321 4.5.2)."""
        if self.data.find(b"\r\n.", 0, len(self.data) - 3) < 0:
            return bytes(memoryview(self.data)[2:-3])
        return bytes(memoryview(self.data[:-3].replace(b"\r\n.", b"\r\n"))[2:])
