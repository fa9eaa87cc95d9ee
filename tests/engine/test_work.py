"""The work queue: planned once, done in order, held by one at a time, never lost."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import String, literal, select

from plnbot.engine import work
from plnbot.engine.work import Item, Urgency, WorkState
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock

MINUTE = timedelta(minutes=1)


@pytest.fixture
def now(clock: FrozenClock) -> datetime:
    """Return the instant at which these tests begin."""
    return clock.now()


def planned(
    key: str, at: datetime, lane: str = "", urgency: Urgency = Urgency.ORDINARY
) -> Callable[[Tx], bool]:
    """Return a unit that plans one piece of work."""
    return lambda tx: work.add(tx, "kind", key, at, {"for": key}, lane=lane, urgency=urgency)


async def leased(store: Store, now: datetime, most: int = 100, holder: str = "") -> dict[str, Item]:
    """Lease what is due for a minute and return it by key, in the order it was given."""
    items = await store.run(lambda tx: work.lease(tx, now, now + MINUTE, most, holder=holder))
    return {each.key: each for each in items}


async def done(store: Store, item: Item, now: datetime) -> bool:
    """Finish an item and return whether the lease held."""
    return await store.run(lambda tx: work.finish(tx, item, WorkState.DONE, now))


async def test_work_is_planned_once_for_a_key(store: Store, now: datetime) -> None:
    """The second plan under a key changes nothing, even after the first was done."""
    assert await store.run(planned("a", now))
    assert not await store.run(planned("a", now - MINUTE))
    item = (await leased(store, now))["a"]
    assert (item.kind, item.payload, item.due_at) == ("kind", {"for": "a"}, now)
    assert (item.attempts, item.network) == (1, None)
    assert await done(store, item, now)
    assert not await store.run(planned("a", now))
    assert await leased(store, now + MINUTE) == {}


async def test_what_nobody_has_begun_is_forgotten(store: Store, now: datetime) -> None:
    """Its key is free again; what somebody is at, or has done, is left as it is."""
    await store.run(planned("a", now))
    assert await store.run(lambda tx: work.forget(tx, "a"))
    assert not await store.run(lambda tx: work.forget(tx, "a"))
    assert await store.run(planned("a", now))
    item = (await leased(store, now))["a"]
    assert not await store.run(lambda tx: work.forget(tx, "a"))
    assert await done(store, item, now)
    assert not await store.run(lambda tx: work.forget(tx, "a"))


async def test_nothing_is_given_out_before_its_time(store: Store, now: datetime) -> None:
    """Work becomes available at its instant, and `next_at` says when."""
    await store.run(planned("a", now))
    assert await leased(store, now - timedelta(microseconds=1)) == {}
    assert await store.read(work.next_at) == now
    assert list(await leased(store, now)) == ["a"]
    assert await store.read(work.next_at) == now + MINUTE, "the lease's end"


async def test_what_was_due_first_is_given_out_first(store: Store, now: datetime) -> None:
    """Whatever order it was planned in, and however little is asked for."""
    for key, minutes in {"c": 3, "a": 1, "d": 4, "b": 2}.items():
        await store.run(planned(key, now + minutes * MINUTE))
    assert list(await leased(store, now + 9 * MINUTE, most=3)) == ["a", "b", "c"]
    assert list(await leased(store, now + 9 * MINUTE, most=3)) == ["d"]
    assert await leased(store, now + 9 * MINUTE, most=3) == {}


async def test_a_lane_runs_one_after_another(store: Store, now: datetime) -> None:
    """In a lane the next waits for the one before; other lanes, and no lane, wait for nobody."""
    for key, lane in {"a1": "a", "a2": "a", "b1": "b", "n1": "", "n2": ""}.items():
        await store.run(planned(key, now, lane))
    first = await leased(store, now)
    assert set(first) == {"a1", "b1", "n1", "n2"}
    assert await done(store, first["a1"], now)
    assert list(await leased(store, now)) == ["a2"]


async def test_what_is_more_urgent_goes_first_in_its_lane(store: Store, now: datetime) -> None:
    """Once it is due it waits for what runs already, and for nothing else; before that for nothing."""
    then = now + MINUTE / 2
    await store.run(planned("hello", now, "lane", Urgency.COURTESY))
    await store.run(planned("said", now, "lane"))
    await store.run(planned("said later", now, "lane"))
    await store.run(planned("question", then, "lane", Urgency.TIMED))
    first = await leased(store, now)
    assert list(first) == ["said"], "the question is not due yet, and holds up nobody"
    assert await leased(store, then) == {}
    assert await done(store, first["said"], then)
    for expected in ("question", "said later", "hello"):
        given = await leased(store, then)
        assert list(given) == [expected]
        assert await done(store, given[expected], then)


async def test_what_rests_holds_up_nothing_more_urgent(store: Store, now: datetime) -> None:
    """A post that the platform told to wait lets a question pass, and comes after it."""
    await store.run(planned("said", now, "lane"))
    item = (await leased(store, now))["said"]
    later = now + MINUTE
    assert await store.run(lambda tx: work.again(tx, item, later, "told to wait"))
    await store.run(planned("question", now, "lane", Urgency.TIMED))
    question = (await leased(store, now))["question"]
    assert await done(store, question, now)
    assert list(await leased(store, later)) == ["said"]


async def test_a_lane_waits_for_another_try(store: Store, now: datetime) -> None:
    """What is tried again later keeps its place at the head of the lane."""
    await store.run(planned("first", now, "lane"))
    await store.run(planned("second", now + MINUTE, "lane"))
    item = (await leased(store, now))["first"]
    later = now + 5 * MINUTE
    assert await store.run(lambda tx: work.again(tx, item, later, "not now"))
    assert await leased(store, now + 4 * MINUTE) == {}
    assert await store.read(work.next_at) == later
    again = (await leased(store, later))["first"]
    assert (again.attempts, again.due_at) == (2, now)
    assert await store.run(lambda tx: work.finish(tx, again, WorkState.PARKED, later, "gave up"))
    assert list(await leased(store, later)) == ["second"]


async def test_what_runs_keeps_its_lane_to_itself(store: Store, now: datetime) -> None:
    """Work that arrives late, due before what runs already in its lane, waits for that to end."""
    await store.run(planned("running", now, "lane"))
    running = (await leased(store, now))["running"]
    await store.run(planned("late", now - MINUTE, "lane"))
    assert await leased(store, now) == {}
    assert await store.read(work.next_at) == now + MINUTE
    assert await done(store, running, now)
    assert list(await leased(store, now)) == ["late"]


async def test_an_abandoned_lease_is_taken_over(store: Store, now: datetime) -> None:
    """When a lease runs out the work is given to somebody else, and the first can't end it."""
    await store.run(planned("a", now, "lane"))
    await store.run(planned("b", now, "lane"))
    lost = (await leased(store, now))["a"]
    assert await leased(store, now + MINUTE - timedelta(microseconds=1)) == {}
    taken = (await leased(store, now + MINUTE))["a"]
    assert taken.attempts == 2
    assert not await store.run(lambda tx: work.ours(tx, [lost]))
    assert not await done(store, lost, now)
    assert not await store.run(lambda tx: work.again(tx, lost, now, "mine"))
    assert await store.run(lambda tx: work.ours(tx, [taken]))
    assert await done(store, taken, now)
    assert not await done(store, taken, now), "it ends once"


