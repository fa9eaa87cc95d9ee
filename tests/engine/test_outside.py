"""Work outside a transaction: begun, done and ended once, while its row is ours; and broken off else."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from plnbot.engine import outbox, work
from plnbot.engine.clock import SystemClock
from plnbot.engine.context import Due, Showing
from plnbot.engine.heavy import HeavyError
from plnbot.engine.outside import AnyOutsideWork, Outside, OutsideWork
from plnbot.engine.posts import NothingToDo
from plnbot.engine.retry import RetryPolicy
from plnbot.engine.store import work as work_table
from plnbot.engine.work import WorkState
from plnbot.errors import Refused, Unavailable
from plnbot.talk.cards import Card
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg
from plnbot.testing import HeavyHere
from tests.engine.conftest import ROOM, House, until
from tests.engine.test_runner_running import running, soon

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
KIND = "errand"
SHORT_LEASE = timedelta(seconds=5)
"""Longer than the runner looks ahead, or it would take what it holds."""


@dataclass(slots=True)
class Errand:
    """What happens with one kind of outside work, in the order in which it does."""

    house: House
    happened: list[str] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)
    trouble: list[BaseException] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    meanwhile: Callable[[Outside], object] | None = None

    def begin(self, due: Due) -> str | None:
        """Read the name of the errand; one that is called nothing is none."""
        self.happened.append("begin")
        return str(due.payload["key"]) if due.payload["key"] != "nothing" else None

    async def do(self, given: str, outside: Outside) -> str:
        """Do it, when it is let."""
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            self.happened.append(f"do {given}")
            self.begun.set()
            if self.meanwhile is not None:
                await self.meanwhile(outside)  # type: ignore[misc]
            await self.goes_on.wait()
            if self.trouble:
                raise self.trouble.pop()
        finally:
            self.at_once -= 1
        return f"made of {given}"

    def end(self, due: Due, found: str) -> None:
        """Write what came of it."""
        self.happened.append(f"end {found}")
        work.add(due.tx, "follows", f"after/{due.payload['key']}", due.now, {})
        due.tx.announce("ended")

    def given_up(self, due: Due, reason: str) -> None:
        """Tell that it will never be."""
        self.happened.append(f"given up {due.payload['key']}: {reason}")

    @property
    def declared(self) -> AnyOutsideWork:
        """The kind, as a capability declares it."""
        return OutsideWork(
            kind=KIND,
            begin=self.begin,
            do=self.do,
            end=self.end,
            given_up=self.given_up,
            lane="errands",
            at_once=2,
        )


@pytest.fixture
async def errand(house: House) -> Errand:
    """Declare errands; what follows one is done too."""
    house.runner.outside.look = timedelta(milliseconds=20)
    errand = Errand(house)
    house.tools.heavy = HeavyHere()
    house.routes.outside(errand.declared)
    house.routes.when_due("follows")(lambda _due: errand.happened.append("follows"))
    house.store.follow(lambda topic: errand.ended.set() if topic == "ended" else None)
    return errand


async def declared_anew(errand: Errand, **values: object) -> None:
    """Change what the kind declares."""
    routes = errand.house.routes
    changed = replace(errand.declared, **values)  # type: ignore[arg-type]
    routes.outside_work.clear()
    routes.outside(changed)


async def test_it_begins_is_done_and_ends_once(house: House, errand: Errand) -> None:
    """What is read goes in, what is found is written with the end of the row."""
    errand.goes_on.set()
    await house.plan(KIND, "a", house.clock.now() + MINUTE)
    await house.after(MINUTE - SECOND)
    assert errand.happened == []
    await house.after(2 * SECOND)
    await house.after(MINUTE)
    assert errand.happened == ["begin", "do a", "end made of a", "follows"]
    assert await house.ended("a") == ("done", "")


async def test_where_there_is_nothing_to_do_nothing_is_done(house: House, errand: Errand) -> None:
    """A begin that finds nothing ends the row."""
    await house.plan(KIND, "nothing")
    await house.after(SECOND)
    assert errand.happened == ["begin"]
    assert await house.ended("nothing") == ("done", "")


async def test_nobody_waits_for_it(house: House, errand: Errand) -> None:
    """While it is done, cards are posted and other work is handled."""
    async with running(house):
        await house.plan(KIND, "a")
        await soon(errand.begun)
        await house.post("hello")
        await until(lambda: house.platform.shown == ["hello"])
        assert errand.at_once == 1
        errand.goes_on.set()
        await soon(errand.ended)


@pytest.mark.parametrize("how", ["cancelled", "planned anew"])
async def test_it_is_broken_off_with_its_row(house: House, errand: Errand, how: str) -> None:
    """Whose row is cancelled stops doing it and ends nothing; planned anew, it begins anew."""
    async with running(house):
        await house.plan(KIND, "a")
        await soon(errand.begun)
        now = house.clock.now()
        if how == "cancelled":
            assert await house.store.run(lambda tx: work.cancel(tx, "a", now))
        else:
            again = {"key": "a again"}
            await house.store.run(lambda tx: work.put(tx, KIND, "a", now, again))
        await until(lambda: errand.at_once == 0 or "do a again" in errand.happened)
        errand.goes_on.set()
        if how == "planned anew":
            await soon(errand.ended)
    assert "end made of a" not in errand.happened
    assert await house.ended("a") == (("done" if how == "planned anew" else "cancelled"), "")


async def test_who_was_thought_gone_stops_when_another_takes_it_on(
    house: House, errand: Errand
) -> None:
    """A process that stood still has lost the lease: what it was doing ends nothing."""
    async with running(house):
        await house.plan(KIND, "a")
        await soon(errand.begun)
        await house.store.run(lambda tx: work.take_over(tx, house.clock.now()))
        await until(lambda: errand.happened.count("do a") == 2 and errand.at_once == 1)
        errand.goes_on.set()
        await soon(errand.ended)
    assert errand.happened.count("end made of a") == 1
    assert await house.ended("a") == ("done", "")


async def test_who_is_not_heard_lets_go_before_it_is_missed(house: House, errand: Errand) -> None:
    """A process of a cluster that is cut off stops what it does outside, and it is tried again."""
    async with running(house):
        await house.plan(KIND, "a")
        await soon(errand.begun)
        house.runner.break_off()
        await until(lambda: errand.at_once == 0)
    assert (await house.ended("a"))[0] == "due"
    assert "end made of a" not in errand.happened
    errand.goes_on.set()
    await house.after(MINUTE)
    assert await house.ended("a") == ("done", "")


async def leased_until(house: House) -> datetime:
    """Return when the lease of `a` ends."""
    found = select(work_table.c.lease_until).where(work_table.c.key == "a")
    return await house.store.read(lambda tx: tx.execute(found).scalar_one())


async def test_its_lease_is_renewed_while_it_is_done(house: House, errand: Errand) -> None:
    """What takes longer than a lease is not taken by anybody else, and done once."""
    house.clock = house.tools.clock = SystemClock()  # type: ignore[assignment]
    house.tools.lease = SHORT_LEASE
    async with running(house):
        await house.plan(KIND, "a")
        await soon(errand.begun)
        first = await leased_until(house)
        for _ in range(2):
            async with asyncio.timeout(60):
                while await leased_until(house) <= first:  # noqa: ASYNC110 - leases are not announced
                    await asyncio.sleep(0.1)
            first = await leased_until(house)
        errand.goes_on.set()
        await soon(errand.ended)
    assert errand.happened[:3] == ["begin", "do a", "end made of a"]
    assert await house.ended("a") == ("done", "")


async def test_who_cannot_renew_its_lease_stops_doing_it(house: House, errand: Errand) -> None:
    """Cut off from the database, it is over before somebody else may take it on."""
    house.clock = house.tools.clock = SystemClock()  # type: ignore[assignment]
    house.tools.lease = SHORT_LEASE
    store = house.tools.store

    class CutOff:
        """A store that is away."""

        def __init__(self) -> None:
            self.follow, self.close = store.follow, store.close

        async def run(self, _unit: object) -> object:
            raise Unavailable("away")

        read = run

    async with running(house):
        await house.plan(KIND, "a")
        await soon(errand.begun)
        house.tools.store = CutOff()  # type: ignore[assignment]
        await until(lambda: not errand.at_once)
        house.tools.store = store
        errand.goes_on.set()
        await soon(errand.ended)
    assert errand.happened[:5] == ["begin", "do a", "begin", "do a", "end made of a"]


async def test_what_is_unavailable_is_tried_by_its_policy_and_given_up(
    house: House, errand: Errand
) -> None:
    """How long it is tried is the kind's to say, and who has to know hears when it is over."""
    policy = RetryPolicy(keep_trying=timedelta(hours=1), given_up=WorkState.REFUSED)
    await declared_anew(errand, retry=policy)
    errand.goes_on.set()
    errand.trouble = [Unavailable("closed", 25 * MINUTE) for _ in range(9)]
    await house.plan(KIND, "a")
    await house.after(SECOND)
    assert await house.ended("a") == ("due", "closed")
    for _ in range(3):
        await house.after(25 * MINUTE)
    assert errand.happened[-1] == "given up a: closed"
    assert errand.happened.count("do a") == 4
    assert await house.ended("a") == ("refused", "closed")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (KeyError("ours"), "KeyError"),
        (HeavyError("it took too long"), "it took too long"),
        (TimeoutError(), "TimeoutError"),
    ],
)
async def test_what_fails_is_tried_a_few_times(
    house: House, errand: Errand, error: Exception, reason: str
) -> None:
    """An error of our own is counted, and the kind says how many are enough."""
    await declared_anew(errand, retry=RetryPolicy(tries=3))
    errand.goes_on.set()
    errand.trouble = [error] * 9
    await house.plan(KIND, "a")
    for _ in range(6):
        await house.after(10 * MINUTE)
    assert errand.happened.count("do a") == 3
    assert errand.happened[-1] == f"given up a: {reason}"
    assert await house.ended("a") == ("parked", reason)


