"""The house in which spaces are tested."""

import pytest

from plnbot.store.database import Store
from plnbot.testing import FrozenClock
from tests.spaces.house import House, house


@pytest.fixture
async def home(store: Store, clock: FrozenClock) -> House:
    """Return a network of three platforms."""
    return await house(store, clock)
