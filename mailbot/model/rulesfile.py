"""Rules files in TOML: their tables, and their faults with file, line and key, as whoever edits the file needs them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HEADER = re.compile(r"^\s*\[\[?([^\[\]#]{1,200})\]")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-.]{1,200})\s*=")
_AT_LINE = re.compile(r"at line (\d{1,9})")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the file, its line (0: the file as a whole), the dotted key ("" for none) and what is wrong."""

    file: Path
    line: int
    key: str
    text: str

    def __str__(self) -> str:
        key = f"{self.key}: " if self.key else ""
        return f"{self.file}:{self.line}: {key}{self.text}"


class RulesFault(ValueError):
    """A rules file cannot be used; `faults` names everything that is wrong with it."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class RulesFile:
    """One TOML file with the line of each of its keys, to say where a value came from."""

    path: Path
    data: dict[str, Any]
    lines: dict[str, int]

    def line(self, key: str) -> int:
        """The line of the dotted key, or of the nearest table around it that the file names; 0 when there is none."""
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return self.lines.get(key, 0)


def parse(path: Path, content: bytes) -> RulesFile:
    """The file's content as tables. Raises RulesFault when it is not TOML in UTF-8."""
    try:
        text = content.decode()
        return RulesFile(path, tomllib.loads(text), _lines(text))
    except UnicodeDecodeError as error:
        raise RulesFault(Fault(path, 0, "", f"is not UTF-8 (byte {error.start})")) from None
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        raise RulesFault(Fault(path, int(found[1]) if found else 0, "", f"is not TOML: {error}")) from None


def merge(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The old tables with the new ones laid over them, key by key; lists and values are replaced whole."""
    both = {
        key: merge(old[key], value) if isinstance(value, dict) and isinstance(old.get(key), dict) else value
        for key, value in new.items()
    }
    return {**old, **both}


def _lines(text: str) -> dict[str, int]:
    """Dotted key → line. Good for files written by people: keys inside a multi-line value are not looked for."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = header[1].strip()
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault(f"{table}.{key[1]}" if table else key[1], number)
    return lines
