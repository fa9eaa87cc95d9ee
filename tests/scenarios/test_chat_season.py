"""A week of a season of eight teachers; `./run faults -k season` lives ten weeks of forty."""

import sys

import pytest

from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.chats.season_lived import lived

WEEKS, TEACHERS, GUESTS = 1, 8, 1


@pytest.mark.rows(40, 41, 42)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_season_in_short(store: Store, clock: FrozenClock) -> None:
    """Planned at once, voted on, two runs a week, a guest: nothing said is lost, and nothing stands twice."""
    season = await lived(store, clock, WEEKS, TEACHERS, GUESTS)
    sys.stdout.write(f"\n{season}\n")
    assert (season.lost, season.twice) == (0, 0)
    assert season.runs == 2 * WEEKS
    assert season.guests_answered
    assert season.met
