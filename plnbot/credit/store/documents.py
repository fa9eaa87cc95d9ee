"""Documents that were issued: transcripts, certificates, portfolios; each with a code by which it is checked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select

from plnbot.credit.store.tables import document
from plnbot.store.database import Tx
from plnbot.values import dataclass

TRANSCRIPT, CERTIFICATE, PORTFOLIO = "transcript", "certificate", "portfolio"
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was issued: what it is, for whom, its rows, and the digest that the ledger holds of them."""

    id: int
    network: int
    member: int
    code: str
    what: str
    name: str
    shows_name: bool
    rows: Sequence[Line]
    digest: str
    at: datetime


class Since(StrEnum):
    """What became of one line of a document since it was issued."""

    CORRECTED = "corrected"
    REVOKED = "revoked"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Checked:
    """A document looked at: whether the ledger holds what it says, and what was changed since, and when."""

    document: Document
    genuine: bool
    changes: Sequence[tuple[Since, datetime]]


def total(rows: Sequence[Mapping[str, object]]) -> int:
    """Return the minutes of all lines."""
    return sum(int(str(each["minutes"])) for each in rows)


def add(tx: Tx, new: Document) -> int:
    """Keep a document; return its number."""
    values = {
        "network_id": new.network,
        "member_id": new.member,
        "code": new.code,
        "what": new.what,
        "name": new.name,
        "shows_name": new.shows_name,
        "rows": [dict(each) for each in new.rows],
        "digest": new.digest,
        "at": new.at,
    }
    number: int = tx.execute(insert(document).values(values).returning(document.c.id)).scalar_one()
    tx.announce(f"member:{new.member}")
    return number


def get(tx: Tx, number: int) -> Document | None:
    """Return a document by its number."""
    return _one(tx, select(document).where(document.c.id == number))


def by_code(tx: Tx, code: str) -> Document | None:
    """Return a document by its code."""
    return _one(tx, select(document).where(document.c.code == code))


def of_member(tx: Tx, member: int) -> Sequence[Document]:
    """Return the documents of a member, the latest first."""
    found = select(document).where(document.c.member_id == member).order_by(document.c.id.desc())
    return tuple(map(_document, tx.execute(found)))


def forget(tx: Tx, member: int) -> None:
    """Take a member's documents away: their codes lead nowhere any more."""
    tx.execute(delete(document).where(document.c.member_id == member))


def _one(tx: Tx, found: Select[tuple[Any, ...]]) -> Document | None:
    row = tx.execute(found).one_or_none()
    return None if row is None else _document(row)


def _document(row: Row[tuple[Any, ...]]) -> Document:
    return Document(
        row.id,
        row.network_id,
        row.member_id,
        row.code,
        row.what,
        row.name,
        row.shows_name,
        row.rows,
        row.digest,
        row.at,
    )
