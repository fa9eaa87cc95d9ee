"""The questions of a chat, and how they stay the same when a draft is written anew."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, bindparam, insert, select, update

from plnbot.chats.store.tables import answer, question
from plnbot.store.database import Tx

BONUS = "bonus"
"""The label of a bonus question; the second is `bonus2`."""
_OF_CHAT = (
    select(question).where(question.c.chat_id == bindparam("chat")).order_by(question.c.number)
)
_BY_ID = select(question).where(question.c.id == bindparam("question"))


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `number` is its place, `label` what people call it (`2a`)."""

    id: int
    chat: int
    number: int
    label: str
    words: str
    asked_at: datetime | None
    skipped: bool

    @property
    def is_bonus(self) -> bool:
        """Whether it was added after the others."""
        return self.label.startswith(BONUS)

    @property
    def name(self) -> str:
        """How it is headed: `Q2a`, `Bonus`, `Bonus 2`."""
        if self.is_bonus:
            return f"Bonus {self.label.removeprefix(BONUS)}".strip()
        return f"Q{self.label}"


def add_question(tx: Tx, chat_id: int, number: int, label: str, words: str) -> int:
    """Write a question down and return its id."""
    made: int = tx.execute(
        insert(question)
        .values(
            chat_id=chat_id,
            number=number,
            label=label,
            words=words,
            asked_at=None,
            skipped=False,
        )
        .returning(question.c.id)
    ).scalar_one()
    return made


def replace_questions(tx: Tx, chat_id: int, wanted: Sequence[tuple[str, str]]) -> None:
    """Write a chat's questions, as label and words, anew; prepared answers stay with their words.

    A question whose words changed keeps the answers of its place.
    """
    free = {each.number: each for each in questions_of(tx, chat_id)}
    kept: dict[int, int] = {}
    for number, (_label, words) in enumerate(wanted, start=1):
        same = next((each for each in free.values() if each.words == words), None)
        if same is not None:
            kept[number] = free.pop(same.number).id
    for number in range(1, len(wanted) + 1):
        if number not in kept and number in free:
            kept[number] = free.pop(number).id
    gone = [each.id for each in free.values()]
    tx.execute(answer.delete().where(answer.c.question_id.in_(gone)))
    tx.execute(question.delete().where(question.c.id.in_(gone)))
    # Out of each other's way first: a number stands once in a chat.
    tx.execute(
        update(question).where(question.c.chat_id == chat_id).values(number=-question.c.number)
    )
    for number, (label, words) in enumerate(wanted, start=1):
        if number not in kept:
            add_question(tx, chat_id, number, label, words)
            continue
        values = {"number": number, "label": label, "words": words, "skipped": False}
        tx.execute(update(question).where(question.c.id == kept[number]).values(**values))


def questions_of(tx: Tx, chat_id: int) -> tuple[Question, ...]:
    """Return a chat's questions in order."""
    return tuple(_question(row) for row in tx.execute(_OF_CHAT, {"chat": chat_id}))


def get_question(tx: Tx, question_id: int) -> Question | None:
    """Return a question."""
    row = tx.execute(_BY_ID, {"question": question_id}).one_or_none()
    return None if row is None else _question(row)


def change_question(tx: Tx, chat_id: int, number: int, **values: object) -> None:
    """Change one question of a chat."""
    tx.execute(
        update(question)
        .where(question.c.chat_id == chat_id, question.c.number == number)
        .values(**values)
    )


def asked_questions(tx: Tx, ids: Collection[int]) -> frozenset[int]:
    """Return which of these questions were asked by now."""
    rows = tx.execute(
        select(question.c.id).where(question.c.id.in_(ids), question.c.asked_at.is_not(None))
    )
    return frozenset(rows.scalars())


def _question(row: Row[tuple[object, ...]]) -> Question:
    return Question(
        row.id, row.chat_id, row.number, row.label, row.words, row.asked_at, row.skipped
    )
