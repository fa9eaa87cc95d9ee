"""A district's report over a million activities: made from tallies that are kept current as they come."""

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import func, insert, select

from plnbot.activities.store import activity
from plnbot.insight.actions.freezing import cells_of, freeze
from plnbot.insight.actions.keeping_current import BATCH, read_on
from plnbot.insight.model import DistrictMonth, Month, Report
from plnbot.insight.store import reports
from plnbot.insight.store.tables import mark, tally
from plnbot.members.actions import Members
from plnbot.members.model import Organisation, OrganisationKind
from plnbot.members.store import account, member, network, organisations, workspace
from plnbot.packs.frameworks import skills
from plnbot.singling_out import FEWEST
from plnbot.store.database import Store, Tx
from plnbot.store.opening import open_store
from tests.bench.conftest import Print, percentile

pytestmark = pytest.mark.bench
ACTIVITIES, MEMBERS, MONTHS, AT_ONCE = 1_000_000, 10_000, 10, 10_000
BEGAN = datetime(2026, 1, 2, tzinfo=UTC)
LATER = datetime(2027, 1, 2, tzinfo=UTC)
KINDS = ("chat", "prompt", "reading", "peers", "edcamp", "sharing")


def rows(rng: Random) -> Iterator[Mapping[str, object]]:
    """Yield a million activities of ten thousand members over ten months."""
    known = list(skills())
    for number in range(ACTIVITIES):
        started = BEGAN + timedelta(days=rng.randrange(MONTHS * 30), minutes=rng.randrange(900))
        yield {
            "network_id": 1, "member_id": 1 + number % MEMBERS, "kind": rng.choice(KINDS),
            "role": "attended", "title": "What works", "started": started,
            "ended": started + timedelta(minutes=30), "minutes": rng.randrange(31), "in_person": False,
            "topics": ["math"] if number % 3 else ["science"], "skills": [known[number % 8]],
            "source_ref": f"chat:{number}", "evidence": {}, "rehearsal": False, "revision": 1,
            "written_at": started,
        }  # fmt: skip


async def filled(store: Store) -> int:
    """Fill a district; return its number."""

    def people(tx: Tx) -> int:
        tx.execute(
            insert(network).values(name="N", locale="en", zone="America/New_York", created_at=BEGAN, off="")
        )  # fmt: skip
        new = Organisation(0, 1, OrganisationKind.DISTRICT, "Lincoln", "Ohio", settled=True)
        made = organisations.add(tx, new, BEGAN)
        assert made is not None
        for start in range(0, MEMBERS, AT_ONCE):
            tx.execute(insert(member), [
                {"network_id": 1, "name": f"T{n}", "folded": f"t{n}", "locale": "en", "zone": "UTC",
                 "profile": {}, "created_at": BEGAN, "district_id": made.id}
                for n in range(start, start + AT_ONCE)
            ])  # fmt: skip
        tx.execute(insert(account), [
            {"platform": "test", "workspace": "w", "user": str(n), "member_id": n, "left_at": None}
            for n in range(1, MEMBERS + 1)
        ])  # fmt: skip
        tx.execute(insert(workspace).values(platform="test", workspace="w", network_id=1))
        return made.id

    number = await store.run(people)
    batch: list[Mapping[str, object]] = []
    for row in rows(Random(23)):
        batch.append(row)
        if len(batch) == AT_ONCE:
            written = list(batch)
            await store.run(lambda tx, w=written: tx.execute(insert(activity), w).close())  # type: ignore[misc]
            batch.clear()
    return number


async def test_the_report_of_a_district_over_a_million_activities(
    durable_url: str, say: Print
) -> None:
    """Two seconds at most, without a pass over what was done; and how long a unit of keeping current takes."""
    store = open_store(durable_url)
    district = await filled(store)
    units: list[float] = []
    more, began = True, time.perf_counter()
    while more:
        at = time.perf_counter()
        more = await store.run(lambda tx: read_on(tx, Members(), LATER))
        units.append(time.perf_counter() - at)
    current = time.perf_counter() - began
    june = Month(2026, 6)

    def made(tx: Tx) -> None:
        freeze(tx, Members(), DistrictMonth(1, district, june), LATER)

    began, processed = time.perf_counter(), time.process_time()
    await store.run(made)
    took, processed = time.perf_counter() - began, time.process_time() - processed
    began = time.perf_counter()
    (report,) = await store.read(lambda tx: reports.of_district(tx, 1, district, june))
    opened = time.perf_counter() - began
    say(
        f"\n{durable_url.partition(':')[0]}: {ACTIVITIES:,} activities of {MEMBERS:,} people kept current at"
        f" {ACTIVITIES / current:,.0f} a second, {BATCH} a unit: p50 {percentile(units, 0.5) * 1000:.0f},"
        f" p99 {percentile(units, 0.99) * 1000:.0f} ms\n  a district's report is made in {took:.2f} s ({processed:.2f} of the"
        " processor)"
        f" and read in {opened * 1000:.1f} ms; it has {len(report.cells)} lines"
    )
    await exact(store, district, june)
    await store.close()
    # Of the processor: what else is at work on this machine does not count.
    assert processed <= 2
    assert report.whole is not None


async def exact(store: Store, district: int, month: Month) -> None:
    """Compare with a full pass: tallies hold what was done, and the report its bands."""

    def compared(tx: Tx) -> None:
        done = tx.execute(select(func.count()).select_from(activity)).scalar_one()
        counted = tx.execute(select(func.sum(tally.c.many)).where(tally.c.report == "kind"))
        assert counted.scalar_one() == done == ACTIVITIES
        assert tx.execute(select(mark.c.upto)).scalar_one() >= ACTIVITIES
        cells = cells_of(tx, Members(), DistrictMonth(1, district, month))
        assert {each.people % FEWEST for each in cells} == {0}
        assert sum(each.report is Report.KIND for each in cells) == len(KINDS)

    await store.read(compared)
