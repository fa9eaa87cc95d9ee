"""The web side at its edge: what it sends along, what it refuses, and what it tells live."""

import json
import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from adapters.web import store as rooms
from adapters.web.lobby_key import cookie_of
from adapters.web.store import Room
from plnbot.first_start import LOBBY
from plnbot.members import actions as members
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command, Reply
from plnbot.talk.plain import card_as_text
from tests.scenarios.lobby import LOBBY_KEY, LobbyDriver, Reading

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Client = TestClient[web.Request, web.Application]
ROOM = "/as/priya/room/chat-night"


async def sheet(client: Client, path: str, ending: str) -> dict[str, str]:
    """Return what a form of a page carries."""
    page = await (await client.get(path)).text()
    return dict(next(s.fields for s in Reading(page).sheets if s.action.endswith(ending)))


@pytest.mark.parametrize("path", ["/", ROOM, "/nothing", "/as/nobody", "/static/app.js"])
async def test_every_answer_is_headed(lobby: LobbyDriver, path: str) -> None:
    """Every answer forbids foreign scripts, frames and sniffing, errors too."""
    response = await lobby.client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"


async def test_no_script_or_style_stands_in_a_page(lobby: LobbyDriver) -> None:
    """Pages hold no inline script, style or handler, so the strict policy breaks nothing."""
    for path in ("/", ROOM, "/as/maya/page/home", "/as/maya/page/help"):
        page = await (await lobby.client.get(path)).text()
        assert not re.search(r"<script(?! src)|<style|\sstyle=|\son\w+=", page), path


async def test_beside_the_words_stands_what_one_may(lobby: LobbyDriver) -> None:
    """What capabilities declare for a room, in the reader's language, and nothing that is refused."""
    may_plan = re.compile(r'value="chat new"><button class="chip">Plan a chat<')
    teacher, moderator = [
        await (await lobby.client.get(f"/as/{who}/room/chat-night")).text()
        for who in ("priya", "maya")
    ]
    for page in (teacher, moderator):
        assert 'value="where"><button class="chip">Where are we?<' in page
        assert 'value="help"><button class="chip">What can I do?<' in page
        assert 'placeholder="Write, or answer with A1 …"' in page
        assert re.search(r'/page/chats">Chats</a>.*/page/help">Help</a>', page, re.DOTALL)
    assert may_plan.search(moderator)
    assert not may_plan.search(teacher)


async def test_another_hosts_name_is_refused(lobby: LobbyDriver) -> None:
    """A name that is not ours, pointed at this address, gets nothing."""
    response = await lobby.client.get("/", headers={"Host": "evil.example"})
    assert response.status == 421


async def test_another_sites_form_is_refused(lobby: LobbyDriver) -> None:
    """A form from elsewhere is refused by its origin, and one without our token in any case."""
    fields = await sheet(lobby.client, ROOM, "/say")
    foreign = {"Origin": "https://evil.example"}
    said = {**fields, "words": "from afar"}
    there = f"{ROOM}/say"
    assert (await lobby.client.post(there, data=said, headers=foreign)).status == 403
    assert (await lobby.client.post(there, data={**said, "csrf": "x"})).status == 403
    other = await sheet(lobby.client, "/as/luis/room/chat-night", "/say")
    assert (await lobby.client.post(there, data={**said, "csrf": other["csrf"]})).status == 403
    assert "from afar" not in await lobby.see("luis")


async def test_the_same_submission_counts_once(lobby: LobbyDriver) -> None:
    """A browser that sends the same submission again, having lost the answer, says it once."""
    fields = {**await sheet(lobby.client, ROOM, "/say"), "words": "only once"}
    for _ in range(3):
        assert (await lobby.client.post(f"{ROOM}/say", data=fields)).status == 200
    assert (await lobby.see("luis")).count("only once") == 1


