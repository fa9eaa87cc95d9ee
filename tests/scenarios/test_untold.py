"""What is not told yet is for those alone who prepare it: drafts, and prepared answers."""

import re
from datetime import timedelta

import pytest

from plnbot.talk.interactions import Answer, Command, OpenForm, Press, Reply, Submit
from plnbot.talk.plain import card_as_text, plain
from tests.scenarios.lobby import LobbyDriver

SECRET = "Whose idea was this?"
PREPARED = "Nobody may read this yet"
GIVEN = {"questions": f"Q1: {SECRET}", "starts": "today 8 pm", "plan": "classic60"}


def words_of(answer: Answer) -> str:
    """Return everything an answer shows."""
    match answer:
        case Reply(card=card):
            return card_as_text(card)
        case OpenForm(form=form):
            return f"{plain(form.title)} {plain(form.intro)}"
        case _:
            return ""


@pytest.fixture
async def drafted(lobby: LobbyDriver) -> LobbyDriver:
    """Let a moderator have a draft of one question."""
    await lobby.handled("maya", Submit("chat.new", GIVEN))
    return lobby


async def seen_by(driver: LobbyDriver, who: str) -> str:
    """Return all that somebody can find out about the chat, whatever they press."""
    found = [
        words_of(await driver.handled(who, Press(action, "1")))
        for action in ("chat.answer", "chat.where", "chat.remind", "chat.leave_out")
    ]
    found += [words_of(await driver.handled(who, Command("chat list")))]
    for path in ("page/chat/1", "file/chat.json/1", "file/chat.md/1", "page/chats"):
        response = await driver.client.get(f"/as/{who}/{path}")
        found.append(await response.text() if response.status == 200 else "")
    address = re.search(
        r"/calendar/\S+\.ics", words_of(await driver.handled(who, Command("calendar")))
    )
    assert address is not None
    found.append(await (await driver.client.get(address[0])).text())
    return "\n".join(found)


async def test_a_draft_is_its_moderators_alone(drafted: LobbyDriver) -> None:
    """Until it is announced, no button, page, file or calendar shows others what it will ask."""
    assert SECRET in await seen_by(drafted, "maya")
    assert SECRET not in await seen_by(drafted, "priya")
    answer = Submit("chat.answer", {"words": "Mine"}, "1")
    assert "no longer there" in words_of(await drafted.handled("priya", answer))
    await drafted.handled("maya", Press("chat.publish", "1"))
    assert SECRET in await seen_by(drafted, "priya")


async def test_a_draft_thrown_away_stays_untold(drafted: LobbyDriver) -> None:
    """Thrown away, it is as unknown as before; its moderators can bring it back."""
    assert "Take it out again" in words_of(
        await drafted.handled("maya", Press("chat.discard", "1"))
    )
    assert SECRET not in await seen_by(drafted, "priya")
    assert "Published" in words_of(await drafted.handled("maya", Press("chat.publish", "1")))
    assert SECRET in await seen_by(drafted, "priya")


async def test_a_prepared_answer_is_its_authors_alone(drafted: LobbyDriver) -> None:
    """A moderator, who may hide any answer, cannot read one by that before its question is asked."""
    await drafted.handled("maya", Press("chat.publish", "1"))
    await drafted.handled("priya", Submit("chat.answer", {"words": PREPARED}, "1"))
    before = words_of(await drafted.handled("maya", Press("chat.hide", "1")))
    assert "no longer there" in before
    assert PREPARED not in before
    await drafted.pass_time(timedelta(hours=8, minutes=11))
    assert PREPARED in words_of(await drafted.handled("maya", Press("chat.hide", "1")))
