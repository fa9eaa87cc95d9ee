"""Migrations bring every database to what the code says, and refuse what they do not know."""

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from plnbot.store import migrations
from plnbot.store.migrations import SchemaError, migrate, revisions, standing_of
from plnbot.store.migrations.stepping import differences


def test_migrations_and_tables_agree(database_url: str) -> None:
    """A migrated database holds exactly the tables in the code."""
    assert differences(database_url) == []
    assert standing_of(database_url) == "it is up to date"


def test_migrating_again_changes_nothing(database_url: str) -> None:
    """The second start finds nothing to do."""
    migrate(database_url)
    assert differences(database_url) == []


def test_steps_are_in_one_line() -> None:
    """What the files are named is what the steps are called, each after the one before."""
    folder = Path(migrations.__file__).parent
    steps = list(ScriptDirectory(str(folder)).walk_revisions())
    assert [each.revision for each in reversed(steps)] == revisions()
    assert [each.down_revision for each in reversed(steps)] == [None, *revisions()[:-1]]


def test_a_newer_database_is_refused(database_url: str) -> None:
    """A database of a newer version is left alone, and the words say what to do."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(SchemaError, match="newer version"):
        migrate(database_url)
