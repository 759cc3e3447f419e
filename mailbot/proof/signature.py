"""Signatures in headers and keys in DNS (RFC 6376, RFC 8301, RFC 8463): parsed, hashed and checked."""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping, Sequence

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from mailbot.proof import canon
from mailbot.proof.message import Field, Message

RSA_BITS = range(1024, 4097)  # RFC 8301 3.2
MAX_KEY = 4_096
MAX_SIGNED = 500

Tags = Mapping[str, str]
PublicKey = RSAPublicKey | Ed25519PublicKey


_TAG_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class Bad(Exception):
    """The signature proves nothing; the text says why."""


def parse_tags(text: str) -> dict[str, str]:
    """`v=1; a=rsa-sha256` as a table (RFC 6376 3.2). Raises Bad when it is not such a list."""
    tags: dict[str, str] = {}
    parts = text.strip().removesuffix(";").split(";")
    for part in parts:
        name, equals, value = part.partition("=")
        name = name.strip()
        if not equals or not _TAG_NAME.fullmatch(name) or name in tags:
            raise Bad("its tags cannot be read")
        tags[name] = value.strip()
    return tags


def tags_of(field: Field) -> dict[str, str]:
    return parse_tags(field[1].decode("latin-1").replace("\r\n", ""))


def decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Bad("its base64 is broken") from error


def load_key(records: Sequence[str], algorithm: str, strict_identity: bool = False) -> PublicKey:
    """The public key from the TXT records at its name. Raises Bad when there is none that may be used for this."""
    keys = [text for text in records if "p=" in text]
    if len(keys) != 1:
        raise Bad("there is no key" if not keys else "there is more than one key")
    if len(keys[0]) > MAX_KEY:
        raise Bad("its key is too long")
    tags = parse_tags(keys[0])
    kind = tags.get("k", "rsa")
    flags = _listed(tags.get("t", ""))
    if tags.get("v", "DKIM1") != "DKIM1" or kind != algorithm.partition("-")[0]:
        raise Bad("its key is of another kind")
    if ("h" in tags and "sha256" not in _listed(tags["h"])) or not {"*", "email"} & _listed(tags.get("s", "*")):
        raise Bad("its key is not for this use")
    if "y" in flags:
        raise Bad("its domain is only testing")  # RFC 6376 3.6.1: as if unsigned
    if "s" in flags and strict_identity:
        raise Bad("its key is not for subdomains")
    if not tags.get("p"):
        raise Bad("its key has been withdrawn")
    return _public_key(kind, decoded(tags["p"]))


def _listed(text: str) -> set[str]:
    return {item.strip() for item in text.split(":")}


def _public_key(kind: str, data: bytes) -> PublicKey:
    try:
        key = Ed25519PublicKey.from_public_bytes(data) if kind == "ed25519" else load_der_public_key(data)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Bad("its key cannot be read") from error
    if isinstance(key, RSAPublicKey) and key.key_size in RSA_BITS and key.public_numbers().e < 2**64:
        return key
    if isinstance(key, Ed25519PublicKey):
        return key
    raise Bad("its key is too weak or too big")


def check(key: PublicKey, signature: bytes, data: bytes) -> None:
    """Raises Bad unless `signature` is that of `data` under `key`, with SHA-256."""
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(signature, data, PKCS1v15(), SHA256())
        else:
            key.verify(signature, hashlib.sha256(data).digest())  # RFC 8463 3: the hash is signed, not the data
    except InvalidSignature as error:
        raise Bad("the signature is wrong") from error


def signed_data(message: Message, names: Sequence[str], own: Field, relaxed: bool) -> bytes:
    """What was signed: the named fields, each name taking the next one from the bottom, then the signature itself."""
    if len(names) > MAX_SIGNED:
        raise Bad("it signs too many fields")
    waiting: dict[bytes, list[Field]] = {}
    for entry in message.fields:
        waiting.setdefault(entry[0].strip(b" \t").lower(), []).append(entry)
    keys = [name.strip().lower().encode("latin-1") for name in names]
    lines = [canon.field(*found.pop(), relaxed) for key in keys if (found := waiting.get(key))]
    lines.append(canon.field(own[0], unsigned(own[1]), relaxed))
    return b"\r\n".join(lines)


def unsigned(value: bytes) -> bytes:
    """The value of a signature field with the content of its b= taken out."""
    parts = value.split(b";")
    for place, part in enumerate(parts):
        name, equals, _ = part.partition(b"=")
        if equals and name.strip() == b"b":
            parts[place] = name + equals
    return b";".join(parts)


def body_hash(message: Message, relaxed: bool) -> bytes:
    return hashlib.sha256(canon.body(message.body, relaxed)).digest()
