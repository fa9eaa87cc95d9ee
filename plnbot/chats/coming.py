"""What a network's calendar shows of its chats: those that come, go on, are over or were called off."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from plnbot.chats import store
from plnbot.chats.model import LIVE, ChatState
from plnbot.chats.store import Chat
from plnbot.engine.offers import OnOffer
from plnbot.skills.store import carried_by
from plnbot.store.database import Tx
from plnbot.talk.happenings import Happening
from plnbot.talk.text import verbatim
from plnbot.talk.words import msg

_SHOWN = (*LIVE, ChatState.SCHEDULED, ChatState.CANCELLED)
_MOST = 200


def happenings(tx: Tx, network: int) -> Iterator[Happening]:
    """Yield a network's chats with their questions; one over days takes up nobody's time.

    What is over stays: a calendar that forgets takes away from its readers where they were.
    """
    for chat in store.chats_of(tx, network, _SHOWN, most=_MOST):
        yield happening_of(tx, chat)
    for chat in store.chats_of(tx, network, (ChatState.ARCHIVED,), most=_MOST, newest_first=True):
        yield happening_of(tx, chat)
    for chat in store.dates_to_come(tx, network, most=_MOST):
        yield happening_of(tx, chat)


def on_offer(tx: Tx, network: int, now: datetime) -> list[OnOffer]:
    """Return the chats that members can come to, those that go on first."""
    found = store.chats_of(tx, network, (*LIVE, ChatState.SCHEDULED), most=_MOST)
    coming = [each for each in found if each.live or each.starts_at >= now]
    skills = carried_by(tx, {each.carrier for each in coming})
    return [
        OnOffer(
            "chat",
            msg("Chat"),
            each.title,
            f"chat/{each.id}",
            each.starts_at,
            _minutes(each),
            skills=skills.get(each.carrier, ()),
            held_in=None if each.opened else each.place,
            source=each.scope,
        )
        for each in sorted(coming, key=lambda chat: (not chat.live, chat.starts_at))
    ]


def _minutes(chat: Chat) -> int | None:
    return None if chat.slow else chat.minutes


def happening_of(tx: Tx, chat: Chat) -> Happening:
    """Return a chat as calendar programs show it."""
    asked = (f"{each.name}: {each.words}" for each in store.questions_of(tx, chat.id))
    return Happening(
        chat.scope,
        verbatim(chat.title),
        verbatim("\n".join(asked)),
        chat.starts_at,
        _end(chat),
        off=chat.run.state is ChatState.CANCELLED,
        busy=not chat.slow,
        held_in=None if chat.opened else chat.place,
    )


def _end(chat: Chat) -> datetime:
    """Return when a chat is to end, or ended; never before it was to begin."""
    planned = chat.run.ends_at or chat.starts_at + timedelta(minutes=chat.minutes)
    if chat.run.state is ChatState.ARCHIVED and chat.ended_at is not None:
        return max(chat.ended_at, chat.starts_at + timedelta(minutes=1))
    return planned
