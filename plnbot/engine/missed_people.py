"""Who was renamed while a platform did not reach us, and who left: asked of it afterwards, as work."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from plnbot.engine import work
from plnbot.engine.context import Due
from plnbot.engine.gaps import LookAt, LooksAtPeople, ReadsMissed
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.engine.ports import Clock, Directory
from plnbot.engine.posts import NothingToDo
from plnbot.engine.retry import RetryPolicy
from plnbot.errors import Unavailable
from plnbot.store.database import Tx
from plnbot.values import dataclass

KIND = "engine.missed_people"
LANE = "missed_people"
POLICY = RetryPolicy(
    keep_trying=timedelta(days=14),
    first_wait=timedelta(seconds=5),
    longest_wait=timedelta(minutes=10),
)
_NOT_CONNECTED = timedelta(minutes=1)
_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class _Asked:
    platform: str
    look: LookAt


@dataclass(frozen=True, slots=True)
class MissedPeople:
    """Plans and does the looking. `readers` are the platforms', by name."""

    clock: Clock
    directory: Directory
    readers: dict[str, tuple[ReadsMissed, LooksAtPeople]]

    def plan(
        self, tx: Tx, platform: str, workspaces: Collection[str], since: datetime, now: datetime
    ) -> None:
        """Have it found out who was renamed, left or came in these workspaces since then."""
        keys = {_key(platform, each): each for each in sorted(workspaces)}
        before = work.payloads(tx, list(keys))
        for key, each in keys.items():
            noted = before.get(key, {}).get("since")
            first = min(since, datetime.fromisoformat(str(noted))) if noted else since
            _plan(tx, platform, LookAt(each, (), first), "", now)

    @property
    def declared(self) -> OutsideWork[_Asked, tuple[_Asked, str]]:
        """The kind of work that it is."""
        return OutsideWork(
            kind=KIND,
            begin=self._begin,
            do=self._look,
            end=_end,
            given_up=NothingToDo("whoever does something is called as they are by then"),
            lane=LANE,
            at_once=_AT_ONCE,
            retry=POLICY,
        )

    def _begin(self, due: Due) -> _Asked | None:
        platform, workspace = str(due.payload["platform"]), str(due.payload["workspace"])
        people = self.directory.in_workspace(due.tx, platform, workspace)
        members = [each.ref for each in people if each.ref.workspace == workspace]
        since = datetime.fromisoformat(str(due.payload["since"]))
        asked = LookAt(workspace, members, since, str(due.payload["further"]))
        return _Asked(platform, asked) if members else None

    async def _look(self, asked: _Asked, _outside: Outside) -> tuple[_Asked, str]:
        readers = self.readers.get(asked.platform)
        if readers is None:
            raise Unavailable(f"{asked.platform} is not connected", _NOT_CONNECTED)
        look = replace(asked.look, missed=self.clock.real(asked.look.missed))
        return asked, await readers[1](look)


def _end(due: Due, found: tuple[_Asked, str]) -> None:
    """Go on with the next page, if there is one."""
    asked, further = found
    if further:
        _plan(due.tx, asked.platform, asked.look, further, due.now)


def _plan(tx: Tx, platform: str, look: LookAt, further: str, now: datetime) -> None:
    payload = {
        "platform": platform,
        "workspace": look.workspace,
        "since": look.missed.isoformat(),
        "further": further,
    }
    key, lane = _key(platform, look.workspace), f"{LANE}/{platform}/{look.workspace}"
    work.put(tx, KIND, key, now, payload, lane=lane)


def _key(platform: str, workspace: str) -> str:
    return f"missed_people/{platform}/{workspace}"
