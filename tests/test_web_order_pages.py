"""The order page says how the order stands and what can be done; the pay page changes how it is paid."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection
from web_kit import DELIVERED, ITEM, NOW, PAID, Stand, make_order

from mailbot.model.order import Customer, Item, Line
from mailbot.store import orders

pytest_plugins = ("web_fixtures",)

STATES: dict[str, tuple[dict[str, Any], str, list[str], list[str]]] = {
    "wire": ({}, "Waiting for your payment of €99.92",
             ["DE02 1203 0000 0000 2020 51", "BYLADEM1001", "data:image/png;base64,", "Saturday 5 December 2026",
              "Wednesday 18 November 2026", "Change payment method", "/cancel/"], ["/refund/", "N5-7K2M"]),
    "check": ({"payment_method": "check"}, "Waiting for your payment of €99.92",
              ["Ahornweg 4, 20095 Hamburg", "Write on it"], ["DE02 1203"]),
    "card": ({"payment_method": "card"}, "Waiting for your payment of €99.92", ["How to pay: card"], ["DE02 1203"]),
    "purchase order": ({"payment_method": "purchase_order"}, "Waiting for your payment of €99.92",
                       ["purchase order as a PDF"], ["DE02 1203"]),
    "unknown method": ({"payment_method": "barter"}, "Waiting for your payment of €99.92", ["barter"], []),
    "dollars": ({"currency": "USD"}, "Waiting for your payment of $99.92", ["DE02 1203"], ["data:image/png"]),
    "paused": ({"paused_until": NOW + timedelta(days=3)}, "Waiting for your payment of €99.92",
               ["Thursday 19 November 2026"], []),
    "part": ({"paid_amount": 5000}, "Waiting for your payment of €49.92", ["€50.00 of €99.92"], []),
    "too much": ({"paid_amount": 15000}, "Order received", ["€150.00 of €99.92"], ["DE02 1203", "/pay/"]),
    "part back": ({"state": "cancelled", "paid_amount": 5000, "ended_at": NOW}, "This order is cancelled",
                  ["Your €50.00 goes back to you"], ["/cancel/"]),
    "free": ({"total": 0, "total_net": 0, "total_tax": 0}, "Order received", ["nothing to pay"], ["DE02 1203"]),
    "paid": (PAID, "Paid, thank you", ["card ending in 4242", "/refund/"], ["/cancel/", "DE02 1203"]),
    "delivered": (DELIVERED, "Paid and delivered",
                  ["N5-7K2M-QW9X-44TR", "N5-8P3V-ZZ2Y-81AB", "https://files.nimbus.example/nimbus-5.zip",
                   "Tuesday 15 December 2026", "Help from Nimbus Ltd"], []),
    "refunding": ({**DELIVERED, "state": "refunding"}, "Your refund of €99.92 is on its way", ["card ending in 4242"],
                  ["N5-7K2M", "/refund/", "/cancel/"]),
    "refunded": ({**DELIVERED, "state": "refunded", "refund_amount": 9992, "ended_at": NOW}, "Refunded: €99.92",
                 ["Monday 16 November 2026"], ["N5-7K2M", "/refund/"]),
    "cancelled": ({"state": "cancelled", "ended_at": NOW}, "This order is cancelled", ["You owe nothing"],
                  ["DE02 1203", "/cancel/"]),
    "expired": ({"state": "expired", "ended_at": NOW}, "This order has lapsed", ["you owe nothing"], ["/cancel/"]),
}  # fmt: skip


@pytest.mark.parametrize("name", STATES)
def test_the_page_says_how_the_order_stands(stand: Stand, name: str) -> None:
    changes, headline, shown, hidden = STATES[name]
    items = [ITEM] if "delivered_at" in changes else []
    order = stand.add(make_order(**changes), *items)
    page = stand.client.get(stand.path("order", order.id))
    assert page.status_code == 200
    assert re.search(r"<h1>\s*(.*?)\s*</h1>", page.text, re.S)[1] == headline  # type: ignore[index]
    for text in shown:
        assert text in page.text, text
    for text in hidden:
        assert text not in page.text, text
    assert "jo@customer.example" not in page.text
    assert "j•••@customer.example" in page.text
    assert len(page.text) <= 9000
    title = re.search(r"<title>(.*)</title>", page.text)
    assert title
    assert title[1].startswith(headline)
    assert len(title[1]) <= 70


def test_a_declined_payment_is_said_until_another_way_is_chosen(stand: Stand) -> None:
    order = stand.add(make_order(payment_method="card"))

    def decline(connection: Connection) -> None:
        orders.remember(
            connection, at=NOW, shop="nimbus", order_id=order.id, actor="shop", because="",
            what="change: decline, payment/declined",
        )  # fmt: skip

    stand.db.call(decline)
    page = stand.client.get(stand.path("order", order.id)).text
    assert "Your payment did not go through" in page
    assert "A payment did not go through" in page
    stand.client.post(stand.path("pay", order.id), data={"method": "wire"})
    page = stand.client.get(stand.path("order", order.id)).text
    assert "Waiting for your payment" in page
    assert "You chose another way to pay" in page


def test_an_old_download_says_how_to_get_a_new_one(stand: Stand) -> None:
    old = replace(ITEM, delivered_at=NOW - timedelta(days=31))
    order = stand.add(make_order(**DELIVERED), old)
    page = stand.client.get(stand.path("order", order.id)).text
    assert "worked until Sunday 15 November 2026" in page
    assert old.download_url not in page


def test_hostile_names_are_only_text(stand: Stand) -> None:
    name = "<script>alert(1)</script>{{ 7*7 }}" + "W" * 10_000
    line = Line("x", name, 1, 8190, "22", "VAT", "download", name, "javascript:alert(1)")
    item = Item("x", ("</code><b>key",), "https://files.example/a", 5, NOW)
    order = make_order("2005<i>", **DELIVERED, customer=Customer(name, "a<b>@customer.example", "en"), lines=(line,))
    order = stand.add(order, item)
    for purpose in ("order", "pay", "cancel", "refund"):
        page = stand.client.get(stand.path(purpose, order.id)).text
        for wrong in ("<script", "<i>", "<b>", 'href="javascript', "49", "W" * 200):
            assert wrong not in page.replace("20095", ""), (purpose, wrong)
        assert len(page) < 12_000


def test_the_invoice_is_the_bytes_as_sent(stand: Stand) -> None:
    order = stand.add(make_order(**PAID))
    path = stand.path("order", order.id) + "/invoice"
    assert stand.client.get(path).status_code == 404
    stand.invoice(order.id, b"%PDF-1.7 exactly this")
    answer = stand.client.get(path)
    assert answer.content == b"%PDF-1.7 exactly this"
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''2026-0001.pdf"
    assert "/invoice" in stand.client.get(stand.path("order", order.id)).text
    assert stand.client.get(stand.path("pay", order.id) + "/invoice").status_code == 404


def test_an_order_that_is_gone(stand: Stand) -> None:
    for purpose in ("order", "pay", "cancel", "refund", "case"):
        assert stand.client.get(stand.path(purpose, 999)).status_code == 404


def test_the_ways_to_pay_say_when_the_money_is_here(stand: Stand) -> None:
    order = stand.add(make_order())
    page = stand.client.get(stand.path("pay", order.id)).text
    assert re.findall(r'name="method" value="(\w+)"', page) == ["card", "paypal", "wire", "check", "money_order"]
    assert re.findall(r'value="(\w+)" required checked', page) == ["wire"]
    assert "by Wednesday 18 November 2026" in page
    assert "The money is here at once." in page
    assert "Pay €99.92 in this way" in page


def test_choosing_another_way_changes_the_order_and_tells_by_mail(stand: Stand) -> None:
    order = stand.add(make_order())
    answer = stand.client.post(stand.path("pay", order.id) + "?lang=fr", data={"method": "check"})
    assert answer.status_code == 303
    assert re.fullmatch(r"/order/[\w-]+\?done=changed&lang=fr", answer.headers["location"])
    page = stand.client.get(answer.headers["location"]).text
    assert 'role="status"' in page
    assert '<html lang="fr">' in page
    assert "Ahornweg 4" in page
    assert stand.order(order.id).payment_method == "check"
    assert stand.woken == ["outbox"]


def test_choosing_what_it_is_already_changes_nothing(stand: Stand) -> None:
    order = stand.add(make_order())
    answer = stand.client.post(stand.path("pay", order.id), data={"method": "wire"})
    assert answer.status_code == 303
    assert 'role="status"' not in stand.client.get(answer.headers["location"]).text
    assert stand.order(order.id) == stand.order(order.id)


@pytest.mark.parametrize("method", ["", "barter", "purchase_order", "ach", "x" * 1000])
def test_a_way_that_is_not_offered_is_refused(stand: Stand, method: str) -> None:
    order = stand.add(make_order())
    answer = stand.client.post(stand.path("pay", order.id), data={"method": method})
    assert answer.status_code == 422
    assert 'role="alert" tabindex="-1" autofocus' in answer.text
    assert "<title>Error: " in answer.text
    assert stand.order(order.id) == order


def test_nothing_is_left_to_choose_for_a_paid_order(stand: Stand) -> None:
    order = stand.add(make_order(**PAID))
    page = stand.client.get(stand.path("pay", order.id))
    assert page.status_code == 200
    assert "Already paid, thank you" in page.text
    assert "<form" not in page.text
    click = stand.client.post(stand.path("pay", order.id), data={"method": "wire"})
    assert "Already paid, thank you" in click.text
    assert stand.order(order.id) == order


@pytest.mark.parametrize("state", ["cancelled", "expired", "refunded"])
def test_nothing_is_left_to_pay_for_an_order_that_has_ended(stand: Stand, state: str) -> None:
    order = stand.add(make_order(state=state, ended_at=NOW))
    page = stand.client.get(stand.path("pay", order.id))
    assert page.status_code == 410
    assert "<form" not in page.text
    assert "/order/" in page.text


def test_what_has_come_is_not_asked_for_again(stand: Stand) -> None:
    order = stand.add(make_order(paid_amount=5000))
    page = stand.client.get(stand.path("pay", order.id))
    assert "How would you like to pay €49.92?" in page.text
    assert "€50.00 of €99.92" in page.text
    assert "Nothing has been charged" not in page.text
    cancel = stand.client.get(stand.path("cancel", order.id))
    assert cancel.status_code == 410
    assert "a person pays back what has come" in cancel.text
    assert stand.client.post(stand.path("cancel", order.id)).status_code == 409


def test_a_shop_without_a_payment_page_leads_nobody_in_a_circle(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its card payments are made where the order was; here there are only ways that can be paid from here."""
    shop = replace(stand.house.shops["nimbus"], pay_url="")
    monkeypatch.setitem(stand.house.shops, "nimbus", shop)
    order = stand.add(make_order(payment_method="card"))
    page = stand.client.get(stand.path("pay", order.id)).text
    assert re.findall(r'name="method" value="(\w+)"', page) == ["wire", "check", "money_order"]
    for text in (page, stand.client.get(stand.path("order", order.id)).text):
        assert "You pay this in the shop, where you ordered." in text
    assert stand.client.post(stand.path("pay", order.id), data={"method": "paypal"}).status_code == 422
    monkeypatch.setitem(stand.house.shops, "nimbus", replace(shop, bank=None, check_address=""))
    page = stand.client.get(stand.path("pay", order.id)).text
    assert "Write to us, and we find one together." in page
