"""The pages in a real browser: accessible (axe), and readable on a phone, whatever stands in them.

Skipped where chromium is not installed.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from web_browser import served
from web_kit import ATELIER, DELIVERED, ITEM, NIMBUS, NOW, PAID, ROOT, Stand, make_house, make_order, standing

from mailbot.model.order import Customer, Line

pytestmark = pytest.mark.browser

pytest_plugins = ("web_browser_fixtures",)
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
HOSTILE = "<b>{{ 7*7 }}</b> www.evil.example " + "W" * 10_000


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A site that nobody changes: its URL, and its pages by name. Its Dutch is English with words 40 % longer."""
    folder = tmp_path_factory.mktemp("shown")
    house = make_house(NIMBUS, ATELIER)
    long_words(folder)
    with standing(folder, replace(house, templates=(folder, *house.templates))) as stand, served(stand) as url:
        yield url, pages(stand)


def long_words(folder: Path) -> None:
    """A Dutch catalogue of pseudo-words: what grows too long in any language grows too long in this one."""
    target = folder / "locales" / "nl" / "LC_MESSAGES" / "pages.po"
    target.parent.mkdir(parents=True)
    lines = ['msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n']
    with (ROOT / "templates/locales/nl/LC_MESSAGES/pages.po").open("rb") as stream:
        for message in read_po(stream):
            if message.id:
                longer = message.id + "".join(f" {word}" for word in message.id.split() if "{" not in word)[
                    : max(4, len(message.id) * 2 // 5)
                ].replace('"', "")
                lines.append(f'msgid "{quoted(message.id)}"\nmsgstr "{quoted(longer)}"\n')
    target.write_text("\n".join(lines))


def quoted(text: Any) -> str:
    return str(text).replace("\\", "\\\\").replace('"', '\\"')


def pages(stand: Stand) -> dict[str, str]:
    """One page of every kind and state, and the same filled with what strangers would like to put there."""
    pending, paid = stand.add(make_order("2001")), stand.add(make_order("2002", **DELIVERED), ITEM)
    gone = stand.add(make_order("2003", state="cancelled", ended_at=NOW))
    stand.invoice(paid.id)
    dear = stand.add(make_order("2004", **{**DELIVERED, "total": 48800, "total_net": 46998, "paid_amount": 48800}))
    who, what = Customer(HOSTILE, "jo@" + "c" * 240 + ".example", "en"), (Line("x", HOSTILE, 1, 8190, "22", "VAT"),)
    odd = stand.add(make_order("9" * 190, customer=who, lines=what))
    odd_paid = stand.add(make_order("8" * 190, **PAID, customer=who, lines=what))
    return {
        "order pending": stand.path("order", pending.id),
        "order delivered": stand.path("order", paid.id),
        "order cancelled": stand.path("order", gone.id),
        "pay": stand.path("pay", pending.id),
        "paid": stand.path("pay", paid.id),
        "cancel": stand.path("cancel", pending.id),
        "refund": stand.path("refund", paid.id),
        "lookup": "/lookup?shop=nimbus",
        "lookup of two shops": "/lookup",
        "lookup done": "/lookup?shop=nimbus&done=1",
        "case": stand.path("case", stand.held_refund(dear, "Hello,\nI want my money back.\n\nJo")),
        "old link": stand.path("order", pending.id, days=-1),
        "new link": "/link?done=1",
        "api": "/api/docs",
        "hostile order": stand.path("order", odd.id),
        "hostile pay": stand.path("pay", odd.id),
        "hostile cancel": stand.path("cancel", odd.id),
        "hostile refund": stand.path("refund", odd_paid.id),
        "hostile case": stand.path("case", stand.held_refund(odd_paid, HOSTILE)),
    }


NAMES = (
    "order pending", "order delivered", "order cancelled", "pay", "paid", "cancel", "refund", "lookup",
    "lookup of two shops", "lookup done", "case", "old link", "new link", "api", "hostile order", "hostile pay",
    "hostile cancel", "hostile refund", "hostile case",
)  # fmt: skip


LOOKS = ((320, "light"), (1280, "dark"))  # each width and each scheme once: the styles know no other combination


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_and_nothing_overflows(browser: Any, shown: Any, name: str) -> None:
    """Small pages are looked at in every look; long and odd ones where they are tightest."""
    url, paths = shown
    page = browser.new_page(viewport={"width": 320, "height": 720})
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(url + paths[name])
    for width, scheme in LOOKS[:1] if name == "api" or name.startswith("hostile") else LOOKS:
        page.set_viewport_size({"width": width, "height": 720})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, (width, scheme)
        assert faults(page) == [], (width, scheme)
    page.close()
    loaded = [asked for asked in requests if not asked.startswith("data:")]
    assert len(loaded) == 2
    assert all(asked.startswith(url) for asked in loaded)


def faults(page: Any) -> list[Any]:
    """What axe finds wrong, and what it cannot tell."""
    found = axe.Axe().run(page, options=RULES).response
    nodes = [(one["id"], node) for kind in ("violations", "incomplete") for one in found[kind] for node in one["nodes"]]
    return [(name, node["target"], node.get("failureSummary")) for name, node in nodes]


@pytest.mark.parametrize("name", ["order pending", "order delivered", "pay", "refund", "lookup", "case", "old link"])
def test_longer_words_and_larger_text_do_not_overflow(browser: Any, shown: Any, name: str) -> None:
    url, paths = shown
    context = browser.new_context(viewport={"width": 320, "height": 720})
    page = context.new_page()
    page.goto(url + paths[name] + ("&" if "?" in paths[name] else "?") + "lang=nl")
    assert page.locator("html").get_attribute("lang") == "nl" or name == "old link"
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    page.set_viewport_size({"width": 640, "height": 720})
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    context.close()


@pytest.mark.parametrize("name", ["order pending", "pay", "refund", "lookup", "case"])
def test_what_is_pressed_is_large_enough(browser: Any, shown: Any, name: str) -> None:
    url, paths = shown
    context = browser.new_context(viewport={"width": 320, "height": 720})
    page = context.new_page()
    page.goto(url + paths[name])
    for selector, least in (("button, .button, .choice, input[type=email]", 44), (".links a, .inline a, summary", 24)):
        for box in [one.bounding_box() for one in page.locator(selector).all()]:
            assert box is None or box["height"] >= least, (selector, box)
    context.close()


def test_everything_to_decide_a_case_stands_on_the_first_screen(browser: Any, shown: Any) -> None:
    url, paths = shown
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(url + paths["case"])
    for text in ("Refund €488.00", "Decline, and tell Jo Park"):
        box = page.get_by_role("button", name=text).bounding_box()
        assert box["y"] + box["height"] <= 720, text
    assert page.locator("mark").bounding_box()["y"] <= 720
    context.close()
