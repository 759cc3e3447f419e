"""Amounts of money, in the notations of seven languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model.mail import Amount
from mailbot.reading.facts import extract


def eur(minor: int) -> Amount:
    return Amount(minor, "EUR")


AMOUNTS = [
    ("1.234,56 €", eur(123456)),
    ("1 234,56 €", eur(123456)),
    ("EUR 49", eur(4900)),
    ("EUR49", eur(4900)),
    ("49 euros", eur(4900)),
    ("150,- EUR", eur(15000)),
    ("49,-", Amount(4900, "")),
    ("€ 39,90.", eur(3990)),
    ("24€90 hier", eur(2490)),
    ("Order 10023 EUR 49.90", eur(4990)),
    ("2 x 29,- € bezahlt", eur(2900)),
    ("prélèvement de 34,99 € à votre nom", eur(3499)),
    ("über 400 Euro, das geht nicht", eur(40000)),
    ("$20", Amount(2000, "USD")),
    ("US$ 1,299.00", Amount(129900, "USD")),
    ("a charge of $49.95 from you", Amount(4995, "USD")),
    ("29 DÓLARES", Amount(2900, "USD")),
    ("30 quid", Amount(3000, "GBP")),
    ("£12.50", Amount(1250, "GBP")),
    ("CHF 12.50", Amount(1250, "CHF")),
    ("1'234.50 CHF", Amount(123450, "CHF")),
    ("49.- Fr.", Amount(4900, "CHF")),
    ("¥1200", Amount(1200, "JPY")),
    ("¥1,200", Amount(1200, "JPY")),
    ("R$ 249,90", Amount(24990, "BRL")),
    ("120 reais", Amount(12000, "BRL")),
    ("un cargo de 24,90 de su empresa", Amount(2490, "")),
    ("Er is 19,99 van mijn rekening", Amount(1999, "")),
    ("paid 49.95 on Monday", Amount(4995, "")),
    ("499 pesos", Amount(49900, "")),
]


@pytest.mark.parametrize(("text", "amount"), AMOUNTS)
def test_an_amount_is_found(text: str, amount: Amount) -> None:
    assert extract(text).amounts == (amount,)


@pytest.mark.parametrize(
    "text",
    [
        "orders 10551, 10552",
        "version 3.14 on 10.15",
        "am 3.11. um 10,5 Uhr",
        "€ 0",
        "Fr. 13.11. bezahlt",
        "€",
        "for 90 days, or 30?",
        "12,5 %",
        "99999999999999999999 €",
        "R-2026-0815",
        "10551,10552",
        "in 2026 or 2027?",
    ],
)
def test_another_number_is_no_amount(text: str) -> None:
    assert extract(text).amounts == ()


def _grouped(minor: int, thousands: str, decimal: str) -> str:
    return f"{minor // 100:,}".replace(",", thousands) + decimal + f"{minor % 100:02}"


@given(
    st.integers(1, 99_999_999),
    st.sampled_from(
        [
            ("{} €", ".", ",", "EUR"),
            ("€ {}", ".", ",", "EUR"),
            ("{} EUR", " ", ",", "EUR"),
            ("{}€", "\u202f", ",", "EUR"),
            ("${}", ",", ".", "USD"),
            ("{} dollars", ",", ".", "USD"),
            ("CHF {}", "'", ".", "CHF"),
            ("R$ {}", ".", ",", "BRL"),
            ("£{}", "", ".", "GBP"),
            ("{} euro", "", ",", "EUR"),
        ]
    ),
)
def test_any_amount_is_read_back(minor: int, notation: tuple[str, str, str, str]) -> None:
    form, thousands, decimal, currency = notation
    text = f"I paid {form.format(_grouped(minor, thousands, decimal))} last week"
    assert extract(text).amounts == (Amount(minor, currency),)
