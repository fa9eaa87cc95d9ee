"""How polling each feed goes."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Row, select

from plnbot.reading.model.feeds import Poll
from plnbot.reading.store.tables import poll
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.syndication import Known

_PLAIN = tuple(each.name for each in fields(Poll) if each.name != "known")
_NOTED = on_both(
    poll,
    lambda new: new.on_conflict_do_update(
        index_elements=["feed_id"],
        set_={
            each.name: each for each in new.excluded if each.name not in ("feed_id", "network_id")
        },
    ),
)


def poll_of(tx: Tx, feed: int) -> Poll:
    """Return how polling a feed goes; all empty where it never was polled."""
    row = tx.execute(select(poll).where(poll.c.feed_id == feed)).one_or_none()
    return Poll() if row is None else _poll(row)


def polls_of(tx: Tx, feeds: Sequence[int]) -> Mapping[int, Poll]:
    """Return how polling these feeds goes."""
    rows = tx.execute(select(poll).where(poll.c.feed_id.in_(feeds)))
    return {row.feed_id: _poll(row) for row in rows}


def note(tx: Tx, network: int, feed: int, now: Poll) -> None:
    """Keep how polling a feed goes."""
    known = now.known
    values = {
        "feed_id": feed,
        "network_id": network,
        "validators": dict(known.validators),
        "body": known.body,
        "digests": sorted(known.digests),
        **{name: getattr(now, name) for name in _PLAIN},
    }
    tx.execute(_NOTED[tx.dialect], values)


def _poll(row: Row[Any]) -> Poll:
    known = Known(row.validators, row.body, frozenset(row.digests))
    return Poll(known=known, **{name: getattr(row, name) for name in _PLAIN})
