"""Erasing a member: everything that is kept of them, once and, after a restore, once more."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from plnbot.engine import audit, people, roles, work
from plnbot.engine.personal import Erasure, Whose
from plnbot.engine.roles import Role
from plnbot.engine.routes import Due, Routes
from plnbot.engine.store import erasure
from plnbot.errors import Refused
from plnbot.members import store
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass

LEFTOVERS = "members.leftovers"
_MEANWHILE = timedelta(minutes=1)
ERASURES = "erasures"
"""What an erasure is announced as, for whoever keeps the journal outside the database."""


@dataclass(frozen=True, slots=True)
class Erased:
    """One erasure, by number: nothing in it leads to a name."""

    member: int
    since: datetime
    network: int
    at: datetime
    kept: tuple[str, ...] = ()


def erase(
    tx: Tx,
    catalogue: Routes,
    member: int,
    now: datetime,
    *,
    kept: Collection[str],
    by: int | None,
) -> None:
    """Erase a member; raises `Refused` for the last administrator while others are there.

    `kept` names the holdings that stay without their name.
    """
    whose = store.whose(tx, member)
    if whose is None or not whose.accounts:
        raise Refused(msg("That person is no longer here."))
    _not_the_last_administrator(tx, whose, now)
    done = Erased(member, whose.since, whose.network, now, tuple(sorted(kept)))
    _erase_all(tx, catalogue, Erasure(whose, now, done.kept))
    _write_down(tx, done)
    payload = {"member": member, "kept": list(done.kept)}
    work.put(tx, LEFTOVERS, f"member/{member}/erased", now + _MEANWHILE, payload)
    audit.record(tx, whose.network, by, "member.erased", f"member:{member}", now=now)
    tx.announce(f"member:{member}")


def leftovers(due: Due, catalogue: Routes) -> None:
    """Erase what somebody was still doing, on another connection, while they were erased."""
    whose = store.whose(due.tx, int(str(due.payload["member"])))
    if whose is not None and not whose.accounts:
        _erase_all(due.tx, catalogue, Erasure(whose, due.now, kept_in(due.payload)))


def kept_in(packed: Mapping[str, object]) -> tuple[str, ...]:
    """Return which holdings stay without a name, as it is written down; of old, it was one question."""
    kept = packed.get("kept", ["answers"] if packed.get("keeps_answers") else [])
    if not isinstance(kept, list):
        raise TypeError("what is kept must be a list")
    return tuple(map(str, kept))


def again(tx: Tx, catalogue: Routes, known: Iterable[Erased]) -> int:
    """Erase whom the journal knows to be erased and this database does not; return how many."""
    done = 0
    there = set(erasures(tx))
    for each in known:
        whose = store.whose(tx, each.member)
        if each in there or whose is None or whose.since != each.since:
            continue
        _erase_all(tx, catalogue, Erasure(whose, each.at, each.kept))
        _write_down(tx, each)
        done += 1
    return done


def erasures(tx: Tx) -> tuple[Erased, ...]:
    """Return every erasure, oldest first."""
    rows = tx.execute(select(erasure).order_by(erasure.c.at, erasure.c.member_id))
    return tuple(
        Erased(row.member_id, row.since, row.network_id, row.at, tuple(row.kept)) for row in rows
    )


def _erase_all(tx: Tx, catalogue: Routes, what: Erasure) -> None:
    people.erased(catalogue.people, tx, what.whose, what.now)
    for each in catalogue.holdings:
        each.erase(tx, what)


def _write_down(tx: Tx, done: Erased) -> None:
    tx.execute(
        insert(erasure).values(
            member_id=done.member,
            since=done.since,
            network_id=done.network,
            at=done.at,
            kept=list(done.kept),
        )
    )
    tx.announce(ERASURES)


def _not_the_last_administrator(tx: Tx, whose: Whose, now: datetime) -> None:
    lasting = roles.holders(tx, whose.network, [Role.ADMINISTRATOR], now=now, lasting=True)
    alone = lasting == (whose.id,)
    if alone and store.members_in(tx, whose.network) > 1:
        raise Refused(
            msg(
                "This is the network's only administrator. Hand that over to somebody else first:"
                " `/pln network role`."
            )
        )
