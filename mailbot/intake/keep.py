"""The one door: a mail is kept once, under a unique key, and only after the commit does anybody say yes.

Card numbers and passwords are removed before anything is written. That breaks a DKIM signature, so the proof of the
rare mail that has to be changed is taken first and kept beside it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from mailbot.intake.received import Received
from mailbot.model.shop import Shop
from mailbot.reading.secrets import scrub_mail
from mailbot.store import mails
from mailbot.store.database import Database
from mailbot.store.seal import Sealer

Prove = Callable[[Received], Awaitable[dict[str, Any]]]

_Row = tuple[dict[str, Any], "asyncio.Future[None]"]
_SMALL = 100_000  # bytes; what is larger is looked through beside the loop
_TRACE = (
    b"received:", b"return-path:", b"delivered-to:", b"x-original-to:", b"authentication-results:", b"received-spf:",
    b"x-received:", b"x-envelope-to:", b"envelope-to:", b"x-spam-", b"x-google-", b"arc-",
)  # fmt: skip
"""Header fields that relays, filters and mailboxes add on the way, or their beginnings."""
_SAYS = (b"message-id:", b"from:", b"subject:")


class Keeper:
    """Keeps what the servers receive. `keep(received)` returns after the commit, or raises and nothing is kept."""

    def __init__(
        self,
        db: Database,
        shop_at: Callable[[str], Shop | None],
        now: Callable[[], datetime],
        prove: Prove,
        wake: Callable[[str], None],
        sealer: Sealer,
    ) -> None:
        self._db, self._shop_at, self._now, self._prove, self._wake = db, shop_at, now, prove, wake
        self._sealer = sealer
        self._waiting: list[_Row] = []
        self._storing: asyncio.Task[None] | None = None

    def accepts(self, address: str) -> bool:
        """Whether a recipient is one of the shops'."""
        return self._shop_at(address) is not None

    async def keep(self, received: Received) -> None:
        """One row for each shop that the mail is for. A mail that is here already is a quiet success."""
        raw, removed = await self._scrub(received)
        sender = await self._prove(received) if removed else None
        for shop_id, recipients in self._by_shop(received).items():
            values = {
                "shop": shop_id,
                "key": mail_key(shop_id, raw),
                "mail_from": _storable(received.mail_from)[:400],
                "rcpt_to": [_storable(address) for address in recipients[:100]],
                "peer": received.peer[:64],
                "sealed": self._sealer.seal(raw, "mails.sealed"),
                "secrets_removed": removed,
                "sender": sender,
                "received_at": self._now(),
                "state": "new",
                "next_try": self._now(),
            }
            await self._store(values)
        self._wake("desk")

    async def _store(self, values: dict[str, Any]) -> None:
        """Mails that arrive together are one statement and one commit; each is answered after it."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((values, kept))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_waiting())
        await kept

    async def _store_waiting(self) -> None:
        while self._waiting:
            rows, self._waiting = self._waiting, []
            if not await self._store_rows(rows, len(rows) == 1):
                for row in rows:  # one of them is to blame: each for itself, so that it takes nobody along
                    await self._store_rows([row], True)

    async def _store_rows(self, rows: list[_Row], tell: bool) -> bool:
        """Whether they are stored. When they are not, and `tell`, their peers are told to come again."""
        try:
            await self._db.run(mails.keep, [values for values, _ in rows])
        except Exception as error:
            if tell:
                _tell(rows, error)
            return False
        _tell(rows, None)
        return True

    async def _scrub(self, received: Received) -> tuple[bytes, int]:
        """The mail as it may be stored, opened by its envelope sender as a delivering system does (RFC 5321 4.4)."""
        sender = "".join(char for char in received.mail_from if char.isprintable() and char not in "<>")
        raw = b"Return-Path: <" + sender.encode(errors="replace") + b">\r\n" + received.raw
        if len(raw) > _SMALL:
            return await asyncio.to_thread(scrub_mail, raw)
        return scrub_mail(raw)

    def _by_shop(self, received: Received) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for address in received.rcpt_to:
            shop = self._shop_at(address)
            if shop:
                found.setdefault(shop.id, []).append(address)
        return found


def mail_key(shop_id: str, raw: bytes) -> str:
    """The unique key of a mail: its shop, its Message-ID and what it says, whatever relays and filters add on top.

    What it says (sender, subject, body) is in, because whoever reuses another's Message-ID must not make the other's
    mail vanish. A mail without a Message-ID, or with two, is known by its headers but those added on the way.
    """
    head, separator, body = raw.partition(b"\r\n\r\n")
    if not separator:
        head, separator, body = raw.partition(b"\n\n")
    fields = list(_fields(head))
    ids = [field for field in fields if field.lower().startswith(b"message-id:")]
    known = len(ids) == 1 and ids[0].partition(b":")[2].strip() != b""
    digest = sha256(shop_id.encode() + b"\0")
    for field in fields:
        if field.lower().startswith(_SAYS) if known else not field.lower().startswith(_TRACE):
            digest.update((b" ".join(field.split()) if known else field) + b"\n")
    digest.update(b"\0" + body)
    return digest.hexdigest()


def _fields(head: bytes) -> Iterator[bytes]:
    """The header fields, each with the lines that continue it."""
    field: list[bytes] = []
    for line in head.splitlines():
        if field and line[:1] not in (b" ", b"\t"):
            yield b"\n".join(field)
            field = []
        field.append(line)
    if field:
        yield b"\n".join(field)


def _storable(text: str) -> str:
    """Half characters, which bytes beyond UTF-8 in an envelope become, cannot be stored."""
    return text.encode(errors="replace").decode()


def _tell(rows: list[_Row], error: Exception | None) -> None:
    for _, kept in rows:
        if not kept.done():
            kept.set_exception(error) if error else kept.set_result(None)
