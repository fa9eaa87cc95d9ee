"""Places for a few, on the platforms themselves: a group message, a private thread, words carried."""

from collections.abc import Sequence

import pytest

from plnbot.refs import MemberRef, Place
from plnbot.spaces import Kind, Space, State, Wanted, open_space, post_in_space, store
from plnbot.spaces.posting import ABOUT
from tests.adapters.discord.fake import FORUM, GUILD
from tests.adapters.discord.fake import ROOM as DISCORD_ROOM
from tests.adapters.discord.seen import words_of as discord_words
from tests.adapters.slack.fake import TEAM
from tests.adapters.slack.seen import words_of as slack_words
from tests.scenarios.discord import USERS as ON_DISCORD
from tests.scenarios.discord import DiscordDriver
from tests.scenarios.lobby import LobbyDriver
from tests.scenarios.slack import USERS as ON_SLACK
from tests.scenarios.slack import SlackDriver


async def opened(
    driver: LobbyDriver | SlackDriver | DiscordDriver,
    *who: MemberRef,
    prefer: Kind = Kind.TOGETHER,
    room: Place | None = None,
    row: int = 1,
) -> Space:
    """Want a space for these people, who have agreed, and return it."""
    people = [await driver.parts.desk.person(each) for each in who]
    ids = [each.id for each in people if each is not None]
    assert len(ids) == len(who)
    network = next(each.network.id for each in people if each is not None)
    wanted = Wanted(
        tenant="tests", row=row, members=ids, title="Spanish, grades 6 to 8", network=network,
        room=room, prefer=prefer, agreed=ids,
    )  # fmt: skip
    now, directory = driver.clock.now(), driver.parts.desk.directory
    number = await driver.store.run(lambda tx: open_space(tx, directory, wanted, now))
    await driver.parts.runner.run_all_due()
    return await as_it_stands(driver, number)


async def as_it_stands(driver: LobbyDriver | SlackDriver | DiscordDriver, number: int) -> Space:
    """Return a space as it stands now."""
    found = await driver.store.read(lambda tx: store.get(tx, number))
    assert found is not None
    return found


def spoke(space: Space) -> Sequence[bool]:
    """Return who has spoken, in the order of members."""
    return [each.spoke_at is not None for each in space.members]


def on_slack(name: str) -> MemberRef:
    """Return somebody's account in Slack."""
    return MemberRef("slack", TEAM, ON_SLACK[name])


def on_discord(name: str) -> MemberRef:
    """Return somebody's account in Discord."""
    return MemberRef("discord", GUILD, ON_DISCORD[name])


