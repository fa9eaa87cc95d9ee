"""The tables of chats, and their named queries."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)

from plnbot.chats.model import LIVE, UNTOLD, Kind, Moment, Pace, Run, State
from plnbot.refs import Place
from plnbot.store.database import Tx
from plnbot.store.schema import metadata
from plnbot.store.types import Id, Instant, Json

BONUS = "bonus"
"""The label of a bonus question; the second is `bonus2`."""

chat = Table(
    "chat",
    metadata,
    Column("id", Id, primary_key=True),
    Column("network_id", Id, ForeignKey("network.id"), nullable=False),
    Column("state", String(12), nullable=False),
    Column("title", String(200), nullable=False),
    Column("hashtag", String(80), nullable=False),
    Column("platform", String(20), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("zone", String(60), nullable=False),
    Column("plan", String(40), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("warm_up", Text, nullable=False),
    Column("intro", Text, nullable=False),
    Column("outro", Text, nullable=False),
    Column("moments", Json, nullable=False),
    Column("current", Integer, nullable=False),
    Column("held_since", Instant, nullable=True),
    Column("least_seconds", Integer, nullable=False),
    Column("step_seconds", Integer, nullable=False),
    Column("keep_end", Boolean, nullable=False),
    Column("created_by", Id, ForeignKey("member.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=True),
    Index("ix_chat_place", "platform", "workspace", "channel", "state"),
    Index("ix_chat_network", "network_id", "state", "starts_at"),
)

question = Table(
    "chat_question",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("label", String(12), nullable=False),
    Column("words", Text, nullable=False),
    Column("asked_at", Instant, nullable=True),
    Column("skipped", Boolean, nullable=False),
    UniqueConstraint("chat_id", "number"),
)

answer = Table(
    "chat_answer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("question_id", Id, ForeignKey("chat_question.id"), nullable=False),
    Column("member_id", Id, ForeignKey("member.id"), nullable=False),
    Column("author", String(80), nullable=False),
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("edited_at", Instant, nullable=True),
    Column("late", Boolean, nullable=False),
    Column("source", String(200), nullable=False),
    Column("hidden_by", Id, ForeignKey("member.id"), nullable=True),
    Column("hidden_reason", Text, nullable=False),
    UniqueConstraint("question_id", "source"),
    Index("ix_chat_answer_chat", "chat_id", "question_id", "at"),
    Index("ix_chat_answer_member", "member_id"),
)

presence = Table(
    "chat_presence",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("member.id"), primary_key=True),
    Column("since", Instant, nullable=False),
    Column("left_out", Boolean, nullable=False),
    Index("ix_chat_presence_member", "member_id"),
)

calendar = Table(
    "chat_calendar",
    metadata,
    Column("network_id", Id, ForeignKey("network.id"), primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
)


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as it stands: what was planned, and the run that decides."""

    id: int
    network: int
    title: str
    hashtag: str
    place: Place
    starts_at: datetime
    zone: str
    plan: str
    minutes: int
    warm_up: str
    intro: str
    outro: str
    run: Run
    created_by: int
    ended_at: datetime | None

    @property
    def live(self) -> bool:
        """Whether it is going on now."""
        return self.run.state in LIVE

    @property
    def untold(self) -> bool:
        """Whether it was never announced: then only its moderators know of it."""
        return self.run.state in UNTOLD

    @property
    def slow(self) -> bool:
        """Whether it runs over days."""
        return bool(self.run.pace.step)

    @property
    def scope(self) -> str:
        """The scope of its moderators' grants."""
        return f"chat:{self.id}"


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
    def name(self) -> str:
        """How it is headed: `Q2a`, `Bonus`, `Bonus 2`."""
        if self.label.startswith(BONUS):
            return f"Bonus {self.label.removeprefix(BONUS)}".strip()
        return f"Q{self.label}"


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


def new_chat(  # noqa: PLR0913 - the parts of a chat
    tx: Tx,
    *,
    network: int,
    place: Place,
    title: str,
    hashtag: str,
    starts_at: datetime,
    zone: str,
    plan: str,
    minutes: int,
    warm_up: str,
    intro: str,
    outro: str,
    run: Run,
    created_by: int,
    now: datetime,
) -> int:
    """Write a chat down and return its id."""
    values = {
        "network_id": network,
        "title": title,
        "hashtag": hashtag,
        "platform": place.platform,
        "workspace": place.workspace,
        "channel": place.channel,
        "starts_at": starts_at,
        "zone": zone,
        "plan": plan,
        "minutes": minutes,
        "warm_up": warm_up,
        "intro": intro,
        "outro": outro,
        "created_by": created_by,
        "created_at": now,
        "ended_at": None,
        **_run_columns(run),
    }
    made: int = tx.execute(insert(chat).values(values).returning(chat.c.id)).scalar_one()
    return made


