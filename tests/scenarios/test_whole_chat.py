"""A whole Q1/A1 chat: planned, run on time, steered, answered, archived."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.scenarios.driver import Driver
from tests.scenarios.lobby import LobbyDriver

SIX = """#PLNchat Feedback that pupils use
Warm-up: Who are you, and where do you teach?

Q1: What worked this week? 🎉
2. Where does feedback go to die?
Q3) How do you make time?  See https://example.org/time

Q4: What makes peer feedback kind?
Q5: Which tool saves you time?
Q6: What will you try?
Bonus: What did you eat?
"""


async def planned(driver: Driver, document: str = SIX, starts: str = "today 8 pm Eastern") -> None:
    """Let the coach plan and publish a chat."""
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions=document, starts=starts, plan="classic60")
    await driver.press("maya", "Publish")


@pytest.fixture
def eight() -> datetime:
    """Return 8 pm Eastern of the clock's day."""
    return datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.mark.rows(30)
async def test_pasted_lines_become_a_timed_plan(driver: Driver) -> None:
    """Six pasted lines become a timed plan that only the coach sees until it is published."""
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions=SIX, starts="today 8 pm Eastern", plan="classic60")
    preview = await driver.alone("maya")
    assert "8:00 PM ET Welcome" in preview
    assert "8:10 PM ET Q1 What worked this week? 🎉" in preview
    assert "Bonus" in preview
    assert "What worked" not in await driver.see("priya")
    await driver.press("maya", "Publish")
    assert "Where does feedback go to die?" in await driver.see("priya")


@pytest.mark.rows(30)
async def test_mistakes_are_named_and_nothing_is_lost(driver: Driver) -> None:
    """A start that cannot be read is named in the coach's words; what was typed stays."""
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", questions=SIX, starts="when pigs fly", plan="classic60")
    assert "I do not understand" in await driver.alone("maya")
    await driver.submit("maya", questions=SIX, starts="Nov 20 2026 8 pm", plan="classic60")
    assert "in the past" in await driver.alone("maya")
    await driver.submit("maya", questions=" ", starts="today 8 pm", plan="classic60")
    assert "Please paste the questions" in await driver.alone("maya")
    for starts in ("when pigs fly", "every blursday 8 pm"):
        await driver.submit("maya", questions=" ", starts=starts, plan="classic60")
        both = await driver.alone("maya")
        assert "I do not understand" in both, "what is wrong with a form is said at once"
        assert "Please paste the questions" in both
    await driver.submit("maya", questions=SIX, starts="today 8 pm", plan="classic60")
    assert "not announced yet" in await driver.alone("maya")


async def test_every_start_that_cannot_be_taken_says_why(driver: Driver) -> None:
    """Whatever is wrong with it, the coach reads what, and the form keeps what they typed."""
    await driver.say("maya", "/pln chat new")
    for starts, why in {
        "Thursday 8 pm QWT": "time zone “QWT”",
        "Thursday": "At what time?",
        "yesterday 8 pm Eastern": "I do not understand",
        "November 1 8 pm Eastern": "in the past",
        "February 30 8 pm Eastern": "no such day",
        "November 1 2031 8 pm Eastern": "more than two years away",
    }.items():
        await driver.submit("maya", questions=SIX, starts=starts, plan="classic60")
        assert why in await driver.alone("maya"), starts
    await driver.submit("maya", questions=SIX, starts="today 8 pm Eastern", plan="classic60")
    assert "not announced yet" in await driver.alone("maya")


async def test_a_teacher_may_not_plan(driver: Driver) -> None:
    """Planning is for moderators, and the sentence says where to look."""
    await driver.say("priya", "/pln chat new")
    assert "for somebody with another role" in await driver.alone("priya")


@pytest.mark.rows(32)
async def test_it_runs_by_itself_on_time(driver: Driver, eight: datetime) -> None:
    """Welcome, warm-up, questions, closing and archive come at their minute, unasked."""
    await planned(driver)
    for minute, shown in (
        (0, "Welcome! Answer question 1"),
        (4, "Who are you, and where do you teach?"),
        (10, "Q1 What worked this week?"),
    ):
        await driver.pass_time(eight + timedelta(minutes=minute) - timedelta(seconds=1))
        before = await driver.see("priya")
        await driver.pass_time(eight + timedelta(minutes=minute, seconds=1))
        after = await driver.see("priya")
        # What is asked stands above the lobby's room too.
        above = isinstance(driver, LobbyDriver) and shown.startswith("Q")
        assert after.count(shown) == before.count(shown) + 1 + above
    await driver.pass_time(eight + timedelta(minutes=61))
    seen = await driver.see("priya")
    for number in range(1, 7):
        assert seen.count(f"PLNchat Q{number} ") == 1
    assert "The archive is ready" in seen


