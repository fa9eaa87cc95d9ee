"""Schedules in the words people use, English and Spanish, and said back so that they read the same."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plnbot.schedules import Only, Schedule
from plnbot.talk.times import (
    ScheduleUnderstood,
    Understood,
    as_written_again,
    next_times,
    said,
    schedule_of,
    when_of,
)
from plnbot.talk.words import Translate
from plnbot.walltime import local, zones

EASTERN = "America/New_York"
NOW = datetime(2026, 11, 23, 17, 0, 37, tzinfo=UTC)  # a Monday, noon and 37 seconds in the East
EN, ES = Translate("en"), Translate("es")


def understood(words: str, locale: str = "en", now: datetime = NOW) -> ScheduleUnderstood:
    """Return the schedule that words mean."""
    found = schedule_of(words, now, EASTERN, locale)
    assert isinstance(found, ScheduleUnderstood), found
    return found


def refused(words: str, locale: str = "en") -> str:
    """Return the sentence with which words are refused."""
    found = schedule_of(words, NOW, EASTERN, locale)
    assert not isinstance(found, ScheduleUnderstood), found
    return EN.say(found).bare()


def shown(schedule: Schedule, most: int = 3, now: datetime = NOW) -> str:
    """Return what clocks in its zone show at the next times."""
    coming = schedule.coming(now, most)
    return " ".join(f"{local(each, schedule.zone):%a%d%b%H:%M}" for each in coming)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("first Monday 3:45 pm until May", "Mon07Dec15:45 Mon04Jan15:45 Mon01Feb15:45"),
        ("every first Monday at 3:45pm", "Mon07Dec15:45 Mon04Jan15:45 Mon01Feb15:45"),
        ("every second Thursday 8 pm Eastern", "Thu26Nov20:00 Thu10Dec20:00 Thu24Dec20:00"),
        ("every other Friday 9am CT", "Fri27Nov09:00 Fri11Dec09:00 Fri25Dec09:00"),
        ("biweekly on Tuesdays, 4pm", "Tue24Nov16:00 Tue08Dec16:00 Tue22Dec16:00"),
        ("every second Thursday of the month 8 pm", "Thu10Dec20:00 Thu14Jan20:00 Thu11Feb20:00"),
        ("third Tuesday of the month 7pm", "Tue15Dec19:00 Tue19Jan19:00 Tue16Feb19:00"),
        ("daily at 7:30", "Tue24Nov07:30 Wed25Nov07:30 Thu26Nov07:30"),
        ("every morning at 8", "Tue24Nov08:00 Wed25Nov08:00 Thu26Nov08:00"),
        ("at 15:30 every day", "Mon23Nov15:30 Tue24Nov15:30 Wed25Nov15:30"),
        ("Mon, Wed and Fri 7:45 am", "Wed25Nov07:45 Fri27Nov07:45 Mon30Nov07:45"),
        ("Mon/Wed/Fri 7:45 am", "Wed25Nov07:45 Fri27Nov07:45 Mon30Nov07:45"),
        ("every weekday 8 am", "Tue24Nov08:00 Wed25Nov08:00 Thu26Nov08:00"),
        ("Mon-Fri 8:15am", "Tue24Nov08:15 Wed25Nov08:15 Thu26Nov08:15"),
        ("from Monday to Friday at 8", "Tue24Nov08:00 Wed25Nov08:00 Thu26Nov08:00"),
        ("Fri to Mon at noon", "Fri27Nov12:00 Sat28Nov12:00 Sun29Nov12:00"),
        ("last school day of the month at noon", "Mon30Nov12:00 Thu31Dec12:00 Fri29Jan12:00"),
        ("first school day of the week 8am", "Mon30Nov08:00 Mon07Dec08:00 Mon14Dec08:00"),
        ("last weekday of the month 5pm", "Mon30Nov17:00 Thu31Dec17:00 Fri29Jan17:00"),
        ("last day of the month 5pm", "Mon30Nov17:00 Thu31Dec17:00 Sun31Jan17:00"),
        ("the 1st and 3rd Tuesday at 7 pm", "Tue01Dec19:00 Tue15Dec19:00 Tue05Jan19:00"),
        ("the 1st and 15th at 7 pm", "Tue01Dec19:00 Tue15Dec19:00 Fri01Jan19:00"),
        ("every month on the 31st at 4pm", "Thu31Dec16:00 Sun31Jan16:00 Wed31Mar16:00"),
        ("every 28 days at 9 am", "Mon21Dec09:00 Mon18Jan09:00 Mon15Feb09:00"),
        ("monthly at 4 pm", "Mon23Nov16:00 Wed23Dec16:00 Sat23Jan16:00"),
        ("every 2 weeks at 4 pm", "Mon23Nov16:00 Mon07Dec16:00 Mon21Dec16:00"),
        ("quarterly from January 15 at 4 pm", "Fri15Jan16:00 Thu15Apr16:00 Thu15Jul16:00"),
        ("once a week on Tuesday 9 am", "Tue24Nov09:00 Tue01Dec09:00 Tue08Dec09:00"),
        (
            "every 3 weeks on Tuesday at 4pm starting Jan 12 until 30 June",
            "Tue12Jan16:00 Tue02Feb16:00 Tue23Feb16:00",
        ),
        ("Mon 8 am and Thu 3:30 pm", "Thu26Nov15:30 Mon30Nov08:00 Thu03Dec15:30"),
        ("Tuesdays at 8 am and 3:30 pm", "Tue24Nov08:00 Tue24Nov15:30 Tue01Dec08:00"),
        ("every Thursday from 8 to 9 pm ET", "Thu26Nov20:00 Thu03Dec20:00 Thu10Dec20:00"),
        ("Thursday evenings at 8", "Thu26Nov20:00 Thu03Dec20:00 Thu10Dec20:00"),
        ("every day except Friday and weekends 9 am", "Tue24Nov09:00 Wed25Nov09:00 Thu26Nov09:00"),
        ("from September to May every Tuesday 8am", "Tue24Nov08:00 Tue01Dec08:00 Tue08Dec08:00"),
        ("from January to May every Tuesday 8am", "Tue05Jan08:00 Tue12Jan08:00 Tue19Jan08:00"),
        ("every Thursday 8 pm, 2 times", "Thu26Nov20:00 Thu03Dec20:00"),
        ("every Thursday 8 pm for 2 weeks", "Thu26Nov20:00 Thu03Dec20:00"),
        (
            "every Tuesday 8 am until the end of the year",
            "Tue24Nov08:00 Tue01Dec08:00 Tue08Dec08:00",
        ),
        ("every Thursday at 7 pm London time", "Thu26Nov19:00 Thu03Dec19:00 Thu10Dec19:00"),
    ],
)
def test_what_people_write(words: str, expected: str) -> None:
    """The next three times are those that were meant."""
    assert shown(understood(words).schedule) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("el primer lunes a las 15:45 hasta mayo", "Mon07Dec15:45 Mon04Jan15:45 Mon01Feb15:45"),
        ("cada dos jueves a las 20:00", "Thu26Nov20:00 Thu10Dec20:00 Thu24Dec20:00"),
        ("un jueves sí y otro no a las 20:00", "Thu26Nov20:00 Thu10Dec20:00 Thu24Dec20:00"),
        ("jueves de por medio a las 20:00", "Thu26Nov20:00 Thu10Dec20:00 Thu24Dec20:00"),
        ("cada quince días, los lunes a las 10", "Mon23Nov10:00 Mon07Dec10:00 Mon21Dec10:00"),
        ("de lunes a viernes a las 8", "Tue24Nov08:00 Wed25Nov08:00 Thu26Nov08:00"),
        ("entre semana a las 9 de la mañana", "Mon23Nov09:00 Tue24Nov09:00 Wed25Nov09:00"),
        ("todos los días a las 7:30", "Tue24Nov07:30 Wed25Nov07:30 Thu26Nov07:30"),
        ("los martes y jueves a las 8 de la noche", "Tue24Nov20:00 Thu26Nov20:00 Tue01Dec20:00"),
        ("los sábados a mediodía", "Sat28Nov12:00 Sat05Dec12:00 Sat12Dec12:00"),
        ("el último viernes de cada mes a las 17:00", "Fri27Nov17:00 Fri25Dec17:00 Fri29Jan17:00"),
        ("el último día lectivo del mes a mediodía", "Mon30Nov12:00 Thu31Dec12:00 Fri29Jan12:00"),
        ("el 15 de cada mes a las 9:00", "Tue15Dec09:00 Fri15Jan09:00 Mon15Feb09:00"),
        ("el día 1 y 15 de cada mes a las 9:00", "Tue01Dec09:00 Tue15Dec09:00 Fri01Jan09:00"),
        (
            "cada 3 semanas, los martes a las 16:00 desde el 12/1",
            "Tue12Jan16:00 Tue02Feb16:00 Tue23Feb16:00",
        ),
        ("lunes a las 8:00 y jueves a las 15:30", "Thu26Nov15:30 Mon30Nov08:00 Thu03Dec15:30"),
        ("diario a las 7:30 excepto fines de semana", "Tue24Nov07:30 Wed25Nov07:30 Thu26Nov07:30"),
        ("cada lunes a las 8:00, Ciudad de México", "Mon23Nov08:00 Mon30Nov08:00 Mon07Dec08:00"),
    ],
)
def test_what_people_write_in_spanish(words: str, expected: str) -> None:
    """The same in Spanish; there an hour from 7 to 11 is one of the morning."""
    found = understood(words, "es", datetime(2026, 11, 23, 13, 0, tzinfo=UTC))
    assert shown(found.schedule, now=datetime(2026, 11, 23, 13, 30, tzinfo=UTC)) == expected


@pytest.mark.parametrize(
    ("words", "locale", "only"),
    [
        ("first Monday 3:45 pm until May, not in breaks", "en", Only.OUTSIDE_BREAKS),
        ("every Wednesday at 3, except during school holidays", "en", Only.OUTSIDE_BREAKS),
        ("Mondays 8 am outside of school breaks", "en", Only.OUTSIDE_BREAKS),
        ("school days 8:00", "en", Only.SCHOOL_DAYS),
        ("Mondays 8 am, school days only", "en", Only.SCHOOL_DAYS),
        ("Mondays 8 am, only on school days", "en", Only.SCHOOL_DAYS),
        ("every Monday that is a school day, 8 am", "en", Only.SCHOOL_DAYS),
        ("cada dos jueves a las 20:00, no en vacaciones", "es", Only.OUTSIDE_BREAKS),
        ("los lunes a las 8, excepto en vacaciones escolares", "es", Only.OUTSIDE_BREAKS),
        ("días de clase a las 8", "es", Only.SCHOOL_DAYS),
        ("los lunes a las 8, solo en días lectivos", "es", Only.SCHOOL_DAYS),
        ("the last school day of the month 8 am", "en", Only.ANY_DAY),
    ],
)
def test_school_days_and_breaks(words: str, locale: str, only: Only) -> None:
    """Breaks alone are left out, or all that is no school day."""
    assert understood(words, locale).schedule.only is only


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("blursday at 8 pm", "“blursday”"),
        ("every Thursday 8 pm until the end of the term", "“until the end of the term”"),
        ("cada jueves a las 20:00 hasta el fin del trimestre", "“hasta el fin del trimestre”"),
        ("every Thursday 8 pm Narnia time", "“Narnia”"),
        ("every Thursday 25:00", "“25:00”"),
        ("every 3 weeks every Monday monthly 8 am", "“monthly”"),
        ("every Thursday", "At what time"),
        ("8 pm", "On which days"),
        ("", "At what time"),
        ("every Thursday 8 pm until 30 February", "no such day"),
        ("every Thursday 8 pm from May 1 2027 until April 1 2027", "end before it begins"),
        ("every Thursday 8 pm until 2090-01-01", "ten years"),
        ("school days 8 am and Saturdays 10 am", "two schedules"),
        ("every 2 days on Monday 8 am", "two ways"),
        ("weekends except Saturday and Sunday 8 am", "no day of the week"),
        ("every Thursday 8 pm, 99999 times", "At most"),
        ("x" * 500, "I do not understand"),
    ],
)
def test_what_is_not_understood_is_named(words: str, named: str) -> None:
    """Nothing is guessed: the words in the way are named, or what is missing."""
    assert named in refused(words)


def test_what_was_assumed_is_said() -> None:
    """A missing zone, a missing half of the day and an ordinal that may be a step are told."""
    notes = [EN.say(each).bare() for each in understood("every third Tuesday 7").notes]
    assert [each.partition(",")[0] for each in notes] == [
        "You named no time zone",
        "You wrote neither am nor pm",
        "I took that for every 3 weeks. For a week of each month",
    ]
    assert understood("every Tuesday 7 pm ET").notes == ()


@pytest.mark.parametrize(
    ("words", "mine", "meant"),
    [
        ("every Tuesday 7 pm MST", "America/Phoenix", "America/Phoenix 02:00"),
        ("every Tuesday 7 pm MST", "America/Denver", "America/Denver 01:00"),
        ("every Tuesday 7 pm MST", EASTERN, "“MST” is what clocks are called in several places"),
        ("every first Monday at 3:45pm CST", EASTERN, "America/Chicago 20:45"),
        ("every Monday 3:45pm CST", "Asia/Shanghai", "Asia/Shanghai 07:45"),
        ("every Monday 3:45pm CST", "Europe/Madrid", "“CST” is what clocks are called"),
        ("every Tuesday 9 am IST", "Asia/Jerusalem", "Asia/Jerusalem 06:00"),
        ("every Tuesday 9 am IST", EASTERN, "India (Kolkata), Jerusalem, Dublin"),
        ("every Tuesday 8pm AEST", EASTERN, "Australia/Sydney 10:00"),
        ("every Tuesday 8pm UK time", EASTERN, "Europe/London 19:00"),
        ("Tuesdays, 20:00 GMT-5", EASTERN, "Etc/GMT+5 01:00"),
        ("cada jueves 20:00 GMT-3", EASTERN, "Etc/GMT+3 23:00"),
        (
            "cada jueves 20:00 UTC-3",
            "America/Argentina/Buenos_Aires",
            "America/Argentina/Buenos_Aires 23:00",
        ),
        ("cada martes a las 19:00 hora del centro de México", EASTERN, "America/Mexico_City 01:00"),
        ("cada martes a las 19:00 hora peninsular", EASTERN, "Europe/Madrid 17:00"),
        ("Tuesdays 8pm ET / 7pm CT", "Europe/Madrid", "America/New_York 00:00"),
        ("Thursdays 8pm ET (7pm CT, 5pm PT)", "Europe/Madrid", "America/New_York 00:00"),
        ("every Thursday 8/7c", "Europe/Madrid", "America/New_York 00:00"),
        ("Tuesdays 8pm ET / 6pm CT", EASTERN, "not the same moment"),
        ("every Tuesday 8pm QWT", EASTERN, "I do not know the time zone “QWT”"),
        ("every Monday 8 am, Wednesday 9 am Pacific", EASTERN, "America/Los_Angeles 16:00"),
    ],
)
def test_a_zone_is_read_as_in_a_single_time(words: str, mine: str, meant: str) -> None:
    """One reader of zones: an abbreviation is the speaker's own, or asked; offsets and second clocks too."""
    july = datetime(2026, 7, 14, 17, tzinfo=UTC)
    found = schedule_of(words, july, mine, "en")
    if isinstance(found, ScheduleUnderstood):
        first = found.schedule.coming(july, 1)[0]
        assert f"{found.zone} {first:%H:%M}" == meant
    else:
        assert meant in EN.say(found).bare()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Thursday 8 pm Eastern", Understood),
        ("Dec 3rd Thursday 8 pm", Understood),
        ("next Monday at 3:45 pm", Understood),
        ("tomorrow at 8", Understood),
        ("Thursdays 8 pm Eastern", ScheduleUnderstood),
        ("first Monday 3:45 pm", ScheduleUnderstood),
        ("Mon and Thu 8 pm", ScheduleUnderstood),
        ("los jueves a las 20:00", ScheduleUnderstood),
        ("Thursday 8 pm, not in breaks", ScheduleUnderstood),
        ("school days 8 am", ScheduleUnderstood),
    ],
)
def test_one_input_for_both(words: str, kind: type) -> None:
    """A time that comes again is told from one that does not."""
    assert isinstance(when_of(words, NOW, EASTERN), kind)


