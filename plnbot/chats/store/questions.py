"""The questions of a chat, and how they stay the same when a draft is written anew."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Executable, bindparam, insert, select, update

from plnbot.chats.store.tables import chat, question, suggestion
from plnbot.store.database import Tx
from plnbot.values import dataclass

BONUS = "bonus"
"""The label of a bonus question; the second is `bonus2`."""
# Below zero it was taken out.
_IN_ORDER = select(question).order_by(question.c.number)
_STANDING = _IN_ORDER.where(question.c.number > 0)
_OF_CHAT = _STANDING.where(question.c.chat_id == bindparam("chat"))
_BY_ID = _STANDING.where(question.c.id == bindparam("question"))
_TAKEN_OUT = _IN_ORDER.where(question.c.chat_id == bindparam("chat"), question.c.number < 0)


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


@dataclass(frozen=True, slots=True)
class Written:
    """A question as a document has it; `id` where it is one that the chat knows already."""

    label: str
    words: str
    id: int | None = None


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


def write_questions(tx: Tx, chat_id: int, wanted: Sequence[Written]) -> tuple[Question, ...]:
    """Write a chat's questions down in this order; return those that are taken out.

    What was taken out keeps the answers that were prepared for it, until it is forgotten.
    """
    stay = {each.id for each in wanted}
    out = tuple(each for each in questions_of(tx, chat_id) if each.id not in stay)
    # Out of each other's way first: a number stands once in a chat. Below zero is taken out.
    mine = question.c.chat_id == chat_id
    tx.execute(update(question).where(mine).values(number=-question.c.id))
    for number, each in enumerate(wanted, start=1):
        if each.id is None:
            add_question(tx, chat_id, number, each.label, each.words)
            continue
        values = {"number": number, "label": each.label, "words": each.words, "skipped": False}
        tx.execute(update(question).where(mine, question.c.id == each.id).values(values))
    return out


def forget_taken_out(tx: Tx, chat_id: int) -> None:
    """Forget a chat's questions that were taken out."""
    out = (question.c.chat_id == chat_id, question.c.number < 0)
    asked = suggestion.c.question_id.in_(select(question.c.id).where(*out))
    tx.execute(update(suggestion).where(asked).values(question_id=None))
    tx.execute(question.delete().where(*out))


def taken_out(tx: Tx, chat_id: int) -> tuple[Question, ...]:
    """Return a chat's questions that were taken out and are not forgotten."""
    return _questions(tx, _TAKEN_OUT, chat=chat_id)


def questions_of(tx: Tx, chat_id: int) -> tuple[Question, ...]:
    """Return a chat's questions in order."""
    return _questions(tx, _OF_CHAT, chat=chat_id)


def get_question(tx: Tx, question_id: int) -> Question | None:
    """Return a question, unless it was taken out."""
    return next(iter(_questions(tx, _BY_ID, question=question_id)), None)


def change_question(tx: Tx, chat_id: int, number: int, **values: object) -> None:
    """Change one question of a chat."""
    tx.execute(
        update(question)
        .where(question.c.chat_id == chat_id, question.c.number == number)
        .values(**values)
    )


def exchange_questions(tx: Tx, one: Question, other: Question) -> None:
    """Let two questions of a chat change places, and with that what they are called."""
    places = ((one, -one.id, ""), (other, one.number, one.label), (one, other.number, other.label))
    for each, number, label in places:
        change = update(question).where(question.c.id == each.id)
        tx.execute(change.values(number=number, label=label))


def asked_in(tx: Tx, ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
    """Return, for these questions, the title of their chat and their words."""
    rows = tx.execute(
        select(question.c.id, chat.c.title, question.c.words)
        .join(chat, chat.c.id == question.c.chat_id)
        .where(question.c.id.in_(ids))
    )
    return {row.id: (row.title, row.words) for row in rows}


def _questions(tx: Tx, found: Executable, **where: int) -> tuple[Question, ...]:
    return tuple(
        Question(row.id, row.chat_id, row.number, row.label, row.words, row.asked_at, row.skipped)
        for row in tx.execute(found, where)
    )
