"""Raw bytes become a `Mail`. Total on every input: what cannot be read is left out, never an exception."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from mailbot.model.mail import Address, Mail
from mailbot.reading import addresses, headers, mime
from mailbot.reading.content import Content
from mailbot.reading.limits import LIMITS, Limits


def parse(raw: bytes, *, received_at: datetime | None = None, limits: Limits = LIMITS) -> Mail:
    """Reads a mail as it came over SMTP, or from a file (RFC 5322, MIME).

    `received_at` (aware) stands in for a date that is missing or lies ahead of it. Never raises, takes well under a
    second and little more memory than the text itself; beyond the limits, parts and text are cut off. `error` is
    set only when there is no mail at all. `automatic`, `bounce` and the new text are found by others.
    """
    if not raw or raw.isspace():
        return Mail("", Address("", ""), "", date=received_at, error="the mail is empty")
    if b"\n" not in raw[: 64 << 10] and b"\r" in raw[: 64 << 10]:
        raw = raw[: limits.size].replace(b"\r", b"\n")
    top, body = mime.split_mail(raw, limits)
    first = dict(reversed(top))
    parts = mime.leaves(raw, top, body, limits)
    hint = next((charset for part in parts if (charset := part.parameters.get("charset", ""))), "")
    read = headers.read(top, hint, limits)
    content = Content(raw, limits)
    for part in parts:
        content.add(part)
    text, page = content.text()

    def people(name: str) -> tuple[Address, ...]:
        if name not in first:
            return ()
        values = (value for key, value in top if key == name)
        return tuple(one for value in values for one in addresses.parse(value, hint, limits))[: limits.addresses]

    return Mail(
        message_id=headers.message_id(first.get("message-id", "")),
        sender=_sender(people),
        subject=next((value for name, value in read if name == "subject"), ""),
        text=text,
        new_text=text,
        html=page,
        to=people("to"),
        cc=people("cc"),
        reply_to=people("reply-to"),
        in_reply_to=next(iter(headers.message_ids(first.get("in-reply-to", ""), 2)), ""),
        references=headers.message_ids(first.get("references", ""), limits.references),
        date=_date(first, received_at),
        content_type=mime.media_type(first.get("content-type", ""), "text/plain"),
        attachments=tuple(content.attachments),
        headers=read,
        reports=tuple(content.reports),
    )


def _sender(people: Callable[[str], tuple[Address, ...]]) -> Address:
    """Who the mail says it is from. Only where From names nobody do the other headers count."""
    for name in ("from", "sender", "reply-to", "return-path"):
        for one in people(name):
            if "@" in one.email:
                return one
    return next(iter(people("from")), Address("", ""))


def _date(first: Mapping[str, str], received_at: datetime | None) -> datetime | None:
    """When it was written: never later than it arrived, and the day of arrival where nothing else is known."""
    written = headers.date(first.get("date", ""))
    if written is None:
        written = headers.date(first.get("received", "").rpartition(";")[2])
    if received_at and (written is None or written > received_at + timedelta(days=1)):
        return received_at
    return written
