"""School days as people type them: every line is read, or named with why not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plnbot.calendars.school.model import Entry, Kind
from plnbot.calendars.school.typed import MOST_LINES, Read, Why, read_typed

TODAY = date(2026, 11, 27)
BREAK, CLOSED, PD, HALF, TESTING = Kind.BREAK, Kind.CLOSED, Kind.PD, Kind.HALF, Kind.TESTING


def day(month: int, number: int, year: int = 0) -> date:
    """Return a day of the school year 2026–27."""
    return date(year or (2026 if month > 7 else 2027), month, number)


def only(read: Read) -> Entry:
    """Return the one entry."""
    assert not read.unread, read.unread
    (entry,) = read.entries
    return entry


@pytest.mark.parametrize(
    ("words", "first", "last", "kind", "title", "until"),
    [
        ("spring break 15–19 March", day(3, 15), day(3, 19), BREAK, "spring break", ""),
        ("15-19 March: Spring break", day(3, 15), day(3, 19), BREAK, "Spring break", ""),
        ("Spring break March 15-19", day(3, 15), day(3, 19), BREAK, "Spring break", ""),
        ("Spring Break: March 15 – 19, 2027", day(3, 15), day(3, 19), BREAK, "Spring Break", ""),
        ("spring break 15 to 19 March", day(3, 15), day(3, 19), BREAK, "spring break", ""),
        ("No school 3/15-3/19", day(3, 15), day(3, 19), BREAK, "No school", ""),
        ("closed 2027-03-15 – 2027-03-19", day(3, 15), day(3, 19), BREAK, "closed", ""),
        ("Winter break Dec 22 - Jan 2", day(12, 22), day(1, 2), BREAK, "Winter break", ""),
        (
            "Winter break from Monday 21 December to Friday 1 January",
            day(12, 21),
            day(1, 1),
            BREAK,
            "Winter break",
            "",
        ),
        ("break Dec 21 – Jan 4, 2028", date(2027, 12, 21), date(2028, 1, 4), BREAK, "break", ""),
        ("PD day 6 Nov", day(11, 6), day(11, 6), PD, "PD day", ""),
        ("- Teacher workday, 4 Jan", day(1, 4), day(1, 4), PD, "Teacher workday", ""),
        ("half day Dec 18 until noon", day(12, 18), day(12, 18), HALF, "half day", "12:00"),
        (
            "Early dismissal 3 Feb at 1:15 pm",
            day(2, 3),
            day(2, 3),
            HALF,
            "Early dismissal",
            "13:15",
        ),
        ("testing 3–7 May", day(5, 3), day(5, 7), TESTING, "testing", ""),
        ("Thanksgiving 26–27 Nov", day(11, 26), day(11, 27), CLOSED, "Thanksgiving", ""),
        ("Easter Monday, 29 March", day(3, 29), day(3, 29), CLOSED, "Easter Monday", ""),
        ("Founders' Day 11 Feb", day(2, 11), day(2, 11), CLOSED, "Founders' Day", ""),
        ("Term 1: 28 January – 2 April", day(1, 28), day(4, 2), Kind.TERM, "Term 1", ""),
        ("Last day: June 11", day(6, 11), day(6, 11), Kind.ENDS, "Last day", ""),
        ("Snow make-up day: 12 Feb", day(2, 12), day(2, 12), Kind.SCHOOL, "Snow make-up day", ""),
        ("11/5 closed", day(11, 5), day(11, 5), CLOSED, "closed", ""),
    ],
)
def test_a_line_in_english(
    words: str, first: date, last: date, kind: Kind, title: str, until: str
) -> None:
    """Each is taken as what it says, for the days it says."""
    assert only(read_typed(words, TODAY)) == Entry(first, last, kind, title, until)


@pytest.mark.parametrize(
    ("words", "first", "last", "kind"),
    [
        ("vacaciones de Navidad del 22 de diciembre al 7 de enero", day(12, 22), day(1, 7), BREAK),
        ("Semana Santa del 22 al 26 de marzo", day(3, 22), day(3, 26), BREAK),
        ("sin clases el 6 de noviembre", day(11, 6), day(11, 6), CLOSED),
        ("medio día 18 de diciembre hasta las 12", day(12, 18), day(12, 18), HALF),
        ("consejo técnico 29/1", day(1, 29), day(1, 29), PD),
        ("exámenes del 3 al 7 de mayo de 2027", day(5, 3), day(5, 7), TESTING),
        ("inicio de clases 30 de agosto", date(2027, 8, 30), date(2027, 8, 30), Kind.BEGINS),
        ("fiesta local 5/11", day(11, 5), day(11, 5), CLOSED),
    ],
)
def test_a_line_in_spanish(words: str, first: date, last: date, kind: Kind) -> None:
    """As teachers write it, with the day first."""
    read = only(read_typed(words, TODAY, "es"))
    assert (read.first, read.last, read.kind) == (first, last, kind)


def test_several_days_in_a_line() -> None:
    """Each of them is one."""
    for words in ("PD: 6, 13 and 20 November", "PD November 6, 13 and 20"):
        read = read_typed(words, TODAY)
        assert [each.first.day for each in read.entries] == [6, 13, 20], words
        assert {each.title for each in read.entries} == {"PD"}


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("PD 6 and 13 November", [(6, 6), (13, 13)]),
        ("PD November 6 and 13", [(6, 6), (13, 13)]),
        ("PD Nov 6 & 13", [(6, 6), (13, 13)]),
        ("PD del 6 al 13 de noviembre", [(6, 13)]),
        ("PD 6 y 13 de noviembre", [(6, 6), (13, 13)]),
        ("PD between 6 and 13 November", [(6, 13)]),
        ("PD between November 6 and November 13", [(6, 13)]),
        ("PD entre el 6 y el 13 de noviembre", [(6, 13)]),
    ],
)
def test_and_is_no_span(words: str, days: list[tuple[int, int]]) -> None:
    """Two days are two, unless it says between them."""
    read = read_typed(words, TODAY, "es" if " de " in words else "en")
    assert [(each.first.day, each.last.day) for each in read.entries] == days
    assert {each.title for each in read.entries} == {"PD"}


@pytest.mark.parametrize(
    "words",
    [
        "PD day: 6 November, 15 January",
        "PD day 6 November and 15 January",
        "PD day November 6, January 15",
        "PD day Nov 6, 2026, Jan 15, 2027",
        "PD day 11/6, 1/15",
        "PD day: Friday 6 November; Friday 15 January",
    ],
)
def test_several_days_of_several_months_in_a_line(words: str) -> None:
    """Each with its own month, and none of them in the title."""
    read = read_typed(words, TODAY)
    assert [each.first for each in read.entries] == [day(11, 6), day(1, 15)]
    assert {each.title for each in read.entries} == {"PD day"}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("hello there", Why.NO_DAY),
        ("spring break in the third week", Why.NO_DAY),
        ("break 31 Feb", Why.NO_SUCH_DAY),
        ("break 30–31 February", Why.NO_SUCH_DAY),
        ("break 19–15 March", Why.BACKWARDS),
        ("break 2027-03-19 – 2027-03-15", Why.BACKWARDS),
        ("break 5 January – 20 November 2027", Why.TOO_LONG),
        ("x" * 400 + " 5 May", Why.TOO_LONG),
    ],
)
def test_a_line_that_is_not_understood_is_named(words: str, why: Why) -> None:
    """With what is wrong, beside those that were."""
    read = read_typed(f"PD day 6 Nov\n{words}\nPD day 13 Nov", TODAY)
    assert len(read.entries) == 2
    assert [each.why for each in read.unread] == [why]
    assert read.unread[0].line == words[:120]


@given(st.text(max_size=200), st.sampled_from(["en", "es"]))
def test_nothing_typed_is_dropped(words: str, locale: str) -> None:
    """Whatever is typed: each line with anything in it is read or named, and nothing else happens."""
    read = read_typed(words, TODAY, locale)
    said = any(each.isalnum() for each in words)
    assert bool(read.entries or read.unread) or not said
    assert all(each.first <= each.last for each in read.entries)


PIECES = st.sampled_from(
    [
        "15",
        "19",
        "31",
        "2",
        "2027",
        "0",
        "99999",
        "March",
        "Feb",
        "enero",
        "de",
        "del",
        "al",
        "to",
        "-",
        "–",
        ",",
        "and",
        "y",
        "until",
        "noon",
        "hasta",
        "break",
        "PD",
        ":",
        "/",
        ".",
        "3/15",
        "el",
        "Monday",
        "viernes",
        "12:30",
        "pm",
        "th",
    ]
)


@given(st.lists(st.lists(PIECES, min_size=1, max_size=9).map(" ".join), max_size=6))
def test_any_words_of_dates_are_read_or_named(lines: list[str]) -> None:
    """Words that look like dates in any order: days that exist, first before last."""
    read = read_typed("\n".join(lines), TODAY)
    assert all(each.first <= each.last for each in read.entries)
    assert len(read.unread) <= len(lines)


def test_a_flood_of_lines_is_named_too() -> None:
    """What is beyond the limit is not understood, one by one."""
    read = read_typed("PD 6 Nov\n" * (MOST_LINES + 5), TODAY)
    assert len(read.entries) == MOST_LINES
    assert [each.why for each in read.unread] == [Why.TOO_LONG] * 5
