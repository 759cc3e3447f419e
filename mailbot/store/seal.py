"""Encryption at rest for licence keys and the letters and events that carry them: AES-256-GCM (NIST SP 800-38D)."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = b"\x01"


class Unsealable(Exception):
    """The stored bytes cannot be opened: the secret was changed, or the row was tampered with."""


class Sealer:
    """Seals and opens bytes. `purpose` (the column's name) is bound in: a value cannot move to another column."""

    def __init__(self, secret: str) -> None:
        derive = HKDF(SHA256(), length=32, salt=None, info=b"mailbot seal 1")
        self._cipher = AESGCM(derive.derive(secret.encode()))

    def seal(self, plain: bytes, purpose: str) -> bytes:
        nonce = os.urandom(12)
        return _VERSION + nonce + self._cipher.encrypt(nonce, plain, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        try:
            return self._cipher.decrypt(sealed[1:13], sealed[13:], purpose.encode())
        except (InvalidTag, ValueError, TypeError):  # tampered with, cut short, or gone
            raise Unsealable(
                f"a stored {purpose} cannot be opened: was `secret` changed since it was written?"
            ) from None
