"""Sessions of browsers: how they are opened, kept apart, and ended for good."""

import asyncio
import random
import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import ClientResponse, CookieJar
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import func, select

from adapters.web import following
from adapters.web import store as rooms
from adapters.web.app import WebOptions
from adapters.web.readers import MOST_LOOKS
from plnbot.app import Parts, assembled
from plnbot.engine.looking import HOLDS_SECONDS
from plnbot.engine.ports.looking import Look
from plnbot.first_start import LOBBY, Beginnings, first_network
from plnbot.members import actions as members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.interactions import Command, Interaction, Left, Press, Reply, Submit, What
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock
from tests.scenarios.lobby import Reading

ADDRESS = "https://pln.example"
PRIYA, MAYA = MemberRef("web", LOBBY, "priya"), MemberRef("web", LOBBY, "maya")
Asked = dict[str, str]


class House:
    """A bot whose members reach their pages at an address behind TLS, and their browsers."""

    def __init__(self, parts: Parts, store: Store, clock: FrozenClock, server: TestServer) -> None:
        self.parts, self.store, self.clock, self.server = parts, store, clock, server
        self.browsers: list[Browser] = []
        self._count = 0

    async def browser(self) -> "Browser":
        """Return a browser that has been nowhere yet."""
        made = Browser(TestClient(self.server, cookie_jar=CookieJar(unsafe=True)))
        self.browsers.append(made)
        return made

    async def link(self, who: MemberRef = PRIYA) -> str:
        """Return the path of a new link for somebody."""
        links = members.SignInLinks(lambda _platform: ADDRESS)
        made = await self.store.run(lambda tx: links.link(tx, who, "/page/home", self.clock.now()))
        return made.removeprefix(ADDRESS)

    async def does(self, who: MemberRef, what: What) -> str:
        """Let somebody do something in a chat; return what they are told."""
        self._count += 1
        place = Place(who.platform, who.workspace, "")
        answer = await self.parts.desk.handle(Interaction(f"s{self._count}", who, place, what))
        return card_as_text(answer.card) if isinstance(answer, Reply) else ""

    async def sessions(self) -> int:
        """Return how many sessions are kept."""
        counted = select(func.count()).select_from(rooms.session)
        return await self.store.read(lambda tx: int(tx.execute(counted).scalar_one()))


