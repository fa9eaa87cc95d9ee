"""A Slack workspace and the whole bot: what only Slack has, and what only Slack does to one."""

import asyncio
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from adapters.slack.text import Json
from plnbot import gathering
from plnbot.refs import MemberRef
from tests.adapters.slack.fake import BOT, ROOM, TEAM, Message
from tests.adapters.slack.seen import actions_of, label_of, words_of
from tests.adapters.slack.strict import Strict
from tests.adapters.slack.told import EIGHT, PRIYA, begun, edited, said
from tests.scenarios.slack import USERS, SlackDriver
from tests.scenarios.test_whole_chat import planned
from tests.scenarios.workspace import connected

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_an_event_counts_once_however_often_it_comes(slack: SlackDriver) -> None:
    """The same event, delivered three times at once, is one answer."""
    await begun(slack)
    payload = {
        "type": "event_callback",
        "team_id": TEAM,
        "event_id": "Ev-again",
        "event_time": 1,
        "event": said("A1 only once", "1795482000.000900"),
    }
    deliveries = [slack.slack.deliver("events_api", payload) for _time in range(3)]
    assert await asyncio.gather(*deliveries) == [{}, {}, {}]
    await slack.settle()
    assert (await slack.page("luis", "chat/1")).count("only once") == 1


async def test_a_message_shows_quietly_that_it_counts(slack: SlackDriver) -> None:
    """A mark beside it, gone once it is edited into talk; told again nothing changes; refused, no more tries."""
    await begun(slack)
    marking, ts = slack.connection.app.marking, "1795482000.000900"
    marking.gap = 0
    await slack.event(said("A1 maps", ts))
    await slack.event(said("so do we", "1795482000.000901"))
    await slack.event(said("A9 maps", "1795482000.000902"))
    assert slack.slack.marked == {ts}
    await slack.event(said("A1 maps", ts))
    assert slack.slack.marked == {ts}
    await slack.event(edited("never mind", ts, "1795482000.000950"))
    assert slack.slack.marked == set()
    slack.slack.refuses["reactions.add", ROOM] = "missing_scope"
    for each in ("1795482000.000903", "1795482000.000904"):
        await slack.event(said("A1 atlases", each))
    tried = [form for method, form in slack.slack.calls if method == "reactions.add"]
    assert [str(form["timestamp"]) for form in tried] == [ts, "1795482000.000903"]


async def test_a_lost_acknowledgement_is_absorbed(slack: SlackDriver) -> None:
    """Taken in, and then the socket is gone before Slack hears of it: it comes again, for nothing."""
    await begun(slack)
    first = slack.slack.sockets[0]
    answer = slack.event(said("A1 in spite of it", "1795482000.000900"))
    acknowledged = asyncio.ensure_future(answer)
    await first.close()
    async with asyncio.timeout(10):
        while not slack.slack.sockets or slack.slack.sockets[0] is first:  # noqa: ASYNC110 - theirs
            await asyncio.sleep(0.01)
    acknowledged.cancel()
    await slack.event(said("A1 in spite of it", "1795482000.000900"))
    assert (await slack.page("luis", "chat/1")).count("in spite of it") == 1


async def test_events_may_come_in_any_order(slack: SlackDriver) -> None:
    """An edit that comes before what it edits stands, and so does a deletion."""
    await begun(slack)
    await slack.event(edited("A1 the better words", "1.000100", "1.000500"))
    await slack.event(said("A1 the first words", "1.000100"))
    await slack.event(edited("A1 an older edit", "1.000100", "1.000300"))
    page = await slack.page("luis", "chat/1")
    assert "the better words" in page
    assert "first words" not in page
    assert "older edit" not in page
    gone = {"type": "message", "user": PRIYA, "ts": "1.000200", "text": "A1 regretted"}
    deletion = said("", "1.000600", subtype="message_deleted", previous_message=gone)
    await slack.event(deletion)
    await slack.event(said("A1 regretted", "1.000200"))
    assert "regretted" not in await slack.page("luis", "chat/1")


async def test_a_message_that_is_gone_takes_its_answer_with_it(slack: SlackDriver) -> None:
    """Whoever deleted it, and though Slack tells neither whose it was nor what it said."""
    await begun(slack)
    await slack.event(said("A1 regretted, A2 regretted", "1795482000.000900"))
    await slack.event({**said("A1 stays", "1795482000.000901"), "user": USERS["luis"]})
    assert "regretted" in await slack.page("emma", "chat/1")
    told = {"type": "message", "subtype": "message_deleted", "hidden": True, "channel": ROOM}
    gone = {**told, "channel_type": "channel", "deleted_ts": "1795482000.000900"}
    await slack.event({**gone, "ts": "1795482000.000950", "event_ts": "1795482000.000950"})
    page = await slack.page("emma", "chat/1")
    assert "regretted" not in page
    assert "stays" in page
    assert "1 answer so far" in await slack.see("emma")


