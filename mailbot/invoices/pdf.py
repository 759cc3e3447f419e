"""The invoice as a PDF/A-3b, made by typst from `invoice.typ`; the same invoice gives the same bytes.

Values reach the template as one JSON text, so nothing in them can be markup. The words come from `words.toml`.
"""

import json
import re
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import typst

from mailbot.invoices import words
from mailbot.invoices.content import content
from mailbot.invoices.invoice import Invoice

TEMPLATE = "invoice.typ"

_NO_GLYPH = re.compile(r"the text `\"(.{1,200})\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_TRIES = 40  # each meets one more character without a glyph, about 2 ms
_BEYOND_PLAIN = re.compile(r"[^\x20-\u017f\u2000-\u206f\u20a0-\u20bf\u2212]")  # no font can be blamed for the rest


_PLACE = re.compile(r"┌─ [^\n]{0,400}?([^/\n]{1,200}):(\d{1,6}):\d{1,6}")


class PressFault(Exception):
    """The template cannot be printed. The message names its file and line, and what is wrong there."""


class Press:
    """Prints invoices with one template. One for the process; its threads print in parallel (typst frees the GIL)."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """`folders` as `templates/invoice`, the shop's own before the shipped one. Fonts may lie in their `fonts/`.

        Raises FileNotFoundError when none of them has a template, RulesFault when the words are wrong.
        """
        self.words = words.load(folders)
        self.template = next((path for folder in folders if (path := folder / TEMPLATE).is_file()), None)
        if self.template is None:
            raise FileNotFoundError(f"no {TEMPLATE} in {', '.join(str(folder) for folder in folders)}")
        self.fonts = [folder / "fonts" for folder in folders if (folder / "fonts").is_dir()]
        self.unprintable: frozenset[str] = frozenset()  # characters that no font here has, as they were met
        self._local = threading.local()

    def render(self, invoice: Invoice, attachment: bytes | None = None) -> bytes:
        """The PDF/A-3b. `attachment` is the e-invoice's XML, embedded as `factur-x.xml` (EN 16931).

        A character that no font can show is printed as "?". Raises PressFault when the template is at fault.
        """
        try:
            return self._print(invoice, attachment)
        except RuntimeError as error:  # typst.TypstError is one; a folder that is gone is a plain one
            raise PressFault(_told(self.template, error)) from error

    def _print(self, invoice: Invoice, attachment: bytes | None) -> bytes:
        inputs = {} if attachment is None else {"attachment": attachment.decode()}
        page = json.dumps(content(invoice, self.words), ensure_ascii=False)
        for _ in range(_TRIES):
            try:
                return self._compile({**inputs, "invoice": _without(self.unprintable, page)})
            except typst.TypstError as error:
                met = _no_glyph(error)
                if met is None:
                    raise
                if met <= self.unprintable:  # an accent that no font can set on its letter: which one, it does not say
                    break
                self.unprintable |= met
        return self._compile({**inputs, "invoice": _without(self.unprintable, _BEYOND_PLAIN.sub("?", page))})

    def _compile(self, inputs: Mapping[str, str]) -> bytes:
        pdf = self._compiler().compile(format="pdf", sys_inputs=dict(inputs), pdf_standards=["a-3b"])
        assert isinstance(pdf, bytes)
        return pdf

    def _compiler(self) -> typst.Compiler:
        """This thread's own: a compiler keeps the parsed template and fonts, but serves one thread at a time."""
        compiler: typst.Compiler | None = getattr(self._local, "compiler", None)
        if compiler is None:
            assert self.template is not None
            compiler = typst.Compiler(self.template, root=self.template.parent, font_paths=self.fonts)
            self._local.compiler = compiler
        return compiler


def _told(template: Path | None, error: RuntimeError) -> str:
    """`invoice.typ:12: unknown variable: foo`, with the folder where the file is the template itself."""
    place = _PLACE.search(str(getattr(error, "diagnostic", "")))
    name, line = (place[1], place[2]) if place else (TEMPLATE, "1")
    file = template if template and template.name == name else name
    return f"{file}:{line}: {error}"


def _no_glyph(error: typst.TypstError) -> frozenset[str] | None:
    """The characters that typst could not show (PDF/A forbids to leave a box in their place); None: another fault."""
    found = _NO_GLYPH.search(str(error))
    if not found:
        return None
    text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
    return frozenset(char for char in text if not char.isascii())


def _without(unprintable: frozenset[str], text: str) -> str:
    return "".join("?" if char in unprintable else char for char in text) if unprintable else text
