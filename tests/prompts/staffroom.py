"""A staff room that is asked by schedule, on a clock that a test moves."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.engine.ports import Network, Person
from plnbot.members import store as members
from plnbot.prompts import actions
from plnbot.prompts import store as prompts
from plnbot.prompts.model import Occurrence, PromptSchedule, State
from plnbot.prompts.store import NewPrompt, NewRoom, Wish
from plnbot.refs import MemberRef, Place
from plnbot.schedules import Schedule
from plnbot.store.database import Store, Tx
from plnbot.talk.cards import Card, Paragraph
from plnbot.talk.interactions import Answer, Interaction, Joined, What
from plnbot.testing import FrozenClock, RecordingSender

TEAM, ROOM, EASTERN = "T0PLN", Place("slack", "T0PLN", "C0STAFF"), "America/New_York"
MONDAY = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
WEEKLY = Schedule(("FREQ=WEEKLY;BYDAY=MO",), datetime(2026, 11, 23, 15, 45), EASTERN)  # noqa: DTZ001
DAILY = Schedule(("FREQ=DAILY",), datetime(2026, 11, 23, 15, 45), EASTERN)  # noqa: DTZ001
QUESTIONS = tuple(f"What worked in lesson {n}, and how do you know?" for n in range(1, 11))


@dataclass(slots=True)
class Staffroom:
    """One network with an organiser and a bank of ten prompts."""

    store: Store
    clock: FrozenClock
    parts: Parts
    sender: RecordingSender
    organiser: Person
    _keys: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def network(self) -> Network:
        """Whose staff room it is."""
        return self.organiser.network

    async def do(self, user: str, what: What, where: Place = ROOM) -> Answer:
        """Let somebody do something, and what follows from it at once."""
        who = MemberRef("slack", TEAM, user)
        given = Interaction(
            f"k{next(self._keys)}", who, where, what, name=user[2:].title(), leads=user == "U0MAYA"
        )
        answer = await self.parts.desk.handle(given)
        await self.parts.runner.run_all_due()
        return answer

    async def make(
        self,
        schedule: Schedule = WEEKLY,
        *,
        rooms: tuple[NewRoom, ...] = (NewRoom(ROOM, EASTERN),),
        stale_after: timedelta = timedelta(hours=12),
        same_hour: bool = False,
    ) -> PromptSchedule:
        """Set a schedule up that draws from the network's own prompts."""
        wish = Wish("Monday question", schedule, "", stale_after, same_hour=same_hour)
        now = self.clock.now()
        return await self.store.run(
            lambda tx: actions.make(tx, wish, rooms, now, by=self.organiser)
        )

    async def pass_time(self, until: datetime, step: timedelta = timedelta(minutes=15)) -> None:
        """Let everything due by then happen."""
        while self.clock.at < until:
            self.clock.advance(min(step, until - self.clock.at))
            await self.parts.runner.run_all_due()

    async def every(self, asks: PromptSchedule) -> tuple[Occurrence, ...]:
        """Return all occurrences of a schedule, whatever became of them."""
        return await self.store.read(lambda tx: prompts.occurrences_of(tx, asks.id, tuple(State)))

    def asked(self, channel: str = ROOM.channel) -> list[str]:
        """Return what a room was asked, in order."""
        return [
            _words(each.card)
            for each in self.sender.sent
            if each.key.startswith("prompt/") and each.to == Place("slack", TEAM, channel)
            if not each.edits
        ]


def _words(card: Card) -> str:
    said = (each.text.bare() for each in card.blocks if isinstance(each, Paragraph))
    return "\n".join(said)


async def staffroom(store: Store, clock: FrozenClock) -> Staffroom:
    """Return a staff room on a Monday at noon, before anything is planned."""
    now = clock.now()
    await store.run(lambda tx: members.new_network(tx, "Ridgeview", "en", EASTERN, now))
    parts = assembled(store, clock, WebOptions(b"0" * 32), lambda _platform: "", Random(1))
    sender = RecordingSender("slack")
    parts.runner.senders["slack"] = sender
    await parts.desk.settle("slack", TEAM, "Ridgeview Schools")
    who = MemberRef("slack", TEAM, "U0MAYA")
    joined = Interaction("k0", who, ROOM, Joined(), name="Maya", leads=True)
    await parts.desk.handle(joined)

    def begin(tx: Tx) -> Person:
        found = parts.desk.directory.known(tx, who)
        assert found is not None
        for words in QUESTIONS:
            prompts.add_prompt(tx, found.network.id, NewPrompt({"en": words}), now)
        return found

    return Staffroom(store, clock, parts, sender, await store.run(begin))
