"""How much of a mail is read: beyond these limits it is cut, never refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is looked at. Bytes where bytes are read, characters where text is kept.

    They bound time and memory: nothing in a reader may grow faster than what these allow.
    """

    size: int = 32 << 20  # bytes of the whole mail that are searched for parts
    header_block: int = 256 << 10  # bytes of one block of headers
    part_headers: int = 8 << 10  # bytes of the headers of one part
    headers: int = 400  # lines of headers kept of one block
    header_value: int = 8 << 10  # characters of one header
    encoded_words: int = 200  # RFC 2047 words decoded in one header
    addresses: int = 200  # of one header
    references: int = 100  # Message-IDs of one header
    parts: int = 200  # MIME parts looked at
    depth: int = 20  # multiparts inside each other
    delimiters: int = 4_000  # lines that look like a part's delimiter
    text: int = 256 << 10  # characters of text
    html: int = 256 << 10  # characters of HTML
    attachments: int = 200  # listed
    report: int = 64 << 10  # bytes of one machine-readable part
    reports: int = 20  # machine-readable parts kept


LIMITS = Limits()
"""What an ordinary installation reads."""
