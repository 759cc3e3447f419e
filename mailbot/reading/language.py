"""Tells the language of a mail by our own lexicon of little words, words of shop mail, endings and letters.

The score of each language is a field of one large integer, so that a text costs one look-up and one addition a word.
"""

import re
import struct
import unicodedata
from collections.abc import Iterable, Sequence

from mailbot.reading.language_letters import ENDINGS, LETTERS, NEUTRAL
from mailbot.reading.language_neighbours import WORDS as NEIGHBOURS
from mailbot.reading.language_words import WORDS

OURS = tuple(WORDS)
MOST = 640  # characters that are looked at: the language does not change later on
_MOST_WORDS = 100
_SHORT = 25  # words: a text up to this long is looked at more closely
_ALL = WORDS | NEIGHBOURS
_CODES = tuple(_ALL)
_FIELD = 16  # bits: the score of one language
_FIELDS = struct.Struct(f"<{len(_CODES)}H")
_SHIFT = {code: _FIELD * index for index, code in enumerate(_CODES)}
_PUNCTUATION = '.,!?;:()[]<>"/-*_#=+|«»„“”…–—&\\~`´'
_NOT_WORDS = re.compile(r"\S*(?:@|://|www\.)\S*")
_WEIGHTS = {1: 12, 2: 6, 3: 4, 4: 3, 5: 2}
_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("fa", re.compile("[پچژگ]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u0dff]")),
    ("xx", re.compile("[\u0530-\u058f\u0e80-\u10ff\u1200-\u137f]")),
)
_FOREIGN = re.compile("[\u0370-\u1dbf\u1f00-\u1fff\u2e80-\uffdc]")
_FEW = 4  # words
_KEPT = 2  # words: an answer so short keeps the language of the letter that it answers
_MANY = 11  # words
_LEAST = 4  # score: less says nothing
_CLEAR = 6  # score: enough against a hint that no word speaks for
_ENOUGH = 10  # score: one word that only one language has


