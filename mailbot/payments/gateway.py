"""The door for payment providers: what a refund needs, what can come of it, and the way by hand."""

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Refund:
    """A full or partial refund to be paid. `once` goes to the provider as its idempotency key.

    `amount` is minor units of `currency`; `method` is what the customer paid with, and where the money must go back
    to (Directive 2011/83/EU, Art. 13(1)); `payment_id` is the provider's name for the payment. The facts of a refund
    errand (answers/refund.py) are these fields: `Refund(once=errand.once, **errand.facts)`.
    """

    once: str
    order_number: str
    customer: str
    amount: int
    currency: str
    method: str
    payment_id: str
    paid_at: str  # RFC 3339, "" when it is not known
    card_last4: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: `done`; `by_hand`: staff must pay it; `later`: try again; `never`: refused, a person sees it."""

    fate: Literal["done", "by_hand", "later", "never"]
    because: str
    refund_id: str = ""


class Gateway(Protocol):
    """A payment provider. Called outside of any transaction, and again with the same `once` after a crash."""

    async def refund(self, refund: Refund) -> Outcome: ...


class ByHand:
    """No provider: staff are told what to pay back, and `payment.refunded` from the shop closes the order."""

    async def refund(self, refund: Refund) -> Outcome:
        return Outcome("by_hand", "no payment provider is connected")
