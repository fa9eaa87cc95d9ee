"""Whether and when a notice reaches its member: nobody who rests is written to, and nothing is lost."""

import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot import capabilities
from plnbot.engine.notices.model import (
    AtHome,
    Decision,
    How,
    InDay,
    Never,
    Notice,
    NoticeKind,
    Send,
    Wanted,
    Why,
    Wishes,
    decide,
)
from plnbot.quiet import Leave, Quiet, Rest, is_quiet
from plnbot.talk.words import msg

EASTERN = "America/New_York"
ZONES = sorted(available_timezones())
# Around both changes of the clocks of 2026 in most zones that have them.
INSTANTS = st.one_of(
    st.datetimes(datetime(2026, 3, 1), datetime(2026, 4, 10)),  # noqa: DTZ001 - made aware below
    st.datetimes(datetime(2026, 9, 20), datetime(2026, 11, 10)),  # noqa: DTZ001 - as above
).map(lambda each: each.replace(tzinfo=UTC))
HOURS = st.none() | st.tuples(
    st.times().map(lambda at: at.replace(second=0, microsecond=0)), st.times()
)
LENGTHS = st.timedeltas(timedelta(0), timedelta(days=20))


def kind(*, may_be_muted: bool = True, usually: How = How.AT_ONCE) -> NoticeKind:
    """Return a kind of notices."""
    words = msg("Notices")
    return NoticeKind(
        name="test", title=words, about=words, may_be_muted=may_be_muted, usually=usually
    )


@st.composite
def wishes(draw: st.DrawFn) -> Wishes:
    """Return whatever a member may have set."""
    begins = draw(INSTANTS)
    leave = draw(st.none() | LENGTHS.map(lambda length: Leave(begins, begins + length)))
    rest = Rest(draw(st.sampled_from(ZONES)), Quiet(draw(HOURS), draw(HOURS)), leave)
    how = draw(st.dictionaries(st.just("test"), st.sampled_from(How)))
    return Wishes(rest, how, draw(st.booleans()), draw(st.times()))


@st.composite
def notices(draw: st.DrawFn) -> Notice:
    """Return whatever may be told."""
    told = draw(INSTANTS)
    at = told + draw(LENGTHS)
    until = draw(st.none() | LENGTHS.map(lambda length: at + length))
    of = kind(may_be_muted=draw(st.booleans()), usually=draw(st.sampled_from(How)))
    return Notice(of, told, Wanted(at, until), draw(st.booleans()), draw(st.booleans()))


@given(notices(), wishes(), LENGTHS)
def test_nobody_who_rests_is_written_to(notice: Notice, wishes: Wishes, later: timedelta) -> None:
    """No kind, leave, quiet hour, zone or change of the clocks lets a sleeping member be written to."""
    now = notice.told + later
    decision = decide(notice, wishes, now)
    if not isinstance(decision, Send | InDay):
        return
    assert decision.at >= now
    assert wishes.of(notice.kind) is not How.NEVER
    assert wishes.direct or notice.asked
    assert notice.wanted.until is None or now < notice.wanted.until
    if not notice.on_now:
        assert not is_quiet(wishes.rest.quiet, wishes.rest.zone, decision.at)
        assert wishes.rest.leave is None or not wishes.rest.leave.covers(decision.at)
        assert notice.wanted.until is None or decision.at < notice.wanted.until


@given(notices(), wishes(), LENGTHS)
def test_nothing_is_lost_that_was_only_to_wait(
    notice: Notice, wishes: Wishes, later: timedelta
) -> None:
    """What has no end and is not switched off is sent, or waits at home."""
    decision = decide(notice, wishes, notice.told + later)
    if isinstance(decision, Never) and decision.why is not Why.MUTED:
        assert notice.wanted.until is not None


@given(notices(), wishes(), LENGTHS)
def test_what_is_planned_happens_at_its_time(
    notice: Notice, wishes: Wishes, late: timedelta
) -> None:
    """Looked at when it is due, or a little late while that is free still, it is not put off again."""
    planned = decide(notice, wishes, notice.told)
    if not isinstance(planned, Send | InDay):
        return
    assert decide(notice, wishes, planned.at) == planned
    after = planned.at + late / 1000
    until = notice.wanted.until
    if wishes.rest.free(after) and (until is None or after < until):
        assert decide(notice, wishes, after) == type(planned)(after)