async def test_what_no_page_sends_is_refused(lobby: LobbyDriver) -> None:
    """Made-up kinds, rooms, threads and messages are refused without a trace."""
    fields = await sheet(lobby.client, ROOM, "/as/priya/do")
    for change in ({"kind": "shout"}, {"room": "@maya"}, {"room": "nowhere"}):
        response = await lobby.client.post("/as/priya/do", data={**fields, **change})
        assert response.status == 400, change
    assert (await lobby.client.get("/as/priya/room/@maya")).status == 404
    assert (await lobby.client.get("/as/priya/live?room=@maya")).status == 404
    assert (await lobby.client.get("/as/priya/file/chat.md/99")).status == 404
    assert (await lobby.client.get("/as/priya/page/audit")).status == 404


async def test_only_ones_own_words_are_edited(lobby: LobbyDriver) -> None:
    """A message is changed and deleted by its author alone, and the archive follows."""
    await lobby.say("priya", "my words")
    number = re.search(r'id="m(\d+)"', await lobby.markup(ROOM))
    assert number is not None
    edit = f"edit/{number[1]}"
    theirs = await sheet(lobby.client, "/as/luis/room/chat-night", "/say")
    refused = await lobby.client.post(
        f"/as/luis/room/chat-night/{edit}", data={**theirs, "words": "not mine"}
    )
    assert refused.status == 404
    mine = await sheet(lobby.client, ROOM, edit)
    await lobby.client.post(f"{ROOM}/{edit}", data={**mine, "words": "my other words"})
    assert "my other words" in await lobby.see("luis")
    await lobby.client.post(f"{ROOM}/{edit}", data={**mine, "key": "again", "delete": "1"})
    assert "other words" not in await lobby.see("luis")


async def test_a_lost_connection_is_caught_up(lobby: LobbyDriver) -> None:
    """Who comes back with the last revision they saw is told everything since, in order."""
    await lobby.say("luis", "first")
    seen = re.search(r"rev=(\d+)", await lobby.markup(ROOM))
    assert seen is not None
    await lobby.say("luis", "second")
    await lobby.say("emma", "third")
    stream = await lobby.client.get(
        "/as/priya/live?room=chat-night&rev=0", headers={"Last-Event-ID": seen[1]}
    )
    told: list[str] = []
    while len(told) < 2:
        line = (await stream.content.readline()).decode()
        if line.startswith("data: "):
            told.append(json.loads(line.removeprefix("data: "))["html"])
    stream.close()
    assert "second" in told[0]
    assert "third" in told[1]


async def test_a_link_from_a_chat_works_once(lobby: LobbyDriver) -> None:
    """A personal link opens a session once; used again, or too late, it opens no other."""
    who = MemberRef("web", LOBBY, "priya")
    links = members.SignInLinks(lambda _platform: "http://127.0.0.1")
    made = [
        await lobby.store.run(lambda tx: links.link(tx, who, "/page/home", lobby.now()))
        for _ in range(2)
    ]
    first, late = (url.removeprefix("http://127.0.0.1") for url in made)
    fields = await sheet(lobby.client, first, first)
    opened = await lobby.client.post(first, data=fields)
    assert opened.status == 200
    assert "Hello, Priya Nair" in await opened.text()
    jar = lobby.client.session.cookie_jar
    cookie = next(each for each in jar if each.key != cookie_of(LOBBY_KEY))
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    again = await lobby.client.post(first, data=fields)
    assert again.url.path.startswith("/me/"), "who has come in goes on to their pages"
    lobby.clock.advance(timedelta(minutes=11))
    jar = lobby.client.session.cookie_jar
    kept, _cleared = list(jar), jar.clear(lambda each: each.key == "plnbot")
    assert (await lobby.client.post(late, data=fields)).status == 410
    assert (await lobby.client.post(first, data=fields)).status == 410
    jar.update_cookies({each.key: each.value for each in kept})
    assert (await lobby.client.get("/me/page/home")).status == 200
    out = await lobby.client.post(
        "/me/out", data=await sheet(lobby.client, "/me/page/home", "/me/out")
    )
    assert out.url.path == "/"
    lobby.client.session.cookie_jar.update_cookies({"plnbot": cookie.value})
    assert (await lobby.client.get("/me/page/home")).url.path == "/"  # a kept cookie opens nothing


