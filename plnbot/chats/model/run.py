"""A chat as it decides: its state, the moments to come, and how its plan gives way."""

from datetime import datetime, timedelta
from enum import StrEnum

from plnbot.values import dataclass


class ChatState(StrEnum):
    """Where a chat stands. One that is thrown away was never announced."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    ASKING = "asking"
    CLOSING = "closing"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"
    THROWN_AWAY = "thrown_away"


GRACE = timedelta(seconds=45)
"""Later than this and the bot says sorry."""

UNTOLD = frozenset({ChatState.DRAFT, ChatState.THROWN_AWAY})
LIVE = frozenset({ChatState.OPEN, ChatState.ASKING, ChatState.CLOSING})


class MomentKind(StrEnum):
    """What a moment of the plan is."""

    WELCOME = "welcome"
    WARM_UP = "warm_up"
    QUESTION = "question"
    CLOSING = "closing"
    END = "end"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something the chat does by itself at `at`; `number` is the question's place in the chat."""

    kind: MomentKind
    at: datetime
    number: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """How a plan gives way: never under `least` for a question; `keep_end` shortens the gaps first.

    `step` is what a slow chat moves by (a day), so that it keeps its hour; zero for a live one.
    """

    least: timedelta = timedelta(minutes=5)
    keep_end: bool = True
    step: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Run:
    """What a chat decides from. `moments` are those still to come, in order."""

    state: ChatState = ChatState.DRAFT
    moments: tuple[Moment, ...] = ()
    current: int = 0
    held_since: datetime | None = None
    pace: Pace = Pace()

    @property
    def held(self) -> bool:
        """Whether the chat waits for its moderator."""
        return self.held_since is not None

    @property
    def next_moment(self) -> Moment | None:
        """What comes next, if anything."""
        return self.moments[0] if self.moments else None

    @property
    def ends_at(self) -> datetime | None:
        """When the chat is to end."""
        return self.moments[-1].at if self.moments else None


@dataclass(frozen=True, slots=True)
class Told:
    """What a chat's room was told last: `at` its time, heard there at `heard_at`, or not yet."""

    at: datetime
    heard_at: datetime | None

    @property
    def late(self) -> bool:
        """Whether the room heard it so late that sorry is due."""
        return self.heard_at is not None and self.heard_at - self.at > GRACE

    def overdue(self, now: datetime) -> bool:
        """Return whether the room should have heard it by now, and has not."""
        return self.heard_at is None and now - self.at > GRACE
