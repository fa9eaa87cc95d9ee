"""What each network wants of all its feeds."""

from sqlalchemy import func, select

from plnbot.reading.model.rules import Rules
from plnbot.reading.store.tables import feed, rules
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_NAMES = ("approval", "pictures", "likeness", "within")
_KEPT = on_both(
    rules,
    lambda new: new.on_conflict_do_update(
        index_elements=["network_id"], set_={each: new.excluded[each] for each in _NAMES}
    ),
)


def rules_of(tx: Tx, network: int) -> Rules:
    """Return what a network wants; where it never said so, what is usual."""
    row = tx.execute(select(rules).where(rules.c.network_id == network)).one_or_none()
    return Rules() if row is None else Rules(**{each: getattr(row, each) for each in _NAMES})


def keep(tx: Tx, network: int, wanted: Rules) -> None:
    """Keep what a network wants."""
    values = {each: getattr(wanted, each) for each in _NAMES}
    tx.execute(_KEPT[tx.dialect], {"network_id": network, **values})


def otherwise(tx: Tx, network: int) -> int:
    """Return how many feeds say themselves whether their posts wait."""
    mine = (feed.c.network_id == network) & feed.c.removed_at.is_(None)
    found = select(func.count()).select_from(feed).where(mine, feed.c.approval.is_not(None))
    return int(tx.execute(found).scalar_one())
