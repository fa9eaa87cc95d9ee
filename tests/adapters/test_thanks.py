"""Members of the lobby thank one another for their words."""

import re

import pytest

from adapters.web.personal import PERSONAL
from plnbot.engine.personal import Erasure, Whose
from plnbot.refs import MemberRef
from tests.scenarios.lobby import ROOM, LobbyDriver, Reading

ROOM_OF = "/as/{who}/room/" + ROOM


async def thank(lobby: LobbyDriver, who: str) -> int:
    """Press the newest heart that a member sees; return the status."""
    page = await (await lobby.client.get(ROOM_OF.format(who=who))).text()
    sheet = [each for each in Reading(page).sheets if "/thank/" in each.action][-1]
    answer = await lobby.client.post(sheet.action, data=dict(sheet.fields))
    return answer.status


async def room(lobby: LobbyDriver, who: str) -> str:
    """Return the room as a member sees it."""
    return await (await lobby.client.get(ROOM_OF.format(who=who))).text()


async def test_thanks_are_counted_shown_and_taken_back(lobby: LobbyDriver) -> None:
    """Whoever looks sees how many and who; the author sees it too, and has no heart to press."""
    await lobby.say("priya", "We film our exit tickets")
    assert "/thank/" not in await room(lobby, "priya")
    assert await thank(lobby, "luis") == 200
    assert await thank(lobby, "sam") == 200
    own = await room(lobby, "priya")
    assert "♥ 2" in own
    assert re.search(r'title="Thanks from Luis[^,"]*, Sam', own)
    await thank(lobby, "luis")
    seen = await room(lobby, "maya")
    assert "♥ 1" in seen
    assert "Luis" not in seen.partition("Thanks from")[2].partition('"')[0]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nobody_thanks_themselves_the_bot_or_what_is_gone(lobby: LobbyDriver) -> None:
    """A form made by hand finds nothing there."""
    await lobby.say("priya", "first")
    page = await room(lobby, "luis")
    sheet = next(each for each in Reading(page).sheets if "/thank/" in each.action)
    number = sheet.action.rpartition("/")[2]
    for who, message in (("priya", number), ("luis", "99999"), ("luis", "0")):
        fields = dict(next(iter(Reading(await room(lobby, who)).sheets)).fields)
        action = f"{ROOM_OF.format(who=who)}/thank/{message}"
        answer = await lobby.client.post(action, data={**fields, "key": f"own{who}{message}"})
        assert answer.status == 404, (who, message)
    await lobby.delete("priya", "first")
    assert (await lobby.client.post(sheet.action, data=dict(sheet.fields))).status == 404
    assert "♥" not in await room(lobby, "luis")


async def test_thanks_are_handed_over_and_go_with_their_member(lobby: LobbyDriver) -> None:
    """An export has them; an erasure takes them away, and the message stands."""
    await lobby.say("priya", "We film our exit tickets")
    await thank(lobby, "luis")
    accounts = (MemberRef("web", "lobby", "luis"),)
    whose = Whose(1, 1, lobby.now(), accounts, "Former member 1")
    (holding,) = (each for each in PERSONAL.holdings if each.name == "lobby_thanks")
    (kept,) = await lobby.store.run(lambda tx: list(holding.export(tx, whose)))
    assert "Priya" in str(kept)
    await lobby.store.run(lambda tx: holding.erase(tx, Erasure(whose, lobby.now())))
    assert not await lobby.store.run(lambda tx: list(holding.export(tx, whose)))
    assert "We film our exit tickets" in await room(lobby, "maya")
    assert "Thanks from" not in await room(lobby, "maya")
