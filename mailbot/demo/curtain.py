"""What the demo's address shows from its first moment on: a curtain, until the shop behind it is open."""

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.responses import HTMLResponse

_PATIENCE = 0.3  # seconds that a request waits for the shop, before it is shown the curtain
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Refresh": "1",  # a header works without any script
}
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>mailbot demo: opening</title>
<style>body { font: 17px/1.6 system-ui, sans-serif; margin: 20vh auto; max-width: 34rem; padding: 0 1rem }
a { color: inherit }</style></head>
<body><main><h1>The sample shop is opening</h1>
<p>It lives through its last weeks in a moment: orders, payments, reminders. So far <b>%s</b> mails.</p>
<p>This page turns into the demo by itself; <a href="/">look again</a>.</p></main></body></html>"""


class Curtain:
    """An ASGI application that hands on to `page` as soon as there is one."""

    def __init__(self) -> None:
        self._page: Any = None
        self._up = asyncio.Event()
        self.mails: Callable[[], int] = lambda: 0  # how far the story is

    def rise(self, page: Any) -> None:
        self._page = page
        self._up.set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self._page is None:
            try:
                await asyncio.wait_for(self._up.wait(), _PATIENCE)
            except TimeoutError:
                await HTMLResponse(_PAGE % self.mails(), headers=_HEADERS)(scope, receive, send)
                return
        await self._page(scope, receive, send)
