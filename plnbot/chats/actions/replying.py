"""What moderators do about who is unheard: thanks and replies below answers, and a greeting."""

from datetime import datetime

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.actions.notices import GREETED
from plnbot.chats.actions.posts import changed, question_key, reply_key, room_of
from plnbot.chats.store import Chat
from plnbot.engine import notices, outbox
from plnbot.engine.outbox import Posting
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.gathering import Answer
from plnbot.store.database import Tx
from plnbot.talk.words import msg

REPLY, GREETING = "chats.reply", "chats.greeting"


def reply(tx: Tx, chat: Chat, this: Answer, words: str, now: datetime, *, by: Person) -> None:
    """Reply below an answer that everybody may read, or thank for it without words; again replaces it."""
    if this.member == by.id:
        raise Refused(msg("This answer is your own."))
    if this.left_out or this.hidden_by is not None or this.prepared:
        raise Refused(msg("This answer is shown to nobody now, so nothing can stand below it."))
    gathering.reply(tx, this, by, words, now)
    if not _posted(tx, chat, this, now, by=by):
        outbox.refresh(tx, reply_key(this.id, by.id), now)
    changed(tx, chat, now)


def take_back(tx: Tx, chat: Chat, this: Answer, now: datetime, *, by: Person) -> None:
    """Undo `reply`: what stands in the room says so."""
    gathering.take_reply_back(tx, this, by)
    key = reply_key(this.id, by.id)
    if not outbox.withdraw(tx, key):
        outbox.refresh(tx, key, now)
    changed(tx, chat, now)


def greet(tx: Tx, chat: Chat, who: Person, now: datetime, *, by: Person) -> None:
    """Tell somebody who is in a chat and has said nothing that they are welcome, once."""
    if not store.is_present(tx, chat.id, who.id):
        raise Refused(msg("They were not in this chat."))
    key = greeted_key(chat, who.id)
    if notices.was_told(tx, key):
        raise Refused(msg("They were greeted already."))
    args: outbox.Args = {"chat": chat.id, "by": by.id}
    notices.tell_now(tx, GREETED, who, GREETING, args, key=key, now=now)
    changed(tx, chat, now)


def greeted_key(chat: Chat, member: int) -> str:
    """Return the key of the notice that greets a member in a chat."""
    return f"chat/{chat.id}/greeted/{member}"


def _posted(tx: Tx, chat: Chat, this: Answer, now: datetime, *, by: Person) -> bool:
    """Post below an answer: in the thread it stands in, else in the one below itself."""
    key = reply_key(this.id, by.id)
    args: outbox.Args = {"chat": chat.id, "answer": this.id, "by": by.id}
    found = gathering.message_of(this.source) if not this.by_form else None
    if found is None:
        asked = store.get_question(tx, this.under)
        under = question_key(chat.id, asked.number) if asked else ""
        return room_of(tx, chat, now).post(REPLY, args, key=key, under=under)
    place, message = found
    thread = (this.said_in or "").rpartition("/")[2] or message
    return Posting(tx, chat.network, place.in_thread(thread), now).post(REPLY, args, key=key)
