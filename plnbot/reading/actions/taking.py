"""Taking in what a feed brings: known or new, through the gates, into stories, onto cards."""

from collections.abc import Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta

from plnbot.engine import outbox
from plnbot.engine.work import Urgency
from plnbot.reading.actions.blogs import shared
from plnbot.reading.actions.indexing import index_stories
from plnbot.reading.actions.keys import STORY, story_post
from plnbot.reading.model.feeds import Feed, FeedRoom, Manner
from plnbot.reading.model.filters import Sieve, of_plain
from plnbot.reading.model.gates import OLD, Candidate, decided
from plnbot.reading.model.items import (
    Gate,
    KnownItem,
    Standing,
    Story,
    came_at,
    page_key,
    words_of,
)
from plnbot.reading.model.rules import Rules, waits
from plnbot.reading.store import feeds, items
from plnbot.reading.store.rules import rules_of
from plnbot.store.database import Tx
from plnbot.syndication import Item
from plnbot.syndication.identity import KnownBy, Ledger, Marks, marks_of
from plnbot.syndication.likeness import Told
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a poll's items: how many were new, how many of them are to be seen."""

    new: int = 0
    opened: int = 0
    known: int = 0
    waits: bool = False


@dataclass(slots=True)
class _Lately:
    """What other feeds of the network told lately: from `since` on read once for all items of a poll."""

    tx: Tx
    feed: Feed
    within: timedelta
    now: datetime
    since: datetime
    _news: Told | None = None

    def around(self, came: datetime) -> Told:
        """Return what came near an instant, and perhaps more."""
        if came < self.since:
            return self._between(came - self.within, came + self.within)
        if self._news is None:
            self._news = self._between(self.since - self.within, self.now + self.within)
        return self._news

    def _between(self, first: datetime, last: datetime) -> Told:
        network, own = self.feed.network, self.feed.id
        return Told(items.told_between(self.tx, network, first, last, but=own))


@dataclass(frozen=True, slots=True)
class _Poll:
    tx: Tx
    feed: Feed
    rooms: Sequence[FeedRoom]
    language: str
    rules: Rules
    told: _Lately
    now: datetime
    touched: set[int] = field(default_factory=set)

    @property
    def waits(self) -> bool:
        """Whether what it brings waits for a curator."""
        return waits(self.feed, self.rules)


def take_in(
    tx: Tx, feed: Feed, found: Sequence[Item], language: str, now: datetime, *, first: bool
) -> Taken:
    """Keep a poll's items, each once, and show what is to be shown. At the `first` poll that is little."""
    rooms, rules = feeds.rooms_of(tx, [feed.id])[feed.id], rules_of(tx, feed.network)
    told = _Lately(tx, feed, timedelta(hours=rules.within), now, since=now)
    poll = _Poll(tx, feed, rooms, language, rules, told, now)
    kept = items.marks_of(tx, feed.id)
    new: list[Item] = []
    known: list[tuple[Item, KnownBy]] = []
    for item, by in Ledger(kept).sort_out(found):
        if by is None:
            new.append(item)
        elif by.marks in kept:  # else it stands twice in this reading
            known.append((item, by))
    sieve = Sieve(of_plain(feed.filters))
    said = [words_of(each, language) for each in new]
    candidates = [
        Candidate(words, came_at(each, now), sieve.stops(words))
        for each, words in zip(new, said, strict=True)
    ]
    news = [each.came for each in candidates if now - each.came <= OLD]
    told.since = min(news, default=now)
    for item, by in known:
        _changed(poll, item, by, kept[by.marks])
    shelf = not poll.rooms and not poll.waits
    gates = decided(candidates, now, first=first, last=feed.last, shelf=shelf)
    marks: list[tuple[int, Marks]] = []
    # Feeds have the newest first; rooms get the oldest first.
    order = sorted(range(len(new)), key=lambda at: (candidates[at].came, -at))
    for at in order:
        number = _keep(poll, candidates[at], gates[at], new[at].published)
        marks.append((number, marks_of(new[at])))
    items.add_marks(tx, feed.network, feed.id, marks)
    index_stories(tx, feed.network, sorted(poll.touched))
    opened = sum(gate is Gate.OPEN for gate in gates)
    return Taken(len(new), opened, len(known), waits=opened > 0 and poll.waits)


def overlaps(tx: Tx, feed: Feed, found: Sequence[Item]) -> bool:
    """Tell whether any of these items is one that a feed is known to have shown."""
    return any(by is not None for _, by in Ledger(items.marks_of(tx, feed.id)).sort_out(found))


