"""What the words around a long number say that it is: a payment card's, or an order's, a key's, a telephone's."""

import re

SEEN = 120  # characters before a number that are looked at

CARD = re.compile(
    r"\b(?:(?<!gift )(?<!sim )(?<!sd )(?<!memory )(?<!graphics )(?<!sound )(?<!video )(?<!loyalty )(?<!business )"
    r"(?:credit|debit|bank|giro|ec|kredit|visa|prepaid)?-?(?:card|karte|kaart)s?n?(?:nummer|number|num|no|nr)?|"
    r"kartennummer|kaartnummer|cartes?|cartoes|cart[aã]o|tarjetas?|carta|carte|cb|cc|visa|master ?card|maestro|amex|"
    r"american express|diners|jcb|discover|unionpay|mir|rupay|cvv2?|cvc2?|expir\w{0,6}|pan)\b",
    re.I,
)
# What people call other long numbers. The first list is of things whose numbers look like a card's and whose name may
# stand far from them ("the key for my program is ..."); the second of things that are spoken of beside cards ("the card
# for my order"), so they must stand right before the number.
_CALLED = (
    r"track\w{0,8}|sendung\w{0,10}|paket\w{0,10}|suivi|colis|env[ií]o|seguimiento|spedizione|rastre\w{0,8}|zending|"
    r"imei|serial\w{0,8}|seri\w{0,8}|s[ée]rie|licen[cs]\w{0,8}|lizenz\w{0,12}|liceni?z\w{0,8}|licencia|licenza|licen[çc]a|"
    r"keys?|cl[ée]|schl[üu]ssel|chiave|clave|chave|sleutel|activation|aktivierung\w{0,8}|"
    r"iban|bic|phone|tel|telefon\w{0,8}|t[ée]l[ée]phone|fax|mobile|handy|gsm|m[oó]vil|cellulare|telem[oó]vel|"
    r"siret|siren|ean|gtin|isbn|upc|vat|ust\w{0,8}|tva|iva|btw|ssn|kid|ocr|ref\w{0,10}|transa[ck]\w{0,10}"
)
_BESIDE = (
    r"orders?|order(?:nummer|number|no|nr|id)|bestel\w{0,15}|auftr[aä]g\w{0,10}|commandes?|pedidos?|ordin[ei]|encomendas?|mandats?\w{0,12}|"
    r"invoices?|rechnung\w{0,10}|factur\w{0,8}|fattur[ae]|faturas?|bon|quittung\w{0,6}|receipts?|code|c[oó]digo|codice|"
    r"ticket|case|vorgang\w{0,10}|customer|kunden?\w{0,10}|client\w{0,4}|klant\w{0,8}|"
    r"konto\w{0,10}|account|compte|cuenta|conto|conta|rekening\w{0,8}|id"
)
_OTHER = re.compile(rf"\b(?:{_CALLED}|{_BESIDE})\b|(?<!cc)(?<!cc )(?<!card)(?<!card )#", re.I)
_FAR = re.compile(rf"\b(?:{_CALLED})\b", re.I)
_LABEL = re.compile(r"[:#=]|\b(?:n[ro°º]|num\w{0,5}|n[uú]m\w{0,5})|nummer|number", re.I)
_LINKS = re.compile(
    r"[\W_]{0,5}(?:(?:no|nr|n|num|n[uú]mero|num[eé]ro|nummer|number|numbers|confirmation|reference|id|code|key|"
    r"n[º°]|is|was|ist|war|est|[ée]tait|es|era|[èé]|lautet|luidt|portant|"
    r"(?:with|mit|avec|con|com|met)(?= (?:(?:the|der|le|el|il|o|het) )?n[uoºr°])|the|der|dem|die|das|le|la|el|il|o|de|"
    r"het|my|your|of|from|this|that|and|und|et|y|e|en)\b[\W_]{0,5}){0,5}",
    re.I,
)
_ACCOUNT = re.compile(r"konto\w{0,10}|account|compte|cuenta|cont[oa]|rekening\w{0,8}", re.I)
_DETAILS = re.compile(r"\b(?:exp(?:ir\w{0,6})?|cv[vc]2?|valid|g[üu]ltig bis|valable|v[aá]lid[ao]|geldig)\b", re.I)
_SENTENCE = re.compile(
    r"(?<!\bno)(?<!nr)(?<!\bn)(?<!\bnum)(?<!\bnúm)(?<!\btel)(?<!\bexp)[.!?;]\s|"
    r"\n[\s>]*\n|\d{4}|\n(?=[^\n]{2,30}:[ \t]*$)",
    re.I,
)


def spoken_of(before: str, after: str) -> bool:
    """Whether a word such as "card" stands near."""
    return bool(CARD.search(before) or CARD.search(after))


def named_otherwise(before: str, after: str, *, certain: bool) -> bool:
    """Whether the sentence up to a number says that it is something else's ("order no. 4…").

    A card named in the same sentence wins ("the card for my order is 4…"), unless a new clause names the number ("paid
    by card, order no. 4…"); so does an expiry date behind the number. Numbers that are not `certain` to be a card's are
    believed to be what stands nearest.
    """
    sentence = _last(_SENTENCE, before)
    others = list(_OTHER.finditer(sentence))
    if not others or CARD.search(sentence, others[-1].end()):
        return False
    nearest = others[-1]
    if certain and _DETAILS.search(after) and not _FAR.search(sentence):
        return False
    governs = _LINKS.fullmatch(sentence, nearest.end()) is not None
    cards = [card.end() for card in CARD.finditer(sentence, 0, nearest.start())]
    if not cards:
        return governs or not certain or bool(_FAR.search(sentence[-45:]))
    between = sentence[cards[-1] : nearest.start()]
    if _ACCOUNT.fullmatch(nearest[0]):
        return False
    return governs and "," in between and (not certain or bool(_LABEL.search(sentence, nearest.start())))


def _last(edge: re.Pattern[str], text: str) -> str:
    """What follows the last edge."""
    ends = [found.end() for found in edge.finditer(text)]
    return text[ends[-1] :] if ends else text
