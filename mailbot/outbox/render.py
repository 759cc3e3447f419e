"""Renders a letter: one or several answers, one frame, one HTML and one text form that never disagree."""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jinja2 import TemplateError
from markupsafe import Markup

from mailbot.model.order import Order
from mailbot.model.shop import Shop
from mailbot.outbox.formats import zone_of
from mailbot.outbox.letters import Compiled, LetterError, Letters, Room
from mailbot.outbox.text import Ready, greeting_name, short, tidy, wrap

SUBJECT_LIMIT = 78
_ROOM_FOR_MORE = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One answer of a letter: its template, the order it speaks of, and what the template is told beside it.

    Facts are plain JSON values: dates and times ISO 8601, amounts in minor units. `links` go before the letter's links.
    """

    name: str
    order: Order | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture shown in the HTML part, referred to as `cid:<cid>`."""

    cid: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter as text: subject and preheader on one line each, `text` with `\\n` line ends and lines of at most 76."""

    subject: str
    preheader: str
    html: str
    text: str
    images: tuple[Image, ...] = ()


def render(
    letters: Letters,
    parts: Sequence[Part],
    *,
    shop: Shop,
    language: str,
    links: Mapping[str, str],
    now: datetime,
) -> Rendered:
    """The letter that gives these answers. Raises LetterError, naming the letter and what is wrong or missing."""
    room = letters.room(language, zone_of(shop))
    base = {"shop": shop, "now": now, "level": 1 if len(parts) == 1 else 2}
    sections, images = [], []
    for number, part in enumerate(parts, start=1):
        compiled = room.letter(part.name)
        facts, pictures = _pictures(part.facts, number)
        images += pictures
        reachable = {**links, **part.links}
        _check(part, compiled, reachable)
        values = base | {"order": part.order, "facts": facts, "links": reachable}
        try:
            sections.append(_section(room, compiled, values))
        except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError) as error:
            raise LetterError(f"letter '{part.name}' ({language}): {error}") from error
    return _framed(room, parts, sections, base, tuple(images), links)


@dataclass(frozen=True, slots=True)
class _Section:
    subject: str
    preheader: str
    html: Markup
    text: Ready
    layout: str


def _pictures(facts: Mapping[str, Any], number: int) -> tuple[Mapping[str, Any], list[Image]]:
    """Facts named `…_png` (bytes or base64) leave the facts; the template gets `…_cid` in their place."""
    names = [name for name in facts if name.endswith("_png")]
    if not names:
        return facts, []
    told, images = dict(facts), []
    for name in names:
        data = told.pop(name)
        if data:
            cid = f"{name.removesuffix('_png')}-{number}@mailbot"
            told[name.removesuffix("_png") + "_cid"] = cid
            images.append(Image(cid, "image/png", data if isinstance(data, bytes) else b64decode(data)))
    return told, images


def _check(part: Part, compiled: Compiled, links: Mapping[str, str]) -> None:
    needs = compiled.needs
    if needs.order == "required" and part.order is None:
        raise LetterError(f"letter '{part.name}' needs an order")
    for name, required in needs.facts.items():
        if required and part.facts.get(name) is None:
            raise LetterError(f"letter '{part.name}' needs the fact '{name}'")
    for name, required in needs.links.items():
        if required and not links.get(name):
            raise LetterError(f"letter '{part.name}' needs the link '{name}'")


def _section(room: Room, compiled: Compiled, values: dict[str, Any]) -> _Section:
    html_greeting, text_greeting = room.greeting(_name(compiled, values))
    head = dict.fromkeys("SP", "")
    for line in compiled.head.render(values).split("\x02"):
        if line[:1] in head:
            head[line[0]] = line[1:].strip()
    html = compiled.html.render(values, greeting_line=html_greeting)
    text = compiled.text.render(values, greeting_line=text_greeting)
    subject = short(tidy(head["S"]), SUBJECT_LIMIT)
    shown = Markup(html)  # noqa: S704 - Jinja escaped it
    return _Section(subject, tidy(head["P"]), shown, Ready(text), compiled.layout)


def _name(compiled: Compiled, values: Mapping[str, Any]) -> str:
    """Whom to greet: the colleague in letters to staff, else the order's customer, "" when it is nobody known."""
    if compiled.layout == "staff":
        return greeting_name(str(values["facts"].get("staff_name") or ""))
    return greeting_name(values["order"].customer.name) if values["order"] else ""


def _framed(
    room: Room,
    parts: Sequence[Part],
    sections: Sequence[_Section],
    base: Mapping[str, Any],
    images: tuple[Image, ...],
    links: Mapping[str, str],
) -> Rendered:
    orders = {part.order.number: part.order for part in parts if part.order}
    order = next(iter(orders.values())) if len(orders) == 1 else None
    values = {
        **base,
        "order": order,
        "links": links,
        "subject": _subject(room, sections),
        "preheader": sections[0].preheader,
        "layout": "order" if any(each.layout == "order" for each in sections) else sections[0].layout,
        "name": greeting_name(next((part.order.customer.name for part in parts if part.order), "")),
        "count": len(sections),
    }
    html = room.frame_html.render(values, sections=Markup("").join(each.html for each in sections))
    text = room.frame_text.render(values, sections=Ready("\n\n".join(each.text for each in sections)))
    return Rendered(values["subject"], values["preheader"], html, wrap(text), images)


def _subject(room: Room, sections: Sequence[_Section]) -> str:
    """The first answer's subject, and that there is more where it fits on a phone."""
    subject = sections[0].subject
    if len(sections) > 1:
        more = room.more(subject, len(sections) - 1)
        return more if len(more) <= _ROOM_FOR_MORE else subject
    return subject
