"""A chat that comes again: what is to be done for it, decided from its dates and what comes. Pure.

Each coming date gets a chat of its own a while ahead, so that it can be planned, moved or left out without the
others. A date that its schedule has no more (a break was added) goes, unless somebody gave it questions or moved it;
one that nobody gave questions in time does not take place.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from plnbot.values import dataclass

AHEAD = 3
"""How many coming dates have a chat of their own."""
LOOKED_AT = 2 * AHEAD
"""How many coming dates are asked for."""
REMIND = timedelta(days=3)
"""How long before a date without questions its coaches are told."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date of a series: the `slot` that its schedule has, and the chat on it.

    `settled`: it was given questions, has begun, or was left out.
    """

    slot: datetime
    chat: int
    starts_at: datetime
    settled: bool


@dataclass(frozen=True, slots=True)
class Tending:
    """What to do now: slots that get a chat, and chats that go, are reminded of, or do not take place.

    `wake` is when to look again, if ever.
    """

    make: tuple[datetime, ...]
    drop: tuple[int, ...]
    remind: tuple[int, ...]
    too_late: tuple[int, ...]
    wake: datetime | None


def tend(dates: Sequence[Date], coming: Sequence[datetime], now: datetime) -> Tending:
    """Return what to do at `now` for a series with these `dates` and these times to come.

    `coming` are its next times after `now`, in order: `LOOKED_AT`, or fewer if there are no more.
    """
    known = {each.slot for each in dates}
    make = tuple(each for each in coming[:AHEAD] if each not in known)
    seen = coming[-1] if len(coming) >= LOOKED_AT else datetime.max.replace(tzinfo=now.tzinfo)
    open_ = [each for each in dates if not each.settled]
    drop = {
        each.chat
        for each in open_
        if each.starts_at == each.slot and now < each.slot <= seen and each.slot not in coming
    }
    kept = [each for each in open_ if each.chat not in drop]
    ahead = [each for each in kept if each.starts_at > now]
    instants = [
        *(each.starts_at - REMIND for each in ahead),
        *(each.starts_at for each in ahead),
        *(each - REMIND for each in make),
        *coming[:AHEAD],
    ]
    return Tending(
        make,
        tuple(sorted(drop)),
        tuple(each.chat for each in ahead if each.starts_at - REMIND <= now),
        tuple(each.chat for each in kept if each.starts_at <= now),
        min((each for each in instants if each > now), default=None),
    )
