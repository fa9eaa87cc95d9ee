"""An exemplar with its versions and evidence, a share and how it stands: pure."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from plnbot.goals.model import Indicator
from plnbot.values import dataclass
from plnbot.walltime import instant, local

MOST = 100
"""So many exemplars one has."""
MOST_VERSIONS, MOST_EVIDENCE, MOST_SHARES, MOST_QUESTIONS = 30, 25, 20, 20
"""Of one exemplar, of one exemplar, of one teacher at a time, of one share."""
LONGEST_TITLE, LONGEST, LONGEST_QUESTION = 120, 3_000, 1_000
LASTS = (7, 30, 90, 180)
"""For how many days something can be shared."""


class Show(StrEnum):
    """What a piece of evidence is."""

    FILE = "file"
    LINK = "link"
    ACTIVITY = "activity"


class Standing(StrEnum):
    """How a share stands."""

    OPEN = "open"
    OVER = "over"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Told:
    """What a teacher tells of an exemplar as a whole; `own` is the indicator in their own word."""

    title: str
    goal: int | None = None
    indicator: Indicator | None = None
    own: str = ""
    reflection: str = ""


@dataclass(frozen=True, slots=True)
class Exemplar:
    """One thing of a teacher's practice; `version` is the number of its latest version."""

    id: int
    network: int
    member: int
    told: Told
    version: int
    at: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """What an exemplar was like from then on, and what was changed and why; the first has no why."""

    number: int
    what: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows a version: a kept file by its number, a link, or an activity by its source.

    A link has a `title` where its teacher said what is there.
    """

    id: int
    exemplar: int
    version: int
    show: Show
    title: str
    at: datetime
    file: int | None = None
    link: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """Exemplars that a teacher shows to one person, `to`, or to whoever has the `code`.

    `name` is the teacher's as the page of a link shows it, empty where it shows none; `zone` is theirs,
    and `address` is where its page can be reached.
    """

    id: int
    network: int
    member: int
    exemplars: tuple[int, ...]
    at: datetime
    until: datetime
    to: int | None = None
    code: str = ""
    name: str = ""
    zone: str = "UTC"
    address: str = ""
    withdrawn: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked about an exemplar that they were shown, and what its teacher answered, if they did."""

    id: int
    share: int
    exemplar: int
    asker: int
    words: str
    at: datetime
    answer: str = ""
    answered: datetime | None = None
    set_aside: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether its teacher has neither answered it nor set it aside."""
        return self.answered is None and self.set_aside is None


def standing(share: Share, now: datetime) -> Standing:
    """Return how a share stands: it ends with its last instant, and at once where it is withdrawn."""
    if share.withdrawn is not None:
        return Standing.WITHDRAWN
    return Standing.OPEN if now < share.until else Standing.OVER


def ends(now: datetime, days: int, zone: str) -> datetime:
    """Return when something ends that is shared now for so many days: with the last of them, where its teacher is.

    People read “until” a day, and come on that day.
    """
    last = local(now, zone).date() + timedelta(days=days)
    return instant(datetime.combine(last, time(23, 59, 59)), zone)
