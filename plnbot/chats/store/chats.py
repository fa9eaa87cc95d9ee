"""Chats as they stand: the words and times they were planned with, and the run that decides."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, insert, or_, select, tuple_, update

from plnbot.chats.model import LIVE, UNTOLD, ChatState, Moment, MomentKind, Pace, Run
from plnbot.chats.store.tables import (
    attendance,
    chat,
    former,
    further_run,
    guest,
    newcomer,
    presence,
    proposed,
    question,
    season_date,
    series_date,
    suggested_by,
    suggestion,
)
from plnbot.refs import Place
from plnbot.skills.model import Carrier
from plnbot.skills.store import forget
from plnbot.store.database import Tx
from plnbot.values import dataclass

KIND = "chat"
"""What answers to a chat's questions are kept as."""
_Columns = tuple[Any, ...]
_FIRST = select(further_run.c.first_id).where(further_run.c.chat_id == chat.c.id)
_CHAT = select(chat, _FIRST.scalar_subquery().label("first_id"))
_BY_ID = _CHAT.where(chat.c.id == bindparam("chat"))
_IN_STATES = _CHAT.where(chat.c.state.in_(bindparam("states", expanding=True)))
_ON_PLATFORM = _IN_STATES.where(chat.c.platform == bindparam("platform"))

_ENDED = _ON_PLATFORM.where(chat.c.ended_at >= bindparam("since"))


def _by_start(found: Select[_Columns]) -> Mapping[bool, Select[_Columns]]:
    """Return these by start; under True newest first."""
    return {
        newest_first: found.order_by(
            chat.c.starts_at.desc() if newest_first else chat.c.starts_at, chat.c.id
        )
        for newest_first in (False, True)
    }


