"""The questions whether a workspace joins the first network."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, and_, delete, insert, select, update

from plnbot.members.model import Question, Said, Word
from plnbot.members.store.tables import join_request
from plnbot.store.database import Tx


def add_question(tx: Tx, platform: str, workspace: str, asked: Question) -> None:
    """Write a question about a workspace down, which has none yet."""
    values = {"platform": platform, "workspace": workspace, **_packed(asked)}
    tx.execute(insert(join_request).values(values))


def question_about(tx: Tx, platform: str, workspace: str) -> Question | None:
    """Return the question about a workspace."""
    row = tx.execute(_about(platform, workspace)).one_or_none()
    return None if row is None else _question(row)


def locked_question(tx: Tx, platform: str, workspace: str) -> Question | None:
    """Return the question about a workspace, which nobody else changes until this transaction ends."""
    row = tx.execute(_about(platform, workspace).with_for_update()).one_or_none()
    return None if row is None else _question(row)


def questions(tx: Tx) -> Mapping[tuple[str, str], Question]:
    """Return every question that was not answered by joining, by platform and workspace."""
    rows = tx.execute(select(join_request).order_by(join_request.c.asked_at))
    return {(row.platform, row.workspace): _question(row) for row in rows}


def save_question(tx: Tx, platform: str, workspace: str, asked: Question) -> None:
    """Write down how a question stands."""
    tx.execute(update(join_request).where(_is(platform, workspace)).values(_packed(asked)))


def forget_question(tx: Tx, platform: str, workspace: str) -> None:
    """Take a question away: it is answered."""
    tx.execute(delete(join_request).where(_is(platform, workspace)))


def _about(platform: str, workspace: str) -> Select[tuple[object, ...]]:
    return select(join_request).where(_is(platform, workspace))


def _is(platform: str, workspace: str) -> ColumnElement[bool]:
    return and_(join_request.c.platform == platform, join_request.c.workspace == workspace)


def _packed(asked: Question) -> dict[str, object]:
    return {
        "asked_at": asked.asked_at,
        "round": asked.round,
        **_packed_word("host", asked.host),
        **_packed_word("guest", asked.guest),
    }


def _packed_word(side: str, said: Said | None) -> dict[str, object]:
    return {
        f"{side}_word": said.word.value if said else None,
        f"{side}_by": said.by if said else None,
        f"{side}_at": said.at if said else None,
    }


def _question(row: Row[tuple[object, ...]]) -> Question:
    host = _said(row.host_word, row.host_by, row.host_at)
    return Question(
        row.asked_at, row.round, host, _said(row.guest_word, row.guest_by, row.guest_at)
    )


def _said(word: str | None, by: int | None, at: datetime | None) -> Said | None:
    return None if word is None or at is None else Said(Word(word), by, at)
