"""Posts that their place refused: which they are, and which of them are tried again."""

from datetime import timedelta

from plnbot.engine import outbox, refusals, work
from plnbot.engine.work import Item, WorkState
from plnbot.members import store as members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock

ROOM, OTHER = Place("slack", "T1", "C1"), Place("slack", "T1", "C2")
PERSON = MemberRef("slack", "T1", "U1")


async def ended(
    store: Store, clock: FrozenClock, state: WorkState, **posts: Place | MemberRef
) -> None:
    """Let posts end so, without standing anywhere."""
    now = clock.now()

    def end(tx: Tx) -> None:
        network = members.new_network(tx, "PLN", "en", "UTC", now).id
        for key, to in posts.items():
            if isinstance(to, MemberRef):
                outbox.write_to(tx, network, to, "shows", {"chat": 7}, key=key, at=now)
            else:
                outbox.Posting(tx, network, to, now).post("shows", {"chat": 7}, key=key)
        while items := work.lease(tx, now, now + timedelta(minutes=1), 9):
            work.finish_all(tx, items, state, now, "no")

    await store.run(end)


async def due(store: Store, clock: FrozenClock) -> list[Item]:
    """Return what is due."""
    until = clock.now() + timedelta(minutes=1)
    return list(await store.run(lambda tx: work.lease(tx, clock.now(), until, 9)))


async def test_what_rooms_refused_is_found_by_place(store: Store, clock: FrozenClock) -> None:
    """What went to rooms, in order; not what went to members, to other platforms, or arrived."""
    await ended(store, clock, WorkState.REFUSED, a=ROOM, b=OTHER, c=PERSON, d=ROOM.in_thread("1.1"))
    await ended(store, clock, WorkState.DONE, e=ROOM)
    found = await store.read(lambda tx: refusals.refusals(tx, "slack"))
    assert [(each.key, each.place, each.args["chat"]) for each in found] == [
        ("a", ROOM, 7),
        ("b", OTHER, 7),
        ("d", ROOM, 7),
    ]
    here = await store.read(lambda tx: refusals.refusals(tx, "slack", ROOM))
    assert [each.key for each in here] == ["a", "d"]
    assert await store.read(lambda tx: refusals.refusals(tx, "sla")) == ()


async def test_only_what_is_wanted_is_tried_again(store: Store, clock: FrozenClock) -> None:
    """It is due now, once however often it is asked for, and says that it was refused before."""
    await ended(store, clock, WorkState.REFUSED, a=ROOM, b=ROOM)
    clock.advance(timedelta(hours=1))
    for wanted, many in (({"b"}, 1), ({"b"}, 0), ({"never"}, 0)):
        again = await store.run(lambda tx, w=wanted: refusals.again(tx, w, clock.now(), asked=True))  # type: ignore[misc]
        assert again == many
    (item,) = await due(store, clock)
    assert (item.key, item.due_at, item.attempts) == ("b", clock.now(), 1)
    assert item.payload[refusals.AGAIN]
    assert item.payload[refusals.ASKED]


async def test_what_had_nothing_to_stand_under_is_tried_with_it(
    store: Store, clock: FrozenClock
) -> None:
    """A post that ended without standing anywhere is tried again; one that stands is left alone."""
    await ended(store, clock, WorkState.DONE, below=ROOM, stands=ROOM)
    post = outbox.Post("stands", 1, ROOM, "shows", {}, "1.1")
    await store.run(lambda tx: outbox.record(tx, [post], clock.now()))
    wanted = ("below", "stands")
    assert await store.run(lambda tx: refusals.again(tx, wanted, clock.now())) == 1
    assert [each.key for each in await due(store, clock)] == ["below"]


async def test_a_change_that_was_refused_is_made(store: Store, clock: FrozenClock) -> None:
    """Where a post stands and its change was refused, the change is found under the post's key."""
    post = outbox.Post("stands", 1, ROOM, "shows", {"chat": 7}, "1.1")
    now = clock.now()
    await store.run(lambda tx: outbox.record(tx, [post], now))
    await store.run(lambda tx: outbox.refresh(tx, "stands", now))
    items = await due(store, clock)
    await store.run(lambda tx: work.finish_all(tx, items, WorkState.REFUSED, now, "no"))
    (found,) = await store.read(lambda tx: refusals.refusals(tx, "slack", ROOM))
    assert (found.key, found.args) == ("stands", {"chat": 7})
    assert await store.run(lambda tx: refusals.again(tx, [found.key], now)) == 1
    assert [each.kind for each in await due(store, clock)] == [outbox.EDIT]
