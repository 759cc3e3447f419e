"""Products of the customer's own orders, named in full and in short."""

import pytest

from mailbot.reading.facts import extract

SHELF = ["PhotoMender Pro 5", "TypeForge 4", "TypeForge 5", "Über Büro Home Edition 2026", "Cut™ 3"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I lost the key of PhotoMender Pro 5", ["PhotoMender Pro 5"]),
        ("photomender pro", ["PhotoMender Pro 5"]),
        ("my PHOTOMENDER is gone", ["PhotoMender Pro 5"]),
        ("TypeForge 5 please", ["TypeForge 5"]),
        ("typeforge please", ["TypeForge 4", "TypeForge 5"]),
        ("uber buro", ["Über Büro Home Edition 2026"]),
        ("cut 3", ["Cut™ 3"]),
        ("do not cut", []),
        ("the pro home edition", []),
        ("PhotoMenders", []),
    ],
)
def test_products_are_found(text: str, found: list[str]) -> None:
    assert list(extract(text, products=SHELF).products) == found
