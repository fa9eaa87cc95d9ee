"""What somebody did, and how long it took: values and pure arithmetic."""

from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from plnbot.values import dataclass

_MINUTE = timedelta(minutes=1)


class Role(StrEnum):
    """In what part somebody did something."""

    ATTENDED = "attended"
    LED = "led"
    PRESENTED = "presented"
    MENTORED = "mentored"


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that one member did, as a capability writes it down.

    `kind` is the capability's word for it (`chat`); `title` is shown to people. `started` and
    `ended` are aware; `minutes` are whole, no more than lie between the two, and None where no clock
    ran. `source` names what it was done in (`chat:12`), the same however often it is written.
    `topics` and `skills` are ids of the packs. `evidence` is small and JSON's: facts that lead back
    to what was done there, never the words themselves. Raises `ValueError` for what cannot be.
    """

    network: int
    member: int
    kind: str
    role: Role
    title: str
    started: datetime
    ended: datetime
    minutes: int | None
    source: str
    in_person: bool = False
    topics: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    evidence: Mapping[str, str | int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.started.tzinfo is None or self.ended.tzinfo is None:
            raise ValueError("an activity needs instants with a time zone")
        if self.ended < self.started:
            raise ValueError("an activity cannot end before it starts")
        if self.minutes is not None and not 0 <= self.minutes <= _whole(self.started, self.ended):
            raise ValueError("an activity has no more minutes than lie between start and end")


@dataclass(frozen=True, slots=True)
class Session:
    """Something that took place, for the arithmetic of who was there how long.

    `parts` are the instants at which its parts began; `most` is how many minutes were planned. It
    may end as it begins; one that ends before is as one in which nothing happened.
    """

    begins: datetime
    ends: datetime
    most: int
    parts: tuple[datetime, ...] = ()

    def end_of_part(self, at: datetime) -> datetime:
        """Return when the part that goes on at `at` ends: with the next one, or with the session."""
        later = (part for part in self.parts if at < part < self.ends)
        return min(later, default=self.ends)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when somebody was there, and the minutes of it that count."""

    started: datetime
    ended: datetime
    minutes: int


def time_in(session: Session, acts: Collection[datetime]) -> Span | None:
    """Return how long somebody was in a session, by the instants of what they did there.

    None where nothing was done between its begin and its end, both included. The order of `acts`
    does not matter, and a later act never makes the time shorter.
    """
    within = [at for at in acts if session.begins <= at <= session.ends]
    if not within:
        return None
    first = min(within)
    last = max(*within, session.end_of_part(first))
    return Span(first, last, min(_whole(first, last), max(session.most, 0)))


def _whole(first: datetime, last: datetime) -> int:
    return (last - first) // _MINUTE
