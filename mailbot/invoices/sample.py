"""A made-up invoice of a shop, to try its template with before a customer's is printed. Pure."""

from datetime import UTC, datetime

from mailbot.invoices.invoice import Invoice, make_invoice
from mailbot.invoices.number import format_number
from mailbot.model.order import Customer, Line, Order, PostalAddress
from mailbot.model.shop import Shop

_AT = datetime(2026, 1, 5, 12, tzinfo=UTC)


def sample_invoice(shop: Shop, language: str, timezone: str) -> Invoice:
    """Two lines, one of them with tax. Raises ValueError when the shop's pattern of invoice numbers is wrong."""
    country = shop.seller.country
    order = Order(
        id=0,
        shop=shop.id,
        number="10001",
        state="paid",
        placed_at=_AT,
        currency="EUR",
        payment_method="wire",
        customer=Customer("Maria Rossi", "maria@customer.example", language, PostalAddress("", "", "Town", country)),
        lines=(
            Line("SAMPLE-1", "A sample", 1, 10_000, "20", "VAT"),
            Line("SAMPLE-2", "A sample without tax", 2, 2_500, "0", "VAT"),
        ),
        total_net=15_000,
        total_tax=2_000,
        total=17_000,
        paid_at=_AT,
        paid_amount=17_000,
    )
    number = format_number("2026", 1, shop.invoice_number)
    return make_invoice(order, shop, number, _AT, _AT, language, timezone=timezone, paid_with="bank transfer")
