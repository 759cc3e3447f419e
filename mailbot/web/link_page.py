"""The button on the page of a link that does not work any more: it asks for a new link.

The answer is the same whatever happens: whether the old link was ever ours, and whether there is an order behind it,
is seen only in the mailbox where the old one went.
"""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from mailbot.desk import asking
from mailbot.web import lookup_page
from mailbot.web.body import read_form
from mailbot.web.context import Site
from mailbot.web.errors import dead_link


async def link_page(site: Site, request: Request) -> Response:
    """GET /link?done: what happens now, in the same words for everybody."""
    return await dead_link(site, request, done="done" in request.query_params)


async def link_click(site: Site, request: Request) -> Response:
    """POST /link: mails a new link, if the old one was ours, and says neither that it was nor that it was not."""
    token = (await read_form(request)).get("token", "")[:100]
    peer = request.client.host if request.client else ""
    work = site.db.run(asking.fresh_link, site.house, site.house.links.made_for(token), peer, site.now())
    await asyncio.gather(work, asyncio.sleep(lookup_page.FLOOR))  # how long it takes tells nothing either
    site.wake("outbox")
    return site.see_other(request, "/link", done="1")
