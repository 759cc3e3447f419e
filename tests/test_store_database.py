"""The one way to a transaction: what waits shares a commit, and one that fails takes nobody along."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from mailbot.store.database import Database
from mailbot.store.tables import counters, metadata


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    db = Database(f"sqlite:///{tmp_path_factory.mktemp('db') / 'a.db'}")
    metadata.create_all(db.engine)
    yield db
    db.close()


def _put(connection: Connection, shop: str, series: str = "s") -> str:
    connection.execute(insert(counters), {"shop": shop, "series": series, "last": 1})
    return shop


def _shops(connection: Connection, series: str) -> set[str]:
    return set(connection.scalars(select(counters.c.shop).where(counters.c.series == series)))


def test_what_was_answered_is_in_the_file(db: Database, tmp_path: Path) -> None:
    assert db.call(_put, "kept") == "kept"
    with sqlite3.connect(str(db.engine.url.database)) as other:
        assert other.execute("SELECT last FROM counters WHERE shop = 'kept'").fetchall() == [(1,)]


async def test_work_that_waits_shares_a_commit_and_each_fails_alone(db: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def hold(connection: Connection) -> None:
        begun.set()
        go_on.wait(5)

    def fail(connection: Connection) -> None:
        _put(connection, "half", "group")
        raise LookupError("on purpose")

    first = asyncio.ensure_future(db.run(hold))
    await asyncio.to_thread(begun.wait, 5)
    jobs = [db.run(_put, f"n{n}", "group") for n in range(20)]
    jobs.insert(7, db.run(fail))
    jobs.insert(9, db.run(_put, "n0", "group"))  # the same key again
    waiting = asyncio.gather(*jobs, return_exceptions=True)
    await asyncio.sleep(0)
    go_on.set()
    await first
    results = await waiting
    assert [type(one) for one in results if not isinstance(one, str)] == [LookupError, IntegrityError]
    assert db.see(_shops, "group") == {f"n{n}" for n in range(20)}


def test_everybody_in_a_failed_commit_hears_of_it(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'b.db'}")
    metadata.create_all(db.engine)

    def break_transaction(connection: Connection) -> None:
        connection.exec_driver_sql("ROLLBACK")  # as SQLite itself does when the disk is full

    with pytest.raises(Exception, match=r"no such savepoint|cannot|no transaction"):
        db.call(break_transaction)
    assert db.call(_put, "afterwards") == "afterwards"
    db.close()


def test_a_caller_who_has_gone_leaves_no_trace(db: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def hold(connection: Connection) -> None:
        begun.set()
        go_on.wait(5)

    held = db._submit(hold, ())
    begun.wait(5)
    gone: Future[Any] = db._submit(_put, ("gone",))
    stays = db._submit(_put, ("stays",))
    assert gone.cancel()
    go_on.set()
    held.result(5)
    assert stays.result(5) == "stays"
    with pytest.raises(CancelledError):
        gone.result(0)
    assert "gone" not in db.see(_shops, "s")


async def test_looking_changes_nothing(db: Database) -> None:
    await db.look(_put, "only looked")
    assert "only looked" not in db.see(_shops, "s")


async def test_looking_does_not_wait_for_the_writer(db: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def hold(connection: Connection) -> None:
        _put(connection, "unseen")
        begun.set()
        go_on.wait(5)

    writing = asyncio.ensure_future(db.run(hold))
    await asyncio.to_thread(begun.wait, 5)
    assert "unseen" not in await db.look(_shops, "s")
    go_on.set()
    await writing
    assert "unseen" in await db.look(_shops, "s")


def test_closing_finishes_what_was_begun(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'c.db'}")
    metadata.create_all(db.engine)
    jobs = [db._submit(_put, (f"n{n}",)) for n in range(300)]
    db.close()
    assert [job.result(0) for job in jobs] == [f"n{n}" for n in range(300)]


def test_commits_are_durable(db: Database) -> None:
    def pragmas(connection: Connection) -> list[object]:
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]

    assert db.see(pragmas) == ["wal", 2]


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="name a file"):
        Database(url)


def test_an_error_does_not_quote_what_was_written(db: Database) -> None:
    db.call(_put, "twice")
    with pytest.raises(IntegrityError) as error:
        db.call(_put, "twice")
    assert "twice" not in str(error.value)
