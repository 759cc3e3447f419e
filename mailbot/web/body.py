"""Reads the bodies of requests within limits, and HTML forms out of them."""

from urllib.parse import parse_qsl

from starlette.requests import Request

FORM_LIMIT = 256 * 1024  # bytes: an answer of 20,000 characters, percent-encoded, in any script
_FIELDS = 20


class TooLarge(Exception):
    """The body is larger than this place takes."""


class BadForm(Exception):
    """The body is not a form that one of our pages could have sent."""


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body. Raises TooLarge as soon as it is known to be too large, not after having read it."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and len(declared) < 20 and int(declared) > limit:
        raise TooLarge
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise TooLarge
        chunks.append(chunk)
    return b"".join(chunks)


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form (application/x-www-form-urlencoded), the first of each name. Raises BadForm, TooLarge."""
    body = await read_body(request, FORM_LIMIT)
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS, errors="replace")
    except ValueError:
        raise BadForm from None
    fields: dict[str, str] = {}
    for name, value in pairs:
        fields.setdefault(name, value.replace("\r\n", "\n").replace("\x00", ""))
    return fields
