"""ARC (RFC 8617): whether a chain of forwarders vouches for a mail. Information for people; it proves nothing here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from mailbot.proof import canon
from mailbot.proof.dkim import ALGORITHMS, MAX_LENGTH, Answers
from mailbot.proof.message import Field, Message, ascii_domain
from mailbot.proof.signature import (
    Bad,
    body_hash,
    check,
    decoded,
    load_key,
    parse_tags,
    signed_data,
    tags_of,
    unsigned,
)

MAX_SETS = 50  # RFC 8617 5.1.1
PARTS = (b"arc-authentication-results", b"arc-message-signature", b"arc-seal")

Chain = Literal["pass", "fail", "none", "unknown"]


@dataclass(frozen=True, slots=True)
class Link:
    """One forwarder's set: what it saw, its signature over the mail, its seal over the chain."""

    results: Field
    signature: Field
    seal: Field
    signature_tags: Mapping[str, str]
    seal_tags: Mapping[str, str]


def chain(message: Message) -> list[Link]:
    """The sets of the chain, first forwarder first; empty when there is none. Raises Bad when it is not whole."""
    found: dict[int, dict[bytes, Field]] = {}
    for part in PARTS:
        for field in message.named(part):
            if len(field[1]) > MAX_LENGTH:
                raise Bad("a part of the chain is too long")
            parts = found.setdefault(_instance(field), {})
            if part in parts:
                raise Bad("a part of the chain is there twice")
            parts[part] = field
    if sorted(found) != list(range(1, len(found) + 1)) or len(found) > MAX_SETS:
        raise Bad("a set of the chain is missing")
    if any(len(parts) != len(PARTS) for parts in found.values()):
        raise Bad("a part of the chain is missing")
    return [_link(*(found[number][part] for part in PARTS)) for number in sorted(found)]


def _instance(field: Field) -> int:
    text = field[1].decode("latin-1").replace("\r\n", "")
    if field[0].strip(b" \t").lower() == PARTS[0]:
        text = text.partition(";")[0]
    value = parse_tags(text).get("i", "")
    if not (value.isascii() and value.isdigit() and len(value) <= 2):
        raise Bad("a part of the chain has no number")
    return int(value)


def _link(results: Field, signature: Field, seal: Field) -> Link:
    return Link(results, signature, seal, tags_of(signature), tags_of(seal))


def key_names(links: list[Link]) -> list[str]:
    """The TXT names that `verify` needs: every seal's, and the last signature's."""
    asked = [link.seal_tags for link in links] + [link.signature_tags for link in links[-1:]]
    return list(dict.fromkeys(name for tags in asked if (name := _key_name(tags))))


def _key_name(tags: Mapping[str, str]) -> str:
    domain, selector = ascii_domain(tags.get("d", "")), ascii_domain(tags.get("s", "") + ".x")
    return f"{selector[:-2]}._domainkey.{domain}" if domain and selector else ""


def verify(message: Message, answers: Answers) -> Chain:
    """RFC 8617 5.2: the structure, each seal, and the signature of the last forwarder."""
    try:
        links = chain(message)
        if not links:
            return "none"
        for number, link in enumerate(links):
            _check_seal(link, number)
        _check_signature(message, links[-1], answers)
        for number in range(len(links), 0, -1):
            _check_seals(links[:number], answers)
    except Bad:
        return "fail"
    except KeyError:
        return "unknown"
    return "pass"


def _check_seal(link: Link, number: int) -> None:
    if link.seal_tags.get("cv") != ("pass" if number else "none"):
        raise Bad("a seal says the chain was broken")
    if "h" in link.seal_tags:
        raise Bad("a seal signs fields")


def _check_signature(message: Message, link: Link, answers: Answers) -> None:
    tags = link.signature_tags
    if not {"b", "bh", "h"} <= tags.keys():
        raise Bad("the signature lacks a part")
    names = [name.strip().lower() for name in tags["h"].split(":")]  # none is allowed, unlike in DKIM
    if "arc-seal" in names:
        raise Bad("the signature covers a seal")
    header, _, body = tags.get("c", "relaxed/relaxed").partition("/")
    if {header, body or "simple"} - {"simple", "relaxed"}:
        raise Bad("its canonical form is unknown")
    if decoded(tags["bh"]) != body_hash(message, body == "relaxed"):
        raise Bad("the body was changed")
    _check(tags, signed_data(message, names, link.signature, header == "relaxed"), answers)


def _check_seals(links: list[Link], answers: Answers) -> None:
    fields = [field for link in links for field in (link.results, link.signature, link.seal)]
    name, value = fields.pop()
    lines = [canon.field(*field, relaxed=True) for field in fields]
    lines.append(canon.field(name, unsigned(value), relaxed=True))
    _check(links[-1].seal_tags, b"\r\n".join(lines), answers)


def _check(tags: Mapping[str, str], data: bytes, answers: Answers) -> None:
    """Raises Bad when the signature is not good, KeyError when DNS did not tell its key."""
    if tags.get("a") not in ALGORITHMS or not tags.get("b"):
        raise Bad("its algorithm is not trusted")
    name = _key_name(tags)
    if not name:
        raise Bad("it names no key")
    records = answers.get(name)
    if records is None:
        raise KeyError(name)
    check(load_key(records, tags["a"]), decoded(tags["b"]), data)
