"""What letters show of an order, worked out from its lines and deliveries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal

from mailbot.model.order import Item, Line, Order
from mailbot.outbox.formats import Day, local_day


@dataclass(frozen=True, slots=True)
class Delivered:
    """One product as it was delivered. `url` is "" where there is nothing to download."""

    name: str
    keys: tuple[str, ...]
    url: str
    days: int | None
    at: datetime | None
    publisher: str
    support: str


@dataclass(frozen=True, slots=True)
class Tax:
    """The tax of one rate in an order, in minor units. `rate` is in percent, "" where rates were not split."""

    name: str
    rate: str
    amount: int


_HOW = {"wire": "transfer", "check": "post", "money_order": "post", "purchase_order": "account"}


def how_paid(method: str) -> str:
    """What the customer is given to pay with, where nothing else tells: `link`, `transfer`, `post` or `account`."""
    return _HOW.get(method, "link")


def delivered(order: Order, skus: Collection[str] = ()) -> list[Delivered]:
    """What was delivered, one entry a product: the newest delivery of each, in the order of the order's lines.

    `skus` limits it to these products; empty means all.
    """
    newest: dict[str, Item] = {item.sku: item for item in order.items if not skus or item.sku in skus}
    lines: Mapping[str, Line] = {line.sku: line for line in reversed(order.lines)}
    ranks = {line.sku: rank for rank, line in enumerate(order.lines)}
    return [_delivered(newest[sku], lines.get(sku)) for sku in sorted(newest, key=lambda sku: ranks.get(sku, 9999))]


def _delivered(item: Item, line: Line | None) -> Delivered:
    return Delivered(
        line.name if line else item.sku, item.keys, item.download_url, item.download_days, item.delivered_at,
        line.publisher_name if line else "", line.publisher_support if line else "",
    )  # fmt: skip


def last_day(at: Day, days: int, zone: tzinfo) -> str:
    """The last day, ISO, on which a download link works that is good for `days` days."""
    return (local_day(at, zone) + timedelta(days=days)).isoformat()


def taxes(order: Order) -> list[Tax]:
    """The order's tax by rate, half up on each rate's sum (EN 16931, BR-CO-17); one sum where that is not the total."""
    nets: dict[tuple[str, str], int] = {}
    for line in order.lines:
        nets[line.tax_name, line.tax_rate] = nets.get((line.tax_name, line.tax_rate), 0) + line.net
    rows = [Tax(name, rate, _share(net, rate)) for (name, rate), net in nets.items()]
    if sum(row.amount for row in rows) != order.total_tax:
        return [Tax("", "", order.total_tax)]
    return [row for row in rows if row.amount]


def _share(net: int, rate: str) -> int:
    return int((net * Decimal(rate) / 100).quantize(Decimal(1), ROUND_HALF_UP))
