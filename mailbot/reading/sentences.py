"""Tells sentences that people write from names, titles and addresses, by the little words of the seven languages."""

import re2

_LONG = 90  # characters of a line that are looked at
_options = re2.Options()
_options.log_errors = False
_options.case_sensitive = False
_options.never_capture = True

_ADDRESS = re2.compile(r"@|www\.|https?:|[|•·]|\+\d|\d[\d /().-]{5,30}\d", _options)
_CONTACT = re2.compile(
    r"@|www\.|https?:|[|•·]|\+\d|\d[\d /().-]{5,30}\d|\b(?:tel|fax|phone|mobil|handy|e-?mail|mail|tél|tlf|gsm)\b",
    _options,
)
_I = re2.compile(
    # "I" must not be the Italian article ("i link"), and stands for a person only as a capital
    r"(?:^|[^\pL\pN.])(?-i:I(?:['’](?:m|ve|d|ll))?|[Jj]['’]ai|[Jj]['’]\pL+)(?:$|[^\pL\pN.&])"
    r"|(?:^|[^\pL\pN])(?:ich|yo|io|(?-i:[Ee]u)|ik)(?:$|[^\pL\pN])"
    # "je" is "you" in Dutch: in French a verb or another little word follows
    r"|(?:^|[^\pL\pN])je (?:ne|n['’]|suis|vous|me|m['’]|veux|voudrais|souhaite|demande|refuse|viens|pense|crois|les?|la"
    r"|lui|peux|dois|reçois|paye|paie)"
    r"|(?:^|[^\pL\pN])(?:he recibido|no soy|recibí|ho ricevuto|non sono (?:il|la|io)|non sono l['’]|mi è (?:stat|arriv)"
    r"|recebi|não sou)",
    _options,
)
_MINE = re2.compile(
    r"(?:^|[^\pL\pN])(?:me|my|mine|mir|mich|mein(?:e[mnrs]?)?|moi|mon|mes|mis?|mí|mio|mia|miei|mie"
    r"|meus?|minhas?|mij|mijn)(?:$|[^\pL\pN])"
    r"|(?:^|[^\pL\pN])m['’]\pL",
    _options,
)
_ASKING = (
    "please|pls|plz|bitte|svp|stp|s['’]il|veuillez|merci de|por favor|per favore|prego|cortesemente|graag|alstublieft"
    "|alsjeblieft|aub"
)
_POLITE = re2.compile(rf"(?:^|[^\pL\pN.])(?:{_ASKING})(?:$|[^\pL\pN])", _options)
_PLEAS = _ASKING + (
    # the one who writes, and the one who is written to
    "|i['’]m|i['’]ve|my|you|ich|mir|mich|meine?[mnrs]?|sie|ihnen|je|j['’]ai|ma|mes|vous|quiero|necesito|yo|ustedes?"
    "|vorrei|voglio|mio|mia|vi|eu|quero|preciso|meu|minha|ik|mijn|jullie"
    # what is so, and what is not
    "|not|don['’]t|doesn['’]t|didn['’]t|nicht|keine?n?|noch|ist|sind|wurde|wird|habe|möchte|will|doch"
    "|ne|pas|est|n['’]est|n['’]ai|voudrais|está|aún|todavía|pero|non|sono|ancora|però|não|ainda"
    "|niet|geen|wil|heb|kunt|is|are|was|have|want|need|but|also|too|still"
)
_PLEA = re2.compile(r"(?:^|[^\pL\pN.])(?:" + _PLEAS + r")(?:$|[^\pL\pN])", _options)
_ASK = re2.compile(
    r"(?:^|[^\pL\pN])(?:storn|kündig|widerr|erstatt|lösch|schick|sende|cancel|refund|withdraw|delete|send |annul|résil"
    r"|rembours|envoy|supprim|cancele|anul|reembols|devol|envíe|elimin|borr|rimbors|recesso|annulla|invia|apag|envie"
    r"|terugbet|herroep|opzeg|stuur|verwijder)",
    _options,
)
_CARD_WORDS = """
    a al am and at aus avec bei by da dal das de degli dei del della den der des di die do dos du e el en et for
    für het i im in la las le les los met na of on op para per por rue sur te the to und van via vom von y zu
    zum zur with mit
"""
"""Lower-case words of names, titles and addresses ("Head of Sales", "12 rue de la Paix")."""
_ON_CARDS = frozenset(_CARD_WORDS.split())


def is_prose(line: str) -> bool:
    """Many words, few of them capitalised, or a plea: a sentence rather than a name, a title or an address."""
    words = line[:_LONG].split()
    if line.endswith("?") and len(words) > 2:
        return True
    if len(words) > 1 and pleads(line) and (len(words) > 2 or _has_low(words)):
        return True
    if len(words) > 1 and asks(line) and (line[-1] in ".!" or _has_low(words)):
        return True
    if len(words) < 4 or has_contact(line):
        return False
    return _has_low(words) and sum(word[0].islower() for word in words) * 2 > len(words)


def has_prose(lines: list[str]) -> bool:
    """Whether any line is a sentence."""
    return any(is_prose(line) for line in lines[:60] if line)


def may_tell(line: str, *, named: bool) -> bool:
    """Whether a line is anything but a name, a title, an address or a number; unless `named`, it may be the name."""
    words = line[:_LONG].split()
    if asks(line):
        return True
    return len(words) > (1 if named else 3) and not has_contact(line) and _has_low(words)


def asks(line: str) -> bool:
    """Whether a line holds the stem of a word for something that is asked of a shop."""
    return _ASK.search(line[:_LONG]) is not None


def wishes(text: str) -> bool:
    """Whether a text asks for something, politely or not."""
    return _ASK.search(text) is not None or _POLITE.search(text) is not None


def _has_low(words: list[str]) -> bool:
    return any(word[0].islower() and word.rstrip(".,:!") not in _ON_CARDS for word in words)


def pleads(line: str) -> bool:
    """Whether a line holds a word with which people ask, speak of themselves, or say that something is or is not."""
    return _PLEA.search(line[:_LONG]) is not None or says_i(line[:_LONG])


def says_i(text: str) -> bool:
    """Whether somebody speaks of what they did or are."""
    return _I.search(text) is not None


def says_mine(text: str) -> bool:
    """Whether somebody speaks of what is theirs or was done to them."""
    return _MINE.search(text) is not None


def has_contact(line: str) -> bool:
    """Whether a line holds an address, a link or a telephone number, or a word for one."""
    return _CONTACT.search(line[:200]) is not None


def has_address(line: str) -> bool:
    """Whether a line holds an address, a link or a telephone number."""
    return _ADDRESS.search(line[:200]) is not None
