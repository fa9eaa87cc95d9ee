"""A team's self-assessment: alone and unseen, then together with words, and what moved over time."""

from datetime import timedelta

import pytest

from plnbot.engine import roles
from plnbot.engine.roles import Grant, Role
from plnbot.insight.model import (
    Cell,
    DistrictMonth,
    Report,
    Spread,
    Stage,
    opens,
    range_of,
    spread_of,
    stage_of,
)
from plnbot.insight.packs import elements
from plnbot.insight.store import assessments, reports
from plnbot.refs import MemberRef
from plnbot.store.database import Tx
from plnbot.talk.interactions import Answer, Command, Press, Reply, Submit
from plnbot.talk.pages import File, Missing, Page, markdown
from plnbot.talk.plain import card_as_text
from tests.engine.test_platforms import Bench, bench
from tests.every_row import every_row
from tests.growth.districts import IN_OCTOBER, NOVEMBER, OCTOBER, district

__all__ = ["bench"]
TEAM = ("ana", "bo", "cy", "di")
LOW = {"ownership": "4", "pathways": "5", "skills": "2", "opportunities": "4", "reflection": "3"}
HIGH = {"ownership": "7", "pathways": "6", "skills": "2", "opportunities": "9", "reflection": "3"}


async def begun(bench: Bench) -> int:
    """Let Ana, who is staff of Lincoln, begin with Bo and Cy; return the district."""
    bench.clock.at = IN_OCTOBER

    def made(tx: Tx) -> int:
        number, people = district(tx, "Lincoln", TEAM, IN_OCTOBER)
        given = Grant(Role.DISTRICT_STAFF, f"district:{number}")
        roles.grant(tx, 1, people[0], given, by=None, now=IN_OCTOBER)
        cells = [Cell(Report.ALL, "", 20, 40, 50, 30), Cell(Report.FORM, "formal", 15)]
        reports.freeze(tx, DistrictMonth(1, number, OCTOBER), cells, IN_OCTOBER)
        return number

    number = await bench.store.run(made)
    await bench.do("ana", Submit("insight.begin", {"title": "Lincoln, autumn"}))
    for row in ("row:2", "row:3"):
        await bench.do("ana", Submit("insight.invite", {"member": row}, "1"))
    return number


def said(answer: Answer) -> str:
    """Return what somebody is answered, as text."""
    assert isinstance(answer, Reply), answer
    return card_as_text(answer.card)


def words(seen: Page | Missing) -> str:
    """Return what a page says."""
    assert isinstance(seen, Page)
    return markdown(seen, "UTC", "en")


async def page(bench: Bench, who: str, row: str = "1") -> Page | Missing:
    """Return the page of a self-assessment as somebody sees it."""
    return await bench.parts.desk.page(MemberRef("test", "w", who), "assessment", row)


async def rates(bench: Bench, who: str, figures: dict[str, str], row: str = "1") -> str:
    """Let somebody say theirs alone."""
    return said(await bench.do(who, Submit("insight.rate", figures, row)))


async def agrees(bench: Bench, figures: dict[str, str], row: str = "1") -> str:
    """Let Ana write down what the team agreed on, and end it."""
    for element, figure in figures.items():
        values = {"figure": figure, "words": f"Because of {element}."}
        await bench.do("ana", Submit("insight.agree", values, f"{row}-{element}"))
    return said(await bench.do("ana", Press("insight.finish", row)))


@pytest.mark.parametrize(
    ("figure", "stage"),
    [
        (0, Stage.INVESTIGATING),
        (2, Stage.INVESTIGATING),
        (3, Stage.ENVISIONING),
        (6, Stage.PLANNING),
        (8, Stage.PLANNING),
        (9, Stage.STAGING),
        (10, Stage.STAGING),
    ],
)
def test_a_figure_is_in_one_stage(figure: int, stage: Stage) -> None:
    """Every figure from 0 to 10 is in exactly one, and in its bounds."""
    assert stage_of(figure) is stage
    least, most = range_of(stage)
    assert least <= figure <= most


def test_how_figures_lie() -> None:
    """Lowest, middle, highest; of nobody nothing. All have to have said theirs before any is seen."""
    assert spread_of([7, 2, 4, 3]) == Spread(2, 3, 7)
    assert spread_of([]) is None
    assert [opens(2, 3), opens(3, 3), opens(0, 0)] == [False, True, False]
    assert not opens(1, 1), "who rates before they invite anybody can still invite"


def test_elements_are_described_in_both_languages() -> None:
    """Five, each with four stages and a step from each."""
    assert len(elements()) == 5
    for each in elements().values():
        for words in (each.title, each.about, *each.stages.values(), *each.steps.values()):
            assert words.said("es") != words.said("en")


