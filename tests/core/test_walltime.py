"""Wall clocks and instants: gaps, folds, and what people call their zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.walltime import (
    FRIENDLY,
    UnknownZoneError,
    instant,
    is_zone,
    local,
    same_wall_time_later,
    zone_named,
    zone_title,
    zones,
    zones_like,
)

EASTERN = "America/New_York"
ZONES = st.sampled_from(zones())
WALLS = st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 31))  # noqa: DTZ001 - bounds are naive here


def wall(text: str) -> datetime:
    """Return a naive wall time."""
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    """Return an instant written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "zone", "expected"),
    [
        ("2026-07-02 20:00", EASTERN, "2026-07-03 00:00"),
        ("2026-12-03 20:00", EASTERN, "2026-12-04 01:00"),
        ("2026-03-08 02:30", EASTERN, "2026-03-08 07:00"),
        ("2026-03-08 02:00", EASTERN, "2026-03-08 07:00"),
        ("2026-03-08 02:59:59.999999", EASTERN, "2026-03-08 07:00"),
        ("2026-11-01 01:30", EASTERN, "2026-11-01 05:30"),
        ("2026-10-04 02:15", "Australia/Lord_Howe", "2026-10-03 15:30"),
        ("2011-12-30 12:30", "Pacific/Apia", "2011-12-30 10:00"),
        ("2026-06-01 00:00", "UTC", "2026-06-01 00:00"),
    ],
)
def test_wall_time_means_one_instant(said: str, zone: str, expected: str) -> None:
    """A gap moves to the first instant after it, a fold is its first time."""
    assert instant(wall(said), zone) == utc(expected)


@given(WALLS, ZONES)
def test_every_wall_time_is_shown_or_lies_in_a_gap(said: datetime, zone: str) -> None:
    """The instant shows the wall time, or is the very first one after the gap around it."""
    found = instant(said, zone)
    shown = local(found, zone)
    if shown.replace(tzinfo=None, fold=0) == said:
        assert shown.fold == 0
    else:
        just_before = local(found - timedelta(microseconds=1), zone).replace(tzinfo=None)
        assert just_before < said < shown.replace(tzinfo=None)


@given(WALLS, st.timedeltas(timedelta(0), timedelta(days=400)), ZONES)
def test_later_on_the_wall_is_never_earlier(said: datetime, more: timedelta, zone: str) -> None:
    """Wall times keep their order as instants."""
    assert instant(said, zone) <= instant(said + more, zone)


def test_same_wall_time_crosses_the_change_of_clocks() -> None:
    """A week later at 8 pm is 8 pm, though 167 hours pass in spring."""
    before = instant(wall("2026-03-05 20:00"), EASTERN)
    after = same_wall_time_later(before, EASTERN, 7)
    assert local(after, EASTERN).replace(tzinfo=None) == wall("2026-03-12 20:00")
    assert after - before == timedelta(hours=167)


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        *((each, EASTERN) for each in ("Eastern", "ET", "EST", "EDT", "eastern time", "e.t.")),
        ("Eastern Standard Time", EASTERN),
        ("US/Eastern", EASTERN),
        ("  AMERICA/new_york ", EASTERN),
        ("new york", EASTERN),
        ("hora del este", EASTERN),
        ("Central", "America/Chicago"),
        ("CDT", "America/Chicago"),
        ("Mountain", "America/Denver"),
        ("MST", "America/Denver"),
        ("Arizona", "America/Phoenix"),
        ("PT", "America/Los_Angeles"),
        ("Pacífico", "America/Los_Angeles"),
        ("pacifico", "America/Los_Angeles"),
        ("Alaska", "America/Anchorage"),
        ("Hawaii", "Pacific/Honolulu"),
        ("HST", "Pacific/Honolulu"),
        ("Atlantic", "America/Halifax"),
        ("UTC", "UTC"),
        ("gmt", "UTC"),
        ("UK", "Europe/London"),
        ("CET", "Europe/Berlin"),
        ("São Paulo", "America/Sao_Paulo"),
        ("US/Michigan", "US/Michigan"),
    ],
)
def test_zone_as_people_call_it(said: str, zone: str) -> None:
    """A zone is known by its everyday names, in any letters."""
    assert zone_named(said) == zone


def test_standard_time_said_in_summer_means_the_wall() -> None:
    """Who says EST in July means what Eastern clocks show in July."""
    assert instant(wall("2026-07-02 20:00"), zone_named("EST")) == utc("2026-07-03 00:00")


@pytest.mark.parametrize(
    "said", ["", " ", "Narnia", "../../etc/passwd", "America", "\0", "\ud800", "x" * 10_000]
)
def test_unknown_zone_is_an_error_everywhere(said: str) -> None:
    """What is no zone is refused by name, whatever the text."""
    assert not is_zone(said)
    with pytest.raises(UnknownZoneError):
        zone_named(said)
    with pytest.raises(UnknownZoneError):
        instant(wall("2026-01-01"), said)
    with pytest.raises(LookupError):
        local(utc("2026-01-01"), said)


@given(st.text(max_size=80))
def test_any_words_name_a_zone_or_do_not(words: str) -> None:
    """Hostile words give a real zone or `UnknownZoneError`, nothing else."""
    try:
        found = zone_named(words)
    except UnknownZoneError:
        return
    assert is_zone(found)


def test_zones_to_choose_from() -> None:
    """The friendly zones come first, nothing comes twice, each can be used and found by name."""
    offered = zones()
    assert offered[: len(FRIENDLY)] == [name for name, _ in FRIENDLY]
    assert len(offered) == len(set(offered))
    assert {"Europe/Paris", "America/Detroit", "Pacific/Guam"} <= set(offered)
    assert all(zone_named(name) == name for name in offered)


def test_friendly_zones_answer_to_their_labels() -> None:
    """What a form shows can also be typed."""
    assert [zone_named(label) for _, label in FRIENDLY] == [name for name, _ in FRIENDLY]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("manila", "Manila"),
        ("buenos", "Buenos Aires (Argentina)"),
        ("EST", "Eastern (New York)"),
        ("new y", "Eastern (New York)"),
        ("America/Los_Angeles", "Pacific (Los Angeles)"),
        ("bogotá", "Bogota"),
    ],
)
def test_every_zone_is_found_by_typing(typed: str, first: str) -> None:
    """By city, by what people call it, by its own name; accents or not."""
    assert zone_title(zones_like(typed, 5)[0]) == first


def test_no_two_zones_are_called_the_same() -> None:
    """Whoever reads a title knows the zone, and the title typed leads back to it."""
    titles = [zone_title(each) for each in zones()]
    assert len(titles) == len(set(titles))
    assert all(each in zones_like(zone_title(each), 25) for each in zones())


@given(st.text(max_size=80))
def test_looking_for_any_words_ends(typed: str) -> None:
    """Whatever is typed, what is found are zones, and no more than asked for."""
    found = zones_like(typed, 3)
    assert len(found) <= 3
    assert set(found) <= {*zones(), *available_timezones()}
