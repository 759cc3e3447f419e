"""Finds card numbers, the codes beside them, and passwords in a text."""

import re
from dataclasses import dataclass

from mailbot.reading import card_numbers

_CODE_WORDS = (
    r"cvv2?|cvc2?|cvn2?|csc|cid|card (?:verification|security) (?:code|number|value)|"
    r"kartenpr[üu]f(?:nummer|ziffer|code)|pr[üu]f(?:nummer|ziffer)|code de s[ée]curit[ée]|cryptogramme(?: visuel)?|"
    r"c[óo]digo de (?:seguridad|seguran[çc]a)|codice di sicurezza|veiligheidscode|sicherheitscode|security code|"
    r"3 digits on the back"
)
_CODE = re.compile(
    rf"\b(?:{_CODE_WORDS})\b[^\w\n]{{0,6}}(?:(?:is|ist|est|es|è|é|nr|no|number|nummer)\b[^\w\n]{{0,4}})?(\d{{3,4}})(?!\d)",
    re.I,
)
_AFTER_CARD = re.compile(
    r"[^\w\n]{0,6}(?:(?:exp\w{0,8}|valid \w{1,6}|g[üu]ltig bis|val\w{0,8})\b[^\w\n]{0,6})?"
    r"(?:\d{1,2}[ /.-]{1,3}(?:20)?\d\d)?[^\w\n]{1,6}(\d{3,4})(?![\d/.,-]\d|\d|\w)",
    re.I,
)
_PASSWORD = re.compile(
    r"\b(?:pass-?(?:words?|wort|code|phrase)|pwd|pw|kennwort|zugangswort|mots? de passe|mdp|contrase[ñn]as?|"
    r"clave de acceso|parola d['’]ordine|senhas?|palavra[- ]passe|wachtwoord(?:en)?)\b"
    r"(?P<link>[ \t]{0,3}(?:[:=]|(?:is|was|are|lautet|ist|war|est|[ée]tait|es|era|[èé]|[ée] a|is het|luidt)\b[ \t]?:?)"
    r"[ \t]{0,3})"
    r"(?P<quote>[\"'“„«`]?)(?P<word>[^\s<>\"”“»`]{3,64})",
    re.I,
)
# What follows "my password is" when it is not the password: all that people say of passwords that do not work.
_NOT_PASSWORDS = frozenset(
    re.findall(
        r"\S+",
        """
    a an the not no now wrong incorrect invalid lost forgotten expired different correct right missing blocked
    locked required needed reset being never still too always only working accepted rejected refused empty
    unknown secret safe what which that this there and but please same gone weak old new changed broken why how
    known saved stored sent nicht kein falsch ungültig weg verloren vergessen abgelaufen gesperrt unbekannt
    richtig korrekt noch wieder immer leider das der die ein eine zu mir auch nur geändert erforderlich
    notwendig zurückgesetzt pas plus perdu oublié faux incorrecte invalide expiré bloqué inconnu refusé le la un
    une mon ma toujours jamais correcto incorrecta incorrecto inválida válida caducada olvidada perdida errónea
    equivocada bloqueada el mi muy sbagliata errata scaduta corretta persa dimenticata bloccata non il errada
    expirada esquecida bloqueada correta não uma um niet fout verkeerd verlopen kwijt vergeten geblokkeerd
    onjuist ongeldig geen een het de onbekend
        """,
    )
)


# Cheap to look for: where none of these stands, the patterns above find nothing.
CODE_HINTS = (
    "cvv", "cvc", "cvn", "csc", "cid", "card ", "prüf", "pruf", "curit", "cryptogr", "segur", "sicur", "veiligh",
    "sicherh", "3 digits",
)  # fmt: skip
PASSWORD_HINTS = (
    "pass", "pwd", "pw", "kennwort", "zugangsw", "mot de", "mots de", "mdp", "contrase", "clave", "parola", "senha",
    "wachtw",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Secret:
    """text[start:end] must go; `instead` is what may stand there."""

    start: int
    end: int
    instead: str = "[removed]"


def find(text: str) -> list[Secret]:
    """The secrets of a text in order, without overlaps. Linear in its length."""
    low = text.lower()
    found = _cards(text)
    if any(word in low for word in CODE_HINTS):
        found += [Secret(*code.span(1)) for code in _CODE.finditer(text)]
    if any(word in low for word in PASSWORD_HINTS):
        found += [Secret(*said.span("word")) for said in _PASSWORD.finditer(text) if _is_password(said)]
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
            found.append(Secret(*code.span(1)))
    return found


def _is_password(said: re.Match[str]) -> bool:
    """Whether the word after "password" is one: not a common word, unless it stands there like an entry in a form."""
    bare, link = said["word"].strip(".,;:!?()[]'’*"), said["link"]
    if not bare or bare.lower() in _NOT_PASSWORDS or bare.startswith(("removed", "card ending", "http:", "https:")):
        return False
    if any(not character.isalpha() for character in bare) or not (bare.islower() or bare.istitle() or bare.isupper()):
        return True
    rest = said.string[said.end() : said.end() + 40].partition("\n")[0]
    return bool(said["quote"]) or ((":" in link or "=" in link) and not rest.strip(" .,;!)]>\"'\r"))
