"""What capabilities are told of members who leave, are back, are merged or erased."""

from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest

from plnbot import capabilities
from plnbot.engine import people
from plnbot.engine.people import PeopleHooks
from plnbot.engine.personal import Whose
from plnbot.engine.ports import Person
from plnbot.engine.posts import NothingToDo
from plnbot.first_start import LOBBY
from plnbot.members import store as members
from plnbot.members.actions import erasing
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command, Interaction, Left, Submit
from tests.scenarios.lobby import LobbyDriver

NOTHING = NothingToDo("this is a test")


class Heard:
    """A capability that keeps what it is told, with what was still there at that moment."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int, str]] = []
        self.hooks = PeopleHooks(
            left=self._left, back=self._back, merged=self._merged, erased=self._erased
        )

    def _left(self, _tx: Tx, person: Person, _now: datetime) -> None:
        self.told.append(("left", person.id, person.name))

    def _back(self, _tx: Tx, person: Person, _now: datetime) -> None:
        self.told.append(("back", person.id, person.name))

    def _merged(self, _tx: Tx, goes: Whose, stays: Person, _now: datetime) -> None:
        self.told.append(("merged", goes.id, stays.name))

    def _erased(self, tx: Tx, whose: Whose, _now: datetime) -> None:
        there = members.by_id(tx, whose.id, "")
        self.told.append(("erased", whose.id, there.name if there else ""))


@pytest.fixture
def heard(lobby: LobbyDriver) -> Heard:
    """Return a capability that is told of everybody in the lobby."""
    made = Heard()
    lobby.parts.desk.routes.people.append(made.hooks)
    return made


async def number_of(lobby: LobbyDriver, name: str) -> int:
    """Return the number of the one who is called so."""
    (found,) = await lobby.store.read(lambda tx: members.called_like(tx, 1, name, 2))
    return found.id


async def test_who_leaves_and_is_back(lobby: LobbyDriver, heard: Heard) -> None:
    """Once each: nobody leaves twice, and who was never gone is not back."""
    priya = await number_of(lobby, "Priya")
    await lobby.handled("priya", Command("help"))
    assert heard.told == []
    ref, outside = MemberRef("web", LOBBY, "priya"), Place("web", LOBBY, "")
    for key in ("once", "twice"):
        await lobby.parts.desk.handle(Interaction(key, ref, outside, Left()))
    for _twice in range(2):
        await lobby.handled("priya", Command("help"))
    assert heard.told == [("left", priya, "Priya Nair"), ("back", priya, "Priya Nair")]


async def test_who_is_erased(lobby: LobbyDriver, heard: Heard) -> None:
    """The hook runs while they are still to be found, and once more for what was going on."""
    priya = await number_of(lobby, "Priya")
    await lobby.handled("priya", Command("help"))
    await lobby.handled("priya", Submit("members.forget", {"answers": "gone"}))
    assert heard.told == [("erased", priya, "Priya Nair")]
    await lobby.pass_time(timedelta(minutes=2))
    assert heard.told[1:] == [("erased", priya, "")]


async def test_who_is_merged(lobby: LobbyDriver, heard: Heard) -> None:
    """What is one's is to be the other's: the capability hears of both."""
    priya, luis = await number_of(lobby, "Priya"), await number_of(lobby, "Luis")

    def merge(tx: Tx) -> None:
        goes, stays = members.whose(tx, priya), members.by_id(tx, luis, "")
        assert goes is not None
        assert stays is not None
        people.merged(lobby.parts.desk.routes.people, tx, goes, stays, lobby.now())

    await lobby.store.run(merge)
    assert heard.told == [("merged", priya, "Luis Herrera")]


async def test_a_hook_that_fails_takes_all_back(lobby: LobbyDriver) -> None:
    """It is one transaction: nobody is half erased."""

    def fails(_tx: Tx, _whose: Whose, _now: datetime) -> None:
        raise RuntimeError("the capability has a bug")

    lobby.parts.desk.routes.people.append(
        PeopleHooks(left=NOTHING, back=NOTHING, merged=NOTHING, erased=fails)
    )
    priya = await number_of(lobby, "Priya")

    def erase(tx: Tx) -> None:
        erasing.erase(tx, lobby.parts.desk.routes, priya, lobby.now(), kept=(), by=None)

    with pytest.raises(RuntimeError, match="bug"):
        await lobby.store.run(erase)
    assert await number_of(lobby, "Priya") == priya
    assert await lobby.store.read(erasing.erasures) == ()


@pytest.mark.parametrize("name", [each.name for each in fields(PeopleHooks)])
def test_no_hook_can_be_left_out(name: str) -> None:
    """Each is said, and so is that nothing is to be done, with the reason."""
    whole = {each.name: NOTHING for each in fields(PeopleHooks)}
    del whole[name]
    with pytest.raises(TypeError, match=name):
        PeopleHooks(**whole)


def test_what_a_capability_declares_is_told(lobby: LobbyDriver) -> None:
    """The declared hooks are those that the bot calls."""
    mine = Heard().hooks
    first, *others = capabilities.every()
    made = capabilities.catalogue((replace(first, people=mine), *others))
    assert mine in made.people
