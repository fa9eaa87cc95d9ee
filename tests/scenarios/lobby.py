"""The lobby's driver: real pages over HTTP, forms posted as the browser posts them."""

import asyncio
import html
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from adapters.web import inbound
from adapters.web.lobby_key import cookie_of
from plnbot.app import Parts
from plnbot.first_start import LOBBY
from plnbot.refs import MemberRef
from plnbot.store.database import Store
from plnbot.talk.interactions import Answer, What
from plnbot.testing import FrozenClock
from tests.scenarios.driver import Direct, Document, Given, InTime

ROOM = "chat-night"
LOBBY_KEY = "0123456789abcdef" * 2
_SOON_SECONDS = 0.3
_VOID = {"br", "hr", "img", "input", "link", "meta", "path"}


@dataclass(slots=True)
class Sheet:
    """A form in a page: where it goes, what it carries, its button's label, and all its words."""

    action: str
    takes_files: bool = False
    fields: list[tuple[str, str]] = field(default_factory=list)
    label: str = ""
    words: str = ""


class Reading(HTMLParser):
    """A page as a person reads it: its words, and its forms."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.words = ""
        self.sheets: list[Sheet] = []
        self._open: list[Sheet] = []
        self._in: list[str] = []
        self._area: tuple[str, list[str]] | None = None
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms and what they carry."""
        given = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._in.append(tag)
        if tag == "form":
            files = given.get("enctype") == "multipart/form-data"
            self._open.append(Sheet(given.get("action", ""), files))
            self.sheets.append(self._open[-1])
        elif tag == "input" and self._open and "name" in given:
            checkable = given.get("type") in {"checkbox", "radio", "file"}
            if not checkable or "checked" in given:
                self._open[-1].fields.append((given["name"], given.get("value", "")))
        elif tag == "textarea":
            self._area = (given.get("name", ""), [])
        elif tag == "option" and self._open and "selected" in given:
            self._open[-1].fields.append((self._select, given.get("value", "")))
        elif tag == "select":
            self._select = given.get("name", "")

    _select = ""

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag == "textarea" and self._area and self._open:
            self._open[-1].fields.append((self._area[0], "".join(self._area[1]).lstrip("\n")))
            self._area = None
        if tag == "form" and self._open:
            self._open.pop()
        while self._in and self._in.pop() != tag:
            pass
        self.words += " "

    def handle_data(self, data: str) -> None:
        """Gather the words."""
        if self._area is not None:
            self._area[1].append(data)
            return
        if "script" in self._in or "title" in self._in:
            return
        self.words += data
        if self._open:
            self._open[-1].words += data
        if "button" in self._in and self._open:
            self._open[-1].label = (self._open[-1].label + data).strip()


def filled(sheet: Sheet, values: Mapping[str, Given], key: str) -> FormData:
    """Return what a browser sends of a form that is filled in, in the way that the form says."""
    data = FormData(quote_fields=False, default_to_multipart=sheet.takes_files)
    for name, value in sheet.fields:
        if name not in {*values, "key"}:
            data.add_field(name, value)
    for name, given in values.items():
        if isinstance(given, Document):
            data.add_field(name, given.content, filename=given.name)
            continue
        for each in [given] if isinstance(given, str) else given:
            data.add_field(name, each)
    data.add_field("key", key)
    return data


def at_home(site: web.Application) -> TestClient[web.Request, web.Application]:
    """Return the browser of whoever opened the lobby's address."""
    return TestClient(TestServer(site), cookies={cookie_of(LOBBY_KEY): LOBBY_KEY})


def words_of(markup: str) -> str:
    """Return the words of a page, one blank between them."""
    return " ".join(Reading(markup).words.split())


