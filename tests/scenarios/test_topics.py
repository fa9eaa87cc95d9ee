"""The topic cycle on every platform: suggested all week, voted on in secret, two slots, a lot where needed."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.scenarios.driver import Driver

# What a database has to do with it is shown in tests/chats, on both.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MINUTE = timedelta(minutes=1)
VOTE = {
    "when": "from tomorrow 8 am until Wednesday 8 pm Eastern",
    "first": "Dec 3 2026 8 pm Eastern",
    "second": "Dec 3 2026 12 pm Eastern",
}
OPENS = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
ENDS = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


async def suggested(driver: Driver, **topics: str) -> None:
    """Have people suggest topics."""
    for who, words in topics.items():
        await driver.say(who, f"/pln chat suggest {words}")
        assert "Your topic is suggested" in await driver.alone(who)


async def voted(driver: Driver, *people: str, topic: str) -> None:
    """Have people vote for a topic of this number."""
    for who in people:
        await driver.press(who, "Your vote", choose=topic)
        assert "Your vote counts" in await driver.alone(who)


@pytest.mark.rows(40)
async def test_we_voted_and_second_place_ran_at_noon(driver: Driver) -> None:
    """Alike ones are made one with both names; counts are hidden; winner and runner-up have their slots."""
    await driver.lets_write("maya")
    await suggested(driver, priya="Feedback that pupils use", sam="Homework nobody copies")
    await suggested(driver, emma="Calm starts", luis="Feedback pupils really use")
    await driver.say("maya", "/pln chat vote")
    await driver.submit("maya", **VOTE)
    assert "The vote is planned" in await driver.alone("maya")
    await driver.press("luis", "It is the same as this one")
    assert "They are one topic now" in await driver.alone("luis")
    assert "What shall we talk about?" not in await driver.see("priya")
    await driver.pass_time(OPENS + MINUTE)
    seen = await driver.see("priya")
    assert "What shall we talk about?" in seen
    assert "Feedback that pupils use — suggested by Priya" in seen
    assert " and Luis" in seen
    await voted(driver, "priya", "luis", "dwayne", topic="1")
    await voted(driver, "sam", topic="3")
    await voted(driver, "sam", "emma", topic="2")
    assert "5 have voted so far" in await driver.see("maya")
    assert "3 votes" not in await driver.see("maya") + await driver.page("maya", "topics")
    await driver.pass_time(ENDS + MINUTE)
    seen = await driver.see("priya")
    assert "“Feedback that pupils use” won the vote" in seen
    assert "3 votes" in seen
    assert "Second, Homework nobody copies" in seen
    assert "2 votes" in seen
    assert "These stay suggested: Calm starts (0 votes)" in seen
    assert "a lot was drawn" not in seen
    assert "Write questions: Feedback that pupils use" in await driver.messages("maya")
    await driver.press("maya", "Write questions: Homework nobody copies")
    await driver.submit("maya", questions="Q1: Why copy?\nQ2: What else?")
    await driver.press("maya", "Publish")
    await driver.pass_time(datetime(2026, 12, 3, 17, 11, tzinfo=UTC))
    assert "Q1 Why copy?" in await driver.see("priya")
    listed = await driver.page("priya", "topics")
    assert "Calm starts" in listed
    assert "Suggested by Priya" not in listed


@pytest.mark.rows(40)
async def test_a_tie_is_drawn_and_one_topic_is_no_vote(driver: Driver) -> None:
    """One topic alone: the coach reads so plainly. As many for two: a lot, its seed named."""
    await driver.lets_write("maya")
    await driver.say("maya", "/pln chat vote")
    await driver.submit("maya", **{**VOTE, "when": "until Wednesday 8 pm Eastern"})
    assert "Nobody has suggested a topic yet" in await driver.alone("maya")
    await suggested(driver, priya="Calm starts")
    await driver.submit("maya", **{**VOTE, "when": "until Wednesday 8 pm Eastern"})
    assert "Only one topic is suggested, “Calm starts”" in await driver.alone("maya")
    await driver.submit("maya", **VOTE)
    await driver.pass_time(OPENS + timedelta(hours=8))  # not in class
    assert "there is nothing to vote on" in await driver.messages("maya")
    await suggested(driver, sam="Homework nobody copies")
    await driver.say("maya", "/pln chat vote until Wednesday 8 pm Eastern")
    await driver.submit("maya", **{**VOTE, "when": "until Wednesday 8 pm Eastern"})
    await driver.pass_time(MINUTE)
    await voted(driver, "priya", topic="1")
    await voted(driver, "sam", topic="2")
    await driver.pass_time(ENDS + MINUTE)
    seen = await driver.see("emma")
    assert "As many voted for" in seen
    assert "Drawn again from the number" in seen
