"""What is done about the pulse: answer, have options chosen, say no, take that back, ask everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import select

from plnbot.calendars import is_silent, out_of_school
from plnbot.engine import audit, needs_told, notices, outbox, roles, work
from plnbot.engine.context import Context, Due
from plnbot.engine.needs import needs
from plnbot.engine.notices import NoticeKind, Telling, Wanted
from plnbot.engine.offers import OnOffer
from plnbot.engine.ports import Person
from plnbot.pulse import store
from plnbot.pulse.model import NOT_BEFORE, Because
from plnbot.pulse.offered import chosen
from plnbot.pulse.packs import NEED
from plnbot.pulse.store import Answered, Offered, Rhythm
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass
from plnbot.walltime import instant, local, same_wall_time_later

ASKED, DUE = "pulse.asked", "pulse.ask"
_AT_ONCE = 50
"""So many are asked in one unit of work."""
_AT = time(15, 30)
_SATURDAY = 5
_A_WEEK, _MOST_WEEKS = 7, 6
"""Whoever has no school is asked a week later, so many weeks long."""


def answer(
    tx: Tx, person: Person, answers: Mapping[str, Sequence[str]], now: datetime
) -> Answered | None:
    """Keep what somebody answers; return what they had answered so lately that it is this pulse still.

    What they need is counted among what others need, and nothing else of it.
    """
    before = next(iter(store.answered(tx, person.id)), None)
    store.add_answers(tx, person.network.id, person.id, answers, now)
    needed = [each for each in answers.get(NEED, ()) if each in needs()]
    needs_told.answered(tx, person, needed, now)
    return before if before is not None and before.at + NOT_BEFORE > now else None


def choose(ctx: Context) -> Sequence[tuple[OnOffer, Offered]]:
    """Choose anew what this member is offered, keep it, and return it best first."""
    tx, me = ctx.tx, ctx.person.id
    noes = [no for each in store.options_of(tx, me) if (no := each.no) is not None]
    answered = next(iter(store.answered(tx, me)), None)
    found = {each.page: (each, given) for each, given in chosen(ctx, answered, noes)}
    made = [
        Offered(
            0, ctx.network.id, me, each.page, each.kind, each.said(ctx.t.locale), each.minutes,
            given.rules, None, None,
        )
        for each, given in found.values()
    ]  # fmt: skip
    store.offer(tx, ctx.network.id, me, made, ctx.now)
    return [
        (found[each.page][0], each)
        for each in store.options_of(tx, me)
        if each.because is None and each.page in found
    ]


def say_no(tx: Tx, one: Offered, because: Because, now: datetime) -> None:
    """Keep that somebody does not want an option, and why."""
    store.say_no(tx, one, because, now)


def take_back(tx: Tx, one: Offered, now: datetime) -> None:
    """Forget what was learned from a no."""
    store.say_no(tx, one, None, now)


def ask_everybody(tx: Tx, by: Person, weeks: int, now: datetime) -> Rhythm | None:
    """Have everybody of a network asked every so many weeks, or no more where it is 0."""
    network = by.network
    before = store.rhythm_of(tx, network.id)
    if before is not None:
        work.cancel(tx, _key(network.id, before.round), now)
    if not weeks:
        store.keep_rhythm(tx, network.id, None)
        if before is not None:
            audit.record(tx, network.id, by.id, "pulse.off", f"network:{network.id}", now=now)
        return None
    number = (before.round if before else now.toordinal()) + 1
    made = Rhythm(weeks, _first(now, network.zone), number, before.asked_at if before else None)
    store.keep_rhythm(tx, network.id, made)
    _plan(tx, _Turn(network.id, network.zone, number), made.next_at)
    audit.record(tx, network.id, by.id, "pulse.on", f"network:{network.id}", now=now, weeks=weeks)
    return made


def _first(now: datetime, zone: str) -> datetime:
    """Return the afternoon of the next weekday."""
    day = local(now, zone).date() + timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return instant(datetime.combine(day, _AT), zone)


def ask_due(due: Due) -> None:
    """Ask some of a network, then the next; the last plans when it is asked again.

    Who has no school on this day is asked a week later; so are all where nobody has.
    """
    turn = _Turn.of(due)
    there = store.rhythm_of(due.tx, turn.network)
    if there is None or there.round != turn.round:
        return
    later = same_wall_time_later(due.due_at, turn.zone, _A_WEEK)
    if not turn.after and is_silent(due.tx, turn.network, local(due.now, turn.zone).date()):
        _plan(due.tx, turn, later)
        return
    everybody = due.directory.within(turn.network, roles.Reach(everywhere=True)).subquery()
    number = everybody.c[0]
    some = select(number).where(number > turn.after).order_by(number).limit(_AT_ONCE)
    members = list(due.tx.execute(some).scalars())
    missed = _ask(due, turn, members) or turn.missed
    if len(members) == _AT_ONCE:
        _plan(due.tx, replace(turn, after=members[-1], missed=missed), due.now)
        return
    store.keep_rhythm(due.tx, turn.network, replace(there, asked_at=due.now))
    if missed and turn.weeks < _MOST_WEEKS:
        _plan(due.tx, replace(turn, after=0, weeks=turn.weeks + 1, missed=False), later)
        return
    wanted = same_wall_time_later(there.next_at, turn.zone, _A_WEEK * there.weeks)
    further = Rhythm(there.weeks, max(wanted, due.now), there.round + 1, due.now)
    store.keep_rhythm(due.tx, turn.network, further)
    _plan(due.tx, _Turn(turn.network, turn.zone, further.round), further.next_at)


def _ask(due: Due, turn: "_Turn", members: Sequence[int]) -> bool:
    """Ask those of these members who have school; return whether somebody has none."""
    out = out_of_school(due.tx, turn.network, local(due.now, turn.zone).date())
    lately = store.answered_since(due.tx, members, due.now - NOT_BEFORE)
    for member, person in due.directory.still_here(due.tx, members).items():
        if member in out or member in lately:
            continue
        args: outbox.Args = {"round": turn.round}
        key = f"pulse/{turn.network}/{turn.round}/{member}"
        notices.tell(due.tx, person, Telling(PULSE, ASKED, args, key, Wanted(due.now)), due.now)
    return not out.isdisjoint(members)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A round of asking: behind whom it goes on, and who was missed; `weeks` counts how often it was put off."""

    network: int
    zone: str
    round: int
    after: int = 0
    weeks: int = 0
    missed: bool = False

    @classmethod
    def of(cls, due: Due) -> "_Turn":
        network, number, after, weeks = (
            int(str(due.payload[each])) for each in ("network", "round", "after", "weeks")
        )
        zone, missed = str(due.payload["zone"]), bool(due.payload["missed"])
        return cls(network, zone, number, after, weeks, missed)


def _plan(tx: Tx, turn: _Turn, at: datetime) -> None:
    payload = {
        "network": turn.network,
        "zone": turn.zone,
        "round": turn.round,
        "after": turn.after,
        "weeks": turn.weeks,
        "missed": turn.missed,
    }
    key = _key(turn.network, turn.round)
    work.put(tx, DUE, key, at, payload, network=turn.network, urgency=work.Urgency.COURTESY)


def _key(network: int, number: int) -> str:
    return f"pulse/ask/{network}/{number}"


def _while_unanswered(tx: Tx, member: int, args: notices.Args, was: Wanted) -> Wanted | None:
    del args
    since = was.at - NOT_BEFORE
    return None if store.answered_since(tx, [member], since) else was


PULSE = NoticeKind(
    name=ASKED,
    title=msg("What you need next"),
    about=msg("A few questions, twice a term or so, where your organisers switched that on"),
    may_be_muted=True,
    wanted=_while_unanswered,
)
