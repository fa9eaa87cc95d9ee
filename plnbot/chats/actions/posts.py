"""What the rooms of chats show, under which keys, and how it is shown anew."""

from datetime import datetime, timedelta

from plnbot import gathering
from plnbot.chats.actions.found import numbered
from plnbot.chats.actions.moderators import moderators_of
from plnbot.chats.model import Told
from plnbot.chats.store import KIND, Chat, Question
from plnbot.engine import outbox
from plnbot.engine.outbox import Posting
from plnbot.engine.work import Urgency
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.talk.fallback import short_words

WELCOME = "welcome"
WARM_UP = "warm_up"
ARCHIVE = "archive"
_LONGEST_THREAD = 90
_UNTIL_IT_STANDS = timedelta(seconds=5)
"""After so long a new announcement is in its room, as a rule; else the older says what is true itself."""


def question_key(chat_id: int, number: int) -> str:
    """Return the key of a question's post."""
    return f"chat/{chat_id}/question/{number}"


def post_key(chat: Chat, name: str) -> str:
    """Return the key of another post in a chat's room, which has this name of its own."""
    return f"chat/{chat.id}/{name}"


def announcements(chat: Chat) -> str:
    """Return what the keys of a chat's announcements begin with."""
    return f"chat/{chat.id}/announcement/"


def announce(tx: Tx, chat: Chat, now: datetime) -> None:
    """Tell a chat's room of it; what was announced before then leads to the newest.

    Announced, called off and announced again: each is news of its own.
    """
    for key in outbox.standing_under(tx, announcements(chat)):
        outbox.refresh(tx, key, now + _UNTIL_IT_STANDS)
    said_at = str(now.timestamp())
    args: outbox.Args = {"chat": chat.id, "late": 0, "said_at": said_at}
    key = f"{announcements(chat)}{said_at}"
    room_of(tx, chat, now, Urgency.TIMED).post("chats.announcement", args, key=key)


def is_announced_anew(tx: Tx, chat: Chat, said_at: str) -> bool:
    """Return whether a chat's announcement of this instant has a newer one below it."""
    stem = announcements(chat)
    stand = [float(key.removeprefix(stem)) for key in outbox.standing_under(tx, stem)]
    return bool(said_at) and max(stand, default=0.0) > float(said_at)


def answer_key(answer_id: int) -> str:
    """Return the key of the post that shows an answer given through the form."""
    return f"chat/answer/{answer_id}"


def reply_key(answer_id: int, person: int) -> str:
    """Return the key of the post with which somebody thanks for an answer or replies to it."""
    return f"{answer_key(answer_id)}/reply/{person}"


def panel_key(chat_id: int, person: int) -> str:
    """Return the key of a moderator's panel."""
    return f"chat/{chat_id}/panel/{person}"


def greeting_key(chat_id: int, greeting: int) -> str:
    """Return the key of the card that introduces those who came at about one time to a chat's room."""
    return f"chat/{chat_id}/greeting/{greeting}"


def hello_key(person: int) -> str:
    """Return the key of a card that introduced one member alone, as rooms that are old still have them."""
    return f"chat/hello/{person}"


def thread_of(tx: Tx, chat: Chat, question: Question) -> Place | None:
    """Return the thread below a question, where it stands in its room already."""
    above = outbox.by_key(tx, question_key(chat.id, question.number))
    return chat.place.in_thread(above.ref) if above is not None else None


def begun_at(tx: Tx, chat: Chat) -> datetime:
    """Return when a chat really began, which is before its planned start where somebody began it early."""
    opened = outbox.stands_since(tx, post_key(chat, WELCOME))
    return chat.starts_at if opened is None else min(opened, chat.starts_at)


def told_last(tx: Tx, chat: Chat) -> Told | None:
    """Return what the plan of a chat told its room last, and when that was heard.

    None where it told nothing yet, or where that was refused and never will be heard.
    """
    asked = numbered(tx, chat.id, chat.run.current)
    if asked is None or asked.asked_at is None:
        opening = (post_key(chat, WELCOME), post_key(chat, WARM_UP))
        return Told(chat.starts_at, None) if outbox.on_its_way(tx, opening) else None
    key = question_key(chat.id, asked.number)
    if outbox.on_its_way(tx, [key]):
        return Told(asked.asked_at, None)
    since = outbox.stands_since(tx, key)
    return None if since is None else Told(asked.asked_at, since)


