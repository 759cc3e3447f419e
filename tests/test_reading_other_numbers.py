"""Numbers that are no order: telephones, bank accounts, keys."""

import pytest

from mailbot.reading.folding import fold, page
from mailbot.reading.other_numbers import ibans, not_orders


def test_account_numbers_are_known_by_their_check_digits() -> None:
    assert ibans(fold("to DE02 1203 0000 0000 2020 51 bitte")) == [(3, 30)]
    assert ibans(fold("to DE03 1203 0000 0000 2020 51 bitte")) == []


@pytest.mark.parametrize(
    ("text", "sure", "perhaps"),
    [
        ("at 10:30 with 200 MB", ["10:30", "200 MB"], []),
        ("key ABCDE-12345-FGHIJ-67890", ["ABCDE-12345-FGHIJ-67890"], []),
        ("call 1-800-656-5426", ["1-800-656-5426"], ["1-800-656-5426"]),
        ("ring +49 171 1234567", [], ["+49 171 1234567"]),
        ("06 12 34 56 78", [], ["06 12 34 56 78"]),
        ("https://shop.example/order/10023 now", ["https://shop.example/order/10023"], []),
        ("R-2026-0815, 10023", [], []),
    ],
)
def test_other_numbers_are_set_apart(text: str, sure: list[str], perhaps: list[str]) -> None:
    certain, telephones = not_orders(page(text))
    assert [text[start:end] for start, end in certain] == sure
    assert [text[start:end] for start, end in telephones] == perhaps
