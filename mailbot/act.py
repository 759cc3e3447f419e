"""The only writer: decisions become order steps, cases, history and errands, all in the caller's one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from mailbot.house import House
from mailbot.links import letter_ref
from mailbot.mailing import Occasion, send, tell_staff
from mailbot.model.decision import Change, Decision, Errand, OpenCase
from mailbot.model.order import Order, take
from mailbot.model.shop import Shop
from mailbot.payments.schedule import expires_at, next_due
from mailbot.store import cases, errands, events, orders, pack

_ONCE_IS_ENOUGH = ("too_many", "quarantine", "no_reply")  # what may come in masses: staff hear of the first


def act(connection: Connection, house: House, occasion: Occasion, decisions: Sequence[Decision]) -> list[int]:
    """Carries the decisions out in this transaction; returns the ids of the cases that were opened or joined.

    Raises IllegalStep when an order is not in the state that a decision was made for; the transaction then fails whole.
    """
    opened: list[int] = []
    for decision in decisions:
        for change in decision.changes:
            _change(connection, house, occasion, decision, change)
        for errand in decision.errands:
            _errand(connection, house, occasion, decision, errand)
        case_id = _open(connection, house, occasion, decision, decision.case) if decision.case else None
        if case_id:
            opened.append(case_id)
        _remember(connection, occasion, decision, case_id)
    letters = [letter for decision in decisions for letter in decision.letters]
    changed = {change.order_id for decision in decisions for change in decision.changes}
    if changed and occasion.known:
        occasion = replace(occasion, known={i: order for i, order in occasion.known.items() if i not in changed})
    send(connection, house, occasion, letters, opened[0] if opened else None)
    return opened


def _change(connection: Connection, house: House, occasion: Occasion, decision: Decision, change: Change) -> None:
    """One legal step under the order's lock; the clock's next look at the order is worked out anew."""
    order = orders.get(connection, change.order_id, lock=True)
    if order is None:
        raise LookupError(f"order row {change.order_id} is gone")
    fields = {name: _moment(name, value) for name, value in change.fields.items()}
    if change.step in ("cancel", "expire") and "ended_at" not in fields:
        fields["ended_at"] = occasion.now
    after = take(order, change.step, **fields)
    orders.save(connection, schedule(house, occasion.shop, after, occasion.now, change.step))
    if change.items:
        at = max((item.delivered_at for item in change.items if item.delivered_at), default=occasion.now)
        orders.deliver(connection, house.sealer, order.id, change.items, at)
    if change.step in ("refund", "keep_payment") or (change.step == "refund_part" and not after.left):
        _close_refund(connection, order.id, occasion.now)
    if change.step == "keep_payment":
        what, why = "a refund was called off", f"order {order.number}: please do not pay it back; {decision.because}"
        once = f"order:{order.id}/kept:{after.version}"
        tell_staff(connection, house, occasion, "staff/notice", once, None, order_id=order.id, what=what, because=why)
    if change.step in ("pay", "refund_part") or "paid_amount" in change.fields:
        events.wake(connection, order.shop, order.number, occasion.now)


def schedule(house: House, shop: Shop, order: Order, now: datetime, step: str) -> Order:
    """The order with the clock's next look at it, and the day on which it lapses."""
    if order.state != "pending":
        return replace(order, due_at=None, expires_at=order.expires_at if order.state == "expired" else None)
    place = house.place(shop)
    fresh = now if step in ("change_method", "pause", "refund_part") else None
    due = next_due(order, house.methods, place, now, fresh)
    ends = expires_at(order, house.methods, place, now, fresh)
    return replace(order, due_at=due.at if due else None, expires_at=ends)


