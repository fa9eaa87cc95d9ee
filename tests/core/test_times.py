"""A start time in the words people use, English and Spanish."""

from datetime import UTC, datetime, time, timedelta

import pytest

from plnbot.talk.times import (
    LONGEST,
    NotUnderstoodError,
    Reason,
    parse_clock,
    parse_duration,
    parse_when,
)
from plnbot.talk.times.words import FILLERS, THIS, WORDS
from plnbot.walltime import UnknownZoneError, instant, local, zone_named

EASTERN, PACIFIC, CENTRAL = "America/New_York", "America/Los_Angeles", "America/Chicago"
NOW = datetime(2026, 11, 23, 17, 0, 37, tzinfo=UTC)  # a Monday, noon and 37 seconds in the East


def when(words: str, *, now: datetime = NOW, zone: str = EASTERN, locale: str = "en") -> str:
    """Return the wall time that words mean, in the zone they mean."""
    found = parse_when(words, now, zone, locale)
    return f"{local(found.instant, found.zone):%a %Y-%m-%d %H:%M}"


def refusal(words: str, now: datetime = NOW) -> tuple[Reason, str]:
    """Return why words are not understood, and which."""
    with pytest.raises(NotUnderstoodError) as caught:
        parse_when(words, now, EASTERN)
    return caught.value.reason, caught.value.words


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Thursday 8 pm Eastern", "Thu 2026-11-26 20:00"),
        ("thu 8pm ET", "Thu 2026-11-26 20:00"),
        ("THURS. 8 P.M. (ET)", "Thu 2026-11-26 20:00"),
        ("Thursday @ 8pm", "Thu 2026-11-26 20:00"),
        ("8 o'clock Thursday", "Thu 2026-11-26 20:00"),
        ("8.30 pm Thursday", "Thu 2026-11-26 20:30"),
        ("Thursday 08:00", "Thu 2026-11-26 08:00"),
        ("Thursday at eight pm", "Thu 2026-11-26 20:00"),
        ("Thursday evening at 8", "Thu 2026-11-26 20:00"),
        ("tomorrow at 7:30pm", "Tue 2026-11-24 19:30"),
        ("tomorrow morning at 9", "Tue 2026-11-24 09:00"),
        ("day after tomorrow 8pm", "Wed 2026-11-25 20:00"),
        ("today 15:45", "Mon 2026-11-23 15:45"),
        ("tonight at 9", "Mon 2026-11-23 21:00"),
        ("this afternoon at 4", "Mon 2026-11-23 16:00"),
        ("next Tuesday 8-9 pm ET", "Tue 2026-11-24 20:00"),
        ("Thursday 8 to 9 in the evening", "Thu 2026-11-26 20:00"),
        ("Thursday 11-1 pm", "Thu 2026-11-26 11:00"),
        ("Thursday 20:00–21:00", "Thu 2026-11-26 20:00"),
        ("8 pm - 26 Nov", "Thu 2026-11-26 20:00"),
        ("April 19, at 8:00 p.m. ET", "Mon 2027-04-19 20:00"),
        ("2026-11-26 20:00", "Thu 2026-11-26 20:00"),
        ("2026-11-26T20:00:00", "Thu 2026-11-26 20:00"),
        ("2026-11-26 8:00", "Thu 2026-11-26 08:00"),
        ("11/26 8pm", "Thu 2026-11-26 20:00"),
        ("11/26/26 8pm", "Thu 2026-11-26 20:00"),
        ("26/11/2026 8pm", "Thu 2026-11-26 20:00"),
        ("26.11.2026 20:00", "Thu 2026-11-26 20:00"),
        ("26 Nov 8pm", "Thu 2026-11-26 20:00"),
        ("Nov. 26th, 2026 at 8 pm", "Thu 2026-11-26 20:00"),
        ("the 26th of November, 8pm", "Thu 2026-11-26 20:00"),
        ("the 26th at 8 pm", "Thu 2026-11-26 20:00"),
        ("the 5th at 8 pm", "Sat 2026-12-05 20:00"),
        ("１１/２６ ８pm", "Thu 2026-11-26 20:00"),  # noqa: RUF001 - digits as a Japanese keyboard types them
        ("in 20 minutes", "Mon 2026-11-23 12:20"),
        ("in 2 hours", "Mon 2026-11-23 14:00"),
        ("in an hour and 30 minutes", "Mon 2026-11-23 13:30"),
        ("half an hour from now", "Mon 2026-11-23 12:30"),
        ("in 2 days at 8 pm", "Wed 2026-11-25 20:00"),
        ("now", "Mon 2026-11-23 12:00"),
        ("noon", "Tue 2026-11-24 12:00"),
        ("12 noon Thursday", "Thu 2026-11-26 12:00"),
        ("midnight", "Tue 2026-11-24 00:00"),
        ("tonight at midnight", "Tue 2026-11-24 00:00"),
        ("Thursday midnight", "Fri 2026-11-27 00:00"),
        ("Thursday 12 am", "Thu 2026-11-26 00:00"),
        ("8pm", "Mon 2026-11-23 20:00"),
        ("8am", "Tue 2026-11-24 08:00"),
        ("12:30", "Mon 2026-11-23 12:30"),
    ],
)
def test_english(words: str, expected: str) -> None:
    """The ways teachers write a start time are understood."""
    assert when(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("jueves 8 pm", "Thu 2026-11-26 20:00"),
        ("este jueves a las 8 p. m.", "Thu 2026-11-26 20:00"),
        ("el jueves que viene a las 8", "Thu 2026-11-26 20:00"),
        ("el próximo miércoles a las 20 h", "Wed 2026-11-25 20:00"),
        ("jueves de 8 a 9 de la noche", "Thu 2026-11-26 20:00"),
        ("mañana a las 19:30", "Tue 2026-11-24 19:30"),
        ("mañana por la mañana a las 9", "Tue 2026-11-24 09:00"),
        ("pasado mañana a las 8 pm", "Wed 2026-11-25 20:00"),
        ("hoy a las 8 de la tarde", "Mon 2026-11-23 20:00"),
        ("esta noche a las ocho y media", "Mon 2026-11-23 20:30"),
        ("el 26 de noviembre a las 20:00", "Thu 2026-11-26 20:00"),
        ("el jueves 26 de noviembre de 2026 a las 20:00 hora del este", "Thu 2026-11-26 20:00"),
        ("el 26 a las 8", "Thu 2026-11-26 20:00"),
        ("26/11 20:00", "Thu 2026-11-26 20:00"),
        ("5/1 20:00", "Tue 2027-01-05 20:00"),
        ("en 20 minutos", "Mon 2026-11-23 12:20"),
        ("dentro de media hora", "Mon 2026-11-23 12:30"),
        ("ahora", "Mon 2026-11-23 12:00"),
        ("mediodía", "Tue 2026-11-24 12:00"),
        ("el jueves a las 12 del mediodía", "Thu 2026-11-26 12:00"),
        ("jueves a medianoche", "Fri 2026-11-27 00:00"),
        ("MIERCOLES 8 PM", "Wed 2026-11-25 20:00"),
    ],
)
def test_spanish(words: str, expected: str) -> None:
    """Spanish is understood as well, with or without its accents."""
    assert when(words, locale="es") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Sunday, September 20, at 8:00 p.m. ET", "Sun 2026-09-20 20:00"),
        ("next Sunday, September 20, at 8:00 p.m. ET", "Sun 2026-09-20 20:00"),
    ],
)
def test_announcements_as_they_were_published(words: str, expected: str) -> None:
    """A date beside its weekday, and an idle “next”, are one day."""
    assert when(words, now=datetime(2026, 9, 10, 12, tzinfo=UTC)) == expected


