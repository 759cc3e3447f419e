"""Fixtures of the tests of the pages: a site on an empty database, with one shop or with two."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from web_kit import ATELIER, NIMBUS, Stand, make_house, standing

from mailbot.web import lookup_page


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    """A site of the one shop NIMBUS, whose lookups answer without their pause."""
    monkeypatch.setattr(lookup_page, "FLOOR", 0.0)
    with standing(tmp_path, make_house(NIMBUS)) as one:
        yield one


@pytest.fixture
def mall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    """A site of two shops."""
    monkeypatch.setattr(lookup_page, "FLOOR", 0.0)
    with standing(tmp_path, make_house(NIMBUS, ATELIER)) as one:
        yield one
