"""What is on its way between ends, and which messages were."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from plnbot.spaces.model import Word
from plnbot.spaces.store.tables import space_word
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_TOMBSTONE = on_both(
    space_word, lambda new: new.on_conflict_do_nothing(index_elements=["space_id", "source"])
)


def word(tx: Tx, number: int) -> Word | None:
    """Return a message that was carried."""
    return _word(tx, space_word.c.id == number)


def word_from(tx: Tx, in_space: int, source: str) -> Word | None:
    """Return what is known of a message."""
    return _word(tx, (space_word.c.space_id == in_space) & (space_word.c.source == source))


def sources_in(tx: Tx, spaces: Collection[int], prefix: str, since: datetime) -> Sequence[str]:
    """Return which messages of these spaces that begin so were carried since then and still stand."""
    found = select(space_word.c.source).where(
        space_word.c.space_id.in_(spaces),
        space_word.c.source.startswith(prefix, autoescape=True),
        space_word.c.at >= since,
        ~space_word.c.gone,
    )
    return tx.execute(found.order_by(space_word.c.id)).scalars().all()


def add_word(tx: Tx, new: Word) -> int:
    """Write down a message that is to be carried, and return its number."""
    values = {
        "space_id": new.space,
        "member_id": new.member,
        "source": new.source,
        "words": new.words,
        "version": new.version,
        "parts": new.parts,
        "gone": new.gone,
        "at": new.at,
    }
    made: int = tx.execute(
        insert(space_word).values(values).returning(space_word.c.id)
    ).scalar_one()
    return made


def add_tombstone(tx: Tx, in_space: int, source: str, now: datetime) -> None:
    """Let a message that is gone before it was told of stay so."""
    values = {"space_id": in_space, "member_id": 0, "source": source, "words": "", "version": "",
              "parts": 0, "gone": True, "at": now}  # fmt: skip
    tx.execute(_TOMBSTONE[tx.dialect], values)


def change_word(tx: Tx, number: int, **values: object) -> None:
    """Change what is written of a message."""
    tx.execute(update(space_word).where(space_word.c.id == number).values(**values))


def forget_words(tx: Tx, *, of_space: int = 0, before: datetime | None = None) -> None:
    """Forget what was to be carried: of a space, or what is too old."""
    which = space_word.c.space_id == of_space if of_space else space_word.c.words != ""
    if before is not None:
        which = which & (space_word.c.at < before)
    tx.execute(update(space_word).where(which).values(words=""))


def forget_messages(tx: Tx, before: datetime) -> None:
    """Forget which messages were carried before an instant: nothing of them is told any more."""
    tx.execute(delete(space_word).where(space_word.c.at < before))


def words_of(tx: Tx, member: int) -> Sequence[Row[Any]]:
    """Return which messages of a member are known, and what of them has not arrived yet."""
    which = space_word.c.member_id == member
    return tx.execute(select(space_word).where(which).order_by(space_word.c.id)).all()


def erase_words(tx: Tx, member: int) -> None:
    """Take away which messages of a member were carried."""
    tx.execute(delete(space_word).where(space_word.c.member_id == member))


def merge_words(tx: Tx, goes: int, stays: int) -> None:
    """Give one member's messages to another, who turned out to be the same."""
    mine = space_word.c.member_id == goes
    tx.execute(update(space_word).where(mine).values(member_id=stays))


def _word(tx: Tx, which: ColumnElement[bool]) -> Word | None:
    row = tx.execute(select(space_word).where(which)).one_or_none()
    if row is None:
        return None
    return Word(
        row.id,
        row.space_id,
        row.member_id,
        row.source,
        row.words,
        row.version,
        row.parts,
        row.gone,
        row.at,
    )
