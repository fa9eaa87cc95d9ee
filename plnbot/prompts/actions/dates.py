"""One date of a schedule: skipped, moved by a week, given another prompt or place, asked at once."""

from datetime import datetime, timedelta

from plnbot.engine import audit
from plnbot.engine.ports import Person
from plnbot.errors import Refused
from plnbot.prompts import store
from plnbot.prompts.actions.ahead import plan_ahead, wake
from plnbot.prompts.actions.asking import hand_over
from plnbot.prompts.actions.drawing import bank_for, draw_for
from plnbot.prompts.actions.making import again
from plnbot.prompts.actions.withdrawing import withdraw
from plnbot.prompts.model import Act, Occurrence, Prompt, PromptSchedule, State, Turn
from plnbot.prompts.model.bank import choose
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.walltime import same_wall_time_later

WEEK = 7
_NOT_TWICE = timedelta(minutes=2)


def skip(tx: Tx, date: Occurrence, now: datetime, *, by: Person) -> Occurrence:
    """Ask nothing on a date; its prompt comes on the next that is new."""
    asks, date = _planned(tx, date, now)
    store.change_occurrence(tx, date.id, state=State.SKIPPED.value, prompt_id=None)
    plan_ahead(tx, asks, now, [date.prompt])
    return _noted(tx, date, Act.SKIPPED, now, by=by)


def unskip(tx: Tx, date: Occurrence, now: datetime, *, by: Person) -> Occurrence:
    """Ask on a date after all that was skipped."""
    asks = _kept(tx, date)
    if date.state is not State.SKIPPED or date.at <= now:
        raise Refused(msg("That date is over, or it is asked anyway."))
    store.change_occurrence(tx, date.id, state=State.PLANNED.value)
    plan_ahead(tx, asks, now)
    return _noted(tx, date, Act.UNSKIPPED, now, by=by)


def move(tx: Tx, date: Occurrence, now: datetime, *, by: Person) -> Occurrence:
    """Ask a week later what was meant for a date; all other dates stay."""
    asks, date = _planned(tx, date, now)
    at = same_wall_time_later(date.at, asks.schedule.zone, WEEK)
    store.change_occurrence(tx, date.id, moved_to=at)
    wake(tx, asks, now)
    return _noted(tx, date, Act.MOVED, now, by=by)


def move_back(tx: Tx, date: Occurrence, now: datetime, *, by: Person) -> Occurrence:
    """Ask on its own date after all what was moved."""
    asks, date = _planned(tx, date, now)
    if date.due <= now:
        raise Refused(msg("Its own date is over by now."))
    store.change_occurrence(tx, date.id, moved_to=None)
    wake(tx, asks, now)
    return _noted(tx, date, Act.MOVED_BACK, now, by=by)


def swap(tx: Tx, date: Occurrence, by_places: int, now: datetime, *, by: Person) -> Occurrence:
    """Exchange a date's prompt with that of the date before (-1) or after it (1)."""
    asks, date = _planned(tx, date, now)
    ahead = store.occurrences_of(tx, asks.id)
    at = [each.id for each in ahead].index(date.id) + by_places
    if not 0 <= at < len(ahead):
        raise Refused(msg("There is no other date on that side to exchange it with."))
    store.change_occurrence(tx, date.id, prompt_id=ahead[at].prompt)
    store.change_occurrence(tx, ahead[at].id, prompt_id=date.prompt)
    return _noted(tx, ahead[at], Act.EXCHANGED, now, by=by)


def another(tx: Tx, date: Occurrence, now: datetime, *, by: Person) -> Occurrence:
    """Give a date another prompt from the bank; the one it had may come later."""
    asks, date = _planned(tx, date, now)
    ahead = {each.prompt for each in store.occurrences_of(tx, asks.id) if each.prompt}
    bank = bank_for(tx, asks)
    found = choose(bank, ahead, draw_for(tx, asks, bank, date.at, now))
    if found is None or found.id in ahead:
        raise Refused(msg("The bank has no other prompt that is not planned already."))
    store.change_occurrence(tx, date.id, prompt_id=found.id)
    return _noted(tx, date, Act.EXCHANGED, now, by=by)


def put_on(tx: Tx, date: Occurrence, prompt: Prompt, now: datetime, *, by: Person) -> Occurrence:
    """Have a prompt asked on a date; what was planned there takes its place, or goes back to the bank."""
    asks, date = _planned(tx, date, now)
    if prompt.id not in [each.id for each in bank_for(tx, asks)]:
        raise Refused(msg("These prompts do not draw from where that one is."))
    ahead = store.occurrences_of(tx, asks.id)
    elsewhere = next((each for each in ahead if each.prompt == prompt.id), None)
    if elsewhere is not None:
        store.change_occurrence(tx, elsewhere.id, prompt_id=date.prompt)
    store.change_occurrence(tx, date.id, prompt_id=prompt.id)
    return _noted(tx, date, Act.EXCHANGED, now, by=by)


def post_now(tx: Tx, asks: PromptSchedule, locale: str, now: datetime, *, by: Person) -> Occurrence:
    """Ask one more prompt at once, in every room; no date of the schedule changes."""
    asks = store.locked_schedule(tx, asks.id) or asks
    if asks.ended_at is not None:
        raise Refused(msg("This was ended. Bring it back first."))
    last = store.last_extra(tx, asks.id)
    if last is not None and now - last < _NOT_TWICE:
        raise Refused(msg("That was asked a moment ago. Look into the room."))
    ahead = [each.prompt for each in store.occurrences_of(tx, asks.id) if each.prompt]
    bank = bank_for(tx, asks)
    draw = draw_for(tx, asks, bank, now, now)
    found = choose(bank, ahead, draw)
    if found is None and (found := choose(bank, (), draw)) is not None:
        store.take_from_plans(tx, found.id)
    made = store.add_occurrence(
        tx, asks.id, asks.network, now, found.id if found else None, extra=True
    )
    date = store.get_occurrence(tx, made) if made is not None else None
    if date is None or found is None:
        raise Refused(
            msg("The bank has nothing left to ask now. `/pln prompt bank` adds prompts to it.")
        )
    for room in store.rooms_of(tx, asks.id):
        hand_over(tx, asks, Turn(_again(tx, date), room), locale, now)
    return _noted(tx, date, Act.ASKED_NOW, now, by=by)


def _planned(tx: Tx, date: Occurrence, now: datetime) -> tuple[PromptSchedule, Occurrence]:
    """Return a schedule that nobody else changes, and the date as it is; raises `Refused`."""
    asks, date = _kept(tx, date), _again(tx, date)
    if date.state is State.POSTED and date.at > now:
        withdraw(tx, date, now)  # it was handed to its rooms a moment ahead
        wake(tx, asks, now)
        date = _again(tx, date)
    if date.state is not State.PLANNED:
        raise Refused(msg("That date has been asked or skipped meanwhile."))
    return asks, date


def _kept(tx: Tx, date: Occurrence) -> PromptSchedule:
    return store.locked_schedule(tx, date.schedule) or again(tx, date.schedule)


def _again(tx: Tx, date: Occurrence) -> Occurrence:
    found = store.get_occurrence(tx, date.id)
    if found is None:
        raise Refused(msg("That date is no longer planned: the schedule has other times now."))
    return found


def _noted(tx: Tx, date: Occurrence, what: Act, now: datetime, *, by: Person) -> Occurrence:
    scope = f"prompt_schedule:{date.schedule}"
    audit.record(tx, date.network, by.id, what, scope, now=now, at=date.at.isoformat())
    return _again(tx, date)
