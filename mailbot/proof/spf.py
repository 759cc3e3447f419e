"""SPF (RFC 7208): whether the owner of the envelope's domain lets this address send. The evaluation is spftrace's."""

import ipaddress
from dataclasses import dataclass

from spftrace import BaseResolver, DnsError, Evaluator, Limits

from mailbot.proof.dns import Resolver
from mailbot.proof.message import ascii_domain

MAX_QUERIES = 60


@dataclass(frozen=True, slots=True)
class Spf:
    """`verdict` is RFC 7208's word (pass, fail, softfail, neutral, none, temperror, permerror), "" when not asked."""

    verdict: str
    domain: str


class _Adapter(BaseResolver):
    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    async def _lookup(self, name: str, rtype: str) -> tuple[str, list[str]]:
        status, answers = await self._resolver.lookup(name, rtype)
        if status not in ("NOERROR", "NXDOMAIN"):
            raise DnsError(status)
        return status, answers


def domain_of(mail_from: str, helo: str) -> str:
    """The domain that SPF is about, or "" when there is none."""
    return ascii_domain(mail_from.rpartition("@")[2] if mail_from else helo)


async def check(peer_ip: str, mail_from: str, helo: str, resolver: Resolver, seconds: float = 8) -> Spf:
    """Check the envelope sender, or HELO's name for the null sender (RFC 7208 2.4). Never raises for what DNS says."""
    domain, sender = domain_of(mail_from, helo), mail_from
    if not domain or not _is_address(peer_ip):
        return Spf("", domain)
    local = sender.rpartition("@")[0] or "postmaster"
    limits = Limits(time_limit=seconds, max_queries=MAX_QUERIES)
    evaluator = Evaluator(_Adapter(resolver), limits, receiver="mailbot")
    result = await evaluator.evaluate(peer_ip, f"{local}@{domain}", helo)
    return Spf(result.verdict, domain)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