def told(
    wanted: str, *, until: str = "", how: How | None = None, leave: Leave | None = None
) -> Decision:
    """Return what becomes of something told at 6 in the morning, Eastern, of Monday the 23rd."""
    now = at("2026-11-23 06:00")
    ends = at(until) if until else None
    notice = Notice(kind(), now, Wanted(at(wanted), ends))
    set_so = {} if how is None else {"test": how}
    return decide(notice, Wishes(Rest(EASTERN, Quiet(), leave), set_so), now)


def at(words: str) -> datetime:
    """Return an instant of the Eastern clock in winter."""
    return datetime.fromisoformat(f"{words}-05:00")


@pytest.mark.rows(5)
@pytest.mark.parametrize(
    ("wanted", "until", "expected"),
    [
        ("2026-11-23 06:00", "", Send(at("2026-11-23 07:00"))),
        ("2026-11-23 10:00", "", Send(at("2026-11-23 15:30"))),
        ("2026-11-23 22:00", "", Send(at("2026-11-24 07:00"))),
        ("2026-11-28 10:00", "", Send(at("2026-11-28 10:00"))),
        ("2026-11-24 08:30", "2026-11-24 09:00", Send(at("2026-11-24 07:59"))),
        ("2026-11-24 19:30", "2026-11-24 20:00", Send(at("2026-11-24 19:30"))),
        ("2026-11-23 06:15", "2026-11-23 06:45", Never(Why.ASLEEP)),
    ],
)
def test_quiet_hours(wanted: str, until: str, expected: Decision) -> None:
    """After class, in the morning, and rather before the start of something than after it."""
    assert told(wanted, until=until) == expected


def test_the_days_message_and_leave() -> None:
    """One message in the afternoon; what comes during a leave comes on the first day after it."""
    assert told("2026-11-23 10:00", how=How.IN_DAY) == InDay(at("2026-11-23 16:00"))
    assert told("2026-11-23 17:00", how=How.IN_DAY) == InDay(at("2026-11-24 16:00"))
    away = Leave(at("2026-11-22 00:00"), at("2026-11-28 00:00"))
    assert told("2026-11-23 17:00", leave=away) == InDay(at("2026-11-28 16:00"))
    over = told("2026-11-24 19:30", until="2026-11-24 20:00", leave=away)
    assert over == Never(Why.AWAY)
    assert told("2026-11-23 17:00", how=How.NEVER) == Never(Why.MUTED)


def test_who_was_not_asked_and_who_never_rests_not() -> None:
    """Nobody is written to who did not say so, and a week without a free moment waits at home."""
    now = at("2026-11-23 12:00")
    plain = Notice(kind(), now, Wanted(now))
    awake = Rest(EASTERN, Quiet(None, None))
    assert decide(plain, Wishes(awake, direct=False), now) == AtHome(Why.INDIRECT)
    asked = Notice(kind(), now, Wanted(now), asked=True)
    assert decide(asked, Wishes(awake, direct=False), now) == Send(now)
    never = Rest(EASTERN, Quiet(None, (time(0), time.max)))
    assert isinstance(decide(plain, Wishes(never), now), AtHome | Send)


def test_every_kind_is_declared() -> None:
    """A kind that no capability declares would wait for ever."""
    declared = {id(each) for each in capabilities.catalogue(capabilities.every()).notices.values()}

    made = {
        f"{name}.{label}": value
        for name, module in list(sys.modules.items())
        if name.startswith("plnbot.")
        for label, value in vars(module).items()
        if isinstance(value, NoticeKind)
    }
    assert made
    assert {name for name, value in made.items() if id(value) not in declared} == set()


def test_there_is_one_gate(repository: Path) -> None:
    """Nothing else writes to a member directly."""
    for path in (repository / "plnbot").rglob("*.py"):
        words = path.read_text(encoding="utf-8")
        inside = path.parent.name == "notices" or path.name == "outbox.py"
        assert inside or "write_to(" not in words, path
