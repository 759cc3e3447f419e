"""Finds VAT ids whose check digits are right: of the EU, Northern Ireland, Great Britain, Switzerland and Norway."""

from collections.abc import Callable
from typing import Any

from stdnum.ch import vat as swiss
from stdnum.es import nif as spanish
from stdnum.eu import vat as european
from stdnum.gb import vat as british
from stdnum.it import iva as italian
from stdnum.no import mva as norwegian
from stdnum.pt import nif as portuguese

from mailbot.reading.folding import Page
from mailbot.reading.phrases import compiled

_STATES = rb"at|be|bg|cy|cz|de|dk|ee|el|gr|es|fi|fr|hr|hu|ie|it|lt|lu|lv|mt|nl|pl|pt|ro|se|si|sk|xi|gb|che|no"
# A state's letters, then 8 to 15 letters and digits with signs between them.
_ID = compiled(
    rb"\b(?:" + _STATES + rb")[ .-]?[a-z]{0,2} ?[0-9](?:[ .-]?[a-z0-9*+]){6,13}(?: ?(?:mwst|tva|iva|mva)\b)?"
)
_NATIONAL = compiled(
    rb"\b(?:partita iva|p\.? ?iva|nif|n\.i\.f\.?|cif|nipc|contribuinte|vat|btw|tva|ust|uid)\b"
    rb"[^0-9\n]{0,24}?((?:[a-z]-?)?[0-9][0-9 .]{6,12}[0-9a-z])\b"
)
_BY_LANGUAGE: dict[str, tuple[str, Any]] = {"it": ("IT", italian), "es": ("ES", spanish), "pt": ("PT", portuguese)}
MOST = 10


def vat_ids(page: Page, language: str) -> list[tuple[int, int, str]]:
    """(start, end, id) of each: compact, in capitals, with the state's letters in front (`EL` for Greece).

    A number without letters counts after a word such as "P. IVA" or "NIF", by the rules of the writer's country.
    One-stop-shop numbers (EU…, IM…) are no buyer's id and never match. What looks like an id and has wrong check
    digits is left out; the id may still be unregistered: only VIES knows.
    """
    found: list[tuple[int, int, str]] = []
    for match in _ID.finditer(page.folded):
        if len(found) < MOST and _is_code(page, match.start()) and (hit := _international(match.group())):
            found.append((match.start(), match.start() + hit[0], hit[1]))
    for match in _NATIONAL.finditer(page.folded):
        if len(found) < MOST and (national := _national(match.group(1).decode("latin-1"), language)):
            found.append((*match.span(1), national))
    return found


def _is_code(page: Page, start: int) -> bool:
    """Letters with a space behind them are a state's code in capitals alone: "de 136695976" is French or Spanish."""
    return page.folded[start + 2 : start + 3] not in (b" ", b".", b"-") or page.text[start : start + 2].isupper()


def _international(written: bytes) -> tuple[int, str] | None:
    """(length, id) of the longest beginning that is right; the words after an id may look like a part of it."""
    end = len(written)
    for _ in range(6):
        text = written[:end].decode("latin-1").upper()
        if found := _checked(text):
            return end, found
        cut = max(text.rfind(" "), text.rfind("-"), text.rfind("."))
        if cut < 9:
            return None
        end = cut
    return None


def _checked(text: str) -> str:
    compact = "".join(c for c in text if c.isalnum() or c in "+*")
    if compact.startswith("CHE"):
        return _valid(swiss, text) and "CHE" + compact[3:12]
    if compact.startswith("NO"):  # "No 995525828" is a number like any other; the letters behind make it an id
        right = compact.endswith("MVA") and _valid(norwegian, compact)
        return f"NO{norwegian.compact(compact).removesuffix('MVA')}MVA" if right else ""
    if compact.startswith("GB"):
        return _valid(british, compact) and f"GB{british.compact(compact)}"
    return _valid(european, compact) and str(european.compact(compact)).replace("GR", "EL", 1)


def _valid(module: Any, number: str) -> str:
    check: Callable[[str], bool] = module.is_valid
    return number if check(number) else ""


def _national(number: str, language: str) -> str:
    state, module = _BY_LANGUAGE.get(language, ("", None))
    if module is None or not _valid(module, number):
        return ""
    return state + str(module.compact(number)).upper()
