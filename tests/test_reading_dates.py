"""Days named in seven languages, seen from Sunday, 22 November 2026."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.reading.facts import extract

SUNDAY = date(2026, 11, 22)

DAYS = [
    ("fr", "le 3 novembre", "2026-11-03"),
    ("fr", "le 1er nov. 2025", "2025-11-01"),
    ("fr", "hier soir", "2026-11-21"),
    ("fr", "avant-hier", "2026-11-20"),
    ("fr", "il y a huit jours", "2026-11-14"),
    ("fr", "mardi dernier", "2026-11-17"),
    ("fr", "d'ici mercredi", "2026-11-25"),
    ("fr", "vendredi prochain", "2026-11-27"),
    ("fr", "du 3/11", "2026-11-03"),
    ("fr", "03/11/2026", "2026-11-03"),
    ("fr", "ce matin", "2026-11-22"),
    ("fr", "y a 3 semaines", "2026-11-01"),
    ("fr", "mardi de la semaine dernière", "2026-11-10"),
    ("en", "last Tuesday", "2026-11-17"),
    ("en", "November 3rd, 2026", "2026-11-03"),
    ("en", "3 Nov", "2026-11-03"),
    ("en", "the 3rd of November", "2026-11-03"),
    ("en", "03/11/2026", "2026-03-11"),
    ("en", "13/10/2026", "2026-10-13"),
    ("en", "on 11/3", "2026-11-03"),
    ("en", "2026-11-03", "2026-11-03"),
    ("en", "12/03/2027", "2027-12-03"),
    ("en", "yesterday", "2026-11-21"),
    ("en", "a couple of days ago", "2026-11-20"),
    ("en", "two weeks ago", "2026-11-08"),
    ("en", "by Friday", "2026-11-27"),
    ("en", "on Sunday", "2026-11-15"),
    ("en", "on 15 December", "2026-12-15"),
    ("en", "on 3 January", "2026-01-03"),
    ("en", "until 3 January", "2027-01-03"),
    ("en", "valid until 12/31/2030", "2030-12-31"),
    ("en", "on the 14th of Oct.", "2026-10-14"),
    ("de", "letzten Dienstag", "2026-11-17"),
    ("de", "am 3.11.", "2026-11-03"),
    ("de", "vom 3.11.26", "2026-11-03"),
    ("de", "am 12. Oktober", "2026-10-12"),
    ("de", "gestern Abend", "2026-11-21"),
    ("de", "vor zwei Tagen", "2026-11-20"),
    ("de", "vor einer Woche", "2026-11-15"),
    ("de", "bis Freitag", "2026-11-27"),
    ("de", "am Montag letzte Woche", "2026-11-09"),
    ("de", "Dienstagabend", "2026-11-17"),
    ("es", "hace dos días", "2026-11-20"),
    ("es", "el 3 de noviembre de 2026", "2026-11-03"),
    ("es", "anteayer", "2026-11-20"),
    ("es", "el martes pasado", "2026-11-17"),
    ("es", "el 5 ago", "2026-08-05"),
    ("it", "l'altro ieri", "2026-11-20"),
    ("it", "3 giorni fa", "2026-11-19"),
    ("it", "lunedì scorso", "2026-11-16"),
    ("it", "entro mercoledì", "2026-11-25"),
    ("it", "il 3 nov.", "2026-11-03"),
    ("it", "l'8 novembre", "2026-11-08"),
    ("pt", "no dia 5 de outubro", "2026-10-05"),
    ("pt", "na passada terça-feira", "2026-11-17"),
    ("pt", "paguei na segunda", "2026-11-16"),
    ("pt", "até sexta", "2026-11-27"),
    ("pt", "há 3 dias", "2026-11-19"),
    ("pt", "faz nove dias", "2026-11-13"),
    ("nl", "afgelopen dinsdag", "2026-11-17"),
    ("nl", "vorige week dinsdag", "2026-11-10"),
    ("nl", "twee weken geleden", "2026-11-08"),
    ("nl", "eergisteren", "2026-11-20"),
    ("nl", "op 3 november", "2026-11-03"),
    ("nl", "per 1 februari", "2027-02-01"),
    ("nl", "3-11-2026", "2026-11-03"),
    ("", "gestern", "2026-11-21"),
    ("", "03/11/2026", "2026-11-03"),
    ("nl", "gisteren of 2 november", "2026-11-21 2026-11-02"),
]


@pytest.mark.parametrize(("language", "text", "days"), DAYS)
def test_a_day_is_found(language: str, text: str, days: str) -> None:
    found = extract(text, language=language, today=SUNDAY).dates
    assert found == tuple(date.fromisoformat(day) for day in days.split())


NO_DAYS = [
    ("it", "il mese scorso"),
    ("de", "einen schönen Sonntag noch"),
    ("fr", "bon dimanche"),
    ("en", "have a great Friday"),
    ("en", "last month"),
    ("en", "in August"),
    ("en", "2 out of 3"),
    ("en", "3/4 of it"),
    ("de", "hier im Haus"),
    ("nl", "hier"),
    ("", "hier"),
    ("de", "am 31.02.2026"),
    ("de", "Guten Morgen"),
    ("en", "10.15.2"),
    ("pt", "a segunda via da fatura"),
    ("it", "un programma di montaggio"),
    ("en", "within 14 days"),
    ("fr", "dans les quatorze jours"),
    ("en", "order 10023"),
    ("en", "a few days ago"),
    ("en", "99 weeks ago"),
]


@pytest.mark.parametrize(("language", "text"), NO_DAYS)
def test_no_day_is_made_up(language: str, text: str) -> None:
    assert extract(text, language=language, today=SUNDAY).dates == ()


def test_without_today_only_full_dates_are_found() -> None:
    assert extract("yesterday, on 3 November, and on 2026-11-02").dates == (date(2026, 11, 2),)


@given(
    st.dates(date(2000, 2, 1), date(2090, 1, 1)),
    st.sampled_from(["{0.day}/{0.month}", "{0.day}.{0.month}."]),
    st.data(),
)
def test_a_day_without_its_year_is_never_far_ahead(today: date, form: str, data: st.DataObject) -> None:
    named = data.draw(st.dates(date(2000, 1, 1), date(2099, 1, 1)))
    for found in extract("am " + form.format(named), language="de", today=today).dates:
        assert (found - today).days <= 31
        assert (found.month, found.day) in {(named.month, named.day), (named.day, named.month)}


_TABLES = tomllib.loads((Path(__file__).parents[1] / "rules" / "reading" / "dates.toml").read_text("utf-8"))
_MONTHS = [
    (language, n, word)
    for language, table in _TABLES.items()
    for n, row in enumerate(table["months"], 1)
    for word in row
]
_WEEKDAYS = [
    (language, n, word)
    for language, table in _TABLES.items()
    for n, row in enumerate(table["weekdays"])
    for word in row
]


@pytest.mark.parametrize(("language", "month", "word"), _MONTHS)
def test_every_name_of_a_month_is_known(language: str, month: int, word: str) -> None:
    for form in (f"12 {word} 2025", f"12. {word.upper()} 2025", f"{word.capitalize()} 12, 2025"):
        assert extract(form, language=language, today=SUNDAY).dates == (date(2025, month, 12),)


@pytest.mark.parametrize(("language", "weekday", "word"), _WEEKDAYS)
def test_every_name_of_a_weekday_is_known(language: str, weekday: int, word: str) -> None:
    (found,) = extract(word, language=language, today=SUNDAY).dates
    assert found.weekday() == weekday
    assert abs((found - SUNDAY).days) <= 7


@pytest.mark.parametrize("language", _TABLES)
def test_every_number_word_counts_days(language: str) -> None:
    form = next(
        form for form in _TABLES[language]["days_ago"] if form.startswith(("{n} ", "il y a", "vor", "hace", "há"))
    )
    for word, n in _TABLES[language]["numbers"].items():
        found = extract(form.replace("{n}", word), language=language, today=SUNDAY).dates
        assert found == (SUNDAY - timedelta(n),), word
