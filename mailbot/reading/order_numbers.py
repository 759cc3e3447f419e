"""Finds order numbers in a text: by the shop's own shapes, by words such as "order no.", by the signs around."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mailbot.reading.folding import Page
from mailbot.reading.number_shapes import LONGEST, Shapes
from mailbot.reading.other_numbers import Span, not_orders
from mailbot.reading.phrases import Pattern, any_of, compiled

MOST = 20
_MOST_TOKENS = 300
_WINDOW = 60
"""Characters before a number in which its words are looked for."""
_NEIGHBOURS = 500
"""Numbers of one customer's orders are close together."""

_SEP = rb"[\s.:#()*\"'=\xb0-]*"
_WORD = compiled(rb"[a-z0-9/_.-]*[0-9][a-z0-9/_.-]*")
_TOKEN = re.compile(rb"[a-z0-9]+(?:[-/_.][a-z0-9]+)*")
_YEAR = re.compile(rb"(?:19|20)[0-9]{2}")
_WITH_YEAR = re.compile(rb"[a-z]{1,5}[-/](?:19|20)[0-9]{2}[-/][0-9]{2,8}")
_SENTENCE_END = compiled(rb"[!?;]|\.\s|\n\s*\n")
_CITY = re.compile(r"[ -]{1,2}[A-ZÄÖÜÉÈÅØ][\w.'-]{1,30}(?: [A-Z(][\w.')-]{1,30}){0,3} ?(?:,|\n|$)")
_STREET = re.compile(rb"(?:^|[\n,]|\b(?:d|f|a|ch|nl|it|es|pt|b|l|cp|plz|zip)[ -])\s*$")

_A_NUMBER = re.compile(rb"[\s:#.\xb0]{0,4}[a-z/-]{0,6}[0-9]")
_PAIR = re.compile(rb"([0-9]{5,})/([0-9]{5,})")
_CARD = re.compile(rb"(?:[456][0-9]{15}|2[2-7][0-9]{14}|3[47][0-9]{13}|3[068][0-9]{12}|[46][0-9]{18})$")
_ZIP = re.compile(rb",\s[a-z]{2}\s$")  # Springfield, IL 62704


@dataclass(frozen=True, slots=True)
class _Token:
    """Something with digits in it: its place, its folded form, and the folded words before it."""

    start: int
    end: int
    folded: bytes
    before: bytes
    digits: int
    plain: bool  # nothing but digits


class _Taken:
    """What is not free to be an order number: the spans that were found before, and those that are looked for when
    the first candidate asks, because most mails have none."""

    def __init__(self, page: Page, spans: Sequence[Span]) -> None:
        self._page, self._spans = page, spans
        self._others: tuple[list[Span], list[Span]] | None = None

    def certainly(self, token: _Token, *, fits: bool) -> bool:
        """It lies in a date, an amount, a link …; one that `fits` the shop's shape is no date or amount by itself."""
        return _inside(token, self._spans, longer=fits) or _inside(token, self._looked_for()[0], longer=fits)

    def perhaps(self, token: _Token) -> bool:
        """It looks like a part of a telephone number."""
        return _inside(token, self._looked_for()[1])

    def _looked_for(self) -> tuple[list[Span], list[Span]]:
        if self._others is None:
            self._others = not_orders(self._page)
        return self._others


