"""The gates: what stops a mail before its kind is asked, in the order in which they are tried."""

import re
from collections.abc import Callable

from mailbot.answers import say
from mailbot.model.case import Case
from mailbot.model.decision import Decision, Letter, OpenCase, Proof

_BOUNCES = re.compile(r"(mailer[-_.]?daemon|bounces?)([-+=._].*)?", re.IGNORECASE | re.DOTALL)
_UNREAD = re.compile(r"(no[-_.]?reply|do[-_.]?not[-_.]?reply|postmaster)([-+=._].*)?", re.IGNORECASE | re.DOTALL)


def pass_gates(case: Case) -> Decision | None:
    """The decision of the first gate that stops the mail, or None when it may go on."""
    for gate in GATES:
        decision = gate(case)
        if decision is not None:
            return decision
    return None


def _our_own(case: Case) -> Decision | None:
    if case.from_us:
        return say.ignore(case, "the mail is our own, come back to us", "rules/gates.toml: our_own")
    return None


def _automatic(case: Case) -> Decision | None:
    if case.mail.automatic:
        because = f"automatic mail ({case.mail.automatic}) is never answered"
        return say.ignore(case, because, "rules/gates.toml: automatic")
    return None


def _no_sender(case: Case) -> Decision | None:
    if "@" not in case.sender:
        return say.ignore(case, "the mail names no sender who could be answered", "rules/gates.toml: no_sender")
    return None


def _forged(case: Case) -> Decision | None:
    if case.sender_verdict != "fail" or case.proof >= Proof.REPLY_TOKEN:
        return None
    because = f"the domain of {case.sender} says that it did not send this mail: not obeyed, not answered"
    opened = OpenCase("quarantine", because, case.outlook.promised_by)
    return Decision("quarantine", because, "rules/gates.toml: forged", case.proof, case.request.kind, case=opened)


def _from_staff(case: Case) -> Decision | None:
    """A colleague hears that a mail does nothing, rather than wait for what will not come."""
    if not case.from_staff:
        return None
    because = "a colleague wrote; what staff decide, they decide on the case page"
    if case.recent_letters >= case.budget:  # else two robots could talk for ever
        return say.ignore(case, because, "rules/gates.toml: from_staff")
    letter = Letter(
        "staff/notice",
        case.sender,
        f"{case.once}/staff/notice",
        case.shop.language,
        facts={"what": "your mail was not acted on", "because": "cases are decided and answered on their page"},
        unasked=True,
    )
    return Decision("ignore", because, "rules/gates.toml: from_staff", case.proof, letters=(letter,))


def _no_reply(case: Case) -> Decision | None:
    """An address behind which nobody reads: bounces without their marks are ignored, the rest is seen by a person."""
    local = case.sender.rpartition("@")[0]
    if _BOUNCES.fullmatch(local):
        because = f"nobody reads at {case.sender}: mail from there is never answered"
        return say.ignore(case, because, "rules/gates.toml: no_reply")
    if not _UNREAD.fullmatch(local):
        return None
    because = f"nobody reads at {case.sender}: not answered, a person looks at it"
    opened = OpenCase("no_reply", because, case.outlook.promised_by, order_id=case.order.id if case.order else None)
    return Decision("hold", because, "rules/gates.toml: no_reply", case.proof, case.request.kind, case=opened)


def _too_many(case: Case) -> Decision | None:
    if case.recent_letters < case.budget:
        return None
    because = f"{case.recent_letters} automatic letters went to this address lately; the next one is a person's"
    opened = OpenCase("too_many", because, case.outlook.promised_by, order_id=case.order.id if case.order else None)
    rule = "mailbot.toml: letters.budget"
    return Decision("hold", because, rule, case.proof, case.request.kind, case=opened)


GATES: tuple[Callable[[Case], Decision | None], ...] = (
    _our_own,
    _automatic,
    _no_sender,
    _forged,
    _from_staff,
    _no_reply,
    _too_many,
)
