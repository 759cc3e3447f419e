"""A decision: what we will do about an occasion, and because of what. Data only: to be stored, shown and approved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any, Literal

from mailbot.model.order import Item

Action = Literal["reply", "change", "hold", "ignore", "quarantine"]


class Proof(IntEnum):
    """How sure we are who is asking; each action names the least that it needs."""

    NONE = 0
    TO_ORDER_ADDRESS = 1  # needs nothing of the asker: the answer goes to the order's address alone
    VERIFIED_SENDER = 2  # aligned DKIM/SPF/DMARC, and the order's own address
    REPLY_TOKEN = 3  # the signed address of a letter of ours, used by its addressee
    BUTTON = 4  # a POST on the page behind a signed link mailed to the order's address
    STAFF = 5

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Change:
    """One legal step of one order, with the fields it changes. Times in `fields` may be RFC 3339 text."""

    order_id: int
    step: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    items: tuple[Item, ...] = ()  # what the step `deliver` delivers


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to be sent. `name` is `<kind>/<outcome>`, the template's path below templates/letters.

    `once` makes it happen once: the same key again is the same letter. `facts` are what the template is told beside
    the order, as plain JSON values. Letters of one decision to one address are joined into one mail.
    """

    name: str
    to: str
    once: str
    language: str = ""
    order_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None  # wait until then (a confirmation that a payment may replace)
    only_while: str = ""  # the order state in which it still makes sense; looked at again when it is sent
    attach_invoice: bool = False
    unasked: bool = False  # news (Auto-Submitted: auto-generated) and not an answer (auto-replied)
    replaces: str = ""  # a letter of that name about the same order that still waits does not leave any more
    only_replacing: bool = False  # and where none waits, this one is not sent either


@dataclass(frozen=True, slots=True)
class Errand:
    """Work that leaves the house and is no letter: `refund` (pay money back), later webhooks."""

    kind: str
    once: str
    order_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case for a person: why, and by when the customer was promised an answer.

    `held` is the decision that waits for approval; approving it acts on exactly that.
    """

    kind: str
    reason: str
    promised_by: datetime | None = None
    held: "Decision | None" = None
    declined: "Decision | None" = None  # what happens when staff say no
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What will be done, and because of what. `rule` names the file and key that says so."""

    action: Action
    because: str
    rule: str = ""
    proof: Proof = Proof.NONE
    kind: str = ""
    changes: tuple[Change, ...] = ()
    letters: tuple[Letter, ...] = ()
    errands: tuple[Errand, ...] = ()
    case: OpenCase | None = None