def change_chat(tx: Tx, chat_id: int, **values: object) -> None:
    """Change a chat's plain columns."""
    tx.execute(update(chat).where(chat.c.id == chat_id).values(**values))


def save_run(tx: Tx, chat_id: int, run: Run, now: datetime) -> None:
    """Write down where a chat stands."""
    over = run.state in (State.ARCHIVED, State.CANCELLED, State.THROWN_AWAY)
    values = {**_run_columns(run), "ended_at": now if over else None}
    tx.execute(update(chat).where(chat.c.id == chat_id).values(values))


def get_chat(tx: Tx, chat_id: int, *, network: int | None = None) -> Chat | None:
    """Return a chat, of this network when one is given."""
    found = select(chat).where(chat.c.id == chat_id)
    if network is not None:
        found = found.where(chat.c.network_id == network)
    row = tx.execute(found).one_or_none()
    return None if row is None else _chat(row)


def locked_chat(tx: Tx, chat_id: int) -> Chat | None:
    """Return a chat that nobody else changes until this transaction ends."""
    # Not against those who only refer to it: who answers does, and a crowd that answers all the time
    # would keep its chat waiting.
    row = tx.execute(
        select(chat).where(chat.c.id == chat_id).with_for_update(key_share=True)
    ).one_or_none()
    return None if row is None else _chat(row)


def chats_in(
    tx: Tx, place: Place, states: Collection[State], *, newest_first: bool = False
) -> tuple[Chat, ...]:
    """Return the chats of one channel in these states, by start."""
    order = chat.c.starts_at.desc() if newest_first else chat.c.starts_at
    rows = tx.execute(
        select(chat)
        .where(
            chat.c.platform == place.platform,
            chat.c.workspace == place.workspace,
            chat.c.channel == place.channel,
            chat.c.state.in_([state.value for state in states]),
        )
        .order_by(order, chat.c.id)
    )
    return tuple(_chat(row) for row in rows)


def planned_rooms(tx: Tx, platform: str) -> tuple[Place, ...]:
    """Return where chats on one platform are to take place or go on."""
    coming = [state.value for state in (State.SCHEDULED, *LIVE)]
    rows = tx.execute(
        select(chat.c.workspace, chat.c.channel)
        .where(chat.c.platform == platform, chat.c.state.in_(coming))
        .distinct()
    )
    return tuple(Place(platform, row.workspace, row.channel) for row in rows)


def live_on(tx: Tx, platform: str) -> tuple[Chat, ...]:
    """Return the chats that go on anywhere on one platform."""
    live = [state.value for state in LIVE]
    rows = tx.execute(select(chat).where(chat.c.platform == platform, chat.c.state.in_(live)))
    return tuple(_chat(row) for row in rows)


def chats_of(
    tx: Tx, network: int, states: Collection[State], *, most: int = 50, newest_first: bool = False
) -> tuple[Chat, ...]:
    """Return a network's chats in these states, by start."""
    order = chat.c.starts_at.desc() if newest_first else chat.c.starts_at
    rows = tx.execute(
        select(chat)
        .where(chat.c.network_id == network, chat.c.state.in_([state.value for state in states]))
        .order_by(order, chat.c.id)
        .limit(most)
    )
    return tuple(_chat(row) for row in rows)


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
    rows = tx.execute(
        select(question).where(question.c.chat_id == chat_id).order_by(question.c.number)
    )
    return tuple(_question(row) for row in rows)


def get_question(tx: Tx, question_id: int) -> Question | None:
    """Return a question."""
    row = tx.execute(select(question).where(question.c.id == question_id)).one_or_none()
    return None if row is None else _question(row)


def change_question(tx: Tx, chat_id: int, number: int, **values: object) -> None:
    """Change one question of a chat."""
    tx.execute(
        update(question)
        .where(question.c.chat_id == chat_id, question.c.number == number)
        .values(**values)
    )


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


def answers_from(tx: Tx, source: str, member: int) -> tuple[Answer, ...]:
    """Return what one message of one member answered."""
    return _answers(tx, answer.c.source == source, answer.c.member_id == member)


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


def get_answer(tx: Tx, answer_id: int) -> Answer | None:
    """Return an answer."""
    return next(iter(_answers(tx, answer.c.id == answer_id)), None)


def answers_of(tx: Tx, chat_id: int) -> tuple[Answer, ...]:
    """Return every answer of a chat, in the order they came."""
    return _answers(tx, answer.c.chat_id == chat_id)


def answers_by(tx: Tx, member: int) -> tuple[Answer, ...]:
    """Return every answer of a member."""
    return _answers(tx, answer.c.member_id == member)


