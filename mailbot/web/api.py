"""The shop's API: news comes in, is checked, and is kept before it is answered. The desk applies it."""

import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ValidationError
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mailbot.house import House
from mailbot.model.event import EVENT, Event, OrderPlaced
from mailbot.model.shop import Shop
from mailbot.store import events
from mailbot.store.tables import events as events_table
from mailbot.store.tables import orders as orders_table
from mailbot.web.body import read_body
from mailbot.web.context import Site
from mailbot.web.strict_json import BadJson, join, read_json

LIMIT = 1024 * 1024  # bytes
_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)

Fault = dict[str, str]


async def post_event(site: Site, request: Request) -> Response:
    """POST /api/events."""
    shop = _shop(site.house, request.headers.get("authorization", ""))
    if shop is None:
        error = "give the shop's token: Authorization: Bearer <token>"
        return JSONResponse({"error": error}, 401, {"www-authenticate": "Bearer"})
    body = await read_body(request, LIMIT)
    event, faults = check(site.house, shop, body)
    if event is None:
        return JSONResponse({"faults": faults}, 422)
    answer = await site.db.run(keep, site.house, shop, event, body, site.now())
    if answer["new"]:
        site.wake("desk")
    return JSONResponse(answer, 202 if answer["new"] else 200)


def check(house: House, shop: Shop, body: bytes) -> tuple[Event | None, list[Fault]]:
    """The event in the body, or every fault found in it with its path."""
    try:
        raw = read_json(body)
        event = EVENT.validate_json(body)
    except BadJson as error:
        return None, [_fault(error.path, str(error))]
    except ValidationError as error:
        return None, _faults(error)
    faults = [_fault(path, message) for path, message in _beyond(house, shop, event, raw)]
    return (None, faults) if faults else (event, [])


def keep(connection: Connection, house: House, shop: Shop, event: Event, body: bytes, now: datetime) -> dict[str, Any]:
    """Keeps the news, sealed and whole, under its id: uniqueness is the lock. Returns what the shop is answered."""
    try:
        with connection.begin_nested():
            if events.find(connection, shop.id, event.id) is None:
                events.keep(
                    connection,
                    shop=shop.id,
                    event_id=event.id,
                    type=event.type,
                    order_number=event.order_number,
                    at=event.at,
                    received_at=now,
                    sealed=house.sealer.seal(body, "events.sealed"),
                    state="new",
                    next_try=now,
                )
                known = isinstance(event, OrderPlaced) or _known(connection, shop, event.order_number)
                return {"event": event.id, "new": True, **({} if known else {"waiting": True})}
    except IntegrityError:
        pass  # the same news came twice in the same moment, and the other was first
    return {"event": event.id, "new": False, **_difference(connection, house, shop, event, body)}


def _shop(house: House, authorization: str) -> Shop | None:
    """The shop whose token this is. Every token is compared, each in constant time."""
    scheme, _, token = authorization.partition(" ")
    given = token.strip().encode("utf-8", "surrogateescape") if scheme.lower() == "bearer" else b""
    found = None
    for shop in house.shops.values():
        if hmac.compare_digest(shop.token.encode(), given):
            found = shop
    return found


def _faults(error: ValidationError) -> list[Fault]:
    """Pydantic's findings with our paths; a list that is called too short because of its faulty members is not one."""
    found = []
    for item in error.errors(include_url=False, include_context=False, include_input=False):
        where = item["loc"][1:] if item["loc"] else ("type",) if item["type"].startswith("union_tag") else ()
        found.append((".".join(str(part) for part in where), item["type"], item["msg"].removeprefix("Value error, ")))
    paths = [path for path, _, _ in found]
    return [
        _fault(path, message)
        for path, kind, message in found
        if kind != "too_short" or not any(other.startswith(f"{path}.") for other in paths)
    ]


def _beyond(house: House, shop: Shop, event: Event, raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the event's own model cannot know."""
    if event.shop != shop.id:
        yield "shop", f"should be the shop of the token, '{shop.id}'"
    for path, value in (("id", event.id), ("order_number", event.order_number)):
        if not value:
            yield ("order.number" if isinstance(event, OrderPlaced) and path != "id" else path), "should not be blank"
    if isinstance(event, OrderPlaced) and event.order.payment_method not in house.methods:
        known = ", ".join(method.id for method in house.methods)
        yield "order.payment_method", f"should be one of {known}"
    yield from _times(event, raw, "")


def _times(value: Any, raw: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every time should be RFC 3339 text, in a year that calendars and databases can reckon with."""
    if isinstance(value, datetime):
        if not isinstance(raw, str):
            yield path, "should be a time as text (RFC 3339), such as 2026-11-02T09:30:00Z"
        elif not _FIRST.replace(tzinfo=None) <= value.replace(tzinfo=None) <= _LAST.replace(tzinfo=None):
            yield path, "should be a time between 1990 and 2200"
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _times(getattr(value, name), raw.get(name) if isinstance(raw, dict) else None, join(path, name))


def _known(connection: Connection, shop: Shop, number: str) -> bool:
    """Whether the order is in the books, or the news of it is kept and about to be applied."""
    order = select(orders_table.c.id).where(orders_table.c.shop == shop.id, orders_table.c.number == number)
    placed = select(events_table.c.id).where(
        events_table.c.shop == shop.id,
        events_table.c.order_number == number,
        events_table.c.type == "order.placed",
        events_table.c.state.in_(("new", "working")),
    )
    return connection.scalar(order) is not None or connection.scalar(placed) is not None


def _difference(connection: Connection, house: House, shop: Shop, event: Event, body: bytes) -> dict[str, Any]:
    """`{"differs": true}` when the news kept under this id says something else: the shop should see its mistake."""
    query = select(events_table.c.sealed).where(events_table.c.shop == shop.id, events_table.c.event_id == event.id)
    sealed = connection.scalar(query)
    same = sealed is not None and json.loads(house.sealer.open(sealed, "events.sealed")) == json.loads(body)
    return {} if same else {"differs": True}


def _fault(path: str, message: str) -> Fault:
    return {"path": path, "message": message}
