"""The few HTTP requests that the demo makes to itself, on loopback, without blocking its loop."""

import asyncio
import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any


async def post_json(host: str, port: int, path: str, body: dict[str, Any], token: str) -> tuple[int, dict[str, Any]]:
    """POSTs JSON with a bearer token. Returns status and the JSON answer."""
    request = urllib.request.Request(
        f"http://{host}:{port}{path}",
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    status, text = await asyncio.to_thread(_send, request)
    return status, json.loads(text or "{}")


async def get(url: str) -> tuple[int, str]:
    """GETs a page."""
    return await asyncio.to_thread(_send, urllib.request.Request(url))  # noqa: S310


async def press(url: str, **fields: str) -> tuple[int, str]:
    """Presses the button of a page: POSTs its form, follows the redirect, returns the page that comes."""
    data = urllib.parse.urlencode(fields).encode()
    return await asyncio.to_thread(_send, urllib.request.Request(url, data=data))  # noqa: S310


def _send(request: urllib.request.Request) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            return response.status, response.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")
