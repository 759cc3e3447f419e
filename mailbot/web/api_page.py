"""The OpenAPI document, and the same as one page for people, made here, without anything from elsewhere."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mailbot.web.context import Site
from mailbot.web.openapi import EXAMPLES, document


@dataclass(frozen=True)
class Field:
    """One field of an event: its path, what it holds, and whether it may be left out."""

    path: str
    holds: str
    required: bool


async def api_page(site: Site, request: Request) -> Response:
    """GET /api/docs."""
    whole = document()
    operation = whole["paths"]["/api/events"]["post"]
    url = site.house.links.url.rstrip("/") + "/api/events"
    return await site.page(
        request, "api", None, "en", operation=operation, url=url, events=list(_events(whole)),
        curl=json.dumps(EXAMPLES["order.cancelled"]),
    )  # fmt: skip


async def api_document(site: Site, request: Request) -> Response:
    """GET /api/openapi.json."""
    return JSONResponse(document())


def _events(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Each event type with its fields and an example."""
    schemas = document["components"]["schemas"]
    for name, reference in schemas["Event"]["discriminator"]["mapping"].items():
        schema = schemas[reference.rpartition("/")[2]]
        example = json.dumps(EXAMPLES[name], indent=1, ensure_ascii=False)
        yield {"name": name, "fields": list(_fields(schemas, schema, "")), "example": example}


def _fields(schemas: Mapping[str, Any], schema: Mapping[str, Any], path: str) -> Iterator[Field]:
    """The fields of a schema and of those inside it, depth first. Event schemas have no circles."""
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        where = f"{path}.{name}" if path else name
        many = field.get("type") == "array"
        inner = field.get("items", {}) if many else field
        reference = inner.get("$ref", "").rpartition("/")[2]
        yield Field(where, ("list of " if many else "") + _holds(inner, bool(reference)), name in required)
        if reference:
            yield from _fields(schemas, schemas[reference], where + ("[]" if many else ""))


def _holds(field: Mapping[str, Any], is_object: bool) -> str:
    """What a field holds, in a few words."""
    if is_object:
        return "object"
    if "anyOf" in field:
        return " or ".join(_holds(one, "$ref" in one) for one in field["anyOf"])
    if "const" in field:
        return f'"{field["const"]}"'
    if "enum" in field:
        return " or ".join(f'"{value}"' for value in field["enum"])
    return str({"date-time": "time (RFC 3339)"}.get(field.get("format", ""), field.get("type", "anything")))
