"""The words of the pages in other languages: gettext catalogues `pages.po`, the shop's own over the shipped ones."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from babel.messages.pofile import read_po

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def load_words(folders: Sequence[Path], language: str) -> dict[str, str]:
    """English text → its translation, from `locales/<language>/LC_MESSAGES/pages.po`; the first folder wins.

    A translation whose placeholders are not those of its source is left out: the page then says it in English.
    """
    words: dict[str, str] = {}
    for folder in reversed(folders):
        path = folder / "locales" / language / "LC_MESSAGES" / "pages.po"
        if path.is_file():
            words |= _read(path)
    return words


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with `{name}` replaced; what is not a placeholder of ours stays as it is."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def read_words(path: Path) -> Iterator[tuple[str, str, int]]:
    """Each translated text of a catalogue: English, translation, line."""
    with path.open("rb") as stream:
        catalogue = read_po(stream)
    for message in catalogue:
        if isinstance(message.id, str) and message.id and message.string and not message.fuzzy:
            yield message.id, str(message.string), message.lineno or 1


def _read(path: Path) -> dict[str, str]:
    return {
        text: translation
        for text, translation, _ in read_words(path)
        if placeholders(text) == placeholders(translation)
    }
