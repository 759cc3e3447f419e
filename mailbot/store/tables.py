"""The tables. The row is the baton: what is due, what was done and why all stand here, and nowhere else."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware time in UTC; SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone must not be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=True)


def _text(name: str, size: int = 255, **more: Any) -> Column[str]:
    return Column(name, String(size), nullable=False, default="", server_default="", **more)


def _work() -> tuple[Column[Any], ...]:
    """What every queue row has. A worker claims a row by raising `attempts` and moving `next_try` ahead: the lease."""
    return (
        Column("state", String(16), nullable=False),
        Column("attempts", Integer, nullable=False, default=0, server_default="0"),
        Column("next_try", Moment, nullable=False),
        Column("error", Text, nullable=False, default="", server_default=""),
    )


mails = Table(
    "mails",
    metadata,
    _id(),
    _text("shop", 41),
    Column("key", String(64), nullable=False, unique=True),  # SHA-256: the same mail seen twice is one row
    _text("message_id", 400),
    _text("mail_from", 400),
    Column("rcpt_to", JSON, nullable=False),
    _text("peer", 64),
    Column("sealed", LargeBinary, nullable=False),  # the whole mail, encrypted: customers quote their keys
    Column("secrets_removed", Integer, nullable=False, default=0, server_default="0"),
    Column("sender", JSON),  # the proof, where it had to be taken before scrubbing
    Column("received_at", Moment, nullable=False),
    *_work(),  # new · done · failed
    Column("order_id", Id),
    Column("case_id", Id),
    Column("outcome", JSON),  # what was understood and decided, for explain and for people
    Index(None, "state", "next_try"),
    Index(None, "order_id"),
    Index(None, "message_id"),
)

events = Table(
    "events",
    metadata,
    _id(),
    _text("shop", 41),
    Column("event_id", String(200), nullable=False),
    _text("type", 60),
    _text("order_number", 200),
    Column("at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the whole body, encrypted: it may hold licence keys
    *_work(),  # new · waiting · done · refused · failed
    _text("because", 1000),
    Column("told_staff", Boolean, nullable=False, default=False, server_default="0"),
    UniqueConstraint("shop", "event_id"),
    Index(None, "state", "next_try"),
    Index(None, "shop", "order_number", "state"),
)

orders = Table(
    "orders",
    metadata,
    _id(),
    Column("shop", String(41), nullable=False),
    Column("number", String(200), nullable=False),
    Column("state", String(16), nullable=False),
    Column("email", String(400), nullable=False),  # lower case
    Column("due_at", Moment),  # when the clock looks at it next
    Column("version", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),  # the whole order as JSON; the columns above are for looking up
    UniqueConstraint("shop", "number"),
    Index(None, "shop", "email"),
    Index(None, "due_at"),
)

deliveries = Table(
    "deliveries",
    metadata,
    _id(),
    Column("order_id", Id, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),  # items with keys and links, encrypted
    Column("delivered_at", Moment, nullable=False),
)

invoices = Table(
    "invoices",
    metadata,
    _id(),
    Column("shop", String(41), nullable=False),
    Column("series", String(40), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("number", String(80), nullable=False),
    Column("order_id", Id, nullable=False, unique=True),
    Column("issued_at", Moment, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("pdf", LargeBinary, nullable=False),  # the bytes as sent: an issued invoice never changes
    UniqueConstraint("shop", "series", "sequence"),
)

counters = Table(
    "counters",
    metadata,
    Column("shop", String(41), primary_key=True),
    Column("series", String(40), primary_key=True),
    Column("last", Integer, nullable=False),
)

errands = Table(
    "errands",
    metadata,
    _id(),
    Column("once", String(255), nullable=False, unique=True),  # uniqueness is the lock
    Column("kind", String(16), nullable=False),  # letter · refund
    _text("shop", 41),
    Column("order_id", Id, index=True),
    Column("case_id", Id),
    Column("mail_id", Id),
    *_work(),  # ready · sending · done · never · uncertain · superseded · open (a person does it) · closed
    Column("created_at", Moment, nullable=False),
    Column("settled_at", Moment),
    _text("ref", 16, index=True),
    _text("letter", 400),  # <kind>/<outcome>
    _text("to_address", 400),
    _text("mail_from", 400),
    _text("subject", 400),
    _text("only_while", 16),
    Column("only_version", Integer),  # and only while the order has this version
    Column("answers", Boolean, nullable=False, default=False, server_default="0"),
    Column("sealed", LargeBinary),  # the message, encrypted: letters hold licence keys
    Column("facts", JSON),
    _text("reply", 1000),  # what the relay said
    Index(None, "state", "next_try"),
    Index(None, "to_address", "created_at"),
)

cases = Table(
    "cases",
    metadata,
    _id(),
    Column("shop", String(41), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("state", String(16), nullable=False),  # open · approved · declined · answered · closed
    Column("reason", Text, nullable=False),
    Column("order_id", Id, index=True),
    Column("mail_id", Id),
    _text("customer", 400),
    _text("language", 8),
    Column("held", JSON),  # the decision that waits for approval, as data
    Column("declined", JSON),
    Column("created_at", Moment, nullable=False),
    Column("promised_by", Moment),
    Column("decided_at", Moment),
    _text("decided_by", 400),
    Column("order_version", Integer),  # of the order when the case was opened: approving compares it
    Index(None, "shop", "state"),
)

history = Table(
    "history",
    metadata,
    _id(),
    Column("at", Moment, nullable=False),
    Column("shop", String(41), nullable=False),
    Column("order_id", Id, index=True),
    Column("case_id", Id, index=True),
    Column("mail_id", Id),
    _text("actor", 400),  # shop · customer · clock · staff:anna@shop.example
    _text("what", 400),
    Column("because", Text, nullable=False),
    _text("rule", 400),
    _text("proof", 20),
)

hits = Table(
    "hits",
    metadata,
    _id(),
    Column("key", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "key", "at"),
)
