"""What customers and staff come for, done in a real browser without JavaScript.

Skipped where chromium is not installed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from web_kit import DELIVERED, ITEM, Stand, make_order

pytestmark = pytest.mark.browser

pytest_plugins = ("web_browser_fixtures",)


@contextmanager
def without_script(browser: Any) -> Iterator[Any]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 720}, locale="en")
    yield context.new_page()
    context.close()


def test_paying_in_another_way(browser: Any, used: tuple[Stand, str]) -> None:
    stand, url = used
    order = stand.add(make_order())
    with without_script(browser) as page:
        page.goto(url + stand.path("order", order.id))
        page.get_by_role("link", name="Change payment method").click()
        assert page.get_by_role("radio", checked=True).count() == 1
        page.get_by_text("Check", exact=True).click()
        page.get_by_role("button", name="Pay €99.92 in this way").click()
        assert page.get_by_role("status").inner_text().startswith("Done:")
        assert "How to pay: check" in page.locator("main").inner_text()
        page.reload()
        page.go_back()
        page.get_by_role("link", name="Order 2001").click()
        assert "How to pay: check" in page.locator("main").inner_text()
    assert stand.order(order.id).payment_method == "check"


def test_cancelling_and_going_back(browser: Any, used: tuple[Stand, str]) -> None:
    stand, url = used
    order = stand.add(make_order())
    with without_script(browser) as page:
        page.goto(url + stand.path("order", order.id))
        page.get_by_role("link", name="Cancel this order").click()
        page.get_by_role("link", name="No, keep my order").click()
        assert stand.order(order.id).state == "pending"
        page.get_by_role("link", name="Cancel this order").click()
        page.get_by_role("button", name="Cancel order 2001").click()
        assert page.locator("h1").inner_text() == "This order is cancelled"
        page.go_back()
        if page.get_by_role("button").count():
            page.get_by_role("button").click()
        assert page.locator("h1").inner_text() == "This order is cancelled"
    assert stand.order(order.id).version == 2


def test_asking_for_the_money_back_in_french(browser: Any, used: tuple[Stand, str]) -> None:
    stand, url = used
    order = stand.add(make_order(**DELIVERED), ITEM)
    with without_script(browser) as page:
        page.goto(url + stand.path("order", order.id))
        page.locator("summary").click()
        page.get_by_role("link", name="Français").click()
        page.get_by_role("link", name="Demander un remboursement").click()
        page.get_by_role("button", name="Rembourser 99,92").click()
        assert "est en route" in page.locator("h1").inner_text()
    assert stand.order(order.id).state == "refunding"


def test_finding_orders_after_a_slip_of_the_pen(browser: Any, used: tuple[Stand, str]) -> None:
    stand, url = used
    with without_script(browser) as page:
        page.goto(url + "/lookup")
        page.get_by_label("Your mail address").fill("jo@customer")
        page.get_by_role("button", name="Send me my orders").click()
        assert page.locator("[role=alert]:focus").count() == 1
        assert page.get_by_label("Your mail address").input_value() == "jo@customer"
        page.get_by_label("Your mail address").fill("jo@customer.example")
        page.get_by_role("button", name="Send me my orders").click()
        assert page.locator("h1").inner_text() == "Check your mailbox"
        page.reload()
    assert stand.woken == ["outbox"]


def test_deciding_a_case_by_keyboard(browser: Any, used: tuple[Stand, str]) -> None:
    stand, url = used
    order = stand.add(make_order(**{**DELIVERED, "total": 48800, "total_net": 46998, "paid_amount": 48800}))
    with without_script(browser) as page:
        page.goto(url + stand.path("case", stand.held_refund(order)))
        names = []
        for _ in range(5):
            page.keyboard.press("Tab")
            names.append(" ".join(page.locator(":focus").inner_text().split()))
        preview = "jo@customer.example gets the letter “Your refund for order 2001 is under way”."
        ours = ["Skip to the content", "Language: English", preview, "Refund €488.00", "Decline, and tell Jo Park"]
        assert names == ours
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        assert page.get_by_role("status").inner_text() == "Done: approved. The customer gets a mail."
    assert stand.order(order.id).state == "refunding"
