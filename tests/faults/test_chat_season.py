"""A season of ten weeks and forty teachers: two runs a week, three guests, a vote on topics each week."""

from collections.abc import Callable

import pytest

from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.chats.season_lived import lived
from tests.faults.conftest import DIALECTS, LONG, Row

pytestmark = pytest.mark.faults
WEEKS, TEACHERS, GUESTS = (10, 40, 3) if LONG else (1, 6, 1)


# Its short form on SQLite is in tests/scenarios.
@pytest.mark.parametrize("database_url", DIALECTS if LONG else ["postgresql"], indirect=True)
async def test_chat_season(store: Store, clock: FrozenClock, tally: Callable[[Row], None]) -> None:
    """What was said stands in one archive of both runs, once, whatever is delivered twice."""
    season = await lived(store, clock, WEEKS, TEACHERS, GUESTS)
    print(f"\n{season}")
    tally(
        Row(
            "a season of chats: ten weeks, 40 teachers, two runs a week, events delivered again",
            season.answered,
            season.lost,
            season.twice,
        )
    )
    assert (season.lost, season.twice) == (0, 0)
