"""What the pages show of an order: gathered in one reading transaction, changing nothing."""

import base64
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, func, select

from mailbot.answers.refund import by_person
from mailbot.house import House
from mailbot.model.money import Money
from mailbot.model.order import Order
from mailbot.model.shop import Shop
from mailbot.payments.giro import giro_code, iban_groups
from mailbot.payments.methods import Method
from mailbot.payments.schedule import expected_by
from mailbot.store import orders
from mailbot.store.tables import invoices

RefundWay = Literal["", "button", "too_late", "person"]

_STEPS = frozenset(
    {"change_method", "decline", "remind", "pause", "pay", "cancel", "expire", "request_refund", "keep_payment",
     "refund", "refund_part", "deliver", "renew"}
)  # fmt: skip
_LATEST = 20


@dataclass(frozen=True)
class Happened:
    """One thing that happened to an order: a step of model/order.py, `place`, or `invoice`."""

    at: datetime
    what: str


@dataclass(frozen=True)
class Invoice:
    """The invoice that can be fetched: its number, and its size in bytes."""

    number: str
    size: int


@dataclass(frozen=True)
class Choice:
    """A way to pay that the customer may choose, and when the money would be here."""

    method: Method
    first: date
    last: date
    present: bool


@dataclass(frozen=True)
class OrderView:
    """An order as its customer sees it. `giro` is a data URI of the GiroCode, "" where there is none."""

    order: Order
    shop: Shop
    method: Method | None
    declined: bool
    expected: tuple[date, date] | None
    iban: str
    giro: str
    invoice: Invoice | None
    refund: RefundWay
    happened: tuple[Happened, ...]  # newest first


def order_view(connection: Connection, house: House, order_id: int, now: datetime) -> OrderView | None:
    """The order with its deliveries and all its page shows; None when it is gone."""
    bare = orders.get(connection, order_id)
    if bare is None or bare.shop not in house.shops:
        return None
    order = orders.with_items(connection, house.sealer, bare)
    shop = house.shops[order.shop]
    happened = _happened(connection, order)
    pending = order.state == "pending"
    name = order.payment_method if pending else order.paid_with or order.payment_method
    method = house.methods.all.get(name)
    bank = shop.bank if pending and method and method.how == "transfer" else None
    png = giro_code(bank, Money(order.open, order.currency), order.number) if bank else None
    return OrderView(
        order=order,
        shop=shop,
        method=method,
        declined=pending and _declined(happened),
        expected=expected_by(order, house.methods, house.place(shop), now) if pending and method else None,
        iban=iban_groups(bank.iban) if bank else "",
        giro="data:image/png;base64," + base64.b64encode(png).decode() if png else "",
        invoice=_invoice(connection, order_id),
        refund=refund_way(house, order, now),
        happened=tuple(reversed(happened))[:_LATEST],
    )


def choices(house: House, view: OrderView, now: datetime) -> list[Choice]:
    """The ways to pay on offer, each with the first and last day on which money sent now should be here."""
    found = []
    for method in house.methods.offered(view.order, view.shop):
        asked = replace(view.order, payment_method=method.id)
        first, last = expected_by(asked, house.methods, house.place(view.shop), now)
        found.append(Choice(method, first, last, method.id == view.order.payment_method))
    return found


def invoice_pdf(connection: Connection, order_id: int) -> tuple[str, bytes] | None:
    """The number and the bytes of the order's invoice, as they were sent."""
    query = select(invoices.c.number, invoices.c.pdf).where(invoices.c.order_id == order_id)
    row = connection.execute(query).first()
    return (row.number, row.pdf) if row else None


def refund_way(house: House, order: Order, now: datetime) -> RefundWay:
    """How the money of this order can come back: by the page's button, too late for it, or by a person; "": not at all.

    The button itself looks again, under the order's lock.
    """
    if not order.allows("request_refund") or order.paid_at is None or order.total <= 0:
        return ""
    policy = house.book.policy("refund")
    if now > order.paid_at + timedelta(days=int(policy.get("window_days", 30)) + 14):
        return "too_late"
    return "person" if by_person(order, policy) else "button"


def steps_of(what: str) -> list[str]:
    """The order steps in a line of history ("change: cancel, cancel_order/done")."""
    return [word for word in what.partition(": ")[2].split(", ") if word in _STEPS]


def _happened(connection: Connection, order: Order) -> list[Happened]:
    """Oldest first."""
    found = [Happened(order.placed_at, "place")]
    for row in orders.history_of(connection, order.id):
        found += [Happened(row["at"], step) for step in steps_of(row["what"])]
    return found


def _declined(happened: list[Happened]) -> bool:
    """Whether the last thing that was tried to pay with has failed."""
    tried = [one.what for one in happened if one.what in ("decline", "change_method")]
    return tried[-1:] == ["decline"]


def _invoice(connection: Connection, order_id: int) -> Invoice | None:
    query = select(invoices.c.number, func.length(invoices.c.pdf)).where(invoices.c.order_id == order_id)
    row = connection.execute(query).first()
    return Invoice(row[0], int(row[1])) if row else None
