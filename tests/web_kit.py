"""A house with two shops and orders in every state, and the site in front of it: what the tests of the pages share."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select
from starlette.testclient import TestClient

from mailbot.answers import refund
from mailbot.gates import load_gates
from mailbot.house import House
from mailbot.invoices.pdf import Press
from mailbot.links import Links
from mailbot.model.decision import Letter
from mailbot.model.order import Customer, Item, Line, Order, PostalAddress
from mailbot.model.shop import BankAccount, Colleague, Seller, Shop
from mailbot.outbox.letters import Letters
from mailbot.payments import methods
from mailbot.reading import rulebook
from mailbot.store import cases, orders, pack
from mailbot.store import mails as mail_queries
from mailbot.store.database import Database
from mailbot.store.seal import Sealer
from mailbot.store.tables import invoices, mails, metadata
from mailbot.web.site import build

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 16, 10, 30, tzinfo=UTC)
TOKEN = "shop-token-of-the-first"
SECRET = "a secret of thirty-two characters"

NIMBUS = Shop(
    id="nimbus",
    name="Nimbus Software",
    address="orders@nimbus.example",
    token=TOKEN,
    languages=("en", "fr", "de", "es", "it", "pt", "nl"),
    terms_url="https://nimbus.example/terms",
    support_address="help@nimbus.example",
    pay_url="https://nimbus.example/card/{order}",
    seller=Seller(
        name="Nimbus Software GmbH", street="Ahornweg 4", postcode="20095", city="Hamburg", country="DE",
        vat_id="DE136695976",
    ),
    bank=BankAccount(holder="Nimbus Software GmbH", iban="DE02120300000000202051", bic="BYLADEM1001"),
    check_address="Nimbus Software GmbH, Ahornweg 4, 20095 Hamburg, Germany",
    staff=(Colleague(address="kim@nimbus.example", name="Kim"),),
)  # fmt: skip
ATELIER = Shop(
    id="atelier",
    name="L’Atelier",
    address="commandes@atelier.example",
    token="shop-token-of-the-second",
    languages=("fr",),
    language="fr",
    seller=Seller(name="L’Atelier SARL", country="FR"),
)


def make_order(number: str = "2001", **changes: Any) -> Order:
    """A pending order by wire of 99.92 euro; `changes` as for dataclasses.replace."""
    order = Order(
        id=0,
        shop="nimbus",
        number=number,
        state="pending",
        placed_at=NOW - timedelta(days=2),
        currency="EUR",
        payment_method="wire",
        customer=Customer("Jo Park", "jo@customer.example", "en", PostalAddress("", "1000", "Ljubljana", "SI")),
        lines=(
            Line("NIMBUS-5", "Nimbus 5", 2, 4095, "22", "VAT", "download", "Nimbus Ltd", "https://nimbus.example/help"),
        ),
        total_net=8190,
        total_tax=1802,
        total=9992,
        expires_at=NOW + timedelta(days=19),
    )
    return replace(order, **changes)


PAID: dict[str, Any] = {
    "state": "paid", "paid_at": NOW - timedelta(days=1), "paid_amount": 9992, "paid_with": "card",
    "payment_method": "card", "card_last4": "4242", "payment_id": "pay_1", "expires_at": None,
}  # fmt: skip
DELIVERED = {**PAID, "delivered_at": NOW - timedelta(hours=20)}
ITEM = Item(
    "NIMBUS-5", ("N5-7K2M-QW9X-44TR", "N5-8P3V-ZZ2Y-81AB"), "https://files.nimbus.example/nimbus-5.zip", 30,
    NOW - timedelta(hours=20),
)  # fmt: skip


@dataclass
class Stand:
    """The site under test, with its database, its clock, and whom it woke."""

    db: Database
    house: House
    app: Any = None
    woken: list[str] = field(default_factory=list)
    well: dict[str, bool] = field(default_factory=lambda: {"web": True})
    now: datetime = NOW

    @cached_property
    def client(self) -> TestClient:
        return TestClient(self.app, follow_redirects=False, raise_server_exceptions=False)

    def add(self, order: Order, *items: Item) -> Order:
        """Keeps an order, with what was delivered for it."""

        def write(connection: Connection) -> Order:
            kept = orders.add(connection, order)
            if items:
                orders.deliver(connection, self.house.sealer, kept.id, items, NOW)
            return kept

        return self.db.call(write)

    def order(self, order_id: int) -> Order:
        found = self.db.see(orders.get, order_id)
        assert found is not None
        return found

    def path(self, purpose: str, subject: int, days: float = 30) -> str:
        """The path of a signed page."""
        return f"/{purpose}/{self.house.links.token(purpose, subject, NOW + timedelta(days=days))}"

    def invoice(self, order_id: int, pdf: bytes = b"%PDF-1.7 the bytes as sent") -> None:
        values = {
            "shop": "nimbus", "series": "2026", "sequence": 1, "number": "2026-0001", "order_id": order_id,
            "issued_at": NOW, "sha256": "", "pdf": pdf,
        }  # fmt: skip
        self.db.call(lambda connection: connection.execute(invoices.insert(), values))

    def held_refund(self, order: Order, text: str = "I want my money back.") -> int:
        """A case about a refund above the limit, as the mail of a customer opens it."""

        def write(connection: Connection) -> int:
            held = refund.start(order, "mail:1/approved", "en", "above the limit", "rules/refund.toml: limit")
            outcome = {
                "from": order.customer.email, "subject": "Refund", "text": text, "language": "en",
                "proof": "reply_token", "requests": [{"evidence": ["my money back [refund.toml:29]"]}], "decisions": [],
            }  # fmt: skip
            raw = f"From: {order.customer.email}\r\nSubject: Refund\r\n\r\nI want my money back.\r\n".encode()
            values = {
                "shop": "nimbus", "key": f"key-{order.number}", "mail_from": order.customer.email,
                "sealed": self.house.sealer.seal(raw, "mails.sealed"),
                "rcpt_to": ["orders@nimbus.example"], "received_at": NOW, "state": "done", "next_try": NOW,
                "outcome": mail_queries.seal_text(self.house.sealer, outcome),
            }  # fmt: skip
            mail_id = connection.execute(mails.insert().values(values)).inserted_primary_key[0]
            letter = Letter("refund/declined", order.customer.email, "mail:1/declined", "en", order.id)
            declined = replace(held, action="reply", changes=(), errands=(), letters=(letter,))
            return cases.add(
                connection, shop="nimbus", kind="refund", state="open", reason="above the limit of the bot",
                order_id=order.id, mail_id=mail_id, customer=order.customer.email, language="en",
                held=pack.decision_json(held), declined=pack.decision_json(declined), created_at=NOW,
                promised_by=NOW + timedelta(days=1), order_version=order.version,
            )  # fmt: skip

        return self.db.call(write)

    def dump(self) -> str:
        """Everything in the database, to compare before and after."""

        def read(connection: Connection) -> str:
            tables = {
                table.name: [list(map(repr, row)) for row in connection.execute(select(table))]
                for table in metadata.sorted_tables
            }
            return json.dumps(tables, sort_keys=True)

        return self.db.see(read)


@cache
def make_house(*shops: Shop) -> House:
    """A house with the shipped rules and templates; what is slow to load is loaded once."""
    if len(shops) > 1:
        return replace(make_house(shops[0]), shops={shop.id: shop for shop in shops})
    return House(
        shops={shop.id: shop for shop in shops},
        links=Links(SECRET, "https://shop.example"),
        sealer=Sealer(SECRET),
        letters=Letters.load([ROOT / "templates"]),
        book=rulebook.load([ROOT / "rules"], lazily=True),
        methods=methods.load([ROOT / "rules"]),
        press=Press([ROOT / "templates" / "invoice"]),
        gates=load_gates([ROOT / "rules"]),
        templates=(ROOT / "templates",),
    )


@contextmanager
def standing(folder: Path, house: House) -> Iterator[Stand]:
    """A site with an empty database of its own."""
    db = Database(f"sqlite:///{folder / 'web.db'}")
    metadata.create_all(db.engine)
    stand = Stand(db, house)
    stand.app = build(db, house, now=lambda: stand.now, wake=stand.woken.append, healthy=lambda: stand.well)
    try:
        yield stand
    finally:
        db.close()
