"""The verdict of a mail server we trust: its Authentication-Results field (RFC 8601), and nobody else's."""

from typing import Any

import authres

from mailbot.proof.message import Message, Unreadable, ascii_domain, from_address, split
from mailbot.proof.verdict import Sender, Verdict

MAX_LENGTH = 8 * 1024


def read(raw: bytes, authserv_id: str, *, from_trusted_relay: bool) -> Sender | None:
    """What our own relay found, or None when it says nothing: then nothing in this mail is to be believed.

    Only the topmost field counts, only under the configured `authserv_id`, and only in a mail that the relay itself
    delivered. The relay must remove fields that arrive under its name (RFC 8601 5). `raw` is as received.
    """
    if not authserv_id or not from_trusted_relay:
        return None
    try:
        message = split(raw)
        email = from_address(message)
    except Unreadable as problem:
        return Sender("unknown", "", "trusted header", str(problem))
    results = _topmost(message, authserv_id)
    return None if results is None else _judge(results, email)


def _topmost(message: Message, authserv_id: str) -> list[Any] | None:
    fields = message.named(b"authentication-results")
    if not fields or len(fields[0][1]) > MAX_LENGTH:
        return None
    text = fields[0][1].decode("utf-8", "replace").replace("\r\n", "").strip()
    if text.count("(") > 100:
        return None
    try:
        header = authres.AuthenticationResultsHeader.parse_value(text)
    except Exception:  # the parser raises what it likes on odd fields, such as Microsoft's without a name
        return None
    return list(header.results) if str(header.authserv_id).lower() == authserv_id.lower() else None


def _judge(results: list[Any], email: str) -> Sender:
    """DMARC when the relay did it; else a good DKIM or SPF of the very domain in From, or of one above it."""
    domain = email.rpartition("@")[2]
    verdict, because = _found(results, domain)
    return Sender(verdict, domain, "trusted header", f"our mail server {because}", email)


def _found(results: list[Any], domain: str) -> tuple[Verdict, str]:
    for result in _of("dmarc", results):
        if _domain(result, "header", "from") != domain:
            return "unknown", "speaks of another domain than From's"
        if result.result == "pass":
            return "pass", f"found DMARC good for {domain}"
        if result.result == "fail":
            return "fail", f"found DMARC failed for {domain}"
    for method, kind, name in (("dkim", "header", "d"), ("dkim", "header", "i"), ("spf", "smtp", "mailfrom")):
        for result in _of(method, results):
            if result.result == "pass" and _speaks_for(_domain(result, kind, name), domain):
                return "pass", f"found {method.upper()} good for {domain}"
    if any(getattr(result, "result", "") == "temperror" for result in results):
        return "unknown", "could not find out"
    return "none", "found nothing that vouches for From"


def _of(method: str, results: list[Any]) -> list[Any]:
    return [result for result in results if str(getattr(result, "method", "")).lower() == method]


def _domain(result: Any, kind: str, name: str) -> str:
    """The domain in a property such as `header.from`; "" when it is not there just once."""
    values = [str(part.value) for part in getattr(result, "properties", []) if (part.type, part.name) == (kind, name)]
    return ascii_domain(values[0].rpartition("@")[2]) if len(values) == 1 else ""


def _speaks_for(domain: str, wanted: str) -> bool:
    return bool(domain) and (domain == wanted or wanted.endswith(f".{domain}"))
