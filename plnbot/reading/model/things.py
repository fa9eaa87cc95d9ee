"""What a member can find, save and have done: stories that feeds told, and entries of the catalogue."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from plnbot.reading.model.feeds import Audience
from plnbot.values import dataclass

REPORTS_TO_HIDE = 3
"""From so many different members on, a dead link is offered to nobody until a curator has looked."""
_LONGEST_ROW = 15


class ThingKind(StrEnum):
    """Where a thing comes from."""

    STORY = "story"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Thing:
    """A story or an entry, by its number."""

    kind: ThingKind
    row: int

    @property
    def ref(self) -> str:
        """How buttons name it."""
        return f"{self.kind}-{self.row}"


def thing_of(ref: str) -> Thing | None:
    """Return the thing that a button names, if it names one."""
    kind, _, row = ref.partition("-")
    if (
        kind not in set(ThingKind)
        or not (row.isascii() and row.isdigit())
        or len(row) > _LONGEST_ROW
    ):
        return None
    return Thing(ThingKind(kind), int(row))


class EntryKind(StrEnum):
    """What an entry of the catalogue is."""

    WEBINAR = "webinar"
    COURSE = "course"
    BOOK = "book"
    VIDEO = "video"
    PAPER = "paper"
    OTHER = "other"


class EntryDeed(StrEnum):
    """What the audit log tells of the catalogue."""

    ADDED = "reading.entry_added"
    CHANGED = "reading.entry_changed"
    REMOVED = "reading.entry_removed"
    BACK = "reading.entry_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a curator says of an entry. `cost` is in words, `free` None where nobody said.

    `begins` is when a webinar takes place; `until` the last day on which an entry is offered.
    """

    kind: EntryKind
    title: str
    provider: str = ""
    cost: str = ""
    minutes: int | None = None
    subjects: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    audience: Audience = Audience.TEACHERS
    note: str = ""
    begins: datetime | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a network's catalogue; one that was taken out keeps its row."""

    id: int
    network: int
    link: str
    about: About
    added_by: int | None
    added_at: datetime
    ends_at: datetime | None = None
    removed_at: datetime | None = None

    def offered(self, now: datetime) -> bool:
        """Return whether it is offered: not taken out, and not over."""
        return self.removed_at is None and (self.ends_at is None or now < self.ends_at)


def over_at(about: About, end_of_day: datetime | None) -> datetime | None:
    """Return when an entry goes by itself: after its last day, or when what takes place once is over."""
    if end_of_day is not None:
        return end_of_day
    if about.begins is None:
        return None
    return about.begins + timedelta(minutes=about.minutes or 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What is shown of a thing, wherever it comes from.

    `what` is the word for it (`article`, `video`, `webinar` …), `source` who told or provides it, `reports`
    how many members say that its link is dead, `used` how many used it in class. `told_before`: an earlier
    one tells the same, and is found in its place.
    """

    thing: Thing
    network: int
    title: str
    link: str
    what: str
    source: str
    note: str = ""
    text: str = ""
    language: str = ""
    minutes: int | None = None
    subjects: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    pupils: bool = False
    free: bool | None = None
    cost: str = ""
    captions: bool = False
    begins: datetime | None = None
    came: datetime | None = None
    told_before: bool = False
    used: int = 0
    reports: int = 0

    @property
    def dead(self) -> bool:
        """Whether so many say that its link is dead that it is offered no more."""
        return self.reports >= REPORTS_TO_HIDE


def proposed_minutes(worth: Worth) -> int | None:
    """Return how many minutes to propose to who is done with a thing."""
    return min(worth.minutes, 24 * 60) if worth.minutes else None
