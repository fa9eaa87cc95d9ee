"""The clocks a running bot may have: the real one, and a rehearsal's that runs faster."""

from datetime import UTC, datetime, timedelta

from plnbot.values import dataclass


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)

    def real_seconds_until(self, instant: datetime) -> float:
        """Return the seconds until `instant`."""
        return (instant - self.now()).total_seconds()

    def passing(self, real: timedelta) -> timedelta:
        """Return the same length."""
        return real

    def real(self, shown: datetime) -> datetime:
        """Return the same instant."""
        return shown

    def shown(self, real: datetime) -> datetime:
        """Return the same instant."""
        return real


@dataclass(frozen=True, slots=True)
class RehearsalClock:
    """A clock that shows `shown_at` when the machine's clock shows `real_at`, and runs `rate` times.

    It follows the machine's wall clock, so that a rehearsal goes on where it was after a restart.
    """

    rate: float
    shown_at: datetime
    real_at: datetime

    def now(self) -> datetime:
        """Return the instant the rehearsal has reached."""
        passed = (datetime.now(UTC) - self.real_at).total_seconds()
        return self.shown_at + timedelta(seconds=passed * self.rate)

    def real_seconds_until(self, instant: datetime) -> float:
        """Return the real seconds until the rehearsal reaches `instant`."""
        return (instant - self.now()).total_seconds() / self.rate

    def passing(self, real: timedelta) -> timedelta:
        """Return how far the rehearsal gets in a length of real time."""
        return real * self.rate

    def real(self, shown: datetime) -> datetime:
        """Return what the machine's clock showed when the rehearsal was there."""
        return self.real_at + (shown - self.shown_at) / self.rate

    def shown(self, real: datetime) -> datetime:
        """Return where the rehearsal was when the machine's clock showed this."""
        return self.shown_at + (real - self.real_at) * self.rate