@pytest.mark.rows(35)
async def test_answers_land_under_their_question(driver: Driver, eight: datetime) -> None:
    """Marks, threads and the form all count; late ones land where they belong."""
    await planned(driver)
    await driver.pass_time(eight + timedelta(minutes=11))
    await driver.say("priya", "A1 The exit ticket")
    await driver.say("luis", "a1: and the warm-up too", under="Q1 What worked")
    await driver.say("emma", "Yellow highlighters", under="Q1 What worked")
    await driver.press("dwayne", "Answer")
    await driver.submit("dwayne", words="One claim at a time")
    await driver.pass_time(eight + timedelta(minutes=30))
    await driver.say("sam", "A1 & A2 late, sorry: https://example.org/late")
    await driver.say("sam", "A9 what about this")
    assert "no question 9" in await driver.alone("sam")
    await driver.pass_time(eight + timedelta(minutes=70))
    await driver.say("priya", "A6 even after the end")
    told = json.loads(await driver.file("priya", "chat.json/1"))
    by_label = {each["label"]: each["answers"] for each in told["questions"]}
    assert [each["author"].split()[0] for each in by_label["Q1"]] == [
        "Priya", "Luis", "Emma", "Dwayne", "Sam",
    ]  # fmt: skip
    assert by_label["Q1"][-1]["late"]
    assert by_label["Q2"][0]["text"] == "late, sorry: https://example.org/late"
    assert by_label["Q6"][0]["late"]
    assert [each["url"] for each in told["resources"]] == ["https://example.org/late"]


@pytest.mark.rows(33, 34)
async def test_the_moderator_steers(driver: Driver, eight: datetime) -> None:
    """Hold, go on, two more minutes, skip, bonus, hand over and end do what they say."""
    await planned(driver)
    await driver.pass_time(eight + timedelta(minutes=11))
    await driver.press("maya", "Hold")
    await driver.pass_time(timedelta(minutes=15))
    assert "PLNchat Q2 " not in await driver.see("priya")
    await driver.press("maya", "Go on after the hold")
    await driver.pass_time(timedelta(minutes=8))
    assert "PLNchat Q2 " in await driver.see("priya")
    await driver.press("maya", "Skip Q3")
    await driver.press("maya", "Ask it after all, where it stood")
    assert "Q3 now" in await driver.alone("maya")
    await driver.press("maya", "Skip Q3")
    await driver.press("maya", "Q4 now")
    seen = await driver.see("priya")
    assert "PLNchat Q4 " in seen
    assert "PLNchat Q3 " not in seen
    await driver.press("maya", "Bonus question")
    await driver.submit("maya", words="What made you laugh?")
    await driver.lets_write("sam")
    await driver.press("maya", "Hand over")
    await driver.submit("maya", person="Sam Okafor")
    assert "You are a moderator" in await driver.messages("sam")
    await driver.press("sam", "End the chat")
    await driver.pass_time(timedelta(seconds=2))  # what was said is looked for first
    assert "The archive is ready" in await driver.see("priya")


@pytest.mark.rows(33)
async def test_only_moderators_steer(driver: Driver, eight: datetime) -> None:
    """A teacher sees no panel, and the command is refused in plain words."""
    await planned(driver)
    await driver.pass_time(eight + timedelta(minutes=11))
    assert "Moderators only" not in await driver.see("priya")
    await driver.say("priya", "/pln chat end")
    assert "another role" in await driver.alone("priya")
    assert "Moderators only" in await driver.see("maya")


@pytest.mark.rows(36)
async def test_a_latecomer_is_caught_up(driver: Driver, eight: datetime) -> None:
    """Who asks where we are is told privately: the question, what was missed, what comes."""
    await planned(driver)
    await driver.pass_time(eight + timedelta(minutes=19))
    await driver.say("priya", "where are we?")
    told = await driver.alone("priya")
    assert "We are on Q2" in told
    assert "Q1: What worked this week?" in told
    assert "Next: Q3 at 8:22 PM ET" in told


@pytest.mark.rows(38)
async def test_newcomers_are_greeted_once(driver: Driver, eight: datetime) -> None:
    """The first time somebody is in a chat they are greeted, and not again."""
    await planned(driver)
    await driver.pass_time(eight + timedelta(minutes=2))
    await driver.see("emma")
    assert "Your first chat with us" in await driver.alone("emma")
    await driver.say("emma", "A1 hello")
    await driver.say("emma", "A1 hello again")
    assert (await driver.see("priya")).count("A new voice") == 1


@pytest.mark.rows(34)
async def test_who_leads_is_no_new_voice(driver: Driver, eight: datetime) -> None:
    """The first answers of moderator and co-moderator are not announced; a teacher's is."""
    await planned(driver)
    await driver.pass_time(eight + timedelta(minutes=11))
    await driver.press("maya", "Add a co-moderator")
    await driver.submit("maya", person="Sam Okafor")
    await driver.say("maya", "A1 I begin")
    await driver.say("sam", "A1 and I help")
    assert "A new voice" not in await driver.see("priya")
    await driver.say("priya", "A1 hello")
    seen = await driver.see("priya")
    assert seen.count("A new voice") == 1
    assert "Priya Nair is in a chat with us for the first time" in seen