def test_said_in_plain_words() -> None:
    """A schedule is said with its zone, in either language; a start that says nothing is left out."""
    schedule = understood("first Monday 3:45 pm until May, not in breaks").schedule
    assert said(EN, schedule, NOW).bare() == (
        "the first Monday of the month at 3:45 PM, Eastern (New York), not in breaks, until May 31, 2027"
    )
    assert said(ES, schedule, NOW).bare() == (
        "el primer lunes del mes a las 15:45, Este (Nueva York), no en vacaciones,"
        " hasta el 31 de mayo de 2027"
    )
    assert "from December 7, 2026" in said(EN, schedule).bare()
    later = understood("daily 8 am from January 12").schedule
    assert "from January 12, 2027" in said(EN, later, NOW).bare()


DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
ORDINALS = ["first", "second", "third", "fourth", "fifth", "last"]


def _listed(words: Iterable[str]) -> str:
    return " and ".join(words)


WHICH = st.one_of(
    st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True).map(_listed),
    st.integers(1, 300).map("every {} days".format),
    st.builds("every {} weeks on {}".format, st.integers(2, 60), st.sampled_from(DAYS)),
    st.builds("every {} months on day {}".format, st.integers(1, 12), st.integers(1, 31)),
    st.builds(
        "the {} {} of the month".format,
        st.lists(st.sampled_from(ORDINALS), min_size=1, max_size=3, unique=True).map(_listed),
        st.lists(st.sampled_from(DAYS), min_size=1, max_size=2, unique=True).map(_listed),
    ),
    st.builds("the {} school day of the month".format, st.sampled_from(ORDINALS)),
    st.sampled_from(
        [
            "every day",
            "Mon-Fri",
            "school days",
            "last weekday of the month",
            "the last day of the month",
        ]
    ),
)
TIMED = st.builds("{} at {:%H:%M}".format, WHICH, st.times())


