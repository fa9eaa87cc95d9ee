"""The table of activities on both databases: once, never changed, superseded, theirs alone."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from plnbot.activities.model import Done, Role
from plnbot.activities.personal import PERSONAL
from plnbot.activities.store import (
    Activity,
    activities_of,
    correct,
    get_activity,
    write,
)
from plnbot.engine.personal import Erasure, Whose
from plnbot.engine.rehearsing import set_rehearsal
from plnbot.errors import Refused
from plnbot.members import store as members
from plnbot.refs import MemberRef
from plnbot.store.database import Store, Tx

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
async def two(store: Store) -> tuple[int, int]:
    """Return the numbers of two members of one network."""

    def make(tx: Tx) -> tuple[int, int]:
        network = members.new_network(tx, "N", "en", "UTC", NOW)
        made = [
            members.new_member(
                tx, network, MemberRef("test", "w", name), name, locale="en", now=NOW
            )
            for name in ("ana", "bo")
        ]
        return made[0].id, made[1].id

    return await store.run(make)


def done(member: int, source: str = "chat:1", **other: object) -> Done:
    """Return an hour in a chat."""
    whole: dict[str, object] = {
        "network": 1,
        "member": member,
        "kind": "chat",
        "role": Role.ATTENDED,
        "title": "Feedback",
        "started": NOW - timedelta(hours=1),
        "ended": NOW,
        "minutes": 60,
        "source": source,
        "in_person": True,
        "topics": ("science",),
        "skills": ("collaboration",),
        "evidence": {"answers": 5},
    }
    return Done(**{**whole, **other})  # type: ignore[arg-type] # the fields of Done, by name


async def theirs(store: Store, member: int) -> tuple[Activity, ...]:
    """Return what stands of a member."""
    return await store.read(lambda tx: activities_of(tx, member, 50))


async def test_all_of_it_comes_back(store: Store, two: tuple[int, int]) -> None:
    """What was written is what is read, field by field, and nobody else's."""
    ana, bo = two
    assert await store.run(lambda tx: write(tx, [done(ana)], NOW)) == 1
    (found,) = await theirs(store, ana)
    assert (found.done, found.rehearsal, found.revision) == (done(ana), False, 1)
    assert found.written_at == NOW
    assert await theirs(store, bo) == ()
    assert await store.read(lambda tx: get_activity(tx, found.id)) == found


async def test_once_however_often(store: Store, two: tuple[int, int]) -> None:
    """The same end again, also with other figures and at the same time, writes nothing."""
    ana, bo = two
    other = done(ana, minutes=5)
    ends = [[done(ana)], [done(ana), done(bo)], [other, done(bo)]] * 4
    written = await asyncio.gather(
        *(store.run(lambda tx, end=end: write(tx, end, NOW)) for end in ends)  # type: ignore[misc]
    )
    assert sum(written) == 2
    assert len(await theirs(store, ana)) == len(await theirs(store, bo)) == 1
    assert await store.run(lambda tx: write(tx, [done(ana, "chat:2")], NOW)) == 1


async def test_a_correction_supersedes(store: Store, two: tuple[int, int]) -> None:
    """The new row stands, the old one is still there, and the end of the chat changes neither."""
    ana, _bo = two
    await store.run(lambda tx: write(tx, [done(ana)], NOW))
    (first,) = await theirs(store, ana)
    right = replace(done(ana), minutes=45)
    made = await store.run(lambda tx: correct(tx, first, right, NOW))
    await store.run(lambda tx: write(tx, [done(ana)], NOW))
    (second,) = await theirs(store, ana)
    assert (second.id, second.done, second.revision) == (made, right, 2)
    assert await store.read(lambda tx: get_activity(tx, first.id)) is None
    whose = Whose(ana, 1, NOW, (), "Former member")
    exported = await store.read(lambda tx: PERSONAL.holdings[0].export(tx, whose))
    assert Counter(each["minutes"] for each in exported) == {60: 1, 45: 1}


async def test_of_two_corrections_one_stands(store: Store, two: tuple[int, int]) -> None:
    """Who corrects what somebody else has corrected meanwhile is told, and nothing is lost."""
    ana, bo = two
    await store.run(lambda tx: write(tx, [done(ana)], NOW))
    (first,) = await theirs(store, ana)
    tries = [
        store.run(lambda tx, n=n: correct(tx, first, replace(done(ana), minutes=n), NOW))  # type: ignore[misc]
        for n in range(5)
    ]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, int) for each in outcomes) == 1
    assert sum(isinstance(each, Refused) for each in outcomes) == 4
    with pytest.raises(ValueError, match="same member"):
        await store.run(lambda tx: correct(tx, first, done(bo), NOW))


async def test_a_rehearsal_marks_itself(store: Store, two: tuple[int, int]) -> None:
    """Who writes does not say whether it was real: the database knows."""
    ana, _bo = two
    await store.run(lambda tx: set_rehearsal(tx, 60, NOW, NOW))
    await store.run(lambda tx: write(tx, [done(ana)], NOW))
    (found,) = await theirs(store, ana)
    assert found.rehearsal


async def test_paged_newest_first(store: Store, two: tuple[int, int]) -> None:
    """Page by page everything comes once, also what began at the same instant."""
    ana, _bo = two
    wanted = [
        done(
            ana,
            f"chat:{number}",
            started=NOW - timedelta(hours=number // 3),
            minutes=None,
        )
        for number in range(20)
    ]
    await store.run(lambda tx: write(tx, wanted, NOW))
    seen: list[Activity] = []
    while True:
        before = seen[-1] if seen else None
        page = await store.read(lambda tx, b=before: activities_of(tx, ana, 6, before=b))  # type: ignore[misc]
        if not page:
            break
        seen += page
    assert len({each.id for each in seen}) == len(seen) == 20
    assert [each.done.started for each in seen] == sorted(
        (each.started for each in wanted), reverse=True
    )


async def test_gone_with_an_erasure(store: Store, two: tuple[int, int]) -> None:
    """Theirs goes, corrections too; others' stays; a second erasure finds nothing."""
    ana, bo = two
    await store.run(lambda tx: write(tx, [done(ana), done(bo)], NOW))
    (first,) = await theirs(store, ana)
    await store.run(lambda tx: correct(tx, first, replace(done(ana), minutes=1), NOW))
    erasure = Erasure(Whose(ana, 1, NOW, (), "Former member"), NOW, ["answers"])
    (holding,) = PERSONAL.holdings
    for _again in range(2):
        await store.run(lambda tx: holding.erase(tx, erasure))
    assert await store.read(lambda tx: holding.export(tx, erasure.whose)) == []
    assert len(await theirs(store, bo)) == 1
