"""What a chat's room did not get: its moderators are told, and what still matters is tried again."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.actions.found import numbered
from plnbot.chats.actions.moderating import TELL
from plnbot.chats.actions.posts import (
    WARM_UP,
    WELCOME,
    announcements,
    answer_key,
    post_key,
    question_key,
)
from plnbot.chats.model import ChatState
from plnbot.chats.store import KIND, Chat
from plnbot.engine import outbox, refusals, work
from plnbot.engine.refusals import Refusal
from plnbot.refs import MemberRef
from plnbot.store.database import Tx

NOT_POSTED = "chats.not_posted"


def not_posted(tx: Tx, payload: work.Payload, reason: str, now: datetime) -> None:
    """Tell a chat's moderators that its room refuses posts: once, until one stands there again.

    Whoever asked for another try is told again.
    """
    to, args = outbox.unpacked(payload["to"]), payload["args"]
    if isinstance(to, MemberRef) or not isinstance(args, dict) or "chat" not in args:
        return
    chat = store.get_chat(tx, int(args["chat"]))
    if chat is None or chat.place.channel_itself() != to.channel_itself():
        return
    why = hashlib.sha256(reason.encode()).hexdigest()[:16]
    key = f"chat/{chat.id}/{NOT_POSTED}/{why}"
    told_at = work.planned_for(tx, key)
    known = told_at is not None and not outbox.posted_since(tx, chat.place, told_at)
    if known and not payload.get(refusals.ASKED):
        return
    once = f"{why}/{now.timestamp()}"
    told: work.Payload = {"chat": chat.id, "card": NOT_POSTED, "once": once, "why": reason}
    work.put(tx, TELL, key, now, told, network=chat.network)


def try_again(tx: Tx, chat: Chat, now: datetime) -> int:
    """Post what a room refused of a chat and still matters, because somebody asks; count it."""
    refused = refusals.refusals(tx, chat.place.platform, chat.place)
    mine = [each for each in refused if each.args.get("chat") == chat.id]
    return refusals.again(tx, still_wanted(tx, mine, now), now, asked=True)


def still_wanted(tx: Tx, refused: Sequence[Refusal], now: datetime) -> list[str]:
    """Return the keys of what rooms refused that matters now: where each chat is, no more."""
    wanted: list[str] = []
    for chat_id in dict.fromkeys(each.args.get("chat") for each in refused):
        chat = store.get_chat(tx, int(chat_id)) if chat_id is not None else None
        if chat is not None:
            keys = [each.key for each in refused if each.args.get("chat") == chat_id]
            wanted += _of_one(tx, chat, keys, now)
    return wanted


def _of_one(tx: Tx, chat: Chat, refused: Collection[str], now: datetime) -> list[str]:
    stem = f"chat/{chat.id}/"
    match chat.run.state:
        case ChatState.SCHEDULED:
            newest = _newest(tx, announcements(chat), refused)
        case ChatState.CANCELLED if chat.starts_at > now and _announced(tx, chat):
            newest = _newest(tx, f"{stem}called_off/", refused)
        case ChatState.OPEN:
            warm_up = post_key(chat, WARM_UP)
            warmed_up = work.planned_for(tx, warm_up) is not None
            newest = warm_up if warmed_up else post_key(chat, WELCOME)
        case ChatState.ASKING:
            newest = question_key(chat.id, chat.run.current)
        case ChatState.CLOSING:
            newest = _newest(tx, f"{stem}closing/", refused)
        case ChatState.ARCHIVED:
            newest = f"{stem}archive"
        case _:
            newest = ""
    if newest not in refused:
        return []
    return [newest, *_answers_below(tx, chat)] if chat.run.state is ChatState.ASKING else [newest]


def _newest(tx: Tx, stem: str, refused: Iterable[str]) -> str:
    """Return the newest of the posts whose keys begin so and end in a number."""
    mine = [each for each in refused if each.startswith(stem)]
    keys = {*mine, *outbox.standing_under(tx, stem)}
    return max(keys, key=lambda key: float(key.removeprefix(stem)), default="")


def _announced(tx: Tx, chat: Chat) -> bool:
    return bool(outbox.standing_under(tx, announcements(chat)))


def _answers_below(tx: Tx, chat: Chat) -> list[str]:
    """Return the posts that were to stand under the current question, which did not stand."""
    current = numbered(tx, chat.id, chat.run.current)
    given = gathering.of_whole(tx, KIND, chat.id)
    return [
        answer_key(each.id)
        for each in given
        if current is not None and each.under == current.id and each.by_form
    ]
