"""The bank: every prompt that a network has."""

from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import datetime

from sqlalchemy import bindparam, or_, select, update

from plnbot.prompts.model import OPEN_STATUSES, Kind, Prompt, Status
from plnbot.prompts.model.seasons import Season
from plnbot.prompts.store.tables import prompt
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both
from plnbot.store.rows import AnyRow
from plnbot.values import dataclass

_ADDED = on_both(
    prompt,
    lambda new: new.on_conflict_do_nothing(
        index_elements=["network_id", "pack", "entry"]
    ).returning(prompt.c.id),
)
_BY_ID = select(prompt).where(prompt.c.id == bindparam("prompt"))


@dataclass(frozen=True, slots=True)
class NewPrompt:
    """What a prompt is made of; `pack` and `entry` where it is copied from a pack.

    `author` is who suggests it, `by` who put it in without that.
    """

    words: Mapping[str, str]
    kind: Kind = Kind.OPEN
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pack: str = ""
    entry: str = ""
    status: Status = Status.ACCEPTED
    author: int | None = None
    season: Season | None = None
    breaks: bool = False
    named: bool = True
    by: int | None = None


def add_prompt(tx: Tx, network: int, new: NewPrompt, now: datetime) -> int | None:
    """Put a prompt into a network's bank; None where that entry of the pack is there already."""
    values = {
        "network_id": network,
        "words": dict(new.words),
        "kind": new.kind.value,
        "options": {name: list(each) for name, each in new.options.items()},
        "pack": new.pack or None,
        "entry": new.entry or None,
        "status": new.status.value,
        "author_id": new.author,
        "reason": "",
        "uses": 0,
        "used_at": None,
        "season": new.season.value if new.season else "",
        "breaks": new.breaks,
        "suggested": new.author is not None,
        "named": new.named,
        "decided_by": new.by,
        "decided_at": now if new.by is not None else None,
        "created_at": now,
    }
    made: int | None = tx.execute(_ADDED[tx.dialect], values).scalar_one_or_none()
    return made


def change_prompt(tx: Tx, number: int, **values: object) -> None:
    """Change columns of a prompt."""
    tx.execute(update(prompt).where(prompt.c.id == number).values(values))


def count_use(tx: Tx, number: int, at: datetime | None, *, more: int = 1) -> None:
    """Note that a prompt was asked at an instant; with -1 as `more`, that it was not after all."""
    used = {"uses": prompt.c.uses + more, "used_at": at}
    status = Status.USED if more > 0 else Status.ACCEPTED
    change_prompt(tx, number, **used, status=status.value)


def get_prompt(tx: Tx, number: int) -> Prompt | None:
    """Return a prompt, of whatever status, or None."""
    row = tx.execute(_BY_ID, {"prompt": number}).one_or_none()
    return None if row is None else as_prompt(row)


def the_prompt(tx: Tx, number: int) -> Prompt:
    """Return a prompt that has to be there."""
    found = get_prompt(tx, number)
    if found is None:
        raise LookupError(f"there is no prompt {number}")
    return found


def prompts_by_id(tx: Tx, numbers: Collection[int]) -> Mapping[int, Prompt]:
    """Return these prompts by their numbers."""
    rows = tx.execute(select(prompt).where(prompt.c.id.in_(numbers))) if numbers else ()
    return {row.id: as_prompt(row) for row in rows}


def bank_of(
    tx: Tx,
    network: int,
    pack: str = "",
    statuses: Collection[Status] = OPEN_STATUSES,
    *,
    fill_ins: bool = False,
) -> tuple[Prompt, ...]:
    """Return what a schedule draws from: the network's own prompts, and those of a pack.

    With `fill_ins`, also what fills weeks without school.
    """
    drawn = or_(prompt.c.pack == pack, prompt.c.pack.is_(None)) if pack else prompt.c.pack.is_(None)
    drawn = or_(drawn, prompt.c.breaks) if fill_ins else drawn
    found = select(prompt).where(
        prompt.c.network_id == network,
        prompt.c.status.in_([each.value for each in statuses]),
        drawn,
    )
    return tuple(map(as_prompt, tx.execute(found.order_by(prompt.c.id))))


def as_prompt(row: AnyRow) -> Prompt:
    """Return a row of the bank as a prompt."""
    return Prompt(
        row.id,
        row.network_id,
        row.words,
        Kind(row.kind),
        {name: tuple(each) for name, each in row.options.items()} or None,
        row.pack or "",
        row.entry or "",
        Status(row.status),
        row.author_id,
        row.reason,
        row.uses,
        row.used_at,
        Season(row.season) if row.season else None,
        row.breaks,
        row.suggested,
        row.named,
        row.created_at,
        row.decided_by,
        row.decided_at,
    )
