"""A schedule changes hands, times or rooms: changed, paused, ended, and brought back.

Whoever changes one says which version they had before them. Where somebody else was faster, nothing is
written, and who it was is said.
"""

from datetime import datetime, timedelta

from plnbot.engine import audit
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.prompts import store
from plnbot.prompts.actions.ahead import plan_ahead, plan_anew
from plnbot.prompts.actions.making import again, fill_breaks
from plnbot.prompts.actions.withdrawing import withdraw_from
from plnbot.prompts.model import Act, PromptRoom, PromptSchedule, State
from plnbot.prompts.store import NewRoom, Wish
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg

LONGEST_PAUSE = timedelta(days=366)


class OvertakenError(Refused):
    """Somebody else changed it meanwhile: `name`, empty where they are gone. `why` says so in a form."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.why: Sentence = (
            msg(
                "{name} has changed this meanwhile. What you wrote is kept here; open it again to see"
                " how it is now, and write yours on top.",
                name=name,
            )
            if name
            else msg("Somebody has changed this meanwhile. Open it again to see what it is now.")
        )
        super().__init__(self.why)


def as_seen(
    tx: Tx, asks: PromptSchedule, version: int, directory: Directory, *, by: Person
) -> PromptSchedule:
    """Return a schedule, kept from others, as somebody saw it; raises `OvertakenError`."""
    current = store.locked_schedule(tx, asks.id) or asks
    if version in (0, current.version) or current.edited_by == by.id:
        return current
    other = directory.by_id(tx, current.edited_by or 0)
    raise OvertakenError(other.name if other else "")


def change(
    tx: Tx, asks: PromptSchedule, wish: Wish, now: datetime, *, by: Person
) -> PromptSchedule:
    """Have a schedule ask otherwise; where its times are others, what comes is planned anew."""
    anew = {"runs_since": now} if wish.schedule != asks.schedule else {}
    store.change_schedule(tx, asks, by=by.id, wish=wish, **anew)
    changed = again(tx, asks.id)
    if wish.fill_ins and not asks.fill_ins:
        fill_breaks(tx, asks.network, now)
    if (wish.schedule, wish.fill_ins) != (asks.schedule, asks.fill_ins):
        plan_anew(tx, changed, now, keep_moved=False)
    elif (wish.pack, wish.shuffled) != (asks.pack, asks.shuffled):
        store.forget_prompts_ahead(tx, asks.id)
        plan_ahead(tx, changed, now)
    return _noted(tx, changed, Act.CHANGED, now, by=by)


def pause(
    tx: Tx, asks: PromptSchedule, until: datetime, now: datetime, *, by: Person
) -> PromptSchedule:
    """Ask nothing until a day, on which it goes on by itself."""
    if until <= now:
        raise Refused(msg("That day has come already. A pause ends on a day to come."))
    if until - now > LONGEST_PAUSE:
        raise Refused(msg("A pause lasts a year at most."))
    return _paused(tx, asks, until, Act.PAUSED, now, by=by)


def go_on(tx: Tx, asks: PromptSchedule, now: datetime, *, by: Person) -> PromptSchedule:
    """Ask again from now on."""
    return _paused(tx, asks, None, Act.WENT_ON, now, by=by)


def end(tx: Tx, asks: PromptSchedule, now: datetime, *, by: Person) -> PromptSchedule:
    """Ask nothing any more; what was asked stays, and so does what was planned, for `bring_back`."""
    store.change_schedule(tx, asks, by=by.id, ended_at=now)
    ended = again(tx, asks.id)
    plan_ahead(tx, ended, now)
    return _noted(tx, ended, Act.ENDED, now, by=by)


def bring_back(tx: Tx, asks: PromptSchedule, now: datetime, *, by: Person) -> PromptSchedule:
    """Let a schedule go on that was ended; what it missed meanwhile is not asked."""
    store.change_schedule(tx, asks, by=by.id, ended_at=None, runs_since=now)
    back = again(tx, asks.id)
    plan_anew(tx, back, now, keep_moved=True)
    return _noted(tx, back, Act.BROUGHT_BACK, now, by=by)


def join(
    tx: Tx, asks: PromptSchedule, room: NewRoom, now: datetime, *, by: Person, same_hour: bool
) -> PromptSchedule:
    """Have a schedule ask in one more room, with one thread of answers for all."""
    if any(each.place == room.place for each in store.rooms_of(tx, asks.id)):
        raise Refused(msg("This room is asked that already."))
    store.add_room(tx, asks, room, now)
    store.change_schedule(tx, asks, by=by.id, same_hour=same_hour)
    joined = again(tx, asks.id)
    plan_ahead(tx, joined, now)
    return _noted(tx, joined, Act.ROOM_JOINED, now, by=by)


def leave(
    tx: Tx, asks: PromptSchedule, room: PromptRoom, now: datetime, *, by: Person
) -> PromptSchedule:
    """Have a schedule ask no more in one of its rooms; the others, and what was asked there, stay."""
    asks = store.locked_schedule(tx, asks.id) or asks
    rooms = store.rooms_of(tx, asks.id)
    if room.id not in [each.id for each in rooms]:
        raise Refused(msg("This room is not asked any more."))
    if len(rooms) == 1:
        raise Refused(msg("It is the only room. End the prompts instead, or pause them."))
    for each in store.occurrences_of(tx, asks.id, (State.POSTED,)):
        if each.at > now:  # handed to it a moment ahead
            withdraw_from(tx, each, room.id)
    store.take_out(tx, room.id, now)
    store.change_schedule(tx, asks, by=by.id)
    left = again(tx, asks.id)
    plan_ahead(tx, left, now)
    return _noted(tx, left, Act.ROOM_LEFT, now, by=by)


def _paused(
    tx: Tx, asks: PromptSchedule, until: datetime | None, what: Act, now: datetime, *, by: Person
) -> PromptSchedule:
    store.change_schedule(tx, asks, by=by.id, paused_until=until, runs_since=now)
    changed = again(tx, asks.id)
    plan_anew(tx, changed, now, keep_moved=True)
    return _noted(tx, changed, what, now, by=by)


def _noted(tx: Tx, asks: PromptSchedule, what: Act, now: datetime, *, by: Person) -> PromptSchedule:
    audit.record(tx, asks.network, by.id, what, asks.scope, now=now)
    return asks
