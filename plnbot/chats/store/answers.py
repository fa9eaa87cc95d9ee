"""Answers: one for each question and source, be that a message or a form."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Executable, bindparam, func, select, update

from plnbot.chats.store.questions import Question
from plnbot.chats.store.tables import answer, chat, presence
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

# Said again, an answer keeps its place among the others; its words are the new ones.
_PUT = on_both(
    answer,
    lambda new: new.on_conflict_do_update(
        index_elements=["question_id", "source"],
        set_={"words": new.excluded.words, "edited_at": new.excluded.at},
    ).returning(answer.c.id),
)
ANSWERS = (
    select(answer, presence.c.left_out)
    .select_from(
        answer.outerjoin(
            presence,
            (presence.c.chat_id == answer.c.chat_id) & (presence.c.member_id == answer.c.member_id),
        )
    )
    .order_by(answer.c.at, answer.c.id)
)
_BY_ID = ANSWERS.where(answer.c.id == bindparam("answer"))
_TO_FROM = ANSWERS.where(
    answer.c.question_id == bindparam("question"), answer.c.source == bindparam("source")
)
_BY_FROM = ANSWERS.where(
    answer.c.source == bindparam("source"), answer.c.member_id == bindparam("member")
)
_OF_CHAT = ANSWERS.where(answer.c.chat_id == bindparam("chat"))
_BY = ANSWERS.where(answer.c.member_id == bindparam("member"))
_BY_MEMBER = (
    select(answer.c.member_id, func.count().label("many"))
    .where(answer.c.chat_id == bindparam("chat"))
    .group_by(answer.c.member_id)
)
_ANY_BY = select(answer.c.id).where(answer.c.member_id == bindparam("member")).limit(1)
# Counted where they lie: there may be hundreds, and each new one has its question shown anew.
LEFT_OUT = select(presence.c.member_id).where(
    presence.c.chat_id == bindparam("chat"), presence.c.left_out
)
_SHOWN = (
    select(answer.c.question_id, func.count().label("shown"))
    .where(
        answer.c.chat_id == bindparam("chat"),
        answer.c.hidden_by.is_(None),
        answer.c.member_id.not_in(LEFT_OUT),
    )
    .group_by(answer.c.question_id)
)


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
) -> int:
    """Write an answer down, or its new words: one per question and source; return its id."""
    values = {
        "chat_id": asked.chat,
        "question_id": asked.id,
        "member_id": member,
        "author": author,
        "words": words,
        "at": now,
        "edited_at": None,
        "late": late,
        "source": source,
        "hidden_by": None,
        "hidden_reason": "",
    }
    made: int = tx.execute(_PUT[tx.dialect], values).scalar_one()
    return made


def forget_answers(tx: Tx, ids: Sequence[int]) -> None:
    """Take answers away, as their author asked."""
    if ids:
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
    return next(iter(answers_found(tx, _BY_ID, answer=answer_id)), None)


def answer_from(tx: Tx, question_id: int, source: str) -> Answer | None:
    """Return the answer to a question that came from one message or form."""
    return next(iter(answers_found(tx, _TO_FROM, question=question_id, source=source)), None)


def answers_from(tx: Tx, source: str, member: int) -> tuple[Answer, ...]:
    """Return what one message of one member answered."""
    return answers_found(tx, _BY_FROM, source=source, member=member)


def answers_said(tx: Tx, place: Place, sources: Collection[str]) -> tuple[Answer, ...]:
    """Return what these messages of a room answered, whoever wrote them."""
    here = select(chat.c.id).where(
        chat.c.platform == place.platform,
        chat.c.workspace == place.workspace,
        chat.c.channel == place.channel,
    )
    return answers_found(
        tx, ANSWERS.where(answer.c.chat_id.in_(here), answer.c.source.in_(sources))
    )


def answers_of(tx: Tx, chat_id: int) -> tuple[Answer, ...]:
    """Return every answer of a chat, in the order they came."""
    return answers_found(tx, _OF_CHAT, chat=chat_id)


def prepared(tx: Tx, question_ids: Collection[int]) -> int:
    """Return how many answers these questions have."""
    counted = select(func.count()).where(answer.c.question_id.in_(question_ids))
    many: int = tx.execute(counted).scalar_one()
    return many


def answers_by_member(tx: Tx, chat_id: int) -> Mapping[int, int]:
    """Return how many answers of a chat are whose, hidden and left out ones too."""
    return {row.member_id: row.many for row in tx.execute(_BY_MEMBER, {"chat": chat_id})}


def answers_by(tx: Tx, member: int) -> tuple[Answer, ...]:
    """Return every answer of a member."""
    return answers_found(tx, _BY, member=member)


def ever_answered(tx: Tx, member: int) -> bool:
    """Return whether a member has answered in any chat."""
    return tx.execute(_ANY_BY, {"member": member}).one_or_none() is not None


def shown_counts(tx: Tx, chat_id: int) -> Mapping[int, int]:
    """Return how many answers stand for everybody to read, by question id."""
    return {row.question_id: row.shown for row in tx.execute(_SHOWN, {"chat": chat_id})}


def answers_found(tx: Tx, found: Executable, **where: object) -> tuple[Answer, ...]:
    """Return what a query made of `ANSWERS` finds."""
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
        for row in tx.execute(found, where)
    )
