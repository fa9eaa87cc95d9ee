"""`decide`, and the table of what may happen when.

**A chat** is a `Run`: its state, the moments of its plan that are still to come, which question it is
on, and since when it is held. Nothing else decides, and `decide` is pure: the same chat, event and
`now` give the same `Outcome` (the chat afterwards, and its effects in order) or why it cannot be.

    state            by itself (Tick)              by a moderator
    draft                                          Publish → scheduled, Cancel → thrown away
    scheduled        the welcome → open            GoOn → open, Publish anew, Cancel → cancelled
    open             the first question → asking   what steers, or Cancel → cancelled
    asking           the closing words → closing   what steers; Insert asks once more
    closing          the end → archived            what steers; Insert, PutBack → asking, in its time
    archived                                       nothing, ever
    cancelled, thrown away                         Publish → scheduled, Restore → draft

What steers: Hold, Resume, Extend, GoOn, Skip, Insert, PutBack, EndNow. What the table does not have is `NOT_NOW`
or `OVER`; a press that came too late (`NOT_HELD`, `NO_QUESTION_LEFT` …) is told so and changes nothing.

**Time** comes in by `Tick` alone: on time, late, or twice. It does every moment that is due, but asks
one question at most, and a warm-up gives way to a question that is due as well. Once the last moment is
due, the chat says what it still has to and ends, in whatever state it was. While it is held, ticks do
nothing, and what is to come moves by as long as that lasted.

**What always holds**, whatever happens in whatever order, as Hypothesis tries in
`tests/chats/test_model_machine.py` and `test_model.py`:

- What is to come is in order of time, and a live chat has one end, which comes last.
- Welcome, warm-up and archive come once; closing words come again only behind an added question.
- A chat only goes forward, but for a question added while it closes; nothing leads out of the archive.
- Each question is asked, skipped or still to come, once for each time it was planned; none is asked
  before the welcome.
- By itself the bot leaves each question of a live chat its least time, less `GRACE`, also after an
  outage of ours or of its room; a slow chat keeps its hour of the day.
- Only a live chat is held. On time, nothing moves the plan; where it moves, `PlanMoved` says so.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from plnbot.chats.model.events import (
    Announce,
    Archive,
    Ask,
    Begin,
    CallOff,
    Cancel,
    Close,
    Effect,
    EndNow,
    Event,
    Extend,
    GoOn,
    Hold,
    Impossible,
    Insert,
    Outcome,
    PlanMoved,
    Publish,
    PutBack,
    Restore,
    Resume,
    Reword,
    Skip,
    Skipped,
    Tick,
    WarmUp,
)
from plnbot.chats.model.pacing import after_hold, put_in, respaced, spread, stepped, with_room
from plnbot.chats.model.run import GRACE, ChatState, Moment, MomentKind, Run, Told

Steering = Hold | Resume | Extend | GoOn | Skip | Insert | PutBack | EndNow
_RUNNING = frozenset({Tick, Hold, Resume, Extend, GoOn, Skip, Insert, PutBack, EndNow})
MAY_HAPPEN: Mapping[ChatState, frozenset[type[Event]]] = {
    ChatState.DRAFT: frozenset({Publish, Cancel}),
    ChatState.SCHEDULED: frozenset({Publish, Tick, GoOn, Cancel}),
    ChatState.OPEN: _RUNNING | {Cancel},
    ChatState.ASKING: _RUNNING,
    ChatState.CLOSING: _RUNNING,
    ChatState.ARCHIVED: frozenset(),
    ChatState.CANCELLED: frozenset({Publish, Restore}),
    ChatState.THROWN_AWAY: frozenset({Publish, Restore}),
}


def decide(run: Run, event: Event, now: datetime) -> Outcome | Impossible:
    """Return the chat after `event` at `now`, or why that cannot be."""
    if type(event) not in MAY_HAPPEN[run.state]:
        over = run.state in (ChatState.ARCHIVED, ChatState.CANCELLED, ChatState.THROWN_AWAY)
        return Impossible.OVER if over else Impossible.NOT_NOW
    match event:
        case Tick():
            return _tick(run, event, now)
        case Publish():
            return _publish(run, event)
        case Cancel():
            return _cancel(run)
        case Restore():
            return Outcome(replace(run, state=ChatState.DRAFT))
        case _:
            return _steered(run, event, now)


def _steered(run: Run, event: Steering, now: datetime) -> Outcome | Impossible:
    match event:
        case Hold():
            return Impossible.HELD_ALREADY if run.held else Outcome(replace(run, held_since=now))
        case Resume():
            return _resume(run, now)
        case Extend():
            return _extend(run, event, now)
        case GoOn():
            return _go_on(run, event, now)
        case Skip():
            return _skip(run)
        case Insert():
            return _insert(run, event, now)
        case PutBack():
            return _put_back(run, event, now)
        case EndNow():
            return _end_now(run)


def _publish(run: Run, event: Publish) -> Outcome | Impossible:
    if not event.moments:
        return Impossible.NO_PLAN
    first, moments = event.moments[0], event.moments
    if first.kind is not MomentKind.WELCOME:
        # Called off after its welcome: it begins again.
        moments = (Moment(MomentKind.WELCOME, first.at), *moments)
    return Outcome(
        replace(run, state=ChatState.SCHEDULED, moments=moments, current=0, held_since=None),
        (Reword(), Announce()) if event.news else (Reword(),),
    )


def waits(run: Run, told: Told | None, now: datetime) -> bool:
    """Return whether a chat does not go on, because its room has not heard yet what came last.

    A platform that takes nothing is as if we were away ourselves, so a chat does not pile up for it
    what its plan has, and ends when its end has come.
    """
    on_its_way = told is not None and told.heard_at is None
    return on_its_way and not run.held and 0 < _due(run, now) < len(run.moments)


def _due(run: Run, now: datetime) -> int:
    return sum(moment.at <= now for moment in run.moments)


def _tick(run: Run, event: Tick, now: datetime) -> Outcome:
    if run.held:
        return Outcome(run)
    planned, run = run.moments, _heard_late(run, event.told, now)
    moved = run.moments != planned
    if 0 < len(run.moments) == _due(run, now):
        return _run_out(run, now)
    effects: list[Effect] = []
    asked = late = False
    while run.moments and run.moments[0].at <= now and not asked:
        moment, rest = run.moments[0], run.moments[1:]
        asked = moment.kind is MomentKind.QUESTION
        if moment.kind is MomentKind.WARM_UP and rest[0].at <= now:
            # The first question's time has come too: a warm-up now would only hold it up.
            run = replace(run, moments=rest)
            continue
        late = now - moment.at > GRACE
        run, effect = _do(replace(run, moments=rest), moment, late=late)
        effects.append(effect)
    if asked and late:
        # On time, within the bot's own delay, the plan stands as it was made.
        planned, run = run.moments, _with_room_after(run, now)
        moved = moved or run.moments != planned
    if moved:
        effects.append(PlanMoved())
    return Outcome(run, tuple(effects))


def _heard_late(run: Run, told: Told | None, now: datetime) -> Run:
    """Give a question that its room heard late the room that one asked late has."""
    heard_at = told.heard_at if told is not None and told.late else None
    if heard_at is None or run.state is not ChatState.ASKING:
        return run
    # Heard later than now, by a clock that was put back since, or after its end: the plan stands.
    in_time = heard_at <= now and heard_at < run.moments[-1].at
    return _with_room_after(run, heard_at) if in_time else run


def _with_room_after(run: Run, asked_at: datetime) -> Run:
    return replace(run, moments=with_room(run.moments, asked_at, run.pace))


def _run_out(run: Run, now: datetime) -> Outcome:
    """End a chat whose end has come, also when the bot slept through questions."""
    effects: list[Effect] = []
    if run.state is ChatState.SCHEDULED:
        effects.append(Begin(late=now - run.moments[0].at > GRACE))
    if run.state is not ChatState.CLOSING:
        effects.append(Close())
    ended = replace(run, state=ChatState.ARCHIVED, moments=(), held_since=None)
    return Outcome(ended, (*effects, Archive()))


def _do(run: Run, moment: Moment, *, late: bool) -> tuple[Run, Effect]:
    match moment.kind:
        case MomentKind.WELCOME:
            return replace(run, state=ChatState.OPEN), Begin(late)
        case MomentKind.WARM_UP:
            return replace(run, state=ChatState.OPEN), WarmUp()
        case MomentKind.QUESTION:
            asking = replace(run, state=ChatState.ASKING, current=moment.number)
            return asking, Ask(moment.number, late)
        case MomentKind.CLOSING:
            return replace(run, state=ChatState.CLOSING), Close()
        case MomentKind.END:
            return replace(run, state=ChatState.ARCHIVED, moments=(), held_since=None), Archive()


def _resume(run: Run, now: datetime) -> Outcome | Impossible:
    if run.held_since is None:
        return Impossible.NOT_HELD
    moments = after_hold(run.moments, run.held_since, now, run.pace)
    return Outcome(replace(run, held_since=None, moments=moments), (PlanMoved(),))


def _extend(run: Run, event: Extend, now: datetime) -> Outcome:
    planned = run.moments[0].at
    # While it is held, time stands still: what passes is added when it goes on.
    overdue = max((run.held_since or now) - planned, timedelta())
    first_at = planned + stepped(overdue + event.by, run.pace)
    return Outcome(replace(run, moments=respaced(run.moments, first_at, run.pace)), (PlanMoved(),))


def _go_on(run: Run, event: GoOn, now: datetime) -> Outcome | Impossible:
    if event.told is not None and event.told.overdue(now):
        return Impossible.UNHEARD
    moment, rest = run.moments[0], run.moments[1:]
    if run.state is ChatState.SCHEDULED and not run.pace.step:
        # Begun early: everything comes earlier by as much. A slow chat keeps its days.
        rest = tuple(replace(each, at=each.at + (now - moment.at)) for each in rest)
    elif run.held_since is not None and moment.kind is not MomentKind.QUESTION and rest:
        rest = after_hold(rest, run.held_since, now, run.pace)
    going, effect = _do(replace(run, moments=rest, held_since=None), moment, late=False)
    if moment.kind is not MomentKind.QUESTION:
        return Outcome(going, (effect,))
    later = with_room(going.moments, now, run.pace)
    return Outcome(replace(going, moments=later), (effect, PlanMoved()))


def _skip(run: Run) -> Outcome | Impossible:
    at = next((i for i, each in enumerate(run.moments) if each.kind is MomentKind.QUESTION), None)
    if at is None:
        return Impossible.NO_QUESTION_LEFT
    left_out = run.moments[at]
    rest = run.moments[:at] + run.moments[at + 1 :]
    going = replace(run, moments=spread(rest, left_out.at, run.pace))
    return Outcome(going, (Skipped(left_out.number), PlanMoved()))


def _insert(run: Run, event: Insert, now: datetime) -> Outcome:
    split = 1 + max(
        (
            i
            for i, each in enumerate(run.moments)
            if each.kind not in (MomentKind.CLOSING, MomentKind.END)
        ),
        default=-1,
    )
    before, after = run.moments[:split], run.moments[split:]
    present = run.held_since or now
    at = present
    if before:
        last_at = before[-1].at
        at = last_at + stepped(max(run.pace.least, present - last_at), run.pace)
    elif run.pace.step and after[0].kind is MomentKind.CLOSING:
        # A slow chat keeps its hour: the closing words make way.
        at = after[0].at
    added = Moment(MomentKind.QUESTION, at, event.number)
    closing = after
    if all(each.kind is not MomentKind.CLOSING for each in after):
        # The closing words were said already: they come again after this question.
        closing = (Moment(MomentKind.CLOSING, after[0].at), *after)
    moments = spread((*before, added, *closing), None, run.pace)
    return Outcome(replace(run, moments=moments), (PlanMoved(),))


def _put_back(run: Run, event: PutBack, now: datetime) -> Outcome:
    skipped = _skip(replace(run, moments=event.plan))
    if isinstance(skipped, Outcome) and skipped.run == run:
        return Outcome(replace(run, moments=event.plan), (PlanMoved(),))
    later = (
        place
        for place, each in enumerate(run.moments)
        if each.kind is MomentKind.QUESTION and each.number > event.number
    )
    place = next(later, None)
    if place is None or event.number < run.current:
        return _insert(run, Insert(event.number), now)
    moments = put_in(run.moments, place, event.number, run.pace)
    return Outcome(replace(run, moments=moments), (PlanMoved(),))


def _end_now(run: Run) -> Outcome:
    effects: tuple[Effect, ...] = (Archive(),)
    if run.state is not ChatState.CLOSING:
        effects = (Close(), Archive())
    return Outcome(replace(run, state=ChatState.ARCHIVED, moments=(), held_since=None), effects)


def _cancel(run: Run) -> Outcome:
    if run.state is ChatState.DRAFT:
        return Outcome(replace(run, state=ChatState.THROWN_AWAY))
    cancelled = replace(run, state=ChatState.CANCELLED, held_since=None)
    return Outcome(cancelled, (Reword(), CallOff()))
