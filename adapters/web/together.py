"""Many who ask the same at the same time are answered at once.

When a board changes, two hundred streams ask for its wall in the same instant. The first is answered
alone; who asks meanwhile waits for the next answer, which is for all of them.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Hashable, Mapping
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

Asker = TypeVar("Asker", bound=Hashable)
Answer = TypeVar("Answer")

_MOST = 32
"""So many are answered at once, so that the first of them does not wait for all."""


class Together(Generic[Asker, Answer]):
    """Gathers who asks for a thing while it is being answered."""

    def __init__(self) -> None:
        self._waiting: dict[Hashable, dict[Asker, asyncio.Future[Answer | None]]] = {}
        self._answering: dict[Hashable, asyncio.Task[None]] = {}

    async def ask(
        self,
        thing: Hashable,
        asker: Asker,
        answer: Callable[[Collection[Asker]], Awaitable[Mapping[Asker, Answer]]],
    ) -> Answer | None:
        """Return what `answer` has for this asker, given beside others who asked for the same.

        None is for who has to ask alone: whom it leaves out, and everybody where it failed.
        """
        waiting = self._waiting.setdefault(thing, {})
        if asker not in waiting:
            waiting[asker] = asyncio.get_running_loop().create_future()
        found = waiting[asker]
        if thing not in self._answering:
            self._answering[thing] = asyncio.create_task(self._answer(thing, answer))
        return await asyncio.shield(found)

    async def _answer(
        self,
        thing: Hashable,
        answer: Callable[[Collection[Asker]], Awaitable[Mapping[Asker, Answer]]],
    ) -> None:
        waiting = self._waiting[thing]
        while waiting:
            asked = {asker: waiting.pop(asker) for asker in list(waiting)[:_MOST]}
            found: Mapping[Asker, Answer] = {}
            try:
                found = await answer(asked.keys())
            except Exception as error:  # noqa: BLE001 - each asks alone then, and is told
                log.debug("%d are answered one by one: %s", len(asked), error)
            finally:
                for asker, future in asked.items():
                    future.set_result(found.get(asker))
        del self._waiting[thing], self._answering[thing]
