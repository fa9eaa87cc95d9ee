"""What is kept of posts: pictures where a network wants them, texts for two years, marks for good."""

from datetime import UTC, datetime, timedelta

import pytest

from plnbot import fulltext
from plnbot.engine import work
from plnbot.engine.ports import Person
from plnbot.members import store as members
from plnbot.reading.actions import fading
from plnbot.reading.actions import feeds as actions
from plnbot.reading.actions.indexing import KINDS
from plnbot.reading.actions.taking import take_in
from plnbot.reading.cards.story import story
from plnbot.reading.model.feeds import About, Feed, Manner
from plnbot.reading.model.rules import Rules
from plnbot.reading.routes.shown import story_of
from plnbot.reading.store import items, rules
from plnbot.reading.store.feeds import New
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.syndication import Item
from plnbot.talk.cards import Card, Image
from plnbot.talk.words import Translate
from plnbot.values import dataclass

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
PLACE = Place("web", "a", "lounge")
ITEM = Item(
    guid="1", link="https://b.example/1", title="Seating plans", text="Rows calm a class.",
    image="https://b.example/seats.png", published=NOW,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A network that reads a feed which has one post."""

    person: Person
    feed: Feed


@pytest.fixture
async def read(store: Store) -> Read:
    """Return it."""

    def make(tx: Tx) -> Read:
        network = members.new_network(tx, "a", "en", "UTC", NOW)
        ref = MemberRef("web", "a", "ana")
        person = members.new_member(tx, network, ref, "Ana", locale="en", now=NOW)
        about = About(title="Blog", paywall=True)
        new = New(
            address="https://b.example/feed", key="1 b", kind="", site="", language="en",
            about=about, approval=None, last=3,
        )  # fmt: skip
        feed = actions.add(tx, new, PLACE, Manner.INSTANT, NOW, by=person)
        take_in(tx, feed, [ITEM], "en", NOW, first=True)
        return Read(person, feed)

    return await store.run(make)


async def test_pictures_where_the_network_wants_them(store: Store, read: Read) -> None:
    """None is loaded from a stranger's before; and what its feed costs is on the card."""

    def shown(tx: Tx) -> tuple[Card, Card]:
        before = story_of(tx, 1)
        rules.keep(tx, read.feed.network, Rules(pictures=True))
        after = story_of(tx, 1)
        assert before is not None
        assert after is not None
        return story(Translate(), before), story(Translate(), after)

    before, after = await store.run(shown)
    assert [each for each in before.blocks if isinstance(each, Image)] == []
    assert [each.url for each in after.blocks if isinstance(each, Image)] == [ITEM.image]
    assert "needs a subscription" in str(before)


async def test_texts_go_and_marks_stay(store: Store, read: Read) -> None:
    """After two years a post is found by its title alone, and comes again by none of its marks."""
    later = NOW + fading.KEPT + timedelta(days=1)

    def found(tx: Tx, words: str) -> int:
        hits = fulltext.find(tx, read.feed.network, words, kinds=KINDS, limit=9)
        return len(hits.hits)

    assert await store.read(lambda tx: found(tx, "rows calm")) == 1

    def fade(tx: Tx) -> int:
        assert fading.some(tx, later - timedelta(days=2)) == 0
        assert fading.some(tx, later) == 1
        fading.begin(tx, later)
        assert not work.waiting(tx, ["reading/fade"]), "nothing is left to do"
        return take_in(tx, read.feed, [ITEM], "en", later, first=False).new

    assert await store.run(fade) == 0
    assert await store.read(lambda tx: found(tx, "rows calm")) == 0
    assert await store.read(lambda tx: found(tx, "seating plans")) == 1
    kept = await store.read(lambda tx: items.get(tx, 1))
    assert kept is not None
    assert (kept.words.text, kept.words.title) == ("", "Seating plans"), "not taken in again"
