"""Pages of a year that was played: nothing bars the way to its tables, and none is too wide."""

import pytest
from playwright.async_api import Browser

from plnbot.demo_year import playing
from plnbot.demo_year.playing import Calendar
from plnbot.operate.lobby import opened_by
from tests.browser.test_pages import barred
from tests.scenarios.conftest import lobby
from tests.scenarios.lobby import LOBBY_KEY, LobbyDriver
from tests.scenarios.test_demo_year import played

__all__ = ["lobby"]
SHORT = Calendar(months=2, pulses=(), assessed=(8, 9), kept=8, anew=9, shown=9)
PEOPLE = 12


@pytest.mark.rows(144)
@pytest.mark.browser
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_barriers_in_a_year(browser: Browser, lobby: LobbyDriver) -> None:
    """The district's report with its tables, a team's figures over time, a teacher's skills, what is shared."""
    stage = await played(lobby, PEOPLE, SHORT)
    address = str(lobby.client.make_url("")).rstrip("/")
    leads = [path for _words, path in await playing.leads(stage)]
    reports = [f"/as/rosa/page/insight/{number}" for number in (1, 2)]
    opened = opened_by(address, LOBBY_KEY)
    every = (*leads, *reports)
    phone = await barred(browser, opened, every, every, ("phone", "light"))
    desktop = await barred(browser, opened, every, every, ("desktop", "dark"))
    assert "\n".join((*phone, *desktop)) == ""
