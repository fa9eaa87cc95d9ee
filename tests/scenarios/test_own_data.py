"""What a member may know, take out and have erased."""

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Row, select

from plnbot.chats import store as chats
from plnbot.engine import roles
from plnbot.engine.store import inbox
from plnbot.members import store as members
from plnbot.members.actions import erasing
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.store.schema import metadata
from plnbot.talk.interactions import Command, Handed, Interaction, Press, Reply, Submit
from plnbot.talk.plain import card_as_text
from tests.engine.test_platforms import EIGHT, Bench, bench
from tests.gathering.made import answered
from tests.scenarios.driver import Driver
from tests.scenarios.lobby import LobbyDriver
from tests.scenarios.slack import SlackDriver

__all__ = ["bench"]

SCHOOL, ANSWER, FORMED, ASIDE = "Oak Middle Zq", "Wait time Zq", "Exit tickets Zq", "Hello Zq"
BO = MemberRef("test", "w", "bo")
TOLD = {
    "subjects": "math",
    "school": SCHOOL,
    "zone": "America/Denver",
    "quiet": "none",
    "goals": "Less marking Zq",
}


async def lived(lobby: LobbyDriver) -> None:
    """Let Priya tell of herself, and take part in a chat in every way there is."""
    await lobby.handled("priya", Command("start"))
    await lobby.handled("priya", Submit("members.start", TOLD))
    await lobby.say("maya", "/pln chat new")
    await lobby.submit(
        "maya", questions="Q1: Why?\nQ2: How?", starts="today 8 pm", plan="classic60"
    )
    await lobby.press("maya", "Publish")
    await lobby.handled("priya", Press("chat.remind", "1"))
    await lobby.pass_time(EIGHT + timedelta(minutes=11))
    await lobby.say("priya", f"A1 {ANSWER}")
    await lobby.say("priya", ASIDE)
    await lobby.handled("priya", Submit("chat.answer", {"words": FORMED}, "1"))
    await lobby.handled("maya", Submit("chat.co_moderator", {"person": "row:3"}, "1"))
    await lobby.handled("priya", Submit("chat.hand_over", {"person": "row:4"}, "1"))
    await lobby.pass_time(timedelta(hours=2))


def everything(tx: Tx) -> Mapping[str, str]:
    """Return all that the database holds, by table."""
    return {
        name: json.dumps([list(row) for row in tx.execute(select(table))], default=str)
        for name, table in metadata.tables.items()
    }


async def where(lobby: LobbyDriver, *words: str) -> set[str]:
    """Return the tables in which any of these words stand."""
    held = await lobby.store.read(everything)
    return {name for name, rows in held.items() if any(each in rows for each in words)}


async def forget(lobby: LobbyDriver, answers: str, who: str = "priya", row: str = "") -> str:
    """Go through both steps of an erasure and return what is said in the end."""
    await lobby.handled(who, Press("members.forget", row))
    said = await lobby.handled(who, Submit("members.forget", {"answers": answers}, row))
    await lobby.parts.runner.run_all_due()
    assert isinstance(said, Reply)
    return card_as_text(said.card)


@pytest.mark.rows(141)
async def test_the_file_holds_everything_and_nobody_elses(lobby: LobbyDriver) -> None:
    """What was told, answered, said and received is in the file, to read and as data."""
    await lived(lobby)
    response = await lobby.client.get("/as/priya/file/members.export/mine")
    packed = zipfile.ZipFile(io.BytesIO(await response.read()))
    told = json.loads(packed.read("export.json"))["kept"]
    assert told["profile"][0]["told"]["school"] == SCHOOL
    assert {each["answer"] for each in told["answers"]} == {ANSWER, FORMED}
    assert ASIDE in {each["words"] for each in told["lobby_messages"]}
    assert told["roles"] == [] or told["roles"][0]["scope"] == "chat:1"
    readable = packed.read("README.md").decode()
    for words in (SCHOOL, ANSWER, FORMED, ASIDE):
        assert words in readable
    others = await lobby.client.get("/as/luis/file/members.export/mine")
    theirs = zipfile.ZipFile(io.BytesIO(await others.read())).read("export.json").decode()
    assert ANSWER not in theirs


@pytest.mark.rows(141)
async def test_a_forgotten_member_is_in_no_table(lobby: LobbyDriver) -> None:
    """Name, account, words and answers are gone from every table; the rest stands."""
    await lived(lobby)
    mine = ("Priya", '"priya"', "priya/", SCHOOL, ANSWER, FORMED, ASIDE, "Less marking Zq")
    assert {"member", "account", "answer", "web_message"} <= await where(lobby, *mine)
    assert "You can begin anew" not in await lobby.page("luis", "chat/1")
    assert "forgotten you" in await forget(lobby, "gone")
    assert await where(lobby, *mine) == set()
    archive = await lobby.page("luis", "chat/1")
    assert "Why?" in archive
    assert "Priya" not in archive
    assert (await lobby.client.get("/as/priya/page/home")).status == 404


