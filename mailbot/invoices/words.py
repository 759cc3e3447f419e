"""The words on the invoice, from `words.toml`, and numbers, money and dates as its language writes them."""

import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, format_decimal

from mailbot.model.money import Money, exponent
from mailbot.model.rulesfile import Fault, RulesFault, merge, parse
from mailbot.model.shop import LANGUAGES

FILE = "words.toml"

_CODE = re.compile(r"\b([A-Z]{3})(?=\d)")


@dataclass(frozen=True, slots=True)
class Words:
    """Language → key → text, and country → the words of its small-business scheme."""

    languages: Mapping[str, Mapping[str, str]]
    small_business: Mapping[str, str]

    def of(self, language: str) -> Mapping[str, str]:
        """The words of a language, English where there is no such catalogue."""
        return self.languages.get(language, self.languages["en"])


def load(folders: Sequence[Path]) -> Words:
    """The words of the folders' files, the first folder's before the next one's.

    Raises RulesFault naming file, line and key of each fault, FileNotFoundError when no folder has the file.
    """
    files = [parse(path, path.read_bytes()) for folder in folders if (path := folder / FILE).is_file()]
    if not files:
        raise FileNotFoundError(f"no {FILE} in {', '.join(str(folder) for folder in folders)}")
    merged: dict[str, Any] = {}
    for file in reversed(files):
        merged = merge(merged, file.data)
    faults = [
        Fault(file.path, file.line(key), key, text)
        for key, text in _faults(merged)
        for file in [max(files, key=lambda file: file.line(key) > 0)]
    ]
    if faults:
        raise RulesFault(*faults)
    return Words({name: table for name, table in merged.items() if name != "small_business"}, merged["small_business"])


def _faults(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each language must have the keys of English, no others, and leave the same fields open."""
    english = data.get("en")
    if not isinstance(english, dict):
        return [("en", "is missing: every other language is held against it")]
    faults = []
    for name, table in {"small_business": {}, **data}.items():
        known = name == "small_business" or name in LANGUAGES
        if not known or not isinstance(table, dict):
            faults.append((name, f"must be a table named for a language: {', '.join(LANGUAGES)}, or small_business"))
            continue
        faults += [(f"{name}.{key}", "must be a text") for key, text in table.items() if not isinstance(text, str)]
        if name != "small_business":
            faults += [(f"{name}.{key}", "is missing") for key in english.keys() - table.keys()]
            faults += [(f"{name}.{key}", "is unknown") for key in table.keys() - english.keys()]
    return faults or [
        (f"{name}.{key}", "must hold the same {…} as in English")
        for name, table in data.items()
        if name != "small_business"
        for key, text in table.items()
        if _open_fields(text) != _open_fields(english[key])
    ]


def _open_fields(text: str) -> list[str]:
    return sorted(part.partition("}")[0] for part in text.split("{")[1:])


@lru_cache(maxsize=64)
def locale(language: str) -> Locale:
    """How numbers and dates are written: as in the letters, so that both show the same figures."""
    return Locale.parse({"pt": "pt_PT"}.get(language, language))


@lru_cache(maxsize=4096)
def money(amount: Money, where: Locale) -> str:
    """The amount with its currency's sign: `99,92 €`. All the decimals that ISO 4217 gives, whatever CLDR thinks."""
    pattern = _pattern(where, "currency", exponent(amount.currency))
    text = pattern.apply(Decimal(amount.plain()), where, currency=amount.currency, currency_digits=False)
    return _typeset(_CODE.sub("\\1\N{NO-BREAK SPACE}", text))


@lru_cache(maxsize=4096)
def figure(amount: Money, where: Locale) -> str:
    """The amount without the sign of its currency, for columns: `99,92`."""
    return _typeset(_pattern(where, "decimal", exponent(amount.currency)).apply(Decimal(amount.plain()), where))


def percent(rate: str, where: Locale) -> str:
    """A rate of tax: `22 %`, `9,975 %`."""
    return _typeset(_pattern(where, "percent", 0).apply(Decimal(rate) / 100, where))


def number(value: int, where: Locale) -> str:
    return _typeset(format_decimal(value, locale=where))


@lru_cache(maxsize=1024)
def day(value: date, where: Locale) -> str:
    """A date with the month's name: `4 November 2026`; in French, the first is `1er`."""
    text = format_date(value, "d MMMM y" if where.language == "en" else "long", locale=where)
    return f"1er{text[1:]}" if where.language == "fr" and value.day == 1 else text


def _typeset(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}").replace("-", "\N{MINUS SIGN}")


@lru_cache(maxsize=128)
def _pattern(where: Locale, kind: Literal["currency", "decimal", "percent"], digits: int) -> NumberPattern:
    """The locale's own pattern with so many decimals; a percentage has up to four, as many as it needs."""
    found = {
        "currency": where.currency_formats["standard"],
        "decimal": where.decimal_formats[None],
        "percent": where.percent_formats[None],
    }[kind]
    pattern: NumberPattern = copy(found)
    pattern.frac_prec = (0, 4) if kind == "percent" else (digits, digits)
    return pattern