@given(
    st.one_of(TIMED, st.builds("Monday at 8 am, Tuesday at {:%H:%M}".format, st.times())),
    st.sampled_from(["", ", not in breaks", ", only on school days"]),
    st.sampled_from(
        ["", " until 2027-12-31", " from 2027-02-03", " from 2026-01-05 until 2028-03-01"]
    ),
    st.sampled_from(zones()),
    st.sampled_from([EN, ES]),
    st.integers(0, 3000),
)
def test_said_back_it_reads_as_the_same(
    words: str, only: str, bounds: str, zone: str, t: Translate, hours: int
) -> None:
    """Whatever the schedule, its zone and the language: its words, read again later, mean the same."""
    found = schedule_of(f"{words}{only}{bounds}", NOW, zone)
    assume(isinstance(found, ScheduleUnderstood))
    assert isinstance(found, ScheduleUnderstood)
    again = schedule_of(
        as_written_again(t, found.schedule), NOW + timedelta(hours=hours), EASTERN, t.locale
    )
    assert isinstance(again, ScheduleUnderstood), (as_written_again(t, found.schedule), again)
    assert again.schedule == found.schedule, as_written_again(t, found.schedule)
    assert again.notes == ()


def _set_of(*lines: str) -> list[str]:
    return [word for line in lines for word in line.split()]


