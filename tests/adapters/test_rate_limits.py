"""A browser that sends too much at once: what was typed is given back, and nobody is locked out."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from random import Random

import pytest
from aiohttp.test_utils import TestClient, TestServer
from multidict import CIMultiDict

from adapters.web.app import WebOptions
from plnbot.app import assembled
from plnbot.engine import rate_limits
from plnbot.engine.rate_limits import MOST_A_MINUTE
from plnbot.first_start import LOBBY, Beginnings, first_network
from plnbot.members.actions import SignInLinks
from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.adapters.test_web import ROOM, Client, sheet
from tests.scenarios.lobby import LOBBY_KEY, LobbyDriver, Reading, at_home

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def hurried(lobby: LobbyDriver) -> LobbyDriver:
    """Return a lobby in which Priya has just sent as much as one may."""
    fields = await sheet(lobby.client, ROOM, "/say")
    for number in range(MOST_A_MINUTE):
        said = {**fields, "key": f"flood{number}", "words": f"line {number}"}
        response = await lobby.client.post(f"{ROOM}/say", data=said, headers={"X-Live": "1"})
        assert (await response.json())["kind"] != "held", number
    return lobby


async def test_words_come_back_and_stand_nowhere(hurried: LobbyDriver) -> None:
    """Live, the page keeps what was typed; without scripts it stands in a form to send again."""
    fields = {**await sheet(hurried.client, ROOM, "/say"), "words": "A1 my <b>thought</b>\nin two"}
    live = await hurried.client.post(f"{ROOM}/say", data=fields, headers={"X-Live": "1"})
    told = await live.json()
    assert told["kind"] == "held"
    assert "That was quick: wait 60 seconds" in told["html"]
    plainly = await hurried.client.post(f"{ROOM}/say", data={**fields, "key": "other"})
    assert plainly.status == 429
    again = next(s for s in Reading(await plainly.text()).sheets if s.action == f"{ROOM}/say")
    assert dict(again.fields)["words"] == "A1 my <b>thought</b>\nin two"
    assert "my thought" not in await hurried.see("luis")
    hurried.clock.advance(timedelta(seconds=60))
    sent = await hurried.client.post(again.action, data=dict(again.fields))
    assert sent.status == 200
    assert "A1 my <b>thought</b>" in await hurried.see("luis")


async def test_a_command_comes_back_as_well(hurried: LobbyDriver) -> None:
    """A command typed into the room is kept as words are."""
    fields = {**await sheet(hurried.client, ROOM, "/say"), "words": "/pln who Luis"}
    live = await hurried.client.post(f"{ROOM}/say", data=fields, headers={"X-Live": "1"})
    assert (await live.json())["kind"] == "held"


async def test_words_that_stand_are_changed_later_and_deleted_now(hurried: LobbyDriver) -> None:
    """A change is held like new words, and leaves the old ones; taking back is always let through."""
    number = re.findall(r'id="m(\d+)"', await hurried.markup(ROOM))[-1]
    path = f"{ROOM}/edit/{number}"
    fields = await sheet(hurried.client, ROOM, path)
    changed = {**fields, "words": "quite other words"}
    held = await hurried.client.post(path, data=changed, headers={"X-Live": "1"})
    assert (await held.json())["kind"] == "held"
    assert "line 59" in await hurried.see("luis")
    gone = {**fields, "key": "gone", "delete": "1"}
    assert (await hurried.client.post(path, data=gone)).status == 200
    assert "line 59" not in await hurried.see("luis")


async def test_other_words_under_an_old_key_are_other_words(hurried: LobbyDriver) -> None:
    """A change that repeats the key of words that passed is held like any other, and changes nothing."""
    number = re.findall(r'id="m(\d+)"', await hurried.markup(ROOM))[-1]
    path = f"{ROOM}/edit/{number}"
    fields = {**await sheet(hurried.client, ROOM, path), "key": "flood1"}
    for words in ("first", "second", "third", "fourth", "fifth"):
        changed = {**fields, "words": words}
        held = await hurried.client.post(path, data=changed, headers={"X-Live": "1"})
        assert (await held.json())["kind"] == "held", words
    assert "line 59" in await hurried.see("luis")


async def test_the_same_change_again_and_again(lobby: LobbyDriver) -> None:
    """One change sent again a few times is one; sent without end it is a flood."""
    fields = await sheet(lobby.client, ROOM, "/say")
    await lobby.client.post(f"{ROOM}/say", data={**fields, "key": "a", "words": "one line"})
    number = re.findall(r'id="m(\d+)"', await lobby.markup(ROOM))[-1]
    path = f"{ROOM}/edit/{number}"
    changed = {**await sheet(lobby.client, ROOM, path), "key": "b", "words": "another line"}
    kinds = []
    for _ in range(2 * MOST_A_MINUTE):
        answer = await lobby.client.post(path, data=changed, headers={"X-Live": "1"})
        kinds.append((await answer.json())["kind"])
    assert kinds[:3] == ["nothing"] * 3
    assert kinds[-1] == "held"


async def test_presses_are_limited_too(lobby: LobbyDriver) -> None:
    """A browser that presses without end is told so, whatever key it sends."""
    sheets = Reading(await lobby.markup("/as/priya/page/home")).sheets
    begin = next(each for each in sheets if each.label == "Begin")
    for keys in ("k{}", "same"):
        kinds = []
        for number in range(rate_limits.MOST_PRESSES + 10):
            fields = {**dict(begin.fields), "key": keys.format(number)}
            answer = await lobby.client.post(begin.action, data=fields, headers={"X-Live": "1"})
            kinds.append((await answer.json()).get("html", ""))
        assert "That was quick" in kinds[-1], keys
        lobby.clock.advance(timedelta(seconds=60))


async def test_others_and_buttons_are_not_held(hurried: LobbyDriver) -> None:
    """Only who sent so much waits, and a button of theirs works."""
    await hurried.say("luis", "hello there")
    assert "hello there" in await hurried.see("priya")
    await hurried.press_on_page("priya", "home", "Begin")
    assert "What do you teach?" in await hurried.alone("priya")


@pytest.fixture
async def few(store: Store, clock: FrozenClock) -> AsyncIterator[Client]:
    """Yield pages whose members come from outside, two a minute from one address."""
    wanted = Beginnings("Our learning network", "en", "America/New_York")
    await store.run(lambda tx: first_network(tx, wanted, clock.now()))
    options = WebOptions(b"0" * 32, public_url="https://pln.example.org", arrivals=2)
    parts = assembled(store, clock, options, lambda _platform: "", Random(1))
    async with TestClient(TestServer(parts.site)) as client:
        yield client


async def test_a_link_held_back_still_works(few: Client, store: Store, clock: FrozenClock) -> None:
    """Too many from one address wait, each with a button that uses their link as if first pressed."""
    links = SignInLinks(lambda _platform: "http://127.0.0.1")
    who = MemberRef("web", LOBBY, "priya")
    made = await store.run(lambda tx: links.link(tx, who, "/page/home", clock.now()))
    link = made.removeprefix("http://127.0.0.1")
    # However a proxy says it: in one line or two, with its port.
    school = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9:4711"}
    same = CIMultiDict([("X-Forwarded-For", "198.51.100.8"), ("X-Forwarded-For", "203.0.113.9")])
    fields = await sheet(few, link, link)
    for each in (school, same):
        assert (await few.post("/signin/old", data=fields, headers=each)).status == 410
    held = await few.post(link, data=fields, headers=school)
    assert held.status == 429
    assert held.headers["Retry-After"] == "60"
    page = await held.text()
    assert "Wait 60 seconds" in page
    again = next(each for each in Reading(page).sheets if each.action == link)
    elsewhere = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    assert (await few.post("/signin/old", data=fields, headers=elsewhere)).status == 410
    clock.advance(timedelta(seconds=60))
    opened = await few.post(
        again.action, data=dict(again.fields), headers=school, allow_redirects=False
    )
    assert opened.status == 303


async def test_somebody_new_keeps_their_name(store: Store, clock: FrozenClock) -> None:
    """In the lobby a flood of guests is held, and who waits need not type their name again."""
    wanted = Beginnings("Our learning network", "en", "America/New_York")
    await store.run(lambda tx: first_network(tx, wanted, clock.now()))
    options = WebOptions(b"0" * 32, LOBBY_KEY, arrivals=2)
    parts = assembled(store, clock, options, lambda _platform: "", Random(1))
    async with at_home(parts.site) as client:
        fields = {**await sheet(client, "/", "/someone"), "name": "Zoë <3", "zone": "Europe/Madrid"}
        for _ in range(2):
            assert (await client.post("/someone", data=fields)).status == 200
        held = await client.post("/someone", data=fields)
        assert held.status == 429
        again = next(s for s in Reading(await held.text()).sheets if s.action == "/someone")
        assert dict(again.fields)["name"] == "Zoë <3"
        clock.advance(timedelta(seconds=60))
        came = await client.post("/someone", data=dict(again.fields))
        assert "Zoë &lt;3" in await came.text()
