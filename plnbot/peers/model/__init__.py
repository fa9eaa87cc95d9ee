"""Programmes, who is in them, rounds, introductions; and what each may become. Pure.

A membership takes part in a round unless `stays_out` says why it does not. An introduction has a seat for
each of its people; a seat's answer says how it went, for that person alone.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from plnbot.peers.model.free import Span
from plnbot.refs import Place
from plnbot.schedules import Schedule
from plnbot.values import dataclass

SILENCES = 3
"""So many introductions without an answer pause a member."""
KINDLY = timedelta(weeks=8)
"""For how long they do."""
LONGEST_PAUSE = timedelta(days=366)
TWO = 2
"""So many meet, at least."""


class Aim(StrEnum):
    """What a programme is for."""

    PEERS = "peers"
    MENTORING = "mentoring"
    COACHING = "coaching"

    @property
    def guided(self) -> bool:
        """Whether some accompany others in it."""
        return self is not Aim.PEERS


class Side(StrEnum):
    """As what somebody takes part: as a peer, as who accompanies, as who is accompanied."""

    PEER = "peer"
    GUIDE = "guide"
    GUIDED = "guided"


@dataclass(frozen=True, slots=True)
class Programme:
    """Introductions of one kind. `next_at` is the place in time of the next round.

    `subjects` are those whose teachers may join, empty for all. `weeks` is how long one accompanies
    another. Two meet again within `gap` rounds only where nobody else is left.
    """

    id: int
    network: int
    name: str
    aim: Aim
    size: int
    schedule: Schedule
    place: Place | None
    subjects: tuple[str, ...]
    other_district: bool
    gap: int
    weeks: int
    seed: int
    next_at: datetime | None
    made_by: int | None
    ended_at: datetime | None = None


class Likes(StrEnum):
    """With how much experience somebody would rather meet somebody."""

    ANY = "any"
    LIKE_MINE = "like_mine"
    UNLIKE_MINE = "unlike_mine"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What matters to somebody; what is empty is taken from their profile."""

    subject: str = ""
    grades: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    likes: Likes = Likes.ANY
    languages: tuple[str, ...] = ()
    years: int | None = None
    free_words: str = ""
    free: tuple[Span, ...] = ()


class Named(StrEnum):
    """Whether a card may name somebody's subject: `YES` and `NO` are their own answers."""

    UNASKED = ""
    """They are asked first: so few teach it that it would give their district away."""
    FREE = "free"
    """Nothing would be given away when that was looked at last."""
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody in a programme. `room` is for how many a guide has room."""

    id: int
    programme: int
    network: int
    member: int
    side: Side
    wishes: Wishes
    room: int
    named: Named
    joined_at: datetime
    left_at: datetime | None = None
    paused_until: datetime | None = None
    skips: bool = False
    silences: int = 0
    waited: int = 0
    odd: bool = False

    @property
    def may_be_named(self) -> bool:
        """Whether an introduction may name their subject."""
        return self.named in (Named.YES, Named.FREE)

    def paused(self, now: datetime) -> bool:
        """Return whether they pause; a pause ends by itself."""
        return self.paused_until is not None and now < self.paused_until


class Out(StrEnum):
    """Why a membership takes no part in a round."""

    LEFT = "left"
    PAUSED = "paused"
    SKIPS = "skips"
    AWAY = "away"
    """On leave."""
    BREAK = "break"
    """Their school is closed."""
    GONE = "gone"
    """Nobody is behind the account any more."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a member beside their membership."""

    here: bool
    on_leave: bool
    out_of_school: bool = False


def stays_out(one: Membership, around: Around, now: datetime) -> Out | None:
    """Return why somebody takes no part now; None where they do."""
    if one.left_at is not None:
        return Out.LEFT
    if not around.here:
        return Out.GONE
    if one.paused(now):
        return Out.PAUSED
    if one.skips:
        return Out.SKIPS
    if around.on_leave:
        return Out.AWAY
    return Out.BREAK if around.out_of_school else None


class RoundState(StrEnum):
    """What a round may be."""

    SOLVING = "solving"
    """Being solved, for a dry run."""
    DRY = "dry"
    OPENING = "opening"
    """Being solved, to be opened at once."""
    OPEN = "open"
    OVER = "over"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Round:
    """A round. `number` and `slot` are there once it is committed."""

    id: int
    programme: int
    network: int
    state: RoundState
    seed: int
    number: int | None
    slot: datetime | None
    made_at: datetime
    ends_at: datetime | None
    by: int | None


class Cause(StrEnum):
    """What led to an introduction."""

    ROUND = "round"
    REPAIR = "repair"
    STANDING = "standing"
    MEMBER = "member"
    """A member introduced the two."""


class Said(StrEnum):
    """How somebody says that it went."""

    MET = "met"
    PLANNED = "planned"
    NOT_YET = "not_yet"
    NOT_NOW = "not_now"

    @property
    def final(self) -> bool:
        """Whether nobody needs to ask again."""
        return self in (Said.MET, Said.NOT_NOW)


class Again(StrEnum):
    """What somebody wants of another after they met."""

    UNSAID = ""
    NO = "no"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's part in an introduction; the one at `place` 0 is asked to begin."""

    introduction: int
    member: int
    place: int
    side: Side
    odd: bool
    answer: Said | None = None
    answered_at: datetime | None = None
    minutes: int | None = None
    again: Again = Again.UNSAID
    gone_at: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two who were introduced, or three. `step` names how far down the ladder they stand."""

    id: int
    network: int
    programme: int
    round: int | None
    step: str
    met: int | None
    cause: Cause
    at: datetime
    ends_at: datetime
    starters: tuple[str, ...]
    times: tuple[datetime, ...]
    spoke_at: datetime | None = None
    ended_at: datetime | None = None
    goals: str = ""
    thanks: str = ""
    by: int | None = None
    seats: tuple[Seat, ...] = ()

    @property
    def here(self) -> tuple[Seat, ...]:
        """Those who have not gone."""
        return tuple(each for each in self.seats if each.gone_at is None)

    def seat_of(self, member: int) -> Seat | None:
        """Return a member's seat while they have not gone, or None."""
        return next((each for each in self.here if each.member == member), None)

    def others(self, member: int) -> tuple[Seat, ...]:
        """Return the seats of the others who have not gone."""
        return tuple(each for each in self.here if each.member != member)

    @property
    def answered(self) -> bool:
        """Whether anybody said how it goes."""
        return any(each.answer is not None for each in self.seats)


def silences_after(one: Membership, seat: Seat, *, spoke: bool) -> int:
    """Return how many introductions running somebody let pass in silence, once this one is over."""
    heard = seat.answer is not None or seat.answered_at is not None or spoke
    return 0 if heard else one.silences + 1


def stand_together(seats: Sequence[Seat]) -> bool:
    """Return whether all of them want to keep going."""
    return len(seats) > 1 and all(each.again is Again.KEEP for each in seats)


def ends_of(programme: Programme, at: datetime, next_at: datetime | None) -> datetime:
    """Return when an introduction made now is over: with the round, or after its weeks."""
    if programme.aim.guided:
        return at + timedelta(weeks=programme.weeks)
    return next_at if next_at is not None else at + timedelta(weeks=2)
