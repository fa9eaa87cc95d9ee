"""Votes on cards. Those for a card that is merged into another count for that one."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import String, bindparam, delete, func, select, update
from sqlalchemy import cast as as_type

from plnbot.edcamps.model import Tally, Vote, tallies
from plnbot.edcamps.store.cards import HEAD
from plnbot.edcamps.store.tables import card, vote
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_VOTED = on_both(
    vote,
    lambda new: new.on_conflict_do_update(
        index_elements=["card_id", "member_id"],
        set_={"vote": new.excluded.vote, "at": new.excluded.at},
    ),
)

_INTERESTED = (
    select(
        HEAD.label("head"),
        func.aggregate_strings(as_type(vote.c.member_id, String), ",").label("members"),
    )
    .join(card, card.c.id == vote.c.card_id)
    .where(card.c.board_id == bindparam("board"), vote.c.vote == Vote.INTERESTED.value)
    .group_by(HEAD)
)


def cast(tx: Tx, number: int, member: int, given: Vote, now: datetime) -> None:
    """Note what a member thinks of a card, instead of what they thought before, also of a part of it."""
    values = {"card_id": number, "member_id": member, "vote": given.value, "at": now}
    tx.execute(_VOTED[tx.dialect], values)
    # The best of a member's votes counts, so that one for what was merged into it would outlive this.
    parts = select(card.c.id).where(card.c.merged_into == number)
    theirs = (vote.c.card_id.in_(parts), vote.c.member_id == member)
    tx.execute(update(vote).where(*theirs).values(vote=given.value, at=now))


def of_board(tx: Tx, board: int) -> tuple[tuple[int, int, Vote], ...]:
    """Return every vote on a board as member, card and vote; not to be shown before they are told."""
    rows = tx.execute(
        select(vote.c.member_id, HEAD.label("head"), vote.c.vote)
        .join(card, card.c.id == vote.c.card_id)
        .where(card.c.board_id == board)
        .order_by(vote.c.member_id, "head")
    )
    return tuple((row.member_id, row.head, Vote(row.vote)) for row in rows)


def interested(tx: Tx, board: int) -> Mapping[int, frozenset[int]]:
    """Return who is interested in each card of a board; not to be shown before votes are told.

    A large board has tens of thousands of votes: the database hands them over by card.
    """
    rows = tx.execute(_INTERESTED, {"board": board})
    return {row.head: frozenset(map(int, row.members.split(","))) for row in rows}


def of_member(tx: Tx, board: int, member: int) -> dict[int, Vote]:
    """Return what a member voted on a board, by card."""
    rows = tx.execute(
        select(HEAD.label("head"), vote.c.vote)
        .join(card, card.c.id == vote.c.card_id)
        .where(card.c.board_id == board, vote.c.member_id == member)
    )
    found: dict[int, Vote] = {}
    for row in rows:
        found[row.head] = min(found.get(row.head, Vote.SKIP), Vote(row.vote), key=list(Vote).index)
    return found


def many(tx: Tx, board: int) -> int:
    """Return how many have voted on a board."""
    counted: int = tx.execute(
        select(func.count(func.distinct(vote.c.member_id)))
        .join(card, card.c.id == vote.c.card_id)
        .where(card.c.board_id == board)
    ).scalar_one()
    return counted


def voters(tx: Tx, board: int) -> frozenset[int]:
    """Return who has voted on a board."""
    rows = tx.execute(
        select(vote.c.member_id)
        .join(card, card.c.id == vote.c.card_id)
        .where(card.c.board_id == board)
        .distinct()
    )
    return frozenset(rows.scalars())


def counts(tx: Tx, board: int) -> dict[int, int]:
    """Return how many have voted on each card of a board, whatever they think of it."""
    rows = tx.execute(
        select(HEAD.label("head"), func.count(func.distinct(vote.c.member_id)).label("voted"))
        .join(card, card.c.id == vote.c.card_id)
        .where(card.c.board_id == board)
        .group_by(HEAD)
    )
    return {row.head: row.voted for row in rows}


def forget(tx: Tx, board: int) -> None:
    """Note on each card what was voted, and forget who did."""
    for number, tally in tallies(of_board(tx, board)).items():
        values = {"interested": tally.interested, "maybe": tally.maybe}
        tx.execute(update(card).where(card.c.id == number).values(values))
    own = select(card.c.id).where(card.c.board_id == board)
    tx.execute(delete(vote).where(vote.c.card_id.in_(own)))


def tally_of(tx: Tx, board: int) -> dict[int, Tally]:
    """Return what was voted on each card of a board; not to be shown before votes are told."""
    kept = tx.execute(
        select(card.c.id, card.c.interested, card.c.maybe).where(card.c.board_id == board)
    )
    found = {
        row.id: Tally(row.interested, row.maybe) for row in kept if row.interested or row.maybe
    }
    return found | dict(tallies(of_board(tx, board)))
