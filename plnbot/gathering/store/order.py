"""The newest of what was told about each message, so that nothing older is taken in after it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, delete, false, or_, select

from plnbot.gathering.store.tables import heard
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_TOLD_AGAIN = timedelta(days=2)
"""How long after a message something older of it may still be told."""
_OLD = delete(heard).where(heard.c.at < bindparam("before", type_=heard.c.at.type))
_CLAIMED = on_both(
    heard,
    lambda new: new.on_conflict_do_update(
        index_elements=["source"],
        set_={"version": new.excluded.version, "at": new.excluded.at},
        where=and_(heard.c.gone == false(), heard.c.version <= new.excluded.version),
    ).returning(heard.c.source),
)
_OVERTAKEN = select(heard.c.source).where(
    heard.c.source == bindparam("source"), or_(heard.c.gone, heard.c.version > "")
)
_GONE = on_both(
    heard,
    lambda new: new.on_conflict_do_update(
        index_elements=["source"], set_={"gone": new.excluded.gone, "at": new.excluded.at}
    ),
)


def claim(tx: Tx, source: str, version: str, now: datetime) -> bool:
    """Note that this version of a message is taken in; return False where it must not be.

    That is where something newer was, or the message is gone.
    """
    if not version and tx.dialect == "sqlite":
        # Nobody else writes there meanwhile, so that a look is enough, and costs half.
        return tx.execute(_OVERTAKEN, {"source": source}).one_or_none() is None
    values = {"source": source, "version": version, "gone": False, "at": now}
    return tx.execute(_CLAIMED[tx.dialect], values).one_or_none() is not None


def gone(tx: Tx, sources: Collection[str], now: datetime) -> None:
    """Note that messages are gone for good, whatever is told of them after."""
    rows = [{"source": each, "version": "", "gone": True, "at": now} for each in sources]
    if rows:
        tx.execute(_GONE[tx.dialect], rows)


def forget(tx: Tx, now: datetime) -> None:
    """Forget what is older than anything that a platform still tells."""
    tx.execute(_OLD, {"before": now - _TOLD_AGAIN})
