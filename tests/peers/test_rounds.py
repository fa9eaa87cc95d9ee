"""Rounds through real storage: two who commit at once, broken off in the middle, replayed, erased from."""

import asyncio
import contextlib
from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from adapters.web.app import WebOptions
from plnbot.app import assembled
from plnbot.calendars.school.model import Entry, Kind
from plnbot.engine.heavy import HeavyError
from plnbot.members import store as members
from plnbot.members.actions import erasing
from plnbot.peers import replaying
from plnbot.peers.actions import opening
from plnbot.peers.actions.rounds import FUNCTION
from plnbot.peers.model import Introduction, Round, RoundState
from plnbot.peers.replaying import RoundError
from plnbot.peers.solving import solve
from plnbot.peers.store import programmes, rounds
from plnbot.store.database import Store
from plnbot.talk.interactions import Joined, Left, Press, Reply
from plnbot.testing import FrozenClock, HeavyHere, RecordingSender
from tests.calendars.test_school_days import add
from tests.peers.year import BEGAN, LEAD, WORKSPACES, ZONES, School, attach, joins, opened, teachers

MANY = 9


async def school(store: Store, clock: FrozenClock, many: int = MANY) -> School:
    """Return a programme with so many who take part."""
    clock.at = BEGAN
    parts = assembled(store, clock, WebOptions(b"0" * 32), lambda _platform: "", Random(1))
    parts.runner.tools.heavy = HeavyHere()
    parts.runner.senders.update({each: RecordingSender(each) for each in WORKSPACES})
    here = School(store, clock, parts, Random(3))
    network = await store.run(lambda tx: members.new_network(tx, "State", "en", ZONES[0], BEGAN))
    await store.run(lambda tx: attach(tx, network))
    await here.do(LEAD, Joined())
    await store.run(lambda tx: teachers(tx, here, network, many))
    await opened(here)
    for number in here.refs:
        await joins(here, number)
    return here


async def tried(here: School) -> Round:
    """Return a dry run."""
    await here.do(LEAD, Press("peers.dry", "1"))
    await here.parts.runner.run_all_due()
    return (await here.store.read(lambda tx: rounds.of_programme(tx, 1, RoundState.DRY)))[0]


async def introduced(here: School) -> list[Introduction]:
    """Return who was introduced."""
    return list(await here.store.read(lambda tx: rounds.in_programme(tx, 1)))


async def test_two_organisers_commit_at_once(store: Store, clock: FrozenClock) -> None:
    """One does, the other is told; each of its people is introduced once."""
    here = await school(store, clock)
    dry = await tried(here)
    both = [here.do(LEAD, Press("peers.commit", str(dry.id))) for _time in range(2)]
    answers = await asyncio.gather(*both)
    said = [each.card.title.bare() for each in answers if isinstance(each, Reply)]
    assert sorted(said) == ["Round 1 is open", "That did not work"]
    await here.parts.runner.run_all_due()
    seats = Counter(seat.member for each in await introduced(here) for seat in each.seats)
    assert set(seats.values()) == {1}
    assert len(seats) == MANY


async def test_a_round_is_opened_once_however_often_it_is_tried(
    store: Store, clock: FrozenClock
) -> None:
    """A second dry run can be made, and not committed so soon; an older one is stale."""
    here = await school(store, clock)
    older = await tried(here)
    dry = await tried(here)
    for one, said in ((older, "no longer the latest"), (dry, ""), (await tried(here), "")):
        answer = await here.do(LEAD, Press("peers.commit", str(one.id)))
        assert isinstance(answer, Reply)
        assert said in str(answer.card)
        await here.parts.runner.run_all_due()
    assert await here.store.read(lambda tx: rounds.last_number(tx, 1)) == 1


async def test_broken_off_in_the_middle_each_is_introduced_once(
    store: Store, clock: FrozenClock
) -> None:
    """The process ends while introductions are made; another one makes the rest, and none again."""
    here = await school(store, clock, 30)
    dry = await tried(here)
    await here.do(LEAD, Press("peers.commit", str(dry.id)))
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(here.parts.runner.run_all_due(), 0.05)
    other = assembled(store, clock, WebOptions(b"0" * 32), lambda _platform: "", Random(2))
    other.runner.senders.update(here.parts.runner.senders)
    here.parts = other
    await here.until(clock.now() + timedelta(hours=1))  # what the first one had taken is free again
    seats = Counter(seat.member for each in await introduced(here) for seat in each.seats)
    assert set(seats.values()) == {1}
    assert len(seats) == 30


