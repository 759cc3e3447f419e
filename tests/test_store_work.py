"""Claims and leases: who has a row, what a crash leaves, and how it comes up again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from kit import NOW
from sqlalchemy import Connection, insert, select

from mailbot.store import work
from mailbot.store.database import Database
from mailbot.store.tables import mails, metadata


@pytest.fixture
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    db = Database(f"sqlite:///{tmp_path_factory.mktemp('work') / 'a.db'}")
    metadata.create_all(db.engine)
    yield db
    db.close()


def _add(db: Database, key: str, state: str = "new", at: datetime = NOW, attempts: int = 0) -> None:
    values = {"key": key, "rcpt_to": [], "sealed": b"", "received_at": NOW, "state": state, "next_try": at,
              "attempts": attempts}  # fmt: skip
    db.call(lambda connection: connection.execute(insert(mails), values))


def _claim(db: Database, now: datetime = NOW, most: int = 10) -> list[str]:
    return [row.key for row in db.call(work.claim, mails, ("new",), now, most)]


def _row(db: Database, key: str) -> tuple[str, int, datetime]:
    query = select(mails.c.state, mails.c.attempts, mails.c.next_try).where(mails.c.key == key)
    return tuple(db.see(lambda connection: connection.execute(query).one()))  # type: ignore[return-value]


def test_what_is_due_is_claimed_once_oldest_first(db: Database) -> None:
    for key, minutes in (("b", -1), ("a", -5), ("c", 0), ("not yet", 1)):
        _add(db, key, at=NOW + timedelta(minutes=minutes))
    _add(db, "done", "done")
    assert _claim(db) == ["a", "b", "c"]
    assert _claim(db) == []
    assert _row(db, "a") == ("working", 1, NOW + work.LEASE)


def test_no_more_than_asked_for(db: Database) -> None:
    for key in "abcde":
        _add(db, key)
    assert [_claim(db, most=2), _claim(db, most=2), _claim(db, most=2)] == [["a", "b"], ["c", "d"], ["e"]]


def test_a_lease_that_ran_out_comes_up_again_with_the_attempt_counted(db: Database) -> None:
    _add(db, "a")
    _claim(db)
    assert _claim(db, NOW + work.LEASE - timedelta(seconds=1)) == []
    rows = db.call(work.claim, mails, ("new",), NOW + work.LEASE, 10)
    assert [(row.key, row.state, row.attempts) for row in rows] == [("a", "working", 1)]  # as it was found
    assert _row(db, "a")[1] == 2


def test_who_is_alone_may_end_every_lease(db: Database) -> None:
    _add(db, "a")
    _add(db, "waits", at=NOW + timedelta(hours=1))
    _claim(db)
    db.call(work.release, mails, NOW)
    assert _claim(db) == ["a"]
    assert _row(db, "waits")[2] == NOW + timedelta(hours=1)


def test_a_claim_that_is_rolled_back_is_none(db: Database) -> None:
    _add(db, "a")

    def claim_and_fail(connection: Connection) -> None:
        work.claim(connection, mails, ("new",), NOW, 10)
        raise LookupError

    with pytest.raises(LookupError):
        db.call(claim_and_fail)
    assert _row(db, "a") == ("new", 0, NOW)


def test_settling_and_the_next_time(db: Database) -> None:
    _add(db, "a", at=NOW + timedelta(hours=2))
    _add(db, "b", at=NOW + timedelta(hours=1))
    assert db.see(work.next_due, mails, ("new",)) == NOW + timedelta(hours=1)
    db.call(lambda connection: work.settle(connection, mails, 2, state="done", error=""))
    assert db.see(work.next_due, mails, ("new",)) == NOW + timedelta(hours=2)
    assert db.see(work.next_due, mails, ("nothing",)) is None


def test_times_without_a_zone_are_not_stored(db: Database) -> None:
    with pytest.raises(Exception, match="zone"):
        _add(db, "a", at=datetime(2026, 1, 1))
