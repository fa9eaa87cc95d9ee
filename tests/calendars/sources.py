"""More of the corpus: what programs and countries write, what is damaged, and what is large."""

from collections.abc import Iterator

from tests.calendars.corpus import (
    BREAK,
    NEW_YORK,
    PD_DAY,
    SPRING,
    WORKDAY,
    Shape,
    calendar,
    crlf,
    day,
    event,
)


def sources() -> Iterator[Shape]:
    """Yield those that differ in where they come from."""
    yield from _programs()
    yield from _languages()
    yield from _countries()
    yield from _wrong()
    yield from _damaged()
    yield from _large()


def _programs() -> Iterator[Shape]:
    """Yield what the programs write that schools use."""
    two = frozenset({BREAK, PD_DAY})
    google = calendar(
        SPRING.replace(
            "END:VEVENT",
            "CREATED:20260801T000000Z\nLAST-MODIFIED:20260801T000000Z\nSEQUENCE:0\nSTATUS:CONFIRMED\nTRANSP:TRANSPARENT\nEND:VEVENT",
        ),
        WORKDAY,
        head="CALSCALE:GREGORIAN\nMETHOD:PUBLISH\nX-WR-CALNAME:Lincoln USD\nX-WR-TIMEZONE:America/New_York\nX-WR-CALDESC:\n",
        prodid="-//Google Inc//Google Calendar 70.9054//EN",
    )
    yield Shape("Google", crlf(google), two)
    outlook = calendar(
        SPRING.replace("END:VEVENT", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\nX-MICROSOFT-DISALLOW-COUNTER:FALSE\nEND:VEVENT"),
        event(uid=":040000008200E00074C5B7101A82E008", dtstart=';TZID="(UTC-05:00) Eastern Time (US & Canada)":20261106T000000', dtend=';TZID="(UTC-05:00) Eastern Time (US & Canada)":20261107T000000', summary=";LANGUAGE=en-us:Teacher Work Day"),
        head="METHOD:PUBLISH\nX-CALSTART:20260801T000000Z\n" + NEW_YORK.format(name="(UTC-05:00) Eastern Time (US & Canada)"),
        prodid="-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN",
    )  # fmt: skip
    yield Shape("Outlook", crlf(outlook), two)
    apple = calendar(
        SPRING,
        WORKDAY,
        head="X-APPLE-CALENDAR-COLOR:#0E61B9\n",
        prodid="-//Apple Inc.//macOS 15.1//EN",
    )
    yield Shape("Apple", crlf(apple), two)
    finalsite = calendar(
        SPRING,
        WORKDAY,
        head="X-PUBLISHED-TTL:PT30M\nREFRESH-INTERVAL;VALUE=DURATION:PT30M\n",
        prodid="-//finalsite.com//NONSGML Calendar//EN",
    )
    yield Shape("a site for schools", crlf(finalsite), two)
    todo = "BEGIN:VTODO\nUID:t\nSUMMARY:Order paper\nEND:VTODO\nBEGIN:VJOURNAL\nUID:j\nSUMMARY:x\nEND:VJOURNAL"
    yield Shape("with tasks and notes", crlf(calendar(SPRING, todo, WORKDAY)), two)
    both = calendar(SPRING) + calendar(WORKDAY)
    yield Shape("two calendars in a file", crlf(both), two)
    yield Shape(
        "without VERSION and PRODID",
        crlf(f"BEGIN:VCALENDAR\n{SPRING}\n{WORKDAY}\nEND:VCALENDAR\n"),
        two,
    )
    own = "X-SCHOOL;X-A=1:2\nIMAGE;VALUE=URI;DISPLAY=BADGE:https://x.example/a.png\n"
    yield Shape("with fields of its own", crlf(calendar(SPRING, WORKDAY, head=own)), two)


def _languages() -> Iterator[Shape]:
    """Calendars in Spanish, and of other countries."""
    spain = calendar(
        day("2026-09-08", "Inicio del curso", uid="1"),
        day("2026-12-23", "Vacaciones de Navidad", "2027-01-07", uid="2"),
        day("2027-02-26", "Día no lectivo", uid="3"),
        day("2027-06-22", "Fin de curso", uid="4"),
    )
    yield Shape(
        "Spain",
        crlf(spain),
        frozenset(
            {
                ("2026-09-08", "2026-09-08", "begins"),
                ("2026-12-23", "2027-01-07", "break"),
                ("2027-02-26", "2027-02-26", "closed"),
                ("2027-06-22", "2027-06-22", "ends"),
            }
        ),
    )
    mexico = calendar(
        day("2026-09-25", "Consejo Técnico Escolar", uid="1"),
        day("2026-11-16", "Suspensión de labores docentes", uid="2"),
    )
    yield Shape(
        "Mexico",
        crlf(mexico),
        frozenset({("2026-09-25", "2026-09-25", "pd"), ("2026-11-16", "2026-11-16", "closed")}),
    )


def _countries() -> Iterator[Shape]:
    """Yield calendars with terms, as in Victoria and in England."""
    victoria = calendar(
        day("2027-01-28", "Term 1", "2027-03-25", uid="1"),
        day("2027-03-26", "School holidays", "2027-04-11", uid="2"),
        day("2027-04-12", "Term 2", "2027-06-25", uid="3"),
        day("2027-01-27", "Pupil free day", uid="4"),
    )
    yield Shape(
        "Victoria",
        crlf(victoria),
        frozenset(
            {
                ("2027-01-28", "2027-03-25", "term"),
                ("2027-03-26", "2027-04-11", "break"),
                ("2027-04-12", "2027-06-25", "term"),
                ("2027-01-27", "2027-01-27", "pd"),
            }
        ),
    )
    england = calendar(
        day("2026-10-26", "Half term", "2026-10-30", uid="1"),
        day("2026-09-01", "INSET day", uid="2"),
    )
    yield Shape(
        "England",
        crlf(england),
        frozenset({("2026-10-26", "2026-10-30", "break"), ("2026-09-01", "2026-09-01", "pd")}),
    )


def _wrong() -> Iterator[Shape]:
    """Yield what is no calendar, or a damaged one."""
    yield Shape("nothing", b"", refused="empty")
    yield Shape("blanks", b" \r\n\t ", refused="empty")
    yield Shape(
        "a sign-in page",
        b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>BEGIN</body></html>",
        refused="web_page",
    )
    yield Shape("a page after blanks", b"\n\n  <HTML><body>Moved</body></HTML>", refused="web_page")
    yield Shape("words", b"Spring break is in March.", refused="no_calendar")
    yield Shape("JSON", b'{"items": []}', refused="no_calendar")
    yield Shape("a picture", bytes(range(256)) * 40, refused="no_calendar")
    yield Shape("no events", crlf(calendar()), refused="no_events")
    yield Shape(
        "a calendar of tasks", crlf(calendar("BEGIN:VTODO\nUID:t\nEND:VTODO")), refused="no_events"
    )


def _damaged() -> Iterator[Shape]:
    """Yield calendars of which something cannot be read."""
    one = frozenset({BREAK})
    yield Shape("cut off", crlf(calendar(SPRING, WORKDAY))[:-60], one)
    yield Shape(
        "an event without a day",
        crlf(calendar(SPRING, "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT")),
        one,
        broken=1,
    )
    for name, starts in (
        ("31 February", ";VALUE=DATE:20270231"),
        ("month 13", ";VALUE=DATE:20271301"),
        ("words for a day", ";VALUE=DATE:soon"),
    ):
        yield Shape(
            f"an event on {name}",
            crlf(calendar(SPRING, event(uid=":9", dtstart=starts, summary=":x"))),
            one,
            broken=1,
        )
    bad_rule = event(
        uid=":9", dtstart=";VALUE=DATE:20261106", rrule=":FREQ=SOMETIMES", summary=":No School"
    )
    yield Shape("a rule that nobody knows", crlf(calendar(SPRING, bad_rule)), one, broken=1)
    backwards = event(
        uid=":9", dtstart=";VALUE=DATE:20261110", dtend=";VALUE=DATE:20261106", summary=":No School"
    )
    yield Shape("an end before its start", crlf(calendar(SPRING, backwards)), one, broken=1)
    yield Shape(
        "lines that are none",
        crlf(calendar(SPRING.replace("SUMMARY", "rubbish without a colon\nSUMMARY"), WORKDAY)),
        frozenset({BREAK, PD_DAY}),
    )
    yield Shape(
        "a title of a megabyte",
        crlf(calendar(SPRING, day("2026-11-06", "x" * 1_000_000, uid="9"))),
        one,
        broken=1,
    )
    script = day("2026-11-06", "<script>alert(1)</script> Teacher Work Day", uid="9")
    yield Shape("a title with markup", crlf(calendar(script)), frozenset({PD_DAY}))


def _large() -> Iterator[Shape]:
    """Yield what is large, and still a calendar."""
    filler = "x" * 230
    many = [
        day(f"{2008 + each % 18}-03-1{each % 9}", f"Assembly {each}", uid=str(each)).replace(
            "END:VEVENT", f"DESCRIPTION:{filler}\nEND:VEVENT"
        )
        for each in range(15_500)
    ]
    large = calendar(*many, SPRING)
    assert len(large) > 5_000_000
    yield Shape("five megabytes", crlf(large), frozenset({BREAK}))
    yield Shape("nine megabytes", b"BEGIN:VCALENDAR\n" + b"X:1\n" * 2_400_000, refused="too_large")
