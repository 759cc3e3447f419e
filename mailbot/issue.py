"""An order's invoice: issued once, numbered without a gap in the caller's transaction, and kept as it was sent."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from mailbot.house import House
from mailbot.invoices.invoice import make_invoice
from mailbot.invoices.number import format_number, series_of
from mailbot.invoices.tax import breakdown
from mailbot.model.order import Order
from mailbot.model.shop import Shop
from mailbot.store import invoices


@dataclass(frozen=True)
class Issued:
    """An invoice as it was issued: its number, and the bytes that never change."""

    number: str
    pdf: bytes

    @property
    def file_name(self) -> str:
        return f"{self.number}.pdf"


def invoice_for(connection: Connection, house: House, shop: Shop, order: Order, now: datetime) -> Issued | None:
    """The order's invoice, issued now if the order is paid and has none yet; None for one never paid.

    Raises TaxMismatch when no invoice can be made of the order.
    """
    row = invoices.of_order(connection, order.id)
    if row:
        return Issued(row["number"], row["pdf"])
    if order.state not in ("paid", "refunding") or not order.total:
        return None
    breakdown(order)  # raises before the number is taken
    zone, language = house.place(shop).timezone, house.language_of(shop, order)
    series = series_of(now, zone)
    sequence = invoices.next_number(connection, shop.id, series)
    number = format_number(series, sequence, shop.invoice_number)
    invoice = make_invoice(
        order,
        shop,
        number,
        now,
        order.delivered_at or order.paid_at or now,
        language,
        timezone=zone,
        paid_with=house.method_label(order.paid_with or order.payment_method, language),
    )
    pdf = house.press.render(invoice)
    invoices.add(
        connection,
        shop=shop.id,
        series=series,
        sequence=sequence,
        number=number,
        order_id=order.id,
        issued_at=now,
        sha256=hashlib.sha256(pdf).hexdigest(),
        pdf=pdf,
    )
    return Issued(number, pdf)
