"""What everybody may read of a chat's answers: to questions that were asked, not hidden, not left out."""

from collections.abc import Collection

from sqlalchemy import and_, bindparam, func, or_, select

from plnbot.chats.store.answers import ANSWERS, LEFT_OUT, Answer, answers_found
from plnbot.chats.store.questions import Question
from plnbot.chats.store.tables import answer, question
from plnbot.store.database import Tx

_ASKED = answer.c.question_id.in_(
    select(question.c.id).where(
        question.c.chat_id == bindparam("chat"), question.c.asked_at.is_not(None)
    )
)
_OF_CHAT = (answer.c.chat_id == bindparam("chat"), _ASKED)
_READABLE = (*_OF_CHAT, answer.c.hidden_by.is_(None), answer.c.member_id.not_in(LEFT_OUT))
_TO_QUESTION = (*_READABLE, answer.c.question_id == bindparam("question"))
_BEFORE = or_(
    answer.c.at < bindparam("at", type_=answer.c.at.type),
    and_(answer.c.at == bindparam("at", type_=answer.c.at.type), answer.c.id < bindparam("answer")),
)
_LATEST = (
    ANSWERS.where(*_TO_QUESTION)
    .order_by(None)
    .order_by(answer.c.at.desc(), answer.c.id.desc())
    .limit(bindparam("most"))
)
_LATEST_BEFORE = _LATEST.where(_BEFORE)
_MANY_BEFORE = select(func.count()).where(*_TO_QUESTION, _BEFORE)
_WITH_ADDRESS = ANSWERS.where(*_READABLE, answer.c.words.contains("://"))
_AUTHORS = select(answer.c.author).where(*_READABLE).distinct()
_LEFT_OUT_OF = select(func.count()).where(*_OF_CHAT, answer.c.member_id.in_(LEFT_OUT))
_HIDDEN = ANSWERS.where(answer.c.chat_id == bindparam("chat"), answer.c.hidden_by.is_not(None))


def latest_answers(
    tx: Tx, asked: Question, most: int, *, before: Answer | None = None
) -> tuple[Answer, ...]:
    """Return the last answers to a question, or the last before one of them, in their order."""
    where = {"chat": asked.chat, "question": asked.id, "most": most}
    if before is None or before.question != asked.id:
        return answers_found(tx, _LATEST, **where)[::-1]
    return answers_found(tx, _LATEST_BEFORE, **where, at=before.at, answer=before.id)[::-1]


def answers_before(tx: Tx, asked: Question, first: Answer) -> int:
    """Return how many answers to a question came before one of them."""
    where = {"chat": asked.chat, "question": asked.id, "at": first.at, "answer": first.id}
    many: int = tx.execute(_MANY_BEFORE, where).scalar_one()
    return many


def answers_with_address(tx: Tx, chat_id: int) -> tuple[Answer, ...]:
    """Return the answers of a chat that hold a web address."""
    return answers_found(tx, _WITH_ADDRESS, chat=chat_id)


def authors_of(tx: Tx, chat_id: int) -> Collection[str]:
    """Return the names of those whose answers stand in a chat."""
    return tx.execute(_AUTHORS, {"chat": chat_id}).scalars().all()


def many_left_out(tx: Tx, chat_id: int) -> int:
    """Return how many answers of a chat their authors keep out of it."""
    many: int = tx.execute(_LEFT_OUT_OF, {"chat": chat_id}).scalar_one()
    return many


def hidden_answers(tx: Tx, chat_id: int) -> tuple[Answer, ...]:
    """Return what moderators have hidden of a chat."""
    return answers_found(tx, _HIDDEN, chat=chat_id)
