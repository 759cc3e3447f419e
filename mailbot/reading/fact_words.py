"""Loads the words by which facts are found: `reading/facts.toml` and `reading/dates.toml` of the rules folders."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mailbot.model.rulesfile import Fault, RulesFault, RulesFile, parse

FOLDER = "reading"
FACTS, DATES = "facts.toml", "dates.toml"

Words = Mapping[str, Mapping[str, Any]]
"""The tables of one file: {table: {key: value}}."""

_ANY = None
# The keys of each table; _ANY where the shop adds keys of its own (currencies, payment methods).
_FACT_KEYS: dict[str, frozenset[str] | None] = {
    "orders": frozenset({"words", "number", "between", "foreign", "and"}),
    "methods": _ANY,
    "last4": frozenset({"words", "between", "cards"}),
    "addresses": frozenset({"old", "between", "changing", "into", "new"}),
    "amounts": _ANY,
    "invoice_name": frozenset(
        (
            "about",
            "words",
            "lines",
            "before_lines",
            "with_verb",
            "verbs",
            "skip",
            "own",
            "should",
            "stop",
            "joining",
            "legal_forms",
        )
    ),
}
_DAY_KEYS = frozenset(
    {"order", "months", "weekdays", "today", "yesterday", "two_days_ago", "tomorrow", "days_ago", "weeks_ago",
     "numbers", "last_week", "next", "coming", "before_a_date", "ordinals", "wishes", "unsure"}
)  # fmt: skip
_ROWS = {"months": 12, "weekdays": 7}


def load(folders: Sequence[Path]) -> dict[str, Words]:
    """{file name: its tables}. Lists of all folders are joined, so a shop's own file only adds to the shipped one.

    Raises RulesFault with every fault of a file (file, line, key), FileNotFoundError when no folder has the file.
    """
    return {name: _tables(name, folders) for name in (FACTS, DATES)}


def _tables(name: str, folders: Sequence[Path]) -> Words:
    paths = [path for folder in folders if (path := folder / FOLDER / name).is_file()]
    if not paths:
        raise FileNotFoundError(f"no {FOLDER}/{name} in {', '.join(map(str, folders)) or 'no folder at all'}")
    tables: dict[str, dict[str, Any]] = {}
    for path in paths:
        file = parse(path, path.read_bytes())
        faults = list(_faults(file, name))
        if faults:
            raise RulesFault(*(Fault(path, file.line(key), key, text) for key, text in faults))
        for table, keys in file.data.items():
            mine = tables.setdefault(table, {})
            mine.update({key: _joined(mine[key], value) if key in mine else value for key, value in keys.items()})
    return tables


def _faults(file: RulesFile, name: str) -> list[tuple[str, str]]:
    """(key, what it should be) for each fault."""
    found = []
    for table, keys in file.data.items():
        if name == FACTS and table not in _FACT_KEYS:
            found.append((table, f"is unknown; the tables are {', '.join(_FACT_KEYS)}"))
        elif not isinstance(keys, dict):
            found.append((table, f"should be a table, [{table}]"))
        else:
            allowed = _FACT_KEYS[table] if name == FACTS else _DAY_KEYS
            found += [
                (f"{table}.{key}", fault) for key, value in keys.items() if (fault := _fault(key, value, allowed))
            ]
    return found


def _fault(key: str, value: Any, allowed: frozenset[str] | None) -> str:
    if allowed is not None and key not in allowed:
        return f"is unknown; the keys are {', '.join(sorted(allowed))}"
    if key == "order":
        return "" if value in ("dmy", "mdy") else 'should be "dmy" or "mdy"'
    if key == "numbers":
        whole = isinstance(value, dict) and all(type(number) is int for number in value.values())
        return "" if whole else "should be numbers by their words, { one = 1, two = 2 }"
    if key in _ROWS:
        right = isinstance(value, list) and len(value) == _ROWS[key] and all(map(_is_list_of_words, value))
        return "" if right else f'should be {_ROWS[key]} lists of words, [["one", "other"], …]'
    return "" if _is_list_of_words(value) else 'should be a list of words, ["one", "two words"]'


def _is_list_of_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word.strip(" *") for word in value)


def _joined(first: Any, second: Any) -> Any:
    if isinstance(first, dict):
        return {**second, **first}
    if isinstance(first, list) and first and isinstance(first[0], list):
        return [[*a, *b] for a, b in zip(first, second, strict=True)]
    return [*first, *second] if isinstance(first, list) else first
