"""Holds every letter, in every language and every turn it can take, to the checklist of what a good letter is."""

import re

import pytest
from letter_facts import NOW, SHOP
from letter_samples import SAMPLES, all_letters, rendered
from lxml import html as lxml_html
from lxml.html import HtmlElement

from mailbot.model.shop import LANGUAGES
from mailbot.outbox.compose import compose
from mailbot.outbox.letters import LetterError
from mailbot.outbox.render import Rendered, render

TAGS = {"html", "head", "meta", "title", "style", "body", "div", "table", "tbody", "tr", "td", "th", "p", "h1", "h2",
        "h3", "a", "strong", "em", "ul", "li", "br", "span", "code", "pre", "img"}  # fmt: skip
PROPERTIES = {
    "color", "background-color", "font-family", "font-size", "font-weight", "line-height", "text-align",
    "text-decoration", "padding", "margin", "border", "border-top", "border-bottom", "border-radius", "width",
    "max-width", "white-space", "word-break", "vertical-align", "display", "max-height", "overflow", "mso-hide",
}  # fmt: skip
MAGIC_WORD = {
    "en": "human",
    "fr": "humain",
    "de": "Mensch",
    "es": "humano",
    "it": "umano",
    "pt": "humano",
    "nl": "mens",
}
NUMBER = re.compile(r"\d[\d.,:-]*\d")
URL = re.compile(r"https?://\S+")
ANSWERED_BY_STAFF = {"case/answer"}  # its body is a colleague's own words, however many
EVERY = [(label, language) for language in LANGUAGES for label in SAMPLES]


@pytest.fixture(scope="module", autouse=True)
def _letters_are_sound() -> None:
    assert not all_letters().faults


def test_every_letter_has_a_sample() -> None:
    assert {label.split(" ")[0] for label in SAMPLES} == set(all_letters().names())


@pytest.mark.parametrize(("label", "language"), EVERY)
def test_checklist(label: str, language: str) -> None:
    letter = rendered(label, language)
    tree = lxml_html.fromstring(letter.html)
    name = label.split(" ")[0]
    problems = [
        *_size(letter),
        *_head(letter, name, order=SAMPLES[label].order is not None),
        *_markup(tree, letter, language),
        *_body(tree, name, language),
        *_buttons(tree, name),
        *_both_forms_agree(tree, letter),
        *_text(letter, label),
        *_answerable(letter, name, language),
        *_words(letter),
    ]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_numbers_and_links_are_those_of_the_english_letter(language: str) -> None:
    for label in SAMPLES:
        english, other = rendered(label, "en"), rendered(label, language)
        assert set(URL.findall(other.text)) == set(URL.findall(english.text)), label
        assert _figures(other.text) == _figures(english.text), label


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    missing = all_letters().missing(language)
    assert not missing, "\n".join(f"{each.file}:{each.line}: {each.text}" for each in missing)


def _size(letter: Rendered) -> list[str]:
    problems = []
    if len(letter.html.encode()) > 12_000:
        problems.append(f"the HTML has {len(letter.html.encode())} bytes, 12000 are allowed")
    mail = compose(letter, headers={"Message-ID": "<1@shop.example>", "From": "orders@shop.example"})
    if len(mail) > 40_000:
        problems.append(f"the mail has {len(mail)} bytes, 40000 are allowed")
    if longest := max(len(line) for line in mail.split(b"\r\n")) > 76:
        problems.append(f"a line of the mail has {longest} octets")
    return problems


def _head(letter: Rendered, name: str, *, order: bool) -> list[str]:
    problems = []
    if len(letter.subject) > 60:
        problems.append(f"the subject has {len(letter.subject)} characters: {letter.subject}")
    if "!" in letter.subject or "¡" in letter.subject or letter.subject.lower().startswith("re:"):
        problems.append(f"the subject shouts or pretends to be an answer: {letter.subject}")
    if order and "10023" not in letter.subject and name not in ("unclear/passed_on", "resend_download/expired"):
        problems.append(f"the subject does not name the order: {letter.subject}")
    if not 40 <= len(letter.preheader) <= 110:
        problems.append(f"the preheader has {len(letter.preheader)} characters: {letter.preheader}")
    if letter.preheader == letter.subject:
        problems.append("the preheader repeats the subject")
    return problems


def _markup(tree: HtmlElement, letter: Rendered, language: str) -> list[str]:
    problems = [
        f"<{element.tag}>" for element in tree.iter() if isinstance(element.tag, str) and element.tag not in TAGS
    ]
    for element in tree.iter("*"):
        for declaration in filter(None, (element.get("style") or "").split(";")):
            if declaration.split(":")[0].strip() not in PROPERTIES:
                problems.append(f"style {declaration}")
        if (size := re.search(r"font-size:(\d+)px", element.get("style") or "")) and int(size[1]) < 13:
            problems.append(f"a text of {size[1]} px")
    if tree.findtext(".//title") != letter.subject:
        problems.append("the title is not the subject")
    if tree.get("lang") != language or tree.find("body/div").get("lang") != language:
        problems.append("lang is missing or wrong")
    if len(tree.findall(".//h1")) != 1:
        problems.append(f"{len(tree.findall('.//h1'))} h1")
    if len(tree.findtext(".//h1", "").split()) > 10:
        problems.append(f"a long h1: {tree.findtext('.//h1')}")
    problems += [f"an image without alt: {image.get('src')}" for image in tree.iter("img") if not image.get("alt")]
    problems += [
        f"loads {image.get('src')}" for image in tree.iter("img") if not image.get("src", "").startswith("cid:")
    ]
    if re.search(r"@import|url\(|<link|<script|<form|@font-face", letter.html):
        problems.append("loads or runs something")
    for table in tree.iter("table"):
        if table.get("role") != "presentation" and not table.findall(".//th[@scope]"):
            problems.append("a data table without th scope")
    return problems


