"""DNS for the proof: one small interface, the real resolver behind it, and a zone in memory for tests and the demo."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

log = logging.getLogger("mailbot.proof")

CACHED = 2_000


class Resolver(Protocol):
    """Answers one question. `kind` is TXT, A, AAAA, MX or PTR."""

    async def lookup(self, name: str, kind: str) -> tuple[str, list[str]]:
        """("NOERROR" | "NXDOMAIN" | "SERVFAIL" | "TIMEOUT", answers). TXT strings come joined. Never raises."""


class DnsResolver:
    """The real DNS. `nameservers` are IP addresses; none means those of the system. `seconds` is for one question.
    Where the system has none either, every answer is SERVFAIL.
    """

    def __init__(self, nameservers: Sequence[str] = (), seconds: float = 3) -> None:
        import dns.asyncresolver  # here, because behind a trusted relay nobody asks, and it takes 2 MB
        import dns.resolver

        try:
            self._resolver = dns.asyncresolver.Resolver(configure=not nameservers)
        except dns.resolver.NoResolverConfiguration:
            self._resolver = dns.asyncresolver.Resolver(configure=False)
            log.warning("this machine has no DNS: senders cannot be verified")
        if nameservers:
            self._resolver.nameservers = list(nameservers)
        self._resolver.lifetime, self._resolver.timeout = seconds, seconds / 2
        self._resolver.cache = dns.resolver.LRUCache(CACHED)

    async def lookup(self, name: str, kind: str) -> tuple[str, list[str]]:
        import dns.exception
        import dns.resolver

        try:
            answer = await self._resolver.resolve(name.rstrip(".") + ".", kind, raise_on_no_answer=False, search=False)
        except dns.resolver.NXDOMAIN:
            return "NXDOMAIN", []
        except dns.exception.Timeout:
            return "TIMEOUT", []
        except (dns.exception.DNSException, OSError, UnicodeError, ValueError):
            return "SERVFAIL", []
        return "NOERROR", [_text(data, kind) for data in answer.rrset or ()]


def _text(data: Any, kind: str) -> str:
    match kind:
        case "TXT":
            return b"".join(data.strings).decode("utf-8", "replace")
        case "MX":
            return str(data.exchange).rstrip(".")
        case "PTR":
            return str(data.target).rstrip(".")
        case _:
            return str(data.address)


class Zone:
    """A zone in memory: `{"x.example": {"TXT": ["v=spf1 -all"], "A": ["192.0.2.1"]}, "y.example": "TIMEOUT"}`."""

    def __init__(self, names: Mapping[str, Mapping[str, Sequence[str]] | str]) -> None:
        self._names = {name.lower().rstrip("."): entry for name, entry in names.items()}
        self.asked: list[tuple[str, str]] = []

    async def lookup(self, name: str, kind: str) -> tuple[str, list[str]]:
        self.asked.append((name, kind))
        entry = self._names.get(name.lower().rstrip("."))
        if entry is None:
            return "NXDOMAIN", []
        if isinstance(entry, str):
            return entry, []
        return "NOERROR", list(entry.get(kind, ()))
