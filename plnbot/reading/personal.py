"""What reading keeps of a member: the feeds they added, and what they decided about posts."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from plnbot.engine.personal import Erasure, Exported, Holding, Personal, Whose
from plnbot.reading import library_personal
from plnbot.reading.actions import fading
from plnbot.reading.store import feeds
from plnbot.reading.store.tables import feed, find, opml_import, story
from plnbot.store.database import Tx
from plnbot.talk.words import msg

_A_DAY = timedelta(days=1)


def _added(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(feed).where(feed.c.added_by == whose.id).order_by(feed.c.id))
    return [
        {
            "title": row.title,
            "address": row.address,
            "note": row.note,
            "added_at": row.added_at.isoformat(),
        }
        for row in rows
    ]


def _forget_added(tx: Tx, erasure: Erasure) -> None:
    """Leave the feeds, which are the network's, without who added them."""
    tx.execute(update(feed).where(feed.c.added_by == erasure.whose.id).values(added_by=None))


def _looked(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(find).where(find.c.by_id == whose.id).order_by(find.c.id))
    return [{"link": row.link, "at": row.at.isoformat()} for row in rows]


def _forget_looked(tx: Tx, erasure: Erasure) -> None:
    tx.execute(delete(find).where(find.c.by_id == erasure.whose.id))


def _took_over(tx: Tx, whose: Whose) -> Exported:
    mine = select(opml_import).where(opml_import.c.by_id == whose.id)
    rows = tx.execute(mine.order_by(opml_import.c.id))
    return [{"list": row.source, "at": row.at.isoformat()} for row in rows]


def _forget_took_over(tx: Tx, erasure: Erasure) -> None:
    theirs = opml_import.c.by_id == erasure.whose.id
    tx.execute(update(opml_import).where(theirs).values(by_id=None, source=""))


def _decided(tx: Tx, whose: Whose) -> Exported:
    rows = tx.execute(select(story).where(story.c.decided_by == whose.id).order_by(story.c.id))
    return [{"title": row.title, "note": row.note, "standing": row.standing} for row in rows]


def _forget_decided(tx: Tx, erasure: Erasure) -> None:
    theirs = story.c.decided_by == erasure.whose.id
    tx.execute(update(story).where(theirs).values(decided_by=None))


def _expire(tx: Tx, now: datetime) -> None:
    feeds.forget_found(tx, now - _A_DAY)
    fading.begin(tx, now)


PERSONAL = Personal(
    (
        Holding(
            "feeds_added",
            ("reading_feed",),
            msg("The feeds you added, with your notes on them"),
            msg("as long as the network exists"),
            _added,
            _forget_added,
            msg("Feeds that you added stay the network's, without your name."),
        ),
        Holding(
            "links_looked_at",
            ("reading_find",),
            msg("Links that you had looked at for feeds"),
            msg("one day"),
            _looked,
            _forget_looked,
            expire=_expire,
        ),
        Holding(
            "lists_taken_over",
            ("reading_import",),
            msg("Which lists of feeds you took over"),
            msg("as long as the network exists"),
            _took_over,
            _forget_took_over,
            msg("That a list was taken over stays, without your name."),
        ),
        Holding(
            "posts_decided",
            ("reading_story",),
            msg("What you decided about posts of feeds, with your notes"),
            msg("as long as the network exists"),
            _decided,
            _forget_decided,
            msg("Your notes on posts stay the network's, without your name."),
        ),
        *library_personal.HOLDINGS,
    ),
    {
        "reading_rules": "what a network wants of all its feeds",
        "reading_room_digest": "when a room gets its digest",
        "reading_outline": "what became of each feed of a list",
        "reading_room": "which room gets which feed",
        "reading_poll": "how polling a feed goes",
        "reading_item": "what feeds of the web showed to all",
        "reading_mark": "by what items of feeds are known again",
        "reading_shown": "which story a room was shown, and when",
    },
)
