"""Finds payment card numbers in a text, and leaves order numbers, telephone numbers, IBANs and keys alone.

A number is a card's when it has an issuer's first digits and length (ISO/IEC 7812) and a right check digit (Luhn), and
when the words around it do not say that it is something else. Lengths and issuers that other numbers share need a word
such as "card" beside them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 5_000  # groups of digits looked at in one text of a mail; a person's has some dozens
_SEPARATORS = r"[ \t\r\n\u00a0\u2007\u2009\u202f._/\u2010-\u2015-]"
_RUN = re.compile(rf"\d(?:{_SEPARATORS}{{0,3}}\d){{11,60}}")
_GROUP = re.compile(r"\d+")

# (first digits from, to, lengths, certain without a word beside it)
_ISSUERS = (
    ("4", "4", (16,), True),
    ("51", "55", (16,), True),
    ("2221", "2720", (16,), True),
    ("34", "34", (15,), True),
    ("37", "37", (15,), True),
    ("3528", "3589", (16,), True),
    ("6011", "6011", (16,), True),
    ("644", "659", (16,), True),
    ("62", "62", (16, 19), True),
    ("2200", "2204", (16,), True),
    ("9792", "9792", (16,), True),
    ("4", "4", (13, 19), False),
    ("300", "305", (14, 16), False),
    ("3095", "3095", (14, 16), False),
    ("36", "36", (14, 16), False),
    ("38", "39", (14, 16), False),
    ("35", "35", (16,), False),
    ("3528", "3589", (17, 18, 19), False),
    ("1800", "1800", (15,), False),
    ("2131", "2131", (15,), False),
    ("0604", "0604", (12, 13, 14, 15, 16, 17, 18, 19), False),
    ("50", "50", (12, 13, 14, 15, 16, 17, 18, 19), False),
    ("56", "69", (12, 13, 14, 15, 16, 17, 18, 19), False),
    ("81", "82", (16,), False),
)
_CARD_WORD = re.compile(
    r"\b(?:(?:credit|debit|bank|giro|ec|kredit|bank|debit|prepaid)?-?(?:card|karte|kaart)s?(?:n?nummer|number|no|nr)?|"
    r"kartennummer|kaartnummer|cartes?|cartoes|cart[aã]o|tarjetas?|carta|carte|cb|cc|visa|master ?card|maestro|amex|"
    r"american express|diners|jcb|discover|unionpay|mir|rupay|cvv2?|cvc2?|expir\w{0,6}|pan)\b",
    re.I,
)
_OTHER_WORD = re.compile(
    r"\b(?:orders?|bestell\w{0,15}|auftr[aä]g\w{0,10}|commandes?|pedidos?|ordin[ei]|encomendas?|bestelling\w{0,8}|"
    r"invoices?|rechnung\w{0,10}|factur\w{0,8}|fattur[ae]|faturas?|bon|quittung\w{0,6}|receipts?|"
    r"track\w{0,8}|sendung\w{0,10}|paket\w{0,10}|suivi|colis|env[ií]o|seguimiento|spedizione|rastre\w{0,8}|zending|"
    r"imei|serial\w{0,8}|seri\w{0,8}|s[ée]rie|licen[cs]\w{0,8}|lizenz\w{0,12}|liceni?z\w{0,8}|licencia|licenza|licen[çc]a|"
    r"keys?|cl[ée]|schl[üu]ssel|chiave|clave|chave|sleutel|code|c[oó]digo|codice|activation|aktivierung\w{0,8}|"
    r"ticket|case|vorgang\w{0,10}|customer|kunden?\w{0,10}|client\w{0,4}|klant\w{0,8}|"
    r"iban|bic|konto\w{0,10}|account|compte|cuenta|conto|conta|rekening\w{0,8}|"
    r"phone|tel|telefon\w{0,8}|t[ée]l[ée]phone|fax|mobile|handy|gsm|m[oó]vil|cellulare|telem[oó]vel|"
    r"siret|siren|ean|gtin|isbn|upc|vat|ust\w{0,8}|tva|iva|btw|ssn|kid|ocr|"
    r"ref\w{0,10}|transa[ck]\w{0,10}|id)\b|(?<!cc)(?<!cc )(?<!card)(?<!card )#",
    re.I,
)
_IN_LINK = re.compile(r"(?:://|www\.)[^\s\"'<>]{0,80}$")
_DIALLED = re.compile(r"(?:\+|\b00)[1-9]\d{0,2}[ ./-]?(?:\(0\))?[ ./-]?$")
_ATTACHED = re.compile(r"[^\W\d_]{1,40}$")


@dataclass(frozen=True, slots=True)
class Found:
    """A card number at text[start:end]; `last4` are its last digits."""

    start: int
    end: int
    last4: str


def find(text: str) -> list[Found]:
    """The card numbers of a text, in order, without overlaps. Linear in its length."""
    found: list[Found] = []
    left = MOST
    for run in _RUN.finditer(text):
        end = run.end()
        if end < len(text) and (text[end].isdigit() or text[end].isalpha()):
            continue  # the beginning of something longer
        groups = [(match.start(), match.end()) for match in _GROUP.finditer(text, run.start(), end)]
        left -= len(groups)
        if left < 0:
            break
        found += _in_run(text, groups)
    return found


def _in_run(text: str, groups: list[tuple[int, int]]) -> Iterator[Found]:
    """A card number may stand between other numbers: windows of whole groups are tried, the longest first."""
    first = 0
    while first < len(groups):
        last = _card_from(text, groups, first)
        if last is not None:
            begin, stop = groups[first][0], groups[last][1]
            yield Found(begin, stop, _digits(text[begin:stop])[-4:])
            first = last
        first += 1


def _card_from(text: str, groups: list[tuple[int, int]], first: int) -> int | None:
    """The last group of the longest card number that starts with the given group."""
    total, best = 0, None
    for last in range(first, len(groups)):
        total += groups[last][1] - groups[last][0]
        if total > 19:
            break
        if total >= 12 and _is_card(text, groups[first : last + 1]):
            best = last
    return best


def _is_card(text: str, groups: list[tuple[int, int]]) -> bool:
    start, end = groups[0][0], groups[-1][1]
    digits = _digits(text[start:end])
    certain = _issued(digits)
    if certain is None or not luhn(digits):
        return False
    before = text[max(0, start - 80) : start]
    if not _may_start(before):
        return False
    spoken = bool(_CARD_WORD.search(before) or _CARD_WORD.search(text[end : end + 40]))
    if _named_otherwise(before):
        return False
    return spoken or (certain and _card_shape([stop - begin for begin, stop in groups]))


def _digits(text: str) -> str:
    return "".join(str(int(character)) for character in text if character.isdecimal())


def luhn(digits: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812-1 annex B); all zeros are no number."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) << (place & 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(digits)) > 1


def _issued(digits: str) -> bool | None:
    """Whether a card network gives out such numbers: True for certain, False where others use them too, else None."""
    verdict: bool | None = None
    for low, high, lengths, certain in _ISSUERS:
        if len(digits) in lengths and low <= digits[: len(low)] <= high:
            if certain:
                return True
            verdict = False
    return verdict


def _may_start(before: str) -> bool:
    """Not the middle of something longer: a telephone number with +, a decimal, an IBAN, a link, a key with letters."""
    if before.endswith("+") or (
        before[-1:] in ".,-/_" and before[-2:-1].isalnum() and not _CARD_WORD.search(before[-20:])
    ):
        return False
    if _IN_LINK.search(before) or _DIALLED.search(before):
        return False
    attached = _ATTACHED.search(before)
    return not attached or bool(_CARD_WORD.fullmatch(attached[0]))


def _named_otherwise(before: str) -> bool:
    """Whether the last word before the number that names it names something else ("order no. 4…")."""
    segment = re.split(r"\d{4,}", before)[-1][-45:]
    ends = [word.end() for word in _OTHER_WORD.finditer(segment)]
    return bool(ends) and not _CARD_WORD.search(segment, ends[-1])


def _card_shape(lengths: list[int]) -> bool:
    """How people write card numbers: in one piece, in fours, as American Express and Diners print them, or spelt."""
    if all(length % 4 == 0 for length in lengths) or len(lengths) == 1 or lengths in ([4, 6, 5], [4, 6, 4]):
        return True
    return (all(length == 4 for length in lengths[:-1]) and lengths[-1] <= 4) or len(set(lengths)) == 1
