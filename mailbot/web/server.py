"""The web server in our own loop: bound before anything else starts, and without signals of its own."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from mailbot.web.guard import App


def listen(site: App, address: str) -> tuple[uvicorn.Server, int]:
    """A server on a socket that is bound at once, so that a taken port is a clear error; and its port."""
    host, _, port = address.rpartition(":")
    listener = socket.create_server((host.strip("[]") or "127.0.0.1", int(port)), backlog=512)
    config = uvicorn.Config(
        site, log_config=None, access_log=False, server_header=False, lifespan="off", timeout_graceful_shutdown=5
    )
    server = _Server(config)
    serve = server.serve
    server.serve = lambda sockets=None: serve(sockets=[listener])  # type: ignore[method-assign]
    return server, listener.getsockname()[1]


class _Server(uvicorn.Server):
    """uvicorn in our loop: signals are ours."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
