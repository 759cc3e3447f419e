"""The customer's pages about one order: how it stands, its invoice, and how to pay it another way."""

from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from mailbot.desk import click, view
from mailbot.desk.view import OrderView
from mailbot.web.body import read_form
from mailbot.web.context import Opened, Site
from mailbot.web.errors import gone

_NOTES = frozenset({"changed", "cancelled", "refunding"})
"""What a button has just done; the order page says it at the top."""


async def order_page(site: Site, request: Request) -> Response:
    """GET /order/<token>: how the order stands, in words, and what can be done about it."""
    opened = site.opened(request, "order")
    seen = await site.db.look(view.order_view, site.house, opened.subject, site.now())
    if seen is None:
        return await gone(site, request)
    note = request.query_params.get("done", "")
    return await show(site, request, "order", seen, opened, note=note if note in _NOTES else "")


async def invoice_file(site: Site, request: Request) -> Response:
    """GET /order/<token>/invoice: the PDF as it was mailed."""
    opened = site.opened(request, "order")
    found = await site.db.look(view.invoice_pdf, opened.subject)
    if found is None:
        return await gone(site, request)
    number, pdf = found
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(number, safe='')}.pdf"}
    return Response(pdf, media_type="application/pdf", headers=headers)


async def pay_page(site: Site, request: Request) -> Response:
    """GET /pay/<token>: the ways to pay, each with the day on which the money would be here."""
    opened = site.opened(request, "pay")
    seen = await site.db.look(view.order_view, site.house, opened.subject, site.now())
    return await gone(site, request) if seen is None else await _ways(site, request, seen, opened)


async def pay_click(site: Site, request: Request) -> Response:
    """POST /pay/<token>: the order takes the chosen method; back to the order page, which says how to pay now."""
    opened = site.opened(request, "pay")
    method = (await read_form(request)).get("method", "")
    clicked = await site.db.run(click.change_method, site.house, opened.subject, method[:40], site.now())
    if clicked.done:
        site.wake("outbox")
        return site.see_other(request, site.link("order", opened.subject, opened.until), done=clicked.why)
    seen = await site.db.look(view.order_view, site.house, opened.subject, site.now())
    return await gone(site, request) if seen is None else await _ways(site, request, seen, opened, fault=clicked.why)


async def _ways(site: Site, request: Request, seen: OrderView, opened: Opened, fault: str = "") -> Response:
    pending = seen.order.allows("change_method")
    status = 200 if pending or seen.order.state == "paid" else 410
    return await show(
        site, request, "pay", seen, opened, status=422 if fault and pending else status,
        choices=view.choices(site.house, seen, site.now()) if pending and seen.order.open else [], fault=fault,
    )  # fmt: skip


async def show(
    site: Site, request: Request, name: str, seen: OrderView, opened: Opened, *, status: int = 200, **values: Any
) -> Response:
    """A page about an order, with links to the others, in the customer's language."""
    language = site.language(request, seen.shop, seen.order.customer.language)
    paths = {
        purpose: site.link(purpose, opened.subject, opened.until) for purpose in ("order", "pay", "refund", "cancel")
    }
    return await site.page(
        request, name, seen.shop, language, status=status, view=seen, order=seen.order, paths=paths, **values
    )
