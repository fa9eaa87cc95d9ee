"""The guest desk: who is a chat's guest, what people ask them, and how that becomes questions of the chat.

A question from the floor waits until a moderator takes it. Taken, it is a question of the chat like every
other, after those there are: everybody may answer it, and what the guest prepares for it stands under it
as soon as it is asked. Until then the guest alone has it, with whoever leads the chat.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.actions import runs, suggesting
from plnbot.chats.actions.found import chat_again
from plnbot.chats.actions.notices import ASKED_TO_MODERATE
from plnbot.chats.actions.posts import changed, question_key
from plnbot.chats.actions.steering import steer
from plnbot.chats.actions.suggesting import Suggested
from plnbot.chats.model import LIVE, ChatState, Insert, Publish
from plnbot.chats.model.pacing import added_last
from plnbot.chats.store import KIND, Chat, Question, guests, suggestions
from plnbot.chats.store.suggestions import Kind, State, Suggestion
from plnbot.engine import audit, notices, outbox
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass

INVITED, ASKED, WAITS = "chats.guest", "chats.for_guest", "chats.guest_waits"
_COMING = (ChatState.DRAFT, ChatState.SCHEDULED, *LIVE)
_OVER = msg("This chat is over.")


@dataclass(frozen=True, slots=True)
class FromFloor:
    """A question of a chat that came from the floor, as it stands with the guest."""

    suggestion: Suggestion
    question: Question
    answered: bool


def invite(tx: Tx, chat: Chat, who: Person, now: datetime, *, by: Person) -> None:
    """Make a member a guest of a chat that is not over, and tell them."""
    chat = _not_over(tx, chat)
    if not guests.invite(tx, chat.id, who.id, now):
        raise Refused(msg("They are a guest of this chat already."))
    audit.record(tx, chat.network, by.id, "chat.guest_invited", chat.scope, now=now, to=who.id)
    key = f"chat/{chat.id}/guest/{who.id}/{now.timestamp()}"
    args: outbox.Args = {"chat": chat.id, "by": by.id}
    notices.tell_now(tx, ASKED_TO_MODERATE, who, INVITED, args, key=key, now=now)
    _shown_anew(tx, chat, now)


def no_guest(tx: Tx, chat: Chat, who: int, now: datetime) -> None:
    """Let a member be no guest any more; what was asked of them stays with the moderators."""
    guests.leave(tx, chat.id, who)
    _shown_anew(tx, chat, now)


def ask(tx: Tx, chat: Chat, words: str, now: datetime, *, by: Person) -> Suggested:
    """Keep a question from the floor to the guest of a chat."""
    chat = _not_over(tx, chat)
    if not guests.of_chat(tx, chat.id):
        raise Refused(msg("This chat has no guest."))
    made = suggesting.suggest(tx, Kind.QUESTION, chat.place, words, now, by=by, chat=chat.id)
    asked_anew(tx, chat, made.suggestion, now)
    return made


def approve(tx: Tx, one: Suggestion, now: datetime, directory: Directory, *, by: Person) -> Chat:
    """Take a question from the floor: it is one of the chat's now, and the guest can prepare an answer."""
    chat = _not_over(tx, chat_again(tx, one.chat or 0))
    stands = one.question is not None and store.get_question(tx, one.question) is not None
    if stands or one.merged_into is not None:
        raise Refused(msg("It is one of the chat's questions already."))
    same = runs.alike(tx, chat)
    there = store.questions_of(tx, chat.id)
    number = len(there) + 1
    question = store.add_question(tx, chat.id, number, _next_label(there), one.words)
    suggestions.change(tx, one.id, state=State.TAKEN.value, question_id=question)
    chat = _put_last(tx, chat, number, now, by=by)
    runs.follow(tx, chat, same, now, by=by)
    audit.record(tx, chat.network, by.id, "chat.floor_taken", chat.scope, now=now)
    args: outbox.Args = {"chat": chat.id, "question": question}
    key = f"chat/{chat.id}/for_guest/{question}"
    found = directory.by_ids(tx, guests.of_chat(tx, chat.id), chat.place.platform).values()
    notices.tell_each(tx, ASKED_TO_MODERATE, found, ASKED, args, key=key, now=now)
    return chat


