"""A school whose teachers send hours in, on a clock that a test moves."""

import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from adapters.web.app import WebOptions
from plnbot.activities import store as activities
from plnbot.activities.model import Done
from plnbot.activities.model import Role as Part
from plnbot.app import Parts, assembled
from plnbot.credit.store import ledger
from plnbot.credit.store.ledger import Stands
from plnbot.engine import roles
from plnbot.engine.ports import Person
from plnbot.engine.roles import Grant, Role
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store, Tx
from plnbot.talk.cards import Button, Card, Select
from plnbot.talk.interactions import Answer, Command, Interaction, Reply, Submit, What
from plnbot.talk.plain import card_as_text
from plnbot.testing import FrozenClock, RecordingSender

TEAM = "T0PLN"
ROOM = Place("slack", TEAM, "C0STAFF")
MAYA, LEE, SAM, PRIYA = "U0MAYA", "U0LEE", "U0SAM", "U0PRIYA"
LOG = {"title": "Fractions workshop", "day": "2026-11-20", "minutes": "90", "what_kind": "workshop"}


@dataclass(slots=True)
class School:
    """One network: Maya administers, Lee approves, Sam and Priya teach."""

    store: Store
    clock: FrozenClock
    parts: Parts
    sender: RecordingSender
    _keys: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def do(self, user: str, what: What) -> Answer:
        """Let somebody do something, and what follows from it at once."""
        who = MemberRef("slack", TEAM, user)
        name = user[2:].title()
        given = Interaction(f"k{next(self._keys)}", who, ROOM, what, name=name, leads=user == MAYA)
        answer = await self.parts.desk.handle(given)
        await self.parts.runner.run_all_due()
        return answer

    async def card(self, user: str, what: What) -> Card:
        """Return the card that somebody gets."""
        answer = await self.do(user, what)
        assert isinstance(answer, Reply), answer
        return answer.card

    async def person(self, user: str) -> Person:
        """Return who somebody is."""
        found = await self.parts.desk.person(MemberRef("slack", TEAM, user))
        assert found is not None
        return found

    async def logs(self, user: str = SAM, **values: str) -> int:
        """Let somebody log hours; return the number of the entry."""
        await self.card(user, Submit("credit.log", {**LOG, **values}))
        return (await self.entries(user))[0].entry.id

    async def entries(self, user: str = SAM) -> list[Stands]:
        """Return what somebody sent in, the latest first."""
        person = await self.person(user)
        found = await self.store.read(lambda tx: ledger.of_member(tx, person.id))
        return sorted(found, key=lambda each: -each.entry.id)

    async def gives(self, user: str, role: Role, scope: str = "") -> None:
        """Give somebody a role."""
        person, now = await self.person(user), self.clock.now()
        given = Grant(role, scope)
        await self.store.run(
            lambda tx: roles.grant(tx, person.network.id, person.id, given, by=None, now=now)
        )

    async def did(
        self,
        user: str = SAM,
        title: str = "Chat on fractions",
        minutes: int | None = 48,
        source: str = "chat:7",
    ) -> int:
        """Write down that somebody did something an hour ago; return the number of the activity."""
        person, now = await self.person(user), self.clock.now()
        started = now - timedelta(minutes=60)
        done = Done(
            person.network.id,
            person.id,
            source.partition(":")[0],
            Part.ATTENDED,
            title,
            started,
            started + timedelta(minutes=minutes or 0),
            minutes,
            source,
        )

        def write(tx: Tx) -> int:
            activities.write(tx, [done], now)
            return activities.activities_of(tx, person.id, 1)[0].id

        return await self.store.run(write)


async def school_of(store: Store, clock: FrozenClock) -> School:
    """Return a school in which everybody has come in."""
    parts = assembled(
        store, clock, WebOptions(b"0" * 32), lambda _platform: "https://pln.example.org", Random(1)
    )
    sender = RecordingSender("slack")
    parts.runner.senders["slack"] = sender
    await parts.desk.settle("slack", TEAM, "Ridgeview")
    made = School(store, clock, parts, sender)
    for user in (MAYA, LEE, SAM, PRIYA):
        await made.do(user, Command("home"))
    await made.gives(LEE, Role.APPROVER)
    return made


def words(card: Card) -> str:
    """Return everything that a card says."""
    return card_as_text(card, "America/New_York", "en")


def labels(card: Card) -> list[str]:
    """Return what can be pressed on a card."""
    items = [item for block in card.blocks if hasattr(block, "items") for item in block.items]
    return [each.label.bare() for each in items]


def row_behind(card: Card, label: str) -> str:
    """Return the row of a button, or of the first option of a select."""
    for block in card.blocks:
        for item in getattr(block, "items", ()):
            if item.label.bare() == label and isinstance(item, Button):
                return item.row
            if item.label.bare() == label and isinstance(item, Select):
                return item.options[0].value
    raise AssertionError(f"no {label} among {labels(card)}")
