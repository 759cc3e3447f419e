"""The sample shop: its configuration, its products, its customers, and the news of its last three weeks."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from mailbot.model.shop import BankAccount, Colleague, Seller, Shop

TOKEN = "demo-shop-token-0123456789"  # noqa: S105
STAFF = "anna@shop.example"

SHOP = Shop(
    id="demo",
    name="Nimbus Software",
    address="orders@shop.example",
    token=TOKEN,
    languages=("en", "fr", "de", "es", "it", "pt", "nl"),
    language="en",
    terms_url="https://shop.example/terms",
    support_address="help@shop.example",
    pay_url="https://shop.example/pay/{order}",
    check_address="Nimbus Software GmbH, Hauptstr. 1, 10115 Berlin, Germany",
    seller=Seller(
        name="Nimbus Software GmbH",
        street="Hauptstr. 1",
        postcode="10115",
        city="Berlin",
        country="DE",
        vat_id="DE136695976",
    ),
    bank=BankAccount(holder="Nimbus Software GmbH", iban="DE02120300000000202051", bic="BYLADEM1001"),
    staff=(Colleague(address=STAFF, name="Anna"),),
)

_PRODUCTS = {
    "NIMBUS-5": ("Nimbus Pro 5", 4200, "download"),
    "PHOTO-8": ("Photo Pro 8", 8200, "download"),
    "CLOUD-1Y": ("Nimbus Cloud, 1 year", 3900, "service"),
    "STUDIO-3": ("Studio Suite 3", 42000, "download"),
}

_PEOPLE = {
    "sam": ("Sam Carter", "sam@customer.example", "en", "GB", "London", "20", "VAT"),
    "luc": ("Luc Martin", "luc@client.example", "fr", "FR", "Lyon", "20", "TVA"),
    "maria": ("Maria Rossi", "maria@cliente.example", "it", "IT", "Milano", "22", "IVA"),
    "jonas": ("Jonas Weber", "jonas@kunde.example", "de", "DE", "Hamburg", "19", "MwSt"),
    "emma": ("Emma Jones", "emma@customer.example", "en", "IE", "Dublin", "23", "VAT"),
    "noah": ("Noah Smith", "noah@customer.example", "en", "US", "Austin", "0", "Tax"),
}

# number, who, product, quantity, method, days ago, what happened then
_ORDERS: tuple[tuple[str, str, str, int, str, int, tuple[str, ...]], ...] = (
    ("10001", "sam", "NIMBUS-5", 1, "card", 12, ("pay", "deliver")),
    ("10002", "luc", "PHOTO-8", 1, "wire", 3, ()),
    ("10003", "maria", "PHOTO-8", 2, "wire", 10, ("pay", "deliver")),
    ("10004", "jonas", "NIMBUS-5", 1, "card", 1, ("decline",)),
    ("10005", "emma", "STUDIO-3", 1, "card", 6, ("pay", "deliver")),
    ("10006", "emma", "NIMBUS-5", 1, "paypal", 5, ("pay", "deliver")),
    ("10007", "noah", "NIMBUS-5", 1, "check", 2, ()),
    ("10008", "noah", "CLOUD-1Y", 1, "ach", 1, ()),
    ("10009", "luc", "NIMBUS-5", 1, "card", 20, ("pay", "deliver", "refund")),
    ("10010", "jonas", "CLOUD-1Y", 1, "wire", 9, ("cancel",)),
    ("10011", "maria", "NIMBUS-5", 1, "wire", 40, ()),
    ("10012", "jonas", "PHOTO-8", 1, "wire", 0, ()),
)

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without 0 O 1 I L, which are mistaken for each other


def news(today: datetime) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """The events of the last weeks with their times, in the order in which they happened."""
    found: list[tuple[datetime, dict[str, Any]]] = []
    for number, who, sku, quantity, method, ago, steps in _ORDERS:
        at = today - timedelta(days=ago, minutes=30)
        found.append((at, placed(number, who, sku, quantity, method, at)))
        for count, step in enumerate(steps, 1):
            later = at + (timedelta(days=2) if step in ("refund", "cancel") else timedelta(minutes=2 * count))
            found.append((later, event(number, step, who, sku, quantity, method, later)))
    return iter(sorted(found, key=lambda pair: pair[0]))


def placed(number: str, who: str, sku: str, quantity: int, method: str, at: datetime) -> dict[str, Any]:
    """The news that an order was placed."""
    name, email, language, country, city, rate, tax_name = _PEOPLE[who]
    product, net, kind = _PRODUCTS[sku]
    total_net = net * quantity
    told = (at - timedelta(minutes=1)).isoformat()
    return {
        "id": f"evt_{number}_placed",
        "type": "order.placed",
        "at": at.isoformat(),
        "shop": "demo",
        "order": {
            "number": number,
            "placed_at": at.isoformat(),
            "currency": "USD" if country == "US" else "EUR",
            "payment_method": method,
            "customer": {
                "name": name,
                "email": email,
                "language": language,
                "address": {"street": "12 Main Street", "postcode": "1000", "city": city, "country": country},
            },
            "lines": [
                {
                    "sku": sku,
                    "name": product,
                    "quantity": quantity,
                    "unit_net": net,
                    "tax_rate": rate,
                    "tax_name": tax_name,
                    "kind": kind,
                    "publisher": {"name": "Nimbus Labs", "support": "https://shop.example/support"},
                }
            ],
            "total_net": total_net,
            "total_tax": _tax(total_net, rate),
            "total": total_net + _tax(total_net, rate),
            "withdrawal": {"informed_at": told, "consent_at": told, "acknowledged_at": told},
        },
    }


def event(number: str, step: str, who: str, sku: str, quantity: int, method: str, at: datetime) -> dict[str, Any]:
    """News about an order that was placed: pay, decline, deliver, cancel or refund."""
    rate, country = _PEOPLE[who][5], _PEOPLE[who][3]
    net = _PRODUCTS[sku][1] * quantity
    money = {"amount": net + _tax(net, rate), "currency": "USD" if country == "US" else "EUR"}
    payment = {"id": f"pay_{number}", "method": method, **money, "card_last4": "4242" if method == "card" else None}
    item = {
        "sku": sku,
        "keys": [licence_key(number, copy) for copy in range(quantity)],
        "download_url": f"https://files.shop.example/{sku.lower()}.zip",
        "download_days": 30,
    }
    bodies: dict[str, dict[str, Any]] = {
        "pay": {"type": "payment.received", "payment": payment},
        "decline": {"type": "payment.declined", "payment": {**payment, "reason": "declined"}},
        "deliver": {"type": "order.delivered", "items": [item]},
        "cancel": {"type": "order.cancelled", "reason": "by the shop"},
        "refund": {"type": "payment.refunded", "refund": {"id": f"re_{number}", **money}},
    }
    return {"id": f"evt_{number}_{step}", "at": at.isoformat(), "shop": "demo", "order_number": number, **bodies[step]}


def money_of(number: str) -> tuple[str, str, int, str]:
    """Who, product, quantity and method of a sample order."""
    return next((who, sku, quantity, method) for n, who, sku, quantity, method, _, _ in _ORDERS if n == number)


def licence_key(number: str, copy: int) -> str:
    """A licence key that looks like one and is always the same for the same order."""
    seed, groups = int(number) * 7919 + copy * 104729, []
    for _ in range(4):
        group = ""
        for _ in range(4):
            seed = (seed * 1103515245 + 12345) % 2**31
            group += _ALPHABET[seed // 65536 % len(_ALPHABET)]
        groups.append(group)
    return "-".join(groups)


def people() -> list[tuple[str, str]]:
    """(name, address) of every customer."""
    return [(name, email) for name, email, *_ in _PEOPLE.values()]


def _tax(net: int, rate: str) -> int:
    return (net * int(rate) + 50) // 100
