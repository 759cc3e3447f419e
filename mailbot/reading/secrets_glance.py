"""A glance at raw bytes that costs microseconds: False only where no secret can be."""

import re
from collections.abc import Callable

import re2

from mailbot.reading import transfer
from mailbot.reading.searching import holds

_MOST = 1 << 20  # bytes; larger mail is always looked at closely
_BETWEEN = r"[ \t\r\n._/=,*|>\x80-\xff-]|=[0-9a-f]{2}|<[^<>]*>|&#?[0-9a-z]+;"
_WORDS = (
    "passw", "pa\xc3\x9fw", "pa\xdfw", "passcode", "passphrase", "pwd", "pw:", "pwis", "pwist", "kennwort", "zugangs",
    "motdepasse", "motsdepasse", "mdp", "contrase", "clavedeacceso", "parolad", "parolachiave", "senha", "palavra",
    "wachtwoord", "paswoord", "toegangscode", "cvv", "cvc", "cvn", "csc", "cid:", "cidis", "securitycode",
    "verificationcode", "fnummer", "fziffer", "fcode", "codedes", "cryptogramme", "digodese", "codicedisicurezza",
    "veiligheidscode", "sicherheitscode", "3digitson", "cardverif", "cardsec",
)  # fmt: skip
_SQUEEZED = b" \t\r\n=-_*'\""
_HIDING = r"base64|utf-?16|utf-?7|utf-?32|x-uue|iso-2022|%20|\*[0-9]?\*?="
_ENCODED_WORD = re.compile(rb"=\?[^?\s]{1,60}\?([BbQq])\?([^?\n]{0,1000})\?=")
_SPOKEN = re.compile(
    rb"(?:subject|from|to|cc|reply-to|sender|comments|keywords|thread-topic|organization|content-[a-z]+|resent-\w+|"
    rb"[\w-]*subject|x-sender-name)[ \t]*:",
    re.I,
)
# Headers that programs write for programs: full of long numbers, and nobody types anything into them.
MACHINE = re.compile(
    rb"(?:received|dkim|domainkey|arc-|authentication|message-id|references|in-reply-to|date:|return-path|delivered-to|"
    rb"mime-version|content-(?:transfer|id|length)|list-|feedback-id|auto-submitted|precedence|thread-index|user-agent|"
    rb"x-(?:received|google|gm-|ms-|microsoft|forefront|exchange|spam|virus|mailer|sg-|ses-|amz|mailgun|mc-|proofpoint|"
    rb"mimecast|queue|envelope|originat|report|campaign|uid))",
    re.I,
)
_FIELD = re.compile(rb"^[\w-]{1,80}[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*", re.M)


def _search(pattern: str) -> Callable[[bytes], bool]:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.case_sensitive = False
    options.log_errors = False
    options.never_capture = True
    return holds(re2.compile(pattern.encode("latin-1"), options))


_holds_long_number = _search(rf"[0-9](?:(?:{_BETWEEN})*[0-9]){{11}}")
_holds_word = _search("|".join(_WORDS))
_holds_pass = _search(r"\bpass(?:[ \t]|=20)*(?:[:=]|-+(?:&gt;|>))")
_holds_card = _search(
    "card|kart|kaart|cart|tarjeta|visa|amex|maestro|cvv|cvc|pass|pw|kennw|wachtw|senha|contrase|mdp|clave"
)
_hides = _search(_HIDING)


def may_hold(raw: bytes) -> bool:
    """Whether a raw mail needs a closer look. Base64 text and the like hide what they say: such mail needs it."""
    if len(raw) > _MOST or _hides(raw):
        return True
    start = max(raw.find(b"\n\n"), raw.find(b"\n\r\n"), 0)
    return in_text(_spoken(raw[:start]) + raw[start:])


def in_text(data: bytes) -> bool:
    """Whether a card number or a word for a password stands in decoded or quoted-printable text."""
    return _holds_long_number(data) or _holds_word(data.translate(None, _SQUEEZED)) or _holds_pass(data)


def in_headers(block: bytes) -> bool:
    """The same for the headers that people read."""
    return in_text(_spoken(block))


def _spoken(block: bytes) -> bytes:
    """The headers that people or forms write, encoded words decoded beside them, glued where one text was cut."""
    lines = [line for found in _FIELD.finditer(block) if _is_spoken(line := found[0])]
    end = -1
    for word in _ENCODED_WORD.finditer(block) if b"=?" in block else ():
        if end >= 0 and not block[end : word.start()].strip():
            lines[-1] += _decoded(word)
        else:
            lines.append(_decoded(word))
        end = word.end()
    return b" | ".join([*lines, b""])


def _is_spoken(line: bytes) -> bool:
    return _SPOKEN.match(line) is not None or (_holds_card(line) and not MACHINE.match(line))


def _decoded(word: re.Match[bytes]) -> bytes:
    return transfer.from_base64(word[2]) if word[1] in b"Bb" else transfer.decode(word[2], "quoted-printable")
