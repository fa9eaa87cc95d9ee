"""Rounds that end otherwise: a programme ended meanwhile, a third who joins."""

from datetime import timedelta

import pytest

from plnbot.engine.context import Due
from plnbot.errors import Refused
from plnbot.peers.actions import talking
from plnbot.peers.actions.rounds import SOLVING, Asked, Solved
from plnbot.peers.model import RoundState
from plnbot.peers.store import private, programmes, rounds
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Press
from plnbot.testing import FrozenClock
from tests.peers.test_rounds import introduced, school, tried
from tests.peers.year import LEAD, joins

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_an_ended_programme_keeps_nothing_open(store: Store, clock: FrozenClock) -> None:
    """Its open round is over, what it was made from is gone, and nobody is introduced by a late yes."""
    here = await school(store, clock, 4)
    dry = await tried(here)
    await here.do(LEAD, Press("peers.commit", str(dry.id)))
    await here.parts.runner.run_all_due()
    of = await store.read(lambda tx: programmes.get(tx, 1))
    directory = here.parts.desk.directory
    one, other, by = (directory.by_id, *sorted(here.refs)[:2])
    assert of is not None

    def proposed(tx: Tx) -> private.Proposal:
        return private.propose(tx, of, by, (other, other + 1), "", now=clock.now())

    asked = await store.run(proposed)
    await here.do(LEAD, Press("peers.end", "1"))
    ended = await store.read(lambda tx: rounds.get(tx, dry.id))
    assert ended is not None
    assert ended.state is RoundState.OVER
    assert await store.read(lambda tx: rounds.given_and_made(tx, dry.id)) == (None, None)

    def late(tx: Tx) -> None:
        person = one(tx, other)
        assert person is not None
        talking.consent(tx, directory, asked, clock.now(), by=person, yes=True)

    with pytest.raises(Refused):
        await store.run(late)


async def test_what_is_solved_too_late_is_not_kept(store: Store, clock: FrozenClock) -> None:
    """A round that was dropped while it was being solved stays so, and nothing is written into it."""
    here = await school(store, clock, 4)
    dry = await tried(here)
    given, made = await store.read(lambda tx: rounds.given_and_made(tx, dry.id))
    await here.do(LEAD, Press("peers.end", "1"))
    now, desk = clock.now(), here.parts.desk

    def late(tx: Tx) -> None:
        due = Due(tx, now, now, {"round": dry.id}, desk.directory, desk.routes)
        SOLVING.end(due, Solved(Asked(dry.id, given, (), (), ()), made))

    await store.run(late)
    assert await store.read(lambda tx: rounds.given_and_made(tx, dry.id)) == (None, None)
    await store.run(lambda tx: rounds.note(tx, dry.id, state=RoundState.OPENING.value))
    await store.run(late)
    dropped = await store.read(lambda tx: rounds.get(tx, dry.id))
    assert dropped is not None
    assert dropped.state is RoundState.DROPPED


async def test_a_third_has_a_step_and_times_of_their_own(store: Store, clock: FrozenClock) -> None:
    """Who joins two in mid-round stands on no step of the two; the card says why they are three."""
    here = await school(store, clock, 3)
    late = max(here.refs)
    mine = (await store.read(lambda tx: programmes.of_member(tx, late)))[0]
    await here.do(here.refs[late], Press("peers.leave", str(mine.id)))
    dry = await tried(here)
    await here.do(LEAD, Press("peers.commit", str(dry.id)))
    await here.parts.runner.run_all_due()
    await joins(here, late)
    before = (await introduced(here))[0]
    await here.until(clock.now() + timedelta(days=2))
    one = (await introduced(here))[0]
    assert len(one.here) == 3
    assert one.step == "THIRD"
    assert one.times != before.times
