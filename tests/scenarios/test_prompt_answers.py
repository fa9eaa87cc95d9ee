"""Answers to prompts: given in every way, gathered the next morning, kept without a name, looked back on."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from adapters.slack.text import PLATFORM as SLACK
from plnbot.engine.ports import Person
from plnbot.prompts import actions
from plnbot.prompts import store as prompts
from plnbot.prompts.model import Kind
from plnbot.prompts.store import NewPrompt, NewRoom, Wish
from plnbot.refs import Place
from plnbot.schedules import Schedule
from plnbot.store.database import Tx
from plnbot.store.schema import metadata
from tests.adapters.discord.fake import GUILD
from tests.adapters.discord.fake import ROOM as DISCORD_ROOM
from tests.adapters.slack.fake import ROOM as SLACK_ROOM
from tests.adapters.slack.fake import TEAM
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.driver import Driver, InTime
from tests.scenarios.lobby import ROOM as LOBBY_ROOM
from tests.scenarios.slack import SlackDriver

EASTERN = "America/New_York"
WEEKLY = Schedule(("FREQ=WEEKLY;BYDAY=MO",), datetime(2026, 11, 23, 15, 45), EASTERN)  # noqa: DTZ001
QUESTION = "What did a pupil teach you this week, and how?"
ASKED = datetime(2026, 11, 23, 20, 45, tzinfo=UTC)
EVENING = ASKED + timedelta(hours=5)
MORNING = datetime(2026, 11, 24, 13, 1, tzinfo=UTC)
EVERYBODY = ("maya", "sam", "priya", "luis", "emma", "dwayne")
SAID = {
    "priya": "That a quiet pupil reads faster than I talk.",
    "luis": "How to fold a paper crane while listening to a story.",
    "emma": "Patience, in the third lesson on Friday.",
}


async def asked(
    driver: Driver,
    kind: Kind = Kind.OPEN,
    options: Mapping[str, tuple[str, ...]] | None = None,
    *,
    anonymous: bool = False,
    nudge: bool = False,
) -> None:
    """Let everybody come in, and the room be asked on Monday at a quarter to four."""
    assert isinstance(driver, InTime)
    for who in EVERYBODY:
        await driver.say(who, "/pln home")
        await driver.lets_write(who)
    place = {
        SlackDriver: Place(SLACK, TEAM, SLACK_ROOM),
        DiscordDriver: Place("discord", GUILD, DISCORD_ROOM),
    }.get(type(driver), Place("web", "lobby", LOBBY_ROOM))
    now = driver.now()

    def begin(tx: Tx) -> None:
        maya = driver.parts.desk.directory.by_id(tx, 1)
        assert isinstance(maya, Person)
        prompts.add_prompt(tx, 1, NewPrompt({"en": QUESTION}, kind, options or {}), now)
        wish = Wish(
            "Monday question", WEEKLY, "", timedelta(hours=12), anonymous=anonymous, nudge=nudge
        )
        actions.make(tx, wish, [NewRoom(place, EASTERN)], now, by=maya)

    await driver.store.run(begin)
    await driver.pass_time(ASKED + timedelta(minutes=1))


@pytest.mark.rows(16, 19, 20)
async def test_answers_stay_under_their_prompt_and_are_rounded_up(driver: Driver) -> None:
    """In its thread and by the button; next morning all of them, who came last first, none invented."""
    await asked(driver)
    await driver.say("priya", SAID["priya"], under="What did a pupil")
    await driver.press("luis", "Answer")
    await driver.submit("luis", words=SAID["luis"])
    assert "stands under the prompt" in await driver.alone("luis")
    await driver.say("sam", "That is lovely, Priya!", under="What did a pupil")
    await driver.say("emma", SAID["emma"], under="What did a pupil")
    await driver.delete("emma", SAID["emma"])
    await driver.edit("priya", SAID["priya"], SAID["priya"].replace("faster", "better"))
    assert "reads better than I talk" in await driver.page("maya", "prompt/1")
    await driver.edit("priya", SAID["priya"].replace("faster", "better"), SAID["priya"])
    page = await driver.page("maya", "prompt/1")
    assert SAID["priya"] in page
    assert SAID["luis"] in page
    assert "Patience" not in page
    await driver.pass_time(MORNING)
    seen = await driver.see("maya")
    assert "Round-up: 3 answers" in seen
    rounded_up = seen[seen.index("Round-up: 3") :]
    places = [rounded_up.index(SAID[who]) for who in ("luis", "priya")]
    assert places == sorted(places), "who came last is read first"
    assert "Patience" not in rounded_up, "what is deleted is not quoted"
    table = await driver.file("maya", "prompt.csv/1")
    assert SAID["luis"] in table
    await driver.say("dwayne", "To wait three seconds before I help.", under="What did a pupil")
    late = await driver.page("maya", "prompt/1")
    assert "came later" in late


@pytest.mark.rows(24)
async def test_one_tap_counts_and_a_sentence_is_optional(driver: Driver) -> None:
    """A tap is an answer; another tap changes it; words in the thread become its sentence."""
    await asked(driver, Kind.SCALE, {"en": ("Hardly", "Somewhat", "Fully")})
    await driver.press("priya", "Hardly")
    assert "“Hardly” is your answer" in await driver.alone("priya")
    await driver.press("priya", "Fully")
    await driver.say("priya", "since we have two teachers", under="What did a pupil")
    await driver.press("luis", "Somewhat")
    await driver.press("luis", "Take it back")
    page = await driver.page("maya", "prompt/1")
    assert "Fully: since we have two teachers" in page
    assert "Somewhat ·" not in page
    assert "1 answer so far" in await driver.see("maya")


@pytest.mark.rows(18, 25)
async def test_without_a_name_and_no_way_back(driver: Driver) -> None:
    """The form says first who could know; nothing is shown until five are, and then in no order."""
    await asked(driver, anonymous=True)
    for number, who in enumerate(EVERYBODY[:5], 1):
        await driver.press(who, "Without my name")
        form = await driver.alone(who)
        assert "can never be un-hidden" in form
        assert "Whoever runs its server could" in form
        await driver.submit(who, words=f"secret number {number}")
        assert await holding(driver, "secret number") == {"anonymous_answer"}
        assert "secret" not in await driver.page("maya", "prompt/1")
        assert "answer so far" not in await driver.see("maya")
    await driver.press("priya", "Without my name")
    assert "counts once" in await driver.alone("priya")
    await driver.press("priya", "Answer")
    assert "counts once" in await driver.alone("priya")
    await driver.pass_time(MORNING)
    page = await driver.page("dwayne", "prompt/1")
    assert page.count("secret number") == 5
    assert "5 without a name" in await driver.see("maya")


async def holding(driver: Driver, words: str) -> set[str]:
    """Return the tables in which words stand, of all that the core and every adapter have."""
    assert isinstance(driver, InTime)

    def look(tx: Tx) -> set[str]:
        return {
            name
            for name, table in metadata.tables.items()
            if any(words in repr(tuple(row)) for row in tx.execute(select(table)))
        }

    return await driver.store.read(look)


@pytest.mark.rows(19)
async def test_one_nudge_for_who_asked_and_has_not_answered(driver: Driver) -> None:
    """Who answered, passed or never asked for it hears nothing; who did hears once."""
    await asked(driver, nudge=True)
    for who in ("priya", "luis", "emma"):
        await driver.say(who, "/pln prompt remind")
        await driver.press(who, "Remind me once")
    await driver.say("luis", SAID["luis"], under="What did a pupil")
    await driver.press("emma", "Pass")
    assert "That is fine" in await driver.alone("emma")
    await driver.pass_time(EVENING)
    told = {who: await driver.messages(who) for who in EVERYBODY}
    assert {who for who, words in told.items() if "Still open" in words} == {"priya"}
    assert told["priya"].count("Still open") == 1
    await driver.pass_time(MORNING + timedelta(days=1))
    assert (await driver.messages("priya")).count("Still open") == 1


@pytest.mark.rows(27)
async def test_months_later_it_asks_what_became_of_it(driver: Driver) -> None:
    """Alone, with their own words; what they tell is theirs alone, and something they did."""
    await asked(driver)
    await driver.say("priya", SAID["priya"], under="What did a pupil")
    await driver.say("luis", "A lot.", under="What did a pupil")
    await driver.pass_time(MORNING + timedelta(days=141))
    told = await driver.messages("priya")
    assert "What became of it?" in told
    assert SAID["priya"] in told
    assert "What became of it?" not in await driver.messages("luis"), "two words are no story"
    await driver.press_on_page("priya", "looking_back", "Tell what became of it")
    await driver.submit("priya", words="She reads to the first years now.")
    assert "for you alone" in await driver.alone("priya")
    assert "She reads to the first years now." in await driver.page("priya", "looking_back")
    assert "She reads" not in await driver.page("maya", "looking_back")
    assert QUESTION in await driver.page("priya", "did")


@pytest.mark.rows(21)
async def test_a_prompt_grows_into_a_chat(driver: Driver) -> None:
    """With one tap it is a draft in its room, and its answers are a tap away for whoever comes."""
    await asked(driver)
    await driver.say("priya", SAID["priya"], under="What did a pupil")
    await driver.pass_time(MORNING)
    await driver.press("priya", "Make more of it")
    assert "Ask a moderator" in await driver.alone("priya")
    await driver.press("maya", "Make more of it")
    draft = await driver.alone("maya")
    assert QUESTION in draft
    await driver.press("maya", "Publish")
    assert "What was said before" in await driver.see("luis")
    chat = await driver.page("luis", "chat/1")
    assert "What was said before" in chat


@pytest.mark.rows(18)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_discords_form_is_not_kept_while_it_is_filled_in(discord: DiscordDriver) -> None:
    """Other forms are, so that nothing typed is lost; of this one not even for a moment."""
    await asked(discord, anonymous=True)

    def watch(tx: Tx) -> None:
        tx.execute(text("CREATE TABLE kept_for_a_moment (given TEXT)"))
        tx.execute(
            text(
                "CREATE TRIGGER watched AFTER UPDATE ON discord_draft BEGIN"
                " INSERT INTO kept_for_a_moment VALUES (NEW.given); END"
            )
        )

    def kept(tx: Tx) -> str:
        return repr(tx.execute(text("SELECT given FROM kept_for_a_moment")).all())

    await discord.store.run(watch)
    await discord.press("priya", "Without my name")
    await discord.submit("priya", words="not for a moment")
    await discord.press("luis", "Answer")
    await discord.submit("luis", words="by name")
    told = await discord.store.read(kept)
    assert "by name" in told
    assert "not for a moment" not in told
