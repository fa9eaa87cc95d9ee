"""What people do with a chat, one use case a function. Each runs inside its caller's transaction."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from plnbot.chats import drafts, store
from plnbot.chats.marks import label_matches, read_answers
from plnbot.chats.model import (
    LIVE,
    Announce,
    Archive,
    Ask,
    Begin,
    CallOff,
    Cancel,
    Close,
    Effect,
    Event,
    Impossible,
    Insert,
    PlanMoved,
    Publish,
    Restore,
    Reword,
    Run,
    Skipped,
    State,
    Tick,
    WarmUp,
    decide,
)
from plnbot.chats.store import Answer, Chat, Question
from plnbot.engine import audit, outbox, roles, work
from plnbot.engine.ports import Directory, Person
from plnbot.engine.roles import Grant, Role
from plnbot.errors import Refused
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Tx
from plnbot.talk.fallback import short_words
from plnbot.talk.forms import FieldErrors
from plnbot.talk.words import Message, msg

MOMENT = "chats.moment"
REMIND = "chats.remind"
TELL = "chats.tell"
PANEL = "chats.panel"
NOT_POSTED = "chats.not_posted"
REMIND_BEFORE = timedelta(minutes=30)
PAST_START = timedelta(minutes=5)
LONGEST_THREAD = 90
_FORM = "form/"
MODERATING = (Role.MODERATOR, Role.CO_MODERATOR)

WHY_NOT: Mapping[Impossible, Message] = {
    Impossible.NOT_NOW: msg("That is not possible at this point of the chat."),
    Impossible.HELD_ALREADY: msg("The chat is on hold already."),
    Impossible.NOT_HELD: msg("The chat is not on hold."),
    Impossible.NO_QUESTION_LEFT: msg("There is no question left to skip."),
    Impossible.NO_PLAN: msg("This chat has no questions yet."),
    Impossible.OVER: msg("This chat is over."),
}


def steer(tx: Tx, chat: Chat, event: Event, now: datetime, *, by: Person | None) -> Chat:
    """Let `event` happen to a chat: its effects are planned, its next moment set.

    `by` is the moderator, or None when time itself moves the chat. Raises `Refused` when the chat's
    state does not allow it.
    """
    outcome = decide(chat.run, event, now)
    if isinstance(outcome, Impossible):
        raise Refused(WHY_NOT[outcome])
    store.save_run(tx, chat.id, outcome.run, now)
    for effect in outcome.effects:
        _carry_out(tx, chat, effect, now, moved_by=by)
    _set_alarm(tx, chat, outcome.run, now)
    if chat.run.current:
        # It says when the next one comes.
        outbox.refresh(tx, question_key(chat.id, chat.run.current), now)
    if by is not None:
        audit.record(
            tx, chat.network, by.id, f"chat.{type(event).__name__.lower()}", chat.scope, now
        )
    changed(tx, chat, now)
    return _again(tx, chat.id)


def tick(tx: Tx, chat_id: int, now: datetime) -> None:
    """Do what the chat's plan has for now, if anything."""
    chat = store.locked_chat(tx, chat_id)
    if chat is not None and chat.run.state in {State.SCHEDULED, *LIVE}:
        steer(tx, chat, Tick(), now, by=None)


def ask_bonus(tx: Tx, chat: Chat, words: str, now: datetime, *, by: Person) -> Chat:
    """Add a bonus question after the others."""
    asked = store.questions_of(tx, chat.id)
    number = len(asked) + 1
    before = sum(each.label.startswith("bonus") for each in asked)
    store.add_question(tx, chat.id, number, f"bonus{before + 1}" if before else "bonus", words)
    return steer(tx, chat, Insert(number), now, by=by)


def ask_after_all(tx: Tx, chat: Chat, number: int, now: datetime, *, by: Person) -> Chat:
    """Ask a question that was skipped, after the others."""
    question = _numbered(store.questions_of(tx, chat.id), number)
    if question is None or not question.skipped:
        raise Refused(msg("That question was not skipped."))
    store.change_question(tx, chat.id, number, skipped=False)
    return steer(tx, chat, Insert(number), now, by=by)


