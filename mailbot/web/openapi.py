"""The OpenAPI description of the shop's API: what may be sent, what is answered, with an example of every event."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from starlette.requests import Request

from mailbot import __version__
from mailbot.model.event import EVENT

_ABOUT = """The shop tells what happens to orders; mailbot keeps the news before it answers, and then
tells the customers.

Amounts are integers in the currency's minor unit (4990 is 49.90 euro). Times are RFC 3339 with a zone. Optional fields
may be left out; unknown ones are kept and ignored. News may come late or out of order: send it again when in doubt,
the same id has its effect once."""

_LINE = {
    "sku": "NIMBUS-5", "name": "Nimbus 5", "quantity": 1, "unit_net": 4192, "tax_rate": "19", "tax_name": "VAT",
    "kind": "download", "publisher": {"name": "Nimbus Ltd", "support": "https://nimbus.example/help"},
}  # fmt: skip
_ORDER = {
    "number": "2001", "placed_at": "2026-11-02T09:30:00Z", "currency": "EUR", "payment_method": "wire",
    "customer": {"name": "Jo Park", "email": "jo@customer.example", "language": "en", "address": {"country": "DE"}},
    "lines": [_LINE], "total_net": 4192, "total_tax": 796, "total": 4988,
    "withdrawal": {"informed_at": "2026-11-02T09:29:40Z", "consent_at": "2026-11-02T09:29:51Z",
                   "acknowledged_at": "2026-11-02T09:29:51Z"},
}  # fmt: skip
_PAYMENT = {"id": "pay_1", "method": "wire", "amount": 4988, "currency": "EUR"}
_ITEM = {
    "sku": "NIMBUS-5", "keys": ["N5-7K2M-QW9X"], "download_url": "https://files.shop.example/nimbus-5.zip",
    "download_days": 30,
}  # fmt: skip


def _example(number: int, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": f"evt_{number}", "type": kind, "at": "2026-11-02T09:30:00Z", "shop": "demo", **more}


EXAMPLES: Mapping[str, dict[str, Any]] = {
    event["type"]: event
    for event in (
        _example(1, "order.placed", order=_ORDER),
        _example(2, "payment.received", order_number="2001", payment=_PAYMENT),
        _example(3, "payment.declined", order_number="2001",
                 payment={**_PAYMENT, "method": "card", "card_last4": "4242", "reason": "declined"}),
        _example(4, "order.delivered", order_number="2001", items=[_ITEM]),
        _example(5, "order.cancelled", order_number="2001", reason="by the shop"),
        _example(6, "payment.refunded", order_number="2001", refund={"id": "re_1", "amount": 4988, "currency": "EUR"}),
        _example(7, "subscription.renewing", order_number="2001",
                 subscription={"id": "sub_1", "renews_on": "2027-11-02", "amount": 4988, "currency": "EUR"}),
    )
}  # fmt: skip
"""One event of every type, as it may be sent."""


_TEXT = {"type": "string"}


def _answer(about: str, schema: dict[str, Any], **headers: str) -> dict[str, Any]:
    told = {name.replace("_", "-"): {"description": text, "schema": _TEXT} for name, text in headers.items()}
    return {"description": about, "content": {"application/json": {"schema": schema}}, "headers": told}


_KEPT = {
    "type": "object",
    "required": ["event", "new"],
    "properties": {
        "event": {**_TEXT, "description": "the event's id"},
        "new": {"type": "boolean", "description": "false: this id was known already, and has no further effect"},
        "waiting": {"type": "boolean", "description": "the order is not known yet: kept, and applied when it comes"},
        "differs": {"type": "boolean", "description": "this id was sent before with other contents, which count"},
    },
}
_ERROR = {"type": "object", "properties": {"error": _TEXT}}
_FAULTS = {
    "type": "object",
    "properties": {
        "faults": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"path": {**_TEXT, "examples": ["order.lines.0.unit_net"]}, "message": _TEXT},
            },
        }
    },
}

OPERATION: dict[str, Any] = {
    "summary": "News from the shop",
    "description": _ABOUT,
    "status_code": 202,
    "response_model": None,
    "responses": {
        200: _answer("Known already: the same id again has no further effect.", _KEPT),
        202: _answer("Kept. It is applied in a moment.", _KEPT),
        401: _answer("The token is not that of a shop.", _ERROR, www_authenticate="Bearer"),
        405: _answer("Only POST is taken here.", _ERROR, allow="POST"),
        413: _answer("The body is larger than 1 MiB.", _ERROR),
        422: _answer("The event is malformed; nothing was kept. Every fault has its path.", _FAULTS),
    },
    "openapi_extra": {
        "security": [{"shop": []}],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": "#/components/schemas/Event"},
                    "examples": {name: {"value": event} for name, event in EXAMPLES.items()},
                }
            },
        },
    },
}
"""How `POST /api/events` is described."""


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The whole OpenAPI document, with the schema of every event."""
    from fastapi import FastAPI  # here, because few installations are ever asked, and it takes 7 MB
    from fastapi.openapi.utils import get_openapi

    app = FastAPI(title="mailbot", version=__version__)

    @app.post("/api/events", **OPERATION)
    async def post_event(request: Request) -> None: ...

    whole = get_openapi(title=app.title, version=app.version, summary="The shop's API", routes=app.routes)
    schema = EVENT.json_schema(ref_template="#/components/schemas/{model}")
    components = whole.setdefault("components", {})
    components.setdefault("schemas", {}).update(schema.pop("$defs"))
    components["schemas"]["Event"] = schema
    components["securitySchemes"] = {"shop": {"type": "http", "scheme": "bearer", "description": "the shop's token"}}
    return whole
