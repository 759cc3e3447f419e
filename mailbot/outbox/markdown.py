"""Turns the Markdown of one block into a piece of HTML template and a piece of text template, values still open.

Expressions are taken out before Markdown sees the text and put back after it, so that a value can never be Markdown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from mailbot.outbox.source import EXPRESSION

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_inline", "autolink"])
_TAGS = {"strong_open": "<strong>", "strong_close": "</strong>", "em_open": "<em>", "em_close": "</em>",
         "link_close": "</a>", "softbreak": " ", "hardbreak": "<br>"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """The two forms of a block, and the Jinja expressions of its links in order."""

    html: str
    text: str
    urls: tuple[str, ...]


def inline(text: str, css: Mapping[str, str]) -> Piece:
    """The block's text as template code. `css` holds the attributes of `a` and `code` by name."""
    expressions = EXPRESSION.findall(text)
    numbers = iter(range(len(expressions)))
    tokens = _MARKDOWN.parseInline(EXPRESSION.sub(lambda _: f"zq{next(numbers)}qz", text))[0].children or []
    urls = tuple(_target(token, expressions) for token in tokens if token.type == "link_open")
    html = "".join(_html(token, css, expressions) for token in tokens)
    plain = "".join(_text(token) for token in tokens)
    return Piece(_put_back(html, expressions), _put_back(plain, expressions), urls)


def _target(token: Token, expressions: Sequence[str]) -> str:
    """The Jinja expression a link leads to; an address written out in the source becomes a string."""
    target = str(token.attrs["href"])
    number = target.removeprefix("zq").removesuffix("qz")
    return expressions[int(number)][2:-2].strip() if number.isdigit() else repr(target)


def _html(token: Token, css: Mapping[str, str], expressions: Sequence[str]) -> str:
    if token.type == "text":
        return escape(token.content, quote=False)
    if token.type == "code_inline":
        return f"<code {css['code']}>{escape(token.content, quote=False)}</code>"
    if token.type == "link_open":
        return f'<a {css["a"]} href="{{{{ ({_target(token, expressions)}) | href }}}}">'
    return _TAGS.get(token.type, "")


def _text(token: Token) -> str:
    if token.type in ("text", "code_inline"):
        return token.content
    return " " if token.type in ("softbreak", "hardbreak") else ""


def _put_back(code: str, expressions: Sequence[str]) -> str:
    for number, expression in enumerate(expressions):
        code = code.replace(f"zq{number}qz", expression)
    return code