async def test_the_calendar_is_read_by_calendars(lobby: LobbyDriver) -> None:
    """Whoever knows the address gets the coming chats, as a calendar program reads them."""
    await lobby.say("maya", "/pln chat new")
    await lobby.submit("maya", questions="Q1: Why?", starts="today 8 pm", plan="classic60")
    await lobby.press("maya", "Publish")
    answer = await lobby.handled("priya", Command("calendar"))
    assert isinstance(answer, Reply)
    path = re.search(r"/calendar/\S+\.ics", card_as_text(answer.card))
    assert path is not None
    response = await lobby.client.get(path[0])
    events = icalendar.Calendar.from_ical(await response.read()).walk("VEVENT")
    assert [each.decoded("dtstart") for each in events] == [datetime(2026, 11, 24, 1, tzinfo=UTC)]
    assert (await lobby.client.get("/calendar/guessed.ics")).status == 404


async def test_everything_speaks_spanish(lobby: LobbyDriver) -> None:
    """Who chooses Spanish reads pages, cards and refusals in Spanish."""
    await lobby.say("priya", "/pln me language")
    await lobby.press("priya", "Choose a language", choose="es")
    assert "Desde ahora te hablo en español" in await lobby.alone("priya")
    assert "Mensajes para ti" in await lobby.messages("priya")
    await lobby.say("priya", "/pln chat new")
    assert "Eso es para alguien con otro rol" in await lobby.alone("priya")


async def test_what_all_read_says_which_language_it_is_in(lobby: LobbyDriver) -> None:
    """A screen reader that speaks Spanish is told that the room's cards are English."""
    await lobby.say("maya", "/pln chat new")
    await lobby.submit("maya", questions="Q1: Why?", starts="today 8 pm", plan="classic60")
    await lobby.press("maya", "Publish")
    await lobby.say("priya", "/pln me language")
    await lobby.press("priya", "Choose a language", choose="es")
    spanish = await lobby.markup("/as/priya/room/chat-night")
    assert '<html lang="es"' in spanish
    assert '<div lang="en"><article class="card' in " ".join(spanish.split()).replace("> <", "><")
    card = spanish[spanish.index('<div lang="en">') :]
    assert "Mon, Nov 23" in card[: card.index("</article>")]
    assert "lun" not in card[: card.index("</article>")]
    assert "<div lang=" not in await lobby.markup("/as/luis/room/chat-night")


async def test_networks_never_see_each_other(lobby: LobbyDriver) -> None:
    """A member of another network gets no page, file or card of this one."""
    await lobby.say("maya", "/pln chat new")
    await lobby.submit("maya", questions="Q1: Why?", starts="today 8 pm", plan="classic60")
    await lobby.press("maya", "Publish")
    there = MemberRef("web", "elsewhere", "kim")

    def found(tx: Tx) -> None:
        other = members.make_network(tx, "Other", "en", "UTC", lobby.now())
        members.attach_workspace(tx, other, "web", "elsewhere")
        rooms.ensure_room(tx, "elsewhere", Room("chat-night", "chat-night", ""))

    await lobby.store.run(found)
    desk = lobby.parts.desk
    await lobby.handled("kim", Command("home"), workspace="elsewhere")
    assert await desk.person(there) is not None
    for name in ("chat", "panel"):
        assert "Missing" in repr(await desk.page(there, name, "1"))
    assert "Missing" in repr(await desk.download(there, "chat.json", "1"))


async def test_every_card_of_an_answer_is_shown(lobby: LobbyDriver) -> None:
    """An answer of several cards comes as one thing that only its reader sees, all cards in it."""
    await lobby.say("maya", "/pln help")
    shown = await lobby.alone("maya")
    assert shown.count("Only you see this") == 1
    for title in ("What you can do", "For moderators", "For administrators"):
        assert title in shown
