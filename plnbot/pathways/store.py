"""The tables of pathways and their queries: what was laid, who walks it, what they did."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from plnbot.pathways.model import LONGEST_TITLE, Menu, Plan, asks_for, packed, unpacked
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json
from plnbot.values import dataclass

pathway = Table(
    "pathway",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("title", String(LONGEST_TITLE), nullable=False),
    Column("about", Text, nullable=False),
    Column("menu", Json, nullable=False),
    Column("at", Instant, nullable=False),
    Column("closed_at", Instant, nullable=True),
    sqlite_autoincrement=True,
)
walk = Table(
    "pathway_walk",
    metadata,
    Column("pathway_id", Id, ForeignKey("pathway.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True),
    Column("chosen", Json, nullable=False),
    Column("began", Instant, nullable=False),
    Column("left_at", Instant, nullable=True),
    Index("ix_pathway_walk_member", "member_id"),
)
done = Table(
    "pathway_done",
    metadata,
    Column("pathway_id", Id, ForeignKey("pathway.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("way", Text, nullable=False),
    # What was done in the activity that its walker named; empty where they just said so.
    Column("source_ref", String(80), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_pathway_done_member", "member_id"),
)
_BEGUN = on_both(
    walk,
    lambda new: new.on_conflict_do_update(
        index_elements=["pathway_id", "member_id"], set_={"left_at": None}
    ),
)
_DONE = on_both(
    done,
    lambda new: new.on_conflict_do_update(
        index_elements=["pathway_id", "member_id", "step"],
        set_={each: new.excluded[each] for each in ("way", "source_ref", "at")},
    ),
)


@dataclass(frozen=True, slots=True)
class Pathway:
    """A pathway as it is laid now; one that is closed is offered no more, and walked on by who walks it."""

    id: int
    network: int
    title: str
    about: str
    menu: Menu
    closed: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """Somebody on a pathway: the steps that they chose, in their order."""

    pathway: int
    member: int
    chosen: tuple[int, ...]
    left: bool


@dataclass(frozen=True, slots=True)
class Said:
    """That a step is done: in which way, and in what activity."""

    way: str
    source: str
    at: datetime


def topic(network: int) -> str:
    """Return what changes when one of a network's pathways does."""
    return f"pathways:{network}"


def lay(tx: Tx, network: int, plan: Plan, now: datetime) -> Pathway:
    """Lay a new one."""
    values = {"network_id": network, "at": now, **_values(plan)}
    made = tx.execute(insert(pathway).values(values).returning(pathway)).one()
    tx.announce(topic(network))
    return _pathway(made)


def lay_anew(tx: Tx, one: Pathway, plan: Plan) -> None:
    """Lay one otherwise."""
    tx.execute(update(pathway).where(pathway.c.id == one.id).values(_values(plan)))
    tx.announce(topic(one.network))


def _values(plan: Plan) -> dict[str, object]:
    return {"title": plan.title, "about": plan.about, "menu": packed(plan.menu)}


def close(tx: Tx, one: Pathway, at: datetime | None) -> None:
    """Offer one no more, or again."""
    tx.execute(update(pathway).where(pathway.c.id == one.id).values(closed_at=at))
    tx.announce(topic(one.network))


def get(tx: Tx, number: int) -> Pathway | None:
    """Return a pathway, closed or not."""
    row = tx.execute(select(pathway).where(pathway.c.id == number)).one_or_none()
    return None if row is None else _pathway(row)


def of_network(tx: Tx, network: int) -> Sequence[Pathway]:
    """Return those of a network, the latest first, closed ones too."""
    rows = tx.execute(
        select(pathway).where(pathway.c.network_id == network).order_by(pathway.c.id.desc())
    )
    return [_pathway(row) for row in rows]


def asked_for(tx: Tx, network: int) -> Mapping[int, frozenset[int]]:
    """Return which pathways of a network ask for which others."""
    return {each.id: asks_for(each.menu) for each in of_network(tx, network)}


