"""Letting go of the texts of old posts, a few at a time; their titles and marks stay, so that none comes again."""

from datetime import datetime, timedelta

from plnbot.engine import work
from plnbot.engine.context import Due
from plnbot.reading.actions.indexing import index_stories
from plnbot.reading.store import items
from plnbot.store.database import Tx

FADE = "reading.fade"
KEPT = timedelta(days=730)
"""What was worth it last year is looked for in the same week of this one."""
_AT_ONCE, _PAUSE = 20, timedelta(seconds=5)
_KEY = "reading/fade"


def begin(tx: Tx, now: datetime) -> None:
    """Have it done, where there is anything to let go of."""
    if items.any_to_fade(tx, now - KEPT) and not work.waiting(tx, [_KEY]):
        _plan(tx, now)


def due(due: Due) -> None:
    """Let go of some, and come back where there may be more."""
    if some(due.tx, due.now) == _AT_ONCE:
        _plan(due.tx, due.now + _PAUSE)


def some(tx: Tx, now: datetime) -> int:
    """Let go of the texts of a few posts, by which they are found no more; return of how many."""
    faded = items.fade(tx, now - KEPT, now, most=_AT_ONCE)
    for network in {each.network for each in faded}:
        index_stories(tx, network, [each.story for each in faded if each.network == network])
    return len(faded)


def _plan(tx: Tx, at: datetime) -> None:
    work.put(tx, FADE, _KEY, at, {}, urgency=work.Urgency.COURTESY)
