"""Members' own digests: when they want one, and what each held."""

from collections.abc import Collection, Sequence
from datetime import datetime, time

from sqlalchemy import delete, insert, select

from plnbot.reading.model.choosing import Because, Choice, Reason
from plnbot.reading.model.digests import Wish
from plnbot.reading.model.things import Thing, ThingKind
from plnbot.reading.store.library_tables import digest, issue
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

_WISHED = on_both(
    digest,
    lambda new: new.on_conflict_do_update(
        index_elements=["member_id"],
        set_={each: new.excluded[each] for each in ("days", "at", "most")},
    ),
)


@dataclass(frozen=True, slots=True)
class Issue:
    """One digest: whose, of when, and what was chosen for it with the reasons."""

    id: int
    network: int
    member: int
    at: datetime
    things: Sequence[tuple[Thing, tuple[Reason, ...]]]


def wish(tx: Tx, network: int, member: int, wanted: Wish) -> None:
    """Keep when a member wants a digest."""
    values = {
        "member_id": member,
        "network_id": network,
        "days": list(wanted.days),
        "at": f"{wanted.at:%H:%M}",
        "most": wanted.most,
    }
    tx.execute(_WISHED[tx.dialect], values)


def stop(tx: Tx, member: int) -> None:
    """Let a member get no digest."""
    tx.execute(delete(digest).where(digest.c.member_id == member))


def wish_of(tx: Tx, member: int) -> Wish | None:
    """Return when a member wants a digest, if they do."""
    row = tx.execute(select(digest).where(digest.c.member_id == member)).one_or_none()
    return None if row is None else Wish(tuple(row.days), time.fromisoformat(row.at), row.most)


def add(tx: Tx, network: int, member: int, at: datetime, choices: Sequence[Choice]) -> int:
    """Keep what was chosen for a digest; return its number."""
    things = [
        {
            "kind": each.worth.thing.kind.value,
            "row": each.worth.thing.row,
            "why": [[one.because.value, one.value] for one in each.reasons],
        }
        for each in choices
    ]
    values = {"network_id": network, "member_id": member, "at": at, "things": things}
    return int(tx.execute(insert(issue).values(values).returning(issue.c.id)).scalar_one())


def get(tx: Tx, number: int) -> Issue | None:
    """Return a digest."""
    row = tx.execute(select(issue).where(issue.c.id == number)).one_or_none()
    if row is None:
        return None
    things = [
        (
            Thing(ThingKind(each["kind"]), each["row"]),
            tuple(Reason(Because(because), value) for because, value in each["why"]),
        )
        for each in row.things
    ]
    return Issue(row.id, row.network_id, row.member_id, row.at, things)


def held(tx: Tx, member: int, since: datetime) -> Collection[Thing]:
    """Return everything that a member's digests held since then."""
    mine = select(issue.c.things).where(issue.c.member_id == member, issue.c.at >= since)
    return {
        Thing(ThingKind(each["kind"]), each["row"])
        for things in tx.execute(mine).scalars()
        for each in things
    }


def forget_before(tx: Tx, at: datetime) -> None:
    """Forget digests of before then."""
    tx.execute(delete(issue).where(issue.c.at < at))
