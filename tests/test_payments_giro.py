"""The GiroCode: what it holds, when there is none, and that nothing can add a line to it."""

from unittest import mock

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model.money import Money
from mailbot.model.shop import BankAccount
from mailbot.payments import giro
from mailbot.payments.giro import account_fault, giro_code, iban_groups

BANK = BankAccount(holder="Demo Software GmbH", iban="DE02120300000000202051", bic="BYLADEM1001")


def payload(bank: BankAccount, money: Money, reference: str) -> list[str] | None:
    """What was written into the picture, line by line; None when there was none."""
    with mock.patch.object(giro.segno, "make_qr", wraps=segno.make_qr) as made:
        png = giro_code(bank, money, reference)
    assert (png is None) is (made.call_count == 0)
    return made.call_args.args[0].decode().split("\n") if png else None


def test_the_lines_of_the_standard() -> None:
    assert payload(BANK, Money(9992, "EUR"), "10023") == [
        "BCD", "002", "1", "SCT", "BYLADEM1001", "Demo Software GmbH", "DE02120300000000202051", "EUR99.92",
        "", "", "10023",
    ]  # fmt: skip


def test_spaces_in_the_numbers_and_no_bic() -> None:
    lines = payload(BankAccount(holder="Müller", iban="de02 1203 0000 0000 2020 51"), Money(5, "EUR"), "1")
    assert lines is not None
    assert lines[4:8] == ["", "Müller", "DE02120300000000202051", "EUR0.05"]


def test_a_png_for_a_letter_the_same_each_time() -> None:
    png = giro_code(BANK, Money(9992, "EUR"), "10023")
    assert png is not None
    assert png.startswith(b"\x89PNG")
    assert 200 <= int.from_bytes(png[16:20], "big") <= 280
    assert len(png) < 2000
    assert png == giro_code(BANK, Money(9992, "EUR"), "10023")
    assert png != giro_code(BANK, Money(9993, "EUR"), "10023")


@pytest.mark.parametrize(
    ("money", "reference"),
    [
        (Money(9992, "USD"), "10023"),
        (Money(0, "EUR"), "10023"),
        (Money(-5, "EUR"), "10023"),
        (Money(100_000_000_000, "EUR"), "10023"),
        (Money(9992, "EUR"), ""),
        (Money(9992, "EUR"), "\n\r\t"),
        (Money(9992, "EUR"), "漢" * 140),  # more bytes than the standard allows
    ],
)
def test_what_a_girocode_cannot_say(money: Money, reference: str) -> None:
    assert giro_code(BANK, money, reference) is None


@pytest.mark.parametrize(
    ("iban", "bic", "fault"),
    [
        ("DE02120300000000202051", "", None),
        ("DE02 1203 0000 0000 2020 51", "BYLADEM1001", None),
        ("DE03120300000000202051", "", "iban"),
        ("", "", "iban"),
        ("DE02120300000000202051", "BYLA", "bic"),
    ],
)
def test_account_numbers_are_checked(iban: str, bic: str, fault: str | None) -> None:
    bank = BankAccount(holder="Demo", iban=iban, bic=bic)
    said = account_fault(bank)
    if fault is None:
        assert said is None
    else:
        assert said is not None
        assert said.startswith(f"bank.{fault} ")
        with pytest.raises(ValueError, match=f"bank.{fault}"):
            giro_code(bank, Money(1, "EUR"), "1")


def test_the_iban_as_people_read_it() -> None:
    assert iban_groups("DE02120300000000202051") == "DE02 1203 0000 0000 2020 51"


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=300), st.text(max_size=300), st.integers(1, 10**10))
def test_no_text_can_add_a_line(holder: str, reference: str, amount: int) -> None:
    bank = BankAccount(holder=holder, iban=BANK.iban)
    lines = payload(bank, Money(amount, "EUR"), reference)
    if lines is not None:
        assert len(lines) == 11
        assert lines[6:8] == [BANK.iban, f"EUR{Money(amount, 'EUR').plain()}"]
        assert len(lines[5]) <= 70
        assert len(lines[10]) <= 140
