"""The tables of skills: what things carry, and what members said of what they did."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Row,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
    tuple_,
)

from plnbot.skills.model import Carrier
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json
from plnbot.values import dataclass

carried_skills = Table(
    "skills_carried",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("row_id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("skills", Json, nullable=False),
)
tagged = Table(
    "skills_tagged",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False),
    Column("source_ref", String(80), nullable=False),
    Column("skills", Json, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_skills_tagged_member", "member_id", "source_ref"),
    # Whoever counts goes by numbers, which an erasure must not give out again.
    sqlite_autoincrement=True,
)
"""What members said of what they did in a source; of each member and source the last one stands."""
_CARRIED = on_both(
    carried_skills,
    lambda new: new.on_conflict_do_update(
        index_elements=["kind", "row_id"], set_={"skills": new.excluded.skills}
    ),
)
_OF = select(carried_skills).where(
    tuple_(carried_skills.c.kind, carried_skills.c.row_id).in_(
        bindparam("carriers", expanding=True)
    )
)
_later = tagged.alias("later")
_SAME = (_later.c.member_id == tagged.c.member_id) & (_later.c.source_ref == tagged.c.source_ref)
_UPTO = tagged.c.id <= bindparam("upto")
_STANDING = (
    _UPTO
    & ~select(_later.c.id)
    .where(_SAME, _later.c.id > tagged.c.id, _later.c.id <= bindparam("upto"))
    .exists()
)
_ALL_OF = select(tagged).where(_STANDING, tagged.c.member_id == bindparam("member"))
_AMONG = select(tagged).where(
    _STANDING,
    tuple_(tagged.c.member_id, tagged.c.source_ref).in_(bindparam("these", expanding=True)),
)
_AFTER = (
    select(tagged)
    .where(tagged.c.id > bindparam("after"))
    .order_by(tagged.c.id)
    .limit(bindparam("most"))
)
_NEWEST = 2**62
"""A number behind that of every tag."""


@dataclass(frozen=True, slots=True)
class Tag:
    """What a member said of what they did in a source."""

    id: int
    member: int
    source: str
    skills: tuple[str, ...]
    at: datetime


def carry(tx: Tx, network: int, carrier: Carrier, skills: Sequence[str]) -> None:
    """Let a thing of a network carry these skills from now on, and no others."""
    if not skills:
        forget(tx, carrier)
        return
    values = {
        "kind": carrier.kind,
        "row_id": carrier.row,
        "network_id": network,
        "skills": list(dict.fromkeys(skills)),
    }
    tx.execute(_CARRIED[tx.dialect], values)


def carried(tx: Tx, *carriers: Carrier) -> tuple[str, ...]:
    """Return the skills that these things carry, each once, in this order of things."""
    found = carried_by(tx, carriers)
    return tuple(dict.fromkeys(skill for each in carriers for skill in found.get(each, ())))


def carried_by(tx: Tx, carriers: Collection[Carrier]) -> Mapping[Carrier, tuple[str, ...]]:
    """Return what each of these things carries; what carries nothing has no place in it."""
    asked = [(each.kind, each.row) for each in carriers]
    rows = tx.execute(_OF, {"carriers": asked}) if asked else ()
    return {Carrier(row.kind, row.row_id): tuple(row.skills) for row in rows}


def forget(tx: Tx, carrier: Carrier) -> None:
    """Let a thing carry nothing any more, because it is gone or nothing was chosen."""
    tx.execute(
        delete(carried_skills).where(
            carried_skills.c.kind == carrier.kind, carried_skills.c.row_id == carrier.row
        )
    )


def tag(tx: Tx, member: int, source: str, skills: Sequence[str], now: datetime) -> None:
    """Keep which skills a member says that what they did touched, none of them too."""
    values = {"member_id": member, "source_ref": source, "skills": list(skills), "at": now}
    tx.execute(insert(tagged).values(values))
    tx.announce(f"member:{member}")


def tags_of(tx: Tx, member: int) -> Mapping[str, tuple[str, ...]]:
    """Return what a member said, by source, as it stands."""
    rows = tx.execute(_ALL_OF, {"member": member, "upto": _NEWEST})
    return {row.source_ref: tuple(row.skills) for row in rows}


def tags_among(
    tx: Tx, these: Collection[tuple[int, str]], upto: int
) -> Mapping[tuple[int, str], tuple[str, ...]]:
    """Return what members had said up to a tag's number of these sources, by member and source."""
    rows = tx.execute(_AMONG, {"these": list(these), "upto": upto}) if these and upto else ()
    return {(row.member_id, row.source_ref): tuple(row.skills) for row in rows}


def tags_after(tx: Tx, after: int, most: int) -> Sequence[Tag]:
    """Return what members said behind a tag's number, in its order."""
    return [_tag(row) for row in tx.execute(_AFTER, {"after": after, "most": most})]


def _tag(row: Row[tuple[object, ...]]) -> Tag:
    return Tag(row.id, row.member_id, row.source_ref, tuple(row.skills), row.at)
