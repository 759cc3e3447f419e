"""Header blocks are split, and header values made readable (RFC 5322 section 2.2, RFC 2047, RFC 2231)."""

import binascii
import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from itertools import islice
from urllib.parse import unquote_to_bytes

from mailbot.reading import charsets, transfer
from mailbot.reading.limits import Limits

Raw = list[tuple[str, str]]
"""(lower-case name, unfolded value); a character is a byte, so 8-bit values are still to be decoded."""

_LINE = re.compile(r"^([!-9;-~]{1,99})[ \t]{0,99}:[ \t]*(.*)$", re.M)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_PARAMETER = re.compile(r'[^;"]+|"[^"\\]*(?:\\.[^"\\]*)*"?|;', re.S)
_CONTINUED = re.compile(r"^([^*]{1,60})(?:\*(\d{1,3}))?(\*)?$")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")
_DATE = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})"
    r" (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"
)
_MONTHS = dict(Jan=1, Feb=2, Mar=3, Apr=4, May=5, Jun=6, Jul=7, Aug=8, Sep=9, Oct=10, Nov=11, Dec=12)  # noqa: C408
_CHARSET = re.compile(r"charset=[\s\"']*([\w.:-]{1,40})", re.I)


def split(block: bytes, limits: Limits) -> Raw:
    """The headers of a block, in order. Lines that are no headers are passed over."""
    text = block.decode("latin-1")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\n ", " ").replace("\n\t", " ")
    if text.count("\n") <= 4 * limits.headers:
        lines = _LINE.findall(text)[: limits.headers]
    else:
        lines = [found.groups() for found in islice(_LINE.finditer(text), limits.headers)]
    longest = limits.header_value
    return [(name.lower(), value[:longest].rstrip(" \t")) for name, value in lines]


def charset_hint(headers: Raw) -> str:
    """The charset that unlabelled 8-bit headers are most likely in: the one that the body claims."""
    for name, value in headers:
        if name == "content-type" and (found := _CHARSET.search(value)):
            return found[1]
    return ""


def read(found: Raw, hint: str, limits: Limits) -> tuple[tuple[str, str], ...]:
    """All headers, readable."""
    return tuple(
        (name, value)
        if value.isprintable() and value.isascii() and "=?" not in value
        else (name, readable(value, hint, limits))
        for name, value in found
    )


def readable(value: str, hint: str, limits: Limits) -> str:
    """A header's value as a person should see it: decoded, one line, no controls."""
    if "=?" in value:
        value = decode_words(value, hint, limits)
    elif not value.isascii():
        value = from_octets(value, hint)
    return clean(value)


def clean(value: str) -> str:
    """Without line breaks, controls, and characters that turn the direction of the text."""
    if value.isprintable():
        return value
    return _CONTROLS.sub(" ", value.replace("\r\n", " "))


def from_octets(value: str, hint: str) -> str:
    """Characters that stand for bytes become text; unlabelled, so it is guessed."""
    data = value.encode("latin-1", "replace")
    text = charsets.to_text(data)
    if "\x1b" not in value and charsets.codec_for(hint) not in ("", "utf-8", "cp1252"):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return charsets.to_text(data, hint)
    return text


def decode_words(value: str, hint: str, limits: Limits) -> str:
    """RFC 2047 as mailers really write it: words in quotes, with blanks, glued together, cut within a character."""
    out: list[str] = []
    run: list[bytes] = []  # bytes of neighbouring words in one charset: a character may be cut between them
    run_charset, position, words = "", 0, 0
    while words < limits.encoded_words and (word := _next_word(value, position)):
        start, end, charset, data = word
        words += 1
        between = value[position:start]
        glued = bool(run) and not between.strip(" \t")
        if run and not (glued and charset == run_charset):
            out.append(charsets.to_text(b"".join(run), run_charset))
            run = []
        if between and not glued:
            out.append(between if between.isascii() else from_octets(between, hint))
        run_charset, position = charset, end
        run.append(data)
    if run:
        out.append(charsets.to_text(b"".join(run), run_charset))
    rest = value[position:]
    out.append(rest if rest.isascii() else from_octets(rest, hint))
    return "".join(out)


