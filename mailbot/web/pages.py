"""Turns templates and facts into pages: one sandboxed Jinja environment for a language and a time zone."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, tzinfo
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from mailbot.outbox import formats, views
from mailbot.outbox.text import greeting_name, paragraphs, short, tidy
from mailbot.web.words import fill, load_words

NAMES = {
    "en": "English", "fr": "Français", "de": "Deutsch", "es": "Español",
    "it": "Italiano", "pt": "Português", "nl": "Nederlands",
}  # fmt: skip
"""Languages in their own words, as a language switch shows them."""

_ADDRESS = re.compile(r"(https?://|mailto:)[^\s\x00-\x20\"'<>\\^`{|}]{1,2000}")
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Pages:
    """The templates of `pages/` below each folder, the shop's own first, in the language of whoever reads them."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._environments: dict[tuple[str, str], ImmutableSandboxedEnvironment] = {}
        self._words: dict[str, dict[str, str]] = {}
        self.css = files("mailbot.web").joinpath("static", "site.css").read_bytes()
        self.css_name = f"site.{hashlib.sha256(self.css).hexdigest()[:10]}.css"

    def render(self, name: str, language: str, zone: tzinfo, values: Mapping[str, Any]) -> str:
        """The page `name` (pages/<name>.html) as HTML."""
        template = self._environment(language, zone).get_template(f"{name}.html")
        return template.render(values, css_name=self.css_name)

    def speaks(self, language: str) -> bool:
        """Whether there are words in this language: English is in the templates, the others need a catalogue."""
        return language == "en" or bool(self._words_in(language))

    def _environment(self, language: str, zone: tzinfo) -> ImmutableSandboxedEnvironment:
        key = (language, str(zone))
        if key not in self._environments:
            self._environments[key] = make_environment(self._folders, self._words_in(language), language, zone)
        return self._environments[key]

    def _words_in(self, language: str) -> dict[str, str]:
        if language not in self._words:
            self._words[language] = load_words(self._folders, language)
        return self._words[language]


def make_environment(
    folders: Sequence[Path], words: Mapping[str, str], language: str, zone: tzinfo
) -> ImmutableSandboxedEnvironment:
    """Escapes everything, refuses what is missing, and tidies every value that is printed on one line."""
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, finalize=_one_line, auto_reload=False,
        trim_blocks=True, lstrip_blocks=True, loader=FileSystemLoader([folder / "pages" for folder in folders]),
    )  # fmt: skip
    environment.globals |= {"_": _translator(words), "language_name": NAMES.get, "lang": language}
    environment.globals |= {"delivered": views.delivered, "taxes": views.taxes}
    environment.filters |= _formats(language, zone)
    environment.tests |= {"web": is_web}
    return environment


def is_web(value: object) -> bool:
    """Whether the value is an http, https or mailto address without any odd character."""
    return isinstance(value, str) and _ADDRESS.fullmatch(value) is not None


def marked(line: str, phrases: Sequence[str]) -> Markup:
    """The line, escaped, with the phrases that were recognised in it marked."""
    found = [re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True) if 1 < len(phrase) < 200]
    if not found:
        return escape(line)
    pieces = re.split("(" + "|".join(found) + ")", line, flags=re.IGNORECASE)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece) if index % 2 else escape(piece) for index, piece in enumerate(pieces)
    )


def _translator(words: Mapping[str, str]) -> Callable[..., Markup]:
    """`_("Order {number}", number=…)`: our words as they are, values escaped and tidied."""

    def translate(text: str, **values: Any) -> Markup:
        shown = {name: str(escape(_one_line(value))) for name, value in values.items()}
        return Markup(fill(str(escape(words.get(text, text))), shown))  # noqa: S704 - both parts are escaped

    return translate


def _formats(language: str, zone: tzinfo) -> dict[str, Callable[..., Any]]:
    return {
        "money": partial(formats.money, language=language),
        "day": partial(formats.day, language=language, zone=zone),
        "time": partial(formats.time, language=language, zone=zone),
        "last_day": partial(views.last_day, zone=zone),
        "percent": partial(formats.percent, language=language),
        "past": lambda value, today: date.fromisoformat(value) < today,
        "href": _href,
        "verbatim": _verbatim,
        "verbatim_lines": escape,
        "marked": marked,
        "lines": paragraphs,
        "short": lambda value, limit: short(tidy(str(value), 1000), limit),
        "person": greeting_name,
        "masked": _masked,
        "capitalised": lambda text: text[:1].upper() + text[1:],
        "kilobytes": lambda size: f"{max(1, round(size / 1000))}\N{NO-BREAK SPACE}kB",
    }


def _one_line(value: Any) -> Any:
    return tidy(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _masked(email: str) -> str:
    """`j•••@customer.example`: enough to recognise one's own address by."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}•••@{short(domain, 60)}"


def _href(value: str) -> Markup:
    """An address for an href; anything that is none of http, https and mailto leads nowhere."""
    return escape(value) if is_web(value) or value.startswith("/") else Markup("#")


def _verbatim(value: str) -> Markup:
    """A key, IBAN or reference exactly as it is: only what cannot be seen is taken out."""
    return escape(_ODD.sub("", str(value)[:8000]))
