"""The words of the letters in another language: gettext catalogues, read and checked once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel import Locale
from babel.messages.pofile import PoFileError, read_po

from mailbot.outbox.source import EXPRESSION, TemplateFault

_WORD = re.compile(r"(?<!\{)\{[a-z_]+\}(?!\})")
_LINK = re.compile(r"\]\(")
_HEADER = """# The letters in {name}. What stands in braces stays as it is.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: {language}\\n"
"""
_PO_LINE = re.compile(r'\s*(#.*|((msgid|msgid_plural|msgstr|msgctxt)(\[\d\])?\s*)?"([^"\\]|\\.)*")?\s*')
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A text to be translated, and the first place where it stands."""

    text: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Translations of one language. English needs none: the source is its own translation."""

    language: str
    texts: dict[str, str] = field(default_factory=dict)
    faults: tuple[TemplateFault, ...] = ()

    def translate(self, text: str) -> str:
        """The translation, or the English text where there is none (see `Letters.missing`)."""
        return self.texts.get(text, text)


def load_catalogue(folders: Sequence[Path], language: str) -> Catalogue:
    """The catalogues of a language from all folders, one laid over the other; the first folder wins."""
    texts: dict[str, str] = {}
    faults: list[TemplateFault] = []
    for folder in reversed(folders):
        path = folder / "locales" / language / "LC_MESSAGES" / "letters.po"
        if path.is_file():
            texts |= _read(path, faults)
    return Catalogue(language, texts, tuple(faults))


def refresh_catalogue(folder: Path, language: str, messages: Sequence[Message]) -> int:
    """Writes the catalogue of `folder` anew: the given messages in order, with the translations known so far.

    What no letter says any more is dropped. Returns how many messages have no translation yet.
    """
    path = folder / "locales" / language / "LC_MESSAGES" / "letters.po"
    known = _read(path, []) if path.is_file() else {}
    name = Locale.parse(language).get_display_name("en")
    parts = [_HEADER.format(name=name, language=language)]
    for message in messages:
        source = Path(message.file).relative_to(folder).as_posix()
        translation = known.get(message.text, "")
        parts.append(f"#: {source}\nmsgid {_quoted(message.text)}\nmsgstr {_quoted(translation)}\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(parts), encoding="utf-8")
    return sum(message.text not in known for message in messages)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def po_faults(path: Path) -> Iterator[TemplateFault]:
    """The lines of a catalogue that are no gettext. Babel repairs what it can in silence: half a text would be lost."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        yield TemplateFault(str(path), 1, f"is not UTF-8 (byte {error.start})")
        return
    for number, line in enumerate(lines, start=1):
        if not _PO_LINE.fullmatch(line):
            words = "should be msgid or msgstr with its text in quotes, ended on the same line"
            yield TemplateFault(str(path), number, words)


def _read(path: Path, faults: list[TemplateFault]) -> dict[str, str]:
    texts: dict[str, str] = {}
    faults += po_faults(path)
    try:
        with path.open("rb") as stream:
            catalogue = read_po(stream, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        faults.append(TemplateFault(str(path), getattr(error, "lineno", 0) or 1, f"not a gettext catalogue: {error}"))
        return texts
    for message in catalogue:
        if not isinstance(message.id, str) or not message.id or not message.string or message.fuzzy:
            continue
        text = str(message.string)
        if problem := _difference(message.id, text):
            faults.append(TemplateFault(str(path), message.lineno or 1, problem))
        else:
            texts[message.id] = text
    return texts


def _difference(source: str, translation: str) -> str:
    """What the translation lost or invented: expressions, placeholders and links must be those of the source."""
    for pattern, what in ((EXPRESSION, "expression"), (_WORD, "placeholder")):
        wanted = {_SPACE.sub("", found) for found in pattern.findall(source)}
        given = {_SPACE.sub("", found) for found in pattern.findall(translation)}
        if lost := sorted(wanted - given):
            return f"the translation lacks the {what} {lost[0]}"
        if added := sorted(given - wanted):
            return f"the translation has an {what} that its source lacks: {added[0]}"
    if len(_LINK.findall(source)) != len(_LINK.findall(translation)):
        return "the translation has another number of links than its source"
    if "{%" in translation or "{#" in translation:
        return "a translation holds no {% … %} and no comment"
    return "a translation is one line" if "\n" in translation else ""
