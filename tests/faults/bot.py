"""The bot as a process of its own that can die at any labelled point of its work.

The product knows nothing of these points: they are the seams between the engine and its store, its
sender, and whoever hands in what people do. Here the seams are wrapped, and a wrapper may kill.
"""

import asyncio
import inspect
import json
import os
import random
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any

from plnbot import capabilities
from plnbot.engine import work
from plnbot.engine.batch import Batcher
from plnbot.engine.children import Children
from plnbot.engine.desk import TheDesk
from plnbot.engine.heavy import USUAL, Limits, Plain, Told
from plnbot.engine.looking import Looks
from plnbot.engine.ports import Delivery, Outgoing, Sender, Sent, Unknown
from plnbot.engine.ports.spaces import Alone, NotOpened, Opened, SeenBy, Together
from plnbot.engine.runner import Runner, Tools
from plnbot.errors import Unavailable
from plnbot.members.actions import Members, SignInLinks
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Done, Store, Tx, Unit
from plnbot.store.opening import open_store
from plnbot.talk.interactions import Interaction
from plnbot.testing import FrozenClock

# What a unit of work is for, by a name that its code uses.
_UNITS = {
    "first_time": "take in",
    "taken_before": "lease",
    "_handle": "handle",
    "_prepare": "prepare",
    "_sent": "record",
}
_OUTSIDE = {"_begin": "begin", "_end": "end"}
STAGES = ("asked", "written", "committed")
POINTS = (
    *(f"{unit}, {stage}" for unit in _UNITS.values() for stage in STAGES),
    "answered, not acknowledged",
    "about to send",
    "accepted, not replied",
    "replied, not recorded",
)
OUTSIDE_POINTS = (
    *(f"{unit}, {stage}" for unit in _OUTSIDE.values() for stage in STAGES),
    "doing",
    "done outside",
)
ANY_MOMENT = "any moment"
ITS_CHILD = "its child process"
"""Here the bot lives on, and the child dies that does heavy work for it."""
TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Life:
    """One process from its start to its end. At `point`, the `nth` time, it `gets` a signal."""

    url: str
    port: int
    number: int
    now: datetime
    interactions: tuple[Interaction, ...]
    point: str = ""
    nth: int = 1
    until: datetime | None = None
    gets: signal.Signals = signal.SIGKILL


@dataclass(slots=True)
class Death:
    """Waits for its point."""

    point: str
    nth: int
    comes: signal.Signals = signal.SIGKILL

    def at(self, point: str) -> None:
        """End this process here, as a power cut would, or pause it, if this is the point."""
        if point == self.point:
            self.nth -= 1
            if self.nth == 0:
                os.kill(os.getpid(), self.comes)


def _uses(unit: Callable[[Tx], object]) -> tuple[str, ...]:
    """Return the names that a unit's code uses, or its part's where it does many together."""
    together = inspect.getclosurevars(unit).nonlocals.get("self")
    if isinstance(together, Batcher):
        return (together._unit.__name__,)
    return getattr(getattr(unit, "__code__", None), "co_names", ())


