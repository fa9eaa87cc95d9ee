"""Two who share no workspace: words are carried once both agree, and only that somebody spoke is noted."""

from datetime import timedelta

import pytest

from plnbot.members.actions import erasing
from plnbot.peers.actions.meeting_place import place_of
from plnbot.spaces import Kind, State, cards
from plnbot.spaces import store as spaces
from plnbot.store.database import Store
from plnbot.talk.interactions import Interaction, Press, Said
from plnbot.testing import FrozenClock, RecordingSender, StubSpaces
from tests.peers.test_rounds import introduced, school, tried
from tests.peers.year import LEAD

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_words_are_carried_between_slack_and_discord(
    store: Store, clock: FrozenClock
) -> None:
    """Both agree; what one says arrives at the other; a day later nobody is asked to begin."""
    here = await school(store, clock, 2)
    for platform in ("slack", "discord"):
        here.parts.desk.spaces.opened_by(platform, StubSpaces(platform, below=platform == "slack"))
    dry = await tried(here)
    await here.do(LEAD, Press("peers.commit", str(dry.id)))
    await here.until(clock.now() + timedelta(hours=1))
    one = (await introduced(here))[0]
    space = await store.read(lambda tx: place_of(tx, one))
    assert space is not None
    assert space.kind is Kind.RELAY
    for ref in here.refs.values():
        await here.do(ref, Press(cards.AGREE, str(space.id)))
    await here.until(clock.now() + timedelta(hours=1))

    opened = await store.read(lambda tx: spaces.get(tx, space.id))
    assert opened is not None
    assert opened.state is State.OPEN
    first = opened.members[0]
    assert first.end is not None
    said = Interaction("w1", first.who, first.end, Said("Shall we say Tuesday?", "71"))
    await here.parts.desk.handle(said)
    await here.until(clock.now() + timedelta(days=2))
    spoke = (await introduced(here))[0]
    assert spoke.spoke_at is not None
    senders = here.parts.runner.senders.values()
    told = [str(o.card) for each in senders if isinstance(each, RecordingSender) for o in each.sent]
    assert any("Shall we say Tuesday?" in each for each in told)
    assert not any("A word to" in each for each in told)
    assert any("would you begin?" in each for each in told)
    await here.do(first.who, Press(cards.STOP, str(space.id)))
    await here.until(clock.now() + timedelta(hours=1))
    sender = here.parts.runner.senders["discord"]
    assert isinstance(sender, RecordingSender)
    last = [str(o.card) for o in sender.sent if "Who begins" in str(o.card)][-1]
    assert "I carry no words between you any more" in last


async def test_the_place_is_found_when_a_seat_is_gone(store: Store, clock: FrozenClock) -> None:
    """Somebody is erased, and with them their seat: the place of the two is known all the same, and closed."""
    here = await school(store, clock, 2)
    dry = await tried(here)
    await here.do(LEAD, Press("peers.commit", str(dry.id)))
    await here.parts.runner.run_all_due()
    one = (await introduced(here))[0]
    space = await store.read(lambda tx: place_of(tx, one))
    assert space is not None
    gone, now, catalogue = one.seats[0].member, clock.now(), here.parts.desk.routes
    await store.run(lambda tx: erasing.erase(tx, catalogue, gone, now, kept=(), by=gone))
    await here.until(now + timedelta(hours=1))
    left = (await introduced(here))[0]
    assert len(left.seats) == 1
    closed = await store.read(lambda tx: place_of(tx, left))
    assert closed is not None
    assert closed.id == space.id
    assert closed.state in {State.CLOSED, State.REFUSED}
