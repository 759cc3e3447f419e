"""The pages that say what went wrong and what to do next, each with its own status."""

import re
from collections.abc import Callable, Coroutine
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mailbot.links import BadLink, OldLink
from mailbot.model.order import IllegalStep
from mailbot.model.shop import Shop
from mailbot.store.orders import Overtaken
from mailbot.web.body import BadForm, TooLarge
from mailbot.web.context import Site, accepted

Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]

_STATUS = {
    "missing": 404, "method": 405, "form": 400, "too_large": 413,
    "changed": 409, "foreign": 403, "often": 429, "ours": 500,
}  # fmt: skip

_EXCEPTIONS: tuple[tuple[type[Exception], str], ...] = (
    (BadForm, "form"), (TooLarge, "too_large"), (IllegalStep, "changed"), (Overtaken, "changed"), (Exception, "ours"),
)  # fmt: skip

_TOKEN = re.compile(r"[\w-]{1,100}", re.ASCII)

_WORDS = {
    "missing": "there is nothing at this address", "method": "this address does not take this method",
    "too_large": "the body is too large", "foreign": "this was sent from another site",
    "ours": "the fault is ours; nothing was changed, please try again",
}  # fmt: skip


def handlers(site: Site) -> dict[int | type[Exception], Handler]:
    """A page for every exception that a request may end with."""

    def of(name: str) -> Handler:
        async def answer(request: Request, error: Exception) -> Response:
            return await error_page(site, request, name)

        return answer

    async def by_status(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        names = {404: "missing", 405: "method", 413: "too_large"}
        name = names.get(error.status_code, "form" if error.status_code < 500 else "ours")
        return await error_page(site, request, name, dict(error.headers or {}))

    async def by_link(request: Request, error: Exception) -> Response:
        return await dead_link(site, request)

    links: dict[int | type[Exception], Handler] = {BadLink: by_link, OldLink: by_link}
    return {HTTPException: by_status, **links, **{kind: of(name) for kind, name in _EXCEPTIONS}}


async def error_page(
    site: Site, request: Request, name: str, headers: dict[str, str] | None = None, shop: Shop | None = None
) -> Response:
    """A page for people; plain JSON below /api, where programs ask."""
    status = _STATUS[name]
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": _WORDS.get(name, "this request cannot be understood")}, status, headers)
    shops = list(site.house.shops.values())
    shop = shop or (shops[0] if len(shops) == 1 else None)
    language = site.language(request, shop, *accepted(request))
    return await site.page(request, "error", shop, language, status=status, headers=headers, name=name)


async def dead_link(site: Site, request: Request, *, done: bool = False) -> Response:
    """In place of what a link led to: the same page for an old and an unknown one. Its form carries the old link on.

    `done` is the page after its button, which says the same to everybody too.
    """
    token = request.path_params.get("token", "")
    shops = list(site.house.shops.values())
    shop = shops[0] if len(shops) == 1 else None
    language = site.language(request, shop, *accepted(request))
    token = token if _TOKEN.fullmatch(token) else ""
    return await site.page(request, "link", shop, language, status=200 if done else 404, token=token, done=done)


async def gone(site: Site, request: Request) -> Response:
    """The link is genuine, but what it led to is not there any more: no other page than for a link that never was."""
    return await dead_link(site, request)
