"""What members suggest: topics of a room, and questions to the guest of a chat.

Several who suggest the same are one suggestion with all their names: one is merged into another, keeps
its own authors and words, and can be taken out again. So `authors` of a suggestion are those of all that
were merged into it too.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, or_, select, update

from plnbot.chats.store.tables import suggested_by, suggestion, vote
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

_JOINED = on_both(
    suggested_by, lambda new: new.on_conflict_do_nothing().returning(suggested_by.c.member_id)
)


class Kind(StrEnum):
    """What is suggested."""

    TOPIC = "topic"
    QUESTION = "question"


class State(StrEnum):
    """Where a suggestion stands: it waits, became a chat or a question of one, or was turned down."""

    WAITS = "waits"
    TAKEN = "taken"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion; `authors` are all who made it, the first first.

    A topic has the chat that it became, a question the chat whose guest it asks and, once it is to be
    asked, the question that it became.
    """

    id: int
    network: int
    kind: Kind
    place: Place
    chat: int | None
    question: int | None
    state: State
    words: str
    merged_into: int | None
    at: datetime
    authors: tuple[int, ...] = ()


def add(tx: Tx, new: Suggestion, by: int) -> int:
    """Write down what somebody suggests, whose `id` is not known yet, and return that."""
    values = {
        "network_id": new.network,
        "kind": new.kind.value,
        "platform": new.place.platform,
        "workspace": new.place.workspace,
        "channel": new.place.channel,
        "chat_id": new.chat,
        "question_id": new.question,
        "state": new.state.value,
        "words": new.words,
        "merged_into": new.merged_into,
        "at": new.at,
    }
    made: int = tx.execute(
        insert(suggestion).values(values).returning(suggestion.c.id)
    ).scalar_one()
    join(tx, made, by, new.words, new.at)
    return made


def join(tx: Tx, number: int, by: int, words: str, now: datetime) -> bool:
    """Note that somebody suggests this too, in these words of theirs or none; False who did."""
    values = {"suggestion_id": number, "member_id": by, "words": words, "at": now}
    return tx.execute(_JOINED[tx.dialect], values).one_or_none() is not None


def get(tx: Tx, number: int, *, lock: bool = False) -> Suggestion | None:
    """Return a suggestion; with `lock` nobody else changes it until this transaction ends."""
    found = select(suggestion).where(suggestion.c.id == number)
    rows = tx.execute(found.with_for_update(key_share=True) if lock else found).all()
    return next(iter(_with_authors(tx, rows)), None)


def of_numbers(tx: Tx, numbers: Collection[int]) -> Mapping[int, Suggestion]:
    """Return these suggestions, as far as they are still there."""
    return {each.id: each for each in _where(tx, suggestion.c.id.in_(numbers))}


def waiting_in(tx: Tx, kind: Kind, place: Place) -> tuple[Suggestion, ...]:
    """Return what waits in a room, what most suggest first."""
    here = and_(
        suggestion.c.platform == place.platform,
        suggestion.c.workspace == place.workspace,
        suggestion.c.channel == place.channel,
    )
    return _waiting(tx, here, kind)


def waiting_of(tx: Tx, kind: Kind, network: int) -> tuple[Suggestion, ...]:
    """Return what waits in a network, what most suggest first."""
    return _waiting(tx, suggestion.c.network_id == network, kind)


def of_chat(tx: Tx, chat: int, kind: Kind) -> tuple[Suggestion, ...]:
    """Return what belongs to a chat and is merged into nothing, the oldest first."""
    return _where(
        tx,
        suggestion.c.chat_id == chat,
        suggestion.c.kind == kind.value,
        suggestion.c.merged_into.is_(None),
    )


def merged_in(tx: Tx, number: int) -> tuple[Suggestion, ...]:
    """Return what was merged into a suggestion, the oldest first."""
    return _where(tx, suggestion.c.merged_into == number)


def suggested(tx: Tx, member: int) -> Sequence[Suggestion]:
    """Return everything that a member suggested, or suggested too, the oldest first."""
    mine = select(suggested_by.c.suggestion_id).where(suggested_by.c.member_id == member)
    return _where(tx, suggestion.c.id.in_(mine))


