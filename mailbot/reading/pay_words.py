"""Finds the payment method that a text names, and the last four digits of a card."""

from collections.abc import Iterator, Mapping, Sequence

from mailbot.reading.folding import Page
from mailbot.reading.phrases import any_of, compiled
from mailbot.reading.searching import holds

_BEFORE, _BEHIND = 48, 40
"""Characters around a method in which the words that accept or refuse it are looked for."""
_MOST = 40
_NONE = "none"
_UNWANTED = -9


class Methods:
    """Finds payment methods by the table [methods] of facts.toml; its names are those of payment_methods.toml."""

    _CUES = ("not_this", "this", "failed", "between")

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._names = [name for name in words if name not in self._CUES]
        # A longer name stands before a shorter one: "check" is not found in "e-check", "card" not in "visa card".
        order = sorted(self._names, key=lambda name: (name != _NONE, name == "card"))
        self._order = order
        self._any = compiled(rb"|".join(rb"(" + any_of(words[name]) + rb")" for name in order))
        self._holds_any = holds(self._any)
        near = rb"[\s,:']{1,3}(?:" + any_of(words["between"]) + rb"[\s']{1,2})*$"
        self._not_this = compiled(any_of(words["not_this"]) + near)
        self._this = compiled(any_of(words["this"]) + near)
        self._failed = compiled(rb"^[^.!?\n]{0,20}?" + any_of(words["failed"]))

    def find(self, page: Page) -> str:
        """The method that the writer wants or used, "" when none is named.

        Where several are named, one behind "pay by" goes before others, one behind "instead of" is none, one that
        "was declined" goes last, and among equals the last one said counts.
        """
        if not self._holds_any(page.folded):
            return ""
        best, score = "", _UNWANTED + 1
        for name, rank in self._ranked(page.folded):
            if rank >= score:
                best, score = name, rank
        return best

    def _ranked(self, folded: bytes) -> Iterator[tuple[str, int]]:
        for count, match in enumerate(self._any.finditer(folded)):
            if count >= _MOST:
                return
            name = self._order[next(n for n, group in enumerate(match.groups()) if group is not None)]
            if name != _NONE:
                yield name, self._rank(folded, match.start(), match.end())

    def _rank(self, folded: bytes, start: int, end: int) -> int:
        before, behind = folded[max(0, start - _BEFORE) : start], folded[end : end + _BEHIND]
        if self._not_this.search(before):
            return _UNWANTED
        return (self._this.search(before) is not None) - 2 * (self._failed.search(behind) is not None)


class Last4:
    """Finds the last four digits of a card by the table [last4] of facts.toml."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        card = any_of(words["cards"])
        between = rb"(?:[\s:=.]{0,3}" + any_of([w for w in words["between"] if w.strip(":=")]) + rb"){0,3}"
        end = rb"[\s:=(*x.\"'-]{1,12}([0-9]{4})(?:[^0-9a-z-]|-[^0-9]|$)"
        self._pattern = compiled(
            rb"(?:" + any_of(words["words"]) + between + end
            + rb"|(?:[*x.]{2,16}[ -]?){1,4}([0-9]{4})(?:[^0-9a-z]|$))"
        )  # fmt: skip
        self._cards = compiled(card)

    def find(self, page: Page) -> tuple[int, int, str] | None:
        """(start, end, digits) of the first, or None. Stars or dots before digits count near a word for card."""
        for count, match in enumerate(self._pattern.finditer(page.folded)):
            if count >= _MOST:
                break
            group = 1 if match.group(1) else 2
            around = page.folded[max(0, match.start() - _BEFORE) : match.start()]
            stars = b"**" in match.group() or b"xxxx" in match.group()
            if group == 1 or stars or self._cards.search(around):
                return *match.span(group), match.group(group).decode("ascii")
        return None
