"""refund: checked against rules/refund.toml; then the order's address gets a link to a page whose button starts it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from mailbot.answers import say
from mailbot.model.case import Case
from mailbot.model.decision import Change, Decision, Letter, Proof
from mailbot.model.money import Money
from mailbot.model.order import Order
from mailbot.model.refunds import refund_errand


def decide(case: Case, policy: Mapping[str, Any]) -> Decision:
    order = case.order
    assert order is not None
    window = int(policy.get("window_days", 30))
    if order.part_paid:
        because = f"order {order.number} is paid in part ({part_of(order)}): a person cancels it and pays the part back"
        return of_part(case, because, "rules/refund.toml: state")
    if order.state == "refunding":
        return _under_way(case, order)
    part_back = order.state == "cancelled" and order.paid_amount > 0
    if order.state == "refunded" or part_back:
        because = f"order {order.number} is {order.state} already"
        return say.reply(case, because, "rules/refund.toml: state", say.to_order(case, "refund/already"))
    if order.state != "paid" or order.paid_at is None or order.total == 0:
        because = f"order {order.number} is {order.state}: nothing was paid that could be paid back"
        return say.reply(case, because, "rules/refund.toml: state", say.to_order(case, "refund/not_paid"))
    if case.now > order.paid_at + timedelta(days=window):
        because = f"order {order.number} was paid more than {window} days ago"
        letter = say.to_order(case, "refund/outside_window", window_days=window)
        return say.reply(case, because, "rules/refund.toml: window_days", letter)
    if part := _part_named(case, order):
        named = " and ".join(str(Money(amount, order.currency)) for amount in part[:3])
        because = (
            f"the mail names {named}, and {Money(order.left, order.currency)} of order {order.number} could go back: "
            "part of it is a person's decision. What you pay back, payment.refunded books"
        )
        return say.to_person(case, because, "rules/refund.toml: full_only", "refund/held")  # a yes would pay it all
    if above := by_person(order, policy):
        return _held(case, order, *above)
    because = f"order {order.number} was paid within {window} days and is below the limit; a button starts its refund"
    return say.reply(case, because, "rules/refund.toml: proof", say.to_order(case, "refund/confirm"))


def start(order: Order, once: str, language: str, because: str, rule: str) -> Decision:
    """The refund itself, once it is proven or approved: the order's step, the errand, and a letter that says so."""
    errand = refund_errand(order, because)
    letter = Letter(
        "refund/started", order.customer.email, f"{once}/refund/started/{order.id}", language, order.id, errand.facts
    )
    return Decision(
        "change",
        because,
        rule,
        kind="refund",
        changes=(Change(order.id, "request_refund"),),
        letters=(letter,),
        errands=(errand,),
    )


def of_part(case: Case, because: str, rule: str) -> Decision:
    """What came of an unpaid order is asked back, by whatever words: a yes of staff cancels it and pays that back."""
    order = case.order
    assert order is not None
    language = order.customer.language or case.language
    once = f"{case.once}/approved/cancel_order/done/{order.id}"
    letter = Letter("cancel_order/done", order.customer.email, once, language, order.id)
    held = Decision(
        "change",
        because,
        rule,
        kind=case.request.kind,
        changes=(Change(order.id, "cancel"),),
        letters=(letter,),
        errands=(refund_errand(order, because),),
    )
    return say.to_person(case, because, rule, "case/handed_over", held=held)


def _under_way(case: Case, order: Order) -> Decision:
    """The answer says so; but "do not refund it, I keep it" sounds much the same, so a person reads it as well.

    Their yes calls the refund off, as long as the money has not left.
    """
    because = f"order {order.number} is refunding already; if the mail would rather stop that, a person does"
    rule = "rules/refund.toml: state"
    told = say.reply(case, because, rule, say.to_order(case, "refund/already"))
    if not case.by_customer and case.proof < Proof.VERIFIED_SENDER:
        return told
    language = order.customer.language or case.language
    letter = Letter("refund/kept", order.customer.email, f"{case.once}/kept/{order.id}", language, order.id)
    kept = Decision(
        "change", because, rule, kind="refund", changes=(Change(order.id, "keep_payment"),), letters=(letter,)
    )
    person = say.to_person(case, because, rule, "", held=kept)
    return replace(person, letters=told.letters)


def part_of(order: Order) -> str:
    """How much of its total an order has, for a because."""
    return f"{Money(order.received, order.currency)} of {order.money}"


def by_person(order: Order, policy: Mapping[str, Any]) -> tuple[str, str] | None:
    """Why the money of a paid order goes back by a person's yes alone, and the rule; None: the button may start it.

    Mail, page and button ask this alike, and about the amount that would go back, which need not be the total.
    """
    back = Money(order.left, order.currency)
    reasons = (
        (
            order.refund_amount > 0,
            f"a part of order {order.number} was paid back already: the rest, {back}, is a person's decision",
            "rules/refund.toml: full_only",
        ),
        (
            order.left > order.total,
            f"{back} came for order {order.number}, whose total is {order.money}: that is a person's decision",
            "rules/refund.toml: full_only",
        ),
        (
            order.left > limit(policy, order.currency),
            f"{back} is above the limit of the bot's own refunds",
            "rules/refund.toml: limit",
        ),
    )
    return next(((because, rule) for applies, because, rule in reasons if applies), None)


def limit(policy: Mapping[str, Any], currency: str) -> int:
    """The largest amount, in minor units, that needs no person; 0 for a currency that the policy does not name."""
    return int(policy.get("limit", {}).get(currency, 0))


def _held(case: Case, order: Order, because: str, rule: str) -> Decision:
    held = start(order, case.once + "/approved", order.customer.language or case.language, because, rule)
    letter = Letter(
        "refund/declined",
        order.customer.email,
        f"{case.once}/declined/{order.id}",
        order.customer.language or case.language,
        order.id,
    )
    declined = Decision("reply", "staff decided against the refund", rule, kind="refund", letters=(letter,))
    return say.to_person(case, because, rule, "refund/held", held=held, declined=declined)


def _part_named(case: Case, order: Order) -> list[int]:
    """The amounts that the mail names, where none of them is the whole."""
    named = [amount.amount for amount in case.facts.amounts if amount.currency in ("", order.currency)]
    return [] if {order.total, order.left} & set(named) else named
