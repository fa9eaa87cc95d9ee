"""Work that is leased a moment before its instant, and waits for it."""

import asyncio
import contextlib
from collections.abc import Iterator
from datetime import datetime

from plnbot.engine.instants import Instants
from plnbot.engine.runner.tools import Tools
from plnbot.engine.work import Item


class Early:
    """What waits for its instant, by row."""

    def __init__(self, tools: Tools) -> None:
        self._instants = Instants(tools.seconds_until)
        self._fences: dict[int, int] = {}

    def __contains__(self, row: int) -> bool:
        """Return whether this row is held and waits."""
        return row in self._fences

    @contextlib.contextmanager
    def waiting(self, item: Item) -> Iterator[None]:
        """Let it count as waiting inside the block."""
        self._fences[item.id] = item.fence
        try:
            yield
        finally:
            if self._fences.get(item.id) == item.fence:
                del self._fences[item.id]

    def instant(self, at: datetime) -> asyncio.Future[None]:
        """Return what is done at `at`."""
        return self._instants.wait(at)
