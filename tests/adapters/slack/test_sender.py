"""Posting under trouble: lost replies, limits, refusals, files, and a pace that Slack can bear."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestServer

from adapters.slack.calls import Calls
from adapters.slack.pace import Pace
from adapters.slack.refusals import WHY
from adapters.slack.sender import SlackSender, mark_of
from adapters.slack.text import Json
from adapters.slack.tokens import OneToken
from plnbot.engine.ports import Outgoing, Rejected, Retry, Sent, Unknown
from plnbot.errors import Unavailable
from plnbot.refs import MemberRef, Place
from plnbot.talk.cards import Card, Image, Paragraph
from plnbot.talk.pages import File
from plnbot.talk.text import verbatim
from tests.adapters.slack.fake import BOT, ROOM, TEAM, FakeSlack, Message
from tests.adapters.slack.strict import free_port


@dataclass(slots=True)
class Seconds:
    """A clock of seconds, on which sleeping is what moves it."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        """Return the seconds it shows."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Move on."""
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def seconds() -> Seconds:
    """Return a still clock."""
    return Seconds()


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """Yield a workspace."""
    made = FakeSlack()
    async with TestServer(made.app()) as server:
        made.own = str(server.make_url("")).rstrip("/")
        yield made


@pytest.fixture
async def sender(slack: FakeSlack, seconds: Seconds) -> AsyncIterator[SlackSender]:
    """Yield a sender to it."""
    calls = Calls(OneToken("xoxb-test"), f"{slack.own}/api/", seconds)
    yield SlackSender(calls, Pace(seconds=seconds, sleep=seconds.sleep))
    await calls.close()


def to_room(key: str = "k1", channel: str = ROOM) -> Outgoing:
    """Return a card on its way to a channel."""
    return Outgoing(key, Place("slack", TEAM, channel), Card(verbatim(key)), "en", "UTC")


@pytest.mark.parametrize("error", ["restricted_action_thread_locked", "thread_not_found"])
async def test_what_a_thread_refuses_the_channel_takes(
    sender: SlackSender, slack: FakeSlack, error: str
) -> None:
    """What was to stand in a thread stands in its channel, and is found there."""
    lost = ["lose"]
    slack.after = lambda method, _form: lost.pop() if lost and method == "chat.postMessage" else ""
    slack.thread_refuses = error
    below = replace(to_room(), to=Place("slack", TEAM, ROOM, "1.1"))
    assert isinstance(await sender.send(below), Unknown)
    (standing,) = slack.messages[ROOM]
    assert standing.thread == ""
    assert await sender.find(below) == Sent(standing.ts)


@pytest.mark.parametrize("how", ["lose", "break"])
async def test_a_lost_reply_is_reconciled(sender: SlackSender, slack: FakeSlack, how: str) -> None:
    """A post whose reply is lost is unknown, found by its mark, and stands once."""
    slack.after = lambda method, _form: how if method == "chat.postMessage" else ""
    assert isinstance(await sender.send(to_room()), Unknown)
    (standing,) = slack.messages[ROOM]
    assert await sender.find(to_room()) == Sent(standing.ts)
    assert sum(method == "chat.postMessage" for method, _form in slack.calls) == 1


async def test_a_mark_tells_nothing(sender: SlackSender, slack: FakeSlack) -> None:
    """Any app may read a message's metadata, so it holds no key in clear and nobody's id."""
    await sender.send(to_room("chat/hello/17"))
    (standing,) = slack.messages[ROOM]
    assert standing.metadata == {
        "event_type": "plnbot_post",
        "event_payload": {"mark": mark_of("chat/hello/17")},
    }


async def test_a_copied_mark_means_nothing(sender: SlackSender, slack: FakeSlack) -> None:
    """Another app that copies the mark of a post, or shares a file of its name, hides neither."""
    card = replace(to_room(), file=ARCHIVE)
    copied = {"event_type": "plnbot_post", "event_payload": {"mark": mark_of(card.key)}}
    for author, bot in (("U0OTHERBOT", "B0OTHER"), ("U0PRIYA", "")):
        forged = Message(slack.ts(), author, "A copy", metadata=copied, bot=bot)
        forged.files = [{"id": "F0", "name": ARCHIVE.name}]
        slack.messages[ROOM].append(forged)
    assert await sender.find(card) is None
    sent = await sender.send(card)
    slack.messages[ROOM].append(replace(forged, ts=slack.ts()))
    assert await sender.find(card) == sent
    ours = [each for each in slack.messages[ROOM] if each.user == BOT]
    assert [bool(each.files) for each in ours] == [False, True]


async def test_a_lost_post_is_found_far_back(sender: SlackSender, slack: FakeSlack) -> None:
    """It is found behind what was said since, page by page."""
    await sender.send(to_room("wanted"))
    ref = slack.messages[ROOM][0].ts
    for number in range(40):
        slack._chat_postMessage({"channel": ROOM, "text": f"chatter {number}"})
    assert await sender.find(to_room("wanted")) == Sent(ref)
    assert await sender.find(to_room("never sent")) is None


async def test_too_far_back_is_not_known(sender: SlackSender, slack: FakeSlack) -> None:
    """Where more was said than we look through, we do not claim that it does not stand there."""
    for number in range(300):
        slack._chat_postMessage({"channel": ROOM, "text": f"chatter {number}"})
    assert isinstance(await sender.find(to_room("lost")), Unknown)


async def test_looking_in_vain_is_not_an_answer(sender: SlackSender, slack: FakeSlack) -> None:
    """Where looking itself fails, nothing is claimed: sending again now could post twice."""
    slack.after = lambda method, _form: "break" if method == "conversations.history" else ""
    with pytest.raises(Unavailable):
        await sender.find(to_room())
    slack.after = lambda _method, _form: ""
    slack.refuses[("conversations.history", ROOM)] = "missing_scope"
    with pytest.raises(Unavailable, match="permission is missing"):
        await sender.find(to_room())


