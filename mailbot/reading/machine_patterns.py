"""The words of machines, and of the people who speak against them, compiled once into linear-time patterns."""

import unicodedata
from collections.abc import Iterable

import re2

from mailbot.reading import (
    answer_sentences,
    bounce_sentences,
    bounce_subjects,
    challenge_sentences,
    machine_sentences,
    machine_subjects,
    people_sentences,
)

_PLAIN = tuple(zip("’‘´`łđøı", "''''ldoi", strict=True))  # what does not come apart into a letter and its accent
# A dot inside an address or after a number ends no sentence. No counts here: they blow automata up.
_SAME_SENTENCE = r"(?:[^.!?]|[.]\S|\d[.])*"
_NOTHING_MORE = r"\s*(?:[:(\[\-–—|/]|$)"


def fold(text: str) -> str:
    """Lower case, no accents, one line."""
    text = " ".join(text.split()).lower()
    return text if text.isascii() else _without_accents(text)


def _without_accents(text: str) -> str:
    for character, plain in _PLAIN:  # each at the speed of C, which a table of all characters is not
        text = text.replace(character, plain)
    text = unicodedata.normalize("NFKD", text)
    for mark in filter(unicodedata.combining, set(text)):
        text = text.replace(mark, "")
    return text


def _options() -> "re2.Options":
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.max_mem = 16 << 20
    return options


def _pattern(alternatives: Iterable[str]) -> str:
    return _without_accents("|".join(alternatives)).replace("$$", _NOTHING_MORE).replace("~", _SAME_SENTENCE)


def _set(tables: dict[str, tuple[str, ...]], *, start: str = "") -> tuple["re2.Set", tuple[str, ...]]:
    """One automaton for several tables of patterns: it says which of them have a match."""
    found = re2.Set.SearchSet(_options())
    for name, alternatives in tables.items():
        found.Add(f"{'' if name.endswith('mark') else start}(?:{_pattern(alternatives)})")
    found.Compile()
    return found, tuple(tables)


def _closed(names: Iterable[str], closer: str) -> tuple[str, ...]:
    return (f"(?:{'|'.join(names)}){closer}",)


_AWAY = machine_subjects.REPLY_NAMES + machine_subjects.AWAY_SUBJECTS
SUBJECTS = _set(
    {
        "absent": _closed(machine_subjects.REPLY_NAMES, machine_subjects.CLOSED),
        "away": _closed(_AWAY, machine_subjects.ALONE) + machine_subjects.CONFIRMED_SUBJECTS,
        "perhaps": machine_subjects.PERHAPS_SUBJECTS + machine_subjects.AWAY_SUBJECTS,
        "away mark": machine_subjects.ABSENT_MARKS,
        "bounce": bounce_subjects.BOUNCE_SUBJECTS,
        "bounce mark": bounce_subjects.BOUNCE_MARKS,
        "challenge": machine_subjects.CHALLENGE_SUBJECTS,
        "read": machine_subjects.READ_SUBJECTS,
    },
    start=r"^\W*(?:\[[^\]]*\]\W*)?",
)
# One by one: together they make an automaton so large that it is built again and again.
SENTENCES = {
    name: re2.compile(_pattern(alternatives), _options())
    for name, alternatives in {
        "automated": machine_sentences.AUTOMATED_SENTENCES,
        "unattended": machine_sentences.UNATTENDED_SENTENCES,
        "notice": challenge_sentences.NOTICE_SENTENCES,
        "registered": answer_sentences.REGISTERED_SENTENCES,
        "received": answer_sentences.RECEIVED_SENTENCES,
        "absent": answer_sentences.ABSENT_SENTENCES,
        "challenge": challenge_sentences.CHALLENGE_SENTENCES,
    }.items()
}
PROMISE = re2.compile(_pattern(answer_sentences.PROMISE_SENTENCES), _options())
TICKET = re2.compile(_pattern(machine_sentences.TICKET_SENTENCES), _options())
WISH = re2.compile(_pattern(people_sentences.WISHES), _options())
SELF = re2.compile(_pattern(people_sentences.SELF), _options())
MATTER = re2.compile(_pattern(people_sentences.MATTERS), _options())
BUT = re2.compile(_pattern(people_sentences.BUTS), _options())
READ = re2.compile(_pattern(challenge_sentences.READ_SENTENCES), _options())
BOUNCE = re2.compile(_pattern(bounce_sentences.BOUNCE_SENTENCES), _options())


def hits(table: tuple["re2.Set", tuple[str, ...]], text: str) -> frozenset[str]:
    patterns, names = table
    return frozenset(names[place] for place in patterns.Match(text.encode("utf-8", "replace")) or ())
