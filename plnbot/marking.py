"""Quiet marks beside what people said: best effort, and never in the way of anything.

A mark is wished for, or wished away. Of one message only the latest wish counts. Marks are put one at a
time, a gap apart; of more than a few that wait the oldest is dropped. Where many come within a minute
none is put at all: marks on some answers would say that the others do not count. A platform that asks to
wait, or refuses, is left alone for as long. What is marked is remembered by this process alone.
"""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import field
from typing import TypeVar

from plnbot.refs import Place
from plnbot.values import dataclass

MARK = "\N{MEMO}"
"""What stands beside what was taken in; it says nothing of whether that is right or good."""
_WITHIN = 60.0
_MOST_REMEMBERED = 2000
_Message = tuple[Place, str]
Value = TypeVar("Value")


@dataclass(slots=True)
class Marking:
    """Puts marks by `put(place, message, on)`, which returns for how many seconds to leave it alone.

    `shared` names what a platform counts together: a channel, or its whole workspace. Above `busy`
    answers a minute there, nothing is marked; at most `waiting` wishes wait.
    """

    put: Callable[[Place, str, bool], Awaitable[float]]
    shared: Callable[[Place], Place]
    gap: float = 1.5
    busy: int = 30
    waiting: int = 8
    seconds: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    _wished: OrderedDict[_Message, bool] = field(default_factory=OrderedDict)
    _marked: OrderedDict[_Message, None] = field(default_factory=OrderedDict)
    _heard: OrderedDict[_Message, str] = field(default_factory=OrderedDict)
    _came: dict[Place, deque[float]] = field(default_factory=dict)
    _resting: dict[Place, float] = field(default_factory=dict)
    _running: asyncio.Task[None] | None = None

    def heard(self, place: Place, message: str, version: str = "", *, counts: bool) -> None:
        """Have a message show whether it counts, if that disturbs nobody.

        `version` orders what is told of one message; what is told again, or late, says nothing new.
        """
        where, this = self.shared(place), (place, message)
        if this in self._heard and version <= self._heard[this]:
            return
        _remember(self._heard, this, version)
        if counts and self._is_busy(where):
            self._drop(where)
            return
        if counts == (this in self._marked):
            self._wished.pop(this, None)
            return
        if self._resting.get(where, 0.0) > self.seconds():
            return
        self._wished[this] = counts
        self._wished.move_to_end(this)
        while len(self._wished) > self.waiting:
            self._wished.popitem(last=False)
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run(), name="quiet marks")

    async def stop(self) -> None:
        """Let it be."""
        self._wished.clear()
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait([self._running])

    async def _run(self) -> None:
        while self._wished:
            (place, message), on = self._wished.popitem(last=False)
            rest = await self.put(place, message, on)
            if rest:
                where = self.shared(place)
                self._resting[where] = self.seconds() + rest
                self._drop(where)
            elif on:
                _remember(self._marked, (place, message), None)
            else:
                self._marked.pop((place, message), None)
            await self.sleep(self.gap)

    def _is_busy(self, where: Place) -> bool:
        """Count one more answer, and return whether there are too many for marks."""
        now = self.seconds()
        if len(self._came) > _MOST_REMEMBERED:
            self._came = {at: came for at, came in self._came.items() if came[-1] > now - _WITHIN}
        came = self._came.setdefault(where, deque(maxlen=self.busy + 1))
        came.append(now)
        return len(came) > self.busy and came[0] > now - _WITHIN

    def _drop(self, where: Place) -> None:
        for each in [each for each in self._wished if self.shared(each[0]) == where]:
            del self._wished[each]


def _remember(what: OrderedDict[_Message, Value], this: _Message, value: Value) -> None:
    what[this] = value
    what.move_to_end(this)
    while len(what) > _MOST_REMEMBERED:
        what.popitem(last=False)
