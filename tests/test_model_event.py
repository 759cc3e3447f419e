"""The news of a shop: what is taken, what is refused and with which path, and that nothing breaks the door."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import SHOP, checked, fresh, make_event

from mailbot.house import House
from mailbot.model.event import EVENT
from mailbot.web import api

SAMPLES = sorted((Path(__file__).parent / "contract" / "events").glob("*.json"))
TYPES = [
    "order.placed", "payment.received", "payment.declined", "order.delivered", "order.cancelled", "payment.refunded",
    "subscription.renewing",
]  # fmt: skip


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_of_the_contract_are_taken_as_they_are(path: Path, house: House) -> None:
    event, faults = api.check(house, SHOP, path.read_bytes())
    assert faults == []
    assert event is not None
    assert event.type == path.stem
    assert event.order_number


def test_there_is_a_sample_of_every_type() -> None:
    assert sorted(path.stem for path in SAMPLES) == sorted(TYPES)


@pytest.mark.parametrize("kind", TYPES)
def test_unknown_fields_are_ignored(kind: str) -> None:
    body = make_event(kind, fresh())
    assert checked({**body, "colour": "blue"}) == checked(body)


def _order(**changes: Any) -> dict[str, Any]:
    return make_event("order.placed", "1", **changes)


def _line(**changes: Any) -> dict[str, Any]:
    line = {"sku": "A", "name": "A", "quantity": 2, "unit_net": 4095, "tax_rate": "22", **changes}
    return _order(lines=[line])


def _customer(**changes: Any) -> dict[str, Any]:
    return _order(customer={"email": "a@b.example", **changes})


def _paid(**changes: Any) -> dict[str, Any]:
    return make_event("payment.received", "1", **changes)


FAULTY = [
    ("id", {**_paid(), "id": ""}),
    ("id", {**_paid(), "id": "x" * 201}),
    ("at", {**_paid(), "at": "2026-11-02T09:30:00"}),  # a time without a zone
    ("at", {**_paid(), "at": "yesterday"}),
    ("at", {**_paid(), "at": 1790000000}),
    ("at", {**_paid(), "at": "1066-10-14T09:00:00Z"}),
    ("type", {**_paid(), "type": "order.eaten"}),
    ("shop", {**_paid(), "shop": "another"}),
    ("order_number", {**_paid(), "order_number": ""}),
    ("order_number", {**_paid(), "order_number": " \n"}),
    ("order_number", {**_paid(), "order_number": 10023}),
    ("payment.amount", _paid(amount="9992")),
    ("payment.amount", _paid(amount=99.92)),
    ("payment.amount", _paid(amount=True)),
    ("payment.amount", _paid(amount=-1)),
    ("payment.amount", _paid(amount=10**14)),
    ("payment.currency", _paid(currency="eur")),
    ("payment.card_last4", _paid(card_last4="4242424242424242")),
    ("payment.method", _paid(method="Bank Transfer")),
    ("order.total", _order(total="9992")),
    ("order", _order(total=9993)),  # does not add up
    ("order", _order(total_net=1, total_tax=9991)),  # the lines say another thing
    ("order.lines", _order(lines=[])),
    ("order.lines", _order(lines=_line()["order"]["lines"] * 501)),
    ("order.number", _order(number="")),
    ("order.payment_method", _order(payment_method="barter")),
    ("order.customer.email", _customer(email="nobody")),
    ("order.customer.email", _customer(email="a@b.example\r\nBcc: all@b.example")),
    ("order.customer.email", _customer(email="Ann <a@b.example>")),
    ("order.customer.email", _customer(email="a@b.example,c@d.example")),
    ("order.customer.email", _customer(email=None)),
    ("order.customer.address.country", _customer(address={"country": "Slovenia"})),
    ("order.customer.language", _customer(language="Italian, please")),
    ("order.lines.0.quantity", _line(quantity=0)),
    ("order.lines.0.quantity", _line(quantity="2")),
    ("order.lines.0.tax_rate", _line(tax_rate="a lot")),
    ("order.lines.0.tax_rate", _line(tax_rate=True)),
    ("order.lines.0.kind", _line(kind="magic")),
    ("order.lines.0.name", _line(name="")),
    ("order.lines.0.name", _line(name="x" * 20_001)),
    ("items.0.download_url", make_event("order.delivered", "1", items=[{"sku": "A", "download_url": "javascript:1"}])),
    ("items.0.download_url", make_event("order.delivered", "1", items=[{"sku": "A", "download_url": 'http://a/"><b>'}])),
    ("items", make_event("order.delivered", "1", items=[])),
    ("subscription.renews_on", make_event("subscription.renewing", "1", renews_on="soon")),
]  # fmt: skip


@pytest.mark.parametrize(("path", "body"), FAULTY, ids=[f"{n}-{path}" for n, (path, _) in enumerate(FAULTY)])
def test_a_fault_is_named_with_its_path(path: str, body: dict[str, Any], house: House) -> None:
    event, faults = api.check(house, SHOP, json.dumps(body).encode())
    assert event is None
    assert path in [fault["path"] for fault in faults]
    assert all(fault["message"] for fault in faults)


@pytest.mark.parametrize(
    ("field", "value"),
    [("renews_on", "2026-02-31"), ("renews_on", "2026-99-99")],
)
def test_a_day_that_is_not_in_the_calendar_is_refused(field: str, value: str, house: House) -> None:
    body = make_event("subscription.renewing", "1", **{field: value})
    _, faults = api.check(house, SHOP, json.dumps(body).encode())
    assert [fault["path"] for fault in faults] == [f"subscription.{field}"]


@pytest.mark.parametrize(
    ("path", "body", "read"),
    [
        ("order.customer.email", _customer(email="Maria.Rossi@Customer.EXAMPLE"), "maria.rossi@customer.example"),
        ("order.customer.name", _customer(name="Ann\r\nBcc: x@y.example"), "Ann Bcc: x@y.example"),
        ("order.customer.name", _customer(name=None), ""),
        ("order.customer.vat_id", _customer(vat_id=None), ""),
        ("order.lines.0.tax_rate", _line(tax_rate=22), "22"),
        ("order.lines.0.name", _line(name="A\x00\u2028B\ufeff"), "A B"),
    ],
)
def test_values_are_made_tidy(path: str, body: dict[str, Any], read: str) -> None:
    value: Any = checked(body)
    for name in path.split("."):
        value = value[int(name)] if name.isdigit() else getattr(value, name)
    assert value == read


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_body_gets_an_answer(body: bytes) -> None:
    from kit import make_house

    event, faults = api.check(make_house(), SHOP, body)
    assert (event is None) == bool(faults)


@given(st.sampled_from(TYPES), st.data())
def test_a_good_event_with_anything_in_one_place_gets_an_answer(kind: str, data: st.DataObject) -> None:
    from kit import make_house

    body = make_event(kind, "1")
    here: Any = body
    while True:
        key = data.draw(st.sampled_from(sorted(here))) if isinstance(here, dict) else 0
        if not isinstance(here[key], (dict, list)) or not here[key] or data.draw(st.booleans()):
            here[key] = data.draw(JSON)
            break
        here = here[key]
    event, faults = api.check(make_house(), SHOP, json.dumps(body).encode())
    assert (event is None) == bool(faults)
    if event is not None:
        EVENT.validate_json(json.dumps(body))


FLOODS = {
    "order.lines": make_event("order.placed", "1", lines=[{}] * 300_000),
    "items": make_event("order.delivered", "1", items=[{}] * 300_000),
    "items.0.keys.0": make_event("order.delivered", "1", items=[{"sku": "a", "keys": [""] * 900}] * 290),
}


@pytest.mark.parametrize(("path", "body"), FLOODS.items(), ids=FLOODS)
def test_a_flood_of_faults_is_told_in_few_words(path: str, body: dict[str, Any], house: House) -> None:
    event, faults = api.check(house, SHOP, json.dumps(body).encode())
    assert event is None
    assert path in [fault["path"] for fault in faults]
    assert len(faults) < 1000
