"""Votes on topics, and who voted for what until they end."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from plnbot.chats.model.topics import PollState
from plnbot.chats.store.tables import poll, vote
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

GOING_ON = (PollState.PLANNED, PollState.OPEN)
_VOTED = on_both(
    vote,
    lambda new: new.on_conflict_do_update(
        index_elements=["poll_id", "member_id"], set_={"topic_id": new.excluded.topic_id}
    ),
)


@dataclass(frozen=True, slots=True)
class Poll:
    """A vote on `topics`; `first_at` and `second_at` are its slots, None the next date that is free.

    `votes` is what each topic got, and `chats` which chat each that took a slot became: once it ended.
    """

    id: int
    network: int
    place: Place
    state: PollState
    opens_at: datetime
    closes_at: datetime
    zone: str
    first_at: datetime | None
    second_at: datetime | None
    seed: int
    topics: tuple[int, ...]
    created_by: int
    votes: Mapping[int, int]
    chats: Mapping[int, int]

    @property
    def scope(self) -> str:
        """What the audit log knows it by."""
        return f"chat_poll:{self.id}"


def add(tx: Tx, new: Poll, now: datetime) -> int:
    """Write down a vote, whose `id` is not known yet, and return that."""
    values = {
        "network_id": new.network,
        "platform": new.place.platform,
        "workspace": new.place.workspace,
        "channel": new.place.channel,
        "state": new.state.value,
        "opens_at": new.opens_at,
        "closes_at": new.closes_at,
        "zone": new.zone,
        "first_at": new.first_at,
        "second_at": new.second_at,
        "seed": new.seed,
        "topics": list(new.topics),
        "result": {},
        "created_by": new.created_by,
        "created_at": now,
    }
    made: int = tx.execute(insert(poll).values(values).returning(poll.c.id)).scalar_one()
    return made


def get(tx: Tx, number: int, *, lock: bool = False) -> Poll | None:
    """Return a vote; with `lock` nobody else changes it until this transaction ends."""
    found = select(poll).where(poll.c.id == number)
    row = tx.execute(found.with_for_update(key_share=True) if lock else found).one_or_none()
    return None if row is None else _poll(row)


def going_on(tx: Tx, place: Place) -> Poll | None:
    """Return the vote of a room that is planned or open."""
    row = tx.execute(
        select(poll).where(
            poll.c.platform == place.platform,
            poll.c.workspace == place.workspace,
            poll.c.channel == place.channel,
            poll.c.state.in_([each.value for each in GOING_ON]),
        )
    ).first()
    return None if row is None else _poll(row)


def of_network(
    tx: Tx, network: int, states: Collection[PollState], *, most: int = 20
) -> tuple[Poll, ...]:
    """Return a network's votes in these states, the newest first."""
    rows = tx.execute(
        select(poll)
        .where(poll.c.network_id == network, poll.c.state.in_([each.value for each in states]))
        .order_by(poll.c.closes_at.desc(), poll.c.id.desc())
        .limit(most)
    )
    return tuple(map(_poll, rows))


def rooms(tx: Tx, platform: str) -> tuple[Place, ...]:
    """Return the rooms of a platform in which votes are planned or open."""
    rows = tx.execute(
        select(poll.c.workspace, poll.c.channel)
        .where(poll.c.platform == platform, poll.c.state.in_([each.value for each in GOING_ON]))
        .distinct()
    )
    return tuple(Place(platform, row.workspace, row.channel) for row in rows)


def open_with(tx: Tx, number: int, topics: Sequence[int]) -> None:
    """Open a vote on these topics."""
    values = {"state": PollState.OPEN.value, "topics": list(topics)}
    tx.execute(update(poll).where(poll.c.id == number).values(values))


def move(tx: Tx, number: int, state: PollState) -> None:
    """Note where a vote stands."""
    tx.execute(update(poll).where(poll.c.id == number).values(state=state.value))


def end(tx: Tx, number: int, votes: Mapping[int, int], chats: Mapping[int, int]) -> None:
    """Note how a vote ended; who voted for what is forgotten."""
    result = {"votes": list(votes.items()), "chats": list(chats.items())}
    values = {"state": PollState.ENDED.value, "result": result}
    tx.execute(update(poll).where(poll.c.id == number).values(values))
    forget_votes(tx, number)


def forget_votes(tx: Tx, number: int) -> None:
    """Forget who voted for what."""
    tx.execute(delete(vote).where(vote.c.poll_id == number))


def cast(tx: Tx, number: int, member: int, topic: int) -> None:
    """Note what a member votes for, instead of what they voted for before."""
    tx.execute(_VOTED[tx.dialect], {"poll_id": number, "member_id": member, "topic_id": topic})


def votes(tx: Tx, number: int) -> tuple[int, ...]:
    """Return what was voted for, once a vote."""
    found = select(vote.c.topic_id).where(vote.c.poll_id == number).order_by(vote.c.member_id)
    return tuple(tx.execute(found).scalars())


def many(tx: Tx, number: int) -> int:
    """Return how many have voted."""
    counted: int = tx.execute(select(func.count()).where(vote.c.poll_id == number)).scalar_one()
    return counted


def own(tx: Tx, number: int, member: int) -> int | None:
    """Return what a member votes for."""
    found = select(vote.c.topic_id).where(vote.c.poll_id == number, vote.c.member_id == member)
    return tx.execute(found).scalar_one_or_none()


def _poll(row: Row[Any]) -> Poll:
    return Poll(
        row.id,
        row.network_id,
        Place(row.platform, row.workspace, row.channel),
        PollState(row.state),
        row.opens_at,
        row.closes_at,
        row.zone,
        row.first_at,
        row.second_at,
        row.seed,
        tuple(row.topics),
        row.created_by,
        dict(map(tuple, row.result.get("votes", ()))),
        dict(map(tuple, row.result.get("chats", ()))),
    )