def hand_over(  # noqa: PLR0913 - who to whom, in which chat, when
    tx: Tx, chat: Chat, to: Person, now: datetime, *, by: Person, leaving: bool
) -> None:
    """Make `to` a moderator of this chat; with `leaving`, `by` is one no longer."""
    given = Grant(Role.MODERATOR if leaving else Role.CO_MODERATOR, chat.scope)
    roles.grant(tx, chat.network, to.id, given, by=by.id, now=now)
    if leaving:
        _stand_down(tx, chat, by, now)
    if chat.live:
        show_panel(tx, chat, to, now)
    action = "chat.handed_over" if leaving else "chat.co_moderator_added"
    audit.record(tx, chat.network, by.id, action, chat.scope, now, to=to.id)
    outbox.post(
        tx,
        chat.network,
        to.ref,
        "chats.your_turn",
        {"chat": chat.id, "by": by.id, "alone": int(leaving)},
        key=f"chat/{chat.id}/handover/{to.id}/{now.timestamp()}",
        at=now,
    )
    changed(tx, chat, now)


@dataclass(frozen=True, slots=True)
class Landed:
    """Where the answers of one message landed, and the labels that exist on no question."""

    questions: tuple[Question, ...]
    unknown: tuple[str, ...]


def chat_here(tx: Tx, place: Place) -> Chat | None:
    """Return the chat that words said in this channel belong to: the live one, else the last."""
    live = store.chats_in(tx, place, LIVE, newest_first=True)
    if live:
        return live[0]
    ended = store.chats_in(tx, place, (State.ARCHIVED,), newest_first=True)
    return ended[0] if ended else None


def take_marked(  # noqa: PLR0913 - who said what, where, when
    tx: Tx, chat: Chat, person: Person, words: str, source: str, now: datetime
) -> Landed:
    """Take in a message with marks such as `A2 …`; said again, it replaces what it said before."""
    known = store.questions_of(tx, chat.id)
    by_label = {each.label.lower(): each for each in known}
    wanted: dict[int, list[str]] = {}
    unknown: list[str] = []
    for marked in read_answers(words):
        for label in marked.labels:
            found = label_matches(label, tuple(by_label))
            for match in found:
                wanted.setdefault(by_label[match].id, []).append(marked.text)
            if not found:
                unknown.append(label)
    for unsaid in _drop_unsaid(tx, person, source, keep=set(wanted)):
        answers_changed(tx, unsaid, now)
    landed = tuple(each for each in known if each.id in wanted)
    for question in landed:
        text = "\n".join(part for part in wanted[question.id] if part)
        if text:
            answer(tx, chat, question, person, text, source, now)
    return Landed(landed, tuple(unknown))


def answer(  # noqa: PLR0913 - who said what, to which question, when
    tx: Tx, chat: Chat, question: Question, person: Person, words: str, source: str, now: datetime
) -> int:
    """Write an answer down under its question, however late it comes; return its id."""
    late = question.number < chat.run.current or chat.run.state is State.ARCHIVED
    first_ever = not store.ever_answered(tx, person.id)
    made, _new = store.put_answer(
        tx,
        question,
        member=person.id,
        author=person.name,
        words=words,
        source=source,
        late=late,
        now=now,
    )
    store.note_presence(tx, chat.id, person.id, now)
    if first_ever and chat.live:
        args: outbox.Args = {"chat": chat.id, "person": person.id}
        key = hello_key(person.id)
        outbox.post(tx, chat.network, chat.place, "chats.hello", args, key=key, at=now)
    outbox.refresh(tx, question_key(chat.id, question.number), now)
    changed(tx, chat, now)
    return made


