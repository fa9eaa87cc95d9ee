"""A school year of 300 teachers in twelve districts on three platforms: met, repeats, nobody left out."""

from collections.abc import Callable

import pytest

from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.faults.conftest import LONG, Row
from tests.peers.year import lived

pytestmark = pytest.mark.faults
# What would be its short form is in tests/scenarios.
TEACHERS, WEEKS = (300, 40) if LONG else (12, 2)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_peer_year(store: Store, clock: FrozenClock, tally: Callable[[Row], None]) -> None:
    """Nobody is odd twice running, left out, or introduced to who paused or left."""
    year = await lived(store, clock, TEACHERS, WEEKS)
    print(f"\n{year}")
    wrong = year.odd_twice + year.left_out
    tally(
        Row(
            "a school year of 300 teachers of twelve districts on three platforms, introduced every two weeks",
            year.introductions,
            wrong,
            year.not_theirs,
        )
    )
    assert (year.odd_twice, year.left_out, year.not_theirs) == (0, 0, 0)