async def test_a_round_is_opened_in_parts(
    store: Store, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However little fits into one unit, who met before is done with, and each is introduced once."""
    monkeypatch.setattr(opening, "_AT_ONCE", 2)
    monkeypatch.setattr(opening, "_CLOSED_AT_ONCE", 3)
    here = await school(store, clock, 13)
    await here.until(BEGAN + timedelta(days=19))
    found = await introduced(here)
    by_round: dict[int | None, Counter[int]] = {}
    for each in found:
        by_round.setdefault(each.round, Counter()).update(seat.member for seat in each.seats)
    assert len(by_round) > 1
    assert {tuple(sorted(set(each.values()))) for each in by_round.values()} == {(1,)}
    assert {len(each) for each in by_round.values()} == {13}
    latest = max(each.round or 0 for each in found)
    assert {each.ended_at is None for each in found if each.round == latest} == {True}
    assert {each.ended_at is None for each in found if each.round != latest} == {False}


async def test_replayed_from_what_is_kept(store: Store, clock: FrozenClock) -> None:
    """People, seed and rules of an open round make the same again; once it is over they are gone."""
    here = await school(store, clock)
    dry = await tried(here)
    given, made = await store.read(lambda tx: rounds.given_and_made(tx, dry.id))
    again = solve(given, lambda _said: None)
    assert isinstance(again, dict)
    assert again["groups"] == made["groups"]
    assert "a dry run, 9 of 9 (100 %) in 4 groups" in await standing(here)
    await here.do(LEAD, Press("peers.commit", str(dry.id)))
    await here.parts.runner.run_all_due()
    assert "round 1: open, 9 of 9 (100 %) in 4 groups, 4 of these introduced" in await standing(
        here
    )
    first = " and ".join(str(each) for each in made["groups"][0][0])
    assert "the same again" in (said := await replayed(here, dry.id))
    assert f"\n  {first}: " in said
    others = {**made, "groups": made["groups"][1:]}
    await store.run(lambda tx: rounds.note(tx, dry.id, made=others))
    with pytest.raises(RoundError, match=rf"comes out otherwise(?s:.*)\+ {first}: "):
        await replayed(here, dry.id)
    await here.until(BEGAN + timedelta(days=18))
    over = await store.read(lambda tx: rounds.given_and_made(tx, dry.id))
    assert over == (None, None)
    with pytest.raises(RoundError, match="is over"):
        await replayed(here, dry.id)
    with pytest.raises(RoundError, match="There is no round 99"):
        await replayed(here, 99)
    assert "over since 2026-09-22" in await standing(here)


async def replayed(here: School, number: int) -> str:
    """Return what `plnbot peers replay NUMBER --pairs` prints."""
    unit = replaying.replaying(number, pairs=True)
    afterwards = await here.store.read(lambda tx: unit(tx, here.clock.now()))
    assert callable(afterwards)
    return "\n".join(afterwards())


async def standing(here: School) -> str:
    """Return what `plnbot peers rounds` prints."""
    lines = await here.store.read(lambda tx: replaying.standing(9)(tx, here.clock.now()))
    assert not callable(lines)
    return "\n".join(lines)


@pytest.mark.parametrize("how", ["erased", "left", "moved away"])
async def test_who_is_gone_leaves_nobody_waiting(
    store: Store, clock: FrozenClock, how: str
) -> None:
    """Their partner meets somebody else within the round, and nothing of an erased member is kept."""
    here = await school(store, clock, 4)
    dry = await tried(here)
    await here.do(LEAD, Press("peers.commit", str(dry.id)))
    await here.parts.runner.run_all_due()
    first = (await introduced(here))[0]
    gone, alone = (each.member for each in first.seats)
    catalogue, now = here.parts.desk.routes, clock.now()
    if how == "erased":
        await store.run(lambda tx: erasing.erase(tx, catalogue, gone, now, kept=(), by=gone))
        given, made = await store.read(lambda tx: rounds.given_and_made(tx, dry.id))
        assert gone not in [each["id"] for each in given["people"]]
        assert str(gone) not in given["room"]
        assert not any(gone in group[0] for group in made["groups"])
    elif how == "moved away":
        await here.do(here.refs[gone], Left())
    else:
        mine = (await store.read(lambda tx: programmes.of_member(tx, gone)))[0]
        await here.do(here.refs[gone], Press("peers.leave", str(mine.id)))
    await here.until(clock.now() + timedelta(days=1))
    live = [each for each in await introduced(here) if each.ended_at is None]
    assert [len(each.here) for each in live] == [3]
    assert live[0].seat_of(alone) is not None


async def test_a_round_that_cannot_be_solved_is_said(store: Store, clock: FrozenClock) -> None:
    """Nobody is introduced, and the organiser reads that it did not work."""
    here = await school(store, clock)
    fails = HeavyHere({FUNCTION: HeavyError("it took too long")})
    here.parts.runner.tools.heavy = fails
    await here.do(LEAD, Press("peers.dry", "1"))
    await here.until(clock.now() + timedelta(hours=12))
    dropped = await store.read(lambda tx: rounds.of_programme(tx, 1, RoundState.DROPPED))
    assert len(dropped) == 1
    assert await introduced(here) == []


async def test_who_has_no_school_sits_out(store: Store, clock: FrozenClock) -> None:
    """A district in a break is not introduced while the others are, and the dry run says so."""
    here = await school(store, clock)
    number, district = next(iter(here.home.items()))
    out = {each for each, home in here.home.items() if home == district}
    day = BEGAN.date()
    week = [Entry(day, day + timedelta(days=6), Kind.BREAK, "Fall break")]
    await store.run(lambda tx: add(tx, 1, district, BEGAN, week))
    dry = await tried(here)
    _given, made = await store.read(lambda tx: rounds.given_and_made(tx, dry.id))
    assert {each for each, why in made["out"] if why == "break"} == out
    assert not any(number in group[0] for group in made["groups"])
