"""What is due is asked: in each room once, late and dated after an outage, or not at all."""

from datetime import datetime

from plnbot.engine import outbox, work
from plnbot.engine.outbox import Posting
from plnbot.engine.ports import Directory, Network
from plnbot.engine.work import Urgency
from plnbot.prompts import store
from plnbot.prompts.actions.after import plan_after
from plnbot.prompts.actions.ahead import plan_ahead, turn_at
from plnbot.prompts.actions.drawing import bank_for, draw_for
from plnbot.prompts.actions.keys import post_key
from plnbot.prompts.actions.school import is_out, school_of
from plnbot.prompts.actions.stocking import note_stock, plan_review
from plnbot.prompts.model import (
    OPEN_STATUSES,
    Occurrence,
    Prompt,
    PromptRoom,
    PromptSchedule,
    Slot,
    State,
    Turn,
    settle,
)
from plnbot.prompts.model.bank import choose
from plnbot.store.database import Tx
from plnbot.talk.fallback import short_words

ASKED = "prompts.asked"
CAPABILITY = "prompts"
_LONGEST_THREAD = 90
_MOST_MISSED = 60


def tick(tx: Tx, number: int, now: datetime, directory: Directory) -> None:
    """Ask what a schedule has for now, and plan what comes."""
    asks = store.locked_schedule(tx, number)
    if asks is None or asks.ended_at is not None:
        return
    rooms = store.rooms_of(tx, asks.id)
    _note_missed(tx, asks, now)
    for room in rooms:
        _conclude_refused(tx, room)
        _settle(tx, asks, room, now, _network_on(tx, room, directory))
    _conclude(tx, asks, now)
    plan_ahead(tx, asks, now)
    note_stock(tx, asks, now, directory)


def hand_over(
    tx: Tx,
    asks: PromptSchedule,
    turn: Turn,
    locale: str,
    now: datetime,
) -> bool:
    """Have an occurrence asked in a room, once ever; return whether it is."""
    occurrence, room = turn.occurrence, turn.room
    prompt = _prompt_for(tx, asks, occurrence, now)
    if prompt is None:
        return False
    if not store.note_asked(tx, occurrence.id, room.id, State.POSTED, now):
        return True
    if occurrence.state is State.PLANNED and _first(tx, occurrence, prompt, now):
        store.count_use(tx, prompt.id, now)
        plan_review(tx, occurrence, now)
    named = " ".join(prompt.said(locale).split())
    args: outbox.Args = {
        "occurrence": occurrence.id,
        "room": room.id,
        outbox.THREAD: short_words(named, _LONGEST_THREAD),
    }
    posting = Posting(tx, asks.network, room.place, now, Urgency.TIMED)
    posting.post(ASKED, args, key=post_key(occurrence.id, room.id))
    plan_after(tx, asks, turn, now)
    return True


def _first(tx: Tx, occurrence: Occurrence, prompt: Prompt, now: datetime) -> bool:
    """Note that an occurrence is asked; False where another of its rooms was before."""
    current = store.get_occurrence(tx, occurrence.id)
    if current is None or current.state is not State.PLANNED:
        return False
    store.change_occurrence(
        tx, occurrence.id, state=State.POSTED.value, asked_at=now, prompt_id=prompt.id
    )
    return True


def _prompt_for(
    tx: Tx, asks: PromptSchedule, occurrence: Occurrence, now: datetime
) -> Prompt | None:
    """Return what an occurrence asks: as planned, or another where that may not be asked by now."""
    current = store.get_occurrence(tx, occurrence.id) or occurrence
    planned = store.get_prompt(tx, current.prompt) if current.prompt is not None else None
    if planned is not None and (current.asked_at or planned.status in OPEN_STATUSES):
        return planned
    ahead = {each.prompt for each in store.occurrences_of(tx, asks.id)}
    taken = [each for each in ahead if each is not None]
    bank = bank_for(tx, asks)
    return choose(bank, taken, draw_for(tx, asks, bank, current.at, now))


def _settle(
    tx: Tx, asks: PromptSchedule, room: PromptRoom, now: datetime, on: Network | None
) -> None:
    """Ask in one room what is due there."""
    there = {
        each.occurrence.id: each
        for each in store.open_turns(tx, asks.id, now)
        if each.room.id == room.id
    }
    slots = [
        Slot(number, at)
        for number, each in there.items()
        if (at := turn_at(asks, each)) is not None
    ]
    settled = settle(slots, asks.stale_after, now)
    times = {each.occurrence: each.at for each in slots}
    for number in settled.ask:
        out = on is None or is_out(tx, asks, room, times[number])
        if out or not (on and hand_over(tx, asks, there[number], on.locale, now)):
            store.note_asked(tx, number, room.id, State.SKIPPED, now)
    for number in settled.stale:
        store.note_asked(tx, number, room.id, State.STALE, now)


def _conclude(tx: Tx, asks: PromptSchedule, now: datetime) -> None:
    """Note of what was asked nowhere that it will not be: no room has its turn to come."""
    turns = store.open_turns(tx, asks.id, now)
    waited_for = {each.occurrence.id for each in turns if turn_at(asks, each) is not None}
    for each in store.occurrences_of(tx, asks.id):
        if each.at <= now and each.id not in waited_for:
            became = store.asked_in(tx, each.id).values()
            state = State.STALE if State.STALE in became else State.SKIPPED
            store.change_occurrence(tx, each.id, state=state.value, prompt_id=None)


def _note_missed(tx: Tx, asks: PromptSchedule, now: datetime) -> None:
    """Write down dates that passed before anybody could plan them, as after a long outage."""
    latest = store.latest_due(tx, asks.id)
    if latest is None or latest >= now:
        return
    since = max(latest, asks.paused_until or latest)
    for at in asks.schedule.between(since, now, school_of(tx, asks, now))[-_MOST_MISSED:]:
        store.add_occurrence(tx, asks.id, asks.network, at, None)


def _conclude_refused(tx: Tx, room: PromptRoom) -> None:
    """Give the prompt back to the bank that a room never took, now that the next is due."""
    latest = store.latest_in(tx, room.id) if room.refused_at is not None else None
    if latest is None or _may_stand(tx, post_key(latest.id, room.id)):
        return
    store.change_asked(tx, latest.id, room.id, State.REFUSED)
    if State.POSTED not in store.asked_in(tx, latest.id).values():
        store.change_occurrence(tx, latest.id, state=State.REFUSED.value)
        if latest.prompt is not None:
            store.count_use(tx, latest.prompt, latest.asked_at, more=-1)


def _may_stand(tx: Tx, key: str) -> bool:
    return bool(outbox.standing(tx, [key])) or bool(work.waiting(tx, [key]))


def _network_on(tx: Tx, room: PromptRoom, directory: Directory) -> Network | None:
    """Return the network of a room, while it is the schedule's and has prompts switched on."""
    network = directory.network_of(tx, room.place)
    theirs = network is not None and network.id == room.network
    return network if network and theirs and CAPABILITY not in network.off else None
