"""The inbox: every interaction counts once, however often a platform delivers it."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from plnbot.engine.store import inbox
from plnbot.store.database import Tx
from plnbot.talk.interactions import Interaction


def first_time(tx: Tx, interaction: Interaction, now: datetime) -> bool:
    """Note the interaction's key; return False when it was noted before."""
    values = {
        "platform": interaction.where.platform,
        "workspace": interaction.where.workspace,
        "key": interaction.key,
        "at": now,
    }
    dialect = sqlite if tx.dialect == "sqlite" else postgresql
    noted = dialect.insert(inbox).values(values).on_conflict_do_nothing().returning(inbox.c.key)
    return tx.execute(noted).one_or_none() is not None


def forget(tx: Tx, before: datetime) -> int:
    """Delete keys older than any platform redelivers."""
    return tx.execute(delete(inbox).where(inbox.c.at < before)).rowcount


def touch(tx: Tx, now: datetime) -> None:
    """Write a key of our own down, to see that writing works; `forget` takes it away in time."""
    values = {"platform": "plnbot", "workspace": "", "key": "touched", "at": now}
    dialect = sqlite if tx.dialect == "sqlite" else postgresql
    tx.execute(
        dialect.insert(inbox)
        .values(values)
        .on_conflict_do_update(index_elements=["platform", "workspace", "key"], set_={"at": now})
    )
