"""The shop of crash.py: its configuration, its customers' addresses, and its news, the same bytes each time."""

import json
from datetime import timedelta

from crash_peers import BEGIN, TOKEN

DOMAIN = "customer.example"
STAFF = "anna@shop.example"


def configuration(folder: str, smtp: int, web: int, relay: int) -> str:
    """One shop on loopback, with somebody at the desk."""
    return f"""
secret = "0123456789abcdef0123456789abcdef"
database = "sqlite:///{folder}/mailbot.db"
[smtp]
listen = "127.0.0.1:{smtp}"
[relay]
host = "127.0.0.1"
port = {relay}
[letters]
hold_confirmation = "0s"
budget = 10000
[web]
listen = "127.0.0.1:{web}"
url = "http://127.0.0.1:{web}"
[trust]
authserv_id = "mx.shop.example"
relays = ["127.0.0.1"]
[[shop]]
id = "demo"
name = "Demo Software"
address = "orders@shop.example"
token = "{TOKEN}"
check_address = "Demo Software GmbH, Hauptstr. 1, 10115 Berlin"
seller = {{ name = "Demo Software GmbH", street = "Hauptstr. 1", postcode = "10115", city = "Berlin", country = "DE", vat_id = "DE136695976" }}
bank = {{ holder = "Demo Software GmbH", iban = "DE02120300000000202051", bic = "BYLADEM1001" }}
staff = [{{ name = "Anna", address = "{STAFF}" }}]
"""


def address(number: str) -> str:
    return f"c{number}@{DOMAIN}"


def event(number: str, kind: str) -> bytes:
    """The shop's news of that order, the same bytes each time."""
    paid = {"id": f"pay_{number}", "method": "wire", "amount": 9992, "currency": "EUR"}
    item = {"sku": "P", "keys": [f"KEY-{number}-ABCD"], "download_url": "https://files.shop.example/p.zip"}
    types: dict[str, tuple[str, dict[str, object]]] = {
        "placed": ("order.placed", {"order": _order(number)}),
        "paid": ("payment.received", {"payment": paid}),
        "delivered": ("order.delivered", {"items": [item]}),
        "refunded": ("payment.refunded", {"refund": {"id": f"re_{number}", "amount": 9992, "currency": "EUR"}}),
    }
    name, more = types[kind]
    head = {"id": f"{kind}-{number}", "type": name, "at": _at(0), "shop": "demo"}
    return json.dumps({**head, **({} if kind == "placed" else {"order_number": number}), **more}).encode()


def _order(number: str) -> dict[str, object]:
    home = {"street": "1 Road", "postcode": "20100", "city": "Milano", "country": "IT"}
    line = {"sku": "P", "name": "Photo Pro 8", "quantity": 1, "unit_net": 8190, "tax_rate": "22", "tax_name": "IVA"}
    return {
        "number": number,
        "placed_at": _at(-60),
        "currency": "EUR",
        "payment_method": "wire",
        "customer": {"name": f"Customer {number}", "email": address(number), "language": "en", "address": home},
        "lines": [{**line, "kind": "download"}],
        "total_net": 8190,
        "total_tax": 1802,
        "total": 9992,
    }


def _at(minutes: int) -> str:
    return (BEGIN + timedelta(minutes=minutes)).isoformat()
