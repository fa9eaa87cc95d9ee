"""How a plan gives way: what can stay, stays; gaps shrink before the end moves."""

from dataclasses import replace
from datetime import datetime, timedelta

from plnbot.chats.model.run import Moment, MomentKind, Pace


def respaced(moments: tuple[Moment, ...], first_at: datetime, pace: Pace) -> tuple[Moment, ...]:
    """Return what is to come, its first moment not before `first_at`.

    Times that can stay, stay. Otherwise the gaps shrink evenly, never under `pace.least`, and only
    then (or where the end need not be kept) does the end move.
    """
    delay = first_at - moments[0].at
    if delay <= timedelta():
        return moments
    if not pace.keep_end or moments[0].kind in (MomentKind.CLOSING, MomentKind.END):
        return tuple(replace(each, at=each.at + delay) for each in moments)
    if moments[0].kind is MomentKind.QUESTION:
        return spread(moments, first_at, pace)
    # A question at the same moment would push the warm-up out.
    first, rest = moments[0], moments[1:]
    room = min(rest[0].at - first.at, pace.least)
    return (replace(first, at=first_at), *respaced(rest, first_at + room, pace))


def with_room(moments: tuple[Moment, ...], now: datetime, pace: Pace) -> tuple[Moment, ...]:
    """Return what is to come after a question asked at `now`.

    Half a step is enough in a slow chat, so that an hour's delay does not cost a day.
    """
    room = pace.step / 2 if pace.step else pace.least
    first_at = moments[0].at + stepped(now + room - moments[0].at, pace)
    return respaced(moments, first_at, pace)


def after_hold(
    moments: tuple[Moment, ...], since: datetime, now: datetime, pace: Pace
) -> tuple[Moment, ...]:
    """Return what is to come after a hold: later by as much, and nothing overdue."""
    waited = now - min(since, moments[0].at)
    return respaced(moments, moments[0].at + stepped(waited, pace), pace)


def spread(
    moments: tuple[Moment, ...], first_at: datetime | None, pace: Pace
) -> tuple[Moment, ...]:
    """Share the time up to the closing words evenly between the questions to come.

    The first is asked at `first_at`, or at its own time. The questions of a slow chat take over the
    times there are, which lie on its days.
    """
    before = tuple(
        each for each in moments if each.kind in (MomentKind.WELCOME, MomentKind.WARM_UP)
    )
    questions = tuple(each for each in moments if each.kind is MomentKind.QUESTION)
    after = tuple(each for each in moments if each.kind in (MomentKind.CLOSING, MomentKind.END))
    if not questions:
        return (*before, *_not_before(after, before[-1].at if before else None))
    first = questions[0].at if first_at is None else first_at
    if pace.step:
        times = sorted({first, *(each.at for each in questions)})
        spaced = tuple(replace(each, at=at) for each, at in zip(questions, times, strict=False))
    else:
        share = (after[0].at - first) / len(questions)
        gap = max(pace.least, timedelta(seconds=share.total_seconds() // 30 * 30))
        spaced = tuple(replace(each, at=first + gap * i) for i, each in enumerate(questions))
    return (*before, *spaced, *_not_before(after, spaced[-1].at + max(pace.least, pace.step)))


def put_in(moments: tuple[Moment, ...], place: int, number: int, pace: Pace) -> tuple[Moment, ...]:
    """Return what is to come with one more question, before the one that stands at a place."""
    added = Moment(MomentKind.QUESTION, moments[place].at, number)
    before, behind = moments[:place], moments[place:]
    if not pace.step:
        return spread((*before, added, *behind), None, pace)
    questions = tuple(
        replace(each, at=each.at + pace.step) for each in behind if each.kind is MomentKind.QUESTION
    )
    after = tuple(each for each in behind if each.kind is not MomentKind.QUESTION)
    latest = questions[-1].at + max(pace.least, pace.step)
    return (*before, added, *questions, *_not_before(after, latest))


def added_last(moments: tuple[Moment, ...], number: int, pace: Pace) -> tuple[Moment, ...]:
    """Return the plan of a chat that has not begun with one more question, after the others.

    Live, the questions share the time there is; a slow chat gets another of its days.
    """
    split = sum(each.kind not in (MomentKind.CLOSING, MomentKind.END) for each in moments)
    before, after = moments[:split], moments[split:]
    last_at = before[-1].at if before else after[0].at
    room = pace.step or pace.least
    added = Moment(MomentKind.QUESTION, last_at + room, number)
    if pace.step:
        return (*before, added, *_not_before(after, added.at + room))
    return spread((*before, added, *after), None, pace)


def _not_before(moments: tuple[Moment, ...], earliest: datetime | None) -> tuple[Moment, ...]:
    if not moments or earliest is None or moments[0].at >= earliest:
        return moments
    delay = earliest - moments[0].at
    return tuple(replace(each, at=each.at + delay) for each in moments)


def stepped(length: timedelta, pace: Pace) -> timedelta:
    """Return the length in whole steps of a slow chat; a live one has none."""
    return -(-length // pace.step) * pace.step if pace.step else length
