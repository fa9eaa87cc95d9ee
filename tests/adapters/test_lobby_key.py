"""The lobby opens by its address alone: to nobody else here, through no proxy, to no other's page."""

import re
from collections.abc import AsyncIterator
from random import Random

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from adapters.web.app import WebOptions
from adapters.web.lobby_key import OPEN, cookie_of
from plnbot.app import assembled
from plnbot.first_start import LOBBY, Beginnings, first_network
from plnbot.store.database import Store
from plnbot.talk.interactions import Command
from plnbot.testing import FrozenClock
from tests.scenarios.lobby import LOBBY_KEY, LobbyDriver, Reading, words_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Client = TestClient[web.Request, web.Application]
ADDRESS = f"/?key={LOBBY_KEY}"
WRONG = "f" * 32
# Each as its maker sends it. nginx adds none of them by itself.
PROXIES = {
    "CDN-Loop": "cloudflare",
    "CF-Connecting-IP": "198.51.100.7",
    "CF-Ray": "230b030023ae2822-SJC",
    "Client-IP": "198.51.100.7",
    "Fastly-Client-IP": "198.51.100.7",
    "Fly-Client-IP": "198.51.100.7",
    "Forwarded": "for=198.51.100.7",
    "Forwarded-For": "198.51.100.7",
    "Tailscale-User-Login": "ana@example.org",
    "True-Client-IP": "198.51.100.7",
    "Via": "1.1 caddy",
    "X-Amzn-Trace-Id": "Root=1-67891233-abcdef012345678912345678",
    "X-Appengine-User-IP": "198.51.100.7",
    "X-Azure-ClientIP": "198.51.100.7",
    "X-Client-IP": "198.51.100.7",
    "X-Cluster-Client-IP": "198.51.100.7",
    "X-Envoy-External-Address": "198.51.100.7",
    "X-Forwarded": "for=198.51.100.7",
    "X-Forwarded-Client-Cert": "Hash=1",
    "X-Forwarded-For": "198.51.100.7",
    "X-Forwarded-Host": "pln.example.org",
    "X-Forwarded-Port": "443",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Server": "pln.example.org",
    "X-Forwarded-Ssl": "on",
    "X-Original-Forwarded-For": "198.51.100.7",
    "X-Original-Host": "pln.example.org",
    "X-Original-URL": "/",
    "X-Originating-IP": "198.51.100.7",
    "X-ProxyUser-Ip": "198.51.100.7",
    "X-Real-IP": "198.51.100.7",
    "X-Remote-Addr": "198.51.100.7",
    "X-Remote-IP": "198.51.100.7",
    "X-Rewrite-URL": "/",
    "X-Scheme": "https",
    "X-Tunnel-Id": "abc",
    "X-Varnish": "32770",
}


@pytest.fixture
async def stranger(lobby: LobbyDriver) -> AsyncIterator[Client]:
    """Yield the browser of somebody else on this machine, who was not given the address."""
    server = lobby.client.server
    assert isinstance(server, TestServer)
    async with TestClient(server) as client:
        yield client


async def people(lobby: LobbyDriver) -> int:
    """Return how many are in the lobby."""
    return len(await lobby.parts.desk.people("web", LOBBY))


def addresses(site: web.Application) -> list[tuple[str, str]]:
    """Return every method and address that the site answers, whatever will be added to it."""
    found = []
    for route in site.router.routes():
        path = route.resource.canonical if route.resource is not None else ""
        filled = re.sub(r"\{(\w+)\}", lambda part: FILLED.get(part[1], "1"), path)
        if path not in OPEN:
            found.append(("GET" if route.method == "*" else route.method, filled))
    return found


FILLED = {"handle": "priya", "room": "chat-night", "name": "home"}


async def test_a_stranger_here_gets_nothing(lobby: LobbyDriver, stranger: Client) -> None:
    """Every address there is, and one that is not, says how the owner opens it, and nothing else."""
    everywhere = addresses(lobby.parts.site)
    assert len(everywhere) > 25
    assert ("POST", "/as/priya/do") in everywhere
    before = await people(lobby)
    for method, path in [*everywhere, ("GET", "/nothing"), ("OPTIONS", "/"), ("DELETE", "/")]:
        for cookies in ({}, {cookie_of(LOBBY_KEY): WRONG}, {cookie_of(WRONG): LOBBY_KEY}):
            told = await stranger.request(method, path, cookies=cookies, allow_redirects=False)
            assert told.status == 403, (method, path, cookies)
            page = await told.text()
            for word in ("Priya", "priya", "Our learning network", "chat-night", LOBBY_KEY):
                assert word not in page, (method, path, word)
            assert "Set-Cookie" not in told.headers
            if method != "HEAD":
                assert "./run lobby" in words_of(page)
    assert await people(lobby) == before


async def test_a_form_of_the_lobby_is_of_no_use_to_strangers(
    lobby: LobbyDriver, stranger: Client
) -> None:
    """Also with a form's own token, nobody comes in and nothing is said without the key."""
    front = Reading(await lobby.markup("/")).sheets
    new = next(dict(each.fields) for each in front if each.action == "/someone")
    before = await people(lobby)
    for headers in ({}, {"X-Live": "1"}, {"Cookie": f"plnbot={LOBBY_KEY}"}):
        posted = {**new, "name": "Eve"}
        assert (await stranger.post("/someone", data=posted, headers=headers)).status == 403
    posted = {**new, "name": "Eve", "key": LOBBY_KEY}
    assert (await stranger.post(f"/someone?key={LOBBY_KEY}", data=posted)).status == 403
    assert await people(lobby) == before


