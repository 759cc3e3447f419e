"""/health: 200 when everything that this process runs is well, else 503 with what is not."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mailbot.web.context import Site


async def health(site: Site, request: Request) -> Response:
    """`{"ok": false, "unwell": ["outbox"], "running": ["desk", "outbox"]}`"""
    parts = dict(site.healthy())
    unwell = sorted(name for name, well in parts.items() if not well)
    return JSONResponse({"ok": not unwell, "unwell": unwell, "running": sorted(parts)}, 503 if unwell else 200)
