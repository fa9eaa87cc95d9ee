"""Repeating chats: when each comes again, and which chat is on which of its dates."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from plnbot.chats.model import ChatState, MomentKind
from plnbot.chats.model.series import Date
from plnbot.chats.store.chats import Chat, chats_of, run_of
from plnbot.chats.store.tables import chat, series, series_date
from plnbot.refs import Place
from plnbot.schedules import Schedule
from plnbot.store.database import Tx
from plnbot.values import dataclass

_MOST = 50
_GOING_ON = (
    select(series)
    .where(
        series.c.network_id == bindparam("network"),
        series.c.begun_at.is_not(None),
        series.c.ended_at.is_(None),
    )
    .order_by(series.c.id)
    .limit(_MOST)
)


@dataclass(frozen=True, slots=True)
class Series:
    """A chat that comes again. It begins once one is published.

    Without a title its day names each, in the language `locale`.
    """

    id: int
    network: int
    title: str
    place: Place
    plan: str
    locale: str
    schedule: Schedule
    created_by: int
    begun_at: datetime | None
    ended_at: datetime | None

    @property
    def scope(self) -> str:
        """What the audit log knows it by."""
        return f"chat_series:{self.id}"

    @property
    def goes_on(self) -> bool:
        """Whether more of its chats are to come."""
        return self.begun_at is not None and self.ended_at is None


def new_series(
    tx: Tx, first: Chat, schedule: Schedule, *, title: str, locale: str, created_by: int
) -> int:
    """Write down that a chat comes again, which has not begun, and return the id of the series."""
    values = {
        "network_id": first.network,
        "title": title,
        "platform": first.place.platform,
        "workspace": first.place.workspace,
        "channel": first.place.channel,
        "plan": first.plan,
        "locale": locale,
        "schedule": schedule,
        "created_by": created_by,
        "begun_at": None,
        "ended_at": None,
    }
    made: int = tx.execute(insert(series).values(values).returning(series.c.id)).scalar_one()
    return made


def change_series(tx: Tx, series_id: int, **values: datetime | None) -> None:
    """Note when a series began, or ended."""
    tx.execute(update(series).where(series.c.id == series_id).values(**values))


def get_series(tx: Tx, series_id: int, *, lock: bool = False) -> Series | None:
    """Return a series; with `lock` nobody else changes it until this transaction ends."""
    found = select(series).where(series.c.id == series_id)
    row = tx.execute(found.with_for_update(key_share=True) if lock else found).one_or_none()
    return None if row is None else _series(row)


def series_of(tx: Tx, chat_id: int) -> Series | None:
    """Return the series that a chat is one of."""
    row = tx.execute(
        select(series)
        .join(series_date, series_date.c.series_id == series.c.id)
        .where(series_date.c.chat_id == chat_id)
    ).one_or_none()
    return None if row is None else _series(row)


def going_on(tx: Tx, network: int) -> tuple[Series, ...]:
    """Return a network's series that have begun and not ended, in the order in which they were made."""
    return tuple(map(_series, tx.execute(_GOING_ON, {"network": network})))


def series_rooms(tx: Tx, platform: str) -> tuple[Place, ...]:
    """Return the rooms on one platform to which series come."""
    rows = tx.execute(
        select(series.c.workspace, series.c.channel)
        .where(
            series.c.platform == platform,
            series.c.begun_at.is_not(None),
            series.c.ended_at.is_(None),
        )
        .distinct()
    )
    return tuple(Place(platform, row.workspace, row.channel) for row in rows)


def dates_to_come(tx: Tx, network: int, *, most: int) -> tuple[Chat, ...]:
    """Return the dates of series that go on and are not announced yet, by start."""
    ids = tx.execute(
        select(series_date.c.chat_id)
        .join(series, series.c.id == series_date.c.series_id)
        .where(
            series.c.network_id == network,
            series.c.begun_at.is_not(None),
            series.c.ended_at.is_(None),
        )
    ).scalars()
    drafts = chats_of(tx, network, (ChatState.DRAFT,), most=most)
    dates = set(ids)
    return tuple(each for each in drafts if each.id in dates)


def add_date(tx: Tx, series_id: int, slot: datetime, chat_id: int) -> None:
    """Note which chat is on a date of a series."""
    tx.execute(insert(series_date).values(series_id=series_id, slot=slot, chat_id=chat_id))


def forget_date(tx: Tx, chat_id: int) -> None:
    """Let a chat be on no date of a series any more."""
    tx.execute(delete(series_date).where(series_date.c.chat_id == chat_id))


def dates_of(tx: Tx, series_id: int, since: datetime) -> Sequence[Date]:
    """Return the dates of a series whose slot, or whose chat's start, is not before this instant."""
    rows = tx.execute(
        select(series_date.c.slot, chat)
        .join(chat, chat.c.id == series_date.c.chat_id)
        .where(
            series_date.c.series_id == series_id,
            (series_date.c.slot >= since) | (chat.c.starts_at >= since),
        )
        .order_by(chat.c.starts_at, chat.c.id)
    )
    return [_date(row) for row in rows]


def _date(row: Row[tuple[Any, ...]]) -> Date:
    run = run_of(row)
    asks = any(each.kind is MomentKind.QUESTION for each in run.moments)
    return Date(row.slot, row.id, row.starts_at, run.state is not ChatState.DRAFT or asks)


def last_asked(tx: Tx, series_id: int, before: datetime) -> int | None:
    """Return the latest chat of a series, begun before this instant, that took place."""
    return tx.execute(
        select(chat.c.id)
        .join(series_date, series_date.c.chat_id == chat.c.id)
        .where(
            series_date.c.series_id == series_id,
            chat.c.starts_at < before,
            chat.c.state.not_in(
                [ChatState.DRAFT.value, ChatState.THROWN_AWAY.value, ChatState.CANCELLED.value]
            ),
        )
        .order_by(chat.c.starts_at.desc(), chat.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()


def _series(row: Row[tuple[Any, ...]]) -> Series:
    return Series(
        row.id,
        row.network_id,
        row.title,
        Place(row.platform, row.workspace, row.channel),
        row.plan,
        row.locale,
        row.schedule,
        row.created_by,
        row.begun_at,
        row.ended_at,
    )
