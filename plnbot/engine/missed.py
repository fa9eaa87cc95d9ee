"""What was missed: a row of outside work for each place in which words counted during a gap.

**What is looked for.** A gap is over when a platform reaches us again. Nobody knows then what was said
meanwhile, so every place is read in which words counted at any moment of it, from when they began to
count there: also one whose chat has ended since, for as long as late answers are looked for. What was
said and edited is taken in; what counted and no longer stands is taken away; threads in which something
was said and words may count are read besides. What is about to be published is read once more, gap or
not (`plnbot.engine.posts.HearsFirst`).

**Until it was read.** When a gap begins, that is noted, and forgotten in the transaction that plans for
it; so it outlives any process. A place is read page by page, and where it was broken off, or told to
wait for the next one, goes on there. What of it is still to be read stands in `unheard`.

**Who is told.** A place that is closed to us, or cannot be read for minutes, is told to whom it
concerns, once a gap, and tried again all the same: for two weeks, and at once when we are let in.
"""

import logging
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import func, select

from plnbot.engine import posts, unheard, work
from plnbot.engine.context import Due
from plnbot.engine.gaps import ClosedError, Look, Looked, LooksAtPeople, ReadsMissed
from plnbot.engine.inbox import KEEP
from plnbot.engine.missed_people import MissedPeople
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.engine.ports import Clock, Directory, Ongoing
from plnbot.engine.posts import NothingToDo
from plnbot.engine.retry import RetryPolicy
from plnbot.engine.routes import Routes
from plnbot.engine.store import inbox
from plnbot.engine.unheard import Unheard, Why
from plnbot.errors import Unavailable
from plnbot.refs import Place
from plnbot.store.database import Store, Tx
from plnbot.values import dataclass

log = logging.getLogger(__name__)

