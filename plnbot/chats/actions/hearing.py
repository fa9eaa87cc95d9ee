"""Where words of chats count, what of it could not be heard, and who is told of that."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.chats import store
from plnbot.chats.actions.moderating import TELL
from plnbot.chats.actions.notices import NOT_HEARD
from plnbot.chats.actions.posts import begun_at, thread_of
from plnbot.chats.store import Chat
from plnbot.engine import outbox, unheard, work
from plnbot.engine.ports import Ongoing
from plnbot.engine.unheard import Unheard, Why
from plnbot.gathering.not_heard import NotHeard, stretches
from plnbot.store.database import Tx

LATE_ANSWERS = timedelta(days=14)
"""For how long after its end late answers of a chat are looked for after a gap."""


def ongoing(tx: Tx, platform: str, since: datetime | None) -> list[Ongoing]:
    """Return the rooms and threads of chats that go on; or, since then, where their words counted.

    Before a chat answers are prepared, and after it they come late.
    """
    found = [place for chat in store.live_on(tx, platform) for place in places_of(tx, chat)]
    if since is None:
        return found
    for chat in store.ended_on(tx, platform, since - LATE_ANSWERS):
        found += places_of(tx, chat)
    return found + [Ongoing(each.place, since) for each in store.coming_on(tx, platform)]


def places_of(tx: Tx, chat: Chat) -> list[Ongoing]:
    """Return the room of a chat and its questions' threads, and since when words count there."""
    found = [Ongoing(chat.place, begun_at(tx, chat))]
    for each in store.questions_of(tx, chat.id):
        thread = thread_of(tx, chat, each)
        if thread is not None and each.asked_at is not None:
            found.append(Ongoing(thread, each.asked_at))
    return found


def published(tx: Tx, args: outbox.Args) -> Sequence[Ongoing]:
    """Return the places of which a chat's archive tells what was said there."""
    chat = store.get_chat(tx, int(args["chat"]))
    return places_of(tx, chat) if chat is not None else ()


def not_heard(tx: Tx, chat: Chat) -> Sequence[NotHeard]:
    """Return the stretches of a chat of which nobody has read yet what was said."""
    begun = begun_at(tx, chat)
    return stretches(unheard.in_place(tx, chat.place), begun, chat.ended_at)


def not_read(tx: Tx, what: Unheard, now: datetime) -> None:
    """Tell the moderators of the chats of a room that something there cannot be read, once a gap."""
    if what.since is None:
        return
    room = what.place.channel_itself()
    over = store.ended_on(tx, room.platform, what.since - LATE_ANSWERS)
    for chat in (*store.live_on(tx, room.platform), *over):
        if chat.place == room and (what.until is None or what.until >= begun_at(tx, chat)):
            why = what.why if what.why is Why.CLOSED else Why.TROUBLE
            key = f"chat/{chat.id}/{NOT_HEARD.name}/{what.since.timestamp():.0f}"
            until = what.until or now
            told: work.Payload = {
                "chat": chat.id,
                "card": NOT_HEARD.name,
                "once": f"{what.since.timestamp():.0f}",
                "why": why.value,
                "since": int(what.since.timestamp()),
                "until": int(until.timestamp()),
            }
            work.add(tx, TELL, key, now, told, network=chat.network)
