"""A round of 50,000 introductions through the work queue, killed in the middle: each happens once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import create_engine, text

from plnbot.engine.ports import Network
from plnbot.members import store as members
from plnbot.members.actions import Members
from plnbot.members.model import Profile
from plnbot.members.store import profiles
from plnbot.peers.actions import joining
from plnbot.peers.actions import rounds as actions
from plnbot.peers.model import Aim, Membership, Named, Programme, RoundState, Side, Wishes
from plnbot.peers.store import programmes, rounds
from plnbot.quiet import Quiet
from plnbot.refs import MemberRef
from plnbot.schedules import Schedule
from plnbot.store.database import Store, Tx
from tests.faults.bot import OUTSIDE_POINTS, Life
from tests.faults.conftest import LONG, NOON, Row
from tests.faults.lives import lived
from tests.faults.receiver import Receiver

pytestmark = [
    pytest.mark.faults,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
MANY, AROUND = (50_000, 40) if LONG else (12, 4)
KILLED_AT = OUTSIDE_POINTS if LONG else OUTSIDE_POINTS[2::3]
A_MINUTE = 50
"""So many places a workspace lets an app open (`conversations.open` of Slack)."""
_ROUNDED = 0.001
_LONGEST_SECONDS = 7200 if LONG else 120
LONGEST = timedelta(hours=23)
"""Before anybody is asked to begin."""


@dataclass(slots=True)
class Platform(Receiver):
    """Accepts posts, and makes places no faster than Slack does."""

    places: dict[str, int] = field(default_factory=dict)
    latest: float = NOON.timestamp()
    """The instant, by the bot's clock, of the last place."""
    free_at: float = 0.0

    def told(self, asked: Mapping[str, str | int]) -> Mapping[str, str | bool]:
        """Do what is asked and return the reply."""
        if asked["what"] != "open":
            return Receiver.told(self, asked)
        key, at = str(asked["key"]), float(asked["at"])
        if key not in self.places:
            if self.free_at - at > _ROUNDED:
                return {"after": self.free_at - at}  # type: ignore[dict-item]
            self.free_at, self.latest = at + 60 / A_MINUTE, max(at, self.latest)
        return {"place": f"G{self.places.setdefault(key, len(self.places) + 1)}"}

    @property
    def now(self) -> datetime:
        """When the next process begins."""
        return datetime.fromtimestamp(self.latest, UTC)


async def committed(store: Store, many: int) -> None:
    """Let so many pairs of teachers be committed, and nothing be done about it yet."""
    network = await store.run(lambda tx: members.new_network(tx, "State", "en", "UTC", NOON))
    await store.run(lambda tx: members.attach(tx, network.id, "test", "w"))
    ids = await store.run(lambda tx: _teachers(tx, network, 2 * many))

    def commit(tx: Tx) -> None:
        schedule = Schedule(("FREQ=WEEKLY;INTERVAL=4",), datetime.combine(NOON, time(9)), "UTC")
        new = Programme(
            0, network.id, "Two counties", Aim.PEERS, 2, schedule, None, (), other_district=True,
            gap=8, weeks=12, seed=1, next_at=None, made_by=ids[0],
        )  # fmt: skip
        by = Members().by_id(tx, ids[0])
        assert by is not None
        of = joining.add(tx, new, NOON, by=by)
        for each in ids:
            mine = Membership(0, of.id, of.network, each, Side.PEER, Wishes(), 2, Named.YES, NOON)
            programmes.join(tx, mine)
        tried = rounds.begin(tx, of, RoundState.DRY, 1, NOON, by=by.id)
        groups = [[list(two), "SUBJECT", None] for two in zip(ids[::2], ids[1::2], strict=True)]
        made = {"groups": groups, "standing": [], "left": [], "out": []}
        rounds.note(tx, tried.id, given={"people": []}, made=made)
        actions.commit(tx, Members(), tried, NOON, by=by)

    await store.run(commit)


def _teachers(tx: Tx, network: Network, many: int) -> Sequence[int]:
    made = []
    for number in range(many):
        ref = MemberRef("test", "w", f"u{number}")
        person = members.new_member(
            tx, network, ref, f"Teacher {number}", locale="en", now=NOON, zone="UTC"
        )
        told = Profile(
            subjects=("math",), district=f"District {number % 500}", quiet=Quiet(None, None)
        )
        profiles.save_profile(tx, person.id, told)
        made.append(person.id)
    return made


def came_out(url: str, platform: Platform, many: int) -> tuple[int, int]:
    """Return how many cards, introductions and places are missing, and how many are too many."""
    engine = create_engine(url)
    with engine.connect() as connection:

        def count(of: str) -> int:
            return int(connection.execute(text(f"SELECT count(*) FROM {of}")).scalar_one())  # noqa: S608 - ours

        found = {
            "introductions": count("peers_introduction"),
            "people in them": count("(SELECT DISTINCT member_id FROM peers_seat)") - many,
            "places": len(set(platform.places.values())),
            "first cards there": sum("/about" in each for each in platform.accepted),
            "how to begin": sum(each.startswith("peers/begin/") for each in platform.accepted),
        }
        cards = sum("peers/introduced/" in each for each in platform.accepted)
    engine.dispose()
    found |= {"cards": cards - many}
    assert {len(each) for each in platform.accepted.values()} == {1}
    return (
        sum(max(0, many - each) for each in found.values()),
        sum(max(0, each - many) for each in found.values()),
    )


async def test_killed_in_the_middle(
    database_url: str, store: Store, tally: Callable[[Row], None]
) -> None:
    """Half of the round is out when it dies; the next process does the other half, at Slack's pace."""
    await committed(store, MANY)
    platform = Platform(knows=True)
    async with platform.listening() as port:
        first = Life(database_url, port, 1, NOON, (), until=NOON + LONGEST)
        assert await lived(
            first, lambda: len(platform.places) >= MANY // 2, longest=_LONGEST_SECONDS
        )
        begun = len(platform.places)
        second = Life(database_url, port, 2, platform.now, (), until=NOON + LONGEST)
        assert not await lived(second, longest=_LONGEST_SECONDS)
    lost, doubled = came_out(database_url, platform, MANY)
    hours = (platform.now - NOON) / timedelta(hours=1)
    print(
        f"\n{MANY:,} introductions, killed after {begun:,}: {hours:.1f} hours at {A_MINUTE} places a minute"
    )
    tally(Row("a round of introductions, killed in the middle", MANY, lost, doubled))
    assert (lost, doubled) == (0, 0)


async def test_killed_around_a_place(
    database_url: str, store: Store, tally: Callable[[Row], None]
) -> None:
    """At each point of opening a place it dies once: each pair has one, and its first card once."""
    await committed(store, AROUND)
    platform, killed = Platform(knows=True), 0
    async with platform.listening() as port:
        for number, point in enumerate((*KILLED_AT, ""), 1):
            nth, now = 1 + number % 3, platform.now
            until = now + timedelta(seconds=20) if point else NOON + LONGEST
            killed += await lived(Life(database_url, port, number, now, (), point, nth, until))
    lost, doubled = came_out(database_url, platform, AROUND)
    assert killed >= len(KILLED_AT) - 1, "the points are where nothing passes"
    tally(Row("kill -9 around opening a place for two", killed, lost, doubled))
    assert (lost, doubled) == (0, 0)