def _next_word(value: str, position: int) -> tuple[int, int, str, bytes] | None:
    """The next encoded word: start, end, charset, bytes. Found by searching forward only, so in linear time."""
    while (start := value.find("=?", position)) >= 0:
        charset, mark, rest = value[start + 2 : start + 64].partition("?")
        if mark and rest[1:2] == "?" and rest[:1] in "bBqQ" and " " not in charset:
            body = start + 2 + len(charset) + 3
            if (end := value.find("?=", body)) < 0:
                return None
            data = _word_bytes(value[body:end].encode("latin-1", "replace"), rest[0])
            return start, end + 2, _header_charset(charset.partition("*")[0]), data
        position = start + 2
    return None


def _header_charset(label: str) -> str:
    """UTF-7 is not decoded in headers: RFC 2152 does not want it there, and it could smuggle brackets past checks."""
    return "us-ascii" if charsets.codec_for(label) == "utf-7" else label


def _word_bytes(data: bytes, encoding: str) -> bytes:
    if encoding in "bB":
        return transfer.from_base64(data)
    return binascii.a2b_qp(data, header=True)


def parameters(value: str, hint: str, limits: Limits) -> tuple[str, dict[str, str]]:
    """A structured value such as Content-Type: the part before the first `;` in lower case, and its parameters."""
    if ";" not in value:
        return value.strip().lower(), {}
    main, *rest = _split_parameters(value)
    found: dict[str, str] = {}
    continued: dict[str, list[tuple[int, bool, str]]] = {}
    for piece in rest[:100]:
        name, equals, text = piece.partition("=")
        name, text = name.strip().lower(), _unquote(text.strip())
        if not equals or not (shape := _CONTINUED.match(name)):
            continue
        if shape[2] is None and shape[3] is None:
            found.setdefault(name, text)
        else:
            continued.setdefault(shape[1], []).append((int(shape[2] or 0), bool(shape[3]), text))
    for name, pieces in continued.items():
        found[name] = _join_continued(pieces)
    return main.strip().lower(), {
        name: text if name == "boundary" else readable(text, hint, limits) for name, text in found.items()
    }


def _split_parameters(value: str) -> list[str]:
    if '"' not in value:
        return value.split(";")
    pieces, current = [], [""]
    for piece in _PARAMETER.findall(value):
        if piece == ";":
            pieces.append("".join(current))
            current = []
        else:
            current.append(piece)
    return [*pieces, "".join(current)]


def _unquote(text: str) -> str:
    if text.startswith('"'):
        return text.strip('"').replace('\\"', '"').replace("\\\\", "\\")
    return text.partition(" (")[0]


def _join_continued(pieces: list[tuple[int, bool, str]]) -> str:
    """RFC 2231: name*0*=charset'language'percent-text, name*1=more."""
    charset, octets = "", []
    for place, (_, encoded, text) in enumerate(sorted(pieces, key=lambda piece: piece[0])):
        if encoded and not place and text.count("'") >= 2:
            charset, _, rest = text.split("'", 2)
            octets.append(unquote_to_bytes(rest))
        else:
            octets.append(unquote_to_bytes(text) if encoded else text.encode("latin-1", "replace"))
    return charsets.to_text(b"".join(octets), charset)


def message_ids(value: str, most: int) -> tuple[str, ...]:
    """All Message-IDs of a value, with their brackets; the first and the newest where there are too many."""
    found = _MESSAGE_ID.findall(value)
    return tuple(found if len(found) <= most else found[:1] + found[1 - most :])


def message_id(value: str) -> str:
    """One Message-ID with its brackets, also where the sender forgot them."""
    if found := _MESSAGE_ID.search(value):
        return found[0]
    words = value.split(None, 1)
    return f"<{words[0].strip('<>')[:500]}>" if words and words[0].strip("<>") else ""


def date(value: str) -> datetime | None:
    """A date (RFC 5322 section 3.3, and what mailers make of it), aware and in UTC; None when it cannot be one."""
    try:
        if found := _DATE.match(value):
            day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
            clock = int(hour), int(minute), min(int(second), 59)
            local = datetime(int(year), _MONTHS[month], int(day), *clock, tzinfo=UTC)
            offset = timedelta(hours=int(hours), minutes=int(minutes))
            if offset >= timedelta(days=1):
                return None
            return local + offset if sign == "-" else local - offset
        parsed = parsedate_tz(value[:100])
        if parsed is None:
            return None
        zone = timezone(timedelta(seconds=parsed[9] or 0))
        return datetime(*parsed[:6], tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
