"""The menu of pages: what is one's own, what is everybody's, and what one looks after."""

import re
from html import unescape

from adapters.web.spaces import WebSpaces
from adapters.web.store import PLATFORM
from plnbot.engine.ports.spaces import Opened, Together
from plnbot.first_start import LOBBY
from plnbot.refs import MemberRef
from tests.scenarios.lobby import LobbyDriver

_ENTRY = re.compile(r'<h2>([^<]+)</h2>|<a href="/as/[^/"]+/([^"]+)"')


async def menu(lobby: LobbyDriver, who: str) -> dict[str, list[str]]:
    """Return the parts of somebody's menu, with the addresses in each."""
    page = await lobby.markup(f"/as/{who}/page/home")
    navigation = page[page.index("<nav") : page.index("</nav>")]
    found: dict[str, list[str]] = {}
    for part, at in _ENTRY.findall(navigation):
        if part:
            found[unescape(part)] = []
        else:
            found[[*found][-1]].append(at.removeprefix("page/"))
    return found


async def test_a_teacher_finds_their_own_and_what_all_do(lobby: LobbyDriver) -> None:
    """What one looks after is no part of the menu of who looks after nothing."""
    found = await menu(lobby, "sam")
    assert [*found] == ["Rooms", "You", "Together"]
    assert found["You"][:2] == ["home", "messages"]
    assert {"goals", "credit", "reading.shelf"} <= set(found["You"])
    assert {"chats", "edcamps", "reading.catalogue"} <= set(found["Together"])


async def test_who_looks_after_something_finds_it(lobby: LobbyDriver) -> None:
    """A role brings its pages into the menu, and takes them out again with its end."""
    await lobby.say("sam", "/pln home")
    await lobby.say("maya", "/pln network role")
    await lobby.submit("maya", person="Sam Okafor", role="curator")
    found = await menu(lobby, "sam")
    assert [*found] == ["Rooms", "You", "Together", "You look after"]
    assert {"reading.feeds", "prompts.bank"} <= set(found["You look after"])
    assert "roles" not in found["You look after"]
    assert "roles" in (await menu(lobby, "maya"))["You look after"]


async def test_every_page_in_it_opens(lobby: LobbyDriver) -> None:
    """Nobody is led to a page that they may not open, or that asks for more than its name."""
    for who in ("maya", "sam"):
        for pages in (await menu(lobby, who)).values():
            for each in pages:
                if not each.startswith(("room/", "messages")):
                    await lobby.page(who, each)


async def test_it_is_read_in_one_s_language(lobby: LobbyDriver) -> None:
    """The parts too."""
    await lobby.say("sam", "/pln language Español")
    assert [*await menu(lobby, "sam")] == ["Salas", "Tú", "Entre todos"]


async def conversation(lobby: LobbyDriver, number: int) -> str:
    """Let a room stand for Sam and somebody else; return its name in addresses."""
    place = WebSpaces(lobby.store)
    sam = MemberRef(PLATFORM, LOBBY, "sam")
    wanted = Together(f"talk/{number}", LOBBY, (sam,), f"Peer {number} · Sam Okafor")
    made = await place.together(wanted)
    assert isinstance(made, Opened)
    return made.place.channel


async def test_conversations_stand_by_themselves(lobby: LobbyDriver) -> None:
    """Each is called by the other in it; where something was said last comes first, older ones are folded."""
    await lobby.say("sam", "/pln home")
    made = [await conversation(lobby, number) for number in range(7)]
    await lobby.say("sam", "Are you there?", room=made[6])
    page = await lobby.markup("/as/sam/page/home")
    part = page[page.index("<h2>Conversations") : page.index("<h2>You")]
    shown, _, folded = part.partition("<details")
    found = [re.findall(r"<span dir=\"auto\">([^<]+)</span>", each) for each in (shown, folded)]
    assert found == [["Peer 6", "Peer 0", "Peer 1", "Peer 2", "Peer 3"], ["Peer 4", "Peer 5"]]
    assert "<summary>2 more" in folded
    assert '<details class="older" open>' in await lobby.markup(f"/as/sam/room/{made[5]}")
