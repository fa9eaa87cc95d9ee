"""Planning a chat from a document: the file is read, or it is said what is wrong with it."""

import pytest
from sqlalchemy import func, select

from plnbot.engine.store import sent_form
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.driver import Document, Driver
from tests.scenarios.lobby import LobbyDriver
from tests.scenarios.slack import SlackDriver

DOCUMENT = Document(
    "../Rúbricas.md",
    "#PLNchat Rubrics\nWarm-up: Who are you?\nQ1: ¿Qué es una rúbrica?\nQ2: Why?\n".encode(
        "cp1252"
    ),
)
WISH = {"starts": "today 8 pm Eastern", "plan": "classic60", "questions": ""}


@pytest.mark.rows(30)
async def test_a_chat_is_planned_from_a_document(driver: Driver) -> None:
    """What stands in the file is read as if it had been pasted, whatever it is called."""
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", **WISH, document=DOCUMENT)
    preview = await driver.alone("maya")
    assert "¿Qué es una rúbrica?" in preview
    assert "#PLNchat" in preview
    await driver.press("maya", "Publish")
    assert "Published" in await driver.alone("maya")
    assert "#PLNchat" in await driver.see("priya")


@pytest.mark.rows(30)
async def test_what_is_no_text_is_said_and_what_was_typed_is_kept(driver: Driver) -> None:
    """A PDF has its sentence, and the form opens again with the rest still in it."""
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", **WISH, title="Rubrics", document=Document("plan.txt", b"%PDF-1.7"))
    said = await driver.alone("maya")
    assert "This is a PDF. Copy its text and paste it" in said
    if not isinstance(driver, LobbyDriver):
        assert "What you typed is kept." in said
        await driver.press("maya", "Open the form again")
        assert "plan.txt" not in await driver.alone("maya")
    await driver.submit("maya", starts="today 8 pm Eastern", document=DOCUMENT)
    assert "Rubrics" in await driver.alone("maya")


@pytest.mark.rows(30)
async def test_what_is_wrong_besides_is_said_while_the_form_is_open(driver: Driver) -> None:
    """Too large a file, or words and a file at once: nobody waits to hear it."""
    await driver.say("maya", "/pln chat new")
    await driver.submit("maya", **WISH, document=Document("plan.txt", b"Q1: Why? " * 3000))
    assert "This file is too large. 20 kB is the most here." in await driver.alone("maya")
    await driver.submit("maya", **WISH)
    assert "Please paste the questions, or choose a document" in await driver.alone("maya")


async def rows(driver: LobbyDriver | SlackDriver | DiscordDriver) -> int:
    """Return how many forms were taken in whose files are awaited."""
    found = select(func.count()).select_from(sent_form)
    return int(await driver.store.read(lambda tx: tx.execute(found).scalar_one()))


@pytest.mark.rows(30)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_without_the_right_to_read_files_the_form_leads_to_the_web(
    slack: SlackDriver,
) -> None:
    """Slack would not open it; so it opens without the file, with a link to the whole form."""
    slack.slack.scopes = "commands,chat:write"
    await slack.command("maya", "me web")  # any answer tells what the bot may do
    await slack.say("maya", "/pln chat new Q1: Pasted")
    view = slack.slack.views["U0MAYA"]
    assert "file_input" not in str(view)
    assert "On the web the form takes one." in await slack.alone("maya")
    link = next(each for each in str(view).split("'") if "/signin/" in each)
    page = await slack.browsing.open("maya", link)
    assert "Or a document with the questions" in page
    assert ">\nQ1: Pasted</textarea>" in slack.browsing.sheets["maya"]
    await slack.submit("maya", **WISH, document=DOCUMENT)
    assert "¿Qué es una rúbrica?" in slack.browsing.alone("maya")
    await slack.browsing.choose("maya", "Publish")
    await slack.settle()
    assert "#PLNchat" in await slack.see("priya")  # announced in the channel where it was asked for


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_without_the_right_and_without_pages_it_is_said(
    slack_without_address: SlackDriver,
) -> None:
    """The rest of the form works as always."""
    slack = slack_without_address
    slack.slack.scopes = "commands,chat:write"
    await slack.command("maya", "me")
    await slack.say("maya", "/pln chat new")
    assert "I may not read files in this workspace." in await slack.alone("maya")
    await slack.submit("maya", **{**WISH, "questions": "Q1: Why?"})
    assert "Why?" in await slack.alone("maya")
    assert await rows(slack) == 0
