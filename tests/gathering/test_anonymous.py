"""What is said without a name leads to nobody: not by what is written down, nor by how and when it is shown."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from sqlalchemy import Connection, create_engine, insert, select, text

from plnbot.engine.ports import Network, Person
from plnbot.errors import Refused
from plnbot.gathering import actions, anonymous, store
from plnbot.gathering.store.tables import gave, unnamed
from plnbot.members.store.tables import member, network
from plnbot.refs import MemberRef
from plnbot.singling_out import FEWEST
from plnbot.store.database import Store, Tx
from plnbot.talk.words import Translate
from tests.every_row import every_row
from tests.gathering.tenant import HIDING, SIDES, CountedOnce

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ON_TIME, LATE = SIDES[0], SIDES[2]
MANY = 24
WORDS = {number: f"what number {number:02} said" for number in range(1, MANY + 1)}


def person(number: int) -> Person:
    """Return a member by number."""
    here = Network(1, "N", "en", "UTC")
    return Person(
        number, here, MemberRef("test", "w", f"U{number}"), f"Member {number}", "en", "UTC"
    )


def givers(tx: Tx, under: int) -> set[int]:
    """Return who is down as having answered something without a name."""
    these = select(gave.c.member_id).where(gave.c.under_id == under)
    return set(tx.execute(these).scalars())


@dataclass
class Notes:
    """A note that is answered without names."""

    store: Store
    url: str

    async def give(self, number: int, under: int = ON_TIME, words: str = "") -> None:
        """Let a member answer, in a transaction of its own."""
        said = words or WORDS[number]
        await self.store.run(
            lambda tx: anonymous.give(CountedOnce(tx, NOW), under, person(number), said)
        )

    async def shown(self, under: int = ON_TIME) -> list[str]:
        """Return what everybody reads, in its order."""
        found = await self.store.read(
            lambda tx: store.readable_unnamed(tx, CountedOnce.kind, under)
        )
        return [each.words for each in found]

    async def show(self, under: int = ON_TIME) -> None:
        """Let it be the moment at which answers are shown."""
        await self.store.run(lambda tx: anonymous.show(CountedOnce(tx, NOW), under))


@pytest.fixture
async def notes(store: Store, database_url: str) -> Notes:
    """Return a note, and members who may answer it."""

    def fill(tx: Tx) -> None:
        rows = {"locale": "en", "zone": "UTC", "created_at": NOW}
        tx.execute(insert(network), {"id": 1, "name": "N", **rows})
        for number in WORDS:
            values = {"network_id": 1, "name": f"Member {number}", "profile": {}, **rows}
            tx.execute(insert(member), {"id": number, **values})

    await store.run(fill)
    return Notes(store, database_url)


async def test_an_answer_stands_alone(notes: Notes) -> None:
    """Its words are in one row of one table, and no value of that row leads to a member or an instant."""
    for number in WORDS:
        await notes.give(number)
    tables = every_row(notes.url)
    where = {
        (name, column)
        for name, rows in tables.items()
        for row in rows
        for column, value in row.items()
        if any(words in json.dumps(value, default=str) for words in WORDS.values())
    }
    assert where == {("anonymous_answer", "words")}
    answers, givers = tables["anonymous_answer"], tables["anonymous_giver"]
    assert {row["id"] for row in answers}.isdisjoint(row["id"] for row in givers)
    same = {
        "network_id",
        "kind",
        "whole_id",
        "under_id",
        "choice",
        "shown",
        "hidden_by",
        "hidden_reason",
    }
    assert all(len({row[column] for row in answers}) == 1 for column in same)
    assert set(answers[0]) == same | {"id", "words"}
    assert set(givers[0]) == {"id", "kind", "under_id", "member_id"}


async def test_neither_place_nor_transaction_tells_the_order(notes: Notes) -> None:
    """As the database keeps its rows, neither table is in the order of coming, and they differ."""
    for number in WORDS:
        await notes.give(number)
    engine = create_engine(notes.url)
    with engine.connect() as connection:
        said = {words: number for number, words in WORDS.items()}
        answers = [said[each] for each in _as_kept(connection, "anonymous_answer", "words")]
        givers = [int(each) for each in _as_kept(connection, "anonymous_giver", "member_id")]
        assert sorted(answers) == sorted(givers) == list(WORDS)
        assert answers != list(WORDS)
        assert givers != list(WORDS)
        assert answers != givers, "who answered is not in the order of what was said"
        assert _by_one_transaction(connection)
    engine.dispose()


async def test_those_at_the_same_moment_write_one_after_the_other(notes: Notes) -> None:
    """However many write at once, every answer is there, and all were written by the last."""
    await asyncio.gather(*(notes.give(number) for number in WORDS))
    tables = every_row(notes.url)
    assert sorted(str(row["words"]) for row in tables["anonymous_answer"]) == list(WORDS.values())
    assert {row["member_id"] for row in tables["anonymous_giver"]} == set(WORDS)
    engine = create_engine(notes.url)
    with engine.connect() as connection:
        assert _by_one_transaction(connection)
    engine.dispose()


async def test_fewer_than_five_are_never_shown(notes: Notes) -> None:
    """Four wait, also for whoever moderates; the fifth brings them all; then again at least five."""
    for number in range(1, FEWEST):
        await notes.give(number)
    await notes.show()
    assert await notes.shown() == []
    counted = await notes.store.read(lambda tx: store.tally(tx, CountedOnce.kind, ON_TIME).unnamed)
    assert counted == 0
    await notes.give(FEWEST)
    assert await notes.shown() == [], (
        "before its moment nothing is shown, or it would tell who came last"
    )
    await notes.show()
    together = await notes.shown()
    assert sorted(together) == [WORDS[number] for number in range(1, FEWEST + 1)]
    await notes.give(FEWEST + 1)
    await notes.show()
    assert await notes.shown() == together, "one more would be known by its coming"


async def test_after_the_moment_they_come_in_fives(notes: Notes) -> None:
    """Late ones wait for one another, and nobody sees fewer than five appear."""
    seen = [0]
    for number in WORDS:
        await notes.give(number, LATE)
        seen.append(len(await notes.shown(LATE)))
    steps = {after - before for before, after in pairwise(seen)}
    assert steps == {0, FEWEST}


async def test_whoever_answered_answers_no_more(notes: Notes) -> None:
    """Once without a name is once; and who has answered by name takes that back first."""
    await notes.give(1)
    with pytest.raises(Refused, match="without your name already"):
        await notes.give(1, words="again")
    await notes.store.run(
        lambda tx: actions.give(CountedOnce(tx, NOW), ON_TIME, person(2), words="by name")
    )
    with pytest.raises(Refused, match="under your name"):
        await notes.give(2)
    await notes.store.run(lambda tx: actions.take_back(CountedOnce(tx, NOW), ON_TIME, person(2)))
    await notes.give(2)
    assert await notes.store.read(lambda tx: givers(tx, ON_TIME)) == {1, 2}


async def test_hidden_is_hidden_and_erased_leads_nowhere(notes: Notes) -> None:
    """A moderator hides without learning whose; an erasure takes the giver, and what was said stays."""
    for number in range(1, FEWEST + 1):
        await notes.give(number)
    await notes.show()

    def first(tx: Tx) -> store.Unnamed:
        return store.readable_unnamed(tx, CountedOnce.kind, ON_TIME)[0]

    this = await notes.store.read(first)
    await notes.store.run(
        lambda tx: anonymous.hide(CountedOnce(tx, NOW), HIDING, this, "names a pupil", by=person(9))
    )
    assert this.words not in await notes.shown()
    assert len(await notes.shown()) == FEWEST - 1
    await notes.store.run(lambda tx: store.forget_giver(tx, 3))
    assert await notes.store.read(lambda tx: store.given_by(tx, 3)) == []
    await notes.store.run(
        lambda tx: anonymous.show_again(CountedOnce(tx, NOW), HIDING, this, by=person(9))
    )
    assert len(await notes.shown()) == FEWEST
    await notes.store.run(lambda tx: store.drop_under(tx, CountedOnce.kind, [ON_TIME]))
    left = await notes.store.read(
        lambda tx: [tx.execute(select(each)).all() for each in (unnamed, gave)]
    )
    assert left == [[], []]


@pytest.mark.parametrize("platform", ["slack", "discord", "lobby"])
def test_before_writing_it_says_who_could_know(platform: str) -> None:
    """The server's operator, the platform, one's own style; and that there is no way back."""
    said = anonymous.limits(Translate(), platform, Translate()("the next morning")).bare()
    assert "Whoever runs its server could" in said
    assert "can never be un-hidden" in said
    assert ("Slack" in said, "Discord" in said) == (platform == "slack", platform == "discord")


def _as_kept(connection: Connection, table: str, column: str) -> list[str]:
    """Return a column in the order in which rows lie in the file."""
    place = "ctid" if connection.dialect.name == "postgresql" else "rowid"
    rows = connection.execute(text(f"SELECT {column} FROM {table} ORDER BY {place}"))  # noqa: S608 - names of ours
    return [str(row[0]) for row in rows]


def _by_one_transaction(connection: Connection) -> bool:
    """Return whether no row says by its transaction that it came before another; SQLite keeps none."""
    if connection.dialect.name == "sqlite":
        return True
    tables = ("anonymous_answer", "anonymous_giver")
    by = " UNION ".join(f"SELECT xmin::text FROM {table}" for table in tables)  # noqa: S608 - names of ours
    return len(connection.execute(text(by)).all()) == 1
