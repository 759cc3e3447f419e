"""News from the shop: one model per event type, checked where it comes in. Unknown fields are kept and ignored.

Amounts are integers in the currency's minor unit; times are RFC 3339 with a zone.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    FailFast,
    Field,
    TypeAdapter,
    model_validator,
)

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]+")


def _one_line(value: str) -> str:
    return _CONTROLS.sub(" ", value).strip()


def _none_as_empty(value: Any) -> Any:
    return "" if value is None else value


def _plain_address(value: str) -> str:
    if not re.fullmatch(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]{1,64}@[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]{3,250}", value):
        raise ValueError("should be one plain mail address")
    return value.lower()


def _day(value: str) -> str:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("should be a day such as 2026-11-21")
    date.fromisoformat(value)  # says itself what is wrong with 2026-02-31
    return value


def _rate(value: Any) -> str:
    text = str(value).strip() if not isinstance(value, bool) else ""
    if not re.fullmatch(r"\d{1,3}(\.\d{1,4})?", text):
        raise ValueError('should be a decimal string in percent, such as "22" or "5.5"')
    return text


def _at_most(members: int) -> BeforeValidator:
    """Counts before it looks inside: of a list that is too long, not each member is told."""

    def check(value: Any) -> Any:
        if isinstance(value, list | tuple) and len(value) > members:
            raise ValueError(f"should have at most {members} members, not {len(value)}")
        return value

    return BeforeValidator(check)


Text = Annotated[str, BeforeValidator(_none_as_empty), Field(max_length=20_000), AfterValidator(_one_line)]
Name = Annotated[Text, Field(min_length=1)]
Key = Annotated[str, Field(min_length=1, max_length=4000)]
Id = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_one_line)]
Email = Annotated[str, Field(max_length=320), AfterValidator(_plain_address)]
Country = Annotated[str, BeforeValidator(_none_as_empty), Field(pattern=r"^([A-Z]{2})?$")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Amount = Annotated[int, Field(strict=True, ge=0, le=10**13)]
SignedAmount = Annotated[int, Field(strict=True, ge=-(10**13), le=10**13)]
Rate = Annotated[str, BeforeValidator(_rate)]
Day = Annotated[str, Field(max_length=10), AfterValidator(_day)]
Last4 = Annotated[str, BeforeValidator(_none_as_empty), Field(pattern=r"^([0-9]{4})?$")]
Method = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Url = Annotated[
    str, BeforeValidator(_none_as_empty), Field(max_length=2000, pattern=r"^(https?://[^\s<>\"'`\\^{|}]+)?$")
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class EventAddress(_Part):
    street: Text = ""
    postcode: Text = ""
    city: Text = ""
    country: Country = ""
    region: Text = ""


class EventCustomer(_Part):
    name: Text = ""
    email: Email
    language: Annotated[str, BeforeValidator(_none_as_empty), Field(pattern=r"^([a-z]{2}([-_][A-Za-z]{2,4})?)?$")] = ""
    address: EventAddress = EventAddress()
    vat_id: Text = ""
    business: bool = False


class EventPublisher(_Part):
    name: Text = ""
    support: Text = ""


class EventLine(_Part):
    sku: Id
    name: Name
    quantity: int = Field(strict=True, ge=1, le=1_000_000)
    unit_net: SignedAmount
    tax_rate: Rate = "0"
    tax_name: Text = ""
    kind: Literal["download", "service", "goods"] = "download"
    publisher: EventPublisher = EventPublisher()


class EventWithdrawal(_Part):
    informed_at: AwareDatetime | None = None
    consent_at: AwareDatetime | None = None
    acknowledged_at: AwareDatetime | None = None


class EventOrder(_Part):
    number: Id
    placed_at: AwareDatetime
    currency: Currency
    payment_method: Method
    customer: EventCustomer
    lines: Annotated[tuple[EventLine, ...], Field(min_length=1, max_length=500), _at_most(500)]
    total_net: Amount
    total_tax: Amount
    total: Amount
    withdrawal: EventWithdrawal = EventWithdrawal()

    @model_validator(mode="after")
    def _adds_up(self) -> "EventOrder":
        if self.total_net + self.total_tax != self.total:
            raise ValueError(
                f"total should be total_net + total_tax = {self.total_net + self.total_tax}, not {self.total}"
            )
        lines = sum(line.quantity * line.unit_net for line in self.lines)
        if abs(lines - self.total_net) > sum(line.quantity for line in self.lines):
            raise ValueError(f"the lines add up to {lines} without tax, but total_net says {self.total_net}")
        return self


class EventPayment(_Part):
    id: Id
    method: Method
    amount: Amount
    currency: Currency
    received_at: AwareDatetime | None = None
    card_last4: Last4 = ""
    reason: Text = ""


class EventItem(_Part):
    sku: Id
    keys: Annotated[tuple[Key, ...], FailFast(), Field(max_length=1000), _at_most(1000)] = ()
    download_url: Url = ""
    download_days: int | None = Field(None, ge=0, le=36_500)


class EventRefund(_Part):
    id: Id
    amount: Amount
    currency: Currency


class EventSubscription(_Part):
    id: Id
    renews_on: Day
    amount: Amount
    currency: Currency


class _Event(_Part):
    id: Id
    at: AwareDatetime
    shop: Id


class OrderPlaced(_Event):
    type: Literal["order.placed"]
    order: EventOrder

    @property
    def order_number(self) -> str:
        return self.order.number


class PaymentReceived(_Event):
    type: Literal["payment.received"]
    order_number: Id
    payment: EventPayment


class PaymentDeclined(_Event):
    type: Literal["payment.declined"]
    order_number: Id
    payment: EventPayment


class OrderDelivered(_Event):
    type: Literal["order.delivered"]
    order_number: Id
    items: Annotated[tuple[EventItem, ...], Field(min_length=1, max_length=500), _at_most(500)]


class OrderCancelled(_Event):
    type: Literal["order.cancelled"]
    order_number: Id
    reason: Text = ""


class PaymentRefunded(_Event):
    type: Literal["payment.refunded"]
    order_number: Id
    refund: EventRefund


class SubscriptionRenewing(_Event):
    type: Literal["subscription.renewing"]
    order_number: Id
    subscription: EventSubscription


Event = Annotated[
    OrderPlaced
    | PaymentReceived
    | PaymentDeclined
    | OrderDelivered
    | OrderCancelled
    | PaymentRefunded
    | SubscriptionRenewing,
    Field(discriminator="type"),
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)
"""Checks and builds any event: `EVENT.validate_json(body)`."""
