"""Every fault of a shop's own rules files at once, for whoever mends them; `rulebook.load` stops at the first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from mailbot.model.mail import KINDS
from mailbot.model.shop import LANGUAGES
from mailbot.reading.rule_files import RulesError, Source, read_source
from mailbot.reading.rulebook import FRAME_KEYS, KIND_KEYS, LANGUAGE_KEYS, PATTERN_KEYS

Step = Callable[[], Any]


def rule_faults(folder: Path) -> list[str]:
    """A line for each fault that shows in one file alone, with its line and what to do."""
    found: list[str] = []
    for name in (*KINDS, "words", "frames"):
        path = folder / f"{name}.toml"
        if not path.is_file():
            continue
        try:
            source = read_source(path)
        except RulesError as error:
            found.append(str(error))
            continue
        steps = _words(source) if name == "words" else _frames(source) if name == "frames" else _kind(source)
        found += [fault for step in steps for fault in _attempt(step)]
    return found


def _attempt(step: Step) -> list[str]:
    try:
        step()
    except RulesError as error:
        return [str(error)]
    return []


def _kind(source: Source) -> Iterator[Step]:
    yield from _keys(source, KIND_KEYS | set(LANGUAGES))
    for language in source.languages():
        yield from _keys(source, LANGUAGE_KEYS, language)
        yield from _patterns(source, language, PATTERN_KEYS)
    for key in ("confused_with", "wins_over", "reason_for"):
        yield partial(source.known_kinds, key)
    yield partial(source.table, "policy")


def _words(source: Source) -> Iterator[Step]:
    yield from _keys(source, set(LANGUAGES))
    for language in source.languages():
        yield from _patterns(source, language, list(_table(source, language)))


def _frames(source: Source) -> Iterator[Step]:
    for name in source.data:
        yield from _keys(source, FRAME_KEYS | set(LANGUAGES), name)
        yield from _patterns(source, name, LANGUAGES)


def _keys(source: Source, known: set[str], table: str = "") -> Iterator[Step]:
    """Each key by itself, so that the first unknown one does not hide the next."""
    for key, value in (_table(source, table) if table else source.data).items():
        alone = replace(source, data={table: {key: value}} if table else {key: value})
        yield partial(alone.allow, known, table)


def _patterns(source: Source, table: str, keys: Sequence[str]) -> Iterator[Step]:
    yield partial(source.table, table)
    for key in keys:
        texts = _table(source, table).get(key, ())
        yield partial(source.list, table, key)
        for text in texts if isinstance(texts, list) else ():
            if isinstance(text, str):
                yield partial(source.tree, text)


def _table(source: Source, name: str) -> dict[str, Any]:
    table = source.data.get(name)
    return table if isinstance(table, dict) else {}