async def test_a_refusal_ends_it(house: House, errand: Errand) -> None:
    """Nothing is tried that will never be; a kind may have nobody to tell."""
    await declared_anew(errand, given_up=NothingToDo("nobody waits for it"))
    errand.goes_on.set()
    errand.trouble = [Refused(msg("This chat is over."))]
    await house.plan(KIND, "a")
    await house.after(SECOND)
    assert await house.ended("a") == ("refused", "This chat is over.")


async def test_what_hangs_is_over_after_its_longest(house: House, errand: Errand) -> None:
    """A step may take so long and no longer."""
    await declared_anew(errand, longest=timedelta(milliseconds=50))
    await house.plan(KIND, "a")
    await house.after(SECOND)
    assert await house.ended("a") == ("due", "TimeoutError")
    assert errand.at_once == 0


async def test_only_so_many_are_done_at_once(house: House, errand: Errand) -> None:
    """Those of a kind beyond its cap wait, and in one lane each waits for the one before."""
    now = house.clock.now()

    def plan(tx: object) -> None:
        for number in range(12):
            lane = f"errands/host{number % 4}"
            key = f"a{number}"
            work.add(tx, KIND, key, now, {"key": key}, lane=lane)  # type: ignore[arg-type]

    await house.store.run(plan)
    async with running(house):
        await soon(errand.begun)
        await asyncio.sleep(0.1)
        errand.goes_on.set()
        await until(lambda: sum(each.startswith("end") for each in errand.happened) == 12)
    assert errand.most_at_once == 2
    for host in range(4):
        done = [
            each for each in errand.happened if each in {f"do a{host + 4 * n}" for n in range(3)}
        ]
        assert done == [f"do a{host + 4 * n}" for n in range(3)]


