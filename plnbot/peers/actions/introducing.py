"""Introducing a group, and mending a round: who joined late, lost their partner or was left over."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from plnbot.engine import outbox, work
from plnbot.engine.context import Due
from plnbot.engine.outside import Outside, OutsideWork
from plnbot.engine.ports import Directory
from plnbot.peers.actions import candidates, following, meeting_place, mending, opening, rounds
from plnbot.peers.actions.candidates import Here
from plnbot.peers.actions.keys import (
    INTRODUCED,
    REPAIR,
    THIRD,
    introduced_key,
    round_key,
    show_anew,
    tell,
    topic,
)
from plnbot.peers.model import (
    TWO,
    Cause,
    Introduction,
    Programme,
    Round,
    RoundState,
    Seat,
    Side,
    ends_of,
)
from plnbot.peers.model.free import common_times
from plnbot.peers.packs import starters_for
from plnbot.peers.store import private, programmes
from plnbot.peers.store import rounds as store
from plnbot.store.database import Tx
from plnbot.values import dataclass
from plnbot.visibility import Seen

_SHOWN_AGAIN = timedelta(minutes=1)


def introduce(due: Due) -> None:
    """Introduce a group, as things are now: who must not be there any more is matched anew or told."""
    tx, members = due.tx, [int(each) for each in _list(due.payload["members"])]
    one = store.get(tx, int(str(due.payload["round"])))
    of = programmes.get(tx, one.programme) if one else None
    if one is None or of is None or one.state is not RoundState.OPEN or of.ended_at is not None:
        return
    here, _out = candidates.present(tx, due.directory, of, due.now, members)
    busy = store.seated(tx, members, one.id) if not of.aim.guided else _guided(tx, of)
    avoid = private.avoiding(tx, of.network)
    there = [each for each in members if each in here and each not in busy]
    there = _willing(there, avoid)
    if len(there) < TWO:
        mending.repair_at(tx, of.id, of.network, due.now + mending.SOON, due.now)
        return
    met = due.payload["met"]
    group = Group(
        str(due.payload["step"]), met if isinstance(met, int) else None,
        Cause(str(due.payload["cause"])), [here[each] for each in there],
    )  # fmt: skip
    introduce_group(tx, due.directory, of, one, group, now=due.now)
    _show_how_far(tx, one, due.now)


def _show_how_far(tx: Tx, one: Round, now: datetime) -> None:
    """Have the organiser's card say how many are introduced, no more often than each minute."""
    key = f"{round_key(one.id)}/dry"
    planned = work.planned_for(tx, f"{outbox.EDITS}{key}")
    if planned is None or planned <= now:  # one of this instant may be made already
        outbox.refresh(tx, key, now + _SHOWN_AGAIN)


def _guided(tx: Tx, of: Programme) -> frozenset[int]:
    live = store.in_programme(tx, of.id, live=True)
    return frozenset(s.member for each in live for s in each.here if s.side is Side.GUIDED)


def _willing(members: Sequence[int], avoid: frozenset[tuple[int, int]]) -> list[int]:
    """Return those who may meet each other, the first ones where not all may."""
    kept: list[int] = []
    for each in members:
        if all((min(each, one), max(each, one)) not in avoid for one in kept):
            kept.append(each)
    return kept


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


@dataclass(frozen=True, slots=True)
class Group:
    """Who is introduced, and why these. `by` is the member who had the idea, where one had."""

    step: str
    met: int | None
    cause: Cause
    people: Sequence[Here]
    by: int | None = None


def introduce_group(
    tx: Tx, directory: Directory, of: Programme, one: Round | None, group: Group, *, now: datetime
) -> Introduction:
    """Write an introduction down and tell each of its people; return it."""
    people = group.people
    if not of.aim.guided and group.cause is not Cause.MEMBER:
        people = _in_order(of, one, people)
    ends_at = one.ends_at if one and one.ends_at and not of.aim.guided else ends_of(of, now, None)
    made = store.introduce(
        tx,
        Introduction(
            0, of.network, of.id, one.id if one else None, group.step, group.met, group.cause, now,
            max(ends_at, now + timedelta(days=3)), _starters(tx, directory, of, people, now),
            common_times([(each.membership.wishes.free, each.person.zone) for each in people], now),
            by=group.by,
            seats=tuple(_seat(of, each, at) for at, each in enumerate(people)),
        ),
    )  # fmt: skip
    for at, each in enumerate(people):
        if each.membership.id:
            odd = at >= TWO and of.size == TWO
            programmes.change(tx, [each.membership.id], waited=0, odd=odd)
        args: outbox.Args = {"introduction": made.id, "member": each.membership.member}
        tell(tx, each.person, INTRODUCED, args, key=introduced_key(made.id)[:-1], now=now)
    meeting_place.want(tx, directory, of, made, [each.person.name for each in people], now=now)
    following.plan(tx, of, made, now)
    tx.announce(topic(of.id))
    return made


def _in_order(of: Programme, one: Round | None, people: Sequence[Here]) -> list[Here]:
    """Return the two in the order in which they begin, which chance decides; a third stays the third."""

    def drawn(each: Here) -> str:
        said = f"{of.seed}/{one.id if one else 0}/{each.membership.member}"
        return hashlib.sha256(said.encode()).hexdigest()

    return [*sorted(people[:TWO], key=drawn), *people[TWO:]]


def _seat(of: Programme, here: Here, at: int) -> Seat:
    side = here.membership.side if of.aim.guided else Side.PEER
    return Seat(0, here.membership.member, at, side, at >= TWO and of.size == TWO)


