"""/health: 200 when everything that this process runs is well, else 503 with what is not."""

import logging
from datetime import timedelta

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mailbot.store import errands
from mailbot.trouble import told
from mailbot.web.context import Site

log = logging.getLogger("mailbot.web")

_LATELY = timedelta(days=1)


async def health(site: Site, request: Request) -> Response:
    """`{"ok": false, "unwell": ["outbox"], "running": ["desk", "outbox"], "staff_unreached": 2}`

    The last is how many letters to staff were refused for good within a day: nobody may have heard of what waits for
    people. It is no trouble of this process, which a new start would not mend, so it alone is still a 200.
    """
    parts = dict(site.healthy())
    try:
        unreached = await site.db.look(_unreached, site)
    except Exception as error:
        log.error("health: %s", told(error))
        parts["database"], unreached = False, 0
    unwell = sorted(name for name, well in parts.items() if not well)
    more = {"staff_unreached": unreached} if unreached else {}
    return JSONResponse({"ok": not unwell, "unwell": unwell, "running": sorted(parts), **more}, 503 if unwell else 200)


def _unreached(connection: Connection, site: Site) -> int:
    staff = sorted({one.address.lower() for shop in site.house.shops.values() for one in shop.staff})
    return errands.never_to(connection, staff, site.now() - _LATELY)
