"""Starts the demo: as a page to play with, or as a script that plays itself and ends.

The page answers at once; the shop, whose libraries take a moment to load, opens behind it.
"""

import asyncio
import contextlib
import importlib
import ipaddress
import logging
import os
import signal
import socket
import sys
import time
import webbrowser
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn

from mailbot.demo.curtain import Curtain


def script() -> int:
    """Plays and prints one conversation per kind of request. 0 when every step happened, else 1; 2 if it must not."""
    return _run(_script())


def page(port: int, keep: Path | None, open_page: bool) -> int:
    """Serves the demo page until Ctrl-C. Returns the exit code."""
    return _run(_page(port, keep, open_page))


def refusal(environment: Mapping[str, str] = os.environ) -> str:
    """Why the demo must not start here; "" when it may. It would not use that server, but who set it may think so."""
    host = environment.get("MAILBOT_RELAY__HOST", "")
    if not host or _is_loopback(host):
        return ""
    return (
        f"MAILBOT_RELAY__HOST names a real mail server ({host}), and the demo stays on this machine; "
        "unset it, or run `mailbot serve` if mail is to leave"
    )


def _run(demo: Coroutine[Any, Any, int]) -> int:
    if reason := refusal():
        demo.close()
        print(f"mailbot demo: {reason}", file=sys.stderr)
        return 2
    _quiet()
    return asyncio.run(demo)


async def _script() -> int:
    from mailbot.demo.opening import rehearse
    from mailbot.demo.stage import stage
    from mailbot.demo.story import StoryFault, play

    begun = time.monotonic()
    async with stage() as on_stage:
        await rehearse(on_stage)
        try:
            async for line in play(on_stage):
                print(line, flush=True)
        except StoryFault as fault:
            print(f"\nThe demo failed: {fault}", file=sys.stderr)
            return 1
    print(f"\nEvery step happened, in {time.monotonic() - begun:.1f} seconds.")
    return 0


async def _page(port: int, keep: Path | None, open_page: bool) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    curtain = Curtain()
    try:
        listener = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        print(f"mailbot demo: port {port} cannot be used ({error.strerror}); leave --port out", file=sys.stderr)
        return 1
    async with _served(curtain, listener) as url:
        print(f"\n  The demo is at {url}\n", flush=True)
        playing = asyncio.create_task(_play(curtain, keep, stop))
        if open_page:  # the curtain is there for it to see
            await asyncio.to_thread(webbrowser.open, url)
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait((playing, stopped), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        await playing
    print("\n  The demo has ended; nothing is left behind." if keep is None else f"\n  The demo is kept in {keep}.")
    return 0


async def _play(curtain: Curtain, keep: Path | None, stop: asyncio.Event) -> None:
    """The shop opens behind the curtain, plays its story, and is there until the end."""
    for name in ("mailbot.demo.stage", "mailbot.demo.page"):  # in a thread: the curtain answers meanwhile
        await asyncio.to_thread(importlib.import_module, name)
    if stop.is_set():
        return
    from mailbot.demo.opening import rehearse
    from mailbot.demo.page import build_page
    from mailbot.demo.stage import stage

    async with stage(keep) as on_stage:
        print(f"  mail to the shop comes in at 127.0.0.1:{on_stage.smtp_port}")
        print(f"  the shop's pages and API are at {on_stage.url}")
        print("  everything stays on this machine; Ctrl-C ends it", flush=True)
        curtain.mails = lambda: len(on_stage.office.posts)
        opening = asyncio.create_task(rehearse(on_stage))
        ended = asyncio.create_task(stop.wait())
        await asyncio.wait((opening, ended), return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            opening.cancel()
            await asyncio.gather(opening, return_exceptions=True)
            return
        opening.result()
        curtain.rise(build_page(on_stage))
        await ended
        on_stage.save()


@asynccontextmanager
async def _served(application: Any, listener: socket.socket) -> AsyncIterator[str]:
    config = uvicorn.Config(application, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1)
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        server.should_exit = True
        await serving


class _Server(uvicorn.Server):
    """uvicorn in our loop: signals are ours."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def _quiet() -> None:
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(lambda record: "TroubleOnRequest" not in record.getMessage())