def who_walks(tx: Tx, network: int) -> Mapping[int, frozenset[int]]:
    """Return who walks which pathways of a network now."""
    rows = tx.execute(
        select(walk.c.pathway_id, walk.c.member_id)
        .join(pathway, pathway.c.id == walk.c.pathway_id)
        .where(pathway.c.network_id == network, walk.c.left_at.is_(None))
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row.pathway_id, set()).add(row.member_id)
    return {number: frozenset(members) for number, members in found.items()}


def begin(tx: Tx, number: int, member: int, now: datetime) -> None:
    """Let somebody walk a pathway; who left it comes back to where they were."""
    values = {"pathway_id": number, "member_id": member, "chosen": [], "began": now}
    tx.execute(_BEGUN[tx.dialect], values)
    tx.announce(f"member:{member}")


def leave(tx: Tx, one: Walk, now: datetime) -> None:
    """Let somebody leave; what they did stays."""
    tx.execute(update(walk).where(_this(one)).values(left_at=now))
    tx.announce(f"member:{one.member}")


def choose(tx: Tx, one: Walk, chosen: Sequence[int]) -> None:
    """Keep which steps somebody chose, in their order."""
    tx.execute(update(walk).where(_this(one)).values(chosen=list(chosen)))
    tx.announce(f"member:{one.member}")


def _this(one: Walk) -> ColumnElement[bool]:
    return (walk.c.pathway_id == one.pathway) & (walk.c.member_id == one.member)


def walks_of(tx: Tx, member: int) -> Mapping[int, Walk]:
    """Return the pathways that somebody walks or has left, by their number."""
    rows = tx.execute(select(walk).where(walk.c.member_id == member).order_by(walk.c.began))
    return {
        row.pathway_id: Walk(
            row.pathway_id, row.member_id, tuple(row.chosen), row.left_at is not None
        )
        for row in rows
    }


def locked(tx: Tx, one: Walk) -> Walk:
    """Return a walk as it is by now; nobody else changes it until the unit ends."""
    tx.execute(select(walk.c.member_id).where(_this(one)).with_for_update(key_share=True))
    return walks_of(tx, one.member)[one.pathway]


def say_done(tx: Tx, number: int, member: int, step: int, said: Said) -> None:
    """Keep that a step is done; what was said last counts."""
    values = {
        "pathway_id": number, "member_id": member, "step": step, "way": said.way,
        "source_ref": said.source, "at": said.at,
    }  # fmt: skip
    tx.execute(_DONE[tx.dialect], values)
    tx.announce(f"member:{member}")


def say_undone(tx: Tx, number: int, member: int, step: int) -> None:
    """Forget that a step is done."""
    tx.execute(
        delete(done).where(
            done.c.pathway_id == number, done.c.member_id == member, done.c.step == step
        )
    )
    tx.announce(f"member:{member}")


def said_of(tx: Tx, member: int) -> Mapping[int, Mapping[int, Said]]:
    """Return what somebody said is done, by pathway and step."""
    found: dict[int, dict[int, Said]] = {}
    for row in tx.execute(select(done).where(done.c.member_id == member)):
        found.setdefault(row.pathway_id, {})[row.step] = Said(row.way, row.source_ref, row.at)
    return found


def last_step(tx: Tx, number: int) -> int:
    """Return the highest number of a step of a pathway that anybody chose or did, 0 for none."""
    did = tx.execute(select(func.max(done.c.step)).where(done.c.pathway_id == number)).scalar_one()
    chose = tx.execute(select(walk.c.chosen).where(walk.c.pathway_id == number)).scalars()
    return max([int(did or 0), *(int(step) for steps in chose for step in steps)])


def _pathway(row: Row[tuple[object, ...]]) -> Pathway:
    return Pathway(
        row.id, row.network_id, row.title, row.about, unpacked(row.menu), row.closed_at is not None
    )