class OrderNumbers:
    """Finds order numbers by the words of the table [orders] of facts.toml."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        number, order = any_of(words["number"]), any_of(words["words"])
        between = any_of([*words["number"], *words["between"]])
        tail = _SEP + rb"(?:" + between + _SEP + rb")*$"
        self._order = compiled(order + rb"(?:'s)?" + tail)
        self._number = compiled(number + tail)
        self._foreign = compiled(any_of(words["foreign"]) + tail)
        self._near = compiled(order)
        self._far = compiled(any_of(words["foreign"]))
        self._joint = compiled(rb"^\s{0,3}(?:" + any_of(words["and"]) + rb"\s{0,3}){1,2}(?:#|(?:n|nr|no|n\xb0)\.? ?)?$")
        before_order = rb"^[\s)\"']{0,2}[(,=]?\s?(?:" + between + rb"\s)*"
        self._after = compiled(before_order + order + rb"[ -]?(?:" + number + rb"|id|$|[).,])")

    def find(self, page: Page, shapes: Shapes, spans: Sequence[Span]) -> list[str]:
        """The numbers in their order, each once, at most MOST.

        `spans` are those of dates, amounts and whatever else was found in the text, and is no order number.
        """
        taken = _Taken(page, spans)
        spaced = shapes.spaced(page.folded) if shapes else []
        found = {shapes.spelled(page.text[start:end]): None for start, end in spaced}
        last: _Token | None = None
        for token in _tokens(page.folded):
            if token.digits < 3 and not shapes and not token.before.endswith(b"#"):
                continue
            if self._is_order(page, token, shapes, taken) or self._follows(page.folded, last, token, taken):
                found[shapes.spelled(page.text[token.start : token.end])] = None
                last = token
            if len(found) >= MOST:
                break
        return list(found)

    def _is_order(self, page: Page, token: _Token, shapes: Shapes, taken: _Taken) -> bool:
        if shapes and shapes.knows(token.folded.decode("latin-1")):
            plain_enough = token.digits >= 3 or (not token.plain and len(token.folded) >= 4)
            return (plain_enough and not taken.certainly(token, fits=True)) or _found(self._order, token)
        fits = bool(shapes) and shapes.fits(token.folded)
        if not (fits or _possible(token)) or taken.certainly(token, fits=fits):
            return False
        grown = fits or (bool(shapes) and shapes.fits(token.folded, grown=True))
        if self._is_named(page, token, grown):
            return True
        if taken.perhaps(token) or _found(self._foreign, token):
            return False
        return _looks_right(page, token) if fits else not shapes and self._looks_like_one(page, token)

    def _is_named(self, page: Page, token: _Token, grown: bool) -> bool:
        """Right behind "order", "order no.", or right before "is my order number"; `grown`: it has the shop's shape."""
        marked = token.before.endswith(b"#")
        if token.digits < 3 and not marked and not grown:
            return False
        order = self._order.search(token.before)
        if order is None:
            return token.digits >= 4 and self._is_before(page.folded, token)
        if _is_postcode(page, token) and not token.before.rstrip().endswith((b":", b"#")) and not grown:
            return False
        if _is_year(token) and not grown and not marked:
            return _found(self._number, token)
        foreign = self._foreign.search(token.before)
        return grown or foreign is None or order.start() <= foreign.start()

    def _is_before(self, folded: bytes, token: _Token) -> bool:
        """ "10023 is my order number"; but in "facture 118, commande 10023" that word has a number of its own."""
        behind = folded[token.end : token.end + _WINDOW]
        word = self._after.search(behind)
        if word is None or _found(self._foreign, token):
            return False
        return _A_NUMBER.match(behind, word.end()) is None

    def _looks_like_one(self, page: Page, token: _Token) -> bool:
        """Nothing is known of the shop's numbers: "#10023", "R-2026-0815", "no. 10023", a mail that is but a number."""
        if (token.before.endswith(b"#") and token.digits >= 3) or _WITH_YEAR.fullmatch(token.folded):
            return True
        if token.digits < 4 or _is_year(token):
            return False
        if page.folded.strip(b" #.:\n").removeprefix(b"re: ") == token.folded:
            return True
        return _found(self._number, token) or (token.digits >= 5 and self._in_sentence(page, token))

    def _in_sentence(self, page: Page, token: _Token) -> bool:
        """ "My order, the one from Monday (10023)": the word for order is there, and none for another thing."""
        if not token.plain or token.digits > 12 or _is_postcode(page, token):
            return False
        starts = [match.end() for match in _SENTENCE_END.finditer(token.before)]
        sentence = token.before[starts[-1] if starts else 0 :]
        return self._near.search(sentence) is not None and self._far.search(sentence) is None

    def _follows(self, folded: bytes, last: _Token | None, token: _Token, taken: _Taken) -> bool:
        """ "Orders 10022 and 10023", or "10551 is the one I want" after "order 10552": of the same make as the last."""
        if last is None or not _possible(token) or _is_year(token) or taken.certainly(token, fits=False):
            return False
        if token.plain != last.plain or token.digits < 3 or abs(len(token.folded) - len(last.folded)) > 1:
            return False
        if token.start - last.end <= 20 and self._joint.search(folded[last.end : token.start]):
            return True
        return token.plain and token.digits >= 5 and abs(int(token.folded) - int(last.folded)) <= _NEIGHBOURS


