"""Money in words for bank forms and logs."""

import pytest

from mailbot.model.money import Money, exponent


@pytest.mark.parametrize(
    ("amount", "currency", "plain"),
    [
        (9992, "EUR", "99.92"),
        (5, "EUR", "0.05"),
        (0, "EUR", "0.00"),
        (-150, "USD", "-1.50"),
        (-5, "USD", "-0.05"),
        (980, "JPY", "980"),
        (-980, "JPY", "-980"),
        (1234, "KWD", "1.234"),
        (4, "TND", "0.004"),
        (10**13, "EUR", "100000000000.00"),
    ],
)
def test_plain(amount: int, currency: str, plain: str) -> None:
    assert Money(amount, currency).plain() == plain
    assert str(Money(amount, currency)) == f"{plain} {currency}"


@pytest.mark.parametrize(("currency", "digits"), [("EUR", 2), ("JPY", 0), ("BHD", 3), ("XXX", 2)])
def test_exponent(currency: str, digits: int) -> None:
    assert exponent(currency) == digits
