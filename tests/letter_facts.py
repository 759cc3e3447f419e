"""The shop, the orders and the facts that the letter tests speak of."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mailbot.model.order import Customer, Item, Line, Order, PostalAddress, Withdrawal
from mailbot.model.shop import BankAccount, Seller, Shop

TEMPLATES = Path(__file__).parent.parent / "templates"
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)

SHOP = Shop(
    id="demo",
    name="Demo Software",
    address="orders@shop.example",
    token="shop-token-for-tests",
    languages=("en", "fr", "de", "es", "it", "pt", "nl"),
    terms_url="https://shop.example/terms",
    support_address="help@shop.example",
    pay_url="https://shop.example/card/{order}",
    seller=Seller(
        name="Demo Software GmbH", street="Hauptstr. 1", postcode="10115", city="Berlin", country="DE",
        vat_id="DE136695976",
    ),
    bank=BankAccount(holder="Demo Software GmbH", iban="DE02120300000000202051", bic="BYLADEM1001"),
    check_address="Demo Software GmbH, Hauptstr. 1, 10115 Berlin, Germany",
)  # fmt: skip

# A real PNG of one pixel: enough to be a picture, small enough to read here.
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

_TOKEN = "AgAAAAAAAAABAcGd4w5kQm1n0x2ZsV7kq3r8Yw"
LINKS = {
    "order": f"https://shop.example/order/{_TOKEN}",
    "pay": f"https://shop.example/pay/{_TOKEN}",
    "refund": f"https://shop.example/refund/{_TOKEN}",
    "cancel": f"https://shop.example/cancel/{_TOKEN}",
    "case": f"https://shop.example/case/{_TOKEN}",
    "lookup": "https://shop.example/lookup",
}


def make_order(**changes: Any) -> Order:
    """An unpaid order of two licences by wire from Milan, with the given fields changed."""
    order = Order(
        id=7,
        shop="demo",
        number="10023",
        state="pending",
        placed_at=datetime(2026, 11, 18, 9, 30, tzinfo=UTC),
        currency="EUR",
        payment_method="wire",
        customer=Customer(
            "Maria Rossi", "maria@customer.example", "it", PostalAddress("Via Roma 1", "20121", "Milano", "IT")
        ),
        lines=(
            Line(
                "PHOTO-PRO", "Photo Pro 8", 2, 4095, "22", "IVA", "download", "Pixel Ltd", "https://pixel.example/help"
            ),
        ),
        total_net=8190,
        total_tax=1802,
        total=9992,
        expires_at=datetime(2026, 12, 9, 8, 0, tzinfo=UTC),
    )
    return replace(order, **changes)


ITEM = Item(
    "PHOTO-PRO",
    ("PP8-AAAA-1111-XYZ", "PP8-BBBB-2222-XYZ"),
    "https://files.shop.example/photo-pro-8.zip",
    30,
    datetime(2026, 11, 20, 8, 0, tzinfo=UTC),
)
ONE_KEY = replace(ITEM, keys=("PP8-AAAA-1111-XYZ-7777",))
PAID = make_order(
    state="paid",
    paid_at=datetime(2026, 11, 20, 8, 0, tzinfo=UTC),
    paid_amount=9992,
    paid_with="wire",
    payment_id="pay_1",
    items=(ONE_KEY,),
    delivered_at=datetime(2026, 11, 20, 8, 0, tzinfo=UTC),
)
CONSENTED = replace(
    PAID,
    withdrawal=Withdrawal(
        datetime(2026, 11, 18, 9, 29, 40, tzinfo=UTC),
        datetime(2026, 11, 18, 9, 29, 51, tzinfo=UTC),
        datetime(2026, 11, 18, 9, 29, 51, tzinfo=UTC),
    ),
)
TWO_PRODUCTS = replace(
    CONSENTED,
    lines=(*PAID.lines, Line("NOISE", "Noise Reducer 3", 1, 2000, "22", "IVA")),
    items=(ITEM, Item("NOISE", ("NR3-CCCC-3333-XYZ",), "https://files.shop.example/noise-3.zip", None)),
)
CARD = replace(PAID, paid_with="card", payment_method="card", card_last4="4242")
UNPAID = {"expires_at": "2026-12-09T08:00:00+00:00", "expected_by": "2026-11-20"}
WIRE = {**UNPAID, "iban": "DE02 1203 0000 0000 2020 51", "giro_png": PNG}
PROMISE = {"promised_by": "2026-11-19T14:10:00+00:00", "kind": "refund"}
ROWS = [
    {"number": "10023", "placed_at": "2026-11-18T09:30:00+00:00", "product": "Photo Pro 8", "total": 9992,
     "currency": "EUR", "state": "pending"},
    {"number": "10019", "placed_at": "2025-03-02T12:00:00+00:00", "product": "Noise Reducer 3", "total": 2440,
     "currency": "USD", "state": "paid", "url": LINKS["order"]},
]  # fmt: skip
MAIL = (
    "Hello,\n\nI bought Photo Pro last month, and it does not open my camera's files.\n"
    "I would like to have my money back, please.\n\nMaria"
)
REFUND = {"amount": 9992, "currency": "EUR", "method": "card", "card_last4": "4242", "payment_id": "pay_1"}
CASE = {
    "kind": "refund", "reason": "the order is 48 days old, the limit is 30", "rule": "rules/refund.toml: window_days",
    "proof": "reply_token", "customer": "maria@customer.example", "subject": "Re: Your key", "text": MAIL,
    "promised_by": PROMISE["promised_by"], "held": True, "steps": ["request_refund"],
    "amount": 9992, "currency": "EUR", "staff_name": "Anna",
}  # fmt: skip
ANSWER = (
    "Thank you for your patience. I have looked at your order and at the files that you sent us.\n\n"
    "Your camera is newer than the version of Photo Pro that you have. The publisher has just brought out 8.2, which "
    "reads these files; it is free for you, and your key stays the same.\n\n"
    "Please install it and try again. If the files still do not open, answer this mail with the name of the camera, "
    "and I will send you your money back the same day."
)

STATES = {
    "pending": make_order(),
    "paid": replace(PAID, delivered_at=None, items=()),
    "delivered": PAID,
    "refunding": replace(PAID, state="refunding"),
    "refunded": replace(PAID, state="refunded", refund_amount=9992, ended_at=datetime(2026, 11, 25, tzinfo=UTC)),
    "part": make_order(paid_amount=5000),
    "too much": make_order(paid_amount=15000),
    "cancelled with a part": make_order(
        state="cancelled", paid_amount=5000, ended_at=datetime(2026, 11, 19, tzinfo=UTC)
    ),
    "cancelled": make_order(state="cancelled", ended_at=datetime(2026, 11, 19, tzinfo=UTC)),
    "expired": make_order(state="expired", ended_at=datetime(2026, 12, 9, tzinfo=UTC)),
}