async def test_planning_anew_replaces_the_plan(store: Store, now: datetime) -> None:
    """One row a key: the new plan counts, whether the old one waits, runs or is done."""

    def anew(what: str, at: datetime) -> Callable[[Tx], None]:
        return lambda tx: work.put(tx, "kind", "a", at, {"what": what})

    await store.run(anew("first", now))
    await store.run(anew("second", now + MINUTE))
    assert await leased(store, now) == {}
    running = (await leased(store, now + MINUTE))["a"]
    assert running.payload == {"what": "second"}
    await store.run(anew("third", now))
    assert not await done(store, running, now), "its plan is not the plan any more"
    third = (await leased(store, now))["a"]
    assert (third.payload, third.attempts) == ({"what": "third"}, 1)
    assert await done(store, third, now)
    await store.run(anew("fourth", now))
    assert not await done(store, third, now)
    assert (await leased(store, now))["a"].payload == {"what": "fourth"}


async def test_planned_work_can_be_taken_back(store: Store, now: datetime) -> None:
    """What is cancelled is not given out; who runs it already can't end it; its lane goes on."""
    for key in ("waits", "runs"):
        await store.run(planned(key, now, key))
    await store.run(planned("next", now + MINUTE, "runs"))
    assert await store.run(lambda tx: work.cancel(tx, "waits", now))
    assert not await store.run(lambda tx: work.cancel(tx, "waits", now))
    assert not await store.run(lambda tx: work.cancel(tx, "never planned", now))
    running = (await leased(store, now))["runs"]
    assert await store.run(lambda tx: work.cancel(tx, "runs", now))
    assert not await done(store, running, now)
    assert list(await leased(store, now + MINUTE)) == ["next"]


