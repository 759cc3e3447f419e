"""The case page shows why a person is asked, and does exactly what was stored, for the order that was seen."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection
from web_kit import DELIVERED, NOW, Stand, make_order

from mailbot.store import cases, errands, orders

pytest_plugins = ("web_fixtures",)

DEAR = {**DELIVERED, "total": 48800, "total_net": 40000, "total_tax": 8800, "paid_amount": 48800}


def open_case(stand: Stand, text: str = "I want my money back.") -> tuple[int, int, str]:
    """A held refund of 488 euro: the order's id, the case's id, and the path of its page."""
    order = stand.add(make_order(**DEAR))
    case_id = stand.held_refund(order, text)
    return order.id, case_id, stand.path("case", case_id)


def state(stand: Stand, case_id: int) -> str:
    found = stand.db.see(cases.get, case_id)
    assert found is not None
    return str(found["state"])


def letters(stand: Stand, order_id: int) -> list[str]:
    return [row["letter"] for row in stand.db.see(errands.of_order, order_id) if row["kind"] == "letter"]


def test_everything_needed_to_decide_is_on_the_page(stand: Stand) -> None:
    _, _, path = open_case(stand, "Hello,\nI want my money back.")
    page = stand.client.get(path).text
    assert "<h1>Refund €488.00 to Jo Park?</h1>" in page
    for text in ("above the limit of the bot", "rules/refund.toml: limit", "up to €200.00 the bot decides alone",
                 "answered from our letter", "<mark>my money back</mark>", "We are paying €488.00 back to you",
                 ">Refund €488.00</button>",
                 "Decline, and tell Jo Park", "promised by Tuesday 17 November 2026"):  # fmt: skip
        assert text in page, text
    assert len(page) <= 10_000


def test_a_preview_has_no_key_to_the_customers_pages(stand: Stand) -> None:
    _, _, path = open_case(stand)
    page = stand.client.get(path).text
    assert page.count('<pre class="preview">') == 2
    assert not re.search(r"/(order|pay|refund|cancel)/[\w-]{20}", page)


def test_yes_does_what_was_stored(stand: Stand) -> None:
    order_id, case_id, path = open_case(stand)
    answer = stand.client.post(path, data={"action": "approve", "version": "1"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}?done=approved")
    assert stand.order(order_id).state == "refunding"
    assert state(stand, case_id) == "approved"
    assert "refund/started" in letters(stand, order_id)
    assert stand.woken == ["outbox"]
    page = stand.client.get(answer.headers["location"]).text
    assert 'role="status"' in page
    assert "<form" not in page
    assert "request_refund" in page


def test_no_leaves_the_order_as_it_is(stand: Stand) -> None:
    order_id, case_id, path = open_case(stand)
    assert stand.client.post(path, data={"action": "decline", "version": "1"}).status_code == 303
    assert stand.order(order_id).state == "paid"
    assert state(stand, case_id) == "declined"


@pytest.mark.parametrize("action", ["approve", "decline"])
def test_an_order_that_changed_meanwhile_is_shown_again(stand: Stand, action: str) -> None:
    order_id, case_id, path = open_case(stand)
    changed = replace(stand.order(order_id), version=2, refund_amount=500)
    stand.db.call(orders.save, changed)
    answer = stand.client.post(path, data={"action": action, "version": "1"})
    assert answer.status_code == 409
    assert "has changed since you opened" in answer.text
    assert 'name="version" value="2"' in answer.text
    assert "€5.00" in answer.text
    assert state(stand, case_id) == "open"
    assert stand.order(order_id) == changed
    # A part went back already: the stored refund of the whole no longer fits, but declining it still does.
    again = stand.client.post(path, data={"action": action, "version": "2"})
    assert again.status_code == (303 if action == "decline" else 409)


def test_the_second_colleague_hears_that_it_is_decided(stand: Stand) -> None:
    _, _, path = open_case(stand)
    stand.client.post(path, data={"action": "approve", "version": "1"})
    before = stand.dump()
    for data in ({"action": "decline", "version": "1"}, {"action": "answer", "text": "No."}, {"action": "close"}):
        answer = stand.client.post(path, data=data)
        assert answer.status_code == 409
        assert "decided meanwhile" in answer.text
    assert stand.dump() == before


def test_staff_answer_in_their_own_words(stand: Stand) -> None:
    order_id, case_id, path = open_case(stand)
    answer = stand.client.post(path, data={"action": "answer", "text": "Dear Jo,\r\n\r\nwe will look."})
    assert answer.status_code == 303
    assert state(stand, case_id) == "answered"
    assert letters(stand, order_id) == ["case/answer"]
    assert stand.order(order_id).state == "paid"


@pytest.mark.parametrize(("text", "words"), [("  \n ", "write an answer first"), ("x" * 20_001, "below 20,000")])
def test_an_answer_is_neither_empty_nor_endless(stand: Stand, text: str, words: str) -> None:
    _, case_id, path = open_case(stand)
    answer = stand.client.post(path, data={"action": "answer", "text": text})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert state(stand, case_id) == "open"


def test_closing_writes_to_nobody(stand: Stand) -> None:
    order_id, case_id, path = open_case(stand)
    assert stand.client.post(path, data={"action": "close"}).status_code == 303
    assert state(stand, case_id) == "closed"
    assert letters(stand, order_id) == []


@pytest.mark.parametrize("data", [{}, {"action": "destroy"}, {"action": "approve", "version": "x" * 99}])
def test_an_odd_form_does_nothing_or_what_it_says(stand: Stand, data: dict[str, str]) -> None:
    _, case_id, path = open_case(stand)
    answer = stand.client.post(path, data=data)
    assert answer.status_code == (400 if data.get("action") != "approve" else 409)
    assert state(stand, case_id) == "open"


def test_the_customers_words_are_only_text(stand: Stand) -> None:
    _, _, path = open_case(stand, "<script>alert(1)</script> {{ 7*7 }} [x](javascript:y)\n" + "W" * 9000)
    page = stand.client.get(path).text
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7*7 }}" in page
    assert 'href="javascript' not in page


def test_a_case_without_mail_or_order(stand: Stand) -> None:
    def write(connection: Connection) -> int:
        return cases.add(
            connection, shop="nimbus", kind="illegal_step", state="open", reason="order 7 is paid: cancel", customer="",
            language="", created_at=NOW, promised_by=NOW + timedelta(days=1),
        )  # fmt: skip

    path = stand.path("case", stand.db.call(write))
    page = stand.client.get(path).text
    assert "<h1>What is to be done?</h1>" in page
    assert "textarea" not in page
    assert stand.client.post(path, data={"action": "close"}).status_code == 303


def test_the_page_speaks_the_shops_language(stand: Stand) -> None:
    _, _, path = open_case(stand)
    assert re.search(r"<h1>Rembourser 488,00.€ à Jo Park.\?</h1>", stand.client.get(path + "?lang=fr").text)
