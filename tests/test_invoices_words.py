"""The invoice's words in seven languages, and how each writes money, rates and dates."""

from datetime import date
from pathlib import Path

import pytest

from mailbot.invoices import words
from mailbot.model.money import Money
from mailbot.model.rulesfile import RulesFault
from mailbot.model.shop import LANGUAGES

SHIPPED = Path(__file__).parent.parent / "templates" / "invoice"


def test_the_shipped_words_are_whole_in_every_language() -> None:
    catalogue = words.load([SHIPPED])
    assert list(catalogue.languages) == list(LANGUAGES)
    for language in LANGUAGES:
        assert all(text.strip() for text in catalogue.of(language).values())
        if language != "en":
            same = {key for key, text in catalogue.of(language).items() if text == catalogue.of("en")[key]}
            assert same <= {"tax", "total"}
    assert catalogue.of("xx") == catalogue.of("en")


def test_a_shop_changes_single_words(tmp_path: Path) -> None:
    (tmp_path / words.FILE).write_text('[fr]\ntitle = "Facture acquittée"\n', encoding="utf-8")
    catalogue = words.load([tmp_path, SHIPPED])
    assert catalogue.of("fr")["title"] == "Facture acquittée"
    assert catalogue.of("fr")["to"] == "Facturé à"


@pytest.mark.parametrize(
    ("text", "line", "key", "says"),
    [
        ('[fr]\ntitel = "x"\n', 2, "fr.titel", "unknown"),
        ("[fr]\ntitle = 3\n", 2, "fr.title", "text"),
        ('[fr]\npaid = "Payé par {methode}"\n', 2, "fr.paid", "{…}"),
        ('[xx]\ntitle = "x"\n', 1, "xx", "language"),
        ("en = 3\n", 1, "en", "missing"),
        ("[small_business]\nDE = 3\n", 2, "small_business.DE", "text"),
    ],
)
def test_a_fault_names_file_line_and_key(tmp_path: Path, text: str, line: int, key: str, says: str) -> None:
    (tmp_path / words.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(RulesFault) as error:
        words.load([tmp_path, SHIPPED])
    fault = error.value.faults[0]
    assert (fault.file, fault.line, fault.key) == (tmp_path / words.FILE, line, key)
    assert says in fault.text


def test_no_words_anywhere(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=words.FILE):
        words.load([tmp_path])


@pytest.mark.parametrize(
    ("amount", "currency", "language", "written"),
    [
        (9992, "EUR", "en", "€99.92"),
        (9992, "EUR", "fr", "99,92 €"),
        (123456789, "EUR", "de", "1.234.567,89 €"),
        (9992, "EUR", "nl", "€ 99,92"),
        (9992, "EUR", "pt", "99,92 €"),
        (4990, "USD", "en", "$49.90"),
        (-500, "EUR", "es", "−5,00 €"),
        (500, "JPY", "en", "¥500"),
        (1234, "KWD", "en", "KWD 1.234"),
        (1234, "IQD", "en", "IQD 1.234"),  # CLDR would round its three decimals away
    ],
)
def test_money(amount: int, currency: str, language: str, written: str) -> None:
    assert words.money(Money(amount, currency), words.locale(language)).replace("\N{NO-BREAK SPACE}", " ") == written


def test_figures_carry_all_decimals_and_no_sign_of_currency() -> None:
    assert words.figure(Money(-123400, "EUR"), words.locale("de")) == "−1.234,00"
    assert words.figure(Money(500, "JPY"), words.locale("de")) == "500"


@pytest.mark.parametrize(
    ("rate", "language", "written"),
    [
        ("22", "en", "22%"),
        ("5.5", "fr", "5,5 %"),
        ("9.975", "de", "9,975 %"),
        ("0", "nl", "0%"),
        ("25.5", "es", "25,5 %"),
    ],
)
def test_percent(rate: str, language: str, written: str) -> None:
    plain = words.percent(rate, words.locale(language)).replace("\N{NO-BREAK SPACE}", " ")
    assert plain.replace("\N{NARROW NO-BREAK SPACE}", " ") == written


@pytest.mark.parametrize(
    ("day", "language", "written"),
    [
        (date(2026, 11, 4), "en", "4 November 2026"),
        (date(2026, 11, 4), "fr", "4 novembre 2026"),
        (date(2026, 11, 1), "fr", "1er novembre 2026"),
        (date(2026, 11, 11), "fr", "11 novembre 2026"),
        (date(2026, 11, 4), "de", "4. November 2026"),
        (date(2026, 11, 4), "es", "4 de noviembre de 2026"),
        (date(2026, 11, 4), "it", "4 novembre 2026"),
        (date(2026, 11, 4), "pt", "4 de novembro de 2026"),
        (date(2026, 11, 4), "nl", "4 november 2026"),
    ],
)
def test_day(day: date, language: str, written: str) -> None:
    assert words.day(day, words.locale(language)) == written
