"""The cards of stories, as rooms get them, and previews of what they would get."""

from collections.abc import Mapping
from dataclasses import replace

from plnbot.engine import outbox
from plnbot.engine.routes import Routes, Showing
from plnbot.reading.actions.keys import STORY
from plnbot.reading.actions.polling import POLLING
from plnbot.reading.cards.story import Earlier, StoryShown, story, taken_back
from plnbot.reading.model.items import Standing, Story
from plnbot.reading.model.things import Thing, ThingKind
from plnbot.reading.store import feeds, items, things
from plnbot.reading.store.rules import rules_of
from plnbot.store.database import Tx
from plnbot.talk.cards import Card

routes = Routes()
routes.outside(POLLING)


@routes.card(STORY)
def story_card(to: Showing, args: Mapping[str, str | int]) -> Card | None:
    """Show a story as it is told by now; None where it was taken back before anybody saw it."""
    found = items.get_story(to.tx, int(args["story"]))
    shown = story_of(to.tx, int(args["story"]))
    if found is None or shown is None:
        return None
    if found.standing is Standing.OPEN:
        return story(to.t, shown)
    was_seen = any(outbox.by_key(to.tx, each) for each in items.posts_of(to.tx, found.id))
    return taken_back(to.t, found.title) if was_seen else None


def story_of(tx: Tx, number: int) -> StoryShown | None:
    """Return what a story's card says, in whichever room."""
    found = items.get_story(tx, number)
    told = items.told_by(tx, number)
    if found is None or not told:
        return None
    first = told[0][0]
    feed = feeds.the_feed(tx, first.feed)
    note = found.note or next(filter(None, feeds.notes_of(tx, [each.feed for each, _ in told])), "")
    words, rules = first.words, rules_of(tx, found.network)
    if words.free is None and feed.about.paywall:
        words = replace(words, free=False)
    shown = StoryShown(
        words,
        [*(name for _, name in told), *items.told_again_by(tx, number)],
        note,
        feed.about.audience,
        picture=words.image if rules.pictures else "",
        earlier=_earlier(tx, found),
    )
    if found.standing is not Standing.OPEN:
        return shown
    thing = Thing(ThingKind.STORY, number)
    return replace(shown, thing=thing.ref, used=things.times_used(tx, thing))


def _earlier(tx: Tx, story: Story) -> Earlier | None:
    """Return the story that told the same before, where it was not taken away."""
    before = items.get_story(tx, story.same_as) if story.same_as is not None else None
    if before is None or before.standing is not Standing.OPEN:
        return None
    return Earlier(before.title, [name for _, name in items.told_by(tx, before.id)])
