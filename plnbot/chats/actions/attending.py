"""Being there: what counts as taking part in a chat, and what is written down of it at its end.

Members take part by what they do on purpose while it goes on: they say "I am here", answer (by form,
mark or thread), or steer it. To read along, to come into the room or to ask where we are is nothing
yet. Whoever moderates it, or did when they steered it, has led it; everybody else attended.

An answer that is hidden, left out of the archive or taken back was given all the same, so it does not
unmake attendance; one that comes before the chat begins or after its end does not make it. A chat that
is called off leaves nothing, and one that begins anew begins with nobody there.
"""

from collections.abc import Sequence
from datetime import datetime

from plnbot import gathering
from plnbot.activities import store as activities
from plnbot.activities.model import Done, Role, Session, time_in
from plnbot.chats import store
from plnbot.chats.actions.moderators import moderators_of
from plnbot.chats.model import ChatState
from plnbot.chats.store import Attendance, Chat
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.skills.store import carried
from plnbot.store.database import Tx
from plnbot.talk.words import msg

KIND = "chat"


def answered(tx: Tx, chat: Chat, person: Person, now: datetime) -> None:
    """Note that a member answered: that they are there and, if the chat goes on, when."""
    # Whoever did something before is known to be there, and answers are many.
    if not chat.live or store.note_act(tx, chat.id, person.id, now):
        store.note_presence(tx, chat.id, person.id, now)


def steered(tx: Tx, chat: Chat, person: Person, now: datetime) -> None:
    """Note that somebody steered a chat that goes on; who was asked to moderate it leads it."""
    led = person.id in moderators_of(tx, chat, now)
    if store.note_act(tx, chat.id, person.id, now, led=led):
        store.note_presence(tx, chat.id, person.id, now)


def check_in(tx: Tx, chat: Chat, person: Person, now: datetime) -> datetime:
    """Let a member be here, by their own word, and return since when; `Refused` out of its times."""
    _goes_on(chat)
    return store.note_here(tx, chat.id, person.id, now)


def take_check_in_back(tx: Tx, chat: Chat, person: Person) -> None:
    """Undo `check_in`; `Refused` once the chat is over, for what was written down then stays."""
    _goes_on(chat)
    store.note_not_here(tx, chat.id, person.id)


def write_down(tx: Tx, chat: Chat, now: datetime) -> None:
    """Write down for everybody who took part in a chat that ends now, which is `chat` before its end."""
    there = store.attendances(tx, chat.id)
    leading = moderators_of(tx, chat, now)
    answers = gathering.many_by_member(tx, store.KIND, chat.id)
    questions = store.questions_of(tx, chat.id)
    parts = tuple(each.asked_at for each in questions if each.asked_at is not None)
    skills = carried(tx, chat.carrier)
    done = [
        _done(
            chat,
            each,
            now,
            parts,
            skills,
            role=Role.LED if each.led or each.member in leading else Role.ATTENDED,
            answers=answers.get(each.member, 0),
        )
        for each in there
        if each.acts
    ]
    activities.write(tx, done, now)
    store.forget_attendances(tx, chat.id)


def _goes_on(chat: Chat) -> None:
    if not chat.live:
        over = chat.run.state is ChatState.ARCHIVED
        raise Refused(msg("This chat is over.") if over else msg("This chat has not begun yet."))


def _done(
    chat: Chat,
    was: Attendance,
    now: datetime,
    parts: Sequence[datetime],
    skills: tuple[str, ...],
    *,
    role: Role,
    answers: int,
) -> Done:
    planned = chat.run.ends_at
    # On hold, its plan stands still; else nobody was there longer than it was to last.
    ends = now if chat.run.held or planned is None else min(now, planned)
    # Only what was done while it went on is noted, however early it began and late it ended.
    acts = [min(at, ends) for at in was.acts]
    session = Session(min(chat.starts_at, *acts), ends, chat.minutes, tuple(parts))
    span = time_in(session, acts)
    started, ended, minutes = min(acts), max(acts), None
    if span is not None and not chat.slow:
        started, ended, minutes = span.started, span.ended, span.minutes
    evidence: dict[str, str | int] = {"answers": answers}
    if was.here_at is not None:
        evidence["here_at"] = was.here_at.isoformat()
    return Done(
        chat.network,
        was.member,
        KIND,
        role,
        chat.title,
        started,
        ended,
        minutes,
        chat.scope,
        skills=skills,
        evidence=evidence,
    )
