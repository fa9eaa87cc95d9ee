"""Rounds: tried out, committed, opened by the clock, and ended with their programme."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from plnbot.calendars import is_silent
from plnbot.engine import audit, notices, outbox, work
from plnbot.engine.context import Due
from plnbot.engine.heavy import Limits, Plain
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.engine.ports import Directory, Person
from plnbot.errors import Refused
from plnbot.peers.actions import candidates, naming, opening
from plnbot.peers.actions.keys import (
    DUE,
    ROUND,
    SOLVE,
    round_key,
    school,
    solve_key,
    tell_organisers,
    topic,
)
from plnbot.peers.actions.naming import Change
from plnbot.peers.model import TWO, Out, Programme, Round, RoundState
from plnbot.peers.store import programmes, rounds
from plnbot.schedules import Only
from plnbot.store.database import Tx
from plnbot.talk.words import msg
from plnbot.values import dataclass
from plnbot.walltime import local

FUNCTION = "plnbot.peers.solving:solve"
LIMITS = Limits(
    memory=1024 * 1024 * 1024, processor=timedelta(minutes=2), longest=timedelta(minutes=4)
)
_UNSOLVED = (RoundState.SOLVING, RoundState.OPENING)
OVER = msg("This programme is over.")
_STALE = msg("This dry run is no longer the latest. Do another one, and look before you commit.")
_TWICE = msg("This round was committed already, and each of its people is introduced once.")
_OPENING = msg("The round is being opened just now. Nothing is sent twice.")
_SOON = msg(
    "A round was opened not long ago: late joiners and who lost somebody are matched in it."
)
_NOBODY = msg("Nobody takes part yet: a round needs two.")
_ALONE = msg(
    "One member takes part so far, and a round needs two. The card in the room lets others join."
)


def try_out(tx: Tx, of: Programme, now: datetime, *, by: Person) -> Round:
    """Have a round solved that nobody is told of, and what it comes to shown to who asked."""
    _open_to_rounds(of)
    many = len(programmes.in_programme(tx, of.id))
    if many < TWO:
        raise Refused(_ALONE if many else _NOBODY)
    rounds.drop_drafts(tx, of.id)
    made = _begin(tx, of, RoundState.SOLVING, now, by=by.id)
    args: outbox.Args = {"round": made.id}
    key = f"{round_key(made.id)}/dry"
    notices.answer(tx, of.network, by.ref, ROUND, args, key=key, now=now)
    return made


def _begin(tx: Tx, of: Programme, state: RoundState, now: datetime, *, by: int | None) -> Round:
    number = rounds.last_number(tx, of.id) + 1
    said = f"{of.seed}/{number}/{int(now.timestamp())}"
    seed = int.from_bytes(hashlib.sha256(said.encode()).digest()[:7])
    made = rounds.begin(tx, of, state, seed, now, by=by)
    payload: work.Payload = {"round": made.id}
    work.add(tx, SOLVE, solve_key(made.id), now, payload, lane=SOLVE, network=of.network)
    return made


def _open_to_rounds(of: Programme | None) -> Programme:
    if of is None or of.ended_at is not None:
        raise Refused(OVER)
    return of


def commit(tx: Tx, directory: Directory, tried: Round, now: datetime, *, by: Person) -> Round:
    """Let a dry run go out as it was seen; `Refused` for who comes second."""
    of = _open_to_rounds(programmes.get(tx, tried.programme, locked=True))
    known = rounds.get(tx, tried.id)
    if known is None or known.state is not RoundState.DRY:
        opened = known is not None and known.number is not None
        raise Refused(_TWICE if opened else _STALE)
    if rounds.of_programme(tx, of.id, RoundState.OPENING):
        raise Refused(_OPENING)
    half = _half(tx, of, now)
    before = rounds.of_programme(tx, of.id, RoundState.OPEN)
    if any(each.slot is not None and each.slot + half > now for each in before):
        raise Refused(_SOON)
    slot = of.next_at if of.next_at is not None and of.next_at - now < half else now
    rounds.pass_on(tx, tried.id, RoundState.DRY, RoundState.OPENING, slot=slot)
    if slot != now:
        _plan_next(tx, of, slot, now)
    naming.ask(tx, directory, naming.changes(tx, directory, of), now)
    audit.record(tx, of.network, by.id, "peers.committed", f"programme:{of.id}", now=now)
    outbox.refresh(tx, f"{round_key(tried.id)}/dry", now)
    return opening.opened(tx, of, tried.id, now)


def _half(tx: Tx, of: Programme, now: datetime) -> timedelta:
    """Return half of the time between two rounds: what is nearer than that takes a round's place."""
    days = school(tx, of, now)
    first = of.schedule.after(now, days)
    second = of.schedule.after(first, days) if first else None
    return (second - first if first and second else opening.USUAL_LENGTH) / 2


def due(due: Due) -> None:
    """Open a round because its time has come; in a week without school, the next one instead."""
    of = programmes.get(due.tx, int(str(due.payload["programme"])), locked=True)
    if of is None or of.ended_at is not None or of.next_at is None or of.next_at > due.now:
        return  # one that was committed early took this place
    slot = of.next_at
    _plan_next(due.tx, of, max(slot, due.now), due.now)
    day = local(slot, of.schedule.zone).date()
    if of.schedule.only is not Only.ANY_DAY and is_silent(due.tx, of.network, day):
        return
    if len(programmes.in_programme(due.tx, of.id)) < TWO:
        return
    rounds.drop_drafts(due.tx, of.id)
    made = _begin(due.tx, of, RoundState.OPENING, due.now, by=None)
    rounds.note(due.tx, made.id, slot=slot)


