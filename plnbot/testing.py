"""Shipped fakes for what cannot be real in most tests: clock, chance, sending, fetching, children.

They keep the contracts of the ports they stand for and are tested like the real ones.
"""

import importlib
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta

from plnbot.engine.heavy import USUAL, HeavyError, Limits, Plain, Told
from plnbot.engine.ports import Delivery, Outgoing, Sent, Unknown
from plnbot.engine.ports.spaces import Alone, NotOpened, Opened, SeenBy, Together
from plnbot.fetching import Fetched, Unreachable, Why
from plnbot.refs import MemberRef, Place
from plnbot.talk.words import msg
from plnbot.values import dataclass


@dataclass(slots=True)
class FrozenClock:
    """A clock that stands still until it is moved."""

    at: datetime

    def now(self) -> datetime:
        """Return the instant it shows."""
        return self.at

    def real_seconds_until(self, instant: datetime) -> float:
        """Return the seconds from the instant it shows."""
        return (instant - self.at).total_seconds()

    def passing(self, real: timedelta) -> timedelta:
        """Return the same length."""
        return real

    def real(self, shown: datetime) -> datetime:
        """Return the same instant."""
        return shown

    def shown(self, real: datetime) -> datetime:
        """Return the same instant."""
        return real

    def advance(self, by: timedelta) -> datetime:
        """Move on and return the new instant."""
        self.at = (self.at + by).astimezone(UTC)
        return self.at


def seeded_random(seed: int = 1) -> random.Random:
    """Return chance that repeats."""
    return random.Random(seed)  # noqa: S311 - repeatable on purpose, not for secrets


@dataclass(slots=True)
class RecordingSender:
    """A platform that keeps what it is sent. `answer` may make it fail; it de-duplicates by key."""

    platform: str = "test"
    answer: Callable[[Outgoing], Delivery | None] = lambda _outgoing: None
    sent: list[Outgoing] = field(default_factory=list)
    finds: bool = True
    settles: timedelta = timedelta()
    _refs: dict[str, str] = field(default_factory=dict)

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Keep it, unless `answer` says otherwise."""
        instead = self.answer(outgoing)
        if instead is not None:
            return instead
        if outgoing.edits:
            self.sent.append(outgoing)
            return Sent(outgoing.edits)
        if outgoing.key not in self._refs:
            self._refs[outgoing.key] = f"m{len(self._refs) + 1}"
            self.sent.append(outgoing)
        return Sent(self._refs[outgoing.key])

    async def find(self, outgoing: Outgoing) -> Sent | Unknown | None:
        """Return where it stands, if it arrived."""
        ref = self._refs.get(outgoing.key)
        return Sent(ref) if ref else None


@dataclass(slots=True)
class StubSpaces:
    """A platform that makes places at once. `refuses` is why it makes none for several, `ends` for one.

    With `below`, words at an end count below its first card alone, as in direct messages of Slack; with
    `asks`, only who may be written to directly has one. `asked` counts what was asked for, and `failing`
    may raise before anything is answered, once it was made.
    """

    platform: str
    below: bool = False
    asks: bool = False
    refuses: str = ""
    ends: str = ""
    made: dict[str, Place] = field(default_factory=dict)
    asked: list[Together | Alone] = field(default_factory=list)
    closed: list[Place] = field(default_factory=list)
    out: list[tuple[Place, MemberRef]] = field(default_factory=list)
    failing: Callable[[], None] = lambda: None

    async def together(self, wanted: Together) -> Opened | NotOpened:
        """Make a channel, the same for the same key."""
        self.asked.append(wanted)
        if self.refuses:
            return NotOpened(self.refuses)
        place = Place(self.platform, wanted.workspace, f"G{len(self.made) + 1}")
        place = self.made.setdefault(wanted.key, place)
        self.failing()
        return Opened(place, SeenBy.MEMBERS)

    async def alone(self, wanted: Alone) -> Opened | NotOpened:
        """Find somebody's direct messages."""
        self.asked.append(wanted)
        if self.ends or (self.asks and not wanted.directly):
            return NotOpened(self.ends or "They did not ask to be written to directly.")
        place = Place(self.platform, wanted.workspace, f"D-{wanted.who.user}")
        self.made[wanted.key] = place
        self.failing()
        return Opened(place, SeenBy.MEMBERS, direct=not self.below, below=self.below)

    async def close(self, place: Place, accounts: tuple[MemberRef, ...]) -> bool:
        """Note that it is closed."""
        del accounts
        self.closed.append(place)
        return True

    async def let_out(self, place: Place, who: MemberRef) -> bool:
        """Note who is out of it."""
        self.out.append((place, who))
        return True


@dataclass(slots=True)
class StubFetcher:
    """A web of a few pages. An address that is not among `pages` cannot be reached.

    A page may be an error, which is raised. `asked` keeps what was asked for, with its headers.
    """

    pages: dict[str, Fetched | Exception] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    async def fetch(
        self, address: str, headers: Mapping[str, str] | None = None, *, first: int | None = None
    ) -> Fetched:
        """Return the page that stands there, cut where only the first of it is asked for."""
        self.asked.append((address, dict(headers or {})))
        page = self.pages.get(
            address, Unreachable(Why.NAME, msg("Nothing can be read from the web here."))
        )
        if isinstance(page, Exception):
            raise page
        page = replace(page, address=page.address or address)
        if first is not None and len(page.body) > first:
            page = replace(page, body=page.body[:first], whole=False)
        return page

    async def close(self) -> None:
        """Let go of nothing."""


@dataclass(slots=True)
class HeavyHere:
    """Heavy work done in this process, at once. `fails` makes a function end otherwise.

    What goes in and comes out has been JSON, as it has from a real child. Limits are not kept.
    """

    fails: dict[str, HeavyError] = field(default_factory=dict)
    ran: list[tuple[str, Plain, Limits]] = field(default_factory=list)

    async def run(
        self, function: str, given: Plain, limits: Limits = USUAL, told: Told | None = None
    ) -> Plain:
        """Return what the function makes."""
        self.ran.append((function, given, limits))
        if function in self.fails:
            raise self.fails[function]
        module, _, name = function.partition(":")
        tell = told or (lambda _said: None)
        try:
            called = getattr(importlib.import_module(module), name)
            made: Plain = json.loads(json.dumps(called(json.loads(json.dumps(given)), tell)))
        except Exception as error:
            raise HeavyError(f"it failed with {type(error).__name__}") from error
        return made

    async def close(self) -> None:
        """Let go of nothing."""
