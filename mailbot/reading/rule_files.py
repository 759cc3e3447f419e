"""One rules file: its tables and lists, and its faults with file and line."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from mailbot.model.mail import KINDS
from mailbot.model.rulesfile import RulesFault
from mailbot.model.rulesfile import parse as parse_toml
from mailbot.model.shop import LANGUAGES
from mailbot.reading.patterns import Node, PatternError, parse


class RulesError(ValueError):
    """A rules file is wrong. The message names file and line, and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """One parsed rules file, and its text to find the lines of its faults in."""

    path: Path
    data: Mapping[str, Any]
    text: str
    lines: Mapping[str, int] = field(default_factory=dict)  # of its keys, such as "en.says"
    own: bool = False  # a file of the shop's, not a shipped one

    def error(self, needle: str, message: str, key: str = "") -> RulesError:
        return RulesError(f"{self.path}:{self.lines.get(key) or self.line(needle)}: {message}")

    def place(self, needle: str) -> str:
        """Where it stands, for people who know the folder."""
        line = self.line(needle)
        return f"{self.path.name}:{line}" if self.path.parent.name == "rules" else f"{self.path}:{line}"

    def line(self, needle: str) -> int:
        written = (needle, needle.replace("\\", "\\\\"))  # as it is, or with TOML's escapes
        found = [at for way in written if needle and way.splitlines() == [way] and (at := self.text.find(way)) >= 0]
        return bisect_right(_line_starts(self.text), min(found)) if found else 1

    def allow(self, keys: set[str], table: str = "") -> None:
        for key in self.table(table) if table else self.data:
            if key not in keys:
                place = f"{table}.{key}" if table else key
                raise self.error(key, f"'{key}' is not known here; allowed: {', '.join(sorted(keys))}", place)

    def table(self, name: str) -> Mapping[str, Any]:
        table = self.data.get(name, {})
        if not isinstance(table, dict):
            raise self.error(name, f"'{name}' must be a table: [{name}]", name)
        return table

    def tables(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        return ((name, self.table(name)) for name in self.data)

    def languages(self) -> Iterator[str]:
        return (language for language in LANGUAGES if language in self.data)

    def list(self, table: str, key: str) -> tuple[str, ...]:
        found = self.table(table).get(key, ())
        if not isinstance(found, list | tuple) or not all(isinstance(text, str) for text in found):
            raise self.error(key, f"'{key}' must be a list of texts in quotes", f"{table}.{key}")
        return tuple(found)

    def known_kinds(self, *keys: str) -> None:
        for key in keys:
            for kind in self.data.get(key, ()):
                if kind not in KINDS:
                    raise self.error(str(kind), f"'{kind}' is no kind of request; there are: {', '.join(KINDS)}")

    def tree(self, text: str) -> Node:
        try:
            return parse(text)
        except PatternError as error:
            raise self.error(text, f"'{text}': {error}") from None


@lru_cache(maxsize=64)
def _line_starts(text: str) -> Sequence[int]:
    """Where each line of a file starts."""
    return [0, *accumulate(map(len, text.splitlines(keepends=True)))]


def read_source(path: Path, *, own: bool = False) -> Source:
    """The file's content; `own`: it is one of the shop's. Raises RulesError when it cannot be read or is not TOML."""
    try:
        content = path.read_bytes()
        file = parse_toml(path, content)
        return Source(path, file.data, content.decode(), file.lines, own)
    except (OSError, RulesFault) as error:
        raise RulesError(str(error)) from None