def plan(tx: Tx, of: Programme, now: datetime) -> datetime | None:
    """Plan a programme's first round; return when it comes."""
    return _plan_next(tx, of, now, now)


def _plan_next(tx: Tx, of: Programme, after: datetime, now: datetime) -> datetime | None:
    at = of.schedule.after(after, school(tx, of, now))
    programmes.note(tx, of.id, next_at=at)
    key = f"peers/due/{of.id}"
    if at is None:
        work.cancel(tx, key, now)
    else:
        work.put(tx, DUE, key, at, {"programme": of.id}, network=of.network)
    return at


@dataclass(frozen=True, slots=True)
class Asked:
    """A round that is to be solved, and of whom to ask before whether they may be named."""

    round: int
    given: Mapping[str, Plain]
    out: Sequence[tuple[int, Out]]
    standing: Sequence[tuple[int, int]]
    asks: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Solved:
    """A round that was."""

    asked: Asked
    made: Mapping[str, Any]


def _begin_solving(due: Due) -> Asked | None:
    one = rounds.get(due.tx, int(str(due.payload["round"])))
    of = programmes.get(due.tx, one.programme) if one else None
    if one is None or of is None or one.state not in _UNSOLVED:
        return None
    found = candidates.candidates(due.tx, due.directory, of, one.seed, due.now)
    asks = naming.changes(due.tx, due.directory, of)
    return Asked(one.id, found.given, found.out, found.standing, asks)


async def _solve(asked: Asked, outside: Outside) -> Solved:
    people = asked.given["people"]
    many = len(people) if isinstance(people, Sequence) else 0
    await outside.progress(0, many, shown_by=f"{round_key(asked.round)}/dry")
    made = await outside.heavy.run(FUNCTION, asked.given, LIMITS)
    if not isinstance(made, Mapping):
        raise TypeError("a round was solved as something else")
    return Solved(asked, made)


def _end_solving(due: Due, solved: Solved) -> None:
    asked = solved.asked
    one = rounds.get(due.tx, asked.round)
    of = programmes.get(due.tx, one.programme, locked=True) if one else None
    one = rounds.get(due.tx, asked.round)  # what was done with it until the programme was held
    if one is None or of is None or one.state not in _UNSOLVED:
        return
    if of.ended_at is not None:
        rounds.drop(due.tx, one.id)
        outbox.refresh(due.tx, f"{round_key(one.id)}/dry", due.now)
        return
    made = {
        **solved.made,
        "out": [[number, why.value] for number, why in asked.out],
        "standing": [[list(two), "SUBJECT_AND_GRADE", None] for two in asked.standing],
    }
    rounds.note(due.tx, one.id, given=dict(asked.given), made=made)
    if one.state is RoundState.OPENING:  # of a dry run nobody is told
        naming.ask(due.tx, due.directory, asked.asks, due.now)
        opening.opened(due.tx, of, one.id, due.now)
        args: outbox.Args = {"round": one.id}
        key = round_key(one.id)
        tell_organisers(due.tx, due.directory, of.network, ROUND, args, key=key, now=due.now)
    else:
        rounds.pass_on(due.tx, one.id, RoundState.SOLVING, RoundState.DRY)
    outbox.refresh(due.tx, f"{round_key(one.id)}/dry", due.now)
    due.tx.announce(topic(of.id))


def _given_up(due: Due, _reason: str) -> None:
    number = int(str(due.payload["round"]))
    rounds.drop(due.tx, number)
    outbox.refresh(due.tx, f"{round_key(number)}/dry", due.now)
    one = rounds.get(due.tx, number)
    if one is not None and one.by is None:
        args: outbox.Args = {"round": number}
        key = round_key(number)
        tell_organisers(due.tx, due.directory, one.network, ROUND, args, key=key, now=due.now)


SOLVING: OutsideWork[Asked, Solved] = OutsideWork(
    kind=SOLVE,
    begin=_begin_solving,
    do=_solve,
    end=_end_solving,
    given_up=_given_up,
    lane=SOLVE,
    longest=timedelta(minutes=5),
)


def end(tx: Tx, of: Programme, now: datetime, *, by: Person) -> None:
    """End a programme: nobody is introduced any more; who was goes on."""
    programmes.note(tx, of.id, ended_at=now, next_at=None)
    work.cancel(tx, f"peers/due/{of.id}", now)
    rounds.drop_drafts(tx, of.id)
    for each in rounds.of_programme(tx, of.id, RoundState.OPENING):
        rounds.drop(tx, each.id)
    for each in rounds.of_programme(tx, of.id, RoundState.OPEN):
        rounds.pass_on(tx, each.id, RoundState.OPEN, RoundState.OVER, given=None, made=None)
    outbox.refresh(tx, f"peers/offer/{of.id}", now)
    audit.record(tx, of.network, by.id, "peers.ended", f"programme:{of.id}", now=now)
