"""The pictures and files inside a letter, for showing them on the demo page."""

import email
import email.policy
from collections.abc import Iterator


def pictures(raw: bytes) -> Iterator[tuple[str, str, bytes]]:
    """(content id, media type, bytes) of each picture that the letter refers to. Only for letters of our own."""
    for part in email.message_from_bytes(raw, policy=email.policy.default).walk():
        cid = str(part.get("Content-ID", "")).strip("<> ")
        if cid and part.get_content_maintype() == "image":
            yield cid, part.get_content_type(), part.get_payload(decode=True) or b""


def files(raw: bytes) -> list[tuple[str, int]]:
    """(name, size) of each attachment."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    return [
        (part.get_filename() or "file", len(part.get_payload(decode=True) or b""))
        for part in message.iter_attachments()
    ]
