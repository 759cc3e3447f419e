"""Signed links to pages, reply addresses and bounce addresses: what lets an answer find its way home.

A page link is bound to one purpose and one subject, and expires. A reply address belongs to one letter and does not
expire: an answer to an old letter is still an answer. Both are compared in constant time.
"""

import base64
import hashlib
import hmac
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_PURPOSES = ("order", "pay", "refund", "cancel", "case")
_MAC = 16  # bytes; RFC 2104 section 5 asks for at least half of the hash
_ADDRESS_MAC = 10  # bytes; a local part has 64 characters at most (RFC 5321 section 4.5.3.1.1)
_REF = 8  # bytes


class BadLink(Exception):
    """The link is forged, cut short, or made for another purpose."""


class OldLink(Exception):
    """The link was right once, and has expired."""


@dataclass(frozen=True, slots=True)
class Links:
    """Makes and checks signed links. `secret` is the installation's, `url` how customers reach the pages."""

    secret: str
    url: str

    def page(self, purpose: str, subject: int, expires: datetime) -> str:
        """The URL of a page: `page("pay", order.id, expires)`. `subject` is the row that the link is bound to."""
        return f"{self.url.rstrip('/')}/{purpose}/{self.token(purpose, subject, expires)}"

    def token(self, purpose: str, subject: int, expires: datetime) -> str:
        body = struct.pack(">BQI", _PURPOSES.index(purpose), subject, int(expires.timestamp()) // 60)
        return _b64(body + self._mac("page", body, _MAC))

    def subject(self, purpose: str, token: str, now: datetime) -> int:
        """The row that the token of this purpose is bound to. Raises BadLink or OldLink."""
        kind, subject, expires = self._opened(token)
        if kind != purpose:
            raise BadLink
        if expires + timedelta(minutes=1) < now:
            raise OldLink
        return subject

    def made_for(self, token: str) -> tuple[str, int] | None:
        """What a link of ours was made for, however long ago: its purpose and its row. None: it was never ours."""
        try:
            return self._opened(token)[:2]
        except BadLink:
            return None

    def _opened(self, token: str) -> tuple[str, int, datetime]:
        """Purpose, row and end of a genuine token. Raises BadLink."""
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)) if len(token) < 100 else b""
            body, mac = raw[:-_MAC], raw[-_MAC:]
            number, subject, minutes = struct.unpack(">BQI", body)
        except (ValueError, struct.error):
            raise BadLink from None
        if not hmac.compare_digest(mac, self._mac("page", body, _MAC)) or _b64(raw) != token:
            raise BadLink
        return _PURPOSES[number], int(subject), datetime.fromtimestamp(minutes * 60, UTC)

    def reply_address(self, address: str, ref: str) -> str:
        """`orders+r…@shop.example`: where an answer to the letter `ref` goes."""
        return self._tagged(address, "r", ref)

    def bounce_address(self, address: str, ref: str) -> str:
        """`orders+b…@shop.example`: the envelope sender of the letter `ref` (VERP)."""
        return self._tagged(address, "b", ref)

    def read_address(self, address: str) -> tuple[str, str] | None:
        """What a signed address says: ("reply" or "bounce", ref of the letter), or None when it is not one of ours.

        Mail programs and relays change the case of local parts, so case does not matter.
        """
        local = address.rpartition("@")[0].lower()
        tag = local.partition("+")[2]
        word = {"r": "reply", "b": "bounce"}.get(tag[:1])
        if word is None or not 20 <= len(tag) <= 40:
            return None
        try:
            raw = base64.b32decode(tag[1:].upper() + "=" * (-len(tag[1:]) % 8))
        except ValueError:
            return None
        ref, mac = raw[:_REF], raw[_REF:]
        if not hmac.compare_digest(mac, self._mac(tag[:1], ref, _ADDRESS_MAC)):
            return None
        return word, ref.hex()

    def _tagged(self, address: str, tag: str, ref: str) -> str:
        local, _, domain = address.rpartition("@")
        raw = bytes.fromhex(ref)
        signed = base64.b32encode(raw + self._mac(tag, raw, _ADDRESS_MAC)).decode().rstrip("=").lower()
        return f"{local}+{tag}{signed}@{domain}"

    def _mac(self, purpose: str, body: bytes, length: int) -> bytes:
        key = hashlib.sha256(b"mailbot links " + self.secret.encode()).digest()
        return hmac.digest(key, purpose.encode() + b"\0" + body, "sha256")[:length]


def letter_ref(once: str) -> str:
    """The name of a letter, 16 hexadecimal digits made from its once key: the same letter has always the same name."""
    return hashlib.sha256(once.encode()).digest()[:_REF].hex()


def message_id(ref: str, domain: str) -> str:
    """The stable Message-ID of the letter `ref` (RFC 5322 section 3.6.4)."""
    return f"<{ref}.mailbot@{domain}>"


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
