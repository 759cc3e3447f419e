"""DKIM (RFC 6376): which signatures a mail carries, which keys they need, and which of them are good."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mailbot.proof.message import Field, Message, ascii_domain
from mailbot.proof.signature import Bad, body_hash, check, decoded, load_key, signed_data, tags_of

MAX_SIGNATURES = 5
MAX_LENGTH = 16 * 1024
ALGORITHMS = ("rsa-sha256", "ed25519-sha256")  # RFC 8301 forbids rsa-sha1
CLOCK_SLOP = 3600

Answers = Mapping[str, tuple[str, ...] | None]
"""TXT records by name: () means that there are none, None (or no entry) that DNS did not say."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A DKIM-Signature that can be asked about: by whom, and where its key is."""

    field: Field
    tags: Mapping[str, str]
    domain: str
    key_name: str


@dataclass(frozen=True, slots=True)
class Signature:
    """What one signature is worth: `pass`, `fail`, or `temperror` when its key could not be fetched."""

    verdict: Literal["pass", "fail", "temperror"]
    domain: str
    because: str


def signatures(message: Message, wanted: str) -> list[Signed]:
    """The signatures worth asking about, at most five; those of `wanted` (the From domain) and its kin come first."""
    fields = [field for field in message.named(b"dkim-signature") if len(field[1]) <= MAX_LENGTH]
    found = [signed for field in fields if (signed := _signed(field))]
    found.sort(key=lambda signed: (signed.domain != wanted, not kin(signed.domain, wanted)))
    return found[:MAX_SIGNATURES]


def kin(one: str, other: str) -> bool:
    """Whether two domains could belong together: their last two labels are the same."""
    return one.split(".")[-2:] == other.split(".")[-2:]


def _signed(field: Field) -> Signed | None:
    try:
        tags = tags_of(field)
    except Bad:
        return None
    domain, selector = ascii_domain(tags.get("d", "")), ascii_domain(tags.get("s", "") + ".x")
    return Signed(field, tags, domain, f"{selector[:-2]}._domainkey.{domain}") if domain and selector else None


def verify(message: Message, signed: Sequence[Signed], answers: Answers, now: datetime) -> list[Signature]:
    """One judgement for each signature, in their order. `now` (aware) is when the mail was received."""
    hashes: dict[bool, bytes] = {}
    return [_verify(message, one, answers, now, hashes) for one in signed]


def _verify(message: Message, signed: Signed, answers: Answers, now: datetime, hashes: dict[bool, bytes]) -> Signature:
    try:
        _check_tags(signed, now)
        records = answers.get(signed.key_name)
        if records is None:
            return Signature("temperror", signed.domain, "its key could not be fetched")
        tags = signed.tags
        identity = tags.get("i", f"@{signed.domain}").rpartition("@")[2].lower()
        key = load_key(records, tags["a"], strict_identity=identity != signed.domain)
        header, _, body = tags.get("c", "simple/simple").partition("/")
        relaxed = body == "relaxed"
        if relaxed not in hashes:
            hashes[relaxed] = body_hash(message, relaxed)
        if decoded(tags["bh"]) != hashes[relaxed]:
            raise Bad("the body was changed")
        data = signed_data(message, _names(tags), signed.field, header == "relaxed")
        check(key, decoded(tags["b"]), data)
    except Bad as bad:
        return Signature("fail", signed.domain, str(bad))
    return Signature("pass", signed.domain, "it is good")


def _names(tags: Mapping[str, str]) -> list[str]:
    """The signed names; From once more than it says, so that no second one can be added."""
    return [*(name.strip() for name in tags["h"].split(":")), "from"]


def _check_tags(signed: Signed, now: datetime) -> None:
    tags = signed.tags
    if tags.get("v") != "1" or not all(tags.get(name) for name in ("b", "bh", "h")):
        raise Bad("it lacks a part")
    if tags.get("a") not in ALGORITHMS:
        raise Bad("its algorithm is not trusted")
    if "l" in tags:
        raise Bad("it signs only the beginning of the body")
    header, _, body = tags.get("c", "simple/simple").partition("/")
    if {header, body or "simple"} - {"simple", "relaxed"}:
        raise Bad("its canonical form is unknown")
    if "from" not in (name.strip().lower() for name in tags["h"].split(":")):
        raise Bad("it does not sign From")
    domain = ascii_domain(tags.get("i", f"@{signed.domain}").rpartition("@")[2])
    if domain != signed.domain and not domain.endswith(f".{signed.domain}"):
        raise Bad("it speaks for another domain")
    at = now.timestamp()
    if _number(tags, "x", at) < at - CLOCK_SLOP or _number(tags, "t", at) > at + CLOCK_SLOP * 10:
        raise Bad("it is out of date")


def _number(tags: Mapping[str, str], name: str, otherwise: float) -> float:
    value = tags.get(name)
    if value is None:
        return otherwise
    if not (value.isascii() and value.isdigit() and len(value) <= 12):
        raise Bad("its times cannot be read")
    return float(value)
