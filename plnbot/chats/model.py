"""A Q1/A1 chat as pure decisions: `decide(run, event, now)` and the table of what may happen when.

A chat goes draft → scheduled → open → asking → closing → archived, may be held while it is live and
cancelled until it has begun. Time comes in as `Tick`; everything a chat does by itself is a moment
of its plan, with its instant.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a chat stands. One that is thrown away was never announced."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    ASKING = "asking"
    CLOSING = "closing"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"
    THROWN_AWAY = "thrown_away"


UNTOLD = frozenset({State.DRAFT, State.THROWN_AWAY})
LIVE = frozenset({State.OPEN, State.ASKING, State.CLOSING})


class Kind(StrEnum):
    """What a moment of the plan is."""

    WELCOME = "welcome"
    WARM_UP = "warm_up"
    QUESTION = "question"
    CLOSING = "closing"
    END = "end"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something the chat does by itself at `at`; `number` is the question's place in the chat."""

    kind: Kind
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

    state: State = State.DRAFT
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
class Publish:
    """The plan stands; announce it. Also plans a scheduled chat anew, which need not be `news`."""

    moments: tuple[Moment, ...]
    news: bool = True


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Wait."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on after a hold."""


@dataclass(frozen=True, slots=True)
class Extend:
    """Give the present question more time."""

    by: timedelta


@dataclass(frozen=True, slots=True)
class GoOn:
    """Do what comes next now."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave the next question out; the others share its time."""


@dataclass(frozen=True, slots=True)
class Insert:
    """Ask question `number` (a bonus, or one that was skipped) after the others."""

    number: int


@dataclass(frozen=True, slots=True)
class EndNow:
    """Close and archive at once."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """It will not take place."""


@dataclass(frozen=True, slots=True)
class Restore:
    """It was thrown away by mistake: a draft again."""


Event = Publish | Tick | Hold | Resume | Extend | GoOn | Skip | Insert | EndNow | Cancel | Restore


@dataclass(frozen=True, slots=True)
class Begin:
    """Say welcome; `late` when the bot was not there on time."""

    late: bool = False


@dataclass(frozen=True, slots=True)
class WarmUp:
    """Ask the warm-up question."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask question `number`; `late` when the bot was not there on time."""

    number: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class Close:
    """Say the closing words."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Make the archive known."""


@dataclass(frozen=True, slots=True)
class Announce:
    """Tell the room about the chat."""


@dataclass(frozen=True, slots=True)
class Reword:
    """What the room was told about the chat is no longer how things stand."""


@dataclass(frozen=True, slots=True)
class CallOff:
    """Tell the room that it will not take place."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Question `number` was left out."""

    number: int


@dataclass(frozen=True, slots=True)
class PlanMoved:
    """The times of what is to come have changed; moderators are told."""


Effect = Begin | WarmUp | Ask | Close | Archive | Announce | Reword | CallOff | Skipped | PlanMoved


@dataclass(frozen=True, slots=True)
class Outcome:
    """The chat after an event, and what it has to do."""

    run: Run
    effects: tuple[Effect, ...] = ()


class Impossible(StrEnum):
    """Why an event cannot happen now; the words are said elsewhere."""

    NOT_NOW = "not_now"
    HELD_ALREADY = "held_already"
    NOT_HELD = "not_held"
    NO_QUESTION_LEFT = "no_question_left"
    NO_PLAN = "no_plan"
    OVER = "over"


GRACE = timedelta(seconds=45)
"""Later than this and the bot says sorry."""


def decide(run: Run, event: Event, now: datetime) -> Outcome | Impossible:
    """Return the chat after `event` at `now`, or why that cannot be."""
    handler = TABLE[run.state].get(type(event))
    if handler is None:
        over = run.state in (State.ARCHIVED, State.CANCELLED, State.THROWN_AWAY)
        return Impossible.OVER if over else Impossible.NOT_NOW
    return handler(run, event, now)


def _publish(run: Run, event: Event, _now: datetime) -> Outcome | Impossible:
    assert isinstance(event, Publish)  # noqa: S101 - the table says so
    if not event.moments:
        return Impossible.NO_PLAN
    first, moments = event.moments[0], event.moments
    if first.kind is not Kind.WELCOME:
        # Called off after its welcome: it begins again.
        moments = (Moment(Kind.WELCOME, first.at), *moments)
    return Outcome(
        replace(run, state=State.SCHEDULED, moments=moments, current=0, held_since=None),
        (Reword(), Announce()) if event.news else (Reword(),),
    )


