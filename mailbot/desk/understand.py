"""A kept mail is understood: parsed, put in its thread, and read. Looks things up, changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from mailbot.answers.which_order import WHICH_ORDER
from mailbot.house import House
from mailbot.model.mail import Mail, Reading, Request
from mailbot.model.order import Order
from mailbot.model.shop import Shop
from mailbot.reading.parse import parse
from mailbot.reading.read import read
from mailbot.store import errands, mails, orders


@dataclass(frozen=True)
class Understood:
    """A mail with everything that reading it needs and gives. `letter` is the letter of ours that it answers."""

    shop: Shop
    reading: Reading
    letter: RowMapping | None = None
    letter_by: str = ""  # "reply token", "thread" or "bounce address"
    from_us: bool = False

    @property
    def mail(self) -> Mail:
        return self.reading.mail


def understand(
    connection: Connection, house: House, shop: Shop, raw: bytes, rcpt_to: Sequence[str], received_at: datetime
) -> Understood:
    """Reads a mail in the light of the thread that it belongs to."""
    mail = parse(raw, received_at=received_at)
    letter, letter_by = _letter_answered(connection, house, mail, rcpt_to)
    known = _orders_at_hand(connection, house, shop, mail, letter)
    reading = read(
        mail,
        house.book,
        hint_language=_hint(house, shop, known),
        sent=_sent_text(house, letter),
        known_orders=[order.number for order in known],
        products=sorted({line.name for order in known for line in order.lines})[:50],
        today=received_at.date(),
        own={shop.address.lower()},
    )
    reading = _answer_to_question(connection, reading, letter)
    return Understood(shop, reading, letter, letter_by, _is_ours(house, shop, mail))


def outcome(understood: Understood, **more: Any) -> Mapping[str, Any]:
    """What was understood, as plain values for the mail's row: for explain, the demo and the case page."""
    reading = understood.reading
    return {
        "automatic": reading.mail.automatic,
        "language": reading.told_language,
        "subject": reading.mail.subject,
        "from": reading.mail.sender.email,
        "text": reading.mail.new_text[:8000],
        "requests": [request.row for request in reading.requests],
        **more,
    }


def _letter_answered(
    connection: Connection, house: House, mail: Mail, rcpt_to: Sequence[str]
) -> tuple[RowMapping | None, str]:
    """The letter of ours that this mail answers: by its signed address, else by the Message-IDs that it refers to."""
    for address in (*rcpt_to, *(box.email for box in (*mail.to, *mail.cc)[:50])):
        found = house.links.read_address(address)
        if found:
            letter = errands.by_ref(connection, found[1])
            if letter:
                return letter, "reply token" if found[0] == "reply" else "bounce address"
    referred = [*mail.references[-20:], mail.in_reply_to]
    refs = [ref for ref in (_ref_of(one) for one in referred) if ref]
    letters = errands.by_refs(connection, refs)
    return (letters[0], "thread") if letters else (None, "")


def _ref_of(reference: str) -> str:
    name, dot, rest = reference.strip("<>").partition(".")
    return name if dot and rest.startswith("mailbot@") and len(name) == 16 else ""


def _orders_at_hand(
    connection: Connection, house: House, shop: Shop, mail: Mail, letter: RowMapping | None
) -> list[Order]:
    known = orders.by_email(connection, shop.id, mail.sender.email) if mail.sender.email else []
    if letter and letter["order_id"] and all(order.id != letter["order_id"] for order in known):
        order = orders.get(connection, letter["order_id"])
        known = [order, *known] if order else known
    return known[:50]


def _hint(house: House, shop: Shop, known: Sequence[Order]) -> str:
    """The language of the thread: that of the customer's latest order."""
    return known[0].customer.language if known else ""


def _sent_text(house: House, letter: RowMapping | None) -> str:
    if letter is None or letter["sealed"] is None:
        return ""
    return parse(house.sealer.open(letter["sealed"], "errands.sealed")).text


def _answer_to_question(connection: Connection, reading: Reading, letter: RowMapping | None) -> Reading:
    """The mail "10023", in answer to "which order?", is the request that was asked about, for that order."""
    asked = _asked_about(connection, letter) if letter and letter["letter"] == "which_order/ask" else {}
    said = {request.kind for request in reading.requests if not request.guess}
    if not asked or not reading.facts.orders or said - {"unclear", *asked}:
        return reading
    evidence = ("the answer to our question which order is meant",)
    requests = (Request(kind, 0.95, evidence, reading.facts.orders, guess) for kind, guess in asked.items())
    return replace(reading, requests=tuple(requests))


def _asked_about(connection: Connection, letter: RowMapping) -> dict[str, bool]:
    """The kinds that the mail asked for to which the letter asked which order is meant, and whether each is a guess.

    To say which order is meant says nothing of what to do with it: a guess stays one.
    """
    mail = mails.get(connection, letter["mail_id"]) if letter["mail_id"] else None
    told = (mail["outcome"] if mail else None) or {}
    guesses = {request["kind"] for request in told.get("requests", ()) if request.get("guess")}
    return {one["kind"]: one["kind"] in guesses for one in told.get("decisions", ()) if one["rule"] == WHICH_ORDER}


def _is_ours(house: House, shop: Shop, mail: Mail) -> bool:
    return house.shop_at(mail.sender.email) is not None or bool(_ref_of(mail.message_id))
