"""What a notice is, what members set, and the one decision: when it reaches them, if it does.

`decide` is pure. It looks at a notice as it would have been planned when it was told, and where that
moment has passed, at the present. So it answers the same before the moment, for the list of what is
to come, and at it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime, time
from enum import StrEnum

from plnbot.engine.roles import ANYONE, Needs
from plnbot.quiet import Leave, Rest
from plnbot.store.database import Tx
from plnbot.talk.words import Sentence, msg
from plnbot.values import dataclass

Args = Mapping[str, str | int]
DAY_AT = time(16)
"""When the day's message comes, by a member's clock, where they set nothing else."""


class How(StrEnum):
    """How notices of a kind reach a member."""

    AT_ONCE = "at_once"
    IN_DAY = "day"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Wanted:
    """When a notice is to reach its member; with `until`, it is of no use from then on.

    One that is ahead of something comes rather before `at` than after it.
    """

    at: datetime
    until: datetime | None = None


WantedFinder = Callable[[Tx, int, Args, Wanted], Wanted | None]
"""Returns, for a member and a notice's arguments, when it is wanted as things are, given when it was
wanted; None where it is of no interest any more."""
OnNow = Callable[[Tx, int, Args, datetime], bool]
"""Returns whether it belongs to something that the member joined, and that goes on now."""
Coming = Callable[[Tx, int, datetime, datetime], Sequence["Expected"]]
"""Returns what a member will be told between two instants that nobody has told yet."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A card that a member will be told at an instant; `asked` as in a `Notice`."""

    at: datetime
    card: str
    args: Args
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKind:
    """One kind of thing that the bot writes to one member unasked.

    `name` is never shown; `title` is what people call it and `about` what it is for. Only what
    `may_be_muted` can be switched off. `usually` is how it comes until a member sets otherwise.
    `on_now` says that it belongs to something that the member joined and is on now: such a one comes
    even in quiet hours. `coming` finds what will be told later, for the list of the week. `whose` says
    who may ever get such a one: to others it is not listed.
    """

    name: str
    title: Sentence
    about: Sentence
    may_be_muted: bool
    usually: How = How.AT_ONCE
    wanted: WantedFinder | None = None
    on_now: OnNow | None = None
    coming: Coming | None = None
    whose: Needs = ANYONE


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice to be decided about: of which kind, told when, wanted when.

    `asked` says that the member asked for this very one, which is leave to write to them directly.
    """

    kind: NoticeKind
    told: datetime
    wanted: Wanted
    asked: bool = False
    on_now: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a member set. `direct` says whether they may be written to directly."""

    rest: Rest
    how: Mapping[str, How] = field(default_factory=dict)
    direct: bool = True
    day_at: time = DAY_AT

    def of(self, kind: NoticeKind) -> How:
        """Return how notices of a kind reach this member."""
        how = self.how.get(kind.name, kind.usually)
        return kind.usually if how is How.NEVER and not kind.may_be_muted else how


class Why(StrEnum):
    """Why a notice does not reach its member."""

    MUTED = "muted"
    OVER = "over"
    ASLEEP = "asleep"
    AWAY = "away"
    INDIRECT = "indirect"
    NO_MOMENT = "no moment"

    @property
    def sentence(self) -> Sentence:
        """What the member reads."""
        return _SENTENCES[self]


_SENTENCES = {
    Why.MUTED: msg("You switched these off, so I will not write to you about it."),
    Why.OVER: msg("It would come too late to be of use."),
    Why.ASLEEP: msg("It falls into your quiet hours, so I will not write to you about it."),
    Why.AWAY: msg("You are on leave then, so I will not write to you about it."),
    Why.INDIRECT: msg("It waits for you at home, because I may not write to you directly."),
    Why.NO_MOMENT: msg("It waits for you at home, because all of your week is quiet."),
}


@dataclass(frozen=True, slots=True)
class Send:
    """By itself, at this instant."""

    at: datetime


@dataclass(frozen=True, slots=True)
class InDay:
    """With others, in the message of the day at this instant."""

    at: datetime


@dataclass(frozen=True, slots=True)
class AtHome:
    """It waits on the member's home, and nothing is written."""

    why: Why


@dataclass(frozen=True, slots=True)
class Never:
    """Not at all."""

    why: Why


Decision = Send | InDay | AtHome | Never


def decide(notice: Notice, wishes: Wishes, now: datetime) -> Decision:
    """Return when a notice reaches its member: never before now, and never while they rest.

    Save for what belongs to something they joined and is on now.
    """
    if wishes.of(notice.kind) is How.NEVER:
        return Never(Why.MUTED)
    until = notice.wanted.until
    if until is not None and until <= now:
        return Never(Why.OVER)
    if not (wishes.direct or notice.asked):
        return AtHome(Why.INDIRECT)
    if notice.on_now:
        at = max(notice.wanted.at, now)
        return Send(at) if until is None or at < until else Never(Why.OVER)
    planned = _planned(notice, wishes, min(notice.told, now))
    if isinstance(planned, Send | InDay) and planned.at < now:
        return type(planned)(now) if wishes.rest.free(now) else _planned(notice, wishes, now)
    return planned


def _planned(notice: Notice, wishes: Wishes, since: datetime) -> Decision:
    """Return what becomes of it, looked at from `since`."""
    rest, wanted = wishes.rest, notice.wanted
    earliest = max(wanted.at, since)
    in_day = wishes.of(notice.kind) is How.IN_DAY
    if wanted.until is not None:
        return _ahead_of(wanted.until, wanted.at, wishes, since, in_day=in_day)
    if in_day or (rest.leave is not None and _waited_for(rest.leave, wanted.at, earliest)):
        # What waited during a leave comes in one message after it, however soon they are back.
        after = earliest if rest.leave is None else max(earliest, _back(rest.leave, wanted.at))
        day = rest.first_daily(wishes.day_at, after)
        return InDay(day) if day else AtHome(Why.NO_MOMENT)
    at = rest.first_free(earliest)
    return Send(at) if at else AtHome(Why.NO_MOMENT)


def _ahead_of(
    until: datetime, at: datetime, wishes: Wishes, since: datetime, *, in_day: bool
) -> Decision:
    """Return what becomes of a notice that is of no use after `until`: rather early than late."""
    rest, earliest = wishes.rest, max(at, since)
    found = (
        rest.last_daily(wishes.day_at, at, since) or rest.first_daily(wishes.day_at, earliest)
        if in_day
        else (rest.last_free(at, since) if since <= at else None) or rest.first_free(earliest)
    )
    if found is not None and found < until:
        return InDay(found) if in_day else Send(found)
    away = rest.leave is not None and rest.leave.covers(earliest)
    return Never(Why.AWAY if away else Why.ASLEEP)


def _waited_for(leave: Leave, wanted: datetime, earliest: datetime) -> bool:
    return leave.covers(wanted) or leave.covers(earliest)


def _back(leave: Leave, wanted: datetime) -> datetime:
    return leave.ends if leave.covers(wanted) else wanted


def waited_through_leave(notice: Notice, wishes: Wishes) -> bool:
    """Return whether a notice came while its member was on leave."""
    leave = wishes.rest.leave
    return leave is not None and leave.covers(notice.wanted.at)
