"""What was not heard yet: a row for each place that is still to be read, until it was read.

The row of a place says from when on it is read, and how far that is; where it was planned because of a
gap, also when nobody listened. One of a platform itself, in no workspace, says that the platform
reaches us no longer, or that its gap is not planned for yet.
"""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, and_, delete, select, update

from plnbot.engine.ports import Ongoing
from plnbot.engine.store import unheard
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.values import dataclass


class Why(StrEnum):
    """Why a place was not read yet."""

    NOT_YET = ""
    TROUBLE = "trouble"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Unheard:
    """A place that is still to be read, from `reads_from` on; its next page begins at `further`.

    Nobody listened from `since` to `until`; None where it is only looked at once more. `told` says
    that whoever has to know was told of it.
    """

    place: Place
    reads_from: datetime
    since: datetime | None
    until: datetime | None
    further: str = ""
    why: Why = Why.NOT_YET
    told: bool = False

    @property
    def missed(self) -> bool:
        """Whether something may have been missed there, and why it was not read is known."""
        return self.since is not None and self.why is not Why.NOT_YET


def get(tx: Tx, place: Place) -> Unheard | None:
    """Return what is to be read of a place, or None."""
    row = tx.execute(select(unheard).where(_is(place))).one_or_none()
    return None if row is None else _unheard(row)


def among(tx: Tx, places: Collection[Place]) -> tuple[Unheard, ...]:
    """Return which of these places are still to be read."""
    channels = {each.channel_itself() for each in places}
    found = [one for channel in channels for one in in_place(tx, channel)]
    return tuple(one for one in found if one.place in places)


def in_place(tx: Tx, where: Place) -> tuple[Unheard, ...]:
    """Return what is still to be read in a workspace, or in one channel and its threads."""
    inside = [unheard.c.platform == where.platform, unheard.c.workspace == where.workspace]
    if where.channel:
        inside.append(unheard.c.channel == where.channel)
    return tuple(map(_unheard, tx.execute(select(unheard).where(*inside))))


def everything(tx: Tx, platform: str = "") -> tuple[Unheard, ...]:
    """Return all that is still to be read, on one platform where it is given."""
    found = select(unheard).order_by(unheard.c.reads_from)
    if platform:
        found = found.where(unheard.c.platform == platform)
    return tuple(map(_unheard, tx.execute(found)))


def note(tx: Tx, where: Ongoing, since: datetime | None, until: datetime | None) -> None:
    """Note that a place is to be read from then on; what was noted of it before is not forgotten.

    It is read anew from its first page.
    """
    before = get(tx, where.place)
    if before is None:
        values = {"reads_from": where.since, "since": since, "until": until}
        tx.execute(
            unheard.insert().values(
                **asdict(where.place), **values, further="", why=Why.NOT_YET.value, told=False
            )
        )
        return
    merged: dict[str, object] = {
        "reads_from": min(where.since, before.reads_from),
        "since": _first(since, before.since),
        "until": _last(until, before.until),
        "further": "",
        "told": before.told and since is None,
    }
    tx.execute(update(unheard).where(_is(where.place)).values(**merged))


def got_to(tx: Tx, place: Place, further: str) -> None:
    """Note where the next page of a place begins."""
    values = {"further": further, "why": Why.NOT_YET.value}
    tx.execute(update(unheard).where(_is(place)).values(**values))


def not_read(tx: Tx, place: Place, why: Why, *, told: bool) -> None:
    """Note why a place could not be read this time."""
    tx.execute(update(unheard).where(_is(place)).values(why=why.value, told=told))


def was_read(tx: Tx, place: Place) -> None:
    """Forget a place that was read."""
    tx.execute(delete(unheard).where(_is(place)))


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(filter(None, (one, other)), default=None)


def _last(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(filter(None, (one, other)), default=None)


def _is(place: Place) -> ColumnElement[bool]:
    return and_(*(unheard.c[name] == value for name, value in asdict(place).items()))


def _unheard(row: Row[tuple[object, ...]]) -> Unheard:
    place = Place(row.platform, row.workspace, row.channel, row.thread)
    why = Why(row.why)
    return Unheard(place, row.reads_from, row.since, row.until, row.further, why, row.told)
