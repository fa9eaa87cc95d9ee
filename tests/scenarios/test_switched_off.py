"""A capability that a network has switched off is nowhere in it, and comes back as it was."""

from datetime import timedelta

from plnbot.engine.ports import Network
from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.talk.interactions import Command, Interaction, Press, Said, What
from plnbot.talk.pages import Missing
from plnbot.testing import FrozenClock
from tests.adapters.script import ADDRESS, ANA, BO, EIGHT, NAMES, Script, played_by
from tests.scenarios.two_networks import PLATFORM, shown


async def planned(store: Store, clock: FrozenClock) -> Script:
    """Return a network in which a chat is planned for this evening."""
    script = Script(store, clock, PLATFORM, ADDRESS)
    await script.parts.desk.settle(PLATFORM, script.room.workspace, "Ridgeview Schools")
    for phase in ("begin", "before"):
        for play in played_by(phase):
            await play(script)
    return script


async def told(script: Script, user: str, what: What, key: str) -> str:
    """Return what somebody is told."""
    who = MemberRef(PLATFORM, script.room.workspace, script.ids[user])
    given = Interaction(key, who, script.room, what, "en", NAMES[user], leads=user == ANA)
    return shown(await script.parts.desk.handle(given))


async def where_bo_is(script: Script) -> Network:
    """Return Bo's network as it is now."""
    bo = MemberRef(PLATFORM, script.room.workspace, script.ids[BO])
    person = await script.parts.desk.person(bo)
    assert person is not None
    return person.network


async def in_menu(script: Script) -> list[str]:
    """Return which pages Bo finds in the menu."""
    found = await script.parts.desk.reader(
        MemberRef(PLATFORM, script.room.workspace, script.ids[BO])
    )
    assert found is not None
    return [page for _part, pages in found[1] for page, _title in pages]


def of_chats(script: Script) -> int:
    """Return how many posts of chats have been sent."""
    return sum(each.key.startswith("chat/") for each in script.sender.sent)


async def test_it_is_nowhere_and_comes_back(store: Store, clock: FrozenClock) -> None:
    """Commands, help, buttons, pages, words and due posts: a plain sentence, or silence."""
    script = await planned(store, clock)
    desk, bo = script.parts.desk, MemberRef(PLATFORM, script.room.workspace, script.ids[BO])
    assert "/pln chat list" in await told(script, BO, Command("help"), "h1")
    off = await told(script, ANA, Press("members.switch_off", "chats"), "off")
    assert "Switch on" in off, "the way back is at hand"
    assert "/pln chat list" not in await told(script, BO, Command("help"), "h2")
    network = await where_bo_is(script)
    assert "chats" not in await in_menu(script)
    assert desk.hint(network) is None
    asked: tuple[What, ...] = (
        Command("chat list"), Command("where"), Press("chat.where", "1"), Press("chat.hide", "1"),
    )  # fmt: skip
    for number, what in enumerate(asked):
        assert "switched off in this network" in await told(script, BO, what, f"o{number}")
    assert isinstance(await desk.page(bo, "chat", "1"), Missing)
    assert "PLNchat" not in await told(script, BO, Command("home"), "home1")
    before = of_chats(script)
    await script.until(EIGHT + timedelta(minutes=11))
    assert of_chats(script) == before, "nothing is posted of it"
    await told(script, BO, Said("A1 Into the void", "void"), "void")
    await told(script, ANA, Press("members.switch_on", "chats"), "on")
    assert "/pln chat list" in await told(script, BO, Command("help"), "h3")
    network = await where_bo_is(script)
    assert "chats" in await in_menu(script)
    assert desk.hint(network) is not None
    page = shown(await desk.page(bo, "chat", "1"))
    assert "What worked this week" in page
    assert "Into the void" not in page
    await script.until(EIGHT + timedelta(minutes=40))
    assert of_chats(script) > before, "it goes on from where it is"


async def test_only_its_administrators_switch_and_only_their_own_network(
    store: Store, clock: FrozenClock
) -> None:
    """Others are refused, and what is none of ours cannot be switched."""
    script = await planned(store, clock)
    assert "another role" in await told(script, BO, Press("members.switch_off", "chats"), "b1")
    assert "nothing of that name" in await told(
        script, ANA, Press("members.switch_off", "members"), "a1"
    )
    assert "nothing of that name" in await told(script, ANA, Press("members.switch_off", "x"), "a2")
    await told(script, ANA, Press("members.switch_off", "chats"), "a3")
    other = script.ids["other"]
    await script.parts.desk.settle(PLATFORM, other, "Lakeside", joins=False)
    there = MemberRef(PLATFORM, other, "U0ELSE")
    given = Interaction("e1", there, script.room, Command("chat list"), "en", "Else", leads=True)
    assert "switched off" not in shown(await script.parts.desk.handle(given))
