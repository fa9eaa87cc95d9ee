"""The port of time: the one clock that everything asks."""

from datetime import datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """The time: the real one, a rehearsal's, or a test's. Instants are aware, and in UTC.

    What people see and what is written down is `now`; what is waited for is real time.
    """

    def now(self) -> datetime:
        """Return the present instant."""
        ...

    def real_seconds_until(self, instant: datetime) -> float:
        """Return how many real seconds pass until `instant`; negative when it is past."""
        ...

    def passing(self, real: timedelta) -> timedelta:
        """Return how far this clock moves on in a length of real time."""
        ...

    def real(self, shown: datetime) -> datetime:
        """Return what everybody's clocks showed when this one showed an instant."""
        ...

    def shown(self, real: datetime) -> datetime:
        """Return what this clock showed when everybody's showed an instant."""
        ...
