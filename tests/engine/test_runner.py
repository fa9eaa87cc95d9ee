"""The runner and the outbox: what was posted arrives once, in order, whatever the platform does."""

from datetime import datetime, timedelta

import pytest

from plnbot.engine import outbox, work
from plnbot.engine.ports import Delivery, Outgoing, Rejected, Retry, Unknown
from plnbot.engine.retry import ORDINARY
from plnbot.members import store as members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from tests.engine.conftest import HALL, ROOM, House, Platform

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
AT_ONCE = timedelta()


async def test_a_post_goes_out_once(house: House) -> None:
    """However often it is posted under one key and the runner runs, it arrives once."""
    assert await house.post("hello")
    assert not await house.post("hello")
    await house.after(AT_ONCE)
    assert not await house.post("hello")
    await house.after(MINUTE)
    assert house.platform.shown == ["hello"]
    standing = await house.standing("hello")
    assert standing is not None
    assert (standing.to, standing.ref, standing.network) == (ROOM, "m1", house.network.id)
    assert await house.ended("hello") == ("done", "")


async def test_posts_to_a_place_keep_their_order(house: House) -> None:
    """They go out in the order of their times, not before, whatever order they were planned in."""
    for minutes in (3, 1, 4, 2):
        await house.post(f"{minutes}", after=minutes * MINUTE)
    await house.after(AT_ONCE)
    assert house.platform.shown == []
    await house.after(2 * MINUTE)
    assert house.platform.shown == ["1", "2"]
    await house.after(2 * MINUTE)
    assert house.platform.shown == ["1", "2", "3", "4"]


async def test_not_now_is_tried_again_then(house: House) -> None:
    """The platform's own time is kept; the place waits in order and other places do not."""
    waits = [Retry("slow down", 90 * SECOND)]
    house.platform.answer = lambda to: waits.pop() if waits and to.key == "first" else None
    await house.post("first")
    await house.post("second", after=SECOND)
    await house.post("elsewhere", to=HALL, after=SECOND)
    await house.after(SECOND)
    assert house.platform.shown == ["elsewhere"]
    assert await house.ended("first") == ("due", "slow down")
    await house.after(89 * SECOND)
    assert house.platform.shown == ["elsewhere"]
    await house.after(SECOND)
    assert house.platform.shown == ["elsewhere", "first", "second"]


async def test_a_lost_reply_is_looked_up(house: House) -> None:
    """What may have arrived is looked for before it is sent again, and found."""
    house.platform.loses_reply_to = {"hello"}
    await house.post("hello")
    await house.after(AT_ONCE)
    assert await house.ended("hello") == ("due", "the reply was lost")
    await house.after(MINUTE)
    assert house.platform.looked_for == ["hello"]
    assert house.platform.tried == ["hello"], "not sent again"
    standing = await house.standing("hello")
    assert standing is not None
    assert standing.ref == "m1"


async def test_what_a_dead_runner_left_is_looked_up(house: House) -> None:
    """A process that died after sending, before it could write that down, sends nothing twice."""
    await house.post("hello")
    now = house.clock.now()
    await house.store.run(lambda tx: begun(tx, now))
    note = outbox.Post("hello", house.network.id, ROOM, "shows", {"key": "hello"}, "")
    await house.platform.send(await sent_as(house, note))
    await house.after(work.LEASE - SECOND)
    assert await house.standing("hello") is None
    await house.after(SECOND)
    assert house.platform.tried == ["hello"]
    assert await house.ended("hello") == ("done", "")


def begun(tx: Tx, now: datetime) -> None:
    """Lease what is due, and note that it is about to be sent."""
    for item in work.lease(tx, now, now + work.LEASE, 1):
        assert work.about_to_send(tx, [item], now, now + work.LEASE, unsure=True)


async def sent_as(house: House, note: outbox.Post) -> Outgoing:
    """Return what a post is sent as, by posting its like elsewhere."""
    await house.post("like it", to=HALL)
    await house.after(AT_ONCE)
    like = house.platform.sent.pop()
    house.platform.tried.clear()
    return Outgoing(note.key, note.to, like.card, like.locale, like.zone)


async def test_what_never_arrived_is_sent_again(house: House) -> None:
    """When the look finds nothing, it is sent."""
    answers: list[Delivery] = [Unknown("no answer")]
    house.platform.answer = lambda _to: answers.pop() if answers else None
    await house.post("hello")
    await house.after(AT_ONCE)
    await house.after(MINUTE)
    assert house.platform.looked_for == ["hello"]
    assert house.platform.tried == ["hello", "hello"]
    assert house.platform.shown == ["hello"]


