"""Files from browsers: taken in up to the most, in time, from our own pages, and no further."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from adapters.web.entrance.heads import LARGEST_WITH_FILES
from adapters.web.entrance.uploads import AT_ONCE, Uploads
from adapters.web.inbound import BadRequestError
from adapters.web.multipart import taken_apart
from tests.scenarios.driver import Document, Given
from tests.scenarios.lobby import LobbyDriver, Reading, filled

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DOCUMENT = Document("plan.txt", b"Q1: Why?")
WISH = {"starts": "today 8 pm", "plan": "classic60", "questions": ""}


async def sheet(lobby: LobbyDriver) -> FormData:
    """Return the form of a chat as a browser sends it."""
    await lobby.say("maya", "/pln chat new")
    form = Reading(lobby.open_form("maya")).sheets[-1]
    return filled(form, {**WISH, "document": DOCUMENT}, "k1")


@on_sqlite
async def test_it_works_without_scripts(lobby: LobbyDriver) -> None:
    """The preview is a page then; what is to mend too."""
    form = await sheet(lobby)
    response = await lobby.client.post("/as/maya/send", data=form)
    assert response.status == 200
    assert "Publish" in await response.text()
    again = Reading(lobby.open_form("maya")).sheets[-1]
    empty = filled(again, {**WISH, "document": Document("", b"")}, "k2")
    response = await lobby.client.post("/as/maya/send", data=empty)
    assert response.status == 422
    assert "choose a document" in await response.text()


@on_sqlite
async def test_the_same_submission_counts_once_and_another_file_is_another(
    lobby: LobbyDriver,
) -> None:
    """The key of a form that was sent holds what was in its files."""
    await lobby.say("maya", "/pln chat new")
    form = Reading(lobby.open_form("maya")).sheets[-1]
    for content, told in (
        (b"Q1: Why?", "private"),
        (b"Q1: Why?", "nothing"),
        (b"Q1: X?", "private"),
    ):
        wish: dict[str, Given] = {**WISH, "document": Document("a.txt", content)}
        response = await lobby.client.post(
            "/as/maya/send", data=filled(form, wish, "k1"), headers={"X-Live": "1"}
        )
        assert (await response.json())["kind"] == told


@on_sqlite
async def test_another_sites_file_is_refused(lobby: LobbyDriver) -> None:
    """By its origin before a byte is read, and without our token in any case."""
    foreign = {"Origin": "https://evil.example"}
    form = await sheet(lobby)
    assert (await lobby.client.post("/as/maya/send", data=form, headers=foreign)).status == 403
    theirs = Reading(lobby.open_form("maya")).sheets[-1]
    forged = filled(theirs, {**WISH, "document": DOCUMENT, "csrf": "x"}, "k1")
    assert (await lobby.client.post("/as/maya/send", data=forged)).status == 403
    assert "Why?" not in await lobby.alone("maya")


@on_sqlite
async def test_only_the_route_for_files_takes_any(lobby: LobbyDriver) -> None:
    """Nothing else reads multipart, and it reads nothing else; a stranger's is not read at all."""
    form = await sheet(lobby)
    assert (await lobby.client.post("/as/maya/do", data=form)).status == 415
    plain = {"csrf": "x", "kind": "submit"}
    assert (await lobby.client.post("/as/maya/send", data=plain)).status == 415
    head = {"Content-Type": "multipart/form-data"}
    assert (await lobby.client.post("/as/maya/send", data=b"x", headers=head)).status == 415
    form = FormData(default_to_multipart=True)
    form.add_field("a", "b")
    assert (await lobby.client.post("/as/nobody/send", data=form)).status == 404
    assert (await lobby.client.post("/me/send", data=form, allow_redirects=False)).status == 302


async def head_only(lobby: LobbyDriver, length: int) -> int:
    """Return the status for a body of which only the length is told."""
    reader, writer = await asyncio.open_connection(lobby.client.host, lobby.client.port)
    cookie = lobby.client.session.cookie_jar.filter_cookies(lobby.client.make_url("/"))
    cookies = "; ".join(f"{each.key}={each.value}" for each in cookie.values())
    writer.write(
        f"POST /as/maya/send HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\nContent-Length:"
        f" {length}\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n".encode()
    )
    line = await asyncio.wait_for(reader.readline(), 5)
    writer.close()
    return int(line.split()[1])


