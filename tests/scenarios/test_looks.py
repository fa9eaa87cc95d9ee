"""Who may look: into a private channel, into a session of the web, and for how long after they may no more."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from plnbot.calendars import store as calendars
from plnbot.calendars.actions import calendar_for
from plnbot.engine.looking import HOLDS_SECONDS
from plnbot.engine.ports.looking import Look
from plnbot.errors import Unavailable
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.talk.interactions import (
    Answer,
    Command,
    Interaction,
    Opened,
    Press,
    Reply,
    Submit,
    What,
)
from plnbot.talk.pages import File, Page, markdown
from plnbot.talk.plain import card_as_text
from tests.adapters.discord.fake import BOT, GUILD
from tests.adapters.discord.fake import ROOM as DISCORD_ROOM
from tests.adapters.slack.fake import ROOM as SLACK_ROOM
from tests.adapters.slack.fake import TEAM
from tests.scenarios.discord import USERS as DISCORD_USERS
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.slack import USERS as SLACK_USERS
from tests.scenarios.slack import SlackDriver

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
LATER = timedelta(seconds=HOLDS_SECONDS + 61)
SAID = "My principal said no"
QUESTIONS = {"title": "Private matters", "questions": "Q1: Who said no?\nQ2: What next?"}
PLANNED = {**QUESTIONS, "starts": "today 8 pm Eastern", "plan": "classic60"}
WAYS = [
    "page chats",
    "page home",
    "page chat",
    "page answers",
    "md",
    "csv",
    "json",
    "ics",
    "list",
    "home",
    "link",
    "form",
]
OnPlatform = SlackDriver | DiscordDriver


@pytest.fixture(params=["slack", "discord"])
def driver(request: pytest.FixtureRequest, database_url: str) -> OnPlatform:
    """Return the driver of each platform with rooms that are not everybody's, asked by the test's clock."""
    chosen: OnPlatform = request.getfixturevalue(request.param)
    seconds = lambda: chosen.clock.now().timestamp()  # noqa: E731
    chosen.parts.desk.looks.seconds = chosen.connection.looking.seconds = seconds
    if isinstance(chosen, DiscordDriver):
        chosen.connection.membership.seconds = seconds
    return chosen


def users(driver: OnPlatform) -> Mapping[str, str]:
    """Return everybody's number there."""
    return SLACK_USERS if isinstance(driver, SlackDriver) else DISCORD_USERS


def ref(driver: OnPlatform, who: str) -> MemberRef:
    """Return somebody's account."""
    slack = isinstance(driver, SlackDriver)
    return MemberRef("slack" if slack else "discord", TEAM if slack else GUILD, users(driver)[who])


def let_in(driver: OnPlatform, *handles: str) -> None:
    """Let the channel be private, with these in it."""
    inside = [users(driver)[each] for each in handles]
    if isinstance(driver, SlackDriver):
        driver.slack.private[SLACK_ROOM] = set(inside)
        return
    sees = {"type": 1, "allow": str(1024 | 65536), "deny": "0"}
    nobody = {"id": GUILD, "type": 0, "allow": "0", "deny": "1024"}
    driver.discord.overwrites[DISCORD_ROOM] = [
        nobody, *({**sees, "id": each} for each in [*inside, BOT]),
    ]  # fmt: skip


async def does(driver: OnPlatform, who: str, what: What) -> str:
    """Let somebody do something elsewhere, as by a button in their messages; return what they are told."""
    account = ref(driver, who)
    place = Place(account.platform, account.workspace, "")
    key = f"{who}/{driver.clock.now().timestamp()}/{what}"[:200]
    answer = await driver.parts.desk.handle(Interaction(key, account, place, what))
    return told(answer)


def told(answer: Answer) -> str:
    """Return an answer's words."""
    return card_as_text(answer.card) if isinstance(answer, Reply) else type(answer).__name__


async def reads(driver: OnPlatform, who: str) -> list[str]:
    """Return by which ways somebody finds the chat or what was said in it, of all there are."""
    desk, account = driver.parts.desk, ref(driver, who)
    found: dict[str, str] = {}
    for name, row in (("chats", ""), ("home", ""), ("chat", "1"), ("answers", "1")):
        page = await desk.page(account, name, row)
        found[f"page {name}"] = markdown(page, "UTC", "en") if isinstance(page, Page) else ""
    for kind in ("md", "csv", "json", "ics"):
        file = await desk.download(account, f"chat.{kind}", "1")
        found[kind] = file.content.decode() if isinstance(file, File) else ""
    found["list"] = await does(driver, who, Command("chat list"))
    found["home"] = await does(driver, who, Command("home"))
    opened = await does(driver, who, Opened("chat", "1"))
    found["link"] = "Private matters" if opened == "OpenPage" else ""
    form = await does(driver, who, Press("chat.answer", "1"))
    found["form"] = "Private matters" if form == "OpenForm" else ""
    return [way for way, said in found.items() if "Private matters" in said or SAID in said]


