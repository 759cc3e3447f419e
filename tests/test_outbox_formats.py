"""Money, days and times in seven languages."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from letter_facts import SHOP

from mailbot.model.shop import LANGUAGES, Seller, Shop
from mailbot.outbox import formats

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("amount", "currency", "language", "text"),
    [
        (4900, "EUR", "en", "€49.00"),
        (4900, "EUR", "fr", "49,00\u00a0€"),
        (4900, "EUR", "nl", "€\u00a049,00"),
        (114990, "CHF", "en", "CHF\u00a01,149.90"),
        (500, "JPY", "de", "500\u00a0¥"),
        (1500, "KWD", "en", "KWD\u00a01.500"),
        (1234567, "IQD", "en", "IQD\u00a01,234.567"),
        (-4900, "USD", "en", "-$49.00"),
    ],
)
def test_money(amount: int, currency: str, language: str, text: str) -> None:
    assert formats.money(amount, currency, language) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_amount_never_breaks_at_its_currency(language: str) -> None:
    for currency in ("EUR", "USD", "CHF", "PLN"):
        assert " " not in formats.money(123456789, currency, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thursday 26 November 2026"),
        ("fr", "jeudi 26 novembre 2026"),
        ("de", "Donnerstag, 26. November 2026"),
        ("es", "jueves 26 de noviembre de 2026"),
        ("it", "giovedì 26 novembre 2026"),
        ("pt", "quinta-feira, 26 de novembro de 2026"),
        ("nl", "donderdag 26 november 2026"),
    ],
)
def test_a_day_has_weekday_and_year(language: str, text: str) -> None:
    assert formats.day("2026-11-26", language, BERLIN) == text
    assert formats.day(date(2026, 11, 26), language, BERLIN) == text


def test_times_are_those_of_the_shop() -> None:
    assert formats.time("2026-11-26T14:10:00Z", "en", BERLIN) == "Thursday 26 November 2026, 15:10 (CET)"
    assert formats.time("2026-07-01T14:10:00+00:00", "en", BERLIN) == "Wednesday 1 July 2026, 16:10 (CEST)"
    assert formats.day("2026-11-26T23:30:00Z", "en", BERLIN) == "Friday 27 November 2026"
    assert formats.time(datetime(2026, 1, 1, tzinfo=UTC), "en", ZoneInfo("America/Sao_Paulo")).endswith(
        "21:00 (UTC-03)"
    )
    assert formats.time("2026-11-26", "en", BERLIN) == "Thursday 26 November 2026"


def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(ValueError):
        formats.day("tomorrow", "en", BERLIN)


@pytest.mark.parametrize(
    ("zone", "country", "found"),
    [
        ("", "DE", "Europe/Berlin"),
        ("", "US", "America/New_York"),
        ("", "CA", "America/Toronto"),
        ("Europe/Lisbon", "DE", "Europe/Lisbon"),
        ("Mars/Olympus", "DE", "UTC"),
        ("", "XX", "UTC"),
    ],
)
def test_the_time_zone_is_that_of_the_shop_or_of_its_country(zone: str, country: str, found: str) -> None:
    shop = Shop(
        id="x", name="X", address="x@shop.example", token="t", timezone=zone, seller=Seller(name="X", country=country)
    )
    assert formats.zone_of(shop).key == found


def test_percent_and_country() -> None:
    assert formats.percent("22", "en") == "22%"
    assert formats.percent("5.5", "fr") == "5,5\u202f%" or formats.percent("5.5", "fr") == "5,5\u00a0%"
    assert formats.country(SHOP.seller.country, "fr") == "Allemagne"
    assert formats.country("??", "fr") == "??"
