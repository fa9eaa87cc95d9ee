"""A chat planned once more: its questions, opening and closing words, for another day."""

from datetime import datetime

from plnbot.chats import drafts, store
from plnbot.chats.drafts import ChatDraft
from plnbot.chats.store import Chat
from plnbot.chats.wishes import Wish, own_title
from plnbot.engine.ports import Person
from plnbot.skills.model import Carrier
from plnbot.skills.store import carried, carry
from plnbot.store.database import Tx
from plnbot.talk.forms import FieldErrors
from plnbot.walltime import wall_days_later

_WEEK = 7


def again(
    tx: Tx, chat: Chat, source: Chat, now: datetime, *, by: Person
) -> ChatDraft | FieldErrors:
    """Give a draft the questions of another chat, with its opening and closing words, and its skills."""
    made = drafts.remake(tx, chat, as_wish(tx, source, chat.starts_at, by), now, by=by)
    if not isinstance(made, FieldErrors):
        carry(tx, chat.network, chat.carrier, carried(tx, source.carrier))
    return made


def copied(tx: Tx, source: Chat, now: datetime, *, by: Person) -> ChatDraft | FieldErrors:
    """Make a draft of a chat that took place, for the same room: its weekday and hour, weeks later."""
    starts_at = source.starts_at
    while starts_at <= now:
        starts_at = wall_days_later(starts_at, source.zone, _WEEK)
    made = drafts.make(tx, as_wish(tx, source, starts_at, by), source.place, now, by=by)
    if not isinstance(made, FieldErrors):
        skills = carried(tx, source.carrier)
        carry(tx, source.network, Carrier(store.KIND, made.chat), skills)
    return made


def as_wish(tx: Tx, source: Chat, starts_at: datetime, by: Person) -> Wish:
    """Return what would be written in the form to plan a chat once more, at another time."""
    from plnbot.talk.times import as_written  # only who plans a chat needs it

    asked = tuple(each for each in store.questions_of(tx, source.id) if not each.is_bonus)
    words = drafts.as_pasted(source, asked)
    starts = as_written(starts_at, source.zone)
    return Wish(own_title(source, by.network.locale), words, source.plan, starts)