async def test_opening_the_address_is_all_there_is_to_do(
    lobby: LobbyDriver, stranger: Client
) -> None:
    """The key becomes a cookie for scripts' eyes never, and the address in the bar is without it."""
    opened = await stranger.get(ADDRESS, allow_redirects=False)
    assert opened.status == 303
    assert opened.headers["Location"] == "/"
    assert opened.headers["Cache-Control"] == "no-store"
    cookie = opened.headers["Set-Cookie"]
    for word in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="):
        assert word in cookie
    assert "Priya Nair" in await (await stranger.get("/")).text()
    room = await stranger.get("/as/priya/room/chat-night")
    assert room.status == 200
    assert (await stranger.get("/as/luis/page/home")).status == 200  # another tab, somebody else
    said = next(each for each in Reading(await room.text()).sheets if each.action.endswith("/say"))
    posted = await stranger.post(
        said.action, data={**dict(said.fields), "words": "Hello from my tab"}
    )
    assert "Hello from my tab" in await posted.text()
    stream = await stranger.get("/as/luis/live?room=chat-night&rev=0")
    assert stream.status == 200
    stream.close()
    assert (await stranger.get("/as/priya/file/members.export/mine")).status == 200


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/as/maya/page/chats?key={key}", "/as/maya/page/chats"),
        ("/as/maya/live?room=lounge&key={key}&rev=1", "/as/maya/live?room=lounge&rev=1"),
        ("/?key={key}&key=x", "/"),
        ("//evil.example/?key={key}", "/evil.example/"),
        ("///evil.example?key={key}", "/evil.example"),
    ],
)
async def test_the_key_opens_any_page(stranger: Client, asked: str, led: str) -> None:
    """The demo's archive opens with one click; and the way on is never to somebody else's site."""
    url = f"{stranger.make_url('/').with_path('')}".rstrip("/") + asked.format(key=LOBBY_KEY)
    opened = await stranger.session.get(URL(url, encoded=True), allow_redirects=False)
    assert (opened.status, opened.headers["Location"]) == (303, led)


async def test_guessing_is_slowed_and_keeps_nobody_out(store: Store, clock: FrozenClock) -> None:
    """After many wrong keys comes a short answer, and the right one still opens."""
    wanted = Beginnings("Our learning network", "en", "America/New_York")
    await store.run(lambda tx: first_network(tx, wanted, clock.now()))
    options = WebOptions(b"0" * 32, LOBBY_KEY, arrivals=3)
    parts = assembled(store, clock, options, lambda _platform: "", Random(1))
    async with TestClient(TestServer(parts.site)) as client:
        for wrong in (WRONG, "", "é\N{SNOWMAN}"):
            assert (await client.get("/", params={"key": wrong})).status == 403
        held = await client.get("/", params={"key": WRONG})
        assert (held.status, held.headers["Retry-After"]) == (429, "60")
        kept = {cookie_of(LOBBY_KEY): WRONG}
        assert (await client.get("/", cookies=kept)).status == 429
        assert (await client.get("/")).status == 403  # who gives no key is not guessing
        assert (await client.get(ADDRESS)).status == 200


@pytest.mark.parametrize("header", PROXIES)
async def test_no_proxy_opens_it(lobby: LobbyDriver, stranger: Client, header: str) -> None:
    """Whatever says that it passes something on gets nothing, not even with key and cookie."""
    headers = {header: PROXIES[header]}
    for path in ("/", ADDRESS, "/as/maya/page/home", "/signin/x", "/calendar/x.ics"):
        assert (await stranger.get(path, headers=headers)).status in {403, 421, 404}, path
    refused = await lobby.client.get("/as/maya/page/home", headers=headers)
    assert refused.status == 421
    assert "PLNBOT_PUBLIC_URL" in await refused.text()
    assert "Maya" not in await refused.text()
    assert (await lobby.client.get(ADDRESS, headers=headers)).status == 421


async def test_anothers_name_opens_nothing(lobby: LobbyDriver) -> None:
    """A page that points its own name at this machine reads nothing, not even what is open to all."""
    for name in (
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:80",
        ":80",
        "10.0.0.1",
    ):
        for path in ("/", ADDRESS, "/as/maya/page/home", "/static/app.js", "/calendar/x.ics"):
            told = await lobby.client.get(path, headers={"Host": name})
            assert told.status == 421, (name, path)
            assert "Our learning network" not in await told.text()


@pytest.mark.parametrize("name", ["127.0.0.1", "127.0.0.2:8477", "LocalHost:80", "[::1]:8477"])
async def test_this_machine_has_several_names(lobby: LobbyDriver, name: str) -> None:
    """Wherever on this machine it listens, the address that the start prints opens it."""
    assert (await lobby.client.get("/", headers={"Host": name})).status == 200


async def test_a_calendar_is_read_without_a_cookie(lobby: LobbyDriver, stranger: Client) -> None:
    """A calendar program keeps none; its address is secret by itself, and a wrong one tells nothing."""
    told = await lobby.handled("maya", Command("calendar"))
    found = re.search(r"/calendar/[^\s'\"]+?\.ics", repr(told))
    assert found is not None
    assert (await stranger.get(found[0])).status == 200
    wrong = await stranger.get("/calendar/wrong.ics")
    assert wrong.status == 404
    assert "Our learning network" not in await wrong.text()


async def test_public_pages_are_followed_without_the_key(stranger: Client) -> None:
    """A stream of public pages is as open as they are; one beside it that is not shuts all of it."""
    public, own = "/open/live?page=record/abc", "/as/maya/live?page=home"
    followed = await stranger.get("/live", params=[("at", public)])
    assert followed.status == 200
    assert b"still here" in await followed.content.readline()
    followed.close()
    for asked in ([public, own], [own], ["/open/../as/maya/live?page=home"], []):
        answer = await stranger.get("/live", params=[("at", each) for each in asked])
        assert answer.status in {400, 403}, asked
