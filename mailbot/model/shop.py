"""A shop: who sells, in which languages, from which address, and who works there."""

from dataclasses import dataclass
from typing import ClassVar

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
