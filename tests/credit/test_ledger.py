"""The ledger on both databases: as the model has it, whoever comes at once, and whole, or it is named what is not."""

import asyncio
import os
from datetime import datetime
from functools import partial
from random import Random

import pytest
from sqlalchemy import select, text

from plnbot.credit.actions.carrying import carry_out
from plnbot.credit.actions.people import erased
from plnbot.credit.model.chain import BEGINNING, Head, canonical, hashed, words_hashed
from plnbot.credit.model.entries import Approve, By, Command, Entry, Submit, Why
from plnbot.credit.model.written import facts_of
from plnbot.credit.store import ledger
from plnbot.credit.store.ledger import Stands
from plnbot.credit.verify import LedgerError, verifying
from plnbot.engine.personal import Whose
from plnbot.errors import Refused
from plnbot.members.store import member
from plnbot.store.database import Store, Tx
from plnbot.talk.interactions import Submit as Pressed
from plnbot.testing import FrozenClock
from tests.credit.machine import NOON, Model
from tests.credit.school import LEE, MAYA, PRIYA, SAM, School, school_of

STEPS = 5_000 if os.environ.get("PLNBOT_TEST_FAULTS") == "long" else 150


@pytest.fixture
async def school(store: Store, clock: FrozenClock) -> School:
    """Return a school on the test's own database."""
    return await school_of(store, clock)


async def whole(store: Store) -> str:
    """Return an empty string where the ledger is whole, or what is told of it."""
    try:
        await store.read(lambda tx: verifying(())(tx, NOON))
    except LedgerError as error:
        return str(error).splitlines()[0]
    return ""


async def drawn(store: Store, member: int, now: datetime) -> int:
    """Return the number of a new entry."""
    return await store.run(lambda tx: ledger.new_number(tx, 1, member, now))


async def carried(store: Store, number: int, command: Command, now: datetime) -> Entry | None:
    """Carry a command out; None where it is refused."""
    try:
        return await store.run(
            lambda tx: carry_out(
                tx,
                1,
                number,
                command,
                now,
                said={"title": "T"} if isinstance(command, Submit) else {},
            )
        )
    except Refused:
        return None


async def test_the_database_does_as_the_model(school: School) -> None:
    """Step by step the same comes of the same; each event once, and the chain is whole in the end."""
    store, model = school.store, Model(Random(5))
    numbers: dict[int, int] = {}
    before = await store.read(lambda tx: ledger.head_of(tx, 1))
    for _step in range(STEPS):
        number, command, after = model.step()
        if isinstance(command, Submit):
            numbers[number] = await drawn(store, command.member, model.now)
        came = await carried(store, numbers[number], command, model.now)
        if isinstance(after, Entry):
            assert came is not None
            ours = {**facts_of(came), "words": 0}
            assert ours == facts_of(after)
        elif isinstance(after, Why):
            assert came is None
    head = await store.read(lambda tx: ledger.head_of(tx, 1))
    assert head.seq - before.seq == model.events
    assert await whole(store) == ""


async def test_two_at_once(school: School) -> None:
    """Eight press at the same instant: one decides, nobody else's yes is lost or counted twice."""
    number = await school.logs()
    entry = (await school.entries())[0].entry
    people = [(await school.person(each)).id for each in (LEE, MAYA, PRIYA)]
    presses = [
        carried(
            school.store, number, Approve(By(people[n % 3]), entry.revision), school.clock.now()
        )
        for n in range(8)
    ]
    came = [each for each in await asyncio.gather(*presses) if each is not None]
    decided = {each.decided_by for each in came}
    assert len(decided) == 1
    history = await school.store.read(lambda tx: ledger.history(tx, number))
    assert [each.kind for each in history] == ["submit", "approve"]
    assert await whole(school.store) == ""


_PUT_IN = (
    "INSERT INTO credit_event SELECT network_id, 5, at, kind, entry_id, member_id, actor_id, facts,"
    " words_hash, hash FROM credit_event WHERE seq = 4"
)
SPOILED = {
    "a changed number": (
        ("UPDATE credit_event SET facts = REPLACE(facts, '90', '900') WHERE seq = 3",),
        "event 3: was changed",
    ),
    "a row taken out": (("DELETE FROM credit_event WHERE seq = 2",), "event 2: is missing"),
    "the last row": (
        ("DELETE FROM credit_event WHERE seq = 4",),
        "event 4: is missing at the end",
    ),
    "a row put in": (
        (_PUT_IN,),
        "event 5: was changed",
    ),
    "rows that changed places": (
        (
            "UPDATE credit_event SET seq = 99 WHERE seq = 2",
            "UPDATE credit_event SET seq = 2 WHERE seq = 3",
            "UPDATE credit_event SET seq = 3 WHERE seq = 99",
        ),
        "event 2: was changed",
    ),
    "other words": (
        ("UPDATE credit_words SET words = 'Ski holiday' WHERE seq = 2",),
        "event 2: has other words",
    ),
    "words taken out": (("DELETE FROM credit_words WHERE seq = 2",), "event 2: has lost its words"),
    "the list": (
        ("UPDATE credit_entry SET standing = 'approved' WHERE id = 2",),
        "and the list differ about entry 2",
    ),
    "the list's order": (
        ("UPDATE credit_entry SET seq = 1 WHERE id = 2",),
        "and the list differ about entry 2",
    ),
    "the list's beginning": (
        ("UPDATE credit_entry SET seq = 0 WHERE id = 2",),
        "and the list differ about entry 2",
    ),
    "an entry that is not listed": (("DELETE FROM credit_entry WHERE id = 2",), "the list has not"),
}


