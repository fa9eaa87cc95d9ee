"""What is known of who may look where: asked of platforms, kept for minutes, and what is not known is a no."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field, replace

import pytest

from plnbot.engine import looking
from plnbot.engine.looking import HOLDS_SECONDS, UNANSWERED_SECONDS, Looks, NotKnownError
from plnbot.engine.ports.looking import Look
from plnbot.errors import Unavailable
from plnbot.refs import MemberRef, Place
from plnbot.store.database import Store

HALL, OFFICE = Place("test", "w", "hall"), Place("test", "w", "office")
ANA, BO = MemberRef("test", "w", "ana"), MemberRef("test", "w", "bo")


@dataclass
class Platform:
    """A platform with a hall for all and an office in which Ana is; `away` answers nothing."""

    inside: set[str] = field(default_factory=lambda: {"ana"})
    members: set[str] = field(default_factory=lambda: {"ana", "bo"})
    closed: set[str] = field(default_factory=lambda: {"office"})
    away: bool = False
    silent: bool = False
    asked: int = 0

    async def room(self, place: Place, user: str) -> Look:
        """Say who may look into a room."""
        await self._answers()
        if place.channel not in self.closed:
            return Look.EVERYBODY
        return Look.INSIDE if user in self.inside else Look.OUTSIDE

    async def there(self, who: MemberRef) -> bool:
        """Say whether an account is in its workspace."""
        await self._answers()
        return who.user in self.members

    async def _answers(self) -> None:
        self.asked += 1
        if self.silent:
            await asyncio.sleep(60)
        if self.away:
            raise Unavailable("away")


@dataclass
class Known:
    """What is known, and a clock of seconds that is moved."""

    looks: Looks
    platform: Platform
    now: float = 0.0

    async def unseen(self, *who: MemberRef, looks: Looks | None = None) -> Collection[str]:
        """Return the channels into which none of these may look."""
        these = looks or self.looks
        store = these.store
        found = await these.asking(
            lambda: store.read(lambda tx: these.unseen(tx, [HALL, OFFICE], who))
        )
        return {each.channel for each in found}


@pytest.fixture
def known(store: Store) -> Known:
    """Return what is known of a platform that is connected just now."""
    made = Known(Looks(store), Platform())
    made.looks.seconds = lambda: made.now
    made.looks.asked_of("test", made.platform.room, made.platform.there)
    return made


async def test_what_is_asked_once_holds_for_minutes(known: Known) -> None:
    """Of a closed room each account is asked; then what the platform says anew counts."""
    assert await known.unseen(ANA) == set()
    assert await known.unseen(BO) == {"office"}
    assert await known.unseen(BO, ANA) == set(), "one of somebody's accounts is enough"
    assert await known.unseen(MemberRef("test", "elsewhere", "ana")) == {"office"}
    assert await known.unseen() == {"office"}
    asked, known.platform.inside = known.platform.asked, {"bo"}
    assert await known.unseen(BO) == {"office"}
    assert known.platform.asked == asked
    known.now += HOLDS_SECONDS
    assert await known.unseen(BO) == set()
    assert await known.unseen(ANA) == {"office"}


async def test_a_platform_that_is_away_closes_no_open_room(known: Known, store: Store) -> None:
    """Nor does it open a closed one, also in a process that has asked nothing yet."""
    await known.unseen(ANA)
    known.platform.away = True
    fresh = Looks(store, lambda: known.now)
    fresh.asked_of("test", known.platform.room, known.platform.there)
    assert await known.unseen(ANA, looks=fresh) == {"office"}
    known.platform.away = False
    assert await known.unseen(ANA, looks=fresh) == {"office"}, "a no holds for a moment"
    known.now += UNANSWERED_SECONDS
    assert await known.unseen(ANA, looks=fresh) == set()


async def test_a_room_of_which_nothing_is_known_is_closed(known: Known) -> None:
    """Where the platform does not say, in time or at all."""
    known.platform.away = True
    assert await known.unseen(ANA) == {"hall", "office"}


async def test_nobody_waits_long(known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform that is silent has no more time than those who wait for an answer."""
    monkeypatch.setattr(looking, "_WAITS_SECONDS", 0.05)
    known.platform.silent = True
    async with asyncio.timeout(5):
        assert await known.unseen(ANA) == {"hall", "office"}
        assert await known.looks.is_there(ANA), "who cannot be asked about is there"


async def test_where_nobody_can_be_asked_what_was_said_last_counts(
    known: Known, store: Store
) -> None:
    """A platform that is no longer connected leaves its open rooms open and its closed ones closed."""
    await known.unseen(ANA)
    assert await known.unseen(ANA, looks=Looks(store)) == {"office"}


async def test_work_asks_nothing(known: Known, store: Store) -> None:
    """Its transactions run once: what is known counts, and what is not is a no."""
    work = replace(known.looks, asks=False)
    assert await known.unseen(ANA, looks=work) == {"hall", "office"}
    with pytest.raises(NotKnownError):
        await store.read(lambda tx: known.looks.unseen(tx, [OFFICE], [ANA]))
    await known.unseen(ANA)
    assert await known.unseen(ANA, looks=work) == set()
    assert await known.unseen(BO, looks=work) == {"office"}


async def test_who_is_in_a_workspace(known: Known) -> None:
    """Asked every few minutes, and at once where somebody is said to have left."""
    assert await known.looks.is_there(BO)
    known.platform.members.clear()
    assert await known.looks.is_there(BO)
    known.looks.forget(BO)
    assert not await known.looks.is_there(BO)
    assert await known.looks.is_there(MemberRef("web", "lobby", "bo")), "nobody to ask"
