"""Loading letters: what a shop's own files may do, and how each fault is named with its file and line."""

from pathlib import Path
from textwrap import dedent

import pytest
from letter_facts import NOW, SHOP, make_order
from letter_samples import TEMPLATES, all_letters

from mailbot.outbox.catalogue import load_catalogue, refresh_catalogue
from mailbot.outbox.letters import LetterError, Letters, extract
from mailbot.outbox.render import Part, Rendered, render
from mailbot.outbox.source import TemplateFault, read_source

GOOD = """
    {#
    order: required
    fact: day   ISO
    fact: note?
    link: order
    #}
    Subject: About {{ order.number }}
    Preheader: It is {{ facts.day | day }}.

    # Hello {{ order.number }}

    It is {{ facts.day | day }}, *really*. Read [the page]({{ links.order }}).

    {% if facts.note %}
    Note: {{ facts.note }}
    {% endif %}

    - one
    {% for line in order.lines %}
    - {{ line.name }}
    {% endfor %}

    **[Open it]({{ links.order }})**
"""


def shop_folder(tmp_path: Path, **files: str) -> Path:
    """A shop's own templates: keyword `order__news` becomes letters/order/news.md, `po__fr` a French catalogue."""
    for name, text in files.items():
        kind, _, outcome = name.partition("__")
        path = tmp_path / "letters" / kind / f"{outcome.replace('__', '.')}.md"
        if kind == "po":
            path = tmp_path / "locales" / outcome / "LC_MESSAGES" / "letters.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).strip() + "\n", encoding="utf-8")
    return tmp_path


def letters_with(tmp_path: Path, **files: str) -> Letters:
    """The shop's letters and the shipped looks, without the shipped letters."""
    looks = tmp_path / "looks"
    looks.mkdir()
    (looks / "layout").symlink_to(TEMPLATES / "layout")
    return Letters.load([shop_folder(tmp_path, **files), looks], ("en", "fr"))


def show(letters: Letters, name: str, language: str = "en", **facts: object) -> Rendered:
    part = Part(name, make_order(), {"day": "2026-11-26", **facts})
    links = {"order": "https://shop.example/o", "pay": "https://shop.example/p"}
    return render(letters, [part], shop=SHOP, language=language, links=links, now=NOW)


def faults(letters: Letters) -> list[tuple[str, int, str]]:
    return [(Path(fault.file).name, fault.line, fault.message) for fault in letters.faults]


def test_a_letter_of_the_shop(tmp_path: Path) -> None:
    letters = letters_with(tmp_path, order__news=GOOD)
    assert letters.faults == ()
    assert "order/news" in letters.names()
    needs = letters.needs("order/news")
    assert (needs.order, needs.facts, needs.links) == ("required", {"day": True, "note": False}, {"order": True})
    letter = show(letters, "order/news")
    assert letter.subject == "About 10023"
    assert "It is Thursday 26 November 2026, really. Read the page.\nhttps://shop.example/o\n" in letter.text
    assert "* one\n* Photo Pro 8\n" in letter.text
    assert "<em>really</em>" in letter.html
    assert "Open it:\nhttps://shop.example/o" in letter.text
    assert "Note:" not in letter.text
    assert "Note: yes" in show(letters, "order/news", note="yes").text


def test_the_shops_letter_stands_in_for_the_shipped_one(tmp_path: Path) -> None:
    letters = Letters.load([shop_folder(tmp_path, order__expired=GOOD), TEMPLATES], ("en", "fr"))
    assert show(letters, "order/expired").subject == "About 10023"
    assert letters.names() == all_letters().names()


def test_a_letter_may_be_written_in_one_language_alone(tmp_path: Path) -> None:
    french = GOOD.replace("About", "Nouvelles de").replace("Open it", "Ouvrir la page")
    letters = letters_with(tmp_path, order__news=GOOD, order__news__fr=french)
    assert show(letters, "order/news", "fr").subject == "Nouvelles de 10023"
    assert show(letters, "order/news", "en").subject == "About 10023"
    assert "jeudi 26 novembre 2026" in show(letters, "order/news", "fr").text


