"""The files and their contents: kept, found by the rows they belong to, taken away."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    delete,
    func,
    insert,
    select,
)

from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant
from plnbot.talk.uploads import NAME, FileKind
from plnbot.values import dataclass

content = Table(
    "file_content",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
file = Table(
    "file",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False, index=True),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False, index=True),
    Column("tenant", String(20), nullable=False),
    Column("row_id", Id, nullable=False),
    Column("digest", String(64), ForeignKey("file_content.digest"), nullable=False, index=True),
    Column("name", String(NAME), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_file_row", "tenant", "row_id"),
    # A number that stands in an address must not come to mean another file after an erasure.
    sqlite_autoincrement=True,
)
_CONTENT = on_both(content, lambda new: new.on_conflict_do_nothing())
_MEDIA: Final = {
    FileKind.PDF: "application/pdf",
    FileKind.TEXT: "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file without its content: who added it, and which row of its tenant it belongs to."""

    id: int
    network: int
    member: int
    tenant: str
    row: int
    name: str
    kind: FileKind
    size: int
    at: datetime
    digest: str = ""


def add(tx: Tx, new: KeptFile, given: bytes) -> int:
    """Keep a file, which `checking.checked` has looked at; return its number."""
    digest = hashlib.sha256(given).hexdigest()
    tx.execute(_CONTENT[tx.dialect], {"digest": digest, "size": len(given), "content": given})
    values = {
        "network_id": new.network,
        "member_id": new.member,
        "tenant": new.tenant,
        "row_id": new.row,
        "digest": digest,
        "name": new.name[:NAME],
        "kind": new.kind.value,
        "size": len(given),
        "at": new.at,
    }
    made: int = tx.execute(insert(file).values(values).returning(file.c.id)).scalar_one()
    return made


def get(tx: Tx, tenant: str, number: int) -> KeptFile | None:
    """Return a file of a tenant's by its number, or None."""
    found = select(file).where(file.c.id == number, file.c.tenant == tenant)
    row = tx.execute(found).one_or_none()
    return None if row is None else _file(row)


def of_rows(tx: Tx, tenant: str, rows: Collection[int]) -> Sequence[KeptFile]:
    """Return the files of a tenant's rows, in the order in which they came."""
    if not rows:
        return ()
    found = select(file).where(file.c.tenant == tenant, file.c.row_id.in_(rows))
    return tuple(map(_file, tx.execute(found.order_by(file.c.id))))


def of_member(tx: Tx, member: int) -> Sequence[KeptFile]:
    """Return all files that a member added."""
    found = select(file).where(file.c.member_id == member)
    return tuple(map(_file, tx.execute(found.order_by(file.c.id))))


def content_of(tx: Tx, one: KeptFile) -> bytes:
    """Return what is in a file."""
    found = select(content.c.content).where(content.c.digest == one.digest)
    return bytes(tx.execute(found).scalar_one())


def media_type(one: KeptFile) -> str:
    """Return as what a file is served: nothing that a browser would run."""
    return _MEDIA.get(one.kind, "application/octet-stream")


def used(tx: Tx, *, member: int = 0, network: int = 0) -> int:
    """Return how many bytes a member, or a network, has kept here."""
    of = file.c.member_id == member if member else file.c.network_id == network
    return int(tx.execute(select(func.coalesce(func.sum(file.c.size), 0)).where(of)).scalar_one())


def remove(tx: Tx, found: Sequence[KeptFile]) -> None:
    """Take files away, and contents that nothing names any more."""
    tx.execute(delete(file).where(file.c.id.in_([each.id for each in found])))
    gone = {each.digest for each in found}
    still = select(file.c.digest)
    tx.execute(delete(content).where(content.c.digest.in_(gone), content.c.digest.not_in(still)))


def remove_rows(tx: Tx, tenant: str, rows: Collection[int]) -> None:
    """Take away the files of a tenant's rows."""
    remove(tx, of_rows(tx, tenant, rows))


def _file(row: Row[Any]) -> KeptFile:
    return KeptFile(
        row.id,
        row.network_id,
        row.member_id,
        row.tenant,
        row.row_id,
        row.name,
        FileKind(row.kind),
        row.size,
        row.at,
        row.digest,
    )
