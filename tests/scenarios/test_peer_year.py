"""Five weeks of thirty teachers of twelve districts; `./run faults -k year` takes a whole year of 300."""

import sys

import pytest

from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.peers.year import lived

TEACHERS, WEEKS = 30, 5


@pytest.mark.rows(73, 81, 84)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_year_in_short(store: Store, clock: FrozenClock) -> None:
    """Met, repeats, cross-district; nobody odd twice running, left out, or introduced who paused or left."""
    year = await lived(store, clock, TEACHERS, WEEKS)
    sys.stdout.write(f"\n{year}\n")
    assert year.rounds == 3
    assert year.introductions > 30
    assert (year.odd_twice, year.left_out, year.not_theirs) == (0, 0, 0)
    assert year.met > year.seats / 3
