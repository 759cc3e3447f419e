"""The tax breakdown of an order, and the proof that it says exactly what was charged. Pure.

Tax is computed per tax and rate on the summed net, half up (EN 16931, BR-CO-17). What the shop charged is the truth:
the invoice shows the order's own net, tax and total or it is refused. Shops that round elsewhere are followed in two
open ways, never with a silent cent:

- Tax rounded per line or per piece, or taken out of a gross price: when rounding each line explains the charged tax,
  the groups are rounded per line; else the difference goes to the group with the most tax, whose tax is then as
  charged. Member states allow such rounding (CJEU C-484/06), and EN 16931's own rules accept less than one unit.
- A net total that is not the sum of the lines: the difference is a row of its own, "rounding", in the same group.

Either difference may be one minor unit a piece, 99 at most. More is no rounding but a mistake: TaxMismatch.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NoReturn

from mailbot.model.order import Line, Order


class TaxMismatch(ValueError):
    """What the shop charged cannot be explained by its lines. Names the order, the group and both numbers."""


@dataclass(frozen=True, slots=True)
class TaxGroup:
    """All lines of one tax and rate. `rate` is a decimal string in percent, `net` and `tax` minor units."""

    name: str
    rate: str
    net: int
    tax: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The order's totals, explained: groups sum to `net` and `tax`, lines and `rounding` to `net`, all to `total`.

    `exact` is False where a group's tax is as charged instead of net times rate, half up.
    """

    groups: tuple[TaxGroup, ...]
    rounding: int
    net: int
    tax: int
    total: int
    exact: bool


def breakdown(order: Order) -> Breakdown:
    """Raises TaxMismatch when the order's totals are not those of its lines, or a rate is no percentage."""
    if order.total_net + order.total_tax != order.total:
        _refuse(order, "totals", f"{order.total_net} + {order.total_tax}", order.total)
    by_group = _by_group(order)
    groups = [_group(key, lines) for key, lines in by_group.items()]
    rounding = order.total_net - sum(group.net for group in groups)
    if abs(rounding) > _slack(order) or (rounding and not groups):
        _refuse(order, "net", sum(group.net for group in groups), order.total_net)
    if rounding:
        largest = max(range(len(groups)), key=lambda i: abs(groups[i].net))
        net = groups[largest].net + rounding
        groups[largest] = replace(groups[largest], net=net, tax=half_up(net, groups[largest].rate))
    exact = tuple(groups)
    groups = _as_charged(order, groups, by_group.values())
    return Breakdown(
        tuple(groups), rounding, order.total_net, order.total_tax, order.total, exact=exact == tuple(groups)
    )


def half_up(net: int, rate: str) -> int:
    """The tax on `net` minor units at `rate` percent, in minor units; a half is rounded away from zero."""
    return int((net * Decimal(rate) / 100).quantize(Decimal(1), ROUND_HALF_UP))


def plain_rate(rate: str) -> str:
    """One spelling for a rate: `22`, `9.975`, `0`. Raises ValueError when it is no percentage from 0 to 100."""
    try:
        value = Decimal(rate)
    except InvalidOperation:
        raise ValueError(f"'{rate}' is no percentage") from None
    if not value.is_finite() or not 0 <= value <= 100 or len(rate) > 20:
        raise ValueError(f"'{rate}' is no percentage from 0 to 100")
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _by_group(order: Order) -> dict[tuple[str, str], list[Line]]:
    """Tax name and rate → lines, in the order in which they first appear."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in order.lines:
        try:
            rate = plain_rate(line.tax_rate)
        except ValueError as error:
            raise TaxMismatch(f"order {order.number}: line {line.sku}: tax rate {error}") from None
        groups.setdefault((line.tax_name, rate), []).append(line)
    return groups


def _group(key: tuple[str, str], lines: Iterable[Line]) -> TaxGroup:
    net = sum(line.net for line in lines)
    return TaxGroup(*key, net, half_up(net, key[1]))


def _as_charged(order: Order, groups: list[TaxGroup], lines: Iterable[list[Line]]) -> list[TaxGroup]:
    """The groups with the tax that the shop charged."""
    if sum(group.tax for group in groups) == order.total_tax:
        return groups
    per_line = [
        replace(group, tax=sum(half_up(line.net, group.rate) for line in its))
        for group, its in zip(groups, lines, strict=True)
    ]
    if sum(group.tax for group in per_line) == order.total_tax:
        return per_line
    return _to_most_taxed(order, groups)


def _to_most_taxed(order: Order, groups: list[TaxGroup]) -> list[TaxGroup]:
    computed = sum(group.tax for group in groups)
    taxed = [i for i, group in enumerate(groups) if group.tax]
    most = max(taxed, key=lambda i: abs(groups[i].tax), default=None)
    off = order.total_tax - computed
    if most is None or abs(off) > _slack(order):
        names = ", ".join(f"{group.name} {group.rate} %" for group in groups) or "no lines"
        _refuse(order, f"tax ({names})", computed, order.total_tax)
    return [replace(group, tax=group.tax + off) if i == most else group for i, group in enumerate(groups)]


def _slack(order: Order) -> int:
    """What rounding can explain: a minor unit for each piece, and less than one whole unit."""
    return min(99, sum(abs(line.quantity) for line in order.lines))


def _refuse(order: Order, what: str, ours: object, charged: object) -> NoReturn:
    raise TaxMismatch(
        f"order {order.number}: {what}: its lines give {ours}, the shop charged {charged} "
        f"(minor units of {order.currency}); no invoice is issued until the shop corrects one of them"
    )
