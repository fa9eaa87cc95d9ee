"""Which chat or question is meant, as it stands now."""

from plnbot.chats import store
from plnbot.chats.model import LIVE, ChatState
from plnbot.chats.store import Chat, Question
from plnbot.errors import Refused
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.words import msg


def chat_again(tx: Tx, chat_id: int) -> Chat:
    """Return a chat as it stands now."""
    chat = store.get_chat(tx, chat_id)
    if chat is None:
        raise Refused(msg("This chat is no longer there."))
    return chat


def chat_here(tx: Tx, place: Place) -> Chat | None:
    """Return the chat that words said in this channel belong to: the live one, else the last."""
    live = store.chats_in(tx, place, LIVE, newest_first=True)
    if live:
        return live[0]
    ended = store.chats_in(tx, place, (ChatState.ARCHIVED,), newest_first=True)
    return ended[0] if ended else None


def numbered(tx: Tx, chat_id: int, number: int) -> Question | None:
    """Return a chat's question at this place."""
    return next((each for each in store.questions_of(tx, chat_id) if each.number == number), None)
