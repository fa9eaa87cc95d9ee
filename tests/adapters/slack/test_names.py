"""What people are called, in the workspace and by now."""

import asyncio
from datetime import timedelta

import pytest

from plnbot.refs import MemberRef
from tests.adapters.slack.fake import TEAM
from tests.adapters.slack.told import PRIYA, begun, renamed, room, said
from tests.scenarios.slack import USERS, SlackDriver
from tests.scenarios.workspace import connected

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_who_is_mentioned_is_named(slack: SlackDriver) -> None:
    """In an answer, a mention is the person's name and not their number."""
    await begun(slack)
    await slack.say("priya", "A1 as <@U0LUIS> said &amp; <https://example.org/a|did>")
    page = await slack.page("emma", "chat/1")
    assert "as @Luis Herrera said & did https://example.org/a" in page


async def test_nobody_is_called_by_their_number(slack: SlackDriver) -> None:
    """Where Slack does not say now who spoke, it is not acknowledged, and counts when it comes again."""
    await begun(slack)
    slack.slack.member("U0NEW", "Nell Newcomer")
    slack.slack.refuses[("users.info", "")] = "ratelimited"
    words = {**said("A1 from Nell", "1795482000.000900"), "user": "U0NEW"}
    waiting = asyncio.ensure_future(slack.event(words))
    async with asyncio.timeout(10):
        while ("users.info", "U0NEW") not in {(m, f.get("user")) for m, f in slack.slack.calls}:  # noqa: ASYNC110 - theirs
            await asyncio.sleep(0.01)
    del slack.slack.refuses[("users.info", "")]
    slack.clock.advance(timedelta(seconds=6))
    await slack.event(words)
    waiting.cancel()
    page = await slack.page("luis", "chat/1")
    assert page.count("from Nell") == 1
    assert "Nell Newcomer" in page
    assert "U0NEW" not in page


async def test_who_spoke_while_the_token_was_revoked_is_named_with_a_new_one(
    slack: SlackDriver,
) -> None:
    """The bot is not ready meanwhile, and says why; then names are put right, of silent people too."""
    await begun(slack)
    slack.slack.member("U0CAROL", "Carol Quinn")
    slack.slack.refuses["*", ""] = "token_revoked"
    await slack.event({**said("A1 from Carol", "1795482000.000900"), "user": "U0CAROL"})
    assert not slack.connection.connected
    assert slack.connection.trouble == "Slack refuses its token: token_revoked"
    assert "from Carol" in await slack.page("luis", "chat/1"), "her words are not lost"
    await slack.connection.stop()
    del slack.slack.refuses["*", ""]
    slack.connection = connected(slack.parts, slack.store, slack.clock, slack.slack.address)
    slack.parts.runner.senders["slack"] = slack.connection.sender
    await slack.connection.start()
    await slack.settle()
    page = await slack.page("luis", "chat/1")
    assert "Carol Quinn" in page
    assert "U0CAROL" not in page
    assert slack.connection.connected
    await slack.connection.stop()


async def test_a_new_name_is_taken_over(slack: SlackDriver) -> None:
    """Who is called otherwise in Slack is so on pages, in the archive, and where the room shows it."""
    await begun(slack)
    await slack.say("priya", "A1 Exit tickets")
    await slack.press("priya", "Answer")
    await slack.submit("priya", words="By the form")
    assert any("Priya Nair on Q1" in each for each in room(slack))
    await slack.event(renamed(PRIYA, "Priya  Sharma-Nair"))
    page, csv = await slack.page("luis", "chat/1"), await slack.file("luis", "chat.csv/1")
    for shown in (page, csv, *(each for each in room(slack) if "By the form" in each)):
        assert "Priya Sharma-Nair" in shown
        assert "Priya Nair" not in shown
    slack.slack.refuses[("users.info", "")] = "ratelimited"
    await slack.command("priya", "where")
    assert "Priya Sharma-Nair" in await slack.page("luis", "chat/1"), "her handle is no name"


async def test_a_name_that_nobody_told_of_is_asked_for(slack: SlackDriver) -> None:
    """A change that was missed is found by the daily look; what was kept from before changes nothing."""
    slack.slack.member(PRIYA, "Priya Sharma-Nair")
    who = MemberRef("slack", TEAM, PRIYA)
    for seconds, name in ((0.0, "Priya Nair"), (1e12, "Priya Sharma-Nair")):
        if seconds:
            slack.connection.app.people.seconds = lambda: 1e12
        await slack.command("priya", "help")
        person = await slack.parts.desk.person(who)
        assert person is not None
        assert person.name == name


async def test_who_left_or_was_erased_gets_no_name(slack: SlackDriver) -> None:
    """A changed profile brings nobody back, and makes nobody a member."""
    await begun(slack)
    await slack.say("luis", "A1 to be kept")
    await slack.command("luis", "forget me")
    await slack.press("luis", "Go on")
    await slack.submit("luis", answers="kept")
    await slack.event(renamed(PRIYA, "Priya Nair", deleted=True))
    for user in (USERS["luis"], PRIYA, "U0STRANGER"):
        await slack.event(renamed(user, "Somebody Else"))
    page = await slack.page("emma", "chat/1")
    assert "to be kept" in page
    assert "Former member" in page
    assert "Somebody Else" not in page + await slack.page("maya", "home")
    for user in (USERS["luis"], PRIYA, "U0STRANGER"):
        assert await slack.parts.desk.person(MemberRef("slack", TEAM, user)) is None
