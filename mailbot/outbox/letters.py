"""All letters of an installation: read from folders, checked, translated and compiled."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, tzinfo
from pathlib import Path

from jinja2 import Template, TemplateError, TemplateSyntaxError, nodes

from mailbot.model.order import Order
from mailbot.model.shop import LANGUAGES, Shop
from mailbot.outbox.blocks import head_code, html_code, text_code
from mailbot.outbox.catalogue import Catalogue, Message, load_catalogue
from mailbot.outbox.environment import COMPONENTS, LetterEnvironment, make_environments, words_of
from mailbot.outbox.source import EXPRESSION, Needs, Source, TemplateFault, read_source
from mailbot.outbox.text import Ready

_NAMES = {
    "order",
    "facts",
    "links",
    "shop",
    "now",
    "level",
    "_",
    "css",
    "delivered",
    "taxes",
    "how_paid",
    "lang",
    *COMPONENTS,
}
_WORDLESS = ("control", "component", "list", "endlist")


class LetterError(Exception):
    """A letter could not be rendered; the text names the letter and what it lacks."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A letter ready to be rendered in one language: head (subject and preheader, see `head_code`), HTML and text."""

    layout: str
    needs: Needs
    head: Template
    html: Template
    text: Template


class Room:
    """Where the letters of one language and one time zone are compiled, each when it is first needed."""

    def __init__(self, letters: "Letters", language: str, zone: tzinfo) -> None:
        self._letters, self._language = letters, language
        self._catalogue = letters.catalogue(language)
        self.html, self.text = make_environments(letters.folders, language, zone, self._catalogue.translate)
        self.frame_html = self.html.get_template("frame.html")
        self.frame_text = self.text.get_template("frame.txt")
        self._compiled: dict[str, Compiled] = {}

    def greeting(self, name: str) -> tuple[str, str]:
        """The greeting line, as HTML and as text."""
        return self._macro(self.html, "greeting")(name), Ready(self._macro(self.text, "greeting")(name))

    def more(self, subject: str, count: int) -> str:
        """The subject, and that so many more answers are in the letter."""
        return self._macro(self.text, "more")(subject, count).strip()

    @staticmethod
    def _macro(environment: LetterEnvironment, name: str) -> Callable[..., str]:
        macro: Callable[..., str] = environment.globals[name]  # type: ignore[assignment]
        return macro

    def letter(self, name: str) -> Compiled:
        if name not in self._compiled:
            self._compiled[name] = self._compile(self._letters.source(name, self._language))
        return self._compiled[name]

    def _compile(self, source: Source) -> Compiled:
        def template(environment: LetterEnvironment, code: str) -> Template:
            compiled = environment.compile(code, source.name, source.file)
            return environment.template_class.from_code(environment, compiled, dict(environment.globals))

        # A file written for one language is in that language already.
        words = Catalogue(self._language) if source.language else self._catalogue
        translate, css = words.translate, self.html.css
        html = "".join(html_code(block, translate, css) for block in source.body)
        text = "".join(text_code(block, translate, css) for block in source.body)
        head = "".join(head_code(block, translate) for block in source.head)
        return Compiled(
            source.layout, source.needs, template(self.text, head), template(self.html, html), template(self.text, text)
        )


class Letters:
    """The letters of the shop's folders and the shipped one. `faults` is what is wrong with files and catalogues."""

    def __init__(self, folders: Sequence[Path], languages: Sequence[str]) -> None:
        self.folders, self.languages = tuple(folders), tuple(languages)
        self._sources: dict[tuple[str, str], Source] = {}
        self._catalogues = {language: load_catalogue(folders, language) for language in languages}
        self._rooms: dict[tuple[str, str], Room] = {}
        self.faults: tuple[TemplateFault, ...] = ()

    @classmethod
    def load(cls, folders: Sequence[Path], languages: Sequence[str] = LANGUAGES) -> "Letters":
        """Reads `letters/<kind>/<outcome>.md` (or `.<language>.md`), `layout/` and `locales/` below each folder.

        A letter of an earlier folder stands in for that of a later one: the shop's own folders come first.
        """
        letters = cls(folders, languages)
        faults: list[TemplateFault] = [fault for each in letters._catalogues.values() for fault in each.faults]
        for folder in reversed(letters.folders):
            for source in _sources(folder):
                letters._sources[source.name, source.language] = source
        layout = letters._layout_fault()
        for source in letters._sources.values():
            faults += source.faults
            faults += [] if layout else _check_code(source, letters.room("en").html)
        letters.faults = tuple(sorted({*faults, *layout}))
        return letters

    def _layout_fault(self) -> list[TemplateFault]:
        """What keeps the files of `layout/` from being used, if anything does: the first fault, or none."""
        try:
            self.room("en")
        except TemplateSyntaxError as error:
            return [TemplateFault(error.filename or str(error.name), error.lineno, str(error.message))]
        except (TemplateError, tomllib.TOMLDecodeError, AttributeError) as error:
            return [TemplateFault(str(self.folders[0] / "layout"), 1, str(error))]
        return []

    def names(self) -> tuple[str, ...]:
        """Every letter, `<kind>/<outcome>`, in order of the alphabet."""
        return tuple(sorted(name for name, language in self._sources if not language))

    def needs(self, name: str) -> Needs:
        """What the letter must be given. Raises LetterError for a letter that does not exist."""
        return self.source(name, "").needs

    def source(self, name: str, language: str) -> Source:
        found = self._sources.get((name, language)) or self._sources.get((name, ""))
        if found is None:
            raise LetterError(f"there is no letter '{name}'")
        return found

    def catalogue(self, language: str) -> Catalogue:
        return self._catalogues.get(language) or Catalogue(language)

    def room(self, language: str, zone: tzinfo | None = None) -> Room:
        """The compiled letters of a language in a time zone (UTC when none is given)."""
        zone = zone or UTC
        room = self._rooms.get((language, str(zone)))
        if room is None:
            room = self._rooms[language, str(zone)] = Room(self, language, zone)
        return room

    def check(self) -> list[TemplateFault]:
        """Every fault there is: those found while loading, and those that show when each letter is compiled.

        One language is enough for the shared letters: a translation has the expressions of its source, nothing else.
        """
        faults = set(self.faults)
        for name, language in [] if self._layout_fault() else self._sources:
            try:
                self.room(language or "en").letter(name)
            except TemplateError as error:
                faults.add(TemplateFault(self.source(name, language).file, 1, str(error)))
        return sorted(faults)

    def missing(self, language: str) -> list[Message]:
        """Texts that the language's catalogue does not translate yet; none for English."""
        known = self.catalogue(language).texts
        return [] if language == "en" else [message for message in extract(self.folders) if message.text not in known]