def _plain(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def _lexicon() -> dict[str, int]:
    """Each word with its scores, packed; a word without its accents counts for the languages that have it with them."""
    owners: dict[str, set[str]] = {}
    for code, words in _ALL.items():
        for word in words.split():
            owners.setdefault(word, set()).add(code)
            owners.setdefault(_plain(word), set()).add(code)
    return {
        word: sum(_weight(word, codes) << _SHIFT[code] for code in codes)
        for word, codes in owners.items()
        if word not in NEUTRAL
    }


def _weight(word: str, codes: set[str]) -> int:
    """A shared word counts less, and so does a word of one or two letters. Small languages share much with ours."""
    weight = _WEIGHTS.get(len(codes), 1)
    return max(1, weight // 3) if len(word) == 1 else max(1, weight * 2 // 3) if len(word) == 2 else weight


def _packed(endings: dict[str, str]) -> dict[str, int]:
    owners: dict[str, list[str]] = {}
    for code, ends in endings.items():
        for ending in ends.split("|"):
            owners.setdefault(ending, []).append(code)
    return {ending: sum((4 // len(codes)) << _SHIFT[code] for code in codes) for ending, codes in owners.items()}


_LEXICON = _lexicon()
_ENDINGS = _packed(ENDINGS)
_GLUING = sum(0xFFFF << _SHIFT[code] for code in ("de", "nl", "sv", "da", "no", "fi"))
_LETTERS = {letter: tuple(codes.split()) for letter, codes in LETTERS.items()}
_MARKED = re.compile("[" + "".join(LETTERS) + "]")


def detect(text: str, *, hint: str = "") -> str:
    """The ISO 639-1 code of the language of a text.

    One of `OURS`; or the code of another language, "xx" for one we cannot name; or `hint` (the language of the letter
    that is answered) when the text is too short or too neutral to speak for itself, "" when there is no hint either.
    """
    text = text[:MOST]
    if script := _script(text):
        return script
    low = text.lower().replace("’", "'")
    if "@" in low or "//" in low or "www." in low:
        low = _NOT_WORDS.sub(" ", low)
    tokens = _words(low)
    if not tokens:
        return hint
    if hint and len(tokens) <= _KEPT:
        return hint  # "Thanks!", "OK, merci": loanwords and courtesy say nothing of a language
    scores, known = _scores(low, tokens)
    return _decide(scores, len(tokens), known, hint)


def likelier(text: str, codes: Sequence[str]) -> str:
    """Which of some languages a few words are in; "" where two of them are as likely."""
    low = text[:MOST].lower().replace("’", "'")
    scores, _ = _scores(low, _words(low))
    fields = _FIELDS.unpack(scores.to_bytes(_FIELDS.size, "little"))
    ranked = sorted(((fields[_CODES.index(code)], code) for code in codes), reverse=True)
    return ranked[0][1] if len(ranked) == 1 or ranked[0][0] > ranked[1][0] else ""


def candidates(text: str) -> list[str]:
    """Those of our languages that a few words may well be in, the likeliest first."""
    low = text[:MOST].lower().replace("’", "'")
    scores, _ = _scores(low, _words(low))
    fields = _FIELDS.unpack(scores.to_bytes(_FIELDS.size, "little"))
    ranked = sorted(((fields[_CODES.index(code)], code) for code in OURS), reverse=True)
    return [code for score, code in ranked if score and 3 * score >= ranked[0][0]]


def _scores(low: str, tokens: Sequence[str]) -> tuple[int, int]:
    """What the words, and where these say little the letters, say for each language; and how many words are known."""
    known = list(filter(None, map(_LEXICON.get, tokens)))
    scores = sum(known)
    if len(tokens) <= _SHORT or len(known) * 3 < len(tokens):
        scores += _by_letters(low, tokens)
    return scores, len(known)


def _words(low: str) -> list[str]:
    """The words; an elided one keeps its apostrophe and stands for itself (`j'`, `dell'`). Order codes are none."""
    for mark in _PUNCTUATION:
        if mark in low:
            low = low.replace(mark, " ")
    found = low.replace("'", "' ").split(None, _MOST_WORDS)
    if len(found) > _SHORT:
        return found
    return [word for word in found if word[0].isalpha() and not word[-1].isdigit()]


def _script(text: str) -> str:
    """The language of a script that none of ours uses, when most letters are written in it."""
    if text.isascii() or not _FOREIGN.search(text):
        return ""
    if len(_FOREIGN.findall(text)) * 2 < sum(map(str.isalpha, text)):
        return ""
    return next((code for code, script in _SCRIPTS if script.search(text)), "xx")


def _by_letters(low: str, tokens: Iterable[str]) -> int:
    """What the letters and the endings of unknown words say."""
    scores = 0
    for letter in _MARKED.findall(low)[:20]:
        for code in _LETTERS[letter]:
            scores += (6 // len(_LETTERS[letter])) << _SHIFT[code]
    for token in tokens:
        if len(token) > 4 and token not in _LEXICON and token not in NEUTRAL:
            scores += (
                _compound(token) or _ENDINGS.get(token[-4:]) or _ENDINGS.get(token[-3:]) or _ENDINGS.get(token[-2:], 0)
            )
    return scores


def _compound(token: str) -> int:
    """German and Dutch glue words: the last one tells (`studentenrabatt`, `studentenkorting`)."""
    starts = range(3, min(len(token) - 5, 16))
    return next((_LEXICON[token[at:]] & _GLUING for at in starts if token[at:] in _LEXICON), 0)


def _decide(scores: int, words: int, known: int, hint: str) -> str:
    """The language with the best score, unless it is too low for so many words, or too low against the hint."""
    fields = _FIELDS.unpack(scores.to_bytes(_FIELDS.size, "little"))
    (best, code), second = _best(fields, _CODES)
    hinted = fields[_CODES.index(hint)] if hint in _SHIFT else 0
    if words > _MANY and best < words and known * 5 < words:
        return hint if hinted and hinted == best else "xx"
    if best == 0 or code == hint:
        return hint
    if code not in OURS and best < 2 * _ENOUGH and best < second * 1.5:
        (best, code), second = _best(fields[: len(OURS)], OURS)  # a few shared words: rather one of ours
    if not hint:
        return code if best > second and best >= (_LEAST if words < _FEW else _LEAST // 2) else ""
    if not hinted and known == words and best >= _CLEAR:
        return code
    needed = _ENOUGH if words < _FEW else _ENOUGH // 2
    return code if best >= max(needed, hinted * (2 if words < _FEW - 1 else 1.3)) else hint


def _best(fields: tuple[int, ...], codes: tuple[str, ...]) -> tuple[tuple[int, str], int]:
    """The best score with its language, and the second best score."""
    best = max(fields)
    at = fields.index(best)
    return (best, codes[at]), max(fields[:at] + fields[at + 1 :])