def test_now_is_now_to_the_second() -> None:
    """“Now” can start at once, and a length counts from now."""
    assert parse_when("now", NOW, EASTERN).instant == NOW
    assert parse_when("in 20 minutes", NOW, EASTERN).at == NOW + timedelta(minutes=20)


def test_days_from_now_keep_the_time_on_the_wall() -> None:
    """“In 2 days” across the change of clocks is the same time of day, not 48 hours."""
    before = instant(datetime(2027, 3, 13, 12, 0), EASTERN)  # noqa: DTZ001 - a wall time
    assert when("in 2 days", now=before) == "Mon 2027-03-15 12:00"


def test_weekday_said_on_its_day() -> None:
    """“Monday” on a Monday is today while the hour is ahead, else in a week."""
    assert when("Monday 8 pm") == "Mon 2026-11-23 20:00"
    assert when("Monday 8 am") == "Mon 2026-11-30 08:00"
    assert when("Monday 12:00") == "Mon 2026-11-30 12:00"
    assert when("next Monday 8 pm") == "Mon 2026-11-30 20:00"


def test_zone_that_is_said_wins_and_decides_what_today_is() -> None:
    """Words are read by the clocks of the zone they name, else by the reader's own."""
    assert parse_when("8pm PT tomorrow", NOW, EASTERN).zone == PACIFIC
    assert parse_when("8pm tomorrow", NOW, CENTRAL).zone == CENTRAL
    late = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
    assert when("today 11:45 pm", now=late, zone=EASTERN) == "Mon 2026-11-23 23:45"
    assert when("today 11:45 pm UTC", now=late, zone=EASTERN) == "Tue 2026-11-24 23:45"
    assert when("8pm America/Argentina/Buenos_Aires", now=NOW) == "Mon 2026-11-23 20:00"


