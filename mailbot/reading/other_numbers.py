"""Finds the numbers in a text that no order carries: telephones, bank accounts, links, keys, times, measures."""

from itertools import islice

from mailbot.reading.folding import Page
from mailbot.reading.phrases import compiled

Span = tuple[int, int]

_MOST = 100

_IBAN = compiled(rb"\b[a-z]{2}[0-9]{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?\b")
_KEY = compiled(rb"\b[a-z0-9]{4,8}(?:-[a-z0-9]{4,8}){2,9}\b")
_SURE = compiled(
    rb"(?:https?://|www\.)[^\s<>\"]+|\b0x[0-9a-f]+\b"
    rb"|\b[0-9]{1,2}(?::[0-9]{2}){1,2}\b|\b[0-9]{1,2} ?(?:uhr|heures?|[ap]\.?m)\b|\b[0-9]{1,2}h[0-9]{2}\b"
    rb"|\b[0-9][0-9.,]* ?(?:%|[kmgt]i?b\b|[mg]hz\b|cm\b|mm\b|km\b|px\b|bits?\b|x [0-9]+|x[0-9]+"
    rb"|(?:licen|lizen|copi|exempl|stuck|stuk|seat|user|nutzer|benutzer|usuari|utent|utilis|poste|devices?|pcs?\b|files?\b|"
    rb"fichier|datei|archiv|ficheir|bestanden|photos?\b|fotos?\b|days?\b|jours?\b|tage|dias?\b|giorni|dagen|hours?\b|"
    rb"stunden|heures|horas|ore\b|uur|minut|months?\b|mois\b|monat|mes(?:es)?\b|mesi\b|maand|years?\b|ans\b|jahr|anos\b|anni\b|jaar))"
)
_BY_CUE = compiled(
    rb"\b(?:tel|tell|telef[a-z]*|t[ae]l[ae]?phone|phone|mobile?|mobiel|movil|handy|cell(?:ular[a-z]*)?|portable|telemovel|fax|gsm|whatsapp|"
    rb"call(?: me)?(?: at| on)?|iban|konto(?:nummer)?|compte|cuenta|rekening|siret|siren|kvk|hrb|cpf|cnpj)"
    rb"\b[^0-9\n+(]{0,20}([+(]?[0-9][0-9 ()./-]{4,24}[0-9])"
)
_TELEPHONE = compiled(
    rb"\+[0-9][0-9 ()./-]{6,18}[0-9]"  # +49 30 1234567
    rb"|\b00[1-9][0-9][0-9 ()./-]{6,16}[0-9]\b"  # 0049 30 1234567
    rb"|\b0[0-9](?:[ .-][0-9]{2}){4}\b"  # 06 12 34 56 78
    rb"|\(?\b0[0-9]{1,5}\)?(?: ?[/-] ?| )[0-9]{2}[0-9 -]{2,9}[0-9]\b"  # 030 / 123 45 67
    rb"|\b(?:1[-. ])?\(?[0-9]{3}\)?[-. ][0-9]{3}[-. ][0-9]{4}\b"  # (555) 123-4567
    rb"|\b0[1-9][0-9]{8,9}\b"  # 0612345678
)


def not_orders(page: Page) -> tuple[list[Span], list[Span]]:
    """(numbers that are certainly something else, numbers that look like telephones): spans in the text."""
    folded = page.folded
    sure = [match.span() for match in _SURE.finditer(folded)]
    sure += [match.span(1) for match in _BY_CUE.finditer(folded)]
    sure += [match.span() for match in _KEY.finditer(folded) if _is_key(match.group())]
    sure += ibans(folded)
    return sure, [match.span() for match in _TELEPHONE.finditer(folded)]


def ibans(folded: bytes) -> list[Span]:
    """Where account numbers stand whose check digits are right (ISO 13616)."""
    matches = islice(_IBAN.finditer(folded), _MOST)
    return [span for match in matches if (span := _valid_part(match.group(), match.start()))]


def _valid_part(found: bytes, start: int) -> Span | None:
    """The account number at the start of what was found; the words after it may look like a part of it."""
    end = len(found)
    while end >= 15:
        if _right_digits(found[:end].replace(b" ", b"")):
            return start, start + end
        end = found.rfind(b" ", 0, end)
    return None


def _right_digits(iban: bytes) -> bool:
    moved = (iban[4:] + iban[:4]).decode("ascii", "replace")
    return len(iban) <= 34 and int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def _is_key(found: bytes) -> bool:
    """Licence keys mix letters and digits in groups; a date or a number in three parts does not."""
    letters = sum(97 <= c <= 122 for c in found)
    return letters >= 2 and letters + sum(48 <= c <= 57 for c in found) >= 15 and any(48 <= c <= 57 for c in found)
