"""Pages whose button does something that cannot be taken back: cancel an order, ask for the money back.

The page asks, the button acts, and the order page shows how it ended. GET never acts: mail scanners follow links.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from mailbot.desk import click, view
from mailbot.desk.click import Clicked
from mailbot.desk.view import OrderView
from mailbot.house import House
from mailbot.web.body import read_form
from mailbot.web.context import Opened, Site
from mailbot.web.errors import gone
from mailbot.web.order_pages import show

_Act = Callable[[Connection, House, int, datetime], Clicked]


async def cancel_page(site: Site, request: Request) -> Response:
    """GET /cancel/<token>: asks whether to cancel the unpaid order."""
    return await _ask(site, request, "cancel")


async def cancel_click(site: Site, request: Request) -> Response:
    """POST /cancel/<token>: cancels it."""
    return await _do(site, request, "cancel", click.cancel)


async def refund_page(site: Site, request: Request) -> Response:
    """GET /refund/<token>: asks whether to start the refund."""
    return await _ask(site, request, "refund")


async def refund_click(site: Site, request: Request) -> Response:
    """POST /refund/<token>: starts it."""
    return await _do(site, request, "refund", click.start_refund)


async def _ask(site: Site, request: Request, purpose: str) -> Response:
    opened = site.opened(request, purpose)
    seen = await site.db.look(view.order_view, site.house, opened.subject, site.now())
    return await gone(site, request) if seen is None else await _question(site, request, purpose, seen, opened)


async def _do(site: Site, request: Request, purpose: str, act: _Act) -> Response:
    opened = site.opened(request, purpose)
    await read_form(request)  # nothing is asked, but a body that is too large or no form is refused
    clicked = await site.db.run(act, site.house, opened.subject, site.now())
    if clicked.done:
        site.wake("outbox")
        return site.see_other(request, site.link("order", opened.subject, opened.until), done=clicked.why)
    seen = await site.db.look(view.order_view, site.house, opened.subject, site.now())
    if seen is None:
        return await gone(site, request)
    return await _question(site, request, purpose, seen, opened, refused=True)


async def _question(
    site: Site, request: Request, purpose: str, seen: OrderView, opened: Opened, *, refused: bool = False
) -> Response:
    """The question while it can still be asked; afterwards the same address says how the order stands instead."""
    open_still = _may_cancel(seen) if purpose == "cancel" else seen.refund == "button"
    values: dict[str, Any] = {"open_still": open_still}
    status = 200 if open_still else 409 if refused else 410
    return await show(site, request, purpose, seen, opened, status=status, **values)


def _may_cancel(seen: OrderView) -> bool:
    """Whether the button may cancel: with a part of the money here, a person does, and pays it back."""
    return seen.order.allows("cancel") and not seen.order.part_paid
