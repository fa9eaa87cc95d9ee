"""What comes next: occurrences planned with their prompts, and the one piece of work that wakes for them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.engine import work
from plnbot.prompts import store
from plnbot.prompts.actions.drawing import bank_for, draw_for
from plnbot.prompts.actions.school import school_of
from plnbot.prompts.model import (
    AHEAD,
    Occurrence,
    PromptRoom,
    PromptSchedule,
    State,
    Turn,
    room_time,
)
from plnbot.prompts.model.bank import choose
from plnbot.store.database import Tx

DUE = "prompts.due"
HEAD_START = timedelta(seconds=90)
"""How long before its instant a prompt is handed to its rooms: a thousand cards are ready then."""
_MOST_STEPS = 60
_MOST_MISSED = 60


def plan_ahead(
    tx: Tx, asks: PromptSchedule, now: datetime, carried: Sequence[int | None] = ()
) -> tuple[Occurrence, ...]:
    """Plan as many occurrences as are shown ahead, and return them; what is planned already stays.

    What a calendar has since taken out is taken out; its prompt, and what is `carried`, comes at the
    next date that is new.
    """
    if asks.ended_at is None:
        note_missed(tx, asks, now)
        _fill(tx, asks, now, [*carried, *_take_out(tx, asks, now)])
    wake(tx, asks, now)
    return store.occurrences_of(tx, asks.id)


def plan_anew(
    tx: Tx, asks: PromptSchedule, now: datetime, *, keep_moved: bool
) -> tuple[Occurrence, ...]:
    """Plan what comes from nothing, because the times changed; prompts keep their order.

    With `keep_moved`, what somebody skipped or moved to another day stays so.
    """
    planned = store.occurrences_of(tx, asks.id)
    until = max(now, asks.paused_until or now)
    gone = [each for each in planned if each.moved_to is None or not keep_moved or each.at < until]
    if not keep_moved:
        skipped = store.occurrences_of(tx, asks.id, (State.SKIPPED,))
        gone += [each for each in skipped if each.at > now]
    store.drop_planned(tx, [each.id for each in gone])
    if asks.ended_at is None:
        _fill(tx, asks, now, [each.prompt for each in planned if each in gone])
    wake(tx, asks, now)
    return store.occurrences_of(tx, asks.id)


def note_missed(tx: Tx, asks: PromptSchedule, now: datetime) -> None:
    """Write down dates that passed before anybody could plan them, as after a long outage."""
    latest = store.latest_due(tx, asks.id, now) or asks.runs_since
    since = max(latest, asks.runs_since, asks.paused_until or latest)
    if since >= now:
        return
    for at in asks.schedule.between(since, now, school_of(tx, asks, now))[-_MOST_MISSED:]:
        store.add_occurrence(tx, asks.id, asks.network, at, None)


def wake(tx: Tx, asks: PromptSchedule, now: datetime) -> None:
    """Plan to look at a schedule when the next of its rooms is to be asked, or not at all."""
    turns = (turn_at(asks, each) for each in store.open_turns(tx, asks.id, now))
    wake_at(tx, asks, [at for at in turns if at is not None], now)


def wake_at(tx: Tx, asks: PromptSchedule, coming: Sequence[datetime], now: datetime) -> None:
    """Plan to look at a schedule a little before the first of these instants, or not at all."""
    key = f"prompt/schedule/{asks.id}"
    if asks.ended_at is not None or not coming:
        work.cancel(tx, key, now)
        return
    at = min(coming) - HEAD_START
    if work.waiting(tx, [key]).get(key) != at:
        work.put(tx, DUE, key, at, {"schedule": asks.id}, network=asks.network)


def time_in(asks: PromptSchedule, room: PromptRoom, at: datetime) -> datetime:
    """Return when a room is asked what is meant for `at`."""
    return room_time(at, asks.schedule.zone, room.zone) if asks.same_hour else at


def turn_at(asks: PromptSchedule, turn: Turn) -> datetime | None:
    """Return when a room has its turn; None where it was not yet one of the rooms by then."""
    at = time_in(asks, turn.room, turn.occurrence.at)
    return at if at >= turn.room.since else None


def _take_out(tx: Tx, asks: PromptSchedule, now: datetime) -> Sequence[int | None]:
    """Take out planned dates on which the schedule does not ask any more; return their prompts."""
    school = school_of(tx, asks, now)
    gone = [
        each
        for each in store.occurrences_of(tx, asks.id)
        if not (each.extra or each.moved_to)
        and asks.schedule.after(each.due - timedelta(microseconds=1), school) != each.due
    ]
    store.drop_planned(tx, [each.id for each in gone])
    return [each.prompt for each in gone]


def _fill(tx: Tx, asks: PromptSchedule, now: datetime, carried: Sequence[int | None]) -> None:
    """Plan dates until enough are ahead; `carried` prompts come first, the bank says the rest."""
    planned = list(store.occurrences_of(tx, asks.id))
    added: list[int] = []
    at = max(now, (asks.paused_until or now) - timedelta(microseconds=1))
    school = school_of(tx, asks, now)
    for _ in range(_MOST_STEPS):
        if len(planned) + len(added) >= AHEAD:
            break
        after = asks.schedule.after(at, school)
        if after is None:
            break
        at = after
        made = store.add_occurrence(tx, asks.id, asks.network, at, None)
        if made is not None:
            added.append(made)
    if added or any(each.prompt is None for each in planned):
        give_prompts(tx, asks, now, carried)


def give_prompts(
    tx: Tx, asks: PromptSchedule, now: datetime, carried: Sequence[int | None] = ()
) -> None:
    """Give each planned occurrence without a prompt one, by their dates."""
    planned = store.occurrences_of(tx, asks.id)
    bank = bank_for(tx, asks)
    known = {each.id: each for each in bank}
    waiting = [known[each] for each in carried if each in known]
    taken = {each.id for each in waiting} | {each.prompt for each in planned if each.prompt}
    for each in planned:
        if each.prompt is not None:
            continue
        draw = draw_for(tx, asks, bank, each.at, now)
        fitting = (one for one in waiting if one.breaks == draw.fill_in)
        chosen = next(fitting, None) or choose(bank, taken, draw)
        if chosen is not None:
            waiting = [one for one in waiting if one.id != chosen.id]
            taken.add(chosen.id)
            store.change_occurrence(tx, each.id, prompt_id=chosen.id)
