"""The demo page: every mailbox, every letter, the reasons beside it, and a box to answer as the customer."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from mailbot.demo import sample
from mailbot.demo.acts import ACTS
from mailbot.demo.because import asked, eml_name, explained, on_the_wire, reasons
from mailbot.demo.doing import Done
from mailbot.demo.post_office import Post
from mailbot.demo.shown import AS_TEXT, VIEWS, html_of, text_of
from mailbot.demo.stage import Stage
from mailbot.demo.trythis import SUGGESTIONS
from mailbot.demo.wire import unsigned
from mailbot.shipped import folder

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
    environment.filters["unsigned"] = unsigned
    page = _Page(stage, environment, templates)
    return Starlette(
        routes=[
            Route("/", page.show),
            Route("/do", page.act, methods=["POST"]),
            Route("/letter/{number:int}", page.letter),
            Route("/mail/{number:int}", page.eml),
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
        view = query.get("view", "html") if query.get("view") in VIEWS else "html"
        view = "text" if chosen and chosen.sent and view not in AS_TEXT else view
        values = {
            "now": self._stage.clock.now(),
            "coming": await self._stage.coming(),
            "boxes": self._boxes(),
            "box": box,
            "posts": posts,
            "post": chosen,
            "view": view,
            "views": [name for name in VIEWS if name in AS_TEXT or not (chosen and chosen.sent)],
            "names": VIEWS,
            "text": text_of(chosen, view) if chosen and view in AS_TEXT else "",
            **await self._reasons(chosen, "explain" in query),
            "suggestions": SUGGESTIONS,
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

    async def _reasons(self, post: Post | None, explain: bool) -> dict[str, Any]:
        mail = asked(self._stage, post) if post else None
        return {
            "because": await reasons(self._stage, post) if post else None,
            "wire": on_the_wire(self._stage, post) if post else [],
            "mail": mail,
            "eml": eml_name(mail) if mail else "",
            "explain": await explained(self._stage, mail) if mail and explain else "",
            "config": self._stage.folder.config,
        }

    async def act(self, request: Request) -> Response:
        """A button was pressed. Other sites cannot press it: the page is only for who looks at it."""
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return PlainTextResponse("the demo's buttons work only on its own page", status_code=403)
        form = {key: str(value)[:20_000] for key, value in (await request.form()).items()}
        act = ACTS.get(form.get("act", ""))
        done = await act(self._stage, form) if act else Done("there is no such button")
        self._stage.save()
        target = _link(done.box or form.get("box", ""), done.mail, said=done.said) + "#mail"
        return RedirectResponse(target, status_code=303)

    async def letter(self, request: Request) -> Response:
        """A letter as HTML, alone in its frame, without the right to load or run anything."""
        post = self._stage.office.get(request.path_params["number"])
        if post is None:
            return PlainTextResponse("there is no such letter", status_code=404)
        html = html_of(post, styles=not request.query_params.get("plain"))
        return HTMLResponse(html, headers={"Content-Security-Policy": _LETTER_CSP, "Cache-Control": "no-store"})

    async def eml(self, request: Request) -> Response:
        """A mail as it came, for `mailbot explain` and `mailbot read`."""
        post = self._stage.office.get(request.path_params["number"])
        if post is None:
            return PlainTextResponse("there is no such mail", status_code=404)
        headers = {"Content-Disposition": f'attachment; filename="{eml_name(post)}"', "Cache-Control": "no-store"}
        return Response(post.raw, media_type="message/rfc822", headers=headers)

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
