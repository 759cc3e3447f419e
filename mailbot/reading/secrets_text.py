"""Finds card numbers and the codes beside them in a text, and gathers them with the passwords."""

import re
from dataclasses import dataclass

from mailbot.reading import card_numbers, secrets_passwords

_CODE_WORDS = (
    r"cvv2?|cvc2?|cvn2?|csc|cid|card (?:verification|security) (?:code|number|value)|"
    r"kartenpr[üu]f(?:nummer|ziffer|code)|pr[üu]f(?:nummer|ziffer)|code de s[ée]curit[ée]|cryptogramme(?: visuel)?|"
    r"c[óo]digo de (?:seguridad|seguran[çc]a)|codice di sicurezza|veiligheidscode|sicherheitscode|security code|"
    r"3 digits on the back"
)
# What stands between the word and the code: "CVV (on the back of my card): 123". Nothing else, as in "the CVV was not
# accepted for order 1234".
_OF = (
    r"code|kode|c[oó]digo|codice|number|nummer|num[ée]ro|n[uú]mero|no|nr|ziffer|is|ist|est|es|[èé]|lautet|luidt|"
    r"the|my|card|credit|debit|visa|of|on|for|to|your|back|side|der|die|des|meiner|den|dem|von|vom|zur|f[üu]r|auf|"
    r"kreditkarte|karte|r[üu]ckseite|de|du|la|le|ma|carte|bancaire|au|dos|verso|mi|tarjeta|del|el|reverso|detr[aá]s|"
    r"della|mia|carta|di|credito|cr[eé]dito|sul|retro|do|meu|cart[aã]o|no|verso|van|mijn|kaart|op|achterop|achterkant|het"
)
_CODE = re.compile(
    rf"\b(?:{_CODE_WORDS})\b[^\w\n]{{0,6}}(?:(?:{_OF})\b[^\w\n]{{0,6}}){{0,7}}(?:\r?\n[ \t>]{{0,40}})?"
    r"(\d{3,4}|\d(?: \d){2,3})(?![./,-]?\d)(?!\w)",
    re.I,
)
_DATE = r"(?:0?[1-9]|1[0-2])[ ]?[/.-][ ]?(?:20)?\d\d"
_AFTER_CARD = re.compile(
    r"[^\w\n]{0,6}(?:(?:exp\w{0,8}|valid \w{1,6}|g[üu]ltig bis|val\w{0,8})\b[^\w\n]{0,6})?"
    r"(?:\d{1,2}[ /.-]{1,3}(?:20)?\d\d)?[^\w\n]{1,6}(\d{3,4})(?![\d/.,-]\d|\d|\w)"
    # "Max Example, 12/27, 123" and each on a line of its own: the code ends its line
    rf"|\D{{0,60}}?\b{_DATE}\W{{1,8}}(\d{{3,4}})(?=[ \t]*(?:[\r\n,;.)<]|$))(?![.,]\d)"
    r"|[ \t]*\r?\n[ \t>]*(\d{3})(?=[ \t]*(?:[\r\n]|$))",
    re.I,
)


# Cheap to look for: where none of these stands, there is no code.
CODE_HINTS = (
    "cvv", "cvc", "cvn", "csc", "cid", "card ", "prüf", "pruf", "curit", "cryptogr", "segur", "sicur", "veiligh",
    "sicherh", "3 digits",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Secret:
    """text[start:end] must go; `instead` is what may stand there."""

    start: int
    end: int
    instead: str = "[removed]"

    @property
    def is_card(self) -> bool:
        return self.instead.startswith("[card")


def scrub(text: str) -> tuple[str, int]:
    """The text without its secrets, and how many there were."""
    found = find(text)
    return (without(text, found), len(found)) if found else (text, 0)


def find(text: str) -> list[Secret]:
    """The secrets of a text in order, without overlaps. Linear in its length."""
    low = text.lower()
    found = _cards(text)
    if any(word in low for word in CODE_HINTS):
        found += [Secret(*code.span(1)) for code in _CODE.finditer(text)]
    found += [Secret(start, end) for start, end in secrets_passwords.find(text, low)]
    if len(found) < 2:
        return found
    kept: list[Secret] = []
    for one in sorted(found, key=lambda one: one.start):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def without(text: str, found: list[Secret]) -> str:
    """The text with each secret replaced."""
    pieces, position = [], 0
    for one in found:
        pieces += [text[position : one.start], one.instead]
        position = one.end
    return "".join([*pieces, text[position:]])


def _cards(text: str) -> list[Secret]:
    found = []
    for card in card_numbers.find(text):
        found.append(Secret(card.start, card.end, f"[card ending {card.last4}]"))
        if code := _AFTER_CARD.match(text, card.end):
            found.append(Secret(*code.span(code.lastindex or 0)))
    return found
