"""Words that were missed: a row of outside work for each place in which they counted during a gap.

A gap is over when a platform reaches us again. Nobody knows then what was said meanwhile, so every
place is read in which words counted at any moment of it, from when they began to count there: also one
whose chat has ended since. Each is read again and again until it was read.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from plnbot.engine import posts, work
from plnbot.engine.context import Due
from plnbot.engine.gaps import ReadsMissed
from plnbot.engine.inbox import KEEP
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.engine.ports import Clock, Ongoing
from plnbot.engine.posts import NothingToDo
from plnbot.engine.retry import RetryPolicy
from plnbot.engine.routes import Routes
from plnbot.engine.store import inbox
from plnbot.errors import Unavailable
from plnbot.refs import Place
from plnbot.store.database import Store, Tx
from plnbot.values import dataclass

KIND = "engine.missed"
LANE = "missed"
POLICY = RetryPolicy(
    keep_trying=timedelta(days=1),
    first_wait=timedelta(seconds=5),
    longest_wait=timedelta(minutes=5),
)
UNNOTICED = timedelta(minutes=5)
"""How long a connection may be dead before anybody notices: the gap may have begun that much earlier."""
EDITED_WITHIN = timedelta(days=1)
"""How long before a gap something was said that is looked at for edits in it."""
_NOT_CONNECTED = timedelta(minutes=1)
_LONGEST = timedelta(minutes=30)
_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class MissedWords:
    """Plans and does the reading of what was missed. `readers` are the platforms', by name."""

    store: Store
    clock: Clock
    routes: Routes
    readers: dict[str, ReadsMissed]

    def read_by(self, platform: str, read: ReadsMissed) -> None:
        """Let this read what was missed on a platform."""
        self.readers[platform] = read

    async def last_heard(self, platform: str) -> datetime:
        """Return when somebody was heard last, as far as that is kept."""
        latest = select(func.max(inbox.c.at)).where(inbox.c.platform == platform)
        heard = await self.store.read(lambda tx: tx.execute(latest).scalar_one())
        return heard or self.clock.now() - KEEP

    async def over(self, platform: str, since: datetime | None = None) -> int:
        """Plan to read what was said since then wherever words counted; return how many places."""
        now = self.clock.now()

        def plan(tx: Tx) -> int:
            began = None if since is None else since - UNNOTICED
            found = posts.ongoing(self.routes.posts, tx, platform, began)
            _plan(tx, [_with_edits(each, since or now) for each in found], now)
            return len(found)

        return await self.store.run(plan)

    @property
    def declared(self) -> OutsideWork[Ongoing, None]:
        """The kind of work that reading one place is."""
        return OutsideWork(
            kind=KIND,
            begin=begin,
            do=self._read,
            end=lambda _due, _nothing: None,
            given_up=NothingToDo("nobody knows whether anything was said; an operator sees it"),
            lane=LANE,
            at_once=_AT_ONCE,
            longest=_LONGEST,
            retry=POLICY,
        )

    async def _read(self, where: Ongoing, _outside: Outside) -> None:
        read = self.readers.get(where.place.platform)
        if read is None:
            raise Unavailable(f"{where.place.platform} is not connected", _NOT_CONNECTED)
        await read(where.place, self.clock.real(where.since))


def begin(due: Due) -> Ongoing:
    """Return which place is to be read, and from when on."""
    place = (str(due.payload[part]) for part in ("platform", "workspace", "channel", "thread"))
    return Ongoing(Place(*place), datetime.fromisoformat(str(due.payload["since"])))


def _with_edits(where: Ongoing, gap: datetime) -> Ongoing:
    return Ongoing(where.place, max(where.since, gap - EDITED_WITHIN))


def _plan(tx: Tx, places: Sequence[Ongoing], now: datetime) -> None:
    by_key = {_key(each.place): each for each in places}
    waiting = work.payloads(tx, list(by_key))
    for key, each in by_key.items():
        place, since = each.place, each.since
        if key in waiting:  # of an earlier gap that could not be read yet
            since = min(since, datetime.fromisoformat(str(waiting[key]["since"])))
        payload = {
            "platform": place.platform,
            "workspace": place.workspace,
            "channel": place.channel,
            "thread": place.thread,
            "since": since.isoformat(),
        }
        lane = f"{LANE}/{place.platform}/{place.workspace}"  # their limits are by workspace
        work.put(tx, KIND, key, now, payload, lane=lane)


def _key(place: Place) -> str:
    return f"missed/{place.platform}/{place.workspace}/{place.channel}/{place.thread}"
