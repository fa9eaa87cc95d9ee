"""What districts learn, beneath the platforms: counted as it is written, frozen once, of nobody."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from plnbot.activities.store import activities_of, correct
from plnbot.engine.needs import needs_in
from plnbot.insight.actions.freezing import cells_of
from plnbot.insight.actions.keeping_current import read_on
from plnbot.insight.model import (
    REST,
    Cell,
    DistrictMonth,
    Month,
    Part,
    Report,
    School,
    part_of,
    school_of,
)
from plnbot.insight.store import tallies
from plnbot.insight.store.tables import tally
from plnbot.members import store as members
from plnbot.members.model import Profile
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command, OpenForm, Press, Reply, Submit
from plnbot.talk.pages import File, Missing, Page
from plnbot.talk.plain import card_as_text
from tests.engine.test_platforms import Bench, bench
from tests.every_row import every_row
from tests.growth.districts import (
    AFTER_OCTOBER,
    IN_OCTOBER,
    NAMES,
    NOVEMBER,
    OCTOBER,
    did,
    district,
    hour,
    lived,
    made,
    staff,
)

__all__ = ["bench"]
LINCOLN = NAMES[:12]
HOUR = timedelta(hours=1)


async def lincoln(bench: Bench, names: Sequence[str] = LINCOLN) -> tuple[int, Sequence[int]]:
    """Make a district of twelve."""
    bench.clock.at = IN_OCTOBER
    return await bench.store.run(lambda tx: district(tx, "Lincoln", names, IN_OCTOBER))


async def told(bench: Bench, who: str, what: object) -> str:
    """Return what somebody is answered, as text."""
    answer = await bench.do(who, what)  # type: ignore[arg-type] # one of those
    assert isinstance(answer, Reply), answer
    return card_as_text(answer.card)


async def page(bench: Bench, who: str, row: str = "") -> Page | Missing:
    """Return the page of reports as somebody sees it."""
    return await bench.parts.desk.page(MemberRef("test", "w", who), "insight", row)


def test_months_rest_for_five_days() -> None:
    """October is frozen on the fifth day after it, over New Year too."""
    assert not OCTOBER.rests(AFTER_OCTOBER.date() - timedelta(days=1))
    assert OCTOBER.rests(AFTER_OCTOBER.date())
    assert Month(2026, 12).next == Month(2027, 1)


def test_who_somebody_is_at_school() -> None:
    """By grades and subjects as they were told; who told nothing is one of those."""
    assert [school_of(each) for each in ((), ("K", "3"), ("6",), ("5", "6"), ("x",))] == [
        School.UNTOLD,
        School.ELEMENTARY,
        School.MIDDLE,
        School.SEVERAL,
        School.UNTOLD,
    ]
    assert part_of(["math", "coaching"]) is Part.COACH
    assert (part_of(["math"]), part_of([])) == (Part.TEACHER, Part.UNTOLD)


def test_words_lead_to_needs() -> None:
    """In either language, in any form of a word; what is about none of them is about none."""
    assert needs_in("Who knows about co-teaching in biology?") == ["co_teaching"]
    assert needs_in("Mejorar la lectura y la convivencia") == ["climate", "literacy"]
    assert needs_in("Lunch on Friday with Ana Lopez") == []


async def test_a_month_is_frozen_once(bench: Bench) -> None:
    """What is corrected before counts as it stands then; what comes afterwards stays out."""
    number, people = await lincoln(bench)
    await lived(bench, [did(each, "chat:1") for each in people])
    skills = ("collaboration",)
    await lived(bench, [did(each, "reading:1", "reading", skills=skills) for each in people[:6]])
    await hour(bench, IN_OCTOBER + HOUR)
    first = (await bench.store.read(lambda tx: activities_of(tx, people[0])))[0]
    assert first.done.kind == "reading"
    shorter = replace(first.done, minutes=0, kind="chat", skills=())
    more = did(people[6], "reading:2", "reading", skills=skills)
    await bench.store.run(lambda tx: correct(tx, first, shorter, bench.clock.now()))
    await lived(bench, [more])
    await hour(bench, AFTER_OCTOBER - HOUR * 24)
    assert await made(bench, number) is None
    await hour(bench, AFTER_OCTOBER)
    report = await made(bench, number)
    assert report is not None
    assert report.cells == (
        Cell(Report.ALL, REST, 10, 10, 15, 6),
        Cell(Report.KIND, "chat", 10, 0, 10, 4),
        Cell(Report.KIND, "reading", 5, 0, 5, 2),
        Cell(Report.FORM, "formal", 10),
        Cell(Report.FORM, "informal", 5),
        Cell(Report.SCHOOL, "untold", 10, 10),
        Cell(Report.ROLE, "untold", 10, 10),
        Cell(Report.SKILL, "collaboration", 5),
    )
    await lived(bench, [did(each, "chat:2") for each in people], AFTER_OCTOBER)
    await hour(bench, AFTER_OCTOBER + HOUR)
    assert await made(bench, number) == report


async def test_what_is_counted_is_what_a_full_pass_counts(bench: Bench) -> None:
    """Read in batches of two, corrected twice, a rehearsal and what is too young left out."""
    _number, people = await lincoln(bench)
    await lived(bench, [did(each, f"chat:{n}") for each in people for n in range(3)])
    (one, *_rest) = await bench.store.read(lambda tx: activities_of(tx, people[3]))

    def twice(tx: Tx) -> None:
        correct(tx, one, replace(one.done, minutes=5), IN_OCTOBER)
        (again, *_others) = [e for e in activities_of(tx, people[3]) if e.revision == 2]
        correct(tx, again, replace(one.done, minutes=7, kind="edcamp"), IN_OCTOBER)

    def read_all(tx: Tx) -> None:
        while read_on(tx, bench.parts.desk.directory, IN_OCTOBER + HOUR, most=2):
            pass

    await bench.store.run(lambda tx: read_on(tx, bench.parts.desk.directory, IN_OCTOBER))
    assert await bench.store.read(tallies.upto) == 0, "what is too young is left for later"
    await bench.store.run(read_all)
    await bench.store.run(twice)
    await bench.store.run(read_all)
    await bench.store.run(read_all)
    rows = await bench.store.read(
        lambda tx: tx.execute(select(tally).where(tally.c.many > 0)).all()
    )
    counted = {(row.member_id, row.name): (row.many, row.minutes) for row in rows}
    expected = {(each, "chat"): (3, 60) for each in people}
    expected |= {(people[3], "chat"): (2, 40), (people[3], "edcamp"): (1, 7)}
    assert counted == expected


async def test_needs_not_names(bench: Bench) -> None:
    """Five who ask for co-teaching are told of as a gap; four who ask for something else are not."""
    number, people = await lincoln(bench)
    await lived(bench, [did(each, "chat:1") for each in people])
    for who in LINCOLN[:6]:
        assert (
            "co-teaching" in (await told(bench, who, Command("insight need co-teaching"))).lower()
        )
    for who in LINCOLN[:4]:
        await told(bench, who, Submit("insight.choose", {"need": "families"}))
    assert isinstance(await bench.do("ana", Command("insight need lunch")), OpenForm)
    await told(bench, LINCOLN[0], Press("insight.back", "families"))
    await hour(bench, AFTER_OCTOBER)
    await staff(bench, people[11], f"district:{number}")
    said = await told(bench, LINCOLN[11], Command("insight"))
    assert "Co-teaching: 5–9 people" in said
    assert "families" not in said
    shown = str(await page(bench, LINCOLN[11]))
    assert "there is nothing" in shown
    assert "families" not in shown.lower()
    for name in LINCOLN:
        assert f"'{name.title()}'" not in shown


async def test_who_stays_out_or_is_erased(bench: Bench, database_url: str) -> None:
    """Out of the reports to come; what was published stays as it was, and the erased are told so."""
    number, people = await lincoln(bench, NAMES[:10])
    await lived(bench, [did(each, "chat:1") for each in people])
    await hour(bench, AFTER_OCTOBER)
    published = await made(bench, number)
    assert published is not None
    assert published.whole == Cell(Report.ALL, REST, 10, 10, 10, 3)
    started = AFTER_OCTOBER + HOUR
    more = [did(each, "chat:2", started=started, ended=started + HOUR) for each in people]
    await lived(bench, more, started + HOUR)
    assert "left out" in await told(bench, "bo", Press("insight.out"))
    assert "You are one of those" in await told(bench, "bo", Press("insight.in"))
    await told(bench, "bo", Press("insight.out"))
    form = await bench.do("ana", Command("me forget"))
    assert "stay as they are" in str(form)
    await bench.do("ana", Submit("members.forget", {"answers": "gone"}))
    assert people[0] not in {row["member_id"] for row in every_row(database_url)["insight_tally"]}
    await hour(bench, AFTER_OCTOBER + timedelta(days=31))
    november = await made(bench, number, NOVEMBER)
    assert november is not None
    assert november.whole == Cell(Report.ALL, REST, 5, 5, 5, 3)
    assert await made(bench, number) == published


async def test_whose_reports_are_whose(bench: Bench) -> None:
    """A district's staff read theirs; others, schools' staff and teachers find no such report."""
    number, people = await lincoln(bench)
    other, theirs = await bench.store.run(
        lambda tx: district(tx, "Salem", NAMES[12:20], IN_OCTOBER)
    )
    await lived(bench, [did(each, "chat:1") for each in (*people, *theirs)])
    await hour(bench, AFTER_OCTOBER)
    await staff(bench, people[0], f"district:{number}")
    await staff(bench, theirs[0], f"district:{other}")
    await staff(bench, people[1], "school:5")
    mine, salem = await made(bench, number), await made(bench, other)
    assert mine is not None
    assert salem is not None
    seen = await page(bench, "ana", str(mine.id))
    assert isinstance(seen, Page)
    assert "Lincoln (Ohio): October 2026" in seen.title.bare()
    assert "Salem" not in str(seen)
    for who, row in (("ana", str(salem.id)), ("max", str(mine.id)), ("cy", str(mine.id)), ("bo", str(mine.id)), ("cy", ""), ("ana", "99")):  # fmt: skip
        assert isinstance(await page(bench, who, row), Missing), (who, row)
    assert "No report yet" in await told(bench, "bo", Command("insight"))
    assert "another role" in await told(bench, "cy", Command("insight"))
    given = await bench.parts.desk.download(
        MemberRef("test", "w", "ana"), "insight.csv", str(mine.id)
    )
    assert isinstance(given, File)
    rows = given.content.decode("utf-8-sig").splitlines()
    assert rows[1] == '"2026-10","Everybody","","10–14","10–14","10","4"'


async def test_fewer_than_five_are_not_told_of(bench: Bench) -> None:
    """A district of four has a report with nothing in it; so has one in which four did something."""
    number, people = await lincoln(bench, NAMES[:4])
    other, theirs = await bench.store.run(
        lambda tx: district(tx, "Salem", NAMES[12:22], IN_OCTOBER)
    )
    await lived(bench, [did(each, "chat:1") for each in (*people, *theirs[:4])])
    await hour(bench, AFTER_OCTOBER)
    for each in (number, other):
        report = await made(bench, each)
        assert report is not None
        assert report.cells == ()
    await staff(bench, people[0], f"district:{number}")
    assert "Fewer than five people took part" in await told(bench, "ana", Command("insight"))


async def test_take_up_by_school_and_role(bench: Bench) -> None:
    """Two of a middle school stand together with who is fewest beside them, or subtracting would lead to them."""
    number, people = await lincoln(bench, NAMES[:24])

    def tell(tx: Tx) -> None:
        for at, each in enumerate(people):
            grades = ("2",) if at < 10 else ("7",) if at < 12 else ("11",)
            members.save_profile(tx, each, Profile(grades=grades, subjects=("math",)))

    await bench.store.run(tell)
    await lived(bench, [did(each, "chat:1") for each in (*people[:5], *people[12:])])

    def read(tx: Tx) -> list[tuple[str, int, int]]:
        read_on(tx, bench.parts.desk.directory, IN_OCTOBER + HOUR)
        cells = cells_of(tx, bench.parts.desk.directory, DistrictMonth(1, number, OCTOBER))
        return [(e.name, e.people, e.members) for e in cells if e.report is Report.SCHOOL]

    found = await bench.store.run(read)
    assert found == [("high", 10, 10), (REST, 5, 10)]