async def calendar(driver: OnPlatform) -> str:
    """Return what the network's calendar shows to whoever knows its address."""

    def address(tx: Tx) -> str:
        person = driver.parts.desk.directory.known(tx, ref(driver, "maya"))
        assert person is not None
        calendar_for(tx, person)
        found = calendars.calendar_of(tx, person.network.id)
        assert found is not None
        return found.token

    token = await driver.store.run(address)
    file = await driver.parts.desk.download(MemberRef("web", "lobby", ""), "calendar", token)
    assert isinstance(file, File)
    return file.content.decode()


async def enters(driver: OnPlatform, who: str) -> bool:
    """Return whether the browser in which somebody opened their pages still opens them."""
    cookie = {"Cookie": driver.browsing._cookies[who]}
    asked = driver.browsing.client.get("/me/page/home", headers=cookie, allow_redirects=False)
    return (await asked).status == 200


async def evening(driver: OnPlatform) -> None:
    """Let Maya hold a chat in a channel in which only she and Priya are."""
    let_in(driver, "maya", "priya")
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", **PLANNED)
    assert "Its room is not open to all: only who may look" in await driver.alone("maya")
    await driver.press("maya", "Publish")
    await driver.pass_time(EIGHT + timedelta(minutes=11))
    await driver.say("priya", f"A1 {SAID}")


@pytest.mark.rows(148)
async def test_a_chat_in_a_private_channel(driver: OnPlatform) -> None:
    """It is found, read, downloaded, calendared and answered by who is in the channel, whatever others' roles."""
    await evening(driver)
    assert await reads(driver, "priya") == WAYS
    for outside in ("luis", "sam"):  # Sam helps to moderate all of the network's chats
        assert await reads(driver, outside) == [], outside
        said = await does(driver, outside, Submit("chat.answer", {"words": "Me too"}, "1"))
        assert "no longer there" in said
    assert "Private matters" not in await calendar(driver)
    if isinstance(driver, DiscordDriver):
        assert driver.discord.events == {}
    await driver.pass_time(EIGHT + timedelta(minutes=70))
    assert await reads(driver, "priya") != []
    assert await reads(driver, "luis") == []


@pytest.mark.rows(148)
async def test_whoever_publishes_it_may_open_it(driver: OnPlatform) -> None:
    """Knowingly: it is asked before, said what it means, and can be taken back."""
    await evening(driver)
    await driver.press_on_page("maya", "chat/1", "Open it to the network")
    assert await reads(driver, "luis") != []
    assert "Private matters" in await calendar(driver)
    await driver.press_on_page("maya", "chat/1", "Keep it to the room")
    assert await reads(driver, "luis") == []
    audit = await driver.page("maya", "audit")
    assert "opened the chat Private matters to the whole network" in audit


async def test_who_leaves_the_channel_looks_no_more(driver: OnPlatform) -> None:
    """Minutes later at most; and whoever comes in looks."""
    await evening(driver)
    assert await reads(driver, "priya") != []
    let_in(driver, "maya", "luis")
    await driver.pass_time(LATER)
    assert await reads(driver, "priya") == []
    assert await reads(driver, "luis") != []


async def test_a_room_that_opens_is_open(driver: OnPlatform) -> None:
    """What the platform says now counts, not what it said when the chat was planned."""
    await evening(driver)
    if isinstance(driver, SlackDriver):
        driver.slack.private.clear()
    else:
        driver.discord.overwrites.clear()
    await driver.pass_time(LATER)
    assert await reads(driver, "luis") != []


async def test_a_platform_that_is_away_opens_nothing(driver: OnPlatform) -> None:
    """Where it cannot be asked, a private channel stays private, but to who leads the chat in it."""
    await evening(driver)

    async def away(_place: Place, _user: str) -> Look:
        raise Unavailable("it is away")

    platform = ref(driver, "luis").platform
    driver.parts.desk.looks.asked_of(platform, away, driver.connection.looking.there)
    await driver.pass_time(LATER)
    assert await reads(driver, "luis") == []
    assert await reads(driver, "priya") == [], "nobody can say that she is still in it"
    assert await reads(driver, "maya") != []


async def test_who_is_out_of_the_workspace_is_out_of_the_web(driver: OnPlatform) -> None:
    """Thrown out or deactivated while nobody told: minutes later the session has ended, and its stream."""
    for each in ("priya", "luis"):
        await driver.page(each, "home")
    if isinstance(driver, SlackDriver):
        driver.slack.users[users(driver)["priya"]]["deleted"] = True
    else:
        driver.discord.out.add(users(driver)["priya"])
    await driver.pass_time(LATER)
    assert [await enters(driver, each) for each in ("priya", "luis")] == [False, True]
    assert "Hello" not in await driver.page("priya", "home"), "and its session is gone"
