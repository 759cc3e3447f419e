"""The demo page: every mailbox, every letter, the reasons beside it, and a box to answer as the customer."""

import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from mailbot.demo import sample
from mailbot.demo.acts import ACTS, Done
from mailbot.demo.because import reasons
from mailbot.demo.parts import pictures
from mailbot.demo.post_office import Post
from mailbot.demo.stage import Stage
from mailbot.demo.trythis import SUGGESTIONS
from mailbot.shipped import folder

_VIEWS = ("html", "text", "source", "phone", "dark", "plain")
_CSP = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
)
_LETTER_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"  # its links may open pages, and nothing else may happen
)


def build_page(stage: Stage) -> Starlette:
    """The demo's own web application; it talks to the shop only by SMTP and HTTP, and reads its database to explain."""
    templates = folder("templates") / "demo"
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = _Page(stage, environment, templates)
    return Starlette(
        routes=[
            Route("/", page.show),
            Route("/do", page.act, methods=["POST"]),
            Route("/letter/{number:int}", page.letter),
            Route("/style.css", page.style),
        ]
    )


class _Page:
    def __init__(self, stage: Stage, environment: Environment, templates: Path) -> None:
        self._stage, self._environment, self._templates = stage, environment, templates

    async def show(self, request: Request) -> Response:
        office, query = self._stage.office, request.query_params
        box = query.get("box", "maria@cliente.example")
        posts = list(reversed(office.box(box)))
        number = int(query["mail"]) if query.get("mail", "").isdigit() else 0
        chosen = office.get(number) or (posts[0] if posts else None)
        view = query.get("view", "html") if query.get("view") in _VIEWS else "html"
        values = {
            "now": self._stage.clock.now(),
            "boxes": self._boxes(),
            "box": box,
            "posts": posts,
            "post": chosen,
            "view": view,
            "views": _VIEWS,
            "because": await reasons(self._stage, chosen) if chosen else None,
            "suggestions": SUGGESTIONS,
            "wire": office.wire[-12:],
            "said": query.get("said", "")[:300],
            "link": _link,
            "staff": sample.STAFF,
            "shop": self._stage.app.settings.shop[0],
            "shop_url": self._stage.url,
            "draft": query.get("draft", ""),
            "subject": query.get("subject", ""),
        }
        html = self._environment.get_template("page.html").render(values)
        return HTMLResponse(html, headers={"Content-Security-Policy": _CSP, "Cache-Control": "no-store"})

    async def act(self, request: Request) -> Response:
        """A button was pressed. Other sites cannot press it: the page is only for who looks at it."""
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return PlainTextResponse("the demo's buttons work only on its own page", status_code=403)
        form = {key: str(value)[:20_000] for key, value in (await request.form()).items()}
        act = ACTS.get(form.get("act", ""))
        done = await act(self._stage, form) if act else Done("there is no such button")
        target = _link(done.box or form.get("box", ""), done.mail, said=done.said)
        return RedirectResponse(target, status_code=303)

    async def letter(self, request: Request) -> Response:
        """A letter as HTML, alone in its frame, without the right to load or run anything."""
        post = self._stage.office.get(request.path_params["number"])
        if post is None:
            return PlainTextResponse("there is no such letter", status_code=404)
        html = _shown(post)
        if request.query_params.get("plain"):
            html = _without_styles(html)
        return HTMLResponse(html, headers={"Content-Security-Policy": _LETTER_CSP, "Cache-Control": "no-store"})

    async def style(self, request: Request) -> Response:
        return Response((self._templates / "style.css").read_text(encoding="utf-8"), media_type="text/css")

    def _boxes(self) -> list[Mapping[str, Any]]:
        names = {email: name for name, email in sample.people()} | {sample.STAFF: "Anna (staff)"}
        for post in self._stage.office.posts:
            names.setdefault(post.box, "a stranger")
        return [
            {"address": address, "name": name, "count": len(self._stage.office.box(address))}
            for address, name in names.items()
        ]


def _link(box: str, mail: int = 0, view: str = "", **more: str) -> str:
    query = {"box": box, **({"mail": str(mail)} if mail else {}), **({"view": view} if view else {}), **more}
    return "/?" + urlencode({key: value for key, value in query.items() if value})


def _shown(post: Post) -> str:
    """The HTML part with its own pictures in it, because nothing may be loaded from anywhere."""
    html = post.html or f"<pre>{escape(post.mail.text)}</pre>"
    for cid, media_type, data in pictures(post.raw):
        html = html.replace(f"cid:{cid}", f"data:{media_type};base64,{b64encode(data).decode()}")
    return html.replace("<head>", '<head><base target="_blank">', 1)  # its links open pages of the shop


def _without_styles(html: str) -> str:
    """The letter as mail programs show it that throw <style> away."""
    return re.sub(r"<style\b.*?</style>", "", html, flags=re.DOTALL)