async def test_alone_first_and_unseen(bench: Bench) -> None:
    """Until all have said theirs nobody reads a figure, the leader neither; then all do, without names."""
    await begun(bench)
    assert len(bench.shown("How ready are we?")) == 2
    assert "1 of 3 have said theirs" in await rates(bench, "bo", {**HIGH, "skills": "8"})
    for who in ("ana", "cy"):
        seen = words(await page(bench, who))
        assert "Said alone" not in seen
        assert "planning (6 to 8)" in seen or "planning" in seen
    refused = said(await bench.do("ana", Submit("insight.agree", {"figure": "5", "words": "x"}, "1-skills")))  # fmt: skip
    assert "Not everybody has said theirs" in refused
    await rates(bench, "ana", LOW)
    assert "Together" in await rates(bench, "cy", LOW)
    seen = words(await page(bench, "cy"))
    assert "Said alone: 2, 2, 8" in seen
    assert "20–24 of 40–44" in seen
    assert "stays as it is" in await rates(bench, "bo", LOW)
    late = said(await bench.do("ana", Submit("insight.invite", {"member": "row:4"}, "1")))
    assert "joins the next one" in late


async def test_we_moved_with_the_evidence(bench: Bench) -> None:
    """Agreed with words, kept with the report of then; the next time says what moved, and so does the file."""
    number = await begun(bench)
    await rates(bench, "bo", LOW)
    await bench.do("ana", Press("insight.open", "1"))
    short = said(await bench.do("ana", Press("insight.finish", "1")))
    assert "5 of the elements have no agreed figure yet" in short
    assert "Agreed." in await agrees(bench, LOW)
    assert "agreed already" in said(await bench.do("ana", Press("insight.finish", "1")))
    bench.clock.at += timedelta(days=120)
    await bench.do("ana", Press("insight.again", "1"))

    def later(tx: Tx) -> None:
        cells = [Cell(Report.ALL, "", 35, 40, 90, 60)]
        reports.freeze(tx, DistrictMonth(1, number, NOVEMBER), cells, bench.clock.now())

    await bench.store.run(later)
    for who in ("ana", "bo", "cy"):
        await rates(bench, who, HIGH, "2")
    await agrees(bench, HIGH, "2")
    seen = words(await page(bench, "bo", "2"))
    assert "Shared ownership: you moved from envisioning to planning (4 to 7)." in seen
    assert "Skill set: investigating, 2 to 2." in seen
    assert "35–39 of 40–44" in seen
    assert "Because of ownership." in seen
    assert "20–24 of 40–44" in words(await page(bench, "bo", "1"))
    given = await bench.parts.desk.download(MemberRef("test", "w", "cy"), "assessment.csv", "2")
    assert isinstance(given, File)
    rows = given.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 11
    assert '"Shared ownership","7","planning","Because of ownership.","7 7 7"' in rows[6]


async def test_whose_it_is(bench: Bench) -> None:
    """Who is not in the team finds none; who does not lead cannot end it; who is no staff begins none."""
    await begun(bench)
    assert isinstance(await page(bench, "di"), Missing)
    for action in ("insight.rate", "insight.open", "insight.finish", "insight.again"):
        assert "no such self-assessment" in said(await bench.do("di", Press(action, "1")))
    for action in ("insight.open", "insight.finish", "insight.invite"):
        assert "for who leads" in said(await bench.do("bo", Press(action, "1")))
    assert "begin a self-assessment" in said(
        await bench.do("bo", Submit("insight.begin", {"title": "Mine"}))
    )
    assert "Begin one" not in said(await bench.do("di", Command("insight assess")))
    form = await bench.do("bo", Submit("insight.rate", {**LOW, "skills": "11"}, "1"))
    assert not isinstance(form, Reply)
    stored = await bench.store.read(lambda tx: assessments.get(tx, 1))
    assert stored is not None
    assert stored.rated == 0


async def test_erased_members_leave_the_team(bench: Bench, database_url: str) -> None:
    """What they said alone is gone, what was agreed stays; a team whose leader is gone ends it itself."""
    await begun(bench)
    for who in ("ana", "bo", "cy"):
        await rates(bench, who, LOW)
    values = {"figure": "4", "words": "We hear it from teachers."}
    await bench.do("ana", Submit("insight.agree", values, "1-ownership"))
    await bench.do("ana", Submit("members.forget", {"answers": "gone"}))
    assert {row["member_id"] for row in every_row(database_url)["insight_rating"]} == {2, 3}
    seen = words(await page(bench, "bo"))
    assert "We hear it from teachers." in seen
    assert "Ana" not in seen
    assert "elements have no agreed figure" in said(
        await bench.do("bo", Press("insight.finish", "1"))
    )
