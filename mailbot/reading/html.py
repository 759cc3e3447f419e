"""HTML becomes the text that a person would see, quoted blocks marked with `>`."""

import re
from collections.abc import Callable
from html import unescape

from lxml import etree

from mailbot.reading.limits import LIMITS

Element = etree._Element

_PARAGRAPHS = frozenset(
    (
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "dl", "table", "pre", "center",
        "address", "article", "section",
    )
)  # fmt: skip
_LINES = frozenset(
    (
        "div", "li", "tr", "dt", "dd", "header", "footer", "nav", "main", "aside", "figure", "form", "fieldset",
        "caption", "option", "body", "html", "details", "summary",
    )
)  # fmt: skip
_HIDDEN = frozenset(
    (
        "script", "style", "head", "title", "template", "object", "iframe", "svg", "noframes", "meta", "link",
        "textarea", "select",
    )
)  # fmt: skip
_CELLS = frozenset(("td", "th"))
_HIDING_STYLE = re.compile(
    r"display\s?:\s?none|visibility\s?:\s?hidden|font-size\s?:\s?0(?:\.0)?(?:px|pt|em|%)?\s?(?:;|!|$)|mso-hide\s?:\s?all",
    re.I,
)
_KEEPS_LINES = re.compile(r"white-space\s?:\s?pre", re.I)
_INVISIBLE = re.compile(r"[\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufeff]+")  # what newsletters pad their previews with
_ANY_TAG = re.compile(r"<[a-zA-Z/!?]")
_LONG_TAG = re.compile(r"<[^>]{2000,}")
_ANGLE_IN_VALUE = re.compile(r"""=\s?(?:"[^">]*>[^"]*"|'[^'>]*>[^']*')""")
_MOST_ELEMENTS = 30_000  # walked; the biggest newsletters have some thousands
_RULE = "_" * 32  # how Outlook writes the line that a <hr> draws


def to_text(html: str, *, drop: Callable[[Element], bool] | None = None) -> str:
    """The readable text of HTML, lines ended by `\\n`; elements for which `drop` is true are left out. Never raises."""
    if not _ANY_TAG.search(html):
        return _INVISIBLE.sub("", unescape(html[: LIMITS.html])).replace("\xa0", " ").strip()
    root = to_tree(html)
    return "" if root is None else tree_to_text(root, drop=drop)


def to_tree(html: str) -> Element | None:
    """The parsed HTML, or None when there is nothing in it. Safe for hostile input: bounded in size, depth and time."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, recover=True
    )
    try:
        return etree.fromstring(_tame(html[: LIMITS.html]).encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _tame(html: str) -> str:
    """libxml2 compares each attribute of a tag with all others: 60,000 of them take half a minute. So cut such tags."""
    html = html.replace("\x00", "")
    if len(html) < 10_000:
        return html
    if sum(1 for _ in _ANGLE_IN_VALUE.finditer(html)) > 5:  # a `>` in a value would hide a long tag from the next line
        html = _ANGLE_IN_VALUE.sub(lambda found: found[0].replace(">", " "), html)
    return _LONG_TAG.sub(_shorten, html)


def _shorten(tag: re.Match[str]) -> str:
    words = tag[0].count("=") + tag[0].count(" ") + tag[0].count("\n") + tag[0].count("/") + tag[0].count('"')
    return tag[0] if words < 300 or "base64," in tag[0][:500] else tag[0].split(None, 1)[0][:20] + " "


def tree_to_text(root: Element, *, drop: Callable[[Element], bool] | None = None) -> str:
    """The readable text of a parsed tree, walked with an explicit stack."""
    page = _Page()
    todo: list[tuple[Element, bool]] = [(root, True)]
    for _ in range(2 * _MOST_ELEMENTS):
        if not todo:
            break
        element, opening = todo.pop()
        if opening and not (_skipped(element) or (drop and drop(element))):
            page.open(element)
            if len(element):
                todo.append((element, False))
                todo.extend([(child, True) for child in reversed(element)])
                continue
            opening = False
        if not opening:
            page.close(element)
        if element.tail and element is not root:
            page.write(element.tail)
    return page.text()


def _skipped(element: Element) -> bool:
    if element.tag in _HIDDEN or not isinstance(element.tag, str):
        return True
    if not element.attrib:
        return False
    style = element.get("style")
    return bool(style and _HIDING_STYLE.search(style)) or element.get("hidden") is not None


class _Page:
    """The text written so far: finished lines, and the pieces of the open one."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pieces: list[str] = []
        self.prefix = ""  # of quoted lines: ">> "
        self.quotes = 0
        self.preformatted: list[Element] = []

    def open(self, element: Element) -> None:
        tag = element.tag
        if tag in _PARAGRAPHS:
            self.end_paragraph()
            if tag == "blockquote":
                self.quote(1)
        elif tag in _LINES:
            self.end_line()
            if tag == "li":
                self.pieces.append("- ")
        elif tag == "br":
            self.break_line()
        elif tag == "hr":
            self.end_line()
            self.lines.append(self.prefix + _RULE)
        elif tag == "img":
            self.pieces.append(_picture(element))
        if tag == "pre" or (element.attrib and (style := element.get("style")) and _KEEPS_LINES.search(style)):
            self.preformatted.append(element)
        if element.text:
            self.write(element.text)

    def close(self, element: Element) -> None:
        tag = element.tag
        if tag in _PARAGRAPHS:
            if tag == "blockquote":
                self.end_line()
                if self.lines and not self.lines[-1].strip("> "):
                    self.lines.pop()
                self.quote(-1)
            self.end_paragraph()
        elif tag in _LINES:
            self.end_line()
        elif tag in _CELLS:
            self.pieces.append(" ")
        if self.preformatted and self.preformatted[-1] is element:
            self.preformatted.pop()

    def quote(self, step: int) -> None:
        self.quotes += step
        self.prefix = ">" * min(self.quotes, 50) + " " if self.quotes else ""

    def write(self, text: str) -> None:
        if not self.preformatted:
            self.pieces.append(_squeeze(text))
            return
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self.pieces.append(first)
        for line in rest:
            self.break_line()
            self.pieces.append(line)

    def end_line(self) -> None:
        """Closes the open line if anything stands on it."""
        if not self.pieces:
            return
        line = "".join(self.pieces)
        self.pieces = []
        line = line.rstrip() if self.preformatted else " ".join(line.split())
        if line:
            self.lines.append(self.prefix + line)

    def break_line(self) -> None:
        """Closes the open line, also an empty one."""
        before = len(self.lines)
        self.end_line()
        if len(self.lines) == before:
            self.lines.append(self.prefix.rstrip())

    def end_paragraph(self) -> None:
        self.end_line()
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(self.prefix.rstrip())

    def text(self) -> str:
        self.end_line()
        kept: list[str] = []
        for line in self.lines:
            if line or (kept and kept[-1]):
                kept.append(line)
        text = "\n".join(kept).strip("\n")
        return text if text.isascii() else _INVISIBLE.sub("", text)


def _squeeze(text: str) -> str:
    """White space is one blank, at the ends too: what is glued there belongs to other elements."""
    words = " ".join(text.split())
    if not words:
        return " "
    return (" " if text[0].isspace() else "") + words + (" " if text[-1].isspace() else "")


def _picture(element: Element) -> str:
    """The sign that an emoji's picture stands for; other pictures say nothing."""
    alt = element.get("alt") or ""
    return alt if len(alt) <= 8 and alt and not alt.isascii() and not alt.isalnum() else ""
