"""Items as they are kept, the marks by which they are known for ever, and the stories they tell."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, or_, select, update

from plnbot.reading.model.items import Gate, Kind, KnownItem, Standing, Story, Words
from plnbot.reading.store.feeds import at, in_place
from plnbot.reading.store.tables import feed, item, mark, shown, story
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.syndication.identity import Marks

_MOST_MARKS = 5000
_MOST_NEAR = 20_000
_SHOWN = on_both(shown, lambda new: new.on_conflict_do_nothing().returning(shown.c.story_id))
_ADD = insert(item).returning(item.c.id)
_ADD_STORY = insert(story).returning(story.c.id)
_AT_PAGE = (
    select(story)
    .where(story.c.network_id == bindparam("network"), story.c.key == bindparam("page"))
    .order_by(story.c.id)
    .limit(2)
)
_WORDS = (
    *("title", "link", "byline", "text", "language", "seconds", "words", "image", "free"),
    "captions",
)


def marks_of(tx: Tx, number: int) -> Mapping[Marks, int]:
    """Return the marks of all items that a feed ever showed, with the items they are of."""
    columns = (mark.c.guid, mark.c.link, mark.c.title, mark.c.published, mark.c.item_id)
    newest = select(*columns).where(mark.c.feed_id == number).order_by(mark.c.id.desc())
    rows = tx.execute(newest.limit(_MOST_MARKS)).all()
    return {Marks(r.guid, r.link, r.title, r.published): r.item_id for r in reversed(rows)}


def add_marks(
    tx: Tx,
    network: int,
    number: int,
    marks: Sequence[tuple[int, Marks]],
    *,
    again: tuple[datetime, str] | None = None,
) -> None:
    """Keep marks of items of a feed; `again` is when, and by which rule, a known one had other marks."""
    at, by = again or (None, "")
    rows = [
        {
            "network_id": network,
            "feed_id": number,
            "item_id": of,
            "guid": each.guid,
            "link": each.link,
            "title": each.title,
            "published": each.published,
            "at": at,
            "by": by,
        }
        for of, each in marks
    ]
    if rows:
        tx.execute(insert(mark), rows)


def add(tx: Tx, new: KnownItem) -> int:
    """Keep a new item; return its number."""
    values = {
        "network_id": new.network,
        "feed_id": new.feed,
        "story_id": new.story,
        **_words(new.words),
        "published": new.published,
        "seen_at": new.seen_at,
        "gate": new.gate.value,
        "why": new.why,
    }
    return int(tx.execute(_ADD, values).scalar_one())


def get(tx: Tx, number: int) -> KnownItem | None:
    """Return an item."""
    row = tx.execute(select(item).where(item.c.id == number)).one_or_none()
    return None if row is None else _item(row)


def reword(tx: Tx, number: int, words: Words) -> None:
    """Have an item say what its feed says of it by now."""
    tx.execute(update(item).where(item.c.id == number).values(**_words(words)))


def any_to_fade(tx: Tx, before: datetime) -> bool:
    """Tell whether the text of anything is kept that was seen before an instant."""
    return bool(_old(tx, before, 1))


def fade(tx: Tx, before: datetime, now: datetime, *, most: int) -> Sequence[KnownItem]:
    """Let go of the text of so many items that were seen before an instant; return them."""
    numbers = _old(tx, before, most)
    gone = {"text": "", "image": "", "faded_at": now}
    tx.execute(update(item).where(item.c.id.in_(numbers)).values(gone))
    return [_item(row) for row in tx.execute(select(item).where(item.c.id.in_(numbers)))]


def _old(tx: Tx, before: datetime, most: int) -> Sequence[int]:
    found = select(item.c.id).where(item.c.faded_at.is_(None), item.c.seen_at < before)
    return tuple(tx.execute(found.order_by(item.c.seen_at).limit(most)).scalars())


def items_of(tx: Tx, number: int, *, most: int = 50) -> Sequence[KnownItem]:
    """Return the items of a feed, the newest first."""
    newest = select(item).where(item.c.feed_id == number)
    rows = tx.execute(newest.order_by(item.c.seen_at.desc(), item.c.id.desc()).limit(most))
    return [_item(row) for row in rows]


def known_again(tx: Tx, number: int, since: datetime) -> Sequence[str]:
    """Return the titles of a feed's items that turned up again with other marks since an instant."""
    found = select(item.c.id, item.c.title).join(mark, mark.c.item_id == item.c.id)
    rows = tx.execute(found.where(mark.c.feed_id == number, mark.c.at >= since).distinct())
    return [row.title for row in sorted(rows, key=lambda row: row.id)]


def arrivals(tx: Tx, number: int, since: datetime) -> Sequence[datetime]:
    """Return when a feed's items came since an instant, by what they say themselves."""
    found = select(item.c.published, item.c.seen_at).where(
        item.c.feed_id == number, item.c.seen_at >= since
    )
    return [row.published or row.seen_at for row in tx.execute(found)]


