"""The inbox: every interaction counts once, however often a platform delivers it."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from plnbot.engine.store import inbox
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.talk.interactions import Interaction

KEEP = timedelta(days=7)
"""Longer than any platform redelivers, and than a bot is away whose chats are still read."""
_NOTED = on_both(inbox, lambda new: new.on_conflict_do_nothing().returning(inbox.c.key))
_TOUCHED = on_both(
    inbox,
    lambda new: new.on_conflict_do_update(
        index_elements=["platform", "workspace", "key"], set_={"at": new.excluded.at}
    ),
)


def first_time(tx: Tx, interaction: Interaction, now: datetime) -> bool:
    """Note the interaction's key; return False when it was noted before."""
    values = {
        "platform": interaction.where.platform,
        "workspace": interaction.where.workspace,
        "key": interaction.key,
        "at": now,
    }
    return tx.execute(_NOTED[tx.dialect], values).one_or_none() is not None


def forget(tx: Tx, before: datetime) -> int:
    """Delete keys older than any platform redelivers."""
    return tx.execute(delete(inbox).where(inbox.c.at < before)).rowcount


def touch(tx: Tx, now: datetime) -> None:
    """Write a key of our own down, to see that writing works; `forget` takes it away in time."""
    values = {"platform": "plnbot", "workspace": "", "key": "touched", "at": now}
    tx.execute(_TOUCHED[tx.dialect], values)