@pytest.mark.parametrize(
    ("words", "assumed"),
    [
        ("Thursday 8 pm ET", ()),
        ("Thursday 8 pm", ("zone",)),
        ("Thursday 8 ET", ("pm",)),
        ("Thursday 8", ("zone", "pm")),
        ("Thursday 8:30 ET", ("pm",)),
        ("Thursday 08:30 ET", ()),
        ("Thursday 10:30 ET", ()),
        ("Thursday 20:30 ET", ()),
        ("Thursday 12 ET", ()),
        ("April 19 8 pm ET", ("year",)),
        ("April 19 2027 8 pm ET", ()),
        ("Thursday Nov 27 8 pm ET", ("date",)),
        ("Tuesday April 20 8 pm ET", ("year",)),
        ("next Tuesday 8 pm ET", ("next",)),
        ("next Monday 8 pm ET", ()),
        ("Thursday midnight ET", ("midnight",)),
        ("tonight midnight ET", ()),
        ("in 20 minutes", ()),
    ],
)
def test_what_was_assumed_is_said(words: str, assumed: tuple[str, ...]) -> None:
    """Everything that was not said and had to be decided is named."""
    assert parse_when(words, NOW, EASTERN).assumed == assumed


@pytest.mark.parametrize(
    ("words", "reason", "in_the_way"),
    [
        ("", Reason.NO_TIME, ""),
        ("Thursday", Reason.NO_TIME, "Thursday"),
        ("Nov 26", Reason.NO_TIME, "Nov 26"),
        ("today 8am", Reason.PAST, "today 8am"),
        ("this morning at 8", Reason.PAST, "this morning at 8"),
        ("2026-11-22 8pm", Reason.PAST, "2026-11-22 8pm"),
        ("Nov 22 8pm", Reason.PAST, "Nov 22 8pm"),
        ("Sunday, September 20, 8pm", Reason.PAST, "Sunday, September 20, 8pm"),
        ("Feb 30 8pm", Reason.NO_SUCH_DAY, "Feb 30 8pm"),
        ("2027-02-29 20:00", Reason.NO_SUCH_DAY, "2027-02-29 20:00"),
        ("13/13 8pm", Reason.NO_SUCH_DAY, "13/13 8pm"),
        ("the 32nd 8pm", Reason.NO_SUCH_DAY, "the 32nd 8pm"),
        ("0000-01-01 8pm", Reason.NO_SUCH_DAY, "0000-01-01 8pm"),
        ("2030-01-01 8pm", Reason.TOO_FAR, "2030-01-01 8pm"),
        ("9999-12-31 24:00", Reason.TOO_FAR, "9999-12-31 24:00"),
        ("in 99999 weeks", Reason.TOO_FAR, "in 99999 weeks"),
        ("in 99999 weeks at 8 pm", Reason.TOO_FAR, "in 99999 weeks at 8 pm"),
        ("8 pm Narnia time", Reason.NO_SUCH_ZONE, "Narnia"),
        ("8pm XST", Reason.NO_SUCH_ZONE, "XST"),
        ("8pm Narnia/Lantern", Reason.NO_SUCH_ZONE, "Narnia"),
        ("sometime 8pm", Reason.WHAT, "sometime"),
        ("Thursday 25:00", Reason.WHAT, "25:00"),
        ("Thursday 8:99", Reason.WHAT, "8:99"),
        ("24:01", Reason.WHAT, "24:01"),
        ("13 am", Reason.WHAT, "13 am"),
        ("8 pm 9 pm", Reason.WHAT, "9 pm"),
        ("8 pm am", Reason.WHAT, "am"),
        ("Friday Thursday 8 pm", Reason.WHAT, "Thursday"),
        ("tomorrow Nov 26 8 pm", Reason.WHAT, "Nov 26"),
        ("8 pm ET PT", Reason.WHAT, "PT"),
        ("in 3 hours at 8 pm", Reason.WHAT, "in 3 hours at 8 pm"),
        ("99999999999 pm", Reason.WHAT, "99999999999"),
        ("<b>8pm</b>", Reason.WHAT, "<"),
        ("8pm " * 60, Reason.WHAT, ("8pm " * 20)),
    ],
)
def test_what_is_not_understood_says_why(words: str, reason: Reason, in_the_way: str) -> None:
    """A reason for the person, and the very words that were in the way."""
    assert refusal(words) == (reason, in_the_way)


