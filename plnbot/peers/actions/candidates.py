"""Who takes part in a round, and what the matching is given of them: read in one unit, as plain values."""

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from plnbot.calendars import out_of_school
from plnbot.engine.heavy import Plain
from plnbot.engine.ports import Directory, Person, Told
from plnbot.peers.model import TWO, Around, Membership, Out, Programme, Side, Wishes, stays_out
from plnbot.peers.model.free import hours_of
from plnbot.peers.packs import field_of, grade_places, weights
from plnbot.peers.store import private, programmes, rounds
from plnbot.store.database import Tx
from plnbot.values import dataclass
from plnbot.visibility import Seen
from plnbot.walltime import local

_UNSETTLED = 1 << 33
_AT_ONCE = 5000
_NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who is matched: what the matching is given, who stays out, and who meets again without being matched."""

    given: Mapping[str, Plain]
    out: Sequence[tuple[int, Out]]
    standing: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Here:
    """A member who takes part, on one of their accounts."""

    membership: Membership
    person: Person


def present(
    tx: Tx, directory: Directory, of: Programme, now: datetime, only: Collection[int] | None = None
) -> tuple[Mapping[int, Here], Sequence[tuple[int, Out]]]:
    """Return who takes part now, by member, and who stays out and why; of these members alone."""
    here: dict[int, Here] = {}
    out = []
    closed = out_of_school(tx, of.network, local(now, of.schedule.zone).date())
    mine = programmes.in_programme(tx, of.id, only)
    people = {n: one for some in _some(mine) for n, one in directory.still_here(tx, some).items()}
    on_leave = {n for some in _some(mine) for n in directory.on_leave(tx, some, now)}
    for number, each in mine.items():
        person = people.get(number)
        around = Around(person is not None, number in on_leave, number in closed)
        why = stays_out(each, around, now)
        if why is not None:
            out.append((number, why))
        elif person is not None:
            here[number] = Here(each, person)
    return here, out


def _some(members: Collection[int]) -> Iterator[list[int]]:
    """Yield members by as many as one query takes."""
    every = list(members)
    return (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))


def candidates(
    tx: Tx,
    directory: Directory,
    of: Programme,
    seed: int,
    now: datetime,
    *,
    repairs: int | None = None,
) -> Candidates:
    """Return what the matching is given; with `repairs`, of who has nobody in that open round."""
    here, out = present(tx, directory, of, now)
    met = rounds.met_by(tx, of.id)
    live = rounds.in_programme(tx, of.id, live=True)
    pairs: list[tuple[int, int]] = []
    if of.aim.guided:
        busy = {s.member for each in live for s in each.here if s.side is Side.GUIDED}
    elif repairs is not None:
        mine = [each for each in live if each.round == repairs]
        busy = {s.member for each in mine for s in each.here}
        twos = [tuple(s.member for s in each.here) for each in mine]
        pairs = [(two[0], two[1]) for two in twos if len(two) == TWO and here.keys() >= set(two)]
    else:
        busy = set()
    avoid = private.avoiding(tx, of.network)
    apart = avoid | _parted(tx, of) if of.aim.guided else avoid
    standing = [] if of.aim.guided or repairs is not None else _standing(here, met, avoid)
    busy |= {each for two in standing for each in two}
    thirds = {each for pair in pairs for each in pair}
    wanted = {n: each for n, each in here.items() if n not in busy or n in thirds}
    number = rounds.last_number(tx, of.id) + (repairs is None)
    given: dict[str, Plain] = {
        "seed": seed,
        "size": of.size,
        "people": _people(tx, directory, wanted, now),
        "sides": _sides(wanted) if of.aim.guided else {},
        "room": {str(n): max(0, e.membership.room - _has(live, n)) for n, e in wanted.items()},
        "pairs": pairs,
        "other_district": of.other_district,
        "gap": of.gap,
        "avoid": [list(two) for two in sorted(apart) if wanted.keys() >= set(two)],
        "met": [
            [*two, max(1, number - last)]
            for two, (last, _keep) in sorted(met.items())
            if wanted.keys() >= set(two)
        ],
        "weights": asdict(weights()),
        "forecast": repairs is None and not of.aim.guided,
    }
    return Candidates(given, out, standing)


def _standing(
    here: Mapping[int, Here],
    met: Mapping[tuple[int, int], tuple[int, bool]],
    avoid: Collection[tuple[int, int]],
) -> list[tuple[int, int]]:
    """Return the pairs who both want to go on, each person once, the latest of theirs first."""
    found: list[tuple[int, int]] = []
    taken: set[int] = set()
    keep = [(last, two) for two, (last, keeps) in met.items() if keeps and two not in avoid]
    for _last, two in sorted(keep, reverse=True):
        if here.keys() >= set(two) and not taken & set(two):
            found.append(two)
            taken |= set(two)
    return sorted(found)


def _parted(tx: Tx, of: Programme) -> frozenset[tuple[int, int]]:
    """Return who was accompanied by somebody who was taken out of it or went: they get somebody else."""
    return frozenset(
        (min(guide.member, each.member), max(guide.member, each.member))
        for one in rounds.in_programme(tx, of.id)
        for guide in one.seats
        if guide.side is Side.GUIDE and guide.gone_at is not None
        for each in one.seats
        if each.side is Side.GUIDED
    )


def _sides(wanted: Mapping[int, Here]) -> Mapping[str, str]:
    return {str(n): each.membership.side.value for n, each in wanted.items()}


def _has(live: Sequence[Any], guide: int) -> int:
    return sum(s.member == guide and s.side is Side.GUIDE for each in live for s in each.here)


def _people(tx: Tx, directory: Directory, wanted: Mapping[int, Here], now: datetime) -> list[Plain]:
    told = {
        n: one
        for some in _some(wanted)
        for n, one in directory.told(tx, some, seen_by=Seen.MATCHING).items()
    }
    return [
        _one(each, told.get(number, _NOTHING_TOLD), now) for number, each in sorted(wanted.items())
    ]


def _one(here: Here, told: Told, now: datetime) -> Plain:
    wishes, one = here.membership.wishes, here.membership
    places, subject = grade_places(), subject_of(wishes, told)
    field = field_of().get(subject)
    taught = wishes.grades or told.grades
    return {
        "id": one.member,
        "district": _district(told),
        "subject": subject,
        "field": field.id if field else "",
        "grades": sorted(places[each] for each in taught if each in places),
        "topics": sorted(wishes.topics),
        "languages": sorted(wishes.languages or told.languages),
        "years": wishes.years if wishes.years is not None else told.years,
        "likes": wishes.likes.value,
        "free": sorted(hours_of(wishes.free, here.person.zone, now)),
        "waited": one.waited,
        "odd": one.odd,
    }


def subject_of(wishes: Wishes, told: Told) -> str:
    """Return the subject by which somebody is matched: what they wished, else what they teach."""
    return wishes.subject or next(iter(told.subjects), "")


def _district(told: Told) -> int | None:
    """Return a district as a number: its row, or one of its name where nobody has settled that."""
    if told.district.row is not None:
        return told.district.row
    name = told.district.name.strip().casefold()
    return _UNSETTLED + zlib.crc32(name.encode()) if name else None
