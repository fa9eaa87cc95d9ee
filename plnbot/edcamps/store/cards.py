"""Cards with their authors and hosts. What is merged into a card gives it its people.

So `authors` and `hosts` of a card are those of all that were merged into it too.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, delete, func, insert, or_, select, update

from plnbot.edcamps.model import BoardCard, CardKind, CardState
from plnbot.edcamps.store.tables import author, card, host, session, vote
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_JOINED = on_both(author, lambda new: new.on_conflict_do_nothing().returning(author.c.member_id))
_LED = on_both(host, lambda new: new.on_conflict_do_nothing().returning(host.c.member_id))
HEAD = func.coalesce(card.c.merged_into, card.c.id)
"""The card that a card counts for: the one that it is merged into, else itself."""


def add(tx: Tx, new: BoardCard) -> int:
    """Write down a card, whose `id` is not known yet, with its first author and hosts; return that."""
    values = {
        "board_id": new.board,
        "kind": new.kind.value,
        "words": new.words,
        "about": new.about,
        "needs": list(new.needs),
        "state": new.state.value,
        "newcomer": new.newcomer,
        "merged_into": new.merged_into,
        "at": new.at,
        "interested": new.interested,
        "maybe": new.maybe,
    }
    made: int = tx.execute(insert(card).values(values).returning(card.c.id)).scalar_one()
    for each in new.authors:
        join(tx, made, each, new.words, new.at)
    for each in new.hosts:
        lead(tx, made, each, new.at)
    return made


def join(tx: Tx, number: int, member: int, words: str, now: datetime) -> bool:
    """Note that somebody asks for a card too, in these words of theirs or none; False who did."""
    values = {"card_id": number, "member_id": member, "words": words, "at": now}
    return tx.execute(_JOINED[tx.dialect], values).one_or_none() is not None


def ask_no_more(tx: Tx, number: int, member: int) -> None:
    """Let somebody ask no more for a card, nor for what was merged into it."""
    mine = author.c.card_id.in_(_all_of(number)) & (author.c.member_id == member)
    tx.execute(delete(author).where(mine))


def posted_by(tx: Tx, board: int, member: int) -> tuple[BoardCard, ...]:
    """Return the cards that a member put on a board themselves, those that were merged into others too."""
    own = select(author.c.card_id).where(author.c.member_id == member, author.c.words != "")
    return _where(
        tx,
        card.c.board_id == board,
        card.c.state == CardState.OPEN.value,
        card.c.id.in_(own),
    )


def lead(tx: Tx, number: int, member: int, now: datetime) -> bool:
    """Note that somebody leads a card; False who did."""
    values = {"card_id": number, "member_id": member, "at": now}
    return tx.execute(_LED[tx.dialect], values).one_or_none() is not None


def step_back(tx: Tx, number: int, member: int) -> bool:
    """Let somebody lead a card, and what was merged into it, no more; False who did not."""
    gone = tx.execute(
        delete(host).where(host.c.card_id.in_(_all_of(number)), host.c.member_id == member)
    )
    return gone.rowcount > 0


def get(tx: Tx, number: int, *, lock: bool = False) -> BoardCard | None:
    """Return a card; with `lock` nobody else changes it until this transaction ends."""
    found = select(card).where(card.c.id == number)
    rows = tx.execute(found.with_for_update(key_share=True) if lock else found).all()
    return next(iter(_with_people(tx, rows)), None)


def of_board(
    tx: Tx, board: int, states: Collection[CardState] = (CardState.OPEN,)
) -> tuple[BoardCard, ...]:
    """Return a board's cards in these states that are merged into nothing, the oldest first."""
    return _where(
        tx,
        card.c.board_id == board,
        card.c.state.in_([each.value for each in states]),
        card.c.merged_into.is_(None),
    )


def of_numbers(tx: Tx, numbers: Collection[int]) -> Mapping[int, BoardCard]:
    """Return these cards, as far as they are still there."""
    return {each.id: each for each in _where(tx, card.c.id.in_(numbers))}


def merged_on(tx: Tx, board: int) -> tuple[BoardCard, ...]:
    """Return the cards of a board that are merged into others, the oldest first."""
    return _where(tx, card.c.board_id == board, card.c.merged_into.is_not(None))


def of_member(tx: Tx, member: int) -> tuple[BoardCard, ...]:
    """Return every card that a member asked for or leads, the oldest first."""
    asked = select(author.c.card_id).where(author.c.member_id == member)
    led = select(host.c.card_id).where(host.c.member_id == member)
    return _where(tx, or_(card.c.id.in_(asked), card.c.id.in_(led)))


