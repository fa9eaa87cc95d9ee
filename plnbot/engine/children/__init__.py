"""Heavy work in child processes: the pool is loaded when it is needed for the first time."""

from typing import TYPE_CHECKING

from plnbot.engine.heavy import USUAL, Limits, Plain, Told

if TYPE_CHECKING:
    from plnbot.engine.children.pool import Pool

AT_ONCE = 2


class Children:
    """`HeavyWork` in at most `at_once` child processes beside each other, none before the first."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._pool: Pool | None = None

    async def run(
        self, function: str, given: Plain, limits: Limits = USUAL, told: Told | None = None
    ) -> Plain:
        """Return what a function makes of plain values; raises `HeavyError`."""
        if self._pool is None:
            from plnbot.engine.children.pool import Pool

            self._pool = Pool(self._at_once)
        return await self._pool.run(function, given, limits, told)

    async def close(self) -> None:
        """End every child."""
        if self._pool is not None:
            await self._pool.close()
