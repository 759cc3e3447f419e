"""Finds amounts of money, in the notations of seven languages, as integers of minor units."""

from collections.abc import Mapping, Sequence

from mailbot.model.mail import Amount
from mailbot.model.money import exponent
from mailbot.reading.folding import Page, fold
from mailbot.reading.phrases import Match, any_of, compiled

MOST = 20
LARGEST = 10**12
"""Minor units; what is larger is no amount that anybody paid a shop."""

# 1.234,56 · 1 234,56 · 1'234.56 · 12.50 · 49 · 49,- · 49.–
_NUMBER = rb"(?:[0-9]{1,3}(?:[ .,'][0-9]{3}){1,3}(?:[.,][0-9]{1,2})?|[0-9]{1,10}(?:[.,](?:[0-9]{1,2}|-{1,2}))?)"
_NOT_MORE = rb"(?:[^0-9.,]|[.,](?:[^0-9]|$)|$)"


class Amounts:
    """Finds amounts by the currencies' names: `words` is the table [amounts] of facts.toml."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        codes = {name: code for code, names in words.items() if code != "words" for name in names}
        self._codes = {b" ".join(fold(name).split()): "" if c == "unknown" else c for name, c in codes.items()}
        currency = any_of(codes)
        short = (
            any_of(name for name in codes if len(name) <= 4 and name[-1] != ".")
            .replace(rb"\b|", b"|")
            .replace(rb"\b)", b")")
        )  # "EUR49"
        self._named = compiled(
            rb"(?:^|[^0-9a-z.,])([0-9]{1,6}) ?\x80([0-9]{2})(?:[^0-9.,]|$)"  # 24€90
            rb"|(?:(" + short + rb")[ :]{0,3}(" + _NUMBER + rb")" + _NOT_MORE + rb")"
            rb"|(?:^|[^0-9a-z.,])(" + _NUMBER + rb") ?(" + currency + rb")"
            rb"|(?:"
            + any_of(words.get("words", ()))
            + rb")[ :]{1,3}([0-9]{1,7}[.,][0-9]{2})(?: ?("
            + currency
            + rb")|"
            + _NOT_MORE
            + rb")"
            rb"|(?:^|[^0-9a-z.,])([0-9]{1,7},(?:[0-9]{2}|-{1,2}))(?:[^0-9a-z.,%-]|[.,](?:[^0-9]|$)|$)"
        )

    def find(self, page: Page) -> list[tuple[int, int, Amount]]:
        """(start, end, amount) of each in its order, at most MOST. `currency` is "" where the text does not say."""
        found: list[tuple[int, int, Amount]] = []
        position, folded = 0, page.folded
        while len(found) < MOST and (match := self._named.search(folded, position)):
            place = _Place(match)
            position = max(place.end, position + 1)
            if place.before_currency and _is_before_another(place.number, folded, place.end):
                position = place.currency_start
                continue
            code = self._codes.get(b" ".join(place.currency.split()), "")
            minor = _minor_units(place.number, code)
            if minor is not None:
                found.append((place.start, place.end, Amount(minor, code)))
        return found


class _Place:
    """Where the number and the currency of a match stand: which groups hold them depends on the notation."""

    def __init__(self, match: Match) -> None:
        group = next(n for n in (1, 4, 5, 7, 9) if match.group(n) is not None)
        before = {4: 3, 5: 6, 7: 8}.get(group, 0)
        self.number, self.currency = match.group(group), (match.group(before) or b"") if before else b""
        self.before_currency = group == 5
        self.start, self.end = match.span(group)
        if group == 1:  # 24€90
            self.number, self.currency, self.end = match.group(1) + b"." + match.group(2), b"\x80", match.end(2)
        if self.currency and before:
            self.currency_start, currency_end = match.span(before)
            self.start, self.end = min(self.start, self.currency_start), max(self.end, currency_end)


def _is_before_another(number: bytes, folded: bytes, end: int) -> bool:
    """ "Order 10023 EUR 49.90": the currency belongs to the number behind it, not to the one before."""
    return len(number) >= 4 and number.isdigit() and folded[end : end + 2].strip()[:1].isdigit()


def _minor_units(written: bytes, currency: str) -> int | None:
    """`1.234,56` is 123456 cents; None where it is nothing that could be paid."""
    number = written.decode("ascii").rstrip(".,-").replace("'", " ").replace(" ", "")
    mark = max(number.rfind("."), number.rfind(","))
    decimals = len(number) - mark - 1 if mark >= 0 else 0
    places = exponent(currency)
    if mark < 0 or (decimals == 3 and places != 3) or number.count(number[mark]) > 1:
        whole, rest = number, ""
    else:
        whole, rest = number[:mark], number[mark + 1 :]
    if len(rest) > places and rest.strip("0"):
        return None
    minor = int("".join(c for c in whole if c.isdigit()) + rest[:places].ljust(places, "0"))
    return minor if 0 < minor <= LARGEST else None