def question_is_late(tx: Tx, asked: Question, now: datetime) -> bool:
    """Return whether a question reached its room, or would now, so late that sorry is due."""
    return asked.asked_at is not None and _is_late(
        tx, question_key(asked.chat, asked.number), asked.asked_at, now
    )


def welcome_is_late(tx: Tx, chat: Chat, now: datetime) -> bool:
    """Return whether a welcome reached its room, or would now, so late that sorry is due."""
    return _is_late(tx, post_key(chat, WELCOME), chat.starts_at, now)


def _is_late(tx: Tx, key: str, at: datetime, now: datetime) -> bool:
    return Told(at, outbox.stands_since(tx, key) or now).late


def changed(tx: Tx, chat: Chat, now: datetime) -> None:
    """Let the pages that show this chat, and its moderators' panels, show it anew."""
    tx.announce(chat.scope)
    if chat.first is not None:
        tx.announce(f"chat:{chat.first}")
    tx.announce(f"chats:{chat.network}")
    tx.announce(chat.place.topic)
    show_panels(tx, chat, now)


def show_panels(tx: Tx, chat: Chat, now: datetime) -> None:
    """Let the panels of a chat's moderators show it anew."""
    for person in moderators_of(tx, chat, now):
        outbox.refresh(tx, panel_key(chat.id, person), now)


def room_of(tx: Tx, chat: Chat, at: datetime, urgency: Urgency = Urgency.ORDINARY) -> Posting:
    """Return what posts in a chat's room at an instant."""
    return Posting(tx, chat.network, chat.place, at, urgency)


def post(tx: Tx, chat: Chat, card: str, key: str, now: datetime, *, late: bool = False) -> None:
    """Have a card of a chat stand in its room, under a key of its own."""
    args = {"chat": chat.id, "late": int(late)}
    room_of(tx, chat, now, Urgency.TIMED).post(card, args, key=post_key(chat, key))


def post_question(tx: Tx, chat: Chat, number: int, now: datetime, *, late: bool) -> None:
    """Ask a question in the room."""
    asked = numbered(tx, chat.id, number)
    named = f"{asked.name} {asked.words}" if asked else ""
    args: outbox.Args = {
        "chat": chat.id,
        "number": number,
        "late": int(late),
        outbox.THREAD: short_words(" ".join(named.split()), _LONGEST_THREAD),
    }
    key = question_key(chat.id, number)
    room_of(tx, chat, now, Urgency.TIMED).post("chats.question", args, key=key)


def post_prepared(tx: Tx, chat: Chat, number: int, now: datetime) -> None:
    """Show, under a question, the answers that were prepared for it."""
    question = numbered(tx, chat.id, number)
    if question is None:
        return
    gathering.open_up(tx, KIND, [question.id])
    for prepared in gathering.of_whole(tx, KIND, chat.id):
        if prepared.under == question.id:
            post_answer(tx, chat, question, prepared.id, now)


def post_answer(tx: Tx, chat: Chat, question: Question, answer_id: int, now: datetime) -> None:
    """Show an answer that was given through the form under its question."""
    room_of(tx, chat, now).post(
        "chats.answered",
        {"answer": answer_id},
        key=answer_key(answer_id),
        under=question_key(chat.id, question.number),
    )


def replies_changed(tx: Tx, answer_id: int, now: datetime) -> None:
    """Have what we posted below an answer shown as things are now."""
    for key in outbox.standing_under(tx, f"{answer_key(answer_id)}/reply/"):
        outbox.refresh(tx, key, now)


def summary_changed(tx: Tx, chat: Chat, now: datetime) -> None:
    """Have every posted summary of a chat quote what may be quoted now."""
    for key in outbox.standing_under(tx, post_key(chat, "summary/")):
        outbox.refresh(tx, key, now)
