"""Content-Transfer-Encoding is undone, as far as broken mail allows."""

import binascii
import re

_NOT_BASE64 = bytes(sorted(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")))
_UU_BEGIN = re.compile(r"^begin(?:-base64)? [0-7]{3,4} ([^\n]{1,200})\n", re.M)
_UU_LINE = re.compile(r"[ -`]{1,62}\n")
_Y_BEGIN = re.compile(r"^=ybegin [^\n]{0,300}? name=([^\n]{1,200})\n", re.M)


def decode(data: bytes, encoding: str) -> bytes:
    """The body's bytes (RFC 2045 section 6, and uuencode). Never raises; what is broken is read as far as it goes."""
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    if encoding == "base64":
        return from_base64(data)
    if encoding in ("x-uuencode", "x-uue", "uuencode", "uue"):
        return _from_uu(data)
    return data


def from_base64(data: bytes) -> bytes:
    """Base64 without its padding, with foreign characters, or cut short."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        pass
    letters = data.partition(b"=")[0].translate(None, _NOT_BASE64)
    if len(letters) % 4 == 1:  # one letter alone is no byte
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"==")


def _from_uu(data: bytes) -> bytes:
    out = []
    for line in data.splitlines():
        if line.startswith(b"begin ") or line == b"end":
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue
    return b"".join(out)


def take_out_files(text: str) -> tuple[str, list[tuple[str, int]]]:
    """Takes out the files that stand in the text as uuencode or yEnc: the rest, and (name, size in bytes) of each."""
    files: list[tuple[str, int]] = []
    if "begin" not in text:
        return text, files
    text = _take_out(text, _UU_BEGIN, "\nend", files)
    return _take_out(text, _Y_BEGIN, "\n=yend", files), files


def _take_out(text: str, begin: re.Pattern[str], end: str, files: list[tuple[str, int]]) -> str:
    kept, position = [], 0
    while len(files) < 50 and (found := begin.search(text, position)):
        stop = text.find(end, found.end() - 1)
        if stop < 0 and not _UU_LINE.match(text, found.end()):
            break
        stop = len(text) if stop < 0 else stop
        kept.append(text[position : found.start()])
        files.append((found[1].strip(), (stop - found.end()) * 3 // 4))
        line_end = text.find("\n", stop + 1)
        position = len(text) if line_end < 0 else line_end + 1
    return "".join([*kept, text[position:]]) if kept or position else text