async def test_what_was_said_meanwhile_is_heard(slack: SlackDriver) -> None:
    """Words and edits of the minutes without a connection count, once, also in threads."""
    await begun(slack)
    await slack.say("priya", "A1 heard at once")
    standing = slack.slack.messages[ROOM]
    question = next(each for each in reversed(standing) if "What worked this week" in each.text)
    heard = Message("1795482000.900100", PRIYA, "A1 heard at once")
    edited_since = Message("1795482000.900200", USERS["luis"], "A1 edited words")
    edited_since.edited = "1795482000.900400"
    below = Message("1795482700.000100", USERS["emma"], "from below", thread=question.ts)
    standing += [heard, edited_since, below]
    first = slack.slack.sockets[0]
    await first.close()
    async with asyncio.timeout(10):
        while not slack.slack.sockets or slack.slack.sockets[0] is first:  # noqa: ASYNC110 - theirs
            await asyncio.sleep(0.01)
    await slack.settle()
    page = await slack.page("sam", "chat/1")
    for words in ("edited words", "from below"):
        assert page.count(words) == 1
    assert "A1" not in page


async def away(slack: SlackDriver, until: datetime, *missed: Message) -> None:
    """Stop the bot; let people say something, and start it again when it is this late."""
    await slack.connection.stop()
    slack.slack.messages[ROOM] += missed
    slack.clock.at = until
    slack.connection = connected(slack.parts, slack.store, slack.clock, slack.slack.address)
    slack.parts.runner.senders["slack"] = slack.connection.sender
    await slack.connection.start()
    await slack.settle()


@pytest.mark.parametrize("trouble", ["ratelimited", "break", "lose"])
async def test_what_was_said_meanwhile_is_looked_for_until_it_was_read(
    slack: SlackDriver, trouble: str
) -> None:
    """A platform that says no on the way back is asked again, by this process or the next one."""
    await begun(slack)
    history = {"conversations.history", "conversations.replies"}
    if trouble == "ratelimited":
        slack.slack.refuses |= {(each, ""): trouble for each in history}
    else:
        slack.slack.after = lambda method, _form: trouble if method in history else ""
    said_then = Message("1795482700.900100", PRIYA, "A1 while nobody listened")
    await away(slack, EIGHT + timedelta(minutes=14), said_then)
    assert "while nobody listened" not in await slack.page("sam", "chat/1")
    await away(slack, EIGHT + timedelta(minutes=15))
    assert "while nobody listened" not in await slack.page("sam", "chat/1")
    for each in history:
        slack.slack.refuses.pop((each, ""), None)
    slack.slack.after = lambda _method, _form: ""
    await slack.pass_time(EIGHT + timedelta(minutes=30))
    assert (await slack.page("sam", "chat/1")).count("while nobody listened") == 1
    await slack.connection.stop()


async def test_what_was_said_while_the_bot_was_out_of_the_channel_is_read(
    slack: SlackDriver,
) -> None:
    """Invited again, it reads what its chat missed."""
    await begun(slack)
    slack.slack.messages[ROOM].append(Message("1795482700.900100", PRIYA, "A1 among ourselves"))
    await slack.event({"type": "member_joined_channel", "user": BOT, "channel": ROOM})
    assert (await slack.page("sam", "chat/1")).count("among ourselves") == 1


async def test_what_was_said_before_the_end_counts_after_it(slack: SlackDriver) -> None:
    """The bot was away over the chat's end: what was said until then is read all the same."""
    await begun(slack)
    said_then = Message("1795482900.900100", PRIYA, "A1 before the end")
    await away(slack, EIGHT + timedelta(hours=3), said_then)
    await slack.pass_time(EIGHT + timedelta(hours=3, minutes=10))
    (answer,) = await slack.store.read(lambda tx: gathering.of_whole(tx, "chat", 1))
    assert (answer.words, answer.late) == ("before the end", False)
    assert answer.at == datetime.fromtimestamp(1795482900.9001, UTC)
    await slack.connection.stop()


