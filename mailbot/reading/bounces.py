"""Reads from a bounce whom it could not reach, for how long, and which mail it was."""

import re
from collections.abc import Iterator

from mailbot.model.mail import Bounce, Mail
from mailbot.reading import headers
from mailbot.reading.limits import LIMITS

_STATUS_PARTS = ("message/delivery-status", "message/global-delivery-status")
_RETURNED_PARTS = (
    "message/rfc822", "text/rfc822-headers", "text/rfc822", "message/global", "message/global-headers",
    "message/rfc822-headers",
)  # fmt: skip
_FINE = ("delivered", "relayed", "expanded")
_MOST = 50  # recipients of one bounce
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.#:-])([45][0-5]\d)(?=[ \-_#<(:)])")
_ADDRESS = re.compile(r"[^\s<>()\[\]{},;:\"'|=*]{1,64}@[A-Za-z0-9.-]{1,253}\.[A-Za-z0-9-]{2,63}")
_MESSAGE_ID = re.compile(r"^[> |]{0,8}Message-I[dD]:\s{0,4}(<[^<>\s]{1,500}>)", re.M | re.I)
_RETURNED = re.compile(
    r"^[ >|*#=_-]{0,20}(?:(?:this is|below this line is|here is|following is)? ?a copy of (?:the|your) |"
    r"(?:original|returned|unsent|undelivered|rejected) (?:message|mail|headers?)|(?:the )?header and |received: from |"
    r"return-path: |message-id: |mime-version: |x-mailer: |received: by |"
    r"(?:urspr.ngliche|originale) (?:nachricht|mail)|message d'origine|mensaje original|messaggio originale)",
    re.M | re.I,
)
_TEMPORARY = re.compile(
    r"quota|mailbox (?:is )?full|temporar|delayed|will (?:be retried|continue|keep trying|retry)|still being retried|"
    r"has not yet been|try(?:ing)? again|deferred|warning|postfach.{0,60} voll|bo.te.{0,60} pleine|buz.n.{0,60} llen|"
    r"casella.{0,60} pien|caixa.{0,60} chei|postvak.{0,60} vol|verz.ger|retard|insufficient (?:disk|storage)",
    re.I,
)
_NOT_RECIPIENTS = re.compile(
    r"^(?:mailer-daemon|postmaster|mail-daemon|abuse|support|helpdesk|hostmaster|webmaster|no-?reply)@", re.I
)


def read(mail: Mail) -> tuple[Bounce, ...]:
    """One entry for each recipient that was not reached; empty where the notice names none."""
    message_id = original_message_id(mail)
    found = list(_from_status(mail, message_id)) or list(_from_text(mail, message_id))
    return tuple({bounce.recipient: bounce for bounce in reversed(found)}.values())[::-1]


def only_success(mail: Mail) -> bool:
    """True for a delivery report in which everybody was reached (RFC 3464 section 2.3.3)."""
    actions = [fields.get("action", "").lower() for fields in _groups(mail)]
    actions = [action.split()[0] for action in actions if action.split()]
    return bool(actions) and all(action in _FINE for action in actions)


def original_message_id(mail: Mail) -> str:
    """The Message-ID of the mail that was not delivered, or ""."""
    for media_type, text in mail.reports:
        if media_type in _RETURNED_PARTS and (found := _MESSAGE_ID.search(text)):
            return found[1]
    for name in ("x-original-message-id", "original-message-id"):
        if found := _MESSAGE_ID.search("Message-ID: " + mail.header(name)):
            return found[1]
    if found := _MESSAGE_ID.search(mail.text):
        return found[1]
    return mail.in_reply_to or (mail.references[-1] if mail.references else "")


def _groups(mail: Mail) -> Iterator[dict[str, str]]:
    """The groups of fields of a delivery status, one for each recipient (the first may be of the message itself)."""
    for media_type, text in mail.reports:
        if media_type in _STATUS_PARTS:
            for block in re.split(r"\n[ \t]*\n", text)[: _MOST + 1]:
                yield dict(reversed(headers.split(block.encode("latin-1", "replace"), LIMITS)))


def _from_status(mail: Mail, message_id: str) -> Iterator[Bounce]:
    for fields in _groups(mail):
        recipient = _typed(fields.get("final-recipient", "")) or _typed(fields.get("original-recipient", ""))
        words = fields.get("action", "failed").lower().split()
        action = words[0] if words else "failed"
        if not recipient or action in _FINE:
            continue
        if original := _typed(fields.get("original-recipient", "")):
            recipient = original if "@" in original else recipient
        diagnostic = fields.get("diagnostic-code", "")
        status = _status(fields.get("status", ""), diagnostic)
        permanent = action != "delayed" and _is_permanent(status, diagnostic)
        yield Bounce(recipient, status, permanent, message_id)


def _typed(value: str) -> str:
    """An address behind its type: `rfc822; <a@b.c>`."""
    address = value.rpartition(";")[2].strip()
    if found := _ADDRESS.search(address):
        return found[0].lower()
    return address.strip("<> ").lower()[:320]


def _status(value: str, diagnostic: str) -> str:
    """The more telling of the two codes: 5.0.0 says nothing where the other server said 5.1.1."""
    stated = found[1] if (found := _STATUS.search(value)) else ""
    if (not stated or stated.endswith(".0.0")) and (said := _STATUS.search(diagnostic)):
        return said[1]
    return stated


def _is_permanent(status: str, text: str) -> bool:
    if status:
        return status.startswith("5")
    if found := _CODE.search(text):
        return found[1].startswith("5")
    return not _TEMPORARY.search(text)


def _from_text(mail: Mail, message_id: str) -> Iterator[Bounce]:
    """Notices in plain words: every address before the returned mail that is neither ours nor the mail system's."""
    text = mail.text[:20_000]
    if end := _RETURNED.search(text, 40):
        text = text[: end.start()]
    ours = {one.email for one in (*mail.to, *mail.cc, mail.sender)}
    named = _named_in_headers(mail)
    places = [(found.start(), found[0].strip(".").lower()) for found in _ADDRESS.finditer(text)]
    if not named:
        named = [address for _, address in places if address not in ours and not _NOT_RECIPIENTS.match(address)]
    for address in list(dict.fromkeys(named))[:_MOST]:
        start = next((place for place, other in places if other == address), 0)
        near = text[start : start + 600]
        status = found[1] if (found := _STATUS.search(near) or _STATUS.search(text)) else ""
        yield Bounce(address, status, _is_permanent(status, near if _CODE.search(near) else text), message_id)


def _named_in_headers(mail: Mail) -> list[str]:
    """X-Failed-Recipients, as Exim and Gmail write it."""
    return [found[0].lower() for found in _ADDRESS.finditer(mail.header("x-failed-recipients"))]
