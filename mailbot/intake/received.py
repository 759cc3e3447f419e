"""A mail as it arrived on the wire: its bytes and its envelope, before anybody has read it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Received:
    """One accepted transaction (RFC 5321, RFC 2033).

    `raw` is the content exactly as sent (dot-unstuffed, line ends untouched). `mail_from` is "" for the null sender.
    `rcpt_to` holds each accepted recipient once, in order. `peer` is the IP address of the other side, or "" on a Unix
    socket. `helo` is the name it gave itself: a claim, of use for SPF alone.
    """

    raw: bytes
    mail_from: str
    rcpt_to: tuple[str, ...]
    peer: str
    helo: str = ""
