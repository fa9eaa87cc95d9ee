"""The library as it is kept, on both databases: what is found, counted, corrected, erased and expires."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TypeVar

import pytest

from adapters.web.app import WebOptions
from plnbot.activities import store as activities
from plnbot.app import Parts, assembled
from plnbot.engine.personal import Erasure, Whose
from plnbot.engine.ports import Person
from plnbot.members import store as members
from plnbot.reading.actions import catalogue, finding, keeping
from plnbot.reading.actions.keeping import Took
from plnbot.reading.coming import on_offer
from plnbot.reading.library_personal import HOLDINGS
from plnbot.reading.model.things import REPORTS_TO_HIDE, About, EntryKind, Thing, ThingKind, Worth
from plnbot.reading.store import shelf, things
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx
from plnbot.testing import FrozenClock

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
Found = TypeVar("Found")


@dataclass(slots=True)
class Library:
    """A network of a few members, and another one beside it."""

    store: Store
    parts: Parts
    people: tuple[Person, ...]
    stranger: Person

    async def run(self, unit: Callable[[Tx], Found]) -> Found:
        """Do something in one unit."""
        return await self.store.run(unit)

    async def listed(self, title: str, by: Person | None = None, **about: object) -> Worth:
        """List something, and return it."""
        said = About(**{"kind": EntryKind.VIDEO, "title": title, **about})  # type: ignore[arg-type] # plain
        link = f"https://example.org/{title.lower().replace(' ', '-')}"
        who = by or self.people[0]

        def add(tx: Tx) -> Worth:
            entry = catalogue.add(tx, link, said, NOW, by=who)
            found = things.get(tx, who.network.id, Thing(ThingKind.ENTRY, entry.id))
            assert found is not None
            return found

        return await self.store.run(add)

    async def find(self, words: str, now: datetime = NOW, who: Person | None = None) -> list[str]:
        """Return the titles of what somebody finds."""
        network = (who or self.people[0]).network.id
        found = await self.store.read(lambda tx: finding.find(tx, network, words, now))
        return [each.title for each in found.worths]


@pytest.fixture
async def library(store: Store, clock: FrozenClock) -> Library:
    """Return two networks."""
    parts = assembled(store, clock, WebOptions(b"0" * 32), lambda _: "", Random(1))

    def make(tx: Tx) -> tuple[tuple[Person, ...], Person]:
        networks = [members.new_network(tx, name, "en", "America/New_York", NOW) for name in "ab"]
        made = [
            members.new_member(
                tx, network, MemberRef("web", network.name, name), name, locale="en", now=NOW
            )
            for network, names in zip(networks, (["ana", "bo", "cy", "di"], ["eve"]), strict=True)
            for name in names
        ]
        return tuple(made[:4]), made[4]

    people, stranger = await store.run(make)
    return Library(store, parts, people, stranger)


async def test_a_network_finds_its_own_alone(library: Library) -> None:
    """Nothing of another one, whatever is asked; a thing of theirs has no worth here."""
    theirs = await library.listed("Fractions of theirs", by=library.stranger)
    await library.listed("Fractions of ours")
    assert await library.find("fractions") == ["Fractions of ours"]
    assert await library.find("fractions theirs") == ["Fractions of ours"]
    mine = library.people[0].network.id
    assert await library.run(lambda tx: things.get(tx, mine, theirs.thing)) is None


async def test_what_is_over_goes_by_itself(library: Library) -> None:
    """A webinar is there until it is over, for search, for offers and for the catalogue alike."""
    begins = NOW + timedelta(days=2)
    await library.listed("Live webinar", begins=begins, minutes=45, kind=EntryKind.WEBINAR)
    network = library.people[0].network.id
    for at, there in (
        (begins + timedelta(minutes=44), True),
        (begins + timedelta(minutes=45), False),
    ):
        assert bool(await library.find("webinar", at)) is there
    offered = await library.run(lambda tx: on_offer(tx, network, NOW))
    assert [(each.kind, each.at, each.minutes) for each in offered] == [("webinar", begins, 45)]
    assert not await library.run(lambda tx: on_offer(tx, network, begins + timedelta(days=1)))


async def test_a_link_that_is_listed_twice_is_one_entry(library: Library) -> None:
    """The later words stand; taken out, it is not found; put back, it is."""
    first = await library.listed("Same page", note="Once.")
    again = await library.listed("Same page", note="Twice.")
    assert again.thing == first.thing
    assert again.note == "Twice."
    ana = library.people[0]
    await library.run(lambda tx: keeping.take_out(tx, first.thing, NOW, by=ana))
    assert await library.find("same page") == []


async def test_done_is_one_activity_that_can_be_corrected(library: Library) -> None:
    """Without a sentence it is only ticked off; with one it counts; another one corrects it."""
    bo, worth = library.people[1], await library.listed("Exit tickets", minutes=12)
    for took, expected in (
        (Took(), []),
        (Took("One question.", 12), [12]),
        (Took("One question.", 12), [12]),
        (Took("One question, not five.", 20), [20]),
    ):
        await library.run(lambda tx, took=took: keeping.finish(tx, bo, worth, took, NOW))  # type: ignore[misc]
        done = await library.run(lambda tx: activities.activities_of(tx, bo.id))
        assert [each.done.minutes for each in done] == expected
    kept = await library.run(lambda tx: shelf.get(tx, bo.id, worth.thing))
    assert kept
    assert kept.sentence == "One question, not five."


async def test_use_is_counted_once_a_member_and_gone_with_them(library: Library) -> None:
    """Pressing again counts nothing; taking it back and an erasure count down, in search too."""
    twin, worth = await library.listed("Number talks two"), await library.listed("Number talks one")
    ana, bo, *_ = library.people
    for who in (ana, bo, bo):
        await library.run(lambda tx, who=who: keeping.use(tx, who, twin, NOW))  # type: ignore[misc]
    assert await library.find("number talks") == [twin.title, worth.title]
    seen = await library.run(lambda tx: things.get(tx, ana.network.id, twin.thing))
    assert seen
    assert seen.used == 2
    whose = Whose(bo.id, bo.network.id, NOW, (bo.ref,), "Former member")
    for _ in range(2):
        for each in HOLDINGS:
            await library.run(lambda tx, each=each: each.erase(tx, Erasure(whose, NOW)))  # type: ignore[misc]
        assert await library.run(lambda tx: things.times_used(tx, twin.thing)) == 1
    await library.run(lambda tx: keeping.use(tx, ana, twin, NOW, used=False))
    assert await library.run(lambda tx: things.times_used(tx, twin.thing)) == 0


async def test_a_dead_link_is_offered_no_more_once_several_say_so(library: Library) -> None:
    """Each counts once; until a curator has looked it is found by nobody, and then again."""
    worth = await library.listed("Gone page")
    directory = library.parts.runner.tools.directory
    for many, who in enumerate(library.people, 1):
        for _ in range(2):
            await library.run(lambda tx, who=who: keeping.report(tx, who, worth, NOW, directory))  # type: ignore[misc]
        assert bool(await library.find("gone page")) is (many < REPORTS_TO_HIDE)
    await library.run(lambda tx: keeping.still_there(tx, worth.thing))
    assert await library.find("gone page") == ["Gone page"]
