"""A school year of introductions: teachers of twelve districts on three platforms, who come and go."""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.engine import work
from plnbot.engine.ports import Network
from plnbot.members import store as members
from plnbot.members.model import Organisation, OrganisationKind, Profile
from plnbot.members.store import networks, organisations, profiles
from plnbot.peers.model import Introduction, RoundState, Seat
from plnbot.peers.store import programmes, rounds
from plnbot.quiet import Quiet
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Answer, Interaction, Joined, OpenForm, Press, Submit, What
from plnbot.testing import FrozenClock, HeavyHere, RecordingSender

WORKSPACES = {"slack": "T0PLN", "discord": "900", "web": "lobby"}
SUBJECTS = ("math", "science", "music", "ela", "history", "physics", "languages", "special")
ZONES = ("America/New_York", "America/Chicago", "America/Los_Angeles")
DISTRICTS = 12
BEGAN = datetime(2026, 9, 7, 12, 0, tzinfo=UTC)
LEAD = MemberRef("slack", WORKSPACES["slack"], "U0LEAD")


@dataclass(frozen=True)
class Year:
    """What a year came to. `met` and `answered` are of seats, `across` and `repeats` of introductions."""

    rounds: int
    introductions: int
    seats: int
    met: int
    repeats: int
    soon: int
    across: int
    odd_twice: int
    left_out: int
    not_theirs: int
    told: int

    def __str__(self) -> str:
        share = 100 / max(1, self.introductions)
        return (
            f"{self.rounds} rounds, {self.introductions} introductions: met"
            f" {100 * self.met / max(1, self.seats):.0f} %, repeats {self.repeats * share:.1f} %,"
            f" within the gap {self.soon * share:.1f} %,"
            f" cross-district {self.across * share:.1f} %, odd twice running {self.odd_twice},"
            f" left out {self.left_out}, with who paused or left {self.not_theirs},"
            f" cards {self.told}"
        )


@dataclass(slots=True)
class School:
    """The people, their platforms, and what they do by chance of a stored seed."""

    store: Store
    clock: FrozenClock
    parts: Parts
    chance: Random
    refs: dict[int, MemberRef] = field(default_factory=dict)
    home: dict[int, int] = field(default_factory=dict)
    joined: set[int] = field(default_factory=set)
    away: dict[int, datetime] = field(default_factory=dict)
    wrong: int = 0
    seen: set[int] = field(default_factory=set)
    _keys: "itertools.count[int]" = field(default_factory=itertools.count)

    async def do(self, who: MemberRef, what: What) -> Answer:
        """Let somebody do something."""
        room = Place("slack", WORKSPACES["slack"], "C0ROOM")
        where = room if who.platform == "slack" else Place(who.platform, who.workspace, "")
        given = Interaction(f"y{next(self._keys)}", who, where, what, leads=who == LEAD)
        return await self.parts.desk.handle(given)

    async def until(self, goal: datetime) -> None:
        """Let everything due happen at its time."""
        while (at := await self.store.read(work.next_at)) is not None and at <= goal:
            self.clock.at = max(at, self.clock.at)
            await self.parts.runner.run_all_due()
        self.clock.at = goal


