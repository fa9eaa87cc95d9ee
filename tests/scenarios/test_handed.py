"""Pages handed over as files, where they have no address: nothing is left out of them."""

import csv
import io
import json
import re
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from plnbot.chats import store as chats
from plnbot.members import store as members
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock
from tests.adapters.discord.fake import Fault
from tests.gathering.made import answered as answer
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.driver import Driver
from tests.scenarios.server import StrictDiscord, discord_server
from tests.scenarios.slack import SlackDriver

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
TWO = "Q1: What worked?\nQ2: What next?"


@pytest.fixture
async def discord_without_address(
    store: Store, clock: FrozenClock, discord_proxy: StrictDiscord
) -> AsyncIterator[DiscordDriver]:
    """Yield a Discord server whose pages have no address."""
    async with discord_server(store, clock, discord_proxy, "") as driver:
        yield driver


@pytest.fixture(params=["discord", "slack"])
def without_address(request: pytest.FixtureRequest, database_url: str) -> Driver:
    """Return each platform's driver whose pages have no address."""
    chosen: Driver = request.getfixturevalue(f"{request.param}_without_address")
    return chosen


def handed(driver: Driver) -> list[str]:
    """Return the words of every file that was handed over so far, oldest first."""
    match driver:
        case DiscordDriver(discord=discord):
            return [each.decode() for each in discord.files]
        case SlackDriver(slack=slack):
            return [each["content"].decode() for each in slack.files.values()]
        case _:
            raise AssertionError(driver)


def answered(many: int, now: datetime) -> Callable[[Tx], None]:
    """Return what writes down so many answers to each question, each with a link."""

    def write(tx: Tx) -> None:
        home = members.first_network(tx)
        assert home is not None
        teachers = [
            members.new_member(
                tx, home, MemberRef("test", "w", f"t{n}"), name=f"Teacher {n}", locale="en", now=now
            )
            for n in range(many)
        ]
        for asked in chats.questions_of(tx, 1):
            for number in range(many):
                words = f"said {asked.name}-{number}. https://example.org/{asked.name}/{number}"
                source, author = f"{asked.name}{number}", f"Teacher {number}"
                at, late = now + timedelta(seconds=number // 3), number == 0
                who = teachers[number].id
                answer(tx, asked, words, source=source, at=at, author=author, late=late, member=who)

    return write


def said_in(file: str) -> list[str]:
    """Return which answers stand in a file, from above."""
    return re.findall(r"said (Q\d-\d+)\.", file.replace("\\", ""))


def in_rows(file: str) -> list[tuple[list[str], str]]:
    """Return the rows of a spreadsheet with an answer each, and which answer that is."""
    rows = list(csv.reader(io.StringIO(file.lstrip("\ufeff"))))[1:]
    return [(row, re.findall(r"said Q\d-(\d+)\.", row[4])[0]) for row in rows]


@pytest.mark.parametrize("many", [25, 511])
async def test_a_handed_chat_holds_every_answer(
    without_address: Driver, store: Store, many: int
) -> None:
    """*Read the answers* and *Open the archive* hand over all of them, once each, in their order."""
    driver = without_address
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions=TWO, starts="today 8 pm Eastern", plan="classic60")
    await driver.press("maya", "Publish")
    await driver.press("luis", "Prepare my answers")
    assert "What next?" in handed(driver)[-1]
    await driver.pass_time(EIGHT + timedelta(minutes=40))
    await store.run(answered(many, driver.now()))
    wanted = [f"Q{asked}-{number}" for asked in (1, 2) for number in range(many)]
    await driver.press("luis", "Read the answers")
    assert said_in(handed(driver)[-1]) == wanted
    await driver.pass_time(EIGHT + timedelta(minutes=70))
    public = handed(driver)[-1]
    await driver.press("luis", "Open the archive")
    own = handed(driver)[-1]
    for file in (public, own):
        assert said_in(file) == wanted
        plain = file.replace("\\", "")
        assert len(set(re.findall(r"<(https://example\.org/Q\d/\d+)>", plain))) == 2 * many
        assert len(set(re.findall(r"^- (Teacher \d+)$", plain, re.MULTILINE))) == many
        assert plain.count("came later") == 2
    await driver.press("luis", "Spreadsheet (CSV)")
    assert [f"{row[0]}-{n}" for row, n in in_rows(handed(driver)[-1])] == wanted
    await driver.press("luis", "Open the archive")
    await driver.press("luis", "Data (JSON)")
    told = json.loads(handed(driver)[-1])
    asked = {each["label"]: [one["text"] for one in each["answers"]] for each in told["questions"]}
    assert [label for label, said in asked.items() for _ in said] == [each[:2] for each in wanted]


async def test_a_file_that_is_too_large_comes_in_parts(
    discord_without_address: DiscordDriver, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Discord takes files up to a size: the parts hold everything, and the person is told."""
    driver = discord_without_address
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions=TWO, starts="today 8 pm Eastern", plan="classic60")
    await driver.press("maya", "Publish")
    await driver.pass_time(EIGHT + timedelta(minutes=40))
    await store.run(answered(50, driver.now()))
    for module in ("answering", "api"):
        monkeypatch.setattr(f"adapters.discord.{module}.FILE_BYTES", 3000)
    before = len(handed(driver))
    await driver.press("luis", "Read the answers")
    parts = handed(driver)[before:]
    assert len(parts) > 3
    assert said_in("".join(parts)) == [f"Q{q}-{n}" for q in (1, 2) for n in range(50)]
    assert f"it comes in {len(parts)} parts" in await driver.alone("luis")
    too_large = Fault("POST", "/callback$", 413, {"code": 40005, "message": "too large"})
    driver.discord.faults = [too_large]
    await driver.press("luis", "Read the answers")
    assert "larger than Discord takes" in await driver.alone("luis")
