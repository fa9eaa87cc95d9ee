"""Skills tagged by hand, carried and under others, and needs from the pulse, in a district's months."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from plnbot.activities.store import activities_of, correct, write
from plnbot.insight.actions.keeping_current import read_on
from plnbot.insight.model import Cell, Report
from plnbot.insight.store.tables import tally
from plnbot.packs import Named, Titles, frameworks
from plnbot.packs.frameworks import with_those_above
from plnbot.skills.store import tag, tags_of
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command, Submit
from tests.engine.test_platforms import Bench, bench
from tests.every_row import every_row
from tests.growth.districts import AFTER_OCTOBER, IN_OCTOBER, NAMES, did, hour, lived, made
from tests.growth.test_insight import HOUR, LINCOLN, lincoln, told

__all__ = ["bench"]
SKILLS = ("creativity", "collaboration", "weighing", "gone_from_the_pack")


@pytest.fixture(autouse=True)
def weighing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a skill that stands within another, as a framework of one's own may add it."""
    own = Named(
        "weighing",
        Titles({"en": "Weighing"}),
        Titles({"en": ""}),
        retired=False,
        within="critical_thinking",
    )
    known = {**frameworks.skills(), "weighing": own}
    monkeypatch.setattr(frameworks, "skills", lambda: known)


def by_a_full_pass(tx: Tx, people: list[int]) -> Mapping[tuple[int, str], int]:
    """Return how often each member touched each skill, looked up in everything that they did and said."""
    found = Counter[tuple[int, str]]()
    for who in people:
        said = tags_of(tx, who)
        for each in activities_of(tx, who):
            if not each.rehearsal:
                its = with_those_above(said.get(each.done.source, each.done.skills))
                found.update((who, skill) for skill in its)
    return found


def tallied(tx: Tx) -> Mapping[tuple[int, str], int]:
    """Return the same as it is kept current."""
    rows = tx.execute(select(tally).where(tally.c.report == Report.SKILL.value, tally.c.many != 0))
    return {(row.member_id, row.name): row.many for row in rows}


@pytest.mark.parametrize("seed", range(4))
async def test_tags_count_as_a_full_pass_counts_them(bench: Bench, seed: int) -> None:
    """Done, corrected and tagged again and again in any order, with readings of a few rows in between."""
    rng = Random(seed)
    _number, found = await lincoln(bench, NAMES[:3])
    people = [*found]

    def some() -> tuple[str, ...]:
        return tuple(rng.sample(SKILLS, rng.randint(0, 3)))

    def act(tx: Tx) -> None:
        who, source = rng.choice(people), f"chat:{rng.randint(1, 4)}"
        match rng.choice(("do", "tag", "tag", "correct", "read")):
            case "do":
                write(tx, [did(who, source, skills=some())], IN_OCTOBER)
            case "tag":
                tag(tx, who, source, some(), IN_OCTOBER)
            case "correct":
                for each in activities_of(tx, who, 1):
                    correct(tx, each, replace(each.done, skills=some()), IN_OCTOBER)
            case _:
                most = rng.randint(1, 3)
                read_on(tx, bench.parts.desk.directory, IN_OCTOBER + HOUR, most)

    for _each in range(60):
        await bench.store.run(act)

    def read_all(tx: Tx) -> None:
        while read_on(tx, bench.parts.desk.directory, IN_OCTOBER + HOUR, 5):
            pass

    await bench.store.run(read_all)
    full = await bench.store.read(lambda tx: by_a_full_pass(tx, people))
    assert full
    assert await bench.store.read(tallied) == dict(full)


async def test_a_month_has_what_was_tagged_and_what_was_carried(bench: Bench) -> None:
    """Six said so by hand, of whom one took it back; five did what carried a skill within another."""
    number, people = await lincoln(bench)
    carried = ("weighing",)
    await lived(bench, [did(each, "chat:1", skills=carried) for each in people[:5]])
    await lived(bench, [did(each, "chat:2") for each in people])

    def by_hand(tx: Tx) -> None:
        for each in people[:6]:
            tag(tx, each, "chat:2", ["creativity"], bench.clock.now())
        for each in people[6:10]:
            tag(tx, each, "chat:2", ["communication"], bench.clock.now())

    await bench.store.run(by_hand)
    await hour(bench, IN_OCTOBER + HOUR)
    later = IN_OCTOBER + timedelta(days=1)
    await bench.store.run(lambda tx: tag(tx, people[5], "chat:2", [], later))
    await bench.store.run(
        lambda tx: tag(tx, people[0], "chat:1", ["weighing", "creativity"], later)
    )
    await hour(bench, AFTER_OCTOBER)
    report = await made(bench, number)
    assert report is not None
    # Four who said communication are told of nowhere; weighing counts for what it stands within.
    assert [each for each in report.cells if each.report is Report.SKILL] == [
        Cell(Report.SKILL, "creativity", 5),
        Cell(Report.SKILL, "critical_thinking", 5),
        Cell(Report.SKILL, "weighing", 5),
    ]


async def test_needs_of_the_pulse_are_counted(bench: Bench, database_url: str) -> None:
    """Once for whoever says it here and there; answered otherwise, as last; not of who stays out; erased."""
    number, people = await lincoln(bench)
    await lived(bench, [did(each, "chat:1") for each in people])
    for who in LINCOLN[:5]:
        await bench.do(who, Submit("pulse.answer", {"need": ["talk", "co_teaching"]}))
    await told(bench, LINCOLN[0], Command("insight need co-teaching"))
    await bench.do(LINCOLN[0], Submit("pulse.answer", {"need": ["talk"]}))
    await bench.do(LINCOLN[1], Submit("pulse.answer", {"need": ["co_teaching"]}))
    await bench.do(LINCOLN[5], Submit("pulse.answer", {"need": ["talk", "wellbeing"]}))
    said = await told(bench, LINCOLN[5], Command("insight me"))
    assert "This month you said that you need" in said
    assert "Well-being" in said
    rows = every_row(database_url)["need_told"]
    assert sum(row["need"] == "co_teaching" for row in rows) == 5
    await bench.do(LINCOLN[11], Submit("members.forget", {"answers": "gone"}))
    await hour(bench, AFTER_OCTOBER)
    report = await made(bench, number)
    assert report is not None
    assert [each for each in report.cells if each.report is Report.NEED] == [
        Cell(Report.NEED, "co_teaching", 5),
        Cell(Report.NEED, "talk", 5),
    ]
    await bench.do(LINCOLN[5], Submit("members.forget", {"answers": "gone"}))
    left = {row["member_id"] for row in every_row(database_url)["need_told"]}
    assert people[5] not in left
    assert people[0] in left
