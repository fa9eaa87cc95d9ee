"""Where somebody was, and how long: the law of two feet as arithmetic. Pure.

A member is in one session at a time, or in none. Each tap is a move; nothing else says where they are.
Whoever comes early is there from its begin, and whoever stays is there until it ends.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from plnbot.values import dataclass

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Move:
    """One tap: from now on somebody is in this session, or in none."""

    session: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """When a session was held, from its begin to its end."""

    session: int
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Presence:
    """From when to when somebody was in a session, and the whole minutes that they were there of it."""

    session: int
    started: datetime
    ended: datetime
    minutes: int


def presences(moves: Sequence[Move], held: Iterable[Held]) -> Mapping[int, Presence]:
    """Return how long somebody was in each of these sessions, by their moves in their order."""
    found: dict[int, Presence] = {}
    for each in held:
        stays = [
            (max(begins, each.begins), min(ends, each.ends))
            for session, begins, ends in _stays(moves, each.ends)
            if session == each.session
        ]
        stays = [(begins, ends) for begins, ends in stays if begins < ends]
        if stays:
            there = sum((ends - begins for begins, ends in stays), timedelta())
            found[each.session] = Presence(
                each.session, stays[0][0], stays[-1][1], there // _MINUTE
            )
    return found


def _stays(
    moves: Sequence[Move], until: datetime
) -> Iterator[tuple[int | None, datetime, datetime]]:
    """Yield where somebody was, from when to when; the last stay goes on until then."""
    for at, move in enumerate(moves):
        left = moves[at + 1].at if at + 1 < len(moves) else max(until, move.at)
        yield move.session, move.at, left
