"""Somebody clicked a button on a page behind a signed link: cancel, refund, pay another way, approve, decline, answer.

Looking never changes anything. Each function looks at the order again under its lock, because between the page and
the click the world may have moved; then it says so instead of acting.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping

from mailbot.act import act
from mailbot.answers import refund
from mailbot.house import House
from mailbot.mailing import Occasion
from mailbot.model.decision import Change, Decision, Letter, Proof
from mailbot.model.order import Order
from mailbot.model.shop import Shop
from mailbot.reading.parse import parse
from mailbot.store import cases, mails, orders, pack


@dataclass(frozen=True)
class Clicked:
    """How a click ended: whether it was done, and the order as it is now. `why` names the page that says so."""

    done: bool
    why: str
    order: Order | None = None


def cancel(connection: Connection, house: House, order_id: int, now: datetime) -> Clicked:
    """The customer's button cancels an unpaid order."""
    order, shop = _order_and_shop(connection, house, order_id)
    if not order.allows("cancel"):
        return Clicked(False, f"not_{order.state}", order)
    if order.part_paid:
        return Clicked(False, "needs_person", order)
    language = house.language_of(shop, order)
    letter = Letter("cancel_order/done", order.customer.email, f"order:{order.id}/cancelled", language, order.id)
    because = "the customer pressed the button on the page"
    decision = Decision(
        "change", because, "rules/cancel_order.toml: proof", Proof.BUTTON, "cancel_order",
        (Change(order.id, "cancel"),), (letter,),
    )  # fmt: skip
    act(connection, house, Occasion(shop, f"customer:{order.customer.email}", now), [decision])
    return Clicked(True, "cancelled", orders.get(connection, order_id))


def start_refund(connection: Connection, house: House, order_id: int, now: datetime) -> Clicked:
    """The customer's button starts the refund, if the policy still allows it now."""
    order, shop = _order_and_shop(connection, house, order_id)
    policy = house.book.policy("refund")
    if not order.allows("request_refund"):
        return Clicked(False, f"not_{order.state}", order)
    window = timedelta(days=int(policy.get("window_days", 30)))
    if order.paid_at is None or now > order.paid_at + window + timedelta(days=14):
        return Clicked(False, "too_late", order)
    if refund.by_person(order, policy):
        return Clicked(False, "needs_person", order)
    because = "the customer pressed the button on the page"
    decision = refund.start(
        order, f"order:{order.id}:{order.version}", house.language_of(shop, order), because, "rules/refund.toml: proof"
    )
    decision = replace(decision, proof=Proof.BUTTON)
    act(connection, house, Occasion(shop, f"customer:{order.customer.email}", now), [decision])
    return Clicked(True, "refunding", orders.get(connection, order_id))


def change_method(connection: Connection, house: House, order_id: int, method: str, now: datetime) -> Clicked:
    """The customer chose another way to pay: the order takes it, and its letter says how to pay now."""
    order, shop = _order_and_shop(connection, house, order_id)
    if not order.allows("change_method"):
        return Clicked(False, f"not_{order.state}", order)
    if method not in [offered.id for offered in house.methods.offered(order, shop)]:
        return Clicked(False, "not_offered", order)
    if not order.open:
        return Clicked(False, "needs_person", order)
    if method == order.payment_method:
        return Clicked(True, "same_method", order)
    letter = Letter(
        "order/awaiting_payment",
        order.customer.email,
        f"order:{order.id}/awaiting:{order.version}",
        house.language_of(shop, order),
        order.id,
        only_while="pending",
        replaces="order/awaiting_payment",
        unasked=True,
    )
    change = Change(order.id, "change_method", {"payment_method": method, "paused_until": None, "reminders": 0})
    because = f"the customer chose to pay by {method}"
    decision = Decision(
        "change", because, "rules/change_payment.toml: proof", Proof.BUTTON, "change_payment", (change,), (letter,)
    )
    act(connection, house, Occasion(shop, f"customer:{order.customer.email}", now), [decision])
    return Clicked(True, "changed", orders.get(connection, order_id))