def stories_at(tx: Tx, network: int, key: str) -> Sequence[Story]:
    """Return the first two stories of a page, the first first."""
    rows = tx.execute(_AT_PAGE, {"network": network, "page": key}) if key else ()
    return [as_story(row) for row in rows]


def told_between(
    tx: Tx, network: int, first: datetime, last: datetime, *, but: int
) -> Sequence[tuple[int, str, datetime]]:
    """Return the stories between two instants, with each title that another feed than this one gave them."""
    found = (
        select(story.c.id, item.c.title, story.c.came)
        .join(item, item.c.story_id == story.c.id)
        .where(
            story.c.network_id == network,
            story.c.came.between(first, last),
            item.c.feed_id != but,
        )
        .order_by(story.c.id.desc())
    )
    return [tuple(row) for row in tx.execute(found.limit(_MOST_NEAR))]


def add_story(tx: Tx, new: Story) -> Story:
    """Begin a story; its number is given to it."""
    values = {
        "network_id": new.network,
        "key": new.key,
        "title": new.title,
        "came": new.came,
        "standing": new.standing.value,
        "note": new.note,
    }
    number = tx.execute(_ADD_STORY, values).scalar_one()
    return replace(new, id=number)


def are_one(tx: Tx, later: int, earlier: int) -> None:
    """Note that a story tells what an earlier one told, and so does whatever told the same as it."""
    these = or_(story.c.id == later, story.c.same_as == later)
    tx.execute(update(story).where(these).values(same_as=earlier))


def feeds_telling(tx: Tx, number: int) -> Collection[int]:
    """Return the feeds that told a story."""
    return set(tx.execute(select(item.c.feed_id).where(item.c.story_id == number)).scalars())


def told_again_by(tx: Tx, number: int) -> Sequence[str]:
    """Return the names of feeds that told a story in one that was posted besides."""
    found = (
        select(feed.c.title)
        .join(item, item.c.feed_id == feed.c.id)
        .join(story, story.c.id == item.c.story_id)
        .where(story.c.same_as == number)
    )
    return tuple(tx.execute(found.order_by(item.c.id)).scalars())


def get_story(tx: Tx, number: int) -> Story | None:
    """Return a story."""
    row = tx.execute(select(story).where(story.c.id == number)).one_or_none()
    return None if row is None else as_story(row)


def locked_story(tx: Tx, number: int) -> Story | None:
    """Return a story about which nobody else decides until this transaction ends."""
    found = select(story).where(story.c.id == number).with_for_update(key_share=True)
    row = tx.execute(found).one_or_none()
    return None if row is None else as_story(row)


def stand(tx: Tx, number: int, standing: Standing, **values: object) -> None:
    """Let a story stand so from now on."""
    values["standing"] = standing.value
    tx.execute(update(story).where(story.c.id == number).values(**values))


def told_by(tx: Tx, number: int) -> Sequence[tuple[KnownItem, str]]:
    """Return the items of a story with their feeds' names, those that were not removed, first first."""
    found = select(item, feed.c.title.label("called")).join(feed, feed.c.id == item.c.feed_id)
    rows = tx.execute(found.where(item.c.story_id == number).order_by(item.c.id)).all()
    return [(_item(row), row.called) for row in rows]


def show(tx: Tx, which: Story, place: Place, post: str, now: datetime) -> bool:
    """Note that a story is shown in a room by this post; False where it was already."""
    values = {"story_id": which.id, "network_id": which.network, "at": now, "post": post}
    added = tx.execute(_SHOWN[tx.dialect], {**values, **at(place)}).one_or_none()
    return added is not None


def is_shown(tx: Tx, number: int, place: Place) -> bool:
    """Tell whether a story is shown in a room."""
    found = select(shown.c.post).where(shown.c.story_id == number, *in_place(shown, place))
    return tx.execute(found).one_or_none() is not None


def posts_of(tx: Tx, number: int) -> Sequence[str]:
    """Return the posts that show a story."""
    return tuple(tx.execute(select(shown.c.post).where(shown.c.story_id == number)).scalars())


def as_story(row: Row[Any]) -> Story:
    """Return the story of a row."""
    return Story(
        row.id,
        row.network_id,
        row.key,
        row.title,
        row.came,
        Standing(row.standing),
        row.note,
        row.decided_by,
        row.decided_at,
        row.same_as,
    )


def _words(words: Words) -> dict[str, object]:
    return {**{each: getattr(words, each) for each in _WORDS}, "kind": words.kind.value}


def _item(row: Row[Any]) -> KnownItem:
    return KnownItem(
        row.id,
        row.network_id,
        row.feed_id,
        row.story_id,
        Words(kind=Kind(row.kind), **{each: getattr(row, each) for each in _WORDS}),
        row.published,
        row.seen_at,
        Gate(row.gate),
        row.why,
        row.faded_at,
    )
