"""The channel that a room of a board is: named by a command typed in it, and taken back."""

from datetime import timedelta

import pytest

from plnbot.edcamps.model import Room
from plnbot.edcamps.store import boards
from plnbot.engine import outbox
from plnbot.engine.roles import Grant, Role, grant
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Command, OpenForm, Submit
from plnbot.testing import FrozenClock
from tests.chats.workspace import ROOM, TEAM, Seeded, seeded
from tests.edcamps.days import placed
from tests.edcamps.test_board import BOARD, card, said

DEN = Place("slack", TEAM, "C0DEN")
ROOMS = "Library\nDen, voice\nIdeas, 20, channel"


async def laid(store: Store, clock: FrozenClock, rooms: str = ROOMS) -> Seeded:
    """Return a workspace with a board of these rooms, and a card on it."""
    found = await seeded(store, clock)
    laid = Submit("edcamp.new", {**BOARD, "rooms": rooms})
    assert "is laid" in said(await found.do("U0MAYA", laid))
    await found.do("U0PRIYA", card("Calm starts", leads="lead"))
    return found


async def named(of: Seeded, room: str, who: str = "U0MAYA", where: Place = DEN) -> str:
    """Choose which room a channel is, and return what is answered."""
    return said(await of.do(who, Submit("edcamp.room", {"which": room}), where=where))


async def places(of: Seeded) -> list[Place | None]:
    """Return in which channels the rooms are."""

    def look(tx: Tx) -> list[Room]:
        board = boards.get(tx, 1)
        assert board is not None
        return list(boards.rooms_of(tx, board))

    return [each.place for each in await of.store.read(look)]


async def test_a_channel_is_a_room(store: Store, clock: FrozenClock) -> None:
    """Of channels and voice rooms it can be one of a board; its session's card comes there."""
    here = await laid(store, clock)
    asked = await here.do("U0MAYA", Command("edcamp room"), where=DEN)
    assert isinstance(asked, OpenForm)
    (which,) = asked.form.inputs
    assert [each.label.bare() for each in which.options] == [  # type: ignore[union-attr] # it is a choice
        "Den: Spring EdCamp",
        "Ideas: Spring EdCamp",
    ]
    assert "Sessions in Ideas of “Spring EdCamp” are held in" in await named(here, "3")
    assert await places(here) == [None, None, DEN]
    await named(here, "2")
    assert await places(here) == [None, DEN, None]
    assert DEN in await store.read(lambda tx: boards.rooms_in_use(tx, "slack"))
    board = await store.read(lambda tx: boards.get(tx, 1))
    assert board is not None
    clock.at = board.starts_at - timedelta(hours=12)
    await store.run(lambda tx: placed(tx, 1, [(1, 1, 2)], clock.now()))
    for minutes in (-10, 0, 1):
        clock.at = board.starts_at + timedelta(minutes=minutes)
        await here.parts.runner.run_all_due()
    post = await store.read(lambda tx: outbox.by_key(tx, "edcamp/1/session/1/edcamps.session/own"))
    assert post is not None
    assert post.to == DEN


async def test_it_is_taken_back(store: Store, clock: FrozenClock) -> None:
    """None of them is chosen, and what the board has otherwise stays."""
    here = await laid(store, clock)
    await named(here, "2")
    assert "Sessions in Den get a thread" in await named(here, "0")
    assert await places(here) == [None, None, None]


@pytest.mark.parametrize(
    ("who", "where", "rooms", "why"),
    [
        ("U0MAYA", Place("slack", TEAM, ""), ROOMS, "Type this in the channel"),
        ("U0MAYA", Place("slack", TEAM, ROOM), ROOMS, "This is the board’s own room"),
        ("U0MAYA", DEN, "Library\nGym", "such as Den, voice"),
        ("U0SAM", DEN, ROOMS, "organisers of this board"),
    ],
)
async def test_what_cannot_be(
    store: Store, clock: FrozenClock, who: str, where: Place, rooms: str, why: str
) -> None:
    """Each has its sentence."""
    here = await laid(store, clock, rooms)
    assert why in said(await here.do(who, Command("edcamp room"), where=where))


async def test_organisers_of_one_board_can(store: Store, clock: FrozenClock) -> None:
    """Who looks after this board alone names its rooms, and who looks after none cannot."""
    here = await laid(store, clock)
    assert "No board that you look after" in await named(here, "2", who="U0SAM")
    sam = await here.parts.desk.person(MemberRef("slack", TEAM, "U0SAM"))
    assert sam is not None
    given = Grant(Role.ORGANISER, "edcamp:1")
    now = clock.now()
    await store.run(lambda tx: grant(tx, sam.network.id, sam.id, given, by=None, now=now))
    assert "are held in" in await named(here, "2", who="U0SAM")
    assert await places(here) == [None, DEN, None]
