"""The tax breakdown: rates and rounding, shops that round elsewhere, and totals that are refused."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.invoices.tax import Breakdown, TaxGroup, TaxMismatch, breakdown, half_up, plain_rate
from mailbot.model.order import Customer, Line, Order


def make_order(lines: list[tuple[int, int, str]], tax: int, net: int | None = None, total: int | None = None) -> Order:
    """An order of lines (quantity, unit net, rate) with the totals that the shop charged."""
    made = tuple(Line(f"P{i}", f"Product {i}", q, unit, rate, "IVA") for i, (q, unit, rate) in enumerate(lines))
    net = sum(line.net for line in made) if net is None else net
    return Order(
        id=1, shop="demo", number="10023", state="paid", placed_at=datetime(2026, 11, 2, tzinfo=UTC), currency="EUR",
        payment_method="wire", customer=Customer("M", "m@x.example"), lines=made, total_net=net, total_tax=tax,
        total=net + tax if total is None else total,
    )  # fmt: skip


def test_the_sample_of_the_contract() -> None:
    assert breakdown(make_order([(2, 4095, "22")], 1802)) == Breakdown(
        (TaxGroup("IVA", "22", 8190, 1802),), rounding=0, net=8190, tax=1802, total=9992, exact=True
    )


def test_groups_by_rate_in_the_order_of_the_lines() -> None:
    result = breakdown(make_order([(1, 1000, "20"), (1, 500, "5.50"), (1, -200, "20.0")], 188))
    assert result.groups == (TaxGroup("IVA", "20", 800, 160), TaxGroup("IVA", "5.5", 500, 28))
    assert result.exact


@pytest.mark.parametrize(
    ("net", "rate", "tax"),
    [
        (8190, "22", 1802),  # 1801.8
        (250, "5", 13),  # 12.5: a half goes up, where Python's round would go down
        (-250, "5", -13),
        (350, "5", 18),
        (10000, "14.975", 1498),
        (10000, "0", 0),
        (10**13, "9.975", 997500000000),
    ],
)
def test_half_up(net: int, rate: str, tax: int) -> None:
    assert half_up(net, rate) == tax


@pytest.mark.parametrize(
    ("rate", "plain"),
    [("22", "22"), ("22.00", "22"), ("5.50", "5.5"), ("0", "0"), ("0.0", "0"), ("100", "100"), ("1E+1", "10")],
)
def test_one_spelling_for_a_rate(rate: str, plain: str) -> None:
    assert plain_rate(rate) == plain


@pytest.mark.parametrize("rate", ["", "x", "-1", "101", "NaN", "inf", "1e9999", "22 %", "0." + "0" * 50 + "1"])
def test_no_rate(rate: str) -> None:
    with pytest.raises(ValueError, match="no percentage"):
        plain_rate(rate)
    with pytest.raises(TaxMismatch, match="order 10023: line P0"):
        breakdown(make_order([(1, 100, rate)], 0))


def test_a_shop_that_rounds_each_line() -> None:
    result = breakdown(make_order([(1, 250, "5"), (1, 250, "5"), (1, 1000, "20")], 13 + 13 + 200))
    assert result.groups == (TaxGroup("IVA", "5", 500, 26), TaxGroup("IVA", "20", 1000, 200))
    assert not result.exact


def test_a_shop_that_takes_tax_out_of_its_gross_prices() -> None:
    result = breakdown(make_order([(3, 840, "19")], 477))  # three at 9.99: 29.97, of which 19 % would be 4.79
    assert result.groups == (TaxGroup("IVA", "19", 2520, 477),)
    assert (result.total, result.exact) == (2997, False)


def test_a_net_total_that_is_rounded_is_shown_openly() -> None:
    result = breakdown(make_order([(3, 839, "19")], 479, net=2518))
    assert result.rounding == 1
    assert result.groups == (TaxGroup("IVA", "19", 2518, 479),)


@pytest.mark.parametrize(
    ("order", "says"),
    [
        (make_order([(1, 1000, "20")], 100), "tax (IVA 20 %): its lines give 200, the shop charged 100"),
        (make_order([(1, 1000, "20")], 202), "its lines give 200, the shop charged 202"),  # one piece, two cents
        (make_order([(1, 1000, "0")], 1), "tax (IVA 0 %): its lines give 0, the shop charged 1"),
        (make_order([(1, 1000, "20")], 200, net=1002), "net: its lines give 1000, the shop charged 1002"),
        (make_order([(1, 1000, "20")], 200, total=1199), "totals: its lines give 1000 + 200, the shop charged 1199"),
        (make_order([(500, 1000, "20")], 100_000 + 100), "the shop charged 100100"),  # never a whole unit
        (make_order([], 0, net=1), "net: its lines give 0, the shop charged 1"),
    ],
)
def test_what_rounding_cannot_explain_is_refused_with_both_numbers(order: Order, says: str) -> None:
    with pytest.raises(TaxMismatch) as error:
        breakdown(order)
    assert str(error.value).startswith("order 10023: ")
    assert says in str(error.value)


LINES = st.lists(
    st.tuples(st.integers(1, 20), st.integers(-5_000, 100_000), st.sampled_from(["0", "5.5", "19", "22", "9.975"])),
    min_size=1, max_size=6,
)  # fmt: skip


@given(LINES, st.integers(-3, 3), st.integers(-3, 3))
def test_the_invoice_says_what_was_charged_or_nothing(
    lines: list[tuple[int, int, str]], off: int, net_off: int
) -> None:
    exact = sum(half_up(sum(q * u for q, u, r in lines if r == rate), rate) for rate in {r for _, _, r in lines})
    net = sum(q * unit for q, unit, _ in lines)
    order = make_order(lines, exact + off, net + net_off)
    try:
        result = breakdown(order)
    except TaxMismatch:
        assert off or net_off
        return
    assert (result.net, result.tax, result.total) == (order.total_net, order.total_tax, order.total)
    assert sum(group.net for group in result.groups) == result.net
    assert sum(group.tax for group in result.groups) == result.tax
    assert sum(line.net for line in order.lines) + result.rounding == result.net
    if result.exact:
        assert all(group.tax == half_up(group.net, group.rate) for group in result.groups)


@given(st.integers(1, 100_000), st.sampled_from(["5.5", "19", "20", "22", "25.5"]), st.integers(1, 30))
def test_every_shop_with_gross_prices_gets_its_invoice(gross: int, rate: str, quantity: int) -> None:
    unit = int((gross / (1 + Decimal(rate) / 100)).quantize(Decimal(1), ROUND_HALF_UP))
    order = make_order([(quantity, unit, rate)], quantity * (gross - unit))
    assert breakdown(order).total == quantity * gross