async def test_a_chat_begun_early_is_read_from_its_real_beginning(slack: SlackDriver) -> None:
    """What was said before the planned start of a chat that had begun counts."""
    await planned(slack)
    await slack.pass_time(EIGHT - timedelta(minutes=40))
    await slack.command("maya", "chat panel")
    await slack.press("maya", "Begin now")
    await slack.pass_time(EIGHT - timedelta(minutes=28))
    early = f"{(EIGHT - timedelta(minutes=29)).timestamp():.0f}.900100"
    await away(slack, EIGHT - timedelta(minutes=28), Message(early, PRIYA, "A1 right away"))
    assert (await slack.page("sam", "chat/1")).count("right away") == 1
    await slack.connection.stop()


async def test_talk_among_others_makes_nobody_a_member(slack: SlackDriver) -> None:
    """In a channel without a chat, words are not looked at, and whoever says them is not asked for."""
    slack.slack.member("U0CHATTY", "Chatty Cat")
    before = len(slack.slack.calls)
    await slack.event({**said("A1 just talking to <@U0CHATTY>", "1.0009"), "user": "U0CHATTY"})
    await slack.event({"type": "member_joined_channel", "user": "U0CHATTY", "channel": ROOM})
    assert slack.slack.calls[before:] == []
    assert await slack.parts.desk.person(MemberRef("slack", TEAM, "U0CHATTY")) is None


async def test_strangers_are_told_and_not_counted(slack: SlackDriver) -> None:
    """Somebody of another organisation in a shared channel takes no part, and learns why."""
    await begun(slack)
    slack.slack.member("U0ELSE", "Else Where", team_id="T0ELSE", is_stranger=True)
    USERS["else"] = "U0ELSE"
    try:
        await slack.event({**said("A1 from elsewhere", "1.0007"), "user": "U0ELSE"})
        assert "from elsewhere" not in await slack.page("luis", "chat/1")
        await slack.press("else", "Answer")
        assert "members of the workspace" in await slack.alone("else")
        assert await slack.messages("else") == ""
    finally:
        del USERS["else"]


async def test_a_guest_is_a_member_who_leads_nothing(slack: SlackDriver) -> None:
    """A guest takes part as themselves; that Slack calls one an administrator changes nothing."""
    slack.slack.member("U0GUEST", "Gus Guest", is_restricted=True, is_admin=True)
    USERS["gus"] = "U0GUEST"
    try:
        await slack.command("gus", "role")
        assert "another role" in await slack.alone("gus")
    finally:
        del USERS["gus"]


async def test_the_app_home_is_the_home_page(slack: SlackDriver) -> None:
    """It shows what the home page shows; its buttons open forms, and it follows what they change."""
    home = slack.slack.homes[PRIYA]
    assert "Tell us what you teach" in words_of(home)
    slack.slack.shown[PRIYA] = home
    await slack.press("priya", "Begin")
    await slack.submit("priya", subjects=["math"], goals="Less marking")
    assert "Welcome, Priya Nair" in await slack.alone("priya")
    assert "Less marking" in words_of(slack.slack.homes[PRIYA])
    await slack.press("priya", "Who sees what")
    assert "Who sees what" in await slack.alone("priya")
    await slack.say("priya", "/pln language es")
    await slack.settle()
    assert "Mis metas" in words_of(slack.slack.homes[PRIYA])


async def shortcut(slack: SlackDriver, name: str, who: str, message: str = "") -> None:
    """Let somebody use a shortcut, on a message where there is one."""
    payload: Json = {
        "type": "message_action" if message else "shortcut",
        "callback_id": name,
        "team": {"id": TEAM},
        "user": {"id": USERS[who], "team_id": TEAM},
        "trigger_id": f"{USERS[who]}.9",
    }
    if message:
        payload["channel"] = {"id": ROOM}
        payload["message"] = {"type": "message", "text": message, "ts": "1.0"}
        payload["response_url"] = slack.slack.respond_url(USERS[who])
    await slack.slack.deliver("interactive", payload)
    await slack.settle()


async def test_shortcuts(slack: SlackDriver) -> None:
    """A chat is planned from a message with questions; home opens from anywhere; where we are."""
    await shortcut(slack, "plan", "maya", "Q1: Why &amp; how?\nQ2: What next?")
    assert "Q1: Why & how?" in await slack.alone("maya")
    await slack.submit("maya", starts="today 8 pm Eastern", plan="classic60")
    await slack.press("maya", "Publish")
    await shortcut(slack, "home", "priya")
    assert "Hello, Priya Nair" in await slack.alone("priya")
    await slack.pass_time(EIGHT + timedelta(minutes=11))
    await shortcut(slack, "where", "luis", "anything")
    assert "We are on Q1" in await slack.alone("luis")


