"""The case page, where staff decide what the bot left to them: yes, no, an answer in their own words, or close."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from mailbot.desk import case_view, click
from mailbot.desk.case_view import CaseView
from mailbot.desk.click import Clicked
from mailbot.web.body import BadForm, read_form
from mailbot.web.context import Opened, Site
from mailbot.web.errors import gone

_LONGEST = 20_000  # characters of an answer


async def case_page(site: Site, request: Request) -> Response:
    """GET /case/<token>: the question, why it is asked, and what a yes would do."""
    opened = site.opened(request, "case")
    return await _show(site, request, opened, note=request.query_params.get("done", "")[:20])


async def case_click(site: Site, request: Request) -> Response:
    """POST /case/<token>: `action` is approve, decline, answer or close; `version` is that of the order as seen."""
    opened = site.opened(request, "case")
    form = await read_form(request)
    action, text = form.get("action", ""), form.get("text", "").strip()
    if action == "answer" and not text:
        return await _show(site, request, opened, status=422, fault="empty")
    if action == "answer" and len(text) > _LONGEST:
        return await _show(site, request, opened, status=422, fault="long", typed=text[:_LONGEST])
    clicked = await _act(site, opened.subject, action, text, form.get("version", ""))
    if clicked.done:
        site.wake("outbox")
        return site.see_other(request, f"/case/{request.path_params['token']}", done=clicked.why)
    return await _show(site, request, opened, status=409, fault=clicked.why, typed=text)


async def _act(site: Site, case_id: int, action: str, text: str, version: str) -> Clicked:
    seen = int(version) if version.isdecimal() and len(version) < 10 else -1  # nobody decides about an order unseen
    db, house, now = site.db, site.house, site.now()
    match action:
        case "approve":
            return await db.run(click.approve, house, case_id, now, seen)
        case "decline":
            return await db.run(click.decline, house, case_id, now, seen)
        case "answer":
            return await db.run(click.answer, house, case_id, text, now)
        case "close":
            return await db.run(click.close, house, case_id, now)
    raise BadForm


async def _show(site: Site, request: Request, opened: Opened, *, status: int = 200, **values: Any) -> Response:
    seen: CaseView | None = await site.db.look(case_view.case_view, site.house, opened.subject, site.now())
    if seen is None:
        return await gone(site, request)
    language = site.language(request, seen.shop)
    here = f"/case/{request.path_params['token']}"
    values = {"note": "", "fault": "", "typed": "", **values}
    return await site.page(
        request, "case", seen.shop, language, status=status, view=seen, case=seen.case, order=seen.order, path=here,
        **values,
    )  # fmt: skip
