"""Approving what feeds bring, with a note; declining it; undoing either."""

from collections.abc import Sequence
from datetime import datetime

from plnbot.engine import audit, work
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.reading.actions.indexing import index_stories
from plnbot.reading.actions.keys import topic
from plnbot.reading.actions.taking import show, show_anew
from plnbot.reading.model.feeds import Deed, FeedRoom
from plnbot.reading.model.items import Gate, Standing, Story
from plnbot.reading.store import approving, feeds, items
from plnbot.store.database import Tx
from plnbot.talk.words import msg

_ALREADY = msg("Another curator has decided about this meanwhile.")


def approve(tx: Tx, story: Story, note: str, now: datetime, *, by: Person) -> None:
    """Let everybody see a story that waits, with a curator's lines on it."""
    _still(tx, story, Standing.WAITS)
    values = {"note": note or story.note, "decided_by": by.id, "decided_at": now}
    items.stand(tx, story.id, Standing.OPEN, **values)
    index_stories(tx, story.network, [story.id])
    show(tx, story, _rooms(tx, story), now)
    show_anew(tx, story.id, now)
    _record(tx, story, Deed.APPROVED, now, by=by)


def decline(tx: Tx, story: Story, now: datetime, *, by: Person) -> None:
    """Let nobody see a story that waits, nor a later copy of it."""
    _still(tx, story, Standing.WAITS)
    items.stand(tx, story.id, Standing.DECLINED, decided_by=by.id, decided_at=now)
    _record(tx, story, Deed.DECLINED, now, by=by)


def give_back(tx: Tx, story: Story, now: datetime, *, by: Person) -> None:
    """Undo what was decided: it waits again; where it stands already, it says that it was taken back."""
    if story.decided_at is None or story.standing is Standing.WAITS:
        raise Refused(_ALREADY)
    items.stand(tx, story.id, Standing.WAITS, decided_by=None, decided_at=None)
    _take_in(tx, story, now)
    _record(tx, story, Deed.RETURNED, now, by=by)


def take_away(tx: Tx, story: Story, now: datetime, *, by: Person) -> None:
    """Take a story away for good: its cards say so, and no copy of it is ever posted."""
    items.stand(tx, story.id, Standing.REMOVED, decided_by=by.id, decided_at=now)
    _take_in(tx, story, now)
    _record(tx, story, Deed.TAKEN, now, by=by)


def decide_all(
    tx: Tx, stories: Sequence[Story], now: datetime, *, by: Person, note: str, approves: bool
) -> tuple[int, int]:
    """Decide about many; return how many were, and how many another had decided about."""
    late = 0
    for each in stories:
        if each.standing is not Standing.WAITS:
            late += 1
        elif approves:
            approve(tx, each, note, now, by=by)
        else:
            decline(tx, each, now, by=by)
    return len(stories) - late, late


def _still(tx: Tx, story: Story, standing: Standing) -> None:
    by_now = items.locked_story(tx, story.id)
    if by_now is None or by_now.standing is not standing:
        raise Refused(_ALREADY)


def _take_in(tx: Tx, story: Story, now: datetime) -> None:
    """Let no post of a story go out that has not yet; those that stand say what became of it."""
    for post in items.posts_of(tx, story.id):
        if work.cancel(tx, post, now):
            approving.not_shown(tx, story.id, post)
    show_anew(tx, story.id, now)


def _rooms(tx: Tx, story: Story) -> Sequence[FeedRoom]:
    """Return the rooms of the feeds that told it, each place once."""
    told = [each.feed for each, _ in items.told_by(tx, story.id) if each.gate is Gate.OPEN]
    found = feeds.rooms_of(tx, list(dict.fromkeys(told)))
    return [room for rooms in found.values() for room in rooms]


def _record(tx: Tx, story: Story, deed: Deed, now: datetime, *, by: Person) -> None:
    audit.record(
        tx, story.network, by.id, deed.value, f"story:{story.id}", now=now, title=story.title[:80]
    )
    tx.announce(topic(story.network))
