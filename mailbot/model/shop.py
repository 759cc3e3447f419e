"""A shop: who sells, in which languages, from which address, and who works there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global
from stdnum import iban

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl")
"""The languages that mailbot reads and writes, in the order in which they are listed."""

_ADDRESS = re.compile(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]{3,200}")
_COUNTRIES = frozenset(get_global("territory_zones")) - {"ZZ"}  # CLDR's list; ZZ is "unknown"
_STRICT = {"extra": "forbid"}  # read by pydantic when the configuration is checked: an unknown key is a fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """Who appears on invoices and in the legal line. `country` is ISO 3166-1 alpha-2."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    name: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str
    vat_id: str = ""
    tax_number: str = ""
    register_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount:
    """Where wires go. `holder` exactly as registered at the bank: payers' banks compare it."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    holder: str
    iban: str
    bic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A person on the staff."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    address: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """One shop of an installation. `address` is the From of every letter, and where customers write."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT
    id: str
    name: str
    address: str
    token: str
    languages: tuple[str, ...] = ("en",)
    language: str = "en"
    terms_url: str = ""
    support_address: str = ""
    pay_url: str = ""  # the shop's own page for card and PayPal payments; {order} stands for the order number
    invoice_number: str = "R-{year}-{n:05}"
    timezone: str = ""  # IANA name; "" takes that of the seller's country
    check_address: str = ""
    seller: Seller
    bank: BankAccount | None = None
    staff: tuple[Colleague, ...] = ()

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def check_shop(shop: Shop) -> Iterator[tuple[str, str]]:
    """What is wrong with a shop: (dotted key, what it should be), in words for people. Nothing when all is sound."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,40}", shop.id):
        yield "id", "should be small letters, digits, - and _"
    if not re.fullmatch(r"[^\s@<>+,;:\"]{1,40}@[^\s@<>]{3,200}", shop.address):
        yield "address", f"should be one plain mail address without a plus sign, not '{shop.address}'"
    if len(shop.token) < 16:
        yield "token", "should have 16 characters at least"
    if unknown := [language for language in shop.languages if language not in LANGUAGES]:
        yield "languages", f"'{unknown[0]}' is not one of {', '.join(LANGUAGES)}"
    if shop.language not in shop.languages:
        yield "language", f"should be one of the shop's languages, {', '.join(shop.languages)}, not '{shop.language}'"
    for number, colleague in enumerate(shop.staff):
        if not _ADDRESS.fullmatch(colleague.address):
            yield f"staff.{number}.address", f"should be one plain mail address, not '{colleague.address}'"
    for key, example in (("terms_url", "https://shop.example/terms"), ("pay_url", "https://shop.example/pay/{order}")):
        if (value := getattr(shop, key)) and not re.fullmatch(r"https?://[^\s<>\"'/]+(/[^\s<>\"']*)?", value):
            yield key, f"should be a web address such as \"{example}\", not '{value}'"
    if shop.support_address and not _ADDRESS.fullmatch(shop.support_address):
        yield "support_address", f"should be one plain mail address, not '{shop.support_address}'"
    if shop.timezone and not _is_zone(shop.timezone):
        yield "timezone", f"should be a name such as Europe/Berlin, not '{shop.timezone}'"
    if shop.seller.country not in _COUNTRIES:
        yield "seller.country", f"should be a country's two capital letters (ISO 3166-1), not '{shop.seller.country}'"
    if shop.bank and not iban.is_valid(shop.bank.iban):
        yield "bank.iban", f"'{shop.bank.iban}' is no IBAN: a wrong check digit or length"


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name).key)
    except (OSError, ValueError, ZoneInfoNotFoundError):
        return False
