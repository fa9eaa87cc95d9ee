"""A district that a test fills with teachers and months, through the same engine as everything else."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from plnbot.activities.model import Done, Role
from plnbot.activities.store import write
from plnbot.engine import roles
from plnbot.engine.roles import Grant
from plnbot.engine.roles import Role as Office
from plnbot.insight.model import Month
from plnbot.insight.store import reports
from plnbot.insight.store.reports import Frozen
from plnbot.members import store as members
from plnbot.members.model import Organisation, OrganisationKind
from plnbot.members.store import organisations
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from tests.engine.test_platforms import Bench

OCTOBER = Month(2026, 10)
NOVEMBER = Month(2026, 11)
IN_OCTOBER = datetime(2026, 10, 12, 18, 0, tzinfo=UTC)
AFTER_OCTOBER = datetime(2026, 11, 6, 9, 0, tzinfo=UTC)
NAMES = [
    "ana",
    "bo",
    "cy",
    "di",
    "ed",
    "flo",
    "gus",
    "hal",
    "ida",
    "jo",
    "kit",
    "lou",
    "max",
    "nia",
    "oz",
    "pat",
    "quin",
    "ray",
    "sue",
    "tom",
    "uma",
    "val",
    "wes",
    "yan",
]


def district(tx: Tx, name: str, people: Sequence[str], now: datetime) -> tuple[int, Sequence[int]]:
    """Make a district with these members; return its number and theirs."""
    network = members.network_of(tx, "test", "w")
    assert network is not None
    new = Organisation(0, network.id, OrganisationKind.DISTRICT, name, "Ohio", settled=True)
    made = organisations.add(tx, new, now)
    assert made is not None
    found = []
    for each in people:
        ref = MemberRef("test", "w", each)
        one = members.new_member(tx, network, ref, each.title(), locale="en", now=now)
        organisations.belong(tx, one.id, district=made.id, school=None)
        found.append(one.id)
    return made.id, found


def did(member: int, source: str, kind: str = "chat", **other: object) -> Done:
    """Return twenty minutes of something in October."""
    whole: dict[str, object] = {
        "network": 1, "member": member, "kind": kind, "role": Role.ATTENDED, "title": source,
        "started": IN_OCTOBER, "ended": IN_OCTOBER + timedelta(minutes=20), "minutes": 20,
        "source": source,
    }  # fmt: skip
    return Done(**{**whole, **other})  # type: ignore[arg-type] # told apart by name


async def hour(bench: Bench, at: datetime) -> None:
    """Let it become `at`, and let happen what happens each hour."""
    bench.clock.at = at
    await bench.parts.runner.tidy()
    await bench.parts.runner.run_all_due()


async def lived(bench: Bench, done: Sequence[Done], at: datetime = IN_OCTOBER) -> None:
    """Write down what members did."""
    await bench.store.run(lambda tx: write(tx, done, at))


async def made(bench: Bench, of: int, month: Month = OCTOBER) -> Frozen | None:
    """Return the report of a district's month."""
    found = await bench.store.read(lambda tx: reports.of_district(tx, 1, of, month))
    return next((each for each in found if each.month == month), None)


async def staff(bench: Bench, who: int, scope: str) -> None:
    """Make somebody district staff of this."""
    given = Grant(Office.DISTRICT_STAFF, scope)
    await bench.store.run(lambda tx: roles.grant(tx, 1, who, given, by=None, now=bench.clock.now()))
