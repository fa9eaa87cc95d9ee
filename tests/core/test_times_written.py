"""Whatever is written is a time or a reason, and times in any style are read back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from plnbot.talk.plain import clock_words
from plnbot.talk.text import Style
from plnbot.talk.times import (
    LONGEST,
    Assumed,
    NotUnderstoodError,
    Understood,
    as_written,
    parse_clock,
    parse_duration,
    parse_when,
)
from plnbot.talk.times.words import FILLERS, THIS, WORDS
from plnbot.talk.words import LOCALES
from plnbot.talk.zones import zone_title
from plnbot.walltime import instant, local, zones

EASTERN = "America/New_York"
NOW = datetime(2026, 11, 23, 17, 0, 37, tzinfo=UTC)

HOSTILE = st.one_of(
    st.text(max_size=LONGEST + 5),
    st.lists(
        st.one_of(
            st.sampled_from(sorted({*WORDS, *FILLERS, *THIS, "ET", "Pacific", "half", "dentro"})),
            st.sampled_from(list(":-/.,@+ ")),
            st.integers(0, 100_000).map(str),
            st.sampled_from(["26th", "p.m.", "2026", "08:30", "11/26", "9999-12-31", "y media"]),
        ),
        max_size=12,
    ).map(" ".join),
)


@given(HOSTILE, st.sampled_from(["en", "es", "es_MX", ""]), st.sampled_from(zones()))
@example("12/31/9999 11:59 pm", "en", "Pacific/Honolulu")
@example("in 99999 weeks and 99999 weeks and 99999 weeks and 99999 weeks", "en", EASTERN)
def test_any_words_are_understood_or_not(words: str, locale: str, zone: str) -> None:
    """Whatever is written: a time to come within two years, or a reason; never a crash."""
    parse_clock(words)
    parse_duration(words)
    try:
        found = parse_when(words, NOW, zone, locale)
    except NotUnderstoodError as error:
        assert len(error.words) <= LONGEST  # noqa: PT017 - either outcome is right
        return
    assert NOW <= found.instant <= NOW + timedelta(days=731)
    assert found.instant.utcoffset() == timedelta(0)


MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
STYLES: tuple[Callable[[datetime], str], ...] = (
    lambda at: f"{at:%Y-%m-%d %H:%M}",
    lambda at: f"{at:%A}, {at:%B} {at.day}, {at.year}, at {twelve(at)}",
    lambda at: f"{at.month}/{at.day} {at:%H:%M}",
    lambda at: f"{at.month}/{at.day}/{at:%y} {twelve(at)}",
    lambda at: f"{at.day} {at:%b} {twelve(at)}",
    lambda at: f"{twelve(at)} on {at:%b}. {at.day}th",
    lambda at: f"el {at.day} de {MONTHS[at.month - 1]} de {at.year} a las {at:%H:%M}",
)


def twelve(at: datetime) -> str:
    """Return the time as `8:05 pm`."""
    return f"{at.hour % 12 or 12}:{at:%M} {'am' if at.hour < 12 else 'pm'}"


def read_back(words: str, now: datetime, mine: str, zone: str, at: datetime) -> None:
    """Check that words mean the instant, said with its zone or by somebody who lives there."""
    assert parse_when(f"{words} {zone}", now, mine) == Understood(at, zone, ANY_ASSUMED)
    found = parse_when(words, now, zone)
    assert (found.instant, found.zone) == (at, zone)


class _Whatever(tuple[Assumed, ...]):
    """Equal to any assumptions: the tests above are about those."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple)

    __hash__ = tuple.__hash__


ANY_ASSUMED = _Whatever()


@pytest.mark.parametrize("zone", zones())
def test_every_zone_is_read_by_its_own_name(zone: str) -> None:
    """Any zone that can be chosen in a form can be written behind a time."""
    assert parse_when(f"tomorrow 13:30 {zone}", NOW, "UTC").zone == zone


# Those are shown as “ET” the whole year, so that an hour that comes twice cannot be told apart.
SAID_BROADLY = {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"}
MINUTES = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1)).map(  # noqa: DTZ001 - bounds are naive here
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)


@given(MINUTES, st.integers(1, 300 * 24 * 60), *[st.sampled_from(zones())] * 2, st.data())
def test_written_times_are_read_back(
    now: datetime, minutes: int, mine: str, zone: str, data: st.DataObject
) -> None:
    """A coming instant, written in any of the styles, is read as that instant."""
    at = now + timedelta(minutes=minutes)
    wall = local(at, zone)
    assume(instant(wall.replace(tzinfo=None), zone) == at)  # not the second time in a fold
    read_back(data.draw(st.sampled_from(STYLES))(wall), now, mine, zone, at)


@given(MINUTES, st.integers(1, 6 * 24 * 60), *[st.sampled_from(zones())] * 2)
def test_near_times_are_read_back(now: datetime, minutes: int, mine: str, zone: str) -> None:
    """A coming instant of this week can be said by its weekday; today and tomorrow by name."""
    at = now + timedelta(minutes=minutes)
    wall, here = local(at, zone), local(now, zone)
    assume(instant(wall.replace(tzinfo=None), zone) == at)
    read_back(f"{wall:%a} {twelve(wall)}", now, mine, zone, at)
    ahead = (wall.date() - here.date()).days
    if ahead <= 1:
        read_back(f"{('today', 'tomorrow')[ahead]} {wall:%H:%M}", now, mine, zone, at)


LOCALE = st.sampled_from(sorted(LOCALES))
SHOWN = st.sampled_from([Style.DAY_AND_TIME, Style.TIME])


@given(MINUTES, st.integers(1, 300 * 24 * 60), st.sampled_from(zones()), LOCALE, SHOWN)
def test_what_is_shown_is_read_back_as_the_same_instant(
    now: datetime, minutes: int, zone: str, locale: str, style: Style
) -> None:
    """Day and time as cards show them, and as a form does, also where an hour comes twice."""
    at = now + timedelta(minutes=minutes % (11 * 60) + 1 if style is Style.TIME else minutes)
    wall = local(at, zone)
    once = wall.tzname() != wall.replace(fold=1 - wall.fold).tzname()
    assume(instant(wall.replace(tzinfo=None), zone) == at or (once and zone not in SAID_BROADLY))
    assert parse_when(clock_words(at, style, zone, locale), now, zone, locale).instant == at
    if not wall.fold:
        assert parse_when(as_written(at, zone), now, zone, locale).instant == at


@pytest.mark.parametrize("locale", sorted(LOCALES))
@pytest.mark.parametrize("month", [1, 7])
def test_every_zone_reads_back_what_it_shows(month: int, locale: str) -> None:
    """By day and by night, in either half of the year."""
    now = datetime(2026, month, 10, 17, 0, 37, tzinfo=UTC)
    for zone in zones():
        for hours in (5, 600) if month == 1 else (17,):
            at = (now + timedelta(hours=hours)).replace(second=0)
            shown = clock_words(at, Style.DAY_AND_TIME, zone, locale)
            assert parse_when(shown, now, zone, locale).instant == at, (shown, zone)


@pytest.mark.parametrize("locale", sorted(LOCALES))
def test_every_zone_is_read_by_its_title(locale: str) -> None:
    """What lists of zones call it can be written behind a time."""
    for zone in zones():
        found = parse_when(f"tomorrow 13:30 {zone_title(zone, locale)}", NOW, "UTC", locale)
        assert local(found.instant, zone).strftime("%H:%M") == "13:30", zone
