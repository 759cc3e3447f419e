"""Cuts a text into words and marks as the rules see them: lower case, no accents, sentences and clauses told apart."""

import re
import unicodedata

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")  # tried once a word, so linear
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_TOKEN = re.compile("[^\\W\\d_]+|\\d+|[\x02\x03$€£]|[.!;:(][\\s)\"']|[?,\n]")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_MONTHS = (
    "jan(?:uar|ner)?|feb(?:ruar)?|mar(?:z)?|maerz|apr(?:il)?|mai|jun(?:i)?|jul(?:i)?|aug(?:ust)?|sep(?:t|tember)?"
    "|okt(?:ober)?|nov(?:ember)?|dez(?:ember)?"
)
_DAY = re.compile(rf"(?<![\w.,])(\d{{1,2}})\. (?=(?:{_MONTHS}|mahnung|quartal|rate)\b)")  # "am 3. mai"
_SHORT = re.compile(  # abbreviations whose dot ends no sentence
    r"\b(inkl|incl|zzgl|exkl|excl|bzw|ca|evtl|ggf|mwst|ust|approx|mr|mrs|ms|dr|sig|dott|sr|sra|dra|exmo|exma|mme|mlle"
    r"|bijv|dhr|mevr|idnr|hausnr|kdnr|bestnr|rgnr|(?:nr|no|num|art|abs|ref|tel|kd)(?=\. ?[\d#]))\. "
)
_DOTTED = re.compile(r"(?<![\w.])(?:[a-z]\.){2,4}(?=\s)")  # "a.u.b. ", "i.p.v. ", "z.b. " end no sentence either


def _fold_table() -> dict[int, str]:
    """Every accented Latin letter without its accent, and typographic apostrophes and quotes as plain ones."""
    table = {}
    for code in range(0xA1, 0x250):
        plain = unicodedata.normalize("NFKD", chr(code))
        bare = "".join(c for c in plain if not unicodedata.combining(c))
        if bare != chr(code) and bare.isascii():
            table[code] = bare
    table.update({ord(mark): "'" for mark in "’‘`´ʼ"})
    table.update({ord("ß"): "ss", ord("œ"): "oe", ord("æ"): "ae", ord("ø"): "o", 0xA0: " ", 0x202F: " ", 0xAD: ""})
    table.update(dict.fromkeys((*range(0x300, 0x370), 0x200B, 0x200C, 0x200D, 0xFEFF), ""))
    table.update({ord("…"): ". ", ord("¿"): " ", ord("¡"): " ", ord("？"): "?", ord("！"): "! "})
    return table


_FOLD = _fold_table()


_IS = re.compile(r"(?<![^\W_])[èé](?![^\W_])")  # "is" in Italian and Portuguese; without its accent it would be "and"


def fold(text: str) -> str:
    """The text in lower case without accents: `Clé PERDUE` is `cle perdue`, and `don't` is `dont`."""
    text = text.lower()
    if not text.isascii():
        if "è" in text or "é" in text:
            text = _IS.sub("ɛ", text)
        text = text.translate(_FOLD)
    return text.replace("n't", "nt")


def tokens(text: str) -> list[str]:
    """The words and marks of a text, folded. A line break inside a paragraph is nothing, an empty line is one mark."""
    folded = fold(text)
    if "@" in folded:
        folded = _EMAIL.sub(" \x02 ", folded)
    if "://" in folded or "www." in folded:
        folded = _LINK.sub(" \x03 ", folded)
    if "\n" in folded:
        folded = _paragraphs(folded)
    if "," in folded:
        folded = _DECIMAL.sub(".", folded)
    if ". " in folded:
        folded = _SHORT.sub(r"\1 ", _DAY.sub(r"\1 ", folded))
        folded = _DOTTED.sub(lambda found: found[0].replace(".", ""), folded)
    return _TOKEN.findall(folded + " ")


def _paragraphs(text: str) -> str:
    """Joins the lines of a wrapped paragraph; short lines, list items and empty lines end a sentence."""
    parts: list[str] = []
    for line in text.split("\n"):
        stripped = line.strip()
        if not stripped or stripped[0] in "-*•" or (parts and len(parts[-1]) < 50):
            parts.append("\n")
        parts.append(stripped)
    return " ".join(part for part in parts if part)


_LETTERS: dict[str, str] = {}
