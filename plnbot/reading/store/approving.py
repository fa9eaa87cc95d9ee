"""Stories that wait for a curator, and what was decided about others."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from plnbot.reading.model.items import Standing, Story
from plnbot.reading.store.items import as_story
from plnbot.reading.store.tables import shown, story
from plnbot.store.database import Tx


def waiting(tx: Tx, network: int, *, most: int) -> Sequence[Story]:
    """Return the stories that wait for a curator, the longest first."""
    mine = select(story).where(
        story.c.network_id == network, story.c.standing == Standing.WAITS.value
    )
    return [as_story(row) for row in tx.execute(mine.order_by(story.c.id).limit(most))]


def how_many_wait(tx: Tx, network: int) -> int:
    """Return how many stories wait."""
    mine = select(func.count()).where(
        story.c.network_id == network, story.c.standing == Standing.WAITS.value
    )
    return int(tx.execute(mine).scalar_one())


def not_shown(tx: Tx, number: int, post: str) -> None:
    """Forget that a story is shown by a post, which was not sent yet."""
    tx.execute(delete(shown).where(shown.c.story_id == number, shown.c.post == post))
