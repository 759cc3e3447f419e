"""What most tests need: orders, mails, news, settings and a house, made to order."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from mailbot import app
from mailbot.house import House
from mailbot.model.event import EVENT
from mailbot.model.mail import Address, Mail
from mailbot.model.order import Customer, Item, Line, Order, PostalAddress
from mailbot.model.shop import BankAccount, Colleague, Seller, Shop
from mailbot.settings import LetterSettings, Settings, Smtp, Trust, Web

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 16, 10, 30, tzinfo=UTC)  # a Monday
SECRET = "a secret of the tests, 32 characters and more"
TOKEN = "shop-token-of-the-tests"
OURS = "orders@shop.example"
STAFF = "anna@shop.example"
ANN = "ann@customer.example"
GATE = "mx.shop.example"  # whose Authentication-Results are believed
KEY = "NIM5-7K2M-QW9X-44TR"

SHOP = Shop(
    id="demo",
    name="Nimbus Software",
    address=OURS,
    token=TOKEN,
    languages=("en", "fr", "de"),
    terms_url="https://shop.example/terms",
    support_address="help@shop.example",
    pay_url="https://shop.example/card/{order}",
    seller=Seller(name="Nimbus GmbH", street="Ahornweg 4", postcode="20095", city="Hamburg", country="DE",
                  vat_id="DE136695976"),
    bank=BankAccount(holder="Nimbus GmbH", iban="DE02120300000000202051", bic="BYLADEM1001"),
    check_address="Nimbus GmbH, Ahornweg 4, 20095 Hamburg, Germany",
    staff=(Colleague(address=STAFF, name="Anna"),),
)  # fmt: skip

_serial = count(1)


def serial() -> int:
    """A number that was not given before."""
    return next(_serial)


def fresh(prefix: str = "N") -> str:
    """A new order number, so that tests can share an installation."""
    return f"{prefix}{50_000 + next(_serial)}"


def somebody() -> str:
    """The address of somebody who was never here."""
    return f"c{next(_serial)}@customer.example"


def make_order(number: str = "50000", **changes: Any) -> Order:
    """A pending order by wire of 99.92 euro, placed two days ago; `changes` as for dataclasses.replace."""
    order = Order(
        id=1,
        shop="demo",
        number=number,
        state="pending",
        placed_at=NOW - timedelta(days=2),
        currency="EUR",
        payment_method="wire",
        customer=Customer("Ann Lee", ANN, "en", PostalAddress("", "1000", "Ljubljana", "SI")),
        lines=(Line("NIM-5", "Nimbus Pro 5", 2, 4095, "22", "VAT", "download", "Nimbus Labs", "https://labs.example"),),
        total_net=8190,
        total_tax=1802,
        total=9992,
    )
    if changes.get("state") in ("paid", "refunding", "refunded"):
        paid = {"paid_at": NOW - timedelta(days=1), "paid_amount": 9992, "paid_with": "card", "payment_id": "pay_1"}
        changes = {**paid, **changes}
    return replace(order, **changes)


DELIVERED = Item("NIM-5", (KEY,), "https://files.shop.example/nimbus.zip", 30, NOW - timedelta(hours=20))


def make_mail(text: str = "Where is my order?", sender: str = ANN, subject: str = "Question", **changes: Any) -> Mail:
    """A mail as `read` leaves it."""
    return replace(Mail("<1@customer.example>", Address("", sender), subject, text, text), **changes)


def make_event(kind: str, number: str, email: str = ANN, /, **changes: Any) -> dict[str, Any]:
    """News as a shop posts it: kind is the event's type. `changes` go into its inner object (order, payment, …)."""
    money = {"amount": 9992, "currency": "EUR"}
    inner: dict[str, tuple[str, Any]] = {
        "order.placed": ("order", {**_placed(number, email)}),
        "payment.received": ("payment", {"id": f"pay_{number}", "method": "wire", **money}),
        "payment.declined": ("payment", {"id": f"try_{number}", "method": "card", **money, "card_last4": "4242"}),
        "order.delivered": ("items", [{"sku": "NIM-5", "keys": [KEY], "download_days": 30,
                                       "download_url": "https://files.shop.example/nimbus.zip"}]),
        "order.cancelled": ("reason", "by the shop"),
        "payment.refunded": ("refund", {"id": f"re_{number}", **money}),
        "subscription.renewing": ("subscription", {"id": "sub_1", "renews_on": "2026-12-01", **money}),
    }  # fmt: skip
    name, value = inner[kind]
    top = {key: changes.pop(key) for key in ("id", "at", "shop", "items", "reason") if key in changes}
    if isinstance(value, dict):
        value |= changes
    body = {"id": f"evt_{next(_serial)}", "type": kind, "at": NOW.isoformat(), "shop": "demo", name: value}
    return {**body, **({} if kind == "order.placed" else {"order_number": number}), **top}


def _placed(number: str, email: str) -> dict[str, Any]:
    return {
        "number": number,
        "placed_at": (NOW - timedelta(minutes=1)).isoformat(),
        "currency": "EUR",
        "payment_method": "wire",
        "customer": {"name": "Ann Lee", "email": email, "language": "en",
                     "address": {"postcode": "1000", "city": "Ljubljana", "country": "SI"}},
        "lines": [{"sku": "NIM-5", "name": "Nimbus Pro 5", "quantity": 2, "unit_net": 4095, "tax_rate": "22",
                   "tax_name": "VAT", "kind": "download"}],
        "total_net": 8190, "total_tax": 1802, "total": 9992,
    }  # fmt: skip


def make_raw(text: str, sender: str = ANN, to: str = OURS, subject: str = "Question", **headers: str) -> bytes:
    """A mail on the wire; `verified` ("pass", "fail") is what the shop's own mail server found out about the sender."""
    message = EmailMessage()
    if verified := headers.pop("verified", ""):
        domain = sender.rpartition("@")[2].strip(">")
        message["Authentication-Results"] = f"{GATE}; dmarc={verified} header.from={domain}"
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = "Mon, 16 Nov 2026 10:30:00 +0000"
    message["Message-ID"] = f"<{next(_serial)}@customer.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes().replace(b"\n", b"\r\n")


def make_settings(folder: Path, **changes: Any) -> Settings:
    """Settings of an installation on loopback; confirmations go at once unless told otherwise."""
    values: dict[str, Any] = {
        "secret": SECRET,
        "database": f"sqlite:///{folder / 'mailbot.db'}",
        "smtp": Smtp(listen="127.0.0.1:0"),
        "letters": LetterSettings(hold_confirmation=timedelta(0)),
        "web": Web(listen="127.0.0.1:0", url="https://mail.shop.example"),
        "trust": Trust(authserv_id=GATE, relays=("127.0.0.1",)),
        "shop": (SHOP,),
    }
    return Settings(**{**values, **changes})


@cache
def make_house() -> House:
    """The house with the shipped rules and letters: built once, because that takes seconds."""
    return app.build_house(make_settings(Path(".")))


def checked(body: dict[str, Any]) -> Any:
    """The event as its model reads it."""
    return EVENT.validate_python(json.loads(json.dumps(body)), strict=False)