async def test_stopping_gives_it_back(house: House, errand: Errand) -> None:
    """What is not over when the bot stops is begun anew by whoever comes next."""
    house.runner.drain = timedelta(milliseconds=50)
    async with running(house):
        await house.plan(KIND, "a")
        await soon(errand.begun)
    assert await house.ended("a") == ("due", "given back")
    errand.goes_on.set()
    await house.after(10 * SECOND)
    assert errand.happened.count("do a") == 2
    assert await house.ended("a") == ("done", "")


async def test_progress_is_shown_by_a_card_now_and_then(house: House, errand: Errand) -> None:
    """However often a step says how far it is, its card is edited once in a while."""

    @house.routes.card("progress")
    def shows(to: Showing, args: outbox.Args) -> Card:
        far = work.progress(to.tx, str(args["work"]))
        return Card(verbatim(f"{far.done}/{far.of} {far.state}" if far else "?"))

    async def says(outside: Outside) -> None:
        for number in range(50):
            await outside.progress(number, 50, shown_by="card")

    errand.meanwhile = says
    await house.store.run(
        lambda tx: outbox.Posting(tx, house.network.id, ROOM, house.clock.now()).post(
            "progress", {"work": "a"}, key="card"
        )
    )
    await house.after(SECOND)
    await house.plan(KIND, "a")
    errand.goes_on.set()
    await house.after(SECOND)
    assert house.platform.shown == ["?", "0/50 done"]
    payload = select(work_table.c.payload).where(work_table.c.key == "a")
    kept = await house.store.read(lambda tx: tx.execute(payload).scalar_one())
    assert kept == {"key": "a", "progress": [0, 50]}
    house.runner.outside.pace = timedelta()
    await house.plan(KIND, "b")
    await house.after(SECOND)
    assert len(house.platform.shown) < 10, "many that come at one moment are one edit"


async def test_progress_does_not_overtake_a_platform_that_asks_for_patience(
    house: House, errand: Errand
) -> None:
    """An edit that waits for its platform goes on waiting, whatever progress is made."""
    house.runner.outside.pace = timedelta()
    await house.post("card")
    await house.after(SECOND)
    later = house.clock.now() + MINUTE
    where = outbox.lane_of(ROOM)
    edit = {"post": "card"}
    await house.store.run(
        lambda tx: work.put(
            tx, outbox.EDIT, "edit/card", later, edit, lane=where, network=house.network.id
        )
    )

    async def says(outside: Outside) -> None:
        await outside.progress(1, 2, shown_by="card")

    errand.meanwhile = says
    errand.goes_on.set()
    await house.plan(KIND, "a")
    await house.after(SECOND)
    waits = await house.store.read(lambda tx: work.waiting(tx, ["edit/card"]))
    assert waits == {"edit/card": later}
