"""The bank of prompts: ideas of members, what is low, what fell flat, and nothing twice before June."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.scenarios.driver import Driver

DAY, WEEK = timedelta(days=1), timedelta(days=7)
IDEA = "What did you borrow from a colleague lately, and how did it go in your own room?"
BETTER = "Which idea did you borrow from a colleague lately, and what did you change about it?"
OWN = "\n".join(f"What worked in lesson {n}, and how do you know?" for n in range(1, 5))


async def set_up(driver: Driver, when: str, *, pack: str = "own", own: str = OWN) -> None:
    """Have the room asked, by Maya."""
    await driver.say("maya", "/pln prompt new")
    await driver.submit("maya", when=when, pack=pack, own=own, days="quiet", title="Our question")


async def make_curator(driver: Driver, who: str) -> None:
    """Have Maya give somebody the bank to look after."""
    await driver.say("maya", f"/pln network role {who}")
    await driver.submit("maya", role="curator", until="")


@pytest.mark.rows(17)
async def test_my_idea_ran_with_my_name(driver: Driver) -> None:
    """Suggested by command, approved by a curator, asked with its author's name; told at each step."""
    await driver.lets_write("sam")
    await make_curator(driver, "priya")
    await driver.say("sam", f"/pln prompt suggest {IDEA}")
    assert "your idea waits for a curator" in await driver.alone("sam")
    await driver.say("priya", "/pln prompt bank")
    waiting = await driver.see("priya")
    assert "An idea of Sam" in waiting
    assert IDEA in waiting
    await driver.press("priya", "Approve")
    assert "Approved: it will be asked" in await driver.alone("priya")
    await driver.pass_time(DAY)
    assert "It is ready, and will be asked." in await driver.messages("sam")
    await set_up(driver, "every Tuesday 8 am")
    await driver.pass_time(WEEK + DAY)
    room = await driver.see("maya")
    assert IDEA in room
    assert "An idea of Sam" in room
    await driver.say("sam", "/pln prompt mine")
    assert "It was asked on" in await driver.see("sam")
    await driver.press("sam", "Ask it without my name")
    await driver.pass_time(DAY)
    assert "An idea of Sam" not in await driver.see("maya")


@pytest.mark.rows(17)
async def test_declined_with_a_reason_and_undone(driver: Driver) -> None:
    """The author reads why; a second curator reads by whom; an undo has it wait again."""
    await driver.lets_write("sam")
    await make_curator(driver, "priya")
    await driver.say("sam", "/pln prompt suggest")
    await driver.submit("sam", words="Do you like Kahoot?", named="without")
    seen = await driver.alone("sam")
    assert "Yes or no would answer it" in seen
    assert "It names a product: Kahoot." in seen
    await driver.say("priya", "/pln prompt bank")
    assert "An idea of Sam" not in await driver.see("priya"), "it was sent without a name"
    await driver.say("maya", "/pln prompt bank")
    await driver.press("priya", "Decline")
    await driver.submit("priya", reason="We name no product here.")
    await driver.press("maya", "Approve")
    assert "Priya Nair has decided about it already" in await driver.alone("maya")
    await driver.pass_time(DAY)
    assert "We name no product here." in await driver.messages("sam")
    await driver.press("priya", "Undo")
    await driver.say("sam", "/pln prompt mine")
    assert "It waits for a curator." in await driver.see("sam")
    await driver.press("sam", "Take it back")
    assert "Do you like Kahoot?" not in await driver.page("priya", "prompts.bank/suggested")


@pytest.mark.rows(17)
async def test_other_words_need_the_author(driver: Driver) -> None:
    """A curator words it otherwise: the author agrees, and only then it is asked so."""
    await driver.lets_write("sam")
    await make_curator(driver, "priya")
    await driver.say("sam", f"/pln prompt suggest {IDEA}")
    await driver.say("priya", "/pln prompt bank")
    await driver.press("priya", "Edit")
    await driver.submit("priya", words_en=BETTER, words_es="")
    assert "Its author is asked" in await driver.alone("priya")
    await driver.pass_time(DAY)
    assert BETTER in await driver.messages("sam")
    assert "Other words for an idea" in await driver.page("sam", "home")
    await driver.say("sam", "/pln prompt mine")
    await driver.press("sam", "Agree")
    assert "it will be asked in these words" in await driver.alone("sam")
    ready = await driver.page("priya", "prompts.bank/accepted")
    assert BETTER in ready
    assert IDEA not in ready


