"""What publishes what was said waits until the places are read once more, gap or not."""

from datetime import datetime, timedelta

from plnbot.engine import missed, outbox, unheard, work
from plnbot.engine.context import Due
from plnbot.engine.posts import HearsFirst
from plnbot.engine.routes import Routes
from plnbot.engine.unheard import Why
from plnbot.engine.work import Item
from plnbot.store.database import Tx

KIND = "engine.heard_first"
LOOKS_AGAIN = timedelta(seconds=1)


def waits(tx: Tx, routes: Routes, item: Item, now: datetime) -> bool:
    """Return whether a post is to wait for that; the first time, the reading is planned.

    What is closed to us is not waited for, nor anything for longer than the post may.
    """
    args = item.payload.get("args")
    post = routes.posts.get(str(item.payload.get("card")))
    if item.kind != outbox.POST or post is None or not isinstance(args, dict):
        return False
    if not isinstance(post.gap, HearsFirst) or now - item.due_at >= post.gap.longest:
        return False
    found = post.gap.places(tx, args)
    places = [each for each in found if each.place.platform in routes.read_afterwards]
    if not places:
        return False
    if work.add(tx, KIND, f"heard_first/{item.key}", now, {}):
        missed.look_again(tx, places, now)
        return True
    rooms = [each.place for each in places]
    left = unheard.among(tx, rooms)
    return any(e.why is not Why.CLOSED for e in left) or missed.still_missing(tx, rooms)


def noted(_due: Due) -> None:
    """Do nothing: that there is such a row says that the reading was planned."""