async def _written(driver: SlackDriver, channel: str, user: str, words: str, **more: str) -> str:
    """Let somebody write in a conversation of Slack, and return the message's number."""
    kind = "im" if channel.startswith("D") else "mpim"
    ts = driver.slack.ts()
    message = {"type": "message", "user": user, "ts": ts, "text": words, **more}
    await driver.event({**message, "channel": channel, "channel_type": kind})
    return ts


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_group_message_in_slack(slack: SlackDriver) -> None:
    """It says who can read it; that somebody spoke is noted, and nobody is told what."""
    space = await opened(slack, on_slack("maya"), on_slack("sam"))
    assert space.place is not None
    (card,) = slack.slack.messages[space.place.channel]
    assert "export all of this Slack workspace" in slack_words(card.told(metadata=False))
    await _written(slack, space.place.channel, ON_SLACK["maya"], "Hello Sam")
    assert spoke(await as_it_stands(slack, space.id)) == [True, False]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_words_are_carried_between_direct_messages_in_slack(slack: SlackDriver) -> None:
    """Below the card; changed and taken back there too, and beside it words are for the bot."""
    space = await opened(slack, on_slack("maya"), on_slack("sam"), prefer=Kind.RELAY)
    assert space.state is State.OPEN
    mine, theirs = (f"D{ON_SLACK[each][1:]}" for each in ("maya", "sam"))
    above = slack.slack.messages[mine][-1].ts
    sent = await _written(slack, mine, ON_SLACK["maya"], "Hello <!channel> & you", thread_ts=above)
    (card,) = [each for each in slack.slack.messages[theirs] if each.thread]
    words = slack_words(card.told(metadata=False))
    assert "Maya Torres writes" in words
    assert "Hello @channel & you" in words
    assert "<!channel>" not in str(card.told(metadata=False))
    before = {"type": "message", "user": ON_SLACK["maya"], "ts": sent, "text": "Hello",
              "thread_ts": above}  # fmt: skip
    await slack.event({
        "type": "message", "subtype": "message_changed", "channel": mine, "channel_type": "im",
        "message": {**before, "text": "Good evening"}, "previous_message": before,
    })  # fmt: skip
    assert "Good evening" in slack_words(card.told(metadata=False))
    await slack.event({
        "type": "message", "subtype": "message_deleted", "channel": mine, "channel_type": "im",
        "deleted_ts": sent, "previous_message": before,
    })  # fmt: skip
    assert "took this back" in slack_words(card.told(metadata=False))
    await _written(slack, mine, ON_SLACK["maya"], "help")
    assert len([each for each in slack.slack.messages[theirs] if each.thread]) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_private_thread_in_discord(discord: DiscordDriver) -> None:
    """It hangs in the room that was named, says that moderators can read along, and hears its people."""
    for each in ("maya", "sam"):
        await discord.come(each)
    room = Place("discord", GUILD, DISCORD_ROOM)
    space = await opened(discord, on_discord("maya"), on_discord("sam"), room=room)
    assert space.place is not None
    thread = space.place.channel
    assert discord.discord.threads[thread]["parent_id"] == DISCORD_ROOM
    (card,) = discord.discord.messages[thread]
    assert "its moderators can read along" in discord_words(card)
    discord.discord.archived.add(thread)
    await discord.discord.say(ON_DISCORD["maya"], "Hello Sam", thread)
    await discord.settle()
    assert spoke(await as_it_stands(discord, space.id)) == [True, False]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_forum_in_discord(discord: DiscordDriver) -> None:
    """A session is a post of its own there; a private place cannot be, so words are carried instead."""
    for each in ("maya", "sam"):
        await discord.lets_write(each)
    forum = Place("discord", GUILD, FORUM)
    session = await opened(discord, on_discord("maya"), room=forum, prefer=Kind.PUBLIC)
    assert session.place is not None
    post = session.place.thread
    assert discord.discord.threads[post]["parent_id"] == FORUM
    await discord.store.run(
        lambda tx: post_in_space(
            tx, session.id, ABOUT, {"space": session.id}, key="tests/1", now=discord.now()
        )
    )
    await discord.settle()
    assert len(discord.discord.messages[post]) == 2
    assert discord.discord.messages[FORUM] == []
    private = await opened(discord, on_discord("maya"), on_discord("sam"), room=forum, row=2)
    assert (private.kind, private.state) == (Kind.RELAY, State.OPEN)
    assert private.reason


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_words_are_carried_between_direct_messages_in_discord(
    discord: DiscordDriver,
) -> None:
    """Of those who asked to be written to; edits and deletions too."""
    for each in ("maya", "sam"):
        await discord.lets_write(each)
    space = await opened(discord, on_discord("maya"), on_discord("sam"), prefer=Kind.RELAY)
    assert space.state is State.OPEN
    mine, theirs = (f"7{ON_DISCORD[each]}" for each in ("maya", "sam"))
    number = await discord.discord.say(ON_DISCORD["maya"], "Hello @everyone", mine)
    await discord.settle()
    card = discord.discord.messages[theirs][-1]
    assert "Maya Torres writes" in discord_words(card)
    assert "Hello @" in discord_words(card)
    told = next(each for each in discord.discord.messages[mine] if each["id"] == number)
    at = "2026-11-24T01:00:00+00:00"
    await discord.discord.tell(
        "MESSAGE_UPDATE", {**told, "content": "Good evening", "edited_timestamp": at}
    )
    await discord.settle()
    assert "Good evening" in discord_words(discord.discord.messages[theirs][-1])
    await discord.discord.tell("MESSAGE_DELETE", {"id": number, "channel_id": mine})
    await discord.settle()
    assert "took this back" in discord_words(discord.discord.messages[theirs][-1])
    discord.discord.closed.add(ON_DISCORD["sam"])
    await discord.discord.say(ON_DISCORD["maya"], "Are you there?", mine)
    await discord.settle()
    assert "could not reach Sam Okafor" in discord_words(discord.discord.messages[mine][-1])


