"""Picks out of a text what it names beside the request: order numbers, amounts, days, payment, products, ids, names."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TypeVar

from mailbot.model.mail import Facts
from mailbot.reading import fact_words, vat_ids
from mailbot.reading.amounts import Amounts
from mailbot.reading.dates import Dates
from mailbot.reading.folding import page
from mailbot.reading.invoice_names import InvoiceNames
from mailbot.reading.mail_addresses import Addresses
from mailbot.reading.number_shapes import shapes
from mailbot.reading.order_numbers import OrderNumbers
from mailbot.reading.pay_words import Last4, Methods
from mailbot.reading.phrases import compiled
from mailbot.reading.products import products as products_of
from mailbot.reading.searching import holds
from mailbot.shipped import folder

LONGEST = 20_000
"""Characters of a text that are looked at; nobody names an order only after that."""
_LONGEST_SUBJECT = 500
_holds_digit = holds(compiled(rb"[0-9]"))
_T = TypeVar("_T")


class FactFinder:
    """Finds facts by the words of the rules; build one at start-up from `fact_words.load(folders)`, and share it."""

    def __init__(self, words: Mapping[str, fact_words.Words]) -> None:
        tables = words[fact_words.FACTS]
        self._orders = OrderNumbers(tables["orders"])
        self._addresses = Addresses(tables["addresses"])
        self._amounts = Amounts(tables["amounts"])
        self._dates = Dates(words[fact_words.DATES])
        self._methods = Methods(tables["methods"])
        self._last4 = Last4(tables["last4"])
        self._names = InvoiceNames(tables["invoice_name"])

    def extract(
        self,
        text: str,
        *,
        subject: str = "",
        language: str = "",
        today: date | None = None,
        known_orders: Sequence[str] = (),
        products: Sequence[str] = (),
        number_shapes: Sequence[str] = (),
    ) -> Facts:
        """What the text names; every field is a hint, none is proof. Never raises, and linear in the text.

        `text` is the new text of a mail, `language` its ISO 639-1 code or "", `today` the day on which it was written
        (without it only dates with a year are found). `known_orders` are some of the shop's own order numbers, from
        which their shape is learned; `number_shapes` such shapes written down (see `number_shapes.shape_of`);
        `products` the names on the customer's orders.
        """
        sheet = page(f"{subject[:_LONGEST_SUBJECT]}\n{text[:LONGEST]}" if subject else text[:LONGEST])
        digits = _holds_digit(sheet.folded)
        addresses = self._addresses.find(sheet) if b"@" in sheet.folded else []
        ids = vat_ids.vat_ids(sheet, language) if digits else []
        amounts = self._amounts.find(sheet) if digits else []
        days = self._dates.find(sheet, language, today)
        last4 = self._last4.find(sheet) if digits else None
        orders: list[str] = []
        if digits:
            spans = [(start, end) for start, end, _ in (*addresses, *ids, *amounts, *days, *([last4] if last4 else []))]
            orders = self._orders.find(sheet, shapes(tuple(known_orders), tuple(number_shapes)), spans)
        return Facts(
            orders=tuple(orders),
            amounts=_each_once(amount for _, _, amount in amounts),
            dates=_each_once(day for _, _, day in days),
            method=self._methods.find(sheet),
            last4=last4[2] if last4 else "",
            products=tuple(products_of(tuple(products)).find(sheet)) if products else (),
            vat_ids=_each_once(found for _, _, found in ids),
            emails=_each_once(found for _, _, found in addresses),
            new_name=self._names.find(sheet),
        )


def extract(
    text: str,
    *,
    subject: str = "",
    language: str = "",
    today: date | None = None,
    known_orders: Sequence[str] = (),
    products: Sequence[str] = (),
    number_shapes: Sequence[str] = (),
) -> Facts:
    """`FactFinder.extract` by the shipped words."""
    return shipped().extract(
        text,
        subject=subject,
        language=language,
        today=today,
        known_orders=known_orders,
        products=products,
        number_shapes=number_shapes,
    )


@cache
def shipped() -> FactFinder:
    """The finder by the shipped words, read from their files on first use."""
    return FactFinder(fact_words.load([folder("rules")]))


def _each_once(values: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))
