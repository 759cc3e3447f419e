"""The tables are brought up to date: Alembic's migrations, run at start and by `mailbot db upgrade`."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from mailbot.store.tables import metadata

HEAD = "0001"
"""The newest migration. A test holds it to the folder; Alembic itself is loaded only when there is work for it."""

FOLDER = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Runs the migrations that this database has not had yet; costs a millisecond when there is none."""
    revision = current(engine)
    if revision == HEAD:
        return
    if revision is None and _make(engine):
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.exec_driver_sql("COMMIT") if sqlite else connection.commit()


def _make(engine: Engine) -> bool:
    """Makes all tables of an empty database at once, as the migrations would; a test holds the two to each other."""
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        if inspect(connection).get_table_names():
            connection.exec_driver_sql("ROLLBACK") if sqlite else connection.rollback()
            return False
        metadata.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
        connection.exec_driver_sql("COMMIT") if sqlite else connection.commit()
    return True


def current(engine: Engine) -> str | None:
    """The revision that the database has; None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))
