"""The port of heavy work: what takes long or needs much, done in another process within limits."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from plnbot.errors import PlnError
from plnbot.values import dataclass

Plain = None | bool | int | float | str | Sequence["Plain"] | Mapping[str, "Plain"]
"""What JSON can say."""
Told = Callable[["Plain"], None]
_MIB = 1024 * 1024


class HeavyError(PlnError):
    """Heavy work did not come to its end. The words are ours and fixed: they may be logged."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of heavy work may use: bytes of memory, processor time, and time on the wall."""

    memory: int = 512 * _MIB
    processor: timedelta = timedelta(minutes=1)
    longest: timedelta = timedelta(minutes=2)


USUAL = Limits()


class HeavyWork(Protocol):
    """Does heavy work elsewhere, so that neither the loop nor a transaction waits for it."""

    async def run(
        self, function: str, given: Plain, limits: Limits = USUAL, told: Told | None = None
    ) -> Plain:
        """Return what a function makes of plain values, in a process of its own.

        `function` is `package.module:name`, one of ours, called as `name(given, tell)`: whatever it
        says to `tell` comes to `told` on the loop. It may be begun again after a crash, so it must
        be harmless twice. Raises `HeavyError` where it uses more than its `limits`, dies, says what
        cannot be read, or raises itself. Who stops waiting ends it.
        """
        ...

    async def close(self) -> None:
        """End what still runs, and let go of every process."""
        ...
