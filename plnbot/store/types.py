"""Column types that mean the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import JSON, BigInteger, Dialect, Integer, String, Text
from sqlalchemy.types import TypeDecorator

from plnbot.schedules import Schedule, from_text

Json = JSON

# SQLite numbers rows by itself only for INTEGER; PostgreSQL gets eight bytes.
Id = BigInteger().with_variant(Integer, "sqlite")


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as microseconds since 1970 in UTC: sortable and exact everywhere.

    Raises `ValueError` for a naive datetime.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Return the microseconds of an aware instant."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "an instant needs a time zone"
            raise ValueError(msg)
        since = value.astimezone(UTC) - _EPOCH
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC."""
        del dialect
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class WallTime(TypeDecorator[datetime]):
    """A naive wall time, kept as `2027-01-04T15:45:00`: readable, and in order as text.

    Its zone stands in a column beside it. Raises `ValueError` for an aware datetime.
    """

    impl = String(26)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the wall time as ISO 8601 writes it."""
        del dialect
        if value is not None and value.tzinfo is not None:
            msg = "a wall time has no time zone of its own"
            raise ValueError(msg)
        return None if value is None else value.replace(fold=0).isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return the wall time."""
        del dialect
        return None if value is None else datetime.fromisoformat(value)


class ScheduleText(TypeDecorator[Schedule]):
    """A schedule, kept as the lines that `Schedule.as_text` writes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Schedule | None, dialect: Dialect) -> str | None:
        """Return the schedule's lines."""
        del dialect
        return None if value is None else value.as_text()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Schedule | None:
        """Return the schedule."""
        del dialect
        return None if value is None else from_text(value)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