async def test_nothing_listens(seconds: Seconds) -> None:
    """Where Slack is not reached at all nothing can have happened, so it is simply tried again."""
    calls = Calls(OneToken("xoxb-test"), f"http://127.0.0.1:{free_port()}/api/", seconds)
    assert isinstance(await SlackSender(calls).send(to_room()), Retry)
    await calls.close()


async def test_a_limit_holds_up_nobody_else(
    sender: SlackSender, slack: FakeSlack, seconds: Seconds
) -> None:
    """After a 429 that channel is left alone for as long as Slack said, and others are not."""
    slack.refuses[("chat.postMessage", ROOM)] = "ratelimited"
    limited = await sender.send(to_room())
    assert limited == Retry("chat.postMessage asks to wait", timedelta(seconds=5))
    before = len(slack.calls)
    assert isinstance(await sender.send(to_room("k2")), Retry)
    assert len(slack.calls) == before, "it was not asked again meanwhile"
    assert isinstance(await sender.send(to_room("k3", "C0OTHER")), Sent)
    del slack.refuses[("chat.postMessage", ROOM)]
    seconds.now += 5
    assert isinstance(await sender.send(to_room()), Sent)


async def test_one_post_a_second_and_channel(
    sender: SlackSender, slack: FakeSlack, seconds: Seconds
) -> None:
    """Three posts to one channel take two pauses; another channel waits for none of them."""
    for number in range(3):
        await sender.send(to_room(f"k{number}"))
    assert seconds.slept == [1.0, 1.0]
    await sender.send(to_room("other", "C0OTHER"))
    assert seconds.slept == [1.0, 1.0]
    newest = slack.messages[ROOM][-1].ts
    assert await sender.send(replace(to_room("edit"), edits=newest)) == Sent(newest)
    assert seconds.slept == [1.0, 1.0], "an edit does not wait for posts"
    assert len(slack.messages[ROOM]) == 3


@pytest.mark.parametrize("error", sorted(WHY))
async def test_refusals_are_one_sentence_for_good(
    sender: SlackSender, slack: FakeSlack, error: str
) -> None:
    """Each refusal that we know ends the matter in a sentence that says what to do."""
    slack.refuses[("chat.postMessage", ROOM)] = error
    delivery = await sender.send(to_room())
    assert delivery == Rejected(WHY[error].source)
    assert delivery.reason.endswith(".")


async def test_a_picture_that_slack_cannot_load(sender: SlackSender, slack: FakeSlack) -> None:
    """The message stands without it: a picture that is gone takes no words away."""
    picture = Image("https://gone.example/seats.png", verbatim("Seats"))
    card = Card(verbatim("k1"), (Paragraph(verbatim("Rows calm a class.")), picture))
    slack.unloadable.add(picture.url)
    assert isinstance(await sender.send(replace(to_room(), card=card)), Sent)
    (stands,) = slack.messages[ROOM]
    assert "Rows calm a class." in str(stands.blocks)
    assert picture.url not in str(stands.blocks)


async def test_an_unknown_refusal_keeps_its_name(sender: SlackSender, slack: FakeSlack) -> None:
    """A refusal that we have no sentence for is not tried for ever either."""
    slack.refuses[("chat.postMessage", ROOM)] = "brand_new_error"
    assert await sender.send(to_room()) == Rejected("Slack refuses: brand_new_error")


async def test_somebody_who_left_is_not_written_to(sender: SlackSender, slack: FakeSlack) -> None:
    """Somebody whose account is deactivated is a refusal, with the reason."""
    slack.refuses[("conversations.open", "")] = "user_disabled"
    who = MemberRef("slack", TEAM, "U0GONE")
    delivery = await sender.send(replace(to_room(), to=who))
    assert delivery == Rejected(WHY["user_disabled"].source)


async def test_after_the_bot_was_taken_out_nothing_is_called(slack: FakeSlack) -> None:
    """Once a workspace took the bot out, a post is refused without any call."""
    token = OneToken("xoxb-test")
    calls = Calls(token, f"{slack.own}/api/")
    await token.gone(TEAM, None)  # type: ignore[arg-type]
    assert await SlackSender(calls).send(to_room()) == Rejected(WHY["not_installed"].source)
    assert slack.calls == []
    await calls.close()


ARCHIVE = File("chat.md", "text/markdown", b"# The chat\n")


async def test_a_file_goes_into_the_channel_once(sender: SlackSender, slack: FakeSlack) -> None:
    """A card with a file stands there with it, whichever step of it was lost."""
    card = replace(to_room(), file=ARCHIVE)
    for step in ("chat.postMessage", "files.getUploadURLExternal", "files.completeUploadExternal"):
        slack.after = lambda method, _form, lost=step: "lose" if method == lost else ""  # type: ignore[misc]
        assert isinstance(await sender.send(card), Unknown)
    slack.after = lambda _method, _form: ""
    there = await sender.find(card)
    assert isinstance(there, Sent)
    posted = [each for each in slack.messages[ROOM] if each.blocks]
    shared = [each for each in slack.messages[ROOM] if each.files]
    assert [each.ts for each in posted] == [there.ref]
    assert len(shared) == 1
    assert ARCHIVE.content in {each["content"] for each in slack.files.values()}


async def test_unfurls_are_off(sender: SlackSender, slack: FakeSlack) -> None:
    """A question with a link in it does not drag a preview into the room."""
    await sender.send(to_room())
    form: Json = next(form for method, form in slack.calls if method == "chat.postMessage")
    assert form["unfurl_links"] == form["unfurl_media"] == "false"
