"""Takes secrets out of the headers of a mail or a part, and writes only those header lines anew."""

import base64
import re
from functools import partial

from mailbot.reading import card_words, headers, secrets_glance, secrets_text
from mailbot.reading.limits import LIMITS

Edit = tuple[int, int, bytes]
"""raw[start:end] becomes these bytes."""

_NAMED = frozenset(
    (
        "subject", "from", "to", "cc", "reply-to", "sender", "comments", "keywords", "thread-topic",
        "organization", "content-type", "content-disposition", "content-description", "x-original-subject",
        "resent-from", "resent-to", "x-sender-name",
    )
)  # fmt: skip
_WORD = re.compile(r"=\?[^?\s]{1,60}\?[Bb]\?[^?\s]{0,1000}\?=")
_PARAMETERS = re.compile(r"^(content-type|content-disposition)$")


def edit(raw: bytes, start: int, end: int, edits: list[Edit]) -> int:
    """The header lines of one block that say something to people: subject, names, file names."""
    count, position = 0, start
    stop = min(end, start + LIMITS.header_block)
    block = raw[start:stop]
    if b"*" not in block and not secrets_glance.in_headers(block):
        return 0
    for _ in range(2 * LIMITS.headers):
        if position >= stop:
            break
        line_end = _field_end(raw, position, stop)
        line = raw[position:line_end]
        name = line[:80].partition(b":")[0].strip().lower().decode("latin-1")
        if not secrets_glance.MACHINE.match(line):
            new, found = _scrub_field(line, name)
            if found:
                edits.append((position, line_end, new))
                count += found
        position = line_end
    return count


def _field_end(raw: bytes, start: int, stop: int) -> int:
    """Where a header ends that may go on over several lines."""
    position = start
    for _ in range(1000):
        line_end = raw.find(b"\n", position, stop)
        if line_end < 0:
            return stop
        position = line_end + 1
        if raw[position : position + 1] not in (b" ", b"\t"):
            return position
    return position


def _scrub_field(line: bytes, name: str) -> tuple[bytes, int]:
    """One header: what stands in it plainly is replaced in place; what is encoded makes the value be written anew."""
    ending = b"\r\n" if line.endswith(b"\r\n") else b"\n" if line.endswith(b"\n") else b""
    scrub = secrets_text.scrub if name in _NAMED or name.endswith("subject") else partial(_scrub_beside, name)
    label, _, value = line[: 8 * LIMITS.header_value].decode("latin-1").partition(":")
    plain, count = scrub(value) if "=?" not in value else _scrub_between_words(value)
    value = " ".join(plain.split("\n")) if count else value
    flat = headers.clean(value.strip()) if "\n" in value or "\r" in value else value.strip()
    if _PARAMETERS.match(name):
        new, found = _scrub_parameters(flat)
    else:
        shown = headers.readable(flat, "", LIMITS)
        new, found = scrub(shown) if shown != flat else (flat, 0)
        new = _encoded(new, flat) if found else flat
    if not (count or found):
        return line, 0
    return f"{label}: {new if found else flat}".encode("latin-1", "replace") + ending, count + found


def _scrub_between_words(value: str) -> tuple[str, int]:
    """What stands plainly beside encoded words: base64 looks like anything, "Pw==" too."""
    found = secrets_text.find(_WORD.sub(lambda word: "\0" * len(word[0]), value))
    return secrets_text.without(value, found), len(found)


def _scrub_beside(name: str, value: str) -> tuple[str, int]:
    """A header that a shop's form made up, "X-Form-Card: 4…": its name is read too, and a number needs a word there."""
    text = f"{name.removeprefix('x-').replace('-', ' ')}:"
    start, text = len(text), text + value
    spoken = card_words.CARD.search(text) is not None
    found = [one for one in secrets_text.find(text) if one.start >= start and (spoken or not one.is_card)]
    return secrets_text.without(text, found)[start:], len(found)


def _scrub_parameters(value: str) -> tuple[str, int]:
    """Content-Type and Content-Disposition: the file's name."""
    main, parameters = headers.parameters(value, "", LIMITS)
    count = 0
    for name in ("name", "filename"):
        new, found = secrets_text.scrub(parameters.get(name, ""))
        if found:
            parameters[name] = new.encode("ascii", "replace").decode().replace('"', "'")
            count += found
    return "; ".join([main, *(f'{name}="{text}"' for name, text in parameters.items())]), count


def _encoded(text: str, before: str) -> str:
    """A header's value as encoded words of at most 75 characters (RFC 2047); an address in brackets stays readable."""
    shown, bracket, address = text.partition(" <") if "<" in before else (text, "", "")
    octets = shown.encode("utf-8", "replace")
    words = [base64.b64encode(octets[place : place + 42]).decode() for place in range(0, len(octets), 42)]
    return " ".join(f"=?utf-8?b?{word}?=" for word in words) + bracket + address
