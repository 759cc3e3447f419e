"""Templates and words: everything from outside is escaped, and every language says all of it."""

import re
from datetime import UTC
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast
from markupsafe import Markup
from web_kit import ROOT

from mailbot.model.shop import LANGUAGES
from mailbot.web.pages import is_web, make_environment, marked
from mailbot.web.words import fill, load_words, placeholders

TEMPLATES = sorted((ROOT / "templates" / "pages").glob("*.html"))
OTHERS = [language for language in LANGUAGES if language != "en"]


def texts() -> set[str]:
    """Every text inside `_()` of the templates."""
    found: set[str] = set()
    for path in TEMPLATES:
        for _, _, text in extract_from_ast(Environment(autoescape=True).parse(path.read_text()), ["_"]):
            found.add(text if isinstance(text, str) else text[0])
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_everything_and_nothing_else(language: str) -> None:
    path = ROOT / "templates" / "locales" / language / "LC_MESSAGES" / "pages.po"
    with path.open("rb") as stream:
        catalogue = {message.id: message.string for message in read_po(stream) if message.id}
    assert set(catalogue) == texts()
    for text, translation in catalogue.items():
        assert placeholders(text) == placeholders(translation), text
        assert translation.strip(), text
        assert not re.search(r"<|&\w+;", translation), text


def test_all_words_of_the_templates_can_be_translated() -> None:
    """No template but the English page of the API has words of its own outside of `_()`."""
    for path in TEMPLATES:
        if path.name == "api.html":
            continue
        bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", path.read_text(), flags=re.S)
        bare = bare.replace('class="wide"', "")
        assert not re.findall(r"[A-Za-z]{3,}", bare), path.name


def test_a_translation_with_other_placeholders_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "locales" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "pages.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Order {number}"\nmsgstr "Commande {numero}"\n\nmsgid "Total"\nmsgstr "Somme"\n'
    )
    assert load_words([tmp_path], "fr") == {"Total": "Somme"}
    words = load_words([tmp_path, ROOT / "templates"], "fr")
    assert (words["Total"], words["Product"]) == ("Somme", "Produit")


def test_only_placeholders_are_filled() -> None:
    assert fill("{a} {b.c} {0} {{a}} {d}", {"a": "x{d}"}) == "x{d} {b.c} {0} {x{d}} {d}"


def render(source: str, **values: object) -> str:
    environment = make_environment([ROOT / "templates"], {"Hi {name}": "Salut <{name}>"}, "fr", UTC)
    return environment.from_string(source).render(values)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ name }}", "&lt;b&gt;{{ 7 }}"),
        ('{{ _("Hi {name}", name=name) }}', "Salut &lt;&lt;b&gt;{{ 7 }}&gt;"),
        ("{{ name | verbatim }}", "&lt;b&gt;{{ 7 }}"),
        ("{{ name | marked(['<b']) }}", "<mark>&lt;b</mark>&gt;{{ 7 }}"),
    ],
)
def test_values_are_escaped(source: str, shown: str) -> None:
    assert render(source, name="<b>{{ 7 }}") == shown


def test_a_value_is_one_short_line_without_tricks() -> None:
    assert render("{{ name }}", name="a\x00\u202e\nb" + "x" * 10_000).startswith("a b")
    assert len(render("{{ name }}", name="x" * 10_000)) <= 160


def test_a_key_is_never_shortened() -> None:
    key = "-A>B " + "K" * 3000
    assert Markup(render("{{ key | verbatim }}", key=key)).unescape() == key


@pytest.mark.parametrize(
    ("address", "sound"),
    [
        ("https://shop.example/a?b=c#d", True),
        ("mailto:help@shop.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ('https://x"onload="y', False),
        ("https://x y", False),
        ("//shop.example", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(address: object, sound: bool) -> None:
    assert is_web(address) is sound
    if isinstance(address, str) and not sound and not address.startswith("/"):
        assert render("{{ it | href }}", it=address) == "#"


def test_marking_is_literal_and_bounded() -> None:
    assert marked("cost (a+)+$ 5", ["(a+)+$", "x" * 500, "y"]) == Markup("cost <mark>(a+)+$</mark> 5")
    assert marked("a" * 5000, ["(a+)+$"] * 12) == "a" * 5000


def test_the_style_sheet_is_small() -> None:
    folder = ROOT / "mailbot" / "web" / "static"
    assert sum(path.stat().st_size for path in folder.rglob("*")) <= 12_000
    assert "url(" not in (folder / "site.css").read_text()
    assert "@import" not in (folder / "site.css").read_text()
