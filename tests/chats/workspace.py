"""A workspace with four people, on a clock that a test moves, which keeps what is shown."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from adapters.web.app import WebOptions
from plnbot.app import Parts, assembled
from plnbot.members import store as members
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store
from plnbot.talk.cards import Card
from plnbot.talk.forms import Form
from plnbot.talk.interactions import (
    Answer,
    Command,
    Handed,
    Interaction,
    Joined,
    Opened,
    OpenForm,
    OpenPage,
    Press,
    Reply,
    Submit,
    What,
)
from plnbot.testing import FrozenClock, RecordingSender

TEAM, ROOM = "T0PLN", "C0CHAT"


@dataclass(slots=True)
class Seeded:
    """One workspace in which a scripted chat takes place; it keeps what was shown, by name."""

    store: Store
    clock: FrozenClock
    parts: Parts
    platform: RecordingSender
    shown: dict[str, Card | Form] = field(default_factory=dict)
    pressed: set[str] = field(default_factory=set)
    _keys: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def do(self, user: str, what: What, *, where: Place | None = None) -> Answer:
        """Let somebody do something, in the room or elsewhere, and keep what they see at once."""
        who = MemberRef("slack", TEAM, user)
        given = Interaction(
            f"k{next(self._keys)}",
            who,
            where or Place("slack", TEAM, ROOM),
            what,
            name=user[2:].title(),
            leads=user == "U0MAYA",
        )
        answer = await self.parts.desk.handle(given)
        if isinstance(what, Press):
            self.pressed.add(what.action)
        self._keep(_name_of(what), answer)
        await self.parts.runner.run_all_due()
        return answer

    async def pass_time(self, until: datetime) -> None:
        """Let everything due by then happen at its minute."""
        while self.clock.at < until:
            self.clock.advance(min(timedelta(minutes=1), until - self.clock.at))
            await self.parts.runner.run_all_due()

    def _keep(self, name: str, answer: Answer) -> None:
        match answer:
            case Reply(card=card, more=more):
                self.shown.setdefault(name, card)
                for number, each in enumerate(more, start=2):
                    self.shown.setdefault(f"{name}.{number}", each)
            case OpenForm(form=form):
                self.shown.setdefault(f"form.{form.name}", form)
            case OpenPage(card=card) | Handed(card=card):
                self.shown.setdefault(name, card)
            case _:
                return


def _name_of(what: What) -> str:
    match what:
        case Command(words=words):
            return f"command.{'.'.join(words.split()[:2]) or 'nothing'}"
        case Press(action=action):
            return f"press.{action}"
        case Submit(form=form):
            return f"submit.{form}"
        case Opened(view=view):
            return f"page.{view}"
        case _:
            return f"event.{type(what).__name__.lower()}"


async def seeded(store: Store, clock: FrozenClock) -> Seeded:
    """Return a workspace with its people, before anything is planned."""
    now = clock.now()
    await store.run(
        lambda tx: members.new_network(tx, "Our learning network", "en", "America/New_York", now)
    )
    options = WebOptions(b"0" * 32)
    parts = assembled(store, clock, options, lambda _platform: "", Random(1))
    platform = RecordingSender("slack")
    parts.runner.senders["slack"] = platform
    await parts.desk.settle("slack", TEAM, "Ridgeview Schools")
    made = Seeded(store, clock, parts, platform)
    for user in ("U0MAYA", "U0SAM", "U0PRIYA", "U0LUIS"):
        await made.do(user, Joined())
    return made
