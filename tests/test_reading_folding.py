"""Folding: what a text looks like to the patterns, and that every character keeps its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.reading.folding import fold, page


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Straße N° 5 – Été", b"stra\xdfe n\xb0 5 - ete"),
        ("‘Œuvre’ “x” ŁÓDŹ １２", b"'ouvre' \"x\" lodz 12"),
        ("Überweisung\tÇa\u202f€", b"uberweisung ca \x80"),
        ("İstanbul 😀 да", b"istanbul ? ??"),
    ],
)
def test_folding_keeps_every_place(text: str, folded: bytes) -> None:
    assert fold(text) == folded
    assert len(folded) == len(text)


@given(st.text(max_size=300))
def test_folded_and_text_have_the_same_length(text: str) -> None:
    sheet = page(text)
    assert len(sheet.text) == len(sheet.folded)
