"""Work outside a transaction: begun, done and ended once, while its row is ours; and broken off else."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from plnbot.engine import outbox, work
from plnbot.engine.context import Showing
from plnbot.engine.heavy import HeavyError
from plnbot.engine.outside import Fetched, Outside
from plnbot.engine.posts import NothingToDo
from plnbot.engine.retry import RetryPolicy
from plnbot.engine.store import work as work_table
from plnbot.engine.work import WorkState
from plnbot.errors import Refused, Unavailable
from plnbot.outward import reading_feeds
from plnbot.talk.cards import Card
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg
from plnbot.testing import HeavyHere, StubFetcher
from tests.engine.conftest import ROOM, House, until
from tests.engine.errands import KIND, MINUTE, SECOND, Errand, declared_anew
from tests.engine.test_runner_running import running, soon

"""Longer than the runner looks ahead, or it would take what it holds."""


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


async def test_it_reads_from_the_web_it_was_given(house: House, errand: Errand) -> None:
    """What is done outside reaches what is elsewhere through a port; without one, nothing."""
    page = Fetched(200, {}, b"BEGIN:VCALENDAR")
    read: list[object] = []

    async def reads(outside: Outside) -> None:
        read.append((await outside.fetcher.fetch("https://school.example/days.ics")).body)

    errand.meanwhile = reads
    errand.goes_on.set()
    await house.plan(KIND, "a")
    await house.after(SECOND)
    assert (await house.ended("a"))[0] == "due"
    house.runner.tools.fetcher = StubFetcher({"https://school.example/days.ics": page})
    await house.after(MINUTE)
    assert read == [b"BEGIN:VCALENDAR"]
    assert (await house.ended("a"))[0] == "done"


async def test_it_reads_feeds_with_what_it_was_given(house: House, errand: Errand) -> None:
    """What reads feeds is made of the fetcher and the children that are there."""
    address = "https://a.example/feed"
    read: list[object] = []

    async def reads(outside: Outside) -> None:
        found = await outside.feeds.read(address)
        read.append(found.feed and found.feed.title)

    errand.meanwhile = reads
    errand.goes_on.set()
    tools = house.runner.tools
    tools.heavy, tools.feeds = HeavyHere(), reading_feeds
    tools.fetcher = StubFetcher(
        {address: Fetched(200, {}, b"<rss><channel><title>A</title></channel></rss>")}
    )
    await house.plan(KIND, "a")
    await house.after(SECOND)
    assert read == ["A"]
    assert await house.ended("a") == ("done", "")


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