def was_there(tx: Tx, network_boards: Collection[int], member: int) -> bool:
    """Return whether a member has had a card on one of these boards."""
    found = select(card.c.id).where(
        card.c.board_id.in_(network_boards),
        or_(
            card.c.id.in_(select(author.c.card_id).where(author.c.member_id == member)),
            card.c.id.in_(select(host.c.card_id).where(host.c.member_id == member)),
        ),
    )
    return tx.execute(found.limit(1)).one_or_none() is not None


def own_words(tx: Tx, member: int) -> Sequence[tuple[BoardCard, str, datetime]]:
    """Return what a member asked for, with the words and time that were theirs."""
    rows = tx.execute(select(author).where(author.c.member_id == member))
    said = {row.card_id: (row.words, row.at) for row in rows}
    return [(each, *said[each.id]) for each in of_member(tx, member) if each.id in said]


def change(tx: Tx, number: int, **values: object) -> None:
    """Change a card's own columns."""
    tx.execute(update(card).where(card.c.id == number).values(**values))


def merge(tx: Tx, number: int, into: int) -> None:
    """Merge a card, and what was merged into it, into another."""
    mine = or_(card.c.id == number, card.c.merged_into == number)
    tx.execute(update(card).where(mine).values(merged_into=into))


def leave(tx: Tx, number: int, member: int) -> None:
    """Take a member from those who asked for or lead a card, or one that was merged into it.

    What nobody asks for or leads any more is gone, but for what is placed in the grid.
    """
    numbers = list(tx.execute(_all_of(number)).scalars())
    for table in (author, host):
        mine = table.c.card_id.in_(numbers) & (table.c.member_id == member)
        tx.execute(delete(table).where(mine))
    left = {
        each
        for table in (author, host)
        for each in tx.execute(
            select(table.c.card_id).where(table.c.card_id.in_(numbers))
        ).scalars()
    }
    placed = set(
        tx.execute(select(session.c.card_id).where(session.c.card_id.in_(numbers))).scalars()
    )
    gone = set(numbers) - left - placed
    # What others were merged into stays for as long as any of them does.
    kept = gone & {number} if left else set()
    _drop(tx, gone - kept - {number})
    _drop(tx, (gone - kept) & {number})


def _drop(tx: Tx, numbers: Collection[int]) -> None:
    for table in (vote, author, host):
        tx.execute(delete(table).where(table.c.card_id.in_(numbers)))
    tx.execute(delete(card).where(card.c.id.in_(numbers)))


def _all_of(number: int) -> Any:
    return select(card.c.id).where(or_(card.c.id == number, card.c.merged_into == number))


def _where(tx: Tx, *these: ColumnElement[bool]) -> tuple[BoardCard, ...]:
    return _with_people(tx, tx.execute(select(card).where(*these).order_by(card.c.id)).all())


def _with_people(tx: Tx, rows: Sequence[Row[Any]]) -> tuple[BoardCard, ...]:
    numbers = [row.id for row in rows]
    authors, hosts = _people(tx, author, numbers), _people(tx, host, numbers)
    return tuple(_card(row, authors.get(row.id, ()), hosts.get(row.id, ())) for row in rows)


def _people(tx: Tx, table: Table, numbers: Sequence[int]) -> Mapping[int, tuple[int, ...]]:
    """Return whom a table names for these cards and for what was merged into them, the first first."""
    rows = tx.execute(
        select(card.c.id, card.c.merged_into, table.c.member_id)
        .join(table, table.c.card_id == card.c.id)
        .where(or_(HEAD.in_(numbers), card.c.id.in_(numbers)))
        .order_by(table.c.at, table.c.member_id)
    )
    found: dict[int, dict[int, None]] = {}
    for row in rows:
        for number in (row.id, row.merged_into):
            if number is not None:
                found.setdefault(number, {})[row.member_id] = None
    return {number: tuple(people) for number, people in found.items()}


def _card(row: Row[Any], authors: tuple[int, ...], hosts: tuple[int, ...]) -> BoardCard:
    return BoardCard(
        row.id,
        row.board_id,
        CardKind(row.kind),
        row.words,
        row.about,
        tuple(row.needs),
        CardState(row.state),
        row.newcomer,
        row.merged_into,
        row.at,
        row.interested,
        row.maybe,
        authors,
        hosts,
    )
