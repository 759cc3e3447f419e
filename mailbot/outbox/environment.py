"""The sandboxed Jinja environments of the letters: one pair (HTML, text) for a language and a time zone."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateAssertionError, TemplateNotFound, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from mailbot.outbox import formats, views
from mailbot.outbox.printing import html_href, html_key, html_value, is_web, text_key, text_link, text_value
from mailbot.outbox.text import Ready, paragraphs, short, tidy

Translate = Callable[[str], str]
COMPONENTS = ("order_table", "payment_instructions", "keys", "downloads", "support", "order_list", "details", "quote",
              "message", "own_words", "button", "state_word", "method_name", "greeting", "more")  # fmt: skip
"""Macros that layout/components.html and layout/components.txt both define."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class Missing(StrictUndefined):
    """A fact that was not given: false when asked for, an error when printed."""

    __slots__ = ()

    def __bool__(self) -> bool:  # type: ignore[override]
        return False

    def __eq__(self, other: object) -> bool:  # type: ignore[override]
        return False

    def __ne__(self, other: object) -> bool:  # type: ignore[override]
        return True

    __hash__ = object.__hash__  # type: ignore[assignment]


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox that puts translations and styles into a template while it is compiled: rendering is only Jinja."""

    translate: Translate
    css: Mapping[str, str]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _Words(self, name, filename).visit(super()._parse(source, name, filename))
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Plain data: no methods, nothing private, not the shop's token. Stricter than Jinja's sandbox, and faster."""
        if type(obj) is dict:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        value = getattr(obj, attribute, _NOTHING)
        if value is _NOTHING:
            return self.undefined(obj=obj, name=attribute)
        if attribute[0] == "_" or attribute == "token" or callable(value):
            return self.unsafe_undefined(obj, attribute)
        return value


_NOTHING = object()


class _Words(NodeTransformer):
    """Replaces `_("words {name}", name=…)` by its translation, and `css.name` by the attributes of that name."""

    def __init__(self, environment: LetterEnvironment, name: str | None, filename: str | None) -> None:
        self._name, self._filename = name, filename
        self._translate, self._css = environment.translate, environment.css
        self._html = bool(environment.autoescape)

    def visit_Output(self, node: nodes.Output) -> nodes.Output:
        children: list[nodes.Expr] = []
        for child in node.nodes:
            if _is_words(child):
                children.extend(self._data(part) for part in self._parts(child))
            else:
                children.append(self.visit(child))
        node.nodes = children
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:
        if not _is_words(node):
            visited: nodes.Expr = self.generic_visit(node)  # type: ignore[assignment]
            return visited
        parts = self._parts(node)
        return parts[0] if len(parts) == 1 else nodes.Concat(parts, lineno=node.lineno)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Expr:
        if isinstance(node.node, nodes.Name) and node.node.name == "css":
            if node.attr not in self._css:
                message = f"layout/styles.toml has no '{node.attr}'"
                raise TemplateAssertionError(message, node.lineno, self._name, self._filename)
            return nodes.TemplateData(self._css[node.attr], lineno=node.lineno)
        visited: nodes.Expr = self.generic_visit(node)  # type: ignore[assignment]
        return visited

    def _parts(self, call: Any) -> list[nodes.Expr]:
        values = {pair.key: pair.value for pair in call.kwargs}
        pieces = _PLACEHOLDER.split(self._translate(call.args[0].value))
        parts: list[nodes.Expr] = []
        for index, piece in enumerate(pieces):
            if index % 2:
                parts.append(self.visit(values[piece]) if piece in values else nodes.Const(f"{{{piece}}}"))
            elif piece:
                parts.append(nodes.Const(piece, lineno=call.lineno))
        return parts or [nodes.Const("")]

    def _data(self, part: nodes.Expr) -> nodes.Expr:
        """Words of ours need no tidying at run time; values do, and stay what they are."""
        if not isinstance(part, nodes.Const):
            return part
        return nodes.TemplateData(escape(part.value, quote=False) if self._html else part.value, lineno=part.lineno)


def _is_words(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name == "_"
        and len(node.args) == 1
        and isinstance(node.args[0], nodes.Const)
    )


def words_of(environment: LetterEnvironment, code: str) -> list[tuple[str, int]]:
    """Every text inside `_()` in a template, with its line."""
    tree = ImmutableSandboxedEnvironment._parse(environment, code, None, None)
    return [(call.args[0].value, call.lineno) for call in tree.find_all(nodes.Call) if _is_words(call)]  # type: ignore[attr-defined]


def make_environments(
    folders: Sequence[Path], language: str, zone: tzinfo, translate: Translate
) -> tuple[LetterEnvironment, LetterEnvironment]:
    """The HTML and the text environment, with filters, helpers and the components of `layout/`."""
    layouts = [folder / "layout" for folder in folders]
    html = LetterEnvironment(
        autoescape=True, undefined=Missing, finalize=html_value, loader=FileSystemLoader(layouts), auto_reload=False
    )
    text = LetterEnvironment(
        autoescape=False, undefined=Missing, finalize=text_value, loader=FileSystemLoader(layouts), auto_reload=False,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    html.filters |= {"href": html_href, "key": html_key, "lines": paragraphs, "ours": _ours_html}
    text.filters |= {"alone": text_link, "key": text_key, "block": Ready, "lines": paragraphs, "ours": Ready}
    text.filters["href"] = text_link  # links are checked alike in both forms
    for environment, suffix in ((html, "html"), (text, "txt")):
        environment.translate, environment.css = translate, _styles(layouts)
        environment.filters |= _formats(language, zone)
        environment.globals |= {
            "delivered": views.delivered,
            "taxes": views.taxes,
            "how_paid": views.how_paid,
            "lang": language,
        }
        environment.tests |= {"web": is_web}
        module = environment.get_template(f"components.{suffix}").module
        environment.globals |= {name: getattr(module, name) for name in COMPONENTS}
    return html, text


def _ours_html(line: str) -> Markup:
    """A line that a colleague wrote: escaped, but its web addresses are left as they are."""
    return Markup(escape(line))  # noqa: S704


def _formats(language: str, zone: tzinfo) -> dict[str, Callable[..., Any]]:
    return {
        "money": partial(formats.money, language=language),
        "day": partial(formats.day, language=language, zone=zone),
        "short_day": partial(formats.short_day, language=language, zone=zone),
        "time": partial(formats.time, language=language, zone=zone),
        "last_day": partial(views.last_day, zone=zone),
        "percent": partial(formats.percent, language=language),
        "country": partial(formats.country, language=language),
        "groups": lambda value: " ".join(value[at : at + 4] for at in range(0, len(value), 4)),
        "address": lambda value: value.removeprefix("https://").removeprefix("http://").rstrip("/"),
        "short": lambda value, limit: short(tidy(str(value)), limit),
    }


def _styles(layouts: Sequence[Path]) -> Mapping[str, str]:
    """Names of looks and the HTML attributes that make them, from the first `styles.toml`."""
    for folder in layouts:
        if (folder / "styles.toml").is_file():
            return tomllib.loads((folder / "styles.toml").read_text(encoding="utf-8"))
    raise TemplateNotFound("layout/styles.toml")
