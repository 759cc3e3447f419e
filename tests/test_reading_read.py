"""Mails are read: each request with its evidence and its orders, and doubt is unclear."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mailbot.model.mail import Address, Mail, Reading
from mailbot.reading import rulebook
from mailbot.reading.read import read

BOOK = rulebook.load([Path(__file__).parent.parent / "rules"])


def mail(text: str, subject: str = "Question", **more: Any) -> Mail:
    when = datetime(2026, 11, 2, 10, tzinfo=UTC)
    return Mail("<1@example.com>", Address("Anna", "anna@example.com"), subject, text=text, date=when, **more)


def asked(reading: Reading) -> list[str]:
    return [request.kind for request in reading.requests]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I lost my licence key.\n\nBy the way, could you send me the invoice?", ["resend_key", "invoice_copy"]),
        (
            "Please send the invoice. And please change the payment method to PayPal.",
            ["invoice_copy", "change_payment"],
        ),
        ("Please do NOT cancel my order, I only need the key.", ["resend_key"]),
        ("Please send me the key. If not possible, cancel the order.", ["resend_key"]),
        ("Can I get a refund after 90 days?", ["unclear"]),
        ("Please do not cancel my order. Thank you.", ["unclear"]),
        ("You refunded me, thanks.", ["thanks"]),
        ("CANCEL MY ORDER", ["cancel_order"]),
        ("plese cancle my oder", ["cancel_order"]),
        ("Ich habe den Schlüssel verloren und brauche auch die Rechnung.", ["resend_key", "invoice_copy"]),
        ("J'ai perdu ma clé. Merci de m'envoyer aussi la facture.", ["resend_key", "invoice_copy"]),
        ("Dzień dobry, chciałbym anulować zamówienie i odzyskać pieniądze.", ["unclear"]),
        ("", ["unclear"]),
    ],
)
def test_what_is_asked(text: str, expected: list[str]) -> None:
    assert asked(read(mail(text), BOOK)) == expected


def test_each_request_has_its_evidence_and_its_order() -> None:
    text = "Please cancel order 10023. For order 10044 I need the invoice again."
    first, second = read(mail(text), BOOK, known_orders=["10001"]).requests
    assert (first.kind, first.orders) == ("cancel_order", ("10023",))
    assert (second.kind, second.orders) == ("invoice_copy", ("10044",))
    assert "cancel order" in first.evidence[0]
    assert "cancel_order.toml:" in first.evidence[0]
    assert first.confidence > 0.8


def test_an_order_named_before_the_request_is_its_order() -> None:
    (request,) = read(
        mail("This is about order 10023.\n\nI lost the licence key."), BOOK, known_orders=["10001"]
    ).requests
    assert request.orders == ("10023",)


def test_the_subject_counts_when_its_writer_wrote_it() -> None:
    assert asked(read(mail("See the subject.", "Please cancel my order 10023"), BOOK)) == ["cancel_order"]
    assert asked(read(mail("See the subject.", "Re: Please cancel my order 10023"), BOOK)) == ["unclear"]
    assert asked(read(mail("Hm.", "Cancel my order", in_reply_to="<letter@shop.example>"), BOOK)) == ["unclear"]


def test_a_short_answer_keeps_the_language_of_the_letter() -> None:
    reading = read(mail("Storno", ""), BOOK, hint_language="de")
    assert (reading.language, asked(reading)) == ("de", ["cancel_order"])


def test_a_few_words_are_understood_without_any_hint() -> None:
    assert asked(read(mail("rimborso", ""), BOOK)) == ["refund"]


def test_two_ways_to_cut_a_mail_that_disagree_are_unclear() -> None:
    doubtful = replace(mail("x"), new_text="Please send me the invoice.", other_text="Please cancel my order.")
    assert asked(read(doubtful, BOOK)) == ["unclear"]
    agreeing = replace(doubtful, other_text="Please send me the invoice. Thanks")
    assert asked(read(agreeing, BOOK)) == ["invoice_copy"]


def test_a_machine_asks_for_nothing() -> None:
    machine = mail("Please cancel my order.", headers=(("auto-submitted", "auto-replied"),))
    reading = read(machine, BOOK)
    assert reading.mail.automatic == "auto_reply"
    assert reading.requests == ()


def test_quoted_history_is_not_what_the_customer_said() -> None:
    history = "On Mon, 2 Nov 2026 at 09:12, Shop <orders@shop.example> wrote:\n> You can cancel your order here.\n"
    text = f"Thanks a lot!\n\n{history}"
    assert asked(read(mail(text, "Re: Your order"), BOOK)) == ["thanks"]


def test_unclear_says_what_was_found_and_set_aside() -> None:
    (request,) = read(mail("If the key does not arrive today I will cancel my order."), BOOK).requests
    assert request.kind == "unclear"
    assert any("cancel" in line and "but: condition" in line for line in request.evidence)


@pytest.mark.parametrize(("text", "language"), [("Cancelar pedido", ""), ("Fatura", "pt"), ("refund", "en")])
def test_a_few_words_are_in_the_language_that_they_are_likeliest_in(text: str, language: str) -> None:
    assert read(mail(text, ""), BOOK).language == language
