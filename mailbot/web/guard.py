"""The outermost layer of the site: the headers that every answer carries, and the page that hides a fault of ours."""

import logging
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_POLICY = (
    b"default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    b"frame-ancestors 'none'"
)
HEADERS = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", _POLICY),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"referrer-policy", b"no-referrer"),  # the addresses of our pages are keys
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"x-robots-tag", b"noindex, nofollow"),
)

_log = logging.getLogger("mailbot.web")


class Guard:
    """Wraps the site: adds the headers, refuses forms sent from other sites, and turns a fault into `sorry`."""

    def __init__(self, app: App, sorry: App, foreign: App) -> None:
        self._app, self._sorry, self._foreign = app, sorry, foreign

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = ended = False

        async def guarded(message: Message) -> None:
            nonlocal begun, ended
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = _with_ours(message.get("headers", []))
            ended = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        app = self._foreign if _is_foreign_form(scope) else self._app
        try:
            await app(scope, receive, guarded)
        except Exception as error:
            _log_fault(scope, error)
            if begun and not ended:
                raise ConnectionAbortedError("an answer broke off; see the line before") from None
            if not begun:
                await self._sorry(scope, receive, guarded)


def _with_ours(headers: Any) -> list[tuple[bytes, bytes]]:
    """Our headers, where the page has not set its own."""
    given = [(bytes(name).lower(), bytes(value)) for name, value in headers]
    names = {name for name, _ in given}
    return given + [(name, value) for name, value in HEADERS if name not in names]


def _is_foreign_form(scope: Scope) -> bool:
    """A browser says that another site made it send this form (Fetch Metadata). Programs do not send the header."""
    return scope["method"] == "POST" and (b"sec-fetch-site", b"cross-site") in scope["headers"]


def _log_fault(scope: Scope, error: Exception) -> None:
    """Where and what kind, never the message or the path: those may hold a key, a link or a customer's words."""
    frames = "".join(traceback.format_tb(error.__traceback__)[-6:])
    place = "/" + scope["path"].lstrip("/").partition("/")[0]
    _log.error("%s %s failed with %s\n%s", scope["method"], place, type(error).__name__, frames)
