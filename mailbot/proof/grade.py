"""From evidence to the grade of proof that an action asks for (`model.decision.Proof`). Pure."""

from mailbot.model.decision import Proof
from mailbot.proof.message import ascii_domain
from mailbot.proof.verdict import Sender


def grade(
    *, sender: Sender, from_email: str, order_email: str | None, token_addressee: str | None, staff: bool
) -> Proof:
    """How sure we are who is asking, for one order.

    `from_email` is the address in From, `order_email` the order's own (None: no order), `token_addressee` whom the
    letter went to whose signed reply address was used (None: no token). `staff` says that From is on the list of
    staff: it counts only for a proven From. A From that its owner disowns (`fail`) proves nothing, token or not:
    quoted mail and forwards carry our reply address to others.
    """
    proven = sender.verdict == "pass" and _is_about(sender, from_email)
    if staff and proven:
        return Proof.STAFF
    used_by_addressee = token_addressee is not None and same(token_addressee, from_email)
    if used_by_addressee and sender.verdict != "fail" and (order_email is None or same(order_email, from_email)):
        return Proof.REPLY_TOKEN
    if proven and order_email is not None and same(order_email, from_email):
        return Proof.VERIFIED_SENDER
    return Proof.NONE


def _is_about(sender: Sender, email: str) -> bool:
    """Whether the verdict is about this very address: two readers of one From must agree on it."""
    return same(sender.email, email) if sender.email else _domain_of(email) == sender.domain != ""


def same(one: str, other: str) -> bool:
    """Whether two addresses are one mailbox: case does not count, nor how the domain is written. Dots and tags do."""
    return bool(_form(one)) and _form(one) == _form(other)


def _form(email: str) -> str:
    local, at, _ = email.strip().rpartition("@")
    domain = _domain_of(email)
    return f"{local.casefold()}@{domain}" if at and local and domain else ""


def _domain_of(email: str) -> str:
    return ascii_domain(email.strip().rpartition("@")[2]) if "@" in email else ""
