"""Seven weeks of three districts with their own holidays; `./run faults -k year` takes a whole year."""

import sys
from datetime import timedelta

import pytest

from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.prompts.school_year import BEGAN, Year, lived

AUTUMN = timedelta(weeks=7)


@pytest.mark.rows(13, 26)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_silent_in_our_break_live_next_door(store: Store, clock: FrozenClock) -> None:
    """Thanksgiving, a bridge day, Christmas, a summer down under: each asked when it has school."""
    year = await lived(store, clock, BEGAN + AUTUMN)
    sys.stdout.write(f"\n{year}\n")
    assert year == Year(year.due, year.due, 0, 0)
    assert year.due > 70
