"""Facts of whole letters, and that no text can break their reading or slow it down."""

import string
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model.mail import Amount, Facts
from mailbot.reading.facts import extract

SUNDAY = date(2026, 11, 22)


def test_a_whole_letter() -> None:
    text = (
        "Guten Tag,\n\nam 3.11. habe ich für Bestellung R-2026-0815 den Betrag von 119,00 € mit der Karte (endet auf\n"
        "4242) gezahlt. PhotoMender: Rechnung bitte auf die Maier Gerüstbau GmbH, DE136695976, an buero@maier.example\n"
        "Tel. 030 / 123 45 67\n24103 Kiel\n"
    )
    assert extract(text, language="de", today=SUNDAY, products=["PhotoMender Pro 5"]) == Facts(
        orders=("R-2026-0815",),
        amounts=(Amount(11900, "EUR"),),
        dates=(date(2026, 11, 3),),
        method="card",
        last4="4242",
        products=("PhotoMender Pro 5",),
        vat_ids=("DE136695976",),
        emails=("buero@maier.example",),
        new_name="Maier Gerüstbau GmbH",
    )


_WORDS = st.sampled_from(
    [
        "order",
        "n°",
        "#",
        "10023",
        "R-2026-",
        "€",
        "1.234,56",
        "le 3 novembre",
        "am 3.11.",
        "last",
        "Tuesday",
        "@",
        "a@b.example",
        "DE136695976",
        "\n",
        "> ",
        "rechnung auf",
        "au nom de",
        "GmbH & Co.",
        "ending in",
        "****",
        "4242",
        "+49",
        "(",
        "-",
        ".",
        "/",
        "vor",
        "bis",
        "invoice",
    ]
)


@settings(max_examples=300)
@given(
    text=st.one_of(
        st.text(max_size=400), st.lists(_WORDS, max_size=60).map(" ".join), st.lists(_WORDS, max_size=60).map("".join)
    ),
    subject=st.text(max_size=40),
    language=st.sampled_from(["", "en", "fr", "de", "es", "it", "pt", "nl", "xx"]),
    today=st.one_of(st.none(), st.dates()),
    known=st.lists(st.text(st.sampled_from(string.ascii_letters + string.digits + "-/#._ €"), max_size=12), max_size=4),
    products=st.lists(st.text(max_size=20), max_size=3),
)
def test_any_text_is_read(
    text: str, subject: str, language: str, today: date | None, known: list[str], products: list[str]
) -> None:
    facts = extract(
        text,
        subject=subject,
        language=language,
        today=today,
        known_orders=known,
        products=products,
        number_shapes=known,
    )
    assert max(len(facts.orders), len(facts.amounts), len(facts.dates), len(facts.emails)) <= 20
    assert all(amount.amount > 0 for amount in facts.amounts)
    assert set(facts.products) <= set(products)


_HOSTILE = [
    "1 234" * 9000,
    "1" * 50_000,
    "1/1/26 " * 7000,
    "order " * 8000,
    "order 10023 " * 4000,
    "a-" * 25_000,
    "1-" * 25_000,
    "# " * 25_000,
    "10023 and " * 5000,
    "€1" * 25_000,
    "vor 3 " * 8000,
    "last week " * 5000,
    "@" * 50_000,
    "a@" * 25_000,
    "a." * 25_000 + "@b.c",
    "invoice " * 6000,
    "rechnung auf A " * 3000,
    "au nom de facture " * 2500,
    "instead of card " * 3000,
    "ending in " * 5000,
    "ł😀" * 25_000,
    "+49 " * 12_000,
    "de1" * 16_000,
    "DE12 3456 " * 5000,
    "ABCD-" * 10_000,
    "\n" * 50_000,
    "&& " * 16_000,
]


@pytest.mark.parametrize("text", _HOSTILE, ids=lambda text: text[:12])
def test_no_text_takes_long(text: str) -> None:
    extract("warm up", language="de", today=SUNDAY)
    started = time.process_time()
    extract(text, language="de", today=SUNDAY, known_orders=["10023"], products=["A-B"])
    assert time.process_time() - started < 0.5
