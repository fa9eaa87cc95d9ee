"""Live pages: what a stream tells, to whom, and how many streams there are."""

import html
import json
import re
from typing import Any

import pytest
from aiohttp import ClientResponse

from adapters.web import alike, following, hub, live
from adapters.web import store as rooms
from plnbot.first_start import LOBBY
from plnbot.store.database import Tx
from plnbot.talk.interactions import Press, Submit
from tests.scenarios.lobby import LobbyDriver

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DRAFT = {"questions": "Q1: Why?", "starts": "today 8 pm", "plan": "classic60"}


async def told(stream: ClientResponse, name: str) -> dict[str, Any]:
    """Return the next event of this name."""
    found = ""
    while True:
        line = (await stream.content.readline()).decode().strip()
        if line.startswith("event: "):
            found = line.removeprefix("event: ")
        elif line.startswith("data: ") and found == name:
            data: dict[str, Any] = json.loads(line.removeprefix("data: "))
            return data


async def test_a_page_is_followed_by_its_readers_alone(lobby: LobbyDriver) -> None:
    """Who may not read a page is not told either that, or when, something happens on it."""
    await lobby.handled("maya", Submit("chat.new", DRAFT))
    assert (await lobby.client.get("/as/priya/live?page=chat/1")).status == 404
    assert (await lobby.client.get("/as/priya/live?page=panel/1")).status == 404
    page = await lobby.markup("/as/maya/page/chat/1")
    address = re.search(r'data-stream="([^"]+)"', page)
    assert address is not None
    stream = await lobby.client.get(html.unescape(address[1]))
    await stream.content.readline()  # it listens from here on
    await lobby.handled("maya", Press("chat.publish", "1"))
    # Whether it looked at the page before that or after is chance; from here on it knows.
    shown = (await told(stream, "page"))["order"]
    await lobby.handled("maya", Press("chat.go_on", "1"))
    new = await told(stream, "page")
    assert set(shown) & set(new["order"]), "what is the same is not sent again"
    assert set(new["new"]) == set(new["order"]) - set(shown)
    stream.close()


async def test_a_page_that_changed_while_it_came_is_made_up_for(lobby: LobbyDriver) -> None:
    """Between a page and its stream something happens: the stream begins with it."""
    await lobby.handled("maya", Submit("chat.new", DRAFT))
    page = await lobby.markup("/as/maya/page/chat/1")
    address = re.search(r'data-stream="([^"]+)"', page)
    assert address is not None
    await lobby.handled("maya", Press("chat.publish", "1"))
    stream = await lobby.client.get(html.unescape(address[1]))
    new = await told(stream, "page")
    assert "Begins" in "".join(new["new"].values())
    stream.close()


async def test_one_stream_for_all_tabs(lobby: LobbyDriver) -> None:
    """What several tabs follow, of several people, comes on one connection, each told its own."""
    await lobby.handled("maya", Submit("chat.new", DRAFT))
    tabs = (
        "/as/maya/live?page=chat/1&seen=old",
        "/as/priya/live?room=chat-night&rev=0",
        "/as/priya/live?page=chat/1",  # a draft, and not hers
        "/as/luis/live?room=lounge&rev=0",
    )
    stream = await lobby.client.get("/live", params=[("at", each) for each in tabs])
    first = await told(stream, "told")
    assert (first["tab"], first["name"]) == (2, "gone")
    assert {(await told(stream, "told"))["name"]} == {"page"}
    await lobby.say("priya", "Hello from one of many tabs")
    heard = await told(stream, "told")
    assert (heard["tab"], heard["name"]) == (1, "message")
    assert "Hello from one of many tabs" in heard["data"]["html"]
    assert heard["mark"]["rev"] > 0
    stream.close()
    for wrong in ("", "/as/maya/room/lounge", "//elsewhere.example/live", "/as/maya/live?room=%00"):
        assert (await lobby.client.get("/live", params={"at": wrong})).status == 400
    many = [("at", tabs[3])] * (live.MOST_TABS + 1)
    assert (await lobby.client.get("/live", params=many)).status == 400