class _UndoneError(Exception):
    """Takes what was spoiled back, with what was told of it."""


@pytest.mark.rows(117)
async def test_whatever_is_spoiled_is_named(school: School) -> None:
    """Changed, missing, moved or added: `plnbot verify ledger` names the first row that is."""
    for title in ("One", "Two", "Three"):
        number = await school.logs(title=title, day=f"2026-11-1{len(title)}")
    entry = (await school.entries())[0].entry
    lee = await school.person(LEE)
    await carried(school.store, number, Approve(By(lee.id), entry.revision), school.clock.now())
    assert await whole(school.store) == ""
    for how, (statements, said) in SPOILED.items():

        def spoil(tx: Tx, statements: tuple[str, ...] = statements) -> None:
            for each in statements:
                tx.conn.exec_driver_sql(each)
            try:
                verifying(())(tx, NOON)
            except LedgerError as error:
                raise _UndoneError(str(error).splitlines()[0]) from error
            raise _UndoneError("nothing was found")

        with pytest.raises(_UndoneError) as told:
            await school.store.run(spoil)
        assert said in str(told.value), how
    assert await whole(school.store) == ""


async def test_who_rewrites_the_whole_table_is_found(school: School) -> None:
    """The heads that the log and older backups have are of another chain; the table of heads says so too."""
    await school.logs()
    noted = await school.store.run(lambda tx: ledger.note_heads(tx, "2026-11-23"))
    said = f"1:{noted[1].seq}:{noted[1].hash}"

    def rewrite(tx: Tx) -> None:
        for table in (
            "credit_words",
            "credit_event",
            "credit_chain",
            "credit_head",
            "credit_entry",
        ):
            tx.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - ours

    await school.store.run(rewrite)
    await school.logs(minutes="900")
    assert await whole(school.store) == ""
    with pytest.raises(LedgerError, match="the chain was rewritten"):
        await school.store.read(lambda tx: verifying([said])(tx, NOON))


async def test_an_erasure_leaves_the_chain_whole(school: School) -> None:
    """Words and salts go, what nobody decided is taken back, what was approved stays under a number."""
    kept = await school.logs(title="Kept")
    entry, lee = (await school.entries())[0].entry, await school.person(LEE)
    await carried(school.store, kept, Approve(By(lee.id), entry.revision), school.clock.now())
    await school.logs(title="Not decided", day="2026-11-19")
    sam = await school.person(SAM)
    whose = Whose(sam.id, 1, NOON, (sam.ref,), "Former member")
    for _time in range(2):
        await school.store.run(lambda tx: erased(tx, whose, school.clock.now()))
    stand = await school.entries()
    assert [each.entry.standing.value for each in stand] == ["withdrawn", "approved"]
    assert [each.title for each in stand] == ["", ""]
    words = await school.store.read(
        lambda tx: tx.execute(text("SELECT COUNT(*) FROM credit_words")).scalar_one()
    )
    assert words == 0
    erasures = await school.store.read(
        lambda tx: tx.execute(
            text("SELECT COUNT(*) FROM credit_event WHERE kind = 'erase'")
        ).scalar_one()
    )
    assert erasures == 1
    assert await whole(school.store) == ""


async def test_a_drawn_number_is_no_entry(school: School) -> None:
    """Until its first event it stands for nothing, though the chain has events already."""
    await school.logs()
    sam = await school.person(SAM)
    number = await drawn(school.store, sam.id, school.clock.now())
    assert await school.store.read(lambda tx: ledger.get(tx, number)) is None
    assert [each.title for each in await school.entries()] == ["Fractions workshop"]


async def test_a_history_has_the_words_of_each_event(school: School) -> None:
    """What was sent in, and the note of who returned it; another network's words are not among them."""
    number = await school.logs()
    note = Pressed("credit.return", {"note": "Which grade?"}, f"{number}.1")
    await school.card(LEE, note)
    found = await school.store.read(lambda tx: ledger.history(tx, number))
    assert [(each.kind, each.words.get("title"), each.words.get("note")) for each in found] == [
        ("submit", "Fractions workshop", None),
        ("return", None, "Which grade?"),
    ]


async def test_a_queue_goes_on_after_those_of_one_instant(school: School) -> None:
    """Three sent in at the same instant: page by page each comes once."""
    numbers = [await school.logs(title=each, day=f"2026-11-1{at}") for at, each in enumerate("ABC")]
    lee = await school.person(LEE)
    queue = ledger.Queue(1, select(member.c.id), {lee.id})
    shown: list[int] = []
    last: Stands | None = None
    for _page in range(4):
        found = await school.store.read(partial(queue.first, most=1, after=last))
        last = found[0] if found else last
        shown += [each.entry.id for each in found]
    assert shown == numbers


def test_a_chain_is_for_ever() -> None:
    """Backups and logs of years ago hold hashes: the same row behind the same hash has the same one, always."""
    row = (1, 1, 1_795_453_200_000_000, "submit", 2, 3, 3, canonical({"minutes": 90}), "")
    assert BEGINNING == "0" * 64 == Head().hash
    assert (
        hashed(BEGINNING, row) == "7726ef22c1b9dd6640d7628c7fefc27ada010712d2953b58e968d03416bca024"
    )
    assert (
        words_hashed("salt", canonical({"title": "T"}))
        == "fa3ec241c6214e5e85f96de58448f5295ef5ba7c2acdaf54d21f4e93f30a81fa"
    )
