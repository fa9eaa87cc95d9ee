"""Kill -9 during credit's daily look: nobody is reminded twice, and files go and stay as the rules say.

Month after month the look comes, and the process dies at another point of it, or of what follows: of telling people,
and of taking files away a month after their member was told.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select, text

from plnbot.activities import store as activities
from plnbot.activities.model import Done
from plnbot.activities.model import Role as Part
from plnbot.credit.actions import approvers, daily, drafting
from plnbot.credit.model.standing import Claim, Entry, Flow, Standing
from plnbot.credit.store import evidence, ledger, licences
from plnbot.credit.store.evidence import Evidence
from plnbot.credit.store.licences import HeldLicence
from plnbot.credit.verify import verifying
from plnbot.engine import roles
from plnbot.engine.notices import How, gate
from plnbot.engine.notices.store import NoticeState, notice
from plnbot.engine.ports import Person
from plnbot.engine.roles import Grant, Role
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.store.opening import open_store
from plnbot.testing import FrozenClock
from tests.faults.bot import POINTS, Bot, Life
from tests.faults.conftest import LONG, NOON, Row
from tests.faults.lives import lived
from tests.faults.looks import LOOK_POINTS, live_and_look
from tests.faults.receiver import Receiver

pytestmark = pytest.mark.faults
Made = TypeVar("Made")
AFTER = tuple(each for each in POINTS if not each.startswith(("take in", "answered")))
IN_SHORT = {
    "sqlite": ("files planned to go", "files taken away"),
    "postgresql": ("one told", "handle, committed"),
}
MONTH, DAY, HOUR = timedelta(days=35), timedelta(days=1), timedelta(hours=1)
"""Longer than files stay after their member was told, and than a draft waits; in whole weeks."""
FIRST = NOON + 7 * DAY
"""A Monday, as each of them: at weekends people are told of things later."""
YEARS = 7
"""So long Washington asks to keep what proves an hour."""
ISSUED = date(2015, 7, 1)


@dataclass(frozen=True, slots=True)
class File:
    """A file that was sent along with an hour of a day, and is there from some look on."""

    name: str
    entry: int
    on: datetime
    since: int

    def told_at(self, looks: int) -> int | None:
        """Return at which of so many looks its member is told that it goes; None where the rules still ask for it."""
        until = self.on.date().replace(year=self.on.year + YEARS)
        those = (at for at in range(self.since, looks) if until < (FIRST + at * MONTH).date())
        return next(those, None)


class Year:
    """What Sam does and sends in month after month, and Maya decides."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.files: list[File] = []
        self.waiting: list[int] = []
        self.looks = self.sam = 0

    async def _in(self, now: datetime, unit: Callable[[Tx, Person, Person], Made]) -> Made:
        store = open_store(self.url)
        desk = Bot(store, FrozenClock(now)).desk

        def both(tx: Tx) -> Made:
            sam, maya = (
                desk.directory.known(tx, MemberRef("test", "w", user)) for user in ("luis", "maya")
            )
            assert sam is not None
            assert maya is not None
            return unit(tx, sam, maya)

        made = await store.run(both)
        await store.close()
        return made

    async def begin(self) -> None:
        """Let Sam hold a licence and Maya decide, and have both told of things one by one."""

        def begun(tx: Tx, sam: Person, maya: Person) -> int:
            roles.grant(tx, sam.network.id, maya.id, Grant(Role.APPROVER), by=None, now=NOON)
            held = HeldLicence(0, sam.network.id, sam.id, "us-wa", "", ISSUED, None, ())
            licences.save(tx, held, NOON)
            for person in (sam, maya):
                for kind in approvers.KINDS:
                    gate.set_how(tx, person, kind, How.AT_ONCE, NOON)
            return sam.id

        self.sam = await self._in(NOON, begun)

    async def month(self) -> datetime:
        """Let a month's things be there; return when the look comes."""
        at, number = FIRST + self.looks * MONTH, self.looks
        ago = {"over": -20, "nearly": 20, "new": 2000}

        def came(tx: Tx, sam: Person, maya: Person) -> tuple[list[File], int]:
            files = []
            for word, days in ago.items():
                on, name = _years_before(at) + days * DAY, f"{word} {number}"
                it = _sent_in(tx, sam, on, name)
                approved = replace(it, standing=Standing.APPROVED, decided_by=maya.id)
                ledger.write(tx, "approve", approved, maya.id, on)
                kept = Evidence(0, sam.network.id, sam.id, it.id, "", name, "pdf", 0, on)
                evidence.add(tx, kept, name.encode())
                files.append(File(name, it.id, on, number))
            waits = _sent_in(tx, sam, at - 8 * DAY, f"waits {number}")
            done = at - 3 * DAY
            chat = Done(
                *(sam.network.id, sam.id, "chat", Part.ATTENDED, f"Chat {number}"),
                *(done, done + timedelta(hours=1), 60, f"chat:{100 + number}"),
            )
            activities.write(tx, [chat], done)
            return files, waits.id

        files, waits = await self._in(at - DAY, came)
        self.files += files
        self.waiting.append(waits)
        self.looks += 1
        return at

    def expected(self) -> Counter[tuple[str, int, int]]:
        """Return what both are to be told: by the card, the entry that it is about, and the month."""
        found = Counter[tuple[str, int, int]]()
        for month in range(self.looks):
            found[approvers.WAITS, 0, month] = found[approvers.DRAFTS, 0, month] = 1
            found.update((approvers.LONG, each, month) for each in self.waiting[: month + 1])
        for file in self.files:
            told_at = file.told_at(self.looks)
            if told_at is not None:
                found[approvers.KEPT, file.entry, told_at] = 1
        return found

    async def plan(self, at: datetime) -> None:
        """Have the look planned, as it is every hour."""
        await self._in(at, lambda tx, _sam, _maya: daily.plan(tx, at))


