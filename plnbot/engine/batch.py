"""The batcher: units of work done together. What is asked for while one runs goes into the next, as one unit."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence, Sized
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from plnbot.store.database import Tx

One = TypeVar("One")
Made = TypeVar("Made")
_Asked = tuple[One, asyncio.Future[Made]]
_FIRST_SIZE = 50
_UNIT_SECONDS = 0.02
"""What a unit should take by itself: others wait for the database behind it."""
_LEAST_SECONDS = 1e-6


class Apart(Exception):  # noqa: N818 - it asks for something rather than report an error
    """Raised by a unit for several when one of them fails: each is to be done in its own unit."""


@contextlib.contextmanager
def fails_alone(several: Sized) -> Iterator[None]:
    """Let one that fails among several fail in a unit of its own, where it harms no other."""
    try:
        yield
    except Exception as error:
        if len(several) > 1:
            raise Apart from error
        raise


class _Runs(Protocol):
    def __call__(self, unit: Callable[[Tx], Sequence[Made]], /) -> Awaitable[Sequence[Made]]: ...


class Batcher(Generic[One, Made]):
    """Does `unit(tx, several)` for things that are asked for one by one, each awaiting its own.

    `run` is a store's `run` or `read`. At most `most` go into one unit, fewer while units take
    long, and `at_once` units run beside each other. What a unit raises is raised for each thing in
    it, except `Apart`.
    """

    def __init__(
        self,
        run: _Runs,
        unit: Callable[[Tx, Sequence[One]], Sequence[Made]],
        *,
        most: int,
        at_once: int = 1,
        seconds: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._run, self._unit, self._most, self._at_once = run, unit, most, at_once
        self._seconds = seconds
        self._size = _FIRST_SIZE
        self._waiting: deque[_Asked[One, Made]] = deque()
        self._later: dict[datetime, list[_Asked[One, Made]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy = 0

    async def __call__(self, one: One) -> Made:
        """Return what the unit made of `one`, once it is durable."""
        asked = self._asked(one)
        self._waiting.append(asked)
        self._start(1)
        return await asked[1]

    async def at(self, instant: datetime, seconds: float, one: One) -> Made:
        """Do the same at an instant, `seconds` from now, with all that are asked for then."""
        asked = self._asked(one)
        if instant not in self._later:
            self._later[instant] = []
            asyncio.get_running_loop().call_later(max(0.0, seconds), self._come, instant)
        self._later[instant].append(asked)
        return await asked[1]

    def _asked(self, one: One) -> "_Asked[One, Made]":
        return one, asyncio.get_running_loop().create_future()

    def _come(self, instant: datetime) -> None:
        coming = self._later.pop(instant)
        self._waiting.extend(coming)
        self._start(len(coming))

    def _start(self, units: int) -> None:
        for _ in range(min(units, self._at_once - self._busy)):
            self._busy += 1
            task = asyncio.create_task(self._work_off())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _work_off(self) -> None:
        try:
            while self._waiting:
                count = min(self._size, len(self._waiting))
                took = await self._do([self._waiting.popleft() for _ in range(count)])
                each = max(_LEAST_SECONDS, took) / count
                self._size = max(1, min(self._most, int(_UNIT_SECONDS / each), 2 * count + 1))
        finally:
            self._busy -= 1  # here, so that who asks after the last look at the queue starts anew

    async def _do(self, group: "list[_Asked[One, Made]]") -> float:
        """Do these in one unit; return the seconds it took, its wait for others and the disk left out.

        To wait is no shorter for fewer: units made smaller by a slow disk would keep it busy longer.
        """
        several, took = [one for one, _ in group], 0.0

        def unit(tx: Tx) -> Sequence[Made]:
            nonlocal took
            began = self._seconds()
            try:
                return self._unit(tx, several)
            finally:
                took = self._seconds() - began

        try:
            made = await self._run(unit)
        except Apart:
            for each in group:
                took += await self._do([each])
        except Exception as error:  # noqa: BLE001 - it belongs to who asked
            for _, future in group:
                if not future.done():
                    future.set_exception(error)
        else:
            for (_, future), value in zip(group, made, strict=True):
                if not future.done():
                    future.set_result(value)
        return took
