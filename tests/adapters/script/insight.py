"""A district's report that Ana reads; Bo says what he needs, and stays out of it."""

from plnbot.insight.model import Cell, DistrictMonth, Month, Report
from plnbot.insight.store import reports
from plnbot.store.database import Tx
from plnbot.talk.interactions import Command, Opened, Press, Submit
from tests.adapters.script import ANA, BO, Script

CELLS = (
    Cell(Report.ALL, "", 40, 60, 120, 65),
    Cell(Report.KIND, "chat", 30, 0, 70, 50),
    Cell(Report.KIND, "", 10, 0, 50, 15),
    Cell(Report.FORM, "formal", 30),
    Cell(Report.NEED, "co_teaching", 15),
    Cell(Report.SKILL, "collaboration", 20),
    Cell(Report.SUBJECT, "math", 10),
    Cell(Report.SCHOOL, "high", 20, 30),
    Cell(Report.SCHOOL, "", 20, 30),
    Cell(Report.ROLE, "coach", 0, 10),
    Cell(Report.ROLE, "*", 40),
)


async def before(script: Script) -> None:
    """Look where there is no report yet; then there are two, one of which tells nothing."""
    await script.do(ANA, Command("insight"), "command insight empty")

    def made(tx: Tx) -> None:
        now = script.clock.now()
        reports.freeze(tx, DistrictMonth(1, 1, Month(2026, 9)), (), now)
        reports.freeze(tx, DistrictMonth(1, 1, Month(2026, 10)), CELLS, now)

    await script.store.run(made)
    await script.do(ANA, Command("insight"))
    await script.do(ANA, Opened("insight"), "opened insight")


async def after(script: Script) -> None:
    """Say what one needs in three ways, take it back, stay out and come back; a team is to assess itself."""
    await script.do(BO, Command("insight me"), "command insight me first")
    await script.do(BO, Command("insight need co-teaching"))
    await script.do(BO, Command("insight need"), "command insight need form")
    await script.do(BO, Press("insight.choose"))
    await script.do(BO, Submit("insight.choose", {"need": "families"}))
    await script.do(BO, Press("insight.wish", "talk"))
    await script.do(BO, Command("insight me"))
    await script.do(BO, Press("insight.back", "talk"))
    await script.do(BO, Press("insight.out"))
    await script.do(BO, Press("insight.in"))
    await script.do(BO, Command("insight assess"), "command insight assess empty")
    await script.do(BO, Submit("insight.begin", {"title": "Mine"}), "not mine insight.begin")
    await script.do(ANA, Command("insight assess"), "command insight assess begin")
    await script.do(ANA, Press("insight.begin"))
    await script.do(ANA, Submit("insight.begin", {"title": "Ridgeview, *spring*"}))
    await script.do(ANA, Press("insight.invite", "1"))
    await script.do(ANA, Submit("insight.invite", {"member": "row:2"}, "1"))


READY = {"ownership": "4", "pathways": "5", "skills": "2", "opportunities": "4", "reflection": "3"}


async def later(script: Script) -> None:
    """Let Ana, Bo and Cy assess themselves: alone, together, agreed, and again."""
    await script.do(BO, Command("insight assess"))
    await script.do(BO, Press("insight.rate", "1"))
    await script.do(BO, Submit("insight.rate", READY, "1"))
    await script.do(ANA, Opened("assessment", "1"), "opened assessment alone")
    await script.do(ANA, Press("insight.open", "1"))
    await script.do(ANA, Press("insight.agree", "1-skills"))
    for element, figure in READY.items():
        given = {"figure": figure, "words": "As *seen*."}
        await script.do(ANA, Submit("insight.agree", given, f"1-{element}"))
    await script.do(ANA, Press("insight.finish", "1"))
    await script.do(ANA, Press("insight.again", "1"))
    await script.do(ANA, Opened("assessment", "1"), "opened assessment")
    await script.do(ANA, Opened("assessment"), "opened assessments")
