"""The table of rounds, and its named queries."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Row, String, Table, func, insert, select

from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant
from plnbot.values import dataclass

win_round = Table(
    "win_round",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Index("ix_win_round_place", "platform", "workspace", "channel"),
)


@dataclass(frozen=True, slots=True)
class Round:
    """One time that a room was asked."""

    id: int
    network: int
    place: Place
    asked_at: datetime


def add(tx: Tx, network: int, place: Place, now: datetime) -> Round:
    """Write down that a room is asked."""
    values = {
        "network_id": network,
        "platform": place.platform,
        "workspace": place.workspace,
        "channel": place.channel,
        "asked_at": now,
    }
    made = tx.execute(insert(win_round).values(values).returning(win_round.c.id)).scalar_one()
    return Round(made, network, place, now)


def get(tx: Tx, number: int) -> Round | None:
    """Return a round, or None."""
    row = tx.execute(select(win_round).where(win_round.c.id == number)).one_or_none()
    return None if row is None else _round(row)


def latest(tx: Tx, platform: str) -> Sequence[Round]:
    """Return the latest round of each room of a platform."""
    newest = (
        select(func.max(win_round.c.id))
        .where(win_round.c.platform == platform)
        .group_by(win_round.c.workspace, win_round.c.channel)
    )
    rows = tx.execute(select(win_round).where(win_round.c.id.in_(newest)).order_by(win_round.c.id))
    return [_round(row) for row in rows]


def _round(row: Row[tuple[object, ...]]) -> Round:
    place = Place(row.platform, row.workspace, row.channel)
    return Round(row.id, row.network_id, place, row.asked_at)
