"""Fixtures of the tests in a browser: chromium, and a site of one's own. Skips where chromium is not installed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from web_browser import ARGUMENTS, CHROMIUM, served
from web_kit import NIMBUS, Stand, make_house, standing


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def used(tmp_path: Path) -> Iterator[tuple[Stand, str]]:
    """A site of one test's own."""
    with standing(tmp_path, make_house(NIMBUS)) as stand, served(stand) as url:
        yield stand, url
