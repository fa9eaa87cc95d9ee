"""The summary of a chat that is over: answers quoted as they stand, and nothing else.

A draft is chosen by `plnbot.chats.model.summary`; whoever leads the chat keeps, drops and orders. Only
which answers are quoted is kept, never what they say: whoever leaves their answers out, or whose answer is
hidden or gone, is quoted no longer, wherever the summary was posted.
"""

from collections.abc import Sequence
from datetime import datetime

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.actions.posts import changed, post_key, room_of, summary_changed
from plnbot.chats.model import ChatState
from plnbot.chats.model.summary import Candidate, chosen
from plnbot.chats.store import KIND, Chat, summaries
from plnbot.engine import audit
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.gathering import Answer
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

SUMMARY = "chats.summary"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a summary quotes, by question and then in its order, and what else it may quote.

    `posts` says how often it was posted.
    """

    kept: Sequence[Answer]
    others: Sequence[Answer]
    posts: int = 0


def draft(tx: Tx, chat: Chat) -> Draft:
    """Return the summary of a chat as it stands now: what its leaders kept, or else what is proposed."""
    readable = _readable(tx, chat)
    begun = summaries.get(tx, chat.id)
    ids = summaries.quoted(tx, chat.id) if begun else _proposed(tx, chat, readable)
    asked = {each.id: at for at, each in enumerate(store.questions_of(tx, chat.id))}
    by_id = {each.id: each for each in readable}
    kept = sorted((by_id[i] for i in ids if i in by_id), key=lambda each: asked[each.under])
    others = [each for each in readable if each.id not in ids]
    return Draft(kept, others, begun.posts if begun else 0)


def is_posted(tx: Tx, chat: Chat) -> bool:
    """Return whether the summary of a chat was posted."""
    begun = summaries.get(tx, chat.id)
    return begun is not None and begun.posts > 0


def why_none(tx: Tx, chat: Chat) -> Sentence | None:
    """Return why there can be no summary of a chat, if that is so."""
    if chat.run.state in (ChatState.CANCELLED, ChatState.THROWN_AWAY):
        return msg("This chat was called off.")
    if chat.run.state is not ChatState.ARCHIVED:
        return msg("This chat is not over yet. A summary quotes what was said in it.")
    given = gathering.of_whole(tx, KIND, chat.id)
    if not given:
        return msg("Nobody answered in this chat, so there is nothing to quote.")
    if all(each.left_out for each in given):
        return msg("Everybody who answered keeps their answers out, so nobody is quoted.")
    if not _readable(tx, chat):
        return msg("No answer in this chat is shown, so none can be quoted.")
    return None


def drop(tx: Tx, chat: Chat, this: Answer, now: datetime, *, by: Person) -> None:
    """Quote an answer no longer."""
    _write(tx, chat, [each for each in _begun(tx, chat, now, by) if each != this.id], now)


def quote(tx: Tx, chat: Chat, this: Answer, now: datetime, *, by: Person) -> None:
    """Quote an answer too, after the others to its question."""
    if this.left_out or this.hidden_by is not None or this.prepared:
        raise Refused(msg("Its author keeps this answer out, or it is hidden: it is not quoted."))
    ids = _begun(tx, chat, now, by)
    _write(tx, chat, [*ids, *([this.id] if this.id not in ids else [])], now)


def earlier(tx: Tx, chat: Chat, this: Answer, now: datetime, *, by: Person) -> None:
    """Quote an answer before the one to the same question that stands before it."""
    ids = _begun(tx, chat, now, by)
    same = [each.id for each in draft(tx, chat).kept if each.under == this.under]
    at = same.index(this.id) if this.id in same else 0
    if not at:
        raise Refused(msg("No quote stands before it under this question."))
    first, second = ids.index(same[at - 1]), ids.index(this.id)
    ids[first], ids[second] = ids[second], ids[first]
    _write(tx, chat, ids, now)


def post(tx: Tx, chat: Chat, now: datetime, *, by: Person) -> None:
    """Post the summary in the chat's room."""
    none = why_none(tx, chat)
    if none is not None:
        raise Refused(none)
    _begun(tx, chat, now, by)
    made = draft(tx, chat)
    if not made.kept:
        raise Refused(msg("You quote nothing, so there is nothing to post."))
    summaries.note_posted(tx, chat.id)
    number = made.posts + 1
    key = post_key(chat, f"summary/{number}")
    room_of(tx, chat, now).post(SUMMARY, {"chat": chat.id, "number": number}, key=key)
    audit.record(tx, chat.network, by.id, "chat.summary_posted", chat.scope, now=now)
    changed(tx, chat, now)


def _readable(tx: Tx, chat: Chat) -> list[Answer]:
    """Return the answers to a chat that everybody may read, in the order they came."""
    asked = {each.id for each in store.questions_of(tx, chat.id)}
    return [
        each
        for each in gathering.of_whole(tx, KIND, chat.id)
        if not (each.left_out or each.prepared or each.hidden_by) and each.under in asked
    ]


def _proposed(tx: Tx, chat: Chat, readable: Sequence[Answer]) -> tuple[int, ...]:
    replies = gathering.many_replies(tx, KIND, chat.id)
    return chosen(
        [Candidate(each.id, each.under, each.member, replies.get(each.id, 0)) for each in readable]
    )


def _begun(tx: Tx, chat: Chat, now: datetime, by: Person) -> list[int]:
    """Return what a summary quotes, shown or not: from the first touch on it is its leaders' choice."""
    store.locked_chat(tx, chat.id)
    if summaries.get(tx, chat.id) is None:
        ids = [each.id for each in draft(tx, chat).kept]
        there = gathering.held(tx, ids)
        summaries.begin(tx, chat.id, by.id, now, [each for each in ids if each in there])
    return list(summaries.quoted(tx, chat.id))


def _write(tx: Tx, chat: Chat, ids: Sequence[int], now: datetime) -> None:
    there = gathering.held(tx, ids)
    summaries.write(tx, chat.id, [each for each in ids if each in there])
    summary_changed(tx, chat, now)
    changed(tx, chat, now)
