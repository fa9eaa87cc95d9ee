"""What was suggested for a board's grid, and its steps."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select

from plnbot.edcamps.model.gridding import Stand, Step, Suggestion
from plnbot.edcamps.store.grid_tables import grid, step
from plnbot.grids import Broken, Quality, Rule
from plnbot.store.database import Tx


def keep(tx: Tx, made: Suggestion) -> None:
    """Keep what was suggested, instead of what was suggested before."""
    forget(tx, made.board)
    waived = [[what, one.rule.name, one.host, one.need] for what, one in made.waived.items()]
    values = {"quality": asdict(made.quality), "waived": waived}
    tx.execute(insert(grid).values(board_id=made.board, by_id=made.by, at=made.at, **values))


def suggested(tx: Tx, board: int) -> Suggestion | None:
    """Return what was suggested last, None where nothing was yet."""
    row = tx.execute(select(grid).where(grid.c.board_id == board)).one_or_none()
    if row is None:
        return None
    waived = {
        what: Broken(Rule[rule], host=host, need=need) for what, rule, host, need in row.waived
    }
    return Suggestion(board, row.by_id, row.at, Quality(**row.quality), waived)


def forget(tx: Tx, board: int) -> None:
    """Forget what was suggested."""
    tx.execute(delete(grid).where(grid.c.board_id == board))


def add_step(
    tx: Tx,
    board: int,
    before: Sequence[Stand],
    after: Sequence[Stand],
    now: datetime,
    *,
    by: int,
) -> None:
    """Write down a change."""
    values = {"board_id": board, "by_id": by, "at": now}
    tx.execute(insert(step).values(**values, before=_plain(before), after=_plain(after)))


def steps(tx: Tx, board: int, after: int = 0) -> tuple[Step, ...]:
    """Return the steps of a board after one, the newest first."""
    found = select(step).where(step.c.board_id == board, step.c.id > after)
    return tuple(map(_step, tx.execute(found.order_by(step.c.id.desc()))))


def last_step(tx: Tx, board: int) -> Step | None:
    """Return the newest step of a board."""
    found = select(step).where(step.c.board_id == board).order_by(step.c.id.desc()).limit(1)
    row = tx.execute(found).one_or_none()
    return None if row is None else _step(row)


def drop_step(tx: Tx, number: int) -> None:
    """Take back a step that was undone."""
    tx.execute(delete(step).where(step.c.id == number))


def drop_steps(tx: Tx, board: int) -> None:
    """Take back all steps of a board: what everybody was told of is not undone."""
    tx.execute(delete(step).where(step.c.board_id == board))


def _plain(stands: Sequence[Stand]) -> list[list[Any]]:
    return [[each.what, each.slot, each.room, each.pinned] for each in stands]


def _step(row: Row[Any]) -> Step:
    before, after = (tuple(Stand(*each) for each in found) for found in (row.before, row.after))
    return Step(row.id, row.board_id, row.by_id, row.at, before, after)
