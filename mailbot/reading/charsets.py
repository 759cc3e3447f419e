"""Bytes become text, whatever their charset claims to be."""

import re

# Labels are looked up here and never given to `codecs.lookup`: it imports modules by name and knows codecs that are
# no charsets. What is not listed is guessed. Right-hand sides follow the WHATWG Encoding Standard where labels lie.
_FAMILIES = {
    "utf-8": "utf8 utf-8 unicode-1-1-utf-8 utf8mb4 utf-8-sig x-unicode20utf8 unicode11utf8",
    "cp1252": "us-ascii ascii ansi_x3.4-1968 iso-8859-1 iso8859-1 iso_8859-1 latin1 l1 latin-1 cp1252 windows-1252 "
    "x-cp1252 iso-ir-100 ibm819 cp819 8859-1 ansi windows1252",
    "iso8859-15": "iso-8859-15 iso8859-15 latin9 latin-9 l9",
    "iso8859-2": "iso-8859-2 iso8859-2 latin2 latin-2 l2",
    "iso8859-3": "iso-8859-3 latin3",
    "iso8859-4": "iso-8859-4 latin4",
    "iso8859-5": "iso-8859-5 cyrillic",
    "iso8859-6": "iso-8859-6 iso-8859-6-i iso-8859-6-e arabic",
    "iso8859-7": "iso-8859-7 greek",
    "iso8859-8": "iso-8859-8 iso-8859-8-i iso-8859-8-e hebrew",
    "cp1254": "iso-8859-9 latin5 windows-1254 cp1254",
    "iso8859-10": "iso-8859-10 latin6",
    "cp874": "tis-620 iso-8859-11 windows-874 cp874",
    "iso8859-13": "iso-8859-13 latin7",
    "iso8859-14": "iso-8859-14 latin8",
    "iso8859-16": "iso-8859-16 latin10",
    "cp1250": "windows-1250 cp1250 x-cp1250",
    "cp1251": "windows-1251 cp1251 x-cp1251 cp-1251",
    "cp1253": "windows-1253 cp1253",
    "cp1255": "windows-1255 cp1255",
    "cp1256": "windows-1256 cp1256",
    "cp1257": "windows-1257 cp1257",
    "cp1258": "windows-1258 cp1258",
    "koi8-r": "koi8-r koi8 koi",
    "koi8-u": "koi8-u koi8-ru",
    "cp437": "cp437 ibm437",
    "cp850": "cp850 ibm850 cp-850",
    "cp852": "cp852 ibm852",
    "cp866": "cp866 ibm866",
    "mac-roman": "macintosh mac x-mac-roman macroman",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "gb2312 gbk gb18030 cp936 ms936 windows-936 x-gbk gb_2312-80 chinese euc-cn",
    "hz": "hz hz-gb-2312",
    "big5hkscs": "big5 big5-hkscs cn-big5 x-x-big5 cp950",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji cp932 windows-31j ms932",
    "euc-jp": "euc-jp eucjp x-euc-jp",
    "iso2022_jp_ext": "iso-2022-jp iso-2022-jp-1 iso-2022-jp-3 iso-2022-jp-ext csiso2022jp cp50220 cp50221 iso2022jp",
    "cp949": "euc-kr euckr ks_c_5601-1987 ks_c_5601 ksc5601 korean cp949 windows-949 uhc",
    "iso2022_kr": "iso-2022-kr",
    "utf-16": "utf-16 utf16 unicode ucs-2",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
    "utf-32": "utf-32 utf32",
    "utf-7": "utf-7 utf7 unicode-1-1-utf-7 x-unicode-2-0-utf-7",
}
_CODECS = {label: codec for codec, labels in _FAMILIES.items() for label in labels.split()}
_ESCAPES = ("iso2022_jp_ext", "iso2022_kr", "hz", "utf-7")  # seven-bit codes: ASCII bytes that are not ASCII
_WIDE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32")
_MISLABELLED = {"iso2022_jp_ext": ("cp932", "euc-jp"), "euc-jp": ("cp932",), "cp932": ("euc-jp",)}
_FOREIGN = re.compile(rb"[\x80-\xff]{4}")
_HIGH = re.compile(rb"[\x80-\xff]+")
_JAPANESE_ESCAPE = re.compile(rb"\x1b\$[B@]|\x1b\([JI]")


def codec_for(label: str) -> str:
    """The codec for a charset's label, or "" when it is unknown."""
    return _CODECS.get(label, "") or _CODECS.get(label.strip(" \t\"'").lower(), "")


def to_text(data: bytes, label: str = "") -> str:
    """Decodes bytes that claim the charset `label`. Never raises: what cannot be read becomes U+FFFD."""
    codec = codec_for(label)
    if data.isascii() and codec not in _WIDE and not (codec in _ESCAPES or b"\x1b" in data):
        return data.decode("ascii")
    if codec in ("", "utf-8", "cp1252"):
        return _unsure(data, guess=codec != "cp1252")
    for attempt in (codec, *_MISLABELLED.get(codec, ()), "utf-8"):
        try:
            return data.decode(attempt)
        except (UnicodeError, ValueError):
            continue
    return _loose(data, codec)


def _unsure(data: bytes, *, guess: bool) -> str:
    """For labels that are often wrong: valid UTF-8 is UTF-8, whatever the label says."""
    if _JAPANESE_ESCAPE.search(data):
        return _loose(data, "iso2022_jp_ext")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(data) - len(text)  # each good character of UTF-8 is shorter as text than as bytes
    if whole > 2 * broken:
        return text
    foreign = _FOREIGN.search(data) if guess else None
    return _loose(data, _guess(data[max(foreign.start() - 1000, 0) :][:4000]) if foreign else "cp1252")


def _guess(data: bytes) -> str:
    """For text without a label in which long runs of 8-bit bytes show that it is not in Latin letters."""
    runs = _HIGH.findall(data)
    octets = b"".join(runs)
    latin = sum(chr(octet).isalpha() for octet in data if octet < 0x80)
    if sum(octet >= 0xC0 for octet in octets) > 0.9 * len(octets) and latin < len(octets):
        return "cp1251" if sum(octet >= 0xE0 for octet in octets) * 2 > len(octets) else "koi8-r"
    if all(len(run) % 2 == 0 for run in runs) and min(octets) >= 0xA1:
        korean = sum(0xB0 <= octet <= 0xC8 for octet in octets[::2])
        return "cp949" if korean > 0.9 * len(octets[::2]) else "gb18030"
    return "cp1252"


def _loose(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec, "replace")
    except (UnicodeError, ValueError, LookupError):
        return data.decode("utf-8", "replace")
