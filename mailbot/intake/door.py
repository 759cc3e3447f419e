"""The door's book: what one listening SMTP or LMTP server allows, who is inside, and what is being kept."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from mailbot.intake.received import Received

log = logging.getLogger("mailbot.intake")


class Guest(Protocol):
    """What the door must be able to do with a connection."""

    busy: bool
    peer: str

    def dismiss(self) -> None:
        """Say 421 and close."""

    def expel(self) -> None:
        """Cut the connection at once."""


@dataclass(slots=True)
class Door:
    """Limits and state shared by all connections of one server. Sizes are bytes, times are seconds."""

    accepts: Callable[[str], bool]
    keep: Callable[[Received], Awaitable[None]]
    hostname: str
    max_size: int
    max_connections: int = 200
    max_per_peer: int = 50  # so that one peer cannot take all places
    max_recipients: int = 100  # of one mail; RFC 5321 4.5.3.1.8 asks for 100
    max_refusals: int = 100  # unknown recipients of one connection, before it is shown out
    max_in_flight: int = 256 * 2**20  # content of all unfinished mails together
    idle_seconds: float = 300  # RFC 5321 4.5.3.2.7: at least five minutes
    data_seconds: float = 1800  # a whole mail, however steadily it drips
    keep_seconds: float = 60  # then the peer is told to come again; what was kept meanwhile is a duplicate
    closing: bool = False
    in_flight: int = 0
    guests: set[Guest] = field(default_factory=set)
    peers: Counter[str] = field(default_factory=Counter)
    keeping: set[asyncio.Task[None]] = field(default_factory=set)
    empty: asyncio.Event = field(default_factory=asyncio.Event)

    def admit(self, guest: Guest) -> bool:
        full = len(self.guests) >= self.max_connections
        crowded = bool(guest.peer) and self.peers[guest.peer] >= self.max_per_peer
        if self.closing or full or crowded:
            return False
        self.guests.add(guest)
        self.empty.clear()
        self.peers[guest.peer] += 1
        return True

    def leave(self, guest: Guest) -> None:
        if guest in self.guests:
            self.guests.discard(guest)
            self.peers[guest.peer] -= 1
            if not self.peers[guest.peer]:
                del self.peers[guest.peer]
            if not self.guests:
                self.empty.set()

    def start_keeping(self, received: Received) -> asyncio.Task[None]:
        """Keep in a task of its own: a peer that hangs up must not stop a commit half-way."""
        task = asyncio.get_running_loop().create_task(_await(self.keep(received)))
        self.keeping.add(task)
        task.add_done_callback(self._kept)
        return task

    def _kept(self, task: asyncio.Task[None]) -> None:
        self.keeping.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("a mail could not be kept, its sender was told to try again: %s", describe(error))


def describe(error: BaseException) -> str:
    """Name and place of an error, without its text: that may quote the mail (SQL parameters do)."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "no place"
    return f"{type(error).__name__} at {place}"


async def _await(work: Awaitable[Any]) -> None:
    await work
