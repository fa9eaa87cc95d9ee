"""Seasons: chats planned at once from a document or table, as they were read, and which drafts came of them."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from plnbot.chats.store.tables import season, season_date
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.values import dataclass


class SeasonState(StrEnum):
    """Where a season stands: shown to its coach, planned, or taken back."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class SeasonWish:
    """What the form asked for, unread: the document, when chats come, when each runs again, the plan."""

    words: str
    starts: str
    again: str
    plan: str


@dataclass(frozen=True, slots=True)
class Season:
    """A season: whose it is and where, and what was asked for, which is forgotten once it is planned."""

    id: int
    network: int
    place: Place
    state: SeasonState
    wish: SeasonWish
    created_by: int
    created_at: datetime

    @property
    def scope(self) -> str:
        """What the audit log knows it by."""
        return f"chat_season:{self.id}"


def propose(tx: Tx, network: int, place: Place, wish: SeasonWish, *, by: int, now: datetime) -> int:
    """Keep what a season would be until its coach says so, instead of what they had read before."""
    mine = (season.c.created_by == by, season.c.state == SeasonState.PROPOSED.value)
    tx.execute(delete(season).where(*mine))
    values = {
        "network_id": network,
        "platform": place.platform,
        "workspace": place.workspace,
        "channel": place.channel,
        "state": SeasonState.PROPOSED.value,
        "words": wish.words,
        "starts": wish.starts,
        "again": wish.again,
        "plan": wish.plan,
        "created_by": by,
        "created_at": now,
    }
    made: int = tx.execute(insert(season).values(values).returning(season.c.id)).scalar_one()
    return made


def get(tx: Tx, season_id: int, *, lock: bool = False) -> Season | None:
    """Return a season; with `lock` nobody else changes it until this transaction ends."""
    found = select(season).where(season.c.id == season_id)
    row = tx.execute(found.with_for_update(key_share=True) if lock else found).one_or_none()
    return None if row is None else _season(row)


def move(tx: Tx, season_id: int, state: SeasonState) -> None:
    """Note that a season is planned, or taken back; its document, which names people, is forgotten."""
    tx.execute(update(season).where(season.c.id == season_id).values(state=state.value, words=""))


def drop(tx: Tx, season_id: int) -> None:
    """Forget a season that was only proposed."""
    tx.execute(delete(season).where(season.c.id == season_id))


def drop_proposed(tx: Tx, before: datetime) -> None:
    """Forget what was proposed before an instant and never planned."""
    old = (season.c.state == SeasonState.PROPOSED.value, season.c.created_at < before)
    tx.execute(delete(season).where(*old))


def add_chat(tx: Tx, season_id: int, chat_id: int, *, by_vote: bool) -> None:
    """Note that a chat is one of a season, with `by_vote` one whose theme is voted on."""
    values = {"season_id": season_id, "chat_id": chat_id, "by_vote": by_vote}
    tx.execute(insert(season_date).values(values))


def voted_on(tx: Tx, network: int, place: Place) -> tuple[int, ...]:
    """Return the chats of planned seasons in a room whose themes are voted on."""
    here = (
        season.c.network_id == network,
        season.c.state == SeasonState.PLANNED.value,
        season.c.platform == place.platform,
        season.c.workspace == place.workspace,
        season.c.channel == place.channel,
    )
    found = select(season_date.c.chat_id).join(season, season.c.id == season_date.c.season_id)
    return tuple(tx.execute(found.where(*here, season_date.c.by_vote)).scalars())


def chats_in(tx: Tx, season_id: int) -> tuple[int, ...]:
    """Return the chats of a season, in the order in which they were planned."""
    found = select(season_date.c.chat_id).where(season_date.c.season_id == season_id)
    return tuple(tx.execute(found.order_by(season_date.c.chat_id)).scalars())


def season_of(tx: Tx, chat_id: int) -> Season | None:
    """Return the season that a chat is one of."""
    row = tx.execute(
        select(season)
        .join(season_date, season_date.c.season_id == season.c.id)
        .where(season_date.c.chat_id == chat_id)
    ).one_or_none()
    return None if row is None else _season(row)


def planned_in(tx: Tx, network: int, *, most: int) -> Sequence[Season]:
    """Return the seasons of a network that were planned, the newest first."""
    theirs = (season.c.network_id == network, season.c.state == SeasonState.PLANNED.value)
    found = select(season).where(*theirs).order_by(season.c.id.desc()).limit(most)
    return [_season(row) for row in tx.execute(found)]


def _season(row: Row[tuple[Any, ...]]) -> Season:
    return Season(
        row.id,
        row.network_id,
        Place(row.platform, row.workspace, row.channel),
        SeasonState(row.state),
        SeasonWish(row.words, row.starts, row.again, row.plan),
        row.created_by,
        row.created_at,
    )
