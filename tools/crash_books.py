"""Compares what the installation wrote down and sent with what was said to it: every difference is a line of text."""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crash_stories import Told

TWICE = "may arrive twice: it was interrupted while it was being sent"
_REST = {"mails": ("done",), "events": ("done", "waiting", "refused"), "errands": ("done", "superseded", "closed")}


@dataclass(frozen=True)
class Books:
    """The database of the installation at rest, what it was told, and its letters as the sink got them."""

    base: sqlite3.Connection
    told: Told
    letters: Mapping[str, list[bytes]]  # by Message-ID

    def rows(self, query: str) -> list[sqlite3.Row]:
        self.base.row_factory = sqlite3.Row
        return self.base.execute(query).fetchall()


def compare(books: Books) -> list[str]:
    """Every difference between the books and the world."""
    return [line for check in CHECKS for line in check(books)]


def unrest(base: sqlite3.Connection) -> dict[str, int]:
    """How many rows of each queue are not in a final state."""
    found = {}
    for table, states in _REST.items():
        marks = ", ".join(f"'{state}'" for state in states)
        query = f"SELECT count(*) FROM {table} WHERE state NOT IN ({marks})"
        found[table] = int(base.execute(query).fetchone()[0])
    return {table: count for table, count in found.items() if count}


def _whole(books: Books) -> Iterator[str]:
    for row in books.rows("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"integrity_check: {row[0]}"
    for table, count in unrest(books.base).items():
        yield f"{table}: {count} rows are not at rest"


def _mails(books: Books) -> Iterator[str]:
    rows = books.rows("SELECT message_id, outcome FROM mails")
    kinds = {row["message_id"]: [one["kind"] for one in json.loads(row["outcome"])["requests"]] for row in rows}
    yield from _differ("mails kept", Counter(row["message_id"] for row in rows), Counter(books.told.mails.keys()))
    for message_id, kind in books.told.mails.items():
        if kinds.get(message_id, [kind]) != [kind]:
            yield f"mail {message_id} was understood as {kinds[message_id]}"


def _events(books: Books) -> Iterator[str]:
    rows = books.rows("SELECT event_id, state FROM events")
    yield from _differ(
        "events", Counter((row["event_id"], row["state"]) for row in rows), Counter(books.told.events.items())
    )


def _orders(books: Books) -> Iterator[str]:
    versions = books.told.versions()
    wanted = Counter((number, state, versions[number]) for number, state in books.told.states.items())
    rows = books.rows("SELECT number, state, version FROM orders")
    yield from _differ("orders", Counter((row["number"], row["state"], row["version"]) for row in rows), wanted)
    deliveries = books.rows("SELECT number FROM deliveries JOIN orders ON orders.id = order_id")
    yield from _differ("deliveries", Counter(row[0] for row in deliveries), _with(books.told, "deliver,"))


def _invoices(books: Books) -> Iterator[str]:
    query = (
        "SELECT orders.number AS of, sequence, series, sha256, pdf FROM invoices JOIN orders ON orders.id = order_id"
    )
    rows = books.rows(query + " ORDER BY sequence")
    yield from _differ("invoices", Counter(row["of"] for row in rows), _with(books.told, "pay,"))
    if [row["sequence"] for row in rows] != list(range(1, len(rows) + 1)):
        yield f"invoice numbers are not 1..{len(rows)}"
    if len({row["series"] for row in rows}) > 1:
        yield "invoices stand in two series"
    last = [row["last"] for row in books.rows("SELECT last FROM counters")]
    if last != [len(rows)] and rows:
        yield f"the counter of invoices says {last}, but there are {len(rows)}"
    for row in rows:
        if hashlib.sha256(row["pdf"]).hexdigest() != row["sha256"]:
            yield f"the invoice of order {row['of']} has changed"


def _history(books: Books) -> Iterator[str]:
    query = "SELECT coalesce(number, actor), what FROM history LEFT JOIN orders ON orders.id = order_id"
    yield from _differ("history", Counter(tuple(row) for row in books.rows(query)), books.told.history)


def _cases(books: Books) -> Iterator[str]:
    query = "SELECT number, kind FROM cases LEFT JOIN orders ON orders.id = order_id"
    yield from _differ("cases", Counter(tuple(row) for row in books.rows(query)), books.told.cases)


def _refunds(books: Books) -> Iterator[str]:
    query = "SELECT number, errands.state FROM errands JOIN orders ON orders.id = order_id WHERE kind = 'refund'"
    wanted = Counter((number, "closed") for number in books.told.refunds)
    yield from _differ("refunds", Counter(tuple(row) for row in books.rows(query)), wanted)


def _letters(books: Books) -> Iterator[str]:
    """One row for each letter that should be; the sink has each under one Message-ID, and nothing else."""
    rows = books.rows("SELECT * FROM errands WHERE kind = 'letter'")
    yield from _differ(
        "letters written", Counter((row["to_address"], row["letter"]) for row in rows), books.told.letters()
    )
    if len({row["once"] for row in rows}) != len(rows):
        yield "a once key stands twice"
    named = {f"<{row['ref']}.mailbot@shop.example>": row for row in rows}
    for message_id in set(books.letters) - set(named):
        yield f"the sink has a letter that no row knows: {message_id}"
    for message_id, row in named.items():
        yield from _arrived(row, books.letters.get(message_id, []))


def _arrived(row: sqlite3.Row, copies: list[bytes]) -> Iterator[str]:
    name = f"{row['letter']} to {row['to_address']}"
    if row["state"] == "superseded":
        if row["letter"] != "order/awaiting_payment":
            yield f"{name} was superseded"
    elif not copies:
        yield f"{name} is {row['state']} but never arrived"
    elif len(copies) > 1 and row["error"] != TWICE:
        yield f"{name} arrived {len(copies)} times and is not marked ({row['error']!r})"
    if len({hashlib.sha256(copy).digest() for copy in copies}) > 1:
        yield f"{name} arrived with two contents under one Message-ID"


def _with(told: Told, step: str) -> Counter[str]:
    """The orders that went that step."""
    return Counter({number: times for (number, what), times in told.history.items() if f" {step}" in what})


def _differ(what: str, found: Counter[Any], wanted: Counter[Any]) -> Iterator[str]:
    for one, times in sorted((found - wanted).items(), key=str):
        yield f"{what}: {times} too many: {one}"
    for one, times in sorted((wanted - found).items(), key=str):
        yield f"{what}: {times} missing: {one}"


CHECKS: tuple[Callable[[Books], Iterator[str]], ...] = (
    _whole,
    _mails,
    _events,
    _orders,
    _invoices,
    _history,
    _cases,
    _refunds,
    _letters,
)


def figures(books: Books) -> dict[str, int]:
    """What a person wants to know of a run."""
    rows = books.rows("SELECT ref, error, state, attempts FROM errands WHERE kind = 'letter'")
    copies = {row["ref"]: len(books.letters.get(f"<{row['ref']}.mailbot@shop.example>", [])) for row in rows}
    return {
        "orders": len(books.told.states),
        "mails": len(books.told.mails),
        "events": len(books.told.events),
        "invoices": len(books.rows("SELECT id FROM invoices")),
        "letters written": len(rows),
        "letters superseded before they left": sum(row["state"] == "superseded" for row in rows),
        "letters to staff": sum(books.told.to_staff.values()),
        "letters marked as perhaps sent twice": sum(row["error"] == TWICE for row in rows),
        "letters that did arrive twice or more": sum(count > 1 for count in copies.values()),
        "mails claimed again after a crash": len(books.rows("SELECT id FROM mails WHERE attempts > 1")),
        "events claimed again after a crash": len(books.rows("SELECT id FROM events WHERE attempts > 1")),
    }