PIECES = st.one_of(
    st.sampled_from(
        _set_of(
            "every second first last of the month school days day 15 th 3 weeks until from May Monday",
            "los cada dos lunes a las 8 : 45 pm not in breaks except , - daily times for en lectivos sí",
        )
    ),
    st.text(max_size=5),
)


@given(st.lists(PIECES, max_size=14).map(" ".join), st.sampled_from(["en", "es"]))
def test_whatever_the_words_there_is_an_answer(words: str, locale: str) -> None:
    """Any words are a schedule that comes, or are answered with a sentence."""
    found = schedule_of(words, NOW, EASTERN, locale)
    if isinstance(found, ScheduleUnderstood):
        start = found.schedule.start.replace(tzinfo=UTC) - timedelta(days=2)
        assert found.schedule.after(start) is not None
    when_of(words, NOW, EASTERN, locale)


def test_next_three_times_with_the_zone_and_the_readers() -> None:
    """The next times name their zone; the first is said in the readers' own where it differs."""
    schedule = understood("every second Thursday 8 pm Eastern").schedule
    lines = next_times(EN, schedule, NOW, zones=(EASTERN, "Europe/London", "America/Toronto"))
    assert [each.bare() for each in lines] == [
        "Next: Thu, Nov 26, 8:00 PM · Thu, Dec 10, 8:00 PM · Thu, Dec 24, 8:00 PM, Eastern (New York)",
        "The first of them is Fri, Nov 27, 1:00 AM in London.",
    ]
    over = Schedule(
        ("FREQ=DAILY;UNTIL=20261125",), datetime.combine(date(2026, 11, 24), time(8)), EASTERN
    )
    assert [each.bare() for each in next_times(EN, over, NOW + timedelta(days=9))] == [
        "It does not come again."
    ]


def test_changed_clocks_are_said_where_they_concern_the_next_times() -> None:
    """An hour that clocks skip or show twice is told before it comes, and at no other time."""
    spring, autumn = datetime(2027, 3, 12, 12, tzinfo=UTC), datetime(2027, 11, 5, 12, tzinfo=UTC)
    early = understood("daily at 2:30 am", now=spring).schedule
    assert next_times(EN, early, spring)[1].bare() == (
        "On Sun, Mar 14 the clocks go forward and never show 2:30 AM, so it comes at 3:00 AM."
    )
    assert next_times(EN, understood("daily at 1:30 am", now=autumn).schedule, autumn)[
        1
    ].bare() == (
        "On Sun, Nov 7 the clocks go back and show 1:30 AM twice; it comes the first time."
    )
    assert len(next_times(EN, understood("daily at 2:30 am").schedule, NOW)) == 1
