"""Lists of feeds that are taken over, and what became of each feed in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from plnbot.reading.model.feeds import Manner
from plnbot.reading.store.feeds import at
from plnbot.reading.store.tables import opml_import, outline
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.syndication import Outline
from plnbot.values import dataclass


class State(StrEnum):
    """What became of a feed in a list."""

    WAITS = "waits"
    ADDED = "added"
    KNOWN = "known"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Import:
    """A list that is taken over into a room. `why` says what is wrong with all of it."""

    id: int
    network: int
    place: Place
    by: int | None
    source: str
    manner: Manner
    why: str
    listed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed in a list; of one that failed, `why` and after a colon the status."""

    id: int
    of: int
    address: str
    title: str
    state: State
    why: str


def begin(
    tx: Tx, network: int, place: Place, source: str, now: datetime, *, manner: Manner, by: int
) -> int:
    """Write down that a list is taken over; return its number."""
    values = {
        "network_id": network,
        **at(place),
        "by_id": by,
        "source": source,
        "manner": manner.value,
        "why": "",
        "at": now,
    }
    made = insert(opml_import).values(values).returning(opml_import.c.id)
    return int(tx.execute(made).scalar_one())


def get(tx: Tx, number: int) -> Import | None:
    """Return a list that is taken over."""
    row = tx.execute(select(opml_import).where(opml_import.c.id == number)).one_or_none()
    if row is None:
        return None
    place = Place(row.platform, row.workspace, row.channel)
    return Import(
        row.id, row.network_id, place, row.by_id, row.source, Manner(row.manner), row.why,
        row.listed_at,
    )  # fmt: skip


def note(tx: Tx, number: int, **values: object) -> None:
    """Note what became of a list as a whole."""
    tx.execute(update(opml_import).where(opml_import.c.id == number).values(**values))


def put_in(tx: Tx, of: Import, feeds: Sequence[Outline]) -> Sequence[Listed]:
    """Keep the feeds of a list, each to be taken over; return them."""
    rows = [
        {
            "network_id": of.network,
            "import_id": of.id,
            "address": each.address,
            "title": each.title[:300],
            "state": State.WAITS.value,
            "why": "",
        }
        for each in feeds
    ]
    if rows:
        tx.execute(insert(outline), rows)
    return listed(tx, of.id)


def one(tx: Tx, number: int) -> Listed | None:
    """Return a feed of a list."""
    row = tx.execute(select(outline).where(outline.c.id == number)).one_or_none()
    return None if row is None else _listed(row)


def listed(tx: Tx, of: int, state: State | None = None) -> Sequence[Listed]:
    """Return the feeds of a list, or those of one state, in its order."""
    found = select(outline).where(outline.c.import_id == of)
    if state is not None:
        found = found.where(outline.c.state == state.value)
    return [_listed(row) for row in tx.execute(found.order_by(outline.c.id))]


def counts(tx: Tx, of: int) -> Mapping[State, int]:
    """Return how many feeds of a list are in which state."""
    rows = tx.execute(
        select(outline.c.state, func.count().label("many"))
        .where(outline.c.import_id == of)
        .group_by(outline.c.state)
    )
    found = {State(row.state): int(row.many) for row in rows}
    return {each: found.get(each, 0) for each in State}


def settle(tx: Tx, number: int, state: State, why: str = "") -> None:
    """Note what became of a feed of a list."""
    tx.execute(
        update(outline).where(outline.c.id == number).values(state=state.value, why=why[:200])
    )


def _listed(row: Row[Any]) -> Listed:
    return Listed(row.id, row.import_id, row.address, row.title, State(row.state), row.why)
