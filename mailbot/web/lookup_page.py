"""The purchase lookup: an address goes in, and a list of its orders is mailed to it; the page itself tells nothing."""

import asyncio
import re

from starlette.requests import Request
from starlette.responses import Response

from mailbot.desk import asking
from mailbot.model.shop import Shop
from mailbot.web.body import read_form
from mailbot.web.context import Site, accepted
from mailbot.web.errors import error_page

FLOOR = 0.25
"""Seconds that every answer takes at least: writing a letter takes time, and time would tell who has orders here."""

_PART = r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]"
_ADDRESS = re.compile(rf"{_PART}{{1,64}}@{_PART}{{3,250}}")


async def lookup_page(site: Site, request: Request) -> Response:
    """GET /lookup: one field. `?done` shows what happens now; it says the same to everybody."""
    shop = _shop(site, request.query_params.get("shop", ""))
    return await _show(site, request, shop, done="done" in request.query_params)


async def lookup_click(site: Site, request: Request) -> Response:
    """POST /lookup: mails the list, if there is one, and says neither that there is nor that there is not."""
    form = await read_form(request)
    shop = _shop(site, form.get("shop", "") or request.query_params.get("shop", ""))
    typed = form.get("email", "").strip()
    email = typed.lower()
    if shop is None or not _is_address(email):
        return await _show(site, request, shop, typed=typed[:320], fault="shop" if shop is None else "email")
    language = site.language(request, shop, *accepted(request))
    peer = request.client.host if request.client else ""
    work = site.db.run(asking.lookup, site.house, shop, email, peer, language, site.now())
    welcome, _ = await asyncio.gather(work, asyncio.sleep(FLOOR))
    if not welcome:
        return await error_page(site, request, "often", {"retry-after": "3600"}, shop)
    site.wake("outbox")
    return site.see_other(request, "/lookup", shop=shop.id, done="1")


def _is_address(email: str) -> bool:
    return bool(_ADDRESS.fullmatch(email)) and "." in email.rpartition("@")[2].strip(".")


def _shop(site: Site, wanted: str) -> Shop | None:
    """The shop asked for, or the only one there is."""
    shops = list(site.house.shops.values())
    return site.house.shops.get(wanted) or (shops[0] if len(shops) == 1 else None)


async def _show(
    site: Site, request: Request, shop: Shop | None, *, done: bool = False, typed: str = "", fault: str = ""
) -> Response:
    language = site.language(request, shop, *accepted(request))
    shops = [] if shop else list(site.house.shops.values())
    return await site.page(
        request, "lookup", shop, language, status=422 if fault else 200,
        shops=shops, done=done and shop is not None, typed=typed, fault=fault,
    )  # fmt: skip
