"""The portfolio of practice on every platform: kept, shown to whom its teacher chose, asked about, ended."""

import io
import zipfile
from datetime import timedelta

import pytest

from plnbot.talk.interactions import Press, Submit
from tests.scenarios.driver import Document, Driver, Given
from tests.scenarios.lobby import LobbyDriver
from tests.scenarios.test_badges import shown
from tests.scenarios.test_own_data import forget, where

# What a database has to do with it is shown in tests/portfolio, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
GOAL = "Give feedback that is used"
TICKET = {
    "title": "Exit tickets in period 4",
    "what": "Three questions on a card at the end.",
    "indicator": "student_work",
    "own": "",
    "reflection": "They answer when it is short.",
}


async def kept(driver: Driver, who: str = "priya", **otherwise: str) -> None:
    """Let somebody add an exemplar to their portfolio."""
    await driver.say(who, "/pln portfolio")
    await driver.press(who, "Add an exemplar")
    await driver.submit(who, **{**TICKET, **otherwise})


async def shares(driver: Driver, **given: Given) -> None:
    """Let Priya share her first exemplar."""
    await driver.press_on_page("priya", "portfolio", "Share")
    await driver.submit("priya", **{"these": ("1",), "days": "30"} | given)


@pytest.mark.rows(131)
async def test_i_walked_into_my_evaluation_with_my_own_evidence(driver: Driver) -> None:
    """Versions with why, shown to her evaluator alone for a month, who asks; answered if she likes; withdrawn."""
    for who in ("priya", "luis"):
        await driver.say(who, "/pln home")
        await driver.lets_write(who)
    await kept(driver)
    await kept(driver, title="Not for anybody")
    assert "Only you see this." in await driver.alone("priya")
    await driver.press_on_page("priya", "exemplar/1", "Add evidence")
    await driver.submit("priya", link="https://example.org/ticket", called="The card")
    await driver.press_on_page("priya", "exemplar/1", "New version")
    await driver.submit("priya", what="One question on a card.", why="Three took ten minutes.")
    assert "Version 2 is kept" in await driver.alone("priya")
    await shares(driver, how="person", person="Luis")
    assert "Luis" in await driver.alone("priya")
    await driver.pass_time(timedelta(hours=14))
    assert "shares some of their portfolio with you" in await driver.messages("luis")
    page = await driver.page("luis", "portfolio.shared/1")
    told = ("Three took ten minutes.", "Three questions on a card", "The card", "They answer when")
    assert all(each in page for each in told)
    assert "Not for anybody" not in page
    await driver.press_on_page("luis", "portfolio.shared/1", "Ask about this")
    await driver.submit("luis", words="What did they write?")
    await driver.pass_time(timedelta(hours=14))
    assert "What did they write?" in await driver.messages("priya")
    assert "A question about your portfolio" in await driver.page("priya", "home")
    await driver.press_on_page("priya", "exemplar/1", "Answer")
    await driver.submit("priya", words="Where they were stuck.")
    await driver.pass_time(timedelta(hours=14))
    assert "Where they were stuck." in await driver.messages("luis")
    assert "Where they were stuck." in await driver.page("priya", "exemplar/1")
    assert "Luis" in await driver.page("priya", "exemplar/1")
    await driver.press_on_page("priya", "portfolio", "Withdraw")
    after = await driver.page("luis", "portfolio.shared/1")
    assert "has withdrawn it" in after
    assert "card" not in after
    assert "Only you see this." in await driver.page("priya", "exemplar/1")


@pytest.mark.rows(121)
async def test_ten_exemplars_by_goal_one_zip(driver: Driver) -> None:
    """All ten, those of a goal together, with their files beside them; it opens offline."""
    await driver.say("priya", "/pln goals")
    await driver.press("priya", "Set a goal")
    await driver.submit("priya", words=GOAL, weeks="0")
    for number in range(10):
        goal = {"goal": "1"} if number % 2 else {}
        await kept(driver, title=f"Exemplar {number}", **goal)
    page = await driver.page("priya", "portfolio")
    assert page.index(GOAL) < page.index("Exemplar 1") < page.index("Without a goal")
    assert all(f"Exemplar {number}" in page for number in range(10))