def _tick(run: Run, _event: Event, now: datetime) -> Outcome:
    due = sum(moment.at <= now for moment in run.moments)
    if run.held or not due:
        return Outcome(run)
    if due == len(run.moments):
        return _run_out(run, now)
    effects: list[Effect] = []
    asked = late = False
    while run.moments and run.moments[0].at <= now and not asked:
        moment, rest = run.moments[0], run.moments[1:]
        asked = moment.kind is Kind.QUESTION
        if moment.kind is Kind.WARM_UP and rest[0].at <= now:
            # The first question's time has come too: a warm-up now would only hold it up.
            run = replace(run, moments=rest)
            continue
        late = now - moment.at > GRACE
        run, effect = _do(replace(run, moments=rest), moment, late=late)
        effects.append(effect)
    if asked and late:
        # On time, within the bot's own delay, the plan stands as it was made.
        moments = _with_room(run.moments, now, run.pace)
        effects += [PlanMoved()] if moments != run.moments else []
        run = replace(run, moments=moments)
    return Outcome(run, tuple(effects))


def _run_out(run: Run, now: datetime) -> Outcome:
    """End a chat whose end has come, also when the bot slept through questions."""
    effects: list[Effect] = []
    if run.state is State.SCHEDULED:
        effects.append(Begin(late=now - run.moments[0].at > GRACE))
    if run.state is not State.CLOSING:
        effects.append(Close())
    ended = replace(run, state=State.ARCHIVED, moments=(), held_since=None)
    return Outcome(ended, (*effects, Archive()))


def _do(run: Run, moment: Moment, *, late: bool) -> tuple[Run, Effect]:
    match moment.kind:
        case Kind.WELCOME:
            return replace(run, state=State.OPEN), Begin(late)
        case Kind.WARM_UP:
            return replace(run, state=State.OPEN), WarmUp()
        case Kind.QUESTION:
            asking = replace(run, state=State.ASKING, current=moment.number)
            return asking, Ask(moment.number, late)
        case Kind.CLOSING:
            return replace(run, state=State.CLOSING), Close()
        case Kind.END:
            return replace(run, state=State.ARCHIVED, moments=(), held_since=None), Archive()


def _hold(run: Run, _event: Event, now: datetime) -> Outcome | Impossible:
    return Impossible.HELD_ALREADY if run.held else Outcome(replace(run, held_since=now))


def _resume(run: Run, _event: Event, now: datetime) -> Outcome | Impossible:
    if run.held_since is None:
        return Impossible.NOT_HELD
    moments = _after_hold(run.moments, run.held_since, now, run.pace)
    return Outcome(replace(run, held_since=None, moments=moments), (PlanMoved(),))


def _extend(run: Run, event: Event, now: datetime) -> Outcome:
    assert isinstance(event, Extend)  # noqa: S101 - the table says so
    planned = run.moments[0].at
    # While it is held, time stands still: what passes is added when it goes on.
    overdue = max((run.held_since or now) - planned, timedelta())
    first_at = planned + _stepped(overdue + event.by, run.pace)
    return Outcome(replace(run, moments=respaced(run.moments, first_at, run.pace)), (PlanMoved(),))


def _go_on(run: Run, _event: Event, now: datetime) -> Outcome:
    moment, rest = run.moments[0], run.moments[1:]
    if run.state is State.SCHEDULED and not run.pace.step:
        # Begun early: everything comes earlier by as much. A slow chat keeps its days.
        rest = tuple(replace(each, at=each.at + (now - moment.at)) for each in rest)
    elif run.held_since is not None and moment.kind is not Kind.QUESTION and rest:
        rest = _after_hold(rest, run.held_since, now, run.pace)
    going, effect = _do(replace(run, moments=rest, held_since=None), moment, late=False)
    if moment.kind is not Kind.QUESTION:
        return Outcome(going, (effect,))
    later = _with_room(going.moments, now, run.pace)
    return Outcome(replace(going, moments=later), (effect, PlanMoved()))


def _skip(run: Run, _event: Event, _now: datetime) -> Outcome | Impossible:
    at = next((i for i, each in enumerate(run.moments) if each.kind is Kind.QUESTION), None)
    if at is None:
        return Impossible.NO_QUESTION_LEFT
    left_out = run.moments[at]
    rest = run.moments[:at] + run.moments[at + 1 :]
    spread = replace(run, moments=_spread(rest, left_out.at, run.pace))
    return Outcome(spread, (Skipped(left_out.number), PlanMoved()))


def _insert(run: Run, event: Event, now: datetime) -> Outcome:
    assert isinstance(event, Insert)  # noqa: S101 - the table says so
    split = 1 + max(
        (i for i, each in enumerate(run.moments) if each.kind not in (Kind.CLOSING, Kind.END)),
        default=-1,
    )
    before, after = run.moments[:split], run.moments[split:]
    present = run.held_since or now
    at = present
    if before:
        last_at = before[-1].at
        at = last_at + _stepped(max(run.pace.least, present - last_at), run.pace)
    elif run.pace.step and after[0].kind is Kind.CLOSING:
        # A slow chat keeps its hour: the closing words make way.
        at = after[0].at
    added = Moment(Kind.QUESTION, at, event.number)
    closing = after
    if all(each.kind is not Kind.CLOSING for each in after):
        # The closing words were said already: they come again after this question.
        closing = (Moment(Kind.CLOSING, after[0].at), *after)
    moments = _spread((*before, added, *closing), None, run.pace)
    return Outcome(replace(run, moments=moments), (PlanMoved(),))


