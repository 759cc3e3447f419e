"""Money, dates and times as a reader of the letter's language writes them, in the shop's time zone."""

import re
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, format_currency, format_percent, parse_pattern

from mailbot.model.money import exponent
from mailbot.model.shop import Shop

Day = str | date | datetime
"""A date or time: ISO 8601 text (RFC 3339 for times), or the Python object."""

# How a full date is written inside a sentence, where Unicode's own pattern (a comma after the weekday) reads stiffly.
_DAY = {"en": "EEEE d MMMM y", "es": "EEEE d 'de' MMMM 'de' y"}
_SHORT_DAY = {"de": "d. MMMM", "es": "d 'de' MMMM", "pt": "d 'de' MMMM"}
# Portuguese is written as in Portugal here: the sellers' law, and so the words of the letters, are European.
_LOCALES = {"pt": "pt_PT"}
_CODE = re.compile(r"\b([A-Z]{3})(?=\d)")
# Countries with several zones whose first entry in the tz database is not where most of their people live.
_CAPITALS = {"AU": "Australia/Sydney", "BR": "America/Sao_Paulo", "CA": "America/Toronto", "MX": "America/Mexico_City"}


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, language))


@lru_cache(maxsize=512)
def _pattern(language: str, currency: str) -> NumberPattern:
    """The language's money pattern with the decimals of ISO 4217, not those of local habit: no minor unit is lost."""
    pattern = parse_pattern(locale_of(language).currency_formats["standard"].pattern)
    pattern.frac_prec = (exponent(currency), exponent(currency))
    return pattern


@lru_cache(maxsize=4096)
def money(amount: int, currency: str, language: str) -> str:
    """An amount in minor units as `€99.92` or `99,92 €`, with a no-break space where there is one."""
    value = Decimal(amount).scaleb(-exponent(currency))
    pattern = _pattern(language, currency)
    text = format_currency(value, currency, pattern, locale_of(language), currency_digits=False)
    return _CODE.sub("\\1\N{NO-BREAK SPACE}", text).replace(" ", "\N{NO-BREAK SPACE}")


@lru_cache(maxsize=512)
def percent(rate: str, language: str) -> str:
    """A tax rate given in percent (`"5.5"`) as `5.5%` or `5,5 %`."""
    locale = locale_of(language)
    pattern = parse_pattern(locale.percent_formats[None].pattern)
    pattern.frac_prec = (0, 4)
    return format_percent(Decimal(rate) / 100, pattern, locale).replace(" ", "\N{NO-BREAK SPACE}")


def country(code: str, language: str) -> str:
    """The name of a country (ISO 3166-1 alpha-2) in the language; the code itself when it is unknown."""
    return str(locale_of(language).territories.get(code, code))


def day(value: Day, language: str, zone: tzinfo) -> str:
    """A day with weekday and year: `Thursday 26 November 2026`."""
    return _day(local_day(value, zone), language, _DAY.get(language, "full"))


def short_day(value: Day, language: str, zone: tzinfo) -> str:
    """A day for the subject line, where room is short and the year is clear: `26 November`."""
    return _day(local_day(value, zone), language, _SHORT_DAY.get(language, "d MMMM"))


def time(value: Day, language: str, zone: tzinfo) -> str:
    """A moment to the minute with its zone: `Thursday 26 November 2026, 15:10 (CET)`."""
    moment = _moment(value)
    if not isinstance(moment, datetime):
        return day(moment, language, zone)
    there = moment.astimezone(zone)
    return f"{_day(there.date(), language, _DAY.get(language, 'full'))}, {there:%H:%M} ({_zone_name(there)})"


def local_day(value: Day, zone: tzinfo) -> date:
    """The calendar day in `zone`. Raises ValueError for text that is not ISO 8601."""
    moment = _moment(value)
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


def _moment(value: Day) -> date | datetime:
    if isinstance(value, str):
        value = date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)
    if not isinstance(value, date):
        raise TypeError(f"a day or time is missing, or is a {type(value).__name__}")
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value


@lru_cache(maxsize=4096)
def _day(value: date, language: str, pattern: str) -> str:
    return format_date(value, pattern, locale_of(language))


def _zone_name(moment: datetime) -> str:
    """`CET`, or `UTC-03` where the zone has no letters."""
    name = moment.tzname() or "UTC"
    return name if name[:1].isalpha() else f"UTC{name}"


def zone_of(shop: Shop) -> ZoneInfo:
    """The shop's time zone: the configured one, else that of the seller's country, else UTC."""
    return _zone(shop.timezone or _country_zone(shop.seller.country))


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


@lru_cache(maxsize=256)
def _country_zone(country: str) -> str:
    """The main zone of a country (ISO 3166-1), from the tz database's zone.tab."""
    if country in _CAPITALS:
        return _CAPITALS[country]
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((row[2] for row in rows if row[0] == country), "UTC")
