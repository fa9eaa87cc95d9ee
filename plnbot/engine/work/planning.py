"""Planning work: a key is planned once, planned anew, taken back, or looked up."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Executable, bindparam, delete, select, update

from plnbot.engine.store import work
from plnbot.engine.work.rows import (
    PENDING,
    PROGRESS,
    WAKE,
    Payload,
    Urgency,
    WorkState,
    is_,
    shard_of,
)
from plnbot.store.database import Tx
from plnbot.store.inserts import Insert, on_both
from plnbot.values import dataclass


def _put_anew(new: Insert) -> Executable:
    renewed: dict[str, object] = {
        each.name: each for each in new.excluded if each.name not in {"id", "key", "fence"}
    }
    renewed["fence"] = work.c.fence + 1
    return new.on_conflict_do_update(index_elements=["key"], set_=renewed)


# What happens with every interaction and every post is said once: to say it costs more than to do it.
_ADDED = on_both(
    work, lambda new: new.on_conflict_do_nothing(index_elements=["key"]).returning(work.c.id)
)
_ADDED_MANY = on_both(work, lambda new: new.on_conflict_do_nothing(index_elements=["key"]))
_PUT = on_both(work, _put_anew)
_BEGUN = (
    select(work.c.lane, work.c.network_id, work.c.state, work.c.attempts)
    .where(work.c.key == bindparam("key"))
    .with_for_update()
)
_TAKEN_BACK = (
    update(work)
    .where(work.c.key == bindparam("named"), is_(work, *PENDING))
    .values(fence=work.c.fence + 1)
)


def add(
    tx: Tx,
    kind: str,
    key: str,
    at: datetime,
    payload: Payload,
    *,
    lane: str = "",
    network: int | None = None,
    urgency: Urgency = Urgency.ORDINARY,
) -> bool:
    """Plan work once: a key that was ever used before is left as it is, and False returned."""
    values = _new(kind, key, at, payload=payload, lane=lane, network=network)
    values["urgency"] = urgency.value
    added = tx.execute(_ADDED[tx.dialect], values).one_or_none()
    _wake(tx, shard_of(lane, key), at)
    return added is not None


def add_all(
    tx: Tx,
    kind: str,
    rows: Sequence[tuple[str, Payload]],
    at: datetime,
    *,
    lane: str = "",
    network: int | None = None,
) -> None:
    """Plan many of one kind once, each by key and payload, for a small part of what `add` costs each."""
    if not rows:
        return
    urgency = {"urgency": Urgency.ORDINARY.value}
    values = [
        _new(kind, key, at, payload=payload, lane=lane, network=network) | urgency
        for key, payload in rows
    ]
    tx.execute(_ADDED_MANY[tx.dialect], values)
    for shard in {shard_of(lane, key) for key, _payload in rows}:
        _wake(tx, shard, at)


def put(
    tx: Tx,
    kind: str,
    key: str,
    at: datetime,
    payload: Payload,
    *,
    lane: str = "",
    network: int | None = None,
    urgency: Urgency = Urgency.ORDINARY,
) -> None:
    """Plan work, or plan it anew: one row a key, whatever became of it before.

    A run of the old plan that is still going on loses its lease.
    """
    values = _new(kind, key, at, payload=payload, lane=lane, network=network)
    values["urgency"] = urgency.value
    tx.execute(_PUT[tx.dialect], values)
    _wake(tx, shard_of(lane, key), at)


def cancel(tx: Tx, key: str, now: datetime) -> bool:
    """Take planned work back; return False when there is none waiting under this key."""
    ended = {"state": WorkState.CANCELLED, "finished_at": now, "lease_until": None}
    return tx.execute(_TAKEN_BACK, {"named": key, **ended}).rowcount > 0


def forget(tx: Tx, key: str) -> bool:
    """Take planned work back that nobody has begun, as if its key had never been used.

    Returns False where there is none, or somebody is at it.
    """
    unbegun = (work.c.key == key) & is_(work, WorkState.DUE) & (work.c.attempts == 0)
    return tx.execute(delete(work).where(unbegun)).rowcount > 0


def planned_for(tx: Tx, key: str) -> datetime | None:
    """Return when work of this key was due the last time, or None where there was none."""
    return tx.execute(select(work.c.due_at).where(work.c.key == key)).scalar_one_or_none()


def waiting(tx: Tx, keys: Collection[str]) -> Mapping[str, datetime]:
    """Return when each of these keys is planned to run, for those that are."""
    rows = tx.execute(
        select(work.c.key, work.c.run_at).where(work.c.key.in_(keys), is_(work, *PENDING))
    )
    return {row.key: row.run_at for row in rows}


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a piece of work stands, and how much of it is `done`; `of` is 0 where nobody knows."""

    state: WorkState
    done: int = 0
    of: int = 0

    @property
    def goes_on(self) -> bool:
        """Whether it is still to be done, or being done."""
        return self.state in PENDING


def progress(tx: Tx, key: str) -> Progress | None:
    """Return how far the work of this key is, or None where there is none."""
    found = tx.execute(select(work.c.state, work.c.payload).where(work.c.key == key)).one_or_none()
    if found is None:
        return None
    done, of = found.payload.get(PROGRESS, (0, 0))
    return Progress(WorkState(found.state), done, of)


def payloads(tx: Tx, keys: Collection[str]) -> Mapping[str, Payload]:
    """Return what is written in the rows of these keys that are planned or being done."""
    found = select(work.c.key, work.c.payload).where(work.c.key.in_(keys), is_(work, *PENDING))
    return {row.key: row.payload for row in tx.execute(found)} if keys else {}


def begun(tx: Tx, key: str) -> tuple[str, int | None] | None:
    """Return lane and network of work that was tried and has not ended, or None.

    Nobody begins or ends it until this transaction has.
    """
    row = tx.execute(_BEGUN, {"key": key}).one_or_none()
    if row is None or row.state not in PENDING or row.attempts == 0:
        return None
    return row.lane, row.network_id


def at_once(tx: Tx, lanes: str, now: datetime) -> int:
    """Let what waits for another try in lanes that begin so run now; return how many these are."""
    waits = (
        work.c.state == WorkState.DUE.value,
        work.c.lane.startswith(lanes, autoescape=True),
        work.c.due_at <= now,
        work.c.run_at > now,
    )
    rows = tx.execute(update(work).where(*waits).values(run_at=now).returning(work.c.shard))
    found = [row.shard for row in rows]
    for shard in found:
        _wake(tx, shard, now)
    return len(found)


def _wake(tx: Tx, shard: int, at: datetime) -> None:
    tx.announce(WAKE)
    tx.soonest[shard] = min(at, tx.soonest.get(shard, at))


def _new(
    kind: str, key: str, at: datetime, *, payload: Payload, lane: str, network: int | None
) -> dict[str, object]:
    return {
        "key": key,
        "kind": kind,
        "network_id": network,
        "lane": lane,
        "shard": shard_of(lane, key),
        "due_at": at,
        "run_at": at,
        "payload": dict(payload),
        "state": WorkState.DUE.value,
        "attempts": 0,
        "failures": 0,
        "unsure": False,
        "fence": 0,
        "lease_until": None,
        "holder": "",
        "reason": "",
        "finished_at": None,
    }
