"""A team's self-assessments: who is in it, what each said alone, and what was agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime

from sqlalchemy import (
    Column,
    ForeignKey,
    Row,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from plnbot.insight.model import LONGEST_TITLE, Figure, State
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json
from plnbot.values import dataclass

assessment = Table(
    "insight_assessment",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    # The first of a team's, whose number all later ones bear.
    Column("series_id", Id, nullable=True),
    Column("title", String(LONGEST_TITLE), nullable=False),
    Column("leader_id", Id, ForeignKey("member.id"), nullable=True, index=True),
    Column("district_id", Id, nullable=True),
    Column("report_id", Id, nullable=True),
    Column("state", String(10), nullable=False),
    Column("figures", Json, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("agreed_at", Instant, nullable=True),
    # A number that stands on a button must not come to mean another team's.
    sqlite_autoincrement=True,
)
rating = Table(
    "insight_rating",
    metadata,
    Column("assessment_id", Id, ForeignKey("insight_assessment.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True, index=True),
    Column("figures", Json, nullable=True),
    Column("invited_at", Instant, nullable=False),
    Column("rated_at", Instant, nullable=True),
)
"""Who is in a team, and what they said alone; `figures` is None until they did."""
_NEWEST = 50


@dataclass(frozen=True, slots=True)
class Assessment:
    """One self-assessment of a team.

    `series` is the number of the team's first. `district` is whose reports stand beside it, and `report`
    the one that did when it was agreed. `leader` is None once they were erased.
    """

    id: int
    network: int
    series: int
    title: str
    leader: int | None
    district: int | None
    report: int | None
    state: State
    figures: Mapping[str, Figure]
    begun: datetime
    agreed: datetime | None
    alone: Mapping[int, Mapping[str, int] | None] = field(default_factory=dict)

    @property
    def rated(self) -> int:
        """How many have said theirs."""
        return sum(each is not None for each in self.alone.values())

    def said(self, element: str) -> Sequence[int]:
        """Return what was said alone of an element, lowest first, so that no order tells whose it is."""
        return sorted(each[element] for each in self.alone.values() if each and element in each)


def begin(
    tx: Tx, like: "Assessment | None", *, network: int, title: str, leader: int,
    district: int | None, now: datetime,
) -> int:  # fmt: skip
    """Begin an assessment, of the same team as another or of a new one; return its number."""
    values: dict[str, object] = {
        "network_id": network,
        "series_id": like.series if like else None,
        "title": title,
        "leader_id": leader,
        "district_id": district,
        "report_id": None,
        "state": State.ALONE.value,
        "figures": {},
        "begun_at": now,
    }
    number: int = tx.execute(insert(assessment).values(**values).returning(assessment.c.id)).scalar_one()  # fmt: skip
    for each in dict.fromkeys((leader, *(like.alone if like else ()))):
        invite(tx, number, each, now)
    return number


_INVITED = on_both(rating, lambda new: new.on_conflict_do_nothing().returning(rating.c.member_id))


def invite(tx: Tx, number: int, member: int, now: datetime) -> bool:
    """Let somebody be in the team; False where they are already."""
    values = {"assessment_id": number, "member_id": member, "invited_at": now, "figures": None}
    return tx.execute(_INVITED[tx.dialect], values).one_or_none() is not None


def rate(tx: Tx, number: int, member: int, figures: Mapping[str, int], now: datetime) -> None:
    """Keep what somebody says alone; what was said last counts."""
    tx.execute(
        update(rating)
        .where(rating.c.assessment_id == number, rating.c.member_id == member)
        .values(figures=dict(figures), rated_at=now)
    )


def put_state(tx: Tx, number: int, state: State, **columns: object) -> None:
    """Keep how far a team is."""
    tx.execute(
        update(assessment).where(assessment.c.id == number).values(state=state.value, **columns)
    )


def agree(tx: Tx, it: Assessment, element: str, said: Figure) -> None:
    """Keep what a team agreed on for an element."""
    figures = {**it.figures, element: said}
    packed = {name: [each.figure, each.words] for name, each in figures.items()}
    tx.execute(update(assessment).where(assessment.c.id == it.id).values(figures=packed))


def get(tx: Tx, number: int) -> Assessment | None:
    """Return an assessment with its team, by its number."""
    row = tx.execute(select(assessment).where(assessment.c.id == number)).one_or_none()
    return None if row is None else _assessment(tx, row)


def of_member(tx: Tx, member: int) -> Sequence[Assessment]:
    """Return the assessments in whose teams somebody is, the newest first."""
    rows = tx.execute(
        select(assessment)
        .join(rating, rating.c.assessment_id == assessment.c.id)
        .where(rating.c.member_id == member)
        .order_by(assessment.c.id.desc())
        .limit(_NEWEST)
    ).all()
    return [_assessment(tx, row) for row in rows]


def agreed_in(tx: Tx, series: int) -> Sequence[Assessment]:
    """Return what a team agreed on over time, the first one first."""
    rows = tx.execute(
        select(assessment)
        .where(
            func.coalesce(assessment.c.series_id, assessment.c.id) == series,
            assessment.c.state == State.AGREED.value,
        )
        .order_by(assessment.c.agreed_at, assessment.c.id)
    ).all()
    return [_assessment(tx, row) for row in rows]


def leave(tx: Tx, member: int) -> None:
    """Take somebody out of every team, with what they said; what was agreed stays the team's."""
    tx.execute(delete(rating).where(rating.c.member_id == member))
    tx.execute(update(assessment).where(assessment.c.leader_id == member).values(leader_id=None))


def _assessment(tx: Tx, row: Row[tuple[object, ...]]) -> Assessment:
    team = tx.execute(
        select(rating).where(rating.c.assessment_id == row.id).order_by(rating.c.invited_at, rating.c.member_id)
    )  # fmt: skip
    return Assessment(
        row.id,
        row.network_id,
        row.series_id or row.id,
        row.title,
        row.leader_id,
        row.district_id,
        row.report_id,
        State(row.state),
        {name: Figure(*each) for name, each in row.figures.items()},
        row.begun_at,
        row.agreed_at,
        {each.member_id: each.figures for each in team},
    )
