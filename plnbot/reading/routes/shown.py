"""The cards of stories, as rooms get them, and previews of what they would get."""

from collections.abc import Mapping

from plnbot.engine.routes import Routes, Showing
from plnbot.reading.actions.keys import STORY
from plnbot.reading.actions.polling import POLLING
from plnbot.reading.cards.story import StoryShown, story
from plnbot.reading.model.items import Standing
from plnbot.reading.store import feeds, items
from plnbot.store.database import Tx
from plnbot.talk.cards import Card

routes = Routes()
routes.outside(POLLING)


@routes.card(STORY)
def story_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Show a story as it is told by now; None where it was taken away before anybody saw it."""
    shown = story_of(to.tx, int(args["story"]))
    return None if shown is None else story(to.t, shown)


def story_of(tx: Tx, number: int) -> StoryShown | None:
    """Return what a story's card says, in whichever room."""
    found = items.get_story(tx, number)
    told = items.told_by(tx, number)
    if found is None or not told or found.standing is Standing.REMOVED:
        return None
    first = told[0][0]
    feed = feeds.the_feed(tx, first.feed)
    note = found.note or feed.about.note
    return StoryShown(first.words, [name for _, name in told], note, feed.about.audience)