def test_the_shops_words_come_before_the_shipped_ones(tmp_path: Path) -> None:
    po = """
        msgid ""
        msgstr "Content-Type: text/plain; charset=utf-8\\n"

        msgid "Your order has lapsed"
        msgstr "Votre commande est perdue"
    """
    letters = Letters.load([shop_folder(tmp_path, po__fr=po), TEMPLATES], ("en", "fr"))
    assert "Votre commande est perdue" in show(letters, "order/expired", "fr").html


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("{{ order.number }}", "{{ order.number ", 8, "expected token"),
        ("{% endif %}", "", 23, "'endif'"),
        ("| day }}.", "| dy }}.", 8, "there is no filter 'dy'"),
        ("# Hello {{ order.number }}", "# Hello {{ ordr.number }}", 10, "'ordr' is not known in letters"),
        ("# Hello {{ order.number }}", "# Hello {{ order.numbr }}", 10, "'order.numbr' does not exist"),
        ("# Hello {{ order.number }}", "# Hello {{ shop.token }}", 10, "'shop.token' does not exist"),
        ("facts.note %}", "facts.nota %}", 14, "'facts.nota' is not declared in the comment at the top"),
        ("links.order }})**", "links.ordr }})**", 23, "'links.ordr' is not declared"),
        ("Note: {{ facts.note }}", "Note: {% if facts.note %}x{% endif %}", 15, "on a line of its own"),
        ("Preheader: It is {{ facts.day | day }}.", "", 8, "the head lacks 'Preheader:'"),
        ("fact: note?", "fact: items?", 4, "cannot be named 'items'"),
        ("order: required", "order: perhaps", 1, "should be required, optional or none"),
        ("Preheader:", "Layout: fancy\nPreheader:", 1, "there is no layout 'fancy'"),
    ],
)
def test_faults_name_file_and_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    letters = letters_with(tmp_path, order__news=dedent(GOOD).replace(old, new, 1))
    found = faults(letters)
    assert any(name == "news.md" and at == line and says in message for name, at, message in found), found
    assert str(letters.faults[0]).startswith(str(tmp_path))


@pytest.mark.parametrize(
    ("translation", "says"),
    [
        ("Au sujet de la commande", "lacks the expression {{order.number}}"),
        ("{{ order.number }} {{ shop.token }}", "its source lacks: {{shop.token}}"),
        ("[{{ order.number }}](https://x.example)", "another number of links"),
        ("{{ order.number }}{% if x %}", "holds no {% … %}"),
    ],
)
def test_translations_keep_what_stands_in_braces(tmp_path: Path, translation: str, says: str) -> None:
    po = f"""
        msgid ""
        msgstr "Content-Type: text/plain; charset=utf-8\\n"

        msgid "About {{{{ order.number }}}}"
        msgstr "{translation}"
    """
    letters = letters_with(tmp_path, order__news=GOOD, po__fr=po)
    assert [(name, line) for name, line, _ in faults(letters)] == [("letters.po", 4)]
    assert says in letters.faults[0].message
    assert show(letters, "order/news", "fr").subject == "About 10023"  # English rather than wrong


def test_a_broken_catalogue_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    letters = letters_with(tmp_path, po__fr="msgid \"a\nmsgstr 'x'\ngarbage")
    assert {name for name, _, _ in faults(letters)} == {"letters.po"}


@pytest.mark.parametrize(
    ("file", "text", "line", "says"),
    [
        ("components.html", "{% macro greeting(name) %}\n{{ name", 2, "unexpected end of template"),
        ("components.html", "{% macro greeting(name) %}x{% endmacro %}", 1, "order_table"),
        ("frame.txt", "\n{% if x %}", 2, "'endif'"),
        ("frame.html", "\n\n<p {{ css.pink }}>", 3, "styles.toml has no 'pink'"),
        ("styles.toml", "p = 1 2", 1, "at line 1"),
    ],
)
def test_faults_in_the_layout_are_named(tmp_path: Path, file: str, text: str, line: int, says: str) -> None:
    (tmp_path / "layout").mkdir()
    (tmp_path / "layout" / file).write_text(text, encoding="utf-8")
    letters = letters_with(tmp_path, order__news=GOOD)
    (fault,) = letters.faults
    assert fault.line == line
    assert fault.file.startswith(str(tmp_path / "layout"))
    assert says in fault.message
    assert letters.check() == [fault]


