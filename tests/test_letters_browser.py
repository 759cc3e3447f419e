"""Letters in a browser: accessible, nothing sticks out, at 320 and 600 pixels, light, dark, unstyled, long-worded."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from letter_facts import LINKS, NOW, SHOP, make_order
from letter_samples import SAMPLES, TEMPLATES, all_letters, rendered

from mailbot.model.order import Line
from mailbot.outbox.catalogue import Catalogue
from mailbot.outbox.letters import Letters
from mailbot.outbox.render import Part, render

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium"),
    pytest.mark.xdist_group("browser"),
]
playwright = pytest.importorskip("playwright.sync_api")
axe_core = pytest.importorskip("axe_playwright_python.base")

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
# A mail has no landmarks: what surrounds it is the mail program's.
AXE = "axe.run(document, {rules: {'landmark-one-main': {enabled: false}, region: {enabled: false}%s}})"
NO_CONTRAST = ", 'color-contrast': {enabled: false}"  # slow, and the same few looks serve all letters
SEVERAL = ["order/awaiting_payment", "delivery/keys two products", "staff/case"]
ALL = sorted({label.split(" ")[0]: label for label in reversed(SAMPLES)}.values())

Look = Callable[..., list[str]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def look(browser: Any) -> Iterator[Look]:
    """Opens the HTML at a width and scheme; returns what axe finds and what sticks out."""
    pages: dict[tuple[int, str], Any] = {}

    def looked(html: str, width: int = 320, scheme: str = "light", *, axe: str = "") -> list[str]:
        if (width, scheme) not in pages:
            page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            page.route("**", lambda route: route.abort())
            page.set_content("<!doctype html><title>x</title>")
            page.evaluate(axe_core.AXE_FILE_PATH.read_text(encoding="utf-8"))
            pages[width, scheme] = page
        page = pages[width, scheme]
        page.set_content(re.sub(r"cid:[^\"]+", "data:image/png;base64," + PICTURE, html))
        found = [rule_text(rule) for rule in page.evaluate(axe)["violations"]] if axe else []
        over = page.evaluate("document.documentElement.scrollWidth") - width
        return found + ([f"{over} px too wide"] if over > 0 else [])

    yield looked
    for page in pages.values():
        page.close()


PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def rule_text(rule: Any) -> str:
    return f"{rule['id']}: " + "; ".join(node["html"][:120] for node in rule["nodes"][:3])


def without_style(html: str) -> str:
    return re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


def test_every_letter_on_a_phone(look: Look) -> None:
    for label in ALL:
        assert look(rendered(label).html, axe=AXE % NO_CONTRAST) == [], label


@pytest.mark.parametrize("label", SEVERAL)
@pytest.mark.parametrize(("width", "scheme"), [(600, "light"), (320, "dark")])
def test_light_and_dark(look: Look, label: str, width: int, scheme: str) -> None:
    assert look(rendered(label).html, width, scheme, axe=AXE % "") == []


def test_without_styles(look: Look) -> None:
    assert look(without_style(rendered("order/awaiting_payment").html), axe=AXE % "") == []


@pytest.mark.parametrize("language", ["de", "pt"])
def test_longer_languages_fit(look: Look, language: str) -> None:
    for label in ALL:
        assert look(rendered(label, language).html) == [], label


def test_longer_words_fit(look: Look) -> None:
    letters = Letters.load([TEMPLATES], ())
    letters._catalogues["en"] = Longer("en")
    letters._rooms.clear()
    for label in ALL:
        html = render(letters, [SAMPLES[label]], shop=SHOP, language="en", links=LINKS, now=NOW).html
        assert "enly" in html
        assert look(html) == [], label


class Longer(Catalogue):
    """A language whose words are 40 percent longer."""

    def translate(self, text: str) -> str:
        return re.sub(r"(?<![{\w])([A-Za-z]{4,})(?![^{]*\}\})", r"\1enly", text)


@pytest.mark.parametrize("value", ["x" * 500, "https://evil.example/" + "y" * 300, "<b>" * 60])
def test_long_names_break(look: Look, value: str) -> None:
    line = Line("S", value, 1, 8190, "22", value)
    order = make_order(number=value, lines=(line,), customer=replace(make_order().customer, name=value))
    part = Part("order/awaiting_payment", order, {"reference": value})
    html = render(all_letters(), [part], shop=SHOP, language="en", links=LINKS, now=NOW).html
    assert look(html) == []


def test_the_button_is_big_enough_to_hit(browser: Any) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.set_content(rendered("delivery/keys").html)
    box = page.locator("td[bgcolor]").bounding_box()
    page.close()
    assert box["height"] >= 44


def test_nothing_is_loaded(browser: Any) -> None:
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for label in SEVERAL:
        page.set_content(rendered(label).html.replace("cid:", "data:"))
    page.close()
    assert [url for url in asked if not url.startswith("data:")] == []
