"""What a workspace tells of, as events, and what stands in its channel."""

from datetime import UTC, datetime, timedelta

from adapters.slack.text import Json
from tests.adapters.slack.fake import BOT, ROOM, TEAM
from tests.adapters.slack.seen import words_of
from tests.scenarios.slack import USERS, SlackDriver
from tests.scenarios.test_whole_chat import planned

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
PRIYA, MAYA = USERS["priya"], USERS["maya"]


def said(words: str, ts: str, **more: object) -> Json:
    """Return a message of Priya's in the channel."""
    message = {"type": "message", "user": PRIYA, "text": words, "ts": ts, "event_ts": ts}
    return {**message, "channel": ROOM, "channel_type": "channel", **more}


def edited(words: str, ts: str, at: str) -> Json:
    """Return the event of an edit of Priya's message."""
    after = {"type": "message", "user": PRIYA, "text": words, "ts": ts}
    return said("", at, subtype="message_changed", message=after, previous_message={}, event_ts=at)


async def begun(slack: SlackDriver) -> None:
    """Let a chat be at its first question."""
    await planned(slack)
    await slack.pass_time(EIGHT + timedelta(minutes=11))


def renamed(user: str, name: str, **more: object) -> Json:
    """Return the event of a changed profile."""
    profile = {"display_name": name}
    told = {"id": user, "team_id": TEAM, "name": "handle", "profile": profile, **more}
    return {"type": "user_change", "user": told}


def room(slack: SlackDriver) -> list[str]:
    """Return what the bot said in the room."""
    standing = [each for each in slack.slack.messages[ROOM] if each.user == BOT]
    return [words_of(each.told(metadata=False)) for each in standing]