def decline(tx: Tx, one: Suggestion, now: datetime, *, by: Person, declined: bool) -> Suggestion:
    """Do not put a question to the guest, or let it wait again."""
    if one.state is State.TAKEN:
        raise Refused(msg("It is one of the chat's questions already."))
    state = State.DECLINED if declined else State.WAITS
    suggestions.change(tx, one.id, state=state.value)
    chat = chat_again(tx, one.chat or 0)
    if declined:
        audit.record(tx, chat.network, by.id, "chat.floor_declined", chat.scope, now=now)
    changed(tx, chat, now)
    return suggesting.again(tx, one.id)


def earlier(tx: Tx, one: Suggestion, now: datetime) -> None:
    """Ask a question from the floor before the one from the floor that comes before it."""
    chat = _not_over(tx, chat_again(tx, one.chat or 0))
    coming = [each for each in from_floor(tx, chat) if _still_comes(chat, each.question)]
    place = next((at for at, each in enumerate(coming) if each.suggestion.id == one.id), 0)
    if not place:
        raise Refused(msg("No question from the floor comes before it."))
    store.exchange_questions(tx, coming[place - 1].question, coming[place].question)
    _shown_anew(tx, chat, now)


def from_floor(tx: Tx, chat: Chat) -> list[FromFloor]:
    """Return the questions of a chat that came from the floor, in their order."""
    mine = guests.of_chat(tx, chat.id)
    given = {each.under for each in gathering.of_whole(tx, KIND, chat.id) if each.member in mine}
    asked = {each.id: each for each in store.questions_of(tx, chat.id)}
    found = [
        FromFloor(each, asked[each.question], each.question in given)
        for each in suggestions.of_chat(tx, chat.id, Kind.QUESTION)
        if each.question in asked
    ]
    return sorted(found, key=lambda each: each.question.number)


def asked_by(tx: Tx, question: Question) -> Suggestion | None:
    """Return the question from the floor that a question of a chat was, if it came from there."""
    found = suggestions.of_chat(tx, question.chat, Kind.QUESTION)
    return next((each for each in found if each.question == question.id), None)


def unanswered(tx: Tx, chat: Chat) -> list[FromFloor]:
    """Return what was asked of the guest, and waits for their answer."""
    return [
        each
        for each in from_floor(tx, chat)
        if each.question.asked_at is not None and not each.answered
    ]


def over(tx: Tx, chat: Chat, now: datetime, directory: Directory) -> None:
    """Tell the guests of a chat that has ended once what still waits for their answer."""
    if unanswered(tx, chat):
        found = directory.by_ids(tx, guests.of_chat(tx, chat.id), chat.place.platform).values()
        key = f"chat/{chat.id}/guest_waits"
        notices.tell_each(tx, ASKED_TO_MODERATE, found, WAITS, {"chat": chat.id}, key=key, now=now)


def asked_anew(tx: Tx, chat: Chat, one: Suggestion, now: datetime) -> None:
    """Have what shows a question from the floor name who asks it by now."""
    question = store.get_question(tx, one.question) if one.question else None
    if question is not None and question.asked_at is not None:
        outbox.refresh(tx, question_key(chat.id, question.number), now)
    changed(tx, chat, now)


def _next_label(questions: Sequence[Question]) -> str:
    numbers = [
        int("".join(filter(str.isdigit, each.label)) or 0)
        for each in questions
        if not each.is_bonus
    ]
    return str(max(numbers, default=0) + 1)


def _put_last(tx: Tx, chat: Chat, number: int, now: datetime, *, by: Person) -> Chat:
    """Let a question be asked after the others, which share the time with it."""
    if chat.live:
        return steer(tx, chat, Insert(number), now, by=by)
    moments = added_last(chat.run.moments, number, chat.run.pace)
    if chat.run.state is ChatState.SCHEDULED:
        return steer(tx, chat, Publish(moments, news=False), now, by=by)
    store.save_run(tx, chat.id, replace(chat.run, moments=moments), now)
    changed(tx, chat, now)
    return chat_again(tx, chat.id)


def _still_comes(chat: Chat, question: Question) -> bool:
    return question.number in {each.number for each in chat.run.moments}


def _not_over(tx: Tx, chat: Chat) -> Chat:
    found = store.locked_chat(tx, chat.id) or chat
    if found.run.state not in _COMING:
        raise Refused(_OVER)
    return found


def _shown_anew(tx: Tx, chat: Chat, now: datetime) -> None:
    for key in outbox.standing_under(tx, f"chat/{chat.id}/announcement/"):
        outbox.refresh(tx, key, now)
    changed(tx, chat, now)