def extract(folders: Sequence[Path]) -> list[Message]:
    """Every text of the letters and layouts in these folders that a translator must translate, each once."""
    found: dict[str, Message] = {}
    environment = Letters(folders, ()).room("en").text
    for folder in folders:
        for source in _sources(folder):
            for text, line in (*_texts(source), *words_of(environment, source.code)):
                found.setdefault(text, Message(text, source.file, line))
        for path in sorted((folder / "layout").glob("*.*")):
            if path.suffix in (".html", ".txt"):
                for text, line in words_of(environment, path.read_text(encoding="utf-8")):
                    found.setdefault(text, Message(text, str(path), line))
    return sorted(found.values(), key=lambda message: (message.file, message.line))


def _sources(folder: Path) -> Iterator[Source]:
    """The letters of one folder. A file `outcome.fr.md` is the whole letter in that language."""
    for path in sorted((folder / "letters").glob("*/*.md")):
        outcome, _, language = path.stem.partition(".")
        name = f"{path.parent.name}/{outcome}"
        yield read_source(name, str(path), language, path.read_text(encoding="utf-8"))


def _texts(source: Source) -> Iterator[tuple[str, int]]:
    if source.language:
        return
    for block in (*source.head, *source.body):
        if block.role not in _WORDLESS and any(map(str.isalpha, EXPRESSION.sub("", block.text))):
            yield block.text, block.line


def _check_code(source: Source, environment: LetterEnvironment) -> Iterator[TemplateFault]:
    """Jinja faults of a letter, with its own lines: syntax, unknown names, and facts or links it does not declare."""
    try:
        tree = environment.parse(source.code)
    except TemplateSyntaxError as error:
        yield TemplateFault(source.file, error.lineno, str(error.message))
        return
    found = list(tree.find_all((nodes.Name, nodes.Getattr, nodes.Filter, nodes.Test)))
    own = {node.name for node in found if isinstance(node, nodes.Name) and node.ctx == "store"}
    for node in found:
        if problem := _problem(node, source.needs, environment, own):
            yield TemplateFault(source.file, node.lineno, problem)


def _problem(node: nodes.Node, needs: Needs, environment: LetterEnvironment, own: set[str]) -> str:
    """What is wrong with a name, an attribute, a filter or a test; "" when nothing is."""
    if isinstance(node, nodes.Name):
        known = node.name in _NAMES or node.name in own or node.name in environment.globals
        return "" if known else f"'{node.name}' is not known in letters"
    if isinstance(node, nodes.Filter):
        return "" if node.name in environment.filters else f"there is no filter '{node.name}'"
    if isinstance(node, nodes.Test):
        return "" if node.name in environment.tests else f"there is no test '{node.name}'"
    if not isinstance(node, nodes.Getattr) or not isinstance(node.node, nodes.Name):
        return ""
    attributes = {"facts": needs.facts, "links": needs.links, "order": _ORDER, "shop": _SHOP}.get(node.node.name)
    if attributes is None or node.attr in attributes:
        return ""
    declared = "is not declared in the comment at the top" if node.node.name in ("facts", "links") else "does not exist"
    return f"'{node.node.name}.{node.attr}' {declared}"


_WORKED_OUT = [name for name, value in vars(Order).items() if isinstance(value, property)]
_ORDER: Mapping[str, bool] = dict.fromkeys([*(each.name for each in fields(Order)), *_WORKED_OUT], True)
_SHOP: Mapping[str, bool] = dict.fromkeys([each.name for each in fields(Shop) if each.name != "token"], True)