async def lived(store: Store, clock: FrozenClock, many: int, weeks: int) -> Year:
    """Let so many teachers be introduced every two weeks for so long."""
    clock.at = BEGAN
    parts = assembled(store, clock, WebOptions(b"0" * 32), lambda _platform: "", Random(1))
    parts.runner.tools.heavy = HeavyHere()
    senders = {each: RecordingSender(each) for each in WORKSPACES}
    parts.runner.senders.update(senders)
    here = School(store, clock, parts, Random(20260907))
    network = await store.run(lambda tx: members.new_network(tx, "State", "en", ZONES[0], BEGAN))
    await store.run(lambda tx: attach(tx, network))
    await here.do(LEAD, Joined())
    await store.run(lambda tx: teachers(tx, here, network, many))
    await opened(here)
    late = set(sorted(here.refs)[-max(2, many // 10) :])
    for number in sorted(set(here.refs) - late):
        await joins(here, number)
    for week in range(weeks):
        await here.until(BEGAN + timedelta(weeks=week, days=2))
        await _this_week(here, late, week)
        await _look(here)
        await here.until(BEGAN + timedelta(weeks=week + 1))
        await _look(here)
    every = await store.read(lambda tx: rounds.in_programme(tx, 1))
    left_out = await store.read(lambda tx: _left_out(tx, here))
    opened_rounds = await store.read(lambda tx: rounds.last_number(tx, 1))
    return Year(
        opened_rounds, len(every), sum(len(each.seats) for each in every),
        sum(seat.answer == "met" for each in every for seat in each.seats),
        sum(each.met is not None for each in every),
        sum(each.step == "AGAIN" for each in every),
        sum(_across(here, each.seats) for each in every),
        _odd_twice(every), left_out, here.wrong,
        sum(len(each.sent) for each in senders.values()),
    )  # fmt: skip


def attach(tx: Tx, network: Network) -> None:
    """Let a workspace of each platform belong to a network."""
    for platform, workspace in WORKSPACES.items():
        networks.attach(tx, network.id, platform, workspace)


def teachers(tx: Tx, here: School, network: Network, many: int) -> None:
    """Make so many teachers, by chance of twelve districts and eight subjects."""
    made = []
    for number in range(DISTRICTS):
        new = Organisation(
            0, network.id, OrganisationKind.DISTRICT, f"District {number}", "", settled=True
        )
        added = organisations.add(tx, new, BEGAN)
        assert added is not None
        made.append(added)
    for number in range(many):
        platform = ("slack", "discord", "web")[number % 3]
        ref = MemberRef(platform, WORKSPACES[platform], f"U{number:04}")
        person = members.new_member(
            tx, network, ref, f"Teacher {number}", locale="en", now=BEGAN,
            zone=ZONES[number % len(ZONES)],
        )  # fmt: skip
        district = made[here.chance.randrange(DISTRICTS)]
        told = Profile(
            subjects=(here.chance.choice(SUBJECTS),),
            grades=(str(here.chance.randrange(1, 13)),),
            district=district.name,
            quiet=Quiet(None, None),
        )
        profiles.save_profile(tx, person.id, told)
        organisations.belong(tx, person.id, district=district.id, school=None)
        here.refs[person.id], here.home[person.id] = ref, district.id


async def opened(here: School) -> None:
    """Have a programme opened."""
    values: Mapping[str, str | Sequence[str]] = {
        "name": "Two counties", "aim": "peers", "when": "every 2 weeks on Tuesday 9 am",
        "size": "2", "districts": "yes", "subjects": [], "gap": "8", "weeks": "12",
    }  # fmt: skip
    await here.do(LEAD, Submit("peers.new", values))


async def joins(here: School, number: int) -> None:
    """Let somebody join."""
    await here.do(here.refs[number], Press("peers.join", "1"))
    here.joined.add(number)


async def _this_week(here: School, late: set[int], week: int) -> None:
    """Let most say how it went; let one pause, one leave, and one or two come late."""
    live = await here.store.read(lambda tx: rounds.in_programme(tx, 1, live=True))
    for each in live:
        for seat in each.here:
            drawn, ref = here.chance.random(), here.refs[seat.member]
            if drawn < 0.6:
                await here.do(ref, Press("peers.met", str(each.id)))
                await here.do(ref, Press("peers.took", str(each.id), "30"))
            elif drawn < 0.75:
                await here.do(ref, Press("peers.not_yet", str(each.id)))
    now = here.clock.now()
    staying = sorted(here.joined - here.away.keys())
    pauses, leaves = here.chance.sample(staying, 2)
    mine = await here.store.read(lambda tx: programmes.of_member(tx, pauses))
    answer = await here.do(here.refs[pauses], Press("peers.pause", str(mine[0].id)))
    assert isinstance(answer, OpenForm)
    until = {"until": (now + timedelta(days=16)).date().isoformat()}
    await here.do(here.refs[pauses], Submit("peers.pause", until, str(mine[0].id)))
    here.away[pauses] = now + timedelta(days=15)
    if week % 3 == 1:
        mine = await here.store.read(lambda tx: programmes.of_member(tx, leaves))
        await here.do(here.refs[leaves], Press("peers.leave", str(mine[0].id)))
        here.joined.discard(leaves)
    for number in sorted(late)[:2]:
        late.discard(number)
        await joins(here, number)


async def _look(here: School) -> None:
    """Count who was introduced in a week in which they had paused or left."""
    now = here.clock.now()
    here.away = {number: until for number, until in here.away.items() if until > now}
    every = await here.store.read(lambda tx: rounds.in_programme(tx, 1))
    new = [each for each in every if each.id not in here.seen]
    here.seen |= {each.id for each in new}
    here.wrong += sum(
        s.member not in here.joined for each in new for s in each.here if each.ended_at is None
    )


def _left_out(tx: Tx, here: School) -> int:
    """Count who took part for a day in the open round, did not pause, and was never in it."""
    now = here.clock.now()
    open_now = rounds.of_programme(tx, 1, RoundState.OPEN)[:1]
    there = {
        s.member for one in open_now for each in rounds.in_round(tx, one.id) for s in each.seats
    }
    mine = programmes.in_programme(tx, 1).values()
    return sum(
        each.member not in there
        and not each.paused(now)
        and each.paused_until is None
        and now - each.joined_at > timedelta(days=1)
        for each in mine
    )


def _across(here: School, seats: Sequence[Seat]) -> bool:
    return len({here.home[each.member] for each in seats}) == len(seats)


def _odd_twice(every: Sequence[Introduction]) -> int:
    """Count who was the third of three in two introductions of theirs that follow each other."""
    theirs: dict[int, list[bool]] = {}
    for each in sorted(every, key=lambda one: one.id):
        for seat in each.seats:
            theirs.setdefault(seat.member, []).append(seat.odd)
    twos = Counter(
        one and other for odds in theirs.values() for one, other in itertools.pairwise(odds)
    )
    return twos[True]