@pytest.mark.rows(121)
async def test_the_zip_and_the_pdf_say_what_the_page_says(lobby: LobbyDriver) -> None:
    """One index by goal, a page each, the files; the same for whoever has a link; nobody else has any of it."""
    await kept(lobby)
    await kept(lobby, title="Mine <b>alone</b>")
    await lobby.press_on_page("priya", "exemplar/1", "Add evidence")
    await lobby.submit("priya", files=Document("ticket.txt", b"1. What is left open?"))
    assert "Added to version 1" in await lobby.alone("priya")
    given = await lobby.client.get("/as/priya/file/portfolio.zip/mine")
    with zipfile.ZipFile(io.BytesIO(await given.read())) as found:
        assert found.namelist() == [
            "index.html", "entry-1.html", "entry-2.html", "files/1-ticket.txt",
        ]  # fmt: skip
        assert b"Without a goal" in found.read("index.html")
        assert b"files/1-ticket.txt" in found.read("entry-2.html")
        assert b"Mine &lt;b&gt;alone" in found.read("index.html")
    await shares(lobby, how="nameless", days="7")
    link = _link(await lobby.page("priya", "portfolio"))
    public = await (await lobby.client.get(link)).text()
    assert "Three questions on a card" in public
    assert "Mine" not in public
    assert "Priya" not in public
    assert "ticket.txt" in public
    both = [await lobby.client.get(f"{link}/portfolio.{each}") for each in ("zip", "pdf")]
    archive, printed = [await each.read() for each in both]
    assert b"Mine" not in archive
    assert printed.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in printed
    for path in ("portfolio.file/1", "portfolio.shared.zip/1", "portfolio.shared.pdf/1"):
        assert (await lobby.client.get(f"/as/luis/file/{path}")).status == 404, path
    assert (await lobby.client.get("/as/luis/page/portfolio.shared/1")).status == 404
    await lobby.pass_time(timedelta(days=8))
    over = await (await lobby.client.get(link)).text()
    assert "that has passed" in over
    assert "Three questions" not in over
    for each in ("zip", "pdf"):
        assert (await lobby.client.get(f"{link}/portfolio.{each}")).status == 404


def _link(page: str) -> str:
    return "/open/practice/" + page.split("/open/practice/")[1].split(maxsplit=1)[0]


@pytest.mark.rows(131)
async def test_what_cannot_be_gets_a_sentence(lobby: LobbyDriver) -> None:
    """Too long, no address, a dangerous one, a file that is another, a share with nobody or oneself, too late."""
    await kept(lobby, what="x" * 10_000)
    assert "10000 characters long; 3000 fit" in await lobby.alone("priya")
    await kept(lobby)
    wrong: tuple[tuple[dict[str, Given], str], ...] = (
        ({"link": "not an address"}, "That is no web address"),
        ({"link": "javascript:alert(1)"}, "Only addresses of the web"),
        ({"link": "https://school.example@evil.example/x"}, "hides where it leads"),
        ({"files": Document("notes.pdf", b"no pdf at all")}, "is not what its name says"),
        ({"files": Document("x.zip", b"PK\x03\x04....")}, "This is a packed file"),
        ({"files": Document("x.png", b"\x89PNG\r\n\x1a\nbroken")}, "cannot be read"),
        ({}, "Add a file, an address"),
    )
    for given, said in wrong:
        await lobby.press_on_page("priya", "exemplar/1", "Add evidence")
        await lobby.submit("priya", **{"link": "", **given})
        assert said in await lobby.alone("priya"), given
    nobody: tuple[tuple[dict[str, Given], str], ...] = (
        ({"how": "person"}, "Say with whom"),
        ({"how": "person", "person": "Priya"}, "That is you"),
        ({"how": "link", "person": "Luis"}, "A link is for whoever has it"),
        ({"how": "person", "person": "Luis", "these": ()}, "Choose what you want to share"),
    )
    for shared, said in nobody:
        await shares(lobby, **shared)
        assert said in await lobby.alone("priya"), shared
    await shares(lobby, how="person", person="Luis", days="7")
    assert "not there" in shown(await lobby.handled("luis", Press("portfolio.version", "1")))
    asked = Submit("portfolio.ask", {"words": "Why?"}, "1-1")
    assert "is told of it" in shown(await lobby.handled("luis", asked))
    assert "not shared with you" in shown(await lobby.handled("sam", asked))
    await lobby.pass_time(timedelta(days=8))
    assert "not shared with you" in shown(await lobby.handled("luis", asked))
    assert "until" in await lobby.page("luis", "portfolio.shared/1")
    late = Submit("portfolio.answer", {"words": "Because."}, "1")
    assert "you alone read it" in shown(await lobby.handled("priya", late))


@pytest.mark.rows(131)
async def test_it_goes_with_who_is_gone(lobby: LobbyDriver) -> None:
    """It is in what one takes out, files too; an erasure takes all of it, and links lead nowhere."""
    await kept(lobby)
    await lobby.press_on_page("priya", "exemplar/1", "Add evidence")
    await lobby.submit("priya", files=Document("ticket.txt", b"left open"))
    await shares(lobby, how="link")
    link = _link(await lobby.page("priya", "portfolio"))
    assert "Priya" in await (await lobby.client.get(link)).text()
    given = await lobby.client.get("/as/priya/file/members.export/mine")
    with zipfile.ZipFile(io.BytesIO(await given.read())) as packed:
        out = packed.read("export.json").decode()
    assert "Three questions on a card at" in out
    assert "bGVmdCBvcGVu" in out
    await forget(lobby, "gone")
    gone = await (await lobby.client.get(link)).text()
    assert "There is nothing at this address" in gone
    assert not await where(lobby, "Three questions on a card", "ticket.txt")