class Browser:
    """One browser, which sends its cookies as it would behind TLS."""

    def __init__(self, client: "TestClient") -> None:  # type: ignore[type-arg]
        self.client = client
        self.cookies: Asked = {}

    async def ask(self, path: str, data: Asked | None = None) -> ClientResponse:
        """Get a page, or send a form; keep the cookies that come with it."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        method = "GET" if data is None else "POST"
        response = await self.client.request(
            method, path, data=data, headers=headers, allow_redirects=False
        )
        for name, morsel in response.cookies.items():
            self.cookies[name] = morsel.value
        return response

    async def fields(self, path: str, ending: str) -> Asked:
        """Return what a form of a page carries."""
        page = await (await self.ask(path)).text()
        return dict(next(s.fields for s in Reading(page).sheets if s.action.endswith(ending)))

    async def come_in(self, link: str) -> ClientResponse:
        """Open a link, and press its button."""
        return await self.ask(link, await self.fields(link, link))

    async def is_inside(self) -> bool:
        """Return whether its pages open."""
        return (await self.ask("/me/page/home")).status == 200


@pytest.fixture
async def house(store: Store, clock: FrozenClock) -> AsyncIterator[House]:
    """Yield a house with its first people."""
    wanted = Beginnings("Our learning network", "en", "America/New_York")
    await store.run(lambda tx: first_network(tx, wanted, clock.now()))
    options = WebOptions(b"0" * 32, public_url=ADDRESS)
    parts = assembled(store, clock, options, lambda _platform: ADDRESS, random.Random(1))
    server = TestServer(parts.site)
    async with server:
        made = House(parts, store, clock, server)
        yield made
        for each in made.browsers:
            await each.client.session.close()


async def test_behind_tls_the_cookie_is_ours_alone_and_tls_stays(house: House) -> None:
    """No other host can set the cookie, and browsers come back by TLS alone; pages and streams."""
    browser = await house.browser()
    opened = await browser.come_in(await house.link())
    cookie = opened.cookies["__Host-plnbot"]
    assert (cookie["path"], cookie["domain"]) == ("/", "")
    assert cookie["secure"]
    assert cookie["httponly"]
    for path in ("/", "/me/page/home", "/nothing", "/me/live?page=home", "/static/app.css"):
        told = await browser.ask(path)
        assert told.headers["Strict-Transport-Security"] == "max-age=31536000", path
        told.close()
    followed = await browser.ask("/page/chat/no%20chat")
    assert str(followed.headers.get("Location", followed.url)).endswith("/me/page/chat/no%20chat")
    tossed = await house.browser()
    tossed.cookies = {"plnbot": cookie.value}
    assert not await tossed.is_inside(), "the plain name, which others could set, opens nothing"
    out = await browser.ask("/me/out", await browser.fields("/me/page/home", "/me/out"))
    assert "__Host-plnbot" in out.cookies
    assert out.cookies["__Host-plnbot"]["secure"]
    assert not await browser.is_inside()


async def test_a_link_says_whose_it_is_and_only_on_the_page(house: House) -> None:
    """Name and network stand beside the button; what previews show names nobody."""
    browser, link = await house.browser(), await house.link()
    page = await (await browser.ask(link)).text()
    head, body = page.split("<body")
    assert "Hello, Priya Nair" in body
    assert "Our learning network" in body
    assert "Priya" not in head
    assert '<meta name="robots" content="noindex' in head
    assert not re.search(r'property="og:|name="description"|name="twitter:', head)
    assert (await browser.come_in(link)).status == 303, "looking at it has not used it up"


async def test_a_link_that_was_used_says_so_before_its_button(house: House) -> None:
    """To who came in by it, it opens their pages again; to others it says that it is used up."""
    browser, other, link = await house.browser(), await house.browser(), await house.link()
    fields = await browser.fields(link, link)
    await browser.ask(link, fields)
    for again in (await browser.ask(link), await browser.ask(link, fields)):
        assert (again.status, again.headers["Location"]) == (303, "/me")
    assert (await other.ask(link)).status == 410
    assert (await other.ask(link, fields)).status == 410
    assert (await other.ask("/signin/guessed")).status == 410


async def test_signing_out_everywhere(house: House) -> None:
    """Every browser of this member is out, and links not yet used too; nobody else is."""
    phone, laptop, other = [await house.browser() for _ in range(3)]
    for each in (phone, laptop):
        await each.come_in(await house.link())
    await other.come_in(await house.link(MAYA))
    unused = await house.link()
    assert "closed in every browser" in await house.does(PRIYA, Command("sign out"))
    assert [await each.is_inside() for each in (phone, laptop, other)] == [False, False, True]
    assert (await (await house.browser()).ask(unused)).status == 410
    await phone.come_in(await house.link())
    assert await phone.is_inside(), "and may come in again"
    await house.does(PRIYA, Press("members.sign_out"))
    assert not await phone.is_inside()


async def test_who_comes_back_starts_with_no_session(house: House) -> None:
    """Nothing that was open before an account left opens anything once it is back."""
    browser = await house.browser()
    await browser.come_in(await house.link())
    unused = await house.link()
    await house.does(PRIYA, Left())
    assert await house.sessions() == 0
    assert (await (await house.browser()).ask(unused)).status == 410
    late = await house.link()
    assert (await (await house.browser()).ask(late)).status == 410, "nobody is behind it now"
    await house.does(PRIYA, Command("help"))  # and is back
    assert not await browser.is_inside()
    assert (await (await house.browser()).ask(unused)).status == 410
    await browser.come_in(await house.link())
    assert await browser.is_inside()


async def test_who_is_erased_is_out(house: House) -> None:
    """By an administrator or by oneself: no session is left, and no stream."""
    browser = await house.browser()
    await browser.come_in(await house.link())
    stream = await listening(browser)
    erased = Submit("members.forget", {"answers": "gone"})
    assert "forgotten you" in await house.does(PRIYA, erased)
    assert await ends(stream)
    assert await house.sessions() == 0
    assert not await browser.is_inside()


async def listening(browser: Browser) -> ClientResponse:
    """Open a page's stream, and wait until it listens."""
    stream = await browser.ask("/me/live?page=home")
    assert stream.status == 200
    await stream.content.readuntil(b"\n\n")
    await asyncio.sleep(0.05)
    return stream


