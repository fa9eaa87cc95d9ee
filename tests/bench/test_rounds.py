"""A chat beside a round of a thousand: how late its posts are while the round is worked out and goes out."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from random import Random

import pytest

from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled, keep_the_loop_free
from plnbot.engine import outbox
from plnbot.engine.clock import SystemClock
from plnbot.engine.ports import Delivery, Outgoing, Person, Sent
from plnbot.engine.routes import Showing
from plnbot.members import store as members
from plnbot.members.model import Profile
from plnbot.members.store import profiles
from plnbot.peers.actions import joining, rounds
from plnbot.peers.model import Aim, Membership, Named, Programme, RoundState, Side, Wishes
from plnbot.peers.store import programmes
from plnbot.peers.store import rounds as kept
from plnbot.quiet import Quiet
from plnbot.refs import MemberRef, Place
from plnbot.schedules import Schedule
from plnbot.store.database import Tx
from plnbot.store.migrations import migrate
from plnbot.store.opening import open_store
from plnbot.talk.cards import Card, Paragraph
from plnbot.talk.text import verbatim
from plnbot.testing import RecordingSender
from tests.bench.conftest import Lateness, Print

pytestmark = pytest.mark.bench
TEACHERS, EVERY, ALONE = 1000, 0.05, timedelta(seconds=3)
LONGEST_SECONDS = 300


class Chat:
    """A platform that takes a chat's posts, and keeps how late each was."""

    platform = "chat"
    finds = False
    settles = timedelta()

    def __init__(self) -> None:
        self.now = Lateness()

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Measure one."""
        due = datetime.fromtimestamp(float(outgoing.key.rpartition("/")[2]), UTC)
        self.now.late.append((datetime.now(UTC) - due).total_seconds())
        return Sent(outgoing.key)

    async def find(self, outgoing: Outgoing) -> Sent | None:
        """Find nothing."""
        del outgoing
        return None


async def test_a_chat_beside_a_round(durable_url: str, say: Print) -> None:
    """Alone, while a thousand are matched, and while five hundred introductions go out."""
    await asyncio.to_thread(migrate, durable_url)
    store, clock, chat = open_store(durable_url), SystemClock(), Chat()
    parts = assembled(store, clock, WebOptions(b"0" * 32), lambda _platform: "", Random(1))
    parts.runner.senders.update({"chat": chat, "test": RecordingSender("test")})

    @parts.desk.routes.card("bench")
    def _card(_showing: Showing, args: outbox.Args) -> Card:
        return Card(verbatim(f"Q{args['n']}"), (Paragraph(verbatim("What did you try?")),))

    of, by = await store.run(lambda tx: _programme(tx, clock.now()))
    keep_the_loop_free()
    going = [asyncio.create_task(each) for each in (parts.runner.run(), _asks(parts, of.network))]
    await asyncio.sleep(ALONE.total_seconds())
    alone = await _during(chat, lambda: asyncio.sleep(ALONE.total_seconds()))
    solved = await _during(chat, lambda: _tried(parts, of, by))
    sent = await _during(chat, lambda: _committed(parts, of, by))
    for each in going:
        each.cancel()
    await asyncio.wait(going)
    await parts.runner.tools.heavy.close()
    await store.close()
    say(f"\n{durable_url.partition(':')[0]}: a chat's posts beside a round of {TEACHERS:,}")
    say(f"  alone       {alone}\n  worked out  {solved}\n  goes out    {sent}")


async def _during(chat: Chat, what: Callable[[], Awaitable[object]]) -> Lateness:
    chat.now = Lateness()
    with chat.now.watching_the_loop():
        await what()
    return chat.now


async def _asks(parts: Parts, network: int) -> None:
    """Plan a post each twentieth of a second, two seconds ahead, as a chat has its questions planned."""
    number, ahead = 0, timedelta(seconds=2)

    def plan(tx: Tx, now: datetime) -> None:
        for at in range(10):
            due = now + ahead + timedelta(seconds=at * EVERY)
            room, args = Place("chat", "w", f"{number + at}"), {"n": number + at}
            key = f"bench/{due.timestamp():.6f}"
            outbox.Posting(tx, network, room, due).post("bench", args, key=key)

    while True:
        await parts.desk.store.run(lambda tx: plan(tx, datetime.now(UTC)))
        number += 10
        await asyncio.sleep(10 * EVERY)


async def _tried(parts: Parts, of: Programme, by: Person) -> None:
    await parts.desk.store.run(lambda tx: rounds.try_out(tx, of, datetime.now(UTC), by=by))
    await _until(parts, lambda tx: bool(kept.of_programme(tx, of.id, RoundState.DRY)))


async def _committed(parts: Parts, of: Programme, by: Person) -> None:
    def commit(tx: Tx) -> int:
        (dry,) = kept.of_programme(tx, of.id, RoundState.DRY)
        return rounds.commit(tx, parts.desk.directory, dry, datetime.now(UTC), by=by).id

    number = await parts.desk.store.run(commit)
    await _until(parts, lambda tx: kept.introduced_in(tx, number) == TEACHERS // 2)


async def _until(parts: Parts, so: Callable[[Tx], bool]) -> None:
    async with asyncio.timeout(LONGEST_SECONDS):
        while not await parts.desk.store.read(so):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.1)


def _programme(tx: Tx, now: datetime) -> tuple[Programme, Person]:
    """Make a programme that so many teachers of eight subjects take part in."""
    network = members.new_network(tx, "State", "en", "UTC", now)
    for platform in ("chat", "test"):
        members.attach(tx, network.id, platform, "w")
    subjects = ("math", "science", "music", "ela", "history", "physics", "languages", "special")
    people = []
    for number in range(TEACHERS):
        ref = MemberRef("test", "w", f"u{number}")
        person = members.new_member(
            tx, network, ref, f"Teacher {number}", locale="en", now=now, zone="UTC"
        )
        told = Profile(
            subjects=(subjects[number % 8],), grades=(str(number % 12 + 1),),
            district=f"District {number % 60}", quiet=Quiet(None, None),
        )  # fmt: skip
        profiles.save_profile(tx, person.id, told)
        people.append(person)
    schedule = Schedule(("FREQ=WEEKLY;INTERVAL=4",), datetime.combine(now, time(9)), "UTC")
    new = Programme(
        0, network.id, "Two counties", Aim.PEERS, 2, schedule, None, (), other_district=True,
        gap=8, weeks=12, seed=1, next_at=None, made_by=people[0].id,
    )  # fmt: skip
    of = joining.add(tx, new, now, by=people[0])
    for each in people:
        mine = Membership(0, of.id, of.network, each.id, Side.PEER, Wishes(), 2, Named.FREE, now)
        programmes.join(tx, mine)
    return of, people[0]
