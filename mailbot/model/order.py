"""An order and its legal steps: the one table that says what may happen to an order, and when."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from mailbot.model.money import Money

State = Literal["pending", "paid", "refunding", "refunded", "cancelled", "expired"]

# (state now, step) → state then. What is not here is illegal: it is refused by name, recorded, and seen by staff.
STEPS: dict[tuple[State, str], State] = {
    ("pending", "change_method"): "pending",
    ("pending", "decline"): "pending",
    ("pending", "remind"): "pending",
    ("pending", "pause"): "pending",
    ("pending", "refund_part"): "pending",  # a part that had come goes back; the order still waits for its money
    ("pending", "pay"): "paid",
    ("pending", "cancel"): "cancelled",
    ("pending", "expire"): "expired",
    ("cancelled", "refund_part"): "cancelled",  # what had come of an order that was never paid in full
    ("expired", "pay"): "paid",  # money that comes late is welcome: nothing was taken from anybody
    ("paid", "request_refund"): "refunding",
    ("refunding", "keep_payment"): "paid",  # staff decided against the refund
    ("refunding", "refund"): "refunded",
    ("paid", "refund"): "refunded",  # the shop paid back by itself
    ("paid", "refund_part"): "paid",
    ("refunding", "refund_part"): "refunding",
    ("pending", "deliver"): "pending",  # goods on account: delivered first, paid later
    ("paid", "deliver"): "paid",
    ("refunding", "deliver"): "refunding",
    ("pending", "renew"): "pending",
    ("paid", "renew"): "paid",
}


class IllegalStep(Exception):
    """The order is in a state in which this step is not allowed."""

    def __init__(self, number: str, state: str, step: str) -> None:
        super().__init__(f"order {number} is {state}: the step '{step}' is not legal there")
        self.number, self.state, self.step = number, state, step


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where somebody lives; `country` is ISO 3166-1 alpha-2 in capitals."""

    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """Who ordered. `email` is the order's address: the only one that keys, links and lists are ever sent to."""

    name: str
    email: str
    language: str = ""
    address: PostalAddress = field(default_factory=PostalAddress)
    vat_id: str = ""
    business: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order. `unit_net` is minor units without tax; `tax_rate` a decimal string in percent ("22")."""

    sku: str
    name: str
    quantity: int
    unit_net: int
    tax_rate: str
    tax_name: str
    kind: Literal["download", "service", "goods"] = "download"
    publisher_name: str = ""
    publisher_support: str = ""

    @property
    def net(self) -> int:
        return self.quantity * self.unit_net


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a consumer was told and agreed to of the right to withdraw (Directive 2011/83/EU); None: was not given."""

    informed_at: datetime | None = None
    consent_at: datetime | None = None
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What was delivered for one line: the keys, and the download with its last day."""

    sku: str
    keys: tuple[str, ...] = ()
    download_url: str = ""
    download_days: int | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """An order as this house knows it. Amounts are minor units of `currency`; times are aware and in UTC.

    `due_at` is when the clock looks at the order next (None: never); `reminders` how many were sent;
    `paused_until` holds reminders back because the customer said that the money is on its way.
    """

    id: int
    shop: str
    number: str
    state: State
    placed_at: datetime
    currency: str
    payment_method: str
    customer: Customer
    lines: tuple[Line, ...]
    total_net: int
    total_tax: int
    total: int
    withdrawal: Withdrawal = field(default_factory=Withdrawal)
    items: tuple[Item, ...] = ()  # deliveries, newest last; empty where they were not loaded
    paid_at: datetime | None = None
    paid_amount: int = 0
    paid_with: str = ""
    payment_id: str = ""
    card_last4: str = ""
    refund_amount: int = 0
    refund_ids: tuple[str, ...] = ()  # the refunds that are counted in it
    payment_ids: tuple[str, ...] = ()  # the payments that are counted in paid_amount
    delivered_at: datetime | None = None
    ended_at: datetime | None = None  # cancelled, expired or refunded
    reminders: int = 0
    due_at: datetime | None = None
    expires_at: datetime | None = None
    paused_until: datetime | None = None
    renews_on: str = ""
    version: int = 1

    @property
    def money(self) -> Money:
        """The order's total."""
        return Money(self.total, self.currency)

    @property
    def received(self) -> int:
        """What was paid and is still here, in minor units."""
        return max(self.paid_amount - self.refund_amount, 0)

    @property
    def open(self) -> int:
        """What is missing to the total, in minor units; asked for while the order is pending."""
        return max(self.total - self.received, 0)

    @property
    def part_paid(self) -> bool:
        """Money came for it, but not the total: whatever is to become of it is a person's matter."""
        return self.state == "pending" and self.received > 0

    @property
    def left(self) -> int:
        """What can still be paid back, in minor units: what was paid, less what went back already."""
        if self.state in ("pending", "cancelled", "expired"):
            return self.received
        return max((self.paid_amount or self.total) - self.refund_amount, 0)

    @property
    def consumer(self) -> bool:
        return not self.customer.business and not self.customer.vat_id

    def allows(self, step: str) -> bool:
        return (self.state, step) in STEPS


def take(order: Order, step: str, **changes: object) -> Order:
    """The order after a legal step, with the given fields changed and its version raised.

    Raises IllegalStep. Example: `take(order, "pay", paid_at=at)`.
    """
    try:
        state = STEPS[order.state, step]
    except KeyError:
        raise IllegalStep(order.number, order.state, step) from None
    return replace(order, state=state, version=order.version + 1, **changes)  # type: ignore[arg-type]