def _starters(
    tx: Tx, directory: Directory, of: Programme, people: Sequence[Here], now: datetime
) -> tuple[str, ...]:
    """Return two questions to begin with: of the subjects that all of them teach, then of any.

    Where one of them has not agreed that their subject is named, the questions name none either.
    """
    numbers = [each.membership.member for each in people]
    told = directory.told(tx, numbers, seen_by=Seen.NETWORK)
    taught = [
        {each.membership.wishes.subject or "", *(told[n].subjects if n in told else ())} - {""}
        for n, each in zip(numbers, people, strict=True)
    ]
    if any(not each.membership.may_be_named for each in people):
        shared: set[str] = set()
    else:
        shared = set.intersection(*taught) or set.union(*taught)
    own = starters_for(sorted(shared))
    seed = hashlib.sha256(f"{of.seed}/{numbers}/{now.date()}".encode()).digest()
    first = own[: max(TWO, sum(bool(each.subjects) for each in own) or len(own))]
    at = seed[0] % len(first)
    rest = [each for each in first if each.id != first[at].id]
    return tuple(each.id for each in (first[at], rest[seed[1] % len(rest)]))


@dataclass(frozen=True, slots=True)
class Repair:
    """What the matching is given to mend a round."""

    round: int
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Repaired:
    """What it made of that."""

    repair: Repair
    made: Mapping[str, Any]


def _begin_repair(due: Due) -> Repair | None:
    one = store.get(due.tx, int(str(due.payload["round"])))
    of = programmes.get(due.tx, one.programme) if one else None
    if one is None or of is None or one.state is not RoundState.OPEN or of.ended_at is not None:
        return None
    seed = one.seed + int(str(due.payload["at"]))
    found = candidates.candidates(due.tx, due.directory, of, seed, due.now, repairs=one.id)
    people = found.given["people"]
    pairs = found.given["pairs"]
    alone = len(people) if isinstance(people, list) else 0
    alone -= TWO * (len(pairs) if isinstance(pairs, list) else 0)
    return Repair(one.id, found.given) if alone > 0 else None


async def _repair(repair: Repair, outside: Outside) -> Repaired:
    made = await outside.heavy.run(rounds.FUNCTION, repair.given, rounds.LIMITS)
    if not isinstance(made, Mapping):
        raise TypeError("a round was solved as something else")
    return Repaired(repair, made)


def _end_repair(due: Due, done: Repaired) -> None:
    tx = due.tx
    one = store.get(tx, done.repair.round)
    of = programmes.get(tx, one.programme) if one else None
    if one is None or of is None or one.state is not RoundState.OPEN:
        return
    there = {tuple(sorted(each)) for each in done.repair.given["pairs"]}
    anew = []
    for group in done.made["groups"]:
        if tuple(sorted(group[0][:TWO])) in there:
            _add_third(due, of, one, group[0])
        else:
            anew.append((group, Cause.REPAIR))
    opening.plan_introductions(tx, of, one.id, anew, due.now)
    opening.left_over(tx, of, one.id, [(a, b) for a, b in done.made["left"]], due.now)


def _add_third(due: Due, of: Programme, one: Round, members: Sequence[int]) -> None:
    """Let somebody join two who were introduced already, as things are now."""
    tx, third = due.tx, members[-1]
    found = [e for e in store.in_round(tx, one.id) if e.ended_at is None]
    pair = next((e for e in found if {s.member for s in e.here} == set(members[:TWO])), None)
    here, _out = candidates.present(tx, due.directory, of, due.now, members)
    avoid = private.avoiding(tx, of.network)
    if pair is None or third not in here or len(_willing(members, avoid)) < len(members):
        mending.repair_at(tx, of.id, of.network, due.now + mending.SOON, due.now)
        return
    gone = next((s for s in pair.seats if s.member == third), None)
    if gone is not None or store.seated(tx, [third], one.id):
        return
    meeting_place.close(tx, pair, due.now)
    store.add_seats(tx, [Seat(pair.id, third, len(pair.seats), Side.PEER, of.size == TWO)])
    suit = common_times([(e.membership.wishes.free, e.person.zone) for e in here.values()], due.now)
    store.change(tx, pair.id, step="THIRD", times=[each.isoformat() for each in suit])
    programmes.change(tx, [here[third].membership.id], waited=0, odd=of.size == TWO)
    args: outbox.Args = {"introduction": pair.id, "member": third}
    tell(tx, here[third].person, INTRODUCED, args, key=introduced_key(pair.id)[:-1], now=due.now)
    for seat in pair.here:
        told: outbox.Args = {"introduction": pair.id, "member": seat.member, "third": third}
        to = due.directory.by_id(tx, seat.member)
        tell(tx, to, THIRD, told, key=f"peers/third/{pair.id}/{third}", now=due.now)
    anew = store.introduction_of(tx, pair.id)
    if anew is not None:
        names = [each.person.name for each in here.values()]
        meeting_place.want(tx, due.directory, of, anew, names, now=due.now)
    show_anew(tx, pair, due.now)


def _repair_given_up(_due: Due, _reason: str) -> None:
    """Do nothing more: the next to join or to lose somebody has it tried again."""


REPAIRING: OutsideWork[Repair, Repaired] = OutsideWork(
    kind=REPAIR,
    begin=_begin_repair,
    do=_repair,
    end=_end_repair,
    given_up=_repair_given_up,
    lane=REPAIR,
    longest=timedelta(minutes=5),
)