def _moment(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if isinstance(value, str) and name.endswith(("_at", "_until")) else value


def _errand(connection: Connection, house: House, occasion: Occasion, decision: Decision, errand: Errand) -> None:
    """A refund is carried out by hand: it stays open until the shop says that the money went back."""
    if errands.exists(connection, errand.once):
        return
    errand_id = errands.add(
        connection,
        once=errand.once,
        kind=errand.kind,
        shop=occasion.shop.id,
        order_id=errand.order_id,
        mail_id=occasion.mail_id,
        case_id=occasion.case_id,
        state="open",
        next_try=occasion.now,
        created_at=occasion.now,
        facts=dict(errand.facts),
    )
    facts = {**errand.facts, "because": decision.because}
    tell_staff(
        connection,
        house,
        occasion,
        "staff/refund_to_pay",
        f"errand:{errand_id}",
        occasion.case_id,
        order_id=errand.order_id,
        **facts,
    )


def _close_refund(connection: Connection, order_id: int, now: datetime) -> None:
    found = errands.open_refund(connection, order_id)
    if found:
        errands.settled(connection, [found["id"]], "closed", now, "")


def _open(connection: Connection, house: House, occasion: Occasion, decision: Decision, wanted: OpenCase) -> int:
    """Opens a case and tells staff, or joins the customer's open case about the same thing."""
    order = orders.get(connection, wanted.order_id) if wanted.order_id else None
    customer = occasion.mail.sender.email if occasion.mail else order.customer.email if order else ""
    found = cases.open_for(connection, occasion.shop.id, customer, wanted.order_id, wanted.kind)
    if found and not wanted.held:
        if wanted.kind not in _ONCE_IS_ENOUGH:
            more = occasion.mail_id or letter_ref(wanted.reason)
            _tell_of_case(connection, house, occasion, decision, wanted, int(found["id"]), customer, f"/{more}")
        return int(found["id"])
    case_id = cases.add(
        connection,
        shop=occasion.shop.id,
        kind=wanted.kind,
        state="open",
        reason=wanted.reason,
        order_id=wanted.order_id,
        mail_id=occasion.mail_id,
        customer=customer,
        language=occasion.language,
        held=pack.decision_json(wanted.held) if wanted.held else None,
        declined=pack.decision_json(wanted.declined) if wanted.declined else None,
        created_at=occasion.now,
        promised_by=wanted.promised_by,
        order_version=order.version if order else None,
    )
    if found:
        cases.change(connection, found["id"], state="closed", decided_at=occasion.now, decided_by="a newer request")
    _tell_of_case(connection, house, occasion, decision, wanted, case_id, customer)
    return case_id


def _tell_of_case(
    connection: Connection, house: House, occasion: Occasion, decision: Decision, wanted: OpenCase, case_id: int,
    customer: str, more: str = "",
) -> None:  # fmt: skip
    """Staff hear of a case, and of whatever joins it: what nobody reads would be lost."""
    tell_staff(
        connection,
        house,
        occasion,
        "staff/case",
        f"case:{case_id}{more}",
        case_id,
        order_id=wanted.order_id,
        kind=wanted.kind,
        reason=wanted.reason,
        rule=decision.rule,
        proof=decision.proof.word,
        customer=customer,
        subject=occasion.mail.subject if occasion.mail else "",
        text=occasion.mail.new_text[:4000] if occasion.mail else "",
        promised_by=wanted.promised_by.isoformat() if wanted.promised_by else None,
        held=wanted.held is not None,
        **_effect(wanted.held, orders.get(connection, wanted.order_id) if wanted.order_id else None),
    )


def _effect(held: Decision | None, order: Order | None) -> dict[str, Any]:
    """What a yes does, for the letter to staff: its steps, and how much goes back."""
    if held is None or order is None:
        return {}
    amount = sum(errand.facts["amount"] for errand in held.errands)
    return {"steps": [change.step for change in held.changes], "amount": amount, "currency": order.currency}


def _remember(connection: Connection, occasion: Occasion, decision: Decision, case_id: int | None) -> None:
    order_ids = {change.order_id for change in decision.changes} | {
        letter.order_id for letter in decision.letters if letter.order_id
    }
    if decision.case and decision.case.order_id:
        order_ids.add(decision.case.order_id)
    steps = [change.step for change in decision.changes]
    what = ", ".join([*steps, *(letter.name for letter in decision.letters)]) or decision.action
    for order_id in order_ids or (None,):
        orders.remember(
            connection,
            at=occasion.now,
            shop=occasion.shop.id,
            order_id=order_id,
            case_id=case_id or occasion.case_id,
            mail_id=occasion.mail_id,
            actor=occasion.actor[:400],
            what=f"{decision.action}: {what}"[:400],
            because=decision.because,
            rule=decision.rule[:400],
            proof=decision.proof.word,
        )
