"""Mails from files: a single mail, a folder of them, or an .mbox, one after the other in constant memory."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

_BOXES = {".mbox", ".mbx"}
_MOST = 64 * 2**20  # bytes of one mail; what is longer is cut there and read as far as it goes


def mails_in(path: Path) -> Iterator[tuple[str, bytes]]:
    """(source, raw mail) in order: `box.mbox#3` for the third mail of a box. Raises OSError."""
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and not inner.name.startswith("."):
                yield from mails_in(inner)
    elif path.suffix.lower() in _BOXES or path.name == "mbox":
        with path.open("rb") as file:
            for number, raw in enumerate(_split(file), 1):
                yield f"{path}#{number}", raw
    else:
        with path.open("rb") as file:
            yield str(path), file.read(_MOST)


def is_one_mail(paths: Sequence[Path]) -> bool:
    """Whether there is no more to read than one mail."""
    return len(paths) == 1 and paths[0].is_file() and paths[0].suffix.lower() not in _BOXES and paths[0].name != "mbox"


def _split(file: BinaryIO) -> Iterator[bytes]:
    """The mails of an mbox (RFC 4155): a line "From …" after an empty line begins the next; ">From" is unquoted."""
    lines: list[bytes] = []
    size, started, blank = 0, False, True
    while line := file.readline(2**20):
        if blank and line.startswith(b"From "):
            if started:
                yield b"".join(lines)
            lines, size, started, blank = [], 0, True, False
            continue
        blank = line in (b"\n", b"\r\n")
        if blank and not started:
            continue
        if line.startswith(b">") and line.lstrip(b">").startswith(b"From "):
            line = line[1:]
        started = True
        if size < _MOST:
            lines.append(line)
            size += len(line)
    if started:
        yield b"".join(lines)