def _changed(poll: _Poll, item: Item, by: KnownBy, number: int) -> None:
    """Have a known item say what it says by now; it is known by its newest marks too."""
    before = items.get(poll.tx, number)
    marks = marks_of(item)
    if marks != by.marks:
        items.add_marks(
            poll.tx,
            poll.feed.network,
            poll.feed.id,
            [(number, marks)],
            again=(poll.now, by.by),
        )
    words = words_of(item, poll.language)
    if before is None or before.faded_at is not None or before.words == words:
        return
    items.reword(poll.tx, number, words)
    if (before.words.title, before.words.link) != (words.title, words.link):
        own = items.get_story(poll.tx, before.story)
        came = before.published or before.seen_at
        if own is not None and (twin := _alike(poll, Candidate(words, came), own)) is not None:
            _note_one(poll, own, twin)
    poll.touched.add(before.story)
    show_anew(poll.tx, before.story, poll.now)


def _keep(poll: _Poll, new: Candidate, gate: Gate, published: datetime | None) -> int:
    """Keep a new item with the story that it tells; return its number."""
    tx, feed, words = poll.tx, poll.feed, new.words
    story = _told_before(poll, new)
    began = story is None
    if story is None:
        key = page_key(words.link)
        begun = Story(0, feed.network, key, words.title, new.came, Standing.KEPT)
        story = items.add_story(tx, begun)
    kept = KnownItem(
        0, feed.network, feed.id, story.id, words, published, poll.now, gate, new.filtered
    )
    number = items.add(tx, kept)
    if gate is Gate.OPEN:
        _open(poll, story)
    elif not began:
        show_anew(tx, story.id, poll.now)
    poll.touched.add(story.id)
    shared(tx, feed, replace(kept, id=number), new.came)
    return number


def _told_before(poll: _Poll, new: Candidate) -> Story | None:
    """Return the story that an item tells, if it was told: of this page, or in nearly these words."""
    told = _alike(poll, new)
    if told is None:
        return None
    if (twin := _alike(poll, new, told)) is not None:  # on the page of one, under the other's title
        _note_one(poll, told, twin)
        told = items.get_story(poll.tx, told.id) or told
    return (told.same_as and items.get_story(poll.tx, told.same_as)) or told


def _alike(poll: _Poll, new: Candidate, own: Story | None = None) -> Story | None:
    """Return a story but `own` that an item tells by its page, else by its title.

    A feed's own items are known by their marks: two of nearly one title are two. What is no news is
    compared by its page alone.
    """
    tx, network, rules = poll.tx, poll.feed.network, poll.rules
    key, but = page_key(new.words.link), own.id if own else 0
    found = next((each for each in items.stories_at(tx, network, key) if each.id != but), None)
    if found is None and poll.now - new.came <= OLD:
        within = timedelta(hours=rules.within)
        alike = poll.told.around(new.came).most_like(
            new.words.title, new.came, threshold=rules.likeness, within=within, but=but
        )
        found = items.get_story(tx, alike) if alike is not None else None
    if own is None or found is None:
        return found
    both = items.feeds_telling(tx, own.id), items.feeds_telling(tx, found.id)
    return None if set(both[0]).intersection(both[1]) else found


def _note_one(poll: _Poll, some: Story, other: Story) -> None:
    """Have the later of two stories name the earlier, as both turn out to be one."""
    tx = poll.tx
    earlier, later = sorted((some, other), key=lambda each: each.id)
    if earlier.same_as is not None:
        earlier = items.get_story(tx, earlier.same_as) or earlier
    away = later.standing in {Standing.DECLINED, Standing.REMOVED}
    if earlier.standing is not Standing.OPEN or away or later.same_as == earlier.id:
        return
    items.are_one(tx, later.id, earlier.id)
    poll.touched.add(later.id)
    for each in (earlier, later):
        show_anew(tx, each.id, poll.now)


def _open(poll: _Poll, story: Story) -> None:
    """Let a story be seen, or wait for a curator; one that was taken away stays away."""
    if story.standing is Standing.KEPT:
        standing = Standing.WAITS if poll.waits else Standing.OPEN
        items.stand(poll.tx, story.id, standing)
    else:
        standing = story.standing
    if standing is Standing.OPEN:
        show(poll.tx, story, poll.rooms, poll.now)
        show_anew(poll.tx, story.id, poll.now)


def show(tx: Tx, story: Story, rooms: Sequence[FeedRoom], now: datetime) -> int:
    """Have a story posted in those of these rooms that get things at once; once in each."""
    many = 0
    for each in rooms:
        if story.same_as is not None and items.is_shown(tx, story.same_as, each.place):
            continue
        post = story_post(story.id, each.id, now)
        if each.manner is Manner.INSTANT and items.show(tx, story, each.place, post, now):
            posting = outbox.Posting(tx, story.network, each.place, now, Urgency.COURTESY)
            many += posting.post(STORY, {"story": story.id}, key=post)
    return many


def show_anew(tx: Tx, story: int, now: datetime) -> None:
    """Have a story's cards shown as it is by now."""
    for post in items.posts_of(tx, story):
        outbox.refresh(tx, post, now)
