"""Folds a text for matching: lower case, no accents, plain quotes, dashes and spaces, one byte for each character."""

import codecs
import unicodedata
from dataclasses import dataclass

# Windows-1252 holds every character that people of our seven languages type, the euro and curly quotes included, and
# has exactly one byte for each. So a match found in the bytes stands at the same place in the text.
_ENCODING = "cp1252"
_SIGNS = {
    "‘": "'", "’": "'", "´": "'", "`": "'", "‹": "'", "›": "'", "‚": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "•": "*", "…": "*", "·": "*", "\xa0": " ", "\xad": "-", "º": "°",
    "ø": "o", "æ": "a", "œ": "o", "ª": "a",
}  # fmt: skip
_BEYOND = {
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2212": "-", "\u2043": "-",
    "\u2002": " ", "\u2003": " ", "\u2007": " ", "\u2008": " ", "\u2009": " ", "\u200a": " ",
    "\u202f": " ", "\u3000": " ",
    "\u2019": "'", "\u02bc": "'", "\u2032": "'", "\u2116": "n", "\u25cf": "*", "\u2217": "*", "\u0131": "i",
    "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
}  # fmt: skip


def _bare(character: str) -> str:
    """The character without its accent and in lower case, if that is one character; else itself."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)).lower()
    return plain if len(plain) == 1 else character


def _byte(number: int) -> int:
    character = bytes([number]).decode(_ENCODING, "replace")
    if character in "ßÞþ¹²³¼½¾":
        return number
    folded = _SIGNS.get(character.lower()) or _bare(character)
    return (folded.encode(_ENCODING, "replace") or b"?")[0] if character != "\t" else 0x20


_TABLE = bytes(_byte(number) for number in range(256))
# Letters and digits outside Windows-1252 (Polish, Czech, full-width …) that fold into it.
_WIDE = {
    chr(code): folded
    for code in (*range(0x100, 0x250), *range(0x1E00, 0x1F00), *range(0xFF01, 0xFF5F))
    if len(folded := _bare(chr(code))) == 1 and folded.isascii()
} | _BEYOND


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join([_WIDE.get(c, "?") for c in error.object[error.start : error.end]]), error.end


codecs.register_error("mailbot.fold", _stand_in)


@dataclass(frozen=True, slots=True)
class Page:
    """A text and its folded form: `folded[i]` is the byte for `text[i]`, so spans of one hold in the other."""

    text: str
    folded: bytes


def page(text: str) -> Page:
    """The text in NFC, with its folded bytes beside it. Characters that we have no byte for become `?`."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return Page(text, fold(text))


def fold(text: str) -> bytes:
    """Example: `fold("Straße N° 5 – Été")` is `b"stra\\xdfe n\\xb0 5 - ete"`. As many bytes as characters."""
    return text.encode(_ENCODING, "mailbot.fold").translate(_TABLE)
