"""The demo in a real browser, as a newcomer meets it: from the first look to an answer, without JavaScript.

Skipped where chromium is not installed.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest_plugins = ("web_browser_fixtures",)
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo browser")]

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    """The demo as it is started by hand; yields its address."""
    with subprocess.Popen(
        [sys.executable, "-m", "mailbot", "demo"], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        assert process.stdout
        yield next(line for line in process.stdout if line.strip()).split()[-1]
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def test_from_the_first_look_to_an_answer(browser: Any, demo: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(demo)
    page.get_by_role("heading", name="Write as a customer").wait_for(timeout=40_000)  # the curtain rises by itself
    assert "invoice_copy/sent" in page.locator("article").inner_text()  # a finished story, and nothing empty
    page.get_by_role("button", name="I lost my key").click()
    said = re.search(r"Answered after (\d+\.\d\d) seconds", page.get_by_role("status").inner_text())
    assert said
    assert float(said[1]) < 2
    page.get_by_label("Answer as sam@customer.example").fill("I want my money back, it is not what I expected.")
    page.get_by_role("button", name="Send the answer").click()
    assert "Please confirm your refund" in page.locator("article h2").inner_text()
    letter = page.frame_locator("iframe")
    with context.expect_page() as opened:
        letter.get_by_role("link", name="Refund €50.40").click()
    assert "50.40" in opened.value.locator("h1").inner_text()
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_overflows(width: int, scheme: str, browser: Any, demo: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(demo)
    page.get_by_role("heading", name="Write as a customer").wait_for(timeout=40_000)
    for query in ("?explain=1", "?box=anna@shop.example", "?view=source"):
        page.goto(demo + query)
        found = axe.run(page).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()
