"""Waiting for exact instants, by many at once, without holding up the loop."""

import asyncio
import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

AT_A_TIME = 25


class Instants:
    """Lets everybody go on at their instant, a few at a time, so that others get their turn.

    `seconds_until` is a clock's `real_seconds_until`.
    """

    def __init__(self, seconds_until: Callable[[datetime], float]) -> None:
        self._seconds_until = seconds_until
        self._waiting: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._numbers = count()
        self._timer: asyncio.TimerHandle | None = None

    def wait(self, at: datetime) -> asyncio.Future[None]:
        """Return what is done at `at`, or when somebody sets it before."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (at, next(self._numbers), future)
        heapq.heappush(self._waiting, entry)
        if self._waiting[0] is entry:
            self._set_timer()
        return future

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        wait = max(0.0, self._seconds_until(self._waiting[0][0]))
        self._timer = asyncio.get_running_loop().call_later(wait, self._go_on)

    def _go_on(self) -> None:
        for _ in range(AT_A_TIME):
            if not self._waiting or self._seconds_until(self._waiting[0][0]) > 0:
                break
            _at, _number, future = heapq.heappop(self._waiting)
            if not future.done():
                future.set_result(None)
        self._timer = None
        if self._waiting:
            self._set_timer()
