"""Gathers the proof of who wrote a mail: from a trusted relay's header, else by asking the DNS ourselves."""

import asyncio
import ipaddress
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from mailbot.intake.received import Received
from mailbot.proof import trusted
from mailbot.proof.dns import DnsResolver, Resolver
from mailbot.proof.verdict import Sender
from mailbot.proof.verify import gather, judge

_SMALL = 200_000  # bytes; hashing what is larger would hold up the loop
NOBODY = Sender("none", "", "trusted header", "our mail server says nothing about the sender")


class Prover:
    """Whose Authentication-Results to believe, and from which connections; any other mail is verified here.

    Where a trusted relay is configured and the mail came by it, its word stands and the DNS is not asked.
    """

    def __init__(
        self, authserv_id: str, relays: Sequence[str], now: Callable[[], datetime], resolver: Resolver | None = None
    ) -> None:
        self._authserv_id, self._relays, self._now, self._resolver = authserv_id, frozenset(relays), now, resolver

    async def of_row(self, row: RowMapping, raw: bytes) -> Sender:
        """The proof of a kept mail, opened: the one that was taken before it was scrubbed, or one taken now."""
        if row["sender"]:
            return Sender(**row["sender"])
        return await self.prove(raw, row["peer"], row["mail_from"], row["received_at"])

    async def before_scrubbing(self, received: Received) -> dict[str, Any]:
        """The proof as plain values, for a mail whose signature will be broken by removing a card number."""
        return asdict(await self.prove(received.raw, received.peer, received.mail_from, self._now()))

    async def prove(self, raw: bytes, peer: str, mail_from: str, at: datetime) -> Sender:
        """Who wrote this? `peer` is the address that delivered it, "" for a Unix socket; `at` is when it came."""
        if self._authserv_id and (peer in self._relays or not peer):
            return trusted.read(raw, self._authserv_id, from_trusted_relay=True) or NOBODY
        if self._resolver is None:
            self._resolver = DnsResolver()
        # Our own machine or network says nothing of the sender by SPF: the DKIM signatures must.
        outside = "" if not peer or not ipaddress.ip_address(peer).is_global else peer
        facts = await gather(raw, outside, mail_from, self._resolver)
        return judge(facts, at) if len(raw) < _SMALL else await asyncio.to_thread(judge, facts, at)