async def test_words_to_the_bot_itself_are_commands(slack: SlackDriver) -> None:
    """Whoever writes to the bot directly is answered there."""
    await slack.event({**said("help", "1.2"), "channel": "D0PRIYA", "channel_type": "im"})
    assert "What you can do" in await slack.messages("priya")


async def test_what_cannot_be_whispered_is_said_directly(slack: SlackDriver) -> None:
    """Where an ephemeral message is refused, the person gets it as a direct message."""
    await begun(slack)
    await slack.come("priya")
    slack.slack.refuses[("chat.postEphemeral", ROOM)] = "channel_not_found"
    await slack.say("priya", "A9 what about this")
    assert "no question 9" in await slack.messages("priya")


@pytest.mark.parametrize(
    ("error", "words"),
    [("expired_trigger_id", "Slack did not wait"), ("invalid_arguments", "did not work")],
)
async def test_a_form_that_does_not_open_says_so(
    slack: SlackDriver, error: str, words: str
) -> None:
    """Slack waits three seconds for a form, and may refuse one: nobody is left without a word."""
    await begun(slack)
    await slack.come("priya")
    slack.slack.refuses[("views.open", "")] = error
    await slack.press("priya", "Answer")
    told = await slack.alone("priya")
    assert words in told
    assert "press it once more" in told


async def test_the_panel_is_the_moderators_alone_and_stays_current(slack: SlackDriver) -> None:
    """It is a direct message, edited as the chat goes on, and says when it is theirs no longer."""
    await begun(slack)
    await slack.press("maya", "Hold")
    panels = [each for each in slack.slack.messages["D0MAYA"] if "Moderators only" in each.text]
    assert len(panels) == 1
    assert "on hold" in panels[0].text
    assert "Moderators only" not in await slack.see("priya")


async def test_after_the_bot_was_taken_out_nothing_is_called(slack: SlackDriver) -> None:
    """Whichever of the two events comes first, and however often, no call follows them."""
    await begun(slack)
    for event in (
        {"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"], "oauth": []}},
        {"type": "app_uninstalled"},
        {"type": "app_uninstalled"},
    ):
        await slack.event(event)
    assert not slack.connection.connected
    assert slack.connection.trouble == "Slack refuses its token: not_installed"
    before = len(slack.slack.calls)
    await slack.pass_time(EIGHT + timedelta(minutes=70))
    assert slack.slack.calls[before:] == []


async def test_a_whole_chat_without_an_address_ends_in_a_file(
    slack_without_address: SlackDriver, slack_proxy: Strict
) -> None:
    """Sixty minutes on time, with limits thrown in; the archive is a file in the channel, once."""
    slack = slack_without_address
    await planned(slack)
    async with aiohttp.ClientSession() as session:
        for method in ("chat.postMessage", "chat.update", "files.completeUploadExternal"):
            fault = {"method": method, "times": 2, "retry_after": 1}
            await (await session.post(f"{slack_proxy.address}/_fault", json=fault)).read()
    for minute in range(11, 62, 8):
        await slack.pass_time(EIGHT + timedelta(minutes=minute))
        await slack.say("priya", f"A1 at minute {minute}")
        await slack.press("luis", "Answer")
        await slack.submit("luis", words=f"by the form at {minute}")
    await slack.pass_time(EIGHT + timedelta(minutes=70))
    seen = await slack.see("emma")
    for number in range(1, 7):
        assert seen.count(f"PLNchat Q{number} ") == 1
    assert seen.count("The archive is ready") == 1
    shared = [file for each in slack.slack.messages[ROOM] for file in each.files]
    assert [file["name"].endswith(".md") for file in shared] == [True]
    content = slack.slack.files[shared[0]["id"]]["content"].decode()
    assert "at minute 11" in content
    assert "by the form at 59" in content
    await slack.press("emma", "Open the archive")
    assert "direct messages" in await slack.alone("emma")
    assert any(each.files for each in slack.slack.messages["D0EMMA"])


async def test_a_card_in_a_modal_leads_on_in_it(slack: SlackDriver) -> None:
    """A button of a card that stands in a modal shows what follows in the same modal."""
    slack.slack.shown[PRIYA] = slack.slack.homes[PRIYA]
    await slack.press("priya", "Begin")
    await slack.submit("priya", subjects=["math"])
    view = slack.slack.views[PRIYA]["id"]
    assert "Who sees what" in {
        label_of(each) for each, _block in actions_of(slack.slack.shown[PRIYA])
    }
    await slack.press("priya", "Change")
    assert slack.slack.views[PRIYA]["id"] == view
    await slack.submit("priya", subjects=["science"])
    assert "Welcome" in await slack.alone("priya")
