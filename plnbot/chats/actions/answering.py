"""Answers: taken from what is said or from the form, changed, and taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from plnbot.chats import store
from plnbot.chats.actions.attending import acted
from plnbot.chats.actions.moderators import moderates
from plnbot.chats.actions.posts import (
    answer_key,
    answers_changed,
    changed,
    hello_key,
    post_answer,
    question_key,
)
from plnbot.chats.marks import label_matches, read_answers
from plnbot.chats.model import State
from plnbot.chats.store import Answer, Chat, Question
from plnbot.engine import outbox
from plnbot.engine.ports import Person
from plnbot.refs import Place
from plnbot.store.database import Tx

_FORM = "form/"


@dataclass(frozen=True, slots=True)
class Landed:
    """Where the answers of one message landed, and the labels that exist on no question."""

    questions: tuple[Question, ...]
    unknown: tuple[str, ...]


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
    """Write an answer down under its question, however late it comes; return its id.

    Whoever answers for the first time is introduced to the room, unless the room is theirs to lead.
    """
    late = question.number < chat.run.current or chat.run.state is State.ARCHIVED
    first_ever = not store.ever_answered(tx, person.id)
    made = store.put_answer(
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
    acted(tx, chat, person, now)
    if first_ever and chat.live and not moderates(tx, chat, person.id):
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
        post_answer(tx, chat, question, made, now)
        outbox.refresh(tx, answer_key(made), now)


def form_answer(tx: Tx, question: Question, person: Person) -> Answer | None:
    """Return what a member gave to a question through the form."""
    return store.answer_from(tx, question.id, _form_source(person))


def form_answers(tx: Tx, person: Person) -> Mapping[int, Answer]:
    """Return what a member gave through the form, by question."""
    given = store.answers_from(tx, _form_source(person), person.id)
    return {each.question: each for each in given}


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


def retract(tx: Tx, person: Person, source: str, now: datetime) -> None:
    """Take away what a message answered of which no words are left."""
    for gone in _drop_unsaid(tx, person, source, keep=set()):
        answers_changed(tx, gone, now)


def message_of(place: Place, message: str) -> str:
    """Return the source of what a message answers."""
    return f"{place.platform}/{place.channel}/{message}"


def deleted(tx: Tx, place: Place, messages: Sequence[str], now: datetime) -> None:
    """Take away what deleted messages of a room answered."""
    gone = store.answers_said(tx, place, [message_of(place, each) for each in messages])
    store.forget_answers(tx, [each.id for each in gone])
    for each in gone:
        answers_changed(tx, each, now)


def renamed(tx: Tx, person: Person, now: datetime) -> None:
    """Let everything that a member answered bear their new name.

    Archives and pages show it from now on, and the room of a chat that goes on; old rooms are left.
    """
    store.rename_author(tx, person.id, person.name)
    mine = store.answers_by(tx, person.id)
    for chat_id in {each.chat for each in mine}:
        chat = store.get_chat(tx, chat_id)
        if chat is not None and chat.live:
            for each in mine:
                if each.chat == chat_id:
                    outbox.refresh(tx, answer_key(each.id), now)
        tx.announce(f"chat:{chat_id}")


def leave_out(tx: Tx, chat: Chat, person: Person, now: datetime, *, out: bool) -> None:
    """Keep a member's answers out of the archive, or let them in again."""
    store.leave_out(tx, chat.id, person.id, now, out=out)
    for question in store.questions_of(tx, chat.id):
        outbox.refresh(tx, question_key(chat.id, question.number), now)
    changed(tx, chat, now)


def _form_source(person: Person) -> str:
    return f"{_FORM}{person.id}"


def _drop_unsaid(tx: Tx, person: Person, source: str, *, keep: set[int]) -> tuple[Answer, ...]:
    gone = tuple(
        each for each in store.answers_from(tx, source, person.id) if each.question not in keep
    )
    store.forget_answers(tx, [each.id for each in gone])
    return gone
