"""Alembic's door: it is handed an open connection by `store.schema`, and never opens one itself."""

from alembic import context

from mailbot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