@pytest.mark.rows(23)
async def test_it_warned_the_curator(driver: Driver) -> None:
    """Four prompts and a date every day: the curator is told once, pastes more, and all come, none twice."""
    await driver.lets_write("priya")
    await make_curator(driver, "priya")
    await set_up(driver, "every day 8 am")
    await driver.pass_time(2 * DAY)
    told = await driver.messages("priya")
    assert told.count("Two weeks of prompts are left") == 1
    assert "“Our question” has 3 prompts left" in told
    await driver.say("priya", "/pln prompt bank")
    await driver.press("priya", "Paste prompts")
    lines = "\n".join(
        f"{n}. Which {n} minutes of the week would you keep, and why?" for n in range(5, 30)
    )
    await driver.submit("priya", lines=f"{lines}\n{OWN}")
    said = await driver.alone("priya")
    assert "25 prompts are in the bank now." in said
    assert "4 were there already." in said
    await driver.pass_time(8 * DAY)
    assert (await driver.messages("priya")).count("Two weeks of prompts are left") == 1
    asked = re.findall(r"(?:lesson|Which) (\d+)(?:, and| minutes)", await driver.see("sam"))
    assert len(asked) == len(set(asked)) == 10


@pytest.mark.rows(28)
async def test_what_nobody_answered_is_set_aside(driver: Driver) -> None:
    """After three days without answers it waits for better words; it is not asked again before."""
    await make_curator(driver, "priya")
    await set_up(driver, "every Tuesday 8 am")
    await driver.pass_time(WEEK + 4 * DAY)
    aside = await driver.page("priya", "prompts.bank/set_aside")
    assert "lesson 1" in aside
    assert "Fewer than three answered it" in aside
    await driver.press_on_page("priya", "prompts.bank/set_aside", "Edit")
    await driver.submit("priya", words_en=BETTER, words_es="")
    assert "Saved." in await driver.alone("priya")
    await driver.pass_time(8 * WEEK)
    seen = await driver.see("sam")
    assert seen.count("lesson 1") == 1
    assert seen.count(BETTER) == 1


@pytest.mark.rows(15)
async def test_no_question_twice_before_june(driver: Driver) -> None:
    """A pack of thirty, a question a week from November on: each another, until June."""
    await set_up(driver, "every Tuesday 8 am", pack="climate", own="")
    await driver.pass_time(datetime(2027, 5, 31, tzinfo=UTC))
    text = await driver.file("maya", "prompts.csv/all")
    times = [row.split('","')[5] for row in text.splitlines()[1:]]
    assert sorted(set(times)) == ["0", "1"]
    assert times.count("1") >= 26


async def test_search_and_several_at_once(driver: Driver) -> None:
    """What waits is found by its words and decided about together; what was decided is said."""
    await make_curator(driver, "priya")
    for number in range(3):
        await driver.say(
            "sam", f"/pln prompt suggest What is your idea {number} for a rainy day, and why?"
        )
    await driver.say("priya", "/pln prompt bank")
    await driver.press("priya", "Search")
    await driver.submit("priya", words="RAÍNY idea")
    assert "3 prompts have “RAÍNY idea”." in await driver.see("priya")
    await driver.say("priya", "/pln prompt bank")
    await driver.press("priya", "Decide several")
    ids = ["1", "2", "3"]
    await driver.submit("priya", which=ids, what="approve", reason="")
    assert "3 prompts are decided." in await driver.alone("priya")
    ready = await driver.page("priya", "prompts.bank/accepted")
    assert ready.count("for a rainy day") == 3
