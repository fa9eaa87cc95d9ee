"""The year that the demo plays, in short: two dozen teachers and three months, through the same engine."""

from datetime import UTC, datetime, time

import pytest

from plnbot.demo_year import playing
from plnbot.demo_year.people import STAFF
from plnbot.demo_year.playing import BEGINS, Calendar
from plnbot.demo_year.stage import YearStage, at
from plnbot.engine.rehearsing import set_rehearsal
from plnbot.insight.model import Month
from plnbot.insight.store import reports
from plnbot.testing import HeavyHere
from tests.growth.played_year import attacked_year
from tests.scenarios.lobby import LobbyDriver

SHORT = Calendar(months=3, pulses=(9,), assessed=(9, 10), kept=9, anew=10, shown=10)
TEACHERS = 24


async def played(lobby: LobbyDriver, many: int, calendar: Calendar) -> YearStage:
    """Play a year in a lobby that rehearses, and return where it was played."""
    lobby.parts.runner.tools.heavy = HeavyHere()
    lobby.be_away(at(BEGINS, time(7)))
    await lobby.store.run(lambda tx: set_rehearsal(tx, 1, lobby.now(), datetime.now(UTC)))
    desk, runner = lobby.parts.desk, lobby.parts.runner
    stage = playing.stage_of(desk, lobby.store, lobby.clock, runner, many)
    said: list[str] = []
    await playing.year(stage, calendar, said.append)
    assert len(said) == calendar.months
    return stage


@pytest.mark.rows(131, 133, 134, 146)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_year_in_short(lobby: LobbyDriver) -> None:
    """Each month has its report, a team has moved, an evaluator sees what is shared; each address has its page."""
    stage = await played(lobby, TEACHERS, SHORT)
    frozen = await lobby.store.read(lambda tx: reports.of_district(tx, stage.network, 1, _since()))
    assert [each.month.number for each in frozen] == [202608, 202609, 202610]
    directory = lobby.parts.desk.directory
    found = await lobby.store.read(lambda tx: attacked_year(tx, directory, _since()))
    assert found.pairs > 100
    assert found.revealed == 0
    led = [path for _words, path in await playing.leads(stage)]
    insight, assessed, home, goals, skills, portfolio, shared = [
        await lobby.page(path.split("/")[2], path.partition("/page/")[2]) for path in led
    ]
    assert "of 20–24 people took part" in insight
    assert "This is a rehearsal" in insight
    assert "The school year so far" in insight
    assert "you moved from envisioning to planning (4 to 6)" in assessed
    assert "Evidence, in bands of five" in assessed
    assert "fed" in home.lower()
    assert "Looked back" in goals or "Look back" in goals
    assert "Skills of your year" in skills
    assert "Exemplar" in portfolio or "exemplar" in portfolio
    assert stage.pack["said"]["again"] in shared
    assert stage.pack["said"]["question"] in shared
    table = await lobby.file(STAFF.handle, f"insight.csv/{frozen[-1].id}")
    assert "Everybody" in table
    for each in stage.people:
        assert each.who.name not in table


def _since() -> Month:
    return Month(BEGINS.year, BEGINS.month)
