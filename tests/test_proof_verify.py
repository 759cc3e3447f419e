"""Our own verification, end to end against a zone in memory: what DNS says, what a mail carries, what follows."""

import asyncio
import base64
import hashlib
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.proof.dns import Zone
from mailbot.proof.verdict import Sender
from mailbot.proof.verify import Facts, chain_of_forwarders, gather, judge

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
RSA = rsa.generate_private_key(65537, 2048)
ED = ed25519.Ed25519PrivateKey.generate()
IP = "192.0.2.1"

Names = Mapping[str, Mapping[str, Sequence[str]] | str]

RSA_P = base64.b64encode(RSA.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
ED_P = base64.b64encode(ED.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
KEY = {"TXT": [f"v=DKIM1; k=rsa; p={RSA_P}"]}
DMARC = {"TXT": ["v=DMARC1; p=reject"]}

FIELDS = [b"From: Anna <anna@home.example>", b"To: orders@shop.example", b"Subject: My key"]
BODY = b"I lost my key.\r\n"


def raw_mail(fields: list[bytes] = FIELDS, body: bytes = BODY) -> bytes:
    return b"\r\n".join([*fields, b"", body])


def signed(fields: list[bytes] = FIELDS, body: bytes = BODY, domain: str = "home.example", **tags: str) -> bytes:
    """A mail signed in the simple form, which is the bytes themselves: so no code is shared with the reader."""
    names = [field.partition(b":")[0].decode() for field in fields]
    table = {"v": "1", "a": "rsa-sha256", "d": domain, "s": "s", "h": ":".join(names)} | tags
    table["bh"] = base64.b64encode(hashlib.sha256(body).digest()).decode()
    own = b"DKIM-Signature: " + "; ".join(f"{name}={value}" for name, value in table.items()).encode() + b"; b="
    data = b"\r\n".join([*fields, own])
    if table["a"] == "ed25519-sha256":
        signature = ED.sign(hashlib.sha256(data).digest())
    else:
        signature = RSA.sign(data, PKCS1v15(), SHA256())
    return b"\r\n".join([own + base64.b64encode(signature), *fields, b"", body])


def facts(raw: bytes, zone: Names, **envelope: Any) -> Facts:
    given = {"peer_ip": "", "mail_from": "", **envelope}
    return asyncio.run(gather(raw, resolver=Zone(zone), **given))


def sender(raw: bytes, zone: Names, **envelope: Any) -> Sender:
    return judge(facts(raw, zone, **envelope), NOW)


def zone_of(**names: Any) -> Names:
    """Keyword to name: `key__home_example` is the key's name, `dmarc__x` the policy's; values are tables or TIMEOUT."""
    prefixes = {"key": "s._domainkey.", "dmarc": "_dmarc.", "at": ""}
    found = {}
    for word, entry in names.items():
        kind, _, domain = word.partition("__")
        found[prefixes[kind] + domain.replace("_", ".")] = entry
    return found


def test_a_good_signature_of_the_from_domain_passes() -> None:
    found = sender(signed(), zone_of(key__home_example=KEY, dmarc__home_example=DMARC))
    assert (found.verdict, found.domain, found.by, found.email) == (
        "pass",
        "home.example",
        "dmarc",
        "anna@home.example",
    )
    assert "home.example" in found.because
    assert sender(signed(), zone_of(key__home_example=KEY)).by == "dkim"


def test_ed25519_and_several_signatures() -> None:
    ed = {"TXT": [f"v=DKIM1; k=ed25519; p={ED_P}"]}
    assert sender(signed(a="ed25519-sha256"), zone_of(key__home_example=ed)).verdict == "pass"
    good = signed()
    broken = good.replace(b"; b=", b"; b=AAAA", 1).partition(b"\r\n")[0]
    assert sender(broken + b"\r\n" + good, zone_of(key__home_example=KEY)).verdict == "pass"
    strangers = b"".join(
        b"DKIM-Signature: v=1; a=rsa-sha256; d=list%d.example; s=s; h=from; bh=AAAA; b=AAAA\r\n" % n for n in range(50)
    )
    asked = facts(strangers + good, zone_of(key__home_example=KEY))
    assert len(asked.signed) == 5
    assert judge(asked, NOW).verdict == "pass"


@pytest.mark.parametrize(
    ("tags", "zone", "verdict", "words"),
    [
        ({"l": "5"}, {}, "fail", "only the beginning"),
        ({"x": "1577836800"}, {}, "fail", "out of date"),
        ({"x": "1893456000", "t": "1577836800"}, {}, "pass", ""),
        ({"t": "1893456000"}, {}, "fail", "out of date"),
        ({"x": "soon"}, {}, "fail", "times"),
        ({"i": "anna@home.example"}, {}, "pass", ""),
        ({"i": "@sub.home.example"}, {}, "pass", ""),
        ({"i": "@evilhome.example"}, {}, "fail", "another domain"),
        ({"h": "To:Subject"}, {}, "fail", "does not sign From"),
        ({"h": "From"}, {}, "fail", "signature is wrong"),
        ({"a": "rsa-sha1"}, {}, "fail", "not trusted"),
        ({"v": "2"}, {}, "fail", "lacks"),
        ({"c": "nowsp/simple"}, {}, "fail", "canonical"),
        ({"q": "dns/txt"}, {}, "pass", ""),
        ({}, {"TXT": [f"p={RSA_P}"]}, "pass", ""),
        ({}, {"TXT": [f"v=DKIM1; p={RSA_P}; t=y"]}, "fail", "testing"),
        ({"i": "@sub.home.example"}, {"TXT": [f"p={RSA_P}; t=s"]}, "fail", "subdomains"),
        ({}, {"TXT": [f"p={RSA_P}; s=tlsrpt"]}, "fail", "not for this use"),
        ({}, {"TXT": [f"p={RSA_P}; h=sha1"]}, "fail", "not for this use"),
        ({}, {"TXT": [f"p={ED_P}; k=ed25519"]}, "fail", "another kind"),
        ({}, {"TXT": ["v=DKIM1; p="]}, "fail", "withdrawn"),
        ({}, {"TXT": ["v=DKIM1; p=AAAA"]}, "fail", "cannot be read"),
        ({}, {"TXT": ["v=DKIM1; p=%%%"]}, "fail", "base64"),
        ({}, {"TXT": [f"v=DKIM1; p={'A' * 5000}"]}, "fail", "too long"),
        ({}, {"TXT": [f"p={RSA_P}", f"p={RSA_P}"]}, "fail", "more than one key"),
        ({}, {"TXT": ["v=spf1 -all", f"p={RSA_P}"]}, "pass", ""),
        ({}, {"TXT": []}, "fail", "there is no key"),
        ({}, "TIMEOUT", "unknown", "could not be fetched"),
        ({}, "SERVFAIL", "unknown", "could not be fetched"),
    ],
)
def test_what_a_signature_is_worth(tags: dict[str, Any], zone: Any, verdict: str, words: str) -> None:
    names = zone_of(key__home_example=zone or KEY, dmarc__home_example=DMARC)
    found = sender(signed(**tags), names)
    assert found.verdict == verdict
    assert words in found.because


@pytest.mark.parametrize(
    "change",
    [
        (b"I lost my key.", b"I lost my money."),
        (b"Subject: My key", b"Subject: My kez"),
        (b"<anna@home.example>", b"<eve@home.example>"),
        (b"\r\n\r\n", b"\r\nFrom: eve@home.example\r\n\r\n"),
        (b"To: orders", b"To : orders"),
    ],
)
def test_a_changed_mail_does_not_pass(change: tuple[bytes, bytes]) -> None:
    zone = zone_of(key__home_example=KEY, dmarc__home_example=DMARC)
    assert sender(signed().replace(*change, 1), zone).verdict in ("fail", "unknown")


OWN = {"mail_from": "x@home.example", "peer_ip": IP}
ALIEN = {"mail_from": "x@evil.example", "peer_ip": IP}
SPF = {"TXT": ["v=spf1 ip4:192.0.2.1 -all"]}
SOFT = {"TXT": ["v=spf1 ~all"]}


@pytest.mark.parametrize(
    ("zone", "envelope", "verdict", "by"),
    [
        (zone_of(at__home_example=SPF), OWN, "pass", "spf"),
        (zone_of(at__home_example=SPF, dmarc__home_example=DMARC), OWN, "pass", "dmarc"),
        (zone_of(at__home_example=SPF), {"mail_from": "x@home.example", "peer_ip": "192.0.2.2"}, "none", "spf"),
        (zone_of(at__home_example=SPF), {"mail_from": "x@home.example", "peer_ip": ""}, "none", "spf"),
        (zone_of(at__home_example=SPF), {"mail_from": "x@home.example", "peer_ip": "not an address"}, "none", "spf"),
        (zone_of(at__home_example=SPF), {"mail_from": "", "helo": "home.example", "peer_ip": IP}, "pass", "spf"),
        (zone_of(at__home_example=SPF), {"mail_from": "", "peer_ip": IP}, "none", "spf"),
        (zone_of(at__evil_example=SPF), ALIEN, "none", "spf"),
        (zone_of(at__evil_example=SPF, dmarc__home_example=DMARC), ALIEN, "fail", "dmarc"),
        (zone_of(at__home_example=SOFT), OWN, "none", "spf"),
        (zone_of(at__home_example="TIMEOUT"), OWN, "unknown", "dmarc"),
        (zone_of(dmarc__home_example=DMARC), OWN, "fail", "dmarc"),
        (zone_of(dmarc__home_example="TIMEOUT"), {}, "unknown", "dmarc"),
        (zone_of(dmarc__example="SERVFAIL"), {}, "unknown", "dmarc"),
        ({}, {}, "none", "spf"),
    ],
)  # fmt: skip
def test_spf_and_dmarc(zone: Names, envelope: dict[str, str], verdict: str, by: str) -> None:
    found = sender(raw_mail(), zone, **envelope)
    assert (found.verdict, found.by) == (verdict, by)


@pytest.mark.parametrize(
    ("from_domain", "signer", "records", "verdict"),
    [
        ("shop.home.example", "home.example", {"home.example": "v=DMARC1; p=none"}, "pass"),
        ("home.example", "mail.home.example", {"home.example": "v=DMARC1"}, "pass"),
        ("a.home.example", "b.home.example", {"home.example": "v=DMARC1"}, "pass"),
        ("a.home.example", "b.home.example", {}, "none"),
        ("home.example", "mail.home.example", {"home.example": "v=DMARC1; adkim=s"}, "fail"),
        ("home.example", "home.example", {"home.example": "v=DMARC1; adkim=s"}, "pass"),
        ("a.psd.example", "b.psd.example", {"psd.example": "v=DMARC1; psd=y"}, "fail"),
        ("x.a.psd.example", "y.a.psd.example", {"psd.example": "v=DMARC1; psd=y"}, "pass"),
        ("x.own.example", "own.example", {"example": "v=DMARC1", "x.own.example": "v=DMARC1; psd=n"}, "fail"),
        ("home.example", "evil.example", {"home.example": "v=DMARC1"}, "fail"),
        ("home.example", "evilhome.example", {"home.example": "v=DMARC1"}, "fail"),
        ("a.home.example", "home.example", {"home.example": "v=DMARC1", "a.home.example": "v=DMARC1; adkim=s"}, "fail"),
        ("a.home.example", "home.example", {"home.example": "TIMEOUT"}, "unknown"),
        ("home.example", "a.home.example", {"home.example": "v=DMARC1", "a.home.example": "TIMEOUT"}, "unknown"),
    ],
)  # fmt: skip
def test_which_domains_speak_for_from(from_domain: str, signer: str, records: dict[str, str], verdict: str) -> None:
    zone: dict[str, Any] = {f"s._domainkey.{signer}": KEY}
    for domain, text in records.items():
        zone[f"_dmarc.{domain}"] = text if text == "TIMEOUT" else {"TXT": [text]}
    mail = signed([b"From: a@" + from_domain.encode()], domain=signer)
    assert sender(mail, zone).verdict == verdict


@pytest.mark.parametrize(
    "raw",
    [b"", b"\r\n\r\n", b"To: x\r\n\r\n", b"From: a@b.example, c@d.example\r\n\r\n", b"From: x\r\n\r\n", b"\x00" * 1000],
)
def test_a_mail_without_a_clear_from_is_unknown(raw: bytes) -> None:
    assert sender(raw, {}).verdict == "unknown"


class Slow(Zone):
    async def lookup(self, name: str, kind: str) -> tuple[str, list[str]]:
        await asyncio.sleep(30)
        return "NOERROR", []


class Broken(Zone):
    async def lookup(self, name: str, kind: str) -> tuple[str, list[str]]:
        raise OSError("no network")


def test_a_slow_or_broken_dns_leaves_it_unknown_in_time() -> None:
    for resolver in (Slow({}), Broken({})):
        start = time.process_time()
        found = asyncio.run(gather(signed(), IP, "anna@home.example", resolver, seconds=0.1))
        assert judge(found, NOW).verdict == "unknown"
        assert time.process_time() - start < 1


def test_questions_are_few_whatever_a_mail_says() -> None:
    deep = ".".join(["a"] * 60) + ".home.example"
    fields = b"".join(
        b"DKIM-Signature: v=1; a=rsa-sha256; d=%s.%s; s=s%d; h=from; bh=AAAA; b=AAAA\r\n" % (b"x" * n, deep.encode(), n)
        for n in range(1, 40)
    )
    zone = Zone({})
    asyncio.run(gather(fields + f"From: a@{deep}\r\n\r\n".encode(), IP, f"a@{deep}", zone))
    assert len(zone.asked) <= 70


@pytest.mark.parametrize("piece", [b" ", b"\r\n", b" \r\n", b"a b  c\r\n", b"\r"])
def test_no_body_is_slow(piece: bytes) -> None:
    start = time.process_time()
    for form in ("simple/simple", "relaxed/relaxed"):
        assert sender(signed(c=form).replace(BODY, piece * (2_000_000 // len(piece))), zone_of(key__home_example=KEY))
    assert time.process_time() - start < 2


@pytest.mark.parametrize("value", [b"b=" + b"\r\n " * 5000, b"; " * 8000, b"h=" + b"from:" * 3000, b"b" * 16_000])
def test_no_signature_is_slow(value: bytes) -> None:
    start = time.process_time()
    own = b"DKIM-Signature: v=1; a=rsa-sha256; d=home.example; s=s; h=from; bh=AAAA; b=AAAA; z=" + value + b"\r\n"
    assert sender(own * 30 + raw_mail(), zone_of(key__home_example=KEY)).verdict != "pass"
    assert time.process_time() - start < 1


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=3))
def test_no_change_of_bytes_makes_another_mail_pass(place: int, change: bytes) -> None:
    """Flip bytes anywhere outside the signature's own field: it passes only when nothing that counts has changed."""
    good = signed()
    head = good.index(b"\r\nFrom") + 2
    at = head + place % (len(good) - head)
    changed = good[:at] + change + good[at + len(change) :]
    found = sender(changed, zone_of(key__home_example=KEY))
    if found.verdict == "pass":
        lines = changed.split(b"\r\n\r\n")[0].replace(b"\r\n", b"\n").split(b"\n")
        assert [line for line in lines if line in FIELDS] == FIELDS


RFC_8463 = b"""DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
"""


def test_the_example_of_rfc_8463() -> None:
    key = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
    zone = {"brisbane._domainkey.football.example.com": {"TXT": [key]}}
    assert sender(RFC_8463, zone).verdict == "pass"
    assert sender(RFC_8463.replace(b"  Are", b" Are"), zone).verdict == "pass"  # the relaxed form allows it
    assert sender(RFC_8463.replace(b"hungry", b"angry"), zone).verdict == "none"


def test_arc_is_information_and_no_proof() -> None:
    mail = forwarded(raw_mail())
    zone = zone_of(key__list_example=KEY, dmarc__home_example=DMARC)
    assert chain_of_forwarders(facts(mail, zone)) == "pass"
    assert sender(mail, zone).verdict == "fail"
    assert chain_of_forwarders(facts(mail, {})) == "fail"
    assert chain_of_forwarders(facts(mail, zone_of(key__list_example="TIMEOUT"))) == "unknown"
    assert chain_of_forwarders(facts(raw_mail(), zone)) == "none"
    assert chain_of_forwarders(facts(forwarded(mail, 2), zone)) == "pass"
    for change in (
        (b"lost my key", b"lost my money"),
        (b"arc=x", b"arc=y"),
        (b"cv=none", b"cv=pass"),
        (b"i=1", b"i=3"),
    ):
        assert chain_of_forwarders(facts(mail.replace(*change, 1), zone)) == "fail", change


def forwarded(raw: bytes, number: int = 1) -> bytes:
    """A mail with one more ARC set on top, its fields written in their relaxed form."""
    head, _, body = raw.partition(b"\r\n\r\n")
    old = [line for line in reversed(head.split(b"\r\n")) if line.startswith(b"arc-")]
    subject = next(line for line in head.split(b"\r\n") if line.startswith(b"From"))
    results = b"arc-authentication-results:i=%d; list.example; arc=x" % number
    bh = base64.b64encode(hashlib.sha256(body).digest())
    own = b"arc-message-signature:i=%d; a=rsa-sha256; c=relaxed/simple; d=list.example; s=s; h=from; bh=%s; b=" % (
        number,
        bh,
    )
    plain = b"from:" + subject.partition(b": ")[2]
    own += base64.b64encode(RSA.sign(plain + b"\r\n" + own, PKCS1v15(), SHA256()))
    seal = b"arc-seal:i=%d; a=rsa-sha256; d=list.example; s=s; cv=%s; b=" % (number, b"pass" if number > 1 else b"none")
    seal += base64.b64encode(RSA.sign(b"\r\n".join([*old, results, own, seal]), PKCS1v15(), SHA256()))
    return b"\r\n".join([seal, own, results, raw])