@dataclass(slots=True)
class MortalStore:
    """A store in which a unit may be the last one."""

    store: Store
    death: Death

    async def run(self, unit: Unit[Done]) -> Done:
        """Run the unit, if nothing happens before, inside or after."""
        return await self._mortal(unit, self.store.run)

    async def read(self, unit: Unit[Done]) -> Done:
        """Run a unit that only reads, which may be the last one too."""
        return await self._mortal(unit, self.store.read)

    async def _mortal(self, unit: Unit[Done], run: Callable[[Unit[Done]], Awaitable[Done]]) -> Done:
        used, points = _uses(unit), {**_UNITS, **_OUTSIDE}
        what = next((said for name, said in points.items() if name in used), "")
        self.death.at(f"{what}, asked")

        def inside(tx: Tx) -> Done:
            value = unit(tx)
            self.death.at(f"{what}, written")
            return value

        value = await run(inside)
        self.death.at(f"{what}, committed")
        return value

    def follow(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Tell the listener of changes."""
        return self.store.follow(listener)

    async def close(self) -> None:
        """Close."""
        await self.store.close()


@dataclass(slots=True)
class LoopbackSender:
    """A platform in another process, asked over a socket of its own for each call."""

    port: int
    life: int
    death: Death
    platform: str = "test"
    finds: bool = True
    settles: timedelta = timedelta()

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Have it posted, unless this is the end."""
        self.death.at("about to send")
        told = await self._asked("send", outgoing)
        self.death.at("replied, not recorded")
        return Sent(told["ref"])

    async def find(self, outgoing: Outgoing) -> Sent | Unknown | None:
        """Ask where it stands; some platforms cannot tell."""
        told = await self._asked("find", outgoing)
        if told.get("cannot tell"):
            return Unknown("this platform has no look-up")
        return Sent(told["ref"]) if told["ref"] else None

    async def _asked(self, what: str, outgoing: Outgoing) -> dict[str, Any]:  # type: ignore[explicit-any, unused-ignore] # JSON
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        asked = {"what": what, "key": outgoing.key, "edits": outgoing.edits, "life": self.life}
        writer.write(json.dumps(asked).encode() + b"\n")
        line = await reader.readline()
        if what == "send":
            self.death.at("accepted, not replied")
        writer.close()
        return dict(json.loads(line))


@dataclass(slots=True)
class LoopbackSpaces:
    """What makes places on the platform in another process; it may say that it is too soon for one."""

    port: int
    clock: FrozenClock
    death: Death

    async def together(self, wanted: Together) -> Opened | NotOpened:
        """Have a place made, unless this is the end."""
        self.death.at("doing")
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        at = self.clock.now().timestamp()
        writer.write(json.dumps({"what": "open", "key": wanted.key, "at": at}).encode() + b"\n")
        told = json.loads(await reader.readline())
        writer.close()
        if told.get("after"):
            raise Unavailable("too soon", timedelta(seconds=told["after"]))
        self.death.at("done outside")
        return Opened(Place("test", wanted.workspace, told["place"]), SeenBy.MEMBERS)

    async def alone(self, wanted: Alone) -> Opened | NotOpened:
        """Find somebody's direct messages."""
        return Opened(Place("test", wanted.workspace, f"D-{wanted.who.user}"), SeenBy.MEMBERS)

    async def close(self, _place: Place, _accounts: tuple[MemberRef, ...]) -> bool:
        """Close it."""
        return True

    async def let_out(self, _place: Place, _who: MemberRef) -> bool:
        """Let somebody out."""
        return True


@dataclass(slots=True)
class MortalHeavy:
    """Heavy work in real child processes; before, after, or in the middle of it somebody dies."""

    death: Death
    children: Children

    async def run(
        self, function: str, given: Plain, limits: Limits = USUAL, told: Told | None = None
    ) -> Plain:
        """Have it done, unless this is the end."""
        self.death.at("doing")
        if self.death.point == ITS_CHILD and self.death.nth > 0:
            self.death.nth -= 1
            function, given = "tests.engine.heavy_steps:dies", str(int(signal.SIGKILL))
        made = await self.children.run(function, given, limits, told)
        self.death.at("done outside")
        return made

    async def close(self) -> None:
        """End every child."""
        await self.children.close()


class Bot:
    """The parts of the bot that matter here, wired as the application wires them."""

    def __init__(
        self,
        store: Store,
        clock: FrozenClock,
        senders: dict[str, Sender] | None = None,
        seed: int = 1,
    ) -> None:
        self.store, self.clock = store, clock
        routes, people = capabilities.catalogue(capabilities.every()), Members()
        links = SignInLinks(lambda _platform: "")
        self.desk = TheDesk(store, clock, routes, people, links, Looks(store))
        chance = random.Random(seed)
        self.runner = Runner(Tools(store, clock, routes, people, senders or {}, chance))

    async def pass_time(self, until: datetime) -> None:
        """Let everything that is due happen at its own time."""
        await self.runner.run_all_due()
        while (at := await self.store.read(work.next_at)) is not None and at <= until:
            self.clock.at = max(at, self.clock.at)
            await self.runner.run_all_due()
        self.clock.at = max(until, self.clock.at)


def live(life: Life, acknowledged: Connection) -> None:
    """Live one life; each interaction's key is sent back once it has been taken in."""
    asyncio.run(_live(life, acknowledged))


async def _live(life: Life, acknowledged: Connection) -> None:
    death = Death(life.point, life.nth, life.gets)
    store = MortalStore(open_store(life.url, writers=2), death)
    sender = LoopbackSender(life.port, life.number, death)
    bot = Bot(store, FrozenClock(life.now), {"test": sender}, life.number)
    bot.runner.tools.openers["test"] = LoopbackSpaces(life.port, bot.clock, death)
    bot.runner.tools.heavy = MortalHeavy(death, Children())
    if life.url.startswith("sqlite"):
        # As the application does, which knows to be alone. On PostgreSQL leases run out instead.
        await store.run(lambda tx: work.take_over(tx, life.now))

    async def take_in(each: Interaction) -> None:
        await bot.desk.handle(each)
        death.at("answered, not acknowledged")
        acknowledged.send(each.key)

    waiting = list(life.interactions)
    await bot.runner.run_all_due()
    while waiting:
        together, waiting = waiting[:TOGETHER], waiting[TOGETHER:]
        await asyncio.gather(*(take_in(each) for each in together))
        await bot.runner.run_all_due()
    if life.until is not None:
        await bot.pass_time(life.until)
    await bot.runner.tools.heavy.close()
    await store.close()
