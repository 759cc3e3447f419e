"""The one way to a transaction: `await db.run(function, …)` writes, `await db.look(function, …)` only reads.

On SQLite one thread writes. Whatever waits for it shares one durable commit (group commit), each piece of work in a
savepoint of its own, so that one that fails takes nobody along. On PostgreSQL each has its own transaction in a pool.
A caller hears of its result only after the commit.
"""

import asyncio
import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event

T = TypeVar("T")
_Job = tuple[Callable[..., Any], tuple[Any, ...], "Future[Any]"]
_AT_ONCE = 128  # pieces of work that share a commit at most, …
_FIRST, _LAST = 0, 2  # turns; most work has 1
_LONGEST = 0.1  # … and after so many seconds no other joins: what was done is safe soon, and nobody waits for long


class Database:
    """An open database. `url` as in the configuration: sqlite:///file or postgresql://…"""

    def __init__(self, url: str) -> None:
        self.sqlite = url.startswith("sqlite")
        self.engine = _engine(url)
        self._readers = ThreadPoolExecutor(4, thread_name_prefix="reader")
        self._writers = ThreadPoolExecutor(8, thread_name_prefix="writer")
        self._jobs: queue.PriorityQueue[tuple[int, int, _Job | None]] = queue.PriorityQueue()
        self._serial = count()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    async def run(self, function: Callable[..., T], *args: Any) -> T:
        """Calls `function(connection, *args)` in a writing transaction, and returns after its commit."""
        return await asyncio.wrap_future(self._submit(function, args))

    async def note(self, function: Callable[..., T], *args: Any) -> T:
        """`run` before all that waits: for what has happened outside already, and must be known after a crash."""
        return await asyncio.wrap_future(self._submit(function, args, _FIRST))

    async def look(self, function: Callable[..., T], *args: Any) -> T:
        """Calls `function(connection, *args)` where it can read but not write."""
        return await asyncio.wrap_future(self._readers.submit(self.see, function, *args))

    def call(self, function: Callable[..., T], *args: Any) -> T:
        """`run` for callers without a loop: the command line, tests."""
        return self._submit(function, args).result()

    def see(self, function: Callable[..., T], *args: Any) -> T:
        """`look` for callers without a loop."""
        with self.engine.connect() as connection:
            if self.sqlite:
                connection.exec_driver_sql("BEGIN")
            try:
                return function(connection, *args)
            finally:
                connection.exec_driver_sql("ROLLBACK") if self.sqlite else connection.rollback()

    def close(self) -> None:
        """Finishes what is under way and closes every connection."""
        self._readers.shutdown()
        self._writers.shutdown()
        if self._thread:
            self._put(_LAST, None)
            self._thread.join()
            self._thread = None
        self.engine.dispose()

    def _submit(self, function: Callable[..., T], args: tuple[Any, ...], turn: int = 1) -> "Future[T]":
        if not self.sqlite:
            return self._writers.submit(self._alone, function, args)
        future: Future[T] = Future()
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._write, name="writer", daemon=True)
                self._thread.start()
        self._put(turn, (function, args, future))
        return future

    def _put(self, turn: int, job: _Job | None) -> None:
        self._jobs.put((turn, next(self._serial), job))

    def _alone(self, function: Callable[..., T], args: tuple[Any, ...]) -> T:
        with self.engine.begin() as connection:
            return function(connection, *args)

    def _write(self) -> None:
        """The writer's life: take what waits, do it, commit once, tell everybody."""
        with self.engine.connect() as connection:
            while (job := self._jobs.get()[2]) is not None:
                self._commit_together(connection, job)

    def _commit_together(self, connection: Connection, first: _Job) -> None:
        taken: list[Future[Any]] = []
        results: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            for function, args, future in self._together(first):
                if future.set_running_or_notify_cancel():
                    taken.append(future)
                    if len(taken) == 1:
                        connection.exec_driver_sql("BEGIN IMMEDIATE")
                    results.append((future, *_in_savepoint(connection, function, args)))
            if taken:
                connection.exec_driver_sql("COMMIT")
        except BaseException as error:  # the disk is full, the file is locked: everybody in this commit hears of it
            with contextlib.suppress(Exception):
                connection.exec_driver_sql("ROLLBACK")
            for future in taken:
                future.set_exception(error)
            return
        for future, result, failure in results:
            future.set_exception(failure) if failure else future.set_result(result)

    def _together(self, first: _Job) -> Iterator[_Job]:
        """This piece of work, and what waits behind it, as many as may share a commit; none after what is noted."""
        yield first
        end, noted = time.monotonic() + _LONGEST, False
        with contextlib.suppress(queue.Empty):
            for _ in range(_AT_ONCE - 1):
                turn, serial, job = self._jobs.get_nowait()
                if job is None or (turn != _FIRST and (noted or time.monotonic() > end)):
                    self._jobs.put((turn, serial, job))
                    return
                noted = turn == _FIRST
                yield job


def _in_savepoint(
    connection: Connection, function: Callable[..., Any], args: tuple[Any, ...]
) -> tuple[Any, BaseException | None]:
    plain: Any = connection.connection.driver_connection  # twice for each piece of work: without the wrapper's cost
    plain.execute("SAVEPOINT work")
    try:
        result = function(connection, *args)
    except Exception as error:
        connection.exec_driver_sql("ROLLBACK TO work")
        connection.exec_driver_sql("RELEASE work")
        return None, error
    plain.execute("RELEASE work")
    return result, None


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(
            url.replace("postgresql://", "postgresql+psycopg://", 1),
            pool_size=12,
            pool_pre_ping=True,
            hide_parameters=True,
        )
    # Transactions are ours to begin: pysqlite's own habit loses updates silently.
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,  # an error message must not carry a mail or a key into the log
        connect_args={"timeout": 30, "check_same_thread": False},
    )
    if url in ("sqlite://", "sqlite:///:memory:"):
        raise ValueError("a database in memory cannot be shared by threads; name a file: sqlite:///mailbot.db")

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # a commit that was answered survives a power cut
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=30000")
        cursor.execute("PRAGMA cache_size=-2000")  # KiB, for each connection; more made nothing faster
        cursor.close()

    return engine
