"""Who is told what the engine does, to count it. The engine knows no way of counting."""

from datetime import timedelta
from typing import Protocol


class Observer(Protocol):
    """Is told after the fact, on the loop; must neither wait nor fail.

    Kinds, platforms and outcomes are few and ours: never a person's, a place's or a network's name.
    """

    def handled(self, kind: str, outcome: str, seconds: float) -> None:
        """Count one interaction of a kind (`press`), and how long it took."""
        ...

    def begun(self, kind: str, late: timedelta) -> None:
        """Count a piece of work at its first try, and how long after it was due."""
        ...

    def ended(self, kind: str, outcome: str) -> None:
        """Count how a try at a piece of work ended: `done`, `again`, `refused` or `parked`.

        Outside work that is broken off with its row is `cancelled`.
        """
        ...

    def sent(self, platform: str, outcome: str) -> None:
        """Count what a platform made of a post: `sent`, `retry`, `rejected` or `unknown`."""
        ...

    def unit(self, seconds: float, *, writes: bool) -> None:
        """Count a unit of work, and how long it took with its waiting."""
        ...


class Unobserved:
    """Nobody counts."""

    def handled(self, kind: str, outcome: str, seconds: float) -> None:
        """Let it pass."""

    def begun(self, kind: str, late: timedelta) -> None:
        """Let it pass."""

    def ended(self, kind: str, outcome: str) -> None:
        """Let it pass."""

    def sent(self, platform: str, outcome: str) -> None:
        """Let it pass."""

    def unit(self, seconds: float, *, writes: bool) -> None:
        """Let it pass."""


UNOBSERVED = Unobserved()
