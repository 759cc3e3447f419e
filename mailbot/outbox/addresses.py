"""Which addresses can be put on an envelope as they are: nothing is rewritten, what is odd is refused."""

import re

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-\u00a1-\ud7ff\ue000-\U0010ffff]{1,64}")
_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,251}[A-Za-z0-9])?")


def envelope_form(address: str) -> str | None:
    """The address as MAIL and RCPT carry it (domain in ASCII), or None when it is none. "" is the null sender.

    Quoted local parts and address literals are refused: no customer has one, and each is a way to smuggle.
    A local part beyond ASCII stays, and needs SMTPUTF8 (RFC 6531).
    """
    if not address:
        return ""
    local, at, domain = address.rpartition("@")
    try:
        domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if not at or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain) or ".." in domain:
        return None
    return f"{local}@{domain}"
