"""The real resolver, asked at a small DNS server on loopback."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from mailbot.proof.dns import DnsResolver, Zone

RECORDS = {
    ("long.example.", "TXT"): ['"v=DKIM1; p=AA" "BB" "CC"'],
    ("two.example.", "TXT"): ["one", "two"],
    ("mail.example.", "MX"): ["10 mx1.example.", "20 mx2.example."],
    ("mail.example.", "A"): ["192.0.2.1"],
    ("mail.example.", "AAAA"): ["2001:db8::1"],
    ("1.2.0.192.in-addr.arpa.", "PTR"): ["mail.example."],
}


class Server(asyncio.DatagramProtocol):
    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, address: Any) -> None:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name, kind = str(question.name).lower(), question.rdtype.name
        if name == "silent.example.":
            return
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        if name == "broken.example.":
            response.set_rcode(dns.rcode.SERVFAIL)
        elif name not in {known for known, _ in RECORDS}:
            response.set_rcode(dns.rcode.NXDOMAIN)
        elif values := RECORDS.get((name, kind)):
            response.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *values))
        self.transport.sendto(response.to_wire(), address)


def ask(work: Callable[[DnsResolver], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(Server, ("127.0.0.1", 0))
        resolver = DnsResolver(["127.0.0.1"], seconds=0.4)
        resolver._resolver.port = transport.get_extra_info("sockname")[1]
        try:
            return await work(resolver)
        finally:
            transport.close()

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("name", "kind", "answer"),
    [
        ("long.example", "TXT", ("NOERROR", ["v=DKIM1; p=AABBCC"])),
        ("LONG.example.", "TXT", ("NOERROR", ["v=DKIM1; p=AABBCC"])),
        ("two.example", "TXT", ("NOERROR", ["one", "two"])),
        ("two.example", "A", ("NOERROR", [])),
        ("mail.example", "MX", ("NOERROR", ["mx1.example", "mx2.example"])),
        ("mail.example", "A", ("NOERROR", ["192.0.2.1"])),
        ("mail.example", "AAAA", ("NOERROR", ["2001:db8::1"])),
        ("1.2.0.192.in-addr.arpa", "PTR", ("NOERROR", ["mail.example"])),
        ("none.example", "TXT", ("NXDOMAIN", [])),
        ("broken.example", "TXT", ("SERVFAIL", [])),
        ("silent.example", "TXT", ("TIMEOUT", [])),
        ("a..example", "TXT", ("SERVFAIL", [])),
        ("x" * 64 + ".example", "TXT", ("SERVFAIL", [])),
        (".".join(["abc"] * 80), "TXT", ("SERVFAIL", [])),
        ("\ud800.example", "TXT", ("SERVFAIL", [])),
    ],
)
def test_answers(name: str, kind: str, answer: tuple[str, list[str]]) -> None:
    async def work(resolver: DnsResolver) -> tuple[str, list[str]]:
        status, found = await resolver.lookup(name, kind)
        return status, sorted(found)

    assert ask(work) == answer


def test_a_machine_without_dns_answers_servfail(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: Any, **__: Any) -> None:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(dns.resolver.BaseResolver, "read_resolv_conf", none)
    assert asyncio.run(DnsResolver().lookup("mail.example", "A"))[0] == "SERVFAIL"


def test_a_zone_in_memory_answers_alike() -> None:
    zone = Zone({"Mail.example.": {"A": ["192.0.2.1"]}, "broken.example": "SERVFAIL"})
    assert asyncio.run(zone.lookup("mail.EXAMPLE", "A")) == ("NOERROR", ["192.0.2.1"])
    assert asyncio.run(zone.lookup("mail.example", "TXT")) == ("NOERROR", [])
    assert asyncio.run(zone.lookup("x.example", "TXT")) == ("NXDOMAIN", [])
    assert asyncio.run(zone.lookup("broken.example", "TXT")) == ("SERVFAIL", [])
