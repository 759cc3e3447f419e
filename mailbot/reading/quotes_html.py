"""Knows the HTML containers in which mail programs put history and signatures, so that they can be left out."""

from itertools import islice

from lxml import etree

from mailbot.reading import quote_headings

Element = etree._Element

MARKS = (
    "gmail_quote", "<blockquote", "rplyfwdmsg", "appendonsend", "moz-cite", "moz-forward", "yahoo_quoted",
    "protonmail_quote", "olk_src_body", "border-top:", "border-left:", "name=\"quote\"", "reference-message",
    "zmail_extra", "tutanota_quote", "zwchr", "__headers__", "reply-intro", "originalmessage",
    "messagereplysection", "signature", "gmail_attr", "quoted-content", "__quoted_text__", "ox_mail", "mail_quote",
    "zimbra", "wmquote", "name='quote'",
)  # fmt: skip
"""A text without any of these (in lower case) has no container that we know."""

_QUOTES = (
    "yahoo_quoted", "olk_src_body", "ydpyahoo_quoted", "tutanota_quote", "zmail_extra", "moz-forward-container",
    "gmail_attr", "moz-cite-prefix", "reply-intro", "wmquote", "ox_mail_quote", "mail_quote", "quoted-content",
    "__quoted_text__", "__headers__", "protonmail_quote", "gmail_quote", "ms-outlook-mobile-reference",
    "reference-message-container", "messagereplysection", "hs_reply", "spark_quote", "quoted_message",
)  # fmt: skip
_MAYBE_WRAPPERS = (
    "gmail_quote", "protonmail_quote", "tutanota_quote", "zmail_extra", "messagereplysection", "ox_mail_quote",
)  # fmt: skip
_RESTS = (
    "divrplyfwdmsg", "appendonsend", "zwchr", "replysplit", "stopspelling",
)  # fmt: skip
_SIGNATURES = (
    "gmail_signature", "moz-signature", "protonmail_signature", "ms-outlook-mobile-signature", "composer_signature",
    "applemailsignature", "k9mail-signature", "yahoo_signature", "ymail_android_signature", "ydpsignature",
    "tutanota_signature", "aweber_signature", "mail-signature", "bluemail_signature", "mobile_signature",
    "signature_outlook", "yandex_signature", "zm_signature", "zmail_signature",
)  # fmt: skip


def has_marks(html: str) -> bool:
    """Whether it is worth looking for containers: a quick look at the whole text."""
    low = html.lower()
    return any(mark in low for mark in MARKS)


class Containers:
    """One walk through one HTML mail, in document order: says of each element whether it is history or signature."""

    def __init__(self, *, signatures: bool = True) -> None:
        self.dropped = 0
        self.forward = False
        self._signatures = signatures
        self._rest = False  # all that follows is history

    def __call__(self, element: Element) -> bool:
        """Whether to leave out `element`; a function for `html.to_text(…, drop=…)`."""
        if self._rest or self._is_quote(element) or self._is_signature(element):
            self.dropped += 1
            return True
        return False

    def _is_quote(self, element: Element) -> bool:
        attributes = element.attrib
        if element.tag == "blockquote":
            if not _is_quoting(attributes):
                element.tag = "div"  # the writer's own indent: no `>` before it
            return False  # the `>` that its lines get tell more than its absence would: answers may stand between
        if not attributes:
            return False
        name = _name(attributes)
        if name and any(mark in name for mark in _RESTS):
            self._rest = True
            return True
        if name and any(mark in name for mark in _QUOTES):
            return not (any(mark in name for mark in _MAYBE_WRAPPERS) and _wraps_answers(element))
        style = attributes.get("style", "")
        if "border-" in style and element.tag in ("div", "td", "table"):
            return self._is_styled(name, style.lower().replace(" ", ""), element)
        return False

    def _is_styled(self, name: str, style: str, element: Element) -> bool:
        """Outlook's header under a line, and the left bar of GMX, Orange and others."""
        if "border-top:" in style:
            self._rest = _starts_with_header(element)
            return self._rest
        return "border-left:" in style and ("quote" in name or _starts_with_header(element))

    def _is_signature(self, element: Element) -> bool:
        if not self._signatures or not element.attrib:
            return False
        name = _name(element.attrib)
        if not name or "sign" not in name:
            return False
        return "signature" in name.split() or any(mark in name for mark in _SIGNATURES)


def _name(attributes: etree._Attrib) -> str:
    parts = [attributes.get(key, "") for key in ("id", "class", "name", "data-marker", "data-smartmail")]
    return " ".join(filter(None, parts))[:300].lower()


def _is_quoting(attributes: etree._Attrib) -> bool:
    """A blockquote of a mail program; one without any sign may be the writer's own indent."""
    if attributes.get("type", "").lower() == "cite" or attributes.get("cite"):
        return True
    return "quote" in _name(attributes) or "border-left" in attributes.get("style", "")


def _wraps_answers(element: Element) -> bool:
    """Whether the container holds blockquotes, so that what stands between those is an answer typed in the middle."""
    return any(inner.tag == "blockquote" for inner in islice(element.iter(), 1, 3000))


def _starts_with_header(element: Element) -> bool:
    """Whether the first words are `From:` or `Sent:` in some language."""
    text = ""
    for inner in islice(element.iter(), 25):
        for piece in (inner.text, inner.tail if inner is not element else ""):
            text = f"{text} {(piece or '')[:100].strip()}".strip()
        if len(text) > 60:
            break
    return quote_headings.starts_header(text)
