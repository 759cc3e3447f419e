"""Our own verification of a mail: DNS is asked first (`gather`), then everything is judged without it (`judge`)."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

from mailbot.proof import arc, dkim, dmarc, spf
from mailbot.proof.dkim import Answers, Signature, Signed
from mailbot.proof.dns import Resolver
from mailbot.proof.message import Message, Unreadable, from_address, split
from mailbot.proof.signature import Bad
from mailbot.proof.spf import Spf
from mailbot.proof.verdict import Sender

log = logging.getLogger("mailbot.proof")

MAX_SIZE = 30 * 2**20
MAX_QUESTIONS = 60
SECONDS = 10.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Facts:
    """All that judging needs, gathered. `problem` is why the mail cannot be judged at all, or ""."""

    message: Message
    email: str
    domain: str
    signed: tuple[Signed, ...]
    spf: Spf
    answers: Answers
    problem: str = ""


async def gather(
    raw: bytes, peer_ip: str, mail_from: str, resolver: Resolver, *, helo: str = "", seconds: float = SECONDS
) -> Facts:
    """Ask DNS what this mail needs, within `seconds`; what it did not say by then stays unknown. Never raises.

    `raw` is the mail as received, before anything is scrubbed from it. `peer_ip` is the address that delivered it,
    or "" when that is a relay of ours, whose SPF would say nothing of the sender.
    """
    try:
        message, email = _open(raw)
    except Unreadable as problem:
        return Facts(Message((), b""), "", "", (), Spf("", ""), {}, str(problem))
    domain = email.rpartition("@")[2]
    signed = dkim.signatures(message, domain)
    sent_by, answers = await asyncio.gather(
        _within(seconds, spf.check(peer_ip, mail_from, helo, resolver, seconds), Spf("temperror", "")),
        _ask(_questions(message, domain, signed, spf.domain_of(mail_from, helo)), resolver, seconds),
    )
    return Facts(message, email, domain, tuple(signed), sent_by, answers)


def _open(raw: bytes) -> tuple[Message, str]:
    if len(raw) > MAX_SIZE:
        raise Unreadable("it is too big")
    message = split(raw)
    return message, from_address(message)


def _questions(message: Message, domain: str, signed: list[Signed], envelope: str) -> list[str]:
    """The TXT names to ask for, most important first."""
    names = dmarc.names(domain) + (dmarc.names(envelope) if dkim.kin(envelope, domain) else [])
    for one in signed:
        names.append(one.key_name)
        names += dmarc.names(one.domain) if dkim.kin(one.domain, domain) else []
    with suppress(Bad):  # a broken chain needs no keys
        names += arc.key_names(arc.chain(message))
    return list(dict.fromkeys(names))[:MAX_QUESTIONS]


async def _ask(names: list[str], resolver: Resolver, seconds: float) -> dict[str, tuple[str, ...] | None]:
    found = await asyncio.gather(*(_within(seconds, _txt(name, resolver), None) for name in names))
    return dict(zip(names, found, strict=True))


async def _txt(name: str, resolver: Resolver) -> tuple[str, ...] | None:
    status, texts = await resolver.lookup(name, "TXT")
    return tuple(texts) if status in ("NOERROR", "NXDOMAIN") else None


async def _within(seconds: float, work: Coroutine[Any, Any, T], otherwise: T) -> T:
    try:
        return await asyncio.wait_for(work, seconds)
    except Exception as error:  # a resolver or evaluator that fails must not stop a mail: it stays unproven
        log.warning("a question to DNS failed: %s", type(error).__name__)
        return otherwise


def judge(facts: Facts, now: datetime) -> Sender:
    """Whether From is true, by DMARC's rules. Pure; `now` (aware) is when the mail was received.

    A good signature or SPF result counts when its domain is aligned with From's. What DNS left open is `unknown`.
    """
    if facts.problem:
        return Sender("unknown", "", "dmarc", facts.problem)
    checked = dkim.verify(facts.message, facts.signed, facts.answers, now)
    try:
        rule = dmarc.policy(facts.domain, facts.answers)
    except dmarc.Silent:
        return Sender(
            "unknown", facts.domain, "dmarc", "DNS did not say whether the domain has a DMARC record", facts.email
        )
    try:
        return _vouched(facts, rule, checked) or _unvouched(facts, rule, checked)
    except dmarc.Silent:
        return Sender("unknown", facts.domain, "dmarc", "DNS did not say which domains belong together", facts.email)


def _vouched(facts: Facts, rule: dmarc.Record | None, checked: list[Signature]) -> Sender | None:
    silent: dmarc.Silent | None = None
    for by, domain, because in _vouchers(facts, checked):
        strict = rule is not None and (rule.strict_dkim if by == "dkim" else rule.strict_spf)
        try:
            if dmarc.aligned(domain, facts.domain, strict, facts.answers):
                return Sender("pass", facts.domain, "dmarc" if rule else by, because, facts.email)
        except dmarc.Silent as error:
            silent = error
    if silent is not None:
        raise silent
    return None


def _vouchers(facts: Facts, checked: list[Signature]) -> Iterator[tuple[Literal["dkim", "spf"], str, str]]:
    """What passed: by which method, for which domain, in words."""
    for one in checked:
        if one.verdict == "pass":
            yield "dkim", one.domain, f"the DKIM signature of {one.domain} is good and speaks for From"
    if facts.spf.verdict == "pass":
        yield "spf", facts.spf.domain, f"SPF lets this address send for {facts.spf.domain}, which speaks for From"


def _unvouched(facts: Facts, rule: dmarc.Record | None, checked: list[Signature]) -> Sender:
    seen = "; ".join([f"DKIM {one.domain}: {one.because}" for one in checked] + [_spf_words(facts.spf)])
    if facts.spf.verdict == "temperror" or any(one.verdict == "temperror" for one in checked):
        return Sender("unknown", facts.domain, "dmarc", f"DNS did not answer everything ({seen})", facts.email)
    if rule:
        because = f"{facts.domain} has DMARC, and nothing vouches for From ({seen})"
        return Sender("fail", facts.domain, "dmarc", because, facts.email)
    return Sender("none", facts.domain, "dkim" if checked else "spf", f"nothing vouches for From ({seen})", facts.email)


def _spf_words(result: Spf) -> str:
    return f"SPF {result.domain}: {result.verdict}" if result.verdict else "SPF: not asked"


def chain_of_forwarders(facts: Facts) -> arc.Chain:
    """What ARC says, for people to see beside the verdict. It is never part of it."""
    return arc.verify(facts.message, facts.answers)