def _years_before(at: datetime) -> datetime:
    return at.replace(year=at.year - YEARS)


def _sent_in(tx: Tx, sam: Person, on: datetime, title: str) -> Entry:
    claim = Claim("workshop", on, on + timedelta(hours=1), 60)
    number = ledger.new_number(tx, sam.network.id, sam.id, on)
    it = Entry(number, sam.network.id, sam.id, Standing.WAITING, claim, Flow())
    ledger.write(tx, "submit", it, sam.id, on, said={"title": title})
    return it


def _points(url: str) -> tuple[str, ...]:
    if LONG:
        return (*LOOK_POINTS, *AFTER)
    return IN_SHORT[url.partition(":")[0].partition("+")[0]]


@dataclass(frozen=True)
class Found:
    """What stands in the end: notices by what they tell of, which posts carry each, files, heads, what lapsed."""

    told: Counter[tuple[str, int, int]]
    carriers: dict[str, str]
    files: list[str]
    contents: list[str]
    heads: list[str]
    standings: Counter[str]
    drafts: list[str]


def _found(tx: Tx, year: Year, now: datetime) -> Found:
    told, carriers = Counter[tuple[str, int, int]](), {}
    for row in tx.execute(select(notice).where(notice.c.key.like("credit/%"))):
        month = (row.told_at - FIRST) // MONTH
        told[row.card, int(row.args.get("entry", 0)), month] += 1
        assert row.state in {NoticeState.SENT, NoticeState.IN_DAY}, row
        carriers[row.key] = row.why if row.state == NoticeState.IN_DAY else row.key
    verifying(heads := _heads(tx))(tx, now)
    files = tx.execute(text("SELECT name FROM credit_evidence ORDER BY name")).scalars().all()
    contents = tx.execute(text("SELECT content FROM credit_file")).scalars().all()
    states = Counter(tx.execute(text("SELECT standing FROM credit_entry")).scalars().all())
    drafts = [each.title for _number, each in drafting.waiting(tx, year.sam, now)]
    kept = sorted(bytes(each).decode() for each in contents)
    return Found(told, carriers, list(files), kept, heads, states, drafts)


def _heads(tx: Tx) -> list[str]:
    """Return where the chain ended on each day, as the log writes it."""
    rows = tx.execute(text("SELECT network_id, seq, hash FROM credit_head ORDER BY day"))
    return [f"{row.network_id}:{row.seq}:{row.hash}" for row in rows]


async def test_the_daily_look_outlives_its_process(
    chat_url: str, tally: Callable[[Row], None]
) -> None:
    """Each is reminded once a month, each file goes a month after its member was told, and none that a rule keeps."""
    year, receiver, killed, number = Year(chat_url), Receiver(knows=True), 0, 0
    await year.begin()
    points = _points(chat_url)
    async with receiver.listening() as port:
        for point in points:
            at = await year.month()
            for dies, now, until in (
                (point, at, at + 6 * HOUR),  # people are told after school
                ("", at + 6.5 * HOUR, at + DAY),
            ):
                number += 1
                await year.plan(now)
                life = Life(chat_url, port, number, now, (), dies, until=until)
                killed += await lived(life, does=live_and_look)
    store, looks = open_store(chat_url), len(points)
    found = await store.read(lambda tx: _found(tx, year, at + DAY))
    await store.close()
    assert found.told == year.expected()
    # A notice is in one post, which the platform took once.
    assert {key: len(receiver.accepted[by]) for key, by in found.carriers.items()} == dict.fromkeys(
        found.carriers, 1
    )
    stay = sorted(each.name for each in year.files if each.told_at(looks - 1) is None)
    assert (found.files, found.contents) == (stay, stay)
    assert len(found.heads) == looks
    assert found.standings == {"approved": 3 * looks, "waiting": looks}
    assert found.drafts == [f"Chat {looks - 1}"], "those of earlier months have lapsed"
    assert killed == looks, "the points are where nothing passes"
    database = "SQLite" if chat_url.startswith("sqlite") else "PostgreSQL"
    tally(Row(f"kill -9 during the daily look at hours, drafts and files ({database})", killed))
