"""Alembic's entry point; run by `plnbot.store.migrations`."""

from alembic import context
from sqlalchemy import create_engine, event

from plnbot.store.schema import managed, metadata

engine = create_engine(context.config.attributes["url"], hide_parameters=True)

if engine.dialect.name == "sqlite":
    # The driver must not commit before DDL by itself: a migration is whole or not at all.
    @event.listens_for(engine, "connect")
    def _connect(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined] # sqlite3's own

    @event.listens_for(engine, "begin")
    def _begin(connection: object) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined] # a Connection


with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_name=managed,
        render_as_batch=engine.dialect.name == "sqlite",
        transaction_per_migration=True,
        user_module_prefix="",
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