KIND = "engine.missed"
LANE = "missed"
POLICY = RetryPolicy(
    keep_trying=timedelta(days=14),
    first_wait=timedelta(seconds=5),
    longest_wait=timedelta(minutes=5),
)
UNNOTICED = timedelta(minutes=5)
"""How long a connection may be dead before anybody notices: the gap may have begun that much earlier."""
EDITED_WITHIN = timedelta(days=1)
"""How long before a gap something was said that is looked at for edits and deletions in it."""
READ_AGAIN = KEEP - timedelta(days=1)
"""How old what is read once more may be: of what is older nobody knows whether it was taken in."""
TOLD_AFTER = timedelta(minutes=5)
"""How long a place cannot be read before that is told."""
_NOT_CONNECTED = timedelta(minutes=1)
_CLOSED = timedelta(hours=1)
_LONGEST = timedelta(minutes=30)
_BREATH = timedelta(minutes=10)
"""For how long pages of one place are read one after another: then it is noted how far that is."""
_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class MissedWords:
    """Plans and does the reading of what was missed. `readers` are the platforms', by name."""

    store: Store
    clock: Clock
    routes: Routes
    directory: Directory
    readers: dict[str, tuple[ReadsMissed, LooksAtPeople]]

    def read_by(self, platform: str, read: ReadsMissed, people: LooksAtPeople) -> None:
        """Let these read what was missed on a platform, and who its people are by now."""
        self.readers[platform] = read, people
        self.routes.read_afterwards.add(platform)

    async def begun(self, platform: str, since: datetime | None = None) -> None:
        """Note that a platform reaches us no longer; without `since`, since somebody was heard last."""
        now = self.clock.now()
        await self.store.run(
            lambda tx: _note_gap(tx, platform, since or _last_heard(tx, platform, now))
        )

    async def over(self, platform: str) -> int:
        """Plan to read what was said in the gap wherever words counted; return how many places."""
        itself = Place(platform, "", "")

        def plan(tx: Tx) -> int:
            gap = unheard.get(tx, itself)
            if gap is None:
                return 0
            unheard.was_read(tx, itself)
            return self._plan(tx, itself, gap.reads_from)

        return await self.store.run(plan)

    async def closed(self, platform: str) -> Sequence[Place]:
        """Return the rooms of a platform that did not let us read what was missed there."""
        left = await self.store.read(lambda tx: unheard.everything(tx, platform))
        rooms = (each.place.channel_itself() for each in left if each.why is Why.CLOSED)
        return list(dict.fromkeys(rooms))

    async def over_in(self, place: Place, since: datetime) -> int:
        """Plan the same for one workspace, or for one channel of it, that we heard nothing of since."""
        return await self.store.run(lambda tx: self._plan(tx, place, since))

    def _plan(self, tx: Tx, where: Place, since: datetime) -> int:
        """Plan what words counted in since then, and what of it an earlier gap left unread."""
        now = self.clock.now()
        began = since - self.clock.passing(UNNOTICED)
        found = posts.ongoing(self.routes.posts, tx, where.platform, began)
        mine = [each for each in found if _lies_in(each.place, where)]
        for each in mine:
            seen = max(each.since, since - EDITED_WITHIN)
            unheard.note(tx, Ongoing(each.place, seen), since, now)
        left = unheard.everything(tx, where.platform)
        again = [
            each.place for each in left if each.place.workspace and _lies_in(each.place, where)
        ]
        for place in dict.fromkeys([*(each.place for each in mine), *again]):
            plan_reading(tx, place, now)
        there = (
            [where.workspace] if where.workspace else self.directory.workspaces(tx, where.platform)
        )
        first = min([since, *(each.since for each in left if each.since and each.place in again)])
        self._people.plan(tx, where.platform, there, first, now)
        return len(mine)

    @property
    def _people(self) -> MissedPeople:
        return MissedPeople(self.clock, self.directory, self.readers)

    def declare(self, routes: Routes) -> None:
        """Add the kinds of work that this is."""
        routes.outside(self._reading)
        routes.outside(self._people.declared)

    @property
    def _reading(self) -> OutsideWork[Unheard, tuple[Unheard, Looked]]:
        return OutsideWork(
            kind=KIND,
            begin=begin,
            do=self._read,
            end=self._end,
            given_up=NothingToDo("what could not be read stays told, and an operator sees it"),
            lane=LANE,
            at_once=_AT_ONCE,
            longest=_LONGEST,
            retry=POLICY,
        )

    async def _read(self, left: Unheard, _outside: Outside) -> tuple[Unheard, Looked]:
        """Read a place, page by page; return how far that is where the platform asks for a rest."""
        began, looked = self.clock.now(), Looked(further=left.further)
        threads = set[str]()
        while True:
            try:
                looked = await self._page(left, looked.further)
            except Unavailable as trouble:
                if looked.further != left.further:
                    log.debug("reading what was missed rests: %s", trouble)
                    return left, Looked(threads=threads, further=looked.further)
                await self._not_read(left, trouble)
                raise
            threads |= set(looked.threads)
            rested = self.clock.now() - began > self.clock.passing(_BREATH)
            if not looked.further or rested:
                return left, Looked(threads=threads, further=looked.further)

    async def _page(self, left: Unheard, further: str) -> Looked:
        place, since, missed = left.place, self.clock.real(left.reads_from), left.since
        reader = self.readers.get(place.platform)
        if reader is None:
            raise Unavailable(f"{place.platform} is not connected", _NOT_CONNECTED)
        known = await self.store.read(lambda tx: self._known(tx, place, left.reads_from))
        missed = None if missed is None else self.clock.real(missed)
        looked = await reader[0](Look(place, since, missed, known, further))
        if looked.gone:
            now = self.clock.now()

            def take_away(tx: Tx) -> None:
                for each in self.routes.ears:
                    each.deleted(tx, place, list(looked.gone), now)

            await self.store.run(take_away)
        return looked

    def _known(self, tx: Tx, place: Place, since: datetime) -> list[str]:
        return [one for each in self.routes.ears for one in each.counted(tx, place, since)]

    async def _not_read(self, left: Unheard, trouble: Unavailable) -> None:
        """Note why it was not read, and tell of it where that is closed to us, or lasts."""
        now, why = self.clock.now(), Why.CLOSED if isinstance(trouble, ClosedError) else Why.TROUBLE

        def note(tx: Tx) -> None:
            lasts = left.until is not None and now - left.until >= self.clock.passing(TOLD_AFTER)
            tell = left.since is not None and not left.told and (why is Why.CLOSED or lasts)
            unheard.not_read(tx, left.place, why, told=left.told or tell)
            if tell and (stands := unheard.get(tx, left.place)) is not None:
                posts.unread(self.routes.posts, tx, stands, now)

        await self.store.run(note)
        if isinstance(trouble, ClosedError) and trouble.retry_after is None:
            raise ClosedError(str(trouble), _CLOSED) from trouble

    def _look_at_people_again(self, tx: Tx, left: Unheard, now: datetime) -> None:
        """Look once more who has left, after the last of their words: those had brought them back."""
        workspace = Place(left.place.platform, left.place.workspace, "")
        if left.since is not None and not any(e.since for e in unheard.in_place(tx, workspace)):
            there = [workspace.workspace]
            self._people.plan(tx, workspace.platform, there, left.since, now)

    def _end(self, due: Due, found: tuple[Unheard, Looked]) -> None:
        """Go on with the next page, or be done; read the threads in which words may count."""
        (left, looked), now = found, due.now
        if looked.further:
            unheard.got_to(due.tx, left.place, looked.further)
            plan_reading(due.tx, left.place, now)
        else:
            unheard.was_read(due.tx, left.place)
            self._look_at_people_again(due.tx, left, now)
        for each in sorted(looked.threads):
            thread = left.place.in_thread(each)
            if any(ears.hears(due.tx, thread, "", now) for ears in self.routes.ears):
                unheard.note(due.tx, Ongoing(thread, left.reads_from), left.since, left.until)
                plan_reading(due.tx, thread, now)


