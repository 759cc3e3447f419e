"""The few sentences that every answer module needs: a letter to the order's address, to the asker, or to a person."""

from datetime import datetime
from typing import Any

from mailbot.model.case import Case
from mailbot.model.decision import Action, Change, Decision, Errand, Letter, OpenCase, Proof


def to_order(case: Case, name: str, *, attach_invoice: bool = False, **facts: Any) -> Letter:
    """A letter to the order's own address: safe whoever asked."""
    assert case.order is not None
    return Letter(
        name=name,
        to=case.order.customer.email,
        once=f"{case.once}/{name}/{case.order.id}",
        language=case.language if case.by_customer else case.order.customer.language or case.language,
        order_id=case.order.id,
        facts=facts,
        attach_invoice=attach_invoice,
    )


def to_asker(case: Case, name: str, **facts: Any) -> Letter:
    """A letter to whoever wrote. It must say nothing that a stranger may not know."""
    return Letter(name=name, to=case.sender, once=f"{case.once}/{name}/asker", language=case.language, facts=facts)


def reply(case: Case, because: str, rule: str, *letters: Letter) -> Decision:
    """Answers without changing anything. A stranger is told no more than that an answer went to the order's address."""
    return _decision("reply", case, because, rule, letters)


def change(
    case: Case, because: str, rule: str, changes: tuple[Change, ...], *letters: Letter, errands: tuple[Errand, ...] = ()
) -> Decision:
    """Changes the order and says so."""
    return _decision("change", case, because, rule, letters, changes, errands)


def _decision(
    action: Action,
    case: Case,
    because: str,
    rule: str,
    letters: tuple[Letter, ...],
    changes: tuple[Change, ...] = (),
    errands: tuple[Errand, ...] = (),
) -> Decision:
    if letters and all(letter.to != case.sender for letter in letters):
        letters = (*letters, to_asker(case, "proof/asked"))
    return Decision(
        action=action,
        because=because,
        rule=rule,
        proof=case.proof,
        kind=case.request.kind,
        changes=changes,
        letters=letters,
        errands=errands,
    )


def ignore(case: Case, because: str, rule: str) -> Decision:
    return Decision("ignore", because, rule, case.proof, case.request.kind)


def to_person(
    case: Case,
    because: str,
    rule: str,
    letter: str,
    *,
    held: Decision | None = None,
    declined: Decision | None = None,
) -> Decision:
    """Leaves it to a person: a case opens, and the customer hears by when.

    What was not understood is answered only to somebody whom we know (an answer to a letter of ours, a verified sender,
    an address with an order): most of the rest is advertising, and a reply to it is mail to a stranger.
    """
    asked = case.request.kind != "unclear"
    known = asked or case.proof > Proof.NONE or case.by_customer or bool(case.candidates)
    letters = (_promise(case, letter),) if known and letter else ()
    opened = OpenCase(
        kind=case.request.kind,
        reason=because,
        promised_by=case.outlook.promised_by,
        held=held,
        declined=declined,
        order_id=case.order.id if case.order and (case.by_customer or case.proof > Proof.NONE) else None,
    )
    return Decision("hold", because, rule, case.proof, case.request.kind, letters=letters, case=opened)


def _promise(case: Case, name: str) -> Letter:
    by = case.outlook.promised_by
    order_id = case.order.id if case.order and case.by_customer else None
    letter = to_asker(case, name, promised_by=stamp(by), kind=case.request.kind)
    return Letter(letter.name, letter.to, letter.once, letter.language, order_id, letter.facts)


def stamp(at: datetime | None) -> str | None:
    """A time as letters take it: RFC 3339 text."""
    return at.isoformat() if at else None
