"""A teacher's year: a chat, a prompt, something read and a meeting become hours, and the hours a code that holds."""

from datetime import timedelta

import pytest
from playwright.async_api import Browser, expect
from sqlalchemy import text

from adapters.web.lobby_key import cookie_of
from plnbot.store.database import Tx
from tests.browser.conftest import browser
from tests.scenarios.lobby import LOBBY_KEY, LobbyDriver
from tests.scenarios.test_credit import school
from tests.scenarios.test_library import listed
from tests.scenarios.test_peers import committed, joins, opened, teaches
from tests.scenarios.test_prompt_answers import MORNING, asked

__all__ = ["browser"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
DAY = timedelta(days=1)


def drafted(tx: Tx) -> list[str]:
    """Return the numbers of what Sam did, by what it is."""
    found = text(
        "SELECT a.id, a.kind FROM activity a JOIN member m ON m.id = a.member_id"
        " WHERE m.name LIKE 'Sam%' ORDER BY a.kind"
    )
    rows = tx.execute(found).all()
    assert [each.kind for each in rows] == ["chat", "peers", "prompt", "reading"]
    return [str(each.id) for each in rows]


async def lived(lobby: LobbyDriver) -> None:
    """Let Sam take part in four ways, within a month."""
    await asked(lobby)
    await lobby.press("sam", "Answer")
    await lobby.submit("sam", words="That a quiet pupil reads faster than I talk.")
    await lobby.pass_time(MORNING)
    await lobby.say("maya", "/pln chat new")
    await lobby.submit("maya", questions="Q1: Why?\nQ2: How?", starts="in 1 hour", plan="classic60")
    await lobby.press("maya", "Publish")
    await lobby.pass_time(timedelta(minutes=75))
    await lobby.say("sam", "A1 Because they ask.")
    await lobby.pass_time(timedelta(minutes=20))
    await lobby.say("sam", "A2 By listening.")
    await lobby.pass_time(timedelta(hours=3))
    await listed(lobby, "Exit tickets", minutes="12", note="Two questions, no more.")
    await lobby.say("sam", "/pln find exit tickets")
    await lobby.press("sam", "Save")
    await lobby.say("sam", "/pln feed saved")
    await lobby.press("sam", "Done")
    await lobby.submit("sam", sentence="I ask one question, not five.", **{"class": "3"})
    for who in ("sam", "priya"):
        await teaches(lobby, who)
    await opened(lobby)
    await joins(lobby, "sam", "priya")
    await committed(lobby)
    await lobby.pass_time(2 * DAY)
    await lobby.press("sam", "We met")
    await lobby.press("sam", "Minutes", choose="45")


@pytest.mark.rows(111, 116)
async def test_a_year_ends_in_a_code_that_a_stranger_checks(
    lobby: LobbyDriver, browser: Browser
) -> None:
    """What Sam did is confirmed, approved and in the transcript; a browser that nobody signed in finds it genuine."""
    await school(lobby)
    await lived(lobby)
    for number in await lobby.store.read(drafted):
        await lobby.say("sam", "/pln credit drafts")
        await lobby.press("sam", "Look at one …", choose=number)
        await lobby.press("sam", "Confirm")
        await lobby.submit("sam", minutes="30", ask1="I listen longer.")
        assert "Sent in" in await lobby.alone("sam")
    await lobby.say("priya", "/pln credit queue")
    for entry in range(1, 5):
        await lobby.press("priya", "Look at one …", choose=f"{entry}.1")
        await lobby.press("priya", "Approve")
        await lobby.say("priya", "/pln credit queue")
    await lobby.pass_time(200 * DAY)
    await lobby.say("sam", "/pln credit status")
    await lobby.press("sam", "Make a transcript")
    await lobby.submit("sam", shows="name")
    transcript = await lobby.page("sam", "credit.document/1")
    for each in ("Exit tickets", "A meeting in “Two counties”", "What did a pupil teach you"):
        assert each in transcript
    code = await lobby.store.read(
        lambda tx: tx.execute(text("SELECT code FROM credit_document")).scalar_one()
    )
    stranger = await browser.new_page(viewport={"width": 390, "height": 844}, locale="en-US")
    opened_page = await stranger.goto(str(lobby.client.make_url(f"/open/record/{code}")))
    assert opened_page is not None
    assert "noindex" in opened_page.headers["x-robots-tag"]
    await expect(stranger.get_by_text("Genuine: issued by plnbot")).to_be_visible()
    await expect(stranger.get_by_text("4 entries, 2 hours in all")).to_be_visible()
    await expect(stranger.get_by_text("Unchanged:")).to_be_visible()
    assert "Exit tickets" not in await stranger.content()
    assert {each.get("name") for each in await stranger.context.cookies()} == {"plnbot_zone"}


@pytest.mark.rows(120)
async def test_what_is_typed_is_there_though_it_was_never_sent(
    lobby: LobbyDriver, browser: Browser
) -> None:
    """The page is closed in mid-sentence; opened again, the form has the sentence."""
    window = await browser.new_context(locale="en-US")
    here = str(lobby.client.make_url("/"))
    await window.add_cookies([{"name": cookie_of(LOBBY_KEY), "value": LOBBY_KEY, "url": here}])
    sentence = "I answered the door, came back, and"
    page = await window.new_page()
    await page.goto(f"{here}as/sam/page/credit")
    await page.get_by_role("button", name="Log hours").click()
    async with page.expect_response(lambda answer: "/keep" in answer.url):
        await page.get_by_label("In a sentence").fill(sentence)
    await page.close()
    page = await window.new_page()
    await page.goto(f"{here}as/sam/page/credit")
    await page.get_by_role("button", name="Log hours").click()
    await expect(page.get_by_label("In a sentence")).to_have_value(sentence)
    await window.close()
