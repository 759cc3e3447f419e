"""An order becomes an invoice: its dates, its parties, and why no tax was charged."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mailbot.invoices.invoice import Invoice, InvoiceLine, make_invoice
from mailbot.invoices.tax import TaxMismatch
from mailbot.model.order import Customer, Line, Order, PostalAddress
from mailbot.model.shop import Seller, Shop

AT = datetime(2026, 11, 4, 23, 30, tzinfo=UTC)
SHOP = Shop(
    id="demo", name="Demo", address="a@shop.example", token="t",
    seller=Seller(name="Demo GmbH", street="Hauptstr. 1", city="Berlin", country="DE", vat_id="DE136695976"),
)  # fmt: skip
ROME = PostalAddress("Via Roma 1", "00100", "Roma", "IT")
ORDER = Order(
    id=1, shop="demo", number="10023", state="paid", placed_at=datetime(2026, 11, 2, 9, tzinfo=UTC), currency="EUR",
    payment_method="wire", customer=Customer("Maria Rossi", "maria@x.example", address=ROME),
    lines=(Line("PRO", "Photo Pro 8", 2, 4095, "22.0", "IVA"),), total_net=8190, total_tax=1802, total=9992,
    paid_at=datetime(2026, 11, 4, 8, tzinfo=UTC), card_last4="4242",
)  # fmt: skip


def invoice(order: Order = ORDER, shop: Shop = SHOP, **more: Any) -> Invoice:
    return make_invoice(order, shop, "R-2026-00001", AT, AT, "it", timezone="Europe/Berlin", **more)


def untaxed(country: str, vat_id: str = "") -> Order:
    customer = replace(ORDER.customer, address=replace(ROME, country=country), vat_id=vat_id)
    line = replace(ORDER.lines[0], tax_rate="0")
    return replace(ORDER, customer=customer, lines=(line,), total_tax=0, total=8190)


def test_all_that_the_law_wants_is_on_it() -> None:
    made = invoice(paid_with="bonifico bancario")
    assert (made.number, made.order_number, made.language, made.currency) == ("R-2026-00001", "10023", "it", "EUR")
    assert made.issued_on == made.supplied_on == date(2026, 11, 5)  # it is past midnight in Berlin
    assert (made.ordered_on, made.paid_on) == (date(2026, 11, 2), date(2026, 11, 4))
    assert (made.seller.name, made.seller.vat_id, made.seller.city) == ("Demo GmbH", "DE136695976", "Berlin")
    assert (made.buyer.name, made.buyer.street, made.buyer.country) == ("Maria Rossi", "Via Roma 1", "IT")
    assert made.lines == (InvoiceLine("Photo Pro 8", "PRO", 2, 4095, 8190, "IVA", "22"),)
    assert (made.net, made.tax, made.total) == (8190, 1802, 9992)
    assert (made.paid_with, made.card_last4, made.notes) == ("bonifico bancario", "", ())


def test_who_gave_no_name_is_named_by_the_address() -> None:
    assert invoice(replace(ORDER, customer=Customer("", "m@x.example"))).buyer.name == "m@x.example"


def test_a_card_is_named_only_where_it_paid() -> None:
    """The last digits may be those of a card that was declined before the customer chose another way."""
    assert invoice(replace(ORDER, paid_with="card")).card_last4 == "4242"
    assert invoice(replace(ORDER, payment_method="card", paid_with="wire")).card_last4 == ""


def test_totals_that_do_not_agree_make_no_invoice() -> None:
    with pytest.raises(TaxMismatch, match="order 10023"):
        invoice(replace(ORDER, total_tax=1900, total=10090))


@pytest.mark.parametrize(
    ("country", "vat_id", "note"),
    [
        ("IT", "IT00743110157", ("reverse_charge",)),
        ("IT", "", ()),
        ("DE", "DE136695976", ()),
        ("US", "", ("outside_eu",)),
        ("CH", "", ("outside_eu",)),
        ("", "", ()),
    ],
)
def test_why_no_tax_was_charged(country: str, vat_id: str, note: tuple[str, ...]) -> None:
    assert invoice(untaxed(country, vat_id)).notes == note


def test_a_small_business_says_so_and_a_seller_elsewhere_says_nothing() -> None:
    assert invoice(untaxed("DE"), small_business=True).notes == ("small_business",)
    american = replace(SHOP, seller=Seller(name="Demo Inc", country="US"))
    assert invoice(untaxed("IT", "IT00743110157"), american).notes == ()
    assert invoice(ORDER, small_business=True).notes == ()  # tax was charged, whatever the shop is


def test_reverse_charge_needs_both_vat_ids() -> None:
    without = replace(SHOP, seller=replace(SHOP.seller, vat_id=""))
    assert invoice(untaxed("IT", "IT00743110157"), without).notes == ()
