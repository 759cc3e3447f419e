"""A glance at raw bytes that costs microseconds: False only where no secret can be."""

import re
from collections.abc import Callable

import re2

from mailbot.reading import transfer
from mailbot.reading.searching import holds

_MOST = 1 << 20  # bytes; larger mail is always looked at closely
_BETWEEN = r"[ \t\r\n._/=\x80-\xff-]|=[0-9a-f]{2}|<[^<>]*>|&#?[0-9a-z]+;"
_WORDS = (
    "passw", "passcode", "passphrase", "pass:", "pwd", "pw:", "pwis", "pwist", "kennwort", "zugangswort", "motdepasse",
    "motsdepasse", "mdp", "contrase", "clavedeacceso", "parolad", "senha", "palavra", "wachtwoord", "cvv", "cvc", "cvn",
    "csc", "cid:", "cidis", "securitycode", "verificationcode", "fnummer", "fziffer", "codedes", "cryptogramme",
    "digodese", "codicedisicurezza", "veiligheidscode", "sicherheitscode", "3digitson", "cardverif", "cardsec",
)  # fmt: skip
_SQUEEZED = b" \t\r\n=-_*'\""
_HIDING = r"base64|utf-?16|utf-?7|utf-?32|x-uue|iso-2022|%20|\*[0-9]?\*?="
_ENCODED_WORD = re.compile(rb"=\?[^?\s]{1,60}\?([BbQq])\?([^?\n]{0,1000})\?=")
_SPOKEN = re.compile(
    rb"^(?:subject|from|to|cc|reply-to|sender|comments|keywords|thread-topic|organization|content-[a-z]+|resent-\w+|"
    rb"[\w-]*subject|x-sender-name):[^\n]*(?:\n[ \t][^\n]*)*",
    re.I | re.M,
)


def _search(pattern: str) -> Callable[[bytes], bool]:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.case_sensitive = False
    options.log_errors = False
    options.never_capture = True
    return holds(re2.compile(pattern.encode("latin-1"), options))


_holds_long_number = _search(rf"[0-9](?:(?:{_BETWEEN})*[0-9]){{11}}")
_holds_word = _search("|".join(_WORDS))
_hides = _search(_HIDING)


def may_hold(raw: bytes) -> bool:
    """Whether a raw mail needs a closer look. Base64 text and the like hide what they say: such mail needs it."""
    if len(raw) > _MOST or _hides(raw):
        return True
    start = max(raw.find(b"\n\n"), raw.find(b"\n\r\n"), 0)
    return in_text(_spoken(raw[:start]) + raw[start:])


def in_text(data: bytes) -> bool:
    """Whether a card number or a word for a password stands in decoded or quoted-printable text."""
    return _holds_long_number(data) or _holds_word(data.translate(None, _SQUEEZED))


def in_headers(block: bytes) -> bool:
    """The same for the headers that people read."""
    return in_text(_spoken(block))


def _spoken(block: bytes) -> bytes:
    """The headers that people read, encoded words decoded beside them; the others are full of long numbers."""
    lines = [found[0] for found in _SPOKEN.finditer(block)]
    if b"=?" in block:
        lines += [_decoded(found) for found in _ENCODED_WORD.finditer(block)]
    return b" | ".join([*lines, b""])


def _decoded(word: re.Match[bytes]) -> bytes:
    return transfer.from_base64(word[2]) if word[1] in b"Bb" else transfer.decode(word[2], "quoted-printable")
