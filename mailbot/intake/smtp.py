"""The SMTP and LMTP servers: they listen, hold the limits, hand each mail to `keep`, and close without losing one."""

import asyncio
import contextlib
import logging
import os
import ssl
from collections.abc import Awaitable, Callable
from typing import Any, Literal

from mailbot.intake.connection import Connection
from mailbot.intake.door import Door
from mailbot.intake.lmtp import LmtpConnection
from mailbot.intake.received import Received

BACKLOG = 512


async def serve_smtp(
    *,
    listen: str,
    protocol: Literal["smtp", "lmtp"] = "smtp",
    accepts: Callable[[str], bool],
    keep: Callable[[Received], Awaitable[None]],
    max_size: int = 25 * 2**20,
    hostname: str,
    tls: ssl.SSLContext | None = None,
    **limits: Any,
) -> "Server":
    """Listen on `listen`: "127.0.0.1:2525", "[::1]:0", ":25" (everywhere) or "unix:/path". Port 0 takes a free one.

    `accepts(address)` says whether a recipient lives here; all others get 550 (nothing is relayed). `keep` is awaited
    once a mail, by many connections at the same time; 250 follows its return, 451 any exception. `hostname` is what
    we call ourselves. `tls` offers STARTTLS. Sizes are bytes; `limits` are the fields of `Door` that have defaults.
    Raises OSError when it cannot listen there.
    """
    # The library writes every command with its addresses at INFO, and bodies at DEBUG.
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    door = Door(accepts=accepts, keep=keep, hostname=hostname, max_size=max_size, **limits)
    kind = LmtpConnection if protocol == "lmtp" else Connection
    loop = asyncio.get_running_loop()
    listener, path = await _listen(loop, listen, lambda: kind(door, tls, loop))
    return Server(door, listener, path)


class Server:
    """A running server. `port` is 0 on a Unix socket."""

    def __init__(self, door: Door, listener: asyncio.Server, path: str) -> None:
        self.door = door
        self.port: int = 0 if path else listener.sockets[0].getsockname()[1]
        self._listener, self._path = listener, path

    @property
    def serving(self) -> bool:
        """Whether it takes connections."""
        return self._listener.is_serving()

    async def close(self, grace: float = 10) -> None:
        """Take no more connections, let mails that are coming in come in (for `grace` seconds), and go."""
        self.door.closing = True
        self._listener.close()
        for guest in [guest for guest in self.door.guests if not guest.busy]:
            guest.dismiss()
        if self.door.guests:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.door.empty.wait(), grace)
        for guest in list(self.door.guests):
            guest.expel()
        if self.door.keeping:
            await asyncio.wait(set(self.door.keeping), timeout=grace)
        if self._path:
            with contextlib.suppress(OSError):
                os.unlink(self._path)


async def _listen(
    loop: asyncio.AbstractEventLoop, listen: str, factory: Callable[[], Connection]
) -> tuple[asyncio.Server, str]:
    if listen.startswith("unix:"):
        path = listen.removeprefix("unix:")
        server = await loop.create_unix_server(factory, path, backlog=BACKLOG)
        os.chmod(path, 0o660)  # the mail server beside us needs to write, strangers do not
        return server, path
    host, _, port = listen.rpartition(":")
    return await loop.create_server(factory, host.strip("[]") or None, int(port), backlog=BACKLOG), ""
