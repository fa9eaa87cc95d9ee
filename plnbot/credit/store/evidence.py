"""Evidence: files that members send along with their hours, each content kept once, in the database.

So backups have them, on both databases, and an erasure reaches them: a content goes with the last entry
that names it.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, delete, func, insert, select

from plnbot.credit.store.tables import evidence, kept_file
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

MOST_OF_A_MEMBER = 50_000_000
MOST_OF_A_NETWORK = 2_000_000_000
_KEPT = on_both(kept_file, lambda new: new.on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that somebody sent along with an entry; `kind` is what it is by its content."""

    id: int
    network: int
    member: int
    entry: int
    digest: str
    name: str
    kind: str
    size: int
    at: datetime


def add(tx: Tx, new: Evidence, content: bytes) -> int:
    """Keep a file; its content is kept once, however often it is sent."""
    digest = hashlib.sha256(content).hexdigest()
    values = {"digest": digest, "size": len(content), "content": content, "at": new.at}
    tx.execute(_KEPT[tx.dialect], values)
    made: int = tx.execute(
        insert(evidence)
        .values(
            network_id=new.network,
            member_id=new.member,
            entry_id=new.entry,
            digest=digest,
            name=new.name,
            kind=new.kind,
            size=len(content),
            at=new.at,
        )
        .returning(evidence.c.id)
    ).scalar_one()
    return made


def get(tx: Tx, number: int) -> Evidence | None:
    """Return a file without its content, or None."""
    row = tx.execute(select(evidence).where(evidence.c.id == number)).one_or_none()
    return None if row is None else _evidence(row)


def content_of(tx: Tx, found: Evidence) -> bytes:
    """Return what is in a file."""
    kept = select(kept_file.c.content).where(kept_file.c.digest == found.digest)
    return bytes(tx.execute(kept).scalar_one())


def of_entry(tx: Tx, entry: int) -> Sequence[Evidence]:
    """Return the files of an entry, in the order in which they came."""
    rows = tx.execute(select(evidence).where(evidence.c.entry_id == entry).order_by(evidence.c.id))
    return tuple(map(_evidence, rows))


def of_member(tx: Tx, member: int) -> Sequence[Evidence]:
    """Return all files of a member."""
    rows = tx.execute(
        select(evidence).where(evidence.c.member_id == member).order_by(evidence.c.id)
    )
    return tuple(map(_evidence, rows))


def entries_before(tx: Tx, before: datetime, most: int = 1_000) -> Sequence[int]:
    """Return entries whose files all came before an instant, the oldest first."""
    found = select(evidence.c.entry_id).group_by(evidence.c.entry_id)
    latest = func.max(evidence.c.at)
    return tuple(tx.execute(found.having(latest < before).order_by(latest).limit(most)).scalars())


def used(tx: Tx, *, member: int = 0, network: int = 0) -> int:
    """Return how many bytes a member, or a network, has kept here."""
    of = evidence.c.member_id == member if member else evidence.c.network_id == network
    return int(
        tx.execute(select(func.coalesce(func.sum(evidence.c.size), 0)).where(of)).scalar_one()
    )


def remove(tx: Tx, found: Sequence[Evidence]) -> None:
    """Take files away, and contents that nothing names any more."""
    numbers = [each.id for each in found]
    tx.execute(delete(evidence).where(evidence.c.id.in_(numbers)))
    still = select(evidence.c.digest)
    digests = [each.digest for each in found]
    tx.execute(
        delete(kept_file).where(kept_file.c.digest.in_(digests), kept_file.c.digest.not_in(still))
    )


def _evidence(row: Row[tuple[object, ...]]) -> Evidence:
    return Evidence(
        row.id,
        row.network_id,
        row.member_id,
        row.entry_id,
        row.digest,
        row.name,
        row.kind,
        row.size,
        row.at,
    )