class LobbyDriver(Direct, InTime):
    """Plays people in the lobby of an assembled bot."""

    def __init__(
        self,
        client: TestClient[web.Request, web.Application],
        parts: Parts,
        store: Store,
        clock: FrozenClock,
    ) -> None:
        self.client = client
        self.parts = parts
        self.store = store
        self.clock = clock
        self.led: dict[str, str] = {}  # where their newest press led each
        self._alone: dict[str, str] = {}
        self._keys = itertools.count(1)
        self._threads: list[str] = []

    async def say(self, who: str, words: str, *, under: str = "", room: str = ROOM) -> None:
        """Write in a room, or in the thread under a message."""
        thread = await self._thread(who, under) if under else ""
        self._threads.append(thread)
        page = await self._get(f"/as/{who}/room/{room}" + (f"/thread/{thread}" if thread else ""))
        composer = next(each for each in Reading(page).sheets if each.action.endswith("/say"))
        await self._post(who, composer, {"words": words})

    async def edit(self, who: str, words: str, into: str) -> None:
        """Change one's own message."""
        await self._post(who, await self._own(who, words), {"words": into})

    async def delete(self, who: str, words: str) -> None:
        """Delete one's own message."""
        await self._post(who, await self._own(who, words), {"delete": "1"})

    async def _own(self, who: str, words: str) -> Sheet:
        """Return the form that changes a message, in the room or a thread."""
        for thread in dict.fromkeys(("", *self._threads)):
            room = f"/as/{who}/room/{ROOM}"
            page = await self._get(f"{room}/thread/{thread}" if thread else room)
            for each in Reading(page).sheets:
                if "/edit/" in each.action and ("words", words) in each.fields:
                    return each
        raise AssertionError(f"{who} finds no message {words!r} of theirs")

    async def press(self, who: str, label: str, *, choose: str = "") -> None:
        """Press the newest button of this label."""
        room = await self._get(f"/as/{who}/room/{ROOM}")
        direct = await self._get(f"/as/{who}/messages")
        for markup in (self._alone.get(who, ""), room, direct):
            sheets = Reading(markup).sheets
            found = [
                each for each in sheets if label == each.label or (choose and label in each.words)
            ]
            if found:
                await self._post(who, found[-1], {"value": choose} if choose else {})
                return
        raise AssertionError(f"{who} sees no button {label!r} in: {words_of(room)[-1500:]}")

    async def press_on_page(self, who: str, name: str, label: str) -> None:
        """Press the first button of this label on a page."""
        sheets = Reading(await self._get(f"/as/{who}/page/{name}")).sheets
        await self._post(who, next(each for each in sheets if each.label == label), {})

    async def submit(self, who: str, **values: Given) -> None:
        """Fill in the open form."""
        form = Reading(self._alone[who]).sheets[-1]
        await self._post(who, form, values)

    async def see(self, who: str) -> str:
        """Return the room's words, and what is theirs alone."""
        return words_of(await self._get(f"/as/{who}/room/{ROOM}")) + " " + await self.alone(who)

    async def alone(self, who: str) -> str:
        """Return the newest thing that only this person sees."""
        return words_of(self._alone.get(who, ""))

    def open_form(self, who: str) -> str:
        """Return the form that somebody has before them, as it was sent."""
        return self._alone[who]

    async def messages(self, who: str) -> str:
        """Return what the bot wrote to them."""
        return words_of(await self._get(f"/as/{who}/messages"))

    async def page(self, who: str, name: str) -> str:
        """Return a page's words."""
        return words_of(await self._get(f"/as/{who}/page/{name}"))

    async def file(self, who: str, name: str) -> str:
        """Return a file's text."""
        response = await self.client.get(f"/as/{who}/file/{name}")
        return await response.text("utf-8") if response.status == 200 else ""

    async def handled(self, who: str, what: What, *, workspace: str = LOBBY) -> Answer:
        """Let the core take something in, without the pages around it."""
        ref = MemberRef("web", workspace, who)
        given = inbound.interaction(f"h{next(self._keys)}", ref, ROOM, what)
        return await self.parts.desk.handle(given)

    async def markup(self, path: str) -> str:
        """Return a page as it is sent."""
        return await self._get(path)

    async def _thread(self, who: str, shown: str) -> str:
        room = await self._get(f"/as/{who}/room/{ROOM}")
        for found in reversed(re.split(r'(?=<li class="msg)', room)):
            if shown in words_of(found) and (number := re.search(r'id="m(\d+)"', found)):
                return number[1]
        raise AssertionError(f"{who} sees no message with {shown!r}")

    async def _get(self, path: str) -> str:
        response = await self.client.get(path)
        assert response.status == 200, f"{path}: {response.status}"
        page = await response.text()
        greeting = re.search(r'<li id="private".*?</section>', page, re.DOTALL)
        if greeting and "/room/" in path:
            self._alone[path.split("/")[2]] = greeting[0]
        return page

    async def _post(self, who: str, sheet: Sheet, values: Mapping[str, Given]) -> None:
        data = filled(sheet, values, f"k{next(self._keys)}")
        posting = asyncio.ensure_future(
            self.client.post(sheet.action, data=data, headers={"X-Live": "1"})
        )
        while not (await asyncio.wait({posting}, timeout=_SOON_SECONDS))[0]:
            await self.parts.runner.run_all_due()  # it waits for what comes of it
        response = await posting
        assert response.status == 200, f"{sheet.action}: {response.status}"
        told = await response.json()
        if told["kind"] == "errors":
            self._alone[who] += "".join(
                f"<p>{name}: {html.unescape(words)}</p>" for name, words in told["errors"].items()
            )
        elif told["kind"] == "go":
            self.led[who] = told["url"]
        elif "html" in told:
            self._alone[who] = told["html"]
        await self.parts.runner.run_all_due()
