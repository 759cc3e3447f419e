"""Where a setting comes from, to say where a fault stands: the line of a TOML file, or a variable."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\-]{1,200})")
_KEY = re.compile(r"\s*([\w-]{1,200})\s*=")

Where = tuple[Any, ...]
"""A place in a file: ("shop", 1, "staff", 0, "address") is the address of the second shop's first colleague."""


@dataclass
class Places:
    """Where each setting comes from: a line of the file, or a variable."""

    path: Path
    text: str
    variables: dict[Where, str] = field(default_factory=dict)

    def fault(self, where: Where, message: str) -> str:
        if name := self.variables.get(where):
            return f"{name}: {message}"
        key = ".".join(str(part) for part in where) or "the whole file"
        return f"{self.path}:{line_of(self.text, where)}: {key}: {message}"


def line_of(text: str, where: Where) -> int:
    """The line of a key, near enough to find it: that of the table around it when the key is not there."""
    best, line = 0, 1
    for place, number in _places(text):
        if best < len(place) and place == where[: len(place)]:
            best, line = len(place), number
    return line


def _places(text: str) -> Iterator[tuple[Where, int]]:
    section: Where = ()
    counts: dict[Where, int] = {}
    for number, content in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(content):
            section = ()
            names = header[2].split(".")
            for name in names:
                section = (*section, name)
                if name is names[-1] and header[1] == "[[":
                    counts[section] = counts.get(section, -1) + 1
                if section in counts:
                    section = (*section, counts[section])
            yield section, number
        elif key := _KEY.match(content):
            yield (*section, key[1]), number
