"""A board, its slots and rooms, and the phases that time leads it through. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from plnbot.refs import Place
from plnbot.values import dataclass


class Phase(StrEnum):
    """Where a board stands."""

    PLANNED = "planned"
    REQUEST = "request"
    PROPOSE = "propose"
    VOTE = "vote"
    GRID = "grid"
    LIVE = "live"
    SHARE_OUT = "share-out"
    OVER = "over"
    CALLED_OFF = "called off"


PHASES = tuple(each for each in Phase if each not in {Phase.PLANNED, Phase.CALLED_OFF})
"""Those that begin at a time, in their order."""
REQUIRED = (Phase.LIVE, Phase.SHARE_OUT, Phase.OVER)
"""Those that no board can be without."""
ENDED = (Phase.OVER, Phase.CALLED_OFF)
"""Those in which nothing happens any more."""
NOT_ENDED = tuple(each for each in Phase if each not in ENDED)
TAKES_CARDS = (Phase.REQUEST, Phase.PROPOSE, Phase.VOTE)
"""Those in which cards can be posted."""
_SHARES = {Phase.PROPOSE: 0.25, Phase.VOTE: 0.6, Phase.GRID: 0.85}
_SHARING = timedelta(minutes=30)
_STEP = timedelta(minutes=5)


class RoomKind(StrEnum):
    """What a room is: one with a door, or a place to write or talk in."""

    REAL = "real"
    CHANNEL = "channel"
    THREAD = "thread"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which sessions are held side by side."""

    id: int
    board: int
    starts_at: datetime
    ends_at: datetime
    name: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """Where one session is held at a time; `seats` is None where nobody counts them.

    `features` are what it has, such as `projector`, in small letters. `place` is the channel that a channel
    or voice room is.
    """

    id: int
    board: int
    name: str
    kind: RoomKind = RoomKind.REAL
    seats: int | None = None
    features: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """An EdCamp's board.

    `place` is the room it belongs to, None for one that has only its page. `times` is when each phase
    begins that it has. Until `one_each_until` nobody has more than one card. `version` is the grid's that
    everybody was told of, 0 for none yet. `public` lets those read it who know its `secret`.
    """

    id: int
    network: int
    title: str
    about: str
    place: Place | None
    zone: str
    phase: Phase
    times: Mapping[Phase, datetime]
    one_each_until: datetime | None
    seed: int
    version: int
    public: bool
    secret: str
    created_by: int

    @property
    def scope(self) -> str:
        """What roles are held in, what the audit log knows it by, and what its changes are announced as."""
        return f"edcamp:{self.id}"

    @property
    def starts_at(self) -> datetime:
        """When the first slot begins."""
        return self.times[Phase.LIVE]

    @property
    def ends_at(self) -> datetime:
        """When all is over."""
        return self.times[Phase.OVER]

    @property
    def takes_cards(self) -> bool:
        """Whether cards can be posted now."""
        return self.phase in TAKES_CARDS

    @property
    def counts_hidden(self) -> bool:
        """Whether nobody may see by now what was voted for."""
        return self.phase is Phase.PLANNED or self.takes_cards

    @property
    def ended(self) -> bool:
        """Whether nothing happens on it any more."""
        return self.phase in ENDED

    def ends_phase(self, phase: Phase) -> datetime | None:
        """Return when a phase ends: when the next one that the board has begins."""
        later = PHASES[PHASES.index(phase) + 1 :]
        return next((self.times[each] for each in later if each in self.times), None)


def phase_at(times: Mapping[Phase, datetime], now: datetime) -> Phase:
    """Return the phase that a board with these times is in."""
    begun = [each for each in PHASES if each in times and times[each] <= now]
    return begun[-1] if begun else Phase.PLANNED


def next_change(times: Mapping[Phase, datetime], now: datetime) -> datetime | None:
    """Return when the next phase begins, None when none does any more."""
    return min((each for each in times.values() if each > now), default=None)


def usual_times(now: datetime, first: datetime, last: datetime) -> Mapping[Phase, datetime]:
    """Return when phases begin where nobody said otherwise: from now on, and the day by its slots.

    `first` is when the first slot begins, `last` when the last one ends.
    """
    span = first - now
    before = {each: _rounded(now + span * share, now) for each, share in _SHARES.items()}
    day = {Phase.LIVE: first, Phase.SHARE_OUT: last, Phase.OVER: last + _SHARING}
    return {Phase.REQUEST: now, **before, **day}


def _rounded(at: datetime, now: datetime) -> datetime:
    """Return an instant on a step of the clock, never in the past."""
    return max(now, at - (at - datetime.min.replace(tzinfo=at.tzinfo)) % _STEP)
