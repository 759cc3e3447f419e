"""A mail as read: what came in, what is new in it, and what its writer asks for."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Automatic = Literal["bounce", "auto_reply", "list", "report", "challenge"]

KINDS = (
    "resend_key", "resend_download", "cancel_order", "refund", "withdrawal", "invoice_copy", "invoice_correction",
    "change_payment", "card_declined", "cancel_renewal", "purchase_lookup", "order_status", "payment_sent",
    "unknown_charge", "change_email", "tax_question", "wrong_product", "discount", "order_refused",
    "technical_problem", "presale", "privacy_request", "human", "thanks", "unclear",
)  # fmt: skip
"""Every kind of request, in the order in which they are listed to people. `unclear` is all the rest."""


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address: display name (may be empty) and addr-spec in lower case."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is not the text of the mail. `name` is for display only, never a path."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a delivery report (RFC 3464, or older shapes) says of one recipient."""

    recipient: str
    status: str  # enhanced status code (RFC 3463) such as "5.1.1", or "" when none is given
    permanent: bool
    message_id: str  # of the mail that could not be delivered, or ""


@dataclass(frozen=True, slots=True)
class Mail:
    """A parsed mail. Text is Unicode with `\\n` line ends; header values hold no line breaks or controls.

    `text` is the whole readable text; `new_text` only what its writer wrote now (no history, no signature).
    `other_text` is the second reading where the cut was large and doubtful, else "".
    """

    message_id: str  # with angle brackets, or "" when there is none
    sender: Address
    subject: str
    text: str = ""
    new_text: str = ""
    other_text: str = ""
    html: str = ""
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    date: datetime | None = None
    content_type: str = "text/plain"
    attachments: tuple[Attachment, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()  # decoded, in order, lower-case names, size-limited
    reports: tuple[tuple[str, str], ...] = ()  # (media type, text) of parts written for machines, such as RFC 3464's
    automatic: Automatic | None = None
    bounce: tuple[Bounce, ...] = ()
    secrets_removed: int = 0
    error: str | None = None

    def header(self, name: str) -> str:
        """The first header of that name (any case), or ""."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), "")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money named in a text, in minor units; `currency` is "" when the text does not say."""

    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is named in a text, apart from what is asked: all of it hints, none of it proof."""

    orders: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    dates: tuple[date, ...] = ()
    method: str = ""  # a payment method named: card, paypal, wire, check, ach …
    last4: str = ""
    products: tuple[str, ...] = ()
    vat_ids: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    new_name: str = ""  # a new name for an invoice


@dataclass(frozen=True, slots=True)
class Request:
    """One thing the writer asks for. `evidence` is the words that matched, each with its rule.

    A `guess` has no rule behind it, only a likeness: nothing may be changed on its word.
    """

    kind: str
    confidence: float
    evidence: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    guess: bool = False

    @property
    def row(self) -> dict[str, Any]:
        """As `mailbot read` prints it and a mail's row keeps it; `guess` is named only where it is one."""
        told = {
            "kind": self.kind,
            "confidence": round(self.confidence, 2),
            "orders": list(self.orders),
            "evidence": list(self.evidence),
        }
        return told | {"guess": True} if self.guess else told


@dataclass(frozen=True, slots=True)
class Reading:
    """The understanding of one mail: its requests in the order they were made, never empty for a person's mail."""

    mail: Mail
    language: str  # ISO 639-1, "" when it could not be told
    requests: tuple[Request, ...] = ()
    facts: Facts = field(default_factory=Facts)

    @property
    def told_language(self) -> str:
        """The language as it is shown: "" also for one that has no name here (the reader's "xx")."""
        return "" if self.language == "xx" else self.language
