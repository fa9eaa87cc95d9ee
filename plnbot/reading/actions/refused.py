"""What rooms did not take: the newest is tried again once they do."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.engine import work
from plnbot.engine.refusals import Refusal
from plnbot.reading.store import items
from plnbot.store.database import Tx

_FRESH = timedelta(days=3)
_MOST = 5


def not_posted(_tx: Tx, _payload: work.Payload, _reason: str, _now: datetime) -> None:
    """Leave it to the doctor, who names rooms that refuse."""


def still_wanted(tx: Tx, refused: Sequence[Refusal], now: datetime) -> Sequence[str]:
    """Return the newest of what came in the last days: a room that is back is not to be flooded."""
    stories = [(items.get_story(tx, int(each.args["story"])), each.key) for each in refused]
    fresh = [(found.came, key) for found, key in stories if found and now - found.came < _FRESH]
    return [key for _, key in sorted(fresh)[-_MOST:]]