async def ends(stream: ClientResponse) -> bool:
    """Return whether the stream says that the session is over, and is over itself."""
    async with asyncio.timeout(5):
        return "event: ended" in (await stream.content.read()).decode()


async def test_a_stream_ends_with_its_session(house: House) -> None:
    """At once when it is signed out here or everywhere, or its account leaves; others go on."""
    other = await house.browser()
    await other.come_in(await house.link(MAYA))
    goes_on = await listening(other)
    for way in ("here", "everywhere", "left"):
        browser = await house.browser()
        await browser.come_in(await house.link())
        stream = await listening(browser)
        if way == "here":
            await browser.ask("/me/out", await browser.fields("/me/page/home", "/me/out"))
        else:
            await house.does(PRIYA, Command("sign out") if way == "everywhere" else Left())
        assert await ends(stream), way
    assert not goes_on.content.at_eof()
    goes_on.close()


async def test_a_stream_ends_when_it_is_learnt_late_that_somebody_left(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No platform has told: it is asked again, and whoever it no longer knows is out, links too."""
    monkeypatch.setattr(following, "HEARTBEAT_SECONDS", 0.05)
    gone: set[MemberRef] = set()

    async def room(_place: Place, _user: str) -> Look:
        return Look.EVERYBODY

    async def there(who: MemberRef) -> bool:
        return who not in gone

    looks = house.parts.desk.looks
    looks.asked_of("web", room, there)
    looks.seconds = lambda: house.clock.now().timestamp()
    browser, another = await house.browser(), await house.browser()
    await browser.come_in(await house.link())
    await another.come_in(await house.link(MAYA))
    stream, goes_on = await listening(browser), await listening(another)
    unused = await house.link()
    gone.add(PRIYA)
    house.clock.advance(timedelta(seconds=HOLDS_SECONDS + 1))
    assert await ends(stream)
    assert not await browser.is_inside()
    assert await house.sessions() == 1
    assert (await (await house.browser()).ask(unused)).status == 410
    assert await another.is_inside()
    assert not goes_on.content.at_eof()
    goes_on.close()


async def test_a_stream_ends_when_its_session_runs_out(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked at again and again, also where no notice of its end has come."""
    monkeypatch.setattr(following, "HEARTBEAT_SECONDS", 0.05)
    browser, another = await house.browser(), await house.browser()
    await browser.come_in(await house.link())
    await another.come_in(await house.link(MAYA))
    streams = [await listening(browser), await listening(another)]
    house.clock.advance(timedelta(days=31))
    for each in streams:
        assert await ends(each)
    again = await browser.ask("/me/live?page=home")
    assert (again.status, again.content_type) == (200, "text/event-stream")
    assert await ends(again), "and a browser that asks for it again is told so"


async def test_one_member_cannot_ask_for_pages_without_end(house: House) -> None:
    """After very many within a minute they are asked to wait; others read on, and they too later."""
    browser, other = await house.browser(), await house.browser()
    await browser.come_in(await house.link())
    await other.come_in(await house.link(MAYA))
    for _ in range(MOST_LOOKS):
        assert (await browser.ask("/me/page/nothing")).status == 404
    asked = await browser.ask("/me/page/home")
    assert (asked.status, asked.headers["Retry-After"]) == (429, "60")
    assert "Wait a little" in await asked.text()
    assert await other.is_inside()
    house.clock.advance(timedelta(minutes=1))
    assert await browser.is_inside()
