"""A chat moved on, by time or by its moderators: what was decided is carried out."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import assert_never

from plnbot import gathering
from plnbot.chats import store
from plnbot.chats.actions.attending import steered, write_down
from plnbot.chats.actions.forgetting import forget_later
from plnbot.chats.actions.found import chat_again, numbered
from plnbot.chats.actions.moderating import tell_moderators
from plnbot.chats.actions.notices import GUESTS, PANEL, UNHEARD
from plnbot.chats.actions.posts import (
    ARCHIVE,
    WARM_UP,
    WELCOME,
    announce,
    announcements,
    changed,
    post,
    post_key,
    post_prepared,
    post_question,
    question_key,
    show_panels,
    told_last,
)
from plnbot.chats.actions.reminding import moved
from plnbot.chats.model import (
    LIVE,
    Announce,
    Archive,
    Ask,
    Begin,
    CallOff,
    ChatState,
    Close,
    Effect,
    Event,
    GoOn,
    Impossible,
    Insert,
    MomentKind,
    PlanMoved,
    PutBack,
    Reword,
    Run,
    Skipped,
    Tick,
    WarmUp,
    decide,
    waits,
)
from plnbot.chats.store import KIND, Chat
from plnbot.engine import audit, outbox, work
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg

MOMENT = "chats.moment"
MINUTE = "chats.minute"
A_MINUTE = timedelta(minutes=1)
WHO_STAYS_ON = timedelta(minutes=15)
"""How long after a chat its moderators are told who went unheard: people go on replying for a while."""
LOOK_AGAIN = timedelta(seconds=10)
"""How long a chat waits before it looks again whether its room can be reached."""


def steer(tx: Tx, chat: Chat, event: Event, now: datetime, *, by: Person | None) -> Chat:
    """Let `event` happen to a chat: its effects are planned, its next moment set.

    `by` is the moderator, or None when time itself moves the chat. Raises `Refused` when the chat's
    state does not allow it.
    """
    if by is not None:
        chat = _locked(tx, chat)
    if isinstance(event, GoOn):
        event = GoOn(told_last(tx, chat))
    outcome = decide(chat.run, event, now)
    if isinstance(outcome, Impossible):
        raise Refused(_why_not(outcome))
    store.save_run(tx, chat.id, outcome.run, now)
    if outcome.run.state is ChatState.THROWN_AWAY:
        forget_later(tx, chat.network, now)
    if by is not None and chat.live:
        steered(tx, chat, by, now)
    for effect in outcome.effects:
        _carry_out(tx, chat, effect, now, moved_by=by)
    _set_alarm(tx, chat, outcome.run, now)
    count_down(tx, chat.id, chat.network, outcome.run, now)
    if chat.run.current:
        # It says when the next one comes.
        outbox.refresh(tx, question_key(chat.id, chat.run.current), now)
    if by is not None:
        audit.record(
            tx, chat.network, by.id, f"chat.{type(event).__name__.lower()}", chat.scope, now=now
        )
    changed(tx, chat, now)
    return chat_again(tx, chat.id)


def _why_not(what: Impossible) -> Sentence:
    match what:
        case Impossible.NOT_NOW:
            said = msg("That is not possible at this point of the chat.")
        case Impossible.HELD_ALREADY:
            said = msg("The chat is on hold already.")
        case Impossible.NOT_HELD:
            said = msg("The chat is not on hold.")
        case Impossible.NO_QUESTION_LEFT:
            said = msg("There is no question left to skip.")
        case Impossible.UNHEARD:
            said = msg(
                "I cannot reach the room just now. It gets what came last as soon as I can, and then"
                " you can go on."
            )
        case Impossible.NO_PLAN:
            said = msg("This chat has no questions yet.")
        case Impossible.OVER:
            said = msg("This chat is over.")
        case _:
            assert_never(what)
    return said


def tick(tx: Tx, chat_id: int, now: datetime) -> None:
    """Do what the chat's plan has for now, if anything, once its room has heard what came before."""
    chat = store.locked_chat(tx, chat_id)
    if chat is None or chat.run.state not in {ChatState.SCHEDULED, *LIVE}:
        return
    told = told_last(tx, chat)
    if waits(chat.run, told, now):
        _wake(tx, chat, now + LOOK_AGAIN)
    else:
        steer(tx, chat, Tick(told), now, by=None)


def ask_bonus(tx: Tx, chat: Chat, words: str, now: datetime, *, by: Person) -> Chat:
    """Add a bonus question after the others."""
    asked = store.questions_of(tx, _locked(tx, chat).id)
    number = len(asked) + 1
    before = sum(each.is_bonus for each in asked)
    label = f"{store.BONUS}{before + 1}" if before else store.BONUS
    store.add_question(tx, chat.id, number, label, words)
    return steer(tx, chat, Insert(number), now, by=by)


def ask_after_all(tx: Tx, chat: Chat, number: int, now: datetime, *, by: Person) -> Chat:
    """Ask a question that was skipped, after the others."""
    return _unskipped(tx, chat, Insert(number), now, by=by)


def put_back(tx: Tx, chat: Chat, before: Run, now: datetime, *, by: Person) -> Chat:
    """Undo that a question was skipped: it comes where it stood `before`, while that is to come."""
    left_out = next(each for each in before.moments if each.kind is MomentKind.QUESTION)
    return _unskipped(tx, chat, PutBack(left_out.number, before.moments), now, by=by)


