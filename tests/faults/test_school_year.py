"""A whole school year of three districts on both databases: all that was due, nothing in a break."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.faults.conftest import DIALECTS, LONG, Row
from tests.prompts.school_year import BEGAN, Year, lived

pytestmark = pytest.mark.faults
LASTS = timedelta(days=365 if LONG else 21)


# Its short form on SQLite is in tests/scenarios.
@pytest.mark.parametrize("database_url", DIALECTS if LONG else ["postgresql"], indirect=True)
async def test_school_year(
    store: Store,
    clock: FrozenClock,
    tally: Callable[[Row], None],
) -> None:
    """Each prompt comes in each room at its hour, once, and never while its district is out."""
    year = await lived(store, clock, BEGAN + LASTS)
    print(f"\n{year}")
    tally(Row("a school year of three districts", year.due, year.due - year.posted, year.twice))
    assert year == Year(year.due, year.due, 0, 0)