_HERE = _by_start(
    _ON_PLATFORM.where(
        chat.c.workspace == bindparam("workspace"), chat.c.channel == bindparam("channel")
    )
)
_SEEN = or_(
    chat.c.opened,
    chat.c.id.in_(bindparam("led", expanding=True)),
    tuple_(chat.c.platform, chat.c.workspace, chat.c.channel).not_in(
        bindparam("unseen", expanding=True)
    ),
)
_ROOMS = (
    select(chat.c.platform, chat.c.workspace, chat.c.channel)
    .where(chat.c.network_id == bindparam("network"))
    .distinct()
)
_THEIRS = _by_start(
    _IN_STATES.where(chat.c.network_id == bindparam("network"), _SEEN).limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as it stands: what was planned, and the run that decides.

    `grew_from` is the page of what was said before, as `prompt/12`, where it grew out of something.
    `opened` says that the whole network may see it, also where its room is not open to all. `first` is
    the chat of which it is a further run, if it is one.
    """

    id: int
    network: int
    title: str
    hashtag: str
    place: Place
    starts_at: datetime
    zone: str
    plan: str
    minutes: int
    warm_up: str
    intro: str
    outro: str
    run: Run
    created_by: int
    ended_at: datetime | None
    grew_from: str = ""
    opened: bool = False
    first: int | None = None

    @property
    def live(self) -> bool:
        """Whether it is going on now."""
        return self.run.state in LIVE

    @property
    def untold(self) -> bool:
        """Whether it was never announced: then only its moderators know of it."""
        return self.run.state in UNTOLD

    @property
    def slow(self) -> bool:
        """Whether it runs over days."""
        return bool(self.run.pace.step)

    @property
    def scope(self) -> str:
        """The scope of its moderators' grants."""
        return f"chat:{self.id}"

    @property
    def carrier(self) -> Carrier:
        """What carries its skills: the first of its runs."""
        return Carrier(KIND, self.first or self.id)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a coach wrote of a chat, read: its words, its start and the plan they chose."""

    title: str
    hashtag: str
    starts_at: datetime
    zone: str
    plan: str
    minutes: int
    warm_up: str
    intro: str
    outro: str


def new_chat(
    tx: Tx, network: int, place: Place, sketch: Sketch, run: Run, *, created_by: int, now: datetime
) -> int:
    """Write a chat down and return its id."""
    values = {
        "network_id": network,
        "platform": place.platform,
        "workspace": place.workspace,
        "channel": place.channel,
        "created_by": created_by,
        "created_at": now,
        "ended_at": None,
        **asdict(sketch),
        **run_columns(run),
    }
    made: int = tx.execute(insert(chat).values(values).returning(chat.c.id)).scalar_one()
    return made


def sketch_anew(tx: Tx, chat_id: int, sketch: Sketch) -> None:
    """Write the words and times of a chat anew."""
    tx.execute(update(chat).where(chat.c.id == chat_id).values(asdict(sketch)))


def note_origin(tx: Tx, chat_id: int, page: str) -> None:
    """Note the page of what a chat grew out of."""
    tx.execute(update(chat).where(chat.c.id == chat_id).values(grew_from=page))


def open_up(tx: Tx, chat_id: int, *, opened: bool) -> None:
    """Note whether the whole network may see a chat, whoever may look into its room."""
    tx.execute(update(chat).where(chat.c.id == chat_id).values(opened=opened))


def rooms_of(tx: Tx, network: int) -> tuple[Place, ...]:
    """Return the rooms in which chats of a network are or were held."""
    rows = tx.execute(_ROOMS, {"network": network})
    return tuple(Place(row.platform, row.workspace, row.channel) for row in rows)


def save_run(tx: Tx, chat_id: int, run: Run, now: datetime) -> None:
    """Write down where a chat stands."""
    over = run.state in (ChatState.ARCHIVED, ChatState.CANCELLED, ChatState.THROWN_AWAY)
    values = {**run_columns(run), "ended_at": now if over else None}
    tx.execute(update(chat).where(chat.c.id == chat_id).values(values))


def get_chat(tx: Tx, chat_id: int, *, network: int | None = None) -> Chat | None:
    """Return a chat, of this network when one is given."""
    found = next(_found(tx, _BY_ID, chat=chat_id), None)
    return found if found is None or network in (None, found.network) else None


def locked_chat(tx: Tx, chat_id: int) -> Chat | None:
    """Return a chat that nobody else changes until this transaction ends."""
    # Not against those who only refer to it: who answers does, and a crowd that answers all the time
    # would keep its chat waiting.
    return next(_found(tx, _BY_ID.with_for_update(key_share=True), chat=chat_id), None)


def chats_in(
    tx: Tx, place: Place, states: Collection[ChatState], *, newest_first: bool = False
) -> tuple[Chat, ...]:
    """Return the chats of one channel in these states, by start."""
    here = {"platform": place.platform, "workspace": place.workspace, "channel": place.channel}
    return tuple(_found(tx, _HERE[newest_first], states=_values(states), **here))


def chats_of(
    tx: Tx,
    network: int,
    states: Collection[ChatState],
    *,
    most: int = 50,
    newest_first: bool = False,
    unseen: Collection[Place] = (),
    led: Collection[int] = (),
) -> tuple[Chat, ...]:
    """Return a network's chats in these states, by start.

    Those in `unseen` rooms are left out, unless they were opened or are among those that are `led`.
    """
    rooms = [(each.platform, each.workspace, each.channel) for each in unseen]
    theirs = {"network": network, "most": most, "unseen": rooms, "led": list(led)}
    return tuple(_found(tx, _THEIRS[newest_first], states=_values(states), **theirs))


def planned_rooms(tx: Tx, platform: str) -> tuple[Place, ...]:
    """Return where chats on one platform are to take place or go on."""
    rows = tx.execute(
        select(chat.c.workspace, chat.c.channel)
        .where(chat.c.platform == platform, chat.c.state.in_(_values((ChatState.SCHEDULED, *LIVE))))
        .distinct()
    )
    return tuple(Place(platform, row.workspace, row.channel) for row in rows)


def titles_to_come(tx: Tx, numbers: Collection[int]) -> Mapping[int, str]:
    """Return what these chats are called, for those that are not over."""
    over = _values((ChatState.ARCHIVED, ChatState.CANCELLED, ChatState.THROWN_AWAY))
    rows = tx.execute(
        select(chat.c.id, chat.c.title).where(chat.c.id.in_(numbers), chat.c.state.not_in(over))
    )
    return {row.id: row.title for row in rows}


def live_on(tx: Tx, platform: str) -> tuple[Chat, ...]:
    """Return the chats that go on anywhere on one platform."""
    return tuple(_found(tx, _ON_PLATFORM, platform=platform, states=_values(LIVE)))


def coming_on(tx: Tx, platform: str) -> tuple[Chat, ...]:
    """Return the chats that were announced anywhere on one platform and have not begun."""
    coming = _values((ChatState.SCHEDULED,))
    return tuple(_found(tx, _ON_PLATFORM, platform=platform, states=coming))


def ended_on(tx: Tx, platform: str, since: datetime) -> tuple[Chat, ...]:
    """Return the chats on one platform that went on and have ended since then."""
    over = {"platform": platform, "states": _values((ChatState.ARCHIVED,)), "since": since}
    return tuple(_found(tx, _ENDED, **over))


def thrown_away(tx: Tx, network: int) -> Sequence[tuple[int, datetime]]:
    """Return the chats of a network that were thrown away, and since when, the oldest first."""
    rows = tx.execute(
        select(chat.c.id, chat.c.ended_at)
        .where(chat.c.network_id == network, chat.c.state == ChatState.THROWN_AWAY.value)
        .order_by(chat.c.ended_at)
    )
    return [(row.id, row.ended_at) for row in rows]


def delete_chat(tx: Tx, chat_id: int) -> None:
    """Delete a chat that never took place; what was said of it must be gone before."""
    # A topic of which nothing came is suggested as before; questions to its guest go with it.
    of_it = suggestion.c.chat_id == chat_id
    asked = select(suggestion.c.id).where(of_it, suggestion.c.kind == "question")
    tx.execute(delete(suggested_by).where(suggested_by.c.suggestion_id.in_(asked)))
    tx.execute(delete(suggestion).where(of_it, suggestion.c.kind == "question"))
    tx.execute(update(suggestion).where(of_it).values(chat_id=None, state="waits"))
    tx.execute(delete(further_run).where(further_run.c.first_id == chat_id))
    for table in (
        further_run,
        season_date,
        question,
        guest,
        presence,
        newcomer,
        attendance,
        proposed,
        former,
        series_date,
    ):
        tx.execute(delete(table).where(table.c.chat_id == chat_id))
    forget(tx, Carrier(KIND, chat_id))
    tx.execute(delete(chat).where(chat.c.id == chat_id))


def _values(states: Collection[ChatState]) -> list[str]:
    return [state.value for state in states]


def _found(tx: Tx, found: Select[_Columns], **where: object) -> Iterator[Chat]:
    return map(_chat, tx.execute(found, where).all())


def run_columns(run: Run) -> dict[str, object]:
    """Return a run as its columns hold it."""
    return {
        "state": run.state.value,
        "moments": [
            {"kind": each.kind.value, "at": each.at.isoformat(), "number": each.number}
            for each in run.moments
        ],
        "current": run.current,
        "held_since": run.held_since,
        "least_seconds": int(run.pace.least.total_seconds()),
        "step_seconds": int(run.pace.step.total_seconds()),
        "keep_end": run.pace.keep_end,
    }


def run_of(columns: Any) -> Run:
    """Return the run that these columns of a row hold, or what was kept of one."""
    pace = Pace(
        timedelta(seconds=columns.least_seconds),
        columns.keep_end,
        timedelta(seconds=columns.step_seconds),
    )
    moments = tuple(
        Moment(MomentKind(each["kind"]), datetime.fromisoformat(each["at"]), each["number"])
        for each in columns.moments
    )
    return Run(ChatState(columns.state), moments, columns.current, columns.held_since, pace)


def _chat(row: Row[_Columns]) -> Chat:
    return Chat(
        row.id,
        row.network_id,
        row.title,
        row.hashtag,
        Place(row.platform, row.workspace, row.channel),
        row.starts_at,
        row.zone,
        row.plan,
        row.minutes,
        row.warm_up,
        row.intro,
        row.outro,
        run_of(row),
        row.created_by,
        row.ended_at,
        row.grew_from,
        row.opened,
        row.first_id,
    )
