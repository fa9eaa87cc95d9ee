"""Batches of entries that are approved together, with the seed by which some were drawn to be looked at."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from plnbot.credit.model.batches import sample
from plnbot.credit.store.tables import batch
from plnbot.refs import row_number
from plnbot.store.database import Tx
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries with the revision that was shown, by number; `drawn` are looked at first, `looked` were."""

    id: int
    network: int
    member: int
    seed: str
    entries: dict[int, int]
    drawn: tuple[int, ...]
    looked: tuple[int, ...]
    at: datetime
    done: bool

    @property
    def head(self) -> int:
        """Behind which event of the ledger they were drawn: the seed begins with it."""
        return row_number(self.seed.partition("-")[0]) if "-" in self.seed else 0

    @property
    def left(self) -> Sequence[int]:
        """Which of those drawn are still to be looked at."""
        return [each for each in self.drawn if each not in self.looked]


def add(
    tx: Tx, network: int, member: int, *, seed: str, entries: dict[int, int], now: datetime
) -> Batch:
    """Write a batch down, drawn by its seed."""
    drawn = sample(seed, list(entries))
    made = tx.execute(
        insert(batch)
        .values(
            network_id=network,
            member_id=member,
            seed=seed,
            entries=[[number, revision] for number, revision in entries.items()],
            sample=list(drawn),
            looked=[],
            at=now,
        )
        .returning(batch.c.id)
    ).scalar_one()
    return Batch(made, network, member, seed, entries, drawn, (), now, done=False)


def get(tx: Tx, number: int) -> Batch | None:
    """Return a batch, or None."""
    row = tx.execute(select(batch).where(batch.c.id == number).with_for_update()).one_or_none()
    return None if row is None else _batch(row)


def open_since(tx: Tx, member: int, since: datetime) -> Batch | None:
    """Return what somebody has drawn since then and not approved yet, the latest."""
    found = select(batch).where(
        batch.c.member_id == member, batch.c.done_at.is_(None), batch.c.at >= since
    )
    row = tx.execute(found.order_by(batch.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else _batch(row)


def _batch(row: Row[Any]) -> Batch:
    entries = {int(entry): int(revision) for entry, revision in row.entries}
    return Batch(
        row.id,
        row.network_id,
        row.member_id,
        row.seed,
        entries,
        tuple(row.sample),
        tuple(row.looked),
        row.at,
        done=row.done_at is not None,
    )


def looked_at(tx: Tx, found: Batch, entry: int) -> None:
    """Note that one that was drawn was looked at and is right."""
    looked = sorted({*found.looked, entry})
    tx.execute(update(batch).where(batch.c.id == found.id).values(looked=looked))


def ended(tx: Tx, found: Batch, now: datetime) -> None:
    """Note that a batch was approved."""
    tx.execute(update(batch).where(batch.c.id == found.id).values(done_at=now))