def approve(connection: Connection, house: House, case_id: int, now: datetime, seen_version: int | None) -> Clicked:
    """Staff approve the stored decision: exactly that is done, unless the order has changed since it was shown."""
    return _decide_case(connection, house, case_id, now, "held", "approved", seen_version)


def decline(connection: Connection, house: House, case_id: int, now: datetime, seen_version: int | None) -> Clicked:
    """Staff decide against it; the customer gets the letter that says so."""
    return _decide_case(connection, house, case_id, now, "declined", "declined", seen_version)


def answer(connection: Connection, house: House, case_id: int, text: str, now: datetime) -> Clicked:
    """Staff answer in their own words; the case is answered."""
    case = cases.get(connection, case_id, lock=True)
    if case is None or case["state"] != "open" or not case["customer"]:
        return Clicked(False, "case_closed")
    shop = house.shops[case["shop"]]
    letter = Letter(
        "case/answer",
        case["customer"],
        f"case:{case_id}/answer",
        house.language_for(shop, case["language"]),
        case["order_id"],
        {"text": text[:20_000]},
    )
    decision = Decision("reply", "a colleague answered", "case page", Proof.STAFF, case["kind"], letters=(letter,))
    act(connection, house, _staff_occasion(connection, house, shop, case, now), [decision])
    cases.change(connection, case_id, state="answered", decided_at=now, decided_by="staff")
    return Clicked(True, "answered")


def close(connection: Connection, house: House, case_id: int, now: datetime) -> Clicked:
    """Staff close the case without writing to the customer."""
    case = cases.get(connection, case_id, lock=True)
    if case is None or case["state"] != "open":
        return Clicked(False, "case_closed")
    shop = house.shops[case["shop"]]
    decision = Decision("ignore", "a colleague closed the case", "case page", Proof.STAFF, case["kind"])
    act(connection, house, Occasion(shop, "staff", now, case_id=case_id), [decision])
    cases.change(connection, case_id, state="closed", decided_at=now, decided_by="staff")
    return Clicked(True, "closed")


def _decide_case(
    connection: Connection,
    house: House,
    case_id: int,
    now: datetime,
    which: str,
    state: str,
    seen_version: int | None,
) -> Clicked:
    case = cases.get(connection, case_id, lock=True)
    if case is None or case["state"] != "open" or not case[which]:
        return Clicked(False, "case_closed")
    order = orders.get(connection, case["order_id"], lock=True) if case["order_id"] else None
    if order and seen_version is not None and order.version != seen_version:
        return Clicked(False, "order_changed", order)
    decision = replace(pack.decision_from(case[which]), proof=Proof.STAFF)
    stale = order and any(errand.facts["amount"] > order.left for errand in decision.errands)
    if stale or (order and any(not order.allows(change.step) for change in decision.changes)):
        return Clicked(False, "order_changed", order)
    shop = house.shops[case["shop"]]
    act(connection, house, _staff_occasion(connection, house, shop, case, now), [decision])
    cases.change(connection, case_id, state=state, decided_at=now, decided_by="staff")
    return Clicked(True, state, orders.get(connection, order.id) if order else None)


def _staff_occasion(connection: Connection, house: House, shop: Shop, case: RowMapping, now: datetime) -> Occasion:
    row = mails.get(connection, case["mail_id"]) if case["mail_id"] else None
    mail = parse(mails.open_raw(house.sealer, row)) if row else None
    return Occasion(shop, "staff", now, mail, case["mail_id"], case["id"], case["language"])


def _order_and_shop(connection: Connection, house: House, order_id: int) -> tuple[Order, Shop]:
    order = orders.get(connection, order_id, lock=True)
    if order is None:
        raise LookupError(f"order row {order_id} is gone")
    return order, house.shops[order.shop]
