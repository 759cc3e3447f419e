"""What letters, endings and loan words say about a language: the help of the lexicon where words are unknown."""

NEUTRAL = frozenset((
    "ok", "okay", "info", "email", "mail", "e", "online", "pdf", "paypal", "visa", "mastercard", "sms", "url",
    "www", "http", "https", "com", "software", "video", "foto", "photo", "pro", "plus", "basic", "premium",
    "standard", "home", "windows", "mac", "android", "app", "web", "euro", "eur", "usd", "gmbh", "sarl", "srl",
    "ltd", "inc", "id", "tel", "fax", "usb", "dvd", "cd", "update", "upgrade", "cloud", "server", "shop",
    "ticket", "internet", "laptop", "iphone", "google", "amazon", "apple", "samsung", "microsoft",
))  # fmt: skip
"""Words that say nothing about the language of their writer."""

ENDINGS: dict[str, str] = {
    "en": "ing|ness|ould|ight|ough|ship",
    "fr": "eux|eaux|euse|ment|ère|aient|ette|oire|ez|eur",
    "de": "ung|ungen|keit|heit|lich|isch|schaft|tzt|cht|eln|ern|iert",
    "es": "ción|ciones|cion|ando|iendo|dad|eño|illo|amos|aron|ito",
    "it": "melo|telo|temi|temelo|zione|zioni|tto|tti|tta|gli|ggio|ità|zza|ndo|ato|iamo|ssimo|cchi",
    "pt": "ção|ções|ões|cao|coes|ão|inho|ando|endo|agem|eiro|eira|ndo|dade",
    "nl": "ijk|heid|eren|atie|aat|oor|eel|ijn|uis|tje|sch|oos|aar|een|eer",
}

LETTERS: dict[str, str] = {
    "ñ": "es", "¿": "es", "¡": "es", "ß": "de", "ã": "pt", "õ": "pt", "œ": "fr", "ê": "fr pt", "û": "fr",
    "ë": "nl fr",
    "î": "fr ro", "ù": "fr it", "ç": "fr pt tr", "ò": "it ca", "ì": "it", "ä": "de sv fi", "ö": "de sv fi hu tr",
    "ü": "de tr hu",
    "å": "sv da no", "ø": "da no", "æ": "da no", "ł": "pl", "ą": "pl", "ę": "pl", "ż": "pl", "ź": "pl",
    "ś": "pl", "ć": "pl hr",
    "ř": "cs", "ů": "cs", "ě": "cs", "č": "cs hr sk", "š": "cs hr sk", "ž": "cs hr sk", "ľ": "sk", "ő": "hu",
    "ű": "hu",
    "ı": "tr", "ş": "tr", "ğ": "tr", "ț": "ro", "ș": "ro", "ă": "ro vi", "đ": "hr vi", "ơ": "vi", "ư": "vi",
    "ạ": "vi",
}  # fmt: skip
"""Letters that point to a language."""
