"""What of a mail is its text, what was written for machines, and what is merely attached."""

import re
from dataclasses import dataclass, field

from mailbot.model.mail import Attachment
from mailbot.reading import charsets, html, transfer
from mailbot.reading.limits import Limits
from mailbot.reading.mime import Part

_REPORTS = frozenset(
    (
        "message/delivery-status", "message/disposition-notification", "message/feedback-report", "message/rfc822",
        "message/global", "message/global-delivery-status", "message/global-disposition-notification",
        "message/global-headers", "message/tracking-status", "text/rfc822-headers", "text/rfc822",
        "message/rfc822-headers",
    )
)  # fmt: skip
_TEXTS = frozenset(("text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown", "text/x-markdown"))
_POINTS_TO_HTML = re.compile(r"\bhtml\b|browser|navigateur|navegador|webversion|online", re.I)
_HTML_INSTEAD = re.compile(r"\s{0,200}<(?:!doctype|html|head|body|div|p|table|meta|span|style)\b", re.I)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
_ENRICHED_TAG = re.compile(r"<param>[^<]{0,200}</param>|</?[a-z][a-z-]{0,30}>", re.I)


@dataclass(slots=True)
class Content:
    """Collects the parts of one mail in their order."""

    raw: bytes
    limits: Limits
    attachments: list[Attachment] = field(default_factory=list)
    reports: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[tuple[int, str, str]] = field(default_factory=list)  # (alternative, media type, text)
    kept: int = 0  # characters of text so far

    def add(self, part: Part) -> None:
        """Sorts one part in."""
        if part.media_type in _REPORTS:
            self._add_report(part)
        elif self._is_text(part):
            self._add_body(part)
        elif part.end > part.start or part.name:
            self._attach(part.name, part.media_type, _size(part))

    def _is_text(self, part: Part) -> bool:
        if part.disposition == "attachment":
            return part.depth == 0 and part.media_type in _TEXTS
        if part.media_type in _TEXTS:
            return not part.name or not self.bodies
        return part.media_type.startswith("text/") and part.depth == 0

    def _attach(self, name: str, media_type: str, size: int) -> None:
        if len(self.attachments) < self.limits.attachments:
            self.attachments.append(Attachment(name, media_type, size))

    def _add_report(self, part: Part) -> None:
        if len(self.reports) < self.limits.reports:
            self.reports.append((part.media_type, self._read(part, self.limits.report)))
        if part.media_type in ("message/rfc822", "message/global", "text/rfc822"):
            self._attach(part.name, part.media_type, _size(part))

    def _add_body(self, part: Part) -> None:
        longest = self.limits.html if part.media_type == "text/html" else self.limits.text
        if self.kept > longest:
            return
        text = self._read(part, longest)
        media_type = part.media_type
        if media_type in ("text/enriched", "text/richtext"):
            text, media_type = _ENRICHED_TAG.sub("", text), "text/plain"
        elif media_type == "text/html":
            pass
        elif _HTML_INSTEAD.match(text) and "</" in text:
            media_type = "text/html"
        else:
            media_type = "text/plain"
            text, files = transfer.take_out_files(text)
            for name, size in files:
                self._attach(name, "application/octet-stream", size)
            if part.parameters.get("format", "").lower() == "flowed":
                text = unflow(text, part.parameters.get("delsp", "").lower() == "yes")
        self.kept += len(text)
        self.bodies.append((part.alternative, media_type, text))

    def _read(self, part: Part, longest: int) -> str:
        """A part's text, at most `longest` characters of it."""
        data = self.raw[part.start : min(part.end, part.start + 3 * longest)]
        text = charsets.to_text(transfer.decode(data, part.encoding), part.parameters.get("charset", ""))
        text = text[:longest]
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not text.replace("\n", "").isprintable():  # what is printable holds none of those characters
            text = _UNPRINTABLE.sub("", text)
        return text

    def text(self) -> tuple[str, str]:
        """The readable text of the mail, and its HTML or ""."""
        pages = [text for _, media_type, text in self.bodies if media_type == "text/html"]
        page = "\n".join(pages)[: self.limits.html]
        if not pages:
            return _join([text for _, _, text in self.bodies], self.limits.text), ""
        pieces: list[str] = []
        for number in dict.fromkeys(alternative for alternative, _, _ in self.bodies):
            pieces += self._choose([body[1:] for body in self.bodies if body[0] == number], number)
        return _join(pieces, self.limits.text), page

    def _choose(self, bodies: list[tuple[str, str]], alternative: int) -> list[str]:
        """The better of the alternatives; side by side, the HTML is left out that only repeats the text."""
        plain = _join([text for media_type, text in bodies if media_type == "text/plain"], self.limits.text)
        page = "\n".join(text for media_type, text in bodies if media_type == "text/html")
        if alternative and plain.strip() and not _points_elsewhere(plain, page):
            return [plain]
        if not plain.strip() or alternative:
            return [html.to_text(page) if page.strip() else plain]
        shown = [html.to_text(text) if media_type == "text/html" else text for media_type, text in bodies]
        return [text for place, text in enumerate(shown) if not (place and _start(text) == _start(shown[0]))]


def _size(part: Part) -> int:
    """Bytes of the decoded part, estimated where decoding would be needed to know."""
    length = max(part.end - part.start, 0)
    return length * 73 // 100 if part.encoding == "base64" else length


def _points_elsewhere(plain: str, page: str) -> bool:
    """True for a text part that only says that the HTML part should be read."""
    return len(plain) < 300 and len(page) > 3 * len(plain) and _POINTS_TO_HTML.search(plain) is not None


def _start(text: str) -> str:
    return "".join(text[:400].split())[:80]


def _join(pieces: list[str], longest: int) -> str:
    if len(pieces) == 1:
        return pieces[0][:longest]
    return "\n".join(piece for piece in pieces if piece.strip())[:longest]


def unflow(text: str, delete_space: bool) -> str:
    """Joins the lines that format=flowed broke softly (RFC 3676), each within its own quote depth."""
    lines: list[list[str]] = []  # pieces of each line
    open_depth = -1  # of the line that the next one continues; -1: none
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        flowed = content.endswith(" ") and content != "-- "
        if flowed and delete_space:
            content = content[:-1]
        if depth == open_depth and content != "-- ":
            lines[-1].append(content)
        else:
            lines.append([">" * depth + " " if depth else "", content])
        open_depth = depth if flowed else -1
    return "\n".join("".join(pieces) for pieces in lines)
