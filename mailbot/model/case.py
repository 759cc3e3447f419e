"""A case: the facts around one request of one mail, gathered once, so that deciding needs nothing else."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from mailbot.model.decision import Proof
from mailbot.model.mail import Facts, Mail, Request
from mailbot.model.order import Order
from mailbot.model.shop import Shop

FoundBy = Literal["reply token", "thread", "number and sender", "number", "only open order", ""]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Dates that the payment rules give: when money should be here, until when to be patient, when a person answers."""

    expected: tuple[date, date] | None = None  # earliest and latest day on which the payment should be here
    pause_until: datetime | None = None  # how long reminders wait after "I have paid"
    promised_by: datetime | None = None  # by when a person answers


@dataclass(frozen=True, slots=True)
class Case:
    """One request and all that is known about it. `once` is the prefix of the keys of its effects ("mail:17")."""

    shop: Shop
    mail: Mail
    request: Request
    now: datetime
    once: str
    language: str = "en"
    facts: Facts = field(default_factory=Facts)
    order: Order | None = None
    found_by: FoundBy = ""
    candidates: tuple[Order, ...] = ()  # the sender's orders, when it is not clear which one is meant
    purchases: tuple[Order, ...] = ()  # for a lookup: the orders of the address asked about
    own_purchases: tuple[Order, ...] = ()  # for a lookup: the orders of the sender's own address
    asked_about: str = ""  # for a lookup: that address
    proof: Proof = Proof.NONE
    from_staff: bool = False
    from_us: bool = False
    sender_verdict: str = "none"  # of SPF, DKIM and DMARC: pass, fail, none or unknown
    recent_letters: int = 0  # automatic letters to this sender within the budget's window
    budget: int = 10
    has_invoice: bool = False
    outlook: Outlook = field(default_factory=Outlook)

    @property
    def sender(self) -> str:
        return self.mail.sender.email

    @property
    def by_customer(self) -> bool:
        """Whether the mail says that it comes from the order's own address. Says, not proves."""
        return self.order is not None and self.sender == self.order.customer.email