def own_words(tx: Tx, member: int) -> Sequence[tuple[Suggestion, str, datetime]]:
    """Return what a member suggested with the words and time that were theirs."""
    rows = tx.execute(select(suggested_by).where(suggested_by.c.member_id == member))
    said = {row.suggestion_id: (row.words, row.at) for row in rows}
    return [(each, *said[each.id]) for each in suggested(tx, member)]


def change(tx: Tx, number: int, **values: object) -> None:
    """Change a suggestion."""
    tx.execute(update(suggestion).where(suggestion.c.id == number).values(**values))


def merge(tx: Tx, number: int, into: int) -> None:
    """Merge a suggestion, and what was merged into it, into another."""
    mine = or_(suggestion.c.id == number, suggestion.c.merged_into == number)
    tx.execute(update(suggestion).where(mine).values(merged_into=into))


def leave(tx: Tx, number: int, member: int) -> None:
    """Take a member from those who made a suggestion, or one that was merged into it.

    Its words are from then on those of the first who is left; what nobody suggests any more is gone.
    """
    mine = or_(suggestion.c.id == number, suggestion.c.merged_into == number)
    all_of_it = tx.execute(select(suggestion.c.id, suggestion.c.words).where(mine)).all()
    numbers, words = [row.id for row in all_of_it], {row.id: row.words for row in all_of_it}
    of_it = suggested_by.c.suggestion_id.in_(numbers)
    tx.execute(delete(suggested_by).where(of_it, suggested_by.c.member_id == member))
    left = tx.execute(
        select(suggested_by).where(of_it).order_by(suggested_by.c.at, suggested_by.c.member_id)
    ).all()
    theirs = [row.words for row in left if row.words]
    if theirs and words[number] not in theirs:
        change(tx, number, words=theirs[0])
    lost = set(numbers) - {row.suggestion_id for row in left} - ({number} if left else set())
    drop(tx, lost - {number})
    drop(tx, lost & {number})


def drop(tx: Tx, numbers: Collection[int]) -> None:
    """Take suggestions away, and what was voted for them."""
    tx.execute(delete(vote).where(vote.c.topic_id.in_(numbers)))
    tx.execute(delete(suggested_by).where(suggested_by.c.suggestion_id.in_(numbers)))
    tx.execute(delete(suggestion).where(suggestion.c.id.in_(numbers)))


def _waiting(tx: Tx, where: ColumnElement[bool], kind: Kind) -> tuple[Suggestion, ...]:
    found = _where(
        tx,
        where,
        suggestion.c.kind == kind.value,
        suggestion.c.state == State.WAITS.value,
        suggestion.c.merged_into.is_(None),
    )
    return tuple(sorted(found, key=lambda each: -len(each.authors)))


def _where(tx: Tx, *these: ColumnElement[bool]) -> tuple[Suggestion, ...]:
    rows = tx.execute(select(suggestion).where(*these).order_by(suggestion.c.id)).all()
    return _with_authors(tx, rows)


def _with_authors(tx: Tx, rows: Sequence[Row[Any]]) -> tuple[Suggestion, ...]:
    numbers = [row.id for row in rows]
    head = func.coalesce(suggestion.c.merged_into, suggestion.c.id)
    found = tx.execute(
        select(suggestion.c.id, suggestion.c.merged_into, suggested_by.c.member_id)
        .join(suggested_by, suggested_by.c.suggestion_id == suggestion.c.id)
        .where(or_(head.in_(numbers), suggestion.c.id.in_(numbers)))
        .order_by(suggested_by.c.at, suggested_by.c.member_id)
    ).all()
    authors: dict[int, dict[int, None]] = {number: {} for number in numbers}
    for row in found:
        for number in (row.id, row.merged_into):
            if number in authors:
                authors[number][row.member_id] = None
    return tuple(_suggestion(row, tuple(authors[row.id])) for row in rows)


def _suggestion(row: Row[Any], authors: tuple[int, ...]) -> Suggestion:
    return Suggestion(
        row.id,
        row.network_id,
        Kind(row.kind),
        Place(row.platform, row.workspace, row.channel),
        row.chat_id,
        row.question_id,
        State(row.state),
        row.words,
        row.merged_into,
        row.at,
        authors,
    )
