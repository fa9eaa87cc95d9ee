"""The wall and the phone: read without an account where the organiser says so, and told of every change."""

import html
import json
import re
from datetime import timedelta

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from plnbot.edcamps.store import boards
from plnbot.engine.ports.desk import PagesMade
from plnbot.first_start import Somebody
from plnbot.talk.pages import Missing
from tests.scenarios.lobby import LobbyDriver, words_of
from tests.scenarios.test_edcamp_day import NINE, laid, told

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Client = TestClient[web.Request, web.Application]


async def secret(lobby: LobbyDriver) -> str:
    """Return what stands in the address of the first board."""
    board = await lobby.store.read(lambda tx: boards.get(tx, 1))
    assert board is not None
    return board.secret


async def next_page(stream: ClientResponse) -> str:
    """Return what the next event of a stream shows anew."""
    while True:
        line = (await stream.content.readline()).decode().strip()
        if line.startswith("data: ") and '"page"' in line:
            return words_of(
                " ".join(json.loads(line.removeprefix("data: "))["data"]["new"].values())
            )


async def read_by_anybody(lobby: LobbyDriver, stranger: Client, page: str) -> str:
    """Return a public page as somebody without key and account gets it."""
    answer = await stranger.get(f"/open/{page}/{await secret(lobby)}")
    return await answer.text() if answer.status == 200 else f"{answer.status}"


@pytest.mark.rows(59)
async def test_the_wall_updated_as_we_voted(lobby: LobbyDriver) -> None:
    """Closed until an organiser opens it; then a stranger's stream tells of votes, never for what."""
    server = lobby.client.server
    assert isinstance(server, TestServer)
    async with TestClient(server) as stranger:
        phases = "Requests: no\nCards: now\nVotes: Tuesday 8 am\nGrid: Friday 8 pm"
        await laid(lobby, phases, priya="Calm starts", luis="Homework nobody copies")
        for page in ("edcamp_wall", "edcamp_board"):
            assert await read_by_anybody(lobby, stranger, page) == "404"
        await lobby.press_on_page("maya", "edcamp/1", "Let anybody read it")
        assert "Anybody may read it now" in await lobby.alone("maya")
        wall = await read_by_anybody(lobby, stranger, "edcamp_wall")
        assert "Calm starts" in words_of(wall)
        assert "Priya" not in wall, "nobody is named to strangers"
        assert "/page/edcamp_session" not in wall, "nor led to what is not theirs"
        address = re.search(r'data-stream="([^"]+)"', wall)
        assert address is not None
        stream = await stranger.get("/live", params={"at": html.unescape(address[1])})
        await stream.content.readline()
        await lobby.say("emma", "/pln edcamp card Seating plans")
        await lobby.submit("emma", words="Seating plans", invites="learn", leads="ask")
        assert "Seating plans Want to learn · looking for a host" in await next_page(stream)
        await lobby.pass_time(NINE - timedelta(days=3))
        assert "Votes until" in await next_page(stream)
        await lobby.press_on_page("emma", "edcamp/1", "Interested")
        voted = await next_page(stream)
        assert "have voted 1" in voted.lower()
        assert "Interested" not in voted
        await told(lobby, (1, 1, 1), (2, 1, 2))
        while "Library" not in await next_page(stream):
            pass
        phone = await read_by_anybody(lobby, stranger, "edcamp_board")
        assert "Homework nobody copies" in phone
        assert 'class="slot on"' in phone
        stream.close()
        await lobby.press_on_page("maya", "edcamp/1", "Only members read it")
        assert await read_by_anybody(lobby, stranger, "edcamp_board") == "404"


@pytest.mark.rows(59)
async def test_signed_in_it_is_one_s_own(lobby: LobbyDriver) -> None:
    """Who votes sees their page; the wall is there for members too, with names, and turns by itself."""
    await laid(lobby, priya="Calm starts")
    await told(lobby, (1, 1, 1))
    wall = await lobby.markup("/as/sam/page/edcamp_wall/1")
    assert 'class="wall"' in wall
    assert "Priya" in wall
    assert "wall.js" in wall


async def test_a_change_is_rendered_once_for_all(lobby: LobbyDriver) -> None:
    """However many members watch the wall, it is made once; who reads another language has theirs."""
    await laid(lobby, priya="Calm starts")
    made: PagesMade = {}
    desk = lobby.parts.desk
    for who in ("sam", "emma", "priya"):
        await lobby.markup(f"/as/{who}/page/edcamp_wall/1")
    shown = [
        await desk.page(Somebody(who, "").ref, "edcamp_wall", "1", made=made)
        for who in ("sam", "emma", "priya")
    ]
    assert not isinstance(shown[0], Missing)
    assert all(each is shown[0] for each in shown)
    await lobby.say("emma", "/pln language Español")
    theirs = await desk.page(Somebody("emma", "").ref, "edcamp_wall", "1", made=made)
    assert theirs is not shown[0]


async def test_many_who_watch_are_looked_at_together(lobby: LobbyDriver) -> None:
    """One look shows the wall to all who may see it; who is no member sees nothing beside them."""
    await laid(lobby, priya="Calm starts")
    await lobby.markup("/as/sam/page/edcamp_wall/1")
    desk, sam, priya = lobby.parts.desk, Somebody("sam", "").ref, Somebody("priya", "").ref
    stranger = Somebody("nobody-here", "").ref
    found = await desk.pages([sam, priya, stranger], "edcamp_wall", "1", {})
    assert not isinstance(found[sam], Missing)
    assert found[priya] is found[sam]
    assert isinstance(found[stranger], Missing)
    assert await desk.pages([sam], "edcamp", "1", {}) == {}, "each sees their own of it"
