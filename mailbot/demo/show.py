"""Starts the demo: as a page to play with, or as a script that plays itself and ends."""

import asyncio
import contextlib
import logging
import signal
import sys
import time
import webbrowser
from pathlib import Path

import uvicorn

from mailbot.demo.page import build_page
from mailbot.demo.stage import Stage, stage
from mailbot.demo.story import StoryFault, play


def script() -> int:
    """Plays and prints one conversation per kind of request. 0 when every step happened, else 1."""
    _quiet()
    return asyncio.run(_script())


def page(port: int, keep: Path | None, open_page: bool) -> int:
    """Serves the demo page until Ctrl-C."""
    _quiet()
    return asyncio.run(_page(port, keep, open_page))


async def _script() -> int:
    begun = time.monotonic()
    async with stage() as on_stage:
        await on_stage.rehearse()
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
    async with stage(keep) as on_stage:
        await on_stage.rehearse()
        try:
            async with _served(on_stage, port) as url:
                print(f"\n  The demo is at {url}\n", flush=True)
                print(
                    f"  mail comes in at 127.0.0.1:{on_stage.smtp_port}, the shop's pages and API are at {on_stage.url}"
                )
                print("  everything stays on this machine; Ctrl-C ends it", flush=True)
                if open_page:
                    webbrowser.open(url)
                await stop.wait()
        except OSError as error:
            print(f"mailbot demo: port {port} cannot be used ({error.strerror}); leave --port out", file=sys.stderr)
            return 1
    print("\n  The demo has ended; nothing is left behind." if keep is None else f"\n  The database is in {keep}.")
    return 0


@contextlib.asynccontextmanager
async def _served(on_stage: Stage, port: int):  # type: ignore[no-untyped-def]
    import socket

    listener = socket.create_server(("127.0.0.1", port))
    config = uvicorn.Config(
        build_page(on_stage), log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1
    )
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
    def capture_signals(self):  # type: ignore[no-untyped-def]
        yield


def _quiet() -> None:
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