@on_sqlite
async def test_two_gigabytes_are_refused_by_their_head(lobby: LobbyDriver) -> None:
    """Nobody waits for what does not fit."""
    await sheet(lobby)
    assert await head_only(lobby, 2**31) == 413
    assert await head_only(lobby, LARGEST_WITH_FILES + 1) == 413


async def endless() -> AsyncIterator[bytes]:
    """Yield a body without a length and without an end."""
    while True:
        yield b"x" * 65536


@pytest.fixture
async def slow() -> AsyncIterator[TestClient[web.Request, web.Application]]:
    """Yield a place that reads bodies of 200 kB at most, in windows of a fifth of a second."""
    uploads = Uploads(most=200_000, window=0.2, longest=1.5)

    async def take(request: web.Request) -> web.Response:
        return web.Response(text=str(len(await uploads.read(request, request.query["who"]))))

    app = web.Application()
    app.router.add_post("/", take)
    async with TestClient(TestServer(app)) as client:
        yield client


async def drip(pause: float, piece: bytes, pieces: int = 1000) -> AsyncIterator[bytes]:
    """Yield a body piece by piece."""
    for _ in range(pieces):
        yield piece
        await asyncio.sleep(pause)


async def test_what_has_no_end_is_stopped(slow: TestClient[web.Request, web.Application]) -> None:
    """Not a byte beyond the most is kept."""
    response = await slow.post("/?who=a", data=endless())
    assert response.status == 413


async def test_what_drips_is_stopped(slow: TestClient[web.Request, web.Application]) -> None:
    """Too little in a window ends it; a slow line that keeps coming is read to its end."""
    began = asyncio.get_running_loop().time()
    assert (await slow.post("/?who=a", data=drip(0.05, b"x"))).status == 408
    assert asyncio.get_running_loop().time() - began < 1.2
    steady = await slow.post("/?who=a", data=drip(0.04, b"x" * 20_000, 9))
    assert (steady.status, await steady.text()) == (200, "180000")


async def test_one_sends_one_at_a_time_and_few_send_at_all(
    slow: TestClient[web.Request, web.Application],
) -> None:
    """What is read at once fits into memory; who has one under way is told to wait."""

    async def send(who: str) -> int:
        return (await slow.post(f"/?who={who}", data=drip(0.3, b"x" * 100, 2))).status

    under_way = [asyncio.ensure_future(send(f"m{at}")) for at in range(AT_ONCE)]
    await asyncio.sleep(0.1)
    assert await send("m0") == 429
    assert await send("somebody") == 503
    await asyncio.gather(*under_way)
    assert (await slow.post("/?who=m0", data=b"x")).status == 200


PART = b'Content-Disposition: form-data; name="a"\r\n\r\nx'
FILE = b'Content-Disposition: form-data; name="f"; filename="a%22b.txt"\r\nContent-Type: image/png'


def test_a_body_is_taken_apart() -> None:
    """Fields and files by name; what a part claims to be counts for nothing."""
    body = b"--b\r\n" + PART + b"\r\n--b\r\n" + FILE + b"\r\n\r\nQ1: Why?\r\n--b--\r\n"
    found = taken_apart(body, b"b")
    assert found.fields == {"a": ("x",)}
    (file,) = found.files["f"]
    assert (file.name, file.kind, file.content) == ('a"b.txt', "text", b"Q1: Why?")
    nothing = b'--b\r\nContent-Disposition: form-data; name="f"; filename=""\r\n\r\n\r\n--b--'
    assert taken_apart(nothing, b"b").files == {}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b",
        b"x\r\n--b\r\n" + PART + b"\r\n--b--",
        b"--b\r\n" + PART,
        b"--b\r\n" + PART + b"\r\n--c--",
        b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--",
        b'--b\r\nContent-Disposition: attachment; name="a"\r\n\r\nx\r\n--b--',
        b"--b\r\n" + PART[:-1] + b"\xff\r\n--b--",
        b"--b\r\nX: " + b"y" * 5000 + b"\r\n" + PART + b"\r\n--b--",
        b"--b\r\n" + PART + b"y" * 300_000 + b"\r\n--b--",
        (b"--b\r\n" + PART + b"\r\n") * 300 + b"--b--",
    ],
)
def test_what_no_browser_writes_is_refused(body: bytes) -> None:
    """Broken, endless or overfull: a bad request, whatever it is."""
    with pytest.raises(BadRequestError):
        taken_apart(body, b"b")