def _end_now(run: Run, _event: Event, _now: datetime) -> Outcome:
    effects: tuple[Effect, ...] = (Archive(),)
    if run.state is not State.CLOSING:
        effects = (Close(), Archive())
    return Outcome(replace(run, state=State.ARCHIVED, moments=(), held_since=None), effects)


def _cancel(run: Run, _event: Event, _now: datetime) -> Outcome:
    if run.state is State.DRAFT:
        return Outcome(replace(run, state=State.THROWN_AWAY))
    cancelled = replace(run, state=State.CANCELLED, held_since=None)
    return Outcome(cancelled, (Reword(), CallOff()))


def _restore(run: Run, _event: Event, _now: datetime) -> Outcome:
    return Outcome(replace(run, state=State.DRAFT))


Handler = Callable[[Run, Event, datetime], Outcome | Impossible]
_RUNNING: Mapping[type, Handler] = {
    Tick: _tick,
    Hold: _hold,
    Resume: _resume,
    Extend: _extend,
    GoOn: _go_on,
    Skip: _skip,
    Insert: _insert,
    EndNow: _end_now,
}
TABLE: Mapping[State, Mapping[type, Handler]] = {
    State.DRAFT: {Publish: _publish, Cancel: _cancel},
    State.SCHEDULED: {Publish: _publish, Tick: _tick, GoOn: _go_on, Cancel: _cancel},
    State.OPEN: {**_RUNNING, Cancel: _cancel},
    State.ASKING: _RUNNING,
    State.CLOSING: _RUNNING,
    State.ARCHIVED: {},
    State.CANCELLED: {Publish: _publish, Restore: _restore},
    State.THROWN_AWAY: {Publish: _publish, Restore: _restore},
}


def respaced(moments: tuple[Moment, ...], first_at: datetime, pace: Pace) -> tuple[Moment, ...]:
    """Return what is to come, its first moment not before `first_at`.

    Times that can stay, stay. Otherwise the gaps shrink evenly, never under `pace.least`, and only
    then (or where the end need not be kept) does the end move.
    """
    delay = first_at - moments[0].at
    if delay <= timedelta():
        return moments
    if not pace.keep_end or moments[0].kind in (Kind.CLOSING, Kind.END):
        return tuple(replace(each, at=each.at + delay) for each in moments)
    if moments[0].kind is Kind.QUESTION:
        return _spread(moments, first_at, pace)
    # A question at the same moment would push the warm-up out.
    first, rest = moments[0], moments[1:]
    room = min(rest[0].at - first.at, pace.least)
    return (replace(first, at=first_at), *respaced(rest, first_at + room, pace))


def _with_room(moments: tuple[Moment, ...], now: datetime, pace: Pace) -> tuple[Moment, ...]:
    """Return what is to come after a question asked at `now`.

    Half a step is enough in a slow chat, so that an hour's delay does not cost a day.
    """
    room = pace.step / 2 if pace.step else pace.least
    first_at = moments[0].at + _stepped(now + room - moments[0].at, pace)
    return respaced(moments, first_at, pace)


def _after_hold(
    moments: tuple[Moment, ...], since: datetime, now: datetime, pace: Pace
) -> tuple[Moment, ...]:
    """Return what is to come after a hold: later by as much, and nothing overdue."""
    waited = now - min(since, moments[0].at)
    return respaced(moments, moments[0].at + _stepped(waited, pace), pace)


def _spread(
    moments: tuple[Moment, ...], first_at: datetime | None, pace: Pace
) -> tuple[Moment, ...]:
    """Share the time up to the closing words evenly between the questions to come.

    The first is asked at `first_at`, or at its own time. The questions of a slow chat take over the
    times there are, which lie on its days.
    """
    before = tuple(each for each in moments if each.kind in (Kind.WELCOME, Kind.WARM_UP))
    questions = tuple(each for each in moments if each.kind is Kind.QUESTION)
    after = tuple(each for each in moments if each.kind in (Kind.CLOSING, Kind.END))
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


def _not_before(moments: tuple[Moment, ...], earliest: datetime | None) -> tuple[Moment, ...]:
    if not moments or earliest is None or moments[0].at >= earliest:
        return moments
    delay = earliest - moments[0].at
    return tuple(replace(each, at=each.at + delay) for each in moments)


def _stepped(length: timedelta, pace: Pace) -> timedelta:
    """Return the length in whole steps of a slow chat; a live one has none."""
    return -(-length // pace.step) * pace.step if pace.step else length
