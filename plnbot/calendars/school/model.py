"""What a school calendar says, and what that makes of a day. Pure."""

from collections.abc import Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from plnbot.values import dataclass

WEEKEND = frozenset({5, 6})
LONGEST_SUMMER = timedelta(days=100)
"""For how long nobody is in school before the first day that was told, and after the last."""
_A_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What a day is, or days are."""

    BREAK = "break"
    CLOSED = "closed"
    PD = "pd"
    TESTING = "testing"
    HALF = "half"
    TERM = "term"
    BEGINS = "begins"
    ENDS = "ends"
    SCHOOL = "school"
    NOTHING = "nothing"


NO_SCHOOL = frozenset({Kind.BREAK, Kind.CLOSED, Kind.PD})
TERMS = frozenset({Kind.TERM, Kind.BEGINS, Kind.ENDS})
_FREE = frozenset({Kind.BREAK, Kind.CLOSED})


class Trouble(StrEnum):
    """Why a calendar could not be read."""

    AWAY = "away"
    NOT_THERE = "not_there"
    NOT_ALLOWED = "not_allowed"
    SIGN_IN = "sign_in"
    EMPTY = "empty"
    WEB_PAGE = "web_page"
    NO_CALENDAR = "no_calendar"
    NO_EVENTS = "no_events"
    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"


class Source(StrEnum):
    """Where a calendar comes from."""

    TYPED = "typed"
    FILE = "file"
    ADDRESS = "address"


class Deed(StrEnum):
    """What people do to calendars, as the log names it."""

    TYPED = "school.typed"
    UNTYPED = "school.untyped"
    ADDRESSED = "school.addressed"
    FILED = "school.filed"
    TAKEN = "school.taken"
    REMOVED = "school.removed"
    BROUGHT_BACK = "school.brought_back"


class Reach(StrEnum):
    """Whom a calendar is for, from far to near."""

    NETWORK = "network"
    DISTRICT = "district"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a calendar: from its `first` day to its `last`, both with it.

    `until` is when a half day ends, as `HH:MM`, where that was said.
    """

    first: date
    last: date
    kind: Kind
    title: str
    until: str = ""

    def covers(self, day: date) -> bool:
        """Return whether it is about this day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Day:
    """An entry with its number in its calendar."""

    id: int
    calendar: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom calendars are for: a whole network, or a district or school of it, and its name.

    `district` is the one that a school lies in, where that is known.
    """

    network: int
    reach: Reach = Reach.NETWORK
    number: int | None = None
    name: str = ""
    district: int | None = None

    @property
    def row(self) -> str:
        """What buttons and pages name it by."""
        return f"{self.reach.value}:{self.number or self.network}"

    @property
    def scopes(self) -> tuple[str, ...]:
        """The district and the school that it lies in, as scopes of roles."""
        near = () if self.reach is Reach.NETWORK else (self.row,)
        around = self.reach is Reach.SCHOOL and self.district is not None
        return (*near, f"{Reach.DISTRICT.value}:{self.district}") if around else near


@dataclass(frozen=True, slots=True)
class Calendar:
    """A school calendar; `organisation` is the district or school it is for, None for everybody.

    `address` is where it is read, empty elsewhere; `added_by` the member who answers for it, if any.
    """

    id: int
    network: int
    organisation: int | None
    name: str
    source: Source
    zone: str
    address: str = ""
    added_by: int | None = None
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of reading a calendar: what it said last, when, what changed, what is wrong.

    `added` and `gone` are the titles that came or went at `changed_at`; of what it held there was
    `more` than is kept, `broken` events that nobody can read, and some that recur too `often`.
    """

    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    read_at: datetime | None = None
    changed_at: datetime | None = None
    failing_since: datetime | None = None
    trouble: Trouble | None = None
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    broken: int = 0
    often: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """How one reading differs from the one before: what came, and what went."""

    added: tuple[Entry, ...]
    gone: tuple[Day, ...]


def changed(before: Sequence[Day], after: Sequence[Entry]) -> Changed:
    """Return what came and what went; what is called and lies as before stays what it was taken as."""
    there = {(day.entry.first, day.entry.last, day.entry.title) for day in before}
    wanted = {(each.first, each.last, each.title) for each in after}
    added = tuple(each for each in after if (each.first, each.last, each.title) not in there)
    gone = tuple(
        day for day in before if (day.entry.first, day.entry.last, day.entry.title) not in wanted
    )
    return Changed(added, gone)


@dataclass(frozen=True)
class Layer:
    """The entries of all calendars of one reach: of a school, of a district, or of a network."""

    entries: Sequence[Entry]

    def says(self, day: date) -> Kind | None:
        """Return what decides about a day, None where nothing is said of it."""
        found = {each.kind for each in self.entries if each.covers(day)}
        order = (Kind.SCHOOL, Kind.BREAK, Kind.CLOSED, Kind.PD)
        decides = next((each for each in order if each in found), None)
        if decides is not None:
            return decides
        return Kind.BREAK if self._between_terms(day) else None

    @cached_property
    def _marks(self) -> Sequence[tuple[date, int]]:
        """The days on which school begins (1) and after which it has ended (0), in order."""
        marks: list[tuple[date, int]] = []
        for each in self.entries:
            if each.kind in (Kind.TERM, Kind.BEGINS):
                marks.append((each.first, 1))
            if each.kind in (Kind.TERM, Kind.ENDS):
                marks.append((each.last + _A_DAY, 0))
        return sorted(marks)

    def _between_terms(self, day: date) -> bool:
        before = [each for each in self._marks if each[0] <= day]
        after = [each for each in self._marks if each[0] > day]
        if before:
            at, begins = before[-1]
            return not begins and (bool(after) or day - at < LONGEST_SUMMER)
        if not after:
            return False
        at, begins = after[0]
        return bool(begins) and at - day <= LONGEST_SUMMER


@dataclass(frozen=True)
class Part:
    """What counts for some members alike: the layers of their calendars, the nearest first."""

    layers: Sequence[Layer] = ()

    def says(self, day: date) -> Kind | None:
        """Return what the nearest calendar says that says anything of a day."""
        return next((said for each in self.layers if (said := each.says(day)) is not None), None)

    def is_out(self, day: date) -> bool:
        """Return whether a calendar says that there is no school."""
        return self.says(day) in NO_SCHOOL

    def is_break(self, day: date) -> bool:
        """Return whether a calendar says that nobody works: a break, or a day that is closed."""
        return self.says(day) in _FREE

    def is_school_day(self, day: date) -> bool:
        """Return whether there is school: on weekdays, unless a calendar says otherwise."""
        said = self.says(day)
        return said is Kind.SCHOOL or (said is None and day.weekday() not in WEEKEND)


@dataclass(frozen=True)
class SchoolYear:
    """When there is school, for a district or for a network of several.

    A network is in school while any of its parts is. What lies outside the days it was asked for is
    answered as far as its entries reach.
    """

    parts: Sequence[Part] = field(default=(Part(),))

    def is_school_day(self, day: date) -> bool:
        """Return whether anybody has school; without any calendar that is every weekday."""
        return any(each.is_school_day(day) for each in self.parts)

    def is_break(self, day: date) -> bool:
        """Return whether all are in a break, or closed; teachers' own days are none."""
        return all(each.is_break(day) for each in self.parts)

    def is_out(self, day: date) -> bool:
        """Return whether calendars say of all that there is no school; of weekends they need not."""
        return all(each.is_out(day) for each in self.parts)