def answer_by_form(  # noqa: PLR0913 - who said what, to which question, when
    tx: Tx, chat: Chat, question: Question, person: Person, words: str, now: datetime
) -> None:
    """Take an answer from the form, one a person and question; the room sees it once asked."""
    made = answer(tx, chat, question, person, words, _form_source(person), now)
    if question.asked_at is not None:
        _post_answer(tx, chat, question, made, now)
        outbox.refresh(tx, f"chat/answer/{made}", now)


def form_answer(tx: Tx, question: Question, person: Person) -> Answer | None:
    """Return what a member gave to a question through the form."""
    return store.answer_from(tx, question.id, _form_source(person))


def by_form(tx: Tx, given: Answer) -> bool:
    """Return whether an answer was given through the form, so that what the room shows is ours."""
    through = store.answer_from(tx, given.question, f"{_FORM}{given.member}")
    return through is not None and through.id == given.id


def retract_form_answer(tx: Tx, question: Question, person: Person, now: datetime) -> None:
    """Take back what the form gave."""
    given = store.answers_from(tx, _form_source(person), person.id)
    gone = [each for each in given if each.question == question.id]
    store.forget_answers(tx, [each.id for each in gone])
    for each in gone:
        answers_changed(tx, each, now)


def question_at(tx: Tx, place: Place) -> Question | None:
    """Return the question that a thread hangs under."""
    post = outbox.at_thread(tx, place)
    if post is None or post.card != "chats.question":
        return None
    asked = store.questions_of(tx, int(post.args["chat"]))
    return _numbered(asked, int(post.args["number"]))


def retract(tx: Tx, person: Person, source: str, now: datetime) -> None:
    """Take away what a deleted message answered."""
    for gone in _drop_unsaid(tx, person, source, keep=set()):
        question = store.get_question(tx, gone.question)
        if question is not None:
            outbox.refresh(tx, question_key(gone.chat, question.number), now)
        tx.announce(f"chat:{gone.chat}")


def hide(  # noqa: PLR0913 - what, why, who, when
    tx: Tx, hidden: Answer, reason: str, now: datetime, *, by: Person, network: int
) -> None:
    """Hide an answer everywhere; its author is told the reason."""
    store.hide_answer(tx, hidden.id, by.id, reason)
    audit.record(tx, network, by.id, "chat.answer_hidden", f"answer:{hidden.id}", now, why=reason)
    answers_changed(tx, hidden, now)


def tell_author(tx: Tx, hidden: Answer, author: Person, reason: str, now: datetime) -> None:
    """Tell an author, directly, why their answer was hidden."""
    outbox.post(
        tx,
        author.network.id,
        author.ref,
        "chats.hidden",
        {"answer": hidden.id, "why": reason},
        key=f"chat/answer/{hidden.id}/hidden/{now.timestamp()}",
        at=now,
    )


def show_again(tx: Tx, hidden: Answer, now: datetime, *, by: Person, network: int) -> None:
    """Undo `hide`."""
    store.hide_answer(tx, hidden.id, None, "")
    audit.record(tx, network, by.id, "chat.answer_shown", f"answer:{hidden.id}", now)
    answers_changed(tx, hidden, now)


def leave_out(tx: Tx, chat: Chat, person: Person, now: datetime, *, out: bool) -> None:
    """Keep a member's answers out of the archive, or let them in again."""
    store.leave_out(tx, chat.id, person.id, now, out=out)
    for question in store.questions_of(tx, chat.id):
        outbox.refresh(tx, question_key(chat.id, question.number), now)
    changed(tx, chat, now)


def remind_me(tx: Tx, chat: Chat, person: Person, now: datetime, directory: Directory) -> datetime:
    """Plan a reminder half an hour ahead, or earlier where that falls into quiet hours."""
    if chat.starts_at <= now:
        raise Refused(msg("This chat has begun already."))
    at = directory.free_moment(tx, person.id, chat.starts_at - REMIND_BEFORE)
    planned = max(at, now)
    payload = {"chat": chat.id, "person": person.id, "for": chat.starts_at.isoformat()}
    work.put(tx, REMIND, _reminder_key(chat, person.id), planned, payload, network=chat.network)
    return planned