def asked_questions(tx: Tx, ids: Collection[int]) -> frozenset[int]:
    """Return which of these questions were asked by now."""
    rows = tx.execute(
        select(question.c.id).where(question.c.id.in_(ids), question.c.asked_at.is_not(None))
    )
    return frozenset(rows.scalars())


def answer_from(tx: Tx, question_id: int, source: str) -> Answer | None:
    """Return the answer to a question that came from one message or form."""
    found = _answers(tx, answer.c.question_id == question_id, answer.c.source == source)
    return next(iter(found), None)


def shown_counts(tx: Tx, chat_id: int) -> Mapping[int, int]:
    """Return how many answers stand for everybody to read, by question id."""
    shown = (
        each.question
        for each in _answers(tx, answer.c.chat_id == chat_id, answer.c.hidden_by.is_(None))
        if not each.left_out
    )
    return Counter(shown)


def ever_answered(tx: Tx, member: int) -> bool:
    """Return whether a member has answered in any chat."""
    found = tx.execute(select(answer.c.id).where(answer.c.member_id == member).limit(1))
    return found.one_or_none() is not None


def note_presence(tx: Tx, chat_id: int, member: int, now: datetime) -> bool:
    """Note that a member is there; return whether that is new."""
    if _presence(tx, chat_id, member) is not None:
        return False
    tx.execute(
        insert(presence).values(chat_id=chat_id, member_id=member, since=now, left_out=False)
    )
    return True


def is_present(tx: Tx, chat_id: int, member: int) -> bool:
    """Return whether a member was noted in this chat."""
    return _presence(tx, chat_id, member) is not None


def ever_present(tx: Tx, member: int) -> bool:
    """Return whether a member was ever noted in a chat."""
    found = tx.execute(select(presence.c.chat_id).where(presence.c.member_id == member).limit(1))
    return found.one_or_none() is not None


def present(tx: Tx, chat_id: int) -> int:
    """Return how many members were there."""
    counted = select(func.count()).where(presence.c.chat_id == chat_id)
    many: int = tx.execute(counted).scalar_one()
    return many


def leave_out(tx: Tx, chat_id: int, member: int, now: datetime, *, out: bool) -> None:
    """Keep a member's answers out of the archive, or let them in again."""
    note_presence(tx, chat_id, member, now)
    tx.execute(
        update(presence)
        .where(presence.c.chat_id == chat_id, presence.c.member_id == member)
        .values(left_out=out)
    )


def is_left_out(tx: Tx, chat_id: int, member: int) -> bool:
    """Return whether a member keeps out of this archive."""
    row = _presence(tx, chat_id, member)
    return bool(row is not None and row.left_out)


def calendar_token(tx: Tx, network: int) -> str | None:
    """Return the secret part of a network's calendar address."""
    found = select(calendar.c.token).where(calendar.c.network_id == network)
    return tx.execute(found).scalar_one_or_none()


def set_calendar_token(tx: Tx, network: int, token: str) -> None:
    """Give a network its calendar address."""
    tx.execute(insert(calendar).values(network_id=network, token=token))


def calendar_network(tx: Tx, token: str) -> int | None:
    """Return whose calendar an address is."""
    found = select(calendar.c.network_id).where(calendar.c.token == token)
    return tx.execute(found).scalar_one_or_none()


def _presence(tx: Tx, chat_id: int, member: int) -> Row[tuple[object, ...]] | None:
    return tx.execute(
        select(presence).where(presence.c.chat_id == chat_id, presence.c.member_id == member)
    ).one_or_none()


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


def _run_columns(run: Run) -> dict[str, object]:
    return {
        "state": run.state.value,
        "moments": [
            {"kind": each.kind.value, "at": each.at.isoformat(), "number": each.number}
            for each in run.moments
        ],
        "current": run.current,
        "held_since": run.held_since,
        "least_seconds": int(run.pace.least.total_seconds()),
        "step_seconds": int(run.pace.step.total_seconds()),
        "keep_end": run.pace.keep_end,
    }


def _chat(row: Row[tuple[object, ...]]) -> Chat:
    pace = Pace(
        timedelta(seconds=row.least_seconds), row.keep_end, timedelta(seconds=row.step_seconds)
    )
    moments = tuple(
        Moment(Kind(each["kind"]), datetime.fromisoformat(each["at"]), each["number"])
        for each in row.moments
    )
    return Chat(
        row.id,
        row.network_id,
        row.title,
        row.hashtag,
        Place(row.platform, row.workspace, row.channel),
        row.starts_at,
        row.zone,
        row.plan,
        row.minutes,
        row.warm_up,
        row.intro,
        row.outro,
        Run(State(row.state), moments, row.current, row.held_since, pace),
        row.created_by,
        row.ended_at,
    )


def _question(row: Row[tuple[object, ...]]) -> Question:
    return Question(
        row.id, row.chat_id, row.number, row.label, row.words, row.asked_at, row.skipped
    )
