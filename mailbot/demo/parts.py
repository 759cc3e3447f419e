"""The pictures and files inside a letter, for showing them on the demo page."""

import email
import email.policy
from collections.abc import Iterator


def pictures(raw: bytes) -> Iterator[tuple[str, str, bytes]]:
    """(content id, media type, bytes) of each picture that the letter refers to. Only for letters of our own."""
    for part in email.message_from_bytes(raw, policy=email.policy.default).walk():
        cid, data = str(part.get("Content-ID", "")).strip("<> "), part.get_payload(decode=True)
        if cid and part.get_content_maintype() == "image" and isinstance(data, bytes):
            yield cid, part.get_content_type(), data


def files(raw: bytes) -> list[tuple[str, int]]:
    """(name, size) of each attachment."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    return [
        (part.get_filename() or "file", len(part.get_payload(decode=True) or b""))
        for part in message.iter_attachments()
    ]
