"""What every page has at hand: the database, the house, the clock, and how to answer with a page."""

import asyncio
import re
import struct
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from mailbot.house import House
from mailbot.model.shop import Shop
from mailbot.outbox.formats import zone_of
from mailbot.store.database import Database
from mailbot.web.pages import Pages

_LIVES = {"order": 365, "pay": 180, "refund": 14, "cancel": 14, "case": 60}  # days, as in the letters
_WISH = re.compile(r"([a-z]{1,8})(?:-[a-z0-9]{1,8}){0,4}(?:;q=([01](?:\.[0-9]{0,3})?))?")


@dataclass(frozen=True)
class Opened:
    """What a signed link opens: the row it is bound to, and until when it works."""

    subject: int
    until: datetime


@dataclass(frozen=True)
class Site:
    """One installation's pages. `wake` tells a worker ("desk", "outbox") that there is work for it."""

    db: Database
    house: House
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    healthy: Callable[[], Mapping[str, bool]]
    pages: Pages

    @property
    def base(self) -> str:
        """The path below which customers reach the pages; the proxy in front takes it away."""
        return urlsplit(self.house.links.url).path.rstrip("/")

    def opened(self, request: Request, purpose: str) -> Opened:
        """Checks the link that leads here. Raises BadLink or OldLink."""
        token = request.path_params["token"]
        subject = self.house.links.subject(purpose, token, self.now())
        return Opened(subject, read_token(token)[1])

    def link(self, purpose: str, subject: int, until: datetime) -> str:
        """The path of another page of the same subject. It never works longer than the link that led here."""
        expires = min(until, self.now() + timedelta(days=_LIVES[purpose]))
        return f"/{purpose}/{self.house.links.token(purpose, subject, expires)}"

    def language(self, request: Request, shop: Shop | None, *wishes: str) -> str:
        """The language chosen on the page, else the first wish that the shop speaks, else the shop's own."""
        speaks = self.languages(shop)
        chosen = request.query_params.get("lang", "")
        own = shop.language if shop else ""
        return next((wish for wish in (chosen, *wishes, own) if wish in speaks), speaks[0])

    def languages(self, shop: Shop | None) -> tuple[str, ...]:
        shops = [shop] if shop else list(self.house.shops.values())
        wanted = tuple(dict.fromkeys(language for one in shops for language in one.languages))
        return tuple(language for language in wanted if self.pages.speaks(language)) or ("en",)

    async def page(
        self, request: Request, template: str, shop: Shop | None, language: str, *, status: int = 200,
        headers: Mapping[str, str] | None = None, **values: Any,
    ) -> HTMLResponse:  # fmt: skip
        """The page of that template, rendered in a thread. Its links, `to(path)`, keep the chosen language."""
        chosen = {"lang": language} if request.query_params.get("lang") == language else {}
        values |= {
            "shop": shop,
            "base": self.base,
            "to": lambda path, **query: self._address(path, {**query, **chosen}),
            "here": self.base + request.url.path + ("?shop=" + shop.id + "&" if shop and template == "lookup" else "?"),
            "languages": self.languages(shop) if template not in ("api", "error") else (),
            "today": self.now().astimezone(_zone(shop)).date(),
        }
        html = await asyncio.to_thread(self.pages.render, template, language, _zone(shop), values)
        return HTMLResponse(html, status, headers={"content-language": language, **(headers or {})})

    def see_other(self, request: Request, path: str, **query: str) -> RedirectResponse:
        """After a form has acted: 303 to a page that shows how it ended, so that a reload sends nothing twice."""
        chosen = request.query_params.get("lang", "")
        query |= {"lang": chosen} if chosen in self.languages(None) else {}
        return RedirectResponse(self._address(path, query), 303)

    def _address(self, path: str, query: Mapping[str, str]) -> str:
        return f"{self.base}{path}" + (f"?{urlencode(query)}" if query else "")


def read_token(token: str) -> tuple[int, datetime]:
    """The subject and the end of a token that `Links.subject` has found to be genuine."""
    raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    _, subject, minutes = struct.unpack(">BQI", raw[:13])
    return int(subject), datetime.fromtimestamp(minutes * 60, UTC)


def accepted(request: Request) -> tuple[str, ...]:
    """The languages of the Accept-Language header, the most wanted first (RFC 9110 section 12.5.4)."""
    wishes = []
    for part in request.headers.get("accept-language", "")[:500].lower().split(",")[:20]:
        match = _WISH.fullmatch(part.strip().replace(" ", ""))
        if match and float(match[2] or 1) > 0:
            wishes.append((-float(match[2] or 1), match[1]))
    return tuple(language for _, language in sorted(wishes, key=lambda wish: wish[0]))


def _zone(shop: Shop | None) -> tzinfo:
    return zone_of(shop) if shop else UTC
