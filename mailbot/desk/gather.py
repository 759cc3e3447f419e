"""The facts around each request of a mail: which order is meant, who is asking, what the calendar says.

Which order is meant, in this order: one of the sender's own by its number, the reply token, the Message-IDs it names,
the sender's only open order. The words of the customer come first, because people answer whatever letter is at hand:
"please cancel 10024" under the letter of 10023 must not cancel 10023. Nothing is gained by naming a number, because
finding an order proves nothing: what may be done with it is graded for that very order (`proof/grade.py`), and a reply
token counts only where letter, sender and order are of one address.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from mailbot.desk.understand import Understood
from mailbot.house import House
from mailbot.model.case import Case, FoundBy, Outlook
from mailbot.model.mail import Request
from mailbot.model.order import Order
from mailbot.model.shop import Shop
from mailbot.payments.days import Place, add_business_days
from mailbot.payments.schedule import expected_by, pause
from mailbot.proof.grade import grade
from mailbot.proof.verdict import Sender
from mailbot.store import errands, invoices, orders


@dataclass(frozen=True)
class Found:
    """The order that is meant and how it was found, or the candidates among which nobody may guess."""

    order: Order | None = None
    by: FoundBy = ""
    candidates: tuple[Order, ...] = ()


def gather(
    connection: Connection, house: House, understood: Understood, sender: Sender, mail_id: int, now: datetime
) -> list[Case]:
    """One case for each request and each order that it names; a mail without requests gives one for the gates."""
    mail, shop = understood.mail, understood.shop
    own = orders.by_email(connection, shop.id, mail.sender.email) if mail.sender.email else []
    recent = errands.letters_to(connection, mail.sender.email, now - house.budget_window)
    blank = Case(
        shop=shop,
        mail=mail,
        request=Request("unclear", 0.0),
        now=now,
        once=f"mail:{mail_id}",
        language=_language(house, understood, own),
        facts=understood.reading.facts,
        from_staff=house.is_staff(shop, mail.sender.email),
        from_us=understood.from_us,
        recent_letters=recent,
        budget=house.budget,
        sender_verdict=sender.verdict,
        outlook=Outlook(promised_by=promise(house, shop, now)),
    )
    return [
        _complete(connection, house, understood, replace(blank, request=request), found, sender, own)
        for request in understood.reading.requests or (blank.request,)
        for found in _orders_meant(connection, understood, request, own)
    ]


def promise(house: House, shop: Shop, now: datetime) -> datetime:
    """By when a person answers: the promised hours of rules/gates.toml, begun and ended on a business day."""
    place = house.place(shop)
    begun = _on_business_day(place, now)
    return _on_business_day(place, begun + timedelta(hours=int(house.gates.get("promise_hours", 24))))


def _on_business_day(place: Place, at: datetime) -> datetime:
    """The same hour of that day or of the next business day: who asks on Sunday is not promised Monday's first hour."""
    day = place.day(at)
    return at + timedelta(days=(add_business_days(day, 0, place.country) - day).days)


def _complete(
    connection: Connection,
    house: House,
    understood: Understood,
    case: Case,
    found: Found,
    sender: Sender,
    own: Sequence[Order],
) -> Case:
    order = orders.with_items(connection, house.sealer, found.order) if found.order else None
    token = understood.letter["to_address"] if understood.letter and understood.letter_by == "reply token" else None
    proof = grade(
        sender=sender,
        from_email=case.sender,
        order_email=order.customer.email if order else None,
        token_addressee=token,
        staff=False,
    )
    looks_up = case.request.kind == "purchase_lookup"
    about, purchases = _lookup(connection, house, case, own) if looks_up else ("", ())
    return replace(
        case,
        order=order,
        found_by=found.by,
        candidates=found.candidates,
        purchases=purchases,
        own_purchases=tuple(own) if looks_up else (),
        asked_about=about,
        proof=proof,
        has_invoice=bool(order and case.request.kind == "invoice_copy" and invoices.of_order(connection, order.id)),
        outlook=_outlook(house, case, order),
    )


def _orders_meant(
    connection: Connection, understood: Understood, request: Request, own: Sequence[Order]
) -> list[Found]:
    """By an own order's number, the reply token, known Message-IDs, or as the sender's only open order.

    A customer who answers one letter and names another of their own orders means the one that they name. Who names an
    order that is not theirs means none of theirs; whether there is such an order must not show in the answer.
    """
    shop, letter = understood.shop, understood.letter
    numbers = request.orders or understood.reading.facts.orders
    named = [order for number in numbers[:10] if (order := orders.by_number(connection, shop.id, number))]
    mine = [order for order in named if any(order.id == one.id for one in own)]
    threaded = orders.get(connection, letter["order_id"]) if letter and letter["order_id"] else None
    if mine:
        return [Found(order, "number and sender") for order in mine]
    if (
        threaded
        and letter
        and (understood.letter_by == "reply token" or threaded.customer.email == understood.mail.sender.email)
    ):
        return [Found(threaded, "reply token" if understood.letter_by == "reply token" else "thread")]
    if numbers:
        return [Found(named[0] if named else None, "number" if named else "", _live(own))]
    return [_by_sender(own)]


def _by_sender(own: Sequence[Order]) -> Found:
    """The sender's only order, or only open order; two that could be meant are candidates."""
    live = _live(own)
    for few in (own, live):
        if len(few) == 1:
            return Found(few[0], "only open order")
    return Found(candidates=live)


def _live(own: Sequence[Order]) -> tuple[Order, ...]:
    """Those that are not over; all, where all are over."""
    return tuple(order for order in own if order.state in ("pending", "paid", "refunding")) or tuple(own)


def _lookup(connection: Connection, house: House, case: Case, own: Sequence[Order]) -> tuple[str, tuple[Order, ...]]:
    """The address whose purchases are asked for, and these. "help@shop.example told me to ask" means the sender's."""
    about = next((one.lower() for one in case.facts.emails if not _of_the_house(house, case.shop, one)), case.sender)
    return about, tuple(own if about == case.sender else orders.by_email(connection, case.shop.id, about))


def _of_the_house(house: House, shop: Shop, address: str) -> bool:
    """Whether it is an address of ours: of a shop, with or without a plus part, of its support, or of a colleague."""
    address = address.lower()
    return (
        house.shop_at(address) is not None or address == shop.support_address.lower() or house.is_staff(shop, address)
    )


def _outlook(house: House, case: Case, order: Order | None) -> Outlook:
    if order is None or order.state != "pending" or order.payment_method not in house.methods:
        return case.outlook
    place = house.place(case.shop)
    sent_on = max((day for day in case.facts.dates if day <= place.day(case.now)), default=None)
    return replace(
        case.outlook,
        expected=expected_by(order, house.methods, place, case.now, sent_on),
        pause_until=pause(order, house.methods, place, case.now, sent_on),
    )


def _language(house: House, understood: Understood, own: Sequence[Order]) -> str:
    """The language of the mail, else that of the customer's order, else the shop's."""
    order_language = own[0].customer.language if own else ""
    return house.language_for(understood.shop, understood.reading.language, order_language)
