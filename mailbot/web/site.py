"""Joins the API, the pages and the guard to one web application: the table of all addresses is here."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from mailbot.house import House
from mailbot.store.database import Database
from mailbot.web import api, api_page, case_page, confirm_pages, lookup_page, order_pages
from mailbot.web.context import Site
from mailbot.web.errors import error_page, handlers
from mailbot.web.guard import App, Guard, Receive, Scope, Send
from mailbot.web.health import health
from mailbot.web.pages import Pages

_ADDRESSES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("GET", "/health", health),
    ("GET", "/order/{token}", order_pages.order_page),
    ("GET", "/order/{token}/invoice", order_pages.invoice_file),
    ("GET", "/pay/{token}", order_pages.pay_page),
    ("POST", "/pay/{token}", order_pages.pay_click),
    ("GET", "/refund/{token}", confirm_pages.refund_page),
    ("POST", "/refund/{token}", confirm_pages.refund_click),
    ("GET", "/cancel/{token}", confirm_pages.cancel_page),
    ("POST", "/cancel/{token}", confirm_pages.cancel_click),
    ("GET", "/lookup", lookup_page.lookup_page),
    ("POST", "/lookup", lookup_page.lookup_click),
    ("GET", "/case/{token}", case_page.case_page),
    ("POST", "/case/{token}", case_page.case_click),
    ("GET", "/api/docs", api_page.api_page),
    ("GET", "/api/openapi.json", api_page.api_document),
    ("POST", "/api/events", api.post_event),
)
"""Method, path, and who answers. A GET of any of them changes nothing."""


def build(
    db: Database,
    house: House,
    *,
    now: Callable[[], datetime],
    wake: Callable[[str], None],
    healthy: Callable[[], Mapping[str, bool]],
) -> App:
    """The whole site as an ASGI application.

    `now` gives the time (aware); `wake` is called with "desk" or "outbox" when there is new work for it; `healthy`
    tells for each part that this process runs whether it is well.
    """
    site = Site(db, house, now, wake, healthy, Pages(house.templates))
    app = Starlette(routes=_routes(site), exception_handlers=handlers(site))
    app.router.redirect_slashes = False
    return Guard(app, _plain(site, "ours"), _plain(site, "foreign"))


def _routes(site: Site) -> list[BaseRoute]:
    """One route for each path, so that another method of the same path is a 405 that names the right ones."""
    paths: dict[str, dict[str, Callable[..., Any]]] = {}
    for method, path, answer in _ADDRESSES:
        paths.setdefault(path, {})[method] = answer
    routes: list[BaseRoute] = [
        Route(path, partial(_answer, site, answers), methods=list(answers)) for path, answers in paths.items()
    ]
    return [*routes, Route("/static/{name}", partial(_static, site), methods=["GET"])]


async def _answer(site: Site, answers: Mapping[str, Callable[..., Any]], request: Request) -> Response:
    answer = answers["GET" if request.method == "HEAD" else request.method]
    response: Response = await answer(site, request)
    return response


async def _static(site: Site, request: Request) -> Response:
    """The one style sheet; its name holds its checksum, so that it can be kept for ever."""
    if request.path_params["name"] != site.pages.css_name:
        raise HTTPException(404)
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(site.pages.css, media_type="text/css", headers=headers)


def _plain(site: Site, name: str) -> App:
    """An error page as an application of its own, for the guard."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        response = await error_page(site, Request(scope, receive), name)
        await response(scope, receive, send)

    return app
