"""A shop: who sells, in which languages, from which address, and who works there."""

import re
from dataclasses import dataclass
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stdnum import iban

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl")
"""The languages that mailbot reads and writes, in the order in which they are listed."""

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


def check_shop(shop: Shop) -> None:
    """Raises ValueError with the first thing that is wrong with a shop, in words for people."""
    where = f"shop '{shop.id}'"
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,40}", shop.id):
        raise ValueError(f"{where}: id should be small letters, digits, - and _")
    if not re.fullmatch(r"[^\s@<>+,;:\"]{1,40}@[^\s@<>]{3,200}", shop.address):
        raise ValueError(f"{where}: address should be one plain mail address without a plus sign, not '{shop.address}'")
    if len(shop.token) < 16:
        raise ValueError(f"{where}: token should have 16 characters at least")
    unknown = [language for language in (*shop.languages, shop.language) if language not in LANGUAGES]
    if unknown:
        raise ValueError(f"{where}: language '{unknown[0]}' is not one of {', '.join(LANGUAGES)}")
    if shop.language not in shop.languages:
        raise ValueError(f"{where}: language '{shop.language}' should be one of its languages")
    for colleague in shop.staff:
        if not re.fullmatch(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]{3,200}", colleague.address):
            raise ValueError(f"{where}: staff: '{colleague.address}' should be one plain mail address")
    if shop.pay_url and not re.fullmatch(r"https?://[^\s<>\"']+", shop.pay_url):
        raise ValueError(f'{where}: pay_url should be a web address such as "https://shop.example/pay/{{order}}"')
    if shop.timezone and not _is_zone(shop.timezone):
        raise ValueError(f"{where}: timezone should be a name such as Europe/Berlin, not '{shop.timezone}'")
    if not re.fullmatch(r"[A-Z]{2}", shop.seller.country):
        raise ValueError(f"{where}: seller.country should be two capital letters such as DE")
    if shop.bank and not iban.is_valid(shop.bank.iban):
        raise ValueError(f"{where}: bank.iban '{shop.bank.iban}' has a wrong check digit or length")


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name).key)
    except (OSError, ValueError, ZoneInfoNotFoundError):
        return False
