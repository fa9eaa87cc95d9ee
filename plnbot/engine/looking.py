"""Who may look where: asked of the platforms, and kept for minutes.

A room of a platform may be one into which not everybody looks: a private channel, a locked one. What is
held there is seen, read and answered by who may look there and by nobody else, unless whoever published
it opened it; that is said by each object (`Object.held_in`) and by each list. Only the platform knows
who may, and it is asked over the network, for which nothing waits inside a transaction. So a unit of
work that needs to know what is not known raises `NotKnownError`, nothing of it stays, the platform is
asked, and it runs again. What a platform does not answer in time is as if it had said no, for a moment;
whether a room is closed at all is kept in a table, so that a platform that is away closes no open room.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import field
from typing import Any, TypeVar

from sqlalchemy import bindparam, select, tuple_

from plnbot.engine.ports.looking import AsksRoom, AsksThere, ListsRooms, Look, ReadsRooms
from plnbot.engine.store import closed_room
from plnbot.errors import PlnError
from plnbot.logs import cause
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.store.inserts import on_both
from plnbot.values import dataclass

log = logging.getLogger(__name__)

Done = TypeVar("Done")
HOLDS_SECONDS = 300.0
UNANSWERED_SECONDS = 20.0
"""How long what a platform did not answer counts as a no."""
_WAITS_SECONDS = 2.0  # of the three that platforms give us to answer
_AT_ONCE = 8
_ROUNDS = 4
_REMEMBERED = 20_000
_WHICH = (closed_room.c.platform, closed_room.c.workspace, closed_room.c.channel)
_KEPT = select(closed_room).where(tuple_(*_WHICH).in_(bindparam("rooms", expanding=True)))
_NOTED = on_both(
    closed_room,
    lambda new: new.on_conflict_do_update(
        index_elements=["platform", "workspace", "channel"], set_={"closed": new.excluded.closed}
    ),
)

Question = tuple[Place, str]
"""A room, and whose look into it is asked for; empty where it is whether the room is closed."""


class NotKnownError(Exception):
    """Something has to be asked of a platform first; the unit of work runs again afterwards."""

    def __init__(self, questions: Collection[Question]) -> None:
        super().__init__(f"{len(questions)} to ask")
        self.questions = questions


@dataclass(slots=True)
class Looks:
    """What is known of who may look where; one for a process.

    One that `asks` nothing is for work, whose transactions are not run again: what is not known is a no.
    """

    store: Store
    seconds: Callable[[], float] = time.monotonic
    asks: bool = True
    _rooms: dict[str, AsksRoom] = field(default_factory=dict)
    _ours: dict[str, ReadsRooms] = field(default_factory=dict)
    _every: dict[str, ListsRooms] = field(default_factory=dict)
    _accounts: dict[str, AsksThere] = field(default_factory=dict)
    _closed: dict[Place, tuple[float, bool]] = field(default_factory=dict)
    _inside: dict[Question, tuple[float, bool]] = field(default_factory=dict)
    _there: dict[MemberRef, float] = field(default_factory=dict)

    def asked_of(self, platform: str, room: AsksRoom, there: AsksThere) -> None:
        """Ask a platform so."""
        self._rooms[platform], self._accounts[platform] = room, there

    def read_by(self, platform: str, rooms: ReadsRooms, every: ListsRooms) -> None:
        """Read so who may look into a platform's rooms: they are ours, and nobody has to be asked."""
        self._ours[platform], self._every[platform] = rooms, every

    def reads(self, platform: str) -> bool:
        """Return whether a platform's rooms are ours, with members of any platform."""
        return platform in self._ours

    def rooms(self, tx: Tx, platform: str, workspace: str) -> Mapping[Place, str]:
        """Return everybody's rooms by name, where they are ours; none where only the platform knows them."""
        every = self._every.get(platform)
        return every(tx, workspace) if every else {}

    def closed(self, tx: Tx, places: Iterable[Place]) -> frozenset[Place]:
        """Return those of these rooms into which not everybody may look; may raise `NotKnownError`."""
        rooms = {each.channel_itself() for each in places}
        ours, others = self._ours_of(tx, rooms, ()), self._closed_of(tx, rooms)
        unknown: set[Question]
        unknown = {(each, "") for each, closed in others.items() if closed is None}
        if unknown:
            raise NotKnownError(unknown)
        shut = {each for each, look in ours.items() if look is not Look.EVERYBODY}
        return frozenset(shut.union(each for each, closed in others.items() if closed))

    def unseen(
        self, tx: Tx, places: Iterable[Place], accounts: Collection[MemberRef]
    ) -> frozenset[Place]:
        """Return those of these rooms into which none of these accounts may look.

        May raise `NotKnownError`.
        """
        rooms = {each.channel_itself() for each in places}
        # Who comes from another platform may be a member of a room of ours.
        ours = self._ours_of(tx, rooms, accounts)
        found = {each for each, look in ours.items() if look is Look.OUTSIDE}
        unknown = set[Question]()
        for place, closed in self._closed_of(tx, rooms).items():
            users = [each.user for each in accounts if _is_of(each, place)]
            if closed is None:
                unknown |= {(place, user) for user in users or [""]}
            elif closed:
                known = {user: self._holds(self._inside.get((place, user))) for user in users}
                if not any(known.values()):
                    found.add(place)
                    if self.asks and place.platform in self._rooms:
                        unknown |= {(place, user) for user, told in known.items() if told is None}
        if unknown:
            raise NotKnownError(unknown)
        return frozenset(found)

    async def asking(self, do: Callable[[], Awaitable[Done]]) -> Done:
        """Run a unit of work, and again with what it needed to know."""
        for _ in range(_ROUNDS):
            try:
                return await do()
            except NotKnownError as unknown:
                await self._ask(unknown.questions)
        return await do()

    async def is_there(self, who: MemberRef) -> bool:
        """Return whether an account is in its workspace, as far as its platform says."""
        asks = self._accounts.get(who.platform)
        if asks is None or self.seconds() < self._there.get(who, float("-inf")):
            return True
        try:
            async with asyncio.timeout(_WAITS_SECONDS):
                there = await asks(who)
        except (PlnError, TimeoutError) as error:
            log.info(
                "whether somebody is still in their workspace cannot be asked: %s", cause(error)
            )
            self._there[who] = self.seconds() + UNANSWERED_SECONDS
            return True
        if there:
            _make_room(self._there)
            self._there[who] = self.seconds() + HOLDS_SECONDS
        return there

    def forget(self, who: MemberRef) -> None:
        """Ask anew about an account: it has left, or come back."""
        self._there.pop(who, None)
        for each in [each for each in self._inside if _is_of(who, each[0]) and each[1] == who.user]:
            del self._inside[each]

    def _ours_of(
        self, tx: Tx, rooms: Collection[Place], accounts: Collection[MemberRef]
    ) -> Mapping[Place, Look]:
        """Return of those rooms that are ours who may look there."""
        found: dict[Place, Look] = {}
        for platform, read in self._ours.items():
            if theirs := [each for each in rooms if each.platform == platform]:
                found |= read(tx, theirs, accounts)
        return found

    def _closed_of(self, tx: Tx, rooms: Collection[Place]) -> Mapping[Place, bool | None]:
        """Return of those rooms that are not ours whether each is closed; None where that has to be asked."""
        closed = {
            each: self._holds(self._closed.get(each))
            for each in rooms
            if each.platform not in self._ours
        }
        left = [
            each
            for each, known in closed.items()
            if known is None and not (self.asks and each.platform in self._rooms)
        ]
        before = kept_of(tx, left)
        # Nobody looks into a room of which nothing is known, where somebody could have been asked.
        return closed | {each: before.get(each, each.platform in self._rooms) for each in left}

    def _holds(self, known: tuple[float, bool] | None) -> bool | None:
        return known[1] if known is not None and self.seconds() < known[0] else None

    async def _ask(self, questions: Collection[Question]) -> None:
        turn = asyncio.Semaphore(_AT_ONCE)

        async def ask(question: Question) -> None:
            async with turn:
                await self._asked(question)

        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_WAITS_SECONDS), asyncio.TaskGroup() as group:
                for each in questions:
                    group.create_task(ask(each))
        for place, user in questions:
            await self._without_an_answer(place, user)

    async def _asked(self, question: Question) -> None:
        place, user = question
        try:
            look = await self._rooms[place.platform](place, user)
        except PlnError as error:
            log.info("who may look into a room cannot be asked: %s", cause(error))
            return
        until, closed = self.seconds() + HOLDS_SECONDS, look is not Look.EVERYBODY
        _make_room(self._closed)
        _make_room(self._inside)
        if user:
            self._inside[question] = (until, look is Look.INSIDE)
        before = self._closed.get(place)
        self._closed[place] = (until, closed)
        if before is None or before[1] != closed:
            values = {
                "platform": place.platform,
                "workspace": place.workspace,
                "channel": place.channel,
                "closed": closed,
            }
            await self.store.run(lambda tx: tx.execute(_NOTED[tx.dialect], values))

    async def _without_an_answer(self, place: Place, user: str) -> None:
        """Let what was not answered count as a no for a moment; an open room stays open."""
        until = self.seconds() + UNANSWERED_SECONDS
        if user and self._holds(self._inside.get((place, user))) is None:
            self._inside[place, user] = (until, False)
        if self._holds(self._closed.get(place)) is None:
            known = await self.store.read(lambda tx: kept(tx, place))
            self._closed[place] = (until, known is not False)


def kept(tx: Tx, place: Place) -> bool | None:
    """Return whether a room was closed when it was asked last; None where it never was."""
    return kept_of(tx, [place]).get(place.channel_itself())


def kept_of(tx: Tx, places: Collection[Place]) -> Mapping[Place, bool]:
    """Return the same of each of these rooms that was ever asked."""
    rooms = [(each.platform, each.workspace, each.channel) for each in places]
    rows = tx.execute(_KEPT, {"rooms": rooms}) if rooms else ()
    return {Place(row.platform, row.workspace, row.channel): row.closed for row in rows}


def _is_of(who: MemberRef, place: Place) -> bool:
    return (who.platform, who.workspace) == (place.platform, place.workspace)


def _make_room(known: dict[Any, Any]) -> None:
    if len(known) >= _REMEMBERED:
        known.clear()