async def test_what_certainly_did_not_arrive_is_not_looked_for(house: House) -> None:
    """A platform that said no has not taken it; looking would only cost it more."""
    answers: list[Delivery] = [Retry("busy"), Retry("busy")]
    house.platform.answer = lambda _to: answers.pop() if answers else None
    await house.post("hello")
    for _ in range(3):
        await house.after(MINUTE)
    assert house.platform.looked_for == []
    assert house.platform.shown == ["hello"]


async def test_never_is_the_end_of_it(house: House) -> None:
    """What the platform rejects ends as refused, with its reason, and the next goes out."""
    house.platform.answer = lambda to: Rejected("no such room") if to.key == "bad" else None
    await house.post("bad")
    await house.post("good", after=SECOND)
    await house.after(SECOND)
    await house.after(MINUTE)
    assert await house.ended("bad") == ("refused", "no such room")
    assert house.platform.tried == ["bad", "good"]
    assert await house.standing("bad") is None


async def test_what_keeps_failing_is_parked(house: House) -> None:
    """An exception is tried again with longer and longer waits, then kept for an operator."""
    house.truth["long"] = "x" * 10_000  # no card holds that
    await house.post("long")
    await house.post("next", after=SECOND)
    await house.post("elsewhere", to=HALL)
    await house.after(AT_ONCE)
    assert await house.ended("long") == ("due", "CardError")
    for _ in range(ORDINARY.tries - 2):
        await house.after(10 * MINUTE)
    assert house.platform.shown == ["elsewhere"]
    await house.after(10 * MINUTE)
    assert await house.ended("long") == ("parked", "CardError")
    assert house.platform.shown == ["elsewhere", "next"]
    await house.after(timedelta(days=60))
    await house.runner.tidy()
    assert await house.ended("long") == ("parked", "CardError")


async def test_a_platform_that_is_not_connected_is_waited_for(house: House) -> None:
    """For as long as it takes, and then everything goes out, in order."""
    del house.runner.senders["test"]
    await house.post("first")
    await house.post("second", after=SECOND)
    for _ in range(2 * ORDINARY.tries):
        await house.after(MINUTE)
    assert await house.ended("first") == ("due", "test is not connected")
    house.runner.senders["test"] = house.platform
    await house.after(MINUTE)
    assert house.platform.shown == ["first", "second"]


async def test_changes_are_shown_together(house: House) -> None:
    """Many refreshes before the runner runs make one edit, which shows what is true then."""
    await house.post("poll")
    await house.after(AT_ONCE)
    for votes in range(1, 6):
        await house.refresh("poll", f"{votes} votes")
    await house.after(AT_ONCE)
    assert house.platform.shown == ["poll", "5 votes"]
    assert [each.edits for each in house.platform.sent] == ["", "m1"]
    await house.refresh("poll", "6 votes")
    await house.after(AT_ONCE)
    assert house.platform.shown == ["poll", "5 votes", "6 votes"]


@pytest.mark.parametrize("already_stands", [True, False])
async def test_a_change_while_it_is_being_sent_is_shown(
    house: House, *, already_stands: bool
) -> None:
    """A card that changes while the platform takes its time ends up as it is, not as it was."""
    changes = ["2 votes"]

    async def votes(_outgoing: Outgoing) -> None:
        if changes:
            await house.refresh("poll", changes.pop())

    await house.post("poll")
    if already_stands:
        await house.after(AT_ONCE)
        await house.refresh("poll", "1 vote")
    house.platform.meanwhile = votes
    await house.after(AT_ONCE)
    assert house.platform.shown[-1] == "2 votes"
    assert not changes


async def test_a_change_before_it_is_sent_needs_no_edit(house: House) -> None:
    """A post that still waits is made from what is true when it goes out."""
    await house.post("poll", after=MINUTE)
    await house.refresh("poll", "1 vote")
    await house.after(MINUTE)
    assert house.platform.shown == ["1 vote"]


async def test_nothing_to_show_is_not_sent(house: House) -> None:
    """A card that has nothing to say any more is done without being sent."""
    house.truth["over"] = ""
    await house.post("over")
    await house.after(AT_ONCE)
    assert house.platform.tried == []
    assert await house.ended("over") == ("done", "nothing to show any more")


