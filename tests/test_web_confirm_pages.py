"""Cancel and refund: the page asks, the button acts once, and a second look says how the order stands."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select
from web_kit import DELIVERED, NOW, PAID, Stand, make_order

from mailbot.store.tables import errands

pytest_plugins = ("web_fixtures",)


def letters(stand: Stand) -> list[str]:
    def read(connection: Connection) -> list[str]:
        return list(connection.scalars(select(errands.c.letter).where(errands.c.kind == "letter")))

    return stand.db.see(read)


def test_the_button_cancels_and_the_letter_says_so(stand: Stand) -> None:
    order = stand.add(make_order())
    page = stand.client.get(stand.path("cancel", order.id)).text
    assert "<h1>Cancel order 2001?</h1>" in page
    assert ">Cancel order 2001</button>" in page
    assert "No, keep my order" in page
    answer = stand.client.post(stand.path("cancel", order.id))
    assert answer.status_code == 303
    result = stand.client.get(answer.headers["location"]).text
    assert "This order is cancelled" in result
    assert 'role="status"' in result
    assert "Order cancelled" in result
    assert stand.order(order.id).state == "cancelled"
    assert letters(stand) == ["cancel_order/done"]
    assert stand.woken == ["outbox"]


def test_a_second_click_does_nothing_more(stand: Stand) -> None:
    order = stand.add(make_order())
    path = stand.path("cancel", order.id)
    stand.client.post(path)
    before = stand.dump()
    assert stand.client.post(path).status_code == 409
    page = stand.client.get(path)
    assert page.status_code == 410
    assert "<form" not in page.text
    assert "nothing left to cancel" in page.text
    assert stand.dump() == before


def test_a_paid_order_is_refunded_not_cancelled(stand: Stand) -> None:
    order = stand.add(make_order(**PAID))
    page = stand.client.get(stand.path("cancel", order.id))
    assert page.status_code == 410
    assert "ask for your money back" in page.text
    assert "/refund/" in page.text
    assert stand.client.post(stand.path("cancel", order.id)).status_code == 409
    assert stand.order(order.id) == order


def test_the_button_starts_the_refund_once(stand: Stand) -> None:
    order = stand.add(make_order(**DELIVERED))
    path = stand.path("refund", order.id)
    page = stand.client.get(path).text
    assert "<h1>Refund €99.92 for order 2001?</h1>" in page
    assert ">Refund €99.92</button>" in page
    assert "card ending in 4242" in page
    answer = stand.client.post(path)
    result = stand.client.get(answer.headers["location"]).text
    assert answer.status_code == 303
    assert "is on its way" in result
    assert "Refund started" in result
    assert stand.order(order.id).state == "refunding"
    assert stand.client.post(path).status_code == 409
    assert letters(stand).count("refund/started") == 1
    kinds = stand.db.see(lambda connection: list(connection.scalars(select(errands.c.kind))))
    assert kinds.count("refund") == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({**PAID, "paid_at": NOW - timedelta(days=90)}, "The time for this has passed"),
        ({**PAID, "total": 10**9, "total_net": 10**9 - 1802, "paid_amount": 10**9}, "A person decides about this one"),
        ({}, "nothing to pay back"),
        ({**PAID, "state": "refunding"}, "You asked for this already"),
        ({**PAID, "state": "refunded", "ended_at": NOW}, "You asked for this already"),
    ],
)
def test_what_the_button_may_not_do_is_said(stand: Stand, changes: dict[str, object], words: str) -> None:
    order = stand.add(make_order(**changes))
    path = stand.path("refund", order.id)
    page = stand.client.get(path)
    assert page.status_code == 410
    assert words in page.text
    assert "<form" not in page.text
    assert re.search(r"mailto:orders@nimbus.example|/order/", page.text)
    before = stand.dump()
    click = stand.client.post(path)
    assert click.status_code == 409
    assert words in click.text
    assert stand.dump() == before