async def test_a_change_is_rendered_once(lobby: LobbyDriver) -> None:
    """Two who see the luise are told the luise, but for what is theirs; neither reads the other's marks."""
    await lobby.handled("maya", Submit("chat.new", DRAFT))
    await lobby.handled("maya", Press("chat.publish", "1"))
    streams = [
        await lobby.client.get(f"/as/{who}/live?page=chat/1&seen=") for who in ("priya", "luis")
    ]
    made = alike._block.cache_info().misses
    priya, luis = [await told(each, "page") for each in streams]
    assert priya["order"] == luis["order"]
    assert alike._block.cache_info().misses - made <= len(priya["order"])
    for one, other in ((priya, "luis"), (luis, "priya")):
        words = "".join(one["new"].values())
        assert f"/as/{other}/" not in words
        assert "csrf" in words
    assert re.findall(r'csrf" value="(\w+)"', str(priya)) != re.findall(
        r'csrf" value="(\w+)"', str(luis)
    )
    for each in streams:
        each.close()


async def test_a_change_of_language_shows_at_once(lobby: LobbyDriver) -> None:
    """Every open page of who reads otherwise from now on is told to come anew; nobody else's is."""
    streams = {
        (who, what): await lobby.client.get(f"/as/{who}/live?{what}")
        for who in ("priya", "luis")
        for what in ("room=chat-night", "page=help", "page=home")
    }
    for each in streams.values():
        await each.content.readline()  # it listens from here on
    await lobby.say("priya", "/pln language es")
    await lobby.say("luis", "/pln help")
    for (who, what), each in streams.items():
        if who == "priya":
            assert await told(each, "otherwise") == {}, what
    await lobby.say("luis", "/pln zone Bogota")
    assert await told(streams["luis", "page=help"], "otherwise") == {}
    for each in streams.values():
        each.close()


async def test_one_member_has_not_every_stream(lobby: LobbyDriver) -> None:
    """Far more streams than tabs are refused to one member, and hinder nobody else."""
    room = "/live?room=chat-night"
    open_ = [await lobby.client.get(f"/as/priya{room}") for _ in range(hub.MOST_STREAMS)]
    assert {each.status for each in open_} == {200}
    refused = await lobby.client.get(f"/as/priya{room}")
    assert (refused.status, refused.headers["Retry-After"]) == (429, "20")
    assert (await refused.text()).startswith("You have very many pages open here")
    other = await lobby.client.get(f"/as/luis{room}")
    assert other.status == 200
    for each in (*open_, other):
        each.close()


@pytest.mark.usefixtures("database_url")
async def test_all_members_have_not_every_stream() -> None:
    """There is an end to them in all, which is said; one that ends makes room for another."""
    found = hub.Hub(2)
    with found.stream_of(1):
        with found.stream_of(2), pytest.raises(hub.Full) as full, found.stream_of(3):
            pass
        assert full.value.status == 503
        with found.stream_of(3):
            pass


async def test_a_long_way_is_caught_up_in_parts(lobby: LobbyDriver) -> None:
    """From the beginning of a long log, everything is told in order, a part at a time."""
    many = following.AT_ONCE * 2 + 5

    def fill(tx: Tx) -> None:
        for number in range(many):
            words = f"message {number}"
            rooms.say(tx, LOBBY, "lounge", key=f"k{number}", now=lobby.now(), words=words)

    await lobby.store.run(fill)
    part = await lobby.store.read(lambda tx: rooms.since(tx, LOBBY, "lounge", 3, 2))
    assert [each.words for each in part] == ["message 3", "message 4"]
    stream = await lobby.client.get("/as/priya/live?room=lounge&rev=0")
    for number in range(many):
        assert f"message {number}<" in (await told(stream, "message"))["html"]
    stream.close()