async def test_what_was_done_on_pages_goes_with_an_account_elsewhere(bench: Bench) -> None:
    """Keys of what was pressed name an account on our pages too, and behind a word of a platform."""
    for key, platform in (("bo/k1", "web"), ("joined/bo/12", "test"), ("home/bo", "test")):
        given = Interaction(key, BO, Place(platform, "w", ""), Command("help"))
        await bench.parts.desk.handle(given)
    held = json.dumps([list(row) for row in await inbox_of(bench)], default=str)
    assert held.count("bo") == 3
    await bench.do("bo", Submit("members.forget", {"answers": "gone"}))
    assert "bo" not in json.dumps([list(row) for row in await inbox_of(bench)], default=str)


async def inbox_of(bench: Bench) -> Sequence[Row[tuple[object, ...]]]:
    """Return what is noted of arrivals."""
    return await bench.store.read(lambda tx: tx.execute(select(inbox)).all())


async def test_answers_stay_without_the_name_when_they_wish_so(lobby: LobbyDriver) -> None:
    """The words stay in the archive under a number; nothing else of them does."""
    await lived(lobby)
    await forget(lobby, "kept")
    assert await where(lobby, "Priya", '"priya"', "priya/", SCHOOL, ASIDE) == set()
    archive = await lobby.page("luis", "chat/1")
    assert ANSWER in archive
    assert "Former member 3" in archive


async def test_what_is_left_out_or_was_not_asked_goes_even_so(lobby: LobbyDriver) -> None:
    """Who kept out of an archive stays out of it, whatever is chosen in the end."""
    await lived(lobby)
    await lobby.handled("priya", Press("chat.leave_out", "1"))
    await forget(lobby, "kept")
    assert await where(lobby, ANSWER, FORMED) == set()


async def test_the_card_says_what_goes_and_what_stays(lobby: LobbyDriver) -> None:
    """Before anything happens, in plain words; nothing has happened yet."""
    await lobby.say("priya", "/pln me forget")
    said = await lobby.alone("priya")
    for words in (
        "This goes:",
        "Your answers to what was asked",
        "This stays:",
        "under a number",
        "Go on",
    ):
        assert words in said
    await lobby.press("priya", "Go on")
    assert "no way back" in await lobby.alone("priya")
    await lobby.submit("priya", answers="")
    assert "Please fill this in." in await lobby.alone("priya")
    assert "Hello, Priya" in await lobby.page("priya", "home")


async def test_the_last_administrator_hands_over_first(lobby: LobbyDriver) -> None:
    """A network keeps an administrator as long as anybody is in it."""
    assert "only administrator" in await forget(lobby, "gone", "maya")
    await lobby.handled("maya", Submit("members.role", {"person": "row:3", "role": "administrator"}))  # fmt: skip
    assert "forgotten you" in await forget(lobby, "gone", "maya")
    assert await lobby.store.read(lambda tx: roles.grants_of(tx, 1, lobby.now())) == frozenset()


async def test_an_administrator_erases_somebody_who_left(lobby: LobbyDriver) -> None:
    """Others cannot; the log says who did, by what is left of whom."""
    await lobby.say("luis", "/pln network forget priya nair")
    assert "another role" in await lobby.alone("luis")
    assert "Only administrators" in await forget(lobby, "gone", "luis", "3")
    await lobby.say("maya", "/pln network forget priya nair")
    assert "Erase Priya Nair?" in await lobby.alone("maya")
    assert "Nothing leads to that person" in await forget(lobby, "gone", "maya", "3")
    assert "Maya Torres had what is kept of Former member 3 erased" in await lobby.page(
        "maya", "audit"
    )
    assert "no longer here" in await forget(lobby, "gone", "maya", "3")


async def test_the_log_keeps_a_number_of_who_was_erased(lobby: LobbyDriver) -> None:
    """What somebody erased had changed can still be explained."""
    await lobby.handled("maya", Submit("members.role", {"person": "row:3", "role": "administrator"}))  # fmt: skip
    await forget(lobby, "gone", "maya")
    assert "Former member 1 gave Priya Nair the role administrator" in await lobby.page(
        "priya", "audit"
    )


async def test_the_data_page_says_what_is_kept_and_for_how_long(lobby: LobbyDriver) -> None:
    """Every holding, with its time; what stays; the file."""
    page = await lobby.page("priya", "data")
    for words in (
        "30 days each",
        "7 days",
        "until you take them back",
        "As a file",
        "without your name",
    ):
        assert words in page
    await lobby.say("priya", "/pln me data")
    assert "What I keep of you" in await lobby.alone("priya")