def test_length_of_text_is_bounded() -> None:
    """A text of 200 characters is read, one more is not."""
    words = "8pm ET".ljust(LONGEST)
    assert when(words) == "Mon 2026-11-23 20:00"
    assert refusal(words + " ")[0] is Reason.WHAT
    assert parse_clock("8pm".ljust(LONGEST + 1)) is None
    assert parse_duration("8 min".ljust(LONGEST + 1)) is None


def test_no_filler_is_the_name_of_a_zone() -> None:
    """Little words and our own words never name a zone by accident, but for the Spanish East."""
    for word in {*FILLERS, *THIS, *WORDS} - {"este"}:
        with pytest.raises(UnknownZoneError):
            zone_named(word)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("8pm", time(20)),
        ("8:05 p.m.", time(20, 5)),
        ("20:00", time(20)),
        ("07:15", time(7, 15)),
        ("7", time(7)),
        ("7 in the morning", time(7)),
        ("9 de la noche", time(21)),
        ("a las 9", time(9)),
        ("noon", time(12)),
        ("medianoche", time(0)),
        ("12 am", time(0)),
        ("24:00", time(0)),
        ("8pm ET", None),
        ("Thursday 8pm", None),
        ("in 20 minutes", None),
        ("13 am", None),
        ("25:00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_clock(words: str, expected: time | None) -> None:
    """A time of day by itself; what has no half of the day is read the 24-hour way."""
    assert parse_clock(words) == expected


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("20 min", 20),
        ("+2 min", 2),
        ("1h", 60),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("1 hour and 15 minutes", 75),
        ("90 minutes", 90),
        ("2 minutos", 2),
        ("half an hour", 30),
        ("media hora", 30),
        ("una hora y media", 90),
        ("una hora", 60),
        ("2 weeks", 2 * 7 * 24 * 60),
        ("20", None),
        ("-5 min", None),
        ("999999 min", None),
        ("1 h 90", None),
        ("min", None),
        ("20 min please", None),
        ("", None),
    ],
)
def test_duration(words: str, minutes: int | None) -> None:
    """A length of time with its unit."""
    assert parse_duration(words) == (None if minutes is None else timedelta(minutes=minutes))
