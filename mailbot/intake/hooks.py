"""What aiosmtpd asks in the middle of MAIL and RCPT, and how long a command may be."""

from typing import Any, Protocol

from mailbot.intake.door import Door
from mailbot.intake.grammar import GOODBYE

COMMAND_LENGTH = 2048
"""Octets of a command line: the 512 of RFC 5321 4.5.3.1.4, and room for extensions and long addresses."""


class Host(Protocol):
    """What the hooks need of the connection."""

    door: Door

    def count_refusal(self) -> str: ...


class SameForAll(dict[str, int]):
    """aiosmtpd keeps command sizes in a table of the class, which its peers can make grow; this one cannot grow."""

    def __missing__(self, key: str) -> int:
        return COMMAND_LENGTH


class Hooks:
    """What aiosmtpd asks in the middle of MAIL and RCPT."""

    async def handle_MAIL(self, server: Host, _s: Any, envelope: Any, address: str, _o: list[str]) -> str:
        if server.door.closing:
            return GOODBYE
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server: Host, _s: Any, envelope: Any, address: str, _o: list[str]) -> str:
        if len(envelope.rcpt_tos) >= server.door.max_recipients:
            return "452 4.5.3 Too many recipients in one go"
        if address == "<>" or not server.door.accepts(address):
            return server.count_refusal()
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"