def _body(tree: HtmlElement, name: str, language: str) -> list[str]:
    heading = tree.find(".//h1")
    after = list(heading.itersiblings())[:-3]  # without the reply line, the shop's name and the legal line
    texts = [_plain(element) for element in after if element.tag != "table"]
    problems = []
    count = sum(len(text.split()) for text in texts)
    least, most, first_most = (60, 140, 25) if language == "en" else (52, 165, 30)  # languages need more or fewer words
    if name not in ANSWERED_BY_STAFF and not least <= count <= most:
        problems.append(f"the body has {count} words")
    first = len(texts[1].split())
    if name not in ANSWERED_BY_STAFF and first > first_most:
        problems.append(f"the first paragraph has {first} words: {texts[1]}")
    return problems


def _buttons(tree: HtmlElement, name: str) -> list[str]:
    cells = [cell for cell in tree.iter("td") if cell.get("bgcolor")]
    problems = [f"{len(cells)} buttons"] if len(cells) > 1 else []
    for cell in cells:
        words = _plain(cell).split()
        if len(words) < 2:
            problems.append(f"the button says only {words}")
        if "padding" not in (cell.get("style") or ""):
            problems.append("the button's padding must be on the cell")
    return problems


def _both_forms_agree(tree: HtmlElement, letter: Rendered) -> list[str]:
    problems = []
    shown = " ".join(_plain(element) for element in tree.findall("body/div/table"))
    links = {a.get("href") for a in tree.iter("a")} - {None}
    said = set(URL.findall(letter.text))
    if links != said:
        problems.append(f"links differ: {links ^ said}")
    plain = URL.sub("", letter.text)
    for link in links:  # an address that is shown as words of a link stands as the link itself in the text
        shown = shown.replace(link.removeprefix("https://"), "")
    if set(NUMBER.findall(shown)) != set(NUMBER.findall(plain)):
        problems.append(f"numbers differ: {set(NUMBER.findall(shown)) ^ set(NUMBER.findall(plain))}")
    return problems


def _text(letter: Rendered, label: str) -> list[str]:
    problems = []
    lines = letter.text.split("\n")
    for line in lines:
        if len(line) > 76 and " " in line.strip():
            problems.append(f"a line of {len(line)} columns: {line}")
        if line.startswith(("-", ">", "From ")) and line != "-- ":
            problems.append(f"a line starts badly: {line}")
        if URL.search(line) and not URL.fullmatch(line):
            problems.append(f"not alone on its line: {line}")
        if re.search(r"[|+*=_]{3,}|\*\*|\]\(", line):
            problems.append(f"drawn with characters, or Markdown: {line}")
    order = SAMPLES[label].order
    keys = [key for item in order.items for key in item.keys] if order else []
    problems += [f"the key {key} is not alone" for key in keys if key in letter.text and key not in lines]
    if lines.count("-- ") != 1:
        problems.append("the signature mark is missing")
    if "\n\n\n" in letter.text:
        problems.append("two empty lines")
    return problems


def _answerable(letter: Rendered, name: str, language: str) -> list[str]:
    if name.startswith("staff/"):
        return []
    if MAGIC_WORD[language].lower() not in letter.text.lower():
        return ["the word that brings a person is missing"]
    return []


def _words(letter: Rendered) -> list[str]:
    found = [
        word
        for word in ("{{", "{%", "None", "Undefined", "&lt;", "&amp;amp;", "webgate.ec.europa.eu/odr")
        if word in letter.html
    ]
    return [f"'{word}' is in the letter" for word in found]


def _plain(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _figures(text: str) -> set[str]:
    """Numbers without their separators, so that €1,149.90 and 1.149,90 € are the same."""
    return {re.sub(r"\D", "", number) for number in NUMBER.findall(URL.sub("", text))}


def test_the_checks_can_fail() -> None:
    letter = rendered("order/awaiting_payment")
    broken = Rendered(letter.subject + "!", letter.subject, letter.html, "Total: €99.93\n-x\nsee https://a.example/ b")
    tree = lxml_html.fromstring(letter.html)
    assert _head(broken, "order/awaiting_payment", order=True)
    assert _both_forms_agree(tree, broken)
    assert len(_text(broken, "order/awaiting_payment")) == 3
    with pytest.raises(LetterError, match="needs the link 'pay'"):
        render(all_letters(), [SAMPLES["order/awaiting_payment"]], shop=SHOP, language="en", links={}, now=NOW)
