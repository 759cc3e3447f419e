"""The migrations: they end in the tables as the code knows them, and are run once."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from mailbot.store import schema
from mailbot.store.database import Database
from mailbot.store.tables import metadata


def test_an_empty_database_is_made_at_once_and_as_the_migrations_make_it(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'a.db'}")
    schema.upgrade(db.engine)
    assert schema.current(db.engine) == schema.HEAD
    assert _shape(db) == _shape(_by_code(tmp_path))
    db.close()


def test_the_migrations_make_the_tables_of_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "_make", lambda engine: False)
    db = Database(f"sqlite:///{tmp_path / 'a.db'}")
    assert schema.current(db.engine) is None
    schema.upgrade(db.engine)
    assert schema.current(db.engine) == schema.HEAD
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert _shape(db) == _shape(_by_code(tmp_path))
    schema.upgrade(db.engine)  # again: nothing to do
    assert schema.current(db.engine) == schema.HEAD
    db.close()


def test_head_is_the_newest_script() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def _by_code(folder: Path) -> Database:
    db = Database(f"sqlite:///{folder / 'b.db'}")
    metadata.create_all(db.engine)
    return db


def _shape(db: Database) -> dict[str, object]:
    """Columns with type, null and default, and the indexes of every table."""
    with db.engine.connect() as connection:
        look = inspect(connection)
        return {
            table: (
                [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(table)],
                sorted((index["name"], tuple(index["column_names"])) for index in look.get_indexes(table)),
                sorted(tuple(unique["column_names"]) for unique in look.get_unique_constraints(table)),
                look.get_pk_constraint(table)["constrained_columns"],
            )
            for table in metadata.tables
        }
