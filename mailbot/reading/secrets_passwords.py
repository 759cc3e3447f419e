"""Finds passwords in a text: what stands behind a word for one, in a form, in a sentence or in quotation marks."""

import re
from collections.abc import Iterator

# Cheap to look for: where none of these stands, the patterns below find nothing.
_HINTS = (
    "pass", "paßw", "pwd", "pw", "kennwort", "zugangs", "mot de", "mots de", "mdp", "contrase", "clave", "parola",
    "senha", "palavra", "wachtw", "paswo", "toegang",
)  # fmt: skip
_WORD = (
    r"(?:(?<!\d)(?:pass-?(?:words?|wort|wörter|code|phrase)|paßwort|kennwort|wachtwoord(?:en)?|paswoord|"
    r"contrase[ñn]as?)|\b(?:passwd|pwd|pw|zugangs(?:wort|code)|toegangscode|mots? de passe|mdp|clave de acceso|"
    r"parola (?:d['’]ordine|chiave)|senhas?|palavra[- ](?:passe|chave)|pass (?:word|phrase)|(?P<pass>pass)))\b"
)
# "my password for the shop is": whose it is, and of what. An order's is none.
_OF = (
    r"for|to|of|the|my|your|our|this|f[üu]r|zu|zum|das|den|dem|der|mein(?:e[nrm]?)?|ihr(?:e[nrm]?)?|vom|von|bei|im|in|at|on|"
    r"pour|de|du|le|la|les|mon|ma|mes|votre|sur|para|mi|el|del|en|tu|su|per|il|di|della|dell|al|mio|mia|su|do|da|o|a|"
    r"minha|meu|na|no|voor|van|het|mijn|bij|op|account|konto|kundenkonto|compte|cuenta|conto|conta|login|shop|site|"
    r"access|accessing|log|logging|signing|zugang|anmelden|anmeldung|einloggen|acc[eé]der|acc[eè]s|acces[os]o?|accedere|"
    r"entrar|acesso|inloggen|website|webshop|tienda|boutique|sito|loja|winkel|portal|app|e-?mail|mail"
)
_FILLER = rf"(?:[ \t]{{1,3}}(?:{_OF})(?:['’]s?|\b)){{0,5}}"
_SAID = r"is|was|are|lautet|ist|war|est|[ée]tait|es|era|[èé]|[ée] a|is het|luidt"
_B = r"[ \t\xa0]"
_LINE = r"\r?\n[ \t>\xa0]{0,40}"
_LINKS = (
    rf"{_FILLER}{_B}{{0,3}}(?:\.{{2,40}}{_B}{{0,3}})?(?:[:=]{_B}{{0,40}}{_LINE}(?:{_LINE})?|(?:[:=]>?|[-=]>|→|(?:{_SAID})\b{_B}?:?){_B}{{0,3}})",
    rf"{_B}{{1,3}}[-–—]{_B}{{1,3}}",
    rf"{_B}{{1,3}}\({_B}?",
    rf"{_B}{{0,3}}\t{_B}{{0,3}}(?:{_LINE})?",  # cells of a table
    rf"{_B}{{0,3}}\.{{3,40}}{_B}{{0,3}}",  # a dotted line in a form
    rf"{_B}{{0,3}}{_LINE}(?:{_LINE})?",
    rf"{_B}{{1,5}}",
)
_VALUES = (
    r"[\"“„«] ?(?P<double>[^\n\"”“»]{2,64})(?<!\s)(?:[\"”“»]| »)",
    r"['‘`](?P<single>[^\n'’`]{2,64})['’`](?!\w)",
    r"(?P<quote>[\"'“„«‘`]?)(?P<word>[^\s<>\"”“»`]{3,64})",
)
_PATTERN = re.compile(rf"{_WORD}(?P<link>{'|'.join(_LINKS)})(?:{'|'.join(_VALUES)})", re.I)
_KEY = re.compile(r"(?:[A-Z0-9]{3,8}-){2,}[A-Z0-9]{3,8}")
_AMOUNT = re.compile(r"\d{1,2}[a-z]{1,6}")  # "24h", "2nd", "10min"
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
    onjuist ongeldig geen een het de onbekend reset forgot perdida recuperar zurücksetzen ändern opnieuw thanks thx
    danke merci gracias grazie obrigado obrigada bedankt
        """,
    )
)


def find(text: str, low: str) -> Iterator[tuple[int, int]]:
    """Where the passwords of a text stand; `low` is the text in lower case. Linear in its length."""
    if not any(word in low for word in _HINTS):
        return
    for said in _PATTERN.finditer(text):
        name = "double" if said["double"] else "single" if said["single"] else "word"
        start, end = said.span(name)
        if said["link"].endswith("(") and said[name].endswith(")"):
            end -= 1
        if _is_password(said, text[start:end], quoted=name != "word" or bool(said["quote"])):
            yield start, end


def _is_password(said: re.Match[str], value: str, *, quoted: bool) -> bool:
    """Whether what follows "password" is one: not a common word, unless it stands there like an entry in a form."""
    bare, link = value.strip(".,;:!?()[]'’*"), said["link"]
    if not bare or bare.lower() in _NOT_PASSWORDS or bare.startswith(("removed", "card ending", "http:", "https:")):
        return False
    told = ":" in link or "=" in link or "→" in link or "->" in link
    if said["pass"] and not told:
        return False
    if not told and "\n" in link and "\t" not in link and not (_is_line(said) and _mixed(bare)):
        return False
    if not told and not link.strip(" \t\r\n\xa0(-–—>."):  # no word and no sign: the value must look like a password
        return (quoted or _mixed(bare)) and not _in_tag(said.string, said.start())
    if link.count("\n") > 1:
        return _mixed(bare)
    if any(not character.isalpha() for character in bare) or not (bare.islower() or bare.istitle() or bare.isupper()):
        return True
    if "\n" in link and not bare.islower():
        return False
    rest = said.string[said.end() : said.end() + 40].partition("\n")[0]
    return quoted or (told and not rest.strip(" .,;!)]>\"'\r\t"))


def _mixed(bare: str) -> bool:
    """Letters and digits in one word, as in "xyz789"; no licence key, no "24h"."""
    if len(bare) < 5 or _KEY.fullmatch(bare) or _AMOUNT.fullmatch(bare):
        return False
    return any(character.isdigit() for character in bare) and any(character.isalpha() for character in bare)


def _in_tag(text: str, position: int) -> bool:
    """Whether a place is inside an HTML tag with attributes, such as <td class="password col-6">."""
    start = text.rfind("<", max(0, position - 300), position)
    return start >= 0 and '="' in text[start:position] and ">" not in text[start:position]


def _is_line(said: re.Match[str]) -> bool:
    """Whether the word begins one line and the password is all of the next, as in a form."""
    line = said.string[max(0, said.start() - 80) : said.start()].rpartition("\n")[2]
    rest = said.string[said.end() : said.end() + 40].partition("\n")[0]
    return len(line.split()) < 2 and not rest.strip()