def do_not_remind(tx: Tx, chat: Chat, person: Person, now: datetime) -> None:
    """Take a reminder back."""
    work.cancel(tx, _reminder_key(chat, person.id), now)


def remind(tx: Tx, payload: work.Payload, now: datetime, directory: Directory) -> None:
    """Send a reminder, or plan it anew when the chat has moved meanwhile."""
    chat = store.get_chat(tx, int(str(payload["chat"])))
    if chat is None or chat.run.state is not State.SCHEDULED:
        return
    person = directory.by_id(tx, int(str(payload["person"])), chat.place.platform)
    if person is None:
        return
    if payload["for"] != chat.starts_at.isoformat():
        remind_me(tx, chat, person, now, directory)
        return
    key = f"chat/{chat.id}/reminder/{person.id}/{chat.starts_at.timestamp()}"
    args = {"chat": chat.id}
    outbox.post(tx, chat.network, person.ref, "chats.reminder", args, key=key, at=now)


def tell(tx: Tx, payload: work.Payload, now: datetime, directory: Directory) -> None:
    """Write to a chat's moderators, each directly."""
    chat = _again(tx, int(str(payload["chat"])))
    card = str(payload["card"])
    args: outbox.Args = {"chat": chat.id, "why": str(payload.get("why", ""))}
    for person_id in roles.holders(tx, chat.network, MODERATING, chat.scope):
        person = directory.by_id(tx, person_id, chat.place.platform)
        if person is None:
            continue
        if card == PANEL:
            show_panel(tx, chat, person, now)
            continue
        key = f"chat/{chat.id}/{card}/{payload['once']}/{person_id}"
        outbox.post(tx, chat.network, person.ref, card, args, key=key, at=now)


def not_posted(tx: Tx, payload: work.Payload, reason: str, now: datetime) -> None:
    """Tell a chat's moderators once for each reason that its room did not get a post."""
    to, args = outbox.unpacked(payload["to"]), payload["args"]
    if isinstance(to, MemberRef) or not isinstance(args, dict) or "chat" not in args:
        return
    chat = store.get_chat(tx, int(args["chat"]))
    if chat is None or chat.place.channel_itself() != to.channel_itself():
        return
    once = hashlib.sha256(reason.encode()).hexdigest()[:16]
    told: work.Payload = {"chat": chat.id, "card": NOT_POSTED, "once": once, "why": reason}
    work.add(tx, TELL, f"chat/{chat.id}/{NOT_POSTED}/{once}", now, told, network=chat.network)


def thread_of(tx: Tx, chat: Chat, question: Question) -> Place | None:
    """Return the thread below a question, where it stands in its room already."""
    above = outbox.by_key(tx, question_key(chat.id, question.number))
    return chat.place.in_thread(above.ref) if above is not None else None


def show_panel(tx: Tx, chat: Chat, to: Person, now: datetime) -> None:
    """Let a moderator have the panel of a live chat at hand: beside the room, or directly.

    It is kept as things are, and says so when it is no longer theirs.
    """
    args: outbox.Args = {"chat": chat.id, "person": to.id, outbox.BESIDE: 1}
    key = _panel_key(chat.id, to.id)
    outbox.post(tx, chat.network, to.ref, PANEL, args, key=key, at=now)
    outbox.refresh(tx, key, now)


def decline(tx: Tx, chat: Chat, now: datetime, *, by: Person) -> None:
    """Give the moderation of a chat back; the last moderator cannot."""
    if len(roles.holders(tx, chat.network, MODERATING, chat.scope)) <= 1:
        raise Refused(msg("You are the only moderator. Hand the chat over first."))
    _stand_down(tx, chat, by, now)
    audit.record(tx, chat.network, by.id, "chat.declined", chat.scope, now)
    changed(tx, chat, now)


def _stand_down(tx: Tx, chat: Chat, who: Person, now: datetime) -> None:
    for role in MODERATING:
        roles.revoke(tx, who.id, Grant(role, chat.scope))
    outbox.refresh(tx, _panel_key(chat.id, who.id), now)


