"""The shape of a shop's order numbers, learned from some of them."""

import pytest

from mailbot.reading.number_shapes import Shapes, shape_of


@pytest.mark.parametrize(
    ("number", "shape"),
    [
        ("10023", "#####"),
        ("#1001", "####"),
        ("R-2026-0815", "R-####-####"),
        ("77120-B", "#####-@"),
        ("WC10023", "WC#####"),
        ("X7K2P9", "******"),
        ("IT/2026/331", "IT/####/###"),
        ("", ""),
    ],
)
def test_a_shape_is_learned(number: str, shape: str) -> None:
    assert shape_of(number) == shape


@pytest.mark.parametrize(
    ("known", "token", "fits", "grown"),
    [
        ("10023", "10024", True, True),
        ("10023", "100234", False, True),
        ("10023", "1002", False, False),
        ("R-2026-0815", "r-2027-0001", True, True),
        ("R-2026-0815", "r-2027-10001", False, True),
        ("R-2026-0815", "s-2027-0001", False, False),
        ("77120-B", "77121-c", True, True),
        ("a.b", "axb", False, False),
    ],
)
def test_a_number_of_the_same_shape_fits(known: str, token: str, fits: bool, grown: bool) -> None:
    shapes = Shapes([known], [])
    assert shapes.fits(token.encode()) is fits
    assert shapes.fits(token.encode(), grown=True) is grown


def test_a_number_is_spelled_as_the_shop_spells_it() -> None:
    shapes = Shapes(["R-2026-0815", "#77"], [])
    assert shapes.spelled("r2026 0815") == "R-2026-0815"
    assert shapes.spelled("r-2026-0816") == "R-2026-0816"
    assert shapes.spelled("77") == "77"
    assert Shapes(["wc-1001"], []).spelled("wc-1002") == "wc-1002"


def test_many_numbers_make_few_shapes() -> None:
    assert Shapes([f"R-2026-{n:04}" for n in range(1000)], []).shapes == ("R-####-####",)
    assert not Shapes([], [])
