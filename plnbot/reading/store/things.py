"""Things as they are shown, many at once, whatever they are: stories with their feeds, and entries."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from plnbot.reading.model.feeds import FEED, Audience
from plnbot.reading.model.items import Gate, Kind, Standing, Words
from plnbot.reading.model.things import Entry, Thing, ThingKind, Worth
from plnbot.reading.store import catalogue
from plnbot.reading.store.library_tables import entry, report, shelf
from plnbot.reading.store.tables import feed, item, story
from plnbot.skills.store import carried_skills
from plnbot.store.database import Tx

SHOWN = (Standing.OPEN.value, Standing.KEPT.value)
_LONGEST = 3000
"""So much of a text is looked at: more is neither shown nor found by its words."""
_other = item.alias("other")
_first = (
    select(func.min(_other.c.id))
    .where(_other.c.story_id == story.c.id, _other.c.gate != Gate.FILTER.value)
    .correlate(story)
    .scalar_subquery()
)
_STORIES = (
    select(
        story.c.id,
        story.c.network_id,
        story.c.came,
        story.c.note,
        story.c.same_as,
        item.c.title,
        item.c.link,
        func.substr(item.c.text, 1, _LONGEST).label("text"),
        item.c.language,
        item.c.kind,
        item.c.seconds,
        item.c.words,
        item.c.free,
        item.c.captions,
        feed.c.title.label("source"),
        feed.c.subjects,
        feed.c.grades,
        feed.c.audience,
        feed.c.paywall,
        feed.c.note.label("feeds_note"),
        carried_skills.c.skills,
    )
    .select_from(story)
    .join(item, item.c.id == _first)
    .join(feed, feed.c.id == item.c.feed_id)
    .outerjoin(
        carried_skills, (carried_skills.c.kind == FEED) & (carried_skills.c.row_id == feed.c.id)
    )
)
_SEEN = story.c.standing.in_(SHOWN) & feed.c.removed_at.is_(None)


def get(tx: Tx, network: int, thing: Thing, now: datetime | None = None) -> Worth | None:
    """Return a thing of a network that may be seen; of an entry one that is offered at `now`, if given."""
    return listed(tx, network, [thing], now).get(thing)


def listed(
    tx: Tx,
    network: int,
    things: Iterable[Thing],
    now: datetime | None = None,
    *,
    hidden: bool = False,
) -> Mapping[Thing, Worth]:
    """Return those of these things that a network's members may see, as `get`; or `hidden` ones too."""
    wanted = list(things)
    stories = [each.row for each in wanted if each.kind is ThingKind.STORY]
    entries = [each.row for each in wanted if each.kind is ThingKind.ENTRY]
    found: list[Worth] = []
    if stories:
        mine = _STORIES.where(story.c.network_id == network, story.c.id.in_(stories))
        mine = mine if hidden else mine.where(_SEEN)
        found += [_of_story(row) for row in tx.execute(mine)]
    if entries:
        rows = tx.execute(
            select(entry).where(entry.c.network_id == network, entry.c.id.in_(entries))
        )
        kept = (catalogue.as_entry(row) for row in rows)
        found += [of_entry(each) for each in kept if now is None or each.offered(now)]
    return {each.thing: each for each in _counted(tx, network, found)}


def of_any_network(tx: Tx, thing: Thing) -> Worth | None:
    """Return a thing whosever it is, for who compares its network; an entry that is over too."""
    table = story if thing.kind is ThingKind.STORY else entry
    network = tx.execute(select(table.c.network_id).where(table.c.id == thing.row)).scalar()
    return None if network is None else get(tx, network, thing)


def recent(
    tx: Tx, network: int, since: datetime, now: datetime, most: int = 300
) -> Sequence[Worth]:
    """Return what a network was offered since then and what its catalogue holds, dead links left out."""
    newest = _STORIES.where(
        story.c.network_id == network, story.c.came >= since, _SEEN, story.c.same_as.is_(None)
    )
    rows = tx.execute(newest.order_by(story.c.came.desc(), story.c.id.desc()).limit(most))
    entries = [of_entry(each) for each in catalogue.offered(tx, network, now, most=most)]
    every = _counted(tx, network, [*(_of_story(row) for row in rows), *entries])
    return [each for each in every if not each.dead]


def of_entries(tx: Tx, found: Sequence[Entry]) -> Mapping[int, Worth]:
    """Return what is shown of a network's entries, by their number, in their order."""
    network = found[0].network if found else 0
    worths = _counted(tx, network, [of_entry(each) for each in found])
    return {each.thing.row: each for each in worths}


def of_entry(found: Entry) -> Worth:
    """Return what is shown of an entry, before anything is counted."""
    about = found.about
    return Worth(
        thing=Thing(ThingKind.ENTRY, found.id),
        network=found.network,
        title=about.title,
        link=found.link,
        what=about.kind.value,
        source=about.provider,
        note=about.note,
        minutes=about.minutes,
        subjects=about.subjects,
        grades=about.grades,
        skills=about.skills,
        pupils=about.audience is Audience.PUPILS,
        cost=about.cost,
        begins=about.begins,
        came=found.added_at,
    )


def times_used(tx: Tx, thing: Thing) -> int:
    """Return how many members used a thing in class."""
    mine = (shelf.c.kind == thing.kind.value) & (shelf.c.row_id == thing.row)
    used = select(func.count()).select_from(shelf).where(mine, shelf.c.used_at.is_not(None))
    return int(tx.execute(used).scalar_one())


def _of_story(row: Row[Any]) -> Worth:
    words = Words(
        title=row.title, link=row.link, kind=Kind(row.kind), seconds=row.seconds, words=row.words
    )
    return Worth(
        thing=Thing(ThingKind.STORY, row.id),
        network=row.network_id,
        title=row.title,
        link=row.link,
        what=row.kind,
        source=row.source,
        note=row.note or row.feeds_note,
        text=row.text,
        language=row.language,
        minutes=words.minutes,
        subjects=tuple(row.subjects),
        grades=tuple(row.grades),
        skills=tuple(row.skills or ()),
        pupils=row.audience == Audience.PUPILS.value,
        free=False if row.free is None and row.paywall else row.free,
        told_before=row.same_as is not None,
        captions=bool(row.captions),
        came=row.came,
    )


def _counted(tx: Tx, network: int, found: Sequence[Worth]) -> Sequence[Worth]:
    """Return things with how many used them in class and how many report their links."""
    if not found:
        return found
    rows = [each.thing.row for each in found]
    used, dead = Counter[Thing](), Counter[Thing]()
    for table, counts, which in (
        (shelf, used, shelf.c.used_at.is_not(None)),
        (report, dead, report.c.at.is_not(None)),
    ):
        many = select(table.c.kind, table.c.row_id, func.count().label("many")).where(
            table.c.network_id == network, table.c.row_id.in_(rows), which
        )
        for row in tx.execute(many.group_by(table.c.kind, table.c.row_id)):
            counts[Thing(ThingKind(row.kind), row.row_id)] = row.many
    return [replace(each, used=used[each.thing], reports=dead[each.thing]) for each in found]