async def test_finished_work_is_forgotten_but_not_what_is_parked(
    store: Store, now: datetime
) -> None:
    """After its time what ended is deleted; what waits, runs or needs an operator stays."""
    for state in (WorkState.DONE, WorkState.REFUSED, WorkState.PARKED):
        await store.run(planned(state, now))
    for state in (WorkState.CANCELLED, WorkState.LEASED):
        await store.run(planned(state, now + MINUTE))
    await store.run(planned(WorkState.DUE, now + 9 * MINUTE))
    for key, item in (await leased(store, now)).items():
        await store.run(partial(work.finish, item=item, state=WorkState(key), now=now))
    await store.run(lambda tx: work.cancel(tx, WorkState.CANCELLED, now))
    await leased(store, now + MINUTE)
    assert await store.read(work.backlog) == dict.fromkeys(WorkState, 1)
    assert await store.run(lambda tx: work.forget_finished(tx, now)) == 0
    assert await store.run(lambda tx: work.forget_finished(tx, now + MINUTE)) == 3
    assert set(await store.read(work.backlog)) == {
        WorkState.DUE,
        WorkState.LEASED,
        WorkState.PARKED,
    }


async def test_plans_can_be_looked_up(store: Store, now: datetime) -> None:
    """`waiting` answers for what is still to run, and for nothing else."""
    await store.run(planned("done", now))
    await done(store, (await leased(store, now))["done"], now)
    await store.run(planned("waits", now + MINUTE))
    keys = ["done", "waits", "unknown"]
    assert await store.read(lambda tx: work.waiting(tx, keys)) == {"waits": now + MINUTE}


async def test_planning_and_ending_wake_the_runner(store: Store, now: datetime) -> None:
    """Followers hear of new work, and of an end that lets the next of a lane go on."""
    heard: list[str] = []
    leave = store.follow(heard.append)
    await store.run(planned("a", now))
    item = (await leased(store, now))["a"]
    assert heard == [work.WAKE]
    await done(store, item, now)
    assert heard == [work.WAKE] * 2
    leave()


async def test_many_at_once_never_hold_the_same_work(store: Store, now: datetime) -> None:
    """Twenty workers that lease and finish at the same time do each piece once, lanes in order."""
    for number in range(60):
        await store.run(planned(f"{number:02}", now + timedelta(seconds=number), f"{number % 6}"))
    did: list[str] = []
    soon = now + 2 * MINUTE

    async def worker() -> None:
        while (await store.read(work.backlog)).get(WorkState.DUE):
            for key, item in (await leased(store, soon, most=2)).items():
                did.append(key)
                assert await done(store, item, soon)

    await asyncio.gather(*(worker() for _ in range(20)))
    assert sorted(did) == [f"{number:02}" for number in range(60)]
    for lane in range(6):
        assert [key for key in did if int(key) % 6 == lane] == sorted(
            key for key in did if int(key) % 6 == lane
        )


async def test_leases_are_taken_over_but_of_those_who_live(store: Store, now: datetime) -> None:
    """What a dead process had leased is free at once, in every lane; others keep their leases."""
    for lane in ("a", "b", "c", "d"):
        await store.run(planned(lane, now, lane))
    dead = await leased(store, now, most=2, holder="dead")
    lives = await leased(store, now, holder="lives")
    assert (len(dead), len(lives)) == (2, 2)
    who_lives = select(literal("lives", String))
    assert await store.run(lambda tx: work.take_over(tx, now, but_of=who_lives)) == len(dead)
    assert set(await leased(store, now)) == set(dead)
    assert not any([await done(store, item, now) for item in dead.values()])
    assert all([await done(store, item, now) for item in lives.values()])