async def test_without_pages_the_file_is_handed_over_and_they_begin_anew(bench: Bench) -> None:
    """On a platform without an address the zip comes directly; speaking again makes a new member."""
    await bench.do("bo", Submit("members.start", TOLD))
    handed = await bench.do("bo", Command("export"))
    assert isinstance(handed, Handed)
    assert SCHOOL in zipfile.ZipFile(io.BytesIO(handed.file.content)).read("README.md").decode()
    before = await bench.parts.desk.person(BO)
    await bench.do("bo", Submit("members.forget", {"answers": "gone"}))
    assert await bench.parts.desk.person(BO) is None
    await bench.do("bo", Command("help"))
    after = await bench.parts.desk.person(BO)
    assert before is not None
    assert after is not None
    assert after.id != before.id


async def test_what_was_hidden_goes_with_the_reason_for_it(lobby: LobbyDriver) -> None:
    """A moderator's reason may say whose answer it was: it goes, the line of the log stays."""
    await lived(lobby)
    await lobby.handled("maya", Submit("chat.hide", {"why": "Priya, not this Zq"}, "1"))
    await forget(lobby, "kept")
    assert await where(lobby, ANSWER, "not this Zq") == set()
    log = await lobby.page("maya", "audit")
    assert "Maya Torres hid an answer in the chat" in log
    assert "the reason is no longer kept" in log


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_file_comes_directly_where_pages_have_no_address(
    slack_without_address: SlackDriver,
) -> None:
    """On Slack it is a file in the member's own messages."""
    await slack_without_address.say("priya", "/pln me export")
    (handed,) = slack_without_address.slack.files.values()
    packed = zipfile.ZipFile(io.BytesIO(handed["content"]))
    assert handed["name"].endswith(".zip")
    assert "Priya Nair" in packed.read("README.md").decode()
    assert "Take it out" in await slack_without_address.alone("priya")


async def test_what_was_under_way_meanwhile_goes_too(lobby: LobbyDriver) -> None:
    """An answer that another connection wrote down just then is gone soon after."""
    await lived(lobby)
    await forget(lobby, "gone")

    def late(tx: Tx) -> None:
        (asked, _) = chats.questions_of(tx, 1)
        answered(tx, asked, ANSWER, source="9", at=lobby.now(), author="Priya Nair", late=True)

    await lobby.store.run(late)
    assert await where(lobby, ANSWER) == {"answer"}
    await lobby.pass_time(timedelta(minutes=2))
    assert await where(lobby, ANSWER, "Priya") == set()


async def test_what_has_had_its_time_goes_by_itself(lobby: LobbyDriver) -> None:
    """Links and sessions that ran out are no longer in the database, as members are told."""
    await lobby.handled("priya", Command("web"))
    link = await lobby.handled("priya", Command("web"))
    assert isinstance(link, Reply)
    (path,) = re.findall(r"/signin/[\w-]+", card_as_text(link.card))
    page = await lobby.markup(path)
    csrf = page.partition('name="csrf" value="')[2].partition('"')[0]
    await lobby.client.post(path, data={"csrf": csrf})
    assert {"sign_in", "web_session"} <= await where(lobby, '"priya"')
    lobby.be_away(lobby.now() + timedelta(minutes=11))
    await lobby.parts.runner.tidy()
    assert "sign_in" not in await where(lobby, '"priya"')
    assert "web_session" in await where(lobby, '"priya"')
    lobby.be_away(lobby.now() + timedelta(days=31))
    await lobby.parts.runner.tidy()
    assert "web_session" not in await where(lobby, '"priya"')


@pytest.mark.rows(141)
async def test_forgotten_on_every_platform(driver: Driver) -> None:
    """The same two steps, whatever a platform's buttons and forms look like."""
    await driver.say("priya", "/pln me start")
    await driver.submit(
        "priya", subjects=["math"], school=SCHOOL, years="", zone="UTC", quiet="none", goals=""
    )
    assert "As a file" in await driver.page("priya", "data")
    await driver.say("priya", "/pln me export")
    assert "page of what I keep" in await driver.alone("priya")
    await driver.say("priya", "/pln me forget")
    assert "This stays:" in await driver.alone("priya")
    await driver.press("priya", "Go on")
    await driver.submit("priya", answers="gone")
    assert "I have forgotten you" in await driver.alone("priya")


@pytest.mark.parametrize("answers", ["gone", "kept"])
async def test_done_again_from_the_journal(lobby: LobbyDriver, answers: str) -> None:
    """Where the database forgot an erasure it is done again, and a second time finds nothing."""
    before = await lobby.store.read(lambda tx: members.whose(tx, 3))
    assert before is not None
    kept = ("answers",) if answers == "kept" else ()
    known = erasing.Erased(3, before.since, 1, lobby.now(), kept)
    stranger = erasing.Erased(4, before.since - timedelta(days=1), 1, lobby.now())
    await lived(lobby)
    catalogue = lobby.parts.desk.routes
    for expected in (1, 0):
        done = await lobby.store.run(lambda tx: erasing.again(tx, catalogue, [known, stranger]))
        assert done == expected
    await lobby.parts.runner.run_all_due()
    assert await where(lobby, "Priya", SCHOOL) == set()
    assert "Hello, Luis" in await lobby.page("luis", "home")
