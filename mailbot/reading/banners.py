"""Finds the warning that a mail server put over a mail ("CAUTION: external sender"), which nobody wrote to us.

People write "Attention, …" as well: a warning is cut only for words that a server writes, and never when it is all.
"""

import re

import re2

from mailbot.reading import sentences

_MOST = 600  # characters of a warning
_LINES = 5
_STARTS = (
    "caution", "warning", "external", "achtung", "vorsicht", "warnung", "externe", "attention", "avertissement",
    "atención", "advertencia", "attenzione", "avviso", "atenção", "aviso", "cuidado", "let op", "waarschuwing",
    "précaution", "expéditeur externe", "remitente externo", "mittente esterno",
)  # fmt: skip
_SELDOM = (
    "you don't often get", "some people who received this", "sie erhalten nicht", "vous n'obtenez pas souvent",
    "vous ne recevez pas souvent", "no suele recibir", "no recibe a menudo", "non si ricevono spesso",
    "non ricevi spesso", "não costuma receber", "não recebe frequentemente", "você não costuma receber",
    "não é comum receber", "u ontvangt niet vaak", "je ontvangt niet vaak",
)  # fmt: skip
"""How a well-known server says that this sender is new; it then names the address, or links to why it matters."""
_IMPORTANT = ("important", "wichtig", "importante", "belangrijk")

_FROM_OUTSIDE = (
    r"\b(?:extern\w*|outside|exterior|buiten\w*|fuera|fora)\b|\bau(?:ß|ss)erhalb\b|\bext[eé]rieur\w*"
    r"|\bestern[aoie]\b|all['’]esterno|dall['’]esterno"
)
_MAIL = (
    r"e-?mail\w*|mail|messages?|messaggi\w*|mensajes?|mensage\w+|correos?|courriels?|nachricht\w*|bericht\w*"
    r"|sender|absender\w*|expéditeur\w*|remitente|mittente|remetente|afzender"
)
_HOUSE = r"organi[sz]a\w+|organi[sz]zazione|organisatie|company|unternehmen\w*|entreprise|empresa|azienda|bedrijf"
_LINKED = r"links?|attachments?|anh[aä]ng\w*|anlagen?|pièces? jointes?|adjuntos?|allegat\w+|anexos?|bijlagen?|enlaces?"
_options = re2.Options()
_options.log_errors = False
_options.case_sensitive = False
_options.never_capture = True


_OUTSIDE = re2.compile(_FROM_OUTSIDE, _options)
_NOTION = re2.compile(
    rf"{_FROM_OUTSIDE}|\b(?:{_MAIL}|{_HOUSE}|{_LINKED})\b|\b(?:click|safe|trust|klick|sicher|cliqu|clic\b|seguro|fidat|klik)",
    _options,
)
_STRICT = re2.compile(
    rf"\bextern\w*\W{{1,3}}(?:{_MAIL})(?:$|\s?[^\pL\s]|\s(?:do|please|be|use|from|bitte|this|und)\b)"
    rf"|\b(?:{_MAIL}) (?:extern\w*|estern[oa])\b"
    rf"|\b(?:this|diese[rs]?|ce|cet|este|esta|questo|questa|deze|dit)\W{{1,2}}(?:{_MAIL})\b"
    rf"[^.!?]{{1,60}}(?:{_FROM_OUTSIDE})"
    rf"|\b(?:outside|außerhalb|fuera|fora|buiten|ext[eé]rieur|dall['’]esterno)\b"
    rf"\W{{1,2}}(?:\pL+['’ ]+){{0,3}}(?:{_HOUSE})\b",
    _options,
)
_LINK = re2.compile(rf"\b(?:{_LINKED})\b", _options)
_BEHAVE = re2.compile(
    r"(?:^|[^\pL])(?:clicking|click|open|öffnen|klicken|cliquez|ouvrez|ouvrir|abra|abrir|clique|clic|aprire|cliccare|klik)"
    rf"\b.{{1,60}}\b(?:{_LINKED})\b",
    _options,
)
_SENDER = re2.compile(rf"\b(?:{_MAIL}|{_HOUSE})\b", _options)
_SENTENCES = re.compile(r"[.!?:*\]]+(?:\s|$)")


def find_banner(lines: list[str]) -> tuple[int, set[int]]:
    """How many lines at the top are a warning, and those of them that may be a person's words after all."""
    first = next((at for at, line in enumerate(lines) if line), len(lines))
    head = lines[first][:60].lower().replace("’", "'").lstrip("*[( ") if first < len(lines) else ""
    seldom = head.startswith(_SELDOM)
    if not seldom and not head.startswith(_STARTS):
        return 0, set()
    end = _end(lines, first)
    words = " ".join(lines[first:end])[:_MOST]
    unsure = {at for at in range(first + 1, end) if _whole(lines[at - 1]) and not _BEHAVE.search(lines[at][:_MOST])}
    if seldom:
        low = words.lower()
        named = "@" in low or any(word in low for word in _IMPORTANT)
        return (end, unsure) if named and any(lines[end:]) else (0, set())
    if sentences.says_i(words) or sentences.says_mine(words) or not any(lines[end:]):
        return 0, set()
    if not _OUTSIDE.search(words):
        return 0, set()
    if _STRICT.search(words):
        return end, unsure | ({first} if _strays(lines[first]) else set())
    return (end, unsure | {first}) if _LINK.search(words) and _SENDER.search(words) else (0, set())


def _end(lines: list[str], first: int) -> int:
    """The warning goes on over broken lines, as long as they speak of nothing else."""
    end = first + 1
    while end < min(len(lines), first + _LINES) and (line := lines[end]):
        personal = sentences.says_i(line[:_MOST]) or sentences.says_mine(line[:_MOST])
        if not _NOTION.search(line[:_MOST]) or (_whole(lines[end - 1]) and personal):
            break
        end += 1
    return end


def _whole(line: str) -> bool:
    return line[-1:] in (".", "!", "?", "]", "*")


def _strays(line: str) -> bool:
    """Whether a whole sentence of the line has no word of warnings: it may have been written by a person."""
    each = _SENTENCES.split(line[:_MOST])
    return any(len(part.split()) > 2 and not _NOTION.search(part) for part in each)