@pytest.mark.rows(37)
async def test_what_is_left_out_or_hidden_is_gone_everywhere(
    driver: Driver, eight: datetime
) -> None:
    """An opt-out and a moderator's hiding take effect on the page and in every file."""
    await planned(driver)
    await driver.pass_time(eight + timedelta(minutes=11))
    await driver.say("priya", "A1 my private thought")
    await driver.say("luis", "A1 something unkind")
    await driver.say("emma", "A1 @SUM(1+1 stays")
    await driver.pass_time(eight + timedelta(minutes=61))
    await driver.lets_write("luis")
    await driver.press("priya", "Leave my answers out")
    await driver.press_on_page("maya", "chat/1", "Hide")
    await driver.submit("maya", why="be kind")
    assert "What Luis Herrera wrote in the room still stands there" in await driver.alone("maya")
    assert "be kind" not in await driver.messages("luis")  # it is after nine
    await driver.pass_time(eight + timedelta(hours=11))
    assert "be kind" in await driver.messages("luis")
    everywhere = [await driver.page("emma", "chat/1")]
    everywhere += [await driver.file("emma", f"chat.{kind}/1") for kind in ("md", "csv", "json")]
    for each in everywhere:
        assert "private thought" not in each
        assert "unkind" not in each
        assert "1+1 stays" in each
    rows = list(csv.reader(io.StringIO(everywhere[2].lstrip("\ufeff"))))
    assert rows[1][4] == "'@SUM(1+1 stays"
    await driver.press("priya", "Let them in again")
    assert "private thought" in await driver.page("emma", "chat/1")


@pytest.mark.rows(31)
async def test_answers_prepared_on_the_bus(driver: Driver, eight: datetime) -> None:
    """An answer prepared ahead is nobody else's to read until its question is asked."""
    await planned(driver)
    await driver.press_on_page("priya", "chat/1", "Answer Q2")
    await driver.submit("priya", words="prepared on the bus")
    assert "prepared on the bus" not in await driver.page("luis", "chat/1")
    assert "prepared on the bus" in await driver.page("priya", "chat/1")
    await driver.pass_time(eight + timedelta(minutes=19))
    assert "prepared on the bus" in await driver.page("luis", "chat/1")


async def test_reminders_keep_quiet_hours(driver: Driver, eight: datetime) -> None:
    """A reminder comes half an hour ahead, directly, and can be taken back."""
    await planned(driver)
    await driver.press("priya", "Remind me")
    await driver.press("luis", "Remind me")
    await driver.press("luis", "No reminder")
    await driver.pass_time(eight - timedelta(minutes=29))
    assert "Reminder" in await driver.messages("priya")
    assert "It starts" not in await driver.messages("luis")


@pytest.mark.rows(32)
async def test_an_outage_gives_one_late_question(driver: Driver, eight: datetime) -> None:
    """After a silence from 8:20 to 8:31 comes one late Q3, and the end time stays."""
    await planned(driver)
    await driver.pass_time(eight + timedelta(minutes=20))
    driver.be_away(eight + timedelta(minutes=31))
    await driver.pass_time(timedelta(seconds=1))
    seen = await driver.see("priya")
    assert seen.count("PLNchat Q3 ") == 1
    assert "this one comes late" in seen
    assert "The plan has moved" in await driver.messages("maya")
    await driver.pass_time(eight + timedelta(minutes=64))
    assert "The archive is ready" in await driver.see("priya")


@pytest.mark.rows(39)
async def test_a_slow_chat_asks_once_a_day(driver: Driver) -> None:
    """A slow chat is the same machine with a question each school day."""
    await driver.say("maya", "/pln chat new")
    await driver.submit(
        "maya",
        questions="Q1: Monday?\nQ2: Tuesday?",
        starts="today 3 pm Eastern",
        plan="slow_daily",
    )
    await driver.press("maya", "Publish")
    await driver.pass_time(timedelta(hours=4))
    assert "Q2 Tuesday?" not in await driver.see("priya")
    await driver.pass_time(timedelta(hours=24))
    assert "Q2 Tuesday?" in await driver.see("priya")
    await driver.say("priya", "A1 on Thursday, as promised")
    assert "on Thursday, as promised" in await driver.page("luis", "chat/1")


async def test_real_documents_run(driver: Driver, corpora: Path) -> None:
    """Every document that a moderator really published becomes a chat that runs to its archive."""
    for number, path in enumerate(sorted((corpora / "chats").glob("*-20*.txt")), start=1):
        await planned(driver, path.read_text(encoding="utf-8"), "tomorrow 8 pm Eastern")
        await driver.pass_time(timedelta(hours=46))
        told = json.loads(await driver.file("priya", f"chat.json/{number}"))
        assert told["ended_at"], path.name
        assert all(each["asked_at"] for each in told["questions"]), path.name
