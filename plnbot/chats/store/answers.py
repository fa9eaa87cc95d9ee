"""Answers: one for each question and source, be that a message or a form."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update

from plnbot.chats.store.questions import Question
from plnbot.chats.store.tables import answer, chat, presence
from plnbot.refs import Place
from plnbot.store.database import Tx


@dataclass(frozen=True, slots=True)
class Answer:
    """One member's answer. `hidden` holds the moderator's reason."""

    id: int
    chat: int
    question: int
    member: int
    author: str
    words: str
    at: datetime
    edited_at: datetime | None
    late: bool
    hidden_by: int | None
    hidden_reason: str
    left_out: bool


def put_answer(  # noqa: PLR0913 - the parts of an answer
    tx: Tx,
    asked: Question,
    *,
    member: int,
    author: str,
    words: str,
    source: str,
    late: bool,
    now: datetime,
) -> tuple[int, bool]:
    """Write an answer down, or its new words: one per question and source. Returns id, new."""
    row = tx.execute(
        select(answer.c.id).where(answer.c.question_id == asked.id, answer.c.source == source)
    ).one_or_none()
    if row is not None:
        tx.execute(update(answer).where(answer.c.id == row.id).values(words=words, edited_at=now))
        return row.id, False
    made: int = tx.execute(
        insert(answer)
        .values(
            chat_id=asked.chat,
            question_id=asked.id,
            member_id=member,
            author=author,
            words=words,
            at=now,
            edited_at=None,
            late=late,
            source=source,
            hidden_by=None,
            hidden_reason="",
        )
        .returning(answer.c.id)
    ).scalar_one()
    return made, True


def forget_answers(tx: Tx, ids: Sequence[int]) -> None:
    """Take answers away, as their author asked."""
    tx.execute(answer.delete().where(answer.c.id.in_(ids)))


def hide_answer(tx: Tx, answer_id: int, by: int | None, reason: str) -> None:
    """Hide an answer everywhere, or show it again with `by` None."""
    tx.execute(
        update(answer)
        .where(answer.c.id == answer_id)
        .values(hidden_by=by, hidden_reason=reason if by else "")
    )


def rename_author(tx: Tx, member: int, name: str) -> None:
    """Let a member's answers bear their new name."""
    tx.execute(update(answer).where(answer.c.member_id == member).values(author=name))


def get_answer(tx: Tx, answer_id: int) -> Answer | None:
    """Return an answer."""
    return next(iter(_answers(tx, answer.c.id == answer_id)), None)


def answer_from(tx: Tx, question_id: int, source: str) -> Answer | None:
    """Return the answer to a question that came from one message or form."""
    found = _answers(tx, answer.c.question_id == question_id, answer.c.source == source)
    return next(iter(found), None)


def answers_from(tx: Tx, source: str, member: int) -> tuple[Answer, ...]:
    """Return what one message of one member answered."""
    return _answers(tx, answer.c.source == source, answer.c.member_id == member)


def answers_said(tx: Tx, place: Place, sources: Collection[str]) -> tuple[Answer, ...]:
    """Return what these messages of a room answered, whoever wrote them."""
    here = select(chat.c.id).where(
        chat.c.platform == place.platform,
        chat.c.workspace == place.workspace,
        chat.c.channel == place.channel,
    )
    return _answers(tx, answer.c.chat_id.in_(here), answer.c.source.in_(sources))


def answers_of(tx: Tx, chat_id: int) -> tuple[Answer, ...]:
    """Return every answer of a chat, in the order they came."""
    return _answers(tx, answer.c.chat_id == chat_id)


def answers_by(tx: Tx, member: int) -> tuple[Answer, ...]:
    """Return every answer of a member."""
    return _answers(tx, answer.c.member_id == member)


def ever_answered(tx: Tx, member: int) -> bool:
    """Return whether a member has answered in any chat."""
    found = tx.execute(select(answer.c.id).where(answer.c.member_id == member).limit(1))
    return found.one_or_none() is not None


def shown_counts(tx: Tx, chat_id: int) -> Mapping[int, int]:
    """Return how many answers stand for everybody to read, by question id."""
    shown = (
        each.question
        for each in _answers(tx, answer.c.chat_id == chat_id, answer.c.hidden_by.is_(None))
        if not each.left_out
    )
    return Counter(shown)


def _answers(tx: Tx, *where: ColumnElement[bool]) -> tuple[Answer, ...]:
    joined = answer.outerjoin(
        presence,
        (presence.c.chat_id == answer.c.chat_id) & (presence.c.member_id == answer.c.member_id),
    )
    rows = tx.execute(
        select(answer, presence.c.left_out)
        .select_from(joined)
        .where(*where)
        .order_by(answer.c.at, answer.c.id)
    )
    return tuple(
        Answer(
            row.id,
            row.chat_id,
            row.question_id,
            row.member_id,
            row.author,
            row.words,
            row.at,
            row.edited_at,
            row.late,
            row.hidden_by,
            row.hidden_reason,
            bool(row.left_out),
        )
        for row in rows
    )
