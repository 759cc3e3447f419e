"""What the template is given: the sums in order, the note of payment, the law's words, and nothing that breaks it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.invoices import words
from mailbot.invoices.content import clean, content
from mailbot.invoices.invoice import Invoice, InvoiceLine, Party
from mailbot.invoices.tax import TaxGroup
from mailbot.model.shop import LANGUAGES

WORDS = words.load([Path(__file__).parent.parent / "templates" / "invoice"])
INVOICE = Invoice(
    number="R-2026-00001", issued_on=date(2026, 11, 5), supplied_on=date(2026, 11, 4), order_number="10023",
    ordered_on=date(2026, 11, 2), language="en", currency="EUR",
    seller=Party(name="Demo GmbH", street="Hauptstr. 1", postcode="10115", city="Berlin", country="DE", vat_id="DE1"),
    buyer=Party(name="Maria Rossi", street="Via Roma 1", postcode="20121", city="Milano", country="IT", vat_id="IT2"),
    lines=(InvoiceLine("Photo Pro 8", "PRO", 2, 4095, 8190, "IVA", "22"),),
    groups=(TaxGroup("IVA", "22", 8190, 1802),), rounding=0, net=8190, tax=1802, total=9992,
    paid_on=date(2026, 11, 4), paid_with="bank transfer",
)  # fmt: skip


def page(**changes: Any) -> dict[str, Any]:
    return content(replace(INVOICE, **changes), WORDS)


def test_the_whole_page() -> None:
    d = page()
    assert (d["title"], d["number"], d["total"]) == ("Invoice", "R-2026-00001", "€99.92")
    assert d["date"] == {"year": 2026, "month": 11, "day": 5}
    assert d["buyer"] == {"name": "Maria Rossi", "lines": ["Via Roma 1", "20121 Milano", "Italy", "VAT ID IT2"]}
    assert d["facts"] == [
        ("Invoice number", "R-2026-00001"), ("Invoice date", "5 November 2026"),
        ("Date of supply", "4 November 2026"), ("Order", "10023"),
    ]  # fmt: skip
    assert d["lines"] == [
        {"name": "Photo Pro 8", "sku": "PRO", "quantity": "2", "unit_price": "40.95", "rate": "22%", "amount": "81.90"}
    ]
    assert d["sums"] == [("Total without tax", "€81.90"), ("IVA 22% on €81.90", "€18.02")]
    assert d["payment"] == "Paid on 4 November 2026 by bank transfer. Thank you."
    assert d["footer"] == "Demo GmbH · Hauptstr. 1 · 10115 Berlin · Germany · VAT ID DE1"


def test_rounding_is_a_row_of_its_own() -> None:
    sums = page(rounding=1, lines=(replace(INVOICE.lines[0], net=8189),))["sums"]
    assert sums[:3] == [("Sum of lines", "€81.89"), ("Rounding", "€0.01"), ("Total without tax", "€81.90")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"paid_on": None}, "This invoice is still to be paid."),
        ({"paid_with": ""}, "Paid on 4 November 2026. Thank you."),
        ({"paid_with": "card", "card_last4": "4242"}, "Paid on 4 November 2026 by card ending in 4242. Thank you."),
        ({"paid_with": "{date}{x}"}, "Paid on 4 November 2026 by {date}{x}. Thank you."),
    ],
)
def test_how_it_was_paid(changes: dict[str, Any], said: str) -> None:
    assert page(**changes)["payment"] == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_reverse_charge_is_said_in_the_language_and_in_english(language: str) -> None:
    notes = page(language=language, notes=("reverse_charge",))["notes"]
    assert notes[0] == WORDS.of(language)["reverse_charge"]
    assert "2006/112" in notes[0]
    assert notes[-1].startswith("Reverse charge")
    assert len(notes) == (1 if language == "en" else 2)


def test_a_small_business_is_named_by_its_own_law() -> None:
    assert page(notes=("small_business",))["notes"][1].endswith("(§ 19 UStG)")
    swiss = page(notes=("small_business",), seller=Party(name="Demo", country="CH"))
    assert len(swiss["notes"]) == 1


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Maria \t Rossi\r\n", "Maria Rossi"),
        ("a\x00b\x1bc\u2028d", "a b c d"),
        ("\u202eevil\u202c\u2066x\ufeff", "evilx"),
        ("\ud800x\ue000\uffff", "x"),
        ("#panic() $x$ *b*", "#panic() $x$ *b*"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e" + "\u0301" * 50, "é" + "\u0301" * 4),
        ("x" * 41, "x" * 12 + "\u200b" + "x" * 12 + "\u200b" + "x" * 12 + "\u200b" + "xxx…"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text, 40) == cleaned


@given(st.text(max_size=400), st.integers(2, 60))
def test_clean_text_is_one_line_that_can_be_broken(text: str, most: int) -> None:
    cleaned = clean(text, most)
    assert len(cleaned.replace("\u200b", "")) <= most
    assert cleaned == cleaned.strip()
    assert all(char.isprintable() or char in "\u200b\u200c\u200d\u3000\xa0" or char == " " for char in cleaned)
    assert all(len(word) <= 25 for part in cleaned.split() for word in part.split("\u200b"))
