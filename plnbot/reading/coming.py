"""What members can read, watch or sign up for, among all that is on offer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.engine.offers import OnOffer
from plnbot.reading.cards.things import WHAT
from plnbot.reading.model.things import Worth
from plnbot.reading.store import things
from plnbot.store.database import Tx
from plnbot.talk.words import msg

_RECENT, _MOST = timedelta(days=14), 200
_SOMETHING = msg("something else")


def on_offer(tx: Tx, network: int, now: datetime) -> Sequence[OnOffer]:
    """Return what a network's members can read, watch or sign up for, what has a date first."""
    found = things.recent(tx, network, now - _RECENT, now, _MOST)
    dated = [each for each in found if each.begins is None or each.begins >= now]
    return [_offer(each) for each in sorted(dated, key=_soonest)]


def _soonest(worth: Worth) -> tuple[bool, float]:
    return worth.begins is None, worth.begins.timestamp() if worth.begins else 0.0


def _offer(worth: Worth) -> OnOffer:
    return OnOffer(
        worth.what,
        WHAT.get(worth.what, _SOMETHING),
        worth.title,
        f"reading.thing/{worth.thing.ref}",
        worth.begins,
        worth.minutes,
        worth.subjects,
        worth.grades,
        worth.skills,
        source=f"reading:{worth.thing.ref}",
        link=worth.link,
    )