def _found(pattern: Pattern, token: _Token) -> bool:
    return pattern.search(token.before) is not None


def _looks_right(page: Page, token: _Token) -> bool:
    """A bare number of the shop's shape: letters make it sure; digits alone may be a year or a postcode."""
    return not token.plain or (token.digits >= 4 and not _is_year(token) and not _is_postcode(page, token))


def _tokens(folded: bytes) -> Iterator[_Token]:
    """Every word that holds a digit, with its signs, at most _MOST_TOKENS and none that is longer than LONGEST."""
    for count, match in enumerate(_WORD.finditer(folded)):
        if count >= _MOST_TOKENS:
            return
        start, end = match.span()
        while folded[start] in b"-/_.":
            start += 1
        token = _TOKEN.match(folded, start, min(end, start + 2 * LONGEST))
        end = _trimmed(folded, start, token.end() if token else start)
        pair = _PAIR.fullmatch(folded, start, end)
        if pair and len(pair[1]) == len(pair[2]):  # "orders 100455/100456"
            yield _token(folded, *pair.span(1))
            yield _token(folded, *pair.span(2))
        elif 0 < end - start <= LONGEST:
            yield _token(folded, start, end)


def _token(folded: bytes, start: int, end: int) -> _Token:
    word = folded[start:end]
    plain = word.isdigit()
    digits = len(word) if plain else len(word) - len(word.translate(None, b"0123456789"))
    return _Token(start, end, word, folded[max(0, start - _WINDOW) : start], digits, plain)


def _trimmed(folded: bytes, start: int, end: int) -> int:
    """Without the words that hang on a number: "10023-please", "10023.Thanks", "10023/reminder"."""
    while not folded[start:end].isdigit():
        cut = max(folded.rfind(sign, start, end) for sign in (b"-", b"/", b"_", b"."))
        tail = folded[cut + 1 : end]
        if cut <= start or any(48 <= c <= 57 for c in tail) or (len(tail) <= 2 and folded[cut : cut + 1] != b"."):
            break
        end = cut
    return end


def _possible(token: _Token) -> bool:
    """It has digits enough, no long word inside, is no version (1.2.3) and no card number."""
    if token.plain:
        return not _is_card(token.folded)
    if b"." in token.folded or token.digits < 2:
        return False
    longest = max((len(run) for run in re.findall(rb"[a-z]+", token.folded)), default=0)
    return longest <= 8


def _is_year(token: _Token) -> bool:
    return _YEAR.fullmatch(token.folded) is not None


def _is_card(digits: bytes) -> bool:
    """It begins as cards do, and its last digit is right (ISO/IEC 7812, Luhn)."""
    doubled = [(c - 48) * (1 + n % 2) for n, c in enumerate(reversed(digits))]
    return _CARD.match(digits) is not None and sum(d - 9 * (d > 9) for d in doubled) % 10 == 0


def _inside(token: _Token, spans: Sequence[Span], *, longer: bool = False) -> bool:
    """It overlaps one of the spans; `longer`: and that span holds more than the token."""
    return any(
        token.start < end and start < token.end and not (longer and token.start <= start and end <= token.end)
        for start, end in spans
    )


def _is_postcode(page: Page, token: _Token) -> bool:
    """Five digits or so before a town, at the start of a line or behind a comma: "24103 Kiel"."""
    if token.digits == 5 and _ZIP.search(token.before):
        return True
    if not 4 <= token.digits <= 6 or not _STREET.search(token.before):
        return False
    return _CITY.match(page.text, token.end, token.end + 100) is not None