async def test_a_reply_hangs_under_its_post(house: House) -> None:
    """A post under another goes into the thread of where that one stands."""
    await house.post("question")
    await house.post("answer", after=SECOND, under="question")
    await house.after(SECOND)
    assert [each.to for each in house.platform.sent] == [ROOM, ROOM.in_thread("m1")]
    found = await house.store.read(lambda tx: outbox.at_thread(tx, ROOM.in_thread("m1")))
    assert found is not None
    assert found.key == "question"


async def test_each_reader_is_spoken_to_in_their_language(house: House) -> None:
    """A direct message has its reader's locale and zone, a room its network's."""
    maya, now = MemberRef("test", "w", "maya"), house.clock.now()
    person = await house.store.run(
        lambda tx: members.new_member(tx, house.network, maya, "Maya", locale="es", now=now)
    )
    zone = "America/Denver"
    await house.store.run(lambda tx: members.change_member(tx, person.id, zone=zone))
    await house.post("alone", to=maya)
    await house.post("all")
    await house.after(AT_ONCE)
    spoken = {each.key: (each.to, each.locale, each.zone) for each in house.platform.sent}
    assert spoken == {"alone": (maya, "es", zone), "all": (ROOM, "en", "UTC")}


async def test_a_workspace_of_another_network_gets_nothing(house: House) -> None:
    """A post stays within the network it belongs to."""
    await house.post("lost", to=Place("test", "somewhere", "else"))
    await house.after(AT_ONCE)
    assert house.platform.tried == []


async def test_every_platform_has_its_sender(house: House) -> None:
    """A post goes to the platform of its place, and to no other."""
    other = Platform("other")
    house.runner.senders["other"] = other
    await house.store.run(lambda tx: members.attach(tx, house.network.id, "other", "w"))
    await house.post("here")
    await house.post("there", to=Place("other", "w", "room"))
    await house.after(AT_ONCE)
    assert (house.platform.shown, other.shown) == (["here"], ["there"])


async def test_a_counter_that_rests_holds_up_no_post(house: House) -> None:
    """An edit that the platform told to wait is made when it may be; what is posted comes at once."""
    await house.post("poll")
    await house.after(AT_ONCE)
    house.platform.answer = lambda out: Retry("rests", 40 * SECOND) if out.edits else None
    await house.refresh("poll", "1 vote")
    await house.after(AT_ONCE)
    await house.post("question")
    await house.after(AT_ONCE)
    assert await house.standing("question") is not None
    house.platform.answer = lambda _out: None
    await house.after(40 * SECOND)
    assert house.platform.shown[-1] == "1 vote"


async def test_an_edit_that_overtakes_its_post_comes_after_it(house: House) -> None:
    """What changed while a post waits for another try is shown once it stands."""
    house.platform.answer = lambda _out: Retry("rests", 40 * SECOND)
    await house.post("poll")
    await house.after(AT_ONCE)
    await house.refresh("poll", "1 vote")
    await house.after(AT_ONCE)
    house.platform.answer = lambda _out: None
    await house.after(40 * SECOND)
    await house.after(SECOND)
    assert house.platform.shown[-1] == "1 vote"
    assert (await house.ended("edit/poll"))[0] == "done"


async def test_what_may_yet_stand_is_not_sent_again(house: House) -> None:
    """Where a platform shows a post late, it is looked for until that has passed, and stands once."""
    house.platform.settles = 20 * SECOND
    house.platform.loses_reply_to.add("slow")
    house.platform.shows_late = True
    await house.post("slow")
    await house.after(AT_ONCE)
    await house.after(5 * SECOND)
    await house.after(5 * SECOND)
    house.platform.shows_late = False
    await house.after(10 * SECOND)
    assert house.platform.tried == ["slow"]
    assert await house.standing("slow") is not None


async def test_what_certainly_does_not_stand_is_sent_again(house: House) -> None:
    """Once a platform would have shown it by now, what was lost is sent again."""
    house.platform.settles = 20 * SECOND
    house.platform.answer = lambda _out: Unknown("lost")
    await house.post("lost")
    await house.after(AT_ONCE)
    house.platform.answer = lambda _out: None
    await house.after(5 * SECOND)
    assert await house.standing("lost") is None
    await house.after(15 * SECOND)
    await house.after(SECOND)
    assert house.platform.tried == ["lost", "lost"]
    assert await house.standing("lost") is not None
