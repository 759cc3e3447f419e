"""What is wrong with the templates and words of the pages: said by `mailbot check`, before a customer meets it."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, meta, nodes

from mailbot.outbox.catalogue import po_faults
from mailbot.outbox.source import TemplateFault
from mailbot.web.pages import make_environment
from mailbot.web.words import placeholders, read_words

_GIVEN = frozenset({"css_name"})  # by Pages.render itself


def page_faults(folders: Sequence[Path], languages: Sequence[str]) -> list[TemplateFault]:
    """Every fault of `pages/*.html` and `pages.po`; the folders as for `Pages`, the shipped one last.

    A page may use the names that some shipped page uses: those are what pages are given.
    """
    environment = make_environment(folders, {}, "en", UTC)
    known = _GIVEN | set(environment.globals) | _names(environment, folders[-1])
    found = [
        fault
        for folder in folders
        for path in sorted((folder / "pages").glob("*.html"))
        for fault in _faults(environment, path, known)
    ]
    for folder in folders:
        for language in languages:
            path = folder / "locales" / language / "LC_MESSAGES" / "pages.po"
            found += [*po_faults(path), *_word_faults(path)] if path.is_file() else []
    return found


def _names(environment: Environment, folder: Path) -> set[str]:
    """The names that the pages of a folder are given by whoever renders them."""
    found: set[str] = set()
    for path in (folder / "pages").glob("*.html"):
        found |= meta.find_undeclared_variables(environment.parse(path.read_text(encoding="utf-8")))
    return found


def _faults(environment: Environment, path: Path, known: frozenset[str]) -> Iterator[TemplateFault]:
    try:
        tree = environment.parse(path.read_text(encoding="utf-8"))
        unknown = meta.find_undeclared_variables(tree) - known
    except TemplateSyntaxError as error:
        yield TemplateFault(str(path), error.lineno, str(error.message))
        return
    except UnicodeDecodeError as error:
        yield TemplateFault(str(path), 1, f"is not UTF-8 (byte {error.start})")
        return
    for node in tree.find_all(nodes.Name):
        if node.name in unknown and node.ctx == "load":
            yield TemplateFault(str(path), node.lineno, f"'{node.name}' is not known in pages")
    for name in meta.find_referenced_templates(tree):
        try:
            environment.loader.get_source(environment, name or "") if environment.loader else None
        except TemplateNotFound:
            yield TemplateFault(str(path), 1, f"there is no page '{name}' to build on")


def _word_faults(path: Path) -> Iterator[TemplateFault]:
    """Translations that are left out, because their placeholders are not those of their source."""
    for source, translation, line in read_words(path):
        if placeholders(source) != placeholders(translation):
            yield TemplateFault(str(path), line, f"the translation needs the placeholders of its source: {source!r}")
