"""What the invoice's template prints: every text ready, in the invoice's language, and safe to set. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from babel import Locale

from mailbot.invoices import words
from mailbot.invoices.invoice import Invoice, InvoiceLine, Party
from mailbot.model.money import Money

_LONG_WORD = re.compile(r"\S{25,}")
_BREAK = "\u200b"  # a place where a line may end, in words that would not fit
_JOINERS = "\u200c\u200d"  # format characters that Persian and Indic scripts need; the others may reorder text
_MOST_MARKS = 4  # accents above one another: more is a prank that would cover other lines


def content(invoice: Invoice, catalogue: words.Words) -> dict[str, Any]:
    """The template's `d`: texts, and lists of texts; see `templates/invoice/invoice.typ` for its use."""
    text = catalogue.of(invoice.language)
    where = words.locale(invoice.language)
    return {
        "language": invoice.language,
        "title": text["title"],
        "number": invoice.number,
        "date": {"year": invoice.issued_on.year, "month": invoice.issued_on.month, "day": invoice.issued_on.day},
        "words": text,
        "seller": {"name": clean(invoice.seller.name, 90)},
        "buyer": {"name": clean(invoice.buyer.name, 120), "lines": [*_buyer(invoice.buyer, text, where)]},
        "facts": [*_facts(invoice, text, where)],
        "lines": [_line(line, invoice, where) for line in invoice.lines],
        "sums": [*_sums(invoice, text, where)],
        "total": words.money(Money(invoice.total, invoice.currency), where),
        "payment": _payment(invoice, text, where),
        "notes": [*_notes(invoice, catalogue)],
        "footer": _footer(invoice.seller, text, where),
    }


def clean(text: str, most: int) -> str:
    """One line of at most `most` characters that cannot break the page: no controls, no reordering, no endless word."""
    kept, marks = [], 0
    for char in unicodedata.normalize("NFC", text[: 4 * most]):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind in ("Cc", "Zl", "Zp"):
            kept.append(" ")
        elif (kind[0] != "C" or char in _JOINERS) and marks <= _MOST_MARKS:
            kept.append(char)
    line = " ".join("".join(kept).split())
    if len(line) > most or len(text) > 4 * most:
        line = f"{line[: most - 1].rstrip()}…"
    return _LONG_WORD.sub(lambda word: _BREAK.join(re.findall(r".{1,12}", word[0])), line)


def _address(party: Party, where: Locale) -> Iterator[str]:
    lines = (party.street, " ".join(part for part in (party.postcode, party.city) if part), party.region)
    yield from (clean(line, 120) for line in lines if line.strip())
    if party.country:
        yield where.territories.get(party.country, party.country)


def _buyer(buyer: Party, text: Mapping[str, str], where: Locale) -> Iterator[str]:
    yield from _address(buyer, where)
    if buyer.vat_id:
        yield f"{text['vat_id']} {clean(buyer.vat_id, 40)}"


def _facts(invoice: Invoice, text: Mapping[str, str], where: Locale) -> Iterator[tuple[str, str]]:
    yield text["number"], invoice.number
    yield text["issued"], words.day(invoice.issued_on, where)
    yield text["supplied"], words.day(invoice.supplied_on, where)
    yield text["order"], clean(invoice.order_number, 40)


def _line(line: InvoiceLine, invoice: Invoice, where: Locale) -> dict[str, str]:
    name = clean(line.name, 240)
    sku = clean(line.sku, 60)
    return {
        "name": name,
        "sku": sku if sku.casefold() != name.casefold() else "",
        "quantity": words.number(line.quantity, where),
        "unit_price": words.figure(Money(line.unit_net, invoice.currency), where),
        "rate": words.percent(line.rate, where),
        "amount": words.figure(Money(line.net, invoice.currency), where),
    }


def _sums(invoice: Invoice, text: Mapping[str, str], where: Locale) -> Iterator[tuple[str, str]]:
    """The way from the lines to the total; a step that changes nothing is left out."""

    def amount(value: int) -> str:
        return words.money(Money(value, invoice.currency), where)

    if invoice.rounding:
        yield text["lines_total"], amount(invoice.net - invoice.rounding)
        yield text["rounding"], amount(invoice.rounding)
    yield text["net"], amount(invoice.net)
    for group in invoice.groups:
        facts = {"name": clean(group.name, 30), "rate": words.percent(group.rate, where), "net": amount(group.net)}
        yield text["tax"].format_map(facts).strip(), amount(group.tax)


def _payment(invoice: Invoice, text: Mapping[str, str], where: Locale) -> str:
    if invoice.paid_on is None:
        return text["open"]
    key = "paid_somehow" if not invoice.paid_with else "paid_card" if invoice.card_last4 else "paid"
    facts = {"method": clean(invoice.paid_with, 60), "last4": clean(invoice.card_last4, 4)}
    return text[key].format_map({**facts, "date": words.day(invoice.paid_on, where)})


def _notes(invoice: Invoice, catalogue: words.Words) -> Iterator[str]:
    """The words that the law wants; reverse charge in English as well, for whoever audits it elsewhere."""
    text = catalogue.of(invoice.language)
    for note in invoice.notes:
        yield text[note]
        if note == "reverse_charge" and invoice.language != "en":
            yield catalogue.of("en")[note]
        if note == "small_business" and invoice.seller.country in catalogue.small_business:
            yield catalogue.small_business[invoice.seller.country]


def _footer(seller: Party, text: Mapping[str, str], where: Locale) -> str:
    ids = (("vat_id", seller.vat_id), ("tax_number", seller.tax_number), ("register_number", seller.register_number))
    named = [f"{text[key]} {clean(value, 40)}" for key, value in ids if value]
    return " · ".join([clean(seller.name, 90), *_address(seller, where), *named])
