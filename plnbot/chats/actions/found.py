"""Which chat or question is meant, as it stands now."""

from datetime import datetime, timedelta

from plnbot.chats import store
from plnbot.chats.model import LIVE, ChatState
from plnbot.chats.store import Chat, Question
from plnbot.errors import Refused
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.words import msg

_JUST_OVER = timedelta(hours=12)
_SOON = timedelta(hours=1)


def chat_again(tx: Tx, chat_id: int) -> Chat:
    """Return a chat as it stands now."""
    chat = store.get_chat(tx, chat_id)
    if chat is None:
        raise Refused(msg("This chat is no longer there."))
    return chat


def chat_here(tx: Tx, place: Place, now: datetime) -> Chat | None:
    """Return the chat that words said in this channel belong to: the live one, the last, or the next.

    The next is the one announced here, once the last has been over for a while: answers are prepared.
    """
    live = store.chats_in(tx, place, LIVE, newest_first=True)
    if live:
        return live[0]
    ended = next(iter(store.chats_in(tx, place, (ChatState.ARCHIVED,), newest_first=True)), None)
    coming = next(iter(store.chats_in(tx, place, (ChatState.SCHEDULED,))), None)
    if ended is None or coming is None:
        return coming or ended
    just_over = ended.ended_at is not None and now - ended.ended_at < _JUST_OVER
    soon = coming.starts_at - now < _SOON
    return ended if just_over and not soon else coming


def numbered(tx: Tx, chat_id: int, number: int) -> Question | None:
    """Return a chat's question at this place."""
    return next((each for each in store.questions_of(tx, chat_id) if each.number == number), None)
