"""The database of an installation is opened: to work on, or only to look; and whether we are alone on it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection

from mailbot.settings import Settings, SettingsError
from mailbot.store import schema, work
from mailbot.store.database import Database
from mailbot.store.tables import errands, events, mails


def open_database(settings: Settings) -> Database:
    """The database, with its tables brought up to date."""
    db = Database(settings.database)
    schema.upgrade(db.engine)
    return db


def existing_database(settings: Settings) -> Database:
    """The database as it is, for those who only look. Raises SettingsError when it is not there or not up to date."""
    file = Path(settings.database.removeprefix("sqlite:///"))
    if settings.database.startswith("sqlite:///") and not file.is_file():
        raise SettingsError([f"database: there is no file '{file}'; `mailbot serve` or `mailbot db upgrade` makes it"])
    db = Database(settings.database)
    try:
        revision = schema.current(db.engine)
    except Exception:
        db.close()
        raise
    if revision != schema.HEAD:
        db.close()
        raise SettingsError(["database: its tables are not those of this version: `mailbot db upgrade` first"])
    return db


def end_leases(connection: Connection, now: datetime) -> None:
    for table in (mails, events, errands):
        work.release(connection, table, now)


@contextmanager
def alone_on(database: str) -> Iterator[bool]:
    """Whether this is the only process on its SQLite file: then what a crash left claimed is free at once."""
    if not database.startswith("sqlite:///"):
        yield False
        return
    path = Path(database.removeprefix("sqlite:///") + ".lock")
    lock: IO[str] = path.open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        alone = True
    except OSError:
        alone = False
    try:
        yield alone
    finally:
        lock.close()
