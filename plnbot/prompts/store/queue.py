"""The queue: a network's bank by where its entries stand, what was proposed, and which banks are low."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, or_, select, update

from plnbot.likeness import plain
from plnbot.prompts.model import Occurrence, Prompt, State, Status
from plnbot.prompts.model.kept import PROMPT
from plnbot.prompts.model.suggesting import Rewording
from plnbot.prompts.store.bank import as_prompt
from plnbot.prompts.store.occurrences import as_occurrence
from plnbot.prompts.store.tables import low, occurrence, prompt, rewording
from plnbot.skills.model import Carrier
from plnbot.skills.store import forget
from plnbot.store.database import Tx
from plnbot.store.inserts import on_both

_PROPOSED = on_both(rewording, lambda new: new.on_conflict_do_nothing(index_elements=["prompt_id"]))
_LOW = on_both(
    low,
    lambda new: new.on_conflict_do_nothing(index_elements=["schedule_id"]).returning(
        low.c.schedule_id
    ),
)


def locked_prompt(tx: Tx, number: int) -> Prompt | None:
    """Return a prompt that nobody else decides about until this transaction ends."""
    found = select(prompt).where(prompt.c.id == number).with_for_update(key_share=True)
    row = tx.execute(found).one_or_none()
    return None if row is None else as_prompt(row)


def drop_prompt(tx: Tx, number: int) -> None:
    """Take out a prompt that no occurrence speaks of, with what was proposed for it."""
    tx.execute(delete(rewording).where(rewording.c.prompt_id == number))
    forget(tx, Carrier(PROMPT, number))
    tx.execute(delete(prompt).where(prompt.c.id == number))


def counts_of(tx: Tx, network: int) -> Mapping[Status, int]:
    """Return how many entries of a network's bank stand where."""
    rows = tx.execute(
        select(prompt.c.status, func.count().label("many"))
        .where(prompt.c.network_id == network)
        .group_by(prompt.c.status)
    )
    found = {Status(row.status): int(row.many) for row in rows}
    return {each: found.get(each, 0) for each in Status}


def listed(
    tx: Tx, network: int, status: Status | None, *, most: int, skip: int = 0
) -> Sequence[Prompt]:
    """Return a part of a network's bank: what waits or is to be asked by its age, all else newest first."""
    found = select(prompt).where(prompt.c.network_id == network)
    if status is not None:
        found = found.where(prompt.c.status == status.value)
    waits = status in (Status.SUGGESTED, Status.ACCEPTED)
    latest = func.coalesce(prompt.c.decided_at, prompt.c.used_at, prompt.c.created_at)
    order = (prompt.c.id,) if waits else (latest.desc(), prompt.c.id.desc())
    return [as_prompt(row) for row in tx.execute(found.order_by(*order).limit(most).offset(skip))]


def whole_bank(tx: Tx, network: int) -> Sequence[Prompt]:
    """Return every entry of a network's bank, the oldest first."""
    found = select(prompt).where(prompt.c.network_id == network).order_by(prompt.c.id)
    return [as_prompt(row) for row in tx.execute(found)]


def with_words(tx: Tx, network: int, words: str, *, most: int) -> Sequence[Prompt]:
    """Return the entries that have all of these words in any language, however they are written."""
    wanted = plain(words).split()
    return [
        each
        for each in whole_bank(tx, network)
        if all(any(one in plain(said) for said in each.words.values()) for one in wanted)
    ][:most]


def suggested_by(tx: Tx, member: int) -> Sequence[Prompt]:
    """Return what a member suggested, newest first."""
    found = select(prompt).where(prompt.c.author_id == member, prompt.c.suggested)
    return [as_prompt(row) for row in tx.execute(found.order_by(prompt.c.id.desc()))]


def put_in_together(tx: Tx, first: Prompt) -> Sequence[Prompt]:
    """Return what came into the bank with this one, by the same hand at the same instant."""
    found = select(prompt).where(
        prompt.c.network_id == first.network,
        prompt.c.created_at == first.created_at,
        prompt.c.pack.is_(None),
        prompt.c.suggested.is_(False),
        or_(prompt.c.decided_by == first.decided_by, prompt.c.id == first.id),
    )
    return [as_prompt(row) for row in tx.execute(found.order_by(prompt.c.id))]


def propose(tx: Tx, new: Rewording) -> None:
    """Keep other words for a prompt, in place of any that were proposed before."""
    tx.execute(delete(rewording).where(rewording.c.prompt_id == new.prompt))
    values = {
        "prompt_id": new.prompt,
        "network_id": new.network,
        "words": dict(new.words),
        "by_id": new.by,
        "at": new.at,
        "lapses_at": new.lapses_at,
        "outcome": new.outcome,
    }
    tx.execute(_PROPOSED[tx.dialect], values)


def proposed(tx: Tx, number: int) -> Rewording | None:
    """Return the other words that are proposed for a prompt, or None."""
    row = tx.execute(select(rewording).where(rewording.c.prompt_id == number)).one_or_none()
    return None if row is None else _rewording(row)


def end_proposed(tx: Tx, number: int, outcome: str) -> None:
    """Note what came of the other words that were proposed for a prompt."""
    tx.execute(update(rewording).where(rewording.c.prompt_id == number).values(outcome=outcome))


def drop_proposed(tx: Tx, number: int) -> None:
    """Propose nothing any more for a prompt."""
    tx.execute(delete(rewording).where(rewording.c.prompt_id == number))


def take_from_plans(tx: Tx, number: int) -> Sequence[int]:
    """Take a prompt out of all but what was asked; return the schedules that have a date without one."""
    planned = (occurrence.c.prompt_id == number) & (occurrence.c.state != State.POSTED.value)
    rows = tx.execute(
        update(occurrence).where(planned).values(prompt_id=None).returning(occurrence.c.schedule_id)
    )
    return sorted({row.schedule_id for row in rows})


def asked_of(tx: Tx, number: int) -> Sequence[Occurrence]:
    """Return when a prompt was asked, the latest first."""
    found = select(occurrence).where(
        occurrence.c.prompt_id == number, occurrence.c.state == State.POSTED.value
    )
    rows = tx.execute(found.order_by(occurrence.c.asked_at.desc()))
    return [as_occurrence(row) for row in rows]


def note_low(tx: Tx, schedule: int, network: int, now: datetime) -> bool:
    """Note that a schedule's bank is low; False where that was known."""
    values = {"schedule_id": schedule, "network_id": network, "since": now}
    return tx.execute(_LOW[tx.dialect], values).scalar_one_or_none() is not None


def note_enough(tx: Tx, schedule: int) -> None:
    """Note that a schedule's bank is not low, so that it is told when it is again."""
    tx.execute(delete(low).where(low.c.schedule_id == schedule))


def is_low(tx: Tx, schedule: int) -> bool:
    """Return whether a schedule's bank is noted as low."""
    found = select(low.c.schedule_id).where(low.c.schedule_id == schedule)
    return tx.execute(found).one_or_none() is not None


def _rewording(row: Row[tuple[Any, ...]]) -> Rewording:
    return Rewording(
        row.prompt_id, row.network_id, row.words, row.by_id, row.at, row.lapses_at, row.outcome
    )