def begin(due: Due) -> Unheard | None:
    """Return what is to be read of a place, from when on; None where it was read."""
    place = (str(due.payload[part]) for part in ("platform", "workspace", "channel", "thread"))
    return unheard.get(due.tx, Place(*place))


def look_again(tx: Tx, places: Sequence[Ongoing], now: datetime) -> None:
    """Plan to read places once more, as what was said there is about to be published."""
    for each in places:
        since = max(each.since, now - READ_AGAIN)
        unheard.note(tx, Ongoing(each.place, since), None, None)
        plan_reading(tx, each.place, now)


def still_missing(tx: Tx, places: Sequence[Place]) -> bool:
    """Return whether something may have been missed in these places that will be read soon."""
    left = [each for each in unheard.among(tx, places) if each.since and each.why is not Why.CLOSED]
    deaf = [unheard.get(tx, Place(name, "", "")) for name in {each.platform for each in places}]
    return bool(left) or any(each is not None for each in deaf)


def plan_reading(tx: Tx, place: Place, now: datetime) -> None:
    """Have a place read, as `unheard` says, once."""
    # A room that does not let us read holds up no other.
    lane = f"{LANE}/{place.platform}/{place.workspace}/{place.channel}"
    work.put(tx, KIND, _key(place), now, asdict(place), lane=lane)


def _key(place: Place) -> str:
    return f"missed/{place.platform}/{place.workspace}/{place.channel}/{place.thread}"


def _lies_in(place: Place, where: Place) -> bool:
    """Tell whether a place lies in a platform, in a workspace or in a channel."""
    return where.workspace in ("", place.workspace) and where.channel in ("", place.channel)


def _note_gap(tx: Tx, platform: str, since: datetime) -> None:
    unheard.note(tx, Ongoing(Place(platform, "", ""), since), since, None)


def _last_heard(tx: Tx, platform: str, now: datetime) -> datetime:
    """Return when somebody was heard last, as far as that is kept."""
    latest = select(func.max(inbox.c.at)).where(inbox.c.platform == platform)
    heard: datetime | None = tx.execute(latest).scalar_one()
    return heard or now - KEEP