def change(
    tx: Tx, chat: Chat, wish: drafts.Wish, now: datetime, *, by: Person
) -> drafts.Draft | FieldErrors:
    """Write a chat that has not begun anew; a published one is announced again if it moved."""
    made = drafts.remake(tx, chat, wish, now, by=by)
    if isinstance(made, drafts.Draft) and chat.run.state is State.SCHEDULED:
        changed_to = _again(tx, chat.id)
        # Another time is news; other words are not worth a second announcement.
        news = changed_to.starts_at != chat.starts_at
        steer(tx, changed_to, Publish(changed_to.run.moments, news), now, by=by)
    return made


def calendar_token(tx: Tx, network: int) -> str:
    """Return the secret part of the network's calendar address, made when first asked for."""
    token = store.calendar_token(tx, network)
    if token is None:
        token = secrets.token_urlsafe(24)
        store.set_calendar_token(tx, network, token)
    return token


def discard(tx: Tx, chat: Chat, now: datetime, *, by: Person) -> Chat:
    """Cancel a chat; the room is told when it had been announced."""
    return steer(tx, chat, Cancel(), now, by=by)


def is_past(chat: Chat, now: datetime) -> bool:
    """Return whether a chat should have begun a while ago."""
    return chat.starts_at <= now - PAST_START


def restore(tx: Tx, chat: Chat, now: datetime, *, by: Person) -> Chat:
    """Make a chat that was thrown away or called off a draft again; the room hears nothing."""
    return steer(tx, chat, Restore(), now, by=by)


def publish(tx: Tx, chat: Chat, now: datetime, *, by: Person) -> Chat:
    """Announce a chat with its questions, or one that was cancelled; it then runs by itself."""
    if is_past(chat, now):
        raise Refused(msg("That start is in the past. Please change the start first."))
    return steer(tx, chat, Publish(chat.run.moments), now, by=by)


def changed(tx: Tx, chat: Chat, now: datetime) -> None:
    """Let the pages that show this chat, and its moderators' panels, show it anew."""
    tx.announce(chat.scope)
    tx.announce(chat.place.topic)
    for person in roles.holders(tx, chat.network, MODERATING, chat.scope):
        outbox.refresh(tx, _panel_key(chat.id, person), now)


def answers_changed(tx: Tx, changed: Answer, now: datetime) -> None:
    """Let the question and the posted answer show how things stand after a change of an answer."""
    question = store.get_question(tx, changed.question)
    if question is not None:
        outbox.refresh(tx, question_key(changed.chat, question.number), now)
    outbox.refresh(tx, f"chat/answer/{changed.id}", now)
    tx.announce(f"chat:{changed.chat}")


def hello_key(person: int) -> str:
    """Return the key of the card that introduces a member to a room, once ever."""
    return f"chat/hello/{person}"


def announcements(chat: Chat) -> str:
    """Return what the keys of a chat's announcements begin with."""
    return f"chat/{chat.id}/announcement/"


def question_key(chat_id: int, number: int) -> str:
    """Return the key of a question's post."""
    return f"chat/{chat_id}/question/{number}"


def _carry_out(  # noqa: C901 - one line an effect
    tx: Tx, chat: Chat, effect: Effect, now: datetime, *, moved_by: Person | None
) -> None:
    match effect:
        case Announce():
            # Announced, called off and announced again: each is news of its own.
            _post(tx, chat, "chats.announcement", f"announcement/{now.timestamp()}", now)
        case Reword():
            for key in outbox.standing_under(tx, announcements(chat)):
                outbox.refresh(tx, key, now)
        case CallOff():
            _post(tx, chat, "chats.called_off", f"called_off/{now.timestamp()}", now)
        case Begin(late=late):
            _post(tx, chat, "chats.welcome", "welcome", now, late=late)
            _tell_moderators(tx, chat, PANEL, now)
        case WarmUp():
            _post(tx, chat, "chats.warm_up", "warm_up", now)
        case Ask(number=number, late=late):
            store.change_question(tx, chat.id, number, asked_at=now, skipped=False)
            _post_question(tx, chat, number, now, late=late)
            _post_prepared(tx, chat, number, now)
        case Skipped(number=number):
            store.change_question(tx, chat.id, number, skipped=True)
        case Close():
            # A bonus question opens a chat again, and then its closing is news once more.
            _post(tx, chat, "chats.closing", f"closing/{len(store.questions_of(tx, chat.id))}", now)
        case Archive():
            _post(tx, chat, "chats.archive", "archive", now)
        case PlanMoved():
            if moved_by is None:
                _tell_moderators(tx, chat, "chats.plan_moved", now)