def _unskipped(tx: Tx, chat: Chat, event: Insert | PutBack, now: datetime, *, by: Person) -> Chat:
    question = numbered(tx, _locked(tx, chat).id, event.number)
    if question is None or not question.skipped:
        raise Refused(msg("That question was not skipped."))
    store.change_question(tx, chat.id, event.number, skipped=False)
    return steer(tx, chat, event, now, by=by)


def _locked(tx: Tx, chat: Chat) -> Chat:
    """Return a chat as it stands, which time may have moved since it was looked at."""
    return store.locked_chat(tx, chat.id) or chat


def _carry_out(  # noqa: C901 - one line an effect
    tx: Tx, chat: Chat, effect: Effect, now: datetime, *, moved_by: Person | None
) -> None:
    match effect:
        case Announce():
            announce(tx, chat, now)
            moved(tx, chat, now)
            _other_runs_anew(tx, chat, now)
        case Reword():
            for key in outbox.standing_under(tx, announcements(chat)):
                outbox.refresh(tx, key, now)
            moved(tx, chat, now)
            _other_runs_anew(tx, chat, now)
        case CallOff():
            moved(tx, chat, now)
            _other_runs_anew(tx, chat, now)
            store.forget_attendances(tx, chat.id)
            post(tx, chat, "chats.called_off", f"called_off/{now.timestamp()}", now)
        case Begin(late=late):
            store.forget_version(tx, chat.id)
            out = [each.id for each in store.taken_out(tx, chat.id)]
            gathering.drop_under(tx, KIND, out)
            store.forget_taken_out(tx, chat.id)
            store.forget_attendances(tx, chat.id)
            post(tx, chat, "chats.welcome", WELCOME, now, late=late)
            tell_moderators(tx, chat, PANEL, now)
        case WarmUp():
            post(tx, chat, "chats.warm_up", WARM_UP, now)
        case Ask(number=number, late=late):
            store.change_question(tx, chat.id, number, asked_at=now, skipped=False)
            post_question(tx, chat, number, now, late=late)
            post_prepared(tx, chat, number, now)
        case Skipped(number=number):
            store.change_question(tx, chat.id, number, skipped=True)
            _not_asked(tx, chat, [number])
        case Close():
            # A bonus question opens a chat again, and then its closing is news once more.
            post(tx, chat, "chats.closing", f"closing/{len(store.questions_of(tx, chat.id))}", now)
        case Archive():
            write_down(tx, chat, now)
            _not_asked(tx, chat, range(1, len(store.questions_of(tx, chat.id)) + 1))
            post(tx, chat, "chats.archive", ARCHIVE, now)
            _other_runs_anew(tx, chat, now)
            told: work.Payload = {"chat": chat.id}
            work.put(tx, GUESTS, f"chat/{chat.id}/guests", now, told, network=chat.network)
            tell_moderators(tx, chat, UNHEARD.name, now + WHO_STAYS_ON)
        case PlanMoved():
            if moved_by is None:
                tell_moderators(tx, chat, "chats.plan_moved", now)


def _other_runs_anew(tx: Tx, chat: Chat, now: datetime) -> None:
    """Let what the rooms of a chat's other runs read of it say how things stand."""
    for other in store.runs_of(tx, chat):
        if other.id != chat.id:
            told = outbox.standing_under(tx, announcements(other))
            for key in (*told, post_key(other, ARCHIVE)):
                outbox.refresh(tx, key, now)
            tx.announce(other.scope)


def _not_asked(tx: Tx, chat: Chat, numbers: Collection[int]) -> None:
    """Let everybody read what was said aloud to questions that are not asked; the rest stays back."""
    unasked = [
        each.id
        for each in store.questions_of(tx, chat.id)
        if each.number in numbers and each.asked_at is None
    ]
    gathering.open_up(tx, KIND, unasked, said_only=True)


def _set_alarm(tx: Tx, chat: Chat, run: Run, now: datetime) -> None:
    following = run.next_moment
    ticking = not run.held and run.state in {ChatState.SCHEDULED, *LIVE}
    if following is None or not ticking:
        work.cancel(tx, _alarm_key(chat), now)
    else:
        _wake(tx, chat, following.at)


def count_down(tx: Tx, chat_id: int, network: int, run: Run, now: datetime) -> None:
    """Have panels say how long is left a minute from now, while a chat goes on and is not held."""
    key = f"chat/{chat_id}/minute"
    if run.state in LIVE and not run.held and not run.pace.step:
        work.put(tx, MINUTE, key, now + A_MINUTE, {"chat": chat_id}, network=network)
    else:
        work.cancel(tx, key, now)


def minute_passed(tx: Tx, chat_id: int, now: datetime) -> None:
    """Show panels anew, and go on counting."""
    chat = chat_again(tx, chat_id)
    if chat.live:
        show_panels(tx, chat, now)
    count_down(tx, chat.id, chat.network, chat.run, now)


def _wake(tx: Tx, chat: Chat, at: datetime) -> None:
    work.put(tx, MOMENT, _alarm_key(chat), at, {"chat": chat.id}, network=chat.network)


def _alarm_key(chat: Chat) -> str:
    return f"chat/{chat.id}/next"