def test_untranslated_texts_are_listed_with_their_place(tmp_path: Path) -> None:
    letters = letters_with(tmp_path, order__news=GOOD)
    missing = {(Path(each.file).name, each.line, each.text) for each in letters.missing("fr")}
    assert ("news.md", 7, "About {{ order.number }}") in missing
    assert ("news.md", 18, "one") in missing
    assert not any("order.lines" in text or text.startswith("{{") for _, _, text in missing)
    assert letters.missing("en") == []


def test_refreshing_a_catalogue_keeps_what_is_known_and_drops_what_is_gone(tmp_path: Path) -> None:
    po = """
        msgid ""
        msgstr "Content-Type: text/plain; charset=utf-8\\n"

        msgid "Open it"
        msgstr "Ouvrir \\"ici\\""

        msgid "Gone"
        msgstr "Parti"
    """
    folder = shop_folder(tmp_path, order__news=GOOD, po__fr=po)
    messages = [message for message in extract([folder, TEMPLATES]) if message.file.startswith(str(tmp_path))]
    assert refresh_catalogue(folder, "fr", messages) == len(messages) - 1
    catalogue = load_catalogue([folder], "fr")
    assert catalogue.texts == {"Open it": 'Ouvrir "ici"'}
    assert not catalogue.faults


@pytest.mark.parametrize("language", ["fr", "de", "es", "it", "pt", "nl"])
def test_shipped_catalogues_hold_nothing_that_no_letter_says(language: str) -> None:
    said = {message.text for message in extract([TEMPLATES])}
    assert set(all_letters().catalogue(language).texts) == said


def test_the_shipped_letters_have_no_fault() -> None:
    assert all_letters().check() == []


def test_check_finds_what_only_compiling_shows(tmp_path: Path) -> None:
    letters = letters_with(tmp_path, order__news=GOOD.replace("{{ facts.note }}", "{{ {} {} }}"))
    assert letters.check()


def test_an_unknown_letter_is_named() -> None:
    with pytest.raises(LetterError, match="there is no letter 'order/nonsense'"):
        all_letters().needs("order/nonsense")


OUTSIDE = [
    "{{ ''.__class__.__mro__ }}",
    "{{ order.__class__ }}",
    "{{ order.take }}",
    "{{ shop.domain.__init__ }}",
    "{{ facts.__class__ }}",
    "{{ facts.get('x') }}",
    "{{ order | attr('__class__') }}",
    "{{ [].append(1) }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ ('%s' | format(order.__init__)) }}",
    "{{ range(999999999) }}",
]


def test_templates_cannot_reach_out_of_their_sandbox(tmp_path: Path) -> None:
    note = "Note: {{ facts.note }}"
    files = {f"order__n{number}": GOOD.replace(note, f"Note: {code}") for number, code in enumerate(OUTSIDE)}
    letters = letters_with(tmp_path, **files, order__news=GOOD)
    assert "Note: x" in show(letters, "order/news", note="x").text
    for number in range(len(OUTSIDE)):
        with pytest.raises(LetterError):
            show(letters, f"order/n{number}", note="x")


def test_lists_and_conditions() -> None:
    body = """
        Subject: s
        Preheader: p

        {% if a %}
        - only if a

        {% endif %}
        Words in
        two lines.
        {% if b %}
        - x
          goes on
        {% endif %}

        **[Go]({{ u }})**

        {{ order_table(order) }}
    """
    source = read_source("a/b", "b.md", "", dedent(body).strip())
    roles = [(block.role, block.text) for block in source.body]
    assert roles == [
        ("control", "{% if a %}"),
        ("list", ""),
        ("item", "only if a"),
        ("endlist", ""),
        ("control", "{% endif %}"),
        ("paragraph", "Words in two lines."),
        ("list", ""),
        ("control", "{% if b %}"),
        ("item", "x goes on"),
        ("control", "{% endif %}"),
        ("endlist", ""),
        ("button", "Go"),
        ("component", "order_table(order)"),
    ]


def test_faults_sort_by_place() -> None:
    assert sorted([TemplateFault("b", 1, "x"), TemplateFault("a", 10, "x"), TemplateFault("a", 9, "x")])[0].line == 9