def _post(  # noqa: PLR0913 - what, where, when
    tx: Tx,
    chat: Chat,
    card: str,
    key: str,
    now: datetime,
    *,
    late: bool = False,
) -> None:
    args = {"chat": chat.id, "late": int(late)}
    outbox.post(tx, chat.network, chat.place, card, args, key=f"chat/{chat.id}/{key}", at=now)


def _post_question(tx: Tx, chat: Chat, number: int, now: datetime, *, late: bool) -> None:
    asked = _numbered(store.questions_of(tx, chat.id), number)
    named = f"{asked.name} {asked.words}" if asked else ""
    args: outbox.Args = {
        "chat": chat.id,
        "number": number,
        "late": int(late),
        outbox.THREAD: short_words(" ".join(named.split()), LONGEST_THREAD),
    }
    key = question_key(chat.id, number)
    outbox.post(tx, chat.network, chat.place, "chats.question", args, key=key, at=now)


def _tell_moderators(tx: Tx, chat: Chat, card: str, now: datetime) -> None:
    work.add(
        tx,
        TELL,
        f"chat/{chat.id}/{card}/{now.timestamp()}",
        now,
        {"chat": chat.id, "card": card, "once": now.timestamp()},
        network=chat.network,
    )


def _post_prepared(tx: Tx, chat: Chat, number: int, now: datetime) -> None:
    """Show, under a question, the answers that were prepared for it."""
    question = _numbered(store.questions_of(tx, chat.id), number)
    for prepared in store.answers_of(tx, chat.id):
        if question is not None and prepared.question == question.id:
            _post_answer(tx, chat, question, prepared.id, now)


def _post_answer(tx: Tx, chat: Chat, question: Question, answer_id: int, now: datetime) -> None:
    outbox.post(
        tx,
        chat.network,
        chat.place,
        "chats.answered",
        {"answer": answer_id},
        key=f"chat/answer/{answer_id}",
        at=now,
        under=question_key(chat.id, question.number),
    )


def _panel_key(chat: int, person: int) -> str:
    return f"chat/{chat}/panel/{person}"


def _form_source(person: Person) -> str:
    return f"{_FORM}{person.id}"


def _reminder_key(chat: Chat, person: int) -> str:
    return f"chat/{chat.id}/remind/{person}"


def _set_alarm(tx: Tx, chat: Chat, run: Run, now: datetime) -> None:
    key = f"chat/{chat.id}/next"
    following = run.next_moment
    ticking = not run.held and run.state in {State.SCHEDULED, *LIVE}
    if following is None or not ticking:
        work.cancel(tx, key, now)
    else:
        work.put(tx, MOMENT, key, following.at, {"chat": chat.id}, network=chat.network)


def _again(tx: Tx, chat_id: int) -> Chat:
    chat = store.get_chat(tx, chat_id)
    if chat is None:
        raise Refused(msg("This chat is no longer there."))
    return chat


def _numbered(questions: tuple[Question, ...], number: int) -> Question | None:
    return next((each for each in questions if each.number == number), None)


def _drop_unsaid(tx: Tx, person: Person, source: str, *, keep: set[int]) -> tuple[Answer, ...]:
    gone = tuple(
        each for each in store.answers_from(tx, source, person.id) if each.question not in keep
    )
    store.forget_answers(tx, [each.id for each in gone])
    return gone
