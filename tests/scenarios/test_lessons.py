"""The lesson exchange on every platform: shared, found, taken, used, designed together, remixed, reported."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from plnbot.activities.store import activities_of
from plnbot.engine import roles
from plnbot.engine.roles import Grant, Role
from plnbot.lessons.actions import on_offer
from plnbot.members import store as members
from plnbot.store.database import Tx
from plnbot.talk.interactions import Press, Submit
from tests.scenarios.driver import Document, Driver, Given
from tests.scenarios.lobby import LobbyDriver
from tests.scenarios.test_badges import shown

# What a database has to do with it is shown in tests/lessons, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FOLD: dict[str, str | Sequence[str]] = {
    "title": "Fractions from folded paper",
    "about": "Fold a strip in three, then in two. What is one part of it?",
    "subjects": ("math",),
    "licence": "cc-by-sa",
    "terms": "",
}


async def shared(
    driver: Driver, who: str = "priya", given: Mapping[str, Given] | None = None
) -> None:
    """Let somebody share a lesson."""
    await driver.say(who, "/pln lessons")
    await driver.press(who, "Share a lesson")
    await driver.submit(who, **{**FOLD, **(given or {})})


@pytest.mark.rows(80)
async def test_i_taught_her_lesson_and_told_her_how_it_went(driver: Driver) -> None:
    """Found by its words, used with one tap and a sentence; she is thanked, and both have it among what they did."""
    for who in ("priya", "luis"):
        await driver.say(who, "/pln home")
        await driver.lets_write(who)
    await shared(driver)
    assert "shared with everybody" in await driver.alone("priya")
    await driver.say("luis", "/pln lessons find folding paper fraction")
    assert "Fractions from folded paper" in await driver.alone("luis")
    page = await driver.page("luis", "lesson/1")
    assert all(each in page for each in ("Fold a strip", "CC BY-SA", "Priya"))
    await driver.press_on_page("luis", "lesson/1", "I used it")
    assert "Its authors are thanked" in await driver.alone("luis")
    await driver.press_on_page("luis", "lesson/1", "Say how it went")
    await driver.submit("luis", went="changed", sentence="Longer strips, and they saw it.")
    assert "Its authors read it" in await driver.alone("luis")
    await driver.pass_time(timedelta(hours=14))
    thanks = await driver.messages("priya")
    assert "Thank you for sharing it" in thanks
    assert "Longer strips, and they saw it." in thanks
    assert "Longer strips" in await driver.page("sam", "lesson/1")
    for who in ("luis", "priya"):
        did = await driver.page(who, "did")
        assert did.count("Fractions from folded paper") == 1, who


@pytest.mark.rows(80)
async def test_designed_together_and_nothing_is_lost(lobby: LobbyDriver) -> None:
    """A peer says yes; of one field changed by both, both are shown; of different ones, both stand; files are versions."""
    await lobby.say("luis", "/pln home")
    await shared(lobby)
    await lobby.press_on_page("priya", "lesson/1", "Design it together")
    await lobby.submit("priya", peer="Luis")
    assert "Only its authors change" in shown(
        await lobby.handled("luis", Press("lessons.change", "1"))
    )
    assert "Nobody asked you" in shown(await lobby.handled("sam", Press("lessons.join", "1")))
    assert "one of its authors" in shown(await lobby.handled("luis", Press("lessons.join", "1")))
    form = {"terms": "", "link": "", "standards": "", "why": "Shorter", **FOLD}
    for who, given in (
        ("priya", {"about": "Fold it in two."}),
        ("luis", {"about": "Fold it in four.", "standards": "3.NF.1"}),
    ):
        said = shown(await lobby.handled(who, Submit("lessons.change", {**form, **given}, "1.0")))
    assert "Priya" in said
    assert "Fold it in two." in said
    assert "You wrote “Fold it in four.”" in said
    page = await lobby.page("sam", "lesson/1")
    assert "Fold it in two." in page
    assert "3.NF.1" in page
    await lobby.press_on_page("luis", "lesson/1", "Add files")
    await lobby.submit("luis", files=Document("strip.pdf", b"%PDF-1.7 strip"))
    page = await lobby.page("sam", "lesson/1")
    assert "strip.pdf" in page
    assert "Until then: Fold a strip in three" in page
    assert "by Luis" in page


@pytest.mark.rows(80)
async def test_a_remix_names_its_source_and_keeps_its_licence(lobby: LobbyDriver) -> None:
    """BY-SA stays BY-SA, then and later; own words and own lessons are refused; its files come along."""
    await shared(lobby, given={"files": Document("strip.txt", b"fold here")})
    own = {"title": "Ours", "licence": "own", "terms": "Ask us first."}
    await shared(lobby, given=own)
    remix = {**FOLD, "title": "Fractions from ribbon"}

    async def remixed(who: str, row: str, **given: str) -> str:
        answer = await lobby.handled(who, Submit("lessons.remix", {**remix, **given}, row))
        return shown(answer)

    assert "so the remix is too" in await remixed("luis", "1", licence="cc-by")
    assert "This lesson is yours" in await remixed("priya", "1")
    assert "design it together" in await remixed("luis", "2", licence="cc-by")
    assert "is shared" in await remixed("luis", "1")
    page = await lobby.page("sam", "lesson/3")
    assert "A remix of: Fractions from folded paper, by Priya" in page
    assert "strip.txt" in page
    assert "Fractions from ribbon" in (await lobby.page("sam", "lesson/1")).split("Remixes")[1]
    later = Submit("lessons.change", {**remix, "licence": "cc-by", "why": ""}, "3.0")
    assert "so the remix is too" in shown(await lobby.handled("luis", later))
    await lobby.press_on_page("priya", "lesson/1", "Withdraw it")
    assert "no longer shared" in await remixed("sam", "1")
    assert "A remix of: Fractions from folded paper" in await lobby.page("sam", "lesson/3")


@pytest.mark.rows(80)
async def test_reported_taken_down_and_told_why(lobby: LobbyDriver) -> None:
    """Who reported is not said; it is found, offered and used no more; its author reads the reason."""
    await lobby.lets_write("priya")
    await shared(lobby)

    def curates(tx: Tx) -> None:
        home = members.first_network(tx)
        assert home is not None
        (offered,) = on_offer(tx, home.id, lobby.now())
        assert offered.but_for == {_member(lobby, tx, "Priya")}
        roles.grant(
            tx, home.id, _member(lobby, tx, "Maya"), Grant(Role.CURATOR), by=None, now=lobby.now()
        )

    await lobby.say("maya", "/pln home")
    await lobby.store.run(curates)
    await lobby.press_on_page("luis", "lesson/1", "Report")
    await lobby.submit("luis", words="It is a page of a book.")
    assert "A reported lesson" in await lobby.page("maya", "home")
    page = await lobby.page("maya", "lessons.reports")
    assert "It is a page of a book." in page
    assert "Luis" not in page
    roles_of_own = await lobby.handled("priya", Press("lessons.stands", "1"))
    assert "another role" in shown(roles_of_own)
    down = Submit("lessons.down", {"why": "It is a publisher's."}, "1")
    assert "another role" in shown(await lobby.handled("sam", down))
    assert "Taken down" in shown(await lobby.handled("maya", down))
    await lobby.pass_time(timedelta(hours=14))
    assert "It is a publisher's." in await lobby.messages("priya")
    assert "took the lesson" in await lobby.page("maya", "audit")
    await lobby.say("luis", "/pln lessons find fractions")
    assert "Nothing fits yet" in await lobby.alone("luis")
    assert "no longer shared" in shown(await lobby.handled("luis", Press("lessons.used", "1")))
    assert (await lobby.client.get("/as/luis/page/lesson/1")).status == 404
    assert "It is a publisher's." in await lobby.page("priya", "lesson/1")
    assert await lobby.store.read(lambda tx: on_offer(tx, 1, lobby.now())) == []


def _member(lobby: LobbyDriver, tx: Tx, name: str) -> int:
    found = lobby.parts.desk.directory.in_workspace(tx, "web", "lobby")
    return next(each.id for each in found if each.name.startswith(name))


@pytest.mark.rows(80)
async def test_what_cannot_be_gets_a_sentence(lobby: LobbyDriver) -> None:
    """Too long, no address, own terms without words, a file that is another, one's own used, a filter."""
    wrong: tuple[tuple[dict[str, Given], str], ...] = (
        ({"about": "x" * 10_000}, "10000 characters long; 3000 fit"),
        ({"about": "Fold.", "link": "ftp://x.example"}, "Only addresses of the web"),
        ({"link": "", "licence": "own"}, "Say in your own words"),
        (
            {"licence": "cc-by", "files": Document("x.png", b"%PDF-1.7")},
            "is not what its name says",
        ),
    )
    for given, said in wrong:
        await shared(lobby, given=given)
        assert said in await lobby.alone("priya"), given
    await shared(lobby, given={"grades": ("5",)})
    assert "Others say how it went" in shown(
        await lobby.handled("priya", Press("lessons.used", "1"))
    )
    assert "no longer shared" in shown(await lobby.handled("luis", Press("lessons.used", "99")))
    for sought, said in (
        ({"words": "paper", "subject": "math"}, "Fractions from folded paper"),
        ({"words": "", "subject": "art"}, "Nothing fits yet"),
        ({"words": "paper", "licence": "cc-by"}, "Nothing fits yet"),
    ):
        await lobby.say("luis", "/pln lessons")
        await lobby.press("luis", "Narrow it down")
        await lobby.submit("luis", **{"licence": "", **sought})
        assert said in await lobby.alone("luis"), sought
    assert "Fractions" in await lobby.page("luis", "lessons/math..")
    assert "Fractions" not in (await lobby.page("luis", "lessons/art..")).split("Nothing fits")[-1]
    assert len(await lobby.store.read(lambda tx: activities_of(tx, 1))) == 0
