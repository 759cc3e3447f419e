"""What we do when asked: one module per kind of request, each a pure `decide(case, policy) -> Decision`.

The gates come first, in their visible order; then the kind's own module; kinds that have none go to a person.
A new kind is a rules file, a module here and a template folder; `tests/test_answers_kinds.py` keeps the three in step.
"""

from collections.abc import Callable, Mapping
from typing import Any

from mailbot.answers import (
    cancel_order,
    card_declined,
    change_payment,
    hand_over,
    human,
    invoice_copy,
    order_status,
    payment_sent,
    purchase_lookup,
    refund,
    resend_download,
    resend_key,
    say,
    thanks,
    unclear,
)
from mailbot.answers.gates import pass_gates
from mailbot.answers.which_order import settle_order, tell_stranger_nothing
from mailbot.model.case import Case
from mailbot.model.decision import Decision

Policy = Mapping[str, Any]
Decide = Callable[[Case, Policy], Decision]

DECIDERS: dict[str, Decide] = {
    "resend_key": resend_key.decide,
    "resend_download": resend_download.decide,
    "cancel_order": cancel_order.decide,
    "refund": refund.decide,
    "invoice_copy": invoice_copy.decide,
    "change_payment": change_payment.decide,
    "card_declined": card_declined.decide,
    "order_status": order_status.decide,
    "payment_sent": payment_sent.decide,
    "purchase_lookup": purchase_lookup.decide,
    "human": human.decide,
    "thanks": thanks.decide,
    "unclear": unclear.decide,
}
NEEDS_NO_ORDER = {"purchase_lookup", "human", "thanks", "unclear"}


def decide(case: Case, policy: Policy) -> Decision:
    """What to do about one request: the gates, then which order is meant, then the kind's own module."""
    stopped = pass_gates(case)
    if stopped is not None:
        return stopped
    decision = _decide(case, policy)
    return decision if not case.request.guess else only_told(case, decision)


def _decide(case: Case, policy: Policy) -> Decision:
    module = DECIDERS.get(case.request.kind, hand_over.decide)
    if case.request.kind not in DECIDERS or case.request.kind in NEEDS_NO_ORDER:
        return module(case, policy)
    return settle_order(case) or tell_stranger_nothing(case, module(case, policy))


def only_told(case: Case, decision: Decision) -> Decision:
    """What a guess may lead to: letters and buttons. A change, or being silent, has to have a rule behind it."""
    kind = case.request.kind
    if decision.action in ("reply", "hold", "quarantine") and not decision.changes:
        return decision
    because = f"{kind} is a guess: no rule found it, so a person reads the mail"
    return say.to_person(case, because, f"rules/{kind}.toml", "case/handed_over")


def contradicted(case: Case) -> Decision:
    """The mail asks for two things that cannot both be done."""
    because = f"one mail asks for two changes of one order, {case.request.kind} among them: a person decides"
    return say.to_person(case, because, f"rules/{case.request.kind}.toml", "case/handed_over")
