"""What an invoice says, as data: made from an order once, then printed, and never changed. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from mailbot.invoices.tax import TaxGroup, breakdown, plain_rate
from mailbot.model.order import Line, Order
from mailbot.model.shop import Shop

Note = Literal["reverse_charge", "outside_eu", "small_business"]
"""Why no tax was charged. The words for it, in each language, are in `templates/invoice/words.toml`."""

EU = frozenset(
    ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV")
) | frozenset(("MC", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"))
"""Where EU VAT applies: the member states, and Monaco, which is treated as France (Directive 2006/112/EC, Art. 7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Seller or buyer, with what identifies them for tax."""

    name: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    vat_id: str = ""
    tax_number: str = ""
    register_number: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line; amounts are minor units without tax, `rate` a decimal string in percent."""

    name: str
    sku: str
    quantity: int
    unit_net: int
    net: int
    tax_name: str
    rate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An issued invoice (Directive 2006/112/EC, Art. 226). Amounts are minor units of `currency`.

    Lines and `rounding` sum to `net`, groups to `net` and `tax`, both to `total`: what was charged. Dates are the
    seller's. `paid_with` is the method's name inside a sentence, in the invoice's language.
    """

    number: str
    issued_on: date
    supplied_on: date
    order_number: str
    ordered_on: date
    language: str
    currency: str
    seller: Party
    buyer: Party
    lines: tuple[InvoiceLine, ...]
    groups: tuple[TaxGroup, ...]
    rounding: int
    net: int
    tax: int
    total: int
    notes: tuple[Note, ...] = ()
    paid_on: date | None = None
    paid_with: str = ""
    card_last4: str = ""


def make_invoice(
    order: Order,
    shop: Shop,
    number: str,
    issued_at: datetime,
    supplied_at: datetime,
    language: str,
    *,
    timezone: str,
    paid_with: str = "",
    small_business: bool = False,
) -> Invoice:
    """The invoice of an order. Raises TaxMismatch when the order's totals are not those of its lines.

    `supplied_at` is the delivery, or the payment where it comes first. `timezone` is the seller's; `paid_with` names
    the payment method in `language`; `small_business` says that the seller charges no VAT by its country's scheme.
    """
    zone = ZoneInfo(timezone)
    sums = breakdown(order)
    return Invoice(
        number=number,
        issued_on=issued_at.astimezone(zone).date(),
        supplied_on=supplied_at.astimezone(zone).date(),
        order_number=order.number,
        ordered_on=order.placed_at.astimezone(zone).date(),
        language=language,
        currency=order.currency,
        seller=_seller(shop),
        buyer=_buyer(order),
        lines=tuple(_line(line) for line in order.lines),
        groups=sums.groups,
        rounding=sums.rounding,
        net=sums.net,
        tax=sums.tax,
        total=sums.total,
        notes=_notes(order, shop, small_business),
        paid_on=order.paid_at.astimezone(zone).date() if order.paid_at else None,
        paid_with=paid_with,
        card_last4=order.card_last4 if (order.paid_with or order.payment_method) == "card" else "",
    )


def _seller(shop: Shop) -> Party:
    seller = shop.seller
    return Party(
        name=seller.name,
        street=seller.street,
        postcode=seller.postcode,
        city=seller.city,
        country=seller.country,
        vat_id=seller.vat_id,
        tax_number=seller.tax_number,
        register_number=seller.register_number,
    )


def _buyer(order: Order) -> Party:
    customer = order.customer
    address = customer.address
    return Party(
        name=customer.name or customer.email,
        street=address.street,
        postcode=address.postcode,
        city=address.city,
        region=address.region,
        country=address.country,
        vat_id=customer.vat_id,
    )


def _line(line: Line) -> InvoiceLine:
    return InvoiceLine(
        line.name, line.sku, line.quantity, line.unit_net, line.net, line.tax_name, plain_rate(line.tax_rate)
    )


def _notes(order: Order, shop: Shop, small_business: bool) -> tuple[Note, ...]:
    """The reason that the law wants named where a seller in the EU charges no tax; none where it is not certain."""
    seller, buyer = shop.seller.country, order.customer.address.country
    if order.total_tax or order.total <= 0 or seller not in EU:
        return ()
    if small_business:
        return ("small_business",)
    if not buyer or buyer == seller:
        return ()
    if buyer not in EU:
        return ("outside_eu",)
    return ("reverse_charge",) if order.customer.vat_id and shop.seller.vat_id else ()
