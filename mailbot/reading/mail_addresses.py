"""Finds the e-mail addresses that a writer put into the text, leaving those of quoted lines and mail headers."""

from collections.abc import Iterator, Mapping, Sequence

from mailbot.reading.folding import Page
from mailbot.reading.phrases import any_of, compiled

MOST = 20
_WINDOW = 48
_AROUND = 60  # characters before and behind two addresses in which a word for changing them may stand
_LOCAL = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+/=?^_{|}~-")
_DOMAIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789.-\xdf")
_HISTORY = compiled(
    rb"^\s*(?:[>|]|\*?(?:from|to|cc|bcc|reply-to|sent|von|an|gesendet|de|a|para|da|per|van|aan|envoye|enviado|inviato|verzonden)"
    rb"\s?:)|\b(?:wrote|ecrit|schrieb|escribio|ha scritto|escreveu|schreef)\b"
)


class Addresses:
    """Finds addresses by the table [addresses] of facts.toml."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        between = any_of(words["between"])
        self._old = compiled(any_of(words["old"]) + rb"[\s:<(\"']{1,3}(?:" + between + rb"[\s:<(\"']{1,3})*$")
        beside = any_of([*words["between"], *words["new"]])
        signs = rb"[\s:<>()\"',]{1,3}"
        self._into = compiled(rb"^" + signs + any_of(words["into"]) + signs + rb"(?:" + beside + signs + rb")*$")
        self._changing = compiled(any_of(words["changing"]))

    def find(self, page: Page) -> list[tuple[int, int, str]]:
        """(start, end, address in lower case) of each, at most MOST. RFC 5322 dot-atoms; linear in the text.

        "From a@old.example to a@new.example" and "replace a@old.example by a@new.example" give the new one alone.
        """
        found = list(_addresses(page))
        starts = [start for start, _, _ in found]
        new = [
            one
            for one, following in zip(found, [*starts[1:], -1], strict=False)
            if not self._is_old(page.folded, one[0]) and not self._is_replaced(page.folded, one[0], one[1], following)
        ]
        return new or found

    def _is_old(self, folded: bytes, start: int) -> bool:
        return self._old.search(folded[max(0, start - _WINDOW) : start]) is not None

    def _is_replaced(self, folded: bytes, start: int, end: int, following: int) -> bool:
        """Whether the next address comes in place of this one, and a word nearby says that something changes."""
        if not 0 < following - end <= _WINDOW or not self._into.search(folded[end:following]):
            return False
        around = folded[max(0, start - _AROUND) : start], folded[end : following + 2 * _AROUND]
        return any(self._changing.search(part) for part in around)


def _addresses(page: Page) -> Iterator[tuple[int, int, str]]:
    at, count = page.folded.find(b"@"), 0
    while at >= 0 and count < MOST:
        start, end = _local_start(page.folded, at), _domain_end(page.folded, at)
        address = page.text[start:end].lower()
        if start < at and "." in address[at - start + 2 :] and not _is_history(page.folded, start, end):
            yield start, end, address
            count += 1
        at = page.folded.find(b"@", max(at + 1, end))


def _local_start(folded: bytes, at: int) -> int:
    start = at
    while start > max(0, at - 64) and folded[start - 1] in _LOCAL:
        start -= 1
    while start < at and folded[start] in b".'*=/":  # "'ann@x.example'", "*ann@x.example*": signs around, not in it
        start += 1
    return start


def _domain_end(folded: bytes, at: int) -> int:
    end = at + 1
    while end < min(len(folded), at + 255) and folded[end] in _DOMAIN:
        end += 1
    while end > at + 1 and folded[end - 1] in b".-":
        end -= 1
    return end


def _is_history(folded: bytes, start: int, end: int) -> bool:
    first = folded.rfind(b"\n", max(0, start - 300), start) + 1 or max(0, start - 300)
    last = folded.find(b"\n", end, end + 80)
    return _HISTORY.search(folded[first : last if last >= 0 else end + 80]) is not None
