"""A chat before its last change, so that the change can be taken back while nothing has begun."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import delete, insert, select

from plnbot.chats.model import ChatState, Run
from plnbot.chats.store.chats import Chat, Sketch, run_columns, run_of
from plnbot.chats.store.questions import Written, questions_of
from plnbot.chats.store.tables import former, proposed
from plnbot.store.database import Tx
from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class Version:
    """A chat as it was written once: its words and times, its plan, and its questions."""

    sketch: Sketch
    run: Run
    questions: tuple[Written, ...]


def present_version(tx: Tx, chat: Chat) -> Version:
    """Return a chat as it is written now."""
    sketch = Sketch(**{each.name: getattr(chat, each.name) for each in fields(Sketch)})
    asked = questions_of(tx, chat.id)
    return Version(sketch, chat.run, tuple(Written(q.label, q.words, q.id) for q in asked))


def keep_version(tx: Tx, chat_id: int, version: Version) -> int:
    """Keep what a chat was before it changed, instead of what was kept before; return its id."""
    forget_version(tx, chat_id)
    values = {"chat_id": chat_id, "version": _packed(version)}
    kept: int = tx.execute(insert(former).values(values).returning(former.c.id)).scalar_one()
    return kept


def kept_version(tx: Tx, version_id: int) -> tuple[int, Version] | None:
    """Return a version that is kept, after the id of its chat."""
    row = tx.execute(select(former).where(former.c.id == version_id)).one_or_none()
    return None if row is None else (row.chat_id, _unpacked(row.version))


def propose(tx: Tx, chat_id: int, version: Version) -> int:
    """Keep what a chat is to become, instead of what was proposed before; return its id."""
    tx.execute(delete(proposed).where(proposed.c.chat_id == chat_id))
    values = {"chat_id": chat_id, "version": _packed(version)}
    kept: int = tx.execute(insert(proposed).values(values).returning(proposed.c.id)).scalar_one()
    return kept


def proposed_version(tx: Tx, version_id: int) -> tuple[int, Version] | None:
    """Return what is proposed, after the id of its chat."""
    row = tx.execute(select(proposed).where(proposed.c.id == version_id)).one_or_none()
    return None if row is None else (row.chat_id, _unpacked(row.version))


def announced_before(tx: Tx, chat_id: int) -> datetime | None:
    """Return when a chat was to begin before its last change, where it was announced so."""
    row = tx.execute(select(former).where(former.c.chat_id == chat_id)).one_or_none()
    before = None if row is None else _unpacked(row.version)
    return before.sketch.starts_at if before and before.run.state is ChatState.SCHEDULED else None


def forget_version(tx: Tx, chat_id: int) -> None:
    """Forget what a chat was before, and what it was to become."""
    tx.execute(delete(proposed).where(proposed.c.chat_id == chat_id))
    tx.execute(delete(former).where(former.c.chat_id == chat_id))


def _packed(version: Version) -> dict[str, object]:
    return {
        "sketch": {**asdict(version.sketch), "starts_at": version.sketch.starts_at.isoformat()},
        "run": run_columns(version.run),
        "questions": [[each.label, each.words, each.id] for each in version.questions],
    }


def _unpacked(row: Mapping[str, Any]) -> Version:
    starts_at = datetime.fromisoformat(row["sketch"]["starts_at"])
    sketch = Sketch(**{**row["sketch"], "starts_at": starts_at})
    asked = tuple(Written(*each) for each in row["questions"])
    return Version(sketch, run_of(SimpleNamespace(**row["run"])), asked)