async def test_a_room_of_the_lobby_is_for_its_members_alone(lobby: LobbyDriver) -> None:
    """Others find no such room, nor what is said there, nor its stream."""
    who = [MemberRef("web", "lobby", each) for each in ("maya", "sam")]
    space = await opened(lobby, *who)
    assert space.place is not None
    path = f"room/{space.place.channel}"
    for name, status in (("maya", 200), ("sam", 200), ("priya", 404)):
        assert (await lobby.client.get(f"/as/{name}/{path}")).status == status
    stream = f"/as/priya/live?room={space.place.channel}&thread=&rev=0"
    assert (await lobby.client.get(stream)).status == 404
    assert "Spanish, grades 6 to 8" not in await lobby.see("priya")
    assert "Spanish, grades 6 to 8" in await lobby.see("maya")
    for name, status in (("priya", 400), ("maya", 303)):
        page = await lobby.markup(f"/as/{name}/room/chat-night")
        csrf = page.split('name="csrf" value="')[1].split('"')[0]
        fields = {"csrf": csrf, "key": f"k-{name}", "words": "Between us"}
        said = await lobby.client.post(f"/as/{name}/{path}/say", data=fields, allow_redirects=False)
        assert said.status == status
    assert spoke(await as_it_stands(lobby, space.id)) == [True, False]
    calendars = await lobby.parts.desk.beside(
        MemberRef("web", "lobby", "priya"), Place("web", "lobby", space.place.channel)
    )
    assert calendars.panel is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_sits_in_slack_enters_a_room_of_the_lobby(slack: SlackDriver) -> None:
    """By a personal link; they read and write there as themselves, and nobody else of theirs gets in."""
    await slack.parts.desk.settle("web", "lobby", "Our learning network")
    space = await opened(slack, on_slack("maya"), on_slack("sam"), prefer=Kind.ROOM)
    assert (space.kind, space.state) == (Kind.ROOM, State.OPEN)
    assert space.place is not None
    room = f"/me/room/{space.place.channel}"
    browsing = slack.browsing
    for who, status in (("maya", 200), ("sam", 200), ("priya", 404)):
        cookie = {"Cookie": await browsing._signed_in(who)}
        assert (await browsing.client.get(room, headers=cookie)).status == status
    page = await browsing._get("maya", room)
    fields = {"csrf": page.split('name="csrf" value="')[1].split('"')[0], "key": "k1"}
    cookie = {"Cookie": await browsing._signed_in("maya")}
    said = await browsing.client.post(
        f"{room}/say", data={**fields, "words": "Hello Sam"}, headers=cookie, allow_redirects=False
    )
    assert said.status == 303
    assert spoke(await as_it_stands(slack, space.id)) == [True, False]
    seen = await browsing._get("sam", room)
    assert "Hello Sam" in seen
    assert "Maya Torres" in seen
    number = seen.split('<li class="msg" id="m')[1].split('"')[0]
    changed = await browsing.client.post(
        f"{room}/edit/{number}", data={**fields, "key": "k2", "words": "Hello, Sam!"}, headers=cookie,
        allow_redirects=False,
    )  # fmt: skip
    assert changed.status == 303
    assert "Hello, Sam!" in await browsing._get("sam", room)
